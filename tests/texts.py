"""Where the texts of a picture lie: one that is cut off, or lies over another."""

from unittest.mock import patch

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

from backprop.frame import DPI, STYLE

SLACK = 2  # pixels, of 100 for an inch: a text's box is larger than its ink


def faults_of(picture, values):
    """Return what is wrong with the texts that are drawn at these values."""
    texts, circles, whole = _drawn(picture, values)
    found = []
    for i, (text, box) in enumerate(texts):
        out = (box.min < whole.min - 1) | (box.max > whole.max + 1)
        if out.any():
            found.append(f"{text!r} is cut off")
        for other, under in texts[:i]:
            wide, high = np.minimum(box.max, under.max) - np.maximum(box.min, under.min)
            if wide > SLACK and high > 2 * SLACK:
                found.append(f"{text!r} lies over {other!r}")
        for circle in circles:
            middle = (circle.min + circle.max) / 2
            nearest = np.clip(middle, box.min, box.max)
            own = np.abs((box.min + box.max) / 2 - middle).max() < 6
            reach = circle.width / 2 - SLACK
            if not own and np.hypot(*(nearest - middle)) < reach:
                found.append(f"{text!r} runs into a circle")
    return found


def _drawn(picture, values):
    """Return the texts that can be seen with their boxes, circles, and the figure's."""
    seen, draw = [], Text.draw

    def see(text, *args):
        seen.append(text)
        draw(text, *args)

    with matplotlib.rc_context(STYLE), patch.object(Text, "draw", see):
        figure = Figure(picture.size, dpi=DPI)
        renderer = FigureCanvasAgg(figure).get_renderer()
        picture.draw(figure, **values)
        picture.move(**values)
        figure.draw(renderer)
        circles = [
            each.get_window_extent(renderer)
            for axes in figure.axes
            for each in axes.patches
            if isinstance(each, Circle)
        ]
    texts = [
        (text.get_text(), _with_ground(text, renderer))
        for text in dict.fromkeys(seen)
        if text.get_visible() and text.get_text().strip()
    ]
    texts = [(text, box) for text, box in texts if box.overlaps(figure.bbox)]
    return texts, circles, figure.bbox


def _with_ground(text, renderer):
    """Return the box of a text, with its frame where that has an edge to be seen."""
    box, frame = text.get_window_extent(renderer), text.get_bbox_patch()
    if frame is None or frame.get_edgecolor()[3] == 0 or isinstance(text, Annotation):
        return box
    return Bbox.union([box, frame.get_window_extent(renderer)])
