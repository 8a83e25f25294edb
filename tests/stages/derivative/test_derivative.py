"""What stage 02 states: its page, the replies to its questions, its pictures."""

import re

import numpy as np
import pytest
from matplotlib.figure import Figure
from pages import central, in_words, prove, sign

from backprop.network import ACTIVATIONS, sigmoid, sigmoid_derivative
from backprop.number import read
from backprop.picture import say
from backprop.result import same
from backprop.stages.derivative import FromOutput, Secant, Tangent, WrongReading
from backprop.stages.derivative.checks import SLOPE_AT, slope_at, tall_derivative

PLACES = np.linspace(-6, 6, 49)


def slope(z):
    return central(sigmoid, z, h=1e-5)


def rise(z, h):
    return sigmoid(z + h) - sigmoid(z)


def steepest(name):
    f, derivative = ACTIVATIONS[name]
    return derivative(f(PLACES)).max()


def misread(z):
    return say(z * (1 - z))


PAGE = [
    ("it settles near {}. The number", lambda: [say(slope(1.5))]),
    (
        "The peak is {}, at z = {}.** There the output is {}.",
        lambda: [
            sign(slope(PLACES).max()),
            say(PLACES[slope(PLACES).argmax()]),
            sign(sigmoid(0)),
        ],
    ),
    (
        "z(1 − z) gives {}, and the slope is {}.",
        lambda: [misread(0.5), say(slope(0.5))],
    ),
    ("at z = 0 it gives {}, where", lambda: [misread(0)]),
    ("**{}**: at z = 5 the line", lambda: [misread(5)]),
    ("both are ½: ½ · ½ = {}.", lambda: [sign(sigmoid_derivative(0.5))]),
    ("multiply, each at most {}.", lambda: [sign(steepest("sigmoid"))]),
    (
        "| a(1 − a) | {} |\n"
        "| tanh | −1 to 1 | 1 − a² | {} |\n"
        "| ReLU | 0 and up | 1 where a > 0, else 0 | {} |",
        lambda: [sign(steepest(name)) for name in ("sigmoid", "tanh", "relu")],
    ),
    (
        "The tall one is {} times as steep",
        lambda: [in_words(tall_derivative(5) / sigmoid_derivative(0.5))],
    ),
    ("never over {}, and almost 0", lambda: [sign(steepest("sigmoid"))]),
]
REPLIES = [
    (
        "secant",
        "is {} at z = 0 and {} at z = 2.",
        lambda: [say(sigmoid(0)), f"{sigmoid(2):.4f}"],
    ),
    ("secant", "the rise is {}, the run", lambda: [f"{rise(0, 2):.4f}"]),
    ("secant", "which is at {} already", lambda: [say(sigmoid(0))]),
    (
        "closing in",
        "From z = 1.5, with h = 0.001, the rise is {};",
        lambda: [f"{rise(1.5, 1e-3):.6f}"],
    ),
    ("closing in", "that is {}.", lambda: [f"{rise(1.5, 1e-3) / 1e-3:.3f}"]),
    ("riding", "is high, {}, and", lambda: [f"{sigmoid(5):.3f}"]),
    ("riding", "its slope is {}", lambda: [say(slope(5))]),
    ("what is x", "the output is {}", lambda: [f"{sigmoid(5):.3f}"]),
    (
        "can it be negative",
        "grows from {} to {}",
        lambda: [f"{a:.4f}" for a in sigmoid([5, 6])],
    ),
    (
        "can it be negative",
        "at z = 5 the slope of the sigmoid is {}.",
        lambda: [misread(5)],
    ),
    ("can it be negative", "{} is also far too steep", lambda: [misread(5)]),
    (
        "can it be negative",
        "have seen that {} is the most",
        lambda: [sign(steepest("sigmoid"))],
    ),
    ("exit", "0.2 × 0.8 = {},", lambda: [say(sigmoid_derivative(0.2))]),
    ("exit", "grows by {} of the nudge", lambda: [say(sigmoid_derivative(0.2))]),
]
test_the_page_says, test_a_reply_says, test_no_number_is_unproved = prove(
    "derivative", PAGE, REPLIES
)


def drawn(a_picture, **values):
    values = {**a_picture.start, **values}
    a_picture.draw(Figure(a_picture.size), **values)
    a_picture.move(**values)
    return a_picture


@pytest.mark.parametrize("z", (-6, -2, 0, 0.5, 5))
def test_tangents_and_dots_have_the_slope_that_a_nudge_gives(z):
    tangent = drawn(Tangent(), z=z)
    (_, x, _), (_, low, high) = tangent.triangle.get_data()
    assert x == z + 1
    assert high - low == pytest.approx(slope(z), abs=1e-9)
    assert tangent.dot.get_ydata()[0] == pytest.approx(slope(z), abs=1e-9)

    reading = drawn(WrongReading(), z=z)
    for line, dot, wanted in (
        (reading.right_line, reading.right, slope(z)),
        (reading.wrong_line, reading.wrong, z * (1 - z)),
    ):
        assert np.diff(line.get_ydata()) / np.diff(line.get_xdata()) == pytest.approx(
            wanted, abs=1e-9
        )
        assert dot.get_ydata()[0] == pytest.approx(wanted, abs=1e-9)


def test_the_microscope_shows_both_slopes_as_heights_above_z_plus_h():
    for h in Secant.controls["h"].stops:
        secant = drawn(Secant(), h=h)
        assert secant.points[1].get_ydata()[1] == pytest.approx(rise(1.5, h) / h)
        assert secant.slope.get_ydata()[0] == pytest.approx(slope(1.5), abs=1e-9)


def test_the_slope_from_z_and_from_the_output_stand_at_the_same_height():
    for z in FromOutput.controls["z"].stops:
        read = drawn(FromOutput(), z=z)
        assert read.from_a.get_xdata()[0] == read.output.get_ydata()[0] == sigmoid(z)
        assert read.from_z.get_ydata()[0] == read.from_a.get_ydata()[0]


def test_no_secant_passes_for_the_slope():
    for h in (float(f"{digit}e-{k}") for k in range(10) for digit in (1, 2, 5)):
        for back in (0, h):
            passed = [
                same(slope_at(z), (sigmoid(z + h) - sigmoid(z - back)) / (h + back))
                for (z,) in SLOPE_AT.probes
            ]
            assert not all(passed), (h, back)


@pytest.mark.parametrize("ahead, back", [(1, 0), (0, 1), (1, 1)])
@pytest.mark.parametrize("h", [float(f"{d}e-{k}") for k in range(9) for d in (1, 2, 5)])
def test_each_secant_is_told_as_one(h, ahead, back):
    def secant(z):
        rise = sigmoid(z + ahead * h) - sigmoid(z - back * h)
        return rise / (ahead * h + back * h)

    told = SLOPE_AT.check(secant).mistake
    assert told and told.startswith("this is the slope of a secant")


@pytest.mark.parametrize("z", [0.4, 0.401, 0.401058, 0.659046])
def test_where_the_wrong_reading_is_right_it_is_said_to_be(z):
    words = WrongReading().words(z)
    assert words.endswith("Here the two agree, by chance: at other places they don't.")


@pytest.mark.parametrize("h", Secant.controls["h"].stops)
def test_the_rise_that_is_said_gives_the_slope_that_is_said(h):
    for z in [*Secant.controls["z"].stops, 1.2345]:
        said = re.search(
            r"by (\S+)\. Divided by h = (\S+), .* of (about )?(\S+?)\.( |$)",
            Secant().words(h, z),
        )
        rise, over, slope = (read(said[i]) for i in (1, 2, 4))
        assert bool(said[3]) == (say(rise / over) != say(slope))
