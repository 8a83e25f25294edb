"""Stage 10, part 3: the highest temperature of each day, by a network and a wave."""

from functools import cache, lru_cache

import numpy as np

from backprop import network
from backprop.data import seattle
from backprop.picture import (
    BLACK,
    BLUE,
    GREY,
    Knob,
    Picture,
    count,
    say,
    ticks,
)
from backprop.training import (
    FIRST,
    SECOND,
    Curves,
    Rates,
    at,
    finite,
    iteration_axis,
    up_to,
)

RATES = (0.0001, 0.0002, 0.0003, 0.0005, 0.0007, 0.001, 0.002, 0.003, 0.005, 0.01)
ITERATIONS = (0, 1, 2, 3, 5, 7, 10, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700,
              1000, 1500, 2000, 3000)  # fmt: skip
WIDTHS = (1, 2, 3, 4, 6, 8, 10)
YEAR = np.linspace(-1, 1, 183)[:, None]
MONTHS = np.cumsum([1, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30])  # their first days


@cache
def days():
    """Return X, y to train on, each 7th day to 2014; and X, y held out, all of 2015.

    X is the day of the year, from -1 on 1 January to 1 on 31 December; y is in °C.
    """
    year, day, highest = seattle()
    X = (day - 183) / 182
    train, new = np.flatnonzero(year < 2015)[::7], year == 2015
    return X[train], highest[train], X[new], highest[new]


def wave(X):
    """Return the columns of a wave that repeats each year: (n, 3)."""
    return np.hstack([np.ones_like(X), np.sin(np.pi * X), np.cos(np.pi * X)])


@cache
def fitted_wave():
    """Return the three numbers of the wave with the least squares in training."""
    X, y, *_ = days()
    return np.linalg.lstsq(wave(X), y)[0]


def typical_error(a, y):
    """Return the root of the mean of the squared errors."""
    with np.errstate(over="ignore"):
        return np.sqrt(((a - y) ** 2).mean())


@cache
def _trained(width):
    """Return the training of a network with so many hidden units, at any rate."""
    X, y, *_ = days()
    start = network.init((1, width, 1), hidden="tanh", output="linear")
    return Rates(start, X, (y - y.mean()) / y.std(), (), ITERATIONS)  # each alone


@lru_cache(maxsize=256)
def _network(learning_rate, iteration, width):
    """Return the network as it is then."""
    return at(_trained(width).history(learning_rate), learning_rate, iteration)


def _outputs(X, *when):
    """Return the network's temperatures in °C: learning rate, iteration, width."""
    _, y, *_ = days()
    one = _network(*when)
    if not finite(one):
        return np.full((len(X), 1), np.inf)
    return network.forward(one, X)[-1] * y.std() + y.mean()


@lru_cache(maxsize=1024)
def _errors(*when):
    """Return the typical errors: in training, held out."""
    X, y, X_new, y_new = days()
    return typical_error(_outputs(X, *when), y), typical_error(
        _outputs(X_new, *when), y_new
    )


@cache
def baseline_errors():
    """Return the typical errors in 2015 of the wave, and of the mean in training."""
    _, y, X_new, y_new = days()
    return [typical_error(a, y_new) for a in (wave(X_new) @ fitted_wave(), y.mean())]


class Regression(Picture):
    """The curve through the days, beside a wave, and the errors."""

    size = (8.4, 3.1)
    controls = {
        "learning_rate": Knob("learning rate η", RATES),
        "iteration": Knob("iteration", ITERATIONS, whole=True, play=True),
        "width": Knob("hidden units", WIDTHS, whole=True),
    }
    start = {"learning_rate": 0.002, "iteration": 0, "width": 1}
    states = {
        "one unit": {"learning_rate": 0.002, "iteration": 1000, "width": 1},
        "two units": {"learning_rate": 0.002, "iteration": 1000, "width": 2},
        "ten units": {"learning_rate": 0.002, "iteration": 1000, "width": 10},
        "diverges": {"learning_rate": 0.01, "iteration": 5, "width": 10},
    }

    def draw(self, figure, learning_rate, iteration, width):
        X, y, X_new, y_new = days()
        year = figure.add_axes((0.045, 0.185, 0.53, 0.665))
        year.set(xlim=(-1.02, 1.02), ylim=(-4, 38))
        ticks(year.yaxis, [0, 10, 20, 30])
        year.set_xticks((MONTHS - 183) / 182, "JFMAMJJASOND")
        year.set_xlabel("day of the year")
        year.plot(X_new, y_new, "s", color="#D0803F", ms=3)  # pale VERMILLION
        year.plot(X, y, "o", color=BLUE, ms=4)
        year.plot(YEAR, wave(YEAR) @ fitted_wave(), "--", color=GREY)
        (self.curve,) = year.plot([], [], color=BLACK)
        figure.text(0.005, 0.925, "highest temperature of the day, °C")

        errors = figure.add_axes((0.645, 0.185, 0.345, 0.56))
        iteration_axis(errors, ITERATIONS[-1])
        errors.set(yscale="log", ylim=(2.9, 30))
        ticks(errors.yaxis, [3, 5, 10, 20, 30])
        # The errors begin above the wave's, and end below the mean's.
        looks = ("wave, 2015", 0.015, "left"), ("mean, 2015", 0.985, "right")
        for error, (label, x, ha), ls, lw in zip(
            baseline_errors(), looks, ("--", "-"), (2, 1)
        ):
            errors.axhline(error, color=GREY, ls=ls, lw=lw)
            where = errors.get_yaxis_transform()
            errors.text(x, 1.07 * error, label, color=GREY, ha=ha, transform=where)
        new = {**SECOND, "ls": ":", "label": "all of 2015"}
        self.errors = Curves(errors, {**FIRST, "label": "training days"}, new)
        figure.text(0.6, 0.925, "typical error, °C")
        figure.legend(
            handles=self.errors.keys, ncols=2, columnspacing=0.8,
            loc="upper left", bbox_to_anchor=(0.59, 0.92), handlelength=1.7,
        )  # fmt: skip
        return [self.curve, *self.errors.moving]

    def move(self, learning_rate, iteration, width):
        outputs = _outputs(YEAR, learning_rate, iteration, width)
        self.curve.set_data(YEAR, np.clip(outputs, -1000, 1000))
        x = up_to(iteration, ITERATIONS)
        errors = np.transpose([_errors(learning_rate, i, width) for i in x.tolist()])
        self.errors.move(x, *np.minimum(errors, 30))  # the top of the axis

    def words(self, learning_rate, iteration, width):
        train, new = _errors(learning_rate, iteration, width)
        wave_error, mean_error = baseline_errors()
        result = "the error has grown beyond all bounds"
        if np.isfinite(train):
            result = (
                f"the typical error is {say(train)} °C on the days of training and "
                f"{say(new)} °C on the days of 2015"
            )
        return (
            f"Iteration {iteration:,} at learning rate {say(learning_rate)} with "
            f"{count(width, 'hidden unit')}: {result}. In 2015 the wave (dashed) has "
            f"{say(wave_error)} °C, the mean {say(mean_error)} °C."
        )
