"""Stage 01: the sigmoid beside a step and ReLU, its four reasons and its limits."""

import numpy as np

from backprop import network
from backprop.picture import (
    BLACK,
    BLUE,
    GREY,
    STILL,
    VERMILLION,
    Choice,
    Knob,
    Picture,
    count,
    say,
    ticks,
)

sigmoid = network.sigmoid
relu = network.ACTIVATIONS["relu"][0]


def step(z):
    """Return 1 where z is over 0, and 0 elsewhere."""
    return (np.asarray(z) > 0).astype(float)


FUNCTIONS = {"step": step, "sigmoid": sigmoid, "ReLU": relu}
LINES = {
    "step": {"color": BLACK, "ls": "--"},
    "sigmoid": {"color": BLUE, "ls": "-"},
    "ReLU": {"color": VERMILLION, "ls": "-."},
}
MARKERS = {"step": "s", "sigmoid": "o", "ReLU": "D"}
X = np.linspace(-6, 6, 481)


def _stops(low, high, steps):
    """Return evenly spaced stops without rounding noise, as a slider needs them."""
    return tuple(np.linspace(low, high, steps + 1).round(6).tolist())


def _curve(f, z):
    """Return f(z) with a gap where a step jumps, so that no wall is drawn there."""
    y = np.array(f(z), dtype=float)
    if f is step:
        y[:-1][np.diff(y) != 0] = np.nan
    return y


def _say_output(z):
    """Say sigmoid(z) so that it is never rounded to 0 or 1."""
    a, rest = sigmoid(z), sigmoid(-z)
    if min(a, rest) < 1e-9:
        return f"less than 1e−9 from {a:.0f}"
    return f"1 − {say(rest)}" if rest < 5e-4 else say(a)


def _sum(x, w, b):
    """Return wx + b; 0 where that is rounding, since the step tells it from 0."""
    z = w * x + b
    return z if abs(z) >= 1e-9 else 0.0


class ThreeActivations(Picture):
    """Step, sigmoid and ReLU of z = wx + b, with one input x on all three."""

    size = (8.4, 3.1)
    controls = {
        "x": Knob("input x", _stops(-6, 6, 120)),
        "w": Knob("weight w", _stops(-10, 10, 40)),
        "b": Knob("bias b", _stops(-6, 6, 48)),
    }
    start = {"x": -4, "w": 1, "b": 0}
    states = {
        "just below 0": {"x": -0.1},
        "just above 0": {"x": 0.1},
        "w 2, b −4": {"x": 0, "w": 2, "b": -4},
        "shifted": {"x": 0, "w": 1, "b": 3},
        "mirrored": {"x": 2, "w": -1, "b": 0},
        "almost a step": {"x": 0.1, "w": 10, "b": 0},
        "off the chart": {"x": 6, "w": 10},
    }
    TOP = 8  # of ReLU's axis; a point over it is drawn there, as a triangle

    def draw(self, figure, x, w, b):
        panels = figure.subplots(1, 3)
        figure.subplots_adjust(0.05, 0.2, 0.985, 0.89, wspace=0.2)
        self.parts = {}
        for panel, name in zip(panels, FUNCTIONS):
            top, heights = 1, (0, 0.5, 1)
            if name == "ReLU":
                top, heights = self.TOP, (0, 1, 4, self.TOP)
            panel.set(xlim=(-7, 7), ylim=(-0.08 * top, 1.08 * top), xlabel="input x")
            panel.set_title(name, **STILL)
            ticks(panel.xaxis, range(-6, 7, 3))
            ticks(panel.yaxis, heights, fractions=True)
            panel.grid(True)
            (curve,) = panel.plot([], [], **LINES[name])
            (drop,) = panel.plot([], [], color=GREY, ls=":", lw=2)
            (point,) = panel.plot(
                [], [], MARKERS[name], color=LINES[name]["color"], ms=11
            )
            self.parts[name] = curve, drop, point
        return [artist for parts in self.parts.values() for artist in parts]

    def move(self, x, w, b):
        for name, (curve, drop, point) in self.parts.items():
            f = FUNCTIONS[name]
            y = float(f(_sum(x, w, b)))
            if name == "ReLU":
                point.set_marker("^" if y > self.TOP else MARKERS[name])
                y = min(y, self.TOP)
            curve.set_data(X, _curve(f, w * X + b))
            drop.set_data([x, x], [0, y])
            point.set_data([x], [y])

    def words(self, x, w, b):
        z = _sum(x, w, b)
        half = ""
        if (w, b) != (1, 0):
            half = f" The sigmoid is ½ at x = −b/w = {say(-b / w)}." if w else ""
            half = half or " With w = 0, x makes no difference."
        off = ", off the chart" if z > self.TOP else ""
        return (
            f"At x = {say(x)}, z is {say(z)}: the step gives {say(step(z))}, the "
            f"sigmoid {_say_output(z)}, ReLU {say(relu(z))}{off}.{half}"
        )


class TwoLayers(Picture):
    """Two units of x, and their weighted sum: bent only if something is between."""

    size = (8.4, 3.1)
    controls = {
        "between": Choice("after layer 1", ("nothing", "step", "ReLU", "sigmoid")),
        "v1": Knob("weight v₁", _stops(-1, 1, 40)),
        "v2": Knob("weight v₂", _stops(-1, 1, 40)),
    }
    start = {"between": "sigmoid", "v1": 1, "v2": 0}
    states = {
        "a bump": {"between": "sigmoid", "v1": 1, "v2": -1},
        "a box": {"between": "step", "v1": 1, "v2": -1},
        "a ramp": {"between": "ReLU", "v1": 1, "v2": -1},
        "still a line": {"between": "nothing", "v1": 1, "v2": -1},
    }
    # The axes depend on what is between, never on the weights.
    redraw = ("between",)
    SHIFTS = 2, -2

    def _units(self, between, x):
        f = FUNCTIONS.get(between, np.copy)
        return [_curve(f, x + shift) for shift in self.SHIFTS]

    def draw(self, figure, between, v1, v2):
        units, output = figure.subplots(1, 2)
        figure.subplots_adjust(0.06, 0.2, 0.985, 0.89, wspace=0.16)
        self.units = self._units(between, X)
        looks = ("--", "s", "h₁"), ("-.", "D", "h₂")
        for unit, (dash, marker, name), at in zip(self.units, looks, (120, 360)):
            units.plot(
                X, unit, color=GREY, ls=dash, marker=marker, markevery=[at], label=name
            )
        low, high = np.nanmin(self.units), np.nanmax(self.units)
        reach = 1.1 * np.nansum(np.nanmax(np.abs(self.units), 1))
        room = 0.08 * (high - low)
        units.set(ylim=(low - room, high + room))
        output.set(ylim=(-reach, reach))
        for panel, title in (units, "layer 1"), (output, "layer 2: v₁h₁ + v₂h₂"):
            panel.set(xlim=(-6.2, 6.2), xlabel="x")
            panel.set_title(title, loc="left", **STILL)
            ticks(panel.xaxis, range(-6, 7, 3))
            ticks(panel.yaxis)
            panel.grid(True)
        figure.legend(
            loc="upper right", bbox_to_anchor=(0.5, 1.03), ncols=2, handlelength=2.6
        )
        (self.chord,) = output.plot([], [], color=GREY, ls=":", marker="o", ms=5)
        (self.sum,) = output.plot([], [], color=BLACK)
        return [self.chord, self.sum]

    def move(self, between, v1, v2):
        """Add the units up, and join the ends with a straight line."""
        total = v1 * self.units[0] + v2 * self.units[1]
        self.sum.set_data(X, total)
        self.chord.set_data(X[[0, -1]], total[[0, -1]])

    def words(self, between, v1, v2):
        if between == "nothing":
            w, b = v1 + v2, np.dot((v1, v2), self.SHIFTS)
            sign = "−" if b < -1e-9 else "+"
            return (
                f"With nothing after layer 1, {say(v1)} · (x + 2) and {say(v2)} · "
                f"(x − 2) add up to {say(w)} · x {sign} {say(abs(b))}: a straight line."
            )
        units = self._units(between, X)
        total = v1 * units[0] + v2 * units[1]
        # Just past a step as well: there it is farthest.
        x = np.union1d(X, [1e-9 - shift for shift in self.SHIFTS])
        h1, h2 = (FUNCTIONS[between](x + shift) for shift in self.SHIFTS)
        line = np.interp(x, [-6, 6], [total[0], total[-1]])
        away = np.abs(v1 * h1 + v2 * h2 - line).max()
        name = f"a {between}" if between != "ReLU" else between
        return (
            f"With {name} after layer 1 and weights {say(v1)} and {say(v2)}, layer 2 "
            f"gives {say(total[0], 4)} at x = −6, {say(total[len(X) // 2], 4)} at 0 "
            f"and {say(total[-1], 4)} at 6. It leaves the straight line between its "
            f"ends (dotted) by up to {say(away, 2)}."
        )


class Zoom(Picture):
    """The three functions through a window around z that gets smaller and smaller."""

    size = (8.4, 3.2)
    controls = {
        "zoom": Knob(
            "zoom",
            (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150,
             200, 300, 500, 700, 1000),
        ),
        "z": Knob("z", _stops(-3, 3, 60)),
    }  # fmt: skip
    start = {"zoom": 1, "z": 0}
    states = {
        "close, at 0": {"zoom": 1000, "z": 0},
        "close, at 1": {"zoom": 1000, "z": 1},
        "close, at −1": {"zoom": 1000, "z": -1},
    }
    U = np.linspace(-1, 1, 401)  # places in the window, in half-widths

    def _window(self, f, zoom, z):
        """Return f in the window: heights in half-heights, a quarter as many units."""
        h = 6 / zoom
        # A grid point exactly at 0, so that corner and jump stand where they are.
        u = np.union1d(self.U, [-z / h] if abs(z) < h else [])
        near = np.where(np.abs(z + h * u) < 1e-12, 0, z + h * u)
        return u, (_curve(f, near) - f(z)) / (h / 4)

    def draw(self, figure, zoom, z):
        panels = figure.subplots(1, 3)
        figure.subplots_adjust(0.075, 0.14, 0.98, 0.89, wspace=0.16)
        self.curves = {}
        for panel, name in zip(panels, FUNCTIONS):
            panel.set(xlim=(-1, 1), ylim=(-1, 1))
            panel.set_title(name, **STILL)
            panel.set_xticks([-1, 0, 1], ["−h", "z", "+h"])
            panel.set_yticks([-1, 0, 1], [])
            panel.grid(True)
            (self.curves[name],) = panel.plot([], [], **LINES[name])
            panel.plot([0], [0], MARKERS[name], color=LINES[name]["color"], ms=11)
        panels[0].set_yticks([-1, 0, 1], ["−h/4", "f(z)", "+h/4"])
        return list(self.curves.values())

    def move(self, zoom, z):
        for name, curve in self.curves.items():
            curve.set_data(*self._window(FUNCTIONS[name], zoom, z))

    def words(self, zoom, z):
        h = 6 / zoom
        u, y = self._window(sigmoid, zoom, z)
        bend = np.abs(y - np.interp(u, [-1, 1], y[[0, -1]])).max() / 2
        slope = (sigmoid(z + h) - sigmoid(z - h)) / (2 * h)
        straight = f"a bend of {say(100 * bend, 2)} % of the window's height"
        straight = "straight to the eye" if bend < 0.002 else straight
        average = "" if bend < 0.002 else ", on average"
        side = "a corner"
        heights = say(2 / h)
        jump = f"a jump of {heights} window height{'' if heights == '1' else 's'}"
        if abs(z) >= h:
            jump = "flat"
            side = f"straight, {say(z > 0)} up for each 1 along"
        return (
            f"Window z = {say(z)} ± {say(h)}. Sigmoid: {straight}, {say(slope)} up for "
            f"each 1 along{average}. Step: {jump}. ReLU: {side}."
        )


class SmallChange(Picture):
    """A nudge of z, and what becomes of it in a step and in a sigmoid."""

    size = (8.4, 3.3)
    controls = {
        "z": Knob("z", _stops(-8, 8, 80)),
        "nudge": Knob(
            "nudge of z",
            (0.001, 0.0015, 0.002, 0.003, 0.005, 0.007, 0.01, 0.015, 0.02, 0.03, 0.05,
             0.07, 0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 1),
        ),
    }  # fmt: skip
    start = {"z": -3, "nudge": 1}
    states = {
        "large, at 0": {"z": 0, "nudge": 1},
        "small, at 0": {"z": 0, "nudge": 0.001},
        "small, at 1": {"z": 1, "nudge": 0.001},
        "small, at 8": {"z": 8, "nudge": 0.001},
    }
    NUDGES = np.geomspace(0.001, 1, 61)

    def draw(self, figure, z, nudge):
        curves, changes = figure.subplots(1, 2)
        figure.subplots_adjust(0.05, 0.2, 0.985, 0.88, wspace=0.24)
        far = np.linspace(-9.3, 9.3, 801)
        for name in "step", "sigmoid":
            curves.plot(far, _curve(FUNCTIONS[name], far), **LINES[name])
            curves.plot([], [], label=name, marker=MARKERS[name], **LINES[name])
        curves.set(xlim=(-9.3, 9.3), ylim=(-0.08, 1.08), xlabel="z")
        ticks(curves.xaxis, [-8, -4, 0, 4, 8])
        ticks(curves.yaxis, [0, 0.5, 1], fractions=True)
        changes.set(xscale="log", yscale="log", xlim=(8e-4, 1.25), ylim=(2e-8, 4))
        changes.set(xlabel="nudge: hollow to filled (stretched)")
        changes.set_title("change of the output (stretched)", **STILL)
        ticks(changes.xaxis, [0.001, 0.01, 0.1, 1])
        ticks(changes.yaxis, [1e-6, 1e-4, 0.01, 1])
        quarter = "¼ of the nudge"
        self.quarter = changes.plot(self.NUDGES, self.NUDGES / 4, color=GREY, ls=":")
        self.quarter += [changes.text(0.0011, 0.012, quarter, color=GREY, va="bottom")]
        # A change of 0 has no place on a stretched axis.
        self.below = changes.text(0.0011, 4e-8, "step: 0, below every line")
        curves.grid(True)
        changes.grid(True)
        self.parts = {}
        for name in "step", "sigmoid":
            look = {"color": LINES[name]["color"], "marker": MARKERS[name], "ls": ""}
            (before,) = curves.plot([], [], mfc="white", mew=2, ms=10, **look)
            (after,) = curves.plot([], [], ms=10, **look)
            (line,) = changes.plot([], [], **LINES[name])
            (now,) = changes.plot([], [], ms=10, **look)
            self.parts[name] = before, after, line, now
        figure.legend(
            loc="upper left", bbox_to_anchor=(0.04, 1.02), ncols=2, handlelength=2.6
        )
        parts = [artist for parts in self.parts.values() for artist in parts]
        return [*self.quarter, self.below, *parts]

    def move(self, z, nudge):
        for artist in self.quarter:  # which is what the page asks, at the start
            artist.set_visible(nudge < 1)
        self.below.set_visible(step(z) == step(z + nudge))
        for name, (before, after, line, now) in self.parts.items():
            f = FUNCTIONS[name]
            before.set_data([z], [f(z)])
            after.set_data([z + nudge], [f(z + nudge)])
            change = f(z + np.append(self.NUDGES, nudge)) - f(z)
            change[change == 0] = np.nan
            line.set_data(self.NUDGES, change[:-1])
            now.set_data([nudge], change[-1:])

    def words(self, z, nudge):
        change = sigmoid(z + nudge) - sigmoid(z)
        jumps = step(z) != step(z + nudge)
        jump = "changes by 1, its whole height" if jumps else "does not change at all"
        return (
            f"z goes from {say(z)} up by {say(nudge)}. The step "
            f"{jump}. The sigmoid changes by {say(change)}, which is "
            f"{say(change / nudge)} of the nudge."
        )


class ShrinkingNudge(Picture):
    """What is left of a nudge after each of eight sigmoids, or ReLUs, in a row."""

    size = (8.4, 3.2)
    controls = {
        "layers": Knob("layers", tuple(range(1, 9)), whole=True, play=True),
        "w": Knob("weight w", _stops(0.5, 3, 25)),
    }
    start = {"layers": 3, "w": 1}
    states = {
        "eight layers": {"layers": 8, "w": 1},
        "small weights": {"layers": 8, "w": 0.5},
        "large weights": {"layers": 8, "w": 3},
    }

    def _shares(self, layers, w):
        """Return, for each function, the share of a nudge after 0, 1, … layers."""
        shares = {}
        for name in "sigmoid", "ReLU":
            f, slope = network.ACTIVATIONS[name.lower()]
            a, share = np.ones(1), [1.0]
            for _ in range(layers):
                a = f(w * a)
                share.append(share[-1] * w * float(slope(a)[0]))
            shares[name] = np.array(share)
        return shares

    def draw(self, figure, layers, w):
        panel = figure.subplots()
        figure.subplots_adjust(0.1, 0.19, 0.985, 0.89)
        panel.set(yscale="log", xlim=(-0.2, 8.2), ylim=(1e-8, 2e4), xlabel="layer")
        panel.set_title(
            "share of the nudge that arrives (stretched)", loc="right", **STILL
        )
        ticks(panel.xaxis, range(9))
        ticks(panel.yaxis, [1e-8, 1e-6, 1e-4, 0.01, 1, 100, 10_000])
        panel.grid(True)
        self.lines = {}
        for name in "ReLU", "sigmoid":
            look = {**LINES[name], "marker": MARKERS[name], "clip_on": False}
            (self.lines[name],) = panel.plot([], [], **look)
            panel.plot([], [], label=name, **look)
        figure.legend(
            loc="upper left", bbox_to_anchor=(0.09, 1.02), ncols=2, handlelength=2.6
        )
        return list(self.lines.values())

    def move(self, layers, w):
        for name, share in self._shares(layers, w).items():
            self.lines[name].set_data(np.arange(layers + 1), share)

    def words(self, layers, w):
        left = {name: share[-1] for name, share in self._shares(layers, w).items()}
        after = count(layers, "layer")
        relus = say(left["ReLU"]) + (" times it" if left["ReLU"] > 1 else " of it")
        if say(left["ReLU"]) == "1":
            relus = "all of it"
        most = f" Each sigmoid passes on at most w/4 = {say(w / 4)} of what it gets."
        return (
            f"With weight {say(w)}, {say(left['sigmoid'])} of the nudge is left after "
            f"{after} of sigmoids, and {relus} after {after} of "
            f"ReLUs.{most if layers > 3 else ''}"
        )
