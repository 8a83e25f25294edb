"""A wrong answer is led: to the name of its mistake, or to a line that is wrong."""

import re
import time

import numpy as np
import pytest
from course import ROOMS, exercises
from led import LED

from backprop import exercise, reading, repair
from backprop.exercise import Exercise, checker
from backprop.network import sigmoid


def lines_in(text):
    """Return the numbers of the lines that a message quotes."""
    return {int(number) for number in re.findall(r"line (\d+): “", text)}


@pytest.mark.parametrize(
    "marked", LED, ids=[f"{each.answer.__name__}-{i}" for i, each in enumerate(LED)]
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_message_names_the_mistake_or_quotes_a_line_that_is_wrong(marked):
    verdict = exercises(marked.room)[marked.answer.__name__].check(marked.answer)
    assert not verdict.right
    quoted = lines_in(verdict.text) & marked.lines
    assert quoted or any(word in verdict.text for word in marked.words), verdict


# -- an exercise of its own: what the code shows, and what is never said


def scaled(x, factor):
    return (x - 1) * factor


SCALED = Exercise(
    scaled,
    probes=[(np.array([2.0, 5.0]), 3.0), (np.array([0.5, 4.0, -2.0]), 7.0)],
    then="Try next: 0.",
)
factor = 3.0
values = np.array([2.0, 5.0])


def prints(x, factor):
    print((x - 1) * factor)  # this


def forgets(x, factor):
    x = (x - 1) * factor  # this


def leaves_empty(x, factor):
    x = (x - 1) * factor
    return  # this


def yields_each(x, factor):
    for each in x:
        yield (each - 1) * factor  # this


def yields_once(x, factor):
    yield (x - 1) * factor  # this


def in_round_brackets(x, factor):
    return ((each - 1) * factor for each in x)  # this


def helped_by_a_generator(x, factor):
    def each_less():
        for each in x:
            yield each - 1

    less = np.array(list(each_less())) * factor  # noqa: F841  this


def in_the_loop(x, factor):
    out = []
    for each in x:
        out.append((each - 1) * factor)
        return np.array(out)  # this


def throws_away(x, factor):
    x - 1  # noqa: B018  this
    return x * factor


def replaces(x, factor):
    factor = 3  # this
    return (x - 1) * factor


def reads_the_notebook(x, scale):
    return (values - 1) * scale  # this


def brackets(x, factor):
    return x - 1 * factor  # this


def two_constants(x, factor):
    y = x - 2  # this
    return y * factor


def never_uses(x, factor):
    return x - 1  # this


def adds_shapes(x, factor):
    y = x - np.ones((2, 3))  # this
    return y * factor


def multiplies_shapes(x, factor):
    return np.ones((3, 4)) @ np.ones((2, 5))  # this


def misspells(x, factor):
    return (x - 1) * facto  # noqa: F821  this


def logarithm(x, factor):
    return np.log(-abs(x))  # this


@pytest.mark.parametrize(
    "answer, said",
    [
        (prints, "prints its result and returns nothing. Write return in place of"),
        (forgets, "has no return, so its result is lost"),
        (leaves_empty, "has nothing behind it"),
        (yields_each, "Append each result to a list, and return the list, in your"),
        (yields_each, "with yield, yields_each is a generator: calling it runs none"),
        (yields_once, "Write return in place of yield, in your line"),
        (in_round_brackets, "Write square brackets, which make a list, in your line"),
        (helped_by_a_generator, "has no return, so its result is lost"),
        (in_the_loop, "stands inside the loop, so the loop ends in its first round"),
        (throws_away, "the result of this line is kept nowhere"),
        (replaces, "factor is given another value before it was read"),
        (reads_the_notebook, "values is no argument of reads_the_notebook"),
        (reads_the_notebook, "x is never used"),
        (brackets, "Look at your line"),
        (two_constants, "Look at your line"),
        (never_uses, "never_uses never uses factor"),
        (adds_shapes, "x is 2 and np.ones((2, 3)) is 2 × 3"),
        (multiplies_shapes, "a product that doesn't fit: np.ones((3, 4)) is 3 × 4 and"),
        (misspells, "NameError: name 'facto' is not defined"),
        (logarithm, "It comes of the logarithm of a number below 0, in your line"),
    ],
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_what_the_code_shows_is_said_and_its_line_quoted(answer, said):
    verdict = SCALED.check(answer)
    assert not verdict.right
    assert said in verdict.text
    code = reading.code_of(answer)
    text, first = reading.inspect.getsourcelines(answer)
    (marked,) = (first + i for i, each in enumerate(text) if "this" in each)
    assert code.quote(marked) in verdict.text or answer is never_uses


def test_a_misspelt_name_does_not_print_all_arguments():
    assert "[2., 5.]" not in SCALED.check(misspells).text


class Called:
    def __call__(self, x, factor):
        return (x - 1) * factor


def with_a_helper(x, factor):
    def less(each):
        return each - 1

    return less(x) * factor


def by_a_matrix(x, factor):
    return np.asarray(np.matrix(x) - 1)[0] * factor


def appends(x, factor):
    out, seen = [], set()
    for each in x:
        seen.add(each)
        out.append(each * factor)
    return np.array(out)


def test_append_to_a_list_is_not_thrown_away():
    assert "kept nowhere" not in SCALED.check(appends).text


def reads_a_constant(x, factor):
    return (x - ONE) * factor


ONE = 1


@pytest.mark.parametrize(
    "answer",
    [
        lambda x, factor: (x - 1) * factor,
        Called(),
        with_a_helper,
        reads_a_constant,
        pytest.param(
            by_a_matrix,
            marks=pytest.mark.filterwarnings("ignore::PendingDeprecationWarning"),
        ),
    ],
)
def test_what_is_no_mistake_is_right_and_told_what_to_try_next(answer):
    verdict = SCALED.check(answer)
    assert verdict.right
    assert verdict.text.endswith("Try next: 0.")


def test_answers_without_a_text_get_numbers():
    for answer in (lambda x, factor: x, eval("lambda x, factor: x")):
        assert "it should give [ 3., 12.]" in SCALED.check(answer).text


def test_every_exercise_says_what_to_try_next():
    for room in ROOMS:
        for each in exercises(room).values():
            assert each.then.startswith("Try next: ") or each.name == "diagnose"


# -- the search


def mends_of(answer, exercise=SCALED):
    given = exercise._arguments()
    results = [exercise_outcome(answer, each) for each in given]
    return repair.mends(
        reading.code_of(answer), exercise.reference, exercise.probes,
        exercise._wanted(), results,
    )  # fmt: skip


def exercise_outcome(answer, arguments):
    return exercise.outcome(answer, arguments)


def test_a_mend_prints_nothing_harms_nothing_and_is_the_same_again(capsys):
    held = values.copy()

    def loud(x, factor):
        print("called")
        values[0] = 7
        return x - 1 * factor

    loud.__globals__["values"][:] = held
    first = mends_of(loud)
    values[:] = held
    assert first == mends_of(loud)
    assert first[0].kind == "brackets"
    values[:] = held
    capsys.readouterr()
    mends = repair.mends(
        reading.code_of(loud), scaled, SCALED.probes, SCALED._wanted(), [None, None]
    )
    assert mends
    assert not capsys.readouterr().out
    assert (values == held).all()


def test_a_mended_answer_that_never_ends_is_left():
    def never(x, factor):
        while factor > 0:
            x = x - 1
        return x

    began = time.perf_counter()
    assert (
        repair.mends(
            reading.code_of(never),
            scaled,
            SCALED.probes,
            SCALED._wanted(),
            [None, None],
        )
        == []
    )
    assert time.perf_counter() - began < 20


def test_order_and_names_don_t_change_what_is_canonical():
    one = "def f(a, b):\n    c = a * b\n    return (1 - c) * c + b"
    other = "def g(x, y):\n    return y + x * y * (1 - y * x)"
    nonsense = "def g(x, y):\n    return y + x * y + (1 - y * x)"
    assert repair.canonical(one) == repair.canonical(other)
    assert repair.canonical(one) != repair.canonical(nonsense)


# -- hints


def half(z):
    a = sigmoid(z)
    return a * 1 - a


def slope(z):
    a = sigmoid(z)
    return a * (1 - a)


def test_hints_come_in_steps_and_end():
    check, hint = checker([Exercise(slope, probes=[(0.5,), (-2.0,)])])
    assert "There is no further hint" in hint().text
    answer = half
    answer.__name__ = "slope"
    assert not check(answer).right
    line, idea, change, end = (hint().text for _ in range(4))
    assert line.startswith("Look at your line") and "z = -2" in line
    assert idea == repair.QUESTIONS["brackets"]
    assert change.endswith("becomes “return a * (1 - a)”.")
    assert end.startswith("There is no further hint")
    assert check(slope).right
    assert "There is no further hint" in hint().text


def test_right_nonsense_is_never_shown():
    def slope(z):
        return sigmoid(z) * sigmoid(z + 1 - 1)

    check, hint = checker([Exercise(globals()["slope"], probes=[(0.5,), (-2.0,)])])
    verdict = check(slope)
    assert lines_in(verdict.text)  # sigmoid(-z) mends it, and is another way
    assert not any("becomes" in each for each in verdict.hints)


# -- an answer that never ends


def test_an_endless_answer_is_stopped_and_told_its_loop(monkeypatch):
    def slope(z):
        a = sigmoid(z)
        while a > 0:
            z = z + 1
        return a

    monkeypatch.setattr(exercise, "SECONDS", 0.3)
    verdict = Exercise(globals()["slope"], probes=[(0.5,)]).check(slope)
    number = slope.__code__.co_firstlineno + 2
    assert "did not end within 0.3 seconds" in verdict.text
    assert f"in the loop of your line {number}: “while a > 0:”" in verdict.text
    assert "othing in the loop changes its condition" in verdict.text


def test_a_quick_answer_is_never_stopped_later(monkeypatch):
    monkeypatch.setattr(exercise, "SECONDS", 0.05)
    assert SCALED.check(scaled).right
    time.sleep(0.1)


def test_without_threads_nothing_is_stopped(monkeypatch):
    def no_threads(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("threading.Thread.start", no_threads)
    assert SCALED.check(scaled).right
