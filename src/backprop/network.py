"""The mathematics of the course, on NumPy alone: the page to read last.

A row is an example. `X` has shape (n, d): n examples of d inputs; `y` has shape
(n, k): their k targets. A layer computes a = f(a_prev @ W + b); a network is a
list of layers. Every array of weights may carry a leading axis of runs, so that
many learning rates or start seeds train at once, through the same lines of code.

The loss is a sum over examples and outputs, never a mean.
"""

from typing import NamedTuple

import numpy as np

from backprop import inputs


class Layer(NamedTuple):
    """One layer, a = f(a_prev @ W + b); also the gradient of one, in W and b.

    W: (d_in, d_out), b: (1, d_out) or None; either with a leading axis of runs.
    activation: "sigmoid", "tanh", "relu" or "linear".
    """

    W: np.ndarray
    b: np.ndarray | None = None
    activation: str = "sigmoid"


def _sigmoid(z):
    # exp overflows above 709; stopping there leaves every other bit as it was.
    return 1 / (1 + np.exp(-np.maximum(z, -709)))


# Each activation: the function of z, and its derivative from the output a.
ACTIVATIONS = {
    "sigmoid": (_sigmoid, lambda a: a * (1 - a)),
    "tanh": (np.tanh, lambda a: 1 - a**2),
    "relu": (lambda z: np.maximum(z, 0), lambda a: (a > 0).astype(float)),
    "linear": (lambda z: z, np.ones_like),
}


def sigmoid(z):
    """Return 1 / (1 + exp(-z)) for each entry of `z`, any shape.

    Raises ValueError if `z` holds anything but finite numbers.
    """
    return _sigmoid(inputs.array("z", z))


def sigmoid_derivative(a):
    """Return the slope of the sigmoid where its output is `a`: a(1 - a).

    It takes the output, not z: since a = 1 / (1 + e^-z), the slope e^-z / (1 + e^-z)^2
    is a(1 - a). Raises ValueError for an `a` outside [0, 1], which no sigmoid gives.
    """
    a = inputs.array("a", a)
    if ((a < 0) | (a > 1)).any():
        got = a[(a < 0) | (a > 1)].flat[0]
        need = "an output of sigmoid, from 0 to 1: give me sigmoid(z), not z"
        raise ValueError(f"a: got {got:g}; needs {need}")
    return a * (1 - a)


def backpropagation(X, y, learning_rate, num_iterations):
    """Train one layer of sigmoids, without a bias, and return its weights (d, k).

    The weights start at fixed random values in [-1, 1), those of the notebook that
    this course grew from (Jatin, "Backpropagation"), and end at its values.

    X: (n, d) inputs; y: (n, k) targets; learning_rate: one positive number;
    num_iterations: 0 or more. Raises ValueError for anything else.
    """
    learning_rate = inputs.number("learning_rate", learning_rate, above=0)
    shape = [np.shape(np.atleast_2d(each))[1] for each in (X, y)]
    W = 2 * np.random.RandomState(0).random_sample(shape) - 1
    kept = train([Layer(W)], X, y, learning_rate, num_iterations, keep=[num_iterations])
    return kept.at(num_iterations)[0].W


def start(widths, hidden="sigmoid", output="sigmoid", scale=1.0, seed=0):
    """Return a network with random start weights.

    widths: (d, ..., k), at least two. scale: a number s, for weights and biases
    uniform in [-s, s); or "xavier" (Glorot & Bengio 2010) or "he" (He et al. 2015),
    for uniform weights of their variance and biases 0. seed: a whole number, or a
    list of them for an axis of runs. Raises ValueError for anything else.
    """
    widths = [inputs.whole("widths", width, low=1) for width in np.atleast_1d(widths)]
    if len(widths) < 2:
        raise ValueError(f"widths: got {widths}; needs at least inputs and outputs")
    inputs.option("hidden", hidden, inputs.ACTIVATION_NAMES)
    inputs.option("output", output, inputs.OUTPUT_NAMES)
    if isinstance(scale, str):
        inputs.option("scale", scale, ("xavier", "he"))
    else:
        scale = inputs.number("scale", scale, low=0)
    if np.ndim(seed):
        runs = [start(widths, hidden, output, scale, each) for each in seed]
        return [
            _each(lambda *arrays: np.stack(arrays), *layers) for layers in zip(*runs)
        ]
    random = np.random.default_rng(inputs.whole("seed", seed))
    network = []
    for d_in, d_out in zip(widths, widths[1:]):
        limit_W = limit_b = scale
        if isinstance(scale, str):
            limit_W = np.sqrt(6 / (d_in + d_out) if scale == "xavier" else 6 / d_in)
            limit_b = 0
        W = random.uniform(-limit_W, limit_W, (d_in, d_out))
        b = random.uniform(-limit_b, limit_b, (1, d_out))
        network.append(Layer(W, b, hidden))
    return network[:-1] + [network[-1]._replace(activation=output)]


def forward(network, X):
    """Return [X, a_1, ..., a_last]: the input, then each layer's output (n, d_out)."""
    network = inputs.network(network)
    return _forward(network, inputs.examples(network, X))


def loss_value(network, X, y, loss="squares"):
    """Return the loss, summed over examples and outputs; one number for each run.

    "squares": ½ Σ (a - y)²; "cross-entropy": -Σ [y ln a + (1 - y) ln(1 - a)].
    """
    return _loss(*inputs.problem(network, X, y, loss))


def gradients(network, X, y=None, loss="squares", delta=None):
    """Return the gradient of the loss: a Layer (dW, db) for each layer.

    This is backpropagation: a pass forward, a pass back; no weight is changed. In
    place of `y` you may give `delta` (n, d_out), the derivative by the last layer's z.
    """
    if delta is None:
        return _gradients(*inputs.problem(network, X, y, loss))
    network = inputs.network(network)
    a = _forward(network, inputs.examples(network, X))
    delta = inputs.array("delta", delta)
    if delta.shape != a[-1].shape:
        need = f"the shape of the output, {a[-1].shape}"
        raise ValueError(f"delta: got shape {delta.shape}; needs {need}")
    return _backward(network, a, delta)


def update(network, grads, learning_rate):
    """Return a new network, a step of gradient descent on: W - learning_rate · dW."""
    network, grads = inputs.network(network), inputs.network(grads, "grads")
    rate = inputs.rates("learning_rate", learning_rate)
    got, need = ([p.shape[-2:] for p in _parameters(each)] for each in (grads, network))
    if got != need:
        raise ValueError(f"grads: got shapes {got}; needs those of the network, {need}")
    return _update(network, grads, rate[..., None, None])


def train(network, X, y, learning_rate, num_iterations, keep=None, loss="squares"):
    """Train by gradient descent on all examples at once; return the History.

    learning_rate: a positive number, or a 1-D array: one run for each. keep: the
    iterations whose weights are kept (0 is the start); None keeps them all. A run
    that diverges ends as inf or NaN. Raises ValueError for input that doesn't fit.
    """
    network, X, y, loss = inputs.problem(network, X, y, loss)
    rate = inputs.rates("learning_rate", learning_rate)
    last = inputs.whole("num_iterations", num_iterations)
    keep = np.arange(last + 1) if keep is None else inputs.iterations(keep, last)
    try:
        runs = np.broadcast_shapes(rate.shape, network[0].W.shape[:-2])
    except ValueError:
        need = f"one for each run of the network, {network[0].W.shape[:-2]}"
        raise ValueError(
            f"learning_rate: got shape {rate.shape}; needs {need}"
        ) from None
    rate = rate[..., None, None]
    room = (len(keep), *runs)
    kept = [_each(lambda p: np.empty(room + p.shape[-2:]), layer) for layer in network]
    row_of = {iteration: row for row, iteration in enumerate(keep.tolist())}
    with np.errstate(over="ignore", invalid="ignore"):
        for i in range(last + 1):
            if i in row_of:
                for store, now in zip(_parameters(kept), _parameters(network)):
                    store[row_of[i]] = now
            if i < last:
                network = _update(network, _gradients(network, X, y, loss), rate)
    return History(keep, kept, X, y, loss)


class History(NamedTuple):
    """The weights of the kept iterations, and what follows from them.

    iterations: (m,), ascending. network: its arrays have a leading axis of the m kept
    iterations, then the axis of runs, if there is one.
    """

    iterations: np.ndarray
    network: list
    X: np.ndarray
    y: np.ndarray
    loss_name: str

    def at(self, iteration):
        """Return the network as it was at a kept iteration."""
        row = np.searchsorted(self.iterations, iteration)
        if row == len(self.iterations) or self.iterations[row] != iteration:
            need = f"one of the {len(self.iterations)} kept iterations"
            raise ValueError(f"iteration: got {iteration!r}; needs {need}")
        return [_each(lambda p: p[row], layer) for layer in self.network]

    def loss(self):
        """Return the loss at each kept iteration: (m,), or (m, runs)."""
        return _loss(self.network, self.X, self.y, self.loss_name)

    def gradient_size(self):
        """Return the length of the whole gradient at each: (m,), or (m, runs)."""
        grads = _gradients(self.network, self.X, self.y, self.loss_name)
        return np.sqrt(sum((p**2).sum((-2, -1)) for p in _parameters(grads)))


def numeric_gradients(network, X, y, loss="squares", h=1e-5):
    """Return the gradient by central differences, (L(w + h) - L(w - h)) / 2h.

    Two forward passes for each single weight: slow, and right. For one run.
    """
    network, X, y, loss = inputs.problem(network, X, y, loss)
    h = inputs.number("h", h, above=0)
    network = [_each(np.array, layer) for layer in network]
    grads = [_each(np.empty_like, layer) for layer in network]
    for w, slope in zip(_parameters(network), _parameters(grads)):
        for index in np.ndindex(w.shape):
            here = w[index]
            w[index] = here + h
            higher = _loss(network, X, y, loss)
            w[index] = here - h
            slope[index] = (higher - _loss(network, X, y, loss)) / (2 * h)
            w[index] = here
    return grads


def gradient_check(network, X, y, loss="squares", h=1e-5, backward=gradients):
    """Return the relative error of `backward`'s gradient: ‖g - ĝ‖ / (‖g‖ + ‖ĝ‖).

    ĝ is `numeric_gradients`; g and ĝ hold all weights of the network. Over 1e-2 is a
    bug, under 1e-7 is right. Below a gradient of 1e-4 rounding rules, and the error
    is given relative to 1e-4. `backward` is called as `gradients` is.
    """
    numeric = _flat(numeric_gradients(network, X, y, loss, h))
    exact = _flat(backward(network, X, y, loss))
    if exact.shape != numeric.shape:
        need = f"{numeric.size}, one for each weight"
        raise ValueError(f"backward: gave {exact.size} numbers; needs {need}")
    norm = np.linalg.norm
    return float(norm(exact - numeric) / max(norm(exact) + norm(numeric), 1e-4))


# From here on, nothing is checked: the lines that a training loop repeats.


def _forward(network, X):
    a = [X]
    for W, b, activation in network:
        z = a[-1] @ W if b is None else a[-1] @ W + b
        a.append(ACTIVATIONS[activation][0](z))
    return a


def _gradients(network, X, y, loss):
    a = _forward(network, X)
    delta = a[-1] - y
    if loss == "squares":
        delta = delta * ACTIVATIONS[network[-1].activation][1](a[-1])
    return _backward(network, a, delta)


def _backward(network, a, delta):
    grads = []
    for i in reversed(range(len(network))):
        db = None if network[i].b is None else delta.sum(-2, keepdims=True)
        grads.append(Layer(a[i].mT @ delta, db))
        if i:
            slope = ACTIVATIONS[network[i - 1].activation][1](a[i])
            delta = (delta @ network[i].W.mT) * slope
    return grads[::-1]


def _update(network, grads, rate):
    def step(w, dw):
        return w - rate * dw

    return [_each(step, *pair) for pair in zip(network, grads)]


def _loss(network, X, y, loss):
    *_, a_prev, a = _forward(network, X)
    if loss == "squares":
        return ((a - y) ** 2).sum((-2, -1)) / 2
    # From z, since ln(1 - a) is lost where a rounds to 1.
    W, b, _ = network[-1]
    z = a_prev @ W if b is None else a_prev @ W + b
    return (np.logaddexp(0, z) - y * z).sum((-2, -1))


def _each(f, *layers):
    """Apply f to the W of the layers, and to their b."""
    W, b, activation = layers[0]
    if b is not None:
        b = f(*[layer.b for layer in layers])
    return Layer(f(*[layer.W for layer in layers]), b, activation)


def _parameters(network):
    return [p for layer in network for p in layer[:2] if p is not None]


def _flat(network):
    return np.concatenate([np.ravel(p) for p in _parameters(network)])
