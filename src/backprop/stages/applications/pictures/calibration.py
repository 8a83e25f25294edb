"""Stage 10, part 2: how often the digits are right of which the network says 0.9."""

from functools import cache, lru_cache

import numpy as np

from backprop import network
from backprop.picture import (
    BLACK,
    BLUE,
    GREY,
    STILL,
    Choice,
    Knob,
    Picture,
    say,
    stems,
    ticks,
)
from backprop.stages.applications.pictures import digits
from backprop.training import at

HIDDEN, HELD_OUT = "30 units", digits.HELD_OUT[0]
LONGER = (500, 700, 1000)
IMAGES = ("held out", "training")
EDGES = np.array([0, 0.35, 0.65, 0.85, 0.95, 1])  # of classes of the largest output
NINE = 3  # the class around 0.9


@cache
def _longer():
    """Return the History of the same training from its last iteration on."""
    X, labels, *_ = digits._problem(HELD_OUT)
    last = digits.ITERATIONS[-1]
    more = np.array(LONGER) - last
    now = digits._history(HIDDEN, HELD_OUT).at(last)
    return network.train(
        now, X, np.eye(10)[labels], digits.RATE, more[-1], [0, *more], "cross-entropy"
    )


@lru_cache(maxsize=64)
def _said(iteration, images):
    """Return the largest output for each image, and whether its digit is right."""
    X, labels, X_new, new_labels, *_ = digits._problem(HELD_OUT)
    history, last = digits._history(HIDDEN, HELD_OUT), digits.ITERATIONS[-1]
    if iteration > last:
        history, iteration = _longer(), iteration - last
    rows, right = (X, labels) if images == "training" else (X_new, new_labels)
    a = network.forward(at(history, digits.RATE, iteration), rows)[-1]
    return a.max(1), a.argmax(1) == right


def classes(said, right):
    """Return for each class how many answers it has, what they say, how many are right.

    said: the largest output of each answer, (n,). right: whether it is right, (n,).
    Returns three arrays (classes,): counts, means of `said` (NaN where there is none),
    counts of the right ones.
    """
    where = np.clip(np.searchsorted(EDGES, said, side="right") - 1, 0, len(EDGES) - 2)
    counts, sums, rights = (
        np.bincount(where, weights, len(EDGES) - 1) for weights in (None, said, right)
    )
    means = np.divide(sums, counts, np.full(len(sums), np.nan), where=counts > 0)
    return counts, means, rights.astype(int)


class Calibration(Picture):
    """How often the answers are right, over what the network says of them."""

    size = (8.4, 3.4)
    controls = {
        "iteration": Knob(
            "iteration", digits.ITERATIONS + LONGER, whole=True, play=True
        ),
        "images": Choice("images", IMAGES),
    }
    start = {"iteration": 20, "images": "held out"}
    states = {
        "300 iterations": {"iteration": 300, "images": "held out"},
        "1,000 iterations": {"iteration": 1000, "images": "held out"},
        "in training": {"iteration": 1000, "images": "training"},
    }

    def draw(self, figure, iteration, images):
        honesty = figure.add_axes((0.07, 0.165, 0.42, 0.7))
        counts = figure.add_axes((0.57, 0.165, 0.42, 0.7))
        for panel in honesty, counts:
            panel.set(xlim=(-0.02, 1.02), xlabel="the network says")
            ticks(panel.xaxis, [0, 0.25, 0.5, 0.75, 0.9])
            panel.grid(True)
        honesty.set_ylim(-0.03, 1.03)
        ticks(honesty.yaxis, [0, 0.25, 0.5, 0.75, 1])
        honesty.set_title("share right", loc="left", **STILL)
        honesty.plot([0, 1], [0, 1], ":", color=GREY)
        (self.chance,) = honesty.plot([], [], color=GREY, lw=4)
        (self.shares,) = honesty.plot([], [], "o-", color=BLUE, clip_on=False)
        (self.nine,) = honesty.plot([], [], "o", color=BLACK, ms=11, clip_on=False)
        honesty.plot([], [], ":", color=GREY, label="honest")
        honesty.plot([], [], color=GREY, lw=4, label="as far as chance goes")
        figure.legend(
            handlelength=1.4, labelspacing=0.2, borderaxespad=0,
            loc="upper right", bbox_to_anchor=(0.495, 1),
        )  # fmt: skip
        counts.set_ylim(0, 100)
        ticks(counts.yaxis, [0, 25, 50, 75, 100])
        counts.set_title("% of all answers", loc="left")
        (self.bars,) = counts.plot([], [], color=BLUE)
        return [self.chance, self.shares, self.nine, self.bars]

    def move(self, iteration, images):
        counts, says, rights = classes(*_said(iteration, images))
        some = counts > 0
        n, p = counts[some], says[some]
        by_chance = 2 * np.sqrt(p * (1 - p) / n)
        low, high = (np.clip(p + by_chance * side, 0, 1) for side in (-1, 1))
        self.chance.set_data(*stems(p, low, high))
        self.shares.set_data(p, rights[some] / n)
        here = [NINE] if counts[NINE] else []
        self.nine.set_data(says[here], rights[here] / counts[here])
        share = 100 * counts / counts.sum()
        self.bars.set_data(np.repeat(EDGES, 2), [0, *np.repeat(share, 2), 0])

    def words(self, iteration, images):
        said, right = _said(iteration, images)
        counts, says, rights = (each[NINE] for each in classes(said, right))
        nine = "It says 0.85 to 0.95 of none"
        if counts:
            is_right = "is" if rights == 1 else "are"
            nine = (
                f"It says 0.85 to 0.95 of {counts}, {say(says)} on average, and "
                f"{rights} of these {is_right} right, {say(100 * rights / counts)} %"
            )
        where = "held-out images" if images == "held out" else "training images"
        return (
            f"Iteration {iteration:,}, {len(said):,} {where}. {nine}. Over all of them "
            f"it says {say(said.mean())} on average, and {say(100 * right.mean())} % "
            "are right."
        )
