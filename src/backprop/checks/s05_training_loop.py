"""The exercises of stage 05: one step of training, and when to stop."""

import numpy as np

from backprop.checks.exercise import Exercise
from backprop.data import four_rows
from backprop.network import sigmoid


def one_step(X, y, W, learning_rate):
    a = sigmoid(X @ W)
    delta = (a - y) * a * (1 - a)
    return W - learning_rate * X.T @ delta


def _step(delta, scale=lambda X, rate: rate):
    """Return a step whose delta, or whose factor before the gradient, is another."""

    def wrong(X, y, W, learning_rate):
        z = X @ W
        a = sigmoid(z)
        return W - scale(X, learning_rate) * X.T @ delta(a, y, z)

    return wrong


def _right_delta(a, y, z):
    return (a - y) * a * (1 - a)


def _gradient_only(X, y, W, learning_rate):
    a = sigmoid(X @ W)
    return X.T @ _right_delta(a, y, None)


ONE_STEP = Exercise(
    one_step,
    probes=[
        (*four_rows(), np.array([[0.1], [0.4], [0.2]]), 1),
        (*four_rows(), np.array([[0.8], [-0.5], [-0.3]]), 0.3),
        (
            np.array([[1.0, -2.0], [0.5, 0.3], [2.0, 1.0]]),
            np.array([[1.0], [0.0], [1.0]]),
            np.array([[-0.7], [0.6]]),
            2.5,
        ),
    ],
    mistakes={
        "the sign is flipped. The gradient points uphill, so a step down is "
        "W - learning_rate * gradient. (With y - a in place of a - y, it is plus.)": _step(
            _right_delta, lambda X, rate: -rate
        ),
        "the slope of the sigmoid is missing. a - y is the gradient with respect to a; "
        "delta is with respect to z, so it needs the factor a * (1 - a).": _step(
            lambda a, y, z: a - y
        ),
        "the slope is applied twice. delta is (a - y) * a * (1 - a), the slope "
        "once.": _step(lambda a, y, z: (a - y) * (a * (1 - a)) ** 2),
        "z * (1 - z) is not the slope. sigmoid_derivative takes the output: give it a, "
        "not z.": _step(lambda a, y, z: (a - y) * z * (1 - z)),
        "this is the slope at sigmoid(a): the sigmoid was applied once too often. "
        "a is the output already.": _step(
            lambda a, y, z: (a - y) * sigmoid(a) * (1 - sigmoid(a))
        ),
        "the factor of the squares is doubled. The loss here has ½ before its sum, and "
        "the 2 of the derivative cancels it.": _step(
            _right_delta, lambda X, rate: 2 * rate
        ),
        "off by n, the number of examples: a mean where the course uses the sum.": _step(
            _right_delta, lambda X, rate: rate / len(X)
        ),
        "the learning rate is missing.": _step(_right_delta, lambda X, rate: 1),
        "this is the gradient. The step is still to come: W - learning_rate * "
        "gradient.": _gradient_only,
        "this is the change alone. Return the new weights: W plus the change.": lambda X, y, W, rate: (
            one_step(X, y, W, rate) - W
        ),
        "the weights come back as they were: W - … has to be returned, or "
        "assigned.": lambda X, y, W, rate: W,
    },
)


def iterations_to(goal, X, y, W, learning_rate):
    for i in range(1001):
        a = sigmoid(X @ W)
        if np.sum((a - y) ** 2) / 2 < goal:
            return i
        W = one_step(X, y, W, learning_rate)
    return 1001


def _count(loss=lambda a, y: np.sum((a - y) ** 2) / 2, offset=0, stop=None):
    """Return a count by another loss, from another first number."""

    def wrong(goal, X, y, W, learning_rate):
        for i in range(1001):
            if (stop or np.less)(loss(sigmoid(X @ W), y), goal):
                return i + offset
            W = one_step(X, y, W, learning_rate)
        return 1001

    return wrong


def _looked_after_the_step(goal, X, y, W, learning_rate):
    for i in range(1001):
        W = one_step(X, y, W, learning_rate)
        if np.sum((sigmoid(X @ W) - y) ** 2) / 2 < goal:
            return i
    return 1001


ITERATIONS_TO = Exercise(
    iterations_to,
    probes=[
        (0.1, *four_rows(), np.array([[0.1], [0.4], [0.2]]), 1),
        (0.02, *four_rows(), np.array([[0.1], [0.4], [0.2]]), 3),
        (0.3, *four_rows(), np.array([[0.1], [0.4], [0.2]]), 0.1),
        (0.6, *four_rows(), np.array([[0.1], [0.4], [0.2]]), 1),
        (0.001, *four_rows(), np.array([[0.1], [0.4], [0.2]]), 0.01),
    ],
    mistakes={
        "one too many. Look at the loss before the step: if the start is good enough, "
        "the answer is 0.": _count(offset=1),
        "one too few: after the step numbered i, counted from 0, i + 1 steps are "
        "done.": _looked_after_the_step,
        "the ½ before the sum is missing.": _count(lambda a, y: np.sum((a - y) ** 2)),
        "this stops by the mean of the squares. The loss here is ½ times their "
        "sum.": _count(lambda a, y: np.mean((a - y) ** 2)),
        "this stops by half the mean of the squares. The loss here is half their "
        "sum.": _count(lambda a, y: np.mean((a - y) ** 2) / 2),
        "this stops by the sum of the errors, without squares: errors of both signs "
        "cancel.": _count(lambda a, y: np.sum(a - y)),
        "this stops by the absolute errors; the loss is half the sum of the "
        "squares.": _count(lambda a, y: np.sum(np.abs(a - y))),
        "the count goes on while the loss is already under the goal: the comparison "
        "is turned round.": _count(stop=np.greater),
    },
)

EXERCISES = [ONE_STEP, ITERATIONS_TO]
