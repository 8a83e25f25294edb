"""What the prose of stage 07 states, and who is who in its museum."""

import numpy as np
import pytest
from course import PATHS, exercises

from backprop import network
from backprop.data import xor
from backprop.network import Layer
from backprop.stages.when_learning_fails import Depth, Divergence, museum
from backprop.stages.when_learning_fails.checks import ANSWERS, DIAGNOSES
from backprop.stages.when_learning_fails.pictures import _arriving, _checked

PAGE = PATHS["when_learning_fails"]
DIAGNOSE = exercises("when_learning_fails")["diagnose"]


# -- steps too long


def test_the_loss_of_a_linear_neuron_falls_below_the_limit_and_grows_above_it():
    limit = exercises("when_learning_fails")["largest_rate"].reference(
        np.array([[-1], [0], [1], [2]])
    )
    assert limit == pytest.approx(0.276, abs=5e-4)
    assert 4 * limit == pytest.approx(1.106, abs=5e-4)
    picture = Divergence()
    for factor, falls in ((0.99, True), (1.01, False)):
        loss = picture.path(factor * limit)[2]
        assert (loss[-1] < loss[0]) == falls
    loss = picture.path(1.05 * limit)[2]
    assert loss[0] / 4 == 4.5
    assert loss[59] / 4 == pytest.approx(343_719, rel=1e-5)


def test_at_rate_0_29_the_path_leaves_the_map_with_step_11():
    words = [Divergence().words(0.29, iteration) for iteration in range(61)]
    assert [i for i, text in enumerate(words) if "outside" in text] == [*range(11, 61)]


# -- slopes too flat


def falling(start, loss, last=300):
    history = network.train(
        [Layer([[start]], [[start]])], [[1]], [[0]], 0.15, last, loss=loss
    )
    return network.forward(history.network, [[1]])[-1].ravel()


def test_squares_stall_where_cross_entropy_does_not():
    assert falling(2, "squares")[150] == pytest.approx(0.933, abs=5e-4)
    assert falling(2, "cross-entropy")[150] == pytest.approx(0.026, abs=5e-4)
    assert np.argmax(falling(2, "squares") < 0.5) == 232
    assert np.argmax(falling(0.75, "squares") < 0.5) == 36


# -- stacks too deep


def test_the_factor_of_a_layer_is_the_product_of_weights_and_slope():
    for activation in ("sigmoid", "tanh", "ReLU"):
        for scale in (0.5, 1, 2.8, 16):
            size, slope = _arriving(activation, scale, 12)
            factor = size / np.append(size[1:], 1)
            assert np.median(factor / slope) == pytest.approx(scale, rel=0.15)


def test_xavier_starves_sigmoids_and_feeds_tanh_he_feeds_relu():
    first = {
        name: _arriving(*values.values())[0][0] for name, values in Depth.states.items()
    }
    assert first["sigmoid, Xavier"] < 1e-3
    assert 0.25 < first["tanh, Xavier"] < 0.4
    assert 0.5 < first["ReLU, He"] < 2
    assert first["ReLU, too large"] > 100
    assert first["sigmoid, huge weights"] > 1
    assert _arriving("sigmoid", 16, 12)[1].max() < 0.1


def test_eight_layers_of_tanh_learn_xor_where_eight_of_sigmoids_do_not():
    X, y = xor()
    widths = [2] + [4] * 8 + [1]
    fed = network.init(widths, hidden="tanh", scale="xavier", seed=range(6))
    assert network.train(fed, X, y, 0.1, 1000, keep=[1000]).loss().max() < 0.01
    # At the starved network's rate most of them fail; at theirs all of its starts do.
    fast = network.train(fed, X, y, 1, 1000, keep=[1000]).loss()
    assert np.sum(fast > 0.1) > 3
    slow = network.train(
        network.init(widths, seed=range(6)), X, y, 0.1, 1000, keep=[1000]
    )
    assert slow.loss() == pytest.approx(np.full((1, 6), 0.5), abs=1e-3)
    starved = network.train(network.init(widths), X, y, 1, 1000, keep=[0, 1000])
    assert starved.loss()[1] == pytest.approx(0.5, abs=1e-6)
    size = starved.gradient_size()
    assert size[1] / size[0] == pytest.approx(2e-6, rel=0.2)


# -- the museum


def test_one_exhibit_is_right_and_it_is_the_one_called_so():
    X, y = xor()
    for exhibit in museum.EXHIBITS:
        start = museum.init(exhibit)
        error = network.gradient_check(start, X, y, backward=museum.backward(exhibit))
        right = ANSWERS[int(exhibit)][0] == "J"
        assert error < 1e-7 if right else error > 1e-2, exhibit


def test_seven_exhibits_train_and_four_broken_ones_beat_the_right_one():
    end = {exhibit: museum.losses(exhibit)[-1] for exhibit in museum.EXHIBITS}
    assert [e for e in end if end[e] < 0.1] == ["1", "2", "4", "5", "6", "7", "9"]
    assert [e for e in end if end[e] < end["4"]] == ["2", "6", "7", "9"]
    assert end["7"] < end["4"] / 1000
    assert np.isnan(end["10"])


def test_each_diagnosis_is_seen_in_the_parts_it_names():
    parts = np.split(np.arange(17), [8, 12, 16])
    wrong = {}
    for exhibit, (letter, _) in ANSWERS.items():
        ours, nudged = _checked(str(exhibit))
        wrong[letter] = [not np.allclose(ours[p], nudged[p], atol=1e-8) for p in parts]
    assert {letter: "".join("01"[w] for w in wrong[letter]) for letter in wrong} == {
        "A": "1111", "B": "1111", "C": "1100", "D": "1100", "E": "1100",
        "F": "1111", "G": "0010", "H": "0100", "I": "1100", "J": "0000",
    }  # fmt: skip
    ours, nudged = _checked("1")
    assert nudged / ours == pytest.approx(np.full(17, 4), rel=1e-5)
    ours, nudged = _checked("8")
    assert ours[:12] == pytest.approx(-nudged[:12], rel=1e-5)


def test_the_slope_twice_solves_xor_from_six_starts_with_4_units_from_two_with_2():
    for width, solved in ((4, 6), (2, 2)):
        ends = [museum.losses("5", seed, width)[-1] for seed in range(6)]
        assert sum(end < 0.1 for end in ends) == solved


@pytest.mark.parametrize("exhibit", museum.EXHIBITS)
def test_what_the_museum_says_survives_the_last_bit(exhibit, monkeypatch):
    end = museum.losses(exhibit)[-1]
    start = museum.init(exhibit)
    nudged = [layer._replace(W=layer.W * (1 + 1e-12)) for layer in start]
    monkeypatch.setattr(museum, "init", lambda *_: nudged)
    again = museum.losses.__wrapped__(exhibit)[-1]
    assert again == pytest.approx(end, rel=1e-5, nan_ok=True)


# -- the diagnoses


def test_every_letter_is_an_answer_and_stands_on_the_page():
    assert sorted(letter for letter, _ in ANSWERS.values()) == sorted(DIAGNOSES)
    page = PAGE.read_text(encoding="utf-8")
    assert all(f"**{letter}** |" in page for letter in DIAGNOSES)
    assert [str(exhibit) for exhibit in ANSWERS] == list(museum.EXHIBITS)


@pytest.mark.parametrize("exhibit", ANSWERS)
def test_each_letter_gets_a_reply_that_names_the_mistake(exhibit):
    right, where = ANSWERS[exhibit]
    replies = set()
    for letter in DIAGNOSES:
        verdict = DIAGNOSE.check(lambda n, s=letter: s if n == exhibit else ...)
        text = " ".join(repr(verdict).split())
        assert where in text
        assert f"{exhibit}: {right}, right:" in text or f"It is {right}:" in text
        assert "Still open" in text
        assert not verdict.right
        replies.add(text)
    assert len(replies) == len(DIAGNOSES)


@pytest.mark.parametrize(
    "answer, said",
    [
        (lambda n: ..., "Not done yet"),
        (lambda n: None, "Not done yet"),
        (lambda n: {1: "F"}[n], "diagnose stopped with KeyError"),
        (lambda n: "K", "1: got 'K'; needs one letter from A to J."),
        (lambda n: ANSWERS[n][0].lower(), "1: F, right"),
    ],
)
def test_a_half_done_answer_is_told_what_is_open(answer, said):
    answer.__name__ = "diagnose"
    assert said in repr(DIAGNOSE.check(answer))


def test_the_numbers_on_the_page_come_from_its_cells():
    page = PAGE.read_text(encoding="utf-8")
    for number in ("0.2764", "1.106", "343,718", "0.933", "0.026", "6 of 6"):
        assert number in page
