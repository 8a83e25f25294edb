"""The exercises of stage 03: weights for another target, and two layers."""

import numpy as np

from backprop.exercise import Exercise
from backprop.network import sigmoid


def both(X):
    return X @ np.array([[1], [1], [-1.5]]) > 0


ROWS = np.array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
BOTH = Exercise(
    both,
    probes=[(ROWS,), (ROWS[[1]],), (ROWS[[3, 2, 1, 1, 0]],)],
    then="Try next: yes where x₁ or x₂ is 1, but not both. Which of the four sums are "
    "in each other's way?",
    mistakes={
        "this says yes where one of the two is 1. The bias has to outweigh one of the "
        "weights, and not both together.": {"-1.5": "-0.5"},
        "this follows the first input alone: it says yes to 1, 0 as well. The second "
        "input has to count, and the bias to outweigh each weight alone.": {
            "[1], [1], [-1.5]": "[1], [0], [-0.5]"
        },
        "this follows the second input alone: it says yes to 0, 1 as well. The first "
        "input has to count, and the bias to outweigh each weight alone.": {
            "[1], [1], [-1.5]": "[0], [1], [-0.5]"
        },
        "this says no to every row. Where both inputs are 1, the two weights together "
        "have to outweigh the bias.": {"-1.5": "-2.5"},
        "this says yes to every row, the first one too, where z is the bias alone. The "
        "bias has to be below 0; and it is z that is compared with 0: the output of a "
        "sigmoid is always above it.": {"-1.5": "1.5"},
        "this says yes where it should say no, and no where it should say yes: every "
        "sign is flipped.": {" > 0": " < 0"},
        "this says yes where both are 0, and only there. Look at the sum z of each "
        "row, and at the comparison.": {"[1], [1], [-1.5]": "[-1], [-1], [0.5]"},
        "these are the outputs, numbers between 0 and 1. Wanted is whether z is over "
        "0: return X @ w > 0.": {"X @": "sigmoid(X @", " > 0": ")"},
    },
)


def two_layers(X, W1, b1, W2, b2):
    return sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)


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
        "one.": {"sigmoid(X @ W1 + b1)": "(X @ W1 + b1)"},
        "the last layer has no sigmoid: this is its z.": {"return sigmoid": "return "},
        "neither layer has a sigmoid.": {"sigmoid": ""},
        "the hidden layer has its sigmoid twice.": {
            "sigmoid(X @ W1 + b1)": "sigmoid(sigmoid(X @ W1 + b1))"
        },
        "the last layer has its sigmoid twice.": {
            "return sigmoid(": "return sigmoid(sigmoid(",
            "+ b2)": "+ b2))",
        },
        "the bias b1 is missing.": {" + b1": ""},
        "the bias b2 is missing.": {" + b2": ""},
        "both biases are missing.": {" + b1": "", " + b2": ""},
        "the biases are subtracted. A bias is added.": {"+": "-"},
        "b1 is added after the sigmoid. It belongs to z, inside.": {
            "sigmoid(X @ W1 + b1)": "(sigmoid(X @ W1) + b1)"
        },
        "b2 is added after the sigmoid. It belongs to z, inside.": {" + b2)": ") + b2"},
        "the biases are added after the sigmoids. They belong to z, inside.": {
            "sigmoid(X @ W1 + b1)": "(sigmoid(X @ W1) + b1)",
            " + b2)": ") + b2",
        },
        "this is the output of the hidden layer. The next layer takes it as its "
        "input.": {"sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)": "sigmoid(X @ W1 + b1)"},
        "the inputs went through a sigmoid. The first layer takes X as it is.": {
            "X @": "sigmoid(X) @"
        },
        "* multiplies entry by entry and adds nothing up. The weighted sums take @.": {
            "@": "*"
        },
        "the product is the wrong way round: X @ W, a row of X with a column of W.": {
            "X @ W1": "W1 @ X",
            "sigmoid(W1 @ X + b1) @ W2": "W2 @ sigmoid(W1 @ X + b1)",
        },
        "the weights are transposed. A column of W belongs to a neuron already, so it "
        "is X @ W.": {"W1": "W1.T", "W2": "W2.T", "W1.T, b1, W2.T": "W1, b1, W2"},
    },
)

EXERCISES = [BOTH, TWO_LAYERS]
