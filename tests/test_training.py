"""What pictures of training share: the network at any moment, and the curves."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from backprop import network
from backprop.data import xor
from backprop.training import FIRST, SECOND, Curves, Rates, at, finite, half, up_to

START = network.init((2, 3, 1), seed=0)
KEPT = (0, 3, 10)


def trained(rate, iterations):
    """Return the network trained the plain way, as one long array."""
    now = network.train(START, *xor(), rate, iterations, [iterations]).at(iterations)
    return flat(now)


def flat(now):
    return np.concatenate([np.ravel(part) for layer in now for part in layer[:2]])


@pytest.mark.parametrize("rate", [0.5, 1, 0.7])
@pytest.mark.parametrize("iteration", [0, 2, 3, 9, 10, 14])
def test_the_network_is_there_at_any_rate_and_iteration(rate, iteration):
    history = Rates(START, *xor(), (0.5, 1), KEPT).history(rate)
    assert history.iterations.tolist() == list(KEPT)
    now = at(history, rate, iteration)
    assert flat(now) == pytest.approx(trained(rate, iteration), rel=1e-12)


def test_a_layer_without_bias_is_trained_at_all_rates_too():
    start = [network.Layer(np.zeros((2, 1)), None)]
    history = Rates(start, *xor(), (0.5, 1), KEPT).history(1)
    assert history.network[0].b is None
    assert history.network[0].W.shape == (3, 2, 1)


def test_a_rate_between_the_stops_is_trained_once():
    rates = Rates(START, *xor(), (0.5, 1), KEPT)
    assert rates.history(0.7) is rates.history(0.7)


def test_the_stops_are_trained_when_one_is_asked_for_and_once(monkeypatch):
    train, trained = network.train, []

    def counted(start, X, y, rate, *rest):
        trained.append(rate)
        return train(start, X, y, rate, *rest)

    monkeypatch.setattr(network, "train", counted)
    rates = Rates(START, *xor(), (0.5, 1), KEPT)
    assert not trained
    for rate in 0.7, 1, 0.5, 0.7:
        rates.history(rate)
    assert trained == [0.7, (0.5, 1)]
    Rates(START, *xor(), (), KEPT).history(1)
    assert trained[2:] == [1]


def test_what_it_is_trained_on_goes_on_between_the_kept_iterations():
    rates = Rates(START, *xor(), (0.5, 1), KEPT, "cross-entropy")
    straight = network.train(START, *xor(), 1, 5, [5], "cross-entropy").at(5)
    assert flat(at(rates.history(1), 1, 5)) == pytest.approx(flat(straight), rel=1e-12)


def test_weights_beyond_all_bounds_stay_as_they_were_kept():
    line = [network.Layer([[1.0]], [[1.0]], "linear")]
    X, y = np.array([[1.0], [2.0]]), np.array([[0.0], [1.0]])
    history = Rates(line, X, y, (1e300,), (0, 4)).history(1e300)
    assert not finite(history.at(4))
    assert not finite(at(history, 1e300, 7))


def test_the_iterations_up_to_now_end_with_now_once():
    assert up_to(0, KEPT).tolist() == [0]
    assert up_to(3, KEPT).tolist() == [0, 3]
    assert up_to(5, KEPT).tolist() == [0, 3, 5]


def test_half_is_the_line_between_two_sides_and_no_line_where_all_is_flat():
    x, y = np.linspace(0, 1, 5), np.linspace(0, 2, 3)
    along, _ = half(x, y, np.tile(x, (3, 1)))
    assert set(along[~np.isnan(along)].round(9)) == {0.5}
    along, _ = half(x, y, 0.5 + 1e-3 * np.tile(x - 0.5, (3, 1)))  # gentle, not flat
    assert set(along[~np.isnan(along)].round(9)) == {0.5}
    noise = 1e-9 * np.tile(x - 0.5, (3, 1))
    assert np.isnan(half(x, y, 0.5 + noise)).all()


def test_each_curve_ends_in_a_dot_and_stands_in_the_legend_once():
    axes = Figure().add_subplot()
    curves = Curves(axes, {**FIRST, "label": "one"}, {**SECOND, "label": "two"})
    curves.move(np.array([0, 5]), np.array([1, 2]), np.array([3, 4]))
    lines, dots = curves.moving[:2], curves.moving[2:]
    assert [line.get_xydata().tolist() for line in lines] == [
        [[0, 1], [5, 2]],
        [[0, 3], [5, 4]],
    ]
    assert [dot.get_xydata().tolist() for dot in dots] == [[[5, 2]], [[5, 4]]]
    assert axes.get_legend_handles_labels() == (curves.keys, ["one", "two"])
