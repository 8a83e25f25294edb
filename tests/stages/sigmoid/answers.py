"""Stage 01: what students write for rising and one_line."""
# ruff: noqa: F811

import math

import numpy as np
from bank import right, unnamed, wrong

# -- rising


@right
def rising(low, high):
    z = np.log(9)
    w = 2 * z / (high - low)
    b = z - w * high
    return w, b


@right
def rising(low, high):
    w = (math.log(0.9 / 0.1) - math.log(0.1 / 0.9)) / (high - low)
    middle = low + (high - low) / 2
    return [w, -w * middle]


@wrong("the curve is half as steep")
def rising(low, high):
    w = np.log(9) / (high - low)
    return w, -w * (low + high) / 2


@wrong("the curve is half as steep")
def rising(low, high):
    z = np.log(9)
    w = z / (high - low)
    middle = (low + high) / 2
    return w, -w * middle


@wrong("z is 0 at low here")
def rising(low, high):
    w = 2 * np.log(9) / (high - low)
    return w, -w * low


@wrong("z is 0 at low here")
def rising(low, high):
    z = np.log(9)
    w = 2 * z / (high - low)
    return w, 0 - low * w


@wrong("z is 0 at high here")
def rising(low, high):
    w = 2 * np.log(9) / (high - low)
    return w, -w * high


@wrong("z is 0 at high here")
def rising(low, high):
    z = np.log(9)
    w = 2 * z / (high - low)
    return w, 0 - high * w


@wrong("the sign of b is flipped")
def rising(low, high):
    w = 2 * np.log(9) / (high - low)
    return w, w * (low + high) / 2


@wrong("the sign of b is flipped")
def rising(low, high):
    z = np.log(9)
    w = 2 * z / (high - low)
    middle = (low + high) / 2
    return w, middle * w


@wrong("the curve falls")
def rising(low, high):
    w = 2 * np.log(9) / (low - high)
    return w, -w * (low + high) / 2


@wrong("the curve falls")
def rising(low, high):
    z = np.log(9)
    w = -2 * z / (high - low)
    middle = (low + high) / 2
    return w, -w * middle


@wrong("b is the place where")
def rising(low, high):
    w = 2 * np.log(9) / (high - low)
    return w, -(low + high) / 2


@wrong("b is the place where")
def rising(low, high):
    z = np.log(9)
    w = 2 * z / (high - low)
    middle = (low + high) / 2
    return w, -middle


@wrong("b is −w times the sum")
def rising(low, high):
    w = 2 * np.log(9) / (high - low)
    return w, -w * (low + high)


@wrong("b is −w times the sum")
def rising(low, high):
    z = np.log(9)
    w = 2 * z / (high - low)
    return w, -w * low - w * high


@wrong("z goes from −0.9 to 0.9")
def rising(low, high):
    w = 1.8 / (high - low)
    return w, -w * (low + high) / 2


@wrong("z goes from −0.9 to 0.9")
def rising(low, high):
    z = 0.9
    w = 2 * z / (high - low)
    middle = (low + high) / 2
    return w, -w * middle


@wrong("this is the logarithm to base 10. The one that undoes")
def rising(low, high):
    w = 2 * np.log10(9) / (high - low)
    return w, -w * (low + high) / 2


@wrong("this is the logarithm to base 10. The one that undoes")
def rising(low, high):
    z = math.log10(9)
    w = 2 * z / (high - low)
    middle = (low + high) / 2
    return w, -w * middle


@wrong("weight and bias have changed places: return w")
def rising(low, high):
    w = 2 * np.log(9) / (high - low)
    return -w * (low + high) / 2, w


@wrong("weight and bias have changed places: return w")
def rising(low, high):
    z = np.log(9)
    w = 2 * z / (high - low)
    middle = (low + high) / 2
    return -w * middle, w


@unnamed
def rising(low, high):
    w = 2 * np.log(0.9) / (high - low)
    return w, -w * (low + high) / 2


@unnamed
def rising(low, high):
    w = 2 * np.log(9) / high - low
    return w, -w * (low + high) / 2


# -- one_line


@right
def one_line(w1, b1, w2, b2):
    w = w1 * w2
    b = b1 * w2 + b2
    return w, b


@right
def one_line(w1, b1, w2, b2):
    def both(z):
        return w2 * (w1 * z + b1) + b2

    bias = both(0)
    return np.array([both(1) - bias, bias])


@wrong("the second line multiplies all that it gets")
def one_line(w1, b1, w2, b2):
    return w1 * w2, b1 + b2


@wrong("the second line multiplies all that it gets")
def one_line(w1, b1, w2, b2):
    first, second = (w1, b1), (w2, b2)
    return [first[0] * second[0], sum([first[1], second[1]])]


@unnamed  # a bracket, and its line is quoted
def one_line(w1, b1, w2, b2):
    weight = w2 * (w1 * 1)
    bias = w2 * (w1 * 0) + b1 + b2
    return [weight, bias]


@wrong("b2 is missing")
def one_line(w1, b1, w2, b2):
    return w2 * w1, w2 * b1


@wrong("b2 is missing")
def one_line(w1, b1, w2, b2):
    return tuple(w2 * np.array([w1, b1]))


@wrong("b1 is missing")
def one_line(w1, b1, w2, b2):
    return w1 * w2, b2


@wrong("b1 is missing")
def one_line(w1, b1, w2, b2):
    b1 = 0
    return w2 * w1, w2 * b1 + b2


@wrong("this is the second line first")
def one_line(w1, b1, w2, b2):
    return w1 * w2, w1 * b2 + b1


@wrong("this is the second line first")
def one_line(w1, b1, w2, b2):
    def first(z):
        return w1 * z + b1

    def second(z):
        return w2 * z + b2

    return first(second(1)) - first(second(0)), first(second(0))


@wrong("this adds the two lines up")
def one_line(w1, b1, w2, b2):
    return w1 + w2, b1 + b2


@wrong("this adds the two lines up")
def one_line(w1, b1, w2, b2):
    return np.array([w1, b1]) + np.array([w2, b2])


@wrong("the bias is right, the weight is not")
def one_line(w1, b1, w2, b2):
    return w1 + w2, w2 * b1 + b2


@wrong("the bias is right, the weight is not")
def one_line(w1, b1, w2, b2):
    bias = b2 + b1 * w2
    weight = sum([w1, w2])
    return weight, bias


@wrong("the biases are multiplied")
def one_line(w1, b1, w2, b2):
    return w1 * w2, b1 * b2


@wrong("the biases are multiplied")
def one_line(w1, b1, w2, b2):
    weight, bias = np.multiply([w1, b1], [w2, b2])
    return weight, bias


@wrong("weight and bias have changed places")
def one_line(w1, b1, w2, b2):
    return w2 * b1 + b2, w2 * w1


@wrong("weight and bias have changed places")
def one_line(w1, b1, w2, b2):
    w = w1 * w2
    b = w2 * b1 + b2
    return b, w


@unnamed
def one_line(w1, b1, w2, b2):
    return w2 * w1, w2 * b1 - b2


@unnamed
def one_line(w1, b1, w2, b2):
    return w2 * w1 + b1 + b2
