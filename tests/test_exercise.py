"""How an answer is judged, whatever the exercise; the exercises: test_answers.py."""

import decimal
import fractions
import functools
import itertools
import linecache
import math
import re
from dataclasses import replace

import nbformat
import numpy as np
import pytest
from course import ROOMS, exercises
from hypothesis import given
from hypothesis import strategies as st
from nbclient import NotebookClient

from backprop import exercise
from backprop.exercise import Exercise, checker
from backprop.result import Stopped
from backprop.stages.training_loop import check


def double(w, x):
    return 2 * w @ x


EXERCISE = Exercise(
    double,
    probes=[
        (np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]])),
        (np.array([[0.5, -1.0], [0.3, 2]]), np.array([[2.0], [5.0]])),
        (np.array([[1, 0], [-1, 2]]), np.array([[0.25], [0.5]])),
    ],
    mistakes={
        "the 2 is missing.": [lambda w, x: w @ x, lambda w, x: (w @ x).T],
        "x is transposed.": lambda w, x: 2 * w @ x.T,
    },
)


def both(x):
    return x.sum(), 2 * x


BOTH = Exercise(both, probes=[(np.array([1.0, 2.5]),), (np.array([3.0, -1.0, 4.0]),)])


def lean(a, b, c):
    total = a * b + c
    return 3 * total


LEAN = Exercise(
    lean,
    probes=[(2.0, 3.0, 0.5), (-1.5, 0.7, 4.0)],
    mistakes={
        "the 3 is missing.": {"3 * ": ""},
        "a and b are added.": {"a * b": "a + b"},
        "c is taken off.": {"+ c": "- c"},
        "c is forgotten.": {" + c": ""},
    },
)


@pytest.mark.parametrize(
    "wrong, first, second",
    [
        (lambda a, b, c: a + b + c, "the 3 is missing.", "a and b are added."),
        (lambda a, b, c: a * b - c, "the 3 is missing.", "c is taken off."),
        (lambda a, b, c: 3 * (a + b), "a and b are added.", "c is forgotten."),
    ],
)
def test_two_mistakes_at_once_are_both_said(wrong, first, second):
    verdict = LEAN.check(wrong)
    assert str(verdict.text) == f"Not yet: {first} And a second mistake: {second}"
    assert verdict.mistake == first and not verdict.right


def whole(x):
    return int(x) + 2


def test_two_mistakes_are_not_guessed_from_a_few_whole_numbers():
    three = {"one less.": {"2": "1"}, "twice.": {"int(x)": "2 * int(x)"}}
    exercise = Exercise(whole, [(1.5,), (3.0,)], mistakes=three)
    verdict = exercise.check(lambda x: 2 * int(x) + 1)
    assert verdict.mistake is None and "second mistake" not in verdict.text


def test_an_edit_that_does_not_apply_is_an_error():
    with pytest.raises(ValueError, match="got 'a / b'; needs what stands in the text"):
        Exercise(lean, LEAN.probes, mistakes={"no such line.": {"a / b": ""}})
    with pytest.raises(SyntaxError):
        Exercise(lean, LEAN.probes, mistakes={"no Python.": {"(a": "-(a"}})


def times(a, b):
    return a * abs(b) ** 1.5


def by_a_function_of_theirs(a, b, c):
    return 3 * (times(a, b) + c)


def test_a_function_that_it_calls_is_named_where_no_line_is_found():
    said = LEAN.check(by_a_function_of_theirs).text
    assert said.endswith("It calls times; look there, too.")


def one_layer(z):
    return sigmoid(z) + 0.5


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


@pytest.mark.parametrize("theirs", [np.tanh, lambda z: 1 / (1 + np.exp(-z))])
def test_a_sigmoid_of_theirs_is_named_only_where_it_is_another(theirs, monkeypatch):
    def answer(z):
        return np.sqrt(np.abs(sigmoid(z))) ** 3 + 0.75

    def sigmoid_of_theirs(z):
        return theirs(z)

    asked = Exercise(one_layer, [(np.array([0.3, -1.2]),)])
    monkeypatch.setitem(globals(), "sigmoid", sigmoid_of_theirs)
    named = asked.check(answer).text.endswith("It calls sigmoid; look there, too.")
    assert named == (theirs is np.tanh)


def slope_of(z):
    return np.exp(-z) / (1 + np.exp(-z)) ** 2


def by_a_line(z):
    a = sigmoid(z)
    return a * (1 - a)


@pytest.mark.parametrize(
    "theirs", [lambda z: 1 / 1 + np.exp(-z), lambda z: -1 / (1 + np.exp(-z))]
)
def test_where_a_sigmoid_of_theirs_is_wrong_no_line_is_blamed(theirs, monkeypatch):
    monkeypatch.setitem(globals(), "sigmoid", theirs)
    told = Exercise(slope_of, [(np.array([0.3, -1.2]),)]).check(by_a_line).text
    assert "your line" not in told
    assert told.endswith("It calls sigmoid; look there, too.")


def place_of_least(losses, words):
    return losses.index(min(losses))


PLACE = Exercise(place_of_least, [([0.5, 0.25, 0.75], ("a", "b"))])


def by_a_list(losses, words):
    assert isinstance(losses, list) and isinstance(words, tuple)
    return losses.index(min(losses)) if losses[1:] and words else 0


def by_heart(losses, words):
    if losses[0] != 0.5:
        raise KeyError("never seen")
    return 1


def test_a_list_is_a_list_on_the_inputs_that_nobody_knows_too():
    assert PLACE.check(by_a_list).right
    assert Exercise(place_of_least, [((0.5, 0.25), ())]).check(place_of_least).right


def test_an_answer_that_stops_on_an_input_that_nobody_knows_is_told_where():
    verdict = PLACE.check(by_heart)
    assert not verdict.right
    begin = "place_of_least stopped with KeyError: 'never seen', in your line"
    assert verdict.text.startswith(begin)
    assert "It was called with losses = [0.4" in verdict.text


def adds_by_sum(a, b, c):
    return 3 * sum([a * b, c])


def names_a_list_sum(a, b, c):
    sum = [a * b, c]
    return 3 * sum(sum)


def calls_a_number(a, b, c):
    return a(b) + c


def test_a_built_in_name_that_was_given_to_something_else_is_told(monkeypatch):
    assert LEAN.check(adds_by_sum).right
    said = LEAN.check(names_a_list_sum).text
    assert "In your function, sum is [6. , 0.5], and no function: take another" in said
    assert "no function" not in LEAN.check(calls_a_number).text
    monkeypatch.setitem(globals(), "sum", 2.5)
    said = LEAN.check(adds_by_sum).text
    assert "not callable, in your line" in said
    assert "In your notebook, sum is 2.5, and no function: run del sum. It was" in said


def by_while(a, b, c):
    total, left = c, 3
    while left:
        total, left = total + a * b / 3, left - 1
    return 3 * total


def test_where_nothing_can_be_stopped_a_while_loop_is_told_how_to(monkeypatch, capsys):
    def start(self):
        raise RuntimeError("can't start new thread")  # as in the browser edition

    LEAN.check(by_while)
    assert capsys.readouterr().out == ""
    monkeypatch.setattr("threading.Thread.start", start)
    LEAN.check(lean)
    assert capsys.readouterr().out == ""
    LEAN.check(by_while)
    assert "Restart Kernel" in capsys.readouterr().out


class Doubler:
    def __init__(self, factor):
        self.factor = factor

    def __call__(self, w, x):
        return self.factor * w @ x


def prints(w, x):
    print("w is", w)
    return 2 * w @ x


@pytest.mark.parametrize(
    "answer",
    [
        double,
        lambda w, x: (2 * w @ x).tolist(),
        lambda w, x: tuple(map(tuple, 2 * w @ x)),
        lambda w, x: np.matmul(w, x) + w @ x,
        lambda w, x: (2 * w @ x).astype(np.float32),
        lambda w, x: (2 * w @ x).astype(object),
        lambda w, x: [[fractions.Fraction(2 * float(z)) / 2] for (z,) in 2 * w @ x],
        lambda w, x: np.array([[np.sum(row * x[:, 0]) * 2] for row in w]),
        lambda *given: 2 * given[0] @ given[1],
        lambda w, x, factor=2: factor * w @ x,
        functools.partial(lambda factor, w, x: factor * w @ x, 2),
        Doubler(2),
        prints,
    ],
)
def test_a_right_answer_in_any_form_passes(answer):
    verdict = EXERCISE.check(answer)
    assert verdict.right, verdict
    assert "Right" in repr(verdict)


@pytest.mark.parametrize(
    "answer",
    [
        lambda x: (np.array(sum(x)), (2 * x).tolist()),
        lambda x: [x.sum(), x + x],
        lambda x: np.array([x.sum(), 2 * x], dtype=object),
        lambda x: (x.sum(), np.lib.stride_tricks.as_strided(2 * x)),
    ],
)
def test_several_results_pass_in_any_form(answer):
    assert BOTH.check(answer).right


def test_a_view_of_the_argument_is_a_right_answer():
    first = Exercise(lambda x: x[:2], probes=[(np.array([1.0, 2, 3]),)])
    assert first.check(lambda x: x[:-1]).right


def line(function, number):
    """Return where in this file a line of a function stands: 1 is below its `def`."""
    return function.__code__.co_firstlineno + number


def raises(w, x):
    z = w @ x
    return z / undefined  # noqa: F821


def helper(z):
    return np.linalg.inv(z)


def raises_in_a_library(w, x):
    return helper(0 * w) @ x


def changes_its_input(w, x):
    w *= 2
    return w @ x


def changes_its_input_and_forgets(w, x):
    z = w @ x
    x[:] = 0
    return z


def changes_its_input_and_is_lost(w, x):
    w[0, 0] = 7
    return w @ x


def whole_numbers(w, x):
    result = np.zeros_like(w[:, :1])
    result[:] = 2 * w @ x
    return result


@pytest.mark.parametrize(
    "answer, said",
    [
        (lambda w, x: None, "Not done yet: double returns None"),
        (lambda w, x: ..., "Not done yet"),
        (lambda w, x: w @ x, "Not yet: the 2 is missing"),
        (lambda w, x: (w @ x).T, "Not yet: the 2 is missing"),
        (raises, "double stopped with NameError: name 'undefined' is not defined"),
        (raises, f"in your line {line(raises, 2)}: “return z / undefined"),
        (
            raises,
            "  # noqa: F821”.",
        ),
        (
            raises_in_a_library,
            f"in your line {line(helper, 1)}: “return np.linalg.inv(z)”",
        ),
        (lambda w, x: math.exp(w), "TypeError: only"),
        (changes_its_input, "The result is right, but double changes its argument w"),
        (changes_its_input_and_forgets, "the 2 is missing. Besides, double changes"),
        (changes_its_input_and_is_lost, "give [[22.]]. It comes out of your line"),
        (changes_its_input_and_is_lost, "”. Besides, double changes its argument w"),
        (lambda w, x: (2 * w @ x).ravel(), "gives an array of shape (1,), [22.]; it n"),
        (lambda w, x: (2 * w @ x).ravel(), "it needs an array of shape (1, 1)."),
        (lambda w, x: 22, "gives a single number, 22; it needs an array of shape"),
        (lambda w, x: w @ x * np.nan, "gives [[nan]]; it should give [[22.]]."),
        (lambda w, x: [[10**400]], "double gives [[1000"),
        (lambda w, x: 5 * w @ x, "gives [[55.]]; it should give [[22.]]."),
        (lambda w, x: 2.0001 * w @ x, "gives [[22.0011]]; it should give [[22.]]."),
        (lambda w, x: w @ x > 2, "gives [[ True]]; it should give [[22.]]."),
        (lambda w, x: "big", "gives 'big'; it should give [[22.]]"),
        (lambda w, x: 2j * w @ x, "gives array([[0.+22.j]]); it should give"),
        (lambda w, x: None if len(w) == 1 else 2 * w @ x, "gives None; it should give"),
        (whole_numbers, "The result can hold whole numbers only"),
        (lambda w: w, "double stopped with TypeError"),
        (42, "double is no function: it is 42"),
        (np.array([[1.0, 2]]), "double is no function: it is [[1., 2.]]"),
        (lambda w, x: [w, x], "gives [array([[1., 2.]]), array([[3.], [4.]])]"),
        (lambda w, x: [[1, 2], [3]], "gives [[1, 2], [3]]; it should give [[22.]]"),
        (lambda w, x: [np.int64(-5), "a"], "gives [-5, 'a']; it should give [[22.]]."),
        (lambda w, x: {3: np.float64(0.5)}, "gives {3: 0.5}; it should give [[22.]]."),
        (lambda w, x: {}[np.int64(-5)], "stopped with KeyError: -5, in your line"),
        (lambda w, x: raised(OddError()), "double stopped with OddError, in your line"),
        (lambda w, x: raised(SystemExit()), "double stopped with SystemExit, in your"),
        (
            lambda w, x: raised(EndingError()),
            "double stopped with EndingError, in your",
        ),
        (lambda w, x: OddEnd(), "Trying that stopped with SystemExit: the end."),
        (
            lambda w, x: EndingError(),
            "gives <EndingError, whose repr stops with SystemExit>; it should",
        ),
        (lambda w, x: recurses, "gives <function recurses>; it should give [[22.]]."),
        (
            lambda w, x: np.array([["22", None]], dtype=object),
            "Its entries are objects, not numbers alone. An array made with dtype=flo",
        ),
        (
            lambda w, x: Odder(),
            "Not yet: double returns an object that can't be compared with a number. "
            "Trying that stopped with RuntimeError: odder.",
        ),
    ],
)
def test_a_wrong_answer_is_told_what_is_wrong(answer, said):
    verdict = EXERCISE.check(answer)
    assert not verdict.right
    assert said in verdict.text


@pytest.mark.parametrize(
    "answer, said",
    [
        (lambda x: x.sum(), "your both returns 1 result, 3.5; it needs 2."),
        (lambda x: 2 * x if len(x) == 3 else both(x), "returns 3 results, [ 6., -2.,"),
        (lambda x: 2 * x, "your both returns 1 result, [2., 5.]; it needs 2."),
        (lambda x: (x.sum(), x), "result 2 of your both gives [1. , 2.5]; it should"),
        (lambda x: (x, 2 * x), "result 1 of your both gives an array of shape (2,), "),
        (lambda x: (x, 2 * x), "it needs a single number."),
    ],
)
def test_one_of_several_results_is_named(answer, said):
    verdict = BOTH.check(answer)
    assert not verdict.right
    assert said in verdict.text


def close(x):
    return x / 3


@pytest.mark.parametrize(
    "answer, said",
    [
        (lambda x: x * 0.33334, "gives 0.33334; it should give 0.33333333."),
        (lambda x: x / (3 + (x == 50)), "entry [7, 1] of your close gives 12.5; it "),
    ],
)
def test_the_difference_can_be_seen(answer, said):
    exercise = Exercise(close, [(1.0,), (np.arange(36.0).reshape(12, 3) + 28,)])
    assert said in exercise.check(answer).text


def test_of_a_long_array_the_first_entry_that_is_wrong_is_named():
    def long(x):
        made = np.arange(2000) / 3
        made[3] = np.nan
        return made

    def answer(x):
        made = np.arange(2000) * (1 / 3)
        made[3] = np.nan
        made[1500] += 0.5
        return made

    told = Exercise(long, [(1,)]).check(answer).text
    assert "entry [1500] of your long gives 500.5; it should give 500." in told


def test_the_button_that_interrupts_the_kernel_works():
    def never_ends(w, x):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        EXERCISE.check(never_ends)


def test_an_error_is_no_array_though_it_has_an_ndim():
    def batch_gradient(X, y, W, b):
        delta = np.ones((len(X), 1))
        return delta.sum(axis=2, keepdims=True)

    said = exercises("chain_rule")["batch_gradient"].check(batch_gradient).text
    assert said.startswith("batch_gradient stopped with AxisError: axis 2 is out of b")


def test_an_entry_that_a_long_array_leaves_out_is_named():
    def long(x):
        return np.zeros(2000)

    verdict = Exercise(long, [(1,)]).check(lambda x: np.arange(2000) == 1000)
    assert "entry [1000] of your long gives True; it should give 0." in verdict.text


def test_probes_stay_as_they_are():
    EXERCISE.check(changes_its_input)
    assert EXERCISE.probes[0][0].tolist() == [[1, 2]]


def test_an_endless_answer_without_a_text_is_told_without_a_line(monkeypatch):
    made = {}
    exec("def double(w, x):\n    while True:\n        pass", made)
    monkeypatch.setattr(exercise, "SECONDS", 0.2)
    told = EXERCISE.check(made["double"]).text
    assert told == "double did not end within 0.2 seconds and was stopped."


def test_a_nan_that_nothing_overflowed_for_has_no_cause():
    told = EXERCISE.check(lambda w, x: np.full((1, 1), np.nan)).text
    assert not re.search("overflow|divi|logarithm|comes of", told)


def test_a_right_answer_is_found_by_what_it_gives_and_a_wrong_one_by_its_name():
    check, _ = checker([BOTH, EXERCISE])
    answers = [lambda w, x: 2 * w @ x]
    assert check(answers[0]).text.startswith("Right: double gives")
    answers = [lambda w, x: w @ x]
    with pytest.raises(ValueError, match="needs a function named both or double"):
        check(answers[0])


def test_a_nan_of_a_changed_argument_leaves_the_probes_as_they_are():
    def double(w, x):
        w -= w
        with np.errstate(all="ignore"):
            return 2 * w @ x / 0

    EXERCISE.check(double)
    assert EXERCISE.probes[0][0].tolist() == [[1.0, 2.0]]


def test_a_text_is_right_where_it_is_the_same():
    def way(x):
        return "up" if x > 0 else "down"

    exercise = Exercise(way, probes=[(1.0,), (-2.0,)])
    assert exercise.check(way).right
    for answer in (lambda x: "up", lambda x: "down", lambda x: "a", lambda x: 1):
        assert not exercise.check(answer).right


def test_an_array_that_two_probes_share_is_changed_for_one_alone():
    shared = np.array([[1.0, 2.0]])
    right = np.array([[3.0], [4.0]])
    exercise = Exercise(double, probes=[(shared, right), (shared, 2 * right)])
    told = exercise.check(changes_its_input).text
    assert told.startswith("The result is right, but double changes its argument w")


def test_check_finds_the_exercise_by_name():
    def one_step(X, y, W, learning_rate):
        return None

    assert check(one_step).text.startswith("Not done yet")
    with pytest.raises(ValueError, match="answer: got double; needs a function"):
        check(double)
    with pytest.raises(ValueError, match="answer: got 42; needs a function, not its"):
        check(42)


# -- in a notebook, where a cell has no file


def run_cells(*sources):
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, kernel_name="python3").execute()
    return [
        "".join(
            output.get("text", "") or output.get("data", {}).get("text/plain", "")
            for output in cell.outputs
        )
        for cell in cells
    ]


def test_in_a_kernel():
    imports = """\
import functools, numpy as np
from backprop.stages.derivative import check
from backprop.network import sigmoid, sigmoid_derivative
def slope_of(z):
    return sigmoid_derivative(z)
"""
    stops = """\
def slope_at(z):
    a = sigmoid(z)
    return slopes * (1 - a)
check(slope_at)
"""
    stops_in_another_cell = """\
def slope_at(z):
    return slope_of(z)
check(slope_at)
"""
    other_name = """\
def my_slope(z):
    return sigmoid(z) * sigmoid(-z)
check(my_slope)
"""
    by_lambda = """\
slope_at = lambda z: sigmoid(z)
check(slope_at)
"""
    by_partial = """\
def slope(one, z):
    return sigmoid(z) * (one - sigmoid(z))
slope_at = functools.partial(slope, 1)
check(slope_at)
"""
    prints = """\
def slope_at(z):
    print("called")
    return sigmoid(z) * sigmoid(-z)
check(slope_at)
"""
    no_function = """\
slope_at = sigmoid(2)
check(slope_at)
"""
    said = run_cells(
        imports,
        stops,
        stops_in_another_cell,
        other_name,
        by_lambda,
        by_partial,
        prints,
        no_function,
    )
    said = [" ".join(each.split()) for each in said]
    assert "NameError: name 'slopes' is not defined, in your line 3" in said[1]
    assert "line 3: “return slopes * (1 - a)”." in said[1]
    assert "ValueError: a: got -2; needs an output of sigmoid" in said[2]
    where = "in your slope_of, line 5: “return sigmoid_derivative(z)”"
    assert f"{where}, called in your line 2." in said[2]
    assert said[3].startswith("Right: slope_at gives")
    assert said[4].startswith("Not yet: this is the output")
    assert said[5].startswith("Right")
    assert re.match(r"(called )+Right", said[6])
    assert said[7] == "slope_at is no function: it is 0.8808."


# -- answers of odd types: each gets a verdict, and no answer crashes a check


class Odd:
    """An object that stops in each of these methods."""

    def stops(self, *_):
        raise RuntimeError("odd")

    __repr__ = __eq__ = __hash__ = __len__ = __bool__ = __iter__ = __float__ = stops
    __array__ = __getitem__ = __format__ = __str__ = stops


class Odder(Odd):
    """An object that stops wherever it is asked for anything."""

    def __getattribute__(self, name):
        raise RuntimeError("odder")


class OddEnd(Odd):
    """An object that ends the whole program where it is read as an array."""

    def __array__(self, *_, **__):
        raise SystemExit("the end")


class EndingError(Exception):
    def __str__(self):
        raise SystemExit

    __repr__ = __str__


class OddList(list):
    __iter__ = __len__ = __eq__ = __repr__ = Odd.stops


class OddError(Exception):
    ndim = 2
    shape = (1, 1)
    __str__ = __repr__ = Odd.stops


def itself():
    result = []
    result.append(result)
    return result


def nested(depth=2000):
    result = 22.0
    for _ in range(depth):
        result = [result]
    return result


def recurses(*given):
    return recurses(*given)


# Made anew for each example: a generator runs only once.
RESULTS = {
    "an object": Odd,
    "a closed object": Odder,
    "a list that stops": OddList,
    "an error, returned": lambda: OddError("returned"),
    "an AxisError, returned": lambda: np.exceptions.AxisError(2, 2),
    "a generator": lambda: (x for x in [22.0]),
    "an endless iterator": itertools.count,
    "a range": lambda: range(3),
    "a set": lambda: {22.0},
    "a dict": lambda: {"a": np.float64(22)},
    "bytes": lambda: b"22",
    "a class": lambda: int,
    "a function": lambda: recurses,
    "a module": lambda: np,
    "itself": itself,
    "deep": nested,
    "a date": lambda: np.datetime64("2026-01-01"),
    "dates": lambda: np.array(["2026-01-01"], dtype="datetime64[D]"),
    "rows with names": lambda: np.zeros((1, 1), dtype=[("a", float), ("b", int)]),
    "masked": lambda: np.ma.masked_all((1, 1)),
    "complex": lambda: np.array([[22j]]),
    "a large whole number": lambda: 10**5000,
    "large whole numbers": lambda: np.array([[10**400]], dtype=object),
    "a fraction": lambda: fractions.Fraction(22),
    "a decimal": lambda: decimal.Decimal(22),
    "objects": lambda: np.array([[None]], dtype=object),
    "odd objects": lambda: np.array([[Odd()]], dtype=object),
    "texts": lambda: np.array([["22"]]),
    "half a character": lambda: "\ud800",
    "a million rows that are one": lambda: np.broadcast_to(1.0, (10**6, 10**6)),
    "nothing": lambda: np.zeros((0, 1)),
    "the largest": lambda: [[np.finfo(float).max]],
    "np.int64": lambda: [np.int64(-5), np.bool_(True)],
}
ERRORS = {
    "an AxisError": lambda: np.exceptions.AxisError(2, 2),
    "an error that can't be told": OddError,
    "one of whole numbers": lambda: KeyError(np.int64(-5)),
    "exit": SystemExit,
    "of the system": lambda: OSError(2, "no file"),
    "several": lambda: ExceptionGroup("several", [ValueError("one")]),
    "no Exception": lambda: BaseException("base"),
    "of text": lambda: UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"),
    "warning": lambda: RuntimeWarning("warned"),
}


def raised(error):
    raise error


# What an answer does when it is called: gives a right result, an odd one, or stops.
what_it_does = st.one_of(
    st.just(double),
    st.just(recurses),
    st.sampled_from(list(RESULTS.values())).map(lambda make: lambda *_: make()),
    st.sampled_from(list(ERRORS.values())).map(lambda make: lambda *_: raised(make())),
    st.sampled_from(list(RESULTS.values())).map(lambda make: lambda *_: (1, make())),
)


def size(x):
    return "big" if x > 1 else "small"


EVERY = [
    EXERCISE,
    BOTH,
    Exercise(size, probes=[(2.0,), (0.5,)]),
    *exercises("chain_rule").values(),
    *exercises("when_learning_fails").values(),
]


@given(st.data())
def test_no_answer_crashes_a_check(data):
    exercise = data.draw(st.sampled_from(EVERY), label="exercise")
    does = itertools.cycle(data.draw(st.lists(what_it_does, min_size=1, max_size=3)))
    verdict = exercise.check(lambda *given: next(does)(*given))
    assert not verdict.right or exercise is EXERCISE
    assert verdict.text.encode()
    assert "np." not in verdict.text and " at 0x" not in verdict.text


def test_of_two_mistakes_that_stop_in_an_error_none_is_guessed():
    for room in ROOMS:
        for asked in exercises(room).values():
            for _, results in asked._made_together:
                assert not all(isinstance(each, Stopped) for each in results)


def test_a_line_of_another_cell_is_told_with_its_function_and_the_call():
    names = {"np": np, "sigmoid": sigmoid}
    cells = {
        "<cell 1>": "def layer(W, X):\n    z = X @ W\n    return sigmoid(z)\n",
        "<cell 2>": "def twice(X, W):\n    a = layer(X, W)\n    return 2 * a\n",
    }
    for file, text in cells.items():
        linecache.cache[file] = len(text), None, text.splitlines(True), file
        exec(compile(text, file, "exec"), names)

    def twice(X, W):
        return 2 * sigmoid(X @ W)

    exercise = Exercise(twice, [(np.array([[0.5, 1.0]]), np.array([0.3, -0.2]))])
    told = exercise.check(names["twice"]).text
    assert "in your layer, line 2: “z = X @ W”, called in your line 2. It was" in told


@pytest.mark.parametrize(
    "letters, said", [("E or G", "'E or G'"), ("e", "2: E, right: ")]
)
def test_what_is_no_letter_is_quoted_as_it_was_written(letters, said):
    diagnose = replace(exercises("when_learning_fails")["diagnose"])
    assert said in diagnose.check(lambda exhibit: {2: letters}[exhibit]).text


def test_what_numpy_calls_an_error_in_this_session_changes_no_verdict():
    def softmax_delta(z, y):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True) - y

    with np.errstate(all="raise"):
        assert exercises("applications")["softmax_delta"].check(softmax_delta).right
