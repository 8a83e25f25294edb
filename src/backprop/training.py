"""What pictures of training share: the network at any moment, and curves up to it."""

from functools import lru_cache

import numpy as np
from contourpy import contour_generator

from backprop import network
from backprop.picture import BLUE, STILL, VERMILLION, joined, ticks

# How a chart's curves look.
FIRST = {"color": BLUE, "marker": "o", "ls": "-"}
SECOND = {"color": VERMILLION, "marker": "s", "ls": "--"}


class Rates:
    """The training of one network at any learning rate.

    start, X, y, loss: as `network.train` takes them. rates: trained together, when one
    of them is asked for: many small ones take hardly longer than one. Any other is
    trained alone, when it is asked for. iterations: those kept, ascending.
    """

    def __init__(self, start, X, y, rates, iterations, loss="squares"):
        def train(rate):
            return network.train(start, X, y, rate, iterations[-1], iterations, loss)

        self.rates = rates
        self._train = lru_cache(maxsize=16)(train)

    def history(self, rate):
        """Return the History at one rate."""
        if rate not in self.rates:
            return self._train(rate)
        together, run = self._train(self.rates), self.rates.index(rate)
        layers = [
            network.Layer(W[:, run], b if b is None else b[:, run], activation)
            for W, b, activation in together.network
        ]
        return together._replace(network=layers)


def at(history, learning_rate, iteration):
    """Return the network at any iteration, trained on from the last one kept.

    Once a weight is infinite or not a number, nothing is trained on.
    """
    kept = history.iterations[history.iterations <= iteration][-1]
    now, more = history.at(kept), iteration - kept
    if not more or not finite(now):
        return now
    _, _, X, y, loss = history
    return network.train(now, X, y, learning_rate, more, [more], loss).at(more)


def finite(now):
    """Return whether all weights of a network are finite."""
    return all(np.isfinite(layer.W).all() for layer in now)


def up_to(iteration, iterations):
    """Return the iterations before this one, and this one."""
    iterations = np.asarray(iterations)
    return np.append(iterations[iterations < iteration], iteration)


def half(x, y, outputs):
    """Return the line on which outputs over a plane are ½; none if they are flat."""
    flat = np.ptp(outputs) < 1e-6
    return joined([] if flat else contour_generator(x, y, outputs).lines(0.5))


def iteration_axis(axes, last, step=1):
    """Give axes a grid and a stretched axis of iterations: the first is far from 0.

    last: the iteration at its end. step: how many powers of ten from tick to tick.
    """
    axes.set_xscale("symlog", linthresh=1, linscale=0.4)
    axes.set(xlim=(-0.1, 1.4 * last), xlabel="iteration")
    powers = range(0, len(str(last)), step)
    ticks(axes.xaxis, [0, *(10**power for power in powers)])
    axes.grid(True)


class Curves:
    """Curves over training, up to now, each with a dot at its end.

    looks: for each curve its colour, marker, dash, and label in a legend.
    moving: the artists that move. keys: those for the legend.
    """

    def __init__(self, axes, *looks):
        self.lines, self.dots, self.keys = [], [], []
        for i, look in enumerate(looks):
            here = {**look, "label": None}
            self.lines += axes.plot([], [], **{**here, "marker": None})
            # A first one's circle lies on a second one's square, and hides it not.
            dot = {**here, "ls": "", "clip_on": False, "zorder": 2.2 - 0.1 * i}
            self.dots += axes.plot([], [], **dot)
            self.keys += axes.plot([], [], **look, **STILL)
        self.moving = [*self.lines, *self.dots]

    def move(self, x, *curves):
        """Draw each curve over the same x."""
        for line, dot, y in zip(self.lines, self.dots, curves):
            line.set_data(x, y)
            dot.set_data(x[-1:], y[-1:])
