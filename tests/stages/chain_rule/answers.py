"""Stage 04: what students write for neuron_backward, product_slope, batch_gradient."""
# ruff: noqa: F811

import numpy as np
from bank import edits, everywhere, right, unnamed, wrong

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


@right
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w @ x + b)
    dL_dz = dL_da * a * (1 - a)
    return dL_dz * x, dL_dz


edits(
    neuron_backward,
    {
        "the slope of the sigmoid is missing": {" * a * (1 - a)": ""},
        "the slope is applied twice": {"a * (1 - a)": "(a - a**2) ** 2"},
        "z * (1 - z) is not the slope": {"sigmoid(w @ x + b)": "w @ x + b"},
        "dL_da is not used": {"dL_da * ": ""},
        "dL_da is multiplied by a": {" * (1 - a)": ""},
        "dL_da is added": {"* a": "+ a"},
        "the sign is flipped": {"dL_da ": "-dL_da "},
        "this is the gradient with respect to x": {"* x": "* w"},
        "the factor ∂z/∂w = x is missing": {" * x": ""},
        "the entries are summed": {"dL_dz * x": "np.sum(dL_dz * x)"},
        "∂z/∂b is 1, not b": {", dL_dz": ", dL_dz * b"},
        "the gradient with respect to b lacks the slope": {", dL_dz": ", dL_da"},
        "the two are in the wrong order": {" * x, dL_dz": ", dL_dz * x"},
        "the bias is missing": {" + b": ""},
        None: {"* x": "* x / len(x)"},
    },
)


@right
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w @ x + b)
    slope = a - a**2
    return slope * x * dL_da, slope * dL_da


edits(
    neuron_backward,
    {
        "the slope of the sigmoid is missing": {"a - a**2": "1"},
        "the slope is applied twice": {"a - a**2": "(a - a**2) ** 2"},
        "z * (1 - z) is not the slope": {"sigmoid(w @ x + b)": "w @ x + b"},
        "dL_da is not used": {" * dL_da": everywhere("")},
        "dL_da is multiplied by a": {"a - a**2": "a"},
        "dL_da is added": {
            "slope * x * dL_da, slope * dL_da": "(slope + dL_da) * x, slope + dL_da"
        },
        "the sign is flipped": {"a - a**2": "a**2 - a"},
        "this is the gradient with respect to x": {"slope * x": "slope * w"},
        "the factor ∂z/∂w = x is missing": {" * x *": " *"},
        "the entries are summed": {"* x": "* sum(x)"},
        "∂z/∂b is 1, not b": {"slope * dL_da\n": "slope * dL_da * b\n"},
        "the bias is missing": {" + b": ""},
    },
)


@right
def neuron_backward(w, x, b, dL_da):
    z = w @ x + b
    dL_dw = dL_da * sigmoid(z) * sigmoid(-z) * x
    dL_db = dL_da * sigmoid(z) * sigmoid(-z)
    return dL_dw, dL_db


edits(
    neuron_backward,
    {
        "the gradient with respect to b lacks the slope": {
            "dL_db = dL_da * sigmoid(z) * sigmoid(-z)": "dL_db = dL_da * 1"
        },
        "the two are in the wrong order": {"dL_dw, dL_db": "dL_db, dL_dw"},
    },
)


@unnamed
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w @ x + b)
    return dL_da * a * (1 - a) * x


@wrong("b is added once for each input")
def neuron_backward(w, x, b, dL_da):
    z = 0
    for i in range(len(w)):
        z = z + w[i] * x[i] + b
    a = sigmoid(z)
    dL_db = dL_da * a * (1 - a)
    dL_dw = np.array([dL_db * each for each in x])
    return dL_dw, dL_db


@wrong("b is added once for each input")
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(sum(w * x + b))
    delta = dL_da * a * (1 - a)
    return delta * x, delta


# -- product_slope


@right
def product_slope(x):
    return sigmoid(x) * (1 + x * sigmoid(-x))


edits(
    product_slope,
    {
        "a path is forgotten: x also acts through": {" * (1 + x * sigmoid(-x))": ""},
    },
)


@right
def product_slope(x):
    h = 1e-5
    return ((x + h) * sigmoid(x + h) - (x - h) * sigmoid(x - h)) / (2 * h)


@right
def product_slope(x):
    a = sigmoid(x)
    return a + x * a * (1 - a)


edits(
    product_slope,
    {
        "a path is forgotten: x also is the first factor": {"a + ": ""},
        "the paths are multiplied": {"a + x * a * (1 - a)": "a * (x * a * (1 - a))"},
        "one path is subtracted": {"+": "-"},
        "this is the slope of σ alone": {"+ x * a ": ""},
        "the slopes of the two factors are added": {"a + x *": "1 +"},
        "on the path through σ, the factor x is missing": {"x * ": ""},
        "x * (1 - x) is not the slope of σ": {"a * (1 - a)": "x * (1 - x)"},
        "this is the mean of the paths": {
            "a + x * a * (1 - a)": "(a + x * a * (1 - a)) / 2"
        },
        "this is p itself": {"a + x * a * (1 - a)": "x * a"},
        None: {"a + x *": "x +"},
    },
)


@right
def product_slope(x):
    a = sigmoid(x)
    paths = [a, x * (a - a**2)]
    return sum(paths)


edits(
    product_slope,
    {
        "a path is forgotten: x also acts through": {"sum(paths)": "paths[0]"},
        "a path is forgotten: x also is the first factor": {"sum(paths)": "paths[1]"},
        "the paths are multiplied": {"sum(paths)": "paths[0] * paths[1]"},
        "one path is subtracted": {"a - a**2": "a**2 - a"},
        "this is the slope of σ alone": {"[a, x": "[0, 1"},
        "the slopes of the two factors are added": {"[a, x": "[1, 1"},
        "on the path through σ, the factor x is missing": {
            ", x * (a - a**2)": ", a - a**2"
        },
        "x * (1 - x) is not the slope of σ": {"a - a**2": "x - x**2"},
        "this is the mean of the paths": {"sum(paths)": "np.mean(paths, axis=0)"},
    },
)


@wrong("this is p itself")
def product_slope(x):
    return x / (1 + np.exp(-x))


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


@right
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * a * (1 - a)
    return X.T @ delta, delta.sum(axis=0, keepdims=True)


edits(
    batch_gradient,
    {
        "the slope of the sigmoid is missing": {"(a - y) * a * (1 - a)": "a - y"},
        "the slope is applied twice": {"a * (1 - a)": "(a * (1 - a)) ** 2"},
        "z * (1 - z) is not the slope": {
            "    a =": "    z = X @ W + b\n    a =",
            "* a * (1 - a)": "* z * (1 - z)",
        },
        "the sign is flipped": [{"a - y": "y - a"}, {"a * (1 - a)": "a * (a - 1)"}],
        "the factor of the squares is doubled": {"delta =": "delta = 2 *"},
        "off by n": {"* (1 - a)": "* (1 - a) / len(X)"},
        "transposed": {"X.T @ delta": "delta.T @ X"},
        "X is not transposed": {".T": ""},
        "* multiplies entry by entry": {"@": everywhere("*")},
        "db is summed over the outputs": {"0": "1"},
        "db is one number for all outputs": {"axis=0, ": ""},
        "db is summed to a single number": {"axis=0, keepdims=True": ""},
        "db has lost an axis": {", keepdims=True": ""},
        "db is delta itself": {".sum(axis=0, keepdims=True)": ""},
        "db is a mean over the examples": {"sum": "mean"},
        "db lacks the slope": {"delta.sum": "(a - y).sum"},
        "the bias is missing": {" + b": ""},
        "this is the step, W - gradient": {"X.": "W - X.", "delta,": "delta, b -"},
        None: [{" * (1 - a)": ""}, {"(a - y)": "abs(a - y)"}],
    },
)


@right
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * (a - a**2)
    return X.T @ delta, np.ones((1, len(X))) @ delta


edits(
    batch_gradient,
    {
        "the slope of the sigmoid is missing": {" * (a - a**2)": ""},
        "the slope is applied twice": {"(a - a**2)": "(a - a**2) ** 2"},
        "the factor of the squares is doubled": {"(a - y)": "2 * (a - y)"},
        "transposed": {"X.T @ delta": "delta.T @ X"},
        "db is summed over the outputs": {
            "np.ones((1, len(X))) @ delta": "delta @ np.ones((b.shape[1], 1))"
        },
        "db is delta itself": {"np.ones((1, len(X))) @ delta": "1 * delta"},
        "db lacks the slope": {"len(X))) @ delta": "len(X))) @ (a - y)"},
        "the bias is missing": {" + b": ""},
    },
)


@right
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = a * (a - y) * (1 - a)
    dW = np.dot(X.T, delta)
    db = np.sum(delta, axis=0).reshape(1, -1)
    return dW, db


edits(
    batch_gradient,
    {
        "off by n": {"dW, db": "dW / len(X), db / len(X)"},
        "X is not transposed": {"X.T": "X"},
        "* multiplies entry by entry": {"X @ W": "X * W", "np.dot": "np.multiply"},
        "db is one number for all outputs": {
            "np.sum(delta, axis=0).reshape(1, -1)": "[[np.sum(delta)]]"
        },
        "db is summed to a single number": {
            "np.sum(delta, axis=0).reshape(1, -1)": "sum(delta.ravel())"
        },
        "db has lost an axis": {".reshape(1, -1)": ""},
        "db is a mean over the examples": {"dW, db": "dW, db / len(X)"},
        "this is the step, W - gradient": {"dW, db": "W - dW, b - db"},
    },
)


@wrong("z * (1 - z) is not the slope")
def batch_gradient(X, y, W, b):
    def slope(x):
        return x - x**2

    z = X @ W + b
    delta = slope(z) * (sigmoid(z) - y)
    return (delta.T @ X).T, delta.sum(axis=0, keepdims=True)


@wrong("db counts each delta once for every input")
def batch_gradient(X, y, W, b):
    n, d = X.shape
    k = y.shape[1]
    dW = np.zeros((d, k))
    db = np.zeros((1, k))
    for row in range(n):
        a = sigmoid(X[row] @ W + b[0])
        delta = (a - y[row]) * a * (1 - a)
        for i in range(d):
            for j in range(k):
                dW[i, j] += X[row, i] * delta[j]
                db[0, j] += delta[j]
    return dW, db


@wrong("db counts each delta once for every input")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * a * (1 - a)
    dW, db = np.zeros_like(W), np.zeros_like(b)
    for i, column in enumerate(X.T):
        for x, d in zip(column, delta):
            dW[i] += x * d
            db += d
    return dW, db


@unnamed
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * a * (1 - a)
    dW = X.T @ delta / len(X)
    db = delta.sum(axis=0, keepdims=True)
    return dW, db


@unnamed
def product_slope(x, h=1e-6):
    a = sigmoid(x)
    return a + x * a * (1 + a)


@unnamed
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w @ x[1:] + b)
    dz = dL_da * a * (1 - a)
    return dz * x, dz
