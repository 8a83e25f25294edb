"""What a check says of small slips, word by word, and which edits it tries.

`python tools/words.py` accepts what is said and tried today.
"""

import ast
import inspect
import linecache
import textwrap
import tomllib
from pathlib import Path

import pytest
from slips import EXERCISES, SLIPS, said_of_slips
from small_edits import all_edits

TESTS = Path(__file__).parent


@pytest.fixture(scope="module")
def said():
    return said_of_slips()


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("name", EXERCISES)
def test_of_each_slip_it_is_said_what_is_held(name, said):
    held = tomllib.loads((TESTS / "slips.toml").read_text(encoding="utf-8"))
    assert said[name] == held[name]


def test_the_edits_that_are_tried_are_those_that_are_held():
    held = (TESTS / "edits.txt").read_text(encoding="utf-8")
    assert all_edits().splitlines() == held.splitlines()


def printing(answer):
    """Return an answer that prints when it is called, or None."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(answer)))
    (function,) = tree.body
    if not isinstance(function, ast.FunctionDef) or answer.__closure__:
        return None
    function.decorator_list = []
    function.body.insert(0, ast.parse("print('called')").body[0])
    text, file = ast.unparse(tree), f"<{answer.__name__}, printing>"
    linecache.cache[file] = len(text), None, text.splitlines(True), file
    space = dict(answer.__globals__)
    exec(compile(text, file, "exec"), space)
    return space[answer.__name__]


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_what_a_wrong_answer_prints_is_printed_once_for_each_input(capsys):
    counted = 0
    again = {"right_the_first_time", "calls_itself"}
    for name, answer in SLIPS:
        loud, exercise = printing(answer), EXERCISES[name]
        if loud and not exercise.check(loud).right and answer.__name__ not in again:
            printed = capsys.readouterr().out.count("called\n")
            assert printed in (0, len(exercise.probes)), answer.__name__
            counted += printed > 0
        capsys.readouterr()
    assert counted > 150
