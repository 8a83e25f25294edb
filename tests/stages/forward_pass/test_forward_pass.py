"""What stage 03 states: its page, the replies to its questions, its pictures."""

from itertools import product

import numpy as np
import pytest
from pages import prove

from backprop import network
from backprop.data import four_rows
from backprop.picture import say, say_all
from backprop.stages.forward_pass import Batch, Bias, Layers, Neuron, Shapes
from backprop.stages.forward_pass.pictures import SHAPES, _shape

X, y = four_rows()


def rows(where):
    """Return the numbers of these rows, as the page counts them."""
    return say_all(np.flatnonzero(where) + 1)


def over_half():
    return network.sigmoid(X @ Batch.W)[:, 0] > 0.5


PAGE = [
    (
        "Weights {}, {} and {}. The next picture has them as its neuron 1",
        lambda: map(say, Batch.W[:, 0]),
    ),
    ("(4, **3**) `@` (**3**, 2) gives {}.", lambda: [(X @ Batch.W).shape]),
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
