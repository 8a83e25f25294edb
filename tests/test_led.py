"""A wrong answer is led: to the name of its mistake, or to a line that is wrong."""

import contextlib
import itertools
import linecache
import re
import sys
import time
import tomllib
from pathlib import Path

import numpy as np
import pytest
from course import ROOMS, exercises
from led import LED, said_in, verdict_on

from backprop import exercise, reading, repair
from backprop.canonical import canonical
from backprop.exercise import Exercise, checker
from backprop.network import sigmoid
from backprop.tree_edits import QUESTIONS


def lines_in(text):
    """Return the numbers of the lines that a message quotes."""
    return {int(number) for number in re.findall(r"line (\d+): “", text)}


@pytest.mark.parametrize(
    "marked", LED, ids=[f"{each.answer.__name__}-{i}" for i, each in enumerate(LED)]
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_message_names_the_mistake_or_quotes_a_line_that_is_wrong(marked):
    verdict = verdict_on(marked)
    assert not verdict.right
    quoted = lines_in(verdict.text) & marked.lines
    assert quoted or any(word in verdict.text for word in marked.words), verdict


HELD = tomllib.loads(Path(__file__).with_name("led.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("room", dict.fromkeys(each.room for each in LED))
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_of_each_answer_it_is_said_what_is_held(room):
    assert said_in(room) == HELD[room]


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


def prints_on_its_way(x, factor):
    y = x - 1
    print(y)
    print(y * factor)


def forgets(x, factor):
    x = (x - 1) * factor  # this


def is_told_alone(x, factor):
    """Scale x."""
    y = (x - 1) * factor
    y  # noqa: B018  this


def keeps_a_print(x, factor):
    y = (x - 1) * factor
    shown = print(y)  # noqa: F841  this


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


def sums_by_dot(x, factor):
    return np.dot(np.ones((3, 4)), np.ones((2, 5)))  # this


def sums_by_its_dot(x, factor):
    return np.ones((3, 4)).dot(np.ones((2, 5)))  # this


def adds_lengths(x, factor):
    return np.ones(3) + np.ones(4)  # this


def misspells(x, factor):
    return (x - 1) * facto  # noqa: F821  this


def logarithm(x, factor):
    return np.log(-abs(x))  # this


@pytest.mark.parametrize(
    "answer, said",
    [
        (prints, "prints its result and returns nothing. Write return in place of"),
        (forgets, "has no return, so its result is lost"),
        (is_told_alone, "has no return, so its result is lost"),
        (keeps_a_print, "has no return, so its result is lost"),
        (leaves_empty, "has nothing behind it"),
        (yields_each, "return it after the loop: the yield is in your line"),
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
        (adds_shapes, "x is of length 2 and np.ones((2, 3)) is 2 × 3"),
        (multiplies_shapes, "a product that doesn't fit: np.ones((3, 4)) is 3 × 4 and"),
        (sums_by_dot, "a product that doesn't fit: np.ones((3, 4)) is 3 × 4 and np"),
        (sums_by_its_dot, "a product that doesn't fit: np.ones((3, 4)) is 3 × 4 and"),
        (adds_lengths, "lengths that don't fit: np.ones(3) has 3 entries and np.ones"),
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


def test_of_several_prints_the_last_becomes_the_return():
    code = reading.code_of(prints_on_its_way)
    last = code.quote(prints_on_its_way.__code__.co_firstlineno + 3)
    told = SCALED.check(prints_on_its_way).text
    assert f"Write return in place of print, in your {last}" in told


def adds(x, factor):
    return (x + 1) * factor


adds.__name__ = "scaled"


def stays(x, y):
    return x / 2 * 3 - x / 2


def ones(x, y):
    return 1.0


def one_stays(x, y):
    z = x * (y * y + 2)
    return z * 3, x


def times(x, y):
    return x * y


def looks_up_neither(x, y):
    out = []
    for _ in range(len(x)):
        out.append(x * y)
    return np.array(out)


def looks_up_the_other(x, y):
    out = []
    for i in range(len(x)):
        out.append(x[0] * x[i] * y / x[0])
    return np.array(out)


@pytest.mark.parametrize("answer", [looks_up_neither, looks_up_the_other])
def test_what_is_not_looked_up_in_its_round_is_told(answer):
    probes = [
        (np.array([1.5, -2.0]), np.array([0.3, 4.0])),
        (np.array([0.5, 3.0, -1.0]), np.array([2.0, -0.7, 1.1])),
    ]
    verdict = Exercise(times, probes).check(answer)
    assert re.search(r"your line \d+: “out.append\(x.* y.*\)”", verdict.text)
    assert "Is the whole array meant here, or an entry" in verdict.hints[1]


def in_two_steps(x, factor):
    y = x - 1
    z = y * factor
    w = z + 2
    return w


def adds_too_early(x, factor):
    y = x - 1
    y = y + 2
    y = y * factor
    y = y
    return y


def test_a_line_that_stands_one_too_early_is_told():
    verdict = Exercise(in_two_steps, SCALED.probes).check(adds_too_early)
    line = adds_too_early.__code__.co_firstlineno + 2
    assert f"your line {line}" in verdict.text
    assert verdict.hints[-1] == f"Put your line {line} after what now follows it."


def by_factor(x, factor):
    return x * factor


def scales_one_column(x, factor):
    y = x * 1.0
    for i in range(len(y)):
        y[i, 0] = y[i, 0] * factor
    return y


def test_a_column_that_is_looked_up_alone_is_asked_for():
    probes = [
        (np.array([[1.5, 2.0], [-3.0, 0.5], [2.0, 7.0]]), 3.0),
        (np.array([[0.5, -2.0], [1.0, 4.0]]), -0.7),
    ]
    verdict = Exercise(by_factor, probes).check(scales_one_column)
    assert "Look at your line" in verdict.text and "y[i, 0] = y[i, 0]" in verdict.text
    assert "Is the whole array meant here, or an entry" in verdict.hints[1]


def throws_away_and_misspells(x, factor):
    x - 1  # noqa: B018
    return x * facto  # noqa: F821


def test_beside_an_error_the_first_slip_is_told():
    told = SCALED.check(throws_away_and_misspells).text
    assert "NameError" in told and "never uses" not in told
    assert "Besides, the result of this line is kept nowhere" in told


def doubles_into_itself(x, factor):
    x = np.array(x)
    np.subtract(x, 2, out=x)
    return x * factor


def throws_away_by_a_function(x, factor):
    np.subtract(x, 1)
    return x * factor


def calls_what_is_called(x, factor):
    (lambda: print)()(end="")
    return x * factor


def checks_first(x, factor):
    assert factor > 0
    factor = abs(factor)
    return x * factor


def declares(x, factor):
    less: float
    less = x
    return less * factor


def reads_all_it_gets(x, factor):
    return locals()["x"] - locals()["factor"]


@pytest.mark.parametrize(
    "answer, said, text",
    [
        (throws_away_by_a_function, True, "kept nowhere"),
        (doubles_into_itself, False, "kept nowhere"),
        (calls_what_is_called, False, "kept nowhere"),
        (checks_first, False, "before it was read"),
        (declares, False, "before it was read"),
        (reads_all_it_gets, False, "never uses"),
        (reads_all_it_gets, False, "never used"),
    ],
)
def test_what_is_kept_read_or_used_in_another_way_is_not_told_as_lost(
    answer, said, text
):
    assert (text in SCALED.check(answer).text) == said


def test_a_docstring_changes_no_verdict():
    def told(answer):
        return re.sub(r"line \d+", "line …", SCALED.check(answer).text)

    def subtracts_two(x, factor):
        less = x - 2
        return less * factor

    def bracketless(x, factor):
        return x - 1 * factor

    without = told(subtracts_two), told(bracketless)

    def subtracts_two(x, factor):
        """Take one off, and scale."""
        less = x - 2
        return less * factor

    def bracketless(x, factor):
        """Take one off, and scale."""
        return x - 1 * factor

    assert (told(subtracts_two), told(bracketless)) == without
    assert "“less = x - 2”" in without[0] and "“return x - 1 * factor”" in without[1]


def test_an_argument_that_comes_back_as_it_was_is_told():
    def product(x, y):
        return x * (y + 3)

    probes = [(0.5, 2.0), (np.array([1.5, -2.0]), 0.5)]
    told = Exercise(product, probes).check(stays).text
    assert "There, it is x as it was given." in told

    constant = [(0.5, 1.0), (np.array([1.5, -2.0]), 1.0)]
    assert "as it was given" not in Exercise(product, constant).check(ones).text

    def two(x, y):
        return x * y, x * y + np.exp(y)

    told = Exercise(two, probes).check(one_stays).text
    assert "There, its result 2 is x as it was given." in told


def test_where_a_mistake_has_its_name_the_hint_says_that_the_check_has_said_it():
    mistakes = {"1 is added.": {"x - 1": "x + 1"}}
    check, hint = checker([Exercise(scaled, SCALED.probes, mistakes)])
    assert check(adds).mistake
    assert "the check has named the mistake" in hint().text
    check(scaled)
    assert "Check an answer that is not right yet" in hint().text


def test_a_wrong_answer_without_hints_is_not_asked_for_a_wrong_one(monkeypatch):
    def scaled(x, factor):
        while True:
            factor = factor + 1

    monkeypatch.setattr(exercise, "SECONDS", 0.2)
    check, hint = checker([SCALED])
    assert "did not end" in check(scaled).text
    assert "the check has said what it knows" in hint().text


def test_a_misspelt_name_does_not_print_all_arguments():
    assert "[2., 5.]" not in SCALED.check(misspells).text


def sorts(x, factor):
    x = np.array(x)
    x.sort()
    return x * factor


def test_what_changes_its_own_array_is_not_thrown_away():
    assert "kept nowhere" not in SCALED.check(sorts).text


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


def appends_to_the_last(x, factor):
    out = [[]]
    for each in x:
        out[-1].append(each * factor)
    return np.array(out[0])


def appends_in_a_dictionary(x, factor):
    out = {}
    for each in x:
        out.setdefault("all", []).append(each * factor)
    return np.array(out["all"])


def appends_by_a_function(x, factor):
    out = []

    def add(each):
        out.append(each * factor)

    for each in x:
        add(each)
    return np.array(out)


@pytest.mark.parametrize(
    "answer",
    [appends, appends_to_the_last, appends_in_a_dictionary, appends_by_a_function],
)
def test_append_to_a_list_is_not_thrown_away(answer):
    assert "kept nowhere" not in SCALED.check(answer).text


def holds_itself(x, factor):
    out = [x]
    out.append(out)
    return out


def doubles_itself(x, factor):
    out = []
    out += [out, out]
    return out


def nests(x, factor):
    out = [[x[0]]]
    for _ in x:
        out[-1].append(factor)  # out[-1].append(out) never ends
    return out[-1]


@pytest.mark.parametrize("answer", [holds_itself, doubles_itself, nests])
def test_a_list_that_holds_itself_is_no_hang(answer):
    assert not SCALED.check(answer).right


def made_and_named(x, factor):
    made = ((each - 1) * factor for each in x)
    return made


def mapped(x, factor):
    return map(lambda each: (each - 1) * factor, x)


def in_an_array(x, factor):
    made = np.array((each - 1) * factor for each in x)
    return made


def nested(x, factor):
    def each_of():
        for each in x:
            yield (each - 1) * factor

    return each_of()


async def awaited(x, factor):
    return (x - 1) * factor


@pytest.mark.filterwarnings("ignore:coroutine")
@pytest.mark.parametrize(
    "answer, said",
    [
        (made_and_named, "a generator, which holds no result yet. list(…) makes a"),
        (mapped, "a map, which holds no result yet. list(…) makes a list of it."),
        (in_an_array, "a generator, which holds no result yet. list(…) makes a"),
        (nested, "a generator, which holds no result yet. list(…) makes a list"),
        (awaited, "a coroutine, which holds no result yet. Write def in place of"),
    ],
)
def test_what_makes_its_results_only_when_asked_is_told(answer, said):
    verdict = SCALED.check(answer)
    assert not verdict.right
    assert said in verdict.text


def keeps(x, factor, seen=[]):  # noqa: B006
    seen.append(factor)
    return (x - 1) * factor + max(0, len(seen) - len(SCALED.probes))


def has_a_default(x, factor, less=[1]):  # noqa: B006
    return (x + less[0]) * factor


def test_a_default_that_nothing_changes_is_no_matter():
    assert "is made once" not in SCALED.check(has_a_default).text


left_from_before, by_shape = {}, {}


def keeps_by_shape(x, factor):
    return by_shape.setdefault(x.shape, (x - 1) * factor)


def test_a_result_kept_by_shape_is_not_right():
    assert SCALED.check(keeps_by_shape).text.startswith("Not yet. With x = ")


def keeps_outside(x, factor):
    calls = left_from_before["calls"] = left_from_before.get("calls", 0) + 1
    return (x - 1) * factor + max(0, calls - len(SCALED.probes))


def test_what_is_right_in_its_first_calls_alone_is_not_right():
    verdict = SCALED.check(keeps)
    assert "the default of seen is made once, when keeps is defined" in verdict.text
    assert verdict.text.endswith(
        "Called a second time with x = [2., 5.], factor = 3, your scaled gives "
        "[ 4., 13.]; it should give [ 3., 12.]."
    )
    assert "stays from one call to the next" in SCALED.check(keeps_outside).text


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


def shifted(x, y):
    low = x - 1
    high = 3 * y + x
    return low * 2, high


SHIFTED = Exercise(
    shifted,
    probes=[(2.0, 3.0), (-1.5, 0.7), (4.0, -2.5)],
    mistakes={
        "the 2 is missing.": {" * 2": ""},
        "nothing is left.": {"x - 1": "0 * x"},
        "both come back as they were.": {"low * 2, high": "x, y"},
    },
)


def both_wrong(x, y):
    low = x + 1
    high = 3 * y - x
    return low * 2, high


def one_named(x, y):
    low = x + 1
    high = 3 * y + x
    return low, high


def test_of_two_results_each_gets_its_line():
    verdict = SHIFTED.check(both_wrong)
    first = both_wrong.__code__.co_firstlineno
    assert lines_in(verdict.text) == {first + 1, first + 2}
    assert " and at your line " in verdict.text


def test_a_mistake_with_a_name_is_told_beside_one_without():
    verdict = SHIFTED.check(one_named)
    first = one_named.__code__.co_firstlineno
    assert verdict.mistake == "the 2 is missing."
    assert "And there is a second mistake. Look at your line" in verdict.text
    assert lines_in(verdict.text) == {first + 1}
    assert verdict.hints[0].endswith("Besides, the 2 is missing.")
    assert verdict.hints[1] == QUESTIONS["operator"]


def cancels(x, y):
    low = x - 1
    other = x / y
    return low * 2 + other, 3 * y + x - other


def loses_all(x, y):
    low = y - 1
    for _ in range(2):
        low = low + x * y * y
    return low * y, 3 * y


def test_what_any_edit_may_give_is_no_mistake_of_theirs():
    # 0 * low, or x and y, would be what is left after an edit that destroys.
    assert SHIFTED.check(loses_all).mistake is None
    assert SHIFTED.check(cancels).mistake is None


def test_a_later_line_may_make_good_what_the_reference_never_holds():
    def scaled(x, factor):
        twice = x * factor * 2
        once = twice / 2
        return once - factor + 1

    verdict = SCALED.check(scaled)
    first = scaled.__code__.co_firstlineno
    assert first + 1 not in lines_in(verdict.text)


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


def grows(x, factor):
    k = 11
    while k < 40:
        k = k * k
        k = k + factor
    return x + k


def nests_in_itself(x, factor):
    rows = []
    while len(rows) < 12:
        rows = rows + [rows]
    return [rows, x * factor]


def down_to_zero(number):
    while number != 0:
        number = number - 1
    return 1


def calls_what_may_never_end(x, factor):
    whole = 4
    return (x + 1) * factor * down_to_zero(whole)  # of whole / 3 it never ends


@pytest.mark.parametrize("answer", [grows, nests_in_itself, calls_what_may_never_end])
def test_a_mended_answer_whose_numbers_or_lists_grow_is_left(answer):
    began = time.perf_counter()
    assert not SCALED.check(answer).right
    assert time.perf_counter() - began < 20


def test_order_and_names_don_t_change_what_is_canonical():
    one = "def f(a, b):\n    c = a * b\n    return (1 - c) * c + b"
    other = "def g(x, y):\n    return y + x * y * (1 - y * x)"
    nonsense = "def g(x, y):\n    return y + x * y + (1 - y * x)"
    assert canonical(one) == repair.canonical(other)
    assert canonical(one) != repair.canonical(nonsense)
    swapped = "def h(u, v):\n    u, v = v, u\n    return v + u * v * (1 - v * u)"
    assert canonical(swapped) == canonical("def k(v, u):\n    return v + u*v*(1 - v*u)")


@pytest.mark.parametrize("op", ["-", "/", "@", "**", "//", "%"])
def test_where_the_order_matters_it_is_canonical_too(op):
    one, other = (f"def f(a, b):\n    return {x}" for x in (f"a {op} b", f"b {op} a"))
    assert canonical(one) != canonical(other)


def test_two_names_for_one_value_are_not_followed():
    plain = "def f(a):\n    return a * 2"
    assert canonical("def f(a):\n    b = a * 2\n    return b") == canonical(plain)
    assert canonical("def f(a):\n    b = c = a * 2\n    return b") != canonical(plain)


def test_a_docstring_changes_nothing_in_what_is_canonical():
    for code in ("return a * 2", "b = a * 2\n    return b", "for b in a: a = b"):
        told = f"def f(a):\n    {code}", f'def f(a):\n    "Twice."\n    {code}'
        assert canonical(told[0]) == canonical(told[1])


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
    assert idea == QUESTIONS["brackets"]
    assert change.endswith("becomes “return a * (1 - a)”.")
    assert end.startswith("There is no further hint")
    assert check(slope).right
    assert "There is no further hint" in hint().text


def test_a_hint_is_for_the_answer_that_was_checked_last():
    check, hint = checker([Exercise(slope, probes=[(0.5,), (-2.0,)])])

    def slope_at(z):
        return sigmoid(z) * sigmoid(z)

    slope_at.__name__ = "slope"
    first = check(slope_at).hints
    half.__name__ = "slope"
    second = check(half).hints
    assert hint().text == second[0] != first[0]
    check(slope)
    assert "There is no further hint" in hint().text


def summed(x):
    total = 0
    for each in x:
        total = total + 2 * each
    return total


def resets(x):
    total = 0
    for each in x:
        total = 0
        total = total + 2 * each
    return total


def returns_early(x):
    total = 0
    for each in x:
        total = total + 2 * each
        return total


def starts_late(x):
    for each in x:
        total = 0
        total = total + 2 * each
    return total


def counts_anew(x):
    total = 0
    for each in x:
        total = 2 * each
    return total


@pytest.mark.parametrize(
    "answer, line, said",
    [
        (resets, 3, "Take your line {} out."),
        (returns_early, 4, "Move your line {} out of the loop, behind it."),
        (starts_late, 2, "Move your line {} out of the loop, before it."),
    ],
)
def test_the_last_hint_says_what_to_do_with_a_line(answer, line, said):
    exercise = Exercise(summed, probes=[(np.array([0.5, 3.0]),), (np.ones(3),)])
    (mend,) = [each for each in mends_of(answer, exercise) if each.as_reference]
    number = answer.__code__.co_firstlineno + line
    assert mend.how == said.format(number)
    verdict = exercise.check(answer)
    assert mend.how in verdict.hints


def row_sums(x):
    sums = []
    for row in x:
        total = 0
        for each in row:
            total = total + 2 * each
        sums.append(total)
    return sums


def goes_on_over_the_rows(x):
    sums = []
    total = 0
    for row in x:
        for each in row:
            total = total + 2 * each
        sums.append(total)
    return sums


def test_a_start_value_is_moved_into_its_loop():
    exercise = Exercise(row_sums, probes=[(np.array([[0.5, 3.0], [1.0, -2.0]]),)])
    number = goes_on_over_the_rows.__code__.co_firstlineno + 2
    how = f"Move your line {number} into the loop, to its beginning."
    assert how in exercise.check(goes_on_over_the_rows).hints


def log_of_odds(a):
    return np.log(1 / a - 1)


def forgets_the_one(a):
    return np.log(1 / a)


def forgets_the_one_in_a_line_of_its_own(a):
    odds = 1 / a
    return np.log(odds)


@pytest.mark.parametrize(
    "answer", [forgets_the_one, forgets_the_one_in_a_line_of_its_own]
)
def test_of_a_missing_part_no_question_asks_where_the_counting_begins(answer):
    verdict = Exercise(log_of_odds, probes=[(0.3,), (0.8,)]).check(answer)
    assert QUESTIONS["term"] in verdict.hints


def test_of_a_loop_the_last_hint_gives_its_head_alone():
    def summed(x):
        total = 0
        for each in -x:
            total = total + 2 * each
        return total

    probes = [(np.array([0.5, 3.0]),), (np.array([2.0, 5.0, -1.0]),)]
    verdict = Exercise(globals()["summed"], probes=probes).check(summed)
    number = summed.__code__.co_firstlineno + 2
    assert verdict.hints[-1] == f"Your line {number} becomes “for each in x:”."


def test_a_line_that_runs_over_several_is_not_told_as_one():
    def slope(a):
        return (
            a
            * (2 - a)
        )  # fmt: skip

    def a_slope(a):
        return a * (1 - a)

    verdict = Exercise(a_slope, probes=[(0.3,), (0.8,)]).check(slope)
    assert lines_in(verdict.text)
    assert not any("becomes" in each for each in verdict.hints)


def column_sums(x):
    return np.sum(x, 0)


def test_an_axis_without_its_name_is_asked_for_as_one():
    def sums(x):
        return np.sum(x, 1)

    probes = [(np.array([[1.0, 2.0], [3.0, 5.0]]),), (np.array([[0.5, 2], [-3, 4]]),)]
    verdict = Exercise(column_sums, probes).check(sums)
    assert QUESTIONS["axis"] in verdict.hints
    assert verdict.hints[-1].endswith("becomes “return np.sum(x, 0)”.")


def test_an_axis_of_a_method_is_asked_for_as_one_too():
    def sums(x):
        return x.sum(1)

    probes = [(np.array([[1.0, 2.0], [3.0, 5.0]]),), (np.array([[0.5, 2], [-3, 4]]),)]
    verdict = Exercise(column_sums, probes).check(sums)
    assert QUESTIONS["axis"] in verdict.hints


def test_two_sides_that_are_swapped_are_asked_for():
    def shares(a, b):
        return a / b

    def share(a, b):
        return b / a

    verdict = Exercise(share, probes=[(2.0, 3.0), (-0.5, 4.0)]).check(shares)
    assert lines_in(verdict.text) and QUESTIONS["order"] in verdict.hints


def of_the_first_class(x, y):
    return (x * y).sum()


def test_targets_of_0_and_1_stay_so_where_an_answer_is_called_again():
    def chosen(x, y):
        return x[y == 1].sum()

    probes = [
        (np.array([0.5, 2.0, -1.5]), np.array([1.0, 0.0, 1.0])),
        (np.array([1.5, -0.7]), np.array([0.0, 1.0])),
    ]
    assert Exercise(of_the_first_class, probes).check(chosen).right


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


def test_of_loops_in_loops_the_inner_one_is_told(monkeypatch):
    def slope(z):
        for _ in range(3):
            while z < 100:
                pass
        return z

    monkeypatch.setattr(exercise, "SECONDS", 0.2)
    told = Exercise(globals()["slope"], probes=[(0.5,)]).check(slope).text
    number = slope.__code__.co_firstlineno + 2
    assert f"in the loop of your line {number}: “while z < 100:”" in told


def one_more(z):
    return z + 1


def test_an_endless_loop_that_calls_another_function_is_told(monkeypatch):
    def slope(z):
        a = 1
        while a > 0:
            z = one_more(one_more(one_more(z)))
        return a

    monkeypatch.setattr(exercise, "SECONDS", 0.2)
    number = slope.__code__.co_firstlineno + 2
    checked = Exercise(globals()["slope"], probes=[(0.5,)])
    for _ in range(5):  # it is stopped in one of the two
        told = checked.check(slope).text
        assert f"in the loop of your line {number}: “while a > 0:”" in told


def test_an_endless_answer_that_catches_all_is_stopped(monkeypatch):
    def slope(z):
        while True:
            try:
                z = z + 1
            except:  # noqa: E722
                pass

    monkeypatch.setattr(exercise, "SECONDS", 0.3)
    verdict = Exercise(globals()["slope"], probes=[(0.5,)]).check(slope)
    assert "did not end within 0.3 seconds" in verdict.text


def catches_all(number):
    while number != 0:
        try:
            number = number - 1
        except Exception:
            pass
    return number + 1


def holds_all(number):
    with contextlib.suppress(Exception):
        while number != 0:
            number = number - 1
    return number + 1


def calls_what_catches_all(number):
    return catches_all(number) + 0


def calls_a_caller(number):
    return calls_what_catches_all(number)


@pytest.mark.parametrize(
    "answer", [catches_all, holds_all, calls_what_catches_all, calls_a_caller]
)
def test_an_answer_that_catches_errors_is_not_mended(answer):
    """`number + 1` for `number - 1` runs without end, and nothing would stop it."""

    def zero(number):
        return number * 0

    verdict = Exercise(zero, probes=[(3,), (5,)]).check(answer)
    assert not verdict.right and "it should give 0" in verdict.text


def test_an_answer_that_catches_errors_is_right_if_it_is():
    def zero(number):
        try:
            return number * 0
        except ValueError:
            return 1

    assert Exercise(zero, probes=[(3,), (5,)]).check(zero).right


@pytest.mark.parametrize("answer", [yields_each, yields_once])
def test_of_a_generator_it_is_said_once(answer):
    assert SCALED.check(answer).text.count("generator") == 1


def in_columns(x, factor):
    both = np.c_[x, np.ones(len(x))]
    return both[:, 0] * factor - both[:, 1] * 1.5


def wrong_in_columns(x, factor):
    both = np.c_[x, np.ones(len(x))]
    weights = np.r_[factor, factor]
    return both @ weights


def in_a_row(x, factor):
    return np.r_[x * factor] - factor * 2


@pytest.mark.parametrize("answer", [in_columns, wrong_in_columns, in_a_row])
def test_np_c_keeps_its_brackets_since_it_has_no_end_without(answer):
    """NumPy would unfold it in C, where nothing can stop it."""
    assert not SCALED.check(answer).right


def test_an_endless_answer_whose_line_is_not_known_is_told(monkeypatch):
    def slope(z):
        for i in itertools.count(1):
            z = z + 1
            if i == 5 and i == 0:
                return z

    monkeypatch.setattr(exercise, "SECONDS", 0.2)
    checked = Exercise(globals()["slope"], probes=[(0.5,)])
    assert all("did not end" in checked.check(slope).text for _ in range(5))
    assert reading.loop_around(reading.code_of(slope), None) is None


def test_a_debugger_s_tracer_is_there_after_an_endless_answer(monkeypatch):
    def slope(z):
        while True:
            z = z + 1

    def tracer(frame, event, argument):
        return tracer

    monkeypatch.setattr(exercise, "SECONDS", 0.2)
    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        Exercise(globals()["slope"], probes=[(0.5,)]).check(slope)
        assert sys.gettrace() is tracer
    finally:
        sys.settrace(before)


def names_it_anew(x, y):
    for _ in range(3):
        new = x * y
    return new


def keeps_the_old(x, y):
    new = x * y + x
    out = y - new
    return out, y


def test_a_name_that_is_given_anew_is_blamed_only_where_nothing_simpler_helps():
    def cubed(x, y):
        for _ in range(3):
            x = x * y
        return x

    probes = [(0.5, 2.0), (1.5, 0.5), (-0.7, 1.25)]
    verdict = Exercise(cubed, probes).check(names_it_anew)
    assert verdict.hints[-1] == "Write x for new, wherever it stands."

    def stepped(x, y):
        new = x * y + x
        return y - new, new

    verdict = Exercise(stepped, probes).check(keeps_the_old)
    first = keeps_the_old.__code__.co_firstlineno
    assert lines_in(verdict.text) == {first + 3}


def test_a_part_of_a_mistake_is_no_second_mistake():
    def standardised(x, y):
        return (x - y) / (x + y)

    mistakes = {
        "nothing is done.": {"(x - y) / (x + y)": "x"},
        "y is not taken off.": {"x - y": "x"},
        "y is not added.": {"x + y": "x"},
    }
    probes = [(0.5, 2.0), (1.5, 0.25)]
    checked = Exercise(standardised, probes, mistakes)
    assert len(checked._made_together) == 1  # of the last two


def removes(x):
    rest = list(x)
    while rest:
        rest.remove(rest[0])
        rest.append(1)


def under_another_name(x):
    rest = list(x)
    other = rest
    while len(rest) > 0:
        other[0] += 1


def helped(x):
    rest = list(x)

    def turn(them):
        them.append(them[0])

    while len(rest) > 0:
        turn(rest)


def helped_by_name(x):
    rest = list(x)

    def turn(them):
        them.append(them[0])

    while len(rest) > 0:
        turn(them=rest)


def numpy_into_it(x):
    while (x > 0).all():
        np.multiply(x, 0.5, out=x)


def numpy_at_places(x):
    while (x > 0).all():
        np.add.at(x, 0, 1)


def numpy_copies(x):
    while (x > 0).all():
        np.copyto(x, x + 1)


def deletes_in_it(x):
    rest = list(x)
    while len(rest) >= 0:
        del rest[-1:]


def by_the_type_s_method(x):
    rest = list(x)
    while rest:
        list.append(rest, 0)


def by_a_view(x):
    flat = x.reshape(-1)
    while (x > 0).all():
        flat += 1


def by_a_loop_over_it(x):
    views = [x]
    while (x > 0).all():
        for view in views:
            view += 1


def by_a_name_in_a_list(x):
    (other,) = [x]
    while x[0] > 0:
        other[0] += 1


def by_a_function_inside(x):
    left = [3.0]

    def step():
        left[0] += 1

    while left[0] > 0:
        step()


def by_a_lambda(x):
    left = list(x)
    step = lambda: left.append(1)  # noqa: E731
    while left:
        step()


def ended_by_an_error(x):
    k = 1
    while k > 0:
        x = x + 1
        if (x > 9).all():
            raise ValueError


def counts_outside(x):
    k = 0

    def count():
        nonlocal k
        k += 1

    while k < np.inf:
        count()


def asks(x):
    k = iter(lambda: 1, 2)
    while next(k):
        pass


def left_by_return(x):
    k = 1
    while k > 0:
        x = x + 1
        if (x > 9).all():
            return x


@pytest.mark.parametrize(
    "answer",
    [
        removes,
        under_another_name,
        helped,
        helped_by_name,
        numpy_into_it,
        numpy_at_places,
        numpy_copies,
        deletes_in_it,
        by_the_type_s_method,
        by_a_view,
        by_a_loop_over_it,
        by_a_name_in_a_list,
        by_a_function_inside,
        by_a_lambda,
        ended_by_an_error,
        counts_outside,
        asks,
        left_by_return,
    ],
)
def test_a_condition_that_may_change_is_not_said_to_stay(answer):
    code = reading.code_of(answer)
    lines = answer.__code__.co_firstlineno
    found = [reading.loop_around(code, lines + i) for i in range(10)]
    number = min(each for each in found if each)  # of the while
    assert reading.same_condition(code, number) == ""
    assert "condition" not in SCALED.check(lambda x, factor: 0).text


def test_a_quick_answer_is_never_stopped_later(monkeypatch):
    monkeypatch.setattr(exercise, "SECONDS", 0.05)
    assert SCALED.check(scaled).right
    time.sleep(0.1)


def test_without_threads_nothing_is_stopped(monkeypatch):
    def no_threads(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("threading.Thread.start", no_threads)
    assert SCALED.check(scaled).right


def run_as_cells(*texts):
    """Return the names that cells define, each a file of its own."""
    names = {"np": np, "__name__": "__main__"}
    for text in texts:
        file = f"<cell {abs(hash(text))}>"
        linecache.cache[file] = len(text), None, text.splitlines(True), file
        exec(compile(text, file, "exec"), names)
    return names


@pytest.mark.parametrize(
    "body",
    [
        "    less = x + 1; more = less * factor\n    return more\n",
        "    if len(x): less = x + 1\n    return less * factor\n",
    ],
)
def test_of_several_statements_in_a_line_no_change_is_told(body):
    scaled = run_as_cells(f"def scaled(x, factor):\n{body}")["scaled"]
    verdict = SCALED.check(scaled)
    assert "Look at your line 2" in verdict.text
    assert not [each for each in verdict.hints if "becomes" in each]


def test_the_lines_of_a_decorated_answer_are_its_own():
    wraps = """import functools
def timed(f):
    @functools.wraps(f)
    def inner(*args):
        return f(*args)
    return inner
"""
    answer = """@timed
def scaled(x, factor):
    less = x + 1
    return less * factor
"""
    verdict = SCALED.check(run_as_cells(wraps, answer)["scaled"])
    assert "Look at your line 3: “less = x + 1”." in verdict.text
    assert verdict.hints[-1] == "Your line 3 becomes “less = x - 1”."


def test_a_function_that_the_line_calls_is_named_beside_the_line():
    helper = "def lessened(x):\n    return x + 1\n"
    answer = "def scaled(x, factor):\n    return lessened(x) * factor\n"
    told = SCALED.check(run_as_cells(helper, answer)["scaled"]).text
    assert told.endswith("It calls lessened; look there, too.")


def test_a_mistake_that_spoils_more_than_it_explains_is_not_told():
    imports = "from backprop.stages.training_loop.checks import one_step\n"
    answer = """def train(X, y, W, learning_rate, num_iterations):
    if num_iterations <= 1:
        return one_step(X, y, W, learning_rate)
    W = one_step(X, y, W, learning_rate)
    return train(X, y, W, learning_rate, num_iterations - 1)
"""
    train = run_as_cells(imports, answer)["train"]
    told = exercises("training_loop")["train"].check(train).text
    assert "num_iterations = 0, your train gives" in told and "second" not in told


def test_a_call_that_looks_whether_a_default_stays_is_stopped_too(monkeypatch):
    monkeypatch.setattr(exercise, "SECONDS", 0.5)

    def scaled(x, factor, seen=[]):  # noqa: B006
        seen.append(factor)
        while len(seen) > len(SCALED.probes):
            pass
        return x

    told = SCALED.check(scaled).text
    assert "did not end within 0.5 seconds" in told
