"""Stage 00: one weight is nudged, and the loss answers."""

import numpy as np

from backprop import network
from backprop.data import four_rows
from backprop.picture import (
    BLACK,
    BLUE,
    GREY,
    VERMILLION,
    Choice,
    Knob,
    Picture,
    on_top,
    say,
    say_all,
    ticks,
)

X, y = four_rows()
START = 2 * np.random.RandomState(0).random_sample(3) - 1
WEIGHTS = "first", "second", "third"
HIGHEST = 1.3  # of the loss, at any nudge of any weight


class NudgeOne(Picture):
    """Four outputs and their loss, while one weight of three is moved."""

    size = (8.4, 2.8)
    controls = {
        "weight": Choice("weight", WEIGHTS),
        "nudge": Knob("moved by", tuple(np.arange(-3, 3.25, 0.25).tolist())),
    }
    start = {"weight": "first", "nudge": 0}
    states = {
        "a little up": {"nudge": 0.25},
        "a little down": {"nudge": -0.25},
    }

    def _numbers(self, weight, nudge):
        """Return the weights (3,), the outputs (4,) and the loss."""
        w = START.copy()
        w[WEIGHTS.index(weight)] += nudge
        a = network.sigmoid(X @ w)
        return w, a, float(((a - y[:, 0]) ** 2).sum() / 2)

    def draw(self, figure, **values):
        axes = figure.add_axes((0.17, 0.2, 0.42, 0.68))
        axes.set(xlim=(-0.03, 1.03), ylim=(3.5, -0.5), xlabel="output")
        axes.set_yticks([])
        ticks(axes.xaxis, [0, 0.5, 1], fractions=True)
        for i, row in enumerate(X):
            inputs = ", ".join(map(str, row))
            axes.text(-0.07, i, inputs, ha="right", va="center")
        axes.spines["left"].set_visible(False)
        figure.text(0.152, 0.94, "inputs", ha="right", va="center", color=GREY)
        figure.text(0.38, 0.94, "square: target", ha="center", va="center", color=GREY)
        look = {"color": BLACK, "mfc": "none", "mew": 2, "ms": 15, "clip_on": False}
        axes.plot(y[:, 0], range(4), "s", **look)
        self.gaps = axes.plot([[0] * 4] * 2, [range(4)] * 2, color=VERMILLION, lw=4)
        (self.dots,) = axes.plot([], [], "o", color=BLUE, ms=10, clip_on=False)

        loss = figure.add_axes((0.76, 0.2, 0.22, 0.68))
        loss.set(xlim=(-1, 1), ylim=(0, HIGHEST), xticks=[])
        loss.set_ylabel("loss")
        ticks(loss.yaxis, [0, 0.5, 1])
        at_first = self._numbers("first", 0)[2]
        loss.axhline(at_first, color=GREY, ls=":", lw=2)
        loss.text(1, at_first, "at first", ha="right", va="bottom", color=GREY)
        (self.loss,) = loss.plot([], [], color=VERMILLION, lw=34, solid_capstyle="butt")
        return on_top(*self.gaps, self.dots, self.loss)

    def move(self, weight, nudge):
        _, a, loss = self._numbers(weight, nudge)
        self.dots.set_data(a, range(4))
        for gap, output, target in zip(self.gaps, a, y[:, 0]):
            gap.set_xdata([output, target])
        self.loss.set_data([-0.5, -0.5], [0, loss])

    def words(self, weight, nudge):
        w, a, loss = self._numbers(weight, nudge)
        before = self._numbers(weight, 0)[2]
        said = f"Weights {say_all(w)}; outputs {say_all(a)}. The loss is {say(loss)}"
        if not nudge:
            return f"{said}. No weight has been moved yet."
        way = "up" if nudge > 0 else "down"
        than = f"than {say(before)}"
        moved = f"the {weight} weight went {way} by {say(abs(nudge))}"
        if say(loss - before) == "0":
            return f"{said}, as at first: {moved}, and what it changed cancels."
        if say(loss) == say(before):  # a small nudge moves only the digits unsaid
            than = f"than at first by {say(abs(loss - before))}"
        return f"{said}: {'less' if loss < before else 'more'} {than}, since {moved}."
