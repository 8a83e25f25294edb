"""Each picture as a browser paints its SVG, beside the pixels that Agg makes of it."""

import base64
from io import BytesIO

import numpy as np
import pytest
from conftest import asked
from course import PICTURES
from lab import PAINT, drawn, made
from PIL import Image

from backprop.frame import Screen

SQUARE = 24  # pixels: edges and hinting differ within, what is drawn does not
MOST, MEAN = 30, 2.5  # of 255; measured: at most 23 and 1.7


@pytest.fixture(scope="module")
def page(browser):
    page = browser.new_page()
    yield page
    page.close()


def painted(page, kind, values):
    svg, _ = drawn(made(kind), tuple(values.items()))
    png = base64.b64decode(page.evaluate(PAINT, [[svg], 1])[0])
    return np.asarray(Image.open(BytesIO(png)).convert("RGB"), float)


def by_agg(kind, values):
    return np.asarray(Screen(made(kind)).pixels(**values)[..., :3], float)


def gaps(one, other):
    """Return the differences of two images, averaged over each square."""
    height, width = (n // SQUARE for n in one.shape[:2])
    cut = (one - other)[: height * SQUARE, : width * SQUARE]
    return np.abs(cut.reshape(height, SQUARE, width, SQUARE, 3).mean((1, 3)))


ROOMS = [path.stem[3:] for path in asked()]
KINDS = [kind for kind in PICTURES if PICTURES[kind].__module__.split(".")[2] in ROOMS]


@pytest.mark.parametrize("kind", KINDS)
def test_the_browser_paints_what_agg_draws(page, kind):
    picture = made(kind)
    for state in ({}, *picture.states.values()):
        values = {**picture.start, **state}
        found = gaps(painted(page, kind, values), by_agg(kind, values))
        assert found.max() < MOST and found.mean() < MEAN, state


def test_another_moment_is_noticed(page):
    start = made("Training").start
    image = painted(page, "Training", start)
    for iteration in (5, 10_000):
        other = {**start, "iteration": iteration}
        assert gaps(image, by_agg("Training", other)).max() > MOST
