"""Stage 07: what students write for its four exercises."""
# ruff: noqa: F811

import numpy as np
from bank import right, unnamed, wrong

from backprop.stages.autograd.value import in_order

# -- quotient_slopes


@right
def quotient_slopes(a, b):
    return [1 / b, -a / (b * b)]


@right
def quotient_slopes(a, b):
    inverse = b**-1
    return inverse, -a * inverse * inverse


@wrong("the second slope has the wrong sign")
def quotient_slopes(a, b):
    return 1 / b, a / b**2


@wrong("the second slope has the wrong sign")
def quotient_slopes(a, b):
    inverse = 1 / b
    return inverse, a * inverse**2


@wrong("the two are in the wrong order")
def quotient_slopes(a, b):
    return -a / b**2, 1 / b


@wrong("the two are in the wrong order")
def quotient_slopes(a, b):
    by_a = 1 / b
    by_b = -a * by_a**2
    return by_b, by_a


@wrong("these are the slopes of the product")
def quotient_slopes(a, b):
    return b, a


@wrong("these are the slopes of the product")
def quotient_slopes(a, b):
    slopes = [b, a]
    return tuple(slopes)


@wrong("the second is the slope of 1 / b")
def quotient_slopes(a, b):
    return 1 / b, -1 / b**2


@wrong("the second is the slope of 1 / b")
def quotient_slopes(a, b):
    return b**-1, -(b**-2)


@wrong("the second slope needs b squared")
def quotient_slopes(a, b):
    return 1 / b, -a / b


@wrong("the second slope needs b squared")
def quotient_slopes(a, b):
    by_a = 1 / b
    return by_a, -a * by_a


@wrong("the second is the slope with respect to 1 / b")
def quotient_slopes(a, b):
    return 1 / b, a


@wrong("the second is the slope with respect to 1 / b")
def quotient_slopes(a, b):
    first, second = b**-1, a
    return first, second


@unnamed
def quotient_slopes(a, b):
    return 1 / b, -a / b**3


@unnamed
def quotient_slopes(a, b):
    return a / b


# -- pass_back


@right
def pass_back(order):
    order[0].grad = 1.0
    for value in order:
        for i in range(len(value.parents)):
            parent = value.parents[i]
            parent.grad = parent.grad + value.slopes[i] * value.grad
    return [value.grad for value in order]


@right
def pass_back(order):
    grads = {value: 0.0 for value in order}
    grads[order[0]] = 1.0
    for value in order:
        for parent, slope in zip(value.parents, value.slopes):
            grads[parent] += slope * grads[value]
    return list(grads.values())


@wrong("a value that is used twice holds the last arrival alone")
def pass_back(order):
    order[0].grad = 1.0
    for value in order:
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad = slope * value.grad
    return [value.grad for value in order]


@wrong("a value that is used twice holds the last arrival alone")
def pass_back(order):
    grads = {order[0]: 1.0}
    for value in order:
        for parent, slope in zip(value.parents, value.slopes):
            grads[parent] = grads[value] * slope
    return [grads[value] for value in order]


@wrong("the slope is missing")
def pass_back(order):
    order[0].grad = 1.0
    for value in order:
        for parent in value.parents:
            parent.grad += value.grad
    return [value.grad for value in order]


@wrong("the slope is missing")
def pass_back(order):
    order[0].grad = 1.0
    for value in order:
        for i in range(len(value.parents)):
            value.parents[i].grad += value.grad
    return [value.grad for value in order]


@wrong("this passes the slope on alone")
def pass_back(order):
    order[0].grad = 1.0
    for value in order:
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope
    return [value.grad for value in order]


@wrong("this passes the slope on alone")
def pass_back(order):
    order[0].grad = 1.0
    for value in order:
        for i, parent in enumerate(value.parents):
            parent.grad = parent.grad + value.slopes[i]
    return [value.grad for value in order]


@wrong("every gradient is 0")
def pass_back(order):
    for value in order:
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope * value.grad
    return [value.grad for value in order]


@wrong("every gradient is 0")
def pass_back(order):
    order[0].grad = 0.0
    for value in order:
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += value.grad * slope
    return [value.grad for value in order]


@wrong("each value is treated as if it were the loss")
def pass_back(order):
    for value in order:
        value.grad = 1.0
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope * value.grad
    return [value.grad for value in order]


@wrong("each value is treated as if it were the loss")
def pass_back(order):
    for value in order:
        value.grad = 1
        for i, parent in enumerate(value.parents):
            parent.grad = parent.grad + value.slopes[i]
    return [value.grad for value in order]


@wrong("only the parents of the loss")
def pass_back(order):
    order[0].grad = 1.0
    for value in reversed(order):
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope * value.grad
    return [value.grad for value in order]


@wrong("only the parents of the loss")
def pass_back(order):
    order[0].grad = 1.0
    for value in order[::-1]:
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope * value.grad
    return [value.grad for value in order]


@wrong("these are the numbers, value.data")
def pass_back(order):
    order[0].grad = 1.0
    for value in order:
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope * value.grad
    return [value.data for value in order]


@wrong("these are the numbers, value.data")
def pass_back(order):
    return [value.data for value in order]


@unnamed
def pass_back(order):
    order[0].grad = 1.0
    for value in order:
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope * parent.data
    return [value.grad for value in order]


@wrong("only the parents of the loss")
def pass_back(order):
    order[0].grad = 1.0
    for value in order:
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope * value.grad
        return [value.grad for value in order]


@unnamed
def pass_back(order):
    order[0].grad = 1.0
    for value in order:
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope * value.grad


# -- gradients_of


@right
def gradients_of(loss, values):
    grads = {each: 0.0 for each in in_order(loss)}
    grads[loss] = 1.0
    for each in list(grads)[::-1]:
        for parent, slope in zip(each.parents, each.slopes):
            grads[parent] += slope * grads[each]
    return [grads[each] for each in values]


@right
def gradients_of(loss, values):
    """Go path by path: right, and slow."""
    grads = {}

    def send(value, grad):
        grads[value] = grads.get(value, 0) + grad
        for parent, slope in zip(value.parents, value.slopes):
            send(parent, slope * grad)

    send(loss, 1.0)
    return [grads[value] for value in values]


@wrong("a value that is used twice holds the last arrival alone")
def gradients_of(loss, values):
    order = in_order(loss)
    for value in order:
        value.grad = 0.0
    loss.grad = 1.0
    for value in reversed(order):
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad = slope * value.grad
    return [value.grad for value in values]


@wrong("a value that is used twice holds the last arrival alone")
def gradients_of(loss, values):
    loss.grad = 1.0
    for value in reversed(in_order(loss)):
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad = slope * value.grad
    return [value.grad for value in values]


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
    def send(value, grad):
        value.grad = grad
        for parent, slope in zip(value.parents, value.slopes):
            send(parent, slope * grad)

    send(loss, 1.0)
    return [value.grad for value in values]


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
    loss.grad = 1.0
    for value in reversed(in_order(loss)):
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope * value.grad
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


@wrong("the values in between keep the gradients")
def gradients_of(loss, values):
    for value in values:
        value.grad = 0.0
    loss.grad = 1.0
    for value in reversed(in_order(loss)):
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope * value.grad
    return [value.grad for value in values]


@wrong("the values in between keep the gradients")
def gradients_of(loss, values):
    order = in_order(loss)
    for value in order:
        if not value.parents:
            value.grad = 0.0
    loss.grad = 1.0
    for value in order[::-1]:
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope * value.grad
    return [value.grad for value in values]


@wrong("the slope is missing")
def gradients_of(loss, values):
    order = in_order(loss)
    for value in order:
        value.grad = 0.0
    loss.grad = 1.0
    for value in reversed(order):
        for parent in value.parents:
            parent.grad += value.grad
    return [value.grad for value in values]


@wrong("the slope is missing")
def gradients_of(loss, values):
    grads = {each: 0.0 for each in in_order(loss)}
    grads[loss] = 1.0
    for each in list(grads)[::-1]:
        for parent in each.parents:
            grads[parent] += grads[each]
    return [grads[each] for each in values]


@wrong("every gradient is 0")
def gradients_of(loss, values):
    order = in_order(loss)
    for value in order:
        value.grad = 0.0
    for value in reversed(order):
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope * value.grad
    return [value.grad for value in values]


@wrong("every gradient is 0")
def gradients_of(loss, values):
    loss.grad = 1.0
    order = in_order(loss)
    for value in order:
        value.grad = 0.0
    for value in reversed(order):
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope * value.grad
    return [value.grad for value in values]


@wrong("only the parents of the loss")
def gradients_of(loss, values):
    order = in_order(loss)
    for value in order:
        value.grad = 0.0
    loss.grad = 1.0
    for value in order:
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope * value.grad
    return [value.grad for value in values]


@wrong("only the parents of the loss")
def gradients_of(loss, values):
    grads = {each: 0.0 for each in in_order(loss)}
    grads[loss] = 1.0
    for each in list(grads):
        for parent, slope in zip(each.parents, each.slopes):
            grads[parent] += slope * grads[each]
    return [grads[each] for each in values]


@unnamed
def gradients_of(loss, values):
    order = in_order(loss)
    for value in order:
        value.grad = 0.0
    loss.grad = 1.0
    for value in reversed(order):
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope + value.grad
    return [value.grad for value in values]


@unnamed
def gradients_of(loss, values):
    order = in_order(loss)
    for value in order:
        value.grad = 0.0
    loss.grad = loss.data
    for value in reversed(order):
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope * value.grad
    return [value.grad for value in values]


@unnamed
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


@unnamed
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


# -- summed_to


@right
def summed_to(grad, shape):
    axes = tuple(i for i in range(2) if shape[i] == 1)
    return grad.sum(axis=axes, keepdims=True)


@right
def summed_to(grad, shape):
    out = np.zeros(shape)
    for i in range(grad.shape[0]):
        for j in range(grad.shape[1]):
            out[min(i, shape[0] - 1), min(j, shape[1] - 1)] += grad[i, j]
    return out


@wrong("this is a mean")
def summed_to(grad, shape):
    for axis in 0, 1:
        if shape[axis] == 1:
            grad = grad.mean(axis=axis, keepdims=True)
    return grad


@wrong("this is a mean")
def summed_to(grad, shape):
    axes = tuple(i for i in range(2) if shape[i] == 1)
    return np.mean(grad, axis=axes, keepdims=True)


@wrong("this takes the first copy alone")
def summed_to(grad, shape):
    return grad[: shape[0], : shape[1]]


@wrong("this takes the first copy alone")
def summed_to(grad, shape):
    rows, columns = shape
    return np.array([[grad[i, j] for j in range(columns)] for i in range(rows)])


@wrong("the axis is lost")
def summed_to(grad, shape):
    axes = tuple(i for i in range(2) if shape[i] == 1)
    return grad.sum(axis=axes)


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


@wrong("this sums along the other axes")
def summed_to(grad, shape):
    for axis in 0, 1:
        if shape[axis] != 1:
            grad = grad.sum(axis=axis, keepdims=True)
    return grad


@wrong("this sums along the other axes")
def summed_to(grad, shape):
    axes = tuple(i for i in range(2) if shape[i] > 1)
    return np.sum(grad, axis=axes, keepdims=True)


@wrong("nothing is summed")
def summed_to(grad, shape):
    return grad


@wrong("nothing is summed")
def summed_to(grad, shape):
    return np.broadcast_to(grad, np.broadcast_shapes(grad.shape, shape))


@unnamed
def summed_to(grad, shape):
    for axis in 0, 1:
        if shape[axis] == 1:
            grad = grad.max(axis=axis, keepdims=True)
    return grad


@unnamed
def summed_to(grad, shape):
    if shape[0] == 1:
        return grad.sum(axis=0, keepdims=True)
    return grad
