"""Stage 08: steps too long, slopes too flat, stacks too deep, code that is wrong."""

from functools import lru_cache

import numpy as np
from matplotlib.colors import LogNorm

from backprop import network
from backprop.data import xor
from backprop.picture import (
    BLACK,
    BLUE,
    GREY,
    STILL,
    VERMILLION,
    Choice,
    Knob,
    Picture,
    after,
    count,
    on_top,
    say,
    say_positive,
    scientific,
    stems,
    ticks,
)
from backprop.stages.when_learning_fails import museum
from backprop.training import FIRST, SECOND, Curves

x = np.array([[-1], [0], [1], [2]])
y = 2 * x + 1
LAST = 60
RATES = (0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.12, 0.14, 0.16, 0.18, 0.2, 0.21, 0.22,
         0.23, 0.24, 0.25, 0.26, 0.265, 0.27, 0.273, 0.275, 0.276, 0.277, 0.278, 0.28,
         0.283, 0.286, 0.29, 0.295, 0.3)  # fmt: skip
# How fast the slope of the loss grows with the distance, where the bowl is steepest.
STEEPEST = np.linalg.eigvalsh([[np.sum(x**2), np.sum(x)], [np.sum(x), len(x)]])[-1]


class Divergence(Picture):
    """A linear neuron on its loss surface: the path of w and b, and the loss."""

    controls = {
        "learning_rate": Knob("learning rate η", RATES),
        "iteration": Knob("iteration", tuple(range(LAST + 1)), whole=True, play=True),
    }
    start = {"learning_rate": 0.02, "iteration": 10}
    states = {
        "rate 0.02": {"learning_rate": 0.02, "iteration": LAST},
        "rate 0.2": {"learning_rate": 0.2, "iteration": LAST},
        "rate 0.26": {"learning_rate": 0.26, "iteration": LAST},
        "rate 0.276": {"learning_rate": 0.276, "iteration": LAST},
        "rate 0.277": {"learning_rate": 0.277, "iteration": LAST},
        "rate 0.29": {"learning_rate": 0.29, "iteration": LAST},
    }

    def path(self, learning_rate):
        """Return w, b and the loss at every iteration: three of (61,)."""
        neuron = [network.Layer([[0]], [[0]], "linear")]
        history = network.train(neuron, x, y, learning_rate, LAST)
        (layer,) = history.network
        return layer.W[:, 0, 0], layer.b[:, 0, 0], history.loss()

    def draw(self, figure, learning_rate, iteration):
        surface = figure.add_axes((0.075, 0.16, 0.31, 0.31 * 8.4 / 3.6))
        surface.set(xlim=(-3, 7), ylim=(-4, 6), xlabel="w", ylabel="b")
        ticks(surface.xaxis, [-2, 0, 2, 4, 6])
        ticks(surface.yaxis, [-4, -2, 0, 2, 4, 6])
        surface.set_title("path of w and b   ★ bottom", loc="left", **STILL)
        w, b = np.meshgrid(np.linspace(-3, 7, 81), np.linspace(-4, 6, 81))
        loss = np.sum((w * x[:, :, None] + b - y[:, :, None]) ** 2, axis=0) / 2
        colours = surface.contourf(
            w, b, np.maximum(loss, 0.01), np.geomspace(0.1, 1000, 9),
            norm=LogNorm(0.1, 1000), cmap="viridis", alpha=0.65, extend="min",
        )  # fmt: skip
        bar = figure.add_axes((0.4, 0.16, 0.015, 0.31 * 8.4 / 3.6))
        figure.colorbar(colours, cax=bar)
        ticks(bar.yaxis, [0.1, 1, 10, 100, 1000])
        surface.plot(2, 1, "*", color=BLACK, ms=14, zorder=2)
        (self.trail,) = surface.plot([], [], ".-", color=BLACK, lw=1.5, ms=7)
        (self.here,) = surface.plot([], [], "o", color=VERMILLION, mec=BLACK, ms=11)

        curve = figure.add_axes((0.59, 0.16, 0.385, 0.31 * 8.4 / 3.6))
        curve.set_yscale("log")
        curve.set(xlim=(0, LAST), ylim=(1e-9, 1e11), xlabel="iteration")
        curve.set_title("loss", **STILL)
        ticks(curve.xaxis, range(0, LAST + 1, 10))
        ticks(curve.yaxis, [1e-8, 1e-4, 1, 1e4, 1e8])
        curve.grid(True)
        self.loss = Curves(curve, FIRST)
        return [self.trail, self.here, *self.loss.moving]

    def move(self, learning_rate, iteration):
        w, b, loss = (each[: iteration + 1] for each in self.path(learning_rate))
        self.trail.set_data(w, b)
        self.here.set_data(w[-1:], b[-1:])
        self.loss.move(np.arange(iteration + 1), np.maximum(loss, 1e-9))

    def words(self, learning_rate, iteration):
        w, b, loss = (each[iteration] for each in self.path(learning_rate))
        factor = 1 - learning_rate * STEEPEST
        said = say(factor, 4)
        verdict = "it stays on its side, nearer"
        if factor < 0:
            verdict = "it lands on the other side, nearer"
        if factor < -1:
            verdict = "it lands on the other side, farther away"
        # Where the words don't tell the factor from one of these, nor does the verdict.
        ties = {
            "1": "it hardly moves",
            "0": "it arrives at once",
            "−1": "it lands on the other side, about as far away",
        }
        verdict = ties.get(said, verdict)
        outside = "" if -3 <= w <= 7 and -4 <= b <= 6 else ", outside the map"
        first = ", from 18 at the start" if iteration else ""
        return (
            f"{after(iteration)} at learning rate {say(learning_rate)} the loss is "
            f"{say_positive(loss)}{first}. Where the bowl is steepest, a step "
            f"multiplies the distance to the bottom by {said}: {verdict}. "
            f"w is {say(w)}, b is {say(b)}{outside}."
        )


LOSSES = "squares", "cross-entropy"
# Circles larger than squares: at the start both stand at the same place.
LOOKS = {**FIRST, "ms": 13}, {**SECOND, "ms": 8}


@lru_cache(maxsize=32)
def _falling(start):
    """Return the outputs at iterations 0 to 600 from w = b = start, for each loss."""
    neuron = [network.Layer([[start]], [[start]])]
    outputs = []
    for loss in LOSSES:
        history = network.train(neuron, [[1]], [[0]], 0.15, 600, loss=loss)
        outputs.append(network.forward(history.network, [[1]])[-1][:, 0, 0])
    return outputs


class Saturation(Picture):
    """One neuron that should come down from near 1: squares against cross-entropy."""

    controls = {
        "start": Knob("start of w and b", tuple(np.arange(0, 2.51, 0.25).tolist())),
        "iteration": Knob(
            "iteration",
            (*range(0, 300, 5), *range(300, 601, 10)),
            whole=True,
            play=True,
        ),
    }
    start = {"start": 1.25, "iteration": 60}
    states = {
        "from 0.82, 50 iterations": {"start": 0.75, "iteration": 50},
        "from 0.98, 150 iterations": {"start": 2, "iteration": 150},
        "from 0.98, 300 iterations": {"start": 2, "iteration": 300},
    }

    def draw(self, figure, start, iteration):
        hill = figure.add_axes((0.07, 0.17, 0.36, 0.7))
        hill.set(xlim=(-6, 6), xlabel="z")
        hill.set_title("where they stand on σ", **STILL)
        z = np.linspace(-6, 6, 121)
        hill.plot(z, network.sigmoid(z), color=GREY)
        time = figure.add_axes((0.53, 0.17, 0.44, 0.7))
        time.set(xlim=(-20, 600), xlabel="iteration")
        time.set_title("output", loc="left", **STILL)
        for axes in (hill, time):
            axes.set_ylim(-0.05, 1.05)
            ticks(axes.yaxis, [0, 0.5, 1], fractions=True)
            axes.axhline(0, color=BLACK, lw=1)
        self.dots = [hill.plot([], [], **{**look, "ls": ""})[0] for look in LOOKS]
        looks = [{**look, "label": loss} for loss, look in zip(LOSSES, LOOKS)]
        self.curves = Curves(time, *looks)
        self.curves.dots[1].set_zorder(2.3)  # the smaller one, as on the left
        figure.legend(ncols=2, loc="upper right", bbox_to_anchor=(0.99, 1.01))
        return [*self.curves.moving, *self.dots]

    def move(self, start, iteration):
        outputs = [a[: iteration + 1] for a in _falling(start)]
        self.curves.move(np.arange(iteration + 1), *outputs)
        for dot, a in zip(self.dots, outputs):
            dot.set_data(np.log(a[-1:] / (1 - a[-1:])), a[-1:])

    def words(self, start, iteration):
        squares, entropy = (a[iteration] for a in _falling(start))
        slope = squares * (1 - squares)
        return (
            f"{after(iteration)} from w = b = {say(start)}; the target is 0. With "
            f"squares the output is {say(squares)}, the slope of σ there {say(slope)} "
            f"and delta {say(squares * slope)}. With cross-entropy the output is "
            f"{say(entropy)}, and so is delta."
        )


DEEPEST, UNITS, NETWORKS = 12, 32, 20


@lru_cache
def _weights():
    """Return the weights of all layers at scale 1 (Xavier), a run for each seed."""
    layers = network.init([UNITS] * (DEEPEST + 2), scale="xavier", seed=range(NETWORKS))
    return [layer.W for layer in layers]


def _outputs(activation, scale, depth):
    """Return the inputs of eight examples, and the outputs of layers 1 to depth."""
    f = network.ACTIVATIONS[activation.lower()][0]
    outputs = [np.random.default_rng(0).standard_normal((8, UNITS))]
    for W in _weights()[:depth]:
        outputs.append(f(outputs[-1] @ (scale * W)))
    return outputs


@lru_cache(maxsize=64)
def _differing(activation, scale, depth):
    """Return how far the examples differ after layers 1 to depth, medians over runs.

    It is the standard deviation over the examples, the root of its mean square over
    the units, as a share of that of the inputs.
    """
    outputs = _outputs(activation, scale, depth)
    inputs, *spreads = [np.sqrt(a.var(axis=-2).mean(axis=-1)) for a in outputs]
    return np.median(np.array(spreads) / inputs, axis=1)


@lru_cache(maxsize=64)
def _arriving(activation, scale, depth):
    """Return the size of delta and the slope in layers 1 to depth, medians over runs.

    What goes in at the output, one delta for each of its units, has the size 1. The
    slope is the root of the mean square over units and examples.
    """
    derivative = network.ACTIVATIONS[activation.lower()][1]
    inputs, *outputs = _outputs(activation, scale, depth)
    delta = np.full(inputs.shape, UNITS**-0.5)
    sizes, slopes = [], []
    for W, a in zip(_weights()[depth:0:-1], outputs[::-1]):
        slope = derivative(a)
        delta = (delta @ (scale * W).mT) * slope
        sizes.append(np.sqrt((delta**2).sum((-2, -1)) / 8))
        slopes.append(np.sqrt((slope**2).mean((-2, -1))))
    return np.median(sizes[::-1], axis=1), np.median(slopes[::-1], axis=1)


class Depth(Picture):
    """A stack of layers both ways: how far examples differ, how much delta arrives."""

    size = (8.4, 3.1)
    controls = {
        "activation": Choice("activation", ("sigmoid", "tanh", "ReLU")),
        "scale": Knob("start scale (Xavier 1, He 1.41)",
                      (0.5, 0.7, 1, 1.41, 2, 2.8, 4, 5.6, 8, 11, 16)),
        "depth": Knob("hidden layers", tuple(range(1, DEEPEST + 1)), whole=True),
    }  # fmt: skip
    start = {"activation": "sigmoid", "scale": 1, "depth": 4}
    states = {
        "sigmoid, Xavier": {"activation": "sigmoid", "scale": 1, "depth": 6},
        "tanh, Xavier": {"activation": "tanh", "scale": 1, "depth": 6},
        "ReLU, He": {"activation": "ReLU", "scale": 1.41, "depth": 6},
        "ReLU, too large": {"activation": "ReLU", "scale": 4, "depth": 6},
        "sigmoid, huge weights": {"activation": "sigmoid", "scale": 16, "depth": 6},
    }

    def draw(self, figure, activation, scale, depth):
        stack = figure.add_axes((0.085, 0.19, 0.43, 0.68))
        factors = figure.add_axes((0.61, 0.19, 0.375, 0.68))
        for axes in (stack, factors):
            axes.set_yscale("log")
            axes.set(xlim=(0.3, 12.7), xlabel="hidden layer")
            ticks(axes.xaxis, range(2, 13, 2))
            axes.axhline(1, color=BLACK, lw=1)
            axes.grid(True, axis="y")
        stack.set_ylim(1e-12, 1e13)
        ticks(stack.yaxis, [1e-9, 1e-6, 1e-3, 1, 1e3, 1e6, 1e9])
        factors.set_ylim(0.03, 30)
        ticks(factors.yaxis, [0.1, 1, 10])
        bars = {"color": VERMILLION, "lw": 4, "solid_capstyle": "butt"}
        tips = {"color": VERMILLION, "marker": "s", "ls": "", "ms": 7}
        signal = {"color": BLUE, "marker": "o", "ls": "-", "ms": 7}
        slope = {"color": GREY, "marker": "^", "ls": "--", "ms": 12, "mfc": "none"}
        (self.bars,) = stack.plot([], [], **bars)
        (self.tips,) = stack.plot([], [], **tips)
        (self.signal,) = stack.plot([], [], **signal)
        (self.slopes,) = factors.plot([], [], **slope)
        (self.factors,) = factors.plot([], [], **{**tips, "ls": "-"})
        handles = [
            stack.plot([], [], **signal, label="signal →")[0],
            stack.plot([], [], **tips, label="delta ←")[0],
        ]
        figure.legend(
            handles=handles, ncols=2, loc="upper left", bbox_to_anchor=(0.07, 1.03)
        )
        handles = [
            factors.plot([], [], **{**tips, "ls": "-"}, label="factor of delta")[0],
            factors.plot([], [], **slope, label="slope alone")[0],
        ]
        figure.legend(
            handles=handles, ncols=2, loc="upper right", bbox_to_anchor=(1, 1.03)
        )
        return [self.bars, self.tips, self.signal, self.slopes, self.factors]

    def move(self, activation, scale, depth):
        size, slope = _arriving(activation, scale, depth)
        layer = np.arange(1, depth + 1)
        self.bars.set_data(*stems(layer, 1, size))
        self.tips.set_data(layer, size)
        self.signal.set_data(layer, _differing(activation, scale, depth))
        self.slopes.set_data(layer, slope)
        self.factors.set_data(layer, size / np.append(size[1:], 1))

    def words(self, activation, scale, depth):
        size, slope = _arriving(activation, scale, depth)
        signal = _differing(activation, scale, depth)[-1]
        factor, slope = size[0] ** (1 / depth), np.exp(np.log(slope).mean())
        return (
            f"{count(depth, 'hidden layer')} of {activation} at start scale "
            f"{say(scale)}. Forward, the examples differ by 1 at the input and by "
            f"{_say_size(signal)} in layer {depth}. Backward, of the 1 that goes in at "
            f"the output, {_say_size(size[0])} arrives in layer 1. On average a layer "
            f"multiplies delta by {say(factor)}: {say(factor / slope)} from the "
            f"weights times {say(slope)} from the slope."
        )


def _say_size(number):
    """Return a number to 2 digits, however large or small it is."""
    return say(number, 2) if 1e-4 <= number < 1e7 else scientific(number)


PARTS = {"W1": 8, "b1": 4, "W2": 4, "b2": 1}


@lru_cache
def _checked(exhibit):
    """Return an exhibit's gradient and that by nudging: two of (17,)."""
    problem = museum.init(exhibit), *xor()
    both = museum.backward(exhibit)(*problem), network.numeric_gradients(*problem)
    return [
        np.concatenate([np.ravel(p) for layer in grads for p in layer[:2]])
        for grads in both
    ]


def _say_error(ours, nudged):
    """Return the relative error in words; what is right is right."""
    norm = np.linalg.norm
    error = norm(ours - nudged) / max(norm(ours) + norm(nudged), 1e-4)
    return "under 1e−7" if error < 1e-7 else say(error)


class Museum(Picture):
    """Ten backward passes: the code of each, with its loss or its gradient check."""

    size = (8.4, 3.3)
    controls = {
        "exhibit": Choice("exhibit", museum.EXHIBITS),
        "view": Choice("view", ("loss curve", "gradient check")),
    }
    start = {"exhibit": "1", "view": "loss curve"}
    redraw = ("view",)

    def draw(self, figure, exhibit, view):
        axes = figure.add_axes((0.605, 0.17, 0.38, 0.7))
        draw = self._draw_losses if view == "loss curve" else self._draw_check
        lines = draw(axes)
        self.code = figure.text(
            0.012, 0.98, "", family="monospace", va="top", linespacing=1.3
        )
        return [*lines, *on_top(self.code)]

    def _draw_losses(self, axes):
        axes.set_yscale("log")
        axes.set(xlim=(0, museum.ITERATIONS), ylim=(1e-7, 3), xlabel="iteration")
        ticks(axes.xaxis, [0, 1000, 2000])
        ticks(axes.yaxis, [1, 0.01, 1e-4, 1e-6])
        axes.grid(True)
        iterations = np.arange(museum.ITERATIONS + 1)
        zero = np.zeros(len(iterations))
        (self.ours,) = axes.plot(iterations, zero, color=BLUE, label="exhibit")
        dashed = {"color": BLACK, "ls": "--", "lw": 1.5, "label": "right gradient"}
        (self.right,) = axes.plot(iterations, zero, **dashed)
        axes.figure.text(0.53, 0.93, "loss:")
        axes.figure.legend(
            handles=[self.ours, self.right], ncols=2, columnspacing=1.2,
            loc="upper right", bbox_to_anchor=(0.995, 1.01),
        )  # fmt: skip
        return [self.ours, self.right]

    def _draw_check(self, axes):
        axes.set_yscale("symlog", linthresh=0.01, linscale=0.7)
        axes.set(xlim=(-0.8, 16.8), ylim=(-0.6, 0.6))
        ticks(axes.yaxis, [-0.1, -0.01, 0, 0.01, 0.1])
        axes.axhline(0, color=BLACK, lw=1)
        edges = np.cumsum([0, *PARTS.values()])
        for edge in edges[1:-1]:
            axes.axvline(edge - 0.5, color=GREY, lw=1)
        axes.set_xticks((edges[:-1] + edges[1:] - 1) / 2, PARTS)
        zero = np.arange(edges[-1]), np.zeros(edges[-1])
        (self.right,) = axes.plot(*zero, "s", color=BLACK, mfc="none", ms=12, mew=1.5)
        (self.ours,) = axes.plot(*zero, "o", color=BLUE, ms=7)
        axes.figure.text(0.53, 0.93, "gradient:")
        axes.figure.legend(
            [self.ours, self.right], ["exhibit", "by nudging"], ncols=2,
            columnspacing=1.2, handletextpad=0.2, handlelength=1.2,
            loc="upper right", bbox_to_anchor=(0.995, 1.01),
        )  # fmt: skip
        return [self.right, self.ours]

    def move(self, exhibit, view):
        self.code.set_text(museum.code(exhibit))
        ours, right = _checked(exhibit)
        if view == "loss curve":
            ours, right = museum.losses(exhibit), museum.right_losses(exhibit)
        self.ours.set_ydata(ours)
        self.right.set_ydata(right)

    def words(self, exhibit, view):
        if view == "loss curve":
            loss, right = museum.losses(exhibit), museum.right_losses(exhibit)
            lost = np.flatnonzero(np.isnan(loss))
            end = f"is {say(loss[-1])} after {museum.ITERATIONS:,} iterations"
            if lost.size:
                end = f"is not a number from iteration {lost[0]} on"
            return (
                f"Exhibit {exhibit}, trained at learning rate {museum.LEARNING_RATE}: "
                f"the loss starts at {say(loss[0])} and {end}. With the right "
                f"gradient, from the same start, it ends at {say(right[-1])}."
            )
        both = _checked(exhibit)
        edges = np.cumsum([*PARTS.values()])[:-1]
        pairs = zip(*(np.split(each, edges) for each in both))
        parts = [f"{name} {_say_error(*pair)}" for name, pair in zip(PARTS, pairs)]
        return (
            f"Exhibit {exhibit}: at the start weights, its gradient has the relative "
            f"error {_say_error(*both)}. Part by part: {', '.join(parts)}."
        )
