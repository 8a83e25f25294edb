"""The exercises of stage 03: a column of ones, and two layers."""

import numpy as np

from backprop.exercise import Exercise
from backprop.network import sigmoid


def with_ones(X):
    return np.hstack([X, _ones(X)])


def _ones(X):
    return np.ones((len(X), 1))


def _on_the_left(X):
    return np.hstack([_ones(X), X])


def _row_below(X):
    return np.vstack([X, np.ones((1, X.shape[1]))])


def _row_above(X):
    return np.vstack([np.ones((1, X.shape[1])), X])


def _zeros(X):
    return np.hstack([X, 0 * _ones(X)])


def _replaced(X):
    return np.hstack([X[:, :-1], _ones(X)])


def _added_to_all(X):
    return X + 1


WITH_ONES = Exercise(
    with_ones,
    probes=[
        (np.array([[0, 0], [1, 1], [1, 0], [0, 1]]),),
        (np.array([[0.5, -2.0, 3.0], [1.5, 0.25, -1.0]]),),
        (np.array([[2.0], [-1.0], [0.5]]),),
    ],
    then="Try next: with_ones(with_ones(X)). How many biases are that?",
    mistakes={
        "the ones stand on the left, so their weight would have to be the first. Here "
        "the constant is the last input.": _on_the_left,
        "this is a row of ones below X: an example more. An input more is a column, "
        "with a 1 for each row.": _row_below,
        "this is a row of ones above X: an example more. An input more is a column, "
        "with a 1 for each row.": _row_above,
        "the new column holds zeros, and a constant of 0 switches the bias "
        "off.": _zeros,
        "this adds 1 to every entry: NumPy stretched the 1 over the whole array. "
        "You need a new column.": _added_to_all,
        "the ones have taken the place of the last input. Keep all columns, and put "
        "one more to their right.": _replaced,
        "these are the ones alone. Put them to the right of X.": _ones,
        "X comes back as it was. np.hstack makes a new array; return that "
        "one.": lambda X: X,
    },
)


def two_layers(X, W1, b1, W2, b2):
    return sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)


def _right(s, b):
    return sigmoid(s + b)


def _layers(first=_right, second=_right, times=np.matmul):
    """Return two layers, each a function of its weighted sum and its bias."""

    def layers(X, W1, b1, W2, b2):
        return second(times(first(times(X, W1), b1), W2), b2)

    return layers


def _no_sigmoid(s, b):
    return s + b


def _twice(s, b):
    return sigmoid(sigmoid(s + b))


def _no_bias(s, b):
    return sigmoid(s)


def _minus(s, b):
    return sigmoid(s - b)


def _after(s, b):
    return sigmoid(s) + b


def _hidden_only(X, W1, b1, W2, b2):
    return sigmoid(X @ W1 + b1)


def _squashed_inputs(X, W1, b1, W2, b2):
    return _layers()(sigmoid(X), W1, b1, W2, b2)


TWO_LAYERS = Exercise(
    two_layers,
    probes=[
        (
            np.array([[0.5, -1.0], [2.0, 0.3], [-0.7, 1.2]]),
            np.array([[0.4, -1.1, 0.8, 0.2], [1.5, 0.6, -0.9, -0.3]]),
            np.array([[0.3, -0.2, 0.7, -0.6]]),
            np.array([[1.2], [-0.8], [0.5], [0.9]]),
            np.array([[-0.4]]),
        ),
        (
            np.array([[1.0, 0.0], [0.2, -1.0], [0.4, 0.6], [-0.5, 2.0], [0, 0]]),
            np.array([[0.7, -0.4, 0.1], [0.2, 0.9, -0.6]]),
            np.array([[0.6, -0.9, 0.25]]),
            np.array([[0.3, -1.3], [0.8, 0.4], [-0.5, 1.0]]),
            np.array([[0.45, -0.35]]),
        ),
        # All square, so that `*` and a wrong product fit, and can be told by name.
        (
            np.array([[0.5, -1.0, 0.3], [2.0, 0.4, -0.6], [-0.7, 1.2, 0.9]]),
            np.array([[0.4, -1.1, 0.8], [1.5, 0.6, -0.9], [0.2, 0.7, -0.5]]),
            np.array([[0.3, -0.2, 0.7]]),
            np.array([[1.2, 0.1, -0.4], [-0.8, 0.9, 0.6], [0.5, -1.3, 1.1]]),
            np.array([[-0.4, 0.25, 0.6]]),
        ),
    ],
    then="Try next: a hidden layer of one unit. What can it still tell apart?",
    mistakes={
        "the hidden layer has no sigmoid. Without it, the two layers do no more than "
        "one.": _layers(first=_no_sigmoid),
        "the last layer has no sigmoid: this is its z.": _layers(second=_no_sigmoid),
        "neither layer has a sigmoid.": _layers(_no_sigmoid, _no_sigmoid),
        "the hidden layer has its sigmoid twice.": _layers(first=_twice),
        "the last layer has its sigmoid twice.": _layers(second=_twice),
        "the bias b1 is missing.": _layers(first=_no_bias),
        "the bias b2 is missing.": _layers(second=_no_bias),
        "both biases are missing.": _layers(_no_bias, _no_bias),
        "the biases are subtracted. A bias is added.": _layers(_minus, _minus),
        "b1 is added after the sigmoid. It belongs to z, inside.": _layers(_after),
        "b2 is added after the sigmoid. It belongs to z, inside.": _layers(
            second=_after
        ),
        "the biases are added after the sigmoids. They belong to z, inside.": _layers(
            _after, _after
        ),
        "this is the output of the hidden layer. The next layer takes it as its "
        "input.": _hidden_only,
        "the inputs went through a sigmoid. The first layer takes X as it "
        "is.": _squashed_inputs,
        "* multiplies entry by entry and adds nothing up. The weighted sums take "
        "@.": _layers(times=np.multiply),
        "the product is the wrong way round: X @ W, a row of X with a column of "
        "W.": _layers(times=lambda a, W: W @ a),
        "the weights are transposed. A column of W belongs to a neuron already, so it "
        "is X @ W.": _layers(times=lambda a, W: a @ W.T),
    },
)

EXERCISES = [WITH_ONES, TWO_LAYERS]
