"""What a person types is read as it was meant, and written as the words say it."""

import pytest
from course import PICTURES
from hypothesis import example, given
from hypothesis import strategies as st

from backprop.number import read, write
from backprop.picture import Knob, say

finite = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    "text, number",
    [
        ("4", 4),
        ("−4", -4),
        ("–4", -4),
        ("- 4", -4),
        ("+4", 4),
        (" 4\u2009", 4),
        ("0.0001", 1e-4),
        ("0,0001", 1e-4),
        (".5", 0.5),
        (",5", 0.5),
        ("5.", 5),
        ("1,5", 1.5),
        ("1,50", 1.5),
        ("1,5000", 1.5),
        ("1,500", 1500),
        ("1.500", 1.5),
        ("0,500", 0.5),
        ("00,500", 0.5),
        ("10,000", 10_000),
        ("10 000", 10_000),
        ("10\u202f000,25", 10_000.25),
        ("1,234,567.8", 1_234_567.8),
        ("1234567,8", 1_234_567.8),
        ("1e3", 1000),
        ("1,5E−3", 0.0015),
        ("3.41e−7", 3.41e-7),
        ("2.5e+07", 2.5e7),
        ("10⁻¹³", 1e-13),
        ("−10^5", -1e5),
        ("3,2 · 10⁻⁵", 3.2e-5),
        ("1.2×10^5", 1.2e5),
        ("1.2*10^5", 1.2e5),
        ("2/3", 2 / 3),
        ("−1 / 8", -0.125),
        ("1⁄2", 0.5),
        ("1,5/0.5", 3),
        ("½", 0.5),
        ("−¼", -0.25),
        ("⅚", 5 / 6),
        ("—5", -5),
        ("－５．５", -5.5),
        ("٤٫٥", 4.5),
        ("١٠٬٠٠٠", 10_000),
        ("１０，０００", 10_000),
        ("１０,０００", 10_000),
        ("0e-400", 0),
        ("0/7", 0),
        ("5e-324", 5e-324),
    ],
)
def test_a_number_is_read_as_it_is_meant(text, number):
    assert read(text) == number


@pytest.mark.parametrize(
    "text",
    [
        *("five", "--2", "+-2", "−", "e", "e5", "1e", ".", ",", "/", "1/", "1/2/3"),
        *("1,23,456", "1234,567,8", "1.234,5", "1,234 567", "1 5", "1 23", "0 500"),
        *(
            "1½",
            "5²",
            "²",
            "110^2",
            "1,10^5",
            "·10^5",
            "½e3",
            "nan",
            "inf",
            "0x10",
            "1_000",
            "True",
            "4a",
            "４ ４",
            "Ⅷ",
            "八",
            "½½",
            "℅",
        ),
    ],
)
def test_what_is_no_number_is_not_guessed_at(text):
    with pytest.raises(ValueError) as error:
        read(text)
    need = "needs a number, such as 4, −0.5, 10,000, 1e−3 or 2/3"
    assert str(error.value) == f"got {text!r}; {need}"


@pytest.mark.parametrize(
    "text, said",
    [
        ("", "got nothing; needs a number, such as 4"),
        (" \t", "got nothing; needs a number, such as 4"),
        ("1e400", "got '1e400', beyond what a number can hold; needs a number nearer"),
        ("−1e400", "got '−1e400', beyond what a number can hold"),
        ("1/1e-320", "got '1/1e-320', beyond what a number can hold"),
        ("1e-400", "got '1e-400', nearer to 0 than a number can be; needs 0, or a num"),
        ("−0,05e-330", "got '−0,05e-330', nearer to 0 than a number can be"),
        ("3 · 10^-400", "got '3 · 10^-400', nearer to 0 than a number can be"),
        ("1e-300/1e300", "got '1e-300/1e300', nearer to 0 than a number can be"),
        ("1/1e-400", "got '1/1e-400', nearer to 0 than a number can be"),
        ("1/1e400", "got '1/1e400', beyond what a number can hold"),
        ("2/0", "got '2/0'; needs a number other than 0 below"),
        ("x" * 1000, f"got '{'x' * 30}…'; needs a number, such as 4"),
    ],
)
def test_what_cannot_be_read_is_told_why(text, said):
    with pytest.raises(ValueError) as error:
        read(text)
    assert str(error.value).startswith(said)


@given(st.text(alphabet="0123456789 ,.-+−e/½²⁻·^x\u2009"))
def test_any_text_is_a_finite_number_or_a_clear_error(text):
    try:
        number = read(text)
    except ValueError as error:
        assert str(error).startswith("got ")
        assert "needs a number" in str(error)
    else:
        assert read(write(number)) == number


def test_a_text_means_one_number_and_nonsense_none():
    means = Knob("a number", (0, 20)).means
    assert means("1,5", 1.5)
    assert not means("1,5", 15)
    assert not means("five", 5)


@given(finite.filter(lambda number: abs(number) < 1e300), st.integers(2, 9))
@example(-0.0005, 3)
@example(999.96, 4)
@example(12345678.0, 3)
@example(-1e-7, 3)
def test_what_the_words_say_can_be_typed(number, digits):
    said = say(number, digits)
    assert read(said) == float(said.replace("−", "-").replace(",", ""))


@given(finite | st.integers(-(10**6), 10**6))
@example(1234.5)
@example(0.1 + 0.2)
@example(-1e-5)
@example(1e22)
def test_what_is_written_is_read_to_the_last_digit(number):
    assert read(write(number)) == number


STOPS = [
    pytest.param(knob.stops, id=f"{name} {knob.label}")
    for name, kind in PICTURES.items()
    for knob in kind.controls.values()
    if type(knob) is Knob
]


@pytest.mark.parametrize("stops", STOPS)
def test_a_box_shows_a_stop_as_the_words_say_it(stops):
    for stop in stops:
        if stop == 0 or abs(stop) >= 1e-9:  # under that all is noise to `say`
            assert write(stop) == say(stop, 6)
