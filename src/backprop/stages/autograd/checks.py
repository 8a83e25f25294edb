"""The exercises of stage 07: a slope, paths that add, an order, a broadcast undone."""

from copy import deepcopy
from dataclasses import dataclass

import numpy as np

from backprop.exercise import Exercise
from backprop.result import short
from backprop.stages.autograd.value import Value, in_order, squash


def quotient_slopes(a, b):
    return 1 / b, -a / b**2


def _secants(h):
    """Return the slopes of two secants: up from a and b, and on both sides."""
    return [
        lambda a, b: (1 / b, (a / (b + h) - a / b) / h),
        lambda a, b: (1 / b, (a / (b + h) - a / (b - h)) / (2 * h)),
    ]


QUOTIENT_SLOPES = Exercise(
    quotient_slopes,
    # The last is so near 0 that no secant is narrow enough.
    probes=[(3.0, -2.0), (1.5, 0.4), (-0.7, 2.5), (2.0, 1e-8)],
    then="Try next: Value(a.data / b.data, (a, b), quotient_slopes(a.data, b.data), "
    '"÷"), and add to it.',
    mistakes={
        "the second slope has the wrong sign. Divide by more, and less comes out.": {
            "-a": "a"
        },
        "the two are in the wrong order: first the slope with respect to a, the number "
        "above.": {"1 / b, -a / b**2": "-a / b**2, 1 / b"},
        "these are the slopes of the product. Raise a by a little: a / b rises 1 / b "
        "times as much.": {"1 / b, -a / b**2": "b, a"},
        "the second is the slope of 1 / b. Above stands a, so it is a times as much.": {
            "-a": "-1"
        },
        "the second is the slope of a secant. It comes close, and far from it where b "
        "is small. The slope itself is -a / b**2.": [
            secant for power in range(2, 8) for secant in _secants(10.0**-power)
        ],
        "the second slope needs b squared: the slope of 1 / b is −1 / b².": {"**2": ""},
        "the second is the slope with respect to 1 / b. From b to 1 / b there is one "
        "more factor.": {"-a / b**2": "a"},
    },
)


LEFT = 1.5  # a gradient that is left over


@dataclass
class OnGraphs(Exercise):
    """An exercise on graphs of Values, whose gradients the answer may change.

    left_over: whether in the last probe gradients are left over from before; they are
    0 in all others.
    """

    left_over: bool = False

    def _arguments(self):
        given = deepcopy(self.probes)
        for i, probe in enumerate(given):
            for value in _graph(probe):
                value.grad = LEFT if i == len(given) - 1 and self.left_over else 0.0
        return given

    def _once_more(self, given):
        for value in _graph(given) if self.left_over else ():
            value.grad = LEFT
        return given

    def _changed(self, given, code):
        return None

    def _given(self, probe):
        values = _graph(probe)
        given = [each for each in values if not each.parents]
        at = ", ".join(f"{each.name} = {short(each.data)}" for each in given)
        left = self.left_over and probe is self.probes[-1]
        before = " and gradients left over from before" if left else ""
        return f"L = {_formula(values[-1])} at {at}{before}"


def _graph(probe):
    """Return the values of a probe: of its loss, or of the first in its list."""
    return in_order(probe[0][0] if isinstance(probe[0], list) else probe[0])


def _formula(value):
    """Return what a Value was computed by: "x × x + x"."""
    said = [
        f"({_formula(each)})"
        if value.name == "×" and each.name == "+"
        else _formula(each)
        for each in value.parents
    ]
    if len(said) == 2:
        return f" {value.name} ".join(said)
    return f"{value.name}({said[0]})" if said else value.name


def _given_values(**numbers):
    return [Value(number, name=name) for name, number in numbers.items()]


def _graphs():
    """Return losses, each with the values it was given."""
    a, b, c = _given_values(a=3.0, b=-2.0, c=1.5)
    yield a * b + c, [a, b, c]
    (x,) = _given_values(x=3.0)
    yield x * x + x, [x]
    x, w = _given_values(x=0.6, w=-1.5)
    y = x * w + x  # used twice, and behind it x again
    yield y * y + squash(y), [w, x]
    (x,) = _given_values(x=1.2)
    y = x * x
    z = y * y
    yield z * z, [x]
    x, w = _given_values(x=0.5, w=0.5)  # equal numbers
    y = x * x  # near the loss by one way, and far from it by another
    yield (y + y * y) + w, [x, w]
    x, w = _given_values(x=0.4, w=0.7)  # the same with numbers that differ
    y = x * x
    yield (y + y * y) + w, [x, w]
    a, b, c = _given_values(a=-1.2, b=0.5, c=2.0)  # the first, with other numbers
    yield a * b + c, [a, b, c]


def pass_back(order):
    order[0].grad = 1.0
    for value in order:
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope * value.grad
    return [value.grad for value in order]


OVERWRITES = (
    "a value that is used twice holds the last arrival alone. Paths add: += in place "
    "of =."
)
NO_SLOPE = "the slope is missing. What is passed on is the slope times value.grad."
NO_START = (
    "every gradient is 0, since that of the loss is. Begin with ∂L/∂L = 1 at the loss."
)
NO_FURTHER = (
    "only the parents of the loss have got something. All values pass on, one after "
    "another, from the loss back."
)

PASS_BACK = OnGraphs(
    pass_back,
    probes=[(list(reversed(in_order(loss))),) for loss, _ in _graphs()],
    then="Try next: the same list once more. What are the gradients then?",
    mistakes={
        OVERWRITES: {"+=": "="},
        NO_SLOPE: {"slope * ": ""},
        "this passes the slope on alone. It has to be multiplied by value.grad, which "
        "has come from the loss.": {"slope * value.grad": "slope"},
        NO_START: {"= 1.0": "= 0.0"},
        "each value is treated as if it were the loss. Only ∂L/∂L is 1; all others "
        "hold what has arrived.": {
            "in order:\n": "in order:\n        value.grad = 1.0\n"
        },
        NO_FURTHER: {"in order:": "in order[::-1]:"},
        "these are the numbers, value.data. Asked for is value.grad.": {
            "[value.grad": "[value.data"
        },
    },
)


def gradients_of(loss, values):
    order = in_order(loss)
    for value in order:
        value.grad = 0.0
    loss.grad = 1.0
    for value in reversed(order):
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope * value.grad
    return [value.grad for value in values]


def _at_once(arriving):
    """Return a way that sends on at each arrival; arriving: = or +=."""

    def wrong(loss, values):
        def send(value):
            for parent, slope in zip(value.parents, value.slopes):
                parent.grad = arriving * parent.grad + slope * value.grad
                send(parent)

        for value in in_order(loss):
            value.grad = 0.0
        loss.grad = 1.0
        send(loss)
        return [value.grad for value in values]

    return wrong


def _as_met(next_one):
    """Return a way on which each value sends once, in the order in which it is met."""

    def wrong(loss, values):
        for value in in_order(loss):
            value.grad = 0.0
        loss.grad = 1.0
        met, waiting = [loss], [loss]
        while waiting:
            value = waiting.pop(next_one)
            for parent, slope in zip(value.parents, value.slopes):
                parent.grad += slope * value.grad
                if parent not in met:
                    met.append(parent)
                    waiting.append(parent)
        return [value.grad for value in values]

    return wrong


GRADIENTS_OF = OnGraphs(
    gradients_of,
    probes=[*_graphs(), list(_graphs())[2]],
    left_over=True,
    then="Try next: 30 squarings. In order there are 60 edges to walk.",
    mistakes={
        OVERWRITES: {"+=": "="},
        "a value is sent on before all has arrived, so that what came first is sent on "
        "twice. Each sends once, after all that were computed from it.": _at_once(1),
        "a value is sent on before all has arrived, and = forgets what came "
        "before.": _at_once(0),
        "a value is sent on before all has arrived, and what comes later stays with "
        "it. Each sends once, after all that were computed from it.": [
            _as_met(0),
            _as_met(-1),
        ],
        "right on new values, but not on those that have gradients left over. Set "
        "every grad to 0 first.": {"value.grad = 0.0": "pass"},
        "the values in between keep the gradients left over. Set every grad in the "
        "order to 0, not those of values alone.": {"in order:": "in values:"},
        NO_SLOPE: {"slope * ": ""},
        "every gradient is 0. Either that of the loss is when the way back begins: set "
        "it to ∂L/∂L = 1 after all were set to 0. Or the loop back has no round: what "
        "reversed(…) makes is used up by one loop.": {"= 1.0": "= 0.0"},
        NO_FURTHER: {"reversed(order)": "order"},
    },
)


def summed_to(grad, shape):
    for axis in 0, 1:
        if shape[axis] == 1:
            grad = grad.sum(axis=axis, keepdims=True)
    return grad


def _along(axis, way):
    """Return the edit that goes this way along one axis alone."""
    return {"= grad.sum(": f"= grad.{way} if axis == {axis} else grad.sum("}


SUMMED_TO = Exercise(
    summed_to,
    probes=[
        (np.array([[0.3, -0.2], [0.15, 0.4], [-0.6, 0.25]]), (1, 2)),
        (np.array([[0.5, 1.2, -0.3], [0.7, -0.4, 0.9]]), (2, 1)),
        (np.array([[0.5, 1.2, -0.3], [0.7, -0.4, 0.9]]), (2, 3)),
        (np.array([[0.8, -0.1], [0.35, 0.6]]), (1, 1)),
    ],
    then="Try next: shape (1, 1), a single number that was added to a whole array.",
    mistakes={
        "this is a mean. Every copy changes L by its own amount, so they add.": [
            {".sum(": ".mean("},
            *(_along(axis, "mean(axis, keepdims=True)") for axis in (0, 1)),
        ],
        "this takes the first copy alone. All copies act, so they add.": [
            {"grad.sum(axis=axis, keepdims=True)": "grad.take([0], axis=axis)"},
            *(_along(axis, "take([0], axis)") for axis in (0, 1)),
        ],
        "the axis is lost: the result needs the shape it was asked for, with 1 where "
        "it was stretched. keepdims=True keeps it.": {
            "in 0, 1": "in 1, 0",
            ", keepdims=True": "",
        },
        "this sums over the rows, whatever the shape. Sum along the axes where shape "
        "has 1.": {"if shape[axis] == 1": "if axis == 0"},
        "this sums over everything, whatever the shape. Sum along the axes where shape "
        "has 1.": {"if shape[axis] == 1": "if True"},
        "this sums along the other axes. Sum along those where shape has 1: there it "
        "was stretched.": [{"==": "!="}, {"shape[axis]": "shape[1 - axis]"}],
        "one axis is summed, and no second one. For shape (1, 1) both are: elif, or a "
        "return, leaves the second out.": {
            "keepdims=True)\n": "keepdims=True)\n            break\n"
        },
        "nothing is summed. Where shape has 1, one number was used for all, and gets "
        "the sum of what comes back.": {".sum(axis=axis, keepdims=True)": ""},
    },
)

EXERCISES = [QUOTIENT_SLOPES, PASS_BACK, GRADIENTS_OF, SUMMED_TO]
