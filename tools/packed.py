"""A live picture for a page that has no Python: its states, drawn once and packed."""

import base64
import gzip
import json
import re
from copy import copy
from itertools import product
from math import ceil, prod
from typing import NamedTuple

import numpy as np

from backprop.frame import Screen
from backprop.picture import Choice, Knob, Picture
from backprop.question import nearly, tolerance

MOST = 2500  # states of a picture
STEPS = 4  # of what plays, at least
LARGEST = 600_000  # characters of a picture, packed
TILE = 50  # neighbouring states that are unpacked together,
UNPACKED = 500_000  # and their characters: more would make a drag wait
DEFS = re.compile(r"<defs>(.*?)</defs>")
REF = re.compile(r'(?:href="#|url\(#)([^")]+)')
DEF = re.compile(r'<(\w+)[^>]*? id="([^"]+)"[^>]*?(?:/>|>.*?</\1>)')


class Packed(NamedTuple):
    """A picture's states as a page holds them.

    grid: control name -> the stops that it has there. start: the indices of the stops
    that it opens at. size: its width and height in pixels of the page. words: of the
    start. tile: how many stops of each control lie in a tile. tiles: name -> what
    `unpacked` reads; "0,2" is the first of the first control's, the third of the
    second's, {"i,j": [still, moving, words, question or None]} by indices; "still" is a
    list of the still parts. defs: id -> what frames refer to: an SVG element.
    """

    grid: dict
    start: list
    size: tuple
    words: str
    tile: list
    tiles: dict
    defs: dict


class Runs(Picture):
    """A picture's named states, to be chosen, and the one control that moves in them.

    picture, shown: as `live` takes them; the picture says which control it is. What it
    opens with is a run of its own if no state has its values.
    """

    redraw = ("run",)

    def __init__(self, picture, shown):
        along, self.picture = picture.along, picture
        first = {name: value for name, value in shown.items() if name != along}
        runs = {
            name: {**first, **values}
            for name, values in picture.states.items()
            if {*values} <= {*first}
        }
        name = next((name for name in runs if runs[name] == first), "as it opens")
        self.runs = {name: first, **runs}
        self.size = picture.size
        self.controls = {
            "run": Choice("run", tuple(self.runs)),
            along: picture.controls[along],
        }
        self.start = {"run": name, along: shown[along]}

    def values(self, run, **along):
        """Return the picture's own values."""
        return {**self.picture.start, **self.runs[run], **along}

    def draw(self, figure, **values):
        """Draw the picture at its own values."""
        self.picture = copy(self.picture)  # it keeps artists, and may be drawn anew
        return self.picture.draw(figure, **self.values(**values))

    def move(self, **values):
        """Move the picture to its own values."""
        self.picture.move(**self.values(**values))

    def words(self, **values):
        """Say what the picture says at its own values."""
        return self.picture.words(**self.values(**values))


def pack(picture, shown, asks=False):
    """Return the picture that `live(picture, **shown)` opens as Packed.

    asks: whether its questions are there, too. All stops of its controls are there if
    that makes at most MOST states and LARGEST characters; else fewer of each control,
    the start and all named states among them.
    """
    full, needed = stops(picture, shown)
    drawing = Drawing(picture, shown, asks)
    fits = None
    for part in (
        64,
        32,
        16,
        8,
        4,
        2,
        1,
    ):  # few at first: what doesn't fit is drawn in vain
        grid = thinned(full, needed, MOST // part)
        packed = drawing.pack(grid)
        if fits and sum(map(len, packed.tiles.values())) > LARGEST:
            break
        fits = packed
        if grid == full:
            break
    return fits


def stops(picture, shown):
    """Return two dicts by control: its values in order, and those that must stay."""
    reached = [values for values in picture.states.values() if set(values) <= {*shown}]
    full, needed = {}, {}
    for name in shown:
        control = picture.controls[name]
        if not isinstance(control, Knob):
            full[name] = needed[name] = control.options
            continue
        named = {values[name] for values in [shown, *reached] if name in values}
        full[name] = tuple(sorted({*control.stops, *named}))
        # What plays needs some steps; of what doesn't, the ends will do.
        spread = np.linspace(0, len(full[name]) - 1, STEPS if control.play else 2)
        needed[name] = {*named, *(full[name][int(at)] for at in spread)}
    return full, needed


def thinned(full, needed, most):
    """Return the controls' stops with every other one left out, until there are few.

    Those that are needed stay, so there may be more than `most` states.
    """
    grid = dict(full)
    while prod(map(len, grid.values())) > most:
        spare = {
            name: [value for value in values if value not in needed[name]]
            for name, values in grid.items()
        }
        name = max(spare, key=lambda each: len(spare[each]))
        if not spare[name]:
            break
        out = {*spare[name][::2]}
        grid[name] = tuple(value for value in grid[name] if value not in out)
    return grid


class Drawing:
    """Draws a picture's states, each once, however often they are packed."""

    def __init__(self, picture, shown, asks):
        self.asks = asks
        self.screen = Screen(picture)
        self.picture = self.screen.picture
        self.shown = shown
        self.frames, self.still, self.defs = {}, {}, {}

    def pack(self, grid):
        """Return the states of a grid as Packed."""
        self.draw(grid)
        lengths = [len(values) for values in grid.values()]
        states = {
            indices: self.frames[tuple(v[i] for v, i in zip(grid.values(), indices))]
            for indices in product(*map(range, lengths))
        }
        characters = sum(len(moving) for _, moving, *_ in states.values())
        tile = tile_of(lengths, min(TILE, UNPACKED * len(states) / characters))
        tiles = {"still": [still for _, still in self.still.values()]}
        for indices, state in states.items():
            name = comma(i // length for i, length in zip(indices, tile))
            tiles.setdefault(name, {})[comma(indices)] = state
        start = [values.index(self.shown[name]) for name, values in grid.items()]
        width, height = re.findall(r'(?:width|height)="(\d+)"', tiles["still"][0])[:2]
        return Packed(
            grid=grid,
            start=start,
            size=(int(width), int(height)),
            words=states[tuple(start)][2],
            tile=tile,
            tiles={name: packed(content) for name, content in tiles.items()},
            defs=self.defs,
        )

    def draw(self, grid):
        """Draw what isn't yet, so that what is dear is done once.

        A new still part is the dearest, then a new training; what plays is cheap.
        """
        controls, redraw = self.picture.controls, self.picture.redraw

        def dear(name):
            return (name not in redraw, getattr(controls[name], "play", False))

        names = sorted(grid, key=dear)
        for combination in product(*(grid[name] for name in names)):
            values = dict(zip(names, combination))
            key = tuple(values[name] for name in grid)
            if key not in self.frames:
                self.frames[key] = self.state({**self.picture.start, **values})

    def state(self, values):
        """Return [index of its still part, moving part, words, question or None]."""
        still, moving = self.screen.frame(**values)
        if still not in self.still:
            self.still[still] = len(self.still), self.without_defs(still)
        place, _ = self.still[still]
        asked = self.picture.asks(**values) if self.asks else None
        words = self.picture.words(**values)
        return [place, self.without_defs(moving), words, asked and told(asked)]

    def without_defs(self, svg):
        """Return an SVG that leaves what it refers to for the page to hold, once."""
        for content in DEFS.findall(svg):
            for element in DEF.finditer(content):
                name = element[2]
                if self.defs.setdefault(name, element[0]) != element[0]:
                    raise ValueError(f"{name}: is two elements of one picture")
        lost = {*REF.findall(svg)} - {*self.defs}
        if lost:
            raise ValueError(f"{lost.pop()}: is not found in the picture's defs")
        return DEFS.sub("", svg)


def told(asked):
    """Return what a page must know of a question whose answer is a number."""
    known = {name: asked[name] for name in ("answer", "right", "first_step", "wrong")}
    # Of a picture's question: what it asks, and where a right number leads.
    more = {name: asked[name] for name in ("question", "next") if "next" in asked}
    return {**known, **more, "near": tolerance(asked), "nearly": nearly(asked)}


def tile_of(lengths, most):
    """Return how many stops of each control go into a tile: at most so many states."""
    tile = list(lengths)
    while prod(tile) > max(most, 1):
        longest = tile.index(max(tile))
        tile[longest] = ceil(tile[longest] / 2)
    return tile


def comma(indices):
    """Return indices as a page names them: "0,2"."""
    return ",".join(map(str, indices))


def packed(content):
    """Return JSON, gzip, base64 of this content: the same text in each run."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode()


def unpacked(text):
    """Return what `packed` was given."""
    return json.loads(gzip.decompress(base64.b64decode(text)))
