"""Each answer in the bank gets the name it should, and no two mistakes are confused."""

import ast
import functools
import inspect
import itertools
import pkgutil
import re
from importlib import import_module

import mistakes
import nbformat
import numpy as np
import pytest
from mistakes import BANK
from notebook_tool import notebooks

from backprop.checks import exercises
from backprop.checks.exercise import Exercise, _outcome, _same

for module in pkgutil.iter_modules(mistakes.__path__):
    import_module(f"mistakes.{module.name}")

EXERCISES = {
    (path.name[:2], name): exercise
    for path in notebooks()
    if not path.name.startswith("00")
    for name, exercise in exercises(path.name[:2]).items()
}
each_exercise = pytest.mark.parametrize(
    "exercise", EXERCISES.values(), ids=[f"{s}-{name}" for s, name in EXERCISES]
)
each_spelling = pytest.mark.parametrize(
    "spelling",
    BANK,
    ids=[f"{each.stage}-{each.answer.__name__}-{i}" for i, each in enumerate(BANK)],
)


def exercise_of(spelling):
    return EXERCISES[spelling.stage, spelling.answer.__name__]


@each_spelling
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_each_answer_gets_its_name(spelling):
    exercise = exercise_of(spelling)
    verdict = exercise.check(spelling.answer)
    if spelling.right:
        assert verdict.right, verdict
    elif spelling.says:
        assert verdict.mistake is not None, verdict
        assert verdict.mistake.startswith(spelling.says)
    else:
        assert not verdict.right and verdict.mistake is None, verdict
        if type(exercise) is Exercise:
            assert verdict.text.startswith("Not yet. With "), verdict
            assert re.search("; it (should give|needs) ", verdict.text)


@each_exercise
def test_two_spellings_of_each_mistake_and_of_the_right_answer(exercise):
    mine = [each for each in BANK if exercise_of(each) is exercise]
    for mistake in exercise.mistakes:
        said = [
            each.says for each in mine if each.says and mistake.startswith(each.says)
        ]
        assert len(said) >= 2, mistake
        assert len(set(said)) == 1, mistake
        assert [m.startswith(said[0]) for m in exercise.mistakes].count(True) == 1
    assert sum(each.right for each in mine) >= 2
    assert sum(not each.right and not each.says for each in mine) >= 2


def test_no_answer_stands_there_twice():
    codes = [
        (each.answer.__name__, code.co_code, code.co_consts, code.co_names)
        for each in BANK
        for code in [each.answer.__code__]
    ]
    assert len(set(codes)) == len(codes)


@each_exercise
def test_no_mistake_agrees_with_another_or_with_the_right_answer(exercise):
    made = [
        (name, [_outcome(function, each) for each in exercise._arguments()])
        for name, function in [(None, exercise.reference), *exercise._each_mistake()]
    ]
    for (one, outcomes), (other, others) in itertools.combinations(made, 2):
        assert one == other or not _same(outcomes, others), (one, other)
    for name, outcomes in made:
        assert not all(isinstance(each, Exception) for each in outcomes), name


@pytest.mark.parametrize("path", notebooks()[1:], ids=lambda path: path.stem)
def test_answers_use_what_the_notebook_has_at_that_point(path):
    known = set()
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        tree = ast.parse(cell.source)
        here = {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}
        if "exercise" in cell.metadata.get("tags", []):
            for spelling in BANK:
                if spelling.stage == path.name[:2] and spelling.answer.__name__ in here:
                    used = set(inspect.getclosurevars(spelling.answer).globals)
                    assert used <= known | {"math"}, spelling.answer
        known |= here
        for each in ast.walk(tree):
            if isinstance(each, (ast.Import, ast.ImportFrom)):
                known |= {name.asname or name.name for name in each.names}


# -- a right answer in any form


def as_lists(result):
    if isinstance(result, tuple):
        return list(map(as_lists, result))
    return result.tolist() if isinstance(result, (np.ndarray, np.generic)) else result


def in_single_precision(value):
    if isinstance(value, np.ndarray) and value.dtype == float:
        return value.astype(np.float32)
    return value


class Callable:
    def __init__(self, function):
        self.function = function

    def __call__(self, *arguments):
        return self.function(*arguments)


FORMS = {
    "lists": lambda f: lambda *x: as_lists(f(*x)),
    "0-d arrays, tuples for lists": lambda f: (
        lambda *x: (
            tuple(map(np.asarray, y))
            if isinstance(y := f(*x), tuple)
            else np.asarray(y)
        )
    ),
    "single precision": lambda f: lambda *x: f(*map(in_single_precision, x)),
    "a partial": lambda f: functools.partial(f),
    "a callable object": Callable,
    "columns first": lambda f: (
        lambda *x: f(
            *[np.asfortranarray(each) if np.ndim(each) else each for each in x]
        )
    ),
}


@each_exercise
@pytest.mark.parametrize("form", FORMS)
def test_a_right_answer_passes_in_any_form(exercise, form):
    verdict = exercise.check(FORMS[form](exercise.reference))
    assert verdict.right, verdict
