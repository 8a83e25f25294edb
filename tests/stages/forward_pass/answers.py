"""Stage 03: what students write for both and two_layers."""
# ruff: noqa: F811

import numpy as np
from bank import edits, everywhere, right, unnamed, wrong

from backprop.network import sigmoid

# -- both


@right
def both(X):
    w = np.array([[3], [2], [-4]])
    return X @ w > 0


edits(
    both,
    {
        "this says yes where one of the two is 1": {"3": "2", "4": "1"},
        "this follows the first input alone": {"[3], [2], [-4]": "[2], [0], [-1]"},
        "this says yes where it should say no": {"[3], [2], [-4]": "[-2], [-2], [3]"},
        "this says yes where both are 0": [
            {"[3], [2], [-4]": "[-1], [-1], [1]"},
            {"3": "2", "4": "1", ">": "<"},
        ],
        None: {"[3], [2], [-4]": "1, 1, -1.5"},
    },
)


@right
def both(X):
    return sigmoid(np.dot(X, [[10], [10], [-15]])) > 0.5


@right
def both(X):
    w = np.array([[1, 1, -1]]).T
    z = X @ w
    return [[bool(each[0] > 0)] for each in z]


@right
def both(X):
    w = np.array([[1], [1], [-1.5]])
    return X @ w > 0


edits(
    both,
    {
        "this says yes where one of the two is 1": {"-1.5": "-0.1"},
        "this follows the second input alone": {"[1], [-1.5]": "[3], [-2]"},
        "this says no to every row": {"1.5": "2"},
        "this says yes to every row": [
            {"-": ""},
            {"-1.5": "0", ">": ">="},
            {"X @ w >": "sigmoid(X @ w) >"},
        ],
        "this says yes where it should say no": {">": "<"},
        "these are the outputs": [
            {"X @ w > 0": "sigmoid(X @ w)"},
            {"X @ w > 0": "1 / (1 + np.exp(-(X @ w)))"},
        ],
        None: {" > 0": ""},
    },
)


@wrong("this follows the first input alone")
def both(X):
    return X[:, :1] == 1


@wrong("this follows the second input alone")
def both(X):
    return X[:, 1:2] > 0.5


@wrong("this says no to every row")
def both(X):
    return np.zeros((len(X), 1), dtype=bool)


# -- two_layers


@right
def two_layers(X, W1, b1, W2, b2):
    def layer(a, W, b):
        return 1 / (1 + np.exp(-(a @ W + b)))

    return layer(layer(X, W1, b1), W2, b2)


@right
def two_layers(X, W1, b1, W2, b2):
    ones = np.ones((len(X), 1))
    a1 = sigmoid(np.hstack([X, ones]) @ np.vstack([W1, b1]))
    return sigmoid(np.hstack([a1, ones]) @ np.vstack([W2, b2]))


@right
def two_layers(X, W1, b1, W2, b2):
    outputs = []
    for x in X:
        hidden = sigmoid(x @ W1 + b1[0])
        outputs.append(sigmoid(hidden @ W2 + b2[0]))
    return outputs


@right
def two_layers(X, W1, b1, W2, b2):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    return a2


edits(
    two_layers,
    {
        "the hidden layer has no sigmoid": {"sigmoid(X @ W1 + b1)": "X @ W1 + b1"},
        "the last layer has no sigmoid": {"sigmoid(a1 @ W2 + b2)": "a1 @ W2 + b2"},
        "neither layer has a sigmoid": {"sigmoid": everywhere("")},
        "the hidden layer has its sigmoid twice": {
            "sigmoid(a1 @": "sigmoid(sigmoid(a1) @"
        },
        "the last layer has its sigmoid twice": {"return a2": "return sigmoid(a2)"},
        "the bias b1 is missing": {" + b1": ""},
        "the bias b2 is missing": {" + b2": ""},
        "both biases are missing": {" + b1": "", " + b2": ""},
        "the biases are subtracted": {" + b": everywhere(" - b")},
        "b1 is added after the sigmoid": {" + b1)": ") + b1"},
        "b2 is added after the sigmoid": {" + b2)": ") + b2"},
        "this is the output of the hidden layer": [
            {"return a2": "return a1"},
            {"return a2": "a2 = a1\n    return a2"},
        ],
        "the inputs went through a sigmoid": {"(X @": "(sigmoid(X) @"},
        "* multiplies entry by entry": {"@": everywhere("*")},
        "the product is the wrong way round": {
            "X @ W1": "W1 @ X",
            "a1 @ W2": "W2 @ a1",
        },
        "the weights are transposed": {" + b": everywhere(".T + b")},
    },
)


@right
def two_layers(X, W1, b1, W2, b2):
    return sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)


edits(
    two_layers,
    {
        "b1 is added after the sigmoid": {" + b1)": ") @ W2 + b1"},
        "b2 is added after the sigmoid": {" + b2)": ") + b2"},
    },
)


@right
def two_layers(X, W1, b1, W2, b2):
    a = X
    for W, b in [(W1, b1), (W2, b2)]:
        a = a @ W + b
        a = sigmoid(a)
    return a


edits(
    two_layers,
    {
        "both biases are missing": {" + b": ""},
        "the biases are added after the sigmoids": {
            " + b": "",
            "sigmoid(a)": "sigmoid(a) + b",
        },
        "* multiplies entry by entry": {"a @ W": "np.multiply(W, a)"},
        "the product is the wrong way round": {"a @ W": "np.dot(W, a)"},
        "the weights are transposed": {"a @ W": "(W @ a.T).T"},
    },
)


@wrong("the hidden layer has no sigmoid")
def two_layers(X, W1, b1, W2, b2):
    return sigmoid(X @ (W1 @ W2) + b1 @ W2 + b2)


@wrong("the last layer has no sigmoid")
def two_layers(X, W1, b1, W2, b2):
    z2 = b2 + np.dot(sigmoid(b1 + np.dot(X, W1)), W2)
    return z2


@wrong("neither layer has a sigmoid")
def two_layers(X, W1, b1, W2, b2):
    return X @ (W1 @ W2) + (b1 @ W2 + b2)


@wrong("the hidden layer has its sigmoid twice")
def two_layers(X, W1, b1, W2, b2):
    a = X @ W1 + b1
    for _ in range(2):
        a = sigmoid(a)
    return sigmoid(a @ W2 + b2)


@wrong("the last layer has its sigmoid twice")
def two_layers(X, W1, b1, W2, b2):
    def output(z):
        return 1 / (1 + np.exp(-sigmoid(z)))

    return output(sigmoid(X @ W1 + b1) @ W2 + b2)


@wrong("the bias b1 is missing")
def two_layers(X, W1, b1, W2, b2):
    hidden = 1 / (1 + np.exp(-X @ W1))
    return 1 / (1 + np.exp(-(hidden @ W2 + b2)))


@wrong("the bias b2 is missing")
def two_layers(X, W1, b1, W2, b2):
    a, b = X, b1
    for W in W1, W2:
        a = sigmoid(a @ W + b)
        b = 0
    return a


@wrong("the biases are subtracted")
def two_layers(X, W1, b1, W2, b2):
    return 1 / (1 + np.exp(b2 - 1 / (1 + np.exp(b1 - X @ W1)) @ W2))


@wrong("the biases are added after the sigmoids")
def two_layers(X, W1, b1, W2, b2):
    return sigmoid((sigmoid(X @ W1) + b1) @ W2) + b2


@wrong("the inputs went through a sigmoid")
def two_layers(X, W1, b1, W2, b2):
    a = X
    for W, b in [(W1, b1), (W2, b2)]:
        a = sigmoid(a)
        a = a @ W + b
    return sigmoid(a)


@unnamed
def two_layers(X, W1, b1, W2, b2):
    a1 = sigmoid(X @ W1 + b1)
    return np.round(sigmoid(a1 @ W2 + b2))


@unnamed
def two_layers(X, W1, b1, W2, b2):
    a1 = np.tanh(X @ W1 + b1)
    return sigmoid(a1 @ W2 + b2)


@wrong("the bias b1 is missing")
def two_layers(X, W1, b1, W2, b2):
    z1 = np.empty((len(X), W1.shape[1]))
    np.matmul(X, W1, z1)
    a1 = sigmoid(z1)
    return sigmoid(a1 @ W2 + b2)


@wrong("the hidden layer has no sigmoid")
def two_layers(X, W1, b1, W2, b2):
    X.copy()
    return sigmoid((X @ W1 + b1) @ W2 + b2)
