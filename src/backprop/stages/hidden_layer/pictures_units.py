"""What hidden units look for: 0 and 8 against 6 and 9, and each unit's 64 weights."""

from functools import lru_cache

import numpy as np

from backprop import network
from backprop.data import told_apart
from backprop.image import SIGNED, image, put_signs, signs, square
from backprop.picture import (
    BLUE,
    GREY,
    STILL,
    VERMILLION,
    Knob,
    Picture,
    after,
    count,
    say,
    say_all,
    stems,
    ticks,
)
from backprop.training import FIRST, SECOND, Curves, at, iteration_axis, up_to

RATE, SMALL, SEEDS, MOST = 0.03, 0.1, range(6), 4
ZEROS, ONES = (0, 8), (6, 9)  # the digits whose target is 0, and 1
ORDER = *ZEROS, *ONES
ITERATIONS = (0, 1, 2, 5, 10, 20, 50, 100, 150, 200, 250, 300, 400, 500, 700, 1000)
KEPT = np.union1d(ITERATIONS, np.geomspace(1, ITERATIONS[-1], 100).astype(int))


@lru_cache(maxsize=64)
def _trained(width, seed):
    """Return the History of one start; trained once."""
    X, _, y, *_ = told_apart(ZEROS, ONES)
    widths = (64, width, 1) if width else (64, 1)
    # The nine pixels that never have ink keep their start: so it is small.
    start = network.init(widths, scale=SMALL, seed=seed)
    return network.train(start, X, y, RATE, ITERATIONS[-1], KEPT)


@lru_cache(maxsize=64)
def _wrong(width, seed):
    """Return how many held-out images are read wrong at each kept iteration."""
    return wrong(_trained(width, seed).network)


def wrong(layers):
    """Return how many held-out images are on the wrong side of ½, for each run."""
    *_, X, _, y = told_apart(ZEROS, ONES)
    return ((network.forward(layers, X)[-1] > 0.5) != y).sum((-2, -1))


@lru_cache(maxsize=8)
def _at(iteration, width, seed):
    """Return the network at any iteration."""
    return at(_trained(width, seed), RATE, iteration)


class HiddenUnits(Picture):
    """Each hidden unit's weights as an image, and which held-out digits turn it on.

    Beside it, how many held-out images are read wrong, and by one neuron alone.
    """

    size = (8.4, 3.3)
    controls = {
        "iteration": Knob("iteration", ITERATIONS, whole=True, play=True),
        "units": Knob("hidden units", tuple(range(MOST + 1)), whole=True),
        "seed": Knob("start seed", tuple(SEEDS), whole=True),
    }
    start = {"iteration": 20, "units": 4, "seed": 0}
    states = {
        "at the start": {**start, "iteration": 0},
        "coming apart": {**start, "iteration": 200},
        "work divided": {**start, "iteration": 1000},
        "two units": {**start, "units": 2, "iteration": 1000},
        "neuron alone": {**start, "units": 0, "iteration": 1000},
    }
    redraw = ("units",)

    def draw(self, figure, iteration, units, seed):
        self.units = []
        side, step, columns = 0.152, 0.176, units or 1
        first = 0.045 + step * (MOST - columns) / 2
        for j in range(columns):
            left = first + step * j
            axes = square(figure, left, 0.46, side)
            name, marks = axes.set_title(""), signs(axes)
            shown = image(axes, np.zeros((8, 8)), SIGNED, -1)
            axes = figure.add_axes((left, 0.155, side, 0.24))
            axes.set(xlim=(-0.6, 3.6), ylim=(0, 1))
            axes.set_xticks(range(4), [f"{digit}s" for digit in ORDER])
            axes.tick_params(axis="x", length=0)
            ticks(axes.yaxis, [0, 0.5, 1], fractions=True)
            axes.tick_params(axis="y", labelleft=not j)
            axes.grid(axis="y")
            bars = [
                axes.plot([], [], color=color, lw=13, solid_capstyle="butt")[0]
                for color in (VERMILLION, BLUE)
            ]
            self.units.append((name, shown, marks, bars))
        middle = first + (step * (columns - 1) + side) / 2
        held_out = "mean output, held-out digits"
        figure.text(middle, 0.02, held_out, ha="center", **STILL)
        axes = figure.add_axes((0.8, 0.2, 0.175, 0.59))
        iteration_axis(axes, ITERATIONS[-1], step=3)
        axes.set(ylim=(0, 160))
        ticks(axes.yaxis, [0, 40, 80, 120, 160])
        title = "held out, read wrong\n(grey: one neuron)"
        figure.text(0.99, 0.845, title, ha="right", **STILL)
        self.curves = Curves(axes, FIRST, {**SECOND, "color": GREY})
        moving = [
            part
            for name, shown, marks, bars in self.units
            for part in (name, shown, *marks, *bars)
        ]
        return [*moving, *self.curves.moving]

    def move(self, iteration, units, seed):
        W, onward, means = _inside(iteration, units, seed)
        for j, (name, shown, marks, bars) in enumerate(self.units):
            values = (W[:, j] / abs(W[:, j]).max()).reshape(8, 8)
            shown.set_data(values)
            put_signs(marks, values)
            for line, digits in zip(bars, (ZEROS, ONES)):
                x = np.array([ORDER.index(digit) for digit in digits])
                line.set_data(*stems(x, 0, means[x, j]))
            text = f"unit {j + 1}\nweight {say(onward[j].round(1))}"
            name.set_text(text if units else "one neuron")
        x = up_to(iteration, KEPT)
        before = [_wrong(width, seed)[: len(x) - 1] for width in (units, 0)]
        now = [wrong(_at(iteration, width, seed)) for width in (units, 0)]
        self.curves.move(x, *map(np.append, before, now))

    def words(self, iteration, units, seed):
        _, _, means = _inside(iteration, units, seed)
        one, many = (wrong(_at(iteration, width, seed)) for width in (0, units))
        *_, new = told_apart(ZEROS, ONES)
        begin = f"{after(iteration)} from seed {seed}"
        if not units:
            return (
                f"{begin}, one neuron alone reads {one} of {len(new)} held-out images "
                f"wrong. Its mean outputs for {say_all(ORDER)}: {say_all(means, 2)}."
            )
        on = []
        for j, mean in enumerate(means.T):
            digits = np.array(ORDER)[mean > 0.5]
            which = {0: "none", len(ORDER): "all"}.get(len(digits)) or say_all(digits)
            on.append(f"unit {j + 1} for {which}")
        return (
            f"{begin}, {count(units, 'hidden unit')} and the output read {many} of "
            f"{len(new)} held-out images wrong; one neuron alone, {one}. Mean output "
            f"over ½: {'; '.join(on)}."
        )


def _inside(iteration, units, seed):
    """Return the first weights, what leads on from them, and mean outputs (4, units).

    The means are over the held-out images of each digit.
    """
    layers = _at(iteration, units, seed)
    _, _, _, X, labels, _ = told_apart(ZEROS, ONES)
    a = network.forward(layers, X)[1]
    means = np.array([a[labels == digit].mean(0) for digit in ORDER])
    return layers[0].W, layers[-1].W[:, 0], means
