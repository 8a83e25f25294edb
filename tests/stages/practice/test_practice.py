"""What stage 09 states: its page and its replies, over seeds where it says so."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from course import code_cells
from matplotlib.figure import Figure
from pages import in_words, prove

from backprop import network
from backprop.data import digits, moons
from backprop.picture import say
from backprop.stages.practice import (
    Epochs,
    Playground,
    descent,
    pictures,
    pictures_momentum,
    pictures_set_ups,
    pictures_sets,
    playground,
    playground_checks,
)
from backprop.stages.practice.descent import by_batches
from backprop.stages.practice.pictures import MOMENTS, X, arrows, noise, y
from backprop.stages.practice.pictures_momentum import (
    CURVATURES,
    AdamSteps,
    Ravine,
    adam_steps,
)
from backprop.stages.practice.pictures_momentum import descent as ravine
from backprop.stages.practice.pictures_sets import DECAYS, ITERATIONS, best_of


def first_loss(scale):
    """Return the mean loss of the page's digits before any training."""
    pixels, labels = digits()
    layers = network.init((64, 20, 10), "tanh", scale=scale)
    targets = np.eye(10)[labels[:1200]]
    return descent.mean_loss(layers, pixels[:1200] / 16, targets)


def in_the_long_run(rate, beta):
    """Return what a step leaves of the distance to the bottom, when many are taken."""
    left = [
        np.abs(np.linalg.eigvals([[1 + beta - rate * curvature, -beta], [1, 0]])).max()
        for curvature in CURVATURES
    ]
    return max(left)


def played(name, **fixed):
    """Return the Run of a named state of the playground."""
    return (
        Playground(**fixed)
        ._now(
            **{
                **Playground.start,
                **Playground.states[name],
                "iteration": playground.LAST,
            }
        )
        .run
    )


def wrong(name, rows="training", **fixed):
    """Return how many rows a named state of the playground has wrong at its end."""
    run = played(name, **fixed)
    layers = playground.unpacked(run.parameters[-1], run.widths, run.activation)
    return playground.wrong(layers, *getattr(run.rows, rows))


PAGE = [
    ("The step has {} numbers", lambda: [len(pictures._rows_gradients(MOMENTS[0])[0])]),
    ("up to epoch {}:", lambda: [pictures.Epochs.states["rate 1"]["epoch"]]),
    (
        "a {} times flatter",
        lambda: ["hundred" if np.isclose(np.divide(*CURVATURES), 100) else "?"],
    ),
    ("allows no rate over {}.", lambda: [f"{2 / max(CURVATURES):.0f}"]),
    (
        "Up to step {} the uncorrected steps grow",
        lambda: [adam_steps(0.9, 0.999, False)[1].argmax() + 1],
    ),
    (
        "a learning rate of {} on the sum is {} on the mean",
        lambda: [0.03, round(0.03 * 100)],
    ),
    (
        "Now {} training rows, and {} units.",
        lambda: [
            *map(len, pictures_sets.SETS["100"][:1]),
            pictures_sets.START[0].W.shape[1],
        ],
    ),
    (
        "**more data**: {} times as many",
        lambda: [in_words(len(pictures_sets.SETS["400"][0]) / 100)],
    ),
    ("small start. {} says", lambda: [round(first_loss(3))]),
    ("anew, for {} iterations; **iteration**", lambda: [f"{playground.LAST:,}"]),
    ("the loss on {} other rows", lambda: [playground.ROWS]),
    (
        "and with it: to {} of it, and to {}.",
        lambda: [f"{in_the_long_run(*pair):.2f}" for pair in ((1.98, 0), (3.3, 0.67))],
    ),
    ("these very weights, on {} rows", lambda: [playground.CHECKED]),
    (
        "of layer 1 is about {} of that of the last layer",
        lambda: [in_words(np.divide(*played("deep sigmoids").sizes[0, [0, -1]]))],
    ),
    (
        "each weight by $1 - {} \\cdot {} = {}$",
        lambda: [
            *(rate := Playground.states["diverges"]["learning_rate"],),
            *(decay := Playground.states["diverges"]["weight_decay"],),
            round(1 - rate * decay),
        ],
    ),
    ("at these values, after {} iterations", lambda: [Playground.start["iteration"]]),
    (
        "diverges above 2 / {} = {}, momentum 0.9 above 2 · {} / 0.1 = {}.",
        lambda: [
            playground_checks.DECAY,
            round(2 / playground_checks.DECAY),
            1 + 0.9,
            round(2 * 1.9 / playground_checks.DECAY),
        ],
    ),
    (
        "Solve it with {} or fewer: after 2,000",
        lambda: [in_words(playground_checks.MOST_UNITS)],
    ),
    (
        "no hidden layer, weight decay {}. Find",
        lambda: [playground_checks.DECAY],
    ),
]
REPLIES = [
    (
        "parameters",
        "Yes: {}, {} and {}.",
        lambda: [layer.W.size + layer.b.size for layer in network.init((2, 8, 8, 1))],
    ),
    (
        "small weights",
        "Yes, {} of {}.",
        lambda: [wrong("spiral, weight decay"), playground.ROWS],
    ),
    (
        "small weights",
        "after 2,000 iterations {} row is wrong. Now the same training with weight "
        "decay {},",
        lambda: [
            "no" if wrong("spiral") == 0 else "a",
            Playground.states["spiral, weight decay"]["weight_decay"],
        ],
    ),
    (
        "same examples",
        "it steps: {} times, against {} and {}.",
        lambda: [f"{pictures.EPOCHS * len(X) // size:,}" for size in pictures.BATCHES],
    ),
    ("best of twenty", "About {} %.", lambda: [round(100 * best_of(20, 100))]),
    (
        "best of twenty",
        "by some {} % up or down, and the best of twenty lies about {} as far out",
        lambda: [
            round(100 * np.sqrt(0.25 / 100)),
            {2: "twice"}[round((best_of(20, 100) - 0.5) / np.sqrt(0.25 / 100))],
        ],
    ),
    ("decay", "after {} iterations", lambda: [ITERATIONS[-1]]),
]
test_the_page_says, test_a_reply_says, test_no_number_is_unproved = prove(
    "practice", PAGE, REPLIES
)


# -- mini-batches


def test_four_times_as_many_rows_halve_the_noise():
    for moment in MOMENTS:
        assert 0.45 < noise(moment, 20) / noise(moment, 5) < 0.5
        assert 0.45 < noise(moment, 4) / noise(moment, 1) < 0.5


def test_the_noise_is_that_of_batches():
    rows, random = pictures._rows_gradients(MOMENTS[0]), np.random.default_rng(0)
    whole = rows.mean(axis=0)
    drawn = [rows[random.permutation(200)[:10]].mean(axis=0) for _ in range(3000)]
    off = np.sqrt(((drawn - whole) ** 2).sum(axis=1).mean()) / np.linalg.norm(whole)
    assert off == pytest.approx(noise(MOMENTS[0], 10), rel=0.02)


@pytest.fixture
def from_start(monkeypatch):
    """Return a function that has the batches' picture start from another seed."""

    def start_from(seed):
        start = network.init((2, 8, 1), "tanh", scale="xavier", seed=seed)
        monkeypatch.setattr(pictures, "START", start)
        pictures._rows_gradients.cache_clear()
        arrows.cache_clear()

    yield start_from
    monkeypatch.undo()
    pictures._rows_gradients.cache_clear()
    arrows.cache_clear()


def test_from_each_start_the_noise_grows_and_some_batches_of_ten_point_uphill(
    from_start,
):
    for seed in range(5):
        from_start(seed)
        early, late = (noise(moment, 10) for moment in MOMENTS)
        assert early < 1 and late > 10 * early
        uphill = [(arrows(moment, 10)[:, 0] < 0).mean() for moment in MOMENTS]
        assert uphill[0] <= 0.05 < uphill[1] < 0.5


def test_from_each_start_the_smaller_batch_wins_until_its_noise_costs():
    for seed in range(4):
        start = network.init((2, 8, 1), "tanh", scale="xavier", seed=seed)
        rates = [0.1, 0.5, 2]
        one, ten, all_rows = (
            descent.by_batches(start, X, y, rates, size, 20, 200, seed)[-5:].mean(0)
            for size in pictures.BATCHES
        )
        assert one[0] < ten[0] < all_rows[0]
        assert ten[1] < min(one[1], all_rows[1])
        assert ten[2] < 1.2 * all_rows[2] < one[2] / 2


# -- momentum, and Adam


@pytest.mark.parametrize("beta", [0, 0.5, 0.9])
def test_momentum_bears_rates_up_to_its_limit(beta):
    limit = 2 * (1 + beta) / max(CURVATURES)
    below, above = (
        ravine(rate, beta, 800)[1][-1] for rate in (0.99 * limit, 1.01 * limit)
    )
    assert below < 1e-3 < 1e3 < above


def test_the_ravine_s_weights_do_not_mix():
    inputs = pictures_momentum.X
    assert inputs.T @ inputs / len(inputs) == pytest.approx(np.diag(CURVATURES))


@pytest.mark.parametrize("rate", Ravine.controls["learning_rate"].stops)
def test_along_the_ravine_a_path_shrinks_as_it_should_even_where_it_explodes_across(
    rate,
):
    path, loss = ravine(rate, 0)
    left = 10 * (1 - 0.01 * rate) ** np.arange(101)
    assert np.abs(path[:, 1] - 10) == pytest.approx(left)
    assert f"along it {say(left[-1])} is left" in Ravine().words(
        learning_rate=rate, momentum=0
    )
    if rate <= 2:  # the neuron itself, of whose inputs the picture is
        inputs = pictures_momentum.X
        start, y = [network.Layer([[0], [0]], None, "linear")], inputs @ [[3], [10]]
        by_neuron = network.train(start, inputs, y, rate / len(inputs), 100)
        assert path == pytest.approx(by_neuron.network[0].W[..., 0], abs=1e-9)
        assert loss == pytest.approx(by_neuron.loss() / len(inputs), abs=1e-9)


def exact_crossings(rate, beta):
    """Return how often the path changes sides, in whole numbers and fractions."""
    away, velocity, sides = Fraction(-3), Fraction(0), []
    rate, beta = (Fraction(str(each)) for each in (rate, beta))
    for _ in range(101):
        sides += [away > 0] if away else []
        velocity = beta * velocity + away
        away -= rate * velocity
    return sum(a != b for a, b in pairwise(sides))


@pytest.mark.parametrize("rate", [*Ravine.controls["learning_rate"].stops, 1.25, 2])
def test_the_path_changes_sides_as_often_as_it_is_said_however_near_the_bottom(rate):
    assert CURVATURES[0] == 1
    for beta in Ravine.controls["momentum"].stops:
        said = Ravine().words(learning_rate=rate, momentum=beta)
        times = exact_crossings(rate, beta)
        assert f"changes sides {times} time{'' if times == 1 else 's'} and" in said


def test_the_best_pair_of_the_ravine_is_the_best_of_its_stops():
    controls = Ravine.controls
    ends = {
        (rate, beta): ravine(rate, beta)[1][-1]
        for rate in controls["learning_rate"].stops
        for beta in controls["momentum"].stops
        if rate < 2 * (1 + beta)
    }
    assert min(ends, key=ends.get) == (3.3, 0.67)


def test_adam_s_steps_are_those_of_its_exercise():
    from backprop.stages.practice.checks import adam_step

    w, m, v = np.zeros(1), np.zeros(1), np.zeros(1)
    for t in range(1, 6):
        before = w
        w, m, v = adam_step(w, m, v, np.ones(1), t, 1)
        assert before - w == pytest.approx(adam_steps(0.9, 0.999, False)[0][t - 1])


def test_adam_is_as_long_as_the_rate_and_shorter_where_the_sign_flips():
    for beta1 in AdamSteps.controls["beta1"].stops:
        assert np.allclose(adam_steps(beta1, 0.999, False)[0], 1)
    assert adam_steps(0.9, 0.999, True)[0][-1] < 0.1


# -- three sets


def test_the_best_of_some_coins_is_what_draws_give():
    drawn = np.random.default_rng(1).binomial(100, 0.5, (20000, 20)).max(axis=1) / 100
    assert drawn.mean() == pytest.approx(best_of(20, 100), abs=0.001)
    assert best_of(1, 200) == pytest.approx(0.5)


def test_from_each_start_it_overfits_and_weight_decay_helps():
    for seed in range(4):
        start = network.init((2, 30, 1), "tanh", scale=1.5, seed=seed)
        nets = descent.with_momentum(start, *moons(100), (0, 0.001, 0.01), 600)
        training, validation = (
            np.array([descent.mean_loss(now, *some) for now in nets[::20]])
            for some in (moons(100), moons(1000, seed=1))
        )
        assert validation[-1, 0] > 1.2 * validation[:, 0].min()
        assert training[-1, 0] < training[-1, 1] < training[-1, 2]
        assert validation[-1, 1] < validation[-1, 0]
        sizes = [np.sqrt((layer.W**2).sum((-2, -1))) for layer in nets[-1]]
        assert (np.diff(np.hypot(*sizes)) < 0).all()


def test_more_rows_bring_the_two_curves_together():
    gap = {
        rows: np.subtract(*pictures_sets.losses(rows, 0, ITERATIONS[-1])[::-1])
        for rows in pictures_sets.SETS
    }
    assert gap["400"] < gap["100"] / 2


def test_weight_decay_is_added_to_the_gradient():
    start = network.init((2, 3, 1), "tanh", seed=4)
    some, decay = moons(20), 0.3
    first = descent.with_momentum(start, *some, (0, decay), 1)[1]
    for layer, before in zip(first, start):
        assert layer.W[0] - layer.W[1] == pytest.approx(0.5 * decay * before.W)
        assert layer.b[0] == pytest.approx(layer.b[1])


def test_a_decay_typed_between_the_stops_trains_alone_to_the_same():
    together = pictures_sets.at("100", DECAYS[3], 50)
    pictures_sets.trained.cache_clear()
    alone = descent.with_momentum(
        pictures_sets.START, *pictures_sets.SETS["100"], (DECAYS[3],), 50
    )[50]
    for one, other in zip(together, alone):
        assert one.W == pytest.approx(other.W[0])


def test_batches_at_a_rate_typed_between_the_stops_are_trained_alone():
    alone = Epochs().losses(0.1 + 1e-12)
    for (seen, one), (stops, other) in zip(alone, Epochs().losses(0.1), strict=True):
        assert seen == pytest.approx(stops) and one == pytest.approx(other, rel=1e-6)


# -- before you train


def passed(set_up):
    """Return which of the three checks a set-up passes."""
    first, by_heart, error = pictures_set_ups.checked(set_up)
    near = abs(first - pictures_set_ups.HALF) < 0.5
    return near, by_heart[-1] < 0.1, error < 1e-6


def test_each_check_catches_what_the_other_two_let_pass():
    assert {set_up: passed(set_up) for set_up in pictures_set_ups.SET_UPS} == {
        "right": (True, True, True),
        "start too large": (False, True, True),
        "start at 0": (True, False, True),
        "slope forgotten": (True, True, False),
        "targets mixed up": (True, True, True),
    }


def test_mixed_up_targets_are_those_of_other_images():
    X, y = pictures_set_ups.images()
    others = y.argmax(1)[(np.arange(len(y)) - 7) % len(y)]
    start = network.init((64, 20, 10), "tanh", scale=0.1)
    mixed = network.loss_value(start, X, np.eye(10)[others], "cross-entropy") / len(X)
    first, by_heart, _ = pictures_set_ups.checked("targets mixed up")
    assert first == pytest.approx(mixed)
    assert by_heart[0] != pictures_set_ups.checked("right")[1][0]


def test_the_page_s_table_is_what_the_picture_shows():
    printed = "".join(
        output.get("text", "")
        for cell in code_cells("practice")
        for output in cell.outputs
    )
    for set_up in pictures_set_ups.SET_UPS[:4]:
        first, by_heart, error = pictures_set_ups.checked(set_up)
        row = f"{first:5.2f}, ten by heart {by_heart[-1]:.2f}, gradient {error < 1e-6}"
        assert row in printed


# -- the playground


def test_the_spiral_s_bends_need_large_weights_whatever_the_seed():
    for seed in range(3):
        assert wrong("spiral", seed=seed) <= 2
        assert wrong("spiral, weight decay", seed=seed) > 20
        free, held = (
            played(name, seed=seed) for name in ("spiral", "spiral, weight decay")
        )
        assert held.loss_new[-1] > 2 * free.loss_new[-1]


@pytest.mark.parametrize("momentum, limit", [(0, 20), (0.9, 38)])
def test_far_out_the_decay_is_the_curvature(momentum, limit):
    gone = [
        playground_checks.diverged(
            playground_checks.trained(
                "moons",
                {
                    "hidden": "none", "weight_decay": playground_checks.DECAY,
                    "learning_rate": factor * limit, "momentum": momentum,
                },
                playground_checks.FIELDS,
            )
        )
        for factor in (0.97, 1.03)
    ]  # fmt: skip
    assert gone == [False, True]


def test_the_deep_sigmoids_stay_at_what_a_half_everywhere_gives():
    assert played("deep sigmoids").loss[-1] == pytest.approx(np.log(2), abs=0.02)


def test_the_dying_relus_get_no_gradient_any_more():
    assert not played("dying ReLUs").sizes[-1].any()


def test_at_rate_1_ten_rows_are_lowest_and_single_rows_highest_from_every_start():
    for seed in range(6):
        start = network.init((2, 8, 1), "tanh", scale="xavier", seed=seed)
        one, ten, all_rows = (
            by_batches(start, pictures.X, pictures.y, [1], size, 10, 200, seed=seed)[-1]
            for size in pictures.BATCHES
        )
        assert ten < all_rows < one


def test_the_last_digit_decides_where_jumping_losses_end_and_no_named_state(
    monkeypatch,
):
    def ends(rate, epochs):
        start = pictures.START
        return by_batches(start, pictures.X, pictures.y, [rate], 1, epochs, 200)[-1, 0]

    states = [tuple(each.values()) for each in pictures.Epochs.states.values()]
    before = [ends(*each) for each in [*states, (2, 20)]]
    exp = np.exp
    monkeypatch.setattr(np, "exp", lambda *x, **how: exp(*x, **how) * (1 + 1e-15))
    *now, jumping = [ends(*each) for each in [*states, (2, 20)]]
    assert now == pytest.approx(before[:-1], rel=1e-4)
    assert jumping != pytest.approx(before[-1], rel=0.1)


@pytest.mark.parametrize(("rate", "beyond"), [(0.1, ""), (5, "batches of 1")])
def test_a_curve_that_is_cut_at_the_axis_is_named(rate, beyond):
    picture = pictures.Epochs()
    picture.draw(Figure(picture.size), learning_rate=rate, epoch=20)
    picture.move(learning_rate=rate, epoch=20)
    assert picture.beyond.get_text() == (beyond and f"↑ beyond 5: {beyond}")
