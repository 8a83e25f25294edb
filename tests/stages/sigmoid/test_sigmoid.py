"""What the prose of stage 01 states, as numbers."""

import numpy as np
import pytest

from backprop.network import sigmoid
from backprop.stages.sigmoid import (
    RoundingToOne,
    SaysAndHappens,
    ShrinkingNudge,
    SmallChange,
    ThreeActivations,
    TwoLayers,
    Zoom,
)


def plain(z):
    return 1 / (1 + np.exp(-z))


def test_no_threshold_at_0():
    assert sigmoid([-0.1, 0, 0.1]).round(3).tolist() == [0.475, 0.5, 0.525]
    assert sigmoid(1).round(3) == 0.731  # z = 0.1 with w = 10, where the step is 1
    low, high = np.log([0.01 / 0.99, 0.99 / 0.01])
    assert round(high - low) == 9  # "about nine units of z from 0.01 to 0.99"


def test_overflow_warns_and_does_no_harm():
    with pytest.warns(RuntimeWarning, match="overflow encountered in exp"):
        assert plain(np.float64(-800)) == 0
    # "About 10 to the power −347", under the smallest float: 0 is the nearest.
    assert -800 / np.log(10) == pytest.approx(-347.4, abs=0.1)
    assert 10.0**-323 > 0
    assert np.isfinite(np.exp(709.0))
    with np.errstate(over="ignore"):
        assert np.isinf(np.exp(710.0))
    assert f"{sigmoid(-800):.1e}" == "1.2e-308"


def test_the_sigmoid_is_exactly_1_from_53_ln_2():
    last = 53 * np.log(2)
    assert last.round(2) == 36.74
    z = np.array([last - 0.001, last + 0.001])
    assert (sigmoid(z) == 1).tolist() == [False, True]
    assert (1 - np.nextafter(1, 0)) == RoundingToOne.UNIT
    assert sigmoid(-50) == pytest.approx(np.exp(-50), rel=1e-12)


def test_with_32_bits_the_sigmoid_is_1_from_24_ln_2():
    assert (24 * np.log(2)).round(1) == 16.6
    z = np.float32([16.5, 16.7])
    assert (1 / (1 + np.exp(-z)) == 1).tolist() == [False, True]


def test_the_sigmoid_passes_on_at_most_a_quarter_of_any_nudge():
    z, nudge = np.meshgrid(SmallChange.controls["z"].stops, SmallChange.NUDGES)
    share = (sigmoid(z + nudge) - sigmoid(z)) / nudge
    assert share.max() <= 0.25
    assert share.min() > 0
    assert "0.000335 of the nudge" in SmallChange().words(z=8, nudge=0.001)


def test_lines_stay_lines_and_all_others_can_leave_the_straight_line():
    picture = TwoLayers()
    for between in ("nothing", "step", "ReLU", "sigmoid"):
        units = picture._units(between, np.array([-5.0, -1.0, 3.0]))
        low, middle, high = units[0] - units[1]
        straight = abs(middle - (low + high) / 2) < 1e-12
        assert straight == (between == "nothing")


def test_close_up_the_sigmoid_is_straight_at_every_z_and_a_quarter_steep_at_0():
    picture = Zoom()
    for z in picture.controls["z"].stops:
        assert "Sigmoid: straight to the eye" in picture.words(zoom=1000, z=z)
    assert "0.25 up for each 1 along. Step" in picture.words(zoom=1000, z=0)


def test_eight_sigmoids_leave_almost_nothing_at_any_weight():
    picture = ShrinkingNudge()
    left = {
        w: picture._shares(8, w)["sigmoid"][-1] for w in picture.controls["w"].stops
    }
    assert left[1] == pytest.approx(0.0000055, abs=5e-8)
    assert max(left.values()) < 1e-4
    # The share is what a nudge of the input does, not only a product of slopes.
    ends = []
    for a in (1 - 1e-5, 1 + 1e-5):
        for _ in range(8):
            a = sigmoid(a)
        ends.append(a)
    assert left[1] == pytest.approx((ends[1] - ends[0]) / 2e-5, rel=1e-3)
    assert picture._shares(8, 1)["ReLU"].tolist() == [1] * 9


def test_095_is_not_how_often_it_rains():
    words = SaysAndHappens().words(w=3)
    assert "says 0.953" in words
    assert "rains on 73 of 100" in words


def test_words_never_round_an_output_to_0_or_1():
    picture = ThreeActivations()
    assert "sigmoid 1 − 4.54e−5" in picture.words(z=5, w=2, b=0)
    assert "sigmoid less than 1e−9 from 1" in picture.words(z=6, w=10, b=0)
    assert "sigmoid less than 1e−9 from 0" in picture.words(z=-6, w=10, b=0)


def test_at_37_the_distance_to_1_is_lost():
    assert f"{sigmoid(-37):.1e}" == "8.5e-17"
    assert 1 - sigmoid(37) == 0
