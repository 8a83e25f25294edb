"""What stage 05 states: its page, and the replies to its questions."""

from functools import cache

import numpy as np
import pytest
from pages import axes_of, in_words, prove, sign

from backprop import network
from backprop.data import four_rows, threes_and_sevens
from backprop.network import Layer, sigmoid, sigmoid_derivative
from backprop.picture import say, say_all
from backprop.stages.training_loop import Training
from backprop.stages.training_loop.pictures_image import carrying, read_wrong

X, y = four_rows()
W0 = network.backpropagation(X, y, 1, 0)
a0 = sigmoid(X @ W0)
delta0 = (a0 - y) * a0 * (1 - a0)


@cache
def trained(rate=1):
    return network.train([Layer(W0)], X, y, rate, 10_000)


def loss(*iterations, rate=1):
    return trained(rate).loss()[list(iterations)]


def final_weights():
    return trained().at(10_000)[0].W.ravel()


def wrong(rate):
    """Return which outputs are on the wrong side of ½, at each iteration: (n, 4)."""
    outputs = network.forward(trained(rate).network, X)[-1]
    return ((outputs > 0.5) != y)[..., 0]


def thrown_over(rate, iteration):
    """Return in words how many outputs a step takes to the wrong side of ½."""
    before, after = wrong(rate)[iteration - 1 : iteration + 1]
    return in_words((after & ~before).sum())


def rows(where):
    return say_all(np.flatnonzero(where) + 1)


def as_far_as(target):
    """Return the iteration at rate 1 whose loss is nearest to this one."""
    return np.argmin(abs(trained().loss() - target))


def stretched_beyond():
    _, weights, _ = axes_of(Training())
    return weights.yaxis.get_transform().linthresh


def iterations_for_a_tenth():
    """Return how many times as many iterations a tenth of the loss takes, about."""
    low, tenth = (np.argmax(trained().loss() < loss(100) / n) for n in (10, 100))
    return 10 ** np.round(np.log10(tenth / low))


def length_of_a_step(rate):
    """Return how long each step is at a rate, once the first is done."""
    steps = rate * trained(rate).gradient_size()[[1, 100, 9999]]
    assert np.ptp(steps) < 0.05 * steps[0]
    return steps[0]


def delta_of_a_7(a):
    return say(abs(a - 1) * sigmoid_derivative(a))


PAGE = [
    (
        "at a slope of {}, a nudge of {} at the input moves the output by {}.",
        lambda: [0.2, 0.001, f"{0.2 * 0.001:.4f}"],
    ),
    (
        "If `a` moves {} times as much as `z`, and the loss {} times as much as `a`, "
        "then the loss moves {} · {} = {} times",
        lambda: [0.2, 0.5, 0.5, 0.2, say(0.5 * 0.2)],
    ),
    (
        "One step takes the loss from {} to {}.",
        lambda: [f"{each:.4f}" for each in loss(0, 1)],
    ),
    ("after the first is only {} long", lambda: [say(length_of_a_step(2000), 2)]),
    ("half of the pull needs {} of them", lambda: [carrying(0)]),
    (
        "leaves {} of the {} held-out images wrong",
        lambda: [read_wrong(1)[1].sum(), len(read_wrong(1)[1])],
    ),
    ("after 500 iterations {} images carry half", lambda: [carrying(500)]),
    (
        "10 iterations take off {}, the next 90 take off {}, the next 900 take off {}.",
        lambda: [say(each, 2) for each in -np.diff(loss(0, 10, 100, 1000))],
    ),
    (
        "ten times the iterations, about {} of the loss",
        lambda: [in_words(np.divide(*loss(10_000, 1000)))],
    ),
    ("is stretched, too, beyond {}.)", lambda: [stretched_beyond()]),
    ("(4, 3) `@` (3, 1) gives {}.", lambda: [a0.shape]),
    ("all {} outputs are over ½", lambda: [in_words((a0 > 0.5).sum())]),
    ("Rows {} have a positive delta", lambda: [rows(delta0[:, 0] > 0)]),
    ("Rows {} have a negative one", lambda: [rows(delta0[:, 0] < 0)]),
    ("(3, 4) `@` (4, 1) gives {}.", lambda: [(X.T @ delta0).shape]),
    ("The bias, {}, pulls", lambda: [say(final_weights()[2], 2)]),
    (
        "back on, and you have row {} of the data",
        lambda: [rows((X == [1, 0, 1]).all(1))],
    ),
    (
        "at rate 0.01, 1,000 iterations get about as far as {} iterations do at rate 1",
        lambda: [as_far_as(loss(1000, rate=0.01))],
    ),
    ("bring the loss to {}.", lambda: map(say, loss(10_000))),
    (
        "at rate 100 the loss ends about {} times lower",
        lambda: [in_words(loss(10_000) / loss(10_000, rate=100))],
    ),
    ("the first step throws {} output to", lambda: [thrown_over(100, 1)]),
    ("mends it and throws {} others over", lambda: [thrown_over(100, 2)]),
    (
        "By iteration {} all are right",
        lambda: [
            next(
                i
                for i in Training.controls["iteration"].stops
                if i and not wrong(100)[i:].any()
            )
        ],
    ),
    (
        "{} output is wrong, and the sigmoid",
        lambda: [in_words(wrong(1500)[2000].sum()).capitalize()],
    ),
    ("All {} are right.", lambda: [in_words((~wrong(1500)[3000]).sum())]),
]
REPLIES = [
    ("huge step", "row 2, {}, has", lambda: [X[1].tolist()]),
    ("huge step", "has z = {}, and", lambda: [f"{(X @ W0)[1, 0]:.4f}"]),
    ("huge step", "add up to {}.", lambda: [f"{(X.T @ delta0).sum():.5f}"]),
    (
        "loss over time",
        "costs about {} times as many iterations",
        lambda: [in_words(iterations_for_a_tenth())],
    ),
    ("huge rate", "four rows is never over {}.", lambda: [say(0.5 * len(X))]),
    ("huge rate", "stays at {}, with", lambda: map(sign, loss(10_000, rate=2000))),
    ("huge rate", "with {} output wrong", lambda: [in_words(wrong(2000)[-1].sum())]),
    (
        "famous number",
        "gives {} for",
        lambda: [f"{sigmoid(final_weights()[0]):.8f}"],
    ),
    ("famous number", "w₁ is {}", lambda: [say(final_weights()[0])]),
    ("harder pull", "{} against {}.", lambda: [delta_of_a_7(0.5), delta_of_a_7(0.9)]),
    ("harder pull", "the errors, {} and {}.", lambda: [0.5, say(1 - 0.9)]),
    (
        "harder pull",
        "the slopes, {} and {}.",
        lambda: [say(sigmoid_derivative(a)) for a in (0.5, 0.9)],
    ),
    ("exit", "stayed at {}, with", lambda: map(sign, loss(10_000, rate=2000))),
    ("exit", "with {} of four", lambda: [in_words(wrong(2000)[-1].sum())]),
]
test_the_page_says, test_a_reply_says, test_no_number_is_unproved = prove(
    "training_loop", PAGE, REPLIES
)


def test_at_rate_1_each_step_lowers_the_loss_and_the_first_weight_is_the_largest():
    assert (np.diff(trained().loss()) < 0).all()
    assert final_weights().argmax() == 0


def test_at_rate_100_the_loss_is_almost_0_after_a_few_iterations():
    assert loss(20, rate=100) < 1e-3


def test_at_rate_2000_one_step_makes_every_output_0_or_1_and_then_nothing_moves():
    stuck = trained(2000)
    after_one_step = network.forward(stuck.at(1), X)[-1]
    assert np.minimum(after_one_step, 1 - after_one_step).max() < 1e-6
    assert stuck.loss()[1:] == pytest.approx(0.5)
    assert stuck.gradient_size()[-1] < 1e-9


def test_at_rate_1500_the_plateau_is_flat():
    assert trained(1500).gradient_size()[2000] < 1e-6


def test_the_weights_are_white_where_both_digits_have_ink():
    """The bar at the top: much ink in both means, and small weights."""
    X, y, _, _ = threes_and_sevens()
    W = network.train([Layer(np.zeros((64, 1)))], X, y, 0.01, 500).at(500)[0].W
    three, seven = (X[y[:, 0] == digit].mean(0) for digit in (0, 1))
    both = np.minimum(three, seven) > 0.6
    top = both & (np.arange(64) < 8)
    assert top.sum() >= 2
    assert abs(W[top]).max() < 0.25 * abs(W).max()
    with_ink = (three + seven > 0.3) & (abs(three - seven) > 0.3)
    agree = np.sign(W[with_ink, 0]) == np.sign((seven - three)[with_ink])
    assert agree.mean() > 0.8


@pytest.mark.parametrize("rate", [300, 1000])
def test_a_loss_that_is_not_0_is_not_said_to_be_0(rate):
    words = Training().words(learning_rate=rate, iteration=10_000)
    assert "the loss is under 1e−9 and the gradient size under 1e−9." in words
