"""The gradient as an image: what it draws and says, computed again by hand."""

from functools import cache

import numpy as np
import pytest
from matplotlib.figure import Figure

from backprop.data import threes_and_sevens
from backprop.picture import say
from backprop.stages.training_loop import GradientImage

X, y, X_NEW, Y_NEW = threes_and_sevens()
IMAGES = len(X)


@cache
def by_hand(iteration):
    """Return weights, each image's -delta, the order of these, from plain NumPy."""
    W = np.zeros(64)
    for _ in range(iteration):
        a = 1 / (1 + np.exp(-X @ W))
        W = W - 0.01 * X.T @ ((a - y[:, 0]) * a * (1 - a))
    a = 1 / (1 + np.exp(-X @ W))
    pull = (y[:, 0] - a) * a * (1 - a)
    order = sorted(range(IMAGES), key=lambda i: -round(abs(pull[i]), 12))
    return W, pull, order


def wrong(rows, right, iteration):
    """Return which rows are on the wrong side of ½."""
    W, _, _ = by_hand(iteration)
    return np.flatnonzero((rows @ W) * (2 * right[:, 0] - 1) < 0)


def shown(**values):
    """Return the picture, drawn and moved to these values."""
    picture = GradientImage()
    picture.draw(Figure(picture.size), **values)
    picture.move(**values)
    return picture


@pytest.mark.parametrize(
    ("iteration", "held_out"),
    [(1, 5), (10, 6), (100, 5), (500, 3), (1000, 2), (2000, 1)],
)
def test_it_says_how_many_are_read_wrong(iteration, held_out):
    assert len(wrong(X_NEW, Y_NEW, iteration)) == held_out
    words = GradientImage().words(iteration=iteration, added=0)
    training = len(wrong(X, y, iteration))
    assert f" {training} training image" in words
    assert f"and {held_out} of 123 held-out images" in words


def test_before_the_first_step_no_image_is_on_a_side():
    words = GradientImage().words(iteration=0, added=0)
    assert "Every output is ½" in words and "wrong" not in words


@pytest.mark.parametrize("iteration", [0, 1, 20, 500, 2000])
def test_it_says_how_many_images_carry_half_of_the_pull(iteration):
    _, pull, _ = by_hand(iteration)
    strong = sorted(np.abs(pull).round(12), reverse=True)
    few = next(n for n in range(IMAGES) if sum(strong[:n]) >= sum(strong) / 2 - 1e-9)
    words = GradientImage().words(iteration=iteration, added=3)
    assert f" {few} of 239 images carry half of the pull" in words
    share = say(100 * sum(strong[:3]) / sum(strong), 2)
    assert f": {share} % of it" in words
    (at,) = set(shown(iteration=iteration, added=3).half.get_xdata())
    assert at == few + 0.5


@pytest.mark.parametrize("iteration", [0, 7, 500])
@pytest.mark.parametrize("added", [0, 1, 24, IMAGES])
def test_the_maps_are_the_sum_of_the_images_and_the_weights_with_it(iteration, added):
    W, pull, order = by_hand(iteration)
    total = np.zeros(64)
    for i in order[:added]:
        total += pull[i] * X[i]
    picture = shown(iteration=iteration, added=added)
    for image, want in zip(picture.maps, (total, W + 0.01 * total)):
        drawn = np.asarray(image.get_array())
        assert drawn * (abs(want).max() or 1) == pytest.approx(
            want.reshape(8, 8), abs=1e-9
        )
        assert (image.norm.vmin, image.norm.vmax) == (-1, 1)


def test_with_all_images_added_the_weights_are_those_one_step_on():
    picture = shown(iteration=9, added=IMAGES)
    later, _, _ = by_hand(10)
    drawn = np.asarray(picture.maps[1].get_array())
    assert drawn * abs(later).max() == pytest.approx(later.reshape(8, 8))


@pytest.mark.parametrize("iteration", [0, 10, 500])
def test_the_images_seen_stand_in_the_order_of_their_deltas(iteration):
    _, pull, order = by_hand(iteration)
    picture = shown(iteration=iteration, added=2)
    sheet = picture.sheet.get_array()
    for place, i in enumerate(order[:24]):
        row, column = divmod(place, 8)
        drawn = sheet[10 * row : 10 * row + 8, 12 * column : 12 * column + 8]
        np.testing.assert_array_equal(drawn, X[i].reshape(8, 8))
    up, down = (bars.get_ydata() for bars in picture.strip)
    assert np.nansum(up) + np.nansum(down) == pytest.approx(pull.sum())
    assert np.nanmin(up) >= 0 >= np.nanmax(down)
    tall = [np.reshape(bars.get_ydata(), (-1, 3)) for bars in picture.bars]
    heights = np.vstack(tall)[:, 0] - np.vstack(tall)[:, 1]  # y grows downward
    assert sorted(heights) == pytest.approx(sorted(3.9 / 0.15 * pull[order[:24]]))


def test_a_cross_stands_on_each_image_that_is_read_wrong():
    _, _, order = by_hand(10)
    picture = shown(iteration=10, added=0)
    crossed = {order[round((y // 10) * 8 + x // 12)] for x, y in
               picture.wrong.get_xydata()}  # fmt: skip
    assert crossed == set(wrong(X, y, 10)) & set(order[:24]) and len(crossed) == 2


def test_what_is_added_has_a_frame_and_the_newest_a_thick_one():
    picture = shown(iteration=10, added=12)
    corners = picture.frames.get_xydata().reshape(12, 6, 2)
    assert corners[8, 0].tolist() == [-0.5, 9.5]
    np.testing.assert_array_equal(picture.last.get_xydata(), corners[11])
    assert not len(shown(iteration=10, added=40).last.get_xdata())
