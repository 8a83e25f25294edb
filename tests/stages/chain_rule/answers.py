"""Stage 04: what students write for neuron_backward, product_slope, batch_gradient."""
# ruff: noqa: F811

import numpy as np
from bank import right, unnamed, wrong

from backprop.network import sigmoid

# -- neuron_backward


@right
def neuron_backward(w, x, b, dL_da):
    z = np.sum(w * x) + b
    da_dz = sigmoid(z) * sigmoid(-z)
    dL_db = dL_da * da_dz * 1
    return [dL_db * each for each in x], dL_db


@right
def neuron_backward(w, x, b, dL_da):
    def a(w, b):
        return sigmoid(w @ x + b)

    h = 1e-5
    dL_dw = np.zeros(len(w))
    for i in range(len(w)):
        nudge = np.zeros(len(w))
        nudge[i] = h
        dL_dw[i] = dL_da * (a(w + nudge, b) - a(w - nudge, b)) / (2 * h)
    return dL_dw, dL_da * (a(w, b + h) - a(w, b - h)) / (2 * h)


@wrong("the slope of the sigmoid is missing")
def neuron_backward(w, x, b, dL_da):
    return dL_da * x, dL_da


@wrong("the slope of the sigmoid is missing")
def neuron_backward(w, x, b, dL_da):
    dL_dz = dL_da
    dL_dw = [dL_dz * each for each in x]
    return np.array(dL_dw), dL_dz


@wrong("the slope is applied twice")
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w @ x + b)
    slope = a * (1 - a)
    dL_dz = dL_da * slope
    return dL_dz * slope * x, dL_dz * slope


@wrong("the slope is applied twice")
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w @ x + b)
    dL_dz = dL_da * (a - a**2) ** 2
    return dL_dz * x, dL_dz


@wrong("z * (1 - z) is not the slope")
def neuron_backward(w, x, b, dL_da):
    z = w @ x + b
    dL_dz = dL_da * z * (1 - z)
    return dL_dz * x, dL_dz


@wrong("z * (1 - z) is not the slope")
def neuron_backward(w, x, b, dL_da):
    a = np.dot(x, w) + b
    slope = a - a**2
    return slope * dL_da * x, slope * dL_da


@wrong("dL_da is not used")
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w @ x + b)
    dL_dz = a * (1 - a)
    return dL_dz * x, dL_dz


@wrong("dL_da is not used")
def neuron_backward(w, x, b, dL_da):
    z = w @ x + b
    da_dz = np.exp(-z) / (1 + np.exp(-z)) ** 2
    da_dw = da_dz * x
    return da_dw, da_dz


@wrong("dL_da is multiplied by a")
def neuron_backward(w, x, b, dL_da):
    dL_dz = dL_da * sigmoid(w @ x + b)
    return dL_dz * x, dL_dz


@wrong("dL_da is multiplied by a")
def neuron_backward(w, x, b, dL_da):
    a = 1 / (1 + np.exp(-(x @ w) - b))
    return x * a * dL_da, a * dL_da


@wrong("dL_da is added")
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w @ x + b)
    dL_dz = dL_da + a * (1 - a)
    return dL_dz * x, dL_dz


@wrong("dL_da is added")
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w @ x + b)
    dL_dz = sum([dL_da, a, -(a**2)])
    return x * dL_dz, dL_dz


@wrong("the sign is flipped")
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w @ x + b)
    dL_dz = -dL_da * a * (1 - a)
    return dL_dz * x, dL_dz


@wrong("the sign is flipped")
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w @ x + b)
    dL_dz = dL_da * a * (a - 1)
    return x * dL_dz, dL_dz


@wrong("this is the gradient with respect to x")
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w @ x + b)
    dL_dz = dL_da * a * (1 - a)
    return dL_dz * w, dL_dz


@wrong("this is the gradient with respect to x")
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(x @ w + b)
    dL_db = dL_da * (a - a * a)
    return np.array([each * dL_db for each in w]), dL_db


@wrong("the factor ∂z/∂w = x is missing")
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w @ x + b)
    dL_dw = dL_da * a * (1 - a)
    return dL_dw, dL_dw


@wrong("the factor ∂z/∂w = x is missing")
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w @ x + b)
    return [a * (1 - a) * dL_da] * 2


@wrong("the entries are summed")
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w @ x + b)
    dL_dz = dL_da * a * (1 - a)
    return np.sum(dL_dz * x), dL_dz


@wrong("the entries are summed")
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w @ x + b)
    dL_dz = dL_da * a * (1 - a)
    dL_dw = 0
    for each in x:
        dL_dw += dL_dz * each
    return dL_dw, dL_dz


@wrong("∂z/∂b is 1, not b")
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w @ x + b)
    dL_dz = dL_da * a * (1 - a)
    return dL_dz * x, dL_dz * b


@wrong("∂z/∂b is 1, not b")
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w @ x + b)
    slope = a - a**2
    return slope * x * dL_da, slope * dL_da * b


@wrong("the gradient with respect to b lacks the slope")
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w @ x + b)
    return dL_da * a * (1 - a) * x, dL_da


@wrong("the gradient with respect to b lacks the slope")
def neuron_backward(w, x, b, dL_da):
    z = w @ x + b
    dL_dw = dL_da * sigmoid(z) * sigmoid(-z) * x
    dL_db = dL_da * 1
    return dL_dw, dL_db


@wrong("the two are in the wrong order")
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w @ x + b)
    dL_dz = dL_da * a * (1 - a)
    return dL_dz, dL_dz * x


@wrong("the two are in the wrong order")
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w @ x + b)
    dL_dw = dL_da * (a - a**2) * x
    dL_db = dL_da * (a - a**2)
    return dL_db, dL_dw


@wrong("the bias is missing")
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w @ x)
    dL_dz = dL_da * a * (1 - a)
    return dL_dz * x, dL_dz


@wrong("the bias is missing")
def neuron_backward(w, x, b, dL_da):
    a = 1 / (1 + np.exp(-np.dot(w, x)))
    slope = a - a**2
    return slope * dL_da * x, slope * dL_da


@unnamed
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w @ x + b)
    dL_dz = dL_da * a * (1 - a)
    return dL_dz * x / len(x), dL_dz


@unnamed
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w @ x + b)
    return dL_da * a * (1 - a) * x


# -- product_slope


@right
def product_slope(x):
    return sigmoid(x) * (1 + x * sigmoid(-x))


@right
def product_slope(x):
    h = 1e-5
    return ((x + h) * sigmoid(x + h) - (x - h) * sigmoid(x - h)) / (2 * h)


@wrong("a path is forgotten: x also acts through")
def product_slope(x):
    return sigmoid(x)


@wrong("a path is forgotten: x also acts through")
def product_slope(x):
    a = sigmoid(x)
    dp_dx = a * 1
    return dp_dx


@wrong("a path is forgotten: x also is the first factor")
def product_slope(x):
    a = sigmoid(x)
    return x * a * (1 - a)


@wrong("a path is forgotten: x also is the first factor")
def product_slope(x):
    return x * np.exp(-x) / (1 + np.exp(-x)) ** 2


@wrong("the paths are multiplied")
def product_slope(x):
    a = sigmoid(x)
    return a * (x * a * (1 - a))


@wrong("the paths are multiplied")
def product_slope(x):
    a = sigmoid(x)
    paths = [a, x * (a - a**2)]
    return paths[0] * paths[1]


@wrong("one path is subtracted")
def product_slope(x):
    a = sigmoid(x)
    return a - x * a * (1 - a)


@wrong("one path is subtracted")
def product_slope(x):
    a = sigmoid(x)
    return a + x * a * (a - 1)


@wrong("this is the slope of σ alone")
def product_slope(x):
    a = sigmoid(x)
    return a * (1 - a)


@wrong("this is the slope of σ alone")
def product_slope(x):
    return np.exp(-x) / (1 + np.exp(-x)) ** 2


@wrong("the slopes of the two factors are added")
def product_slope(x):
    a = sigmoid(x)
    return 1 + a * (1 - a)


@wrong("the slopes of the two factors are added")
def product_slope(x):
    slope_of_x = x / x
    slope_of_a = sigmoid(x) - sigmoid(x) ** 2
    return slope_of_x + slope_of_a


@wrong("on the path through σ, the factor x is missing")
def product_slope(x):
    a = sigmoid(x)
    return a + a * (1 - a)


@wrong("on the path through σ, the factor x is missing")
def product_slope(x):
    a = sigmoid(x)
    return a * (2 - a)


@wrong("x * (1 - x) is not the slope of σ")
def product_slope(x):
    return sigmoid(x) + x * x * (1 - x)


@wrong("x * (1 - x) is not the slope of σ")
def product_slope(x):
    slope = x - x**2
    return slope * x + sigmoid(x)


@wrong("this is the mean of the paths")
def product_slope(x):
    a = sigmoid(x)
    return (a + x * a * (1 - a)) / 2


@wrong("this is the mean of the paths")
def product_slope(x):
    a = sigmoid(x)
    return np.mean([a, x * a * (1 - a)], axis=0)


@wrong("this is p itself")
def product_slope(x):
    return x * sigmoid(x)


@wrong("this is p itself")
def product_slope(x):
    return x / (1 + np.exp(-x))


@unnamed
def product_slope(x):
    a = sigmoid(x)
    return x + a * (1 - a)


@unnamed
def product_slope(x):
    h = 0.1
    return ((x + h) * sigmoid(x + h) - x * sigmoid(x)) / h


# -- batch_gradient


@right
def batch_gradient(X, y, W, b):
    a = sigmoid(b + X @ W)
    delta = (a - y) * (a - a**2)
    ones = np.ones((len(X), 1))
    return X.T @ delta, ones.T @ delta


@right
def batch_gradient(X, y, W, b):
    dW, db = np.zeros(W.shape), np.zeros(b.shape)
    for x, target in zip(X, y):
        a = sigmoid(x @ W + b)[0]
        delta = (a - target) * a * (1 - a)
        dW += np.outer(x, delta)
        db += delta
    return [dW, db]


@wrong("the slope of the sigmoid is missing")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = a - y
    return X.T @ delta, delta.sum(axis=0, keepdims=True)


@wrong("the slope of the sigmoid is missing")
def batch_gradient(X, y, W, b):
    error = sigmoid(X @ W + b) - y
    return np.dot(X.T, error), np.ones((1, len(X))) @ error


@wrong("the slope is applied twice")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    slope = a * (1 - a)
    delta = (a - y) * slope
    dz = delta * slope
    return X.T @ dz, dz.sum(axis=0, keepdims=True)


@wrong("the slope is applied twice")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * np.square(a - a * a)
    return X.T @ delta, delta.sum(0)[None]


@wrong("z * (1 - z) is not the slope")
def batch_gradient(X, y, W, b):
    z = X @ W + b
    delta = (sigmoid(z) - y) * z * (1 - z)
    return X.T @ delta, delta.sum(axis=0, keepdims=True)


@wrong("z * (1 - z) is not the slope")
def batch_gradient(X, y, W, b):
    def slope(x):
        return x - x**2

    z = X @ W + b
    delta = slope(z) * (sigmoid(z) - y)
    return (delta.T @ X).T, delta.sum(axis=0, keepdims=True)


@wrong("the sign is flipped")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (y - a) * a * (1 - a)
    return X.T @ delta, delta.sum(axis=0, keepdims=True)


@wrong("the sign is flipped")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * (a**2 - a)
    return X.T @ delta, np.sum(delta, axis=0, keepdims=True)


@wrong("the factor of the squares is doubled")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = 2 * (a - y) * a * (1 - a)
    return X.T @ delta, delta.sum(axis=0, keepdims=True)


@wrong("the factor of the squares is doubled")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * a * (1 - a)
    delta = delta + delta
    return np.dot(X.T, delta), np.ones((1, len(X))) @ delta


@wrong("off by n")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * a * (1 - a) / len(X)
    return X.T @ delta, delta.sum(axis=0, keepdims=True)


@wrong("off by n")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * a * (1 - a)
    return (X.T @ delta) / len(X), delta.mean(axis=0, keepdims=True)


@wrong("transposed")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * a * (1 - a)
    return delta.T @ X, delta.sum(axis=0, keepdims=True)


@wrong("transposed")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * (a - a**2)
    dW = sum(np.outer(d, x) for d, x in zip(delta, X))
    return dW, np.ones((1, len(X))) @ delta


@wrong("X is not transposed")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * a * (1 - a)
    return X @ delta, delta.sum(axis=0, keepdims=True)


@wrong("X is not transposed")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = a * (a - y) * (1 - a)
    dW = np.dot(X, delta)
    db = np.sum(delta, axis=0).reshape(1, -1)
    return dW, db


@wrong("* multiplies entry by entry")
def batch_gradient(X, y, W, b):
    a = sigmoid(X * W + b)
    delta = (a - y) * a * (1 - a)
    return X.T * delta, delta.sum(axis=0, keepdims=True)


@wrong("* multiplies entry by entry")
def batch_gradient(X, y, W, b):
    z = np.multiply(X, W) + b
    a = sigmoid(z)
    delta = np.multiply(a - y, a - a**2)
    return np.multiply(X.T, delta), np.sum(delta, axis=0, keepdims=True)


@wrong("db is summed over the outputs")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * a * (1 - a)
    return X.T @ delta, delta.sum(axis=1, keepdims=True)


@wrong("db is summed over the outputs")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * (a - a**2)
    return X.T @ delta, delta @ np.ones((b.shape[1], 1))


@wrong("db is one number for all outputs")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * a * (1 - a)
    return X.T @ delta, delta.sum(keepdims=True)


@wrong("db is one number for all outputs")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * (a - a**2)
    return X.T @ delta, [[np.sum(delta)]]


@wrong("db is summed to a single number")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * a * (1 - a)
    return X.T @ delta, delta.sum()


@wrong("db is summed to a single number")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * (a - a**2)
    return X.T @ delta, sum(delta.ravel())


@wrong("db has lost an axis")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * a * (1 - a)
    return X.T @ delta, delta.sum(axis=0)


@wrong("db has lost an axis")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * (a - a**2)
    return X.T @ delta, sum(delta)


@wrong("db is delta itself")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * a * (1 - a)
    return X.T @ delta, delta


@wrong("db is delta itself")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * (a - a**2)
    return X.T @ delta, 1 * delta


@wrong("db is a mean over the examples")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * a * (1 - a)
    return X.T @ delta, delta.mean(axis=0, keepdims=True)


@wrong("db is a mean over the examples")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * (a - a**2)
    db = delta.sum(axis=0, keepdims=True)
    return X.T @ delta, db / len(X)


@wrong("db lacks the slope")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    error = a - y
    return X.T @ (error * a * (1 - a)), error.sum(axis=0, keepdims=True)


@wrong("db lacks the slope")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * (a - a**2)
    return X.T @ delta, np.ones((1, len(X))) @ (a - y)


@wrong("the bias is missing")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W)
    delta = (a - y) * a * (1 - a)
    return X.T @ delta, delta.sum(axis=0, keepdims=True)


@wrong("the bias is missing")
def batch_gradient(X, y, W, b):
    a = 1 / (1 + np.exp(-np.dot(X, W)))
    delta = (a - y) * (a - a**2)
    return X.T @ delta, np.ones((1, len(X))) @ delta


@wrong("this is the step, W - gradient")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * a * (1 - a)
    return W - X.T @ delta, b - delta.sum(axis=0, keepdims=True)


@wrong("this is the step, W - gradient")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (y - a) * a * (1 - a)
    W = W + X.T @ delta
    b = b + delta.sum(axis=0, keepdims=True)
    return W, b


@unnamed
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * a
    return X.T @ delta, delta.sum(axis=0, keepdims=True)


@unnamed
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = abs(a - y) * a * (1 - a)
    return X.T @ delta, delta.sum(axis=0, keepdims=True)
