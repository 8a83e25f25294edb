"""Text and lines stand out from white, as WCAG 2 asks: 4.5 for text, 3 for lines."""

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D
from matplotlib.text import Text
from test_picture import PICTURES, each_picture, extremes

from backprop.frame import STYLE, Screen


def contrast(colour, alpha=None):
    """Return the contrast of a colour with white, from 1 to 21."""
    share = 1 if alpha is None else alpha
    rgb = share * np.array(to_rgb(colour)) + 1 - share
    linear = np.where(rgb <= 0.03928, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return 1.05 / (linear @ [0.2126, 0.7152, 0.0722] + 0.05)


def test_the_measure_itself():
    assert contrast("black") == pytest.approx(21)
    assert contrast("white") == contrast("black", 0) == pytest.approx(1)
    assert contrast("#767676") == pytest.approx(4.54, abs=0.005)


@each_picture
def test_text_and_lines_stand_out(name):
    picture = PICTURES[name]()
    screen, faint = Screen(picture), set()
    states = [{**picture.start, **state} for state in picture.states.values()]
    for values in (picture.start, *states, *extremes(picture)):
        screen.frame(**values)
        for text in screen.figure.findobj(Text):
            shown = text.get_visible() and text.get_text().strip()
            on_white = text.get_bbox_patch() is None
            if (
                shown
                and on_white
                and contrast(text.get_color(), text.get_alpha()) < 4.5
            ):
                faint.add(f"text {text.get_text()}")
        for line in screen.figure.findobj(Line2D):
            colour, grid = line.get_color(), line.get_color() == STYLE["grid.color"]
            if not grid and contrast(colour, line.get_alpha()) < 3:
                faint.add(f"line {colour} {line.get_label()}")
    assert faint == set()
