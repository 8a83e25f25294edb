"""Stage 10, part 1: two classes of points told apart, by a network and by lines."""

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
    Curves,
    Rates,
    at,
    half,
    iteration_axis,
    up_to,
)

RATES = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
ITERATIONS = (0, 1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700,
              1000, 1500, 2000, 3000, 5000)  # fmt: skip
ACROSS, UP = np.linspace(-2.3, 2.3, 93), np.linspace(-1.6, 1.6, 65)
GRID = np.stack(np.meshgrid(ACROSS, UP), axis=-1).reshape(-1, 2)
TINTS = ListedColormap(["#F9E0CC", "#CCE3F0"])  # pale VERMILLION, pale BLUE


def lines(X, y):
    """Return (rows on the right side, w, t) for many lines w·x = t, right where >.

    All whose w points at a whole degree, halfway between two neighbours. X: (n, 2).
    y: (n, 1), 0 or 1.
    """
    found = []
    for angle in np.radians(np.arange(360)):
        w = np.array([np.cos(angle), np.sin(angle)])
        p, order = np.sort(X @ w), np.argsort(X @ w)
        zeros_below = np.cumsum(y[order, 0] == 0)
        ones_above = y.sum() - np.cumsum(y[order, 0])
        right = (zeros_below + ones_above)[:-1]
        found += [(r, w, t) for r, t in zip(right, (p[1:] + p[:-1]) / 2)]
    return found


@cache
def points():
    """Return X and y three times: to train on, for validation, new ones."""
    return *moons(100), *moons(100, seed=2), *moons(1000, seed=1)


@cache
def best_share():
    """Return the share of the new points that the best of `lines` gets right."""
    *_, X_new, y_new = points()
    return max(right for right, *_ in lines(X_new, y_new)) / len(X_new)


@cache
def logistic_regression():
    """Return one neuron trained on the training points until it moves no more."""
    X, y, *_ = points()
    neuron = network.init((2, 1), scale=0)
    return network.train(neuron, X, y, 0.03, 2000, [2000], "cross-entropy").at(2000)


@cache
def _trained():
    """Return the training of the network, at any rate."""
    X, y, *_ = points()
    start = network.init((2, 12, 1), hidden="tanh", scale=1.5)
    return Rates(start, X, y, (), ITERATIONS, "cross-entropy")  # each alone


@lru_cache(maxsize=64)
def _curves(learning_rate):
    """Return the share right at each iteration kept: in training, of the new points."""
    return _shares(_trained().history(learning_rate).network)


@lru_cache(maxsize=64)
def stop(learning_rate):
    """Return the kept iteration with the smallest loss on the validation points."""
    _, _, X, y, *_ = points()
    trained = _trained().history(learning_rate).network
    loss = network.loss_value(trained, X, y, "cross-entropy")
    return ITERATIONS[np.argmin(loss)]


def _network(learning_rate, iteration):
    """Return the network as it is then."""
    return at(_trained().history(learning_rate), learning_rate, iteration)


def _shares(one):
    """Return the share of outputs on their target's side of ½: training, new points."""
    X, y, _, _, X_new, y_new = points()
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
        "stopped early": {"learning_rate": 0.02, "iteration": 100},
        "every point": {"learning_rate": 0.02, "iteration": 5000},
        "too slow": {"learning_rate": 0.001, "iteration": 200},
        "too fast": {"learning_rate": 0.5, "iteration": 3},
    }

    def draw(self, figure, learning_rate, iteration):
        X, y, *_ = points()
        plane = figure.add_axes((0.01, 0.03, 0.49, 0.49 * 8.4 / 3.6 * 3.2 / 4.6))
        frame = -2.3, 2.3, -1.6, 1.6
        plane.set(xlim=frame[:2], ylim=frame[2:], xticks=[], yticks=[])
        self.sides = plane.imshow(
            np.zeros((len(UP), len(ACROSS))), cmap=TINTS, vmin=0, vmax=1, zorder=0.5,
            origin="lower", extent=frame, interpolation="none",
        )  # fmt: skip
        for side, marker, color in (0, "s", VERMILLION), (1, "o", BLUE):
            look = {"ms": 7, "mew": 0, "label": f"class {side}"}
            plane.plot(*X[y[:, 0] == side].T, marker, color=color, **look)
        (w1, w2), b = logistic_regression()[0].W[:, 0], logistic_regression()[0].b[0, 0]
        across = np.array(frame[:2])
        plane.plot(across, -(w1 * across + b) / w2, "--", color=GREY)
        (self.boundary,) = plane.plot([], [], color=BLACK)
        plane.plot([], [], color=BLACK, label="network")
        plane.legend(
            ncols=3, loc="lower left", bbox_to_anchor=(-0.02, 0.99), handlelength=1.2,
            columnspacing=1, borderaxespad=0,
        )  # fmt: skip

        shares = figure.add_axes((0.6, 0.175, 0.39, 0.57))
        iteration_axis(shares, ITERATIONS[-1])
        shares.set_ylim(40, 101)
        ticks(shares.yaxis, range(40, 101, 10))
        self.stop = shares.axvline(0, color=GREY, ls=":")
        self.stop.set_label("validation's stop")
        training = {
            "color": BLACK,
            "marker": "^",
            "ls": "-",
            "label": "training points",
        }
        new = {"color": BLACK, "marker": "D", "ls": ":", "label": "new points"}
        self.curves = Curves(shares, training, new)
        neuron = 100 * _shares(logistic_regression())[1]
        neuron = shares.axhline(neuron, color=GREY, ls="--")
        neuron.set_label("logistic regression, new")
        best = shares.axhline(100 * best_share(), color=GREY, lw=1)
        best.set_label("best line, new")
        figure.legend(
            handles=[*self.curves.keys, self.stop, neuron, best], ncols=2,
            columnspacing=0.8, handlelength=1.6, loc="upper left", labelspacing=0.25,
            bbox_to_anchor=(0.51, 1.02), alignment="left", fontsize=11,
            title="% on the right side", title_fontsize=12,
        )  # fmt: skip
        return [self.sides, self.boundary, self.stop, *self.curves.moving]

    def move(self, learning_rate, iteration):
        one, x = _network(learning_rate, iteration), up_to(iteration, ITERATIONS)
        a = network.forward(one, GRID)[-1].reshape(len(UP), len(ACROSS))
        self.sides.set_data(a > 0.5)
        self.boundary.set_data(*half(ACROSS, UP, a))
        self.stop.set_xdata([stop(learning_rate)] * 2)
        self.stop.set_visible(iteration >= stop(learning_rate))
        shares = zip(_curves(learning_rate), _shares(one))
        shares = (np.append(kept[: len(x) - 1], now) for kept, now in shares)
        self.curves.move(x, *(100 * share for share in shares))

    def words(self, learning_rate, iteration):
        one = _network(learning_rate, iteration)
        now, new = _shares(one)
        X, y, *_ = points()
        loss = network.loss_value(one, X, y, "cross-entropy")
        _, neuron = _shares(logistic_regression())
        least, stopped = "", stop(learning_rate)
        if iteration >= stopped:
            least = (
                " Of the slider's iterations, the loss of the validation points is "
                f"least at {stopped:,}."
            )
        return (
            f"Iteration {iteration:,} at learning rate {say(learning_rate)}: the loss "
            f"is {say(loss)}. Of the 100 training points {say(100 * now)} % are on the "
            f"right side, of 1,000 new ones {say(100 * new)} %. Logistic regression "
            f"(dashed) gets {say(100 * neuron)} % of the new ones, the best "
            f"line by whole degrees {say(100 * best_share())} %.{least}"
        )
