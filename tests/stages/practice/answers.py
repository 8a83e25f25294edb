"""Stage 09: what students write for its exercises."""
# ruff: noqa: F811

import numpy as np
from bank import right, unnamed, wrong

# -- minibatches


@right
def minibatches(X, y, size, order):
    X, y = X[order], y[order]
    return [(X[i : i + size], y[i : i + size]) for i in range(0, len(X), size)]


@right
def minibatches(X, y, size, order):
    batches, left = [], list(order)
    while left:
        rows, left = left[:size], left[size:]
        batches.append([X[rows], y[rows]])
    return batches


@wrong("the rows come as they stand in the file")
def minibatches(X, y, size, order):
    return [(X[i : i + size], y[i : i + size]) for i in range(0, len(X), size)]


@wrong("the rows come as they stand in the file")
def minibatches(X, y, size, order):
    batches = []
    while len(X):
        batches.append((X[:size], y[:size]))
        X, y = X[size:], y[size:]
    return batches


@wrong("the last batch is left out")
def minibatches(X, y, size, order):
    batches = []
    for i in range(len(X) // size):
        rows = order[i * size : (i + 1) * size]
        batches.append((X[rows], y[rows]))
    return batches


@wrong("the last batch is left out")
def minibatches(X, y, size, order):
    count = len(X) // size
    rows = order[: count * size].reshape(count, size)
    return [(X[each], y[each]) for each in rows]


@wrong("X is in the new order, and y is not")
def minibatches(X, y, size, order):
    X = X[order]
    return [(X[i : i + size], y[i : i + size]) for i in range(0, len(X), size)]


@wrong("X is in the new order, and y is not")
def minibatches(X, y, size, order):
    batches = []
    for start in range(0, len(X), size):
        end = start + size
        batches.append((X[order[start:end]], y[start:end]))
    return batches


@wrong("the batches overlap")
def minibatches(X, y, size, order):
    return [
        (X[order[i : i + size]], y[order[i : i + size]])
        for i in range(len(X) - size + 1)
    ]


@wrong("the batches overlap")
def minibatches(X, y, size, order):
    batches, start = [], 0
    while start + size <= len(order):
        rows = order[start : start + size]
        batches.append((X[rows], y[rows]))
        start += 1
    return batches


@wrong("each batch ends at size")
def minibatches(X, y, size, order):
    X, y = X[order], y[order]
    return [(X[i:size], y[i:size]) for i in range(0, len(X), size)]


@wrong("each batch ends at size")
def minibatches(X, y, size, order):
    batches = []
    for start in range(0, len(X), size):
        batches.append((X[order[start:size]], y[order[start:size]]))
    return batches


@wrong("this is the first batch alone")
def minibatches(X, y, size, order):
    batches = []
    for start in range(0, len(X), size):
        rows = order[start : start + size]
        batches.append((X[rows], y[rows]))
        return batches


@wrong("this is the first batch alone")
def minibatches(X, y, size, order):
    return [(X[order[:size]], y[order[:size]])]


@unnamed
def minibatches(X, y, size, order):
    rows = np.array_split(order, size)
    return [(X[each], y[each]) for each in rows]


@unnamed
def minibatches(X, y, size, order):
    return X[order[:size]], y[order[:size]]


# -- momentum_step


@right
def momentum_step(w, velocity, grad, learning_rate, beta):
    new = grad + beta * velocity
    return w - learning_rate * new, new


@right
def momentum_step(w, velocity, grad, learning_rate, beta):
    kept = velocity * beta
    return [w - learning_rate * kept - learning_rate * grad, kept + grad]


@wrong("the step takes the old velocity")
def momentum_step(w, velocity, grad, learning_rate, beta):
    return w - learning_rate * velocity, beta * velocity + grad


@wrong("the step takes the old velocity")
def momentum_step(w, velocity, grad, learning_rate, beta):
    w = w - learning_rate * velocity
    velocity = beta * velocity + grad
    return w, velocity


@wrong("the velocity forgets nothing")
def momentum_step(w, velocity, grad, learning_rate, beta):
    velocity = velocity + grad
    return w - learning_rate * velocity, velocity


@wrong("the velocity forgets nothing")
def momentum_step(w, velocity, grad, learning_rate, beta):
    total = sum([velocity, grad])
    return w - total * learning_rate, total


@wrong("beta weighs the gradient")
def momentum_step(w, velocity, grad, learning_rate, beta):
    velocity = velocity + beta * grad
    return w - learning_rate * velocity, velocity


@wrong("beta weighs the gradient")
def momentum_step(w, velocity, grad, learning_rate, beta):
    new = beta * grad
    new = new + velocity
    return w - learning_rate * new, new


@wrong("the gradient is weighed by 1 − β")
def momentum_step(w, velocity, grad, learning_rate, beta):
    velocity = beta * velocity + (1 - beta) * grad
    return w - learning_rate * velocity, velocity


@wrong("the gradient is weighed by 1 − β")
def momentum_step(w, velocity, grad, learning_rate, beta):
    new = grad + beta * (velocity - grad)
    return w - learning_rate * new, new


@wrong("the step goes uphill")
def momentum_step(w, velocity, grad, learning_rate, beta):
    velocity = beta * velocity + grad
    return w + learning_rate * velocity, velocity


@wrong("the step goes uphill")
def momentum_step(w, velocity, grad, learning_rate, beta):
    velocity = grad + velocity * beta
    step = learning_rate * velocity
    return w + step, velocity


@wrong("the step takes the gradient alone")
def momentum_step(w, velocity, grad, learning_rate, beta):
    velocity = beta * velocity + grad
    return w - learning_rate * grad, velocity


@wrong("the step takes the gradient alone")
def momentum_step(w, velocity, grad, learning_rate, beta):
    step = learning_rate * grad
    return w - step, velocity * beta + grad


@wrong("the velocity that is returned has the learning rate in it")
def momentum_step(w, velocity, grad, learning_rate, beta):
    step = learning_rate * (beta * velocity + grad)
    return w - step, step


@wrong("the velocity that is returned has the learning rate in it")
def momentum_step(w, velocity, grad, learning_rate, beta):
    velocity = learning_rate * beta * velocity + learning_rate * grad
    return w - velocity, velocity


@unnamed
def momentum_step(w, velocity, grad, learning_rate, beta):
    velocity = beta * velocity - grad
    return w - learning_rate * velocity, velocity


@unnamed
def momentum_step(w, velocity, grad, learning_rate, beta):
    velocity = beta * velocity + grad
    return w - learning_rate * velocity
