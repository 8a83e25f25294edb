"""What a picture is, and how it becomes pixels: matplotlib alone, no widgets."""

import struct
import zlib
from copy import copy
from dataclasses import dataclass
from threading import RLock

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from backprop import inputs

# Okabe & Ito's colours, told apart by colour-blind eyes (vermillion a little darker
# than theirs, for text); each has its own marker and dash as well, since a projector
# may lose the colour.
BLUE, VERMILLION, BLACK, GREY = "#0072B2", "#C44E00", "#000000", "#767676"

# A JupyterLab without our settings may run a slider's message in a thread beside the
# running cell, and neither matplotlib nor a picture is made for two at once.
ONE_AT_A_TIME = RLock()

# For what is still and need not lie over the curves, such as a title: what lies over
# them is drawn anew with each of their moves.
STILL = {"zorder": 0}

DPI = 100
STYLE = {
    "font.size": 12,
    "axes.titlesize": 12,
    "axes.labelsize": 12,
    "xtick.labelsize": 12,
    "ytick.labelsize": 12,
    "legend.fontsize": 12,
    "legend.frameon": False,
    "lines.linewidth": 2.5,
    "lines.markersize": 9,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": False,
    "grid.color": "#DDDDDD",
    "mathtext.fontset": "dejavusans",
}


@dataclass(frozen=True)
class Knob:
    """A number that a slider moves from stop to stop and a box takes exactly.

    label: as it stands on the screen, whole. stops: ascending; a typed value may be
    any number from the first stop to the last. whole: whole numbers only.
    play: the picture may run through the stops by itself, once Play is pressed.
    """

    label: str
    stops: tuple
    whole: bool = False
    play: bool = False

    def check(self, value):
        """Return `value` as a number in range; ValueError names the label."""
        low, high = self.stops[0], self.stops[-1]
        if self.whole:
            return inputs.whole(self.label, value, low, high)
        return inputs.number(self.label, value, low, high)

    def nearest(self, value):
        """Return the index of the stop nearest to `value`."""
        return int(np.argmin(np.abs(np.asarray(self.stops, dtype=float) - value)))


@dataclass(frozen=True)
class Choice:
    """One of a few named options."""

    label: str
    options: tuple

    def check(self, value):
        """Return `value` if it is an option; ValueError names the label."""
        return inputs.option(self.label, value, self.options)


class Picture:
    """An idea that moves. A subclass gives these names and three methods.

    size: inches, width and height. controls: name -> Knob or Choice. start: name ->
    value, for each control. states: name on a button -> the values it jumps to.
    redraw: names of the values whose change needs a new still part; the picture is
    then drawn anew.
    """

    size = (8.4, 3.6)
    controls = {}
    start = {}
    states = {}
    redraw = ()

    def draw(self, figure, **values):
        """Draw everything into an empty figure; return the artists that move."""
        raise NotImplementedError

    def move(self, **values):
        """Put the moving artists where these values say, and touch nothing else."""
        raise NotImplementedError

    def words(self, **values):
        """Say in one or two sentences what the picture shows; needs no figure."""
        raise NotImplementedError

    def check(self, **values):
        """Return the values, each in its control's range, or raise ValueError."""
        unknown = [name for name in values if name not in self.controls]
        if unknown:
            names = ", ".join(self.controls)
            raise ValueError(f"{unknown[0]}: is no control here; needs one of {names}")
        return {
            name: self.controls[name].check(value) for name, value in values.items()
        }


class Screen:
    """A picture on one figure that stays: only what moves is drawn for each frame.

    dpi: pixels an inch of the picture's size.
    """

    def __init__(self, picture, dpi=DPI):
        # Its own copy, since `draw` keeps artists: a picture may be on two screens.
        self.picture = copy(picture)
        self.dpi = dpi
        self._drawn_for = None

    def frame(self, **values):
        """Return the picture at these values: uint8, (height, width, 4)."""
        drawn_for = [values[name] for name in self.picture.redraw]
        with ONE_AT_A_TIME, matplotlib.rc_context(STYLE):
            if drawn_for != self._drawn_for:
                self._drawn_for = None
                self._draw(values)
                self._drawn_for = drawn_for
            self.canvas.restore_region(self._still)
            self.picture.move(**values)
            for artist in self._moving:
                self.figure.draw_artist(artist)
            return np.asarray(self.canvas.buffer_rgba())

    def png(self, compress_level=1, **values):
        """Return the frame as PNG bytes; level 1 is quick to make, 9 is small."""
        with ONE_AT_A_TIME:
            # The background is opaque, so there is no need of the alpha channel.
            rgb = Image.fromarray(self.frame(**values)).convert("RGB")
        return _png(np.asarray(rgb), compress_level)

    def _draw(self, values):
        self.figure = Figure(self.picture.size, dpi=self.dpi, facecolor="white")
        self.canvas = FigureCanvasAgg(self.figure)
        moving = self.picture.draw(self.figure, **values)
        self._moving = _with_all_above(self.figure, moving)
        for artist in self._moving:
            artist.set_animated(True)
        self.canvas.draw()
        self._still = self.canvas.copy_from_bbox(self.figure.bbox)


def _png(rgb, compress_level):
    """Return pixels, (height, width, 3) of uint8, as PNG bytes.

    In half of Pillow's time, which tries five filters on each row: a plot's flat
    colours need none. Source: https://www.w3.org/TR/png-3/
    """
    height, width, channels = rgb.shape
    rows = np.pad(rgb.reshape(height, width * channels), ((0, 0), (1, 0)))  # 0: none
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)  # 8 bits, RGB
    parts = (
        (b"IHDR", header),
        (b"IDAT", zlib.compress(rows, compress_level)),
        (b"IEND", b""),
    )
    png = b"\x89PNG\r\n\x1a\n"
    for kind, content in parts:
        length, check = len(content), zlib.crc32(kind + content)
        png += struct.pack(">I", length) + kind + content + struct.pack(">I", check)
    return png


def on_top(*artists):
    """Return the artists, lifted over all that is still: then only they are redrawn."""
    for artist in artists:
        artist.set_zorder(artist.get_zorder() + 10)
    return list(artists)


def _with_all_above(figure, moving):
    """Return the moving artists and what lies over them, from the bottom up.

    An axes' frame or legend that stayed in the background would be covered.
    """
    order = []
    for group in (*figure.axes, figure):
        hidden = [group.patch, *figure.axes]
        if group is not figure and not group.axison:
            hidden += [*group.spines.values(), group.xaxis, group.yaxis]
        children = [artist for artist in group.get_children() if artist not in hidden]
        children.sort(key=lambda artist: artist.get_zorder())
        lowest = next((i for i, a in enumerate(children) if a in moving), len(children))
        order += children[lowest:]
    missing = [artist for artist in moving if artist not in order]
    if missing:
        raise ValueError(f"draw: returned {missing[0]}; needs artists of its figure")
    return order


def say(number, digits=3):
    """Return a number as the words say it: the same on every machine.

    Anything under 1e-9 is rounding noise here, and is said as 0.
    """
    number = float(number)
    if not np.isfinite(number):
        return "not a number" if np.isnan(number) else "beyond all bounds"
    if abs(number) < 1e-9:
        return "0"
    sign = "−" if number < 0 else ""
    number = float(f"{abs(number):.{digits}g}")
    if number >= min(10**digits, 1000):  # and not 4.7e+02
        return f"{sign}{number:,.0f}" if number < 1e7 else f"{sign}{number:.{digits}g}"
    if number < 1e-4:
        mantissa, exponent = f"{number:.{digits - 1}e}".split("e")
        return f"{sign}{float(mantissa):g}e−{-int(exponent)}"
    return f"{sign}{number:.{digits}g}"


def say_all(numbers, digits=3):
    """Return numbers as a list in words: "1, 2 and 3"."""
    said = [say(number, digits) for number in np.ravel(numbers)]
    return " and ".join(filter(None, [", ".join(said[:-1]), said[-1]]))
