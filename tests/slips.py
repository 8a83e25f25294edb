"""Small answers, for what a check says of each kind of slip, word by word.

Each is for one of the exercises here, and shows one slip, or something that is none:
together they reach each clause of what reads an answer, runs it and mends it.
`slips.toml` holds what is said of each, by exercise and in this order: the verdict, the
hints, and all that the code alone shows. `test_slips.py` compares.
"""
# ruff: noqa: B006, B007, B015, B018, E712, F811, F821, F841, SIM113, SIM118, UP028

import contextlib
import io
import math

import numpy as np
from bank import said_and_shown

from backprop.exercise import Exercise
from backprop.network import sigmoid, sigmoid_derivative

# What the notebook holds.
rows = np.array([[1.0, 2.0], [3.0, -1.0]])
rate, label = 0.5, "one"
listed = [1.0, 2.0]


def scaled(x, factor):
    return (x - 1) * factor


def both(x, y):
    shorter = x - 1
    return shorter * y, shorter + y


def three(x, y):
    less = x - 1
    return less + y, less * y, less**2


def layer(W, X):
    return sigmoid(X @ W)


def spread(rows, centre):
    return ((rows - centre) ** 2).sum(axis=1)


def running(values, start):
    total, out = start, []
    for each in values:
        total = total + 2 * each
        out.append(total)
    return np.array(out)


def between(number, low):
    if number <= low:
        return 0
    return number


def weighed(a, b, c):
    return (a + b) / c


def steps(a, b, c):
    first = a * b
    second = first + c
    return second / 2


def curve(x):
    return x**2 + x**3


def tangent(x):
    return 2 * x + 3 * x**2


def chord(x, h):
    return (curve(x + h) - curve(x)) / h


def lowest(losses):
    return losses.index(min(losses))


def halved(x):
    return x / 2


EXERCISES = {
    each.name: each
    for each in (
        Exercise(
            scaled,
            [(np.array([2.0, 5.0]), 3.0), (np.array([0.5, 4.0, -2.0]), 7.0)],
            {"1 is added.": {"x - 1": "x + 1"}, "no factor.": {" * factor": ""}},
            then="Try next: 0.",
        ),
        Exercise(both, [(2.5, 3.0), (np.array([0.5, -4.0]), np.array([2.0, 0.3]))]),
        Exercise(three, [(2.5, 3.0), (np.array([0.5, -4.0]), np.array([2.0, 0.3]))]),
        Exercise(
            layer,
            [
                (np.array([[0.5], [-1.0], [2.0]]), np.array([[1.0, 0.5, -0.7]])),
                (
                    np.array([[0.1, 0.4], [0.2, -0.3]]),
                    np.array([[1.0, 2.0], [0.5, -1.5], [0.3, 0.2]]),
                ),
            ],
        ),
        Exercise(
            spread,
            [
                (np.array([[1.0, 2.5], [3.0, -1.0], [0.5, 0.0]]), 0.5),
                (np.array([[1.5, -2.0]]), np.array([1.0, 2.0])),
            ],
        ),
        Exercise(running, [([1.5, 2.0, -0.5], 0.5), ([4.0, 1.25], -3.0)]),
        Exercise(between, [(2.5, 1.0), (0.5, 1.5), (-2.0, -2.0), (3.5, 3.5)]),
        Exercise(weighed, [(1.5, 2.5, 0.4), (-0.7, 3.1, 2.2)]),
        Exercise(steps, [(1.5, 2.5, 0.4), (-0.7, 3.1, 2.2)]),
        Exercise(tangent, [(1.5,), (np.array([-0.7, 3.1]),)]),
        Exercise(chord, [(1.5, 0.5), (np.array([-0.7, 3.1]), 2.0)]),
        Exercise(lowest, [([0.5, 0.4, 0.399999999],), ([0.3, 0.1 + 0.2],)]),
        Exercise(halved, [(np.array([1, 2]),), (np.array([4, 5, 7]),)]),
    )
}
SLIPS = []


def said_of_slips():
    """Return what is said of each answer: exercise -> answer -> text."""
    texts = {name: {} for name in EXERCISES}
    for name, answer in SLIPS:
        with contextlib.redirect_stdout(io.StringIO()):
            verdict = EXERCISES[name].check(answer)
        assert answer.__name__ not in texts[name]
        texts[name][answer.__name__] = said_and_shown(answer, verdict)
    return texts


def of(name):
    """Add an answer to the bank of an exercise."""

    def mark(answer):
        SLIPS.append((name, answer))
        return answer

    return mark


# -- nothing is written, or nothing comes back


@of("scaled")
def dots(x, factor): ...


@of("scaled")
def a_docstring_and_pass(x, factor):
    """Scale."""
    pass


@of("scaled")
def returns_nothing_yet(x, factor):
    return


@of("scaled")
def returns_dots(x, factor):
    return ...


@of("scaled")
def returns_a_constant(x, factor):
    return 3


@of("scaled")
def an_empty_return(x, factor):
    y = (x - 1) * factor
    return


@of("scaled")
def two_empty_returns(x, factor):
    y = (x - 1) * factor
    if len(y) > 2:
        return
    return


@of("scaled")
def prints_twice(x, factor):
    print(x - 1)
    print((x - 1) * factor)


@of("both")
def prints_two(x, y):
    print((x - 1) * y, x - 1 + y)


@of("scaled")
def ends_with_a_name(x, factor):
    y = (x - 1) * factor


@of("scaled")
def ends_with_a_loop(x, factor):
    out = []
    for each in x:
        out.append((each - 1) * factor)


@of("scaled")
def returns_inside_alone(x, factor):
    def inner(z):
        return z - 1

    y = inner(x) * factor


@of("scaled")
def kept_by_a_lambda(x, factor):
    y = lambda z: (z - 1) * factor  # noqa: E731
    y(x)


# -- it makes its results only when asked


@of("scaled")
def yields_in_a_loop(x, factor):
    for each in x:
        yield (each - 1) * factor


@of("scaled")
def yields_in_a_while(x, factor):
    i = 0
    while i < len(x):
        yield (x[i] - 1) * factor
        i += 1


@of("scaled")
def yields_all(x, factor):
    yield (x - 1) * factor


@of("scaled")
def yields_from(x, factor):
    yield from (x - 1) * factor


@of("scaled")
def yields_and_returns(x, factor):
    for each in x:
        yield each
    return (x - 1) * factor


@of("scaled")
def in_round_brackets(x, factor):
    return ((each - 1) * factor for each in x)


@of("scaled")
def in_square_brackets(x, factor):
    return [each - 1 * factor for each in x]


@of("running")
def zipped(values, start):
    return zip(values, values)


@of("running")
def reversed_(values, start):
    return reversed(values)


# -- a return in a loop


@of("running")
def returns_in_its_loop(values, start):
    total, out = start, []
    for each in values:
        total = total + 2 * each
        out.append(total)
        return np.array(out)


@of("running")
def returns_in_a_while(values, start):
    out, i, total = [], 0, start
    while i < len(values):
        total += 2 * values[i]
        out.append(total)
        i += 1
        return np.array(out)


@of("running")
def returns_in_an_inner_loop(values, start):
    out, total = [], start
    for each in values:
        for _ in range(2):
            total += each
            return np.array(out)
        out.append(total)


@of("running")
def returns_in_a_loop_in_a_branch(values, start):
    out, total = [], start
    if len(values):
        while True:
            total += 2 * values[0]
            return np.array([total])
    return np.array(out)


@of("running")
def returns_in_a_branch_of_its_loop(values, start):
    out, total = [], start
    for each in values:
        total += each
        out.append(total)
        if len(out) == len(values):
            return np.array(out)


# -- kept nowhere, or replaced


@of("scaled")
def a_difference_alone(x, factor):
    x - 1
    return x * factor


@of("scaled")
def a_sign_alone(x, factor):
    -x
    return x * factor


@of("scaled")
def a_comparison_alone(x, factor):
    x == x - 1
    return x * factor


@of("scaled")
def a_method_alone(x, factor):
    x.copy()
    return x * factor


@of("scaled")
def an_attribute_alone(x, factor):
    x.T
    return x * factor


@of("scaled")
def a_function_alone(x, factor):
    np.subtract(x, 1)
    return x * factor


@of("scaled")
def sorts_and_keeps(x, factor):
    y = x.copy()
    y.sort()
    return y * factor


@of("scaled")
def writes_into(x, factor):
    y = x.copy()
    np.subtract(y, 2, out=y)
    return y * factor


@of("layer")
def sigmoid_alone(W, X):
    z = X @ W
    sigmoid(z)
    return z


@of("layer")
def a_sigmoid_of_its_own(W, X):
    def sigmoid(z):
        seen.append(z)

    seen = []
    sigmoid(X @ W)
    return seen[0]


@of("scaled")
def an_argument_is_replaced(x, factor):
    factor = 3
    return (x - 1) * factor


@of("both")
def two_arguments_are_replaced(x, y):
    x, y = 1.0, 2.0
    return (x - 1) * y, x - 1 + y


@of("scaled")
def an_argument_is_read_first(x, factor):
    factor = abs(factor) + 1
    return (x - 1) * factor


@of("running")
def an_argument_is_the_loop_s(values, start):
    out = []
    for start in values:
        out.append(2 * start)
    return np.array(out)


# -- what the notebook holds


@of("scaled")
def the_notebook_s_number(x, factor):
    return (x - 1) * rate


@of("scaled")
def the_notebook_s_array(x, factor):
    return (x - factor) * rows[0, 1]


@of("scaled")
def the_notebook_s_array_in_a_list(x, factor):
    return [(rows - 1) * factor for x in x]


@of("scaled")
def a_constant_of_the_notebook(x, factor):
    return (x - rate) * factor


@of("scaled")
def the_name_of_a_lambda(x, factor):
    less = lambda rows: rows + 1  # noqa: E731
    return less(x) * factor


@of("scaled")
def the_name_of_an_inner_function(x, factor):
    def rows(x):
        return x + 2

    return rows(x) * factor


@of("scaled")
def the_name_of_a_loop(x, factor):
    return np.array([(rows + 3) * factor for rows in x])


@of("scaled")
def a_builtin_name(x, factor):
    return (x - max(1, 2)) * factor


# -- what is never used


@of("scaled")
def never_the_factor(x, factor):
    return x - 3


@of("both")
def never_one_of_two(x, y):
    return x - 5, x + 5


@of("weighed")
def never_two(a, b, c):
    return a + 7


@of("weighed")
def never_any(a, b, c):
    return 4.5 - 1


@of("weighed")
def adds_into_one(a, b, c):
    c += 1
    return (a + b) * 3


@of("weighed")
def by_locals(a, b, c):
    return sum(locals().values())


@of("scaled")
def calls_none_of_them(x, factor):
    """Scale."""
    return np.ones(len(x))


# -- a default that stays


@of("running")
def a_list_stays(values, start, out=[]):
    for each in values:
        out.append(start + each)
    return np.array(out)


@of("running")
def a_dictionary_stays(values, start, *, seen={}):
    seen["start"] = start
    return np.array([start + each for each in values])


@of("running")
def a_made_list_stays(values, start, out=list()):  # noqa: C408
    out.append(start)
    return np.array(out)


@of("running")
def a_list_is_read(values, start, out=[0.0]):
    return np.array([start + each + out[0] for each in values])


@of("running")
def right_the_first_time(values, start, seen=[]):
    total, out = start, []
    for each in values:
        total += 2 * each
        out.append(total + (len(seen) > 1))
    seen.append(start)
    return np.array(out)


# -- it stops


@of("layer")
def the_wrong_way_round(W, X):
    return sigmoid(W @ X @ W @ W)


@of("layer")
def by_dot(W, X):
    return sigmoid(np.dot(W, W))


@of("layer")
def by_its_dot(W, X):
    return sigmoid(W.dot(W))


@of("layer")
def by_matmul(W, X):
    δ = W
    return sigmoid(np.matmul(δ, W))


@of("layer")
def a_letter_of_two_bytes(W, X):
    δ = X @ W
    return δ * sigmoid(δ) @ W @ W


@of("layer")
def a_row_times_a_matrix(W, X):
    return sigmoid(X[0] @ np.ones((7, 2)))


@of("layer")
def three_lines_of_a_product(W, X):
    return sigmoid(
        W
        @ W
    )  # fmt: skip


@of("scaled")
def two_lengths(x, factor):
    return (x - np.array([1, 1, 1, 1])) * factor


@of("scaled")
def two_shapes(x, factor):
    y = x - np.ones((3, 5))
    return y * factor


@of("scaled")
def a_number_is_no_matrix(x, factor):
    return x @ factor


@of("scaled")
def no_such_name(x, factor):
    return (x - 1) * factr


@of("scaled")
def no_such_name_and_more(x, factor):
    x - 1
    return x * factr


@of("scaled")
def no_such_attribute(x, factor):
    return (x - 1).times(factor)


@of("scaled")
def no_such_place(x, factor):
    return (x[9] - 1) * factor


@of("scaled")
def no_such_key(x, factor):
    return {}["one"]


@of("scaled")
def too_many_arguments(x, factor, more):
    return (x - 1) * factor + more


@of("scaled")
def too_few_arguments(x):
    return x - 1


@of("scaled")
def divides_whole_numbers_by_0(x, factor):
    return 1 / (len(x) - len(x))


@of("scaled")
def stops_on_the_second(x, factor):
    return (x - 1) * factor if len(x) == 2 else x[7]


@of("scaled")
def stops_in_a_function_of_its_own(x, factor):
    def less(z):
        return z - np.ones(9)

    return less(x) * factor


@of("scaled")
def asserts(x, factor):
    assert factor < 0, "factor"
    return (x - 1) * factor


# -- it gives no numbers, or no finite ones


@of("scaled")
def the_log_of_0(x, factor):
    return np.log(0 * x)


@of("scaled")
def the_log_of_what_has_become_0(x, factor):
    return np.log(np.exp(-1e4 - x**2)) * factor


@of("scaled")
def the_log_below_0(x, factor):
    return np.log(-np.abs(x) - 1)


@of("scaled")
def the_root_below_0(x, factor):
    return np.sqrt(-np.abs(x) - 1)


@of("scaled")
def a_large_exp(x, factor):
    return np.exp(np.abs(x) * 1e5)


@of("scaled")
def a_large_power(x, factor):
    return (x * 1e200) ** 3


@of("scaled")
def by_0(x, factor):
    return x / (factor - factor)


@of("scaled")
def nought_by_nought(x, factor):
    return (x - x) / (factor - factor)


@of("scaled")
def nought_times_infinity(x, factor):
    return (x - x) * np.inf


@of("scaled")
def infinity_less_infinity(x, factor):
    huge = x + np.inf
    return huge - huge


@of("scaled")
def a_text(x, factor):
    return "x - 1"


@of("scaled")
def none_the_second_time(x, factor):
    if len(x) == 2:
        return (x - 1) * factor


@of("scaled")
def rows_of_two_lengths(x, factor):
    return [[1.0], [1.0, 2.0]]


@of("scaled")
def as_objects(x, factor):
    return np.array([(each - 1) * factor if each > 0 else None for each in x])


@of("scaled")
def as_whole_numbers(x, factor):
    y = np.zeros(len(x), dtype=int)
    y[:] = (x - 1) * factor
    return y


@of("scaled")
def a_column(x, factor):
    return ((x - 1) * factor)[:, np.newaxis]


@of("scaled")
def the_sum(x, factor):
    return ((x - 1) * factor).sum()


@of("both")
def one_of_two(x, y):
    return (x - 1) * y


@of("both")
def three_of_two(x, y):
    return (x - 1) * y, x - 1 + y, x


@of("both")
def twice_the_first(x, y):
    return (x - 1) * y, (x - 1) * y


# -- it changes what it gets


@of("scaled")
def takes_off_in_place(x, factor):
    x -= 1
    return x * factor


@of("scaled")
def writes_in_place(x, factor):
    x[0] = x[0] - 1
    x[1:] = x[1:] - 1
    return x * factor


@of("scaled")
def takes_off_in_place_and_forgets(x, factor):
    x -= 1
    return x


@of("scaled")
def takes_off_in_place_and_is_lost(x, factor):
    x -= 5
    return x * factor + 0.25


@of("running")
def empties_the_list(values, start):
    total, out = start, []
    while values:
        total += 2 * values.pop(0)
        out.append(total)
    return np.array(out)


@of("scaled")
def changes_it_at_its_return(x, factor):
    return np.multiply(np.subtract(x, 1, out=x), factor)


@of("spread")
def changes_it_in_the_last_line(rows, centre):
    np.subtract(rows, centre, out=rows)
    return np.sum(np.square(rows, out=rows), axis=1)


# -- one mistake with a name, and two


@of("scaled")
def one_is_added(x, factor):
    return (x + 1) * factor


@of("scaled")
def no_factor(x, factor):
    return x - 1


@of("scaled")
def both_of_them(x, factor):
    return x + 1


@of("scaled")
def no_factor_since_it_is_lost(x, factor):
    y = x - 1
    y * factor
    return y


@of("scaled")
def a_name_and_a_second_slip(x, factor):
    y = x + 1
    return y * factor / 2


@of("scaled")
def comes_back(x, factor):
    return x


@of("both")
def one_comes_back(x, y):
    return (x - 1) * y, y


# -- one edit makes it right


@of("scaled")
def no_brackets(x, factor):
    return x - 1 * factor


@of("weighed")
def no_brackets_in_a_sum(a, b, c):
    return a + b / c


@of("weighed")
def upside_down(a, b, c):
    return c / (a + b)


@of("weighed")
def times_for_by(a, b, c):
    return (a + b) * c


@of("weighed")
def minus_for_plus(a, b, c):
    return (a - b) / c


@of("weighed")
def another_name(a, b, c):
    return (a + c) / c


@of("weighed")
def a_term_too_many(a, b, c):
    return (a + b + c) / c


@of("weighed")
def a_term_is_missing(a, b, c):
    total = a
    return total / c


@of("weighed")
def a_factor_too_many(a, b, c):
    return 2 * (a + b) / c


@of("weighed")
def half_of_it(a, b, c):
    return (a + b) / c / 2


@of("weighed")
def squared(a, b, c):
    return ((a + b) / c) ** 2


@of("weighed")
def a_minus_in_front(a, b, c):
    return -(a + b) / c


@of("weighed")
def one_less(a, b, c):
    return (a + b) / c - 1


@of("weighed")
def a_name_is_given_anew(a, b, c):
    total = a + b
    rest = total / c
    return total


@of("weighed")
def the_second_line_reads_another(a, b, c):
    totl = a + b
    a = totl / c
    return totl


@of("weighed")
def adds_where_it_gives(a, b, c):
    total = a
    total = b
    return total / c


@of("weighed")
def gives_where_it_adds(a, b, c):
    total = 0
    total += a + b
    total += c
    return total / c


@of("weighed")
def a_line_too_many(a, b, c):
    total = a + b
    total = total * 2
    return total / c


@of("weighed")
def a_line_too_early(a, b, c):
    total = a + b
    total = total / c
    total = total
    return total + b


@of("weighed")
def two_lines_are_wrong(a, b, c):
    total = a - b
    return total * c


@of("steps")
def the_first_of_three(a, b, c):
    first = a / b
    second = first + c
    return second / 2


@of("steps")
def the_second_of_three(a, b, c):
    first = a * b
    second = first - c
    return second / 2


@of("steps")
def the_third_of_three(a, b, c):
    first = a * b
    second = first + c
    return second * 2


@of("steps")
def the_first_in_no_single_edit(a, b, c):
    first = np.hypot(a, b) * 1.25
    second = first + c
    return second / 2


@of("steps")
def the_second_in_no_single_edit(a, b, c):
    first = a * b
    first += np.hypot(a, c) * 1.25
    return first / 2


@of("steps")
def returns_the_step_before(a, b, c):
    first = a * b
    second = first + c
    third = second / 2
    return second


@of("steps")
def two_lines_change_places(a, b, c):
    first = a * b
    first = first / 2
    first = first + c
    return first


@of("both")
def in_the_wrong_order(x, y):
    return x - 1 + y, (x - 1) * y


@of("both")
def each_of_two_is_wrong(x, y):
    one = (x - 1) / y
    two = x - 1 - y
    return one, two


@of("three")
def one_of_three_could_be_mended_where_all_begin(x, y):
    less = x
    two = np.arctan(less) ** 3
    return less + y, two, (less - 1) ** 2


@of("three")
def two_of_three_are_wrong(x, y):
    less = x - 1
    one = less + y - 1
    two = less / y
    return one, two, less**2


@of("three")
def all_three_are_wrong(x, y):
    less = x - 1
    one = less - y
    two = less / y
    return one, two, less**3


@of("both")
def what_both_need_is_wrong(x, y):
    shorter = x - 2
    return shorter * y, shorter + y


@of("layer")
def no_sigmoid(W, X):
    return X @ W


@of("layer")
def sigmoid_twice(W, X):
    return sigmoid(sigmoid(X @ W))


@of("layer")
def the_derivative(W, X):
    return sigmoid_derivative(sigmoid(X @ W))


@of("layer")
def the_slope_as_well(W, X):
    a = sigmoid(X @ W)
    return a * (1 - a)


@of("layer")
def transposed(W, X):
    return sigmoid(W.T @ X.T)


@of("layer")
def of_the_first_row(W, X):
    return sigmoid(X[0] @ W)


@of("spread")
def over_the_rows(rows, centre):
    return ((rows - centre) ** 2).sum(axis=0)


@of("spread")
def over_everything(rows, centre):
    return ((rows - centre) ** 2).sum()


@of("spread")
def by_a_bare_axis(rows, centre):
    return ((rows - centre) ** 2).sum(0)


@of("spread")
def by_np_sum(rows, centre):
    return np.sum((rows - centre) ** 2, 0)


@of("spread")
def keeps_its_rows(rows, centre):
    return ((rows - centre) ** 2).sum(axis=1, keepdims=True)


@of("spread")
def the_mean(rows, centre):
    return ((rows - centre) ** 2).mean(axis=1)


@of("spread")
def the_third_power(rows, centre):
    return ((rows - centre) ** 3).sum(axis=1)


@of("spread")
def the_root(rows, centre):
    return np.sqrt(((rows - centre) ** 2).sum(axis=1))


@of("running")
def starts_at_nought(values, start):
    total, out = 0, []
    for each in values:
        total = total + 2 * each
        out.append(total)
    return np.array(out)


@of("running")
def starts_anew_in_each_round(values, start):
    out = []
    for each in values:
        total = start
        total = total + 2 * each
        out.append(total)
    return np.array(out)


@of("running")
def appends_after_the_loop(values, start):
    total, out = start, []
    for each in values:
        total = total + 2 * each
    out.append(total)
    return np.array(out)


@of("running")
def appends_too_early(values, start):
    total, out = start, []
    for each in values:
        out.append(total)
        total = total + 2 * each
    return np.array(out)


@of("running")
def leaves_out_the_first(values, start):
    total, out = start, []
    for i in range(1, len(values)):
        total = total + 2 * values[i]
        out.append(total)
    return np.array(out)


@of("running")
def leaves_out_the_last(values, start):
    total, out = start, []
    for i in range(len(values) - 1):
        total = total + 2 * values[i]
        out.append(total)
    return np.array(out)


@of("running")
def looks_up_one_too_early(values, start):
    total, out = start, []
    for i in range(len(values)):
        total = total + 2 * values[i - 1]
        out.append(total)
    return np.array(out)


@of("running")
def a_loop_too_many(values, start):
    total, out = start, []
    for each in values:
        for _ in range(2):
            total = total + 2 * each
        out.append(total)
    return np.array(out)


@of("between")
def the_other_comparison(number, low):
    if number < low:
        return 0
    return number


@of("between")
def the_other_way_round(number, low):
    if number >= low:
        return 0
    return number


@of("between")
def another_number(number, low):
    if number <= low:
        return 1
    return number


@of("between")
def another_branch(number, low):
    if number <= low:
        return number
    return 0


@of("between")
def a_branch_that_is_left_out(number, low):
    result = number
    if number <= low:
        result == 0
    return result


# -- what is left as it is


@of("scaled")
def catches(x, factor):
    try:
        return (x + 2) * factor
    except ValueError:
        return x


@of("scaled")
def suppresses(x, factor):
    with contextlib.suppress(ValueError):
        y = (x + 2) * factor
    return y


@of("scaled")
def calls_a_function_of_its_own(x, factor):
    return less_three(x) * factor


def less_three(z):
    return z - math.sqrt(9)


@of("scaled")
def calls_two_functions_of_its_own(x, factor):
    return less_three(x) * doubled(factor) + 1


def doubled(z):
    return z * 2


@of("running")
def calls_itself(values, start):
    if len(values) == 0:
        return np.array([])
    rest = calls_itself(values[1:], start)
    return np.append(rest, np.tan(start))


@of("scaled")
def far_from_right(x, factor):
    y = np.cos(x) ** 3
    if y.sum() > 0:
        return np.tan(y) + factor**2
    return np.arctan(y) - factor**3


@of("tangent")
def secant_through_both_sides(x):
    h = 1e-5
    return (curve(x + h) - curve(x - h)) / (2 * h)


@of("tangent")
def secant_by_names(x):
    ahead = curve(x + 1e-8)
    here = curve(x)
    rise = ahead - here
    return rise / 1e-8


@of("tangent")
def no_secant_but_a_quotient(x):
    return (sum([2 * x**2, 3 * x**3]) - sum([x, -x])) / x


@of("tangent")
def no_secant_but_two_powers(x):
    return (np.power(x, 3) - np.power(x, 2)) / x - x**2 + 3 * (x + x**2)


@of("tangent")
def no_secant_but_two_functions(x):
    return (np.exp(x + 0.0) - np.expm1(x)) / 1 - 1 + 2 * x + 3 * x**2


@of("tangent")
def no_secant_but_an_exact_quotient(x):
    return (np.square(x + 1) - np.square(x)) / 1 - 1 + 3 * x**2


@of("tangent")
def wide_secant(x):
    return (curve(x + 0.1) - curve(x)) / 0.1


@of("tangent")
def needs_a_width(x, h):
    return 2 * x + 3 * x**2


@of("chord")
def secant_where_one_is_wanted(x, h):
    return (curve(x + h) - curve(x)) / h


@of("halved")
def in_an_array_of_whole_numbers(x):
    out = np.zeros_like(x)
    for i in range(len(x)):
        out[i] = x[i] / 2
    return out


@of("lowest")
def of_what_is_clearly_lower(losses):
    best = 0
    for i in range(len(losses)):
        if losses[i] < losses[best] - 1e-6:
            best = i
    return best


@of("lowest")
def last_of_what_is_equal(losses):
    return max(i for i in range(len(losses)) if losses[i] <= min(losses) + 1e-12)


def beside_a_name_of_the_notebook():
    rate = 1

    def reads_a_name_around_it(x, factor):
        return (x * rate) * factor

    return reads_a_name_around_it


of("scaled")(beside_a_name_of_the_notebook())


@of("scaled")
def adds_in_place(x, factor):
    x += -1
    return x * factor


@of("scaled")
def multiplies_in_place(x, factor):
    x *= factor
    return x - factor


@of("scaled")
def divides_in_place(x, factor):
    x /= 1 / factor
    return x - factor


@of("scaled")
def raises_in_place(x, factor):
    right = (x - 1) * factor
    x **= 2
    return right


@of("scaled")
def takes_the_rest_in_place(x, factor):
    right = (x - 1) * factor
    x %= 2
    return right


@of("scaled")
def compares_and_writes(x, factor):
    right = (x - 1) * factor
    x[x <= 0] = 0
    return right


@of("both")
def each_result_by_a_line_of_its_own(x, y):
    product = (x - 1) / y
    total = x - 2 + y
    return product, total


@of("both")
def each_result_by_a_line_of_its_own_turned(x, y):
    total = x - 2 + y
    product = (x - 1) / y
    return product, total


@of("both")
def each_by_an_operator_and_a_number(x, y):
    product = (x - 3) * y
    total = x - 1 - y
    return product, total


@of("both")
def each_by_an_operator_and_a_number_turned(x, y):
    total = x - 1 - y
    product = (x - 3) * y
    return product, total
