"""Validates what the functions of this course are given.

Every check raises a ValueError that names the argument, what it got and what it
needs. A shape is written as NumPy writes it: (n, d) is n rows of d columns.
"""

import numpy as np

from backprop.number import count
from backprop.session import shown

ACTIVATION_NAMES = ("sigmoid", "tanh", "relu", "linear")
OUTPUT_NAMES = ("sigmoid", "linear")
LOSS_NAMES = ("squares", "cross-entropy")
MOST = 2**53  # up to here a float holds every whole number


def array(name, value, need="numbers, none of them NaN or infinite"):
    """Return `value` as a float array, any shape, all of it finite."""
    try:
        given = np.asarray(value)
        # Dates and None can be cast to floats as well, but mean no numbers; "5" does.
        if value is None or given.dtype.kind not in "biufOU" or np.ma.is_masked(value):
            raise TypeError
        result = given.astype(float, copy=False)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{name}: got {shown(value)}; needs {need}") from None
    if not np.isfinite(result).all():
        bad = result[~np.isfinite(result)].flat[0]
        raise ValueError(f"{name}: got a value {bad}; needs {need}")
    return result


def number(name, value, low=-np.inf, high=np.inf, above=None):
    """Return one number in [low, high], or greater than `above`."""
    need = f"a number from {low:,g} to {high:,g}"
    if above is not None:
        need = f"a number greater than {above:,g}"
    elif high == np.inf:
        need = "a number" if low == -np.inf else f"a number, {low:,g} or more"
    result = array(name, value, need)
    if result.ndim or not low <= result <= high:
        raise ValueError(f"{name}: got {shown(value)}; needs {need}")
    if above is not None and not result > above:
        raise ValueError(f"{name}: got {shown(value)}; needs {need}")
    return float(result)


def whole(name, value, low=0, high=None):
    """Return one whole number in [low, high]."""
    need = f"a whole number, {low:,} or more"
    if high is not None:
        need = f"a whole number from {low:,} to {high:,}"
    result = array(name, value, need)
    if result.ndim or not _is_whole(result, low, high):
        if high is None and (result > MOST).any():
            need = f"a whole number from {low:,} to {MOST:,}"
        raise ValueError(f"{name}: got {shown(value)}; needs {need}")
    return int(result)


def _is_whole(values, low=0, high=None):
    """Return where values are whole numbers in [low, high]."""
    high = MOST if high is None else high
    return (values == np.floor(values)) & (low <= values) & (values <= high)


def option(name, value, options):
    """Return `value` if it is one of `options`."""
    options = list(options)
    if not isinstance(value, str) or value not in options:
        names = ", ".join(repr(each) for each in options)
        raise ValueError(f"{name}: got {shown(value)}; needs one of {names}")
    return value


def rates(name, value, network):
    """Return learning rates: one positive number, or a 1-D array, one for each run."""
    need = "a positive number, or a list of positive numbers, one for each run"
    result = array(name, value, need)
    if result.ndim > 1 or not result.size or not (result > 0).all():
        raise ValueError(f"{name}: got {shown(value)}; needs {need}")
    runs = network[0].W.shape[:-2]
    if result.ndim and runs not in ((), result.shape):
        need = f"one rate, or one for each of the network's runs, {runs}"
        raise ValueError(f"{name}: got shape {result.shape}; needs {need}")
    return result


def iterations(keep, last):
    """Return the iterations to keep, ascending and each once."""
    need = f"a list of whole numbers from 0 to {last:,}"
    try:
        result = None if isinstance(keep, str) else array("keep", list(keep), need)
    except TypeError:
        result = None
    if result is None or result.ndim != 1:
        raise ValueError(f"keep: got {shown(keep)}; needs {need}")
    bad = result[~_is_whole(result, high=last)]
    if bad.size or not result.size:
        got = f"{bad[0]:g}" if bad.size else "no iteration"
        raise ValueError(f"keep: got {got}; needs {need}")
    return np.unique(result).astype(int)


def seeds(name, value):
    """Return one whole number, or a list of them, one for each run."""
    need = "a whole number, 0 or more, or a list of them, one for each run"
    result = array(name, value, need)
    if result.ndim > 1 or not result.size:
        raise ValueError(f"{name}: got {shown(value)}; needs {need}")
    if not result.ndim:
        return whole(name, value)
    return [whole(name, each) for each in value]


def digits(name, value):
    """Return a 1-D array of the digits named, at least one."""
    need = "a list of digits from 0 to 9, as (3, 7)"
    result = array(name, value, need)
    if result.ndim != 1 or not result.size or not _is_whole(result, high=9).all():
        raise ValueError(f"{name}: got {shown(value)}; needs {need}")
    return result.astype(int)


def table(name, value):
    """Return a 2-D array with at least one row and one column."""
    result = array(name, value)
    if result.ndim != 2 or not result.size:
        need = "two axes: a row for each example"
        raise ValueError(f"{name}: got shape {result.shape}; needs {need}")
    return result


def rows(name, value, columns, why, length=None):
    """Return a 2-D array with `columns` columns (and `length` rows)."""
    result = array(name, value)
    need = f"shape ({'n' if length is None else length}, {columns}): {why}"
    wrong_length = length is not None and result.ndim == 2 and len(result) != length
    if result.ndim != 2 or result.shape[1] != columns or wrong_length:
        raise ValueError(f"{name}: got shape {result.shape}; needs {need}")
    if not len(result):
        raise ValueError(f"{name}: got no rows; needs at least one example")
    return result


def _listed(name, value, kind, *attributes):
    """Return a list of Layer or of Gradient, or of what else has its attributes."""
    if not isinstance(value, (list, tuple)) or not value or hasattr(value, "_fields"):
        got = a_kind(value)
        if isinstance(value, (list, tuple)) and not value:
            got = f"an empty {type(value).__name__}"
        need = f"a list of {kind.lower()}s, [{kind}(W, b)]"
        raise ValueError(f"{name}: got {got}; needs {need}")
    for i, each in enumerate(value):
        if not all(hasattr(each, attribute) for attribute in attributes):
            raise ValueError(f"{name}[{i}]: got {a_kind(each)}; needs a {kind}")
    return value


def a_kind(value):
    """Return the name of a type with its article: "a list", "an ndarray"."""
    name = type(value).__name__
    spoken_first = name.startswith(("a", "e", "i", "o", "u", "nd"))
    return f"an {name}" if spoken_first else f"a {name}"


def gradient(name, value):
    """Return W and b of the gradient of each layer: of a Gradient, or what has both."""
    return [
        (
            array(f"{name}[{i}].W", each.W),
            None if each.b is None else array(f"{name}[{i}].b", each.b),
        )
        for i, each in enumerate(_listed(name, value, "Gradient", "W", "b"))
    ]


def network(value):
    """Return a list of layers whose arrays are finite and fit one another."""
    given = _listed("network", value, "Layer", "W", "b", "activation", "_replace")
    layers = []
    for i, layer in enumerate(given):
        option(f"network[{i}].activation", layer.activation, ACTIVATION_NAMES)
        W = array(f"network[{i}].W", layer.W)
        need = "shape (d_in, d_out), a leading axis of runs before it at most"
        if not W.size:
            need = "at least one row and one column"
        if W.ndim not in (2, 3) or not W.size:
            raise ValueError(f"network[{i}].W: got shape {W.shape}; needs {need}")
        if i and W.shape[-2] != layers[-1].W.shape[-1]:
            above = count(layers[-1].W.shape[-1], "row")
            need = f"{above}, one for each output of layer {i - 1}"
            raise ValueError(f"network[{i}].W: got shape {W.shape}; needs {need}")
        if i and W.shape[:-2] != layers[0].W.shape[:-2]:
            need = f"the leading axis of layer 0, {layers[0].W.shape[:-2]}"
            raise ValueError(f"network[{i}].W: got shape {W.shape}; needs {need}")
        b = layer.b
        if b is not None:
            b = array(f"network[{i}].b", b)
            need = (*W.shape[:-2], 1, W.shape[-1])
            if b.shape != need:
                raise ValueError(f"network[{i}].b: got shape {b.shape}; needs {need}")
        layers.append(layer._replace(W=W, b=b))
    return layers


def examples(network, X):
    """Return `X` as rows that the first layer of `network` takes."""
    d = network[0].W.shape[-2]
    why = f"{count(d, 'input')} for each example, as W has {count(d, 'row')}"
    return rows("X", X, d, why)


def problem(network_, X, y, loss):
    """Return network, X, y and loss, all of them checked against one another."""
    layers = network(network_)
    X = examples(layers, X)
    k = layers[-1].W.shape[-1]
    why = f"{count(k, 'target')} for each of {count(len(X), 'example')}"
    y = rows("y", y, k, why, len(X))
    option("loss", loss, LOSS_NAMES)
    output = layers[-1].activation
    option("network[-1].activation", output, OUTPUT_NAMES)
    if loss == "cross-entropy":
        if output != "sigmoid":
            need = "a sigmoid output, for its logarithms"
            raise ValueError(
                f"loss: got 'cross-entropy' on a {output} output; needs {need}"
            )
        if ((y < 0) | (y > 1)).any():
            raise ValueError(
                f"y: got {y.min():g} to {y.max():g}; needs targets from 0 to 1"
            )
    return layers, X, y, loss
