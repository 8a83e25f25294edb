"""The data that more than one stage shows."""

import numpy as np
import pytest

from backprop import data, network
from backprop.data import moons, told_apart


def test_threes_and_sevens_are_the_digits_with_these_labels_split_by_writer():
    X, y, X_new, y_new = data.threes_and_sevens()
    assert (X.shape, y.shape, X_new.shape, y_new.shape) == (
        (239, 64),
        (239, 1),
        (123, 64),
        (123, 1),
    )
    images, labels = data.digits()
    assert X.min() == 0 and X.max() == 1
    for digit, target in ((3, 0), (7, 1)):
        for rows, targets, part in (
            (X, y, slice(1200)),
            (X_new, y_new, slice(1200, None)),
        ):
            these = images[part][labels[part] == digit] / 16
            np.testing.assert_array_equal(rows[targets[:, 0] == target], these)


def test_one_neuron_learns_to_tell_them_apart():
    X, y, X_new, y_new = data.threes_and_sevens()
    start = [network.Layer(np.zeros((64, 1)), np.zeros((1, 1)))]
    history = network.train(start, X, y, 0.01, 1)
    (after,) = history.at(1)
    assert after.W.shape == (64, 1)
    wrong = (network.forward(history.at(1), X_new)[-1] > 0.5) != y_new
    assert wrong.sum() < 10


def test_a_moon_is_half_a_circle_around_an_end_of_the_other():
    X, y = data.moons(5, noise=0)
    assert X.shape == (5, 2) and y.ravel().tolist() == [0, 0, 1, 1, 1]
    X, y = data.moons(400, noise=0)
    upper, lower = X[y[:, 0] == 0], X[y[:, 0] == 1]
    for moon, centre, side in ((upper, (-0.5, -0.25), 1), (lower, (0.5, 0.25), -1)):
        np.testing.assert_allclose(np.linalg.norm(moon - centre, axis=1), 1)
        assert (side * (moon[:, 1] - centre[1]) > 0).all()
    noise = data.moons(400)[0] - X
    assert abs(noise.std() - 0.3) < 0.02
    assert noise[0].round(4).tolist() == [-0.0622, -0.1743]  # of the seed


def test_what_a_learner_does_to_the_digits_stays_with_them():
    images, labels = data.digits()
    images[:], labels[:] = 0, 0
    again, of = data.digits()
    assert again.max() == 16 and of.max() == 9


def test_a_year_begins_with_day_1():
    year, day, _ = data.seattle()
    assert [int(day[year == each].max()) for each in range(2012, 2016)] == [
        *(366, 365, 365, 365)
    ]
    assert day.min() == 1


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: moons(0), "n: got 0; needs a whole number, 1 or more"),
        (lambda: moons("three"), "n: got 'three'; needs a whole number"),
        (lambda: moons(10, -1), "noise: got -1; needs a number, 0 or more"),
        (lambda: moons(10, np.nan), "noise: got a value nan"),
        (lambda: moons(10, seed="a"), "seed: got 'a'; needs a whole number"),
        (lambda: told_apart(3, 7), "zeros: got 3; needs a list of digits from 0 to 9"),
        (lambda: told_apart((3,), "7"), "ones: got '7'; needs a list of digits"),
        (lambda: told_apart((3,), ()), r"ones: got \(\); needs a list of digits"),
        (lambda: told_apart((3,), (1.5,)), r"ones: got \(1.5,\); needs a list of"),
        (lambda: told_apart((3,), (10,)), r"ones: got \(10,\); needs a list of"),
        (lambda: told_apart((3, 4), (5, 4)), "ones: got 4; needs digits that zeros"),
    ],
)
def test_what_makes_no_set_is_a_clear_error(call, message):
    with pytest.raises(ValueError, match=message):
        call()
