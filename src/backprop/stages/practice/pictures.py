"""Stage 09, mini-batches: their gradients around the true one, and how they train."""

from functools import cache, lru_cache

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
    count,
    joined,
    on_top,
    say,
    ticks,
)
from backprop.stages.practice.descent import by_batches, mean_gradients
from backprop.training import FIRST, SECOND, Curves

X, y = moons(200)
START = network.init((2, 8, 1), "tanh", scale="xavier")
LATE = 100  # iterations on all rows at rate 2
MOMENTS = "at the start", f"after {LATE} iterations"
SIZES = (1, 2, 5, 10, 20, 50, 100, 200)
ARROWS = 40


@cache
def _rows_gradients(moment):
    """Return the gradient of each row's loss: (200, 33)."""
    now = START
    if moment != MOMENTS[0]:
        for _ in range(LATE):
            now = network.update(now, mean_gradients(now, X, y), 2)
    each = [mean_gradients(now, X[[i]], y[[i]]) for i in range(len(X))]
    return np.array([np.concatenate([p.ravel() for g in e for p in g]) for e in each])


def noise(moment, size):
    """Return the noise of batches of a size, or of each of several.

    The root mean square, over all batches of that many rows, of the distance to the
    gradient of all rows, divided by the length of that one.
    """
    rows, n = _rows_gradients(moment), len(X)
    whole = rows.mean(axis=0)
    spread = ((rows - whole) ** 2).sum(axis=1).mean() / (whole @ whole)
    return np.sqrt(spread / size * (n - size) / (n - 1))


@lru_cache(maxsize=32)
def arrows(moment, size):
    """Return the steps of 40 batches, as multiples of the true step's length: (40, 2).

    Along the true step, and across it, in the direction in which rows differ most.
    """
    rows = -_rows_gradients(moment)
    whole = rows.mean(axis=0)
    length = np.linalg.norm(whole)
    beside = rows - np.outer(rows @ whole, whole) / length**2
    across = np.linalg.svd(beside, full_matrices=False)[2][0]
    across = across * np.sign(across[np.argmax(np.abs(across))])
    random = np.random.default_rng(0)
    batches = [random.permutation(len(X))[:size] for _ in range(ARROWS)]
    steps = np.array([rows[batch].mean(axis=0) for batch in batches])
    return steps @ np.column_stack([whole / length, across]) / length


# Of the axes, in lengths of the true step: how far they go, and less upward.
REACH, FLAT = dict(zip(MOMENTS, (3, 50))), 0.6


class BatchArrows(Picture):
    """Where the steps of batches point, around that of all rows; and their noise."""

    controls = {
        "moment": Choice("moment", MOMENTS),
        "size": Knob("batch size", SIZES, whole=True),
    }
    start = {"moment": MOMENTS[0], "size": 200}
    states = {
        "start, 1 row": {"moment": MOMENTS[0], "size": 1},
        "start, 10 rows": {"moment": MOMENTS[0], "size": 10},
        "late, 10 rows": {"moment": MOMENTS[1], "size": 10},
        "late, 50 rows": {"moment": MOMENTS[1], "size": 50},
    }
    redraw = ("moment",)

    def draw(self, figure, moment, size):
        reach = REACH[moment]
        plane = figure.add_axes((0.085, 0.17, 0.5, 0.7))
        plane.set(xlim=(-reach, reach), ylim=(-reach * FLAT, reach * FLAT))
        plane.set(xlabel="along the true step: downhill is right")
        plane.set_ylabel("across", labelpad=1)
        plane.set_title("steps of 40 batches", loc="left", **STILL)
        ticks(plane.xaxis, np.linspace(-reach, reach, 5))
        ticks(plane.yaxis, np.linspace(-reach / 2, reach / 2, 3))
        plane.axvline(0, color=GREY, lw=1)
        (self.strokes,) = plane.plot([], [], color=BLUE, lw=1)
        (self.tips,) = plane.plot([], [], "o", color=BLUE, ms=4)
        (true,) = plane.plot([0, 1], [0, 0], color=BLACK, lw=3)
        arrow = {"marker": ">", "color": BLACK, "ls": "", "ms": 9}
        (tip,) = plane.plot([1], [0], **arrow)
        (key,) = plane.plot([], [], **arrow, label="of all 200 rows", **STILL)
        figure.legend(
            handles=[key], loc="upper right", bbox_to_anchor=(0.6, 1.02), handlelength=1
        )
        curve = figure.add_axes((0.7, 0.17, 0.285, 0.7))
        curve.set(xscale="log", yscale="log", xlim=(0.8, 250), ylim=(0.1, 100))
        curve.set(xlabel="batch size")
        curve.set_title("noise / true gradient", **STILL)
        ticks(curve.xaxis, [1, 10, 100])
        ticks(curve.yaxis, [0.1, 1, 10, 100])
        curve.grid(True)
        sizes = np.array(SIZES[:-1])
        curve.plot(sizes, noise(moment, sizes), color=BLUE)
        (self.here,) = curve.plot([], [], "o", color=VERMILLION, mec=BLACK, ms=11)
        return [*on_top(self.strokes, self.tips, true, tip), self.here]

    def move(self, moment, size):
        tips = arrows(moment, size)
        self.strokes.set_data(*joined([np.array([[0, 0], tip]) for tip in tips]))
        self.tips.set_data(*tips.T)
        # All rows have no noise, which has no place on an axis of powers of ten.
        some = [size] if size < len(X) else []
        self.here.set_data(some, [noise(moment, each) for each in some])

    def words(self, moment, size):
        tips = arrows(moment, size)
        uphill = int((tips[:, 0] < 0).sum())
        beyond = int((np.abs(tips) > REACH[moment] * np.array([1, FLAT])).any(1).sum())
        out = f" Beyond the picture: {beyond}." if beyond else ""
        when = f"{moment[0].upper()}{moment[1:]}"
        if size == len(X):
            return (
                f"{when}, all {size} rows in a batch: there is one such batch, and its "
                "step is the true one."
            )
        return (
            f"{when}, {count(size, 'row')} in a batch. Uphill: {uphill} of {ARROWS} "
            f"steps.{out} The noise is {say(noise(moment, size))} times as long as the "
            "true gradient."
        )


RATES = (0.05, 0.1, 0.2, 0.5, 1, 2, 5)
BATCHES = 1, 10, 200
EPOCHS = 20
HIGHEST = 5  # loss on the axis
EVERY = 20  # examples, from one measured loss to the next


@lru_cache(maxsize=8)
def _falling(rates):
    """Return for each of the BATCHES the examples seen, and the loss at each rate."""
    found = []
    for size in BATCHES:
        every = max(size, EVERY)
        losses = by_batches(START, X, y, rates, size, EPOCHS, every)
        found.append((every * np.arange(len(losses)), losses))
    return found


class Epochs(Picture):
    """The mean loss of batches of 1, 10 and all 200 rows, against examples seen."""

    size = (8.4, 3.3)
    controls = {
        "learning_rate": Knob("learning rate η", RATES),
        "epoch": Knob("epoch", tuple(range(EPOCHS + 1)), whole=True, play=True),
    }
    start = {"learning_rate": 0.1, "epoch": 0}
    states = {
        "rate 0.1": {"learning_rate": 0.1, "epoch": EPOCHS},
        "rate 0.5": {"learning_rate": 0.5, "epoch": EPOCHS},
        # After that, and at larger rates, the last digit decides where single rows end.
        "rate 1": {"learning_rate": 1, "epoch": 10},
    }

    def losses(self, learning_rate):
        """Return for each of the BATCHES the examples seen, and the loss there."""
        if learning_rate in RATES:
            run = RATES.index(learning_rate)
            return [(seen, losses[:, run]) for seen, losses in _falling(RATES)]
        return [(seen, losses[:, 0]) for seen, losses in _falling((learning_rate,))]

    def draw(self, figure, learning_rate, epoch):
        axes = figure.add_axes((0.065, 0.18, 0.895, 0.655))
        axes.set(yscale="log", xlim=(-40, EPOCHS * len(X)), ylim=(0.2, HIGHEST))
        axes.set(xlabel="examples seen")
        axes.set_title("mean loss over all 200 rows", loc="left", **STILL)
        ticks(axes.xaxis, range(0, EPOCHS * len(X) + 1, 1000))
        ticks(axes.yaxis, [0.2, 0.5, 1, 2, HIGHEST])
        axes.grid(True)
        looks = FIRST, SECOND, {"color": BLACK, "marker": "^", "ls": ":"}
        names = "batches of 1", "of 10", "all 200 at once"
        looks = [{**look, "label": each} for look, each in zip(looks, names)]
        self.curves = Curves(axes, *looks)
        figure.legend(
            handles=self.curves.keys, ncols=3,
            loc="upper right", bbox_to_anchor=(0.995, 1.02),
        )  # fmt: skip
        right = {"ha": "right", "va": "bottom", "transform": axes.transAxes}
        self.beyond = axes.text(1, 1.01, "", **right)
        return [*self.curves.moving, *on_top(self.beyond)]

    def move(self, learning_rate, epoch):
        for i, (seen, losses) in enumerate(self.losses(learning_rate)):
            now = seen <= epoch * len(X)
            x, y = seen[now], np.minimum(losses[now], HIGHEST)
            self.curves.lines[i].set_data(x, y)
            self.curves.dots[i].set_data(x[-1:], y[-1:])
        names = self._beyond(learning_rate, epoch)
        self.beyond.set_text(f"↑ beyond {HIGHEST}: {names}" if names else "")

    def _beyond(self, learning_rate, epoch):
        """Say which batches have had a loss beyond the axis by now."""
        return ", ".join(
            f"batches of {size}"
            for size, (seen, losses) in zip(BATCHES, self.losses(learning_rate))
            if losses[seen <= epoch * len(X)].max() > HIGHEST
        )

    def words(self, learning_rate, epoch):
        ends = [
            losses[seen == epoch * len(X)][0]
            for seen, losses in self.losses(learning_rate)
        ]
        updates = [epoch * len(X) // size for size in BATCHES]
        one, ten, all_rows = (
            f"{say(loss)} after {count(each, 'update')}"
            for loss, each in zip(ends, updates)
        )
        return (
            f"{after(epoch, 'epoch')} at learning rate {say(learning_rate)} each has "
            f"seen {count(epoch * len(X), 'example')}. The mean loss is {one} with "
            f"batches of 1, {ten} with batches of 10, and {all_rows} with all rows at "
            "once."
        )
