"""A picture at some values, as pixels: matplotlib alone, no widgets."""

import struct
import zlib
from copy import copy
from threading import RLock

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

# A JupyterLab without our settings may run a slider's message in a thread beside the
# running cell, and neither matplotlib nor a picture is made for two at once.
ONE_AT_A_TIME = RLock()

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
