"""What stage 07 states: its page, its replies, its graphs, and PyTorch beside it."""

import contextlib
import io
import itertools
import re
from decimal import Decimal
from functools import cache

import nbformat
import numpy as np
import pytest
from course import PATHS, code_cells, exercises
from matplotlib.figure import Figure
from pages import in_words, prove

from backprop import network
from backprop.data import xor
from backprop.frame import Screen
from backprop.picture import Picture
from backprop.stages.autograd import Backward, live, value
from backprop.stages.autograd.pictures import BESIDE, LONG, MOST, squares
from backprop.stages.autograd.value import (
    EARLY,
    SET,
    TURN,
    Value,
    in_order,
    moments,
    squash,
)
from backprop.stages.hidden_layer.pictures import PAGE as NETWORK


@cache
def page():
    """Return all that the cells of the page define, run as they stand."""
    names = {}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in code_cells("autograd"):
            exec(cell.source, names)
    return names


def right():
    """Return the gradient of x in the page's first graph."""
    return value.left(value.three_uses(), TURN)


def neuron():
    """Return the loss of a neuron with two inputs, and its five given numbers."""
    x, w, u, v, b = (Value(each) for each in (1.0, 0.5, 2.0, -1.2, 0.3))
    error = squash(x * w + u * v + b) + Value(-1.0)
    return Value(0.5) * error * error, [x, w, u, v, b]


PAGE = [
    ("then two calls give {}.", lambda: [f"{2 * right():g}"]),
    ("after {} squarings there are {} of them", lambda: [30, f"{2**30:,}"]),
    ("At $x = 1$ its slope is {}.", lambda: [f"{value.left(squares(2), TURN):g}"]),
    ("can be read: up to {} values", lambda: [MOST]),
    ("Here is seed {} of stage 06, at learning rate {},", lambda: [2, 5]),
    (
        "from {} arrays in place of {} numbers",
        lambda: [len(page()["in_order"](page()["loss"])), f"{scalars():,}"],
    ),
    ("Here are {} points in two half-moons", lambda: [len(page()["X"])]),
    (
        "through {} hidden layers of {} units each",
        lambda: [in_words(len(page()["deep"]) - 1), page()["deep"][0].W.shape[1]],
    ),
    (
        "it held {}, got another {}, and passed on {} where {} was due",
        lambda: [1, 1, 2, 1],
    ),
]
REPLIES = [
    ("twice", "gives x the gradient {}. You", lambda: [f"{right():g}"]),
    ("twice", "{} is there, x · x", lambda: [f"{right():g}"]),
    ("broadcast", "shape ({}, 2). What", lambda: [len(page()["X"])]),
]
test_the_page_says, test_a_reply_says, test_no_number_is_unproved = prove(
    "autograd", PAGE, REPLIES
)


def scalars():
    """Return how many Values stand behind the loss of the larger network."""
    names = page()
    parts = [(names["values"](W), names["values"](b)) for W, b, _ in names["deep"]]
    return len(names["in_order"](names["loss_of"](names["X"], names["y"], parts)))


# The page's own code


def test_the_values_of_the_page_are_those_of_the_room():
    """Same numbers, same order, same gradients, on graphs made at random."""
    names, random = page(), np.random.default_rng(0)
    for _ in range(20):
        both = []
        steps = random.integers(0, 3, 8), random.integers(0, 4, (8, 2))
        for kind, sigmoid in ((names["Value"], names["squash"]), (Value, squash)):
            made = [kind(0.3), kind(-1.2), kind(0.8), kind(1.5)]
            for step, (i, j) in zip(*steps):
                one, other = made[-1 - i], made[-1 - j]
                made.append((one + other, one * other, sigmoid(one))[step])
            both.append(made[-1])
        orders = names["in_order"](both[0]), value.in_order(both[1])
        names["backward"](both[0])
        value.backward(both[1])
        for attribute in ("data", "grad", "name"):
            ours, rooms = ([getattr(each, attribute) for each in o] for o in orders)
            assert ours == rooms


def test_backward_agrees_with_nudging():
    numbers = [1.0, 0.5, 2.0, -1.2, 0.3]

    def loss(x, w, u, v, b):
        return 0.5 * (1 / (1 + np.exp(-(x * w + u * v + b))) - 1) ** 2

    made, given = neuron()
    value.backward(made)
    for i, each in enumerate(given):
        up, down = ([*numbers] for _ in range(2))
        up[i], down[i] = numbers[i] + 1e-6, numbers[i] - 1e-6
        assert each.grad == pytest.approx((loss(*up) - loss(*down)) / 2e-6, abs=1e-9)


def test_autograd_of_the_page_finds_the_gradients_of_the_module():
    X, y = xor()
    names = page()
    assert all(
        np.array_equal(p, q)
        for page_layer, stage_06 in zip(names["net"], NETWORK)
        for p, q in zip(page_layer[:2], stage_06[:2])
    )
    parts = [(names["values"](W), names["values"](b)) for W, b, _ in NETWORK]
    loss = names["loss_of"](X, y, parts)
    for _ in range(2):  # a second time gives the same, not twice as much
        names["backward"](loss)
        for grads, part in zip(network.gradients(NETWORK, X, y), parts):
            for wanted, values in zip(grads[:2], part):
                found = [[v.grad for v in row] for row in values]
                assert np.array(found) == pytest.approx(wanted, rel=1e-12)


def test_autograd_is_right_on_random_networks():
    names, random = page(), np.random.default_rng(0)
    for depth in (1, 2, 3):
        widths = [*random.integers(1, 4, depth), 1]
        one = network.init(widths, seed=depth)
        X, y = random.normal(size=(3, widths[0])), random.random((3, 1))
        parts = [(names["values"](W), names["values"](b)) for W, b, _ in one]
        loss = names["loss_of"](X, y, parts)
        names["backward"](loss)
        assert loss.data == pytest.approx(network.loss_value(one, X, y))
        for grads, part in zip(network.gradients(one, X, y), parts):
            for wanted, values in zip(grads[:2], part):
                found = [[v.grad for v in row] for row in values]
                assert np.array(found) == pytest.approx(wanted, rel=1e-10)


def test_the_values_train_as_the_module_does():
    X, y = xor()
    start = network.init((2, 2, 1), seed=2)
    parts, _ = page()["train_values"](start, X, y, 5, 400)
    theirs = network.train(start, X, y, 5, 400).at(400)
    for part, layer in zip(parts, theirs):
        for values, wanted in zip(part, layer[:2]):
            found = [[each.data for each in row] for row in values]
            assert np.array(found) == pytest.approx(wanted, rel=1e-9)
    assert ((network.forward(theirs, X)[-1] > 0.5) == y).all()


def test_arrays_agree_with_the_module_for_any_shape_that_is_stretched():
    names, random = page(), np.random.default_rng(1)
    Array, backward = names["Array"], names["backward_arrays"]
    for shapes in (
        ((3, 2), (1, 2)),
        ((3, 1), (3, 2)),
        ((1, 1), (3, 2)),
        ((1, 2), (3, 1)),
    ):
        a, b = (Array(random.normal(size=shape)) for shape in shapes)

        def total(a, b):
            c = a * b + a
            rows, columns = c.data.shape
            return Array(np.ones((1, rows))) @ c @ Array(np.ones((columns, 1)))

        backward(total(a, b))
        for part in (a, b):
            wanted = np.zeros(part.data.shape)
            for at in np.ndindex(*part.data.shape):
                ends = []
                for nudge in (1e-6, -1e-6):
                    part.data[at] += nudge
                    ends.append(total(a, b).data.item())
                    part.data[at] -= nudge
                wanted[at] = (ends[0] - ends[1]) / 2e-6
            assert part.grad == pytest.approx(wanted, abs=1e-8)


# Ways back


@pytest.mark.parametrize(
    "way, gradients",
    [(TURN, (2, 4, 8, 16)), (SET, (1, 1, 1, 1)), (EARLY, (2, 6, 26, 166))],
)
def test_what_each_way_makes_of_squarings(way, gradients):
    assert tuple(value.left(squares(k), way) for k in (1, 2, 3, 4)) == gradients


def test_a_walk_at_once_ends_and_one_in_turn_takes_each_edge_once():
    order = value.in_order(squares(20))
    assert len(moments(order, TURN)) == 1 + 40
    assert len(moments(order, EARLY)) == value.EDGES + 1
    assert moments(order, TURN)[-1].held[0] == 2**20


def test_a_walk_that_is_not_done_says_so():
    x = Value(2.0, name="late")
    picture = Backward(squares(12) + x)
    assert "late" not in (said := picture.words(way=EARLY, step=40))
    assert said.endswith("It is not done after 400 edges.")


def test_the_buttons_of_one_walk_lead_to_its_own_end():
    usual, longer = Backward(), Backward(squares(5))
    ends = [
        {state["step"] for state in each.states.values()} for each in (usual, longer)
    ]
    assert ends == [{max(each.controls["step"].stops)} for each in (usual, longer)]
    assert ends[0] != ends[1]


def test_a_value_sends_only_when_it_is_complete():
    loss, _ = neuron()
    found = moments(value.in_order(loss), TURN)
    for before, after in zip(found, found[1:]):
        assert after.edge[0] in before.complete


# The picture


class Own:
    """What a learner may have written: another class, with the page's names alone."""

    def __init__(self, data, parents=(), slopes=()):
        self.data, self.parents, self.slopes = data, parents, slopes


def last(loss, way):
    """Return the words at the end of a way back."""
    picture = Backward(loss)
    return picture.words(way=way, step=picture.controls["step"].stops[-1])


def test_a_wrong_gradient_is_told_wherever_it_is_and_by_digits_that_differ():
    x = Value(0.0, name="x")
    y = x * x
    assert "Wrong: the × of 0 holds 1, right is 2." in last(y + y, SET)
    x = Value(1e-9, name="x")
    assert "Wrong: x holds" in last(x * x, SET)
    x = Value(3.0, name="x")
    wide = x * Value(1000.0, name="k") + x
    assert "x holds 1,000, right is 1,001." in last(wide, SET)


@pytest.mark.parametrize("factors", [*itertools.permutations((0.1, 0.2, -0.3))])
@pytest.mark.parametrize("way", [TURN, EARLY])
def test_what_is_left_where_gradients_cancel_is_no_mistake(factors, way):
    a = Value(2.0, name="a")
    one, two, three = (a * Value(each) for each in factors)
    assert "Wrong" not in last(one + two + three, way)


@pytest.mark.parametrize("below", [True, False])
def test_of_what_is_wrong_the_leftmost_is_named_first(below):
    a, b = Value(2.0, name="a"), Value(5.0, name="b")
    z = a * a + b if below else b + a * a
    assert "Wrong: a holds" in last(z * z, SET)  # not b, which stands above or below


def test_what_is_wrong_beyond_two_is_counted():
    x = [Value(1.0, name=name) for name in "abcd"]
    y = x[0] * x[1] + x[2] * x[3]
    assert last(y * y, SET).endswith("; 5 more.")


def test_nothing_waits_where_all_is_sent_on_at_once():
    picture = Backward(squares(3))
    for step in picture.controls["step"].stops:
        assert "waits" not in picture.words(way=EARLY, step=step)


def test_each_of_several_edges_is_inside_the_picture():
    x = Value(2.0, name="$$")  # no formula
    cube = Value(8.0, (x, x, x), (4.0, 4.0, 4.0), "³")
    picture = Backward(cube)
    heights = [line[20, 1] for line in picture.lines.values()]
    assert len({round(each, 3) for each in heights}) == 3
    assert 0 < min(heights) and max(heights) < 3.6
    Screen(picture).frame(way=TURN, step=1)


def test_each_edge_bears_its_own_slope():
    a, b, c = (Value(each, name=name) for each, name in zip((3.0, -2.0, 1.5), "abc"))
    picture = Backward(a * b + c)
    figure = Figure(picture.size)
    picture.draw(figure, way=TURN, step=0)
    told = {text.get_position(): text.get_text() for text in figure.axes[0].texts}
    for (i, which), line in picture.lines.items():
        slope = {a: "−2", b: "3"}.get(picture.order[i].parents[which], "1")
        assert told[tuple(line[len(line) // 2])] == slope


def test_any_object_with_the_names_of_the_page_is_drawn_and_left_alone():
    x = Own(3.0)
    p = Own(9.0, [x, x], [3.0, 3.0])
    picture = Backward(Own(12.0, [p, x], [1.0, 1.0]))
    assert "right" in picture.words(way=TURN, step=4)
    said = picture.words(way=SET, step=4)
    assert "Wrong: the value of 3 holds 3, right is 7." in said
    assert not hasattr(x, "grad")
    assert isinstance(live(picture, way=TURN, step=1).picture, Picture)


def wide():
    total = Value(1.0) + Value(2.0)
    for _ in range(3):
        total = total * (Value(1.0) + Value(2.0))
    return total


def unlike(**changed):
    x = Value(1.0)
    whole = x + x
    for name, new in changed.items():
        setattr(whole, name, new)
    return whole


@pytest.mark.parametrize(
    "loss, says",
    [
        (3.0, "loss: got a graph with a float; needs a Value, with the data"),
        ([Value(1.0)], "loss: got a graph with a list; needs a Value"),
        (unlike(parents=(1.0, 2.0)), "loss: got a graph with a float; needs a Value"),
        (
            unlike(slopes=(1.0,)),
            "got a value with 2 parents and 1 slope; needs a slope",
        ),
        (unlike(data="2"), "got a value with '2' among its data and slopes"),
        (unlike(slopes=(1.0, np.nan)), "got a value with nan among its data"),
        (unlike(data=np.ones(2)), "among its data and slopes; needs numbers"),
        (Value(2.0), "got a Value that was computed from nothing; needs the result"),
        (squares(30), f"got a graph of 31 values; needs {MOST} at most"),
        (unlike(parents=iter(())), "whose parents are a tuple_iterator; needs a tuple"),
        (unlike(slopes=Decimal(1)), "whose slopes are a Decimal; needs a tuple"),
        (unlike(data=Decimal(1)), "among its data and slopes; needs numbers"),
        (squares(20), f"values one after another; needs {LONG} at most"),
        (wide(), f"values above one another; needs {BESIDE} at most"),
    ],
)
def test_what_is_no_graph_of_values_is_refused(loss, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        Backward(loss)


def test_as_many_values_as_are_allowed_are_drawn():
    y = squares(1)
    while len(in_order(y)) < MOST:
        y = y + Value(0.5)
    assert len(Backward(y).order) == MOST
    with pytest.raises(ValueError, match=f"got a graph of {MOST + 2} values"):
        Backward(y + Value(0.5))


def test_backward_begins_from_0_whatever_was_there():
    for _ in range(2):
        loss = value.three_uses()
        order = in_order(loss)
        for each in order:
            each.grad = 5.0
        value.backward(loss)
        once = [each.grad for each in order]
        value.backward(loss)
        assert [each.grad for each in order] == once
        assert once[-1] == 1


def test_values_that_are_compared_by_their_numbers_are_refused():
    equal = type("Equal", (Value,), {"__eq__": lambda self, other: True})
    with pytest.raises(ValueError, match="got an Equal that can't be told from its"):
        Backward(equal(1.0))


def test_a_graph_that_runs_in_a_circle_is_refused():
    x = Value(1.0)
    y = x + x
    x.parents, x.slopes = (y,), (1.0,)
    with pytest.raises(ValueError, match="got a value that stands behind itself"):
        Backward(y)


def test_no_circle_lies_on_another_and_all_lie_inside():
    for loss in (squares(2), squares(8), value.three_uses(), neuron()[0]):
        picture = Backward(loss)
        places = np.array(picture.places)
        apart = np.hypot(*(places[:, None] - places).transpose(2, 0, 1))
        assert apart[~np.eye(len(places), dtype=bool)].min() > 0.5
        wide, high = picture.size
        assert (places > 0.35).all() and (places < (wide - 0.35, high - 0.5)).all()


# The exercises


def test_the_graphs_of_the_checks_tell_each_way_from_each_other():
    """One value is used twice, and behind it, on two levels, another."""
    for name in ("pass_back", "gradients_of"):
        losses = [probe[0] for probe in exercises("autograd")[name].probes]
        losses = [each[0] if isinstance(each, list) else each for each in losses]
        ends = [
            [value.left(loss, way) for way in (SET, EARLY, TURN)] for loss in losses
        ]
        assert any(len({*three}) == 3 for three in ends)


def test_a_check_leaves_its_graphs_as_they_were():
    exercise = exercises("autograd")["gradients_of"]
    values = [each for loss, _ in exercise.probes for each in value.in_order(loss)]
    before = [each.grad for each in values]
    for _ in range(2):
        assert exercise.check(exercise.reference).right
        assert [each.grad for each in values] == before


# PyTorch


def pytorch():
    """Return the PyTorch code of the page, and what it is said to print."""
    cells = nbformat.read(PATHS["autograd"], as_version=4).cells
    (at,) = [i for i, c in enumerate(cells) if "import torch" in c.source]
    text = "\n".join(c.source for c in cells[at : at + 2])
    return re.findall(r"```(?:python|text)\n(.*?)\n```", text, re.DOTALL)


def test_gradients_kept_from_a_graph_of_the_same_size_are_not_right():
    right, kept = exercises("autograd")["pass_back"], {}

    def pass_back(order):
        if len(order) not in kept:
            kept[len(order)] = right.reference(order)
        return kept[len(order)]

    assert not right.check(pass_back).right


def test_the_stored_numbers_of_pytorch_are_ours():
    _, printed = pytorch()
    loss, *grads = (line.split(" ", 1)[1] for line in printed.splitlines())
    X, y = xor()
    assert float(loss) == round(float(network.loss_value(NETWORK, X, y)), 6)
    ours = [g for layer in network.gradients(NETWORK, X, y) for g in layer[:2]]
    for stored, mine in zip(grads, ours, strict=True):
        assert np.array(eval(stored)) == pytest.approx(mine, abs=5.1e-7)


def test_pytorch_prints_what_the_page_says():
    pytest.importorskip("torch", reason="PyTorch is not part of the course's set-up")
    code, printed = pytorch()
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(code, {})
    assert output.getvalue().strip() == printed


def test_pytorch_adds_in_the_given_values_alone():
    torch = pytest.importorskip("torch", reason="as above")
    x = torch.tensor(3.0, requires_grad=True)
    for _ in range(2):
        (x * x + x).backward()
    assert x.grad.item() == 14


met_before = set()


def kept_outside(loss, values):
    order, to_see = [], [(loss, False)]
    while to_see:
        one, ready = to_see.pop()
        if ready:
            order.append(one)
        elif one not in met_before:
            met_before.add(one)
            to_see += [(one, True), *((each, False) for each in one.parents)]
    for one in order:
        one.grad = 0.0
    loss.grad = 1.0
    for one in reversed(order):
        for parent, slope in zip(one.parents, one.slopes):
            parent.grad += slope * one.grad
    return [each.grad for each in values]


def kept_in_a_default(loss, values, found={}):  # noqa: B006
    found[loss] = 1.0
    for one in reversed(in_order(loss)):
        for parent, slope in zip(one.parents, one.slopes):
            found[parent] = found.get(parent, 0.0) + slope * found[one]
    return [found.get(each, 0.0) for each in values]


@pytest.mark.parametrize("answer", [kept_outside, kept_in_a_default])
def test_what_stays_under_a_value_s_identity_is_seen(answer):
    verdict = exercises("autograd")["gradients_of"].check(answer)
    assert not verdict.right and "Called a second time with L = " in verdict.text


@pytest.mark.parametrize("back", [0, 1])
@pytest.mark.parametrize("h", [1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7])
def test_a_secant_is_told_as_one(h, back):
    def secant(a, b):
        return 1 / b, (a / (b + h) - a / (b - back * h)) / (h + back * h)

    told = exercises("autograd")["quotient_slopes"].check(secant).mistake
    assert told.startswith("the second is the slope of a secant")


def test_tiny_gradients_are_told_apart():
    twice = Backward(squares(3, 0.01))
    said = twice.words(way=SET, step=twice.controls["step"].stops[-1])
    assert "x holds 1e−14, right is 8e−14; the × of 0.0001 holds" in said
    assert "holds 0, right is 0" not in said
    a = Value(1e-5, name="a")
    apart = Backward((a * a) * (a * a))
    said = apart.words(way=SET, step=apart.controls["step"].stops[-1])
    assert "a holds 1e−15, right is 4e−15" in said
