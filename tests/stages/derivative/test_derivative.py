"""Stage 02: the numbers that the page states, and what its pictures promise."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from backprop import picture
from backprop.network import sigmoid, sigmoid_derivative
from backprop.stages.derivative import FromOutput, Secant, Tangent, WrongReading

PLACES = np.linspace(-6, 6, 49)


def nudged(z, h=1e-5):
    return (sigmoid(z + h) - sigmoid(z - h)) / (2 * h)


def drawn(a_picture, **values):
    values = {**a_picture.start, **values}
    a_picture.draw(Figure(a_picture.size), **values)
    a_picture.move(**values)
    return a_picture


def test_the_step_of_the_derivation_is_exact_for_every_h():
    random = np.random.default_rng(2)
    z, h = random.normal(size=200) * 3, random.normal(size=200) * 2
    rise = sigmoid(z + h) - sigmoid(z)
    product = sigmoid(z + h) * (1 - sigmoid(z)) * (1 - np.exp(-h))
    assert product == pytest.approx(rise, abs=1e-14)


def test_the_slope_lies_between_0_and_a_quarter_and_the_wrong_reading_does_not():
    slope, wrong = sigmoid_derivative(sigmoid(PLACES)), PLACES * (1 - PLACES)
    assert (slope > 0).all() and slope.max() == 0.25 and PLACES[slope.argmax()] == 0
    assert ((wrong < 0) == ((PLACES < 0) | (PLACES > 1))).all()


def test_the_numbers_of_the_prose_and_the_replies():
    assert [picture.say(sigmoid(z), 4) for z in (5, 6)] == ["0.9933", "0.9975"]
    assert picture.say(nudged(5)) == "0.00665"
    assert picture.say(nudged(-3)) == "0.0452"
    assert picture.say(nudged(0.5)) == "0.235"
    rise = sigmoid(1.501) - sigmoid(1.5)
    assert picture.say(rise) == "0.000149"
    assert picture.say(rise / 0.001) == "0.149" == picture.say(nudged(1.5))
    assert sigmoid_derivative(0.9) == pytest.approx(0.09)
    assert (5 * (1 - 5), -3 * (1 - -3)) == (-20, -12)


@pytest.mark.parametrize("z", (-6, -2, 0, 0.5, 5))
def test_tangents_and_dots_have_the_slope_that_a_nudge_gives(z):
    tangent = drawn(Tangent(), z=z)
    (_, x, _), (_, low, high) = tangent.triangle.get_data()
    assert x == z + 1
    assert high - low == pytest.approx(nudged(z), abs=1e-9)
    assert tangent.dot.get_ydata()[0] == pytest.approx(nudged(z), abs=1e-9)

    reading = drawn(WrongReading(), z=z)
    for line, dot, slope in (
        (reading.right_line, reading.right, nudged(z)),
        (reading.wrong_line, reading.wrong, z * (1 - z)),
    ):
        assert np.diff(line.get_ydata()) / np.diff(line.get_xdata()) == pytest.approx(
            slope, abs=1e-9
        )
        assert dot.get_ydata()[0] == pytest.approx(slope, abs=1e-9)


def test_the_microscope_shows_both_slopes_as_heights_above_z_plus_h():
    for h in Secant.controls["h"].stops:
        secant = drawn(Secant(), h=h)
        slope = (sigmoid(1.5 + h) - sigmoid(1.5)) / h
        assert secant.points[1].get_ydata()[1] == pytest.approx(slope)
        assert secant.slope.get_ydata()[0] == pytest.approx(nudged(1.5), abs=1e-9)


def test_the_slope_from_z_and_from_the_output_stand_at_the_same_height():
    for z in FromOutput.controls["z"].stops:
        read = drawn(FromOutput(), z=z)
        assert read.from_a.get_xdata()[0] == read.output.get_ydata()[0] == sigmoid(z)
        assert read.from_z.get_ydata()[0] == read.from_a.get_ydata()[0]
