"""The exercises of stage 02: the slope from z, and the slope of a taller sigmoid."""

import numpy as np

from backprop.exercise import Exercise
from backprop.network import sigmoid


def slope_at(z):
    a = sigmoid(z)
    return a * (1 - a)


def _once_more(z):
    return slope_at(sigmoid(z))


def _of_the_slope(z):
    slope = slope_at(z)
    return slope * (1 - slope)


# How far apart the two points of a secant may be.
STEPS = [digit / 10**power for power in range(9) for digit in (1, 2, 5)]


def _secants(h):
    """Return the slopes of three secants: from z up, from z down, on both sides."""
    return [
        lambda z: (sigmoid(z + h) - sigmoid(z)) / h,
        lambda z: (sigmoid(z) - sigmoid(z - h)) / h,
        lambda z: (sigmoid(z + h) - sigmoid(z - h)) / (2 * h),
    ]


SLOPE_AT = Exercise(
    slope_at,
    probes=[
        (np.array([-3.0, -0.4, 0.0, 0.7, 5.0]),),
        (np.array([[1.2, -2.5], [0.3, 4.0], [-1.0, 2.0]]),),
        (np.array([-2, 0, 3]),),
        (0.5,),
        # So few digits that no secant is both narrow enough and computed well enough.
        (np.linspace(4, 5, 12, dtype=np.float32),),
    ],
    then="Try next: where is the slope a tenth of its peak?",
    mistakes={
        "this is z * (1 - z). The formula wants the output: compute a = sigmoid(z) "
        "first, then a * (1 - a).": lambda z: z * (1 - z),
        "this is the output, the height of the curve. The slope is a * (1 - a).": (
            sigmoid
        ),
        "this is 1 - a, one of the two factors. The slope is a * (1 - a): written with "
        "e, it is e^-z over the square of 1 + e^-z.": lambda z: 1 - sigmoid(z),
        "the sigmoid was applied once too often. a = sigmoid(z) is the output "
        "already.": _once_more,
        "the formula was applied twice: its result, the slope, went into it "
        "again.": _of_the_slope,
        "the slope is squared. a * (1 - a) stands there once.": lambda z: (
            slope_at(z) ** 2
        ),
        "the sign is flipped: this is a * (a - 1). The sigmoid rises, so its slope is "
        "positive.": lambda z: -slope_at(z),
        "this is a * (1 - z): the second factor is read from z. Both are read from the "
        "output.": lambda z: sigmoid(z) * (1 - z),
        "this is z * (1 - a): the first factor is read from z. Both are read from the "
        "output.": lambda z: z * (1 - sigmoid(z)),
        "this is 1 - a**2, the slope of tanh from its output. That of the sigmoid is "
        "a * (1 - a).": lambda z: 1 - sigmoid(z) ** 2,
        "this is the slope of a secant. It comes close, and is good for checking a "
        "formula. The slope of the tangent itself is a * (1 - a).": [
            secant for h in STEPS for secant in _secants(h)
        ],
    },
)


def tall_derivative(a):
    return a * (1 - a / 10)


TALL_DERIVATIVE = Exercise(
    tall_derivative,
    probes=[
        (np.array([2.5, 5.0, 9.0]),),
        (np.array([[0.3, 7.0], [1.0, 4.2], [9.9, 6.0]]),),
        (0.5,),
    ],
    then="Try next: the slope of 10 * sigmoid(z) - 5, from its output.",
    mistakes={
        "a * (1 - a) is the slope of the sigmoid, and yours comes to the same. This "
        "output goes up to 10, not to 1, so a / 10 belongs in both places.": lambda a: (
            a * (1 - a)
        ),
        "a * (10 - a) is ten times too steep: at a = 5 the slope is 2.5, ten times "
        "¼.": lambda a: a * (10 - a),
        "this is the slope of the sigmoid itself. All heights are ten times as tall "
        "here, so each slope is ten times as steep.": lambda a: a / 10 * (1 - a / 10),
        "this is 10 * a * (1 - a). In the formula of the sigmoid stands its own "
        "output, and that is a / 10.": lambda a: 10 * a * (1 - a),
        "only one factor is scaled. The output of the sigmoid is a / 10, in both "
        "places.": lambda a: a / 10 * (1 - a),
        "this takes a for z. a is the output already, so no sigmoid is "
        "needed.": lambda a: 10 * slope_at(a),
        "a / 10 is the output of the sigmoid already. It must not go through it "
        "again.": lambda a: 10 * slope_at(a / 10),
        "the sign is flipped. The curve rises, so its slope is positive.": lambda a: (
            -tall_derivative(a)
        ),
    },
)

EXERCISES = [SLOPE_AT, TALL_DERIVATIVE]
