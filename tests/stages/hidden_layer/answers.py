"""Stage 06: what students write for hidden_delta and two_layer_step."""
# ruff: noqa: F811

import numpy as np
from bank import edits, everywhere, right, unnamed, wrong

from backprop.network import Layer, gradients, sigmoid

# -- hidden_delta


@right
def hidden_delta(delta2, W2, a1):
    slope = a1 - a1**2
    return slope * np.dot(W2, delta2.T).T


edits(
    hidden_delta,
    {
        "the slope of the hidden units is missing": {"slope * ": ""},
    },
)


@right
def hidden_delta(delta2, W2, a1):
    n, h = a1.shape
    delta1 = np.zeros((n, h))
    for i in range(n):
        for j in range(h):
            delta1[i, j] = sum(delta2[i] * W2[j]) * a1[i, j] * (1 - a1[i, j])
    return delta1


@right
def hidden_delta(delta2, W2, a1):
    return (delta2 @ W2.T) * a1 * (1 - a1)


edits(
    hidden_delta,
    {
        "W2 is not transposed. Backward": [
            {".T": ""},
            {".T": "", " * a1 * (1 - a1)": ""},
        ],
        "the slope of the hidden units is missing": {" * a1 * (1 - a1)": ""},
        "* multiplies entry by entry": {"@": "*"},
        "the product is the wrong way round": {"delta2 @ W2.T": "W2 @ delta2"},
        "this is the slope at sigmoid(a1)": {
            "    return": "    a = sigmoid(a1)\n    return",
            "a1 * (1 - a1)": "a * (1 - a)",
        },
        "the sign is flipped": {"return ": "return -"},
        "the slope is taken before the product": {
            "(delta2 @ W2.T) * a1 * (1 - a1)": "(delta2 * a1 * (1 - a1)) @ W2.T"
        },
        "this multiplies by a1 alone": {" * (1 - a1)": ""},
        "this is off by n": {"(1 - a1)": "(1 - a1) / len(a1)"},
        None: [{"a1 * ": ""}, {"a1 * (1 - a1)": "(1 - a1**2)"}],
    },
)


@right
def hidden_delta(delta2, W2, a1):
    back = np.dot(delta2, W2.T)
    return back * (a1 - a1**2)


edits(
    hidden_delta,
    {
        "W2 is not transposed. Backward": [
            {".T": ""},
            {".T": "", " * (a1 - a1**2)": ""},
        ],
        "* multiplies entry by entry": {"dot": "multiply"},
        "the product is the wrong way round": {"delta2, W2.T": "W2, delta2"},
        "the slope is applied twice": {"(a1 - a1**2)": "(a1 - a1**2) ** 2"},
        "the sign is flipped": {"a1 - a1**2": "a1**2 - a1"},
        "the slope is taken before the product": {
            "dot(delta2,": "dot(delta2 * (a1 - a1**2),",
            "back * (a1 - a1**2)\n": "back\n",
        },
        "this multiplies by a1 alone": {"(a1 - a1**2)": "a1"},
        "this is off by n": {"dot(delta2,": "dot(delta2 / delta2.shape[0],"},
    },
)


@wrong("the slope is applied twice")
def hidden_delta(delta2, W2, a1):
    slope = a1 * (1 - a1)
    error1 = delta2 @ W2.T * slope
    return error1 * slope


@wrong("this is the slope at sigmoid(a1)")
def hidden_delta(delta2, W2, a1):
    def slope(z):
        return np.exp(-z) / (1 + np.exp(-z)) ** 2

    return np.dot(delta2, W2.T) * slope(a1)


# -- two_layer_step


@right
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (y - a2) * a2 * (1 - a2)
    delta1 = delta2 @ W2.T * a1 * (1 - a1)
    ones = np.ones((1, len(X)))
    new_W2 = W2 + learning_rate * a1.T @ delta2
    new_b2 = b2 + learning_rate * ones @ delta2
    new_W1 = W1 + learning_rate * X.T @ delta1
    new_b1 = b1 + learning_rate * ones @ delta1
    return [new_W1, new_b1, new_W2, new_b2]


@right
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    first, second = gradients([Layer(W1, b1), Layer(W2, b2)], X, y)
    return (
        W1 - learning_rate * first.W,
        b1 - learning_rate * first.b,
        W2 - learning_rate * second.W,
        b2 - learning_rate * second.b,
    )


edits(
    two_layer_step,
    {
        "the gradients of the biases are means": {
            "first.b": "first.b / len(X)",
            "second.b": "second.b / len(X)",
        },
        "the learning rate is missing": {"learning_rate * ": everywhere("")},
        "the biases stay as they were": {
            " - learning_rate * first.b": "",
            " - learning_rate * second.b": "",
        },
        "only the last layer learns": {
            " - learning_rate * first.W": "",
            " - learning_rate * first.b": "",
        },
        "these are the gradients": {
            "W1 - learning_rate * ": "",
            "b1 - learning_rate * ": "",
            "W2 - learning_rate * ": "",
            "b2 - learning_rate * ": "",
        },
    },
)


@right
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    W1, b1, W2, b2 = W1.copy(), b1.copy(), W2.copy(), b2.copy()
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (a2 - y) * (a2 - a2**2)
    delta1 = np.dot(delta2, W2.T) * (a1 - a1**2)
    W1 -= learning_rate * np.dot(X.T, delta1)
    b1 -= learning_rate * delta1.sum(axis=0)
    W2 -= learning_rate * np.dot(a1.T, delta2)
    b2 -= learning_rate * delta2.sum(axis=0)
    return W1, b1, W2, b2


@right
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


edits(
    two_layer_step,
    {
        "delta1 has the slope of the output": {"a1 * (1 - a1)": "a2 * (1 - a2)"},
        "the signs are flipped": {"a2 - y": "y - a2"},
        "the slope of the hidden units is missing": {" * a1 * (1 - a1)": ""},
        "the slope of the output is missing": {" * a2 * (1 - a2)": ""},
        "the slope of the hidden units is applied twice": {
            "a1 * (1 - a1)": "a1 * (1 - a1) * a1 * (1 - a1)"
        },
        "W2 is not transposed on the way back": {"W2.T": "W2"},
        "delta1 is made from a2 - y": {"delta2 @ W2.T": "(a2 - y) @ W2.T"},
        "X and a1 are not transposed": {".T @": everywhere(" @")},
        "the gradients of the biases are summed over the units": {
            "axis=0": everywhere("axis=1")
        },
        "the gradients of the biases are summed over everything": {
            "axis=0, keepdims=True": everywhere("")
        },
        "the gradients of the biases are means": {".sum(": everywhere(".mean(")},
        "off by n": {"* (1 - a2)": "* (1 - a2) / len(X)"},
        "the learning rate is missing": {"learning_rate * ": everywhere("")},
        None: {"a1 = sigmoid": "a1 = np.tanh", "a1 * (1 - a1)": "(1 - a1**2)"},
    },
)


@right
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (y - a2) * (a2 - a2**2)
    delta1 = np.dot(delta2, W2.T) * (a1 - a1**2)
    new_W2 = W2 + learning_rate * a1.T @ delta2
    new_b2 = b2 + learning_rate * delta2.sum(axis=0)
    return (
        W1 + learning_rate * X.T @ delta1,
        b1 + learning_rate * sum(delta1),
        new_W2,
        new_b2,
    )


edits(
    two_layer_step,
    {
        "delta1 has the slope of the output": {"a1 - a1**2": "a2 - a2**2"},
        "the slope of the hidden units is missing": {" * (a1 - a1**2)": ""},
        "the slope of the output is missing": {" * (a2 - a2**2)": ""},
        "the slope of the hidden units is applied twice": {
            "(a1 - a1**2)": "(a1 - a1**2) ** 2"
        },
        "W2 is not transposed on the way back": {"W2.T": "W2"},
        "delta1 is made from a2 - y": {"np.dot(delta2,": "np.dot(y - a2,"},
        "X and a1 are not transposed": {".T @": everywhere(" @")},
        "the gradients of the biases are summed over the units": {
            "delta2.sum(axis=0)": "delta2 @ np.ones((delta2.shape[1], 1))",
            "sum(delta1)": "delta1 @ np.ones((delta1.shape[1], 1))",
        },
        "the gradients of the biases are summed over everything": {
            "delta2.sum(axis=0)": "np.sum(delta2, keepdims=True)",
            "sum(delta1)": "np.sum(delta1, keepdims=True)",
        },
    },
)


@right
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (a2 - y) * a2 * (1 - a2)
    delta1 = (delta2 @ W2.T) * a1 * (1 - a1)
    W1 = W1 - learning_rate * X.T @ delta1
    b1 = b1 - learning_rate * delta1.sum(axis=0, keepdims=True)
    W2 = W2 - learning_rate * a1.T @ delta2
    b2 = b2 - learning_rate * delta2.sum(axis=0, keepdims=True)
    return W1, b1, W2, b2


edits(
    two_layer_step,
    {
        "right shapes, but W2 was already updated": {
            "    delta1 =": "    W2 = W2 - learning_rate * a1.T @ delta2\n    delta1 =",
            "    W2 = W2 - learning_rate * a1.T @ delta2\n    b2": "    b2",
        },
        "the order is another": {"W1, b1, W2, b2\n": "W2, b2, W1, b1\n"},
        "the biases stay as they were": {
            "    b1 = b1 - learning_rate * delta1.sum(axis=0, keepdims=True)\n": "",
            "    b2 = b2 - learning_rate * delta2.sum(axis=0, keepdims=True)\n": "",
        },
        "only the last layer learns": {
            "    W1 = W1 - learning_rate * X.T @ delta1\n": "",
            "    b1 = b1 - learning_rate * delta1.sum(axis=0, keepdims=True)\n": "",
        },
        "these are the gradients": {
            "W1 - learning_rate * ": "",
            "b1 - learning_rate * ": "",
            "W2 - learning_rate * ": "",
            "b2 - learning_rate * ": "",
        },
        None: {
            "    b1 = b1 - learning_rate * delta1.sum(axis=0, keepdims=True)\n": "",
            "    b2 = b2 - learning_rate * delta2.sum(axis=0, keepdims=True)\n": "",
            "W1, b1, W2, b2\n": "W1, W2\n",
        },
    },
)


@right
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    first, second = gradients([Layer(W1, b1), Layer(W2, b2)], X, y)
    steps = [first.W, first.b, second.W, second.b]
    return [w - learning_rate * dw for w, dw in zip([W1, b1, W2, b2], steps)]


edits(
    two_layer_step,
    {
        "the signs are flipped": {"w -": "w +"},
        "off by n": {"dw for": "dw / len(X) for"},
    },
)


@wrong("right shapes, but W2 was already updated")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a = [X, sigmoid(X @ W1 + b1)]
    a.append(sigmoid(a[1] @ W2 + b2))
    W, b = [W1, W2], [b1, b2]
    error = a[2] - y
    for i in 1, 0:
        delta = error * a[i + 1] * (1 - a[i + 1])
        W[i] = W[i] - learning_rate * a[i].T @ delta
        b[i] = b[i] - learning_rate * delta.sum(axis=0, keepdims=True)
        error = delta @ W[i].T
    return W[0], b[0], W[1], b[1]


@wrong("the gradients of the first layer come from a second forward pass")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    def deltas():
        a1 = sigmoid(X @ W1 + b1)
        a2 = sigmoid(a1 @ W2 + b2)
        delta2 = (a2 - y) * a2 * (1 - a2)
        return a1, delta2, (delta2 @ W2.T) * a1 * (1 - a1)

    a1, delta2, _ = deltas()
    W2 = W2 - learning_rate * a1.T @ delta2
    b2 = b2 - learning_rate * delta2.sum(axis=0, keepdims=True)
    _, _, delta1 = deltas()
    W1 = W1 - learning_rate * X.T @ delta1
    b1 = b1 - learning_rate * delta1.sum(axis=0, keepdims=True)
    return W1, b1, W2, b2


@wrong("the gradients of the first layer come from a second forward pass")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    _, grads2 = gradients([Layer(W1, b1), Layer(W2, b2)], X, y)
    W2 = W2 - learning_rate * grads2.W
    b2 = b2 - learning_rate * grads2.b
    grads1, _ = gradients([Layer(W1, b1), Layer(W2, b2)], X, y)
    return W1 - learning_rate * grads1.W, b1 - learning_rate * grads1.b, W2, b2


@wrong("the order is another")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    new = []
    grads = gradients([Layer(W1, b1), Layer(W2, b2)], X, y)
    for layer, grad in [((W2, b2), grads[1]), ((W1, b1), grads[0])]:
        new.append(layer[0] - learning_rate * grad.W)
        new.append(layer[1] - learning_rate * grad.b)
    return new


@unnamed
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(W1 @ X + b1)
    a2 = sigmoid(W2 @ a1 + b2)
    delta2 = (a2 - y) * a2 * (1 - a2)
    delta1 = (delta2 @ W2.T) * a1 * (1 - a1)
    return (
        W1 - learning_rate * X.T @ delta1,
        b1 - learning_rate * delta1.sum(axis=0, keepdims=True),
        W2 - learning_rate * a1.T @ delta2,
        b2 - learning_rate * delta2.sum(axis=0, keepdims=True),
    )
