"""A picture at some values, as SVG: its still part, and its moving part."""

import re
from contextlib import contextmanager
from copy import copy, deepcopy
from io import BytesIO, StringIO
from typing import NamedTuple

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from PIL import Image

from backprop.session import own_settings

DPI = 100  # pixels of the page for each inch of a picture
POINTS = 72  # of SVG, for each inch
STYLE = {
    "font.family": "DejaVu Sans",  # by name, since a learner may extend the list
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
    "svg.fonttype": "path",
}
# All of matplotlib's settings: its defaults and our style, whatever the session's are.
SETTINGS = {
    **deepcopy(dict(dict.items(matplotlib.rcParamsDefault))),
    **dict(dict.items(matplotlib.RcParams(STYLE))),
}
del SETTINGS["backend"]


@contextmanager
def own_style(salt=None):
    """Draw with our settings; matplotlib's own `rc_context` takes 30 times as long.

    salt: from which ids in SVG are made: equal ones on a page must mean the same, and
    each run has the same.
    """
    params = matplotlib.rcParams
    theirs = dict(dict.items(params))
    dict.update(params, SETTINGS, **{"svg.hashsalt": salt})
    try:
        yield
    finally:
        dict.update(params, theirs)


class Frame(NamedTuple):
    """A picture at some values: two SVG of one size, the second to lie on the first."""

    still: str
    moving: str


class Screen:
    """A picture on one figure that stays: only what moves is drawn for each frame."""

    def __init__(self, picture):
        # Its own copy, since `draw` keeps artists: a picture may be on two screens.
        self.picture = copy(picture)
        self._drawn_for = None
        self._salt = f"{type(picture).__module__}.{type(picture).__qualname__}"

    def frame(self, **values):
        """Return the Frame at these values."""
        with own_settings(), own_style(self._salt):
            self._move(values)
            if self._still is None:
                self._still = self._svg([self.figure])
            return Frame(self._still, self._svg(self._moving))

    def pixels(self, **values):
        """Return the picture at these values, drawn anew: uint8, (height, width, 4)."""
        with own_settings(), own_style(self._salt):
            picture = copy(self.picture)
            figure, moving = _drawn(picture, DPI, values)
            picture.move(**values)
            canvas = FigureCanvasAgg(figure)
            canvas.draw()
            for artist in moving:
                figure.draw_artist(artist)
            return np.asarray(canvas.buffer_rgba())

    def png(self, **values):
        """Return the picture at these values as PNG bytes, small."""
        png = BytesIO()
        # The background is opaque, so there is no need of the alpha channel.
        image = Image.fromarray(self.pixels(**values)).convert("RGB")
        image.save(png, "png", compress_level=9)
        return png.getvalue()

    def _move(self, values):
        """Put all where these values say; draw it anew if they need that."""
        drawn_for = [values[name] for name in self.picture.redraw]
        if drawn_for != self._drawn_for:
            self._drawn_for = self._still = None
            self.figure, self._moving = _drawn(self.picture, POINTS, values)
            self._drawn_for = drawn_for
        self.picture.move(**values)

    def _svg(self, artists):
        """Return these artists as SVG of the picture's size."""
        svg = StringIO()
        width, height = self.figure.get_size_inches()
        renderer = RendererSVG(width * POINTS, height * POINTS, svg)
        for artist in artists:
            artist.draw(renderer)
        renderer.finalize()
        return _pure(svg.getvalue(), round(width * DPI), round(height * DPI))


def _drawn(picture, dpi, values):
    """Return a new figure with all that is still, and what is to be drawn on it."""
    figure = Figure(picture.size, dpi=dpi, facecolor="white")
    moving = _with_all_above(figure, picture.draw(figure, **values))
    for artist in moving:
        artist.set_animated(True)
    return figure, moving


# What matplotlib writes before and between the drawing: a date, comments, and a style
# that would hold for the whole page.
NOTES = re.compile(
    r"<metadata>.*?</metadata>|<defs>\s*<style.*?</style>\s*</defs>|<!--.*?-->", re.S
)


def _pure(svg, width, height):
    """Return matplotlib's SVG as what a page may hold, of this size in its pixels.

    Presentation attributes alone: no style, which a strict content policy refuses, and
    which would hold for the whole page; no id that nothing refers to.
    """
    view = re.search(r'viewBox="[^"]+"', svg)[0]
    body = NOTES.sub("", svg[svg.index(">", svg.index("<svg")) + 1 :])
    body = re.sub(r"\s*\n\s*", " ", body).replace("> <", "><").replace("xlink:", "")
    body = body.replace("<g/>", "")
    body = re.sub(r' style="([^"]*)"', _attributes, body)
    used = set(re.findall(r'#([^")]+)', body))
    body = re.sub(r' id="([^"]*)"', lambda id: id[0] if id[1] in used else "", body)
    body = re.sub(r' d="[^"]*"', _shorter, body)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {view} width="{width}" '
        f'height="{height}" aria-hidden="true" stroke-linejoin="round">{body.strip()}'
    )


def _attributes(style):
    """Return a style as attributes; of two that say the same, the last one counts."""
    pairs = (part.split(":") for part in style[1].split(";") if part.strip())
    named = {name.strip(): value.strip() for name, value in pairs}
    return "".join(f' {name}="{value}"' for name, value in named.items())


def _shorter(path):
    """Return a path with two decimals: a hundredth of a point is seen by nobody."""
    return re.sub(r"(?<=\.\d\d)\d+", "", path[0])


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
