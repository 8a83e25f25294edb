"""What stage 08 states: its page, its replies, and who is who in its museum."""

from dataclasses import replace
from functools import cache
from inspect import signature
from unittest.mock import patch

import numpy as np
import pytest
from course import exercises
from matplotlib.figure import Figure
from pages import axes_of, central, in_words, minus, prose, prove, sign

from backprop import network
from backprop.data import xor
from backprop.exercise import checker
from backprop.network import Layer, sigmoid, sigmoid_derivative
from backprop.picture import say
from backprop.stages.when_learning_fails import (
    Depth,
    Divergence,
    EpsilonSweep,
    Saturation,
    museum,
    pictures,
)
from backprop.stages.when_learning_fails.checks import (
    ANSWERS,
    DIAGNOSES,
    HINTS,
    steady,
)
from backprop.stages.when_learning_fails.pictures import (
    _arriving,
    _checked,
    _differing,
    _weights,
)

DIAGNOSE = exercises("when_learning_fails")["diagnose"]
X, y = xor()
# Half the distance from 1 to the next number: any less is rounded away.
HALF = {bits: np.finfo(f"float{bits}").eps / 2 for bits in (32, 64)}
OVERFLOW = minus(-int(np.log(np.finfo(float).max)), "d")


def curvatures():
    """Return those of the bowl, the larger first."""
    A = np.column_stack([pictures.x, np.ones(len(pictures.x))])
    return np.linalg.eigvalsh(A.T @ A)[::-1]


def losses_at(rate):
    """Return the loss of the linear neuron at the start and after all steps."""
    return Divergence().path(rate)[2][[0, -1]]


def first_outside():
    """Return the step with which the path at rate 0.29 leaves the map, for good."""
    said = [Divergence().words(0.29, each) for each in range(pictures.LAST + 1)]
    outside = ["outside" in words for words in said]
    assert outside == sorted(outside)
    return outside.index(True)


def below_half(start):
    """Return the first iteration at which the output is below ½."""
    run = network.train([Layer([[start]], [[start]])], [[1]], [[0]], 0.15, 300)
    return np.argmax(network.forward(run.network, [[1]])[-1].ravel() < 0.5)


def arriving(state):
    """Return size and slope, layer by layer, of a named state of the picture."""
    return _arriving(*Depth.states[state].values())


def furthest_off(layers):
    """Return by what factor one network may be off the median of all."""
    off = []
    for state in Depth.states.values():
        values = {**state, "depth": layers}.values()
        for i in range(pictures.NETWORKS):
            alone = [W[[i]] for W in _weights()]
            with patch.object(pictures, "_weights", lambda alone=alone: alone):
                size, _ = _arriving.__wrapped__(*values)
                signal = _differing.__wrapped__(*values)
            off += [*np.log(size / _arriving(*values)[0])]
            off += [*np.log(signal / _differing(*values))]
    return np.exp(np.abs(off).max())


def fails(rate, **start):
    """Return how many of six starts of the deep network fail at a rate."""
    deep = network.init([2] + [4] * 8 + [1], seed=range(6), **start)
    return (network.train(deep, X, y, rate, 1000, keep=[1000]).loss() > 0.1).sum()


@cache
def at_rate_1():
    """Return which of six fed starts fail at rate 1: a row for each last digit."""
    start = {"hidden": "tanh", "scale": "xavier", "seed": range(6)}
    deep = network.init([2] + [4] * 8 + [1], **start)
    losses = []
    for change in (0, 1e-15, -1e-14, 1e-12, 1e-10):
        nudged = [layer._replace(W=layer.W * (1 + change)) for layer in deep]
        losses.append(network.train(nudged, X, y, 1, 1000, keep=[1000]).loss().ravel())
    return np.array(losses) > 0.1


def shrunk():
    """Return what is left of a deep network's gradient."""
    deep = network.init([2] + [4] * 8 + [1])
    start, end = network.train(deep, X, y, 1, 1000, keep=[0, 1000]).gradient_size()
    return end / start


@cache
def errors():
    """Return the relative error of each exhibit's gradient."""
    return {
        exhibit: network.gradient_check(
            museum.init(exhibit), X, y, backward=museum.backward(exhibit)
        )
        for exhibit in museum.EXHIBITS
    }


def right():
    return [exhibit for exhibit, error in errors().items() if error < 1e-7]


def ends():
    """Return the loss that each exhibit ends with."""
    return {exhibit: museum.losses(exhibit)[-1] for exhibit in museum.EXHIBITS}


def learned():
    return [exhibit for exhibit, loss in ends().items() if loss < 0.1]


def better():
    """Return the exhibits that end lower than the right one."""
    return [exhibit for exhibit, loss in ends().items() if loss < ends()[right()[0]]]


def far_better():
    """Return those that end at less than half of the right one's loss."""
    return [each for each in better() if ends()[each] < 0.5 * ends()[right()[0]]]


def by_how_much():
    """Return by how many percent the others that end lower do so, most first."""
    lower = {*better()} - {*far_better()}
    return sorted(
        (100 * (1 - ends()[each] / ends()[right()[0]]) for each in lower), reverse=True
    )


def flipped():
    """Return the relative error of the part whose sign is flipped."""
    ours, nudged = (gradient[:12] for gradient in _checked("8"))
    size = np.linalg.norm
    return size(ours - nudged) / (size(ours) + size(nudged))


def growth(low, high, one_sided=False):
    """Return by how much the error grows for each ten times the nudge."""
    at_low, at_high = EpsilonSweep().errors([low, high])[one_sided]
    return (at_high / at_low) ** (1 / np.log10(high / low))


def best_nudge():
    epsilons = 10.0 ** np.arange(-17, 1)
    return epsilons[EpsilonSweep().errors(epsilons)[0].argmin()]


def used():
    return signature(network.gradient_check).parameters["h"].default


def ratio_of_ticks():
    (panel,) = axes_of(EpsilonSweep())
    return panel.get_xticks()[1] / panel.get_xticks()[0]


PAGE = [
    ("**{}**: each step crosses the bottom", lambda: [list(Divergence.states)[1]]),
    (
        "**{}** and **{}**: almost the same picture",
        lambda: list(Divergence.states)[3:5],
    ),
    (
        "After {} steps one loss is {} and the other {}, from {}.",
        lambda: [
            pictures.LAST,
            *(say(losses_at(rate)[1]) for rate in (0.276, 0.277)),
            say(losses_at(0.276)[0]),
        ],
    ),
    ("after {} steps the path has left", lambda: [first_outside()]),
    (
        "every curvature is {} times smaller, so the limit is {} times larger",
        lambda: [len(pictures.x)] * 2,
    ),
    ("at $z = 4$: its output is {},", lambda: [f"{sigmoid(4):.2f}"]),
    ("stops z at {}, the last", lambda: [OVERFLOW]),
    ("output is then {} in place of 0", lambda: [minus(sigmoid(-800), ".1e")]),
    ("they are $2^{{}}$ apart", lambda: [f"{np.log2(HALF[64]):.0f}"]),
    ("apart, about $10^{{}}$", lambda: [f"{np.log10(HALF[64]):.0f}"]),
    ("all this happens at $z = {}$", lambda: [f"{-np.log(HALF[32]):.1f}"]),
    ("From $z = {} \\ln 2$ on", lambda: [f"{-np.log2(HALF[64]):.0f}"]),
    ("at `z = 50` as well, where it is {}.", lambda: [say(np.log(sigmoid(-50)))]),
    ("From $z = {}$ on it is exactly 1", lambda: [f"{-np.log(HALF[64]):.2f}"]),
    ("same place, at output {}.", lambda: [f"{sigmoid(2 * 1.25):.2f}"]),
    ("layers of {} units", lambda: [pictures.UNITS]),
    ("At {}, which is √2, it is twice that", lambda: [f"{np.sqrt(2):.2f}"]),
    ("Drag **hidden layers** up to {}.", lambda: [pictures.DEEPEST]),
    (
        "After {} layers, about {} of delta is left, and about as much of the signal",
        lambda: [
            Depth.states["tanh, Xavier"]["depth"],
            in_words(arriving("tanh, Xavier")[0][0]),
        ],
    ),
    (
        "huge weights**: the slope is {},",
        lambda: [f"{arriving('sigmoid, huge weights')[1].mean():.2f}"],
    ),
    ("middle one (the median) of {} networks", lambda: [pictures.NETWORKS]),
    (
        "network can be off by a factor of {} at 6 layers, and of {} at 12",
        lambda: [f"{furthest_off(layers):.0f}" for layers in (6, 12)],
    ),
    (
        "after 6 layers {} of delta is left",
        lambda: [f"{arriving('ReLU, He')[0][0]:.1f}"],
    ),
    (
        "The learning rate is 0.1 here: at 1, {} of the six fail",
        lambda: ["most" if at_rate_1().sum(axis=1).mean() > 3 else "some"],
    ),
    (
        "from Xavier's start weights or from `init`'s own, all {} stay at ½.",
        lambda: [in_words(min(fails(0.1), fails(0.1, scale="xavier")))],
    ),
    ("to the next is a factor of {}.", lambda: [in_words(ratio_of_ticks())]),
    (
        "(the median) of {} weights between {} and {}.",
        lambda: [EpsilonSweep.weights.size, *EpsilonSweep.weights[[0, -1]]],
    ),
    ("smaller means {} times better", lambda: [in_words(growth(1e-3, 1e-2))]),
    (
        "keeps about {} digits of each",
        lambda: [f"{-np.log10(np.finfo(float).eps / 2):.0f}"],
    ),
    ("smaller means {} times worse", lambda: [in_words(1 / growth(1e-12, 1e-8))]),
    ("near $10^{{}}$, which is what", lambda: [f"{np.log10(best_nudge()):.0f}"]),
    ("10^{{}}$, which is what this course uses", lambda: [f"{np.log10(used()):.0f}"]),
    (
        "gets only {} times better where",
        lambda: [in_words(growth(1e-3, 1e-2, one_sided=True))],
    ),
    ("shows {} backward passes", lambda: [in_words(len(errors()))]),
    (
        "**{} are broken, {} is right.**",
        lambda: [
            in_words(len(errors()) - len(right())).capitalize(),
            in_words(len(right())),
        ],
    ),
    ("Each trains a network with {} hidden units on XOR", lambda: [museum.WIDTH]),
    ("with its sign flipped has {}.", lambda: [say(flipped())]),
    ("loss is that after {} iterations", lambda: [f"{museum.ITERATIONS:,}"]),
    (
        "By the loss, {} of the ten have learned XOR. {} broken ones end far lower "
        "than the right one, number {}; a third ends {} % lower, and a fourth {} %. By "
        "the relative error, {} of the ten is right.",
        lambda: [
            in_words(len(learned())),
            in_words(len(far_better())).capitalize(),
            *right(),
            *(f"{each:.1g}" for each in by_how_much()),
            in_words(len(right())),
        ],
    ),
    ("starts get there in {} iterations", lambda: [f"{museum.ITERATIONS:,}"]),
]
REPLIES = [
    (
        "exactly one",
        "Just above 1 the computer's numbers are {} apart",
        lambda: [f"{np.spacing(1.0):.1e}".replace("-", "−")],
    ),
    ("one layer", "= 8 · {}. Ten", lambda: [sign(sigmoid_derivative(0.5))]),
    (
        "one layer",
        "multiply delta by {}.",
        lambda: [f"{(8 * sigmoid_derivative(0.5)) ** 10:,.0f}"],
    ),
    ("limit", "are {} and {}. At", lambda: [f"{each:.3f}" for each in curvatures()]),
    (
        "big error",
        "output {}, the other at {}",
        lambda: [f"{sigmoid(z):.2f}" for z in (4, 1.5)],
    ),
    (
        "big error",
        "slope is {}, against {} at 0.82",
        lambda: [
            f"{sigmoid_derivative(sigmoid(4)):.3f}",
            f"{sigmoid_derivative(sigmoid(1.5)):.2f}",
        ],
    ),
    (
        "big error",
        "Yes: {} iterations against {}.",
        lambda: [below_half(0.75), below_half(2)],
    ),
    (
        "big error",
        "little: {} iterations against {}.",
        lambda: [below_half(0.75), below_half(2)],
    ),
    ("overflow", "10 to the power {}.", lambda: [minus(-800 / np.log(10), ".0f")]),
    ("exactly one", "is {} short", lambda: [minus(sigmoid(-37), ".1e")]),
    ("certain", "z is over {}, the", lambda: [int(-np.log(HALF[64]))]),
    ("certain", "below z = {}, and", lambda: [OVERFLOW]),
    (
        "a quarter",
        "a weight over {}, at the steepest point",
        lambda: [say(1 / sigmoid_derivative(0.5))],
    ),
    (
        "small gradient",
        "is now {} millionths of what it was",
        lambda: [in_words(1e6 * shrunk())],
    ),
    (
        "exit",
        "{} of the ten exhibits learn, and {} of them is right",
        lambda: [
            in_words(len(learned())).capitalize(),
            in_words(len({*learned()} & {*right()})),
        ],
    ),
    (
        "exit",
        "Exhibit 7 gets to a loss {} times lower",
        lambda: [in_words(ends()[right()[0]] / ends()["7"])],
    ),
]
test_the_page_says, test_a_reply_says, test_no_number_is_unproved = prove(
    "when_learning_fails", PAGE, REPLIES
)


# -- steps too long


def test_the_loss_of_a_linear_neuron_falls_below_the_limit_and_grows_above_it():
    limit = 2 / pictures.STEEPEST
    for factor, falls in ((0.99, True), (1.01, False)):
        start, end = losses_at(factor * limit)
        assert (end < start) == falls


# -- stacks too deep


def test_the_factor_of_a_layer_is_the_product_of_weights_and_slope():
    for activation in ("sigmoid", "tanh", "ReLU"):
        for scale in (0.5, 1, 2.8, 16):
            size, slope = _arriving(activation, scale, 12)
            factor = size / np.append(size[1:], 1)
            assert np.median(factor / slope) == pytest.approx(scale, rel=0.15)


def test_the_signal_is_what_is_left_of_a_difference_between_the_inputs():
    for activation in ("sigmoid", "tanh", "ReLU"):
        f = network.ACTIVATIONS[activation.lower()][0]
        a = np.random.default_rng(0).standard_normal((8, pictures.UNITS))
        spread = [np.sqrt(np.mean((a - a.mean(axis=0)) ** 2))]
        for W in _weights()[:5]:
            a = f(a @ (2 * W))
            centred = a - a.mean(axis=1, keepdims=True)
            spread.append(np.sqrt(np.mean(centred**2, axis=(1, 2))))
        ours = _differing(activation, 2, 5)
        assert ours == pytest.approx(np.median(spread[1:], axis=1) / spread[0])


def test_signals_vanish_and_explode_as_deltas_do_but_never_in_a_bounded_unit():
    left = {name: _differing(*values.values()) for name, values in Depth.states.items()}
    assert left["sigmoid, Xavier"][-1] < 1e-3
    assert left["ReLU, too large"][-1] > 100
    delta = arriving("tanh, Xavier")[0][0]
    assert left["tanh, Xavier"][-1] == pytest.approx(delta, rel=0.15)
    assert 0.2 < left["sigmoid, huge weights"][-1] < 1
    assert _differing("ReLU", 1.41, 12)[-1] > 0.1


def test_at_the_limit_the_loss_is_flat_while_the_weight_jumps():
    neuron = [Layer([[0]], [[0]], "linear")]
    history = network.train(neuron, pictures.x, pictures.y, 2 / pictures.STEEPEST, 1000)
    loss, w = history.loss()[20:], history.network[0].W[20:, 0, 0]
    assert np.ptp(loss) < 1e-6 and loss[0] == pytest.approx(17.944, abs=5e-4)
    assert {*w.round(2)} == {0.11, 3.89}


def test_which_starts_fail_at_rate_1_hangs_on_the_last_digit():
    assert len({tuple(failed) for failed in at_rate_1()}) > 1


@pytest.mark.parametrize("a", [0.1, 0.5, 0.8])
def test_through_the_steady_row_an_output_and_a_change_stay_as_they_are(a):
    w, b = steady(a)

    def ten_layers(out):
        for _ in range(10):
            out = sigmoid(w * out + b)
        return out

    assert ten_layers(a) == pytest.approx(a)
    assert central(ten_layers, a) == pytest.approx(1, rel=1e-4)


def test_xavier_starves_sigmoids_and_feeds_tanh_he_feeds_relu():
    first = {
        name: _arriving(*values.values())[0][0] for name, values in Depth.states.items()
    }
    assert first["sigmoid, Xavier"] < 1e-3
    assert 0.5 < first["ReLU, He"] < 2
    assert first["ReLU, too large"] > 100
    assert first["sigmoid, huge weights"] > 1
    assert _arriving("sigmoid", 16, 12)[1].max() < 0.1


def test_the_one_sided_difference_never_gets_as_good_and_no_nudge_gives_none():
    error, one_sided = EpsilonSweep().errors(10.0 ** np.arange(-17, 1))
    assert one_sided.min() > 10 * error.min()
    assert error[0] == one_sided[0] == 1


# -- the museum


def test_the_right_exhibit_is_the_one_called_so_and_no_other_is_nearly_right():
    assert [ANSWERS[int(exhibit)][0] for exhibit in right()] == ["J"]
    assert sorted(errors().values())[1] > 1e-2


def test_who_learns_and_who_beats_the_right_one():
    assert learned() == ["1", "2", "4", "5", "6", "7", "9"]
    assert better() == ["2", "6", "7", "9"] and far_better() == ["6", "7"]
    assert np.isnan(ends()["10"])


def test_each_diagnosis_is_seen_in_the_parts_it_names():
    parts = np.split(np.arange(17), [8, 12, 16])
    wrong = {}
    for exhibit, (letter, _) in ANSWERS.items():
        ours, nudged = _checked(str(exhibit))
        wrong[letter] = [not np.allclose(ours[p], nudged[p], atol=1e-8) for p in parts]
    assert {letter: "".join("01"[w] for w in wrong[letter]) for letter in wrong} == {
        "A": "1111", "B": "1111", "C": "1100", "D": "1100", "E": "1100",
        "F": "1111", "G": "0010", "H": "0100", "I": "1100", "J": "0000",
    }  # fmt: skip
    ours, nudged = _checked("1")
    assert nudged / ours == pytest.approx(np.full(17, 4), rel=1e-5)
    ours, nudged = _checked("8")
    assert ours[:12] == pytest.approx(-nudged[:12], rel=1e-5)


def test_an_exhibit_may_be_as_wide_as_is_asked():
    assert [len(museum.init("5", 0, width)[1].W) for width in (1, 4, 9)] == [1, 4, 9]
    assert museum.losses("5", 1, 2)[-1] != museum.losses("5", 1, 4)[-1]


@pytest.mark.parametrize("exhibit", museum.EXHIBITS)
def test_what_the_museum_says_survives_the_last_bit(exhibit, monkeypatch):
    end = museum.losses(exhibit)[-1]
    start = museum.init(exhibit)
    nudged = [layer._replace(W=layer.W * (1 + 1e-12)) for layer in start]
    monkeypatch.setattr(museum, "init", lambda *_: nudged)
    again = museum.losses.__wrapped__(exhibit)[-1]
    assert again == pytest.approx(end, rel=1e-5, nan_ok=True)


# -- the diagnoses


def test_every_letter_is_an_answer_and_stands_on_the_page():
    assert sorted(letter for letter, _ in ANSWERS.values()) == sorted(DIAGNOSES)
    page = prose("when_learning_fails")
    assert all(f"**{letter}** |" in page for letter in DIAGNOSES)
    assert [str(exhibit) for exhibit in ANSWERS] == list(museum.EXHIBITS)


def told(exercise, letters):
    """Return the reply to a dictionary of letters."""
    verdict = exercise.check(lambda exhibit: letters.get(exhibit))
    return " ".join(repr(verdict).split())


@pytest.mark.parametrize("exhibit", ANSWERS)
def test_wrong_letters_get_a_clue_then_where_to_look_then_the_solution(exhibit):
    right, where = ANSWERS[exhibit]
    wrong = [letter for letter in DIAGNOSES if letter != right]
    for one, two, three in zip(wrong, wrong[1:], wrong[2:]):
        fresh = replace(DIAGNOSE)
        for _ in range(2):  # the same letter again says nothing more
            text = told(fresh, {exhibit: one})
            assert f"{exhibit}: not {one}. {DIAGNOSES[one]} Without a letter" in text
        text = told(fresh, {exhibit: two})
        assert f"{DIAGNOSES[two]} Look: {HINTS[exhibit]} Without a letter" in text
        assert where not in text
        text = told(fresh, {exhibit: three})
        assert f"{DIAGNOSES[three]} It is {right}: {where}" in text
        assert f"{exhibit}: {right}, right: {where}" in told(fresh, {exhibit: right})


def test_hint_tells_where_to_look_for_each_wrong_letter_alone():
    check, hint = checker([replace(DIAGNOSE)])

    def diagnose(exhibit):
        return {1: "F", 2: "J", 9: "A"}.get(exhibit)

    check(diagnose)
    assert [hint().text for _ in range(2)] == [f"{n}: {HINTS[n]}" for n in (2, 9)]
    assert "no further hint" in hint().text


@pytest.mark.parametrize("exhibit", ANSWERS)
def test_where_to_look_names_the_parts_that_are_wrong(exhibit):
    ours, nudged = _checked(str(exhibit))
    parts = np.split(np.arange(17), [8, 12, 16])
    wrong = {
        name
        for name, part in zip(("W1", "b1", "W2", "b2"), parts)
        if not np.allclose(ours[part], nudged[part], atol=1e-8)
    }
    first = HINTS[exhibit].split(".")[0]
    said = {name for name in ("W1", "b1", "W2", "b2") if name in first}
    said -= {"W2", "b2"} if "are right" in first else set()
    everything = {"W1", "b1", "W2", "b2"} if "all four" in first else set()
    assert wrong == said | everything


@pytest.mark.parametrize("letter", DIAGNOSES)
def test_one_letter_for_all_reveals_nothing(letter):
    fresh = replace(DIAGNOSE)
    for _ in range(2):
        text = told(fresh, dict.fromkeys(ANSWERS, letter))
        assert not any(where in text for _, where in ANSWERS.values())
        assert "right:" not in text
    assert not fresh.tried


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("letter", DIAGNOSES)
def test_one_letter_for_two_exhibits_gets_its_replies(letter, count):
    text = told(replace(DIAGNOSE), {exhibit: letter for exhibit in [*ANSWERS][:count]})
    assert "one letter for all" not in text
    for exhibit in [*ANSWERS][:count]:
        assert f"{exhibit}: " in text


@pytest.mark.parametrize(
    "answer, said",
    [
        (lambda n: ..., "Not done yet"),
        (lambda n: None, "Not done yet"),
        (lambda n: {1: "F"}[n], "Without a letter: 2, 3, 4, 5, 6, 7, 8, 9, 10."),
        (lambda n: {1: "F"}, "returns the whole dictionary. Look up one letter"),
        (lambda n: 1 / 0, "diagnose stopped with ZeroDivisionError"),
        (lambda n: "K", "1: got 'K'; needs one letter from A to J."),
        (lambda n: ANSWERS[n][0].lower(), "1: F, right"),
    ],
)
def test_a_half_done_answer_is_told_what_is_open(answer, said):
    answer.__name__ = "diagnose"
    assert said in replace(DIAGNOSE).check(answer).text


@pytest.mark.parametrize("digits", [4, 6, 8, 10, 12, None])
@pytest.mark.filterwarnings("ignore:divide by zero")
def test_a_rounded_rest_is_told_as_the_plain_one(digits):
    def log_rest(z):
        rest = 1 - sigmoid(z)
        return np.log(rest if digits is None else np.round(rest, digits))

    told = exercises("when_learning_fails")["log_rest"].check(log_rest).mistake
    assert told.startswith("1 - sigmoid(z) is exactly 0 from z = 36.74 on")


SMALL = [float(f"1e-{k}") for k in (*range(3, 17), 20, 30, 50, 100, 300)]


@pytest.mark.parametrize("small", [*SMALL, np.finfo(float).eps])
def test_a_small_number_in_the_rest_is_told(small):
    log_rest = exercises("when_learning_fails")["log_rest"]
    for answer in (
        lambda z: np.log(1 - sigmoid(z) + small),
        lambda z: np.log(np.maximum(1 - sigmoid(z), small)),
        lambda z: np.log(np.clip(1 - sigmoid(z), small, None)),
    ):
        told = log_rest.check(answer).mistake
        assert told.startswith("the small number keeps the logarithm from −∞")


@pytest.mark.parametrize(
    "rate, said",
    [
        (0.276393, "by −1: it lands on the other side, about as far away"),
        (0.2764, "by −1: it lands on the other side, about as far away"),
        (0.1381966011250105, "by 0: it arrives at once"),
        (0.27, "by −0.9537: it lands on the other side, nearer"),
        (0.28, "by −1.026: it lands on the other side, farther away"),
        (0.1, "by 0.2764: it stays on its side, nearer"),
    ],
)
def test_where_a_step_lands_is_told_as_the_factor_that_is_said(rate, said):
    assert f"{said}. w is" in Divergence().words(learning_rate=rate, iteration=60)


def test_both_dots_can_be_seen_where_they_stand_together():
    picture = Saturation()
    picture.draw(Figure(picture.size), start=1, iteration=0)
    for circle, square in (picture.dots, picture.curves.dots):
        assert square.get_zorder() >= circle.get_zorder()
        assert square.get_markersize() < circle.get_markersize()
