"""Stage 09, before you train: three checks on set-ups that are right and wrong."""

from functools import lru_cache

import numpy as np

from backprop import network
from backprop.data import digits
from backprop.picture import (
    BLACK,
    BLUE,
    STILL,
    Choice,
    Knob,
    Picture,
    after,
    say,
    ticks,
)
from backprop.stages.practice.descent import LOSS, mean_loss
from backprop.training import FIRST, Curves

SET_UPS = (
    "right",
    "start too large",
    "start at 0",
    "slope forgotten",
    "targets mixed up",
)
HALF = 10 * np.log(2)  # the first loss if all ten outputs are ½
TEN, LAST = 10, 300


def no_slope(layers, X, y, loss):
    """Return a gradient that has forgotten the slope of the hidden layer's tanh."""
    _, hidden, a = network.forward(layers, X)
    straight = [layers[0]._replace(activation="linear"), layers[1]]
    return network._backward(straight, [X, hidden, a], a - y)


@lru_cache
def images():
    """Return X (1200, 64) and y (1200, 10): images, and a 1 at the right digit."""
    pixels, labels = digits()
    return pixels[:1200] / 16, np.eye(10)[labels[:1200]]


@lru_cache
def checked(set_up):
    """Return what the three checks give.

    The first loss; the loss of ten examples at each iteration, (301,); the relative
    error of the gradient, 1e-8 where it is less: that is rounding.
    """
    X, y = images()
    if set_up == "targets mixed up":
        y = np.roll(y, 7, axis=0)
    scale = {"start too large": 3.0, "start at 0": 0.0}.get(set_up, 0.1)
    backward = no_slope if set_up == "slope forgotten" else network.gradients
    now = network.init((64, 20, 10), "tanh", scale=scale)
    ten, losses = (X[:TEN], y[:TEN]), []
    first = mean_loss(now, X, y)
    error = network.gradient_check(now, *ten, LOSS, backward=backward)
    for _ in range(LAST + 1):
        losses.append(mean_loss(now, *ten))
        now = network.update(now, backward(now, *ten, LOSS), 1 / TEN)
    return first, np.array(losses), max(error, 1e-8)


class Checks(Picture):
    """First loss, ten examples learned by heart, gradient: of one set-up."""

    size = (8.4, 3.3)
    controls = {
        "set_up": Choice("set-up", SET_UPS),
        "iteration": Knob(
            "iteration", tuple(range(0, LAST + 1, 20)), whole=True, play=True
        ),
    }
    start = {"set_up": SET_UPS[0], "iteration": 100}

    def draw(self, figure, set_up, iteration):
        first = figure.add_axes((0.075, 0.17, 0.13, 0.7))
        heart = figure.add_axes((0.3, 0.17, 0.43, 0.7))
        gradient = figure.add_axes((0.845, 0.17, 0.12, 0.7))
        titles = "first loss", "loss of ten, by heart", "gradient's error"
        for axes, title in zip((first, heart, gradient), titles):
            axes.set(yscale="log", ylim=(0.01, 100))
            axes.set_title(title, **STILL)
            axes.grid(True, axis="y")
        for axes, good in (first, HALF), (gradient, 1e-6):
            axes.set(xlim=(-1, 1), xticks=[])
            axes.axhline(good, color=BLACK, ls="--", lw=1.5)
        first.set_ylim(1, 100)
        gradient.set_ylim(1e-9, 1)
        heart.set(xlim=(0, LAST), xlabel="iteration")
        ticks(first.yaxis, [1, 10, 100])
        ticks(heart.xaxis, range(0, LAST + 1, 100))
        ticks(heart.yaxis, [0.01, 0.1, 1, 10, 100])
        ticks(gradient.yaxis, [1e-9, 1e-6, 1e-3, 1])
        dot = {"marker": "o", "ls": "", "color": BLUE, "ms": 12}
        (self.first,) = first.plot([], [], **dot)
        (self.error,) = gradient.plot([], [], **dot)
        self.heart = Curves(heart, FIRST)
        return [self.first, *self.heart.moving, self.error]

    def move(self, set_up, iteration):
        first, losses, error = checked(set_up)
        self.first.set_data([0], [first])
        self.error.set_data([0], [error])
        self.heart.move(np.arange(iteration + 1), losses[: iteration + 1])

    def words(self, set_up, iteration):
        first, losses, error = checked(set_up)
        return (
            f"Set-up: {set_up}. The first loss is {say(first)}. {after(iteration)} on "
            f"ten examples alone, their loss is {say(losses[iteration])}. The relative "
            f"error of the gradient is {'under 1e−6' if error < 1e-6 else say(error)}."
        )
