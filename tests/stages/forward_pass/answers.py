"""Stage 03: what students write for both and two_layers."""
# ruff: noqa: F811

import numpy as np
from bank import right, unnamed, wrong

from backprop.network import sigmoid

# -- both


@right
def both(X):
    w = np.array([[3], [2], [-4]])
    return X @ w > 0


@right
def both(X):
    return sigmoid(np.dot(X, [[10], [10], [-15]])) > 0.5


@right
def both(X):
    w = np.array([[1, 1, -1]]).T
    z = X @ w
    return [[bool(each[0] > 0)] for each in z]


@wrong("this says yes where one of the two is 1")
def both(X):
    w = np.array([[2], [2], [-1]])
    return X @ w > 0


@wrong("this says yes where one of the two is 1")
def both(X):
    w = np.array([[1], [1], [-0.1]])
    return np.greater(X @ w, 0)


@wrong("this follows the first input alone")
def both(X):
    w = np.array([[2], [0], [-1]])
    return X @ w > 0


@wrong("this follows the first input alone")
def both(X):
    return X[:, :1] == 1


@wrong("this follows the second input alone")
def both(X):
    w = np.array([[1], [3], [-2]])
    return X @ w > 0


@wrong("this follows the second input alone")
def both(X):
    return X[:, 1:2] > 0.5


@wrong("this says no to every row")
def both(X):
    w = np.array([[1], [1], [-2]])
    return X @ w > 0


@wrong("this says no to every row")
def both(X):
    return np.zeros((len(X), 1), dtype=bool)


@wrong("this says yes to every row")
def both(X):
    w = np.array([[1], [1], [1.5]])
    return X @ w > 0


@wrong("this says yes to every row")
def both(X):
    w = np.array([[1], [1], [0]])
    return X @ w >= 0


@wrong("this says yes where it should say no")
def both(X):
    w = np.array([[1], [1], [-1.5]])
    return X @ w < 0


@wrong("this says yes where it should say no")
def both(X):
    w = np.array([[-2], [-2], [3]])
    return X @ w > 0


@wrong("this says yes where both are 0")
def both(X):
    w = np.array([[-1], [-1], [1]])
    return X @ w > 0


@wrong("this says yes where both are 0")
def both(X):
    w = np.array([[2], [2], [-1]])
    return X @ w < 0


@wrong("these are the outputs")
def both(X):
    w = np.array([[1], [1], [-1.5]])
    return sigmoid(X @ w)


@wrong("these are the outputs")
def both(X):
    w = np.array([[1], [1], [-1.5]])
    return 1 / (1 + np.exp(-(X @ w)))


@unnamed
def both(X):
    w = np.array([1, 1, -1.5])
    return X @ w > 0


@unnamed
def both(X):
    w = np.array([[1], [1], [-1.5]])
    return X @ w


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
