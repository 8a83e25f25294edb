"""Stage 01: what students write for rising and one_line."""
# ruff: noqa: F811

import math

import numpy as np
from bank import edits, right, unnamed, wrong

# -- rising


@right
def rising(low, high):
    z = np.log(9)
    w = 2 * z / (high - low)
    b = z - w * high
    return w, b


edits(
    rising,
    {
        "z goes from 0 at low to ln 9": {" 2 *": ""},
        "z goes from −ln 9 at low to 0": {" 2 *": "", "z - w * high": "-z - w * low"},
    },
)


@right
def rising(low, high):
    w = (math.log(0.9 / 0.1) - math.log(0.1 / 0.9)) / (high - low)
    middle = low + (high - low) / 2
    return [w, -w * middle]


@right
def rising(low, high):
    w = 2 * np.log(9) / (high - low)
    return w, -w * (low + high) / 2


edits(
    rising,
    {
        "the curve is half as steep": {" 2 *": ""},
        "z is 0 at low here": {"(low + high) / 2": "low"},
        "z is 0 at high here": {"(low + high) / 2": "high"},
        "z goes from −ln 9 at low to 0": {" 2 *": "", "(low + high) / 2": "high"},
        "z goes from 0 at low to ln 9": {" 2 *": "", "(low + high) / 2": "low"},
        "the sign of b is flipped": {"-w": "w"},
        "the curve falls": {"high - low": "low - high"},
        "b is the place where": {"w * ": ""},
        "b is −w times the sum": {" / 2": ""},
        "z goes from −0.9 to 0.9": {"2 * np.log(9)": "1.8"},
        "this is the logarithm to base 10. The one that undoes": {"log": "log10"},
        "weight and bias have changed places: return w": {
            "w, -w * (low + high) / 2": "-w * (low + high) / 2, w"
        },
        None: [{"9": "0.9"}, {"(high - low)": "high - low"}],
    },
)


@right
def rising(low, high):
    z = np.log(9)
    w = 2 * z / (high - low)
    middle = (low + high) / 2
    return w, -w * middle


edits(
    rising,
    {
        "the curve is half as steep": {" 2 *": ""},
        "z is 0 at low here": {"(low + high) / 2": "low"},
        "z is 0 at high here": {"(low + high) / 2": "high"},
        "z goes from −ln 9 at low to 0": {" 2 *": "", "(low + high) / 2": "high"},
        "z goes from 0 at low to ln 9": {" 2 *": "", "(low + high) / 2": "low"},
        "the sign of b is flipped": {"-w": "w"},
        "the curve falls": {"2 ": "-2 "},
        "b is the place where": {"w * ": ""},
        "b is −w times the sum": {" / 2": ""},
        "z goes from −0.9 to 0.9": {"np.log(9)": "0.9"},
        "this is the logarithm to base 10. The one that undoes": {
            "np.log": "math.log10"
        },
        "weight and bias have changed places: return w": {
            "w, -w * middle": "-w * middle, w"
        },
    },
)


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


@right
def one_line(w1, b1, w2, b2):
    return w2 * w1, w2 * b1 + b2


edits(
    one_line,
    {
        "the second line multiplies all that it gets": {"w2 * b1 +": "b1 +"},
        "b2 is missing": {" + b2": ""},
        "b1 is missing": [{"w2 * b1 + ": ""}, {"    return": "    b1 = 0\n    return"}],
        "this adds the two lines up": {"w2 * w1, w2 * b1": "w1 + w2, b1"},
        "the bias is right, the weight is not": {"w2 * w1": "w1 + w2"},
        "the biases are multiplied": {"w2 * b1 + b2": "b1 * b2"},
        "weight and bias have changed places": {
            "w2 * w1, w2 * b1 + b2": "w2 * b1 + b2, w2 * w1"
        },
        None: [{"+": "-"}, {", w2 *": " +"}],
    },
)


@right
def one_line(w1, b1, w2, b2):
    weight = w1 * w2
    bias = w2 * b1 + b2
    return weight, bias


edits(
    one_line,
    {
        "the second line multiplies all that it gets": {"w2 * b1 +": "b1 +"},
        "b2 is missing": {" + b2": ""},
        "this is the second line first": {"w2 * b1 + b2": "w1 * b2 + b1"},
        "this adds the two lines up": {"w1 * w2": "w1 + w2", "w2 * b1": "b1"},
        "the bias is right, the weight is not": {"w1 * w2": "w1 + w2"},
        "the biases are multiplied": {"w2 * b1 + b2": "b1 * b2"},
        "weight and bias have changed places": {"weight, bias": "bias, weight"},
    },
)


@unnamed
def one_line(w1, b1, w2, b2):
    weight = w2 * (w1 * 1)
    bias = w2 * (w1 * 0) + b1 + b2
    return [weight, bias]


@wrong("this is the second line first")
def one_line(w1, b1, w2, b2):
    def first(z):
        return w1 * z + b1

    def second(z):
        return w2 * z + b2

    return first(second(1)) - first(second(0)), first(second(0))
