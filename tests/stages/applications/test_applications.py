"""What stage 10 states: page and replies; results over several seeds."""

import inspect
from functools import cache
from itertools import pairwise
from pathlib import Path

import nbformat
import numpy as np
import pytest
from course import PATHS
from hypothesis import given
from hypothesis import strategies as st
from pages import in_words, prove

from backprop import network
from backprop.data import digits, moons, seattle, xor
from backprop.stages.applications import (
    Classifier,
    Regression,
    anomaly,
    cliff,
    sweeps,
)
from backprop.stages.applications.pictures import calibration, classifier
from backprop.stages.applications.pictures import policy as policy_picture
from backprop.stages.applications.pictures.classifier import lines
from backprop.stages.applications.pictures.digits import (
    COLUMNS,
    HELD_OUT,
    ROWS,
    _answers,
    _problem,
)
from backprop.stages.applications.pictures.policy import WINDS, learned
from backprop.stages.applications.pictures.regression import (
    RATES,
    baseline_errors,
    days,
    fitted_wave,
    wave,
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
    return (_answers(hidden, held_out, 300)[1] != _problem(held_out)[3]).sum()


def ends(task, quantity, form=".0f", without=()):
    """Return the smallest and the largest of the kept results, written."""
    kept = np.delete(sweeps.results(task)[quantity], without)
    return [format(each, form) for each in (kept.min(), kept.max())]


def stuck(quantity):
    """Return the seeds whose policy ends below 95 % of the best."""
    best = cliff.best_return(cliff.world(float(quantity.split()[1])))
    return np.flatnonzero(sweeps.results("policy")[quantity] < 0.95 * best)


def says_nine(iteration):
    """Return how many held-out images get 0.85 to 0.95, and how many of them right."""
    said, right = calibration._said(iteration, "held out")
    some = (said >= 0.85) & (said < 0.95)
    return [some.sum(), right[some].sum()]


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


def test_the_stop_is_where_the_validation_points_have_the_smallest_loss():
    for rate in classifier.RATES:
        trained = classifier._trained().history(rate).network
        _, _, X, y, *_ = classifier.points()
        a = network.forward(trained, X)[-1]
        with np.errstate(divide="ignore"):
            loss = -np.log(np.where(y > 0.5, a, 1 - a)).sum((-2, -1))
        assert classifier.stop(rate) == classifier.ITERATIONS[loss.argmin()]


# From S, at the lower left, on 3 rows of 5, each by the first letter of its move.
WALKS = {
    "rrrrd rrrrd urrru": "is up, right, right, right, right, down: to the goal.",
    "rrrrd rrrrd rrrrr": "is right: over the cliff.",
    "rrrrd rrrrd lrrrr": "end at a wall and stay there.",
    "rrrrd uuuuu uuuuu": "is up, up, right, right, right, right, down, down: to the",
    "dddrd urrrd urrrr": "go round and arrive nowhere.",
    "rrrrr rrrrr urrrr": "end at a wall and stay there.",
}


@pytest.mark.parametrize("moves", WALKS)
def test_the_words_follow_the_likeliest_moves(moves):
    rows = [["urdl".index(move) for move in row] for row in moves.split()]
    policy = np.eye(4)[np.ravel(rows)]
    if "down, down" in WALKS[moves]:  # on the right side, down to the goal
        policy[9] = np.eye(4)[2]
    assert WALKS[moves] in policy_picture._likeliest_way(policy, "none")
    assert ", wind aside, " in policy_picture._likeliest_way(policy, "1 step in 5")


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
        "Without a hidden layer {} are wrong, with 30 units {}:",
        lambda: [read_wrong("none"), read_wrong()],
    ),
    (
        "the same network makes {} of the errors",
        lambda: [in_words(read_wrong(held_out=HELD_OUT[1]) / read_wrong())],
    ),
    ("They need {} numbers for it", lambda: [in_words(parameters((1, 2, 1)))]),
    (
        "{} to {} wrong: {} was neither",
        lambda: [*ends("digits", "wrong"), read_wrong()],
    ),
    (
        "(with five starts, {} to {} in place of {} to {})",
        lambda: [*ends("digits", "wrong when shuffled"), *ends("digits", "wrong")],
    ),
    (
        "{} pixels of these digits never change in training",
        lambda: [in_words((np.ptp(_problem(HELD_OUT[0])[0], 0) == 0).sum()).title()],
    ),
    (
        "An error of {} °C says little",
        lambda: [f"{held_out_error(2, [0])[0]:.1f}"],
    ),
    (
        "Without wind, {} of 20 starts keep to the edge; with wind, {} of 20 go by",
        lambda: [20 - len(stuck("wind 0")), 20 - len(stuck("wind 0.2"))],
    ),
    ("exploration={})", lambda: [cliff.EXPLORATION]),
    (
        "At 300 iterations, what it says 0.9 of is right about {} times in 10",
        lambda: [round(10 * says_nine(300)[1] / says_nine(300)[0])],
    ),
    (
        "({} to {} in the wind, where all starts but {} have {} to {} without it)",
        lambda: [
            *ends("policy", "wind 0.2 with exploration", ".3f"),
            in_words(len(stuck("wind 0.2"))),
            *ends("policy", "wind 0.2", ".3f", without=stuck("wind 0.2")),
        ],
    ),
    (
        "Between its {} inputs and {} outputs it has {} hidden units",
        lambda: [
            anomaly.autoencoder()[i].W.shape[j] for i, j in ((0, 0), (1, 1), (0, 1))
        ],
    ),
    (
        "the mean error of the 5 to 9 is about {} as large",
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
    ("for each position, of which there are {} here;", lambda: [len(cliff.POSITIONS)]),
]
REPLIES = [
    (
        "says 0.9",
        "says 0.85 to 0.95 of {} images after 20 iterations, and {} of them are right;"
        " after 1,000 iterations it says so of {}, and {} are right",
        lambda: [*says_nine(20), *says_nine(1000)],
    ),
    (
        "says 0.9",
        "After 1,000 iterations, {} of {} such",
        lambda: says_nine(1000)[::-1],
    ),
    (
        "says 0.9",
        "After 20 iterations it is {} of {}, after 1,000 it is {} of {}.",
        lambda: [*says_nine(20)[::-1], *says_nine(1000)[::-1]],
    ),
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


def test_lines_are_those_of_the_page_and_count_right(plane):
    X, y, X_new, y_new = plane
    found = lines(X, y)
    page = run("def lines")["lines"](X, y)
    assert len(found) == len(page) == 360 * 99
    for (r, w, t), (other, v, u) in zip(found[::1000], page[::1000]):
        assert r == other == ((X @ w > t) == y[:, 0]).sum()
        assert (w == v).all() and t == u


def test_the_lines_that_tie_and_the_best_possible(plane):
    X, y, X_new, y_new = plane
    most = max(r for r, *_ in lines(X, y))
    ties = [(w, t) for r, w, t in lines(X, y) if r == most]
    new = [((X_new @ w > t) == y_new[:, 0]).mean() for w, t in ties]
    assert (most, len(ties)) == (90, 5)
    assert min(new) == pytest.approx(0.825) and max(new) == pytest.approx(0.83)
    assert classifier.best_share() == pytest.approx(0.858)


def test_logistic_regression_is_where_the_loss_is_least(plane):
    X, y, X_new, y_new = plane
    neuron = classifier.logistic_regression()
    grads = network.gradients(neuron, X, y, "cross-entropy")
    assert max(abs(p).max() for p in grads[0]) < 1e-6
    assert right(neuron, X_new, y_new) == pytest.approx(0.845)


def test_the_stop_is_chosen_on_validation_alone():
    X, y, X_val, y_val, *_ = classifier.points()
    assert not {*map(bytes, X_val)} & {
        *map(bytes, np.vstack([X, moons(1000, seed=1)[0]]))
    }
    losses = [
        network.loss_value(classifier._network(0.02, i), X_val, y_val, "cross-entropy")
        for i in classifier.ITERATIONS
    ]
    assert classifier.ITERATIONS[np.argmin(losses)] == classifier.stop(0.02) == 100


def test_early_stopping_beats_every_line_and_the_end_whatever_the_start():
    kept = sweeps.results("plane")
    early, late = kept["right at the stop"], kept["right at the end"]
    assert len(early) == 20 and (early - late > 0.01).all()
    assert early.min() > classifier.best_share() > np.median(late)
    assert (late < classifier.best_share()).sum() > 15


def right(one, X, y):
    return ((network.forward(one, X)[-1] > 0.5) == y).mean((-2, -1))


@pytest.mark.parametrize("seed", range(2, 6))
def test_it_is_so_with_other_points_as_well(seed):
    X, y = moons(100, seed=seed)
    X_new, y_new = moons(1000, seed=100 + seed)
    _, w, cut = max(lines(X, y), key=lambda each: each[0])
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


def test_hidden_units_beat_one_layer_beats_the_mean_and_shuffling_flatters():
    kept = sweeps.results("digits")
    X, labels, X_new, new_labels, _, baseline = _problem(HELD_OUT[0])
    assert (baseline != new_labels).sum() == 71
    one_layer, wrong = kept["wrong without a hidden layer"], kept["wrong"]
    assert one_layer.max() < 71 and wrong.max() < one_layer.min()
    assert (kept["wrong when shuffled"] * 2 < wrong).all()
    # From the nearest of all training images, no network comes near.
    distance = (X_new**2).sum(1)[:, None] + (X**2).sum(1) - 2 * X_new @ X.T
    nearest = (labels[distance.argmin(1)] != new_labels).sum()
    assert nearest == 21 and nearest < wrong.min()


def test_the_two_commonest_confusions_are_those_of_the_page():
    _, labels, _, new_labels, *_ = _problem(HELD_OUT[0])
    answer = _answers("30 units", HELD_OUT[0], 300)[1]
    table = np.zeros((10, 10), int)
    np.add.at(table, (new_labels, answer), 1)
    np.fill_diagonal(table, 0)
    assert set(np.argsort(-table.ravel())[:2]) == {19, 38}
    kept = sweeps.results("digits")
    assert (kept["1 as 9"][0], kept["3 as 8"][0]) == (table[1, 9], table[3, 8])
    assert (kept["1 as 9"] + kept["3 as 8"] > kept["wrong"] / 4).all()


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_classes_count_each_answer_once(answers):
    said, right = map(np.array, zip(*answers))
    counts, means, rights = calibration.classes(said, right)
    assert counts.sum() == len(said) and rights.sum() == right.sum()
    for i, (low, high) in enumerate(pairwise(calibration.EDGES)):
        here = (said >= low) & ((said < high) | (high == 1))
        assert (counts[i], rights[i]) == (here.sum(), right[here].sum())
        if here.any():
            assert means[i] == pytest.approx(said[here].mean())


def test_an_edge_belongs_to_the_class_above_it():
    counts, *_ = calibration.classes(calibration.EDGES, np.ones(6, bool))
    assert counts.tolist() == [1, 1, 1, 1, 2]


def test_training_makes_it_surer_than_it_is_right_whatever_the_start():
    """First not sure enough, in the end too sure, with about as many right."""
    share = {}
    for i in 20, 300, 1000:
        said, right = (
            sweeps.results("digits")[name]
            for name in (f"says 0.9 at {i}", f"right of these at {i}")
        )
        assert (said > 25).all()
        share[i] = right.sum() / said.sum()
        if i == 20:
            assert (right / said > 0.98).all()
    assert 0.85 < share[300] < 0.95 and share[1000] < 0.85


def test_a_later_iteration_of_the_calibration_is_trained_on():
    said, right = calibration._said(350, "held out")
    X, labels, X_new, new_labels, *_ = _problem(HELD_OUT[0])
    start = network.init((64, 30, 10), "tanh", scale="xavier")
    targets = np.eye(10)[labels]
    one = network.train(start, X, targets, 0.0015, 350, [350], "cross-entropy").at(350)
    a = network.forward(one, X_new)[-1]
    assert said == pytest.approx(a.max(1), rel=1e-6)
    assert np.array_equal(right, a.argmax(1) == new_labels)


# Results over many seeds, kept in a table: the code computes what the table holds.


def assert_kept(task, seeds):
    for quantity, values in sweeps.SWEEPS[task](seeds).items():
        kept = sweeps.results(task)[quantity][list(seeds)]
        assert kept == pytest.approx(values, rel=1e-3), quantity


@pytest.mark.parametrize(
    "task, seeds", [("plane", range(3, 6)), ("digits", [3]), ("anomalies", [2])]
)
def test_the_kept_results_are_those_of_the_code(task, seeds):
    assert_kept(task, seeds)


@pytest.mark.parametrize("seed", [4, 11])
def test_the_kept_returns_are_those_of_the_code(seed):
    assert_kept("policy", [seed])


def test_an_unknown_task_is_told_the_known_ones():
    with pytest.raises(ValueError, match="task: got 'x'; needs one of 'plane', 'dig"):
        sweeps.results("x")


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
    wave_error, mean_error = baseline_errors()
    assert (wave_error, mean_error) == pytest.approx((3.98, 7.43), abs=0.005)
    slope, height = np.polyfit(X[:, 0], y[:, 0], 1)
    line = np.sqrt(((slope * X_new + height - y_new) ** 2).mean())
    assert mean_error < line == pytest.approx(7.56, abs=0.005)
    assert abs(np.polyfit(X_new[:, 0], y_new[:, 0], 1)[0]) < slope / 5  # of 2015
    one, two, ten = (held_out_error(width, range(5)) for width in (1, 2, 10))
    assert (one > 6.7).all()  # one unit may rise or fall, but not both
    assert (two < wave_error).all() and (ten < wave_error).all()
    assert abs(np.median(two) - np.median(ten)) < 0.15


def test_the_wave_has_the_least_squares_and_repeats():
    X, y, *_ = days()
    error = wave(X) @ fitted_wave() - y
    assert wave(X).T @ error == pytest.approx(np.zeros((3, 1)), abs=1e-8)
    assert wave(X) == pytest.approx(wave(X + 2))


def test_too_high_a_rate_diverges_and_says_so():
    words = Regression().words(learning_rate=RATES[-1], iteration=3000, width=10)
    assert "beyond all bounds" in words


@pytest.mark.parametrize("task", sweeps.SWEEPS)
def test_what_is_kept_of_a_sweep_are_the_seeds_that_are_run(task):
    seeds = inspect.signature(sweeps.SWEEPS[task]).parameters["seeds"].default
    assert [*seeds] == [*range(len(seeds))]
    for values in sweeps.results(task).values():
        assert len(values) == len(seeds)
