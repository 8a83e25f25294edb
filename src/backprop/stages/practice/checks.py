"""The exercises of stage 09: batches, momentum."""

import numpy as np

from backprop.exercise import Exercise


def minibatches(X, y, size, order):
    batches = []
    for start in range(0, len(order), size):
        rows = order[start : start + size]
        batches.append((X[rows], y[rows]))
    return batches


def _rows(n, d, seed):
    random = np.random.default_rng(seed)
    return random.normal(size=(n, d)), random.random((n, 1)), random.permutation(n)


def _batches_of(n, d, size, seed):
    X, y, order = _rows(n, d, seed)
    return X, y, size, order


MINIBATCHES = Exercise(
    minibatches,
    probes=[
        _batches_of(6, 2, 2, 1),
        _batches_of(7, 3, 3, 2),
        _batches_of(5, 1, 4, 3),
    ],
    then="Try next: a size of len(X), and a size of 1.",
    mistakes={
        "the rows come as they stand in the file. A batch has the rows that order "
        "names: order[start : start + size].": {
            "order[start : start + size]": "slice(start, start + size)"
        },
        "the last batch is left out, where it is shorter. Its rows count as well: an "
        "epoch takes every row once.": {
            "len(order), size": "len(order) - len(order) % size, size"
        },
        "X is in the new order, and y is not. Each target has to stay with its row.": {
            "y[rows]": "y[start : start + size]"
        },
        "the batches overlap. The next one starts size places on, not 1.": {
            "len(order), size": "len(order) - size + 1"
        },
        "each batch ends at size. It ends size places after its start.": {
            "order[start : start + size]": "order[start:size]"
        },
        "this is the first batch alone. An epoch takes every row once.": {
            "len(order), size": "size, size"
        },
    },
)


def momentum_step(w, velocity, grad, learning_rate, beta):
    velocity = beta * velocity + grad
    return w - learning_rate * velocity, velocity


def _moving(shape, learning_rate, beta, seed):
    w, velocity, grad = np.random.default_rng(seed).normal(size=(3, *shape))
    return w, velocity, grad, learning_rate, beta


MOMENTUM_STEP = Exercise(
    momentum_step,
    probes=[
        _moving((2,), 0.1, 0.9, 1),
        _moving((3, 2), 0.4, 0.5, 2),
        _moving((1, 4), 2.5, 0.99, 3),
    ],
    then="Try next: beta = 0. Which step is that?",
    mistakes={
        "the step takes the old velocity. First the new one, then the step with it.": {
            "    velocity = beta * velocity + grad\n": "",
            "learning_rate * velocity, velocity": "learning_rate * velocity, "
            "beta * velocity + grad",
        },
        "the velocity forgets nothing: beta is left out of it.": {
            "beta * velo": "velo"
        },
        "beta weighs the gradient, and not what was there before.": {
            "beta * velocity + grad": "velocity + beta * grad"
        },
        "the gradient is weighed by 1 − β. Some write momentum so; on this page the "
        "whole gradient is added.": {"+ grad": "+ (1 - beta) * grad"},
        "the step goes uphill: the velocity is made of gradients, and the step is "
        "against it.": {"w - learning": "w + learning"},
        "the step takes the gradient alone. It is the velocity that moves w.": {
            "learning_rate * velocity": "learning_rate * grad"
        },
        "the velocity that is returned has the learning rate in it.": {
            "velocity, velocity": "velocity, learning_rate * velocity"
        },
    },
)

EXERCISES = [MINIBATCHES, MOMENTUM_STEP]
