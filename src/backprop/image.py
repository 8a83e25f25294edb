"""Values as an image: what speaks for a target of 1 is blue, what speaks for 0, red."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from backprop.picture import BLACK, BLUE, GREY, VERMILLION

SIGNED = LinearSegmentedColormap.from_list("signed", [VERMILLION, "white", BLUE])
FEWEST = 0.08  # of the largest: what is nearer to 0 has no sign drawn on it


def square(figure, left, bottom, side):
    """Return framed axes for an image, `side` of the figure's width in square."""
    width, height = figure.get_size_inches()
    axes = figure.add_axes((left, bottom, side, side * width / height))
    axes.set(xticks=[], yticks=[], xlim=(-0.5, 7.5), ylim=(7.5, -0.5))
    axes.spines[:].set(visible=True, color=GREY)
    return axes


def image(axes, values, colours, low=0):
    """Draw an image, a square for each pixel; return it."""
    return axes.imshow(
        values, cmap=colours, vmin=low, vmax=1, aspect="auto", interpolation="none",
    )  # fmt: skip


def signs(axes, size=6):
    """Return two lines for the signs on an image's pixels: + and −."""
    look = {"ls": "", "color": BLACK, "mew": 1.2, "ms": size}
    return [axes.plot([], [], mark, **look)[0] for mark in "+_"]


def put_signs(marks, values):
    """Put the signs on the pixels of `values`, from −1 to 1, that are not near 0."""
    for mark, sign in zip(marks, (1, -1)):
        mark.set_data(*np.nonzero(sign * values > FEWEST)[::-1])
