"""The questions to predict: the place of the right choice, and true replies."""

from collections import Counter
from functools import cache

import numpy as np
import pytest
from course import ROOMS, asked

from backprop import network
from backprop.data import four_rows, moons, xor
from backprop.network import Layer, sigmoid, sigmoid_derivative
from backprop.picture import say
from backprop.stages.applications import anomaly, cliff

ALL = [each for room in ROOMS for each in asked(room).values()]


def place(question):
    return [choice.get("right", False) for choice in question["choices"]].index(True)


def test_the_place_of_the_right_choice_tells_nothing():
    places = Counter(map(place, ALL))
    for first_three in range(3):
        assert 0.25 < places[first_three] / len(ALL) < 0.4
    assert places[3] >= 3
    for room in ROOMS:
        here = Counter(map(place, asked(room).values()))
        assert max(here.values()) <= (len(asked(room)) + 1) // 2
        assert len(here) >= 3


@pytest.mark.parametrize("extreme", [max, min])
def test_the_length_of_the_right_choice_tells_little(extreme):
    def stands_out(question):
        lengths = [len(choice["text"]) for choice in question["choices"]]
        return extreme(lengths) == lengths[place(question)]

    chance = np.mean([1 / len(question["choices"]) for question in ALL])
    assert abs(np.mean([stands_out(question) for question in ALL]) - chance) < 0.1


def test_each_reply_answers_its_choice():
    for question in ALL:
        replies = [choice["reply"] for choice in question["choices"]]
        assert len(set(replies)) == len(replies)
        for choice in question["choices"]:
            assert len(choice["reply"]) >= 20, question["name"]
            # Only a reply to the right choice says yes to it.
            if not choice.get("right"):
                assert not choice["reply"].startswith("Yes"), question["name"]


# -- every number that a reply states


@cache
def trained(rate=1, iterations=10_000):
    X, y = four_rows()
    start = 2 * np.random.RandomState(0).random_sample((3, 1)) - 1
    return network.train([Layer(start)], X, y, rate, iterations)


def weights(iteration):
    return trained().at(iteration)[0].W.ravel()


def outputs(history, iteration):
    return network.forward(history.at(iteration), history.X)[-1].ravel()


def secant(z, h):
    return sigmoid(z + h) - sigmoid(z)


def nudge_left(layers, z=1.0):
    left = 1.0
    for _ in range(layers):
        z = sigmoid(z)
        left *= sigmoid_derivative(z)
    return left


def loss_at(w):
    """Return the loss of stage 04's neuron: x = 2, b = -2, y = 1."""
    return (sigmoid(2 * w - 2) - 1) ** 2 / 2


def flagged():
    known, held_out, anomalous = anomaly.known_and_anomalous()
    encoder = anomaly.autoencoder()
    known, held_out, anomalous = (
        anomaly.reconstruction_error(encoder, X) for X in (known, held_out, anomalous)
    )
    threshold = np.quantile(known, 0.95)
    return (anomalous > threshold).mean(), (held_out > threshold).mean()


def xor_solved(width):
    X, y = xor()
    start = network.init((2, width, 1), seed=range(20))
    end = network.train(start, X, y, 1, 10_000, keep=[10_000]).at(10_000)
    return int(((network.forward(end, X)[-1] > 0.5) == y).all((1, 2)).sum())


def below_half(start):
    run = network.train([Layer([[start]], [[start]])], [[1]], [[0]], 0.15, 300)
    return int(np.argmax(network.forward(run.network, [[1]])[-1].ravel() < 0.5))


# room: question, a piece of it with {} for each number, and the numbers
NUMBERS = {
    "start_here": [
        ("where it goes", "its weight is {}", lambda: [say(weights(10_000)[0])]),
        ("where it goes", "at {}.", lambda: [say(weights(10_000)[2])]),
    ],
    "sigmoid": [
        ("across zero", "goes from {} to {}", lambda: map(say, sigmoid([-0.1, 0.1]))),
        ("where is half", "z = −4 the sum is {}", lambda: [say(2 * -4 - 4)]),
        ("small nudge", "of a nudge: {}", lambda: [f"{secant(0, 1e-3):.5f}"]),
        ("small nudge", "from 0.5 to {}", lambda: [f"{sigmoid(1e-3):.5f}"]),
        ("eight layers", "that leaves {} at most", lambda: [f"{0.25**8:.6f}"]),
        ("eight layers", "Here {} is left", lambda: [f"{nudge_left(8):.7f}"]),
        ("eight layers", "and here {}.", lambda: [f"{nudge_left(8):.7f}"]),
        (
            "exactly one",
            "is {} short",
            lambda: [f"{sigmoid(-37):.1e}".replace("-", "−")],
        ),
    ],
    "derivative": [
        ("closing in", "the rise is {}", lambda: [f"{secant(1.5, 1e-3):.6f}"]),
        ("closing in", "that is {}.", lambda: [f"{secant(1.5, 1e-3) / 1e-3:.3f}"]),
        ("riding", "is high, {}, and", lambda: [f"{sigmoid(5):.3f}"]),
        (
            "riding",
            "its slope is {}",
            lambda: [f"{sigmoid_derivative(sigmoid(5)):.5f}"],
        ),
        ("what is x", "the result is {}", lambda: [say(5 * (1 - 5))]),
        ("what is x", "the output is {}", lambda: [f"{sigmoid(5):.3f}"]),
        (
            "can it be negative",
            "grows from {} to {}",
            lambda: [f"{a:.4f}" for a in sigmoid([5, 6])],
        ),
        ("only the output", "it is {}.", lambda: [f"{sigmoid_derivative(0.9):.2f}"]),
        (
            "exit",
            "{}, the slope at z = −3",
            lambda: [f"{sigmoid_derivative(sigmoid(-3)):.4f}"],
        ),
        ("exit", "{}, and the program", lambda: [say(-3 * (1 + 3))]),
    ],
    "forward_pass": [
        (
            "minus a list",
            "{} numbers, {} of them",
            lambda: [(np.ones((4, 1)) - np.ones(4)).size, 16 - 4],
        ),
        (
            "exit",
            "gives {}. NumPy",
            lambda: [(np.ones((100, 3)) * np.ones((1, 3))).shape],
        ),
        (
            "exit",
            "gives {}. NumPy",
            lambda: [(np.ones((100, 3)) * np.ones((100, 1))).shape],
        ),
        ("exit", "has to be {}", lambda: [(np.ones((100, 3)) @ np.ones((3, 5))).shape]),
    ],
    "chain_rule": [
        ("minus a quarter", "the loss is {}, and", lambda: [loss_at(1)]),
        (
            "minus a quarter",
            "∂L/∂w is {}.",
            lambda: [say((loss_at(1 + 1e-6) - loss_at(1 - 1e-6)) / 2e-6)],
        ),
        ("minus a quarter", "the loss to {}, below", lambda: [say(loss_at(1) - 0.25)]),
        ("minus a quarter", "the loss is {}. A", lambda: [f"{loss_at(2):.4f}"]),
        ("any size", "ratio is {} there", lambda: [say(secant(0, 4) / 4)]),
        ("through times", "{}: it is multiplied by the 5", lambda: [say(0.3 * 5)]),
        ("through times", "{}: it is multiplied by the 4", lambda: [say(0.3 * 4)]),
        ("two paths", "{}: the paths add", lambda: [say(-0.25 + 0.125)]),
        ("two paths", "{}: the paths multiply", lambda: [f"−{0.25 * 0.125}"]),
        ("two paths", "{}: the mean", lambda: [say((-0.25 + 0.125) / 2)]),
    ],
    "training_loop": [
        (
            "famous number",
            "gives {} for",
            lambda: [f"{sigmoid(weights(10_000)[0]):.8f}"],
        ),
        ("famous number", "w₁ is {}", lambda: [say(weights(10_000)[0])]),
    ],
    "hidden_layer": [
        ("how many seeds", "Yes: from {}.", lambda: [xor_solved(2)]),
        ("how many seeds", "From {} of these", lambda: [20 - xor_solved(2)]),
        ("exit", "of these {}, all", lambda: [xor_solved(3)]),
    ],
    "when_learning_fails": [
        (
            "big error",
            "output {}, the other at {}",
            lambda: [f"{sigmoid(z):.2f}" for z in (4, 1.5)],
        ),
        (
            "big error",
            "slope is {}, against",
            lambda: [f"{sigmoid_derivative(sigmoid(4)):.3f}"],
        ),
        (
            "big error",
            "against {} at 0.82",
            lambda: [f"{sigmoid_derivative(sigmoid(1.5)):.2f}"],
        ),
        (
            "big error",
            "{} iterations against {}",
            lambda: [below_half(0.75), below_half(2)],
        ),
    ],
    "applications": [
        (
            "one in a thousand",
            "{} % of the anomalies are flagged, and {} %",
            lambda: [f"{100 * x:.0f}" for x in flagged()],
        ),
        ("one in a thousand", "about {} normal", lambda: [f"{999 * flagged()[1]:.0f}"]),
    ],
}


@pytest.mark.parametrize(
    "room, name, text, numbers",
    [(room, *each) for room, table in NUMBERS.items() for each in table],
    ids=[f"{room}-{each[0]}" for room, table in NUMBERS.items() for each in table],
)
def test_the_numbers_are_right(room, name, text, numbers):
    found = asked(room)[name]
    parts = [(choice["text"], choice["reply"]) for choice in found["choices"]]
    said = "\n".join([found["question"], *(part for each in parts for part in each)])
    assert text.format(*numbers()) in said


# -- what replies state in words


def test_stage_00_and_05_training():
    loss = trained().loss()
    assert (np.diff(loss) < 0).all()
    tenfold = [np.argmax(loss < loss[100] / factor) for factor in (1, 10, 100)]
    assert tenfold[1] / tenfold[0] == pytest.approx(10, rel=0.25)
    assert weights(10_000).argmax() == 0
    assert np.argmax(weights(10_000) - weights(0)) == 0


def test_stage_05_rates_of_100_and_2000():
    fast, stuck = trained(100, 100), trained(2000)
    assert fast.loss()[20] < 1e-3
    after_one_step = outputs(stuck, 1)
    assert np.minimum(after_one_step, 1 - after_one_step).max() < 1e-6
    assert stuck.loss()[1:] == pytest.approx(0.5)
    assert (abs(outputs(stuck, 10_000) - stuck.y.ravel()) > 0.5).sum() == 1
    assert stuck.gradient_size()[-1] < 1e-9


def test_stage_01_slopes_and_places():
    assert np.log(0.99 / 0.01) * 2 == pytest.approx(9, abs=0.3)
    assert 1 - sigmoid(37) == 0 and np.exp(-37) < np.finfo(float).eps / 2
    assert sigmoid(36.8) == 1 and sigmoid(36) < 1
    with np.errstate(over="ignore"):
        assert np.isfinite(np.exp(709.0)) and np.isinf(np.exp(710.0))
    assert -800 / np.log(10) == pytest.approx(-347, abs=0.5)


def test_stage_03_shapes():
    X = np.ones((4, 3))
    with pytest.raises(ValueError):
        X * np.ones((3, 1))
    assert (X * np.ones((1, 3))).shape == (4, 3)
    assert (X[:3] * np.ones((3, 1))).shape == (3, 3)
    assert (X @ np.ones((3, 2))).shape == (4, 2)


def test_stage_06_one_neuron_and_zeros():
    X, y = xor()
    zeros = network.init((2, 2, 1), scale=0)
    assert all(not p.any() for each in network.gradients(zeros, X, y) for p in each[:2])
    assert network.loss_value(zeros, X, y) == 0.5
    run = network.train(network.init((2, 1), seed=2), X, y, 1, 10_000)
    assert run.loss()[-1] == pytest.approx(0.5)
    three_right = [Layer([[20.0], [20.0]], [[-10.0]])]
    assert network.loss_value(three_right, X, y) == pytest.approx(0.5, abs=1e-3)
    start = network.init((2, 2, 1), seed=[0, 1, 11, 12])
    stuck = network.train(start, X, y, 1, 10_000, keep=[10_000])
    assert stuck.loss()[0] == pytest.approx(np.full(4, 0.25), abs=2e-3)
    assert (abs(network.forward(stuck.at(10_000), X)[-1] - 0.5) < 0.1).sum() == 8


def test_stage_08_wind():
    assert 0.8**3 == pytest.approx(1 / 2, abs=0.02)
    assert 1 - cliff.DISCOUNT**2 == pytest.approx(1 / 5, abs=0.02)


def test_stage_08_part_1():
    X, y = moons(100)
    start = network.init((2, 12, 1), "tanh", scale=1.5, seed=0)
    run = network.train(start, X, y, 0.02, 5000, keep=[5000], loss="cross-entropy")
    assert ((network.forward(run.at(5000), X)[-1] > 0.5) == y).mean() == 1
