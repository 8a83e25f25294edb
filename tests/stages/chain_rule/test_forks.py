"""Forks in a row: every count and gradient, and what each stop shows and says."""

from fractions import Fraction
from functools import cache
from itertools import product

import matplotlib
import pytest
from grammar import faults
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from pages import assert_says, prose

from backprop.frame import STYLE, Screen
from backprop.stages.chain_rule import Forks
from backprop.stages.chain_rule.forks import (
    ALL,
    BACKWARD,
    FORWARD,
    ONE,
    PATHS,
    TOO_EARLY,
    WAYS,
    moments,
    multiplications,
)
from backprop.stages.chain_rule.pictures_forks import HEIGHTS

A, B = ((2, 3), (-1, 4)), ((Fraction(1, 2), 4), (3, -1))
KS = range(1, 9)
each_k = pytest.mark.parametrize("k", KS)


def paths(k, weight):
    """Return the slopes along each path from a weight to L, by plain recursion."""
    if weight > k:
        return [[]]
    fork = (A, B)[(k - weight) % 2]
    return [[*arc, *rest] for arc in fork for rest in paths(k, weight + 1)]


@cache
def gradient(k, weight):
    """Return ∂L/∂w as the product of the sums over each fork's arcs."""
    if weight > k:
        return 1
    (a, b), (c, d) = (A, B)[(k - weight) % 2]
    return (a * b + c * d) * gradient(k, weight + 1)


def sent_early(k, column):
    """Return ∂L/∂n of a column where each node is sent on at each arrival."""
    held = {}

    def arrive(node, number):
        held[node] = held.get(node, 0) + number
        column, arc = node
        if arc is None and column:
            for i, (_, last) in enumerate((A, B)[(k - column) % 2]):
                arrive((column, i), held[node] * last)
        elif column:
            first = (A, B)[(k - column) % 2][arc][0]
            arrive((column - 1, None), held[node] * first)

    arrive((k, None), 1)
    return held[column, None]


@pytest.mark.parametrize(
    ("k", "one", "all_of_them"),
    [
        (1, (4, 4, 4), (4, 4, 4)),
        (3, (48, 12, 12), (68, 24, 12)),
        (8, (4096, 32, 32), (7172, 144, 32)),
    ],
)
def test_the_counts_of_the_page(k, one, all_of_them):
    assert tuple(multiplications(k, way, ONE) for way in WAYS[:3]) == one
    assert tuple(multiplications(k, way, ALL) for way in WAYS[:3]) == all_of_them


@each_k
def test_counts_are_the_formulas_and_what_a_recursion_walks(k):
    walked = [sum(map(len, paths(k, weight))) for weight in range(1, k + 1)]
    assert multiplications(k, PATHS, ONE) == walked[0] == 2**k * 2 * k
    assert multiplications(k, PATHS, ALL) == sum(walked) == (k - 1) * 2 ** (k + 2) + 4
    assert multiplications(k, FORWARD, ONE) == 4 * k
    assert multiplications(k, FORWARD, ALL) == 2 * k * (k + 1)
    assert multiplications(k, BACKWARD, ONE) == 4 * k
    assert multiplications(k, BACKWARD, ALL) == 4 * k
    assert multiplications(k, TOO_EARLY, ALL) == 4 * (2**k - 1)


@each_k
@pytest.mark.parametrize("way", WAYS[:3])
def test_gradients_are_the_product_of_sums(k, way):
    right = {weight: gradient(k, weight) for weight in range(1, k + 1)}
    assert moments(k, way, ALL)[-1].gradients == right
    assert moments(k, way, ONE)[-1].gradients == {1: right[1]}


def test_gradients_of_the_page():
    assert [gradient(k, 1) for k in (1, 3, 8)] == [2, -4, 16]
    assert [gradient(3, weight) for weight in (3, 2, 1)] == [2, -2, -4]


@each_k
def test_a_node_sent_on_too_early(k):
    found = moments(k, TOO_EARLY, ALL)[-1].gradients
    assert found == {each: sent_early(k, each - 1) for each in range(1, k + 1)}
    assert [moments(k, TOO_EARLY, ONE)[-1].gradients[1] for k in (1, 2, 3)] == [
        *(2, -14, 72)
    ]


@each_k
@pytest.mark.parametrize("way", (FORWARD, BACKWARD))
def test_a_node_goes_on_only_when_both_arcs_have_arrived(k, way):
    """And each step multiplies once, by the slope of the edge that is lit."""
    arrived, before = {}, None
    for moment in moments(k, way, ALL):
        if moment.multiplications:
            assert moment.multiplications == before.multiplications + 1
            start, end = moment.walked[0]
            first = len(moment.held) < len(before.held)  # forward, the next weight
            arrived = {} if first else arrived
            arrived[end] = arrived.get(end, 0) + 1
            sent_from = start[1] == 0 and start in arrived
            assert not sent_from or arrived[start] == 2
            assert (moment.waits == end) == (end[1] == 0 and arrived[end] == 1)
        before = moment


def test_each_path_is_walked_once():
    for k in (1, 3, 5):
        walked = [moment.walked for moment in moments(k, PATHS, ALL)[1:]]
        assert len(walked) == len(set(walked)) == 2 ** (k + 1) - 2


@pytest.mark.parametrize("k", (1, 2, 3, 8))
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("weights", (ONE, ALL))
def test_words_keep_to_grammar_at_every_step(k, way, weights):
    picture = Forks()
    nouns = {"multiplication": "multiplications", "path": "paths", "step": "steps",
             "weight": "weights", "fork": "forks"}  # fmt: skip
    for step in picture.controls["step"].stops:
        values = {"forks": k, "way": way, "weights": weights, "step": step}
        assert not faults(picture.words(**values), nouns), values


def test_words_of_the_opening():
    assert Forks().words(**Forks.start) == (
        "Backward, step 3 of 12: 6 has arrived at n₂ and waits for the other arc. "
        "3 multiplications so far; for all three weights 12 will do. "
        "Path by path: 68; forward: 24."
    )


def test_the_last_words_say_who_is_cheap():
    end = {"forks": 3, "step": 32}
    for way in (FORWARD, BACKWARD):
        one = Forks().words(**end, way=way, weights=ONE)
        assert "With one weight, forward is as cheap as backward." in one
        assert "backward goes once for all" in Forks().words(
            **end, way=way, weights=ALL
        )


@each_k
@pytest.mark.parametrize("way", WAYS)
def test_steps_end_at_the_end_and_none_is_skipped_where_there_is_room(k, way):
    picture, last = Forks(), moments(k, way, ALL)[-1]
    stops = picture.controls["step"].stops
    shown = [picture.now(k, way, ALL, step) for step in stops]
    assert shown[-1][0] == last
    steps = shown[0][2]
    assert steps == min(len(moments(k, way, ALL)) - 1, stops[-1])
    counted = [moment.multiplications for moment, _, _ in shown[: steps + 1]]
    assert counted == sorted(set(counted))


def shown(**values):
    """Return a picture that has moved to these values."""
    screen = Screen(Forks())
    screen.frame(**{**Forks.start, **values})
    return screen.picture


def test_what_waits_is_hollow_and_then_fills():
    picture = shown(step=3)
    (waiting,) = picture.waiting.get_xydata()
    assert waiting == pytest.approx(picture._place((2, 0)))
    assert picture.waiting.get_markerfacecolor() == "white"
    assert picture.numbers[2, 0].get_text() == "6"
    picture = shown(step=4)
    assert not len(picture.waiting.get_xydata())
    assert len(picture.complete.get_xydata()) == 4
    assert picture.numbers[2, 0].get_text() == "2"
    assert [text.get_text() for text in picture.gradients] == ["?", "?", "2"]


@pytest.mark.parametrize("way", WAYS)
def test_the_bar_of_the_way_is_filled_as_far_as_it_is_done(way):
    picture = shown(way=way, step=5)
    done = moments(3, way, ALL)[5].multiplications
    for row, (to_do, so_far, text) in enumerate(picture.bars):
        taken = way.startswith(WAYS[row])
        most = multiplications(3, way if taken else WAYS[row], ALL)
        assert max(to_do.get_xdata()) == most
        assert so_far.get_xdata()[1] == (done if taken else 1)
        assert text.get_text().startswith(f"{done} of {most}" if taken else f"{most}")


def test_one_path_lights_up_at_a_time():
    picture = shown(way=PATHS, step=14)
    x = picture.walked.get_xdata()
    assert len(x) == 3 * (2 * 3 + 1)  # two ends and a gap each; the weight's own edge
    assert picture.gradients[0].get_text() == "−4"


def counts(k):
    return [f"{multiplications(k, way, ALL):,}" for way in WAYS[:3]]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (
            "| path by path | $2^k \\cdot 2k$ | $(k-1)\\,2^{k+2} + 4$ | {} |\n"
            "| forward | $4k$ | $2k(k+1)$ | {} |\n"
            "| backward | $4k$ | $4k$ | {} |",
            lambda: counts(8),
        ),
        (
            "sends on the {} before the {} arrives",
            lambda: [A[0][0] * A[0][1], f"−{-A[1][0] * A[1][1]}"],
        ),
        (
            "comes out as {}; right is {}.",
            lambda: [f"−{-sent_early(2, 0)}", f"−{-gradient(2, 1)}"],
        ),
    ],
)
def test_the_page_says(text, numbers):
    assert_says("the page", prose("chain_rule"), text, numbers())


@pytest.mark.parametrize("forks", range(1, 9))
def test_no_gradient_of_a_weight_lies_on_a_circle(forks):
    picture = Forks()
    values = {"forks": forks, "way": TOO_EARLY, "weights": ALL, "step": 32}
    figure = Figure(picture.size, dpi=100)
    picture.draw(figure, **values)
    picture.move(**values)
    FigureCanvasAgg(figure).draw()
    axes = picture.gradients[0].axes
    _, lowest = axes.transData.transform((0, HEIGHTS[-1] - picture.radius))
    boxes = [text.get_bbox_patch().get_window_extent() for text in picture.gradients]
    assert max(box.y1 for box in boxes) < lowest
    key = axes.transData.transform((6.4, 2.2))[0]
    assert picture.worked.get_window_extent().x1 < key - 15


@pytest.mark.parametrize("way", [FORWARD, BACKWARD])
def test_the_words_name_the_arc_that_is_walked(way):
    for moment in moments(3, way, ALL):
        for _, (_, height) in moment.walked:
            if "halfway" in moment.said:
                assert f"the {'upper' if height > 0 else 'lower'} arc" in moment.said


@pytest.mark.parametrize("forks", range(1, 9))
def test_no_box_is_cut_off_or_lies_over_the_next_one(forks):
    picture = Forks()
    options = [picture.controls[name].options for name in ("way", "weights")]
    with matplotlib.rc_context(STYLE):
        figure = Figure(picture.size, dpi=100)
        renderer = FigureCanvasAgg(figure).get_renderer()
        picture.draw(figure, **{**picture.start, "forks": forks})
    for way, weights in product(*options):
        for step in picture.controls["step"].stops:
            picture.move(forks=forks, way=way, weights=weights, step=step)
            edges = [0]
            for text in picture.gradients:
                text.update_bbox_position_size(renderer)
                box = text.get_bbox_patch().get_window_extent(renderer)
                edges += [box.x0 - 1, box.x1 + 1]  # with half of its edge
            assert edges == sorted(edges), (way, weights, step)
