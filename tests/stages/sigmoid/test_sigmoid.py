"""What stage 01 states: its page, the replies to its questions, its pictures."""

import numpy as np
import pytest
from matplotlib.figure import Figure
from pages import axes_of, in_words, prove, sign

from backprop.network import sigmoid
from backprop.picture import say
from backprop.stages.sigmoid import (
    ShrinkingNudge,
    SmallChange,
    ThreeActivations,
    TwoLayers,
    Zoom,
)
from backprop.stages.sigmoid.checks import rising


def rise(z, nudge=0.001):
    return sigmoid(z + nudge) - sigmoid(z)


def shares():
    """Return what the sigmoid passes on, of any nudge at any place."""
    z, nudge = np.meshgrid(SmallChange.controls["z"].stops, SmallChange.NUDGES)
    return rise(z, nudge) / nudge


def left(layers):
    """Return what is left of a nudge of the input 1."""

    def last(a):
        for _ in range(layers):
            a = sigmoid(a)
        return a

    return (last(1 + 1e-5) - last(1 - 1e-5)) / 2e-5


def chain():
    """Return the outputs of eight sigmoids in a row, of weight 1, from the input 1."""
    a = [1.0]
    for _ in range(8):
        a.append(float(sigmoid(a[-1])))
    return a[1:]


def rises(low, high):
    w, b = rising(low, high)
    return sigmoid(w * np.array([low, high]) + b)


def stretched():
    """Return how steep the window shows a line of slope 1."""
    along, up = Zoom()._window(np.copy, 1, 0)
    return up[-1] / along[-1]


def ratio_of_ticks():
    (panel,) = axes_of(ShrinkingNudge())
    return panel.get_yticks()[1] / panel.get_yticks()[0]


PAGE = [
    ("The number e is about {}.", lambda: [f"{np.e:.3f}"]),
    ("$e^0$ is 1, and σ is {},", lambda: [sign(sigmoid(0))]),
    ("for −2 and 2 add up to {}, and", lambda: [say(sigmoid(-2) + sigmoid(2))]),
    (
        "the output is {} at `x = low`, and {} at `x = high`",
        lambda: map(say, rises(-2, 5)),
    ),
    (
        "is {} where $1 + e^{-z} = 1/0.9$, so $e^{-z} = 1/{}$",
        lambda: [say(sigmoid(np.log(9))), say(1 / (1 / 0.9 - 1))],
    ),
    ("It is {} at $z = -\\ln 9$", lambda: [say(sigmoid(-np.log(9)))]),
    (
        "outputs lie between {} and {}, near",
        lambda: [say(min(chain())), say(chain()[0])],
    ),
    (
        "At $x = 0.1$ the step gives 1, and the sigmoid {}.",
        lambda: [say(sigmoid(0.1 * ThreeActivations.states["almost a step"]["w"]))],
    ),
    ("Heights are stretched {} times", lambda: [in_words(stretched())]),
    ("with more than {} of the nudge", lambda: [in_words(shares().max())]),
    ("At $z = 8$, only {} of the nudge", lambda: [say(rise(8) / 0.001)]),
    ("each line is a factor of {}.", lambda: [say(ratio_of_ticks())]),
]
REPLIES = [
    ("across zero", "goes from {} to {}", lambda: map(say, sigmoid([-0.1, 0.1]))),
    ("where is half", "at x = 0 that is {}.", lambda: [say(2 * 0 - 4)]),
    ("where is half", "x = −4 the sum is {}.", lambda: [say(2 * -4 - 4)]),
    ("where is half", "shift the middle to {} if", lambda: [say(4 / 1)]),
    ("zoom", "of {} of a unit no bend", lambda: [in_words(2 * 6 / 1000)]),
    (
        "zoom",
        "takes about {} units of z to go from 0.01 to 0.99",
        lambda: [in_words(2 * np.log(0.99 / 0.01))],
    ),
    ("small nudge", "nudged up by {}.", lambda: ["0.001"]),
    ("small nudge", "Yes: {} of the nudge.", lambda: [in_words(rise(0) / 0.001)]),
    ("eight layers", "that leaves {} at most", lambda: [f"{0.25**8:.6f}"]),
    ("eight layers", "Here {} is left", lambda: [f"{left(8):.7f}"]),
    ("exit", "weight 1, {} of a nudge", lambda: [f"{left(8):.7f}"]),
    ("eight layers", "and here {}.", lambda: [f"{left(8):.7f}"]),
]
test_the_page_says, test_a_reply_says, test_no_number_is_unproved = prove(
    "sigmoid", PAGE, REPLIES
)


def test_the_sigmoid_passes_on_some_of_any_nudge_and_at_most_a_quarter():
    assert 0 < shares().min() and shares().max() <= 0.25


def test_lines_stay_lines_and_all_others_can_leave_the_straight_line():
    picture = TwoLayers()
    for between in ("nothing", "step", "ReLU", "sigmoid"):
        units = picture._units(between, np.array([-5.0, -1.0, 3.0]))
        low, middle, high = units[0] - units[1]
        straight = abs(middle - (low + high) / 2) < 1e-12
        assert straight == (between == "nothing")


@pytest.mark.parametrize("v1, v2", [(-1, 1), (1, -1), (1, 1), (-2, -0.5), (0, 0)])
def test_a_sum_is_said_to_leave_its_chord_by_the_longest_way_up_or_down(v1, v2):
    x = np.linspace(-6, 6, 481)
    total = v1 * sigmoid(x + 2) + v2 * sigmoid(x - 2)
    away = np.abs(total - np.interp(x, x[[0, -1]], total[[0, -1]])).max()
    words = TwoLayers().words(between="sigmoid", v1=v1, v2=v2)
    assert words.endswith(f"ends (dotted) by up to {say(away, 2)}.")


@pytest.mark.parametrize("z, up", [(3, 1), (-3, 0)])
def test_at_the_window_s_border_nothing_jumps_in_it(z, up):
    words = Zoom().words(zoom=2, z=z)
    assert words.endswith(f"Step: flat. ReLU: straight, {up} up for each 1 along.")
    inside = Zoom().words(zoom=2, z=np.sign(z) * 2.9)
    assert inside.endswith("Step: a jump of 0.667 window heights. ReLU: a corner.")


def test_close_up_the_sigmoid_is_straight_at_every_z_and_a_quarter_steep_at_0():
    picture = Zoom()
    for z in picture.controls["z"].stops:
        assert "Sigmoid: straight to the eye" in picture.words(zoom=1000, z=z)
    assert "0.25 up for each 1 along. Step" in picture.words(zoom=1000, z=0)


def test_eight_sigmoids_leave_almost_nothing_at_any_weight():
    picture = ShrinkingNudge()
    ends = {
        w: picture._shares(8, w)["sigmoid"][-1] for w in picture.controls["w"].stops
    }
    assert max(ends.values()) < 1e-4
    # The share is what a nudge of the input does, not only a product of slopes.
    assert ends[1] == pytest.approx(left(8), rel=1e-3)
    assert picture._shares(8, 1)["ReLU"].tolist() == [1] * 9


def test_words_never_round_an_output_to_0_or_1():
    picture = ThreeActivations()
    assert "sigmoid 1 − 4.54e−5" in picture.words(x=5, w=2, b=0)
    assert "sigmoid less than 1e−9 from 1" in picture.words(x=6, w=10, b=0)
    assert "sigmoid less than 1e−9 from 0" in picture.words(x=-6, w=10, b=0)


def test_the_step_says_where_its_line_has_no_place():
    picture = SmallChange()
    picture.draw(Figure(picture.size), **picture.start)
    for z, nudge in ((0, 1), (0, 0.001), (-0.2, 0.5), (1, 0.001), (-3, 1)):
        picture.move(z=z, nudge=nudge)
        drawn = np.isfinite(picture.parts["step"][3].get_ydata()).any()
        assert drawn != picture.below.get_visible()
        assert drawn == ("whole height" in picture.words(z=z, nudge=nudge))


def test_z_is_the_sum_in_the_words_of_every_input():
    words = ThreeActivations().words(x=2, w=-1.5, b=0.5)
    assert words.startswith("At x = 2, z is −2.5: the step gives 0")
    assert "The sigmoid is ½ at x = −b/w = 0.333." in words


@pytest.mark.parametrize("f", [np.tanh, np.arctan])
def test_tanh_and_arctan_meet_all_four_demands_as_the_table_says(f):
    z = np.linspace(-8, 8, 1601)
    shares = (f(z + 0.001) - f(z)) / 0.001
    assert (0 < shares).all() and shares.max() <= 1.001
    assert abs(f(z)).max() < np.pi / 2
    assert abs(f(2.0) - 2 * f(1.0)) > 0.3


@pytest.mark.parametrize("x, w, b", [(3, 0.1, -0.3), (1e-6, 1e-6, 0), (-3, 0.1, 0.3)])
def test_where_z_is_said_to_be_0_the_step_is_that_of_0(x, w, b):
    said = ThreeActivations().words(x=x, w=w, b=b)
    assert "z is 0: the step gives 0, the sigmoid 0.5, ReLU 0." in said


def test_what_is_said_to_be_1_is_all_of_it():
    for w in (0.9999, 1, 1.0001):
        assert "and all of it after 1 layer" in ShrinkingNudge().words(layers=1, w=w)


def test_a_step_is_farthest_from_the_straight_line_just_past_its_jump():
    words = TwoLayers().words(between="step", v1=1, v2=0)
    assert words.endswith("by up to 0.67.")  # 1, where the line is at a third


@pytest.mark.parametrize("zoom, heights", [(2.9999, "1 window height"),
                                           (3.0001, "1 window height"),
                                           (4, "1.33 window heights")])  # fmt: skip
def test_one_window_height_is_said_in_the_singular(zoom, heights):
    assert f"a jump of {heights}. ReLU" in Zoom().words(zoom=zoom, z=0)
