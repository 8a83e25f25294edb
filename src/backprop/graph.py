"""Nodes and edges with numbers on them, cells: for pictures of a network."""

import numpy as np
from matplotlib.patches import Circle

from backprop.picture import BLACK, GREY, joined


def board(figure, rectangle, width, height):
    """Return axes without a frame, `width` by `height` units, of equal scale.

    rectangle: left, bottom, width, height in fractions of the figure.
    """
    axes = figure.add_axes(rectangle)
    axes.set(xlim=(0, width), ylim=(0, height), aspect="equal")
    axes.axis("off")
    axes.spines[:].set_visible(False)  # a frame over moving artists is drawn by itself
    return axes


def node(axes, xy, text="", radius=0.4, color=BLACK, **kwargs):
    """Draw a circle; return its Text, so that its number can be moved."""
    axes.add_patch(
        Circle(xy, radius, edgecolor=color, facecolor="white", lw=2, zorder=2)
    )
    return axes.text(*xy, text, ha="center", va="center", zorder=3, **kwargs)


def edge(axes, start, end, radius=0.4, color=GREY, **kwargs):
    """Draw an arrow from border to border of two nodes; return it."""
    start, end = np.asarray(start, float), np.asarray(end, float)
    along = (end - start) / np.linalg.norm(end - start)
    return axes.annotate(
        "",
        xytext=start + radius * along,
        xy=end - radius * along,
        zorder=1,
        arrowprops={"arrowstyle": "-|>", "color": color, "lw": 1.5, "shrinkA": 0,
                    "shrinkB": 0, **kwargs},
    )  # fmt: skip


def on_edge(axes, start, end, text="", at=0.5, gap=0.08, below=False, **kwargs):
    """Return a Text over the edge at a fraction of its way, or under it.

    The text has a white ground, so that no edge runs through a number.
    """
    start, end = np.asarray(start, float), np.asarray(end, float)
    x, y = start + at * (end - start)
    ground = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
    return axes.text(
        x, y - gap if below else y + gap, text, ha="center",
        va="top" if below else "bottom", bbox=ground, zorder=2.5, **kwargs,
    )  # fmt: skip


def cells(corner, rows, columns, side=1):
    """Return one line of separate squares, from the corner down and to the right."""
    i, j = np.mgrid[:rows, :columns].reshape(2, -1)
    corners = corner + side * np.stack([j, -i], axis=-1)
    square = side * np.array([[0, 0], [1, 0], [1, -1], [0, -1], [0, 0]])
    return joined(corners[:, None] + square)
