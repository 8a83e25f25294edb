"""Stage 03: what students write for with_ones and two_layers."""
# ruff: noqa: F811

import numpy as np
from bank import right, unnamed, wrong

from backprop.network import sigmoid

# -- with_ones


@right
def with_ones(X):
    n, d = X.shape
    result = np.ones((n, d + 1))
    result[:, :d] = X
    return result


@right
def with_ones(X):
    return [list(row) + [1] for row in X]


@right
def with_ones(X):
    return np.c_[X, np.ones(len(X))]


@wrong("the ones stand on the left")
def with_ones(X):
    return np.hstack([np.ones((len(X), 1)), X])


@wrong("the ones stand on the left")
def with_ones(X):
    return np.insert(X, 0, 1, axis=1)


@wrong("this is a row of ones below X")
def with_ones(X):
    return np.vstack([X, np.ones((1, X.shape[1]))])


@wrong("this is a row of ones below X")
def with_ones(X):
    rows = list(X)
    rows.append(np.ones(X.shape[1]))
    return np.array(rows)


@wrong("this is a row of ones above X")
def with_ones(X):
    return np.vstack([np.ones((1, X.shape[1])), X])


@wrong("this is a row of ones above X")
def with_ones(X):
    return np.insert(X, 0, 1, axis=0)


@wrong("the new column holds zeros")
def with_ones(X):
    return np.hstack([X, np.zeros((len(X), 1))])


@wrong("the new column holds zeros")
def with_ones(X):
    return np.pad(X, [(0, 0), (0, 1)])


@wrong("this adds 1 to every entry")
def with_ones(X):
    return X + np.ones((len(X), 1))


@wrong("this adds 1 to every entry")
def with_ones(X):
    result = X.copy()
    result += 1
    return result


@wrong("the ones have taken the place of the last input")
def with_ones(X):
    result = X.copy()
    result[:, -1] = 1
    return result


@wrong("the ones have taken the place of the last input")
def with_ones(X):
    return np.hstack([X[:, : X.shape[1] - 1], np.ones((X.shape[0], 1))])


@wrong("these are the ones alone")
def with_ones(X):
    return np.ones((len(X), 1))


@wrong("these are the ones alone")
def with_ones(X):
    ones = [[1] for row in X]
    return ones


@wrong("X comes back as it was")
def with_ones(X):
    np.hstack([X, np.ones((len(X), 1))])
    return X


@wrong("X comes back as it was")
def with_ones(X):
    return X * np.ones((len(X), 1))


@unnamed
def with_ones(X):
    return np.hstack([X, np.ones((len(X), 2))])


@unnamed
def with_ones(X):
    return np.hstack([X, X[:, -1:]])


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


@wrong("the hidden layer has no sigmoid")
def two_layers(X, W1, b1, W2, b2):
    z1 = X @ W1 + b1
    return sigmoid(z1 @ W2 + b2)


@wrong("the hidden layer has no sigmoid")
def two_layers(X, W1, b1, W2, b2):
    return sigmoid(X @ (W1 @ W2) + b1 @ W2 + b2)


@wrong("the last layer has no sigmoid")
def two_layers(X, W1, b1, W2, b2):
    a1 = sigmoid(X @ W1 + b1)
    return a1 @ W2 + b2


@wrong("the last layer has no sigmoid")
def two_layers(X, W1, b1, W2, b2):
    z2 = b2 + np.dot(sigmoid(b1 + np.dot(X, W1)), W2)
    return z2


@wrong("neither layer has a sigmoid")
def two_layers(X, W1, b1, W2, b2):
    return (X @ W1 + b1) @ W2 + b2


@wrong("neither layer has a sigmoid")
def two_layers(X, W1, b1, W2, b2):
    return X @ (W1 @ W2) + (b1 @ W2 + b2)


@wrong("the hidden layer has its sigmoid twice")
def two_layers(X, W1, b1, W2, b2):
    a1 = sigmoid(X @ W1 + b1)
    return sigmoid(sigmoid(a1) @ W2 + b2)


@wrong("the hidden layer has its sigmoid twice")
def two_layers(X, W1, b1, W2, b2):
    a = X @ W1 + b1
    for _ in range(2):
        a = sigmoid(a)
    return sigmoid(a @ W2 + b2)


@wrong("the last layer has its sigmoid twice")
def two_layers(X, W1, b1, W2, b2):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    return sigmoid(a2)


@wrong("the last layer has its sigmoid twice")
def two_layers(X, W1, b1, W2, b2):
    def output(z):
        return 1 / (1 + np.exp(-sigmoid(z)))

    return output(sigmoid(X @ W1 + b1) @ W2 + b2)


@wrong("the bias b1 is missing")
def two_layers(X, W1, b1, W2, b2):
    return sigmoid(sigmoid(X @ W1) @ W2 + b2)


@wrong("the bias b1 is missing")
def two_layers(X, W1, b1, W2, b2):
    hidden = 1 / (1 + np.exp(-X @ W1))
    return 1 / (1 + np.exp(-(hidden @ W2 + b2)))


@wrong("the bias b2 is missing")
def two_layers(X, W1, b1, W2, b2):
    return sigmoid(sigmoid(X @ W1 + b1) @ W2)


@wrong("the bias b2 is missing")
def two_layers(X, W1, b1, W2, b2):
    a, b = X, b1
    for W in W1, W2:
        a = sigmoid(a @ W + b)
        b = 0
    return a


@wrong("both biases are missing")
def two_layers(X, W1, b1, W2, b2):
    return sigmoid(sigmoid(X @ W1) @ W2)


@wrong("both biases are missing")
def two_layers(X, W1, b1, W2, b2):
    a = X
    for W in W1, W2:
        a = sigmoid(np.dot(a, W))
    return a


@wrong("the biases are subtracted")
def two_layers(X, W1, b1, W2, b2):
    a1 = sigmoid(X @ W1 - b1)
    return sigmoid(a1 @ W2 - b2)


@wrong("the biases are subtracted")
def two_layers(X, W1, b1, W2, b2):
    return 1 / (1 + np.exp(b2 - 1 / (1 + np.exp(b1 - X @ W1)) @ W2))


@wrong("b1 is added after the sigmoid")
def two_layers(X, W1, b1, W2, b2):
    a1 = sigmoid(X @ W1) + b1
    return sigmoid(a1 @ W2 + b2)


@wrong("b1 is added after the sigmoid")
def two_layers(X, W1, b1, W2, b2):
    return sigmoid(sigmoid(X @ W1) @ W2 + b1 @ W2 + b2)


@wrong("b2 is added after the sigmoid")
def two_layers(X, W1, b1, W2, b2):
    return sigmoid(sigmoid(X @ W1 + b1) @ W2) + b2


@wrong("b2 is added after the sigmoid")
def two_layers(X, W1, b1, W2, b2):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2)
    return a2 + np.ones((len(X), 1)) @ b2


@wrong("the biases are added after the sigmoids")
def two_layers(X, W1, b1, W2, b2):
    return sigmoid((sigmoid(X @ W1) + b1) @ W2) + b2


@wrong("the biases are added after the sigmoids")
def two_layers(X, W1, b1, W2, b2):
    a = X
    for W, b in [(W1, b1), (W2, b2)]:
        a = sigmoid(a @ W)
        a = a + b
    return a


@wrong("this is the output of the hidden layer")
def two_layers(X, W1, b1, W2, b2):
    return sigmoid(X @ W1 + b1)


@wrong("this is the output of the hidden layer")
def two_layers(X, W1, b1, W2, b2):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    a2 = a1
    return a2


@wrong("the inputs went through a sigmoid")
def two_layers(X, W1, b1, W2, b2):
    return sigmoid(sigmoid(sigmoid(X) @ W1 + b1) @ W2 + b2)


@wrong("the inputs went through a sigmoid")
def two_layers(X, W1, b1, W2, b2):
    a = X
    for W, b in [(W1, b1), (W2, b2)]:
        a = sigmoid(a)
        a = a @ W + b
    return sigmoid(a)


@wrong("* multiplies entry by entry")
def two_layers(X, W1, b1, W2, b2):
    a1 = sigmoid(X * W1 + b1)
    return sigmoid(a1 * W2 + b2)


@wrong("* multiplies entry by entry")
def two_layers(X, W1, b1, W2, b2):
    hidden = sigmoid(np.multiply(W1, X) + b1)
    return sigmoid(np.multiply(W2, hidden) + b2)


@wrong("the product is the wrong way round")
def two_layers(X, W1, b1, W2, b2):
    a1 = sigmoid(W1 @ X + b1)
    return sigmoid(W2 @ a1 + b2)


@wrong("the product is the wrong way round")
def two_layers(X, W1, b1, W2, b2):
    return sigmoid(np.dot(W2, sigmoid(np.dot(W1, X) + b1)) + b2)


@wrong("the weights are transposed")
def two_layers(X, W1, b1, W2, b2):
    a1 = sigmoid(X @ W1.T + b1)
    return sigmoid(a1 @ W2.T + b2)


@wrong("the weights are transposed")
def two_layers(X, W1, b1, W2, b2):
    hidden = sigmoid((W1 @ X.T).T + b1)
    return sigmoid((W2 @ hidden.T).T + b2)


@unnamed
def two_layers(X, W1, b1, W2, b2):
    a1 = sigmoid(X @ W1 + b1)
    return np.round(sigmoid(a1 @ W2 + b2))


@unnamed
def two_layers(X, W1, b1, W2, b2):
    a1 = np.tanh(X @ W1 + b1)
    return sigmoid(a1 @ W2 + b2)
