"""What students write: right answers, mistakes with a name, and some without.

One file a stage, `stages/…/answers.py`. A few right answers are functions, each in its
own way; most wrong ones are edits of these, and a function where that is plainer. Each
bears the name of its exercise, and uses what the notebook has at that point.
`test_answers.py` gives each of them to the check, and `verdicts.toml` beside it holds
what the check and its hints say, in the same order, and on what inputs each answer is
tried.
"""

import linecache
import re
import tomllib
from dataclasses import replace
from functools import cache
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import NamedTuple

import numpy as np
from course import ROOMS, exercises

from backprop.edit import edited, source
from backprop.reading import code_of, shown_by
from backprop.stages.autograd.value import Value

BANK = []
EDITS = count()


class Spelling(NamedTuple):
    """An answer, and what the check has to say: how its name of the mistake begins."""

    answer: callable
    says: str | None
    right: bool = False

    @property
    def room(self):
        """Return the name of the room whose exercise this answers."""
        return self.answer.__module__.split(".")[-2]


def right(answer):
    """Mark a right answer."""
    BANK.append(Spelling(answer, None, right=True))
    return answer


def wrong(says):
    """Mark an answer that makes the mistake whose name begins so."""

    def mark(answer):
        BANK.append(Spelling(answer, says))
        return answer

    return mark


def unnamed(answer):
    """Mark a wrong answer that no mistake has a name for."""
    BANK.append(Spelling(answer, None))
    return answer


class everywhere(str):  # noqa: N801, it reads as a word in an edit
    """The new text of an edit that is made wherever the old one stands."""


def edits(answer, mistakes):
    """Mark edits of a right answer as answers that make a mistake.

    mistakes: how the mistake's name begins -> an edit of the answer's text, {old: new},
    or a list of edits; None -> those that no mistake has a name for. Raises ValueError
    where an old text isn't there, or stands there more than once and the new one isn't
    `everywhere`.
    """
    for says, ways in mistakes.items():
        for edit in ways if isinstance(ways, list) else [ways]:
            BANK.append(Spelling(spelled(answer, edit), says))


def spelled(answer, edit):
    """Return an answer after an edit: a function with a text of its own."""
    text = text_of(answer)
    for old, new in edit.items():
        times = text.count(old)
        if times != 1 and (times == 0 or not isinstance(new, everywhere)):
            raise ValueError(f"{answer.__name__}: {old!r} stands there {times} times")
        text = edited(text, {old: new})
    file = f"<{answer.__name__}, edit {next(EDITS)}>"
    # As a cell's: whatever quotes a line finds it here.
    linecache.cache[file] = len(text), None, text.splitlines(True), file
    made = {}  # so that the name stays the right answer's
    exec(compile(text, file, "exec"), answer.__globals__, made)
    return made[answer.__name__]


def text_of(answer):
    """Return a function's text without the mark over it."""
    text = source(answer)
    return text[re.search(r"^def ", text, re.MULTILINE).start() :]


@cache
def bank():
    """Return the answers to the exercises of all stages."""
    for room in ROOMS:
        if exercises(room):
            import_module(f"stages.{room}.answers")
    return BANK


def exercise_of(spelling):
    """Return the exercise that an answer is for."""
    return exercises(spelling.room)[spelling.answer.__name__]


@cache
def verdict_on(spelling):
    """Return the Verdict on an answer."""
    # A fresh one: an exercise may remember what was tried before.
    return replace(exercise_of(spelling)).check(spelling.answer)


def said_of(spelling):
    """Return what the check and its hints say of an answer, wherever that stands."""
    return told(verdict_on(spelling))


def told(verdict):
    """Return what a verdict and its hints say, the numbers of lines aside."""
    return placeless("\n→ ".join([verdict.text, *verdict.hints]))


def placeless(text):
    """Return a text that quotes lines of a file, wherever in it they stand."""
    return re.sub(r"([Yy]our lines?) \d+( (and|to) \d+)?", r"\1 …", text)


def said_and_shown(answer, verdict):
    """Return what a check says of an answer, and all that its code shows."""
    code = code_of(answer)
    shows = shown_by(code) if code else ()
    rows = [placeless(f"\n· {kind}: {text}") for kind, text in shows]
    return told(verdict) + "".join(rows)


def held(room):
    """Return where the verdicts on a room's answers are held, and those by exercise."""
    path = Path(__file__).parent / "stages" / room / "verdicts.toml"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return path, tomllib.loads(text)


def said(room):
    """Return what the checks of a room say of the answers to each exercise."""
    texts = {name: [] for name in exercises(room)}
    for spelling in bank():
        if spelling.room == room:
            texts[spelling.answer.__name__].append(said_of(spelling))
    return texts


def tried(room):
    """Return, by exercise, the arguments that answers are called with."""
    return {
        name: [
            ", ".join(_told(each, {}) for each in probe) for probe in exercise.probes
        ]
        for name, exercise in exercises(room).items()
    }


def _told(value, seen):
    """Return an argument as text; what comes twice in a graph, by its name."""
    if isinstance(value, (list, tuple, np.ndarray)):
        kind = " float32" if getattr(value, "dtype", None) == np.float32 else ""
        return f"[{', '.join(_told(each, seen) for each in value)}]{kind}"
    if isinstance(value, Value):
        if value in seen:
            return seen[value]
        seen[value] = name = f"v{len(seen)}"
        parents = " ".join(_told(each, seen) for each in value.parents)
        grad = f" grad {value.grad:.6g}" if value.grad else ""
        return f"{name} = ({value.data:.6g}{grad} {value.name} {parents})"
    return f"{value:.6g}" if isinstance(value, (float, np.floating)) else f"{value}"
