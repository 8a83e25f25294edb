"""The numbers in prose, computed: what a page and the replies to its questions state.

nbval compares what the cells print. What the text around them says is held by the
tables in `stages/…/test_….py`: a piece of the text, {} for each number, and the
function that computes them.
"""

import re
from functools import cache

import nbformat
import numpy as np
import pytest
from course import PATHS, PICTURES, asked, code_cells, imported
from matplotlib.figure import Figure
from words import stored

DECIMAL = re.compile(r"−?\d[\d,]*\.\d+(?:e−?\d+)?")
# What isn't prose: code, the addresses of links, the sources.
NO_PROSE = re.compile(r"^```\w+\n.*?^```|\]\(.*?\)|^Sources: .*?$", re.M | re.S)


def prove(room, page, replies):
    """Return the three tests of the numbers in a stage's prose.

    page: (text, numbers) for the notebook; replies: (question, text, numbers).
    """

    def each(table):
        names = [entry[-2].encode("ascii", "ignore").decode() for entry in table]
        return pytest.mark.parametrize("entry", table, ids=names)

    @each(page)
    def the_page_says(entry):
        text, numbers = entry
        assert_says(f"the page of {room}", prose(room), text, numbers())

    @each(replies)
    def a_reply_says(entry):
        name, text, numbers = entry
        assert_says(f"“{name}”", question(asked(room)[name]), text, numbers())

    def no_number_is_unproved():
        questions = "\n\n".join(map(question, asked(room).values()))
        for text, table in (prose(room), page), (questions, replies):
            for *_, piece, numbers in table:
                text = _whole(piece, _filled(piece, numbers())).sub(" ", text)
            unproved = sorted({*DECIMAL.findall(text)} - decimals(room))
            assert not unproved, f"{room}: nothing proves {', '.join(unproved)}"

    return the_page_says, a_reply_says, no_number_is_unproved


def assert_says(where, said, text, numbers):
    """Assert that a text says these numbers, whole: 0.73 isn't in 0.731."""
    __tracebackhide__ = True
    filled = _filled(text, numbers)
    assert _whole(text, filled).search(said), f"{where} doesn't say {filled!r}"


def _filled(text, numbers):
    """Return a text with the numbers in; `format` would read the braces of LaTeX."""
    pieces, numbers = text.split("{}"), [str(each) for each in numbers]
    assert len(numbers) == len(pieces) - 1, f"{text!r}: got {len(numbers)} numbers"
    return "".join(a + b for a, b in zip(pieces, [*numbers, ""]))


def _whole(text, filled):
    """Return the pattern of a filled text: a number at either end is all of it."""
    before = r"(?<![\w.,−])" if text.startswith("{}") else ""
    after = r"(?!\w|[.,]\d)" if text.endswith("{}") else ""
    return re.compile(before + re.escape(filled) + after)


@cache
def prose(room):
    """Return the text of a notebook's markdown cells, without code and sources."""
    cells = nbformat.read(PATHS[room], as_version=4).cells
    text = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    return NO_PROSE.sub("", text)


def question(one):
    """Return what a question, its choices or numbers, and their replies say."""
    if "answer" in one:
        replies = [wrong["reply"] for wrong in one["wrong"]]
        return "\n".join([one["question"], one["right"], one["first_step"], *replies])
    parts = [(choice["text"], choice["reply"]) for choice in one["choices"]]
    return "\n".join([one["question"], *(part for each in parts for part in each)])


@cache
def decimals(room):
    """Return the numbers with a decimal point that are held elsewhere.

    By nbval, which runs the cells and compares what they print; by words.toml, which
    has the words of the pictures.
    """
    shown = [name for name in imported(room) if name in PICTURES]
    held = [state["words"] for name in shown for state in stored(name)]
    for cell in code_cells(room):
        held += [cell.source]
        for output in cell.outputs:
            held += [output.get("text") or output.data.get("text/plain", "")]
    text = re.sub(r"(?<!\w)-(?=\d)|(?<=e)-(?=\d)", "−", "\n".join(held))
    return set(DECIMAL.findall(text))


# -- numbers as the pages write them

IN_WORDS = {
    1e-2: "a hundredth", 0.1: "a tenth", 1 / 5: "a fifth", 1 / 4: "a quarter",
    1 / 3: "a third", 1 / 2: "half", 1: "one", 2: "two", 3: "three", 4: "four",
    5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten",
    100: "a hundred", 1e3: "a thousand", 1e4: "ten thousand",
}  # fmt: skip
SIGNS = {0: "0", 1 / 4: "¼", 1 / 3: "⅓", 1 / 2: "½", 2 / 3: "⅔", 1: "1"}


def in_words(number):
    """Return the nearest number that has a word: "a third", "nine", "a thousand"."""
    return IN_WORDS[min(IN_WORDS, key=lambda each: abs(np.log(number / each)))]


def sign(number):
    """Return the nearest number that has a sign of its own: "¼", "½"."""
    return SIGNS[min(SIGNS, key=lambda each: abs(number - each))]


def minus(number, form):
    """Return a number in a format, with the sign that the pages have: "−0.20"."""
    return f"{number:{form}}".replace("-", "−")


# -- what several stages ask


def axes_of(picture):
    """Return the axes of a picture as it opens."""
    figure = Figure(picture.size)
    picture.draw(figure, **picture.start)
    return figure.axes


def central(f, at, h=1e-6):
    """Return the slope of a function, by nudging."""
    return (f(at + h) - f(at - h)) / (2 * h)
