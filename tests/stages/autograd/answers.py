"""Stage 07: what students write for its four exercises."""
# ruff: noqa: F811

import numpy as np
from bank import edits, right, unnamed, wrong

from backprop.stages.autograd.value import in_order

# -- quotient_slopes


@right
def quotient_slopes(a, b):
    return [1 / b, -a / (b * b)]


@right
def quotient_slopes(a, b):
    inverse = b**-1
    return inverse, -a * inverse * inverse


@right
def quotient_slopes(a, b):
    return 1 / b, -a / b**2


edits(
    quotient_slopes,
    {
        "the second slope has the wrong sign": {"-": ""},
        "the two are in the wrong order": {"1 / b, -a / b**2": "-a / b**2, 1 / b"},
        "these are the slopes of the product": {"1 / b, -a / b**2": "b, a"},
        "the second is the slope of 1 / b": {"-a": "-1"},
        "the second slope needs b squared": {"**2": ""},
        "the second is the slope with respect to 1 / b": {"-a / b**2": "a"},
        None: [{"2": "3"}, {"1 / b, -a / b**2": "a / b"}],
    },
)


@right
def quotient_slopes(a, b):
    by_a = 1 / b
    by_b = -a * by_a**2
    return by_a, by_b


edits(
    quotient_slopes,
    {
        "the second slope has the wrong sign": {"-a": "a"},
        "the two are in the wrong order": {"by_a, by_b": "by_b, by_a"},
        "these are the slopes of the product": {"1 / b": "b", "-a * by_a**2": "a"},
        "the second is the slope of 1 / b": {"-a": "-1"},
        "the second slope needs b squared": {"**2": ""},
        "the second is the slope with respect to 1 / b": {"-a * by_a**2": "a"},
    },
)


@wrong("the second is the slope of a secant")
def quotient_slopes(a, b):
    step = 1e-3
    up, down = a / (b + step), a / (b - step)
    return 1 / b, (up - down) / step / 2


@wrong("the second is the slope of a secant")
def quotient_slopes(a, b):
    quotient = a / b
    return 1 / b, (a / (b + 1e-6) - quotient) / 1e-6


# -- pass_back


@right
def pass_back(order):
    order[0].grad = 1.0
    for value in order:
        for i in range(len(value.parents)):
            parent = value.parents[i]
            parent.grad = parent.grad + value.slopes[i] * value.grad
    return [value.grad for value in order]


edits(
    pass_back,
    {
        "the slope is missing": {"value.slopes[i] * ": ""},
        "this passes the slope on alone": {" * value.grad": ""},
        "each value is treated as if it were the loss": {
            "    order[0].grad = 1.0\n": "",
            "in order:": "in order:\n        value.grad = 1",
        },
    },
)


@right
def pass_back(order):
    grads = {value: 0.0 for value in order}
    grads[order[0]] = 1.0
    for value in order:
        for parent, slope in zip(value.parents, value.slopes):
            grads[parent] += slope * grads[value]
    return list(grads.values())


edits(
    pass_back,
    {
        "a value that is used twice holds the last arrival alone": {"+=": "="},
    },
)


@right
def pass_back(order):
    order[0].grad = 1.0
    for value in order:
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope * value.grad
    return [value.grad for value in order]


edits(
    pass_back,
    {
        "a value that is used twice holds the last arrival alone": {"+=": "="},
        "the slope is missing": {"slope * ": ""},
        "this passes the slope on alone": {" * value.grad": ""},
        "every gradient is 0": [{"    order[0].grad = 1.0\n": ""}, {"1.0": "0.0"}],
        "each value is treated as if it were the loss": {
            "    order[0].grad = 1.0\n": "",
            "in order:": "in order:\n        value.grad = 1.0",
        },
        "only the parents of the loss": [
            {"order:": "reversed(order):"},
            {"order:": "order[::-1]:"},
            {"grad\n    ": "grad\n        "},
        ],
        "these are the numbers, value.data": {"grad for": "data for"},
        None: [
            {" value.grad": " parent.data"},
            {"\n    return [value.grad for value in order]": ""},
        ],
    },
)


@wrong("these are the numbers, value.data")
def pass_back(order):
    return [value.data for value in order]


# -- gradients_of


@right
def gradients_of(loss, values):
    grads = {each: 0.0 for each in in_order(loss)}
    grads[loss] = 1.0
    for each in list(grads)[::-1]:
        for parent, slope in zip(each.parents, each.slopes):
            grads[parent] += slope * grads[each]
    return [grads[each] for each in values]


edits(
    gradients_of,
    {
        "a value that is used twice holds the last arrival alone": {"+=": "="},
        "the slope is missing": {"slope * ": ""},
        "only the parents of the loss": {"[::-1]": ""},
    },
)


@right
def gradients_of(loss, values):
    """Go path by path: slow."""
    grads = {}

    def send(value, grad):
        grads[value] = grads.get(value, 0) + grad
        for parent, slope in zip(value.parents, value.slopes):
            send(parent, slope * grad)

    send(loss, 1.0)
    return [grads[value] for value in values]


edits(
    gradients_of,
    {
        "a value is sent on before all has arrived, and =": {
            "grads.get(value, 0) + grad": "grad"
        },
    },
)


@right
def gradients_of(loss, values):
    order = in_order(loss)
    for value in order:
        value.grad = 0.0
    loss.grad = 1.0
    for value in reversed(order):
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope * value.grad
    return [value.grad for value in values]


edits(
    gradients_of,
    {
        "a value that is used twice holds the last arrival alone": {"+=": "="},
        "right on new values": {
            "    for value in order:\n        value.grad = 0.0\n": ""
        },
        "the values in between keep the gradients": [
            {"in order:": "in values:"},
            {
                "value.grad =": "if not value.parents:\n            value.grad =",
                "reversed(order)": "order[::-1]",
            },
        ],
        "the slope is missing": {"slope * ": ""},
        "every gradient is 0. Either that of the loss is": [
            {"    loss.grad = 1.0\n": ""},
            {"1.0": "0.0"},
        ],
        "only the parents of the loss": {"reversed(order)": "order"},
        None: [{"*": "+"}, {"1.0": "loss.data"}],
    },
)


@wrong("a value is sent on before all has arrived, so that")
def gradients_of(loss, values):
    def at_once(value):
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope * value.grad
            at_once(parent)

    for value in in_order(loss):
        value.grad = 0.0
    loss.grad = 1.0
    at_once(loss)
    return [value.grad for value in values]


@wrong("a value is sent on before all has arrived, so that")
def gradients_of(loss, values):
    grads = {each: 0.0 for each in in_order(loss)}
    grads[loss] = 1.0

    def go(value):
        for i in range(len(value.parents)):
            grads[value.parents[i]] += value.slopes[i] * grads[value]
            go(value.parents[i])

    go(loss)
    return [grads[each] for each in values]


@wrong("a value is sent on before all has arrived, and =")
def gradients_of(loss, values):
    def at_once(value):
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad = slope * value.grad
            at_once(parent)

    loss.grad = 1.0
    at_once(loss)
    return [value.grad for value in values]


@wrong("right on new values")
def gradients_of(loss, values):
    order = in_order(loss)
    order.reverse()
    loss.grad = 1.0
    for value in order:
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad = parent.grad + slope * value.grad
    return [each.grad for each in values]


@wrong("a value is sent on before all has arrived, and what comes later")
def gradients_of(loss, values):  # nearest to the loss first
    order = [loss]
    for value in order:
        for parent in value.parents:
            if parent not in order:
                order.append(parent)
    for value in order:
        value.grad = 0.0
    loss.grad = 1.0
    for value in order:
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope * value.grad
    return [value.grad for value in values]


@wrong("a value is sent on before all has arrived, and what comes later")
def gradients_of(loss, values):  # by the size of the numbers
    order = sorted(in_order(loss), key=lambda value: -value.data)
    for value in order:
        value.grad = 0.0
    loss.grad = 1.0
    for value in order:
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope * value.grad
    return [value.grad for value in values]


@unnamed
def gradients_of(loss, values):  # looked up by the number
    order = in_order(loss)
    for value in order:
        value.grad = 0.0
    loss.grad = 1.0
    for value in reversed(order):
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope * value.grad
    found = {value.data: value.grad for value in order}
    return [found[value.data] for value in values]


@wrong("a value is sent on before all has arrived, and what comes later")
def gradients_of(loss, values):
    grads = {loss: 1.0}
    seen = {loss}
    todo = [loss]
    while todo:
        value = todo.pop()
        for parent, slope in zip(value.parents, value.slopes):
            grads[parent] = grads.get(parent, 0.0) + slope * grads[value]
            if parent not in seen:
                todo.append(parent)
                seen.add(parent)
    return [grads.get(value, 0.0) for value in values]


# -- summed_to


@right
def summed_to(grad, shape):
    axes = tuple(i for i in range(2) if shape[i] == 1)
    return grad.sum(axis=axes, keepdims=True)


edits(
    summed_to,
    {
        "this is a mean": {".sum": ".mean"},
        "the axis is lost": {", keepdims=True": ""},
        "this sums along the other axes": {"==": "!="},
    },
)


@right
def summed_to(grad, shape):
    out = np.zeros(shape)
    for i in range(grad.shape[0]):
        for j in range(grad.shape[1]):
            out[min(i, shape[0] - 1), min(j, shape[1] - 1)] += grad[i, j]
    return out


@right
def summed_to(grad, shape):
    for axis in 0, 1:
        if shape[axis] == 1:
            grad = grad.sum(axis=axis, keepdims=True)
    return grad


edits(
    summed_to,
    {
        "this is a mean": [
            {".sum": ".mean"},
            {"grad.sum(": "[grad.mean, grad.sum][axis]("},
            {"grad.sum(": "[grad.sum, grad.mean][axis]("},
        ],
        "this takes the first copy alone": [
            {"grad = grad": "grad = grad[:1] if axis == 0 else grad"},
            {"grad = grad": "grad = grad[:, :1] if axis else grad"},
        ],
        "this sums along the other axes": [
            {"==": "!="},
            {"shape[axis]": "shape[not axis]"},
        ],
        None: {".sum": ".max"},
    },
)


@wrong("this takes the first copy alone")
def summed_to(grad, shape):
    return grad[: shape[0], : shape[1]]


@wrong("this takes the first copy alone")
def summed_to(grad, shape):
    rows, columns = shape
    return np.array([[grad[i, j] for j in range(columns)] for i in range(rows)])


@wrong("one axis is summed, and no second one")
def summed_to(grad, shape):
    if shape[0] == 1:
        return np.sum(grad, axis=0, keepdims=True)
    if shape[1] == 1:
        return np.sum(grad, axis=1, keepdims=True)
    return grad


@wrong("one axis is summed, and no second one")
def summed_to(grad, shape):
    result = grad
    if shape[0] == 1:
        result = grad.sum(axis=0).reshape(1, -1)
    elif shape[1] == 1:
        result = grad.sum(axis=1).reshape(-1, 1)
    return result


@wrong("the axis is lost")
def summed_to(grad, shape):
    if shape[1] == 1:
        grad = grad.sum(axis=1)
    if shape[0] == 1:
        grad = grad.sum(axis=0)
    return grad


@wrong("this sums over the rows, whatever")
def summed_to(grad, shape):
    return grad.sum(axis=0, keepdims=True)


@wrong("this sums over the rows, whatever")
def summed_to(grad, shape):
    return np.ones((1, len(grad))) @ grad


@wrong("this sums over everything")
def summed_to(grad, shape):
    return grad.sum(keepdims=True)


@wrong("this sums over everything")
def summed_to(grad, shape):
    return np.array([[np.sum(grad)]])


@wrong("nothing is summed")
def summed_to(grad, shape):
    return grad


@wrong("nothing is summed")
def summed_to(grad, shape):
    return np.broadcast_to(grad, np.broadcast_shapes(grad.shape, shape))


@unnamed
def summed_to(grad, shape):
    if shape[0] == 1:
        return grad.sum(axis=0, keepdims=True)
    return grad


@wrong("every gradient is 0. Either that of the loss is")
def gradients_of(loss, values):
    order = reversed(in_order(loss))
    for v in order:
        v.grad = 0.0
    loss.grad = 1.0
    for v in order:
        for p, s in zip(v.parents, v.slopes):
            p.grad += s * v.grad
    return [v.grad for v in values]


@unnamed
def pass_back(order):
    order[0].grad = 1.0
    while order:
        value = order.pop(0)
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope * value.grad
    return [each.grad for each in order]


@unnamed
def summed_to(grad, shape):
    match shape:
        case (1, 1):
            return grad.sum(keepdims=True)
        case (1, _):
            return grad.sum(axis=0, keepdims=True)
        case (_, 1):
            return grad.sum(axis=0, keepdims=True)
        case _:
            return grad
