"""Stage 06: what students write for hidden_delta and two_layer_step."""
# ruff: noqa: F811

import numpy as np
from bank import right, unnamed, wrong

from backprop.network import Layer, gradients, sigmoid

# -- hidden_delta


@right
def hidden_delta(delta2, W2, a1):
    slope = a1 - a1**2
    return slope * np.dot(W2, delta2.T).T


@right
def hidden_delta(delta2, W2, a1):
    n, h = a1.shape
    delta1 = np.zeros((n, h))
    for i in range(n):
        for j in range(h):
            delta1[i, j] = sum(delta2[i] * W2[j]) * a1[i, j] * (1 - a1[i, j])
    return delta1


@wrong("W2 is not transposed. Backward")
def hidden_delta(delta2, W2, a1):
    return delta2 @ W2 * a1 * (1 - a1)


@wrong("W2 is not transposed. Backward")
def hidden_delta(delta2, W2, a1):
    back = np.dot(delta2, W2)
    return (a1 - a1**2) * back


@wrong("the slope of the hidden units is missing")
def hidden_delta(delta2, W2, a1):
    return delta2 @ W2.T


@wrong("the slope of the hidden units is missing")
def hidden_delta(delta2, W2, a1):
    return (W2 @ delta2.T).T


@wrong("W2 is not transposed. Backward")
def hidden_delta(delta2, W2, a1):
    return delta2 @ W2


@wrong("W2 is not transposed. Backward")
def hidden_delta(delta2, W2, a1):
    delta1 = np.dot(delta2, W2)
    return delta1


@wrong("* multiplies entry by entry")
def hidden_delta(delta2, W2, a1):
    return delta2 * W2.T * a1 * (1 - a1)


@wrong("* multiplies entry by entry")
def hidden_delta(delta2, W2, a1):
    back = np.multiply(np.transpose(W2), delta2)
    return back * (a1 - a1**2)


@wrong("the product is the wrong way round")
def hidden_delta(delta2, W2, a1):
    return (W2 @ delta2) * a1 * (1 - a1)


@wrong("the product is the wrong way round")
def hidden_delta(delta2, W2, a1):
    return np.dot(W2, delta2) * (a1 - a1**2)


@wrong("the slope is applied twice")
def hidden_delta(delta2, W2, a1):
    slope = a1 * (1 - a1)
    error1 = delta2 @ W2.T * slope
    return error1 * slope


@wrong("the slope is applied twice")
def hidden_delta(delta2, W2, a1):
    return (delta2 @ W2.T) * (a1 - a1**2) ** 2


@wrong("this is the slope at sigmoid(a1)")
def hidden_delta(delta2, W2, a1):
    a = sigmoid(a1)
    return (delta2 @ W2.T) * a * (1 - a)


@wrong("this is the slope at sigmoid(a1)")
def hidden_delta(delta2, W2, a1):
    def slope(z):
        return np.exp(-z) / (1 + np.exp(-z)) ** 2

    return np.dot(delta2, W2.T) * slope(a1)


@wrong("the sign is flipped")
def hidden_delta(delta2, W2, a1):
    return -(delta2 @ W2.T) * a1 * (1 - a1)


@wrong("the sign is flipped")
def hidden_delta(delta2, W2, a1):
    return (delta2 @ W2.T) * (a1**2 - a1)


@wrong("the slope is taken before the product")
def hidden_delta(delta2, W2, a1):
    return (delta2 * a1 * (1 - a1)) @ W2.T


@wrong("the slope is taken before the product")
def hidden_delta(delta2, W2, a1):
    slope = a1 - a1**2
    return np.dot(slope * delta2, W2.T)


@wrong("this multiplies by a1 alone")
def hidden_delta(delta2, W2, a1):
    return (delta2 @ W2.T) * a1


@wrong("this multiplies by a1 alone")
def hidden_delta(delta2, W2, a1):
    return np.multiply(a1, np.dot(delta2, W2.T))


@wrong("this is off by n")
def hidden_delta(delta2, W2, a1):
    return (delta2 @ W2.T) * a1 * (1 - a1) / len(a1)


@wrong("this is off by n")
def hidden_delta(delta2, W2, a1):
    mean = delta2 / delta2.shape[0]
    return (a1 - a1**2) * (mean @ W2.T)


@unnamed
def hidden_delta(delta2, W2, a1):
    return (delta2 @ W2.T) * (1 - a1)


@unnamed
def hidden_delta(delta2, W2, a1):
    return (delta2 @ W2.T) * (1 - a1**2)


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


@wrong("delta1 has the slope of the output")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (a2 - y) * a2 * (1 - a2)
    dW2 = a1.T @ delta2
    db2 = delta2.sum(axis=0, keepdims=True)
    delta1 = (delta2 @ W2.T) * a2 * (1 - a2)
    W1 = W1 - learning_rate * X.T @ delta1
    b1 = b1 - learning_rate * delta1.sum(axis=0, keepdims=True)
    return W1, b1, W2 - learning_rate * dW2, b2 - learning_rate * db2


@wrong("delta1 has the slope of the output")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    slope = a2 * (1 - a2)
    delta2 = (y - a2) * slope
    delta1 = delta2 @ W2.T * slope
    return (
        W1 + learning_rate * X.T @ delta1,
        b1 + learning_rate * delta1.sum(axis=0),
        W2 + learning_rate * a1.T @ delta2,
        b2 + learning_rate * delta2.sum(axis=0),
    )


@wrong("right shapes, but W2 was already updated")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (a2 - y) * a2 * (1 - a2)
    W2 = W2 - learning_rate * a1.T @ delta2
    b2 = b2 - learning_rate * delta2.sum(axis=0, keepdims=True)
    delta1 = (delta2 @ W2.T) * a1 * (1 - a1)
    W1 = W1 - learning_rate * X.T @ delta1
    b1 = b1 - learning_rate * delta1.sum(axis=0, keepdims=True)
    return W1, b1, W2, b2


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


@wrong("the signs are flipped")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (y - a2) * a2 * (1 - a2)
    delta1 = (delta2 @ W2.T) * a1 * (1 - a1)
    return (
        W1 - learning_rate * X.T @ delta1,
        b1 - learning_rate * delta1.sum(axis=0, keepdims=True),
        W2 - learning_rate * a1.T @ delta2,
        b2 - learning_rate * delta2.sum(axis=0, keepdims=True),
    )


@wrong("the signs are flipped")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    first, second = gradients([Layer(W1, b1), Layer(W2, b2)], X, y)
    steps = [first.W, first.b, second.W, second.b]
    return [w + learning_rate * dw for w, dw in zip([W1, b1, W2, b2], steps)]


@wrong("the slope of the hidden units is missing")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (a2 - y) * a2 * (1 - a2)
    delta1 = delta2 @ W2.T
    return (
        W1 - learning_rate * X.T @ delta1,
        b1 - learning_rate * delta1.sum(axis=0, keepdims=True),
        W2 - learning_rate * a1.T @ delta2,
        b2 - learning_rate * delta2.sum(axis=0, keepdims=True),
    )


@wrong("the slope of the hidden units is missing")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (y - a2) * (a2 - a2**2)
    new_W1 = W1 + learning_rate * X.T @ delta2 @ W2.T
    new_b1 = b1 + learning_rate * (delta2 @ W2.T).sum(axis=0)
    W2 = W2 + learning_rate * a1.T @ delta2
    b2 = b2 + learning_rate * delta2.sum(axis=0)
    return new_W1, new_b1, W2, b2


@wrong("the slope of the output is missing")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = a2 - y
    delta1 = (delta2 @ W2.T) * a1 * (1 - a1)
    return (
        W1 - learning_rate * X.T @ delta1,
        b1 - learning_rate * delta1.sum(axis=0, keepdims=True),
        W2 - learning_rate * a1.T @ delta2,
        b2 - learning_rate * delta2.sum(axis=0, keepdims=True),
    )


@wrong("the slope of the output is missing")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    error = y - sigmoid(a1 @ W2 + b2)
    back = error @ W2.T * (a1 - a1**2)
    new_W2 = W2 + learning_rate * a1.T @ error
    new_b2 = b2 + learning_rate * error.sum(axis=0)
    return (
        W1 + learning_rate * X.T @ back,
        b1 + learning_rate * sum(back),
        new_W2,
        new_b2,
    )


@wrong("the slope of the hidden units is applied twice")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (a2 - y) * a2 * (1 - a2)
    error1 = (delta2 @ W2.T) * a1 * (1 - a1)
    delta1 = error1 * a1 * (1 - a1)
    return (
        W1 - learning_rate * X.T @ delta1,
        b1 - learning_rate * delta1.sum(axis=0, keepdims=True),
        W2 - learning_rate * a1.T @ delta2,
        b2 - learning_rate * delta2.sum(axis=0, keepdims=True),
    )


@wrong("the slope of the hidden units is applied twice")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (y - a2) * (a2 - a2**2)
    delta1 = np.dot(delta2, W2.T) * (a1 - a1**2) ** 2
    new_W2 = W2 + learning_rate * a1.T @ delta2
    new_b2 = b2 + learning_rate * delta2.sum(axis=0)
    return (
        W1 + learning_rate * X.T @ delta1,
        b1 + learning_rate * sum(delta1),
        new_W2,
        new_b2,
    )


@wrong("W2 is not transposed on the way back")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (a2 - y) * a2 * (1 - a2)
    delta1 = (delta2 @ W2) * a1 * (1 - a1)
    return (
        W1 - learning_rate * X.T @ delta1,
        b1 - learning_rate * delta1.sum(axis=0, keepdims=True),
        W2 - learning_rate * a1.T @ delta2,
        b2 - learning_rate * delta2.sum(axis=0, keepdims=True),
    )


@wrong("W2 is not transposed on the way back")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (y - a2) * (a2 - a2**2)
    delta1 = np.dot(delta2, W2) * (a1 - a1**2)
    new_W2 = W2 + learning_rate * a1.T @ delta2
    new_b2 = b2 + learning_rate * delta2.sum(axis=0)
    return (
        W1 + learning_rate * X.T @ delta1,
        b1 + learning_rate * sum(delta1),
        new_W2,
        new_b2,
    )


@wrong("delta1 is made from a2 - y")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    error2 = a2 - y
    delta2 = error2 * a2 * (1 - a2)
    error1 = error2 @ W2.T
    delta1 = error1 * a1 * (1 - a1)
    return (
        W1 - learning_rate * X.T @ delta1,
        b1 - learning_rate * delta1.sum(axis=0, keepdims=True),
        W2 - learning_rate * a1.T @ delta2,
        b2 - learning_rate * delta2.sum(axis=0, keepdims=True),
    )


@wrong("delta1 is made from a2 - y")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta1 = np.dot(y - a2, W2.T) * (a1 - a1**2)
    delta2 = (y - a2) * (a2 - a2**2)
    new_W2 = W2 + learning_rate * a1.T @ delta2
    new_b2 = b2 + learning_rate * delta2.sum(axis=0)
    return (
        W1 + learning_rate * X.T @ delta1,
        b1 + learning_rate * sum(delta1),
        new_W2,
        new_b2,
    )


@wrong("X and a1 are not transposed")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (a2 - y) * a2 * (1 - a2)
    delta1 = (delta2 @ W2.T) * a1 * (1 - a1)
    return (
        W1 - learning_rate * X @ delta1,
        b1 - learning_rate * delta1.sum(axis=0, keepdims=True),
        W2 - learning_rate * a1 @ delta2,
        b2 - learning_rate * delta2.sum(axis=0, keepdims=True),
    )


@wrong("X and a1 are not transposed")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (y - a2) * (a2 - a2**2)
    delta1 = np.dot(delta2, W2.T) * (a1 - a1**2)
    new_W2 = W2 + learning_rate * np.dot(a1, delta2)
    new_b2 = b2 + learning_rate * delta2.sum(axis=0)
    return (
        W1 + learning_rate * np.dot(X, delta1),
        b1 + learning_rate * sum(delta1),
        new_W2,
        new_b2,
    )


@wrong("the order is another")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (a2 - y) * a2 * (1 - a2)
    delta1 = (delta2 @ W2.T) * a1 * (1 - a1)
    return (
        W2 - learning_rate * a1.T @ delta2,
        b2 - learning_rate * delta2.sum(axis=0, keepdims=True),
        W1 - learning_rate * X.T @ delta1,
        b1 - learning_rate * delta1.sum(axis=0, keepdims=True),
    )


@wrong("the order is another")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    new = []
    grads = gradients([Layer(W1, b1), Layer(W2, b2)], X, y)
    for layer, grad in [((W2, b2), grads[1]), ((W1, b1), grads[0])]:
        new.append(layer[0] - learning_rate * grad.W)
        new.append(layer[1] - learning_rate * grad.b)
    return new


@wrong("the gradients of the biases are summed over the units")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (a2 - y) * a2 * (1 - a2)
    delta1 = (delta2 @ W2.T) * a1 * (1 - a1)
    return (
        W1 - learning_rate * X.T @ delta1,
        b1 - learning_rate * delta1.sum(axis=1, keepdims=True),
        W2 - learning_rate * a1.T @ delta2,
        b2 - learning_rate * delta2.sum(axis=1, keepdims=True),
    )


@wrong("the gradients of the biases are summed over the units")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (y - a2) * (a2 - a2**2)
    delta1 = np.dot(delta2, W2.T) * (a1 - a1**2)
    new_W2 = W2 + learning_rate * a1.T @ delta2
    new_b2 = b2 + learning_rate * delta2 @ np.ones((delta2.shape[1], 1))
    new_b1 = b1 + learning_rate * delta1 @ np.ones((delta1.shape[1], 1))
    return W1 + learning_rate * X.T @ delta1, new_b1, new_W2, new_b2


@wrong("the gradients of the biases are summed over everything")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (a2 - y) * a2 * (1 - a2)
    delta1 = (delta2 @ W2.T) * a1 * (1 - a1)
    return (
        W1 - learning_rate * X.T @ delta1,
        b1 - learning_rate * delta1.sum(),
        W2 - learning_rate * a1.T @ delta2,
        b2 - learning_rate * delta2.sum(),
    )


@wrong("the gradients of the biases are summed over everything")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (y - a2) * (a2 - a2**2)
    delta1 = np.dot(delta2, W2.T) * (a1 - a1**2)
    new_W2 = W2 + learning_rate * a1.T @ delta2
    new_b2 = b2 + learning_rate * np.sum(delta2, keepdims=True)
    new_b1 = b1 + learning_rate * np.sum(delta1, keepdims=True)
    return W1 + learning_rate * X.T @ delta1, new_b1, new_W2, new_b2


@wrong("the gradients of the biases are means")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (a2 - y) * a2 * (1 - a2)
    delta1 = (delta2 @ W2.T) * a1 * (1 - a1)
    return (
        W1 - learning_rate * X.T @ delta1,
        b1 - learning_rate * delta1.mean(axis=0, keepdims=True),
        W2 - learning_rate * a1.T @ delta2,
        b2 - learning_rate * delta2.mean(axis=0, keepdims=True),
    )


@wrong("the gradients of the biases are means")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    first, second = gradients([Layer(W1, b1), Layer(W2, b2)], X, y)
    return (
        W1 - learning_rate * first.W,
        b1 - learning_rate * first.b / len(X),
        W2 - learning_rate * second.W,
        b2 - learning_rate * second.b / len(X),
    )


@wrong("off by n")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (a2 - y) * a2 * (1 - a2) / len(X)
    delta1 = (delta2 @ W2.T) * a1 * (1 - a1)
    return (
        W1 - learning_rate * X.T @ delta1,
        b1 - learning_rate * delta1.sum(axis=0, keepdims=True),
        W2 - learning_rate * a1.T @ delta2,
        b2 - learning_rate * delta2.sum(axis=0, keepdims=True),
    )


@wrong("off by n")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    first, second = gradients([Layer(W1, b1), Layer(W2, b2)], X, y)
    steps = [first.W, first.b, second.W, second.b]
    n = X.shape[0]
    return [w - learning_rate * dw / n for w, dw in zip([W1, b1, W2, b2], steps)]


@wrong("the learning rate is missing")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (a2 - y) * a2 * (1 - a2)
    delta1 = (delta2 @ W2.T) * a1 * (1 - a1)
    return (
        W1 - X.T @ delta1,
        b1 - delta1.sum(axis=0, keepdims=True),
        W2 - a1.T @ delta2,
        b2 - delta2.sum(axis=0, keepdims=True),
    )


@wrong("the learning rate is missing")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    first, second = gradients([Layer(W1, b1), Layer(W2, b2)], X, y)
    return W1 - first.W, b1 - first.b, W2 - second.W, b2 - second.b


@wrong("the biases stay as they were")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (a2 - y) * a2 * (1 - a2)
    delta1 = (delta2 @ W2.T) * a1 * (1 - a1)
    W1 = W1 - learning_rate * X.T @ delta1
    W2 = W2 - learning_rate * a1.T @ delta2
    return W1, b1, W2, b2


@wrong("the biases stay as they were")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    first, second = gradients([Layer(W1, b1), Layer(W2, b2)], X, y)
    return W1 - learning_rate * first.W, b1, W2 - learning_rate * second.W, b2


@wrong("only the last layer learns")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (a2 - y) * a2 * (1 - a2)
    W2 = W2 - learning_rate * a1.T @ delta2
    b2 = b2 - learning_rate * delta2.sum(axis=0, keepdims=True)
    return W1, b1, W2, b2


@wrong("only the last layer learns")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    _, last = gradients([Layer(W1, b1), Layer(W2, b2)], X, y)
    return W1, b1, W2 - learning_rate * last.W, b2 - learning_rate * last.b


@wrong("these are the gradients")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (a2 - y) * a2 * (1 - a2)
    delta1 = (delta2 @ W2.T) * a1 * (1 - a1)
    dW1, db1 = X.T @ delta1, delta1.sum(axis=0, keepdims=True)
    dW2, db2 = a1.T @ delta2, delta2.sum(axis=0, keepdims=True)
    return dW1, db1, dW2, db2


@wrong("these are the gradients")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    first, second = gradients([Layer(W1, b1), Layer(W2, b2)], X, y)
    return first.W, first.b, second.W, second.b


@unnamed
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = np.tanh(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (a2 - y) * a2 * (1 - a2)
    delta1 = (delta2 @ W2.T) * (1 - a1**2)
    return (
        W1 - learning_rate * X.T @ delta1,
        b1 - learning_rate * delta1.sum(axis=0, keepdims=True),
        W2 - learning_rate * a1.T @ delta2,
        b2 - learning_rate * delta2.sum(axis=0, keepdims=True),
    )


@unnamed
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (a2 - y) * a2 * (1 - a2)
    delta1 = (delta2 @ W2.T) * a1 * (1 - a1)
    W1 = W1 - learning_rate * X.T @ delta1
    W2 = W2 - learning_rate * a1.T @ delta2
    return W1, W2
