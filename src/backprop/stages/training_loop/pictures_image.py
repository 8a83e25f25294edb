"""The gradient is an image: 3s and 7s, each times its delta, added up."""

from functools import cache

import numpy as np

from backprop import network
from backprop.data import threes_and_sevens
from backprop.graph import board, cells
from backprop.image import SIGNED, image, square
from backprop.picture import (
    BLACK,
    BLUE,
    GREY,
    VERMILLION,
    Knob,
    Picture,
    after,
    count,
    on_top,
    say,
    stems,
    ticks,
)

RATE = 0.01
ITERATIONS = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
ROWS, COLUMNS = 3, 8  # of the images that are seen
SEEN = ROWS * COLUMNS
ADDED = (*range(13), 15, 18, 21, SEEN, 40, 60, 80, 120, 160, 200, 239)
WIDE, HIGH = 12.0, 10.0  # of an image with its bar, in pixels of the image
STEEPEST = 0.15  # no delta is longer: (1 − a) a(1 − a) is at most 4/27


@cache
def _weights():
    """Return the weights at each iteration, from 0 on: (iterations, 64, 1)."""
    X, y, _, _ = threes_and_sevens()
    last = ITERATIONS[-1]
    # At a random start the nine pixels that never have ink would stay random.
    start = [network.Layer(np.zeros((X.shape[1], 1)))]
    return network.train(start, X, y, RATE, last, range(last + 1)).network[0].W


@cache
def pulls(iteration):
    """Return each image's pull, −delta, and the images' order, strongest first."""
    X, y, _, _ = threes_and_sevens()
    a = network.sigmoid(X @ _weights()[iteration])
    pull = ((y - a) * a * (1 - a))[:, 0]
    # Rounded, so that equal ones stay in the order of the data.
    return pull, np.argsort(-abs(pull).round(12), kind="stable")


def carrying(iteration, share=0.5):
    """Return how many images, the strongest first, carry this share of the pull."""
    pull, order = pulls(iteration)
    carried = np.cumsum(abs(pull[order]))
    return int(np.argmax(carried > share * carried[-1] - 1e-9)) + 1


class GradientImage(Picture):
    """3s and 7s in the order of their deltas, their sum so far, and the weights."""

    size = (8.4, 3.5)
    controls = {
        # First, since neighbouring states pack together: it changes most.
        "iteration": Knob("iteration", ITERATIONS, whole=True),
        "added": Knob("images added", ADDED, whole=True, play=True),
    }
    start = {"iteration": 10, "added": 12}
    states = {
        "one image": {"iteration": 0, "added": 1},
        "a 3 and a 7": {"iteration": 0, "added": 2},
        "the first step": {"iteration": 0, "added": ADDED[-1]},
        "late: five images": {"iteration": 500, "added": 5},
        "late: all images": {"iteration": 500, "added": ADDED[-1]},
    }

    def draw(self, figure, iteration, added):
        self._draw_images(figure)
        self._draw_strip(figure)
        self.maps, self.darkest = [], []
        for left, name in (0.61, "sum of image · (−δ)"), (0.81, "w + 0.01 · sum"):
            axes = square(figure, left, 0.435, 0.18)
            axes.set_title(name)
            self.maps.append(image(axes, np.zeros((8, 8)), SIGNED, -1))
            middle = {"ha": "center", "va": "top"}
            self.darkest.append(axes.text(3.5, 7.8, "", **middle))
        X, y, _, _ = threes_and_sevens()
        for left, digit in (0.61, 3), (0.71, 7):
            axes = square(figure, left, 0.02, 0.08)
            mean = X[y[:, 0] == (digit == 7)].mean(0)
            image(axes, mean.reshape(8, 8), "gray_r")
            figure.text(left + 0.04, 0.235, f"mean {digit}", ha="center")
        for y, color, text in (
            (0.205, BLUE, "■ ink speaks for 7"),
            (0.125, VERMILLION, "■ ink speaks for 3"),
            (0.045, BLACK, "□ for neither"),
        ):
            figure.text(0.805, y, text, color=color)
        moving = self.sheet, self.frames, self.last, self.wrong, *self.bars
        moving = *moving, *self.strip, self.at, self.half
        return on_top(*moving, *self.maps, *self.darkest)

    def _draw_images(self, figure):
        """Draw the images that are seen, each with a bar beside it."""
        width, height = WIDE * COLUMNS, HIGH * ROWS
        across = 0.585
        up = across * 8.4 / 3.5 * height / width
        axes = board(figure, (0.005, 0.465, across, up), width, height)
        axes.set(xlim=(-1, width - 1), ylim=(height - 1, -1))
        figure.text(
            0.01, 0.94, "the 24 with the largest δ: image and −δ;  × read wrong"
        )
        self.sheet = image(axes, np.zeros((int(height), int(width))), "gray_r")
        self.places = np.array(
            [(WIDE * (i % COLUMNS), HIGH * (i // COLUMNS)) for i in range(SEEN)]
        )
        zero = self.places[:, 1] + 3.5
        axes.hlines(zero, self.places[:, 0] + 8, self.places[:, 0] + 10, GREY, lw=1)
        (self.frames,) = axes.plot([], [], color=GREY, lw=1)
        (self.last,) = axes.plot([], [], color=BLACK, lw=2.5)
        (self.wrong,) = axes.plot([], [], "x", color=BLACK, ms=7, mew=2)
        self.bars = [
            axes.plot([], [], color=color, lw=5, solid_capstyle="butt")[0]
            for color in (BLUE, VERMILLION)
        ]

    def _draw_strip(self, figure):
        """Draw the bars of all images, in the same order."""
        axes = figure.add_axes((0.065, 0.155, 0.505, 0.2))
        axes.set(xlim=(0, ADDED[-1] + 1), ylim=(-STEEPEST, STEEPEST))
        axes.set_xlabel("all 239 images;  ▲ added;  dashed: half of the pull")
        ticks(axes.xaxis, [1, 50, 100, 150, 200])
        ticks(axes.yaxis, [-0.1, 0, 0.1])
        self.strip = [
            axes.plot([], [], color=color, lw=1.4, solid_capstyle="butt")[0]
            for color in (BLUE, VERMILLION)
        ]
        (self.half,) = axes.plot([], [], "--", color=BLACK, lw=1.5)
        (self.at,) = axes.plot([], [], "^", color=BLACK, ms=9, clip_on=False)

    def _sums(self, iteration, added):
        """Return what the first images add, and the weights with 0.01 times it."""
        X, _, _, _ = threes_and_sevens()
        pull, order = pulls(iteration)
        first = order[:added]
        total = X[first].T @ pull[first]
        return total, _weights()[iteration][:, 0] + RATE * total

    def move(self, iteration, added):
        X, y, _, _ = threes_and_sevens()
        pull, order = pulls(iteration)
        seen = order[:SEEN]
        sheet = np.zeros((ROWS, int(HIGH), COLUMNS, int(WIDE)))
        images = X[seen].reshape(ROWS, COLUMNS, 8, 8).swapaxes(1, 2)
        sheet[:, :8, :, :8] = images
        self.sheet.set_data(sheet.reshape(ROWS * int(HIGH), -1))

        x, zero = self.places[:, 0] + 9, self.places[:, 1] + 3.5
        tall = -3.9 / STEEPEST * pull[seen]
        for bars, kind in zip(self.bars, (y[seen, 0] == 1, y[seen, 0] == 0)):
            bars.set_data(*stems(x[kind], zero[kind], (zero + tall)[kind]))
        wrong = read_wrong(iteration)[0][seen]
        self.wrong.set_data(self.places[wrong].T + 0.4)
        corners = self.places[: min(added, SEEN)]
        squares = [cells((cx - 0.5, -cy + 0.5), 1, 1, 8) for cx, cy in corners]
        lines = np.hstack(squares or [np.empty((2, 0))]) * [[1], [-1]]
        self.frames.set_data(lines)
        self.last.set_data(lines[:, -6:] if added <= SEEN else ([], []))

        place = np.arange(1, len(order) + 1)
        for bars, kind in zip(self.strip, (y[order, 0] == 1, y[order, 0] == 0)):
            bars.set_data(*stems(place[kind], 0, pull[order][kind]))
        self.at.set_data([added + 0.5], [-STEEPEST])
        self.half.set_data([carrying(iteration) + 0.5] * 2, [-STEEPEST, STEEPEST])

        sums = self._sums(iteration, added)
        for shown, text, values in zip(self.maps, self.darkest, sums):
            darkest = abs(values).max()
            shown.set_data((values / (darkest or 1)).reshape(8, 8))
            text.set_text(f"darkest: {say(darkest, 2)}")

    def words(self, iteration, added):
        pull, order = pulls(iteration)
        _, y, _, _ = threes_and_sevens()
        total, weights = self._sums(iteration, added)
        share = 100 * abs(pull[order[:added]]).sum() / abs(pull).sum()
        sevens = int(y[order[:added]].sum())
        kinds = f", {sevens} of them {'a 7' if sevens == 1 else '7s'}"
        if added == 1:
            kinds = f", a {'7' if sevens else '3'}"
        training, new = (int(each.sum()) for each in read_wrong(iteration))
        verdict = (
            f"{count(training, 'training image')} and {new} of 123 held-out images "
            f"{'is' if training + new == 1 else 'are'} read wrong"
        )
        if not iteration:
            verdict = "Every output is ½"
        return (
            f"{after(iteration)} {carrying(iteration)} of {len(pull)} images carry "
            f"half of the pull. {count(added, 'image')} added"
            f"{kinds if added else ''}: {say(share, 2)} % of it. The largest "
            f"entry of the sum is {say(abs(total).max())}, the largest weight "
            f"{say(abs(weights).max())}. {verdict}."
        )


@cache
def read_wrong(iteration):
    """Return which images are on the wrong side of ½: training, held out."""
    X, y, X_new, y_new = threes_and_sevens()
    W = _weights()[iteration]
    return [
        abs(network.sigmoid(rows @ W) - right)[:, 0] > 0.5
        for rows, right in ((X, y), (X_new, y_new))
    ]
