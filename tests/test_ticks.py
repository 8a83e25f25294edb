"""Tick labels: each says the number at which it stands, the same one everywhere."""

import re
from copy import copy
from functools import cache

import matplotlib
import pytest
from course import PICTURES
from matplotlib.figure import Figure
from test_picture import each_picture
from words import made, wanted

from backprop.frame import STYLE
from backprop.picture import say, scientific, tick_label

FRACTIONS = {"¼": 0.25, "½": 0.5, "¾": 0.75}
RAISED = dict(zip("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))


def number_of(label):
    """Return the number that a label says; None if it is a name, or has no digit."""
    if re.search(r"[A-Za-z\n]", label):
        return None
    label = label.replace("−", "-")
    if label in FRACTIONS:
        return FRACTIONS[label]
    power = re.fullmatch(r"(-?)(?:(\d(?:\.\d+)?) · )?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", label)
    if power:
        sign, mantissa, raised = power.groups()
        exponent = "".join(RAISED[digit] for digit in raised)
        return float(f"{sign}{mantissa or 1}e{exponent}")
    assert re.fullmatch(r"-?(\d{1,3}(,\d{3})+|\d{1,3})(\.\d+)?", label), label
    return float(label.replace(",", ""))


@cache
def ticks_of(name):
    """Return (place on its axis, label) of all ticks that a picture's states show.

    A move touches none of them, so that nothing needs to be trained.
    """
    found = []
    for values in wanted(name):
        picture = copy(made(name))
        with matplotlib.rc_context(STYLE):
            figure = Figure(picture.size)
            picture.draw(figure, **values)
            for axes in filter(lambda each: each.axison, figure.axes):
                found += _on_axis(axes.xaxis, 0) + _on_axis(axes.yaxis, 1)
    return found


def _on_axis(axis, coordinate):
    """Return what stands along an axis, which has no factor at its end."""
    low, high = sorted(axis.get_view_interval())
    labels = [each for each in axis.get_ticklabels(which="both") if each.get_visible()]
    placed = [(each.get_position()[coordinate], each.get_text()) for each in labels]
    assert not axis.get_offset_text().get_text()
    return [(at, text) for at, text in placed if text and low <= at <= high]


@each_picture
def test_a_label_says_the_number_at_which_it_stands(name):
    for at, label in ticks_of(name):
        said = number_of(label)
        assert said is None or said == pytest.approx(at, rel=1e-9, abs=1e-15), label


def test_a_number_has_one_label_in_all_pictures():
    labels = {}
    for name in PICTURES:
        for at, label in ticks_of(name):
            if number_of(label) is not None and label not in FRACTIONS:
                labels.setdefault(float(f"{at:.9g}"), set()).add(label)
    assert len(labels) > 50
    assert {at: said for at, said in labels.items() if len(said) > 1} == {}


@pytest.mark.parametrize(
    ("number", "label"),
    [
        (0, "0"), (-0.0, "0"), (0.1 + 0.2, "0.3"), (-2.5, "−2.5"), (1500, "1,500"),
        (0.001, "0.001"), (1e-4, "10⁻⁴"), (10_000, "10,000"), (1e5, "10⁵"),
        (-1e12, "−10¹²"), (3e-5, "3 · 10⁻⁵"), (0.5, "0.5"),
    ],
)  # fmt: skip
def test_a_number_is_in_full_from_a_thousandth_to_ten_thousand(number, label):
    assert tick_label(number) == label


def test_fractions_stand_only_where_they_are_asked_for():
    said = [tick_label(each / 4, fractions=True) for each in range(-1, 6)]
    assert said == ["−¼", "0", "¼", "½", "¾", "1", "1.25"]


def test_a_small_number_keeps_its_sign():
    assert [say(-3e-5), say(3e-5), say(-0.03)] == ["−3e−5", "3e−5", "−0.03"]


@pytest.mark.parametrize(
    "number, told",
    [(3.24e-5, "3.2 · 10⁻⁵"), (2e-5, "2 · 10⁻⁵"), (1e7, "10⁷"), (9.96e6, "10⁷")],
)
def test_a_power_of_ten_has_two_digits_before_it_or_none(number, told):
    assert scientific(number) == told


@pytest.mark.parametrize(
    "number, said",
    [(-2.3e7, "−2.3e7"), (2.3e7, "2.3e7"), (-4700, "−4,700"), (-3e-5, "−3e−5")],
)
def test_the_sign_of_a_large_and_of_a_small_number_is_said(number, said):
    assert say(number) == said
