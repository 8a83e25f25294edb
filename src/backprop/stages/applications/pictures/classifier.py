"""Stage 10, part 1: two classes of points told apart, by a network and by a line."""

from functools import cache, lru_cache

import numpy as np
from matplotlib.colors import ListedColormap

from backprop import network
from backprop.data import moons
from backprop.picture import (
    BLACK,
    BLUE,
    GREY,
    VERMILLION,
    Knob,
    Picture,
    say,
    ticks,
)
from backprop.training import (
    FIRST,
    SECOND,
    Curves,
    Rates,
    at,
    half,
    iteration_axis,
    up_to,
)

RATES = (0.001, 0.002, 0.003, 0.005, 0.007, 0.01, 0.02, 0.03, 0.05, 0.07, 0.1,
         0.2, 0.3, 0.5)  # fmt: skip
ITERATIONS = (0, 1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700,
              1000, 1500, 2000, 3000, 5000)  # fmt: skip
ACROSS, UP = np.linspace(-2.3, 2.3, 93), np.linspace(-1.6, 1.6, 65)
GRID = np.stack(np.meshgrid(ACROSS, UP), axis=-1).reshape(-1, 2)
TINTS = ListedColormap(["#CCE3F0", "#F9E0CC"])  # pale BLUE, pale VERMILLION


def best_line(X, y):
    """Return (w, t) of the line w·x = t with most rows of X on the right side.

    Of all lines whose w points at a whole degree, halfway between two neighbours.
    """
    most, line = 0, None
    for angle in np.radians(np.arange(360)):
        w = np.array([np.cos(angle), np.sin(angle)])
        p = np.sort(X @ w)
        cuts = (p[1:] + p[:-1]) / 2
        right = (((X @ w)[:, None] > cuts) == y).sum(0)
        if right.max() > most:
            most, line = right.max(), (w, cuts[right.argmax()])
    return line


@cache
def points():
    """Return X, y to train on, X, y held out, and the best line on the first two."""
    train = moons(100)
    return *train, *moons(1000, seed=1), best_line(*train)


@cache
def _trained():
    """Return the training of the network, at any rate."""
    X, y, *_ = points()
    start = network.init((2, 12, 1), hidden="tanh", scale=1.5)
    return Rates(start, X, y, RATES, ITERATIONS, "cross-entropy")


@lru_cache(maxsize=64)
def _curves(learning_rate):
    """Return the share right at each iteration kept: in training, held out."""
    return _shares(_trained().history(learning_rate).network)


def _network(learning_rate, iteration):
    """Return the network as it is then."""
    return at(_trained().history(learning_rate), learning_rate, iteration)


def _shares(one):
    """Return the share of outputs on their target's side of ½: training, held out."""
    X, y, X_new, y_new, _ = points()
    pairs = (network.forward(one, X)[-1], y), (network.forward(one, X_new)[-1], y_new)
    return [((a > 0.5) == (target > 0.5)).mean((-2, -1)) for a, target in pairs]


class Classifier(Picture):
    """The boundary between two classes, and how many points are on the right side."""

    controls = {
        "learning_rate": Knob("learning rate η", RATES),
        "iteration": Knob("iteration", ITERATIONS, whole=True, play=True),
    }
    start = {"learning_rate": 0.02, "iteration": 0}
    states = {
        "like a line": {"learning_rate": 0.02, "iteration": 15},
        "bent": {"learning_rate": 0.02, "iteration": 200},
        "every point": {"learning_rate": 0.02, "iteration": 5000},
        "too slow": {"learning_rate": 0.001, "iteration": 200},
        "too fast": {"learning_rate": 0.5, "iteration": 3},
    }

    def draw(self, figure, learning_rate, iteration):
        X, y, _, _, (w, t) = points()
        plane = figure.add_axes((0.01, 0.03, 0.51, 0.51 * 8.4 / 3.6 * 3.2 / 4.6))
        frame = -2.3, 2.3, -1.6, 1.6
        plane.set(xlim=frame[:2], ylim=frame[2:], xticks=[], yticks=[])
        self.sides = plane.imshow(
            np.zeros((len(UP), len(ACROSS))), cmap=TINTS, vmin=0, vmax=1, zorder=0.5,
            origin="lower", extent=frame, interpolation="none",
        )  # fmt: skip
        for side, marker, color in (0, "o", BLUE), (1, "s", VERMILLION):
            plane.plot(*X[y[:, 0] == side].T, marker, color=color, ms=7, mew=0)
        along = np.array([-w[1], w[0]])
        plane.plot(
            *np.transpose([t * w - 5 * along, t * w + 5 * along]), "--", color=GREY
        )
        (self.boundary,) = plane.plot([], [], color=BLACK)

        shares = figure.add_axes((0.6, 0.175, 0.39, 0.585))
        iteration_axis(shares, ITERATIONS[-1])
        shares.set_ylim(29, 101)
        ticks(shares.yaxis, range(30, 101, 10))
        new = {**SECOND, "ls": ":", "label": "new points"}
        self.curves = Curves(shares, {**FIRST, "label": "training points"}, new)
        line = shares.axhline(100 * self._line(), color=GREY, ls="--")
        line.set_label("best straight line, new points")
        old, new = self.curves.keys
        figure.legend(
            handles=[old, line, new], ncols=2, columnspacing=-4,
            loc="upper left", bbox_to_anchor=(0.54, 1.01), alignment="left",
            title="% on the right side", title_fontsize=12,
        )  # fmt: skip
        return [self.sides, self.boundary, *self.curves.moving]

    def _line(self):
        """Return the share of held-out points that the best line gets right."""
        _, _, X_new, y_new, (w, t) = points()
        return ((X_new @ w > t) == y_new[:, 0]).mean()

    def move(self, learning_rate, iteration):
        one, x = _network(learning_rate, iteration), up_to(iteration, ITERATIONS)
        a = network.forward(one, GRID)[-1].reshape(len(UP), len(ACROSS))
        self.sides.set_data(a > 0.5)
        self.boundary.set_data(*half(ACROSS, UP, a))
        shares = zip(_curves(learning_rate), _shares(one))
        shares = (np.append(kept[: len(x) - 1], now) for kept, now in shares)
        self.curves.move(x, *(100 * share for share in shares))

    def words(self, learning_rate, iteration):
        one = _network(learning_rate, iteration)
        now, new = _shares(one)
        X, y, *_ = points()
        loss = network.loss_value(one, X, y, "cross-entropy")
        return (
            f"Iteration {iteration:,} at learning rate {say(learning_rate)}: the loss "
            f"is {say(loss)}. Of the 100 training points {say(100 * now)} % are on the "
            f"right side, of 1,000 new ones {say(100 * new)} %. The best straight line "
            f"(dashed) gets {say(100 * self._line())} % of the new ones."
        )
