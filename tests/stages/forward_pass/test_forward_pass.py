"""What stage 03 states: its page, the replies to its questions, its pictures."""

from itertools import product

import numpy as np
import pytest
from pages import prove

from backprop import network
from backprop.data import four_rows, threes_and_sevens
from backprop.picture import say, say_all
from backprop.question import answer
from backprop.stages.forward_pass import (
    Batch,
    Bias,
    FourRows,
    ImageNeuron,
    Layers,
    Neuron,
    Shapes,
)
from backprop.stages.forward_pass.pictures import SHAPES, _shape
from backprop.stages.forward_pass.pictures_image import trained, two_pixels

X, y = four_rows()


def rows(where):
    """Return the numbers of these rows, as the page counts them."""
    return say_all(np.flatnonzero(where) + 1)


def over_half():
    return network.sigmoid(X @ Batch.W)[:, 0] > 0.5


PAGE = [
    (
        "Weights {}, {} and {}. The picture of the matrix product has them as its "
        "neuron 1",
        lambda: map(say, Batch.W[:, 0]),
    ),
    (
        "found from {} images, as stage 05 does",
        lambda: [len(threes_and_sevens()[0])],
    ),
    ("below the {} errors of the trained", lambda: [read_wrong(trained())]),
    ("(4, **3**) `@` (**3**, 2) gives {}, and", lambda: [(X @ Batch.W).shape]),
    (
        "Rows {} are over ½, rows {} are under it",
        lambda: [rows(over_half()), rows(~over_half())],
    ),
    ("`X2 @ W2` has shape {}", lambda: [(X[:, :2] @ Batch.W[:2]).shape]),
    ("`b` has shape {}. NumPy", lambda: [Batch.W[2:].shape]),
    ("{} rows don't fit {} rows", lambda: [len(X), len(Batch.W)]),
    ("an error. {} rows meet {} rows", lambda: [len(X), len(Batch.W)]),
    (
        "`w` has {} rows, and `X.T`, the transpose, has {} columns",
        lambda: [len(Batch.W), X.T.shape[1]],
    ),
    (
        "{} numbers where you want {}.",
        lambda: [(y - y.ravel()).size, y.size],
    ),
    ("`y` is a column in this course, shape {}, like", lambda: [y.shape]),
]
REPLIES = [
    (
        "two pixels",
        "reads {} images, {} of them 7s",
        lambda: [len(threes_and_sevens()[3]), threes_and_sevens()[3].sum()],
    ),
    ("two pixels", "get {} right.\n", lambda: [123 - read_wrong(two_pixels())]),
    ("two pixels", "get {} right. Few", lambda: [123 - read_wrong(two_pixels())]),
    ("two pixels", "get {} right: one", lambda: [123 - read_wrong(two_pixels())]),
    ("shape", "the columns of W: {}.", lambda: [(X @ Batch.W).shape]),
    ("shape", "This is {} turned round", lambda: [(X @ Batch.W).shape]),
    ("shape", "{}\nYes: a row for each", lambda: [(X @ Batch.W).shape]),
    (
        "star",
        "their {} rows meet the {} rows of X",
        lambda: [len(Batch.W), len(X)],
    ),
    ("minus a list", "An array of shape {}, without", lambda: [(y - y[:, 0]).shape]),
    (
        "minus a list",
        "{} numbers, {} of them",
        lambda: [(y - y[:, 0]).size, (y - y[:, 0]).size - y.size],
    ),
    (
        "exit",
        "too, and gives {}. NumPy",
        lambda: {(np.ones((100, 3)) * np.ones(W)).shape for W in ((1, 3), (100, 1))},
    ),
    ("exit", "has to be {}", lambda: [(np.ones((100, 3)) @ np.ones((3, 5))).shape]),
]
test_the_page_says, test_a_reply_says, test_no_number_is_unproved = prove(
    "forward_pass", PAGE, REPLIES
)


def test_the_folded_answer_puts_all_four_outputs_on_the_side_of_their_targets():
    W = np.array([[2], [0], [-1]])
    assert np.array_equal(network.sigmoid(X @ W) > 0.5, y == 1)
    assert np.array_equal(Batch.W[:, :1], W)


def test_the_neuron_starts_with_the_numbers_of_the_cell_above_it():
    words = Neuron().words(**Neuron.start)
    assert "products 2, −1 and −0.5 add up to z = 0.5" in words
    assert "the output is a = σ(0.5) = 0.6225" in words


@pytest.mark.parametrize("cell", range(1, 9))
def test_each_step_of_the_batch_says_its_entry_of_the_product(cell):
    value = (X @ Batch.W).ravel()[cell - 1]
    words = Batch().words(cell=cell)
    assert f"= {value:g}. Cells computed: {cell} of 8".replace("-", "−") in words
    assert words.startswith(f"Row {(cell + 1) // 2} of X")
    assert f"meets column {2 - cell % 2} of W" in words


def test_a_weight_on_a_constant_1_is_a_bias_and_on_a_0_is_none():
    stops, examples = (Bias.controls[name] for name in ("b", "example"))
    for b, example in product(stops.stops, examples.options):
        _, _, added, weighed = Bias()._numbers(b, example, "1")
        assert added == weighed
        _, _, added, weighed = Bias()._numbers(b, example, "0")
        assert added - weighed == b


def numpy_says(left, operation, right):
    """Return the shape of the real operation, or None for a ValueError."""
    a, b = np.ones(SHAPES[left]), np.ones(SHAPES[right])
    work = {"@": np.matmul, "*": np.multiply, "−": np.subtract}[operation]
    try:
        return work(a, b).shape
    except ValueError:
        return None


def test_every_pair_of_shapes_is_as_numpy_has_it():
    controls = Shapes.controls
    for values in product(*(controls[name].options for name in controls)):
        left, operation, right = values
        shape = _shape(SHAPES[left], operation, SHAPES[right])
        assert shape == numpy_says(*values), values
        words = Shapes().words(left, operation, right)
        assert (f"shape {shape}" in words) == (shape is not None), values
        assert ("ValueError" in words) == (shape is None), values


def test_the_layers_say_what_the_module_gives():
    for widths, hidden in zip(Layers.controls["widths"].options, ("no", "1", "2")):
        layers, a = Layers()._forward(widths, "[0, 1, 1]")
        assert len(a) - 1 == len(layers) == widths.count("→")
        words = Layers().words(widths, "[0, 1, 1]")
        assert f"{hidden} hidden layer" in words
        output = network.forward(layers, [[0, 1, 1]])[-1]
        assert a[-1] == pytest.approx(output[0])


# -- the typed numbers of the batch


@pytest.mark.parametrize("cell", range(8))
def test_the_batch_asks_for_each_number_of_the_product(cell):
    asked = Batch().asks(cell=cell)
    assert asked["answer"] == (X @ Batch.W).ravel()[cell]
    assert answer(asked, asked["answer"]) == (True, asked["right"])
    for wrong in asked["wrong"]:
        assert answer(asked, wrong["value"]) == (False, wrong["reply"])
    assert asked["next"] == {"cell": cell + 1}


def test_the_batch_knows_the_slips_of_row_2_and_asks_no_ninth_number():
    asked = Batch().asks(cell=3)  # 1 × (−1) + 1 × 3 + 1 × 0.5 = 2.5
    for typed, said in [
        (1, "the other neuron's"),
        (2, "leaves out the third"),
        (-1.5, "multiplies everything"),
        (0.9241, "before the sigmoid"),
    ]:
        assert said in answer(asked, typed)[1]
    assert "as they are" in answer(Batch().asks(cell=0), 1)[1]
    assert Batch().asks(cell=8) is None


# -- the hunt


def test_the_score_counts_the_outputs_on_their_target_s_side():
    for w in product((-4, -1, 0, 2, 4), repeat=3):
        a = network.sigmoid(X @ np.array(w))
        right = np.where(y[:, 0] == 1, a > 0.5, a < 0.5).sum()
        assert f"{right} of 4 right" in FourRows().words(*w), w


def test_no_weights_get_all_four_right_unless_the_third_is_below_0():
    stops = FourRows.controls["w1"].stops
    solved = [w for w in product(stops, repeat=3) if FourRows()._numbers(*w)[2].all()]
    assert solved and all(w3 < 0 < w1 for w1, _, w3 in solved)
    assert {np.sign(w2) for _, w2, _ in solved} == {-1, 0, 1}
    assert (2, 0, -1) in solved


# -- 64 weights as an image


def test_for_and_against_add_up_to_z_as_they_are_shown():
    picture = ImageNeuron()
    for image, weights in product(range(1, 26), picture.weights):
        x, w, products, for_7, for_3, z = picture._numbers(image, weights)
        assert float(f"{for_7 + for_3:.2f}") == z
        assert products.sum() == pytest.approx((x * w).sum())
        assert z == pytest.approx(np.sum(x * w), abs=0.006)
        assert for_7 == pytest.approx((x * w)[w > 0].sum(), abs=0.006)
        assert for_3 == pytest.approx((x * w)[w < 0].sum(), abs=0.011)


def test_the_images_run_from_a_clear_3_to_a_clear_7_and_are_held_out():
    picture = ImageNeuron()
    z = [picture._numbers(image, "trained")[-1] for image in range(1, 26)]
    assert z == sorted(z) and z[0] < -4 and z[-1] > 3
    assert [picture.labels[i] for i in (0, 24)] == [0, 1]
    X_new = threes_and_sevens()[2].reshape(-1, 8, 8)
    assert all(any(np.array_equal(x, new) for new in X_new) for x in picture.images)
    assert "a 3" in picture.words(13, "trained")
    assert "read as a 7, wrongly" in picture.words(13, "trained")


def read_wrong(w):
    *_, X_new, y_new = threes_and_sevens()
    a = network.sigmoid(X_new @ np.reshape(w, (64, 1)))
    right = np.where(y_new == 1, a > 0.5, a < 0.5)  # at ½ it is neither
    return int((~right).sum())


def test_the_errors_are_counted_over_all_held_out_images():
    picture = ImageNeuron()
    for name, w in picture.weights.items():
        words = picture.words(1, name)
        assert f"{read_wrong(w)} of 123 images are read wrong" in words


def test_weights_of_your_own_are_shown_and_others_refused():
    w = np.zeros((8, 8))
    w[0, 3] = 2.5
    picture = ImageNeuron(w)
    assert picture._numbers(20, "by hand")[-1] == pytest.approx(
        2.5 * picture.images[19][0, 3], abs=0.006
    )
    nothing = ImageNeuron(np.zeros((8, 8)))
    assert "123 of 123 images are read wrong" in nothing.words(1, "by hand")
    assert "neither a 3 nor a 7" in nothing.words(image=1, weights="by hand")
    with pytest.raises(ValueError, match=r"w: got shape \(64,\); needs shape \(8, 8\)"):
        ImageNeuron(np.zeros(64))
    with pytest.raises(ValueError, match="w: got a value nan"):
        ImageNeuron(np.full((8, 8), np.nan))
    with pytest.raises(ValueError, match="w: got weights whose sum is beyond all"):
        ImageNeuron(np.full((8, 8), 1e308))


def test_the_trained_weights_are_pale_where_both_digits_have_ink():
    w = trained()
    assert abs(w[0, 2:5]).mean() < 0.25 * abs(w).max()
    X_old, y_old, *_ = threes_and_sevens()
    apart = X_old[y_old[:, 0] == 1].mean(0) - X_old[y_old[:, 0] == 0].mean(0)
    assert np.corrcoef(w.ravel(), apart)[0, 1] > 0.85
    strongest = np.argsort(-abs(w.ravel()))[:3]
    assert (np.sign(w.ravel()[strongest]) == np.sign(apart[strongest])).all()
    assert (strongest // 8 >= 4).all()  # the lower half


@pytest.mark.parametrize("w", [(0.1, 0.2, -0.3), (0.3, -0.1, -0.2), (0.7, 0.2, -0.9)])
def test_an_output_of_a_half_is_on_no_side_whatever_is_rounded(w):
    z, _, right = FourRows()._numbers(*w)
    assert z[1] == 0 and not right[1]
    assert "2" in FourRows().words(*w).partition("right: ")[2]
