"""Stage 04: the numbers that its prose states, and what its pictures must keep."""

import numpy as np
import pytest

from backprop import network
from backprop.frame import Screen
from backprop.stages.chain_rule import (
    ComputationGraph,
    EpsilonSweep,
    Fork,
    LossOfWeight,
    Nudge,
)
from backprop.stages.chain_rule.checks import batch_gradient, neuron_backward
from backprop.stages.chain_rule.pictures import STEPS, _forward, _slope


def central(f, at, h=1e-6):
    return (f(at + h) - f(at - h)) / (2 * h)


def test_the_neuron_of_the_page():
    assert [float(each) for each in _forward(1)] == [0, 0.5, 0.125]
    assert _slope(1) == -0.25
    assert _forward(2)[2] == pytest.approx(0.0071, abs=5e-5)
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
    assert Nudge().ratios(2)[1][1] == pytest.approx(0.121, abs=5e-4)


@pytest.mark.parametrize("w", [-1, 0.3, 1, 2])
def test_the_graph_holds_the_gradients_of_the_network(w):
    layer = network.Layer(np.array([[w]]), np.array([[-2.0]]))
    dW, db = network.gradients([layer], [[2]], [[1]])[0]
    numbers = ComputationGraph().numbers(w)
    for name, exact in {"dw": dW, "db": db, "dz": db, "dwx": db, "dx": db * w}.items():
        said = float(numbers[name].replace("−", "-"))
        assert said == pytest.approx(exact.item(), rel=5e-3), name


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
    assert fork.factors("both", 0)[1].tolist() == [-0.25, 0.125]
    weights = np.linspace(-3, 3, 6001)
    assert weights[fork.loss(weights).argmin()] == pytest.approx(0.365)


def test_the_best_nudge_lies_in_the_middle():
    epsilons = 10.0 ** np.arange(-17, 1)
    error, one_sided = EpsilonSweep().errors(epsilons)
    assert 1e-7 < epsilons[error.argmin()] < 1e-4
    assert one_sided.min() > 10 * error.min()
    at = {round(np.log10(e)): i for i, e in enumerate(epsilons)}
    for n in (-3, -2):  # truncation: ten times smaller, a hundred or ten times better
        assert error[at[n + 1]] / error[at[n]] == pytest.approx(100, rel=0.02)
        assert one_sided[at[n + 1]] / one_sided[at[n]] == pytest.approx(10, rel=0.1)
    assert 1e4 / 5 < error[at[-12]] / error[at[-8]] < 1e4 * 5  # rounding
    assert error[at[-17]] == one_sided[at[-17]] == 1


def test_the_two_lines_for_many_rows_are_those_of_the_network():
    random = np.random.default_rng(4)
    X, y = random.normal(size=(5, 3)), random.random((5, 2))
    layer = network.init((3, 2), seed=4)[0]
    ours = batch_gradient(X, y, *layer[:2])
    theirs = network.gradients([layer], X, y)[0]
    for a, b in zip(ours, theirs):
        assert a == pytest.approx(b, rel=1e-12)


def test_the_numbers_to_compare_with_in_the_first_exercise():
    dw, db = neuron_backward(np.array([2, -3]), np.array([-1, -2]), -3, 1)
    assert db == pytest.approx(0.20, abs=0.005)
    assert dw == pytest.approx([-0.20, -0.39], abs=0.005)
