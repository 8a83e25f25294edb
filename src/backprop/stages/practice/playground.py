"""What the playground trains: its data, one training, and the same as text."""

import re
from dataclasses import dataclass
from functools import lru_cache
from os import PathLike
from typing import NamedTuple

import numpy as np

from backprop import network, validate
from backprop import table as csv_table
from backprop.session import shown
from backprop.stages.practice.descent import mean_gradients, mean_loss
from backprop.training import up_to

ROWS = 200  # made for training, and as many for validation
LAST = 2000  # iterations: what two cores do while a hand waits
KEPT = tuple(np.unique([0, *np.geomspace(1, LAST, 99).round().astype(int)]).tolist())
MOST = 500  # rows of your own: more would make a change wait
CHECKED = 40  # rows, for the gradient check
H = 1e-5
LARGEST = 1000  # loss: beyond it a training has diverged, and no gradient is checked
NO_LAYER = "none"

# How each data set is made: what the picture shows as text is what runs.
RECIPES = {
    "moons": """\
y = np.arange({rows})[:, None] % 2
t = np.pi * random.random((len(y), 1))
side = 1 - 2 * y
X = np.hstack([side * (np.cos(t) - 0.5), side * (np.sin(t) - 0.25)])""",
    "rings": """\
y = np.arange({rows})[:, None] % 2
t = 2 * np.pi * random.random((len(y), 1))
X = (0.6 + y) * np.hstack([np.cos(t), np.sin(t)])""",
    "XOR": """\
X = random.uniform(-2, 2, ({rows}, 2))
y = (X[:, :1] * X[:, 1:] < 0).astype(int)""",
    "spiral": """\
y = np.arange({rows})[:, None] % 2
t = np.sqrt(random.random((len(y), 1)))
angle = np.pi * (2.7 * t + y)
X = 2 * t * np.hstack([np.cos(angle), np.sin(angle)])""",
}
NOISE = {"moons": 0.3, "rings": 0.2, "XOR": 0.1, "spiral": 0.05}
YOURS = "your own"
BEGIN = "import numpy as np\n\nrandom = np.random.default_rng({seed})\n"
END = "\nX = X + {noise} * random.normal(size=X.shape)\n"


@dataclass(frozen=True, eq=False)
class Rows:
    """What to train on and what is held out: pairs of X (n, 2) and y (n, 1)."""

    training: tuple
    validation: tuple


class Set(NamedTuple):
    """What a cell fixes of a training; the names are those of `Playground`."""

    noise: float | None = None
    batch: int | None = None
    scale: float | str = 1.0
    momentum: float = 0.0
    seed: int = 0


class Run(NamedTuple):
    """A training at the iterations that were kept.

    Attributes
    ----------
    iterations : (m,), ascending
    widths : (2, ..., 1), from the inputs to the output
    activation : of the hidden layers
    rows : Rows
    parameters : (m, all weights and biases), as `unpacked` takes them
    loss, loss_new : (m,), mean cross-entropy of training and validation
    sizes : (m, layers), the length of the gradient of each layer's weights and biases
    """

    iterations: np.ndarray
    widths: tuple
    activation: str
    rows: Rows
    parameters: np.ndarray
    loss: np.ndarray
    loss_new: np.ndarray
    sizes: np.ndarray

    @property
    def finite(self):
        """Return whether the training has not yet diverged, at each iteration."""
        numbers = [
            self.parameters,
            self.sizes,
            self.loss[:, None],
            self.loss_new[:, None],
        ]
        return np.isfinite(np.hstack(numbers)).all(axis=1)


def made(data, noise=None, seed=0):
    """Return X and y of one of the data sets that are made; noise: None is its own."""
    names = {"np": np}
    exec(recipe(data, noise, seed), names)
    return names["X"], names["y"]


@lru_cache
def rows_of(data, noise=None):
    """Return Rows of one of the data sets that are made."""
    return Rows(made(data, noise), made(data, noise, seed=1))


def recipe(data, noise=None, seed=0):
    """Return the lines that make X and y."""
    noise = NOISE[data] if noise is None else noise
    return (BEGIN + RECIPES[data] + END).format(rows=ROWS, noise=noise, seed=seed)


def split(X, y):
    """Return Rows of your own table, a third of each class held out.

    Each column is scaled: mean 0 and standard deviation 1 over the rows to train on.
    """
    order = np.random.default_rng(0).permutation(len(y))
    order = order[np.argsort(y[order, 0], kind="stable")]
    new = np.isin(np.arange(len(y)), order[::3])
    mean, spread = X[~new].mean(axis=0), X[~new].std(axis=0)
    never_changes = np.ptp(X[~new], axis=0) == 0
    if never_changes.any():
        column = int(never_changes.argmax())
        got = f"{X[~new][0, column]:g} in every row of column {column + 1}"
        raise ValueError(f"table: got {got}; needs numbers that differ")
    X = (X - mean) / spread
    return Rows((X[~new], y[~new]), (X[new], y[new]))


def read_table(table):
    """Return X (n, 2), y (n, 1) and the two labels, in their order, of your own data.

    table: rows of two numbers and a label, or the path of a CSV file of such rows,
    with or without a line of names above. The first label in order is class 0. Raises
    ValueError, with the row or line, for what is no such table.
    """
    if isinstance(table, (str, PathLike)) or hasattr(table, "read"):
        decimal, lines = csv_table.read("table", table)
        lines = [(f"line {line}", row) for line, row in lines]
        if lines and all(_is_name(each, decimal) for each in lines[0][1][:2]):
            del lines[0]
    elif np.iterable(table):
        decimal = "."
        lines = [(f"row {i}", row) for i, row in enumerate(table)]
    else:
        need = "rows of two numbers and a label, or the path of a CSV file"
        raise ValueError(f"table: got {validate.a_kind(table)}; needs {need}")
    X, labels = [], []
    for where, row in lines:
        if not isinstance(row, (list, tuple, np.ndarray)) or len(row) != 3:
            is_row = isinstance(row, (list, tuple, np.ndarray))
            got = f"{len(row)} columns" if is_row else shown(row)
            need = "two numbers and a label"
            raise ValueError(f"table, {where}: got {got}; needs {need}")
        X.append([_number(each, where, decimal) for each in row[:2]])
        labels.append(_label(row[2], where))
    return _classes(np.array(X), labels)


def _is_name(text, decimal):
    """Return whether an entry of the first line names a column."""
    return text.lower() not in csv_table.GAPS and (
        csv_table.anything(text, decimal) is None
    )


def _number(given, where, decimal):
    number = csv_table.number(given, decimal)
    if number is None:
        got = "nothing" if given is None or given == "" else shown(given)
        beyond = csv_table.anything(given, decimal)
        is_number = beyond is not None and beyond == beyond  # nan is none
        need = csv_table.RANGE if is_number else "a number"
        raise ValueError(f"table, {where}: got {got}; needs {need}")
    return number


def _label(given, where):
    given = given.item() if isinstance(given, np.generic) else given
    label = str(given).strip()
    if given is None or given != given or not label:
        raise ValueError(f"table, {where}: got no label; needs one of two labels")
    return label


def _classes(X, labels):
    """Return X, y and the labels, or say why they can't be split and trained on."""
    names = sorted(set(labels))
    if len(names) != 2:
        got = ", ".join(map(repr, names[:4])) or "no rows"
        raise ValueError(f"table: got {got}; needs two labels")
    if len(labels) > MOST:
        got = f"{len(labels):,} rows"
        raise ValueError(f"table: got {got}; needs at most {MOST}, to answer at once")
    for name in names:
        if labels.count(name) < 4:
            got = f"{labels.count(name)} of label {name!r}"
            raise ValueError(f"table: got {got}; needs 4 of each, or more")
    y = np.array([[names.index(label)] for label in labels])
    return X, y, names


def unpacked(parameters, widths, activation):
    """Return the network that parameters stand for; its W and b are views of them.

    parameters: (all weights and biases,), layer by layer, after an axis of runs.
    """
    layers, begin = [], 0
    for d_in, d_out in zip(widths, widths[1:]):
        end = begin + d_in * d_out
        W = parameters[..., begin:end].reshape(*parameters.shape[:-1], d_in, d_out)
        begin = end + d_out
        layers.append(network.Layer(W, parameters[..., None, end:begin], activation))
    return [*layers[:-1], layers[-1]._replace(activation="sigmoid")]


def train(*how, last=LAST):
    """Return the Run up to an iteration, that one included; how: as of `Training`."""
    return _training(*how).run(last)


@lru_cache(maxsize=8)
def _training(*how):
    return Training(*how)


class Training:
    """A network on these rows, and how far gradient descent has come with it.

    It goes as far as it was asked, and goes on from there. rows: Rows. hidden: widths,
    a tuple. weight_decay: times W, added to dL/dW. fixed: Set.
    """

    def __init__(self, rows, hidden, activation, learning_rate, weight_decay, fixed):
        self._rows, self._fixed, self._rate = rows, fixed, learning_rate
        self._net = widths, _ = (2, *hidden, 1), activation
        start = network.init(widths, activation, scale=fixed.scale, seed=fixed.seed)
        self._decay = network._flat(
            [each._replace(W=0 * each.W + weight_decay, b=0 * each.b) for each in start]
        )
        self._order = batches(len(rows.training[1]), fixed.batch, LAST, fixed.seed)
        now = network._flat(start)
        self._states = {0: (now, 0 * now)}  # iteration -> parameters, velocity
        self._told = {}  # iteration -> parameters, losses, sizes of the gradient

    def run(self, last):
        """Return the Run up to an iteration; one that diverges ends as inf or NaN."""
        keep = up_to(last, KEPT).tolist()
        with np.errstate(all="ignore"):
            self._go_on([i for i in keep if i not in self._states])
            self._tell([i for i in keep if i not in self._told])
        told = zip(*[self._told[i] for i in keep])
        return Run(np.array(keep), *self._net, self._rows, *map(np.array, told))

    def _go_on(self, iterations):
        X, y = all_X, all_y = self._rows.training
        size, momentum = self._fixed.batch, self._fixed.momentum
        for last in iterations:
            begin = max(i for i in self._states if i < last)
            now, v = (each.copy() for each in self._states[begin])
            layers = unpacked(now, *self._net)
            for i in range(begin, last):
                if self._order is not None:
                    rows = self._order[i * size : (i + 1) * size]
                    X, y = all_X[rows], all_y[rows]
                v *= momentum
                v += network._flat(mean_gradients(layers, X, y))
                v += self._decay * now
                now -= self._rate * v  # and so the layers, which are views of it
            self._states[last] = now, v

    def _tell(self, iterations):
        if not iterations:
            return
        parameters = np.array([self._states[i][0] for i in iterations])
        layers = unpacked(parameters, *self._net)
        grads = mean_gradients(layers, *self._rows.training)
        squares = [[(each**2).sum((-2, -1)) for each in layer] for layer in grads]
        told = zip(
            parameters,
            mean_loss(layers, *self._rows.training),
            mean_loss(layers, *self._rows.validation),
            np.sqrt(np.sum(squares, axis=1)).T,
        )
        self._told.update(zip(iterations, told))


def batches(rows, batch, last, seed):
    """Return the order of the rows, epoch after epoch, or None for all at once."""
    if batch is None:
        return None
    random = np.random.default_rng([seed, 1])
    epochs = -(-batch * (last + 1) // rows)
    return np.concatenate([random.permutation(rows) for _ in range(epochs)])


def gradient_check(parameters, widths, activation, X, y):
    """Return ‖g - ĝ‖ / (‖g‖ + ‖ĝ‖), with ĝ by central differences, all at once.

    Where ‖g‖ + ‖ĝ‖ is under 1e-4, the error is relative to 1e-4.
    """

    def losses(runs):
        return mean_loss(unpacked(runs, widths, activation), X, y)

    nudges = H * np.eye(len(parameters))
    numeric = (losses(parameters + nudges) - losses(parameters - nudges)) / (2 * H)
    layers = unpacked(parameters, widths, activation)
    exact = network._flat(mean_gradients(layers, X, y))
    norm = np.linalg.norm
    return float(norm(exact - numeric) / max(norm(exact) + norm(numeric), 1e-4))


def resting(a, activation):
    """Return which units of a layer pass (almost) no gradient back: (units,) booleans.

    a: (n, units). A ReLU is dead if it gives 0 for every row; a sigmoid or tanh is
    saturated if on nine rows of ten its slope is under a twentieth of its steepest.
    """
    slope = network.ACTIVATIONS[activation][1](a)
    if activation == "relu":
        return ~slope.any(axis=0)
    steepest = 0.25 if activation == "sigmoid" else 1
    return (slope < steepest / 20).mean(axis=0) >= 0.9


def widths_of(hidden):
    """Return the widths of the hidden layers that are meant: "8, 4" is (8, 4).

    hidden: a text, a number or a list of numbers; "none" or 0 is no hidden layer.
    Raises ValueError for more than four layers, or a width that is not from 1 to 8.
    """
    text = hidden if isinstance(hidden, str) else " ".join(map(str, np.ravel(hidden)))
    widths = re.split(r"[\s,;–-]+", text.strip())
    if text.strip() in ("0", NO_LAYER) or not np.size(hidden):
        return ()
    if len(widths) > 4 or not all(re.fullmatch("[1-8]", each) for each in widths):
        need = "up to four numbers from 1 to 8, such as 8 4, or none"
        got = repr(text) if text.strip() else "nothing"
        raise ValueError(f"got {got}; needs {need}")
    return tuple(map(int, widths))


# The activation of a, and its slope from a, as they stand in the text.
IN_TEXT = {
    "sigmoid": ("1 / (1 + np.exp(-({})))", "a[k] * (1 - a[k])"),
    "tanh": ("np.tanh({})", "(1 - a[k] ** 2)"),
    "relu": ("np.maximum({}, 0)", "(a[k] > 0)"),
}


def network_text(hidden, activation, learning_rate, weight_decay, iteration, fixed, n):
    """Return fifteen lines that train such a network on X and y and print its loss.

    Momentum takes two lines more, and mini-batches three. n: how many rows X has.
    """
    widths = [2, *hidden, 1]
    pairs = ", ".join(f"({d}, {k})" for d, k in zip(widths, widths[1:]))
    draw, bias = "random.uniform(-1, 1, (d + 1, k))", "each[-1:]"
    learning_rate = _plain(learning_rate)
    if isinstance(fixed.scale, str):
        variance = "6 / (d + k)" if fixed.scale == "xavier" else "6 / d"
        draw, bias = f"np.sqrt({variance}) * {draw}", "0 * each[-1:]"
    elif fixed.scale != 1:
        draw = f"{_plain(fixed.scale)} * {draw}"
    f, slope = IN_TEXT[activation]
    decay = f" + {weight_decay} * W[k]" if weight_decay else ""
    step_W, step_b, begin, momentum = "dW", "db", [], []
    if decay:
        step_W = f"(dW{decay})"
    if fixed.momentum:
        begin = ["v = [0] * len(W), [0] * len(b)"]
        momentum = [
            f"        v[0][k] = {fixed.momentum} * v[0][k] + dW{decay}",
            f"        v[1][k] = {fixed.momentum} * v[1][k] + db",
        ]
        step_W, step_b = "v[0][k]", "v[1][k]"
    X, y, batch = "X", "y", []
    if fixed.batch is not None:
        size, epochs = fixed.batch, -(-fixed.batch * (iteration + 1) // n)
        begin += [
            f"random = np.random.default_rng([{fixed.seed}, 1])",
            f"order = [random.permutation({n}) for epoch in range({epochs})]",
        ]
        batch = [
            f"    rows = np.ravel(order)[i * {size} : (i + 1) * {size}]",
            f"    rows = rows if i < {iteration} else np.arange({n})",
        ]
        X, y = "X[rows]", "y[rows]"
    return "\n".join([
        f"random = np.random.default_rng({fixed.seed})",
        f"start = [{draw} for d, k in [{pairs}]]",
        f"W, b = [each[:-1] for each in start], [{bias} for each in start]",
        *begin,
        f"for i in range({iteration + 1}):",
        *batch,
        f"    a = [{X}]",
        "    for k in range(len(W) - 1):",
        f"        a.append({f.format('a[k] @ W[k] + b[k]')})",
        "    z = a[-1] @ W[-1] + b[-1]",
        f"    delta = (1 / (1 + np.exp(-z)) - {y}) / len(z)",
        "    for k in reversed(range(len(W))):",
        "        dW, db = a[k].T @ delta, delta.sum(0)",
        f"        delta = (delta @ W[k].T) * {slope}",
        *momentum,
        f"        W[k] = W[k] - {learning_rate} * {step_W}",
        f"        b[k] = b[k] - {learning_rate} * {step_b}",
        f"print(np.mean(np.logaddexp(0, z) - {y} * z))",
    ])  # fmt: skip


def _plain(number):
    """Return a number as one writes it: "2", "0.5"."""
    return repr(float(number)).removesuffix(".0")


def wrong(layers, X, y):
    """Return how many rows are on the wrong side of ½."""
    return int(((network._forward(layers, X)[-1] > 0.5) != y).sum())


def checked(fixed, rows):
    """Return a Set whose values are in range, or raise ValueError."""
    noise, batch, scale, momentum, seed = fixed
    if noise is not None:
        noise = validate.number("noise", noise, 0, 2)
    if batch is not None:
        batch = validate.whole("batch", batch, 1, rows)
    if isinstance(scale, str):
        validate.option("scale", scale, ("xavier", "he"))
    else:
        scale = validate.number("scale", scale, 0, 100)
    momentum = validate.number("momentum", momentum, 0, 0.999)
    return Set(noise, batch, scale, momentum, validate.whole("seed", seed))
