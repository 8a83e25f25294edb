"""Stage 10, parts 4 and 5: the detector and the policy, against slow exact counts."""

import numpy as np
import pytest

from backprop import network
from backprop.data import digits
from backprop.stages.applications import anomaly, cliff, sweeps
from backprop.stages.applications.pictures.policy import learned

AT_RANDOM = np.full((15, 4), 1 / 4)
WINDS = (0, 0.2)

# -- part 4: anomaly detection


def test_auc_counts_pairs_and_a_tie_is_half():
    random = np.random.default_rng(0)
    normal, anomalous = random.integers(0, 9, 40) / 4, random.integers(2, 12, 30) / 4
    pairs = [(a > n) + (a == n) / 2 for a in anomalous for n in normal]
    assert anomaly.auc(normal, anomalous) == pytest.approx(np.mean(pairs), abs=1e-12)
    assert anomaly.auc([1, 2], [3, 4]) == 1
    assert anomaly.auc([1, 2], [0]) == 0


def test_auc_is_the_area_under_the_curve():
    random = np.random.default_rng(1)
    normal, anomalous = random.normal(size=50), 1 + random.normal(size=70)
    cuts = np.concatenate([[-np.inf], np.sort(np.concatenate([normal, anomalous]))])
    tables = [anomaly.confusion(normal, anomalous, cut) for cut in cuts]
    false, true = np.array([table[:, 1] / table.sum(1) for table in tables]).T[:, ::-1]
    area = np.trapezoid(true, false)
    assert anomaly.auc(normal, anomalous) == pytest.approx(area, abs=1e-12)


def test_confusion_flags_what_is_greater():
    table = anomaly.confusion(np.array([1, 2, 3.0]), np.array([2, 4.0]), 2)
    assert table.tolist() == [[2, 1], [1, 1]]


def test_training_sees_no_held_out_image_and_no_anomaly():
    known, held_out, anomalous = anomaly.known_and_anomalous()
    assert [len(X) for X in (known, held_out, anomalous)] == [450, 451, 896]
    others = np.vstack([held_out, anomalous])
    assert not set(map(bytes, known)) & set(map(bytes, others))
    assert np.array_equal(anomaly.history().X, known)
    assert np.array_equal(anomaly.history().y, known)


def test_a_4_lies_farther_from_the_mean_of_the_known_than_a_6_an_8_or_a_9():
    known, held_out, _ = anomaly.known_and_anomalous()
    X, labels = digits()
    normal = labels[labels < 5][len(known) :]

    def away(images):
        return ((images - known.mean(0)) ** 2).sum(1).mean()

    others = [away(X[labels == digit] / 16) for digit in (6, 8, 9)]
    assert away(held_out[normal == 4]) > max(others)


def test_the_autoencoder_beats_the_mean_is_level_with_pca_and_below_the_nearest():
    known, held_out, anomalous = anomaly.known_and_anomalous()
    mean = known.mean(0)

    def auc(score):
        return anomaly.auc(score(held_out), score(anomalous))

    def squares(X):
        return (X**2).sum(1)[:, None] + (known**2).sum(1) - 2 * X @ known.T

    def error_of_pca(X):
        *_, vectors = np.linalg.eigh(np.cov(known.T))
        eight = vectors[:, -8:]
        return ((mean + (X - mean) @ eight @ eight.T - X) ** 2).sum(1)

    by_error = sweeps.results("anomalies")["AUC"]
    assert auc(lambda X: ((X - mean) ** 2).sum(1)) == pytest.approx(0.489, abs=5e-4)
    assert auc(error_of_pca) == pytest.approx(0.896, abs=5e-4)
    assert auc(lambda X: squares(X).min(1)) == pytest.approx(0.960, abs=5e-4)
    assert (by_error > 0.85).all() and (by_error < 0.93).all()
    assert by_error.argmax() == 0  # the seed of the page is the lucky one
    assert abs(np.median(by_error) - auc(error_of_pca)) < 0.005


@pytest.mark.parametrize("seed", range(4))
def test_a_threshold_set_on_training_images_flags_too_many_others(seed):
    trained = anomaly.autoencoder(seed=seed)
    known, held_out, anomalous = (
        anomaly.reconstruction_error(trained, X) for X in anomaly.known_and_anomalous()
    )
    threshold = np.quantile(known, 0.95)
    assert (held_out > threshold).mean() > 0.1


def test_between_the_kept_iterations_it_is_trained_on():
    known, _, _ = anomaly.known_and_anomalous()
    start = anomaly.autoencoder(0)
    straight = network.train(start, known, known, anomaly.RATE, 37, [37]).at(37)
    for layer, expected in zip(anomaly.autoencoder(37), straight):
        assert layer.W == pytest.approx(expected.W, rel=1e-9)


# -- part 5: the cliff


def test_the_world_moves_as_its_board_says():
    still, windy = cliff.world(), cliff.world(0.2)
    up, right, down, left = range(4)
    assert still.sum(-1) == pytest.approx(np.ones((15, 4)))
    assert windy.sum(-1) == pytest.approx(np.ones((15, 4)))
    assert still[cliff.START, up, 5] == still[cliff.START, left, cliff.START] == 1
    assert still[9, down, cliff.GOAL] == still[0, up, 0] == still[4, right, 4] == 1
    assert windy[5, right, [6, 11]] == pytest.approx([0.8, 0.2])
    assert windy[9, down, cliff.GOAL] == pytest.approx(1)
    with pytest.raises(ValueError, match="wind: got 2; needs a number from 0 to 1"):
        cliff.world(2)


def test_the_best_return_without_wind_is_that_of_six_steps():
    assert cliff.best_return(cliff.world()) == pytest.approx(0.9**6, rel=1e-12)
    along = np.zeros((15, 4))
    along[:, 1] = along[cliff.START, 0] = along[9, 2] = 1
    along[cliff.START, 1] = along[9, 1] = 0
    mean = cliff.expected_return(cliff.world(), along)
    assert mean == pytest.approx(0.9**6, rel=1e-12)


@pytest.mark.parametrize("wind", WINDS)
def test_no_policy_is_better_than_the_best(wind):
    chances, random = cliff.world(wind), np.random.default_rng(0)
    policies = cliff.softmax(6 * random.normal(size=(300, 15, 4)))
    returns = cliff.expected_return(chances, policies)
    assert returns.shape == (300,)
    assert returns[7] == pytest.approx(cliff.expected_return(chances, policies[7]))
    assert (returns <= cliff.best_return(chances) + 1e-12).all()


@pytest.mark.parametrize("wind", WINDS)
def test_episodes_bring_the_expected_return_on_average(wind):
    chances = cliff.world(wind)
    _, policies = cliff.learn(chances, 30)
    random = np.random.default_rng(5)
    # 2,000 episodes, one at a time: a return for each, not for each of its steps.
    one = (chances, policies[-1], 1, random)
    returns = [cliff.episodes(*one)[2][0] for _ in range(2000)]
    spread = np.std(returns) / np.sqrt(len(returns))
    expected = cliff.expected_return(chances, policies[-1])
    assert abs(np.mean(returns) - expected) < 4 * spread


def policy_of(actor):
    return cliff.softmax(network.forward(actor, cliff.POSITIONS)[-1])


def exact_delta(chances, policy):
    """Return the mean delta of an episode, (15, 4): over all, by their chances."""
    value, ahead = np.zeros(15), []
    for _ in range(cliff.STEPS):
        each_move = cliff.DISCOUNT * chances @ np.where(cliff.END, cliff.REWARD, value)
        value = (policy * each_move).sum(1)
        ahead.append(each_move - value[:, None])
    here, delta = np.eye(15)[cliff.START], np.zeros((15, 4))
    for step, better in enumerate(reversed(ahead)):
        delta -= cliff.DISCOUNT**step * here[:, None] * policy * better
        here = np.einsum("s,sm,smt->t", here, policy, chances) * ~cliff.END
    return delta


@pytest.mark.parametrize("wind", WINDS)
def test_the_policy_gradient_is_the_slope_of_the_expected_return(wind):
    chances = cliff.world(wind)
    actor, _ = cliff.learn(chances, 20)
    delta = exact_delta(chances, policy_of(actor))
    exact = network.gradients(actor, cliff.POSITIONS, delta=delta)
    got, wanted = [], []
    for i, layer in enumerate(actor):
        for name in ("W", "b"):
            got.append(getattr(exact[i], name).ravel())
            for index in np.ndindex(getattr(layer, name).shape):
                returns = []
                for h in (1e-5, -1e-5):
                    nudged = getattr(layer, name).copy()
                    nudged[index] += h
                    changed = list(actor)
                    changed[i] = layer._replace(**{name: nudged})
                    returns.append(cliff.expected_return(chances, policy_of(changed)))
                wanted.append([-(returns[0] - returns[1]) / 2e-5])
    got, wanted = np.concatenate(got), np.concatenate(wanted)
    size = np.linalg.norm
    assert size(got - wanted) / (size(got) + size(wanted)) < 1e-6


def sampled(chances, actor, count, baseline, seed):
    """Return the gradient from episodes, for one episode: the W of the last layer."""
    policy, random = policy_of(actor), np.random.default_rng(seed)
    positions, moves, returns = cliff.episodes(chances, policy, count, random)
    delta = (policy[positions] - np.eye(4)[moves]) * (returns - baseline)[:, None]
    X = cliff.POSITIONS[positions]
    return network.gradients(actor, X, delta=delta)[-1].W / count


def test_the_baseline_leaves_the_mean_and_takes_the_noise():
    chances = cliff.world(0.2)
    actor, policies = cliff.learn(chances, 50)
    baseline = cliff.expected_return(chances, policies[-1])
    delta = exact_delta(chances, policies[-1])
    exact = network.gradients(actor, cliff.POSITIONS, delta=delta)[-1].W
    noise = []
    for taken_off in (0, baseline):
        batches = [sampled(chances, actor, 64, taken_off, seed) for seed in range(150)]
        off = np.linalg.norm(np.mean(batches, 0) - exact)
        noise.append(np.sqrt(np.var(batches, 0).sum()))
        assert off < 3 * noise[-1] / np.sqrt(150)
    assert noise[1] < 0.6 * noise[0]


@pytest.mark.parametrize("wind, ends_low", [(0, {4, 6, 17}), (0.2, {11})])
def test_most_seeds_learn_and_some_end_stuck_as_the_page_says(wind, ends_low):
    best = cliff.best_return(cliff.world(wind))
    returns = sweeps.results("policy")[f"wind {wind}"]
    assert len(returns) == 20
    assert {*np.flatnonzero(returns < 0.95 * best).tolist()} == ends_low
    well = np.delete(returns, list(ends_low))
    assert (well > 0.98 * best).all()
    # Exploration frees each of them, and costs the others at most three percent.
    explored = sweeps.results("policy")[f"wind {wind} with exploration"]
    assert (explored > 0.97 * best).all()
    assert explored.mean() < well.mean()


def test_a_policy_goes_the_way_that_the_page_says():
    names = list(cliff.MOVES)

    def middle_row_at_column_1(wind, seed):
        return names[learned(wind, seed)[0][-1][6].argmax()]

    assert middle_row_at_column_1("none", 0) == "right"
    assert middle_row_at_column_1("1 step in 5", 0) == "up"
    assert middle_row_at_column_1("none", 4) == "up"  # the longer way, without wind
    waits = learned("1 step in 5", 11)[0][-1]
    assert [names[waits[position].argmax()] for position in (4, 9)] == ["right"] * 2


@pytest.mark.parametrize(
    "wind, seed, comes_free",
    [(0, 4, False), (0, 6, True), (0, 17, False), (0.2, 11, False)],
)
def test_1500_updates_free_the_seed_that_the_page_says(wind, seed, comes_free):
    chances = cliff.world(wind)
    _, policies = cliff.learn(chances, 1500, seed=seed)
    at_the_end = cliff.expected_return(chances, policies[-1])
    assert (at_the_end > 0.98 * cliff.best_return(chances)) == comes_free


def test_the_entropy_s_delta_is_its_slope_by_z():
    z = np.random.default_rng(3).normal(size=(5, 4))

    def entropy(z):
        p = cliff.softmax(z)
        return -(p * np.log(p)).sum(1)

    nudged = [entropy(z + h) - entropy(z - h) for h in 1e-5 * np.eye(4)]
    slope = np.transpose(nudged) / 2e-5
    assert cliff.entropy_delta(cliff.softmax(z)) == pytest.approx(-slope, abs=1e-8)


def test_without_exploration_it_learns_as_ever_and_with_it_differs():
    chances = cliff.world()
    plain, none, some = (
        cliff.learn(chances, 5, exploration=e)[1][-1] for e in (0, 0.0, 0.03)
    )
    assert np.array_equal(plain, none) and not np.array_equal(plain, some)
