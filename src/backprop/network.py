"""The mathematics of the course, on NumPy alone: the page to read last.

A row is an example: `X` has shape (n, d), its targets `y` have shape (n, k). A layer
computes a = f(a_prev @ W + b), and a network is a list of layers. The loss is a sum
over examples and outputs, never a mean.

Every weight array may carry a leading axis of runs, (runs, d_in, d_out). Then many
learning rates or start seeds go through the same lines at once, by broadcasting.

Input that does not fit is a ValueError: it names the argument, what it got and what it
needs. The functions whose names begin with _ check nothing.
"""

from typing import NamedTuple

import numpy as np

from backprop import validate
from backprop.session import shown


class Layer(NamedTuple):
    """One layer, a = f(a_prev @ W + b).

    Attributes
    ----------
    W : array, (d_in, d_out)
    b : array, (1, d_out), or None for a layer without a bias
    activation : "sigmoid", "tanh", "relu" or "linear"
    """

    W: np.ndarray
    b: np.ndarray | None = None
    activation: str = "sigmoid"


class Gradient(NamedTuple):
    """The gradient of the loss with respect to one layer, in the shapes of its W and b.

    Attributes
    ----------
    W : array, (d_in, d_out): dL/dW
    b : array, (1, d_out): dL/db, or None for a layer without a bias
    """

    W: np.ndarray
    b: np.ndarray | None = None


def _sigmoid(z):
    # exp overflows above 709.78. Stopping at 709 changes results below z = -709 alone.
    return 1 / (1 + np.exp(-np.maximum(z, -709)))


# For each activation, the function of z and its derivative from the output a.
ACTIVATIONS = {
    "sigmoid": (_sigmoid, lambda a: a * (1 - a)),
    "tanh": (np.tanh, lambda a: 1 - a**2),
    "relu": (lambda z: np.maximum(z, 0), lambda a: (a > 0).astype(float)),
    "linear": (lambda z: z, np.ones_like),
}


# The lines that a training loop repeats.


def _forward(network, X):
    a = [X]
    for W, b, activation in network:
        z = a[-1] @ W if b is None else a[-1] @ W + b
        a.append(ACTIVATIONS[activation][0](z))
    return a


def _gradients(network, X, y, loss):
    a = _forward(network, X)
    delta = a[-1] - y  # dL/da for squares; dL/dz for cross-entropy on a sigmoid
    if loss == "squares":
        delta = delta * ACTIVATIONS[network[-1].activation][1](a[-1])
    return _backward(network, a, delta)


def _backward(network, a, delta):
    # delta: dL/dz of layer i, (n, d_out), from the last layer to the first.
    # a[i]: what layer i takes, (n, d_in), so that z = a[i] @ W + b.
    grads = []
    for i in reversed(range(len(network))):
        # dL/db, (1, d_out): every row's z has this b, so the rows of delta are added.
        db = None if network[i].b is None else delta.sum(-2, keepdims=True)
        # dL/dW, (d_in, d_out): each row's input times its delta, all rows added.
        grads.append(Gradient(a[i].mT @ delta, db))
        if i:
            # da/dz of the layer before, whose output is a[i]: (n, d_in).
            slope = ACTIVATIONS[network[i - 1].activation][1](a[i])
            # dL/da = delta @ W.T, (n, d_in): an a reaches L by each z of layer i; the
            # product adds these paths. Times da/dz: dL/dz of the layer before.
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


def _each(f, first, *others):
    """Return the first layer or gradient with f(W, W, ...) and f(b, b, ...) in it."""
    W, b, *rest = first
    if b is not None:
        b = f(b, *[other.b for other in others])
    return type(first)(f(W, *[other.W for other in others]), b, *rest)


def _parameters(network):
    return [p for layer in network for p in layer[:2] if p is not None]


def _flat(network):
    return np.concatenate(_parameters(network), axis=None)


def sigmoid(z):
    """Return 1 / (1 + exp(-z)), entry by entry.

    Parameters
    ----------
    z : finite numbers, any shape

    Returns
    -------
    array of the shape of `z`, in [0, 1]; exactly 1 from z = 53 ln 2 (36.74) on
    """
    return _sigmoid(validate.array("z", z))


def sigmoid_derivative(a):
    """Return the slope of the sigmoid where its output is `a`: a(1 - a).

    It takes the output, not z. With a = 1 / (1 + e^-z), the slope
    e^-z / (1 + e^-z)^2 is a(1 - a).

    Parameters
    ----------
    a : outputs of `sigmoid`, any shape

    Returns
    -------
    array of the shape of `a`, in [0, 1/4]

    Raises
    ------
    ValueError
        If an entry lies outside [0, 1], which no sigmoid gives.
    """
    a = validate.array("a", a)
    if ((a < 0) | (a > 1)).any():
        got = a[(a < 0) | (a > 1)].flat[0]
        need = "an output of sigmoid, from 0 to 1: give me sigmoid(z), not z"
        raise ValueError(f"a: got {got:.12g}; needs {need}")
    return a * (1 - a)


def backpropagation(X, y, learning_rate, num_iterations):
    """Train one layer of sigmoids, without a bias, and return its weights.

    It trains: the name is the seed's, the one-page notebook that this course grew
    from. Backpropagation itself trains nothing. It computes the gradient, as
    `gradients` does; here gradient descent takes `num_iterations` steps along it, from
    start weights that are fixed random numbers in [-1, 1).

    Parameters
    ----------
    X : (n, d) inputs
    y : (n, k) targets
    learning_rate : positive number
    num_iterations : whole number, 0 or more

    Returns
    -------
    array, (d, k)

    References
    ----------
    Function, start weights and result: Jatin, notebook "Backpropagation".
    """
    learning_rate = validate.number("learning_rate", learning_rate, above=0)
    shape = [validate.table(name, each).shape[1] for name, each in (("X", X), ("y", y))]
    W = 2 * np.random.RandomState(0).random_sample(shape) - 1
    last = validate.whole("num_iterations", num_iterations)
    return train([Layer(W)], X, y, learning_rate, last, keep=[last]).at(last)[0].W


def init(widths, hidden="sigmoid", output="sigmoid", scale=1.0, seed=0):
    """Return a network with random start weights.

    Parameters
    ----------
    widths : (d, ..., k), whole numbers from the inputs to the outputs
    hidden : activation of the layers before the last
    output : "sigmoid" or "linear"
    scale : a number s, for weights and biases uniform in [-s, s); or "xavier" or
        "he", for weights uniform with that variance, 2/(d_in + d_out) or 2/d_in,
        and biases 0
    seed : whole number, or a list of them for an axis of runs

    Returns
    -------
    list of Layer

    References
    ----------
    "xavier": Glorot & Bengio 2010. "he": He et al. 2015.
    """
    given = widths
    validate.array("widths", widths, "whole numbers, from the inputs to the outputs")
    widths = [validate.whole("widths", width, low=1) for width in np.atleast_1d(widths)]
    if len(widths) < 2:
        need = "at least inputs and outputs"
        raise ValueError(f"widths: got {shown(given)}; needs {need}")
    validate.option("hidden", hidden, validate.ACTIVATION_NAMES)
    validate.option("output", output, validate.OUTPUT_NAMES)
    if isinstance(scale, str):
        validate.option("scale", scale, ("xavier", "he"))
    else:
        scale = validate.number("scale", scale, low=0)
    seed = validate.seeds("seed", seed)
    if isinstance(seed, list):
        runs = [init(widths, hidden, output, scale, each) for each in seed]
        return [_each(lambda *run: np.stack(run), *layers) for layers in zip(*runs)]
    random = np.random.default_rng(seed)
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
    """Return the input, then the output of each layer.

    Parameters
    ----------
    network : list of Layer
    X : (n, d)

    Returns
    -------
    list [X, a_1, ..., a_last]; each a is (n, d_out), after the axis of runs
    """
    network = validate.network(network)
    return _forward(network, validate.examples(network, X))


def loss_value(network, X, y, loss="squares"):
    """Return the loss, summed over examples and outputs.

    Parameters
    ----------
    network, X, y : as for `gradients`
    loss : "squares", ½ Σ (a - y)²; or "cross-entropy", -Σ [y ln a + (1 - y) ln(1 - a)]

    Returns
    -------
    number, or (runs,)
    """
    return _loss(*validate.problem(network, X, y, loss))


def gradients(network, X, y=None, loss="squares", delta=None):
    """Return the gradient of the loss with respect to each weight and bias.

    This is backpropagation: a pass forward, a pass back. It changes no weight.

    Parameters
    ----------
    network : list of Layer
    X : (n, d)
    y : (n, k)
    loss : "squares" or "cross-entropy" (on a sigmoid output)
    delta : (n, k), in place of `y`: dL/dz of the last layer, for a loss of your own

    Returns
    -------
    list of Gradient, one for each layer

    References
    ----------
    Linnainmaa 1970; Werbos 1974; Rumelhart, Hinton & Williams 1986.
    """
    if delta is None:
        return _gradients(*validate.problem(network, X, y, loss))
    if y is not None:
        raise ValueError("delta: got y as well; needs y left out, as delta replaces it")
    validate.option("loss", loss, validate.LOSS_NAMES)
    network = validate.network(network)
    a = _forward(network, validate.examples(network, X))
    delta = validate.array("delta", delta)
    if delta.shape != a[-1].shape:
        need = f"the shape of the output, {a[-1].shape}"
        raise ValueError(f"delta: got shape {delta.shape}; needs {need}")
    return _backward(network, a, delta)


def update(network, grads, learning_rate):
    """Return a new network, one step of gradient descent on.

    Parameters
    ----------
    network : list of Layer
    grads : what `gradients` returned for it, or a list of anything with such W and b
    learning_rate : positive number, or (runs,)

    Returns
    -------
    list of Layer: W - learning_rate · dL/dW, and b likewise
    """
    network = validate.network(network)
    grads = [Gradient(*each) for each in validate.gradient("grads", grads)]
    rate = validate.rates("learning_rate", learning_rate, network)
    got, need = ([p.shape for p in _parameters(n)] for n in (grads, network))
    if got != need:
        raise ValueError(f"grads: got shapes {got}; needs those of the network, {need}")
    return _update(network, grads, rate[..., None, None])


def train(network, X, y, learning_rate, num_iterations, keep=None, loss="squares"):
    """Train by gradient descent, on all examples at each iteration.

    Parameters
    ----------
    network : list of Layer
    X, y, loss : as for `gradients`
    learning_rate : positive number, or (runs,) for one run with each
    num_iterations : whole number, 0 or more
    keep : iterations whose weights are kept, 0 being the start; None keeps all

    Returns
    -------
    History; a run that diverges ends as inf or NaN in it
    """
    network, X, y, loss = validate.problem(network, X, y, loss)
    rate = validate.rates("learning_rate", learning_rate, network)
    last = validate.whole("num_iterations", num_iterations)
    keep = np.arange(last + 1) if keep is None else validate.iterations(keep, last)
    runs = np.broadcast_shapes(rate.shape, network[0].W.shape[:-2])
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

    Attributes
    ----------
    iterations : (m,), ascending
    network : list of Layer; its arrays begin with the axis of the m kept iterations,
        then the axis of runs, if there is one
    X, y, loss_name : what it was trained on
    """

    iterations: np.ndarray
    network: list
    X: np.ndarray
    y: np.ndarray
    loss_name: str

    def at(self, iteration):
        """Return the network at one iteration; ValueError if it was not kept."""
        need = "an iteration that was kept"
        wanted = validate.array("iteration", iteration, need)
        row = [] if wanted.ndim else np.flatnonzero(self.iterations == wanted)
        if not len(row):
            raise ValueError(f"iteration: got {shown(iteration)}; needs {need}")
        return [_each(lambda p: p[row[0]], layer) for layer in self.network]

    def loss(self):
        """Return the loss at each kept iteration: (m,), or (m, runs)."""
        return _loss(self.network, self.X, self.y, self.loss_name)

    def gradient_size(self):
        """Return the length of the whole gradient at each: (m,), or (m, runs)."""
        grads = _gradients(self.network, self.X, self.y, self.loss_name)
        return np.sqrt(sum((p**2).sum((-2, -1)) for p in _parameters(grads)))


def numeric_gradients(network, X, y, loss="squares", h=1e-5):
    """Return the gradient by central differences, (L(w + h) - L(w - h)) / 2h.

    It runs forward twice for each single weight: slow, and hard to get wrong.

    Parameters
    ----------
    network, X, y, loss : as for `gradients`; one run, no axis of runs
    h : positive number, how far each weight is nudged: far enough to change it

    Returns
    -------
    list of Gradient, as `gradients` does
    """
    network, X, y, loss = validate.problem(network, X, y, loss)
    if network[0].W.ndim != 2:
        raise ValueError("network: got an axis of runs; needs one run")
    h = validate.number("h", h, above=0)
    network = [_each(np.array, layer) for layer in network]
    grads = [_each(np.empty_like, Gradient(*layer[:2])) for layer in network]
    for w, slope in zip(_parameters(network), _parameters(grads)):
        with np.errstate(over="ignore"):
            lost = w[(w + h == w) | np.isinf(w + h) | np.isinf(w - h)]
        if lost.size:
            need = f"a nudge that changes a weight of {lost[0]:.3g}, such as 1e-5"
            raise ValueError(f"h: got {h:g}; needs {need}")
        for index in np.ndindex(w.shape):
            here = w[index]
            w[index] = here + h
            higher = _loss(network, X, y, loss)
            w[index] = here - h
            slope[index] = (higher - _loss(network, X, y, loss)) / (2 * h)
            w[index] = here
    return grads


def gradient_check(network, X, y, loss="squares", h=1e-5, backward=gradients):
    """Return the relative error of a gradient, ‖g - ĝ‖ / (‖g‖ + ‖ĝ‖).

    g holds the whole gradient from `backward`, ĝ that from `numeric_gradients`. Over
    1e-2 is a bug, unless a ReLU sits at its corner, where z is 0. Under 1e-7 is right,
    if no layer's part is tiny beside the others: it is one number for all of them.

    Parameters
    ----------
    network, X, y, loss, h : as for `numeric_gradients`
    backward : function to check, called as backward(network, X, y, loss)

    Returns
    -------
    number in [0, 1]; where ‖g‖ + ‖ĝ‖ is under 1e-4, the error relative to 1e-4,
    since there the rounding of the differences would decide
    """
    if not callable(backward):
        need = "a function, called as backward(network, X, y, loss)"
        raise ValueError(f"backward: got {shown(backward)}; needs {need}")
    numeric = numeric_gradients(network, X, y, loss, h)
    given = [
        Gradient(*each)
        for each in validate.gradient("backward", backward(network, X, y, loss))
    ]
    # Of another library's gradient, b may have one axis.
    got, need = (
        [p.shape if p.ndim > 1 else (1, p.size) for p in _parameters(each)]
        for each in (given, numeric)
    )
    if got != need:
        raise ValueError(
            f"backward: gave shapes {got}; needs those of the network, {need}"
        )
    exact, numeric = _flat(given), _flat(numeric)
    norm = np.linalg.norm
    # Divided first, so that no square is beyond what a float can hold.
    size = max(1, abs(exact).max(), abs(numeric).max())
    exact, numeric = exact / size, numeric / size
    sizes = max(norm(exact) + norm(numeric), 1e-4 / size)
    return float(norm(exact - numeric) / sizes)
