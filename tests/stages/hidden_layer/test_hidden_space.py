"""The rows in hidden space: what is drawn and said, computed again by hand."""

import re
from functools import cache

import numpy as np
import pytest
from matplotlib.figure import Figure

from backprop import network
from backprop.data import xor
from backprop.stages.hidden_layer import HiddenSpace
from backprop.stages.hidden_layer.pictures_space import NAMES

X, y = xor()


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


@cache
def by_hand(iteration, seed):
    """Return W1, b1, W2, b2 after training, in plain NumPy."""
    (W1, b1, _), (W2, b2, _) = network.init((2, 2, 1), seed=seed)
    for _ in range(iteration):
        a1 = sigmoid(X @ W1 + b1)
        a2 = sigmoid(a1 @ W2 + b2)
        delta2 = (a2 - y) * a2 * (1 - a2)
        delta1 = delta2 @ W2.T * a1 * (1 - a1)
        W1, b1 = W1 - X.T @ delta1, b1 - delta1.sum(0)
        W2, b2 = W2 - a1.T @ delta2, b2 - delta2.sum(0)
    return W1, b1, W2, b2


def shown(**values):
    """Return the picture, drawn and moved to these values."""
    picture = HiddenSpace()
    picture.draw(Figure(picture.size), **values)
    picture.move(**values)
    return picture


MOMENTS = pytest.mark.parametrize(
    ("iteration", "seed"), [(0, 2), (100, 2), (137, 5), (300, 2), (3000, 2), (3000, 0)]
)


@MOMENTS
def test_the_rows_stand_where_the_hidden_units_put_them(iteration, seed):
    W1, b1, _, _ = by_hand(iteration, seed)
    picture = shown(iteration=iteration, seed=seed)
    places = np.array([row.get_xydata()[0] for row in picture.rows])
    assert places == pytest.approx(sigmoid(X @ W1 + b1), abs=1e-9)
    assert [name.get_text() for name in picture.places] == NAMES
    assert np.array([name.xy for name in picture.places]) == pytest.approx(places)
    # Rows of the same target look the same, others don't.
    looks = [(row.get_marker(), row.get_color()) for row in picture.rows]
    assert looks[0] == looks[3] != looks[1] == looks[2]


@MOMENTS
def test_on_each_line_a_unit_gives_one_half(iteration, seed):
    W1, b1, W2, b2 = by_hand(iteration, seed)
    *units, output = (
        line.get_xydata() for line in shown(iteration=iteration, seed=seed).lines
    )
    for j, points in enumerate(units):
        assert points @ W1[:, j] + b1[0, j] == pytest.approx(0, abs=1e-8)
        assert np.linalg.norm(points[1] - points[0]) > 10
    assert output @ W2[:, 0] + b2[0, 0] == pytest.approx(0, abs=1e-8)


@MOMENTS
def test_blue_is_the_side_on_which_the_output_is_over_one_half(iteration, seed):
    W1, b1, W2, b2 = by_hand(iteration, seed)
    side = shown(iteration=iteration, seed=seed).side.get_path()
    hidden = sigmoid(X @ W1 + b1)
    over = (sigmoid(hidden @ W2 + b2) > 0.5)[:, 0]
    assert [side.contains_point(place) for place in hidden] == over.tolist()


def test_the_trails_lead_from_the_start_to_the_rows():
    picture = shown(iteration=300, seed=2)
    points = picture.trails.get_xydata()
    trails = np.split(points, np.flatnonzero(np.isnan(points[:, 0])))[:4]
    W1, b1, _, _ = by_hand(0, 2)
    for trail, start, row in zip(trails, sigmoid(X @ W1 + b1), picture.rows):
        trail = trail[~np.isnan(trail[:, 0])]
        assert trail[0] == pytest.approx(start)
        assert trail[-1] == pytest.approx(row.get_xydata()[0])


def test_the_stuck_seed_has_two_rows_of_different_targets_on_one_place():
    W1, b1, _, _ = by_hand(10_000, 0)
    hidden = sigmoid(X @ W1 + b1)
    assert hidden[0] == pytest.approx(hidden[2], abs=0.01) and y[0] != y[2]
    words = HiddenSpace().words(iteration=10_000, seed=0)
    at = dict(re.findall(r"(\d, \d) at (\(.+?\))", words))
    assert at["0, 0"] == at["1, 0"] != at["1, 1"]
    assert "2 of 4 rows are on their side of the output's line" in words


def test_at_the_end_the_line_parts_them():
    words = HiddenSpace().words(iteration=10_000, seed=2)
    assert "The output's line parts them" in words
