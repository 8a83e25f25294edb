"""The exercises of stage 04: one neuron, a value used twice, and many rows."""

import numpy as np

from backprop.exercise import Exercise
from backprop.network import sigmoid


def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w @ x + b)
    dL_dz = dL_da * a * (1 - a)
    return dL_dz * x, dL_dz


NEURON_BACKWARD = Exercise(
    neuron_backward,
    probes=[
        (np.array([2.0, -3.0]), np.array([-1.0, -2.0]), -3.0, 1.0),
        (np.array([0.5, -1.2, 0.7]), np.array([1.5, 0.3, -2.0]), 0.4, -0.6),
        (np.array([1.1, 0.3]), np.array([0.8, -0.5]), 0.9, 2.5),
    ],
    then="Try next: nudge one weight by 1e-6, and compare.",
    mistakes={
        "b is added once for each input. It belongs to the sum, and comes once.": {
            "@ x + b": "@ x + len(w) * b"
        },
        "the slope of the sigmoid is missing. dL_da is the gradient with respect to a; "
        "times a * (1 - a) it is the one with respect to z.": {" * a * (1 - a)": ""},
        "the slope is applied twice. ∂L/∂z is dL_da * a * (1 - a), the slope once.": {
            "a * (1 - a)": "(a * (1 - a)) ** 2"
        },
        "z * (1 - z) is not the slope: it is taken from the output, a * (1 - a).": {
            "(w @ x + b)": "(z := w @ x + b)",
            "a * (1 - a)": "z * (1 - z)",
        },
        "dL_da is not used. Every gradient is the one that arrives, times the local "
        "slope.": {"dL_da * a": "a"},
        "dL_da is multiplied by a, not by the slope a * (1 - a).": {" * (1 - a)": ""},
        "dL_da is added. Along a path, slopes are multiplied; only paths are added.": {
            "dL_da *": "dL_da +"
        },
        "the sign is flipped. A gradient points uphill; the minus comes later, in the "
        "step.": {"= dL_da": "= -dL_da"},
        "this is the gradient with respect to x. z = w · x + b, so ∂z/∂w is x: each "
        "gets the other as its factor.": {"dL_dz * x": "dL_dz * w"},
        "the factor ∂z/∂w = x is missing: ∂L/∂w is ∂L/∂z times x.": {
            "dL_dz * x": "dL_dz"
        },
        "the entries are summed. Each weight has its own gradient, so ∂L/∂w has the "
        "shape of w.": {"dL_dz * x": "dL_dz * x.sum()"},
        "∂z/∂b is 1, not b: raise b by 1 and z rises by 1.": {
            "x, dL_dz": "x, dL_dz * b"
        },
        "the gradient with respect to b lacks the slope: it is ∂L/∂z, not ∂L/∂a.": {
            "x, dL_dz": "x, dL_da"
        },
        "the two are in the wrong order: first ∂L/∂w, then ∂L/∂b.": {
            "dL_dz * x, dL_dz": "dL_dz, dL_dz * x"
        },
        "the bias is missing in z = w · x + b.": {" + b": ""},
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
        "σ(x)).": {" + x * a * (1 - a)": ""},
        "a path is forgotten: x also is the first factor itself, which adds σ(x).": {
            "a + x": "x"
        },
        "the paths are multiplied. Multiply along a path; add over the paths.": {
            "a + x": "a * x"
        },
        "one path is subtracted. Both raise p in their own way: add them.": {
            "a + x": "a - x"
        },
        "this is the slope of σ alone; p is x times σ.": {"a + x * ": ""},
        "the slopes of the two factors are added. A path through one factor is "
        "multiplied by the other factor.": {"a + x *": "1 +"},
        "on the path through σ, the factor x is missing.": {"x * a": "a"},
        "x * (1 - x) is not the slope of σ: it is taken from the output, σ(x)(1 − "
        "σ(x)).": {"x * a * (1 - a)": "x * x * (1 - x)"},
        "this is the mean of the paths; they add.": {
            "a + x * a * (1 - a)": "(a + x * a * (1 - a)) / 2"
        },
        "this is p itself, not its slope.": {"a + x * a * (1 - a)": "x * a"},
    },
)


def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * a * (1 - a)
    return X.T @ delta, delta.sum(axis=0, keepdims=True)


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
        "delta is with respect to z, so it needs the factor a * (1 - a).": {
            " * a * (1 - a)": ""
        },
        "the slope is applied twice. delta is (a - y) * a * (1 - a), the slope once.": {
            "a * (1 - a)": "(a * (1 - a)) ** 2"
        },
        "z * (1 - z) is not the slope: it is taken from the output, a * (1 - a).": {
            "(X @ W + b)": "(z := X @ W + b)",
            "a * (1 - a)": "z * (1 - z)",
        },
        "the sign is flipped. a - y gives the gradient, which points uphill; y - a "
        "gives its negative.": {"a - y": "y - a"},
        "the factor of the squares is doubled. The loss has ½ before its sum, and the "
        "2 of the derivative cancels it.": {"= (a - y)": "= 2 * (a - y)"},
        "off by n, the number of examples: a mean where the course uses the sum.": {
            "= (a - y)": "= 1 / len(a) * (a - y)"
        },
        "transposed: dW has the shape of delta.T @ X. A gradient has its parameter's "
        "shape, so it is X.T @ delta.": {"X.T @ delta": "delta.T @ X"},
        "X is not transposed. The sum runs over the examples, so they must stand in "
        "the columns: X.T @ delta.": {"X.T @": "X @"},
        "* multiplies entry by entry and adds nothing up. The sums take @.": {
            "X @ W": "X * W",
            "X.T @": "X.T *",
        },
        "db is summed over the outputs. Each output has its own bias: sum over the "
        "examples, axis 0.": {"axis=0": "axis=1"},
        "db is one number for all outputs. Each output has its own bias: sum over the "
        "examples alone, axis 0.": {"axis=0, ": ""},
        "db is summed to a single number. Each output has its own bias: sum over the "
        "examples alone, with axis=0 and keepdims=True.": {"axis=0, keepdims=True": ""},
        "db has lost an axis. b has shape (1, k), and so has its gradient: sum with "
        "keepdims=True.": {", keepdims=True": ""},
        "db is delta itself. The same bias is used in every row, so the rows' paths "
        "add.": {".sum(axis=0, keepdims=True)": ""},
        "db counts each delta once for every input: it is d times too large. b has no "
        "input, so each example counts once.": {"delta.sum": "len(W) * delta.sum"},
        "db is a mean over the examples; the loss is a sum, so its paths add.": {
            "delta.sum": "delta.mean"
        },
        "db lacks the slope: it is the sum of delta, not of a - y.": {
            "delta.sum": "(a - y).sum"
        },
        "the bias is missing in z = X @ W + b.": {" + b": ""},
        "this is the step, W - gradient. Return the gradient alone.": {
            "return X": "return W - X",
            "delta, delta": "delta, b - delta",
        },
    },
)

EXERCISES = [NEURON_BACKWARD, PRODUCT_SLOPE, BATCH_GRADIENT]
