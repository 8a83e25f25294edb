"""The mathematics: identities, gradients against differences, the seed's numbers."""

import warnings
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from backprop import network as net
from backprop.data import four_rows
from backprop.network import Gradient, Layer

X, y = four_rows()
finite = st.floats(allow_nan=False, allow_infinity=False)
moderate = st.floats(-30, 30)


def seeds_own_loop(X, y, learning_rate, num_iterations):
    """Train as the notebook did that this course grew from, in its own order."""
    random = np.random.RandomState(0)
    weights = 2 * random.random_sample((3, 1)) - 1
    for _ in range(num_iterations):
        output = 1 / (1 + np.exp(-np.dot(X, weights)))
        error = y - output
        weights += learning_rate * np.dot(X.T, error * (output * (1 - output)))
    return weights


# -- sigmoid


@given(finite)
def test_sigmoid_is_a_number_from_0_to_1_without_a_warning(z):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert 0 <= net.sigmoid(z) <= 1


@given(moderate)
def test_sigmoid_is_symmetric_about_one_half(z):
    assert net.sigmoid(-z) == pytest.approx(1 - net.sigmoid(z), abs=1e-15)


@given(moderate)
def test_sigmoid_is_half_of_a_shifted_tanh(z):
    assert net.sigmoid(z) == pytest.approx((1 + np.tanh(z / 2)) / 2, abs=1e-15)


@given(hnp.arrays(float, (3,), elements=finite))
def test_sigmoid_never_falls(z):
    z = np.sort(z)
    assert (np.diff(net.sigmoid(z)) >= 0).all()


@given(st.floats(-709, 700))
def test_sigmoid_has_the_bits_of_the_plain_formula(z):
    assert net.sigmoid(z) == 1 / (1 + np.exp(-z))


def test_sigmoid_keeps_shape_and_takes_lists_and_integers():
    assert net.sigmoid([[0, 0]]).shape == (1, 2)
    assert net.sigmoid(0) == 0.5
    assert net.sigmoid(np.zeros((2, 0))).shape == (2, 0)


def test_sigmoid_is_exactly_1_from_53_ln_2_on():
    edge = 53 * np.log(2)
    assert net.sigmoid(edge + 0.01) == 1
    assert net.sigmoid(edge - 0.01) < 1


@given(st.floats(-15, 15))
def test_the_slope_from_the_output_is_the_slope_at_z(z):
    slope = (net.sigmoid(z + 1e-5) - net.sigmoid(z - 1e-5)) / 2e-5
    assert net.sigmoid_derivative(net.sigmoid(z)) == pytest.approx(slope, abs=1e-10)


@given(st.floats(0, 1))
def test_the_slope_is_at_most_a_quarter_and_never_negative(a):
    assert 0 <= net.sigmoid_derivative(a) <= 0.25


@pytest.mark.parametrize("name", ["tanh", "relu", "linear", "sigmoid"])
def test_each_activation_has_its_derivative_from_its_output(name):
    f, derivative = net.ACTIVATIONS[name]
    z = np.array([-3.1, -0.4, 0.2, 1.7])
    slope = (f(z + 1e-6) - f(z - 1e-6)) / 2e-6
    assert derivative(f(z)) == pytest.approx(slope, abs=1e-8)


# -- the seed's example


@pytest.mark.parametrize("rate", [0.01, 0.5, 1, 10, 100, 1000, 2000])
def test_backpropagation_has_the_seed_s_bits(rate):
    ours = net.backpropagation(X, y, rate, 2000)
    assert np.array_equal(ours, seeds_own_loop(X, y, rate, 2000))


def test_the_seed_s_numbers():
    W = net.backpropagation(X, y, learning_rate=1, num_iterations=10000)
    assert W.ravel() == pytest.approx([9.67279647, -0.20825529, -4.62929265], abs=5e-9)
    assert str(net.sigmoid(np.array([[1, 0, 0]]) @ W)) == "[[0.99993703]]"
    outputs = [0.00966729, 0.99211791, 0.99359024, 0.00786413]
    assert net.sigmoid(X @ W).ravel() == pytest.approx(outputs, abs=5e-9)


def test_losses_at_rates_10_and_100():
    history = net.train(
        [Layer(net.backpropagation(X, y, 1, 0))], X, y, [10, 100], 10000
    )
    assert history.loss()[-1] == pytest.approx([1.26e-5, 1.25e-7], rel=1e-2)


def test_a_huge_rate_sits_on_a_plateau_or_sticks():
    start = [Layer(net.backpropagation(X, y, 1, 0))]
    loss = net.train(start, X, y, [1500, 2000], 10000).loss()
    assert loss[[10, 100, 2000]] == pytest.approx(0.5, abs=1e-3)
    assert loss[-1, 0] < 1e-6
    assert loss[-1, 1] == pytest.approx(0.5, abs=1e-6)
    stuck = net.sigmoid(X @ net.backpropagation(X, y, 2000, 10000))
    assert stuck.ravel() == pytest.approx([0, 0, 1, 0], abs=1e-6)


def test_one_neuron_on_xor_ends_at_one_half():
    xor = np.array([[0], [0], [1], [1]])
    W = net.backpropagation(X, xor, 1, 10000)
    assert W == pytest.approx(0, abs=1e-9)
    assert net.sigmoid(X @ W) == pytest.approx(0.5, abs=1e-9)


def test_global_random_state_is_not_touched():
    np.random.seed(7)
    before = np.random.get_state()[1].copy()
    net.backpropagation(X, y, 1, 3)
    net.init((2, 3, 1), seed=1)
    assert np.array_equal(before, np.random.get_state()[1])


def test_inputs_are_only_read():
    W, *data = given = np.ones((3, 1)), X.astype(float), y.astype(float)
    for array in given:
        array.flags.writeable = False  # writing is an error, even if it is undone
    assert (net.train([Layer(W)], *data, 1, 5).at(5)[0].W != W).all()
    assert (net.update([Layer(W)], [Gradient(W)], 1)[0].W == 0).all()
    assert net.gradient_check([Layer(W)], *data) < 1e-7


# -- hand-made cases


def test_one_neuron_by_hand():
    # w = 1, x = 2, b = -2, y = 1: a = 1/2, L = 1/8, dL/dw = -1/4
    network = [Layer([[1]], [[-2]])]
    assert net.forward(network, [[2]])[-1] == 0.5
    assert net.loss_value(network, [[2]], [[1]]) == 0.125
    (grad,) = net.gradients(network, [[2]], [[1]])
    assert (grad.W, grad.b) == (-0.25, -0.125)


def test_delta_stands_for_the_derivative_by_the_last_z():
    # w = (2, -3), bias -3, x = (-1, -2): z = 1, a = 0.73, da/dz = 0.20
    network = [Layer([[2], [-3]], [[-3]])]
    (a,) = net.forward(network, [[-1, -2]])[-1]
    assert a == pytest.approx(0.7311, abs=1e-4)
    (grad,) = net.gradients(network, [[-1, -2]], delta=[a * (1 - a)])
    assert grad.W.ravel() == pytest.approx([-0.1966, -0.3932], abs=1e-4)
    assert grad.b == pytest.approx(0.1966, abs=1e-4)


def test_saturated_start_by_squares_and_by_cross_entropy():
    network, results = [Layer([[2]], [[2]])], {}
    for loss in ("squares", "cross-entropy"):
        last = net.train(network, [[1]], [[0]], 0.15, 150, loss=loss).at(150)
        results[loss] = float(net.forward(last, [[1]])[-1][0, 0])
    assert results["squares"] == pytest.approx(0.933, abs=5e-4)
    assert results["cross-entropy"] == pytest.approx(0.026, abs=5e-4)


def test_cross_entropy_is_finite_where_the_output_rounds_to_1():
    network = [Layer([[50.0]])]
    assert net.forward(network, [[1]])[-1] == 1
    assert net.loss_value(network, [[1]], [[0]], "cross-entropy") == pytest.approx(50)


@pytest.mark.parametrize("z", [-800.0, 800.0])
@pytest.mark.parametrize("y", [0, 1])
def test_losses_and_gradients_far_out_are_finite_and_right(z, y):
    network, wrong = [Layer([[z]])], float(y != (z > 0))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert net.loss_value(network, [[1]], [[y]]) == wrong / 2
        assert net.loss_value(network, [[1]], [[y]], "cross-entropy") == 800 * wrong
        (grad,) = net.gradients(network, [[1]], [[y]], "cross-entropy")
    assert grad.W == pytest.approx(np.sign(z) * wrong)


# -- gradients against central differences


def random_problem(seed, depth, hidden, output, loss):
    random = np.random.default_rng(seed)
    widths = random.integers(1, 5, depth + 1)
    network = [
        Layer(random.normal(size=(d, k)), random.normal(size=(1, k)), hidden)
        for d, k in zip(widths, widths[1:])
    ]
    network[-1] = network[-1]._replace(activation=output)
    n = int(random.integers(1, 7))
    X, y = random.normal(size=(n, widths[0])), random.random((n, widths[-1]))
    return network, X, y, loss


def near_a_kink(network, X, h=1e-3):
    """Tell whether a ReLU's z is so near 0 that a nudge may cross it."""
    a = net.forward(network, X)
    relus = [
        np.abs(a_prev @ layer.W + layer.b)
        for a_prev, layer in zip(a, network)
        if layer.activation == "relu"
    ]
    return any((z < h).any() for z in relus)


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
@pytest.mark.parametrize("hidden", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize(
    "output, loss",
    [("sigmoid", "squares"), ("sigmoid", "cross-entropy"), ("linear", "squares")],
)
@settings(max_examples=12)
@given(seed=st.integers(0, 2**32 - 1))
def test_gradients_are_right(depth, hidden, output, loss, seed):
    problem = random_problem(seed, depth, hidden, output, loss)
    if not near_a_kink(*problem[:2]):
        assert net.gradient_check(*problem) < 1e-6


@settings(max_examples=20)
@given(seed=st.integers(0, 2**32 - 1))
def test_gradients_without_a_bias_are_right(seed):
    network, X, y, loss = random_problem(seed, 3, "tanh", "sigmoid", "squares")
    network = [layer._replace(b=None) for layer in network]
    assert all(grad.b is None for grad in net.gradients(network, X, y))
    assert net.gradient_check(network, X, y, loss) < 1e-6


def test_a_gradient_check_sees_a_wrong_gradient():
    problem = random_problem(5, 2, "sigmoid", "sigmoid", "squares")

    def broken(*problem):
        first, last = net.gradients(*problem)
        return [first._replace(b=first.b * 1.1), last]

    assert net.gradient_check(*problem) < 1e-9
    assert net.gradient_check(*problem, backward=broken) > 1e-3


def test_a_nudge_of_a_size_of_its_own_is_the_one_that_is_made():
    problem = [Layer([[2.0]])], [[1.0]], [[0.0]]
    higher, lower = (net.loss_value([Layer([[w]])], *problem[1:]) for w in (2.5, 1.5))
    (numeric,) = net.numeric_gradients(*problem, h=0.5)
    assert numeric.W == pytest.approx(higher - lower)
    (exact,) = net.gradients(*problem)
    error = abs(exact.W - numeric.W) / (abs(exact.W) + abs(numeric.W))
    assert net.gradient_check(*problem, h=0.5) == pytest.approx(error.item())
    assert error > 1e-3


@pytest.mark.parametrize("off, error", [(1e-6, 0.01), (1e-5, 0.1), (1e-3, 1)])
def test_a_gradient_check_has_a_floor_where_the_gradient_is_0(off, error):
    at_the_minimum = [Layer([[1.0]], None, "linear")], [[1]], [[1]]
    checked = net.gradient_check(
        *at_the_minimum, backward=lambda *_: [Gradient([[off]])]
    )
    assert checked == pytest.approx(error, rel=1e-6)


@pytest.mark.parametrize("gradients", [net.gradients, net.numeric_gradients])
def test_a_gradient_has_the_shapes_of_its_layer_and_no_activation(gradients):
    problem = random_problem(2, 3, "tanh", "sigmoid", "squares")
    for grad, layer in zip(gradients(*problem), problem[0], strict=True):
        assert type(grad) is Gradient
        assert [dp.shape for dp in grad] == [p.shape for p in layer[:2]]


def test_what_has_w_and_b_is_as_good_as_a_gradient():
    network, X, y, loss = random_problem(5, 2, "sigmoid", "sigmoid", "squares")

    def in_lists(*problem):
        grads = net.gradients(*problem)
        return [SimpleNamespace(W=W.tolist(), b=b.tolist()) for W, b in grads]

    theirs = net.update(network, net.gradients(network, X, y), 2)
    ours = net.update(network, in_lists(network, X, y), 2)
    assert all(np.array_equal(a.W, b.W) for a, b in zip(ours, theirs, strict=True))
    assert net.gradient_check(network, X, y, loss, backward=in_lists) < 1e-9


# -- an axis of runs


@settings(max_examples=20)
@given(seed=st.integers(0, 2**32 - 1), runs=st.integers(1, 6))
def test_stacked_rates_give_what_single_rates_give(seed, runs):
    network, X, y, loss = random_problem(seed, 2, "tanh", "sigmoid", "cross-entropy")
    rates = np.random.default_rng(seed).uniform(0.01, 0.5, runs)
    stacked = net.train(network, X, y, rates, 20, keep=[3, 20], loss=loss)
    for run, rate in enumerate(rates):
        single = net.train(network, X, y, rate, 20, keep=[3, 20], loss=loss)
        assert stacked.loss()[:, run] == pytest.approx(single.loss(), rel=1e-9)
        sizes = stacked.gradient_size()[:, run]
        assert sizes == pytest.approx(single.gradient_size(), rel=1e-7, abs=1e-12)
        for both, one in zip(stacked.network, single.network):
            assert both.W[:, run] == pytest.approx(one.W, rel=1e-9, abs=1e-12)
            assert both.b[:, run] == pytest.approx(one.b, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("scale", [1.0, 0.1, "xavier", "he"])
def test_stacked_seeds_give_what_single_seeds_give(scale):
    # Four examples and four runs: an axis taken for another would still fit.
    data = [[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [0]]
    stacked = net.train(net.init((2, 3, 1), scale=scale, seed=range(4)), *data, 1, 50)
    for seed in range(4):
        single = net.train(net.init((2, 3, 1), scale=scale, seed=seed), *data, 1, 50)
        assert stacked.loss()[:, seed] == pytest.approx(single.loss(), rel=1e-9)


def test_rates_and_seeds_share_the_axis_of_runs():
    network = net.init((3, 2, 1), seed=[4, 4, 9])
    history = net.train(network, X, y, [0.1, 1, 1], 30)
    single = net.train(net.init((3, 2, 1), seed=9), X, y, 1, 30)
    assert history.loss()[:, 2] == pytest.approx(single.loss(), rel=1e-9)
    assert history.loss()[-1, 0] != history.loss()[-1, 1]


def test_history_keeps_the_iterations_asked_for():
    network = net.init((3, 2, 1), seed=1)
    history = net.train(network, X, y, 1, 10, keep=[10, 0, 4, 4])
    assert history.iterations.tolist() == [0, 4, 10]
    assert np.array_equal(history.at(0)[0].W, network[0].W)
    by_hand = network
    for _ in range(4):
        by_hand = net.update(by_hand, net.gradients(by_hand, X, y), 1)
    assert np.array_equal(history.at(4)[1].b, by_hand[1].b)
    assert history.loss()[1] == net.loss_value(by_hand, X, y)
    norm = np.sqrt(
        sum((p**2).sum() for g in net.gradients(by_hand, X, y) for p in g[:2])
    )
    assert history.gradient_size()[1] == pytest.approx(norm)


def test_a_diverging_run_ends_as_inf_or_nan_without_a_warning():
    line = [[-1.0], [0], [1], [2]]
    history = net.train(
        [Layer([[0.0]], [[0.0]], "linear")], line, [[-1], [1], [3], [5]], [0.2, 9], 2000
    )
    assert not np.isfinite(history.network[0].W[-1, 1]).any()
    assert np.isfinite(history.network[0].W[-1, 0]).all()


def test_divergence_of_a_linear_neuron_begins_where_it_should():
    # ½ of the mean of squares is the course's sum at a quarter of the rate.
    line, targets = [[-1.0], [0], [1], [2]], [[-1], [1], [3], [5]]
    inputs_and_1 = np.column_stack([np.ravel(line), np.ones(4)])
    limit = 2 / np.linalg.eigvalsh(inputs_and_1.T @ inputs_and_1).max()
    start = [Layer([[0.0]], [[0.0]], "linear")]
    rates = [limit * 0.95, limit * 1.05]
    below, above = net.train(start, line, targets, rates, 59).loss().T / 4
    assert below[0] == above[0] == pytest.approx(4.5)
    assert below[59] < 0.1
    assert above[59] == pytest.approx(343719, rel=1e-5)


def test_start_is_the_same_for_a_seed_and_within_its_scale():
    again = net.init((3, 4, 2), scale=0.5, seed=3)
    for layer, other in zip(net.init((3, 4, 2), scale=0.5, seed=3), again):
        assert np.array_equal(layer.W, other.W)
        assert np.abs(layer.W).max() <= 0.5
        assert np.abs(layer.b).max() <= 0.5
    wide = net.init((300, 200), scale="xavier")[0]
    assert wide.W.var() == pytest.approx(2 / 500, rel=0.05)
    assert net.init((300, 200), scale="he")[0].W.var() == pytest.approx(
        2 / 300, rel=0.05
    )
    assert not wide.b.any()


# -- bad input: each message names the argument, what it got and what it needs

GOOD = net.init((3, 2, 1))
BAD = [
    (
        lambda: net.numeric_gradients(GOOD, X, y, h=1e-300),
        "h: got 1e-300; needs a nudge that changes a weight of .*, such as 1e-5",
    ),
    (
        lambda: net.numeric_gradients([Layer([[1e307]] * 3)], X, y, h=1.79e308),
        "h: got 1.79e.308; needs a nudge that changes a weight of 1e.307",
    ),
    (lambda: net.init("23"), "widths: got '23'; needs at least inputs and outputs"),
    (
        lambda: net.forward([SimpleNamespace(W=[[1]], b=None, activation="tanh")], X),
        r"network\[0\]: got a SimpleNamespace; needs a Layer",
    ),
    (lambda: net.sigmoid(np.nan), "z: got a value nan"),
    (lambda: net.sigmoid("a"), "z: got 'a'; needs numbers"),
    (lambda: net.sigmoid(None), "z: got None; needs numbers"),
    (lambda: net.sigmoid(1j), "z: got 1j; needs numbers"),
    (lambda: net.sigmoid([np.inf]), "z: got a value inf"),
    (lambda: net.sigmoid(10**400), "z: got 1000.*…; needs numbers"),
    (lambda: net.sigmoid(np.datetime64("2020")), "z: got .*2020.*; needs numbers"),
    (lambda: net.sigmoid(np.ma.masked_equal([1, 2], 2)), "z: got masked_array"),
    (lambda: net.sigmoid([0, -np.inf, np.nan]), "z: got a value -inf"),
    (lambda: net.sigmoid_derivative(5), r"a: got 5; .* give me sigmoid\(z\), not z"),
    (lambda: net.sigmoid_derivative([0.5, -0.1]), "a: got -0.1; needs an output"),
    (lambda: net.backpropagation([1, 2], y, 1, 1), r"X: got shape \(2,\); needs two"),
    (lambda: net.backpropagation(X, y[:2], 1, 1), r"y: got shape \(2, 1\); .*\(4, 1\)"),
    (lambda: net.backpropagation(X, y, 0, 1), "learning_rate: got 0; .* than 0"),
    (lambda: net.backpropagation(X, y, [1, 2], 1), "learning_rate: got .* a number"),
    (lambda: net.backpropagation(X, y, 1, -1), "num_iterations: got -1; .* 0 or more"),
    (lambda: net.backpropagation(X, y, 1, 2.5), "num_iterations: got 2.5; .* whole"),
    (lambda: net.backpropagation([[np.nan]], [[1]], 1, 1), "X: got a value nan"),
    (lambda: net.forward([], X), "network: got an empty list; needs a list of layers"),
    (lambda: net.forward(GOOD[0], X), "network: got a Layer; needs a list of layers"),
    (
        lambda: net.forward([np.ones((3, 1))], X),
        r"network\[0\]: got an ndarray; needs a Layer",
    ),
    (lambda: net.forward(np.ones((3, 1)), X), "network: got an ndarray; needs a list"),
    (lambda: net.forward((), X), "network: got an empty tuple; needs a list of layers"),
    (
        lambda: net.forward([Layer(np.ones((3, 0)))], X),
        r"network\[0\].W: got shape \(3, 0\); needs at least one row and one column",
    ),
    (lambda: net.forward([Layer(np.ones((0, 3, 1)))], X), r"got shape \(0, 3, 1\)"),
    (lambda: net.forward([Layer([1, 2])], X), r"network\[0\].W: got shape \(2,\)"),
    (
        lambda: net.forward([Layer(np.ones((3, 2)), np.ones(2))], X),
        r"network\[0\].b: got shape \(2,\); needs \(1, 2\)",
    ),
    (
        lambda: net.forward([GOOD[0], GOOD[0]], X),
        r"network\[1\].W: got shape \(3, 2\); needs 2 rows, .* output of layer 0",
    ),
    (
        lambda: net.forward([Layer(np.ones((3, 1)), None, "step")], X),
        r"network\[0\].activation: got 'step'; needs one of 'sigmoid'",
    ),
    (
        lambda: net.forward([*net.init((3, 2), seed=[1, 2]), GOOD[1]], X),
        r"network\[1\].W: .* leading axis",
    ),
    (lambda: net.forward(GOOD, X[:, :2]), r"X: got shape \(4, 2\); .*\(n, 3\)"),
    (lambda: net.forward(GOOD, X[:0]), "X: got no rows"),
    (lambda: net.forward([Layer([[1]]), Layer([[1], [2]])], [[1]]), "needs 1 row, one"),
    (lambda: net.forward([Layer([[1]])], X), "1 input for each .* as W has 1 row"),
    (lambda: net.gradients(GOOD, X[:1], y), "1 target for each of 1 example"),
    (lambda: net.gradients(GOOD, X), "y: got None"),
    (lambda: net.gradients(GOOD, X, y.ravel()), r"y: got shape \(4,\); .*\(4, 1\)"),
    (lambda: net.gradients(GOOD, X, y, "mean"), "loss: got 'mean'; needs one of"),
    (
        lambda: net.gradients(net.init((3, 1), output="linear"), X, y, "cross-entropy"),
        "loss: got 'cross-entropy' on a linear output; needs a sigmoid",
    ),
    (lambda: net.gradients(GOOD, X, y * 2, "cross-entropy"), "y: got 0 to 2; needs"),
    (lambda: net.gradients(GOOD, X, -y, "cross-entropy"), "y: got -1 to .*0; needs"),
    (lambda: net.forward(GOOD, X * 1j), r"X: got array\(\[\[0.*j"),
    (lambda: net.gradients(GOOD, X, y + 0j), r"y: got array\(\[\[0.*j"),
    (lambda: net.forward([Layer([[1j]])], [[1]]), r"network\[0\].W: got \[\[1j\]\]"),
    (lambda: net.update(GOOD, GOOD, 1j), "learning_rate: got 1j; needs a positive"),
    (lambda: net.gradients(GOOD, X, y, delta=y), "delta: got y as well; needs y left"),
    (lambda: net.gradients(GOOD, X, None, "mean", y), "loss: got 'mean'; needs one of"),
    (lambda: net.gradients(GOOD, X, delta=[[1]]), r"delta: got shape \(1, 1\); .*4, 1"),
    (lambda: net.update(GOOD, GOOD[:1], 1), "grads: got shapes"),
    (
        lambda: net.update([Layer(np.ones((3, 2)))], [Gradient(np.ones((2, 3)))], 1),
        r"grads: got shapes \[\(2, 3\)\]; needs those of the network, \[\(3, 2\)\]",
    ),
    (  # these would be broadcast without a word
        lambda: net.update([Layer(np.ones((3, 1)))], [Gradient(np.ones((1, 1)))], 1),
        r"grads: got shapes \[\(1, 1\)\]; needs those of the network, \[\(3, 1\)\]",
    ),
    (lambda: net.update(GOOD, None, 1), r"grads: got a NoneType; .*\[Gradient\(W, b\)"),
    (
        lambda: net.update(GOOD, [GOOD[0], np.ones((2, 1))], 1),
        r"grads\[1\]: got an ndarray; needs a Gradient",
    ),
    (
        lambda: net.update(GOOD, [GOOD[0], Gradient([[1], [np.inf]], [[0]])], 1),
        r"grads\[1\].W: got a value inf",
    ),
    (
        lambda: net.update(
            GOOD, net.gradients(net.init((3, 2, 1), seed=[1, 2]), X, y), 1
        ),
        r"grads: got shapes \[\(2, 3, 2\)",
    ),
    (lambda: net.update(GOOD, GOOD, -1), "learning_rate: got -1; needs a positive"),
    (lambda: net.train(GOOD, X, y, [], 1), r"learning_rate: got \[\]"),
    (lambda: net.train(GOOD, X, y, [1, 0], 1), r"learning_rate: got \[1, 0\]"),
    (lambda: net.train(GOOD, X, y, 1, 5, keep=[6]), "keep: got 6; .* from 0 to 5"),
    (lambda: net.train(GOOD, X, y, 1, 5, keep=[]), "keep: got no iteration"),
    (lambda: net.train(GOOD, X, y, 1, 5, keep=[1.5]), "keep: got 1.5"),
    (lambda: net.train(GOOD, X, y, 1, 5, keep=3), "keep: got 3; needs a list of"),
    (
        lambda: net.train(GOOD, X, y, 1, 5, keep=[[0, 1]]),
        r"keep: got \[\[0, 1\]\]; needs",
    ),
    (lambda: net.backpropagation(X, y, 1, 1e308), "num_iterations: got 1e.308; needs"),
    (
        lambda: net.train(net.init((3, 1), seed=range(3)), X, y, [1, 2], 1),
        r"learning_rate: got shape \(2,\); needs one rate.*\(3,\)",
    ),
    (lambda: net.train(GOOD, X, y, 1, 5, keep=[2]).at(3), "iteration: got 3; needs"),
    (lambda: net.train(GOOD, X, y, 1, 5, keep=[1, 4]).at(2), "iteration: got 2; needs"),
    (lambda: net.train(GOOD, X, y, 1, 5, keep=[1, 4]).at(5), "iteration: got 5; needs"),
    (lambda: net.train(GOOD, X, y, 1, 5, keep=[1, 4]).at(0), "iteration: got 0; needs"),
    (lambda: net.train(GOOD, X, y, 1, 5).at(1.5), "iteration: got 1.5; needs"),
    (lambda: net.train(GOOD, X, y, 1, 1).at([0, 1]), r"iteration: got \[0, 1\]; needs"),
    (
        lambda: net.init((3, [2, 1])),
        r"widths: got \(3, \[2, 1\]\); needs whole numbers",
    ),
    (lambda: net.init((np.int64(-5), 2)), "widths: got -5; needs a whole number"),
    (lambda: net.init((3,)), r"widths: got \(3,\); needs at least"),
    (lambda: net.init((3, 0)), "widths: got .*0.*; needs a whole number, 1 or more"),
    (lambda: net.init((3, 1), hidden="step"), "hidden: got 'step'"),
    (lambda: net.init((3, 1), output="relu"), "output: got 'relu'"),
    (lambda: net.init((3, 1), scale="big"), "scale: got 'big'"),
    (lambda: net.init((3, 1), scale=-1), "scale: got -1; needs a number, 0 or more"),
    (lambda: net.init((3, 1), seed=1.5), "seed: got 1.5"),
    (lambda: net.init((3, 1), seed=[]), r"seed: got \[\]; needs a whole number, 0 or"),
    (
        lambda: net.init((3, 1), seed=[0, -1]),
        "seed: got -1; needs a whole number, 0 or",
    ),
    (lambda: net.init((3, 1), seed=[[1], [2]]), r"seed: got \[\[1\], \[2\]\]; needs"),
    (lambda: net.init((3, 1), seed=[[1], [1, 2]]), r"seed: got .*; needs a whole"),
    (lambda: net.init((3, 1), seed=2**60), "seed: got 1152921504606846976; needs"),
    (
        lambda: net.numeric_gradients(GOOD, X, y, h=0),
        "h: got 0; needs a number greater",
    ),
    (
        lambda: net.numeric_gradients(net.init((3, 1), seed=[1, 2]), X, y),
        "network: got an axis of runs",
    ),
    (
        lambda: net.gradient_check(GOOD, X, y, backward=lambda *_: GOOD[:1]),
        r"backward: gave shapes \[\(3, 2\), \(1, 2\)\]; needs those of the network",
    ),
    (
        lambda: net.gradient_check(
            [Layer([[1.0], [2]])],
            [[1, 2]],
            [[1]],
            backward=lambda *a: [Gradient(net.gradients(*a)[0].W.T)],
        ),
        r"backward: gave shapes \[\(1, 2\)\]; needs .* \[\(2, 1\)\]",
    ),
    (lambda: net.train(GOOD, X, y, 1, 5, keep="10"), "keep: got '10'; needs a list of"),
    (lambda: net.sigmoid_derivative(1.0000001), "a: got 1.0000001; needs an output"),
    (
        lambda: net.gradient_check(GOOD, X, y, backward=None),
        "backward: got None; .*func",
    ),
    (
        lambda: net.gradient_check(GOOD, X, y, backward=lambda *_: np.ones(3)),
        r"backward: got an ndarray; needs a list of gradients, \[Gradient\(W, b\)\]",
    ),
    (
        lambda: net.gradient_check(GOOD, X, y, backward=lambda *_: None),
        r"backward: got a NoneType; .*\[Gradient\(W, b\)",
    ),
]


@pytest.mark.parametrize("call, message", BAD)
def test_bad_input_is_a_clear_error(call, message):
    with pytest.raises(ValueError, match=message):
        call()


# What is at the edge, and still good.
EDGES = [
    lambda: net.sigmoid_derivative([0, 1]),
    lambda: net.backpropagation(X, y, 1e-300, 0),
    lambda: net.init((1, 1), scale=0, seed=0),
    lambda: net.init(np.array([3.0, 1.0]), seed=np.int64(2)),
    lambda: net.gradients(GOOD, X, y, "cross-entropy"),
    lambda: net.gradients([Layer(np.ones((2, 3, 1)))], X, y),
    lambda: net.forward(tuple(GOOD), X[:1]),
    lambda: net.train(GOOD, X, y, [[1]][0], 1, keep=(0, 1.0)),
    lambda: net.train(net.init((3, 1), seed=range(2)), X, y, [1, 2], 1),
    lambda: net.train(net.init((3, 1), seed=range(2)), X, y, 1, 1, keep={1}),
    lambda: net.numeric_gradients(GOOD, X, y, h=1e-3),
]


@pytest.mark.parametrize("call", EDGES)
def test_what_is_just_good_is_no_error(call):
    assert call() is not None


def messages():
    """Return what is said of each bad input, whole; `errors.txt` holds it."""
    said = []
    for call, _ in BAD:
        with pytest.raises(ValueError) as error:
            call()
        said.append(" ".join(str(error.value).split()))
    return said


def test_a_gradient_of_any_size_has_a_relative_error():
    def huge(*given):
        return [Gradient(W * 1e300, b) for W, b in net.gradients(*given)]

    assert net.gradient_check(GOOD, X, y, backward=huge) == pytest.approx(1)


def test_a_gradient_whose_b_has_one_axis_can_be_checked():
    def flat(*given):
        return [Gradient(W, b.ravel()) for W, b in net.gradients(*given)]

    assert net.gradient_check(GOOD, X, y, backward=flat) < 1e-7


def test_each_message_is_the_one_that_is_held():
    held = Path(__file__).with_name("errors.txt").read_text(encoding="utf-8")
    assert messages() == held.splitlines()
