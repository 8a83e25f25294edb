"""The exercises of stage 01: a rise, and two lines in a row."""

import numpy as np

from backprop.exercise import Exercise


def rising(low, high):
    w = 2 * np.log(9) / (high - low)
    return w, -w * (low + high) / 2


RISING = Exercise(
    rising,
    probes=[(-1.0, 3.0), (2.0, 2.5), (-8.0, -2.0)],
    then="Try next: 0.9 at low and 0.1 at high. What changes?",
    mistakes={
        "the curve is half as steep as it should be: z goes from −ln 9 to ln 9, so it "
        "grows by 2 ln 9.": {"2 * np.log(9)": "np.log(9)"},
        "z is 0 at low here. The output is ½ halfway between low and high.": {
            "(low + high) / 2": "low"
        },
        "z is 0 at high here. The output is ½ halfway between low and high.": {
            "(low + high) / 2": "high"
        },
        "z goes from −ln 9 at low to 0 at high: the curve is half as steep as it "
        "should be. z has to grow by 2 ln 9, to ln 9 at high.": {
            "2 * np.log(9)": "np.log(9)",
            "(low + high) / 2": "high",
        },
        "z goes from 0 at low to ln 9 at high: the curve is half as steep as it should "
        "be. z has to grow by 2 ln 9, from −ln 9 at low.": {
            "2 * np.log(9)": "np.log(9)",
            "(low + high) / 2": "low",
        },
        "the sign of b is flipped. z = w x + b is 0 halfway, so b is −w times that "
        "place.": {"-w * (": "w * ("},
        "the curve falls: it is 0.9 at low, and 0.1 at high.": {
            "(high - low)": "(low - high)"
        },
        "b is the place where the output is to be ½, with its sign flipped. The weight "
        "multiplies x first, so b is −w times that place.": {"-w * (": "-("},
        "b is −w times the sum of low and high. Halfway is half of that.": {" / 2": ""},
        "z goes from −0.9 to 0.9 here. Wanted are outputs, so σ(z) is to be 0.9.": {
            "np.log(9)": "0.9"
        },
        "this is the logarithm to base 10. The one that undoes e is np.log.": {
            "np.log(9)": "np.log10(9)"
        },
        "weight and bias have changed places: return w first.": {
            "w, -w * (low + high) / 2": "-w * (low + high) / 2, w"
        },
    },
)


def one_line(w1, b1, w2, b2):
    return w2 * w1, w2 * b1 + b2


ONE_LINE = Exercise(
    one_line,
    probes=[(2.0, 3.0, 5.0, 7.0), (-0.5, 1.5, 4.0, -1.0), (3.0, -2.0, -0.25, 0.5)],
    # w and b belong to the first line here, v and c to the second.
    then="Try next: with which w2 is the result flat, whatever the input?",
    mistakes={
        "the second line multiplies all that it gets, w1 * x + b1, so b1 has to be "
        "multiplied by w2 as well.": lambda w, b, v, c: (v * w, b + c),
        "b2 is missing. The second line adds it last.": lambda w, b, v, c: (
            (v * w, v * b)
        ),
        "b1 is missing. It goes through the second line too.": lambda w, b, v, c: (
            (v * w, c)
        ),
        "this is the second line first, and then the first one. Put w1 * x + b1 into "
        "the second line.": lambda w, b, v, c: (w * v, w * c + b),
        "this adds the two lines up. Here the second one takes the result of the "
        "first, so the weights multiply.": lambda w, b, v, c: (w + v, b + c),
        "the bias is right, the weight is not: w2 * (w1 * x) has the weight w2 * w1, "
        "not the sum.": lambda w, b, v, c: (w + v, v * b + c),
        "the biases are multiplied. b1 is multiplied by w2, and b2 is "
        "added.": lambda w, b, v, c: (w * v, b * c),
        "weight and bias have changed places: return the weight "
        "first.": lambda w, b, v, c: (v * b + c, v * w),
    },
)


EXERCISES = [RISING, ONE_LINE]
