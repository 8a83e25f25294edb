"""What stage 10 states: page and replies; results over several seeds."""

from functools import cache
from pathlib import Path

import nbformat
import numpy as np
import pytest
from course import PATHS
from pages import in_words, prove

from backprop import network
from backprop.data import digits, moons, seattle, xor
from backprop.stages.applications import (
    Classifier,
    Regression,
    anomaly,
    cliff,
)
from backprop.stages.applications.pictures import classifier
from backprop.stages.applications.pictures.classifier import best_line
from backprop.stages.applications.pictures.digits import (
    COLUMNS,
    HELD_OUT,
    ROWS,
    _answers,
    _problem,
    nearest_mean,
)
from backprop.stages.applications.pictures.policy import WINDS, learned
from backprop.stages.applications.pictures.regression import (
    RATES,
    days,
    line_error,
    straight_line,
)

NOTEBOOK = PATHS["applications"]


def cell(start):
    """Return the source of the one code cell that begins so."""
    cells = nbformat.read(NOTEBOOK, as_version=4).cells
    (found,) = [c.source for c in cells if c.source.startswith(start)]
    return found


def run(*starts, **names):
    """Run the code cells that begin so; return all that they define."""
    names = {"np": np, "network": network, "xor": xor, **names}
    for start in starts:
        exec(cell(start), names)
    return names


# The numbers of page and replies


def parameters(widths):
    """Return how many numbers a network learns."""
    return sum(p.size for layer in network.init(widths) for p in layer[:2])


@cache
def every_point():
    """Return how many of the 100 training points end on the right side."""
    X, y = moons(100)
    start = network.init((2, 12, 1), "tanh", scale=1.5)
    end = network.train(start, X, y, 0.02, 5000, [5000], "cross-entropy").at(5000)
    return ((network.forward(end, X)[-1] > 0.5) == y).sum()


def read_wrong(hidden="30 units", held_out=HELD_OUT[0]):
    """Return how many of the held-out digits end wrong."""
    return (_answers(hidden, held_out)[1][-1] != _problem(held_out)[3]).sum()


@cache
def errors():
    """Return each image's error: known, held out, anomalies."""
    return [
        anomaly.reconstruction_error(anomaly.autoencoder(), X)
        for X in anomaly.known_and_anomalous()
    ]


def flagged():
    """Return the percentages of the anomalies and of the normal that are flagged."""
    known, held_out, anomalies = errors()
    threshold = np.quantile(known, 0.95)
    return [100 * (each > threshold).mean() for each in (anomalies, held_out)]


@cache
def flagged_when_shuffled():
    """Return the percentages of the held-out images, for three shuffles."""
    images, found = np.vstack(anomaly.known_and_anomalous()[:2]), []
    for seed in range(3):
        X = np.random.default_rng(seed).permutation(images)
        start = network.init([64, 8, 64], scale="xavier")
        trained = network.train(start, X[:450], X[:450], anomaly.RATE, 2000, [2000])
        error = anomaly.reconstruction_error(trained.at(2000), X)
        found.append(100 * np.mean(error[450:] > np.quantile(error[:450], 0.95)))
    return found


def steps(wind):
    """Return how many steps the likeliest way takes that was learned with this wind."""
    policy, still, position = learned(wind)[0][-1], cliff.world(), cliff.START
    for step in range(15):
        if cliff.END[position]:
            return step
        position = still[position, policy[position].argmax()].argmax()


def short_of_the_best(wind):
    """Return by which share the trained policy misses the best one."""
    best = cliff.best_return(cliff.world(WINDS[wind]))
    return 1 - learned(wind)[1][-1] / best


PAGE = [
    ("| 2 handwritten digits | {} images", lambda: [f"{len(digits()[0]):,}"]),
    ("all {} training points are on the right side", lambda: [every_point()]),
    ("{} images of 8 × 8 pixels", lambda: [f"{len(digits()[0]):,}"]),
    (
        "from {} (paper) to {} (ink)",
        lambda: [digits()[0].min(), digits()[0].max()],
    ),
    (
        "The first {} images are for training, the last {} are held out",
        lambda: [f"{len(X):,}" for X in _problem(HELD_OUT[0])[:3:2]],
    ),
    (
        "64 inputs, 30 hidden units, 10 outputs: {} weights and biases",
        lambda: [f"{parameters((64, 30, 10)):,}"],
    ),
    ("Held out, {} in 100 are", lambda: [f"{100 * read_wrong() / 597:.0f}"]),
    ("The sheet shows the first {}.", lambda: [ROWS * COLUMNS]),
    (
        "Without a hidden layer {} are wrong, with 30 units {}.",
        lambda: [read_wrong("none"), read_wrong()],
    ),
    (
        "the same network makes {} of the errors",
        lambda: [in_words(read_wrong(held_out=HELD_OUT[1]) / read_wrong())],
    ),
    ("It needs {} numbers for it", lambda: [in_words(parameters((1, 2, 1)))]),
    (
        "Between its {} inputs and {} outputs it has {} hidden units",
        lambda: [
            anomaly.autoencoder()[i].W.shape[j] for i, j in ((0, 0), (1, 1), (0, 1))
        ],
    ),
    (
        "their mean error is about {} as large",
        lambda: [{2: "twice"}[round(errors()[2].mean() / errors()[1].mean())]],
    ),
    ("it stores all {} images", lambda: [len(errors()[0])]),
    (
        "it is about {} to {} % in place of {}.",
        lambda: [
            f"{each:.0f}"
            for each in (*np.sort(flagged_when_shuffled())[[0, -1]], flagged()[1])
        ],
    ),
    ("over the cliff, or after {} steps", lambda: [cliff.STEPS]),
    (
        "**discounted** by {} for each step up to it: ${}^t$ if",
        lambda: [cliff.DISCOUNT] * 2,
    ),
    (
        "within {} percent of the best",
        lambda: ["two" if max(map(short_of_the_best, WINDS)) < 0.02 else "more"],
    ),
    (
        "Wind {} means: after a step, with probability {}, the",
        lambda: [WINDS["1 step in 5"]] * 2,
    ),
    (
        "to the top row: {} steps more",
        lambda: [in_words(steps("1 step in 5") - steps("none"))],
    ),
    ("is now an array of {}.", lambda: [len(cliff.POSITIONS)]),
]
REPLIES = [
    (
        "one in a thousand",
        "{} % of the anomalies are flagged, and {} %",
        lambda: [f"{each:.0f}" for each in flagged()],
    ),
    (
        "windy way",
        "with probability {}: only about {} of these",
        lambda: [WINDS["1 step in 5"], in_words((1 - WINDS["1 step in 5"]) ** 3)],
    ),
    (
        "windy way",
        "{} steps more cost {} of the",
        lambda: [
            in_words(steps("1 step in 5") - steps("none")).capitalize(),
            in_words(1 - cliff.DISCOUNT ** (steps("1 step in 5") - steps("none"))),
        ],
    ),
    ("exit", "the network got {} % of", lambda: [every_point()]),
]
test_the_page_says, test_a_reply_says, test_no_number_is_unproved = prove(
    "applications", PAGE, REPLIES
)


# The data


def test_moons_are_the_same_for_a_seed_and_halved():
    X, y = moons(100)
    assert X.shape == (100, 2) and y.shape == (100, 1)
    assert np.array_equal(X, moons(100, seed=0)[0])
    assert not np.array_equal(X, moons(100, seed=1)[0])
    assert y.sum() == 50 and moons(7)[1].sum() == 4
    exact, _ = moons(100, noise=0)
    assert np.hypot(*(exact[:50] + [0.5, 0.25]).T) == pytest.approx(np.ones(50))


def test_digits_are_those_of_uci():
    X, labels = digits()
    assert X.shape == (1797, 64) and X.dtype == int
    assert X.min() == 0 and X.max() == 16
    counts = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]  # from UCI's page
    assert np.bincount(labels).tolist() == counts


def test_seattle_has_every_day_of_four_years():
    year, day, highest = seattle()
    assert year.shape == (1461,) and day.shape == highest.shape == (1461, 1)
    assert [int((year == each).sum()) for each in range(2012, 2016)] == [
        366, 365, 365, 365,
    ]  # fmt: skip
    assert (np.diff(day[:, 0])[day[1:, 0] > 1] == 1).all()
    assert -10 < highest.min() < 0 < 35 < highest.max() < 40


def test_the_files_are_small():
    folder = Path(network.__file__).parent / "data_files"
    assert all(file.stat().st_size <= 200_000 for file in folder.iterdir())


# 1: the classifier


@pytest.fixture(scope="module")
def plane():
    return *moons(100), *moons(1000, seed=1)


def test_the_best_line_is_that_of_the_page_and_no_neuron_beats_it(plane):
    X, y, X_new, y_new = plane
    w, cut = best_line(X, y)
    page = run("def best_line", X=X, y=y, X_new=X_new, y_new=y_new)
    assert page["w"].ravel() == pytest.approx(w) and page["cut"] == pytest.approx(cut)
    share = (
        ((rows @ w > cut) == t[:, 0]).mean() for rows, t in ((X, y), (X_new, y_new))
    )
    assert list(share) == pytest.approx([0.90, 0.83])
    start = network.init((2, 1), seed=range(5))
    end = network.train(start, X, y, 0.03, 2000, [2000], "cross-entropy").at(2000)
    assert (right(end, X, y) <= 0.90).all()


def right(one, X, y):
    return ((network.forward(one, X)[-1] > 0.5) == y).mean((-2, -1))


def test_bent_beats_the_line_and_every_point_overfits_whatever_the_start(plane):
    X, y, X_new, y_new = plane
    start = network.init((2, 12, 1), "tanh", scale=1.5, seed=range(12))
    history = network.train(start, X, y, 0.02, 5000, [200, 5000], "cross-entropy")
    early, late = history.at(200), history.at(5000)
    assert (right(early, X_new, y_new) > 0.83 + 0.03).all()
    assert (right(late, X, y) >= 0.97).all()
    assert (right(early, X_new, y_new) - right(late, X_new, y_new) > 0.015).all()


@pytest.mark.parametrize("seed", range(2, 6))
def test_it_is_so_with_other_points_as_well(seed):
    X, y = moons(100, seed=seed)
    X_new, y_new = moons(1000, seed=100 + seed)
    w, cut = best_line(X, y)
    line = ((X_new @ w > cut) == y_new[:, 0]).mean()
    start = network.init((2, 12, 1), "tanh", scale=1.5, seed=range(4))
    history = network.train(start, X, y, 0.02, 5000, [200, 5000], "cross-entropy")
    early, late = (right(history.at(i), X_new, y_new).mean() for i in (200, 5000))
    assert early > line + 0.02 and early > late


def test_a_typed_iteration_and_rate_continue_the_picture():
    one = classifier._network(0.02, 60)
    start = network.init((2, 12, 1), "tanh", scale=1.5)
    whole = network.train(start, *moons(100), 0.02, 60, [60], "cross-entropy").at(60)
    assert one[0].W == pytest.approx(whole[0].W)
    words = Classifier().words(learning_rate=0.015, iteration=33)
    assert "learning rate 0.015" in words


# 2: the digits


def answers(hidden, seeds, order):
    X, labels = digits()
    X, labels = X[order], labels[order]
    X = (X - X[:1200].mean(0)) / 16
    start = network.init(hidden, "tanh", scale="xavier", seed=seeds)
    y = np.eye(10)[labels[:1200]]
    history = network.train(start, X[:1200], y, 0.0015, 300, [300], "cross-entropy")
    wrong = network.forward(history.at(300), X)[-1].argmax(-1) != labels
    near = nearest_mean(X[:1200], labels[:1200], X[1200:]) != labels[1200:]
    return wrong[:, :1200].sum(1), wrong[:, 1200:].sum(1), near.sum()


def test_hidden_units_beat_one_layer_beats_the_mean_and_shuffling_flatters():
    order = np.arange(1797)
    train, new, mean = answers((64, 30, 10), range(3), order)
    _, one_layer, _ = answers((64, 10), range(3), order)
    assert mean == 71 and (one_layer < 64).all() and (new < 49).all()
    assert (train < 6).all()
    shuffled = np.random.default_rng(0).permutation(order)
    _, easy, _ = answers((64, 30, 10), range(3), shuffled)
    assert (easy < 20).all() and (easy * 2 < new).all()


# 3: the temperatures


def held_out_error(width, seeds, iterations=1000):
    X, y, X_new, y_new = days()
    start = network.init((1, width, 1), "tanh", "linear", seed=seeds)
    scaled = (y - y.mean()) / y.std()
    history = network.train(start, X, scaled, 0.002, iterations, [iterations])
    a = network.forward(history.at(iterations), X_new)[-1] * y.std() + y.mean()
    return np.sqrt(((a - y_new) ** 2).mean((-2, -1)))


def test_one_unit_can_not_turn_two_can_ten_add_nothing():
    X, y, X_new, y_new = days()
    assert (len(X), len(X_new)) == (157, 365)
    assert line_error() == pytest.approx(7.56, abs=0.005)
    one, two, ten = (held_out_error(width, range(5)) for width in (1, 2, 10))
    assert (one > 6.7).all()  # one unit may rise or fall, but not both
    assert (two < 4).all() and (ten < 4).all()
    assert abs(np.median(two) - np.median(ten)) < 0.15


def test_the_straight_line_has_the_least_squares():
    X, y, *_ = days()
    slope, height = straight_line()
    error = slope * X + height - y
    assert (error.sum(), (error * X).sum()) == pytest.approx((0, 0), abs=1e-8)


def test_too_high_a_rate_diverges_and_says_so():
    words = Regression().words(learning_rate=RATES[-1], iteration=3000, width=10)
    assert "beyond all bounds" in words
