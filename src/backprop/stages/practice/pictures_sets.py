"""Stage 09, three sets: the best of many coins, and two curves that part."""

from functools import lru_cache
from math import comb

import numpy as np

from backprop import network
from backprop.data import moons
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
    say,
    ticks,
)
from backprop.stages.practice.descent import mean_loss, with_momentum
from backprop.training import FIRST, SECOND, Curves, half, iteration_axis, up_to

# How the two losses look: blue and orange are the classes.
TRAINING_CURVE = {**FIRST, "color": BLACK}
VALIDATION_CURVE = {**SECOND, "color": GREY}
MODELS = (1, 2, 5, 10, 20, 50, 100, 200)


@lru_cache
def _chances(rows):
    """Return how likely a coin is right on at most 0, 1, … of the rows."""
    return np.cumsum([comb(rows, right) / 2**rows for right in range(rows + 1)])


def best_of(models, rows):
    """Return the share that the best of some coins reads, the mean over all draws."""
    return (1 - _chances(rows)[:-1] ** models).sum() / rows


@lru_cache
def coins(rows):
    """Return what 200 coins read on some rows, and on as many new ones: (2, 200)."""
    return np.random.default_rng(54).binomial(rows, 0.5, (2, MODELS[-1])) / rows


class Coins(Picture):
    """Models that are coins: what the best of them reads where it was chosen."""

    size = (8.4, 3.3)
    controls = {
        "models": Knob("models tried", MODELS, whole=True),
        "rows": Knob("rows of the set", (50, 100, 200, 500, 1000), whole=True),
    }
    start = {"models": 1, "rows": 100}
    states = {
        "20 models": {"models": 20, "rows": 100},
        "200 models": {"models": 200, "rows": 100},
        "20 models, 1,000 rows": {"models": 20, "rows": 1000},
    }

    def draw(self, figure, models, rows):
        each = figure.add_axes((0.075, 0.18, 0.5, 0.69))
        mean = figure.add_axes((0.68, 0.18, 0.3, 0.69))
        for axes in (each, mean):
            axes.set_ylim(0.25, 0.75)
            ticks(axes.yaxis, [0.3, 0.4, 0.5, 0.6, 0.7])
            axes.axhline(0.5, color=GREY, lw=1)
        each.set(xscale="log", xlim=(0.8, 250), xlabel="model")
        each.set_title("accuracy", loc="left", **STILL)
        ticks(each.xaxis, [1, 10, 100])
        mean.set(xscale="log", xlim=(0.8, 250), xlabel="models tried")
        mean.set_title("the best, on average", **STILL)
        ticks(mean.xaxis, [1, 10, 100])
        (self.all,) = each.plot([], [], "o", color=BLUE, ms=4)
        best = {"marker": "o", "ls": "", "color": BLUE, "mec": BLACK, "ms": 11}
        new = {"marker": "s", "ls": "", "color": VERMILLION, "mec": BLACK, "ms": 10}
        (self.link,) = each.plot([], [], color=BLACK, lw=1)
        (self.best,) = each.plot([], [], **best)
        (self.new,) = each.plot([], [], **new)
        keys = [
            each.plot([], [], **look, label=label, **STILL)[0]
            for look, label in ((best, "the best"), (new, "the same, new rows"))
        ]
        figure.legend(
            handles=keys, ncols=2, handlelength=1,
            loc="upper right", bbox_to_anchor=(0.59, 1.02),
        )  # fmt: skip
        (self.mean,) = mean.plot([], [], color=BLUE)
        (self.here,) = mean.plot([], [], **best)
        return [self.all, self.link, self.best, self.new, self.mean, self.here]

    def move(self, models, rows):
        read, new = coins(rows)[:, :models]
        chosen = read.argmax()
        self.all.set_data(np.arange(1, models + 1), read)
        self.best.set_data([chosen + 1], [read[chosen]])
        self.new.set_data([chosen + 1], [new[chosen]])
        self.link.set_data([chosen + 1] * 2, [read[chosen], new[chosen]])
        self.mean.set_data(MODELS, [best_of(each, rows) for each in MODELS])
        self.here.set_data([models], [best_of(models, rows)])

    def words(self, models, rows):
        read, new = coins(rows)[:, :models]
        chosen = read.argmax()
        which = f"the best of {models} coins" if models > 1 else "the one coin"
        return (
            f"On {rows:,} rows {which} is right on {_percent(read[chosen])}; on as "
            f"many new rows the same coin is right on {_percent(new[chosen])}. On "
            f"average over all draws, {which} reads {_percent(best_of(models, rows))}."
        )


def _percent(share):
    return f"{100 * share:.1f} %"


START = network.init((2, 30, 1), "tanh", scale=1.5)
SETS = {"100": moons(100), "400": moons(400)}
VALIDATION = moons(1000, seed=1)
DECAYS = (0, 0.0001, 0.0003, 0.001, 0.003, 0.01)
ITERATIONS = (0, 1, 2, 5, 10, 20, 30, 40, 60, 80, 100, 150, 200, 250, 300, 350, 400,
              450, 500, 550, 600)  # fmt: skip


ACROSS, DOWN = np.linspace(-2.6, 2.6, 53), np.linspace(-2.1, 2.1, 43)
PLANE = np.column_stack([each.ravel() for each in np.meshgrid(ACROSS, DOWN)])


@lru_cache(maxsize=16)
def trained(rows, decays):
    """Return the networks of all iterations, with an axis of runs."""
    return with_momentum(START, *SETS[rows], decays, ITERATIONS[-1])


@lru_cache(maxsize=512)
def losses(rows, decay, iteration):
    """Return the mean loss of training and validation at an iteration."""
    now = at(rows, decay, iteration)
    return mean_loss(now, *SETS[rows]), mean_loss(now, *VALIDATION)


def at(rows, decay, iteration):
    """Return the network at an iteration."""
    decays = DECAYS if decay in DECAYS else (decay,)
    run = decays.index(decay)
    now = trained(rows, decays)[iteration]
    return [layer._replace(W=layer.W[run], b=layer.b[run]) for layer in now]


class Overfitting(Picture):
    """Training and validation loss, and the boundary, with weight decay."""

    controls = {
        "rows": Choice("training rows", tuple(SETS)),
        "decay": Knob("weight decay λ", DECAYS),
        "iteration": Knob("iteration", ITERATIONS, whole=True, play=True),
    }
    start = {"rows": "100", "decay": 0, "iteration": 5}
    states = {
        "stopped early": {"rows": "100", "decay": 0, "iteration": 20},
        "to the end": {"rows": "100", "decay": 0, "iteration": 600},
        "weight decay": {"rows": "100", "decay": 0.001, "iteration": 600},
        "too much of it": {"rows": "100", "decay": 0.01, "iteration": 600},
        "more data": {"rows": "400", "decay": 0, "iteration": 600},
    }
    redraw = ("rows",)

    def draw(self, figure, rows, decay, iteration):
        plane = figure.add_axes((0.01, 0.03, 0.37, 0.83))
        plane.set(xlim=(-2.6, 2.6), ylim=(-2.1, 2.1), xticks=[], yticks=[])
        plane.set_title("training rows, boundary", loc="left", **STILL)
        X, y = SETS[rows]
        for label, look in ((0, SECOND), (1, FIRST)):
            dots = {**look, "ls": "", "ms": 5, "mec": "white", "mew": 0.5}
            plane.plot(*X[y[:, 0] == label].T, **dots)
        (self.line,) = plane.plot([], [], color=BLACK, lw=2.5)
        curve = figure.add_axes((0.47, 0.17, 0.505, 0.69))
        iteration_axis(curve, ITERATIONS[-1])
        curve.set(yscale="log", ylim=(0.06, 3))
        curve.set_title("mean loss", loc="left", **STILL)
        ticks(curve.yaxis, [0.1, 0.2, 0.5, 1, 2])
        looks = (
            {**TRAINING_CURVE, "label": "training"},
            {**VALIDATION_CURVE, "label": "validation"},
        )
        self.curves = Curves(curve, *looks)
        figure.legend(
            handles=self.curves.keys, ncols=2,
            loc="upper right", bbox_to_anchor=(0.995, 1.01),
        )  # fmt: skip
        return [self.line, *self.curves.moving]

    def move(self, rows, decay, iteration):
        seen = up_to(iteration, ITERATIONS)
        two = [losses(rows, decay, i) for i in seen.tolist()]
        self.curves.move(seen, *np.transpose(two))
        now = at(rows, decay, iteration)
        outputs = network.forward(now, PLANE)[-1].reshape(len(DOWN), len(ACROSS))
        self.line.set_data(*half(ACROSS, DOWN, outputs))

    def words(self, rows, decay, iteration):
        now = at(rows, decay, iteration)
        training, validation = losses(rows, decay, iteration)
        size = np.sqrt(sum((layer.W**2).sum() for layer in now))
        return (
            f"{after(iteration)} on {rows} training rows with weight decay "
            f"{say(decay)} the mean loss is {say(training)} in training and "
            f"{say(validation)} in validation. Right are "
            f"{_percent(share_right(now, *SETS[rows]))} of the training rows and "
            f"{_percent(share_right(now, *VALIDATION))} of the validation's. The "
            f"weights are {say(size)} long."
        )


def share_right(now, X, y):
    """Return the accuracy: the share of rows on the right side of ½."""
    return ((network.forward(now, X)[-1] > 0.5) == (y > 0.5)).mean()
