"""Stage 02: what students write for slope_at and tall_derivative."""
# ruff: noqa: F811

import numpy as np
from bank import right, unnamed, wrong

from backprop.network import sigmoid

# -- slope_at


@right
def slope_at(z):
    return sigmoid(z) * sigmoid(-z)


@right
def slope_at(z):
    return np.exp(-z) / (1 + np.exp(-z)) ** 2


@wrong("this is z * (1 - z)")
def slope_at(z):
    return z * (1 - z)


@wrong("this is z * (1 - z)")
def slope_at(z):
    a = z
    return a - a**2


@wrong("this is the output")
def slope_at(z):
    return sigmoid(z)


@wrong("this is the output")
def slope_at(z):
    return 1 / (1 + np.exp(-z))


@wrong("this is 1 - a, one of")
def slope_at(z):
    return 1 - sigmoid(z)


@wrong("this is 1 - a, one of")
def slope_at(z):
    e = np.exp(-z)
    return e / (1 + e)


@wrong("the sigmoid was applied once too often")
def slope_at(z):
    a = sigmoid(sigmoid(z))
    return a * (1 - a)


@wrong("the sigmoid was applied once too often")
def slope_at(z):
    def slope(x):
        return sigmoid(x) - sigmoid(x) ** 2

    return slope(sigmoid(z))


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


@wrong("the slope is squared")
def slope_at(z):
    a = sigmoid(z)
    return (a * (1 - a)) ** 2


@wrong("the slope is squared")
def slope_at(z):
    slope = sigmoid(z) * (1 - sigmoid(z))
    return slope * slope


@wrong("the sign is flipped")
def slope_at(z):
    a = sigmoid(z)
    return a * (a - 1)


@wrong("the sign is flipped")
def slope_at(z):
    return -np.exp(-z) / (1 + np.exp(-z)) ** 2


@wrong("this is a * (1 - z)")
def slope_at(z):
    return sigmoid(z) * (1 - z)


@wrong("this is a * (1 - z)")
def slope_at(z):
    a = sigmoid(z)
    return a - a * z


@wrong("this is z * (1 - a)")
def slope_at(z):
    return z * (1 - sigmoid(z))


@wrong("this is z * (1 - a)")
def slope_at(z):
    a = sigmoid(z)
    rest = 1 - a
    return rest * z


@wrong("this is 1 - a**2")
def slope_at(z):
    a = sigmoid(z)
    return 1 - a**2


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
    return sigmoid(z + 1) - sigmoid(z)


@wrong("this is the slope of a secant")
def slope_at(z):
    h = 0.001
    rise = sigmoid(z + h) - sigmoid(z)
    return rise / h


@unnamed
def slope_at(z):
    return np.exp(-z) / (1 + np.exp(-z)) ** 3


@unnamed
def slope_at(z):
    a = sigmoid(z)
    return a * (1 + a)


# -- tall_derivative


@right
def tall_derivative(a):
    share = a / 10
    return 10 * (share - share**2)


@right
def tall_derivative(a):
    return 0.1 * a * (10 - a)


@wrong("a * (1 - a) is the slope of the sigmoid")
def tall_derivative(a):
    return a * (1 - a)


@wrong("a * (1 - a) is the slope of the sigmoid")
def tall_derivative(a):
    return a - np.square(a)


@wrong("a * (10 - a) is ten times too steep")
def tall_derivative(a):
    return a * (10 - a)


@wrong("a * (10 - a) is ten times too steep")
def tall_derivative(a):
    s = a / 10
    return 10 * 10 * s * (1 - s)


@wrong("this is the slope of the sigmoid itself")
def tall_derivative(a):
    s = a / 10
    return s * (1 - s)


@wrong("this is the slope of the sigmoid itself")
def tall_derivative(a):
    return a * (10 - a) / 100


@wrong("this is 10 * a * (1 - a)")
def tall_derivative(a):
    return 10 * a * (1 - a)


@wrong("this is 10 * a * (1 - a)")
def tall_derivative(a):
    slope = a - a**2
    return slope * 10


@wrong("only one factor is scaled")
def tall_derivative(a):
    return a / 10 * (1 - a)


@wrong("only one factor is scaled")
def tall_derivative(a):
    s = 0.1 * a
    return s - s * a


@wrong("this takes a for z")
def tall_derivative(a):
    return 10 * sigmoid(a) * (1 - sigmoid(a))


@wrong("this takes a for z")
def tall_derivative(a):
    tall = 10 * sigmoid(a)
    return tall * (1 - tall / 10)


@wrong("a / 10 is the output of the sigmoid already")
def tall_derivative(a):
    s = sigmoid(a / 10)
    return 10 * s * (1 - s)


@wrong("a / 10 is the output of the sigmoid already")
def tall_derivative(a):
    z = a / 10
    return 10 * np.exp(-z) / (1 + np.exp(-z)) ** 2


@wrong("the sign is flipped")
def tall_derivative(a):
    return a * (a / 10 - 1)


@wrong("the sign is flipped")
def tall_derivative(a):
    s = a / 10
    return 10 * (s**2 - s)


@unnamed
def tall_derivative(a):
    return a * (1 - a / 100)


@unnamed
def tall_derivative(a):
    return 2.5 + 0 * a
