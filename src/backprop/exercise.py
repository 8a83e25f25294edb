"""How an answer is checked: by what it computes, never by its text.

The answer is called on each probe, and what comes out is compared with the reference,
then with each named mistake. What it prints is printed. An answer that never ends is
not stopped here; the button Interrupt Kernel does that.
"""

import copy
import inspect
import linecache
import re
import sys
import textwrap
import traceback
from dataclasses import dataclass, field
from numbers import Real

import numpy as np

from backprop.session import own_settings, shown

# Code that is not the learner's, for the line to show where an answer stopped.
LIBRARIES = {"numpy", "backprop", *sys.stdlib_module_names}


@dataclass(frozen=True)
class Verdict:
    """What a check says; `right` for a right answer, `mistake` names a known one."""

    text: str
    right: bool = False
    mistake: str | None = None

    def __repr__(self):
        return textwrap.fill(self.text, 79)


@dataclass(frozen=True)
class Stopped:
    """What comes of a function that raises an error."""

    error: BaseException


@dataclass
class Exercise:
    """A function to write: a reference, probes to try it on, and named mistakes.

    reference: a right answer. probes: tuples of arguments. mistakes: what to say -> a
    function that makes the mistake, or a list of such functions. They may stop with an
    error on some of the probes; on all of them together, no two mistakes agree, and
    none agrees with the reference.
    """

    reference: callable
    probes: list
    mistakes: dict = field(default_factory=dict)

    @property
    def name(self):
        """Return the name of the function to write."""
        return self.reference.__name__

    def check(self, answer):
        """Return the Verdict on a function that was written for this exercise."""
        if not callable(answer):
            with own_settings():
                return Verdict(f"{self.name} is no function: it is {_short(answer)}.")
        given = self._arguments()
        # It runs under the learner's settings; what it gives is judged under ours.
        results = [_outcome(answer, arguments) for arguments in given]
        with own_settings():
            try:
                return self._judge(given, results)
            except Exception as error:  # a strange object's own, such as its __eq__
                return Verdict(
                    f"Not yet: {self.name} returns an object that can't be compared "
                    f"with a number. Trying that stopped with {_said(error)}."
                )

    def _judge(self, given, results):
        """Return the Verdict on the results for the given arguments."""
        if all(result is None or result is Ellipsis for result in results):
            return Verdict(
                f"Not done yet: {self.name} returns {results[-1]}. Write your "
                "lines, return the result, and run the cell again."
            )
        wanted = [_outcome(self.reference, each) for each in self._arguments()]
        changed = self._changed(given)
        if _same(wanted, results):
            if changed:
                return Verdict(f"The result is right, but {changed}")
            return Verdict(
                f"Right: {self.name} gives the right result on all "
                f"{len(self.probes)} inputs tried.",
                right=True,
            )
        also = f" Besides, {changed}" if changed else ""
        for mistake, wrong in self._each_mistake():
            pairs = zip(self._arguments(), results)
            if all(_same(_outcome(wrong, each), result) for each, result in pairs):
                return Verdict(f"Not yet: {mistake}{also}", mistake=mistake)
        return Verdict(self._unknown(wanted, results) + also)

    def _each_mistake(self):
        for mistake, ways in self.mistakes.items():
            for wrong in ways if isinstance(ways, list) else [ways]:
                yield mistake, wrong

    def _arguments(self):
        # One copy for each probe: two of them may hold the same array.
        return [copy.deepcopy(probe) for probe in self.probes]

    def _changed(self, given):
        """Say which argument the answer has changed, if it has changed one."""
        names = list(inspect.signature(self.reference).parameters)
        for before, after in zip(self.probes, given):
            for name, was, now in zip(names, before, after):
                if not _same(was, now):
                    return (
                        f"{self.name} changes its argument {name} itself. Make a new "
                        f"array instead, as in {name} = {name} - …, not {name} -= … ."
                    )
        return None

    def _unknown(self, wanted, results):
        """Say which input gave what, and what it should have given."""
        failed = [
            (self._given(probe), want, got)
            for probe, want, got in zip(self.probes, wanted, results)
            if not _same(want, got)
        ]
        stopped = [each for each in failed if isinstance(each[2], Stopped)]
        given, want, got = min(stopped or failed, key=lambda each: len(each[0]))
        if stopped:
            stop = _stop(got.error)
            return f"{self.name} stopped with {stop} It was called with {given}."
        return f"Not yet. With {given}, {_gap(f'your {self.name}', want, got)}"

    def _given(self, probe):
        names = inspect.signature(self.reference).parameters
        return ", ".join(f"{name} = {_short(x)}" for name, x in zip(names, probe))


def checker(exercises):
    """Return the `check` of a stage that has these exercises."""
    known = {exercise.name: exercise for exercise in exercises}

    def check(answer):
        """Return the Verdict on `answer`, the function that an exercise asks for.

        Raises ValueError where it fits no exercise of the stage.
        """
        # A lambda or a partial has no name of its own, but the notebook has one for it.
        names = inspect.currentframe().f_back.f_globals
        own_name = _name(answer)
        for name, exercise in known.items():
            if own_name == name or names.get(name) is answer:
                return exercise.check(answer)
        for exercise in known.values():
            verdict = exercise.check(answer)
            if verdict.right:
                return verdict
        got = own_name or _line(shown(answer))
        need = f"a function, not its result; named {' or '.join(known)}"
        raise ValueError(f"answer: got {got}; needs {need}")

    return check


def _outcome(function, arguments):
    """Return what a function gives; Stopped, where it raises an error."""
    try:
        return function(*arguments)
    except KeyboardInterrupt:  # the button Interrupt Kernel
        raise
    except BaseException as error:  # exit() as well
        return Stopped(error)


def _same(want, got):
    """Tell whether two outcomes agree; lists, tuples and arrays may be either."""
    if isinstance(want, Stopped) or isinstance(got, Stopped):
        errors = [type(getattr(each, "error", None)) for each in (want, got)]
        return type(want) is type(got) and errors[0] is errors[1]
    if isinstance(want, (tuple, list)):
        got = _parts(got)
        return len(want) == len(got) and all(map(_same, want, got))
    a, b = _numbers(want), _numbers(got)
    if a is None or b is None:
        return want is got or (isinstance(want, str) and want == got)
    return a.shape == b.shape and bool(_close(a, b).all())


@np.errstate(all="ignore")
def _close(a, b):
    """Tell which entries of two arrays agree."""
    # Loose enough for float32, and for the same sum in another order.
    return np.isclose(a, b, equal_nan=True)


def _parts(value):
    """Return the results of an answer that should return several."""
    if isinstance(value, (tuple, list)):
        return list(value)
    array = _array(value)
    return [value] if array is None or not array.ndim else list(array)


def _array(value):
    """Return an array; None where it can't be one, such as rows of two lengths."""
    try:
        return np.asarray(value)
    except Exception:
        return None


@np.errstate(all="ignore")
def _numbers(value):
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


def _gap(who, want, got):
    """Say what an answer gives and what it should give, `who` being the answer."""
    if isinstance(want, (tuple, list)):
        parts = _parts(got)
        if len(parts) != len(want):
            count = f"{len(parts)} result{'s' if len(parts) > 1 else ''}"
            return f"{who} returns {count}, {_short(got)}; it needs {len(want)}."
        pairs = enumerate(zip(want, parts), 1)
        i, pair = next((i, pair) for i, pair in pairs if not _same(*pair))
        return _gap(f"result {i} of {who}", *pair)
    a, b = _numbers(want), _numbers(got)
    if a is None or b is None:
        text = f"{who} gives {_short(got)}; it should give {_short(want)}."
        array = _array(got)
        if a is not None and array is not None and array.ndim and array.dtype == object:
            text += (
                " Its entries are objects, not numbers alone. An array made with "
                "dtype=float holds numbers."
            )
        return text
    if a.shape != b.shape:
        return f"{who} gives {_shape(b)}, {_short(b)}; it needs {_shape(a)}."
    for digits in (4, 8, 12):  # as many as it takes to see the difference
        is_now, should_be = _short(b, digits), _short(a, digits)
        if is_now != should_be:
            break
    # Too long to look through, or left out of a long array: one entry will do.
    if a.ndim and (is_now.endswith("…") or is_now == should_be):
        place = tuple(np.argwhere(~_close(a, b))[0].tolist())
        return _gap(f"entry {list(place)} of {who}", a[place], _array(got)[place])
    text = f"{who} gives {is_now}; it should give {should_be}."
    if _array(got).dtype.kind in "iub" and (a != np.round(a)).any():
        text += (
            " The result can hold whole numbers only; an array made with dtype=float "
            "keeps the decimals."
        )
    if not np.isfinite(b).all():
        text += (
            " NaN or infinity comes of an overflow, of a division by 0, or of the "
            "logarithm of 0."
        )
    return text


def _shape(array):
    return f"an array of shape {array.shape}" if array.ndim else "a single number"


def _short(value, digits=4):
    """Return a value as one short line."""
    numbers = _numbers(value)
    if numbers is None:
        return _line(shown(value))
    text = np.array2string(
        numbers, precision=digits, suppress_small=True, separator=", "
    )
    return _line(text if numbers.ndim else text.rstrip("."))


def _line(text, length=120):
    """Return a text as one line, the same on every machine."""
    text = re.sub(" at 0x[0-9a-fA-F]+", "", " ".join(text.split()))
    text = text.encode(errors="replace").decode()  # half a character can't be sent
    return text if len(text) <= length else f"{text[: length - 3]}…"


def _name(value):
    """Return the name of a function, or None where it has none."""
    try:
        name = value.__name__
    except Exception:
        return None
    return name if isinstance(name, str) else None


def _said(error):
    """Return the kind of an error, and what it says."""
    try:
        text = str(error)
    except Exception:
        text = ""
    return _line(f"{type(error).__name__}: {text}", 400).rstrip(": .")


def _stop(error):
    """Say what was raised, and in which line of the learner's own."""
    said = _said(error)
    frames = traceback.walk_tb(error.__traceback__)
    own = [
        (frame.f_code.co_filename, line)
        for frame, line in frames
        if str(frame.f_globals.get("__name__")).split(".")[0] not in LIBRARIES
    ]
    if not own:
        return f"{said}."
    text = linecache.getline(*own[-1]).strip()
    return f"{said}, in your line {own[-1][1]}{f': “{text}”' if text else ''}."
