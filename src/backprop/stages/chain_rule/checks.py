"""The exercises of stage 04: one neuron, a value used twice, and many rows."""

import numpy as np

from backprop.exercise import Exercise
from backprop.network import sigmoid


def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w @ x + b)
    dL_dz = dL_da * a * (1 - a)
    return dL_dz * x, dL_dz


def _neuron(
    dL_dz=lambda up, a, z: up * a * (1 - a), give=lambda dz, w, x, b: (dz * x, dz)
):
    """Return a backward pass by another ∂L/∂z, or with other results from it."""

    def wrong(w, x, b, dL_da):
        z = w @ x + b
        return give(dL_dz(dL_da, sigmoid(z), z), w, x, b)

    return wrong


def _without_bias(w, x, b, dL_da):
    return neuron_backward(w, x, 0, dL_da)


def _bias_without_slope(w, x, b, dL_da):
    return neuron_backward(w, x, b, dL_da)[0], dL_da


NEURON_BACKWARD = Exercise(
    neuron_backward,
    probes=[
        (np.array([2.0, -3.0]), np.array([-1.0, -2.0]), -3.0, 1.0),
        (np.array([0.5, -1.2, 0.7]), np.array([1.5, 0.3, -2.0]), 0.4, -0.6),
        (np.array([1.1, 0.3]), np.array([0.8, -0.5]), 0.9, 2.5),
    ],
    then="Try next: nudge one weight by 1e-6, and compare.",
    mistakes={
        "the slope of the sigmoid is missing. dL_da is the gradient with respect to a; "
        "times a * (1 - a) it is the one with respect to z.": _neuron(
            lambda up, a, z: up
        ),
        "the slope is applied twice. ∂L/∂z is dL_da * a * (1 - a), the slope "
        "once.": _neuron(lambda up, a, z: up * (a * (1 - a)) ** 2),
        "z * (1 - z) is not the slope: it is taken from the output, a * (1 - "
        "a).": _neuron(lambda up, a, z: up * z * (1 - z)),
        "dL_da is not used. Every gradient is the one that arrives, times the local "
        "slope.": _neuron(lambda up, a, z: a * (1 - a)),
        "dL_da is multiplied by a, not by the slope a * (1 - a).": _neuron(
            lambda up, a, z: up * a
        ),
        "dL_da is added. Along a path, slopes are multiplied; only paths are "
        "added.": _neuron(lambda up, a, z: up + a * (1 - a)),
        "the sign is flipped. A gradient points uphill; the minus comes later, in the "
        "step.": _neuron(lambda up, a, z: -up * a * (1 - a)),
        "this is the gradient with respect to x. z = w · x + b, so ∂z/∂w is x: each "
        "gets the other as its factor.": _neuron(give=lambda dz, w, x, b: (dz * w, dz)),
        "the factor ∂z/∂w = x is missing: ∂L/∂w is ∂L/∂z times x.": _neuron(
            give=lambda dz, w, x, b: (dz, dz)
        ),
        "the entries are summed. Each weight has its own gradient, so ∂L/∂w has the "
        "shape of w.": _neuron(give=lambda dz, w, x, b: (dz * x.sum(), dz)),
        "∂z/∂b is 1, not b: raise b by 1 and z rises by 1.": _neuron(
            give=lambda dz, w, x, b: (dz * x, dz * b)
        ),
        "the gradient with respect to b lacks the slope: it is ∂L/∂z, not "
        "∂L/∂a.": _bias_without_slope,
        "the two are in the wrong order: first ∂L/∂w, then ∂L/∂b.": _neuron(
            give=lambda dz, w, x, b: (dz, dz * x)
        ),
        "the bias is missing in z = w · x + b.": _without_bias,
    },
)


def product_slope(x):
    a = sigmoid(x)
    return a + x * a * (1 - a)


PRODUCT_SLOPE = Exercise(
    product_slope,
    probes=[(2.0,), (-1.5,), (np.array([0.5, -3.0, 4.0]),)],
    then="Try next: the slope of x · x · σ(x). How many paths are there?",
    mistakes={
        "a path is forgotten: x also acts through σ(x), which adds x · σ(x)(1 − "
        "σ(x)).": sigmoid,
        "a path is forgotten: x also is the first factor itself, which adds "
        "σ(x).": lambda x: x * sigmoid(x) * (1 - sigmoid(x)),
        "the paths are multiplied. Multiply along a path; add over the "
        "paths.": lambda x: sigmoid(x) * x * sigmoid(x) * (1 - sigmoid(x)),
        "one path is subtracted. Both raise p in their own way: add them.": lambda x: (
            sigmoid(x) - x * sigmoid(x) * (1 - sigmoid(x))
        ),
        "this is the slope of σ alone; p is x times σ.": lambda x: (
            sigmoid(x) * (1 - sigmoid(x))
        ),
        "the slopes of the two factors are added. A path through one factor is "
        "multiplied by the other factor.": lambda x: 1 + sigmoid(x) * (1 - sigmoid(x)),
        "on the path through σ, the factor x is missing.": lambda x: (
            sigmoid(x) + sigmoid(x) * (1 - sigmoid(x))
        ),
        "x * (1 - x) is not the slope of σ: it is taken from the output, σ(x)(1 − "
        "σ(x)).": lambda x: sigmoid(x) + x * x * (1 - x),
        "this is the mean of the paths; they add.": lambda x: product_slope(x) / 2,
        "this is p itself, not its slope.": lambda x: x * sigmoid(x),
    },
)


def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * a * (1 - a)
    return X.T @ delta, delta.sum(axis=0, keepdims=True)


def _right_delta(a, y, z):
    return (a - y) * a * (1 - a)


def _batch(
    delta=_right_delta, dW=lambda X, d: X.T @ d, db=lambda d: d.sum(0, keepdims=True)
):
    """Return a gradient by another delta, or another dW or db from it."""

    def wrong(X, y, W, b):
        z = X @ W + b
        d = delta(sigmoid(z), y, z)
        return dW(X, d), db(d)

    return wrong


def _bias_left_out(X, y, W, b):
    return batch_gradient(X, y, W, 0 * b)


def _bias_by_a(X, y, W, b):
    error = sigmoid(X @ W + b) - y
    return batch_gradient(X, y, W, b)[0], error.sum(axis=0, keepdims=True)


def _entry_by_entry(X, y, W, b):
    a = sigmoid(X * W + b)
    delta = _right_delta(a, y, None)
    return X.T * delta, delta.sum(axis=0, keepdims=True)


BATCH_GRADIENT = Exercise(
    batch_gradient,
    probes=[
        (
            np.array(
                [[0.2, 1.0, -0.5], [1.5, -1.0, 0.3], [0.7, 0.4, 2.0], [-1.0, 2, 1]]
            ),
            np.array([[0.0, 1], [1, 1], [1, 0], [0, 0]]),
            np.array([[0.3, -0.8], [0.5, 0.2], [-0.4, 0.9]]),
            np.array([[0.6, -1.1]]),
        ),
        (
            np.array([[1.0, -2], [0.5, 0.3], [2, 1]]),
            np.array([[1.0], [0], [1]]),
            np.array([[-0.7], [0.6]]),
            np.array([[0.8]]),
        ),
        # As many rows as inputs, so that a missing transpose fits, and gets its name.
        (
            np.array([[0.5, -1.0, 0.3], [2.0, 0.4, -0.6], [-0.7, 1.2, 0.9]]),
            np.array([[1.0], [0], [1]]),
            np.array([[0.4], [-0.9], [0.2]]),
            np.array([[0.5]]),
        ),
    ],
    then="Try next: every row twice. What becomes of dW?",
    mistakes={
        "the slope of the sigmoid is missing. a - y is the gradient with respect to a; "
        "delta is with respect to z, so it needs the factor a * (1 - a).": _batch(
            lambda a, y, z: a - y
        ),
        "the slope is applied twice. delta is (a - y) * a * (1 - a), the slope "
        "once.": _batch(lambda a, y, z: (a - y) * (a * (1 - a)) ** 2),
        "z * (1 - z) is not the slope: it is taken from the output, a * (1 - "
        "a).": _batch(lambda a, y, z: (a - y) * z * (1 - z)),
        "the sign is flipped. a - y gives the gradient, which points uphill; y - a "
        "gives its negative.": _batch(lambda a, y, z: -_right_delta(a, y, z)),
        "the factor of the squares is doubled. The loss has ½ before its sum, and the "
        "2 of the derivative cancels it.": _batch(
            lambda a, y, z: 2 * _right_delta(a, y, z)
        ),
        "off by n, the number of examples: a mean where the course uses the "
        "sum.": _batch(lambda a, y, z: _right_delta(a, y, z) / len(a)),
        "transposed: dW has the shape of delta.T @ X. A gradient has its parameter's "
        "shape, so it is X.T @ delta.": _batch(dW=lambda X, d: d.T @ X),
        "X is not transposed. The sum runs over the examples, so they must stand in "
        "the columns: X.T @ delta.": _batch(dW=lambda X, d: X @ d),
        "* multiplies entry by entry and adds nothing up. The sums take "
        "@.": _entry_by_entry,
        "db is summed over the outputs. Each output has its own bias: sum over the "
        "examples, axis 0.": _batch(db=lambda d: d.sum(1, keepdims=True)),
        "db is one number for all outputs. Each output has its own bias: sum over the "
        "examples alone, axis 0.": _batch(db=lambda d: d.sum(keepdims=True)),
        "db is summed to a single number. Each output has its own bias: sum over the "
        "examples alone, with axis=0 and keepdims=True.": _batch(db=lambda d: d.sum()),
        "db has lost an axis. b has shape (1, k), and so has its gradient: sum with "
        "keepdims=True.": _batch(db=lambda d: d.sum(0)),
        "db is delta itself. The same bias is used in every row, so the rows' paths "
        "add.": _batch(db=lambda d: d),
        "db is a mean over the examples; the loss is a sum, so its paths add.": _batch(
            db=lambda d: d.mean(0, keepdims=True)
        ),
        "db lacks the slope: it is the sum of delta, not of a - y.": _bias_by_a,
        "the bias is missing in z = X @ W + b.": _bias_left_out,
        "this is the step, W - gradient. Return the gradient "
        "alone.": lambda X, y, W, b: tuple(
            p - g for p, g in zip((W, b), batch_gradient(X, y, W, b))
        ),
    },
)

EXERCISES = [NEURON_BACKWARD, PRODUCT_SLOPE, BATCH_GRADIENT]
