"""How an answer is checked: by what it computes, never by its text."""

import copy
import inspect
import textwrap
import traceback
from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class Verdict:
    """What a check says; `right` for a right answer, `mistake` names a known one."""

    text: str
    right: bool = False
    mistake: str | None = None

    def __repr__(self):
        return textwrap.fill(self.text, 79)


@dataclass
class Exercise:
    """A function to write: a reference, probes to try it on, and named mistakes.

    reference: a right answer. probes: tuples of arguments, such that no two of the
    mistakes agree on all of them. mistakes: what to say -> a function that makes it.
    unfinished: what a stub returns.
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
            return Verdict(f"{self.name} is no function: it is {_short(answer)}.")
        results = []
        for probe in self.probes:
            arguments = copy.deepcopy(probe)
            try:
                results.append(answer(*arguments))
            except Exception as error:
                return Verdict(_stopped(self.name, answer, error))
            if results[-1] is None or results[-1] is Ellipsis:
                return Verdict(
                    f"Not done yet: {self.name} returns {results[-1]}. Write your "
                    "lines, return the result, and run the cell again."
                )
            for name, before, after in zip(self._names(), probe, arguments):
                if not _same(before, after):
                    return Verdict(
                        f"{self.name} changes its argument {name} itself. Make a new "
                        f"array instead, as in {name} = {name} - …, not {name} -= … ."
                    )
        wanted = [self.reference(*copy.deepcopy(probe)) for probe in self.probes]
        if all(map(_same, wanted, results)):
            return Verdict(
                f"Right: {self.name} gives the right result on all "
                f"{len(self.probes)} inputs tried.",
                right=True,
            )
        for mistake, wrong in self.mistakes.items():
            made = [wrong(*copy.deepcopy(probe)) for probe in self.probes]
            if all(map(_same, made, results)):
                return Verdict(f"Not yet: {mistake}", mistake=mistake)
        return Verdict(self._unknown(wanted, results))

    def _names(self):
        return list(inspect.signature(self.reference).parameters)

    def _unknown(self, wanted, results):
        """Say which input gave what, and what it should have given."""
        for probe, want, got in zip(self.probes, wanted, results):
            if _same(want, got):
                continue
            given = ", ".join(
                f"{name} = {_short(value)}" for name, value in zip(self._names(), probe)
            )
            if _is_numbers(want) and _is_numbers(got):
                if np.shape(want) != np.shape(got):
                    return (
                        f"Not yet: the result has shape {np.shape(got)}; it needs "
                        f"shape {np.shape(want)}. Tried with {given}."
                    )
                if not np.isfinite(np.asarray(got, float)).all():
                    return f"Not yet: the result holds NaN or infinity, with {given}."
            return (
                f"Not yet. With {given}, your {self.name} gives {_short(got)}; "
                f"it should give {_short(want)}."
            )


def _same(a, b):
    """Tell whether two results agree: numbers, arrays, or sequences of them."""
    if isinstance(a, (tuple, list)) and not _is_numbers(a):
        matching = isinstance(b, (tuple, list)) and len(a) == len(b)
        return matching and all(map(_same, a, b))
    if _is_numbers(a) and _is_numbers(b):
        a, b = np.asarray(a, float), np.asarray(b, float)
        return a.shape == b.shape and np.allclose(a, b, rtol=1e-6, atol=1e-9)
    return not _is_numbers(a) and not _is_numbers(b) and bool(np.all(a == b))


def _is_numbers(value):
    try:
        np.asarray(value, float)
    except (TypeError, ValueError):
        return False
    return value is not None and not isinstance(value, str)


def _short(value):
    """Return a value as one short line."""
    if _is_numbers(value):
        value = np.asarray(value, float)
        text = np.array2string(value, precision=4, suppress_small=True, separator=", ")
    else:
        text = repr(value)
    text = " ".join(text.split())
    return text if len(text) <= 120 else f"{text[:117]}…"


def _stopped(name, answer, error):
    """Say what was raised, and in which line of the learner's own."""
    own = getattr(getattr(answer, "__code__", None), "co_filename", None)
    lines = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == own and frame.line
    ]
    where = f", in your line “{lines[-1].line}”" if lines else ""
    return f"{name} stopped with {type(error).__name__}: {error}{where}."
