"""Hidden space: the four rows as the hidden units see them, and the output's line."""

from functools import lru_cache

import numpy as np
from matplotlib.patches import Polygon

from backprop import network
from backprop.data import xor
from backprop.picture import (
    BLACK,
    BLUE,
    GREY,
    VERMILLION,
    Knob,
    Picture,
    after,
    joined,
    on_top,
    say,
    say_all,
    ticks,
)
from backprop.training import FIRST, Curves, at, iteration_axis, up_to

RATE, SEEDS = 1, range(6)
ITERATIONS = (0, 10, 30, 60, 100, 130, 160, 180, 200, 220, 250, 300, 350, 400, 500,
              700, 1000, 2000, 5000, 10000)  # fmt: skip
KEPT = np.union1d(ITERATIONS, np.geomspace(1, ITERATIONS[-1], 160).astype(int))
LOOKS = ("s", VERMILLION), ("o", BLUE)  # of the rows with target 0, with target 1
ON_WHITE = {"boxstyle": "circle,pad=0.15", "facecolor": "white", "edgecolor": BLACK}
FAR = 9.0  # beyond any square
NAMES = [", ".join(map(str, row)) for row in xor()[0]]
# Of the rows' names, in points from the rows.
CORNERS = {"NW": (-9, 9), "NE": (9, 9), "SW": (-9, -9), "SE": (9, -9)}
AS_INPUTS = "SW", "NW", "SE", "NE"
AS_HIDDEN = (  # by the seed, so that at no iteration two lie over one another
    ("SW", "SW", "SE", "SW"),
    ("SE", "SE", "NE", "NE"),
    ("NE", "NE", "NW", "SE"),
    ("SE", "NW", "SE", "NW"),
    ("SW", "SW", "NW", "SE"),
    ("NW", "SE", "NW", "SE"),
)


@lru_cache(maxsize=1)
def _trained():
    """Return the History of all seeds."""
    start = network.init((2, 2, 1), seed=SEEDS)
    return network.train(start, *xor(), RATE, ITERATIONS[-1], KEPT)


@lru_cache(maxsize=8)
def _at(iteration):
    """Return all seeds' networks at any iteration."""
    return at(_trained(), RATE, iteration)


def _paths(iteration, seed):
    """Return iterations up to now, the hidden rows (now, 4, 2), loss and outputs."""
    X, y = xor()
    runs = _at(iteration)
    x = up_to(iteration, KEPT)
    layers = [
        network.Layer(
            np.concatenate([past.W[: len(x) - 1, seed], now.W[[seed]]]),
            np.concatenate([past.b[: len(x) - 1, seed], now.b[[seed]]]),
        )
        for past, now in zip(_trained().network, runs)
    ]
    _, hidden, outputs = network.forward(layers, X)
    return x, hidden, network.loss_value(layers, X, y), outputs[-1, :, 0]


class HiddenSpace(Picture):
    """XOR's rows as inputs and as hidden values, with the lines that part them."""

    size = (8.4, 3.2)
    controls = {
        "iteration": Knob("iteration", ITERATIONS, whole=True, play=True),
        "seed": Knob("start seed", tuple(SEEDS), whole=True),
    }
    start = {"iteration": 100, "seed": 2}
    states = {
        "at the start": {"iteration": 0, "seed": 2},
        "coming apart": {"iteration": 160, "seed": 2},
        "parted": {"iteration": 500, "seed": 2},
        "in the end": {"iteration": 10000, "seed": 2},
        "stuck": {"iteration": 10000, "seed": 0},
    }

    def draw(self, figure, iteration, seed):
        up = 8.4 / 3.2
        inputs = figure.add_axes((0.045, 0.2, 0.26, 0.26 * up))
        hidden = figure.add_axes((0.4, 0.2, 0.26, 0.26 * up))
        for axes, low, high in (inputs, -0.4, 1.4), (hidden, -0.2, 1.2):
            axes.set(xlim=(low, high), ylim=(low, high))
            ticks(axes.xaxis, [0, 1])
            ticks(axes.yaxis, [0, 1])
            axes.spines[:].set(visible=True, color=GREY)
            axes.xaxis.labelpad = axes.yaxis.labelpad = -7
        inputs.set(xlabel="$x_1$", ylabel="$x_2$")
        hidden.set(xlabel="hidden unit 1", ylabel="hidden unit 2")
        figure.text(0.175, 0.925, "inputs; each unit's line", ha="center")
        figure.text(0.53, 0.925, "hidden; over ½ is blue", ha="center")
        self.lines = [
            inputs.plot([], [], ls, color=BLACK, lw=1.8, zorder=1)[0]
            for ls in ("-", "--")
        ]
        self.names = [
            inputs.text(0, 0, text, ha="center", va="center", bbox=ON_WHITE)
            for text in ("1", "2")
        ]
        self.side = hidden.add_patch(Polygon(np.zeros((4, 2)), color="#CFE6F5"))
        self.lines += hidden.plot([], [], "-", color=BLACK, lw=1.8, zorder=1)
        (self.trails,) = hidden.plot([], [], color=GREY, lw=1.2, zorder=1.5)
        X, y = xor()
        self.rows, self.places = [], []
        for row, name, (target,), corner in zip(X, NAMES, y, AS_INPUTS):
            marker, color = LOOKS[target]
            look = {"marker": marker, "color": color, "ms": 10, "ls": ""}
            inputs.plot(*row, **look, zorder=3)
            self.rows += hidden.plot([], [], **look, clip_on=False, zorder=3)
            _put(_named(inputs, name, row), row, corner)
            self.places.append(_named(hidden, name, row))
        loss = figure.add_axes((0.765, 0.2, 0.2, 0.26 * up))
        iteration_axis(loss, ITERATIONS[-1], step=2)
        loss.set(yscale="log", ylim=(1e-4, 1))
        ticks(loss.yaxis, [1, 0.1, 0.01, 1e-3, 1e-4])
        figure.text(0.865, 0.925, "loss", ha="center")
        self.curve = Curves(loss, FIRST)
        moving = [self.side, *self.lines, *self.names, self.trails, *self.rows]
        moving += self.places
        return on_top(*moving, *self.curve.moving)

    def move(self, iteration, seed):
        x, hidden, loss, _ = _paths(iteration, seed)
        (W1, b1, _), (W2, b2, _) = _at(iteration)
        ways = [(W1[seed, :, j], b1[seed, 0, j]) for j in (0, 1)]
        ways.append((W2[seed, :, 0], b2[seed, 0, 0]))
        for line, (w, b) in zip(self.lines, ways):
            line.set_data(*line_of(w, b).T)
        first, second = (line_of(w, b) for w, b in ways[:2])
        self.names[0].set_position(at := _inside(first))
        self.names[1].set_position(_inside(second, at))
        w, b = ways[2]
        ends = line_of(w, b)
        self.side.set_xy([*ends, *(ends[::-1] + FAR * w / np.hypot(*w))])
        self.trails.set_data(*joined(hidden.swapaxes(0, 1)))
        corners = AS_HIDDEN[seed]
        for row, name, place, corner in zip(
            self.rows, self.places, hidden[-1], corners
        ):
            row.set_data(*place[:, np.newaxis])
            _put(name, place, corner)
        self.curve.move(x, loss)

    def words(self, iteration, seed):
        _, hidden, loss, outputs = _paths(iteration, seed)
        _, y = xor()
        right = int(((outputs > 0.5) == y[:, 0]).sum())
        verdict = "The output's line parts them"
        if right < 4:
            are = "is" if right == 1 else "are"
            verdict = f"{right} of 4 rows {are} on their side of the output's line"
        places = [
            f"{name} at ({say(a, 2)}, {say(b, 2)})"
            for name, (a, b) in zip(NAMES, hidden[-1])
        ]
        return (
            f"{after(iteration)} from seed {seed} the loss is {say(loss[-1])}. Seen by "
            f"the two hidden units, the rows lie: {'; '.join(places)}. {verdict}. "
            f"Outputs {say_all(outputs)}."
        )


def _named(axes, name, row):
    """Write a row's name; return what `_put` can move."""
    return axes.annotate(
        name, row, (0, 0), textcoords="offset points", size=11, va="center", zorder=4
    )


def _put(name, row, corner):
    """Put a row's name at a corner of the row."""
    x, y = CORNERS[corner]
    name.xy = row
    name.set(position=(x, y), ha="left" if x > 0 else "right")


def line_of(w, b):
    """Return two far points of the line w · x + b = 0: (2, 2), w on their left."""
    w = np.asarray(w, dtype=float)
    foot, along = -b * w / (w @ w), np.array([-w[1], w[0]]) / np.hypot(*w)
    return foot + FAR * along * np.array([[-1.0], [1.0]])


def _inside(ends, other=(9, 9), low=-0.4, high=1.4):
    """Return the uppermost point of a line that has room for the line's name.

    That is inside the square of inputs, off the rows, their names, and the `other`
    line's point; where there is none, on its border; else far away.
    """
    points = ends[0] + np.linspace(0, 1, 2001)[:, np.newaxis] * (ends[1] - ends[0])
    off = np.hypot(*(points - other).T) > 0.25
    for row, corner in zip(xor()[0], AS_INPUTS):
        name = row + np.sign(CORNERS[corner]) * (0.25, 0.1)
        off &= (np.abs(points - name) > (0.3, 0.2)).any(1)
        off &= (np.abs(points - row) > 0.17).any(1)
    for margin in (0.12, 0):
        inside = ((points > low + margin) & (points < high - margin)).all(1)
        if (room := points[inside & off]).size:
            return room[room[:, 1].argmax()]
    return high + 9, high + 9
