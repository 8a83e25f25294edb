"""Stage 08: where floating point ends, at an output of 1 and at a tiny nudge."""

import numpy as np

from backprop.network import sigmoid
from backprop.picture import (
    BLACK,
    BLUE,
    GREY,
    STILL,
    VERMILLION,
    Knob,
    Picture,
    power,
    say,
    scientific,
    ticks,
)


class RoundingToOne(Picture):
    """How far the sigmoid is from 1, and how far the computer's sigmoid is."""

    size = (8.4, 3.4)
    controls = {"z": Knob("z", tuple(np.linspace(34, 38, 81).round(6).tolist()))}
    start = {"z": 35.3}
    states = {
        "coarse": {"z": 35},
        "last under 1": {"z": 36.7},
        "exactly 1": {"z": 36.8},
    }
    UNIT = 2.0**-53
    FINE = np.linspace(34, 38, 1601)

    def draw(self, figure, z):
        panel = figure.subplots()
        figure.subplots_adjust(0.06, 0.18, 0.985, 0.89)
        panel.set(xlim=(33.9, 38.1), ylim=(-0.9, 17), xlabel="z")
        title = "distance of σ(z) from 1, in units of $2^{-53}$"
        panel.set_title(title, loc="left", **STILL)
        ticks(panel.xaxis, range(34, 39))
        ticks(panel.yaxis, range(0, 17, 2))
        panel.grid(True, axis="y")
        last = 53 * np.log(2)
        panel.axvline(last, color=GREY, ls=":", lw=2)
        panel.text(last + 0.04, 15.2, "53 ln 2", color=GREY, **STILL)
        true = sigmoid(-self.FINE) / self.UNIT
        panel.plot(self.FINE, true, color=BLACK, ls="--")
        panel.plot([], [], "s--", color=BLACK, mfc="white", mew=2, label="true")
        panel.plot([], [], "o-", color=BLUE, label="computed, 1 − σ(z)")
        (self.stairs,) = panel.plot([], [], color=BLUE)
        (self.true,) = panel.plot([], [], "s", color=BLACK, mfc="white", mew=2, ms=10)
        (self.computed,) = panel.plot([], [], "o", color=BLUE, ms=11)
        figure.legend(
            loc="upper right", bbox_to_anchor=(0.99, 1.02), ncols=2, handlelength=2.6
        )
        return [self.stairs, self.true, self.computed]

    def move(self, z):
        past = self.FINE[self.FINE <= z]
        self.stairs.set_data(past, (1 - sigmoid(past)) / self.UNIT)
        self.true.set_data([z], [sigmoid(-z) / self.UNIT])
        self.computed.set_data([z], [(1 - sigmoid(z)) / self.UNIT])

    def words(self, z):
        true, computed = sigmoid(-z) / self.UNIT, (1 - sigmoid(z)) / self.UNIT
        lost = " The computed sigmoid is exactly 1: the distance is lost."
        return (
            f"At z = {say(z, 4)} the sigmoid is {say(true)} "
            f"unit{'' if say(true) == '1' else 's'} short of 1. The "
            f"computer has {say(computed)} units.{'' if computed else lost}"
        )


def _loss(w):
    """Return the loss of the neuron of stage 04 at its weight: x = 2, b = −2, y = 1."""
    return (sigmoid(2 * w - 2) - 1) ** 2 / 2


def _slope(w):
    """Return ∂L/∂w, by the chain rule."""
    a = sigmoid(2 * w - 2)
    return (a - 1) * a * (1 - a) * 2


EPSILONS = tuple(float(f"1e{exponent}") for exponent in range(-17, 1))


class EpsilonSweep(Picture):
    """The error of a difference quotient over its nudge ε: two ways to be wrong."""

    size = (8.4, 3.6)
    controls = {"epsilon": Knob("nudge ε", EPSILONS)}
    start = {"epsilon": 0.001}
    states = {
        "ε = 10⁻⁵": {"epsilon": 1e-5},
        "ε = 10⁻¹³": {"epsilon": 1e-13},
        "ε = 10⁻¹⁷": {"epsilon": 1e-17},
    }
    weights = np.linspace(0.5, 1.5, 101)

    def errors(self, epsilon):
        """Return the median relative error, central and one-sided, at nudges (m,)."""
        epsilon = np.atleast_1d(epsilon)[:, None]
        loss, slope = _loss(self.weights), _slope(self.weights)
        higher = _loss(self.weights + epsilon)
        lower = _loss(self.weights - epsilon)
        quotients = (higher - lower) / (2 * epsilon), (higher - loss) / epsilon
        return [np.median(abs(each / slope - 1), axis=1) for each in quotients]

    def draw(self, figure, epsilon):
        axes = figure.add_axes((0.1, 0.19, 0.88, 0.77), xscale="log", yscale="log")
        axes.set(xlim=(4e-18, 3), ylim=(1e-12, 30), xlabel="nudge ε")
        axes.set_ylabel("relative error")
        ticks(axes.xaxis, [10.0**n for n in range(-16, 1, 4)])
        ticks(axes.yaxis, [10.0**n for n in range(-12, 1, 4)])
        axes.axhline(1e-7, color=GREY, lw=1, ls=":")
        axes.text(6e-18, 1.8e-7, "right: under 10⁻⁷", color=GREY, **STILL)
        (self.central,) = axes.plot([], [], "o-", color=BLUE, ms=6)
        (self.one_sided,) = axes.plot([], [], "s--", color=VERMILLION, ms=6)
        (self.now,) = axes.plot([], [], "o", color=BLUE, ms=13, mfc="none", mew=2)
        # Beside the straight parts, which are there at every nudge but the largest.
        axes.text(0.005, 0.3, "one-sided", color=VERMILLION, ha="right", **STILL)
        axes.text(0.03, 1e-6, "central", color=BLUE, **STILL)
        return [self.one_sided, self.central, self.now]

    def move(self, epsilon):
        """Show both curves from the largest nudge down to this one."""
        shown = np.array([epsilon, *(each for each in EPSILONS if each > epsilon)])
        central, one_sided = self.errors(shown)
        self.central.set_data(shown, central)
        self.one_sided.set_data(shown, one_sided)
        self.now.set_data([epsilon], central[:1])

    def words(self, epsilon):
        central, one_sided = (power(np.log10(e[0])) for e in self.errors(epsilon))
        if (self.weights + epsilon == self.weights).all():
            cause = ". Here w + ε is rounded to w itself: nothing was nudged"
        elif epsilon > 3e-5:
            cause = ". This ε is too large: the curve bends in between (truncation)"
        elif epsilon < 3e-7:
            cause = ". This ε is too small: the difference is mostly rounding"
        else:
            cause = ", near its best"
        return (
            f"With ε = {scientific(epsilon)}, the relative error of the central "
            f"difference is about {central}{cause}. The one-sided one: {one_sided}."
        )
