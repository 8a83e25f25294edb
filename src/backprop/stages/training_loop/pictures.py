"""Stage 05: one neuron trained, over learning rate and iteration."""

from functools import cache

import numpy as np

from backprop import network
from backprop.data import four_rows
from backprop.picture import (
    BLACK,
    BLUE,
    GREY,
    STILL,
    VERMILLION,
    Knob,
    Picture,
    after,
    say,
    say_all,
    say_positive,
    stems,
    ticks,
)
from backprop.training import FIRST, SECOND, Curves, Rates, iteration_axis, up_to

RATES = (0.01, 0.015, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.5, 0.7,
         1, 1.5, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700,
         1000, 1500, 2000)  # fmt: skip
ITERATIONS = (0, 1, 2, 3, 5, 7, 10, 20, 30, 50, 70, 100, 200, 300, 500, 700,
              1000, 2000, 3000, 5000, 7000, 10000)  # fmt: skip
LOWEST = 1e-10  # the floor of the loss axis


@cache
def _trained():
    """Return the neuron's training at every rate, shared by all pictures of it."""
    X, y = four_rows()
    untrained = [network.Layer(network.backpropagation(X, y, 1, 0))]
    return Rates(untrained, X, y, RATES, range(ITERATIONS[-1] + 1))


class Training(Picture):
    """Loss, gradient size, weights and the four outputs, from start to now.

    All rates of the slider are trained together, once for all pictures; a rate typed
    between them is trained alone, when it is asked for.
    """

    controls = {
        "learning_rate": Knob("learning rate η", RATES),
        "iteration": Knob("iteration", ITERATIONS, whole=True, play=True),
    }
    start = {"learning_rate": 1, "iteration": 0}
    states = {
        "too small": {"learning_rate": 0.01, "iteration": 1000},
        "solved": {"learning_rate": 1, "iteration": 10000},
        "faster": {"learning_rate": 100, "iteration": 10000},
        "flat, not solved": {"learning_rate": 1500, "iteration": 2000},
        "the plateau ends": {"learning_rate": 1500, "iteration": 3000},
        "stuck": {"learning_rate": 2000, "iteration": 10000},
    }

    def __init__(self):
        self.X, self.y = four_rows()
        self.trained = _trained()
        curve = np.unique(np.geomspace(1, ITERATIONS[-1], 160).astype(int))
        self.curve = np.union1d(ITERATIONS, curve)

    def _measure(self, learning_rate, iterations):
        """Return weights, outputs, loss and gradient size at the iterations."""
        history = self.trained.history(learning_rate)
        W = history.network[0].W[iterations]
        kept = history._replace(iterations=iterations, network=[network.Layer(W)])
        a = network.sigmoid(self.X @ W)
        return W[..., 0], a[..., 0], kept.loss(), kept.gradient_size()

    def draw(self, figure, learning_rate, iteration):
        grid = figure.add_gridspec(
            1, 3, width_ratios=(3.6, 1.7, 2.2), wspace=0.42,
            left=0.085, right=0.995, top=0.87, bottom=0.3,
        )  # fmt: skip
        curves, weights, outputs = (figure.add_subplot(cell) for cell in grid)

        iteration_axis(curves, ITERATIONS[-1])
        curves.set(yscale="log", ylim=(LOWEST, 10))
        ticks(curves.yaxis, [1, 1e-3, 1e-6, 1e-9])
        self.curves = Curves(
            curves,
            {**FIRST, "label": "loss"},
            {**SECOND, "label": "gradient size"},
        )
        self.curves.dots[0].set_zorder(2.1)  # at the start they nearly meet
        figure.legend(
            handles=self.curves.keys, ncols=2,
            loc="upper left", bbox_to_anchor=(0.055, 1.005), columnspacing=1.2,
        )  # fmt: skip

        weights.set_yscale("symlog", linthresh=10, linscale=1.6)
        weights.set(xlim=(-0.6, 2.6), ylim=(-600, 600))
        weights.set_title("weights", **STILL)
        weights.set_xticks([0, 1, 2], ["$w_1$", "$w_2$", "$w_3$"])
        ticks(weights.yaxis, [-100, -10, -5, 0, 5, 10, 100])
        weights.axhline(0, color=GREY, lw=1)
        (self.stems,) = weights.plot([], [], color=BLUE, lw=5, solid_capstyle="butt")
        (self.tips,) = weights.plot([], [], "o", color=BLUE)

        outputs.set(
            xlim=(-0.5, 3.5), ylim=(-0.06, 1.06), xlabel="inputs of rows 1 to 4"
        )
        outputs.set_xticks(range(4), ["\n".join(map(str, row)) for row in self.X])
        ticks(outputs.yaxis, [0, 0.5, 1], fractions=True)
        outputs.axhline(0.5, color=GREY, lw=1)
        square = {"marker": "s", "color": BLACK, "mfc": "none", "mew": 1.5, "ls": ""}
        outputs.plot(range(4), self.y[:, 0], ms=14, **square)
        (self.errors,) = outputs.plot([], [], color=VERMILLION, ls=":")
        (self.outputs,) = outputs.plot([], [], "o", color=BLUE)
        (output_key,) = outputs.plot([], [], "o", color=BLUE, label="output", **STILL)
        (target_key,) = outputs.plot([], [], **square, label="target", **STILL)
        figure.legend(
            handles=[output_key, target_key], ncols=2, handlelength=0.8,
            loc="upper right", bbox_to_anchor=(1.005, 1.005), columnspacing=1.2,
        )  # fmt: skip
        moving = self.stems, self.tips, self.errors, self.outputs
        return [*self.curves.moving, *moving]

    def move(self, learning_rate, iteration):
        x = up_to(iteration, self.curve)
        W, a, loss, size = self._measure(learning_rate, x)
        self.curves.move(x, np.maximum(loss, LOWEST), np.maximum(size, LOWEST))
        self.stems.set_data(*stems(np.arange(3), 0, W[-1]))
        self.tips.set_data(np.arange(3), W[-1])
        self.errors.set_data(*stems(np.arange(4), self.y[:, 0], a[-1]))
        self.outputs.set_data(np.arange(4), a[-1])

    def words(self, learning_rate, iteration):
        W, a, loss, size = self._measure(learning_rate, np.array([iteration]))
        wrong = int(((a[0] > 0.5) != (self.y[:, 0] > 0.5)).sum())
        verdict = "All four are on the right side of ½."
        if wrong:
            verdict = (
                f"{wrong} of 4 outputs {'is' if wrong == 1 else 'are'} on the wrong"
            )
            verdict += " side of ½"
            flat = ", and the gradient is almost 0: the loss is flat, not solved."
            verdict += flat if size[0] < 1e-3 else "."
        return (
            f"{after(iteration)} at learning rate {say(learning_rate)} the loss is "
            f"{say_positive(loss[0])} and the gradient size {say_positive(size[0])}. "
            f"{verdict} Weights {say_all(W[0])}; outputs {say_all(a[0])}."
        )
