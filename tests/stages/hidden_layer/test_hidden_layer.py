"""What the prose of stage 06 states, as numbers."""

import time

import numpy as np
import pytest

from backprop import network
from backprop.data import four_rows, xor
from backprop.network import Layer
from backprop.picture import say
from backprop.stages.hidden_layer import HiddenLayer, TwoLayerPass
from backprop.stages.hidden_layer.pictures import PAGE

X, y = xor()


def solved(start, rate, iterations=10000):
    runs = network.train(start, X, y, rate, iterations, keep=[iterations])
    outputs = network.forward(runs.at(iterations), X)[-1]
    return ((outputs > 0.5) == y).all((-2, -1))


@pytest.mark.parametrize("rate", [1, 3, 5])
def test_a_neuron_alone_ends_at_one_half(rate):
    start = network.init((2, 1), seed=range(20))
    end = network.train(start, X, y, rate, 10000, keep=[10000])
    outputs = network.forward(end.at(10000), X)[-1]
    assert outputs == pytest.approx(np.full((20, 4, 1), 0.5), abs=1e-6)
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
        start = network.init((2, width, 1), seed=range(20))
        nudged = [Layer(W + 1e-12, b - 1e-12) for W, b, _ in start]
        for each in (start, nudged):
            assert np.flatnonzero(~solved(each, rate)).tolist() == stuck


def test_other_seeds_stick_at_rate_5_and_one_unit_ends_at_a_third():
    start = network.init((2, 2, 1), seed=range(20))
    assert np.flatnonzero(~solved(start, 5)).tolist() == [1, 4, 7, 11, 12, 14]
    one = network.train(
        network.init((2, 1, 1), seed=range(20)), X, y, 1, 10000, [10000]
    )
    assert one.loss()[0] == pytest.approx(np.full(20, 1 / 3), abs=2e-3)


def test_new_weights_for_old_gradients_err_as_the_rate():
    def too_early(rate):
        def backward(net, X, y, loss):
            grads = network.gradients(net, X, y)
            later = [net[0], network.update(net, grads, rate)[1]]
            a1, a2 = network.forward(net, X)[1:]
            delta1 = ((a2 - y) * a2 * (1 - a2)) @ later[1].W.T * a1 * (1 - a1)
            dW1, db1 = X.T @ delta1, delta1.sum(0, keepdims=True)
            return [network.Gradient(dW1, db1), grads[1]]

        return network.gradient_check(PAGE, X, y, backward=backward)

    errors = [too_early(rate) for rate in (0.01, 0.1, 1, 10)]
    assert np.round(errors, 4).tolist() == [0.0001, 0.001, 0.01, 0.0985]
    assert too_early(1e-9) < 1e-7


def test_zero_start_is_fatal_here_and_harmless_for_one_neuron():
    zero = network.init((2, 2, 1), scale=0)
    assert all(not p.any() for each in network.gradients(zero, X, y) for p in each[:2])
    rows, targets = four_rows()
    end = network.train([Layer(np.zeros((3, 1)))], rows, targets, 1, 10000, [10000])
    assert end.loss()[0] == pytest.approx(0.000129, rel=0.01)


def test_each_trained_hidden_unit_is_on_at_one_corner():
    trained = network.train(network.init((2, 2, 1), seed=2), X, y, 1, 10000).at(10000)
    on = network.forward(trained, X)[1] > 0.5
    assert on.tolist() == [[0, 1], [0, 0], [0, 0], [1, 0]]
    assert (trained[1].W < -10).all()


def test_the_numbers_on_the_edges_are_the_gradients_of_each_example():
    picture = TwoLayerPass()
    numbers = [picture.numbers(each) for each in picture.controls["example"].options]
    _, _, _, db2, dW2, db1, dW1 = (np.sum(step, axis=0) for step in zip(*numbers))
    first, last = network.numeric_gradients(PAGE, X, y)
    for got, want in ((dW1, first.W), (db1, first.b), (dW2, last.W), (db2, last.b)):
        assert got == pytest.approx(want.ravel(), abs=1e-9)


def test_an_iteration_between_the_kept_ones_is_trained_exactly():
    values = {"learning_rate": 0.7, "iteration": 1234, "width": 3, "seed": 5}
    alone = network.train(network.init((2, 3, 1), seed=5), X, y, 0.7, 1234)
    assert f"the loss is {say(alone.loss()[-1])}" in HiddenLayer().words(**values)


def test_no_control_waits_long():
    """About 0.4 s on an idle machine; the limit leaves room for a busy one."""
    began = time.process_time()
    HiddenLayer().words(learning_rate=1.23, iteration=9999, width=4, seed=3)
    assert time.process_time() - began < 2
