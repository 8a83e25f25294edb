"""Stage 02: what students write for slope_at and tall_derivative."""
# ruff: noqa: F811

import numpy as np
from bank import edits, right, wrong

from backprop.network import sigmoid

# -- slope_at


@right
def slope_at(z):
    return sigmoid(z) * sigmoid(-z)


edits(
    slope_at,
    {
        "this is z * (1 - z)": {"sigmoid(z) * sigmoid(-z)": "z * (1 - z)"},
        "this is a * (1 - z)": {"sigmoid(-z)": "(1 - z)"},
        "this is the slope of a secant": {"(z) *": "(z + 1) -", "-z": "z"},
    },
)


@right
def slope_at(z):
    return np.exp(-z) / (1 + np.exp(-z)) ** 2


edits(
    slope_at,
    {
        "this is the output": {"np.exp(-z) ": "1 ", " ** 2": ""},
        "the sign is flipped": {"return ": "return -"},
        None: {"2": "3"},
    },
)


@right
def slope_at(z):
    a = sigmoid(z)
    return a * (1 - a)


edits(
    slope_at,
    {
        "this is z * (1 - z)": {"sigmoid(z)": "z"},
        "this is the output": {" * (1 - a)": ""},
        "this is 1 - a, one of": {"a * (1 - a)": "1 - a"},
        "the sigmoid was applied once too often": {"sigmoid(z)": "sigmoid(sigmoid(z))"},
        "the slope is squared": {"a * (1 - a)": "(a * (1 - a)) ** 2"},
        "the sign is flipped": {"1 - a": "a - 1"},
        "this is a * (1 - z)": {"(1 - a)": "(1 - z)"},
        "this is z * (1 - a)": {"a * (1": "z * (1"},
        "this is 1 - a**2": {"a * (1 - a)": "1 - a**2"},
        None: {"-": "+"},
    },
)


@right
def slope_at(z):
    def slope(x):
        return sigmoid(x) - sigmoid(x) ** 2

    return slope(z)


edits(
    slope_at,
    {
        "the sigmoid was applied once too often": {"slope(z)": "slope(sigmoid(z))"},
        "the slope is squared": {"slope(z)": "slope(z) ** 2"},
    },
)


@wrong("this is 1 - a, one of")
def slope_at(z):
    e = np.exp(-z)
    return e / (1 + e)


@wrong("the formula was applied twice")
def slope_at(z):
    a = sigmoid(z)
    s = a * (1 - a)
    return s * (1 - s)


@wrong("the formula was applied twice")
def slope_at(z):
    x = sigmoid(z)
    for _ in range(2):
        x = x - x * x
    return x


@wrong("this is z * (1 - a)")
def slope_at(z):
    a = sigmoid(z)
    rest = 1 - a
    return rest * z


@wrong("this is 1 - a**2")
def slope_at(z):
    return (1 - sigmoid(z)) * (1 + sigmoid(z))


@wrong("this is the slope of a secant")
def slope_at(z):
    h = 1e-5
    return (sigmoid(z + h) - sigmoid(z - h)) / (2 * h)


@wrong("this is the slope of a secant")
def slope_at(z):
    e = 1e-6
    return (sigmoid(z) - sigmoid(z - e)) / e


@wrong("this is the slope of a secant")
def slope_at(z):
    h = 0.001
    rise = sigmoid(z + h) - sigmoid(z)
    return rise / h


# -- tall_derivative


@right
def tall_derivative(a):
    share = a / 10
    return 10 * (share - share**2)


edits(
    tall_derivative,
    {
        "a * (10 - a) is ten times too steep": {"10 * (": "10 * 10 * ("},
        "this is the slope of the sigmoid itself": {"10 * (share": "(share"},
        "this is 10 * a * (1 - a)": {"a / 10": "a"},
        "this takes a for z": {"a / 10": "sigmoid(a)"},
        "a / 10 is the output of the sigmoid already": {"a / 10": "sigmoid(a / 10)"},
        "the sign is flipped": {"share - share**2": "share**2 - share"},
    },
)


@right
def tall_derivative(a):
    return 0.1 * a * (10 - a)


edits(
    tall_derivative,
    {
        "a * (10 - a) is ten times too steep": {" 0.1 *": ""},
        "this is 10 * a * (1 - a)": {"0.1": "10", "10 -": "1 -"},
        "only one factor is scaled": {"10 - a": "1 - a"},
    },
)


@right
def tall_derivative(a):
    return a * (1 - a / 10)


edits(
    tall_derivative,
    {
        "a * (1 - a) is the slope of the sigmoid": [
            {" / 10": ""},
            {"* (1 - a / 10)": "- np.square(a)"},
        ],
        "this is the slope of the sigmoid itself": {"(1 - a / 10)": "(10 - a) / 100"},
        "the sign is flipped": {"1 - a / 10": "a / 10 - 1"},
        None: [{"10": "100"}, {"a * (1 - a / 10)": "2.5 + 0 * a"}],
    },
)


@wrong("only one factor is scaled")
def tall_derivative(a):
    s = 0.1 * a
    return s - s * a


@wrong("this takes a for z")
def tall_derivative(a):
    tall = 10 * sigmoid(a)
    return tall * (1 - tall / 10)


@wrong("a / 10 is the output of the sigmoid already")
def tall_derivative(a):
    z = a / 10
    return 10 * np.exp(-z) / (1 + np.exp(-z)) ** 2
