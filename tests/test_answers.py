"""Each answer in the bank gets the name it should, and no two mistakes are confused."""

import ast
import copy
import functools
import inspect
import itertools
import re

import numpy as np
import pytest
from bank import bank, everywhere, exercise_of, held, said, spelled, tried, verdict_on
from course import ROOMS, code_cells, exercises

from backprop.data import four_rows, xor
from backprop.result import Stopped, outcome, same

BANK = bank()
EXERCISES = {
    f"{room}-{name}": exercise
    for room in ROOMS
    for name, exercise in exercises(room).items()
}
each_exercise = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
each_spelling = pytest.mark.parametrize(
    "spelling",
    BANK,
    ids=[f"{each.room}-{each.answer.__name__}-{i}" for i, each in enumerate(BANK)],
)


@each_spelling
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_each_answer_gets_its_name(spelling):
    verdict = verdict_on(spelling)
    if spelling.right:
        assert verdict.right, verdict
    elif spelling.says:
        assert verdict.mistake is not None, verdict
        assert verdict.mistake.startswith(spelling.says)
    else:
        assert not verdict.right and verdict.mistake is None, verdict


@pytest.mark.parametrize("room", [room for room in ROOMS if exercises(room)])
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_each_answer_is_told_what_is_held_word_for_word(room):
    _, texts = held(room)
    assert said(room) == {name: texts[name] for name in exercises(room)}


# Many by a formula, each for another number: the stage's test tries them.
FORMULAS = {"slope_at", "quotient_slopes", "log_rest"}


@pytest.mark.parametrize("room", [room for room in ROOMS if exercises(room)])
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_each_way_to_make_a_mistake_is_made_by_an_answer(room):
    """A way that is lost, or false, would be missed by that answer alone."""
    for name, exercise in exercises(room).items():
        answers = [each.answer for each in bank() if each.room == room]
        answers = [each for each in answers if each.__name__ == name]
        given = [exercise._results(answer) for answer in answers]
        for mistake, _, gives in exercise.made if name not in FORMULAS else ():
            made = any(all(map(same, gives, each)) for each in given)
            assert made, f"{name}: {mistake}"


@pytest.mark.parametrize("room", [room for room in ROOMS if exercises(room)])
def test_each_check_tries_the_inputs_that_are_held(room):
    assert tried(room) == held(room)[1]["tried"]


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


def delta(a, y):
    error = a - y
    return error * a * (1 - a)


@pytest.mark.parametrize(
    ("edit", "times"),
    [
        ({"a + y": "y - a"}, "0 times"),
        ({"error": "loss"}, "2 times"),
        ({"a + y": everywhere("y - a")}, "0 times"),
    ],
)
def test_an_edit_that_has_no_one_place_is_told(edit, times):
    with pytest.raises(ValueError, match=times):
        spelled(delta, edit)


def test_an_edited_answer_has_a_text_of_its_own():
    answer = spelled(delta, {" * a * (1 - a)": "", "error": everywhere("dL_da")})
    assert answer(3, 1) == 2
    assert inspect.getsource(answer) == (
        "def delta(a, y):\n    dL_da = a - y\n    return dL_da\n"
    )
    with pytest.raises(TypeError) as stopped:
        spelled(delta, {"return": "return None +"})(3, 1)
    statement = str(stopped.traceback[-1].statement).strip()
    assert statement == "return None + error * a * (1 - a)"


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_quoted_line_of_an_edited_answer_is_its_own():
    edited = [each for each in BANK if each.answer.__code__.co_filename[0] == "<"]
    quoted = [
        (each, int(number), line)
        for each in edited
        for number, line in re.findall(
            r"your line (\d+): “(.+?)”", verdict_on(each).text
        )
    ]
    assert len(quoted) > 20
    for each, number, line in quoted:
        assert inspect.getsource(each.answer).splitlines()[number - 1].strip() == line


@each_exercise
def test_no_mistake_agrees_with_another_or_with_the_right_answer(exercise):
    made = [
        (None, [outcome(exercise.reference, each) for each in exercise._arguments()]),
        *((mistake, gives) for mistake, _, gives in exercise.made),
    ]
    for (one, outcomes), (other, others) in itertools.combinations(made, 2):
        assert one == other or not same(outcomes, others), (one, other)
    for name, outcomes in made:
        assert not all(isinstance(each, Stopped) for each in outcomes), name


@pytest.mark.parametrize("room", ROOMS)
def test_answers_use_what_the_notebook_has_at_that_point(room):
    known = set()
    for cell in code_cells(room):
        tree = ast.parse(cell.source)
        here = {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}
        if "exercise" in cell.metadata.get("tags", []):
            for spelling in BANK:
                if spelling.room == room and spelling.answer.__name__ in here:
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


def as_tuples(result):
    if isinstance(result, (tuple, list)):
        return tuple(map(as_tuples, result))
    return np.asarray(result)


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
    "0-d arrays, tuples for lists": lambda f: lambda *x: as_tuples(f(*x)),
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


# -- every argument counts


def with_argument(exercise, i, value):
    """Return the reference, with one argument replaced by a value of its own."""
    held = copy.deepcopy(value)  # the exercise's own probes stay as they are
    # A lambda, since no text means no search for what may be wrong in it.
    return lambda *given: exercise.reference(*given[:i], held, *given[i + 1 :])


def page_values(name):
    """Return what a notebook may hold by the name of an argument."""
    rows, xor_rows = four_rows(), xor()
    held = {"X": [rows[0], xor_rows[0]], "y": [rows[1], xor_rows[1]]}
    held |= {"W": [np.zeros((3, 1))], "learning_rate": [1], "a": [0.5], "z": [0.0]}
    return held.get(name, [])


@each_exercise
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_an_answer_that_ignores_an_argument_is_refused(exercise, monkeypatch):
    monkeypatch.setattr("backprop.exercise.SECONDS", 1)  # of some, the loop never ends
    for i, name in enumerate(inspect.signature(exercise.reference).parameters):
        for value in [*page_values(name), *(probe[i] for probe in exercise.probes)]:
            assert not exercise.check(with_argument(exercise, i, value)).right, name


def test_a_move_is_one_of_four_as_the_page_says():
    def policy_delta(policy, positions, moves, returns, baseline):
        taken = np.eye(4)[moves]
        better = returns - baseline[positions]
        return (policy[positions] - taken) * better[:, np.newaxis]

    assert exercises("applications")["policy_delta"].check(policy_delta).right
