"""What an answer gives: made, compared with what it should be, and said."""

import re
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from numbers import Real

import numpy as np

from backprop.session import shown

DEPTH = 6  # of lists in lists
WHOLE_ONLY = (
    " The result can hold whole numbers only; an array made with dtype=float keeps the "
    "decimals."
)


@dataclass(frozen=True)
class Stopped:
    """What comes of a function that raises an error."""

    error: BaseException


def outcome(function, arguments):
    """Return what a function gives; Stopped, where it raises an error."""
    try:
        return function(*arguments)
    except KeyboardInterrupt:  # the button Interrupt Kernel
        raise
    except BaseException as error:  # exit() as well
        return Stopped(error)


def same(want, got):
    """Tell whether two outcomes agree; lists, tuples and arrays may be either."""
    if isinstance(want, Stopped) or isinstance(got, Stopped):
        errors = [type(getattr(each, "error", None)) for each in (want, got)]
        return type(want) is type(got) and errors[0] is errors[1]
    if isinstance(want, (tuple, list)):
        got = parts(got)
        return len(want) == len(got) and all(map(same, want, got))
    a, b = numbers(want), numbers(got)
    if a is None or b is None:
        return want is got or (isinstance(want, str) and want == got)
    if not a.ndim and b.size == 1:  # [2.] where 2. is wanted
        b = b.reshape(())
    return a.shape == b.shape and bool(_close(a, b).all())


@np.errstate(all="ignore")
def exact(want, got):
    """Tell whether two outcomes that agree do so but for rounding."""
    if isinstance(want, (tuple, list)):
        return all(map(exact, want, parts(got)))
    a, b = numbers(want), numbers(got)
    return a is None or np.allclose(a, b, rtol=1e-12, atol=1e-14, equal_nan=True)


@np.errstate(all="ignore")
def _close(a, b):
    """Tell which entries of two arrays agree."""
    # Loose enough for float32, and for the same sum in another order.
    return np.isclose(a, b, equal_nan=True)


def parts(value):
    """Return the results of an answer that should return several."""
    if isinstance(value, (tuple, list)):
        return list(value)
    array = _array(value)
    return [value] if array is None or not array.ndim else list(array)


def endless(value):
    """Tell whether a list holds itself, or is nested deeper than any result is.

    NumPy unfolds such a list without end, and nothing can stop it. What was put in last
    is looked at alone: a list may be long.
    """
    level = [value]
    for _ in range(DEPTH):
        level = [each for each in level if isinstance(each, (list, tuple))]
        level = {id(each): each for inner in level for each in inner[-DEPTH:]}.values()
    return any(isinstance(each, (list, tuple)) for each in level)


def _array(value):
    """Return an array; None where it can't be one, such as rows of two lengths."""
    if endless(value):
        return None
    try:
        return np.asarray(value)
    except Exception:
        return None


@np.errstate(all="ignore")
def numbers(value):
    """Return a float array, or None where these are no numbers."""
    array = _array(value)
    if array is None or array.dtype.kind not in "biufO":
        return None
    if array.dtype == object:
        if not all(isinstance(entry, (Real, np.bool_)) for entry in array.flat):
            return None
    try:
        return array.astype(float, copy=False)
    except Exception:  # a whole number that no float can hold
        return None


def gap(who, want, got):
    """Say what an answer gives and what it should give, `who` being the answer."""
    if kind := _not_made(got):
        how = (
            "Write def in place of async def."
            if kind == "coroutine"
            else "list(…) makes a list of it."
        )
        return f"{who} returns a {kind}, which holds no result yet. {how}"
    if isinstance(want, (tuple, list)):
        pieces = parts(got)
        if len(pieces) != len(want):
            count = f"{len(pieces)} result{'s' if len(pieces) != 1 else ''}"
            return f"{who} returns {count}, {short(got)}; it needs {len(want)}."
        shapes = [getattr(numbers(each), "shape", None) for each in pieces]
        if not isinstance(got, (tuple, list)) and shapes != [np.shape(w) for w in want]:
            return f"{who} returns 1 result, {short(got)}; it needs {len(want)}."
        pairs = enumerate(zip(want, pieces), 1)
        i, pair = next((i, pair) for i, pair in pairs if not same(*pair))
        return gap(f"result {i} of {who}", *pair)
    a, b = numbers(want), numbers(got)
    if a is None or b is None:
        text = f"{who} gives {short(got)}; it should give {short(want)}."
        array = _array(got)
        if a is not None and array is not None and array.ndim and array.dtype == object:
            text += (
                " Its entries are objects, not numbers alone. An array made with "
                "dtype=float holds numbers."
            )
        return text
    if not a.ndim and b.ndim and b.size == 1:  # as `same` does
        b = b.reshape(())
        got = b.item()
    if a.shape != b.shape:
        return f"{who} gives {_shape(b)}, {short(got)}; it needs {_shape(a)}."
    for digits in (4, 8, 12):  # as many as it takes to see the difference
        is_now, should_be = short(b, digits), short(want, digits)
        if is_now != should_be:
            break
    # Too long to look through, or left out of a long array: one entry will do.
    if a.ndim and (is_now.endswith("…") or is_now == should_be):
        place = tuple(np.argwhere(~_close(a, b))[0].tolist())
        return gap(f"entry {list(place)} of {who}", a[place], _array(got)[place])
    text = f"{who} gives {short(got, digits)}; it should give {should_be}."
    if b.ndim and _array(got).dtype.kind in "iub" and (a != np.round(a)).any():
        text += WHOLE_ONLY
    return text


def _not_made(value):
    """Return the kind of an object that makes its results only when asked, or None."""
    if isinstance(value, np.ndarray) and value.dtype == object and value.size == 1:
        value = value.item()
    return type(value).__name__ if isinstance(value, (Coroutine, Iterator)) else None


def _shape(array):
    return f"an array of shape {array.shape}" if array.ndim else "a single number"


def short(value, digits=4):
    """Return a value as one short line."""
    these = numbers(value)
    if these is None:
        return line(shown(value))
    array = _array(value)
    whole = array if array.dtype.kind in "biu" else these
    # What is left of a rounded 0 is a 0; other small numbers are what they are.
    sizes = np.abs(these)
    small = ((sizes > 1e-12) & (sizes < 0.5 * 10.0**-digits)).any()
    text = np.array2string(
        whole, precision=digits, suppress_small=not small, separator=", "
    )
    return line(text if whole.ndim else text.rstrip("."))


def apart(value):
    """Return as many digits as keep different entries of a value apart, 4 to 12."""
    these = numbers(value)
    for digits in (4, 8, 12) if these is not None else ():
        if np.unique(np.round(these, digits)).size == np.unique(these).size:
            return digits
    return 4  # what differs beyond is rounding


def line(text, length=120):
    """Return a text as one line, the same on every machine."""
    text = re.sub(" at 0x[0-9a-fA-F]+", "", " ".join(text.split()))
    text = text.encode(errors="replace").decode()  # half a character can't be sent
    return text if len(text) <= length else f"{text[: length - 3]}…"


def said(error):
    """Return the kind of an error, and what it says."""
    try:
        text = str(error)
    except BaseException:  # SystemExit as well
        text = ""
    return line(f"{type(error).__name__}: {text}", 400).rstrip(": .")
