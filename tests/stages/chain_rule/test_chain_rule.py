"""What stage 04 states: its page, the replies to its questions, its pictures."""

import re

import numpy as np
import pytest
from pages import central, in_words, minus, prove

from backprop import network
from backprop.data import four_rows
from backprop.frame import Screen
from backprop.network import sigmoid
from backprop.number import read
from backprop.picture import say
from backprop.question import answer
from backprop.stages.chain_rule import (
    ComputationGraph,
    Fork,
    LossOfWeight,
    Nudge,
    pictures_forks,
)
from backprop.stages.chain_rule.checks import batch_gradient, neuron_backward
from backprop.stages.chain_rule.pictures import SLIPS, STEPS, _forward, _slope

X, y = four_rows()
W = network.backpropagation(X, y, 1, 0)


def links():
    """Return the slopes of z, a and the loss at w = 1, each by nudging."""
    z, a, _ = _forward(1)
    return [
        say(slope, 2)
        for slope in (
            central(lambda w: _forward(w)[0], 1),
            central(sigmoid, z),
            central(lambda a: (a - 1) ** 2 / 2, a),
        )
    ]


def high_and_level():
    """Return the error and the slope of the sigmoid where the loss is level."""
    _, a, _ = _forward(LossOfWeight.states["high and level"]["w"])
    return a - 1, a * (1 - a)


def neuron():
    """Return what the first exercise gives for the numbers to compare with."""
    return neuron_backward(np.array([2, -3]), np.array([-1, -2]), -3, 1)


def multiplied(said, sign):
    """Return the product of numbers that are said: "2 · (−0.5)"."""
    return np.prod([read(each.strip(" ()")) for each in said.split(sign)])


def rounds_to(number, said):
    """Tell whether a number is said rightly: to half of the last place that is said."""
    places = len(said.partition(".")[2].partition("e")[0])
    unit = 10.0**-places * float(
        "1e" + (said.partition("e")[2] or "0").replace("−", "-")
    )
    return abs(number - read(said)) <= unit / 2 * (1 + 1e-9)


PAGE = [
    (
        "$\\partial z/\\partial w = x$ | {} |\n"
        "| $a = \\sigma(z)$ | $\\partial a/\\partial z = a(1 - a)$ | {} |\n"
        "| $L = \\frac12(a - y)^2$ | $\\partial L/\\partial a = a - y$ | {} |",
        links,
    ),
    (
        "Then $z$ moves {} times as far, $a$ about {} times as far as $z$, and $L$ "
        "about {} times as far as $a$. So $L$ moves about {} · {} · ({}) times",
        lambda: links() * 2,
    ),
    (
        "The output is off by almost {}, as far as it can be, and the slope is almost "
        "{}.",
        lambda: [f"{abs(each):.0f}" for each in high_and_level()],
    ),
    (
        "the error is almost {}, but $a(1 - a)$ is almost {},",
        lambda: [minus(each, ".0f") for each in high_and_level()],
    ),
    (
        "$\\Delta z/\\Delta w$ is {} throughout",
        lambda: {say(Nudge().ratios(each)[1][0]) for each in (1e-4, 0.3, 2)},
    ),
    ("`dL_db` is about {}.", lambda: [f"{neuron()[1]:.2f}"]),
    ("above: $z = {}$", lambda: [np.dot([2, -3], [-1, -2]) - 3]),
    (
        "`dL_dw` is about ({}, {})",
        lambda: [minus(each, ".2f") for each in neuron()[0]],
    ),
    ("a fork with {} paths", lambda: [in_words(len(X))]),
    (
        "| `X.T` | {} | weights × rows |\n"
        "| `delta` | {} | rows × outputs |\n"
        "| `X.T @ delta` | {} | weights × outputs: the {} rows",
        lambda: [X.T.shape, y.shape, (X.T @ y).shape, len(X)],
    ),
    (
        "which was {}. One is right",
        lambda: [f"{network.loss_value([network.Layer(W)], X, y):.4f}"],
    ),
]
REPLIES = [
    ("minus a quarter", "the loss is {}, and", lambda: [_forward(1)[2]]),
    ("minus a quarter", "∂L/∂w is {}.", lambda: [say(_slope(1))]),
    (
        "minus a quarter",
        "the loss to {}, below",
        lambda: [say(_forward(1)[2] + _slope(1))],
    ),
    ("minus a quarter", "at w = 2 the loss is {}.", lambda: [f"{_forward(2)[2]:.4f}"]),
    ("any size", "ratio is {} there", lambda: [say(Nudge().ratios(2)[1][1])]),
    (
        "two paths",
        "through row 1 is {}, and along the path through row 2 it is {}.",
        lambda: map(say, Fork().factors("both", 0)[1]),
    ),
]
test_the_page_says, test_a_reply_says, test_no_number_is_unproved = prove(
    "chain_rule", PAGE, REPLIES
)


def test_the_slope_of_the_neuron_is_that_of_its_loss():
    for w in np.linspace(-3, 5, 17):
        assert _slope(w) == pytest.approx(
            central(lambda w: _forward(w)[2], w), abs=1e-9
        )


def test_the_state_steep_is_the_steepest_stop():
    steepest = min(LossOfWeight.controls["w"].stops, key=_slope)
    assert LossOfWeight.states["steep"] == {"w": steepest}


@pytest.mark.parametrize("nudge", Nudge.controls["nudge"].stops)
def test_ratios_multiply_at_any_size(nudge):
    first, second, third, whole = Nudge().ratios(nudge)[1]
    assert first * second * third == pytest.approx(whole, rel=1e-9)


def test_ratios_near_their_derivatives():
    assert Nudge().ratios(1e-4)[1] == pytest.approx((2, 0.25, -0.5, -0.25), rel=1e-3)


@pytest.mark.parametrize("nudge", Nudge.controls["nudge"].stops)
def test_the_ratios_that_are_said_multiply_to_the_one_that_is_said(nudge):
    said = re.search(r"ratios (.+) multiply to ΔL/Δw = (\S+);", Nudge().words(nudge))
    assert rounds_to(multiplied(said[1], "×"), said[2])


@pytest.mark.parametrize("w", Fork.controls["w"].stops)
def test_the_factors_of_the_fork_that_are_said_multiply_and_add_up(w):
    words = Fork().words("both", w)
    said = re.search(r"gives (.+) = (.+), the lower path (.+) = (\S+?)\. Their", words)
    for factors, product in (said[1], said[2]), (said[3], said[4]):
        assert rounds_to(multiplied(factors, "·"), product)
    (total,) = re.findall(r"sum is (\S+),", words)
    added = read(said[2]) + read(said[4])
    assert abs(added) < 1e-4 if "cancel" in words else rounds_to(added, total)
    assert read(total) == pytest.approx(central(Fork().loss, w), abs=6e-4)


@pytest.mark.parametrize(
    "w", [*ComputationGraph.controls["w"].stops, 1 / 3, 0.33333, 1.2346, 1.23e-5]
)
def test_the_numbers_of_the_graph_that_are_said_give_those_that_are_said(w):
    n = {name: read(said) for name, said in ComputationGraph().said(w).items()}
    for name, number in {
        "wx": n["w"] * n["x"],
        "z": n["wx"] + n["b"],
        "a": network.sigmoid(n["z"]),
        "L": (n["a"] - n["y"]) ** 2 / 2,
        "da": n["a"] - n["y"],
        "slope": n["a"] * (1 - n["a"]),
        "dz": n["da"] * n["slope"],
        "dw": n["dwx"] * n["x"],
        "dx": n["dwx"] * n["w"],
    }.items():
        assert rounds_to(number, ComputationGraph().said(w)[name]), name


@pytest.mark.parametrize("w", [-1, 0.3, 1, 2])
def test_the_graph_holds_the_gradients_of_the_network(w):
    layer = network.Layer(np.array([[w]]), np.array([[-2.0]]))
    dW, db = network.gradients([layer], [[2]], [[1]])[0]
    numbers = ComputationGraph().said(w)
    for name, exact in {"dw": dW, "db": db, "dz": db, "dwx": db, "dx": db * w}.items():
        said = float(numbers[name].replace("−", "-"))
        assert said == pytest.approx(exact.item(), rel=5e-3), name


def test_where_the_paths_of_the_fork_cancel_the_weight_is_said_as_far_as_it_tells():
    cancels = Fork().words(**Fork.states["they cancel"])
    assert cancels.startswith("At w = 0.3649 ") and cancels.endswith("level.")
    assert Fork().words("both", 0.365).startswith("At w = 0.365 ")


def test_what_enters_the_sigmoid_stands_in_one_pair_of_brackets():
    assert "σ(−3.4) = 0.0323" in ComputationGraph().words(step=3, w=-0.7)
    assert "σ(1) = 0.7311" in ComputationGraph().words(step=3, w=1.5)


def test_the_graph_shows_a_number_only_when_it_is_asked_for():
    screen = Screen(ComputationGraph())
    picture = screen.picture
    for step in range(len(STEPS) + 1):
        screen.frame(step=step, w=1)
        shown = [picture.texts[name].get_text() != "" for name, *_ in STEPS]
        assert shown == [i < step for i in range(len(STEPS))]
        assert picture.asked.get_visible() == (step < len(STEPS))


def test_the_paths_of_the_fork_add_up_to_its_slope():
    fork = Fork()
    for w in (-2, 0, 0.365, 1.5):
        products = fork.factors("both", w)[1]
        assert products.sum() == pytest.approx(central(fork.loss, w), abs=1e-9)
    weights = np.linspace(-3, 3, 6001)
    assert weights[fork.loss(weights).argmin()] == pytest.approx(0.365)


def test_the_two_lines_for_many_rows_are_those_of_the_network():
    random = np.random.default_rng(4)
    X, y = random.normal(size=(5, 3)), random.random((5, 2))
    layer = network.init((3, 2), seed=4)[0]
    ours = batch_gradient(X, y, *layer[:2])
    theirs = network.gradients([layer], X, y)[0]
    for a, b in zip(ours, theirs):
        assert a == pytest.approx(b, rel=1e-12)


@pytest.mark.parametrize("w", ComputationGraph.controls["w"].stops)
def test_each_slip_at_a_step_of_the_graph_differs_from_the_right_number(w):
    graph = ComputationGraph()
    for step, (name, *_) in enumerate(STEPS):
        asked = graph.asks(step, w)
        assert answer(asked, asked["answer"]) == (True, asked["right"])
        # What the picture shows there is right, and what is computed from it.
        assert answer(asked, read(graph.said(w)[name]))[0]
        for wrong in asked["wrong"]:
            assert answer(asked, wrong["value"]) == (False, wrong["reply"])
        assert asked["next"] == {"step": step + 1}
    assert graph.asks(len(STEPS), w) is None


def test_each_slip_is_met_at_some_weight():
    graph = ComputationGraph()
    for step, (name, *_) in enumerate(STEPS):
        met = {
            wrong["reply"]
            for w in graph.controls["w"].stops
            for wrong in graph.asks(step, w)["wrong"]
        }
        assert met >= {reply for _, reply in SLIPS[name]}, name


def test_where_two_slips_give_one_number_both_are_said():
    graph = ComputationGraph()
    asked = graph.asks([name for name, *_ in STEPS].index("dw"), 1)
    _, reply = answer(asked, -0.125)
    assert "the factor itself" in reply
    assert "Or: that passes it on as a + does" in reply


def test_the_slips_at_w_0_5_are_those_of_the_ideas():
    graph = ComputationGraph()
    names = [name for name, *_ in STEPS]
    z, a = -1, 1 / (1 + np.e)
    dz = (a - 1) * a * (1 - a)
    for name, typed, said in [
        ("z", -2, "This node is a +."),
        ("a", z, "That is z itself."),
        ("L", (a - 1) ** 2, "leaves out the ½"),
        ("da", 1 - a, "sign is flipped"),
        ("dz", a - 1, "passes it on as it is"),
        ("dz", a * (1 - a), "local slope alone"),
        ("db", dz / 2, "not shared"),
        ("db", dz * -2, "multiplies by the summand"),
        ("dw", dz * 0.5, "multiplies by the factor itself"),
        ("dw", dz, "passes it on as a + does"),
        ("dx", dz * 2, "multiplies by the factor itself"),
    ]:
        right, reply = answer(graph.asks(names.index(name), 0.5), typed)
        assert not right and said in reply, (name, reply)


@pytest.mark.parametrize(
    "number, told",
    [(-3.0, "−3"), (-99_840, "−99,840"), (121_600.0, "≈ 10⁵"), (-3e7, "≈ −10⁷")],
)
def test_a_box_holds_a_number_or_its_power_of_ten(number, told):
    assert pictures_forks._short(number) == told
