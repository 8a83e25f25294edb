"""What the pictures draw, held as text in tests/stages/…/drawn.txt.

Under each picture stands what it draws in all states, then, where some values have it
drawn anew, what it draws for these, then what each state adds. The order in which it
is drawn, and what moves, makes no difference.
"""

from collections import Counter
from copy import copy
from functools import reduce
from operator import and_

import artists
import matplotlib
from matplotlib.figure import Figure

from backprop.frame import STYLE

# What this picture draws is rounding noise itself, which another exp makes otherwise.
NOISY = {"EpsilonSweep": 0.03}


def drawn(picture, states):
    """Yield for each of the states, a dict of values, what is drawn: Lines."""
    near = NOISY.get(type(picture).__name__, artists.NEAR)
    picture, drawn_for = copy(picture), None
    for values in states:
        with matplotlib.rc_context(STYLE):
            now = [values[name] for name in picture.redraw]
            if now != drawn_for:
                figure, drawn_for = Figure(picture.size), now
                picture.draw(figure, **values)
            picture.move(**values)
            yield artists.lines(figure, near)


def kinds(picture, states):
    """Yield for each of the states the kinds of what is drawn there: a Counter."""
    for lines in drawn(picture, states):
        yield Counter(line.kind for line in lines)


def differences(held, now):
    """Return what is drawn otherwise: "- " and a text held, "+ " and a Line's text."""
    missing, pairs = _paired(held, now)
    new = [line.text for line, text in pairs if text is None]
    return [f"- {text}" for text in missing] + [f"+ {text}" for text in new]


def _paired(held, now):
    """Return the texts that nothing drawn matches, and each Line with its text."""
    missing, pairs = Counter(held), []
    for line in now:
        exact = missing[line.text] > 0
        missing[line.text] -= exact
        pairs.append([line, line.text if exact else None])
    for pair in pairs:
        if pair[1] is None:
            pair[1] = next(filter(pair[0].same, +missing), None)
            missing[pair[1]] -= 1
    return [*(+missing).elements()], pairs


def read(path):
    """Return what a file holds: (picture, drawn for, state) -> texts."""
    held, heading, texts = {}, ["", "", ""], [[], [], []]
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("#"):
            marks, _, name = line.partition(" ")
            level = len(marks) - 1
            heading[level:] = [name, "", ""][: 3 - level]
            texts[level:] = [[], [], []][level:]
        elif line:
            texts[level].append(line)
        if heading[2]:
            held[tuple(heading)] = sum(texts, [])
    return held


def write(path, now):
    """Write these Lines; a text held that is the same to the eye stays."""
    held = read(path) if path.exists() else {}
    texts = {}
    for at, lines in now.items():
        _, pairs = _paired(held.get(at, []), lines)
        texts[at] = [text or line.text for line, text in pairs]
    blocks = {}
    for at in texts:
        told = Counter()
        for level in (1, 2, 3):
            alike = [Counter(texts[a]) for a in texts if a[:level] == at[:level]]
            counts = reduce(and_, alike) - told
            told += counts
            heading = f"{'#' * level} {at[level - 1]}"
            if at[level - 1]:
                blocks.setdefault(at[:level], [heading, *_counted(texts[at], counts)])
    text = "\n\n".join("\n".join(block) for block in blocks.values())
    path.write_text(f"{text}\n", encoding="utf-8")


def _counted(texts, counts):
    """Return as many of the texts as are counted, in their order."""
    left, kept = Counter(counts), []
    for text in texts:
        if left[text] > 0:
            left[text] -= 1
            kept.append(text)
    return kept
