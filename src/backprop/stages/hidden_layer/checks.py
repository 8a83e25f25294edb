"""The exercises of stage 06: the hidden delta, and one step of two layers."""

import numpy as np

from backprop.data import xor
from backprop.exercise import Exercise
from backprop.network import sigmoid


def hidden_delta(delta2, W2, a1):
    return (delta2 @ W2.T) * a1 * (1 - a1)


# Where W2 is square, a missing transpose fits as well, and gets its name.
HIDDEN_DELTA = Exercise(
    hidden_delta,
    probes=[
        (
            np.array([[0.1, -0.2], [0.3, 0.05], [-0.15, 0.4]]),
            np.array([[1.0, -2.0], [0.5, 3.0]]),
            np.array([[0.2, 0.9], [0.6, 0.7], [0.5, 0.1]]),
        ),
        (
            np.array([[0.2, -0.1, 0.4], [-0.3, 0.25, 0.1]]),
            np.array([[0.4, 1.5, -0.6], [-1.2, 0.3, 0.8], [2.0, -0.9, 0.7]]),
            np.array([[0.8, 0.3, 0.55], [0.15, 0.4, 0.95]]),
        ),
        (
            np.array([[0.3, -0.2], [0.15, 0.4]]),
            np.array([[0.6, -1.1], [1.7, 0.9]]),
            np.array([[0.35, 0.8], [0.9, 0.25]]),
        ),
        (
            np.array([[0.2], [-0.1], [0.3]]),
            np.array([[1.4], [-0.6]]),
            np.array([[0.7, 0.2], [0.45, 0.9], [0.1, 0.6]]),
        ),
        # Units that are saturated pass little back, and yet not nothing.
        (
            np.array([[0.25, -0.1], [0.2, 0.3], [-0.05, 0.15]]),
            np.array([[0.8, 1.3], [-0.4, 0.6]]),
            np.array([[0.9996, 0.0002], [0.4, 0.7], [0.25, 0.6]]),
        ),
    ],
    then="Try next: two rows of W2 that are equal. What is equal then?",
    mistakes={
        "W2 is not transposed. Backward, the sum runs over the outputs, so they must "
        "stand in the rows: delta2 @ W2.T.": {".T": ""},
        "the slope of the hidden units is missing. delta2 @ W2.T is the gradient with "
        "respect to a1; delta is with respect to z, so it needs the factor "
        "a1 * (1 - a1).": {" * a1 * (1 - a1)": ""},
        "* multiplies entry by entry and adds nothing up. With one output it comes to "
        "the same; with more, the paths have to be added: @.": {"@": "*"},
        "the product is the wrong way round: delta2 @ W2.T, a row of delta2 with a "
        "row of W2.": {"delta2 @ W2.T": "W2 @ delta2"},
        "the slope is applied twice. It belongs there once.": {
            "a1 * (1 - a1)": "(a1 * (1 - a1)) ** 2"
        },
        "this is the slope at sigmoid(a1): the sigmoid was applied once too often. a1 "
        "is an output already.": {"a1 * (1 - a1)": "sigmoid(a1) * (1 - sigmoid(a1))"},
        "the sign is flipped. delta2 has its sign already; passing it back changes "
        "none.": {"(delta2 @": "-(delta2 @"},
        "the slope is taken before the product. First delta2 @ W2.T, then the slope of "
        "the units that it arrives at.": {
            "(delta2 @ W2.T) * a1 * (1 - a1)": "(delta2 * a1 * (1 - a1)) @ W2.T"
        },
        "this multiplies by a1 alone. The slope is a1 * (1 - a1).": {" * (1 - a1)": ""},
        "this is off by n, the number of examples. Each row has its own delta; nothing "
        "is averaged.": {"(1 - a1)": "(1 - a1) / len(a1)"},
    },
)


def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (a2 - y) * a2 * (1 - a2)
    delta1 = (delta2 @ W2.T) * a1 * (1 - a1)
    return (
        W1 - learning_rate * X.T @ delta1,
        b1 - learning_rate * delta1.sum(axis=0, keepdims=True),
        W2 - learning_rate * a1.T @ delta2,
        b2 - learning_rate * delta2.sum(axis=0, keepdims=True),
    )


def _forward_again(X, y, W1, b1, W2, b2, learning_rate):
    _, _, W2, b2 = two_layer_step(X, y, W1, b1, W2, b2, learning_rate)
    W1, b1, _, _ = two_layer_step(X, y, W1, b1, W2, b2, learning_rate)
    return W1, b1, W2, b2


TWO_LAYER_STEP = Exercise(
    two_layer_step,
    probes=[
        (
            np.array([[0.5, -1.0, 2.0], [1.5, 0.3, -0.4], [-0.7, 0.8, 0.6],
                      [0.2, 1.1, -1.3], [0.9, -0.6, 0.1]]),
            np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.0, 0.0], [1.0, 0.0]]),
            np.array([[0.4, -0.9], [1.2, 0.5], [-0.3, 0.7]]),
            np.array([[0.3, -0.2]]),
            np.array([[1.1, -0.8], [0.6, 1.4]]),
            np.array([[-0.5, 0.4]]),
            2.0,
        ),
        (
            *xor(),
            np.array([[0.5], [-1.0]]),
            np.array([[0.3]]),
            np.array([[-0.7]]),
            np.array([[0.2]]),
            0.5,
        ),
        # As many rows as inputs and units, so that a missing transpose fits.
        (
            np.array([[0.5, -1.0], [1.5, 0.3]]),
            np.array([[1.0], [0.0]]),
            np.array([[0.4, -0.9], [1.2, 0.5]]),
            np.array([[0.3, -0.2]]),
            np.array([[1.1], [-0.8]]),
            np.array([[0.4]]),
            1.5,
        ),
    ],
    then="Try next: start with all weights 0, and take ten steps.",
    mistakes={
        "right shapes, but W2 was already updated when delta1 was taken. Take all "
        "gradients at the old weights, then change them all.": {
            "    delta1 =": "    W2 = W2 - learning_rate * a1.T @ delta2\n    delta1 =",
            "W2 - learning_rate * a1.T @ delta2,": "W2,",
        },
        "delta1 has the slope of the output. It is the hidden units' own: "
        "a1 * (1 - a1).": {"* a1 * (1 - a1)": "* a2 * (1 - a2)"},
        "the gradients of the first layer come from a second forward pass, with the "
        "new W2 and b2. One forward pass, all gradients, one step.": _forward_again,
        "the signs are flipped. Each weight minus learning_rate times its gradient; "
        "with y - a2 in place of a2 - y, it is plus.": {
            " - learning_rate": " + learning_rate"
        },
        "the slope of the hidden units is missing: delta1 needs the factor "
        "a1 * (1 - a1).": {" * a1 * (1 - a1)": ""},
        "the slope of the output is missing: delta2 needs the factor "
        "a2 * (1 - a2).": {" * a2 * (1 - a2)": ""},
        "the slope of the hidden units is applied twice.": {
            "a1 * (1 - a1)": "(a1 * (1 - a1)) ** 2"
        },
        "W2 is not transposed on the way back: delta2 @ W2.T.": {"W2.T": "W2"},
        "delta1 is made from a2 - y. It starts from delta2, which has the slope of the "
        "output already.": {"delta2 @ W2.T": "(a2 - y) @ W2.T"},
        "X and a1 are not transposed. The sums run over the examples, so they must "
        "stand in the columns: X.T @ delta1, a1.T @ delta2.": {
            "X.T": "X", "a1.T": "a1"
        },
        "the order is another: W1, b1, W2, b2.": {
            "return (": "new = (",
            "),\n    )": "),\n    )\n    return *new[2:], *new[:2]",
        },
        "the gradients of the biases are summed over the units. A bias serves all "
        "examples: sum over them, axis=0.": {"axis=0": "axis=1"},
        "the gradients of the biases are summed over everything. Each unit has its own "
        "bias: sum over the examples, axis=0, keepdims=True.": {
            "axis=0, keepdims=True": ""
        },
        "the gradients of the biases are means. The loss is a sum over the examples, "
        "and so are they.": {".sum(": ".mean("},
        "off by n, the number of examples: a mean where the course uses the "
        "sum.": {"- learning_rate": "- learning_rate / len(X)"},
        "the learning rate is missing.": {"learning_rate * ": ""},
        "the biases stay as they were. They have gradients too: the sum of delta over "
        "the examples.": {
            f"b{k} - learning_rate * delta{k}.sum(axis=0, keepdims=True)": f"b{k}"
            for k in (1, 2)
        },
        "only the last layer learns. W1 and b1 need their step, from "
        "delta1.": {
            "W1 - learning_rate * X.T @ delta1": "W1",
            "b1 - learning_rate * delta1.sum(axis=0, keepdims=True)": "b1",
        },
        "these are the gradients. The step is still to come: each weight minus "
        "learning_rate times its gradient.": {
            f"{name} - learning_rate * ": "" for name in ("W1", "b1", "W2", "b2")
        },
    },
)  # fmt: skip

EXERCISES = [HIDDEN_DELTA, TWO_LAYER_STEP]
