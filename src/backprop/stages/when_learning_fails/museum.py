"""The museum of stage 08: backward passes as text, so that what is shown is what runs.

Each is for a network of two layers with a sigmoid output, on XOR. All but one are
broken. Which mistake is whose stands in the stage's checks.
"""

from functools import lru_cache

import numpy as np

from backprop import network, validate
from backprop.data import xor
from backprop.edit import edited

LEARNING_RATE, ITERATIONS, WIDTH, SEED = 2, 2500, 4, 9

RIGHT = """\
z1 = X @ W1 + b1
a1 = sigmoid(z1)
a2 = sigmoid(a1 @ W2 + b2)
slope1 = a1 * (1 - a1)
slope2 = a2 * (1 - a2)

delta2 = (a2 - y) * slope2
dW2 = a1.T @ delta2
db2 = delta2.sum(0)
delta1 = (delta2 @ W2.T) * slope1
dW1 = X.T @ delta1
db1 = delta1.sum(0)"""

# Exhibit -> what it has in place of lines of RIGHT.
CHANGES = {
    "1": {"delta2 = (a2 - y) *": "delta2 = (a2 - y) / len(y) *"},
    "2": {
        "db2 = delta2.sum(0)": "db2 = delta2.sum(0)\n"
        "W2 = W2 - learning_rate * dW2\n"
        "b2 = b2 - learning_rate * db2"
    },
    "3": {
        "a1 = sigmoid(z1)": "a1 = np.maximum(z1, 0)",
        "slope1 = a1 * (1 - a1)": "slope1 = a1 >= 0",
    },
    "4": {
        "a1 * (1 - a1)": "a1 - a1**2",
        "a2 * (1 - a2)": "a2 - a2**2",
        "a2 - y": "y - a2",
        "= a1.T @": "= -a1.T @",
        "= X.T @": "= -X.T @",
        "= delta2.sum": "= -delta2.sum",
        "= delta1.sum": "= -delta1.sum",
    },
    "5": {
        "delta2 = (a2 - y) * slope2": "error2 = (a2 - y) * slope2\n"
        "delta2 = error2 * slope2",
        "delta1 = (delta2 @ W2.T) * slope1": "error1 = (delta2 @ W2.T) * slope1\n"
        "delta1 = error1 * slope1",
    },
    "6": {"a1.T @ delta2": "a1 @ delta2"},
    "7": {
        "slope2 = a2 * (1 - a2)\n": "",
        "delta2 = (a2 - y) * slope2": "delta2 = a2 - y",
    },
    "8": {
        "delta2 = (a2 - y) * slope2": "error = (y - a2) * slope2\ndelta2 = -error",
        "(delta2 @ W2.T)": "(error @ W2.T)",
    },
    "9": {".sum(0)": ".sum()"},
    "10": {"slope1 = a1 * (1 - a1)": "slope1 = z1 * (1 - z1)"},
}
EXHIBITS = tuple(CHANGES)


def code(exhibit):
    """Return the lines of an exhibit, "1" to "10"."""
    return edited(RIGHT, CHANGES[validate.option("exhibit", exhibit, EXHIBITS)])


@lru_cache
def backward(exhibit):
    """Return an exhibit as a function that is called as `network.gradients` is."""
    lines = compile(code(exhibit), f"exhibit {exhibit}", "exec")
    sigmoid = network.ACTIVATIONS["sigmoid"][0]

    def gradients(layers, X, y, loss="squares"):
        (W1, b1, _), (W2, b2, _) = layers
        names = {"np": np, "sigmoid": sigmoid, "learning_rate": LEARNING_RATE}
        names |= {"X": X, "y": y, "W1": W1, "b1": b1, "W2": W2, "b2": b2}
        exec(lines, names)
        return [
            network.Gradient(_like(W1, names["dW1"]), _like(b1, names["db1"])),
            network.Gradient(_like(W2, names["dW2"]), _like(b2, names["db2"])),
        ]

    return gradients


def _like(parameter, gradient):
    """Return a gradient as a step would use it: NumPy stretches one that is smaller."""
    return gradient + np.zeros(parameter.shape)


def init(exhibit, seed=SEED, width=WIDTH):
    """Return the network that an exhibit starts from."""
    hidden = "relu" if "np.maximum" in code(exhibit) else "sigmoid"
    return network.init((2, width, 1), hidden=hidden, seed=seed)


@lru_cache(maxsize=64)
def losses(exhibit, seed=SEED, width=WIDTH):
    """Return the loss on XOR at each iteration, trained with an exhibit's gradient.

    It ends as NaN where the weights do.
    """
    X, y = (each.astype(float) for each in xor())
    now, gradients, found = init(exhibit, seed, width), backward(exhibit), []
    with np.errstate(all="ignore"):
        for _ in range(ITERATIONS + 1):
            found.append(now)
            now = [
                network.Layer(
                    layer.W - LEARNING_RATE * grad.W,
                    layer.b - LEARNING_RATE * grad.b,
                    layer.activation,
                )
                for layer, grad in zip(now, gradients(now, X, y))
            ]
        kept = [
            network.Layer(
                np.stack([layer.W for layer in layers]),
                np.stack([layer.b for layer in layers]),
                layers[0].activation,
            )
            for layers in zip(*found)
        ]
        iterations = np.arange(ITERATIONS + 1)
        return network.History(iterations, kept, X, y, "squares").loss()


def right_losses(exhibit):
    """Return the loss at each iteration with the right gradient, same start."""
    return _right_losses(init(exhibit)[0].activation)


@lru_cache
def _right_losses(hidden):
    layers = network.init((2, WIDTH, 1), hidden=hidden, seed=SEED)
    return network.train(layers, *xor(), LEARNING_RATE, ITERATIONS).loss()
