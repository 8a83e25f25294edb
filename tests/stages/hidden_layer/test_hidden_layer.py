"""What stage 06 states: its page, the replies to its questions, its pictures."""

import re
from functools import cache

import numpy as np
import pytest
from pages import in_words, prove, sign
from test_hidden_units import LAST, divided, fewest_alone, trained, wrongs

from backprop import network
from backprop.data import xor
from backprop.network import Layer
from backprop.picture import say
from backprop.stages.hidden_layer import HiddenLayer, TwoLayerPass
from backprop.stages.hidden_layer import HiddenUnits as UNITS
from backprop.stages.hidden_layer.pictures import PAGE as NETWORK
from backprop.stages.hidden_layer.pictures import PRODUCTS, RULES, SEEDS

X, y = xor()
W1, b1, W2, b2 = (part for layer in NETWORK for part in layer[:2])
SEED = HiddenLayer.start["seed"]
(NEW,) = [step for step, rule in enumerate(RULES) if "backward  hidden" in rule]


def pass_step(step):
    """Return the numbers that a step of the page's picture adds."""
    return TwoLayerPass().numbers("1, 0")[step]


@cache
def ends(width, rate=1):
    """Return loss and outputs of the 20 seeds, trained: (20,) and (20, 4)."""
    widths = (2, width, 1) if width else (2, 1)
    start = network.init(widths, seed=SEEDS)
    runs = network.train(start, X, y, rate, 10_000, keep=[10_000])
    return runs.loss()[0], network.forward(runs.at(10_000), X)[-1][..., 0]


def solved(width, rate=1):
    """Return which of the 20 seeds have all four outputs right."""
    return ((ends(width, rate)[1] > 0.5) == y[:, 0]).all(-1)


def stuck_loss():
    loss, _ = ends(2)
    assert np.ptp(loss[~solved(2)]) < 2e-3
    return loss[~solved(2)].mean()


def on_the_plateau():
    """Return iteration and loss of the button."""
    iteration = HiddenLayer.states["plateau"]["iteration"]
    start = network.init((2, 2, 1), seed=SEED)
    return iteration, network.train(start, X, y, 1, iteration).loss()[-1]


def three_right():
    """Return the loss of a neuron that has one output wrong by 1."""
    return network.loss_value([Layer([[20.0], [20.0]], [[-10.0]])], X, y)


def three_together(corner):
    """Return what three outputs give where one unit cuts this corner off."""
    outputs = ends(1)[1]
    return np.median(outputs[np.round(np.median(outputs, 1)) != corner])


def onward():
    """Return what leads on from four hidden units, trained on digits from seed 0."""
    return trained(4).at(LAST)[1].W[0, :, 0]


def on_at():
    """Return the corner at which each trained hidden unit is on."""
    start = network.init((2, 2, 1), seed=SEED)
    trained = network.train(start, X, y, 1, 10_000, keep=[10_000]).at(10_000)
    on = network.forward(trained, X)[1] > 0.5
    return [", ".join(map(str, X[unit].ravel())) for unit in on.T]


def sizes():
    """Return how many units, outputs and examples the picture of products has."""
    _, _, _, (_, examples), (_, units), (_, outputs) = PRODUCTS["forward: a W"]
    return units, outputs, examples


PAGE = [
    ("those from {} other seeds", lambda: [len(SEEDS) - 1]),
    (
        "| `X` | {} | an example | an input |\n"
        "| `W1` | {} | an input | a hidden unit |\n"
        "| `b1` | {} | the only one | a hidden unit |\n"
        "| `a1` | {} | an example | a hidden unit |\n"
        "| `W2` | {} | a hidden unit | an output |\n"
        "| `b2` | {} | the only one | an output |\n"
        "| `a2`, `y` | {} | an example | an output |",
        lambda: [each.shape for each in (X, W1, b1, X @ W1 + b1, W2, b2, X @ W1 @ W2)],
    ),
    ("through the {} steps", lambda: [in_words(len(RULES) - 1)]),
    ("Step {} is the new one", lambda: [NEW]),
    ("from {} units to {} outputs, for {} examples", sizes),
    ("{} slopes at once", lambda: [in_words(W1.size + b1.size + W2.size + b2.size)]),
    ("For about {} iterations little", lambda: [on_the_plateau()[0]]),
    ("the loss comes down to {} and", lambda: [sign(on_the_plateau()[1])]),
    ("Unit 1 is on (blue) only at the corner {}; unit 2 only at {}.", on_at),
    ("costs 2 · ½ · (½)² = {}.", lambda: [sign(stuck_loss())]),
    ("together, here at {}.", lambda: [sign(np.median(ends(1)[1][SEED]))]),
    ("corner's target is 1, at {}.)", lambda: [sign(three_together(corner=1))]),
    (
        "From every seed the loss ends near {}.",
        lambda: {sign(each) for each in ends(1)[0]},
    ),
    (
        "those from {} to {} all end at ½ for two rows",
        lambda: [say(each) for each in (0.3, 4)],
    ),
    ("and those from {} to {} get all four right", lambda: [5, 15]),
    (
        "{} of the {} seeds have all four right",
        lambda: [solved(2, rate=5).sum(), len(SEEDS)],
    ),
    ("opens after {} iterations: no unit", lambda: [UNITS.start["iteration"]]),
    ("with weights {} and {}.", lambda: [say(onward()[unit], 2) for unit in (0, 2)]),
    (
        "Four units read {} to {} held-out",
        lambda: [wrongs(4)[-1].min(), wrongs(4)[-1].max()],
    ),
    ("a neuron alone {} or {};", lambda: sorted({*wrongs(0)[-1].tolist()})),
    ("are they fewer than {}. Two", lambda: [fewest_alone()]),
    ("but from seed {} one of them does", lambda: [wrongs(2)[-1].argmax()]),
    ("nearly all of it: {} wrong", lambda: [wrongs(2)[-1].max()]),
    ("only seeds {} and {} end with one unit for 6 and another for 9", divided),
]
REPLIES = [
    ("upper unit", "delta is {}. The", lambda: [say(pass_step(3)[0])]),
    ("upper unit", "has a = {}, and", lambda: [say(pass_step(1)[2])]),
    ("upper unit", "to the output is {}.", lambda: [say(W2[0, 0])]),
    ("one neuron", "1 costs ½ · 1² = {},", lambda: [sign(three_right())]),
    ("one neuron", "4 · ½ · (½)² = {} as", lambda: {sign(each) for each in ends(0)[0]}),
    ("one neuron", "All four are {}.", lambda: {sign(a) for a in ends(0)[1].flat}),
    ("how many seeds", "Yes: from {}.", lambda: [solved(2).sum()]),
    ("how many seeds", "The other {} end", lambda: [in_words((~solved(2)).sum())]),
    ("how many seeds", "From {} of these", lambda: [(~solved(2)).sum()]),
    ("how many seeds", "to a loss near {}, and", lambda: [sign(stuck_loss())]),
    ("how many seeds", "than half: {} of these", lambda: [solved(2).sum()]),
    ("how many seeds", "Two are enough: {} of", lambda: [solved(2).sum()]),
    ("exit", "of these {}, all", lambda: [solved(3).sum()]),
    ("exit", "stays at a loss of {} on", lambda: [f"{stuck_loss():.2f}"]),
    ("exit", "come to {} and no lower", lambda: [f"{stuck_loss():.2f}"]),
    (
        "exit",
        "every gradient is 0 on XOR, and the loss stays at {}.",
        lambda: [sign(network.loss_value(network.init((2, 2, 1), scale=0), X, y))],
    ),
]
test_the_page_says, test_a_reply_says, test_no_number_is_unproved = prove(
    "hidden_layer", PAGE, REPLIES
)


@pytest.mark.parametrize("rate", [1, 3, 5])
def test_a_neuron_alone_ends_at_one_half(rate):
    assert ends(0, rate)[1] == pytest.approx(np.full((20, 4), 0.5), abs=1e-6)
    words = HiddenLayer().words(learning_rate=rate, iteration=10000, width=0, seed=7)
    assert "Outputs 0.5, 0.5, 0.5 and 0.5" in words and "0 of 4" in words


def test_no_neuron_does_better_than_one_half():
    random = np.random.default_rng(0)
    many = [
        Layer(random.normal(0, 9, (20000, 2, 1)), random.normal(0, 9, (20000, 1, 1)))
    ]
    assert network.loss_value(many, X, y).min() >= 0.5


@pytest.mark.parametrize("rate", [0.5, 1, 2])
def test_how_many_seeds_solve_it_whatever_the_last_bit(rate):
    """The same seeds stick when the start is moved by far more than rounding."""
    for width, stuck in ((2, [0, 1, 11, 12]), (3, []), (4, [])):
        start = network.init((2, width, 1), seed=SEEDS)
        nudged = [Layer(W + 1e-12, b - 1e-12) for W, b, _ in start]
        end = network.train(nudged, X, y, rate, 10_000, keep=[10_000]).at(10_000)
        right = ((network.forward(end, X)[-1] > 0.5) == y).all((-2, -1))
        assert np.flatnonzero(~solved(width, rate)).tolist() == stuck
        assert np.flatnonzero(~right).tolist() == stuck


def test_each_stuck_seed_has_two_outputs_near_one_half():
    outputs = ends(2)[1][~solved(2)]
    assert ((abs(outputs - 0.5) < 0.1).sum(1) == 2).all()


@pytest.mark.parametrize(
    ("rates", "right"), [((0.3, 1, 2, 4), 2), ((5, 7, 10, 12, 15), 4)]
)
def test_which_rates_solve_xor_from_seed_0(rates, right):
    for rate in rates:
        outputs = ends(2, rate)[1][0]
        assert (abs(outputs - y[:, 0]) < 0.1).sum() == right
        assert (abs(outputs - 0.5) < 0.01).sum() == 4 - right
    assert not solved(2, rate=5).all()


def test_the_numbers_on_the_edges_are_the_gradients_of_each_example():
    picture = TwoLayerPass()
    numbers = [picture.numbers(each) for each in picture.controls["example"].options]
    _, _, _, db2, dW2, db1, dW1 = (np.sum(step, axis=0) for step in zip(*numbers))
    first, last = network.numeric_gradients(NETWORK, X, y)
    for got, want in ((dW1, first.W), (db1, first.b), (dW2, last.W), (db2, last.b)):
        assert got == pytest.approx(want.ravel(), abs=1e-9)


FACTOR = r"(?:\([^()]+\)|[\d.]+)"
EQUATION = re.compile(rf"({FACTOR}(?: · {FACTOR})+) ([=≈]) (\S*\d)")


def test_an_equation_says_about_where_its_numbers_give_another_last_digit():
    picture, signs = TwoLayerPass(), []
    for step in (3, 5):
        for example in picture.controls["example"].options:
            words = picture.words(step=step, example=example)
            for product, sign_, number in EQUATION.findall(words):
                value = eval(product.replace("−", "-").replace("·", "*"))
                assert sign_ == ("=" if say(value) == number else "≈"), words
                signs.append(sign_)
    assert len(signs) == 12 and {*signs} == {"=", "≈"}


def test_an_iteration_between_the_kept_ones_is_trained_exactly():
    values = {"learning_rate": 0.7, "iteration": 1234, "width": 3, "seed": 5}
    alone = network.train(network.init((2, 3, 1), seed=5), X, y, 0.7, 1234)
    assert f"the loss is {say(alone.loss()[-1])}" in HiddenLayer().words(**values)


def test_a_width_of_its_own_is_one_picture_s_alone():
    wide, usual = HiddenLayer(4), HiddenLayer()
    assert (wide.start["width"], usual.start["width"]) == (4, 2)
    assert HiddenLayer.start["width"] == 2
