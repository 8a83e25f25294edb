"""Stage 10, part 2: handwritten digits, and those that a network gets wrong."""

from functools import cache, lru_cache

import numpy as np

from backprop import network
from backprop.data import digits
from backprop.picture import GREY, Choice, Knob, Picture, say, ticks
from backprop.training import FIRST, SECOND, Curves, at, iteration_axis, up_to

ITERATIONS = (0, 1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300)
HIDDEN = {"none": (64, 10), "30 units": (64, 30, 10)}
HELD_OUT = "the last 597", "597 at random"
ROWS, COLUMNS = 3, 7
RATE = 0.0015


def nearest_mean(X, labels, X_new):
    """Return for each row of X_new the label whose mean image is nearest."""
    means = np.array([X[labels == label].mean(0) for label in range(10)])
    return ((X_new[:, None] - means) ** 2).sum(-1).argmin(1)


@cache
def _problem(held_out):
    """Return X, labels, X_new, new labels; the new images; the baseline's answers."""
    pixels, labels = digits()
    order = np.arange(len(pixels))
    if held_out == HELD_OUT[1]:
        order = np.random.default_rng(0).permutation(order)
    train, new = order[:1200], order[1200:]
    X = (pixels - pixels[train].mean(0)) / 16
    baseline = nearest_mean(X[train], labels[train], X[new])
    images = pixels[new].reshape(-1, 8, 8)
    return X[train], labels[train], X[new], labels[new], images, baseline


@cache
def _history(hidden, held_out):
    """Return the History of a network over `ITERATIONS`."""
    X, labels, *_ = _problem(held_out)
    start = network.init(HIDDEN[hidden], hidden="tanh", scale="xavier")
    last, targets = ITERATIONS[-1], np.eye(10)[labels]
    return network.train(start, X, targets, RATE, last, ITERATIONS, "cross-entropy")


@lru_cache(maxsize=256)
def _answers(hidden, held_out, iteration):
    """Return the answers then: for the training images, for the held-out ones."""
    X, _, X_new, *_ = _problem(held_out)
    one = at(_history(hidden, held_out), RATE, iteration)
    return [network.forward(one, rows)[-1].argmax(1) for rows in (X, X_new)]


def _shares_wrong(hidden, held_out, iteration):
    """Return the shares read wrong then: in training, held out."""
    _, labels, _, new_labels, *_ = _problem(held_out)
    pairs = zip(_answers(hidden, held_out, iteration), (labels, new_labels))
    return [(answer != right).mean() for answer, right in pairs]


class Digits(Picture):
    """How many digits are read wrong, and which."""

    size = (8.4, 3.1)
    controls = {
        "hidden": Choice("hidden layer", tuple(HIDDEN)),
        "held_out": Choice("held out", HELD_OUT),
        "iteration": Knob("iteration", ITERATIONS, whole=True, play=True),
    }
    start = {"hidden": "30 units", "held_out": HELD_OUT[0], "iteration": 0}
    states = {
        "no hidden layer": {**start, "hidden": "none", "iteration": 300},
        "hidden layer": {**start, "iteration": 300},
        "shuffled first": {**start, "held_out": HELD_OUT[1], "iteration": 300},
    }

    def draw(self, figure, hidden, held_out, iteration):
        errors = figure.add_axes((0.075, 0.185, 0.37, 0.58))
        iteration_axis(errors, ITERATIONS[-1])
        errors.set_yscale("symlog", linthresh=1, linscale=0.4)
        errors.set_ylim(0, 110)
        ticks(errors.yaxis, [0, 1, 3, 10, 30, 100])
        self.baseline = errors.axhline(0, color=GREY, ls="--")
        self.baseline.set_label("nearest mean")
        training = {**FIRST, "label": "training", "clip_on": False}
        held_out = {**SECOND, "ls": ":", "label": "held out", "clip_on": False}
        self.curves = Curves(errors, training, held_out)
        figure.text(0.005, 0.93, "% read wrong")
        figure.legend(
            handles=[*self.curves.keys, self.baseline], ncols=3, columnspacing=0.6,
            loc="upper left", bbox_to_anchor=(-0.01, 0.94), handlelength=1.7,
        )  # fmt: skip

        # A row of captions is one text: seven times six characters of equal width.
        figure.text(0.49, 0.93, "read wrong, the first 21: digit → answer")
        width = COLUMNS * 60.2 / 840
        images = figure.add_axes((0.49, 0.12, width, width * 8.4 / 3.1 * 39 / 70))
        images.set(xticks=[], yticks=[])
        images.spines[:].set_visible(False)
        self.images = images.imshow(
            np.zeros((13 * ROWS, 10 * COLUMNS)), cmap="gray_r", vmin=0, vmax=16,
            aspect="auto", interpolation="none",
        )  # fmt: skip
        self.captions = [
            images.text(0, 13 * row + 10.2, "", family="monospace", va="center")
            for row in range(ROWS)
        ]
        return [self.baseline, *self.curves.moving, self.images, *self.captions]

    def move(self, hidden, held_out, iteration):
        *_, new_labels, images, baseline = _problem(held_out)
        self.baseline.set_ydata([100 * (baseline != new_labels).mean()] * 2)
        x = up_to(iteration, ITERATIONS)
        wrong = [_shares_wrong(hidden, held_out, i) for i in x.tolist()]
        self.curves.move(x, *(100 * np.transpose(wrong)))

        _, answer = _answers(hidden, held_out, iteration)
        wrong = np.flatnonzero(answer != new_labels)[: ROWS * COLUMNS]
        sheet = np.zeros((ROWS * COLUMNS, 13, 10))
        sheet[: len(wrong), 1:9, 1:9] = images[wrong]
        sheet = sheet.reshape(ROWS, COLUMNS, 13, 10).swapaxes(1, 2)
        self.images.set_data(sheet.reshape(13 * ROWS, 10 * COLUMNS))
        text = [f" {new_labels[i]}→{answer[i]}  " for i in wrong]
        for row, caption in enumerate(self.captions):
            caption.set_text("".join(text[COLUMNS * row : COLUMNS * (row + 1)]))

    def words(self, hidden, held_out, iteration):
        _, labels, _, new_labels, _, baseline = _problem(held_out)
        train, new = _answers(hidden, held_out, iteration)
        wrong = new != new_labels
        layer = "no hidden layer" if hidden == "none" else "30 hidden units"
        return (
            f"Iteration {iteration}, {layer}, held out: {held_out}. Of these, "
            f"{wrong.sum()} are read wrong, {say(100 * wrong.mean())} %; of the 1,200 "
            f"in training {(train != labels).sum():,}. The nearest mean image gets "
            f"{(baseline != new_labels).sum()} of the 597 wrong."
        )
