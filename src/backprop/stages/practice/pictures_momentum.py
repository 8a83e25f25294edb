"""Stage 09, the step: momentum in a ravine, and how long the steps of Adam are."""

from functools import lru_cache

import numpy as np
from matplotlib.colors import LogNorm

from backprop.picture import (
    BLACK,
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
from backprop.training import FIRST, SECOND, Curves

# A linear neuron without a bias; its second input is a tenth as large as the first.
X = np.array([[1, 0.1], [1, -0.1], [-1, 0.1], [-1, -0.1]])
BOTTOM = np.array([3, 10])
# One for each weight: the two inputs are at right angles. By X itself, a path that
# explodes across the ravine would be rounded into the one along it.
CURVATURES = (X**2).mean(axis=0)
STEPS = 100


def mean_loss(w):
    """Return ½ the mean square at weights (…, 2)."""
    return (CURVATURES * (w - BOTTOM) ** 2).sum(axis=-1) / 2


@lru_cache(maxsize=256)
def descent(learning_rate, momentum, steps=STEPS):
    """Return both weights, and ½ the mean square, at each step: (101, 2) and (101,)."""
    w, velocity = np.zeros(2), np.zeros(2)
    path = [w]
    for _ in range(steps):
        velocity = momentum * velocity + CURVATURES * (w - BOTTOM)
        w = w - learning_rate * velocity
        path.append(w)
    path = np.array(path)
    return path, mean_loss(path)


def crossings(learning_rate, momentum):
    """Return how often the path changes sides across the ravine.

    Only the side counts, so each step is scaled back: near the bottom line no rounding
    ends the count.
    """
    away, velocity, side, times = -1.0, 0.0, -1.0, 0
    for _ in range(STEPS):
        velocity = momentum * velocity + CURVATURES[0] * away
        away = away - learning_rate * velocity
        scale = max(abs(away), abs(velocity)) or 1
        away, velocity = away / scale, velocity / scale
        if away * side < 0:  # from the bottom line itself it goes on across
            side, times = -side, times + 1
    return times


SIDES, UPWARD = (-6, 19), (-4, 10.2)  # what is drawn of w2 and of w1


class Ravine(Picture):
    """Descent with momentum on a neuron whose two curvatures are 1 and 0.01."""

    size = (8.4, 3.4)
    controls = {
        "learning_rate": Knob(
            "learning rate η",
            (0.05, 0.1, 0.2, 0.5, 1, 1.5, 1.9, 1.98, 2.05, 2.5, 3, 3.3, 3.7, 3.9, 4.2),
        ),
        "momentum": Knob("momentum β", (0, 0.3, 0.5, 0.67, 0.8, 0.9, 0.95, 0.99)),
    }
    start = {"learning_rate": 0.5, "momentum": 0}
    states = {
        "1.9, plain": {"learning_rate": 1.9, "momentum": 0},
        "2.05, plain": {"learning_rate": 2.05, "momentum": 0},
        "2.05, momentum 0.9": {"learning_rate": 2.05, "momentum": 0.9},
        "3.7, momentum 0.9": {"learning_rate": 3.7, "momentum": 0.9},
        "3.9, momentum 0.9": {"learning_rate": 3.9, "momentum": 0.9},
        "3.3, momentum 0.67": {"learning_rate": 3.3, "momentum": 0.67},
    }

    def draw(self, figure, learning_rate, momentum):
        plane = figure.add_axes((0.065, 0.17, 0.5, 0.7))
        plane.set(xlim=SIDES, ylim=UPWARD, xlabel="$w_2$", ylabel="$w_1$")
        ticks(plane.xaxis, [-5, 0, 5, 10, 15])
        ticks(plane.yaxis, [0, 5, 10])
        plane.set_title("path of 100 steps   ★ bottom", loc="left", **STILL)
        w2, w1 = np.meshgrid(np.linspace(*SIDES, 101), np.linspace(*UPWARD, 61))
        loss = mean_loss(np.stack([w1, w2], axis=-1))
        plane.contourf(
            w2, w1, np.maximum(loss, 1e-3), np.geomspace(0.03, 30, 7),
            norm=LogNorm(0.03, 30), cmap="viridis", alpha=0.5, extend="both",
        )  # fmt: skip
        plane.plot(10, 3, "*", color=BLACK, ms=14, zorder=2)
        (self.trail,) = plane.plot([], [], ".-", color=BLACK, lw=1.2, ms=5)
        (self.here,) = plane.plot([], [], "o", color=VERMILLION, mec=BLACK, ms=10)
        curve = figure.add_axes((0.66, 0.17, 0.32, 0.7))
        curve.set(yscale="log", xlim=(0, STEPS), ylim=(1e-9, 1e6), xlabel="step")
        curve.set_title("mean loss", **STILL)
        ticks(curve.xaxis, [0, 50, 100])
        ticks(curve.yaxis, [1e-8, 1e-4, 1, 1e4])
        curve.grid(True)
        self.loss = Curves(curve, FIRST)
        return [self.trail, self.here, *self.loss.moving]

    def move(self, learning_rate, momentum):
        path, loss = descent(learning_rate, momentum)
        # No renderer draws what is a million times as far as the picture is wide.
        path = np.clip(path, -1e5, 1e5)
        self.trail.set_data(path[:, 1], path[:, 0])
        self.here.set_data(path[-1:, 1], path[-1:, 0])
        self.loss.move(np.arange(STEPS + 1), np.clip(loss, 1e-9, 1e6))

    def words(self, learning_rate, momentum):
        path, loss = descent(learning_rate, momentum)
        crossed = count(crossings(learning_rate, momentum), "time")
        across, along = np.abs(path[-1] - BOTTOM)
        inside = all(
            low <= w <= high for w, (low, high) in zip(path[-1], (UPWARD, SIDES))
        )
        return (
            f"100 steps at learning rate {say(learning_rate)} and momentum "
            f"{say(momentum)}: the mean loss goes from {say(loss[0])} to "
            f"{_size(loss[-1])}. Across the ravine the path changes sides "
            f"{crossed} and ends {_size(across)} from the bottom line, "
            f"from 3 at the start; along it {_size(along)} is left, of 10."
            + ("" if inside else " Its end lies outside the picture.")
        )


def _size(number):
    if number > 1e6:
        return "over a million"
    return "under 1e−6" if number < 1e-6 else say(number)


LAST = 1000


@lru_cache(maxsize=64)
def adam_steps(beta1, beta2, flips):
    """Return the length of each of Adam's steps, in learning rates: two of (1000,).

    The gradient is 1 in each step, or flips its sign. First with bias correction, then
    without.
    """
    t = np.arange(1, LAST + 1)
    grad = (-1.0) ** (t + 1) if flips else np.ones(LAST)
    m, v, found = 0, 0, []
    for g in grad:
        m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
        found.append((m, v))
    m, v = np.array(found).T
    without = np.abs(m) / np.sqrt(v)
    return without * np.sqrt(1 - beta2**t) / (1 - beta1**t), without


GRADIENTS = "stays the same", "flips its sign"
# After 40 every other one, since odd and even steps may differ.
SHOWN = np.union1d(np.arange(1, 41), 2 * np.geomspace(20, LAST / 2, 40).astype(int))


class AdamSteps(Picture):
    """How long the steps of Adam are, with its bias correction and without."""

    size = (8.4, 3.2)
    controls = {
        "gradient": Choice("gradient", GRADIENTS),
        "beta1": Knob("β₁, of the gradient", (0, 0.5, 0.8, 0.9, 0.95, 0.99)),
        "beta2": Knob("β₂, of its square", (0.9, 0.99, 0.999, 0.9999)),
    }
    start = {"gradient": GRADIENTS[0], "beta1": 0.5, "beta2": 0.99}
    states = {
        "0.9 and 0.999": {"gradient": GRADIENTS[0], "beta1": 0.9, "beta2": 0.999},
        "0.9 and 0.9999": {"gradient": GRADIENTS[0], "beta1": 0.9, "beta2": 0.9999},
        "sign flips": {"gradient": GRADIENTS[1], "beta1": 0.9, "beta2": 0.999},
    }

    def draw(self, figure, gradient, beta1, beta2):
        axes = figure.add_axes((0.075, 0.18, 0.9, 0.69))
        axes.set(xscale="log", yscale="log", xlim=(0.9, 1100), ylim=(1e-4, 150))
        axes.set(xlabel="step")
        axes.set_title("length of the step / learning rate", loc="left", **STILL)
        ticks(axes.xaxis, [1, 10, 100, 1000])
        ticks(axes.yaxis, [0.001, 0.01, 0.1, 1, 10, 100])
        axes.axhline(1, color=GREY, lw=1)
        axes.grid(True)
        looks = (
            {**FIRST, "label": "with correction"},
            {**SECOND, "label": "without"},
        )
        self.curves = Curves(axes, *looks)
        figure.legend(
            handles=self.curves.keys, ncols=2,
            loc="upper right", bbox_to_anchor=(0.995, 1.02),
        )  # fmt: skip
        return self.curves.moving

    def move(self, gradient, beta1, beta2):
        curves = adam_steps(beta1, beta2, gradient == GRADIENTS[1])
        self.curves.move(SHOWN, *(each[SHOWN - 1] for each in curves))

    def words(self, gradient, beta1, beta2):
        corrected, without = adam_steps(beta1, beta2, gradient == GRADIENTS[1])
        longest = int(without.argmax())
        most = f"the longest, step {longest + 1:,}, is {say(without[longest])}"
        if without[longest] < 1 + 1e-6:
            most = "none is longer than 1"
        return (
            f"The gradient {gradient} in each step; β₁ is {say(beta1)}, β₂ "
            f"{say(beta2, 4)}. In learning rates, the first step without the "
            f"correction is {say(without[0])}; {most}. With it the first step is "
            f"{say(corrected[0])}, and step 1,000 is {say(corrected[-1])}."
        )
