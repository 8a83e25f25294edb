"""A number as a person types it, and as text shows it: no widgets."""

import re
from math import inf, isnan, nan
from unicodedata import normalize, numeric

# The minus that the course prints, its relatives, a fraction's own stroke, and the
# marks that stand between Arabic and full-width digits.
AS_TYPED = str.maketrans("−–‒—－﹣⁄٫．٬，", "------/..,,")
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
NEED = "a number, such as 4, −0.5, 10,000, 1e−3 or 2/3"
# Grouped by commas, then a point; or grouped by spaces, or not at all, then either.
FORMS = (
    r"(?P<whole>[1-9]\d{0,2}(,\d{3})+)(\.(?P<part>\d*))?",
    r"(?P<whole>[1-9]\d{0,2}(\s\d{3})+)([.,](?P<part>\d*))?",
    r"(?P<whole>\d+)([.,](?P<part>\d*))?",
    r"(?P<whole>)[.,](?P<part>\d+)",
)
MOST_SHOWN = 30  # characters of what was typed, in a message


def read(text):
    """Return the float that a person means by a text.

    −4, a decimal point or comma, 10,000 or 10 000, 1e3, 10⁻⁵, 2/3 and ½ are all read.
    A comma may stand for two things: where three digits follow each comma and 1 to 3
    before the first one begin with no 0, it separates thousands, else it is the decimal
    mark. So 1,500 is fifteen hundred, 1,5 is one and a half, and 0,500 is a half.
    Raises ValueError for what is no number, or further from 0 than a float can be, or
    nearer.
    """
    plain = "".join(str(int(each)) if each.isdecimal() else each for each in text)
    over = [_read_one(part.strip()) for part in plain.translate(AS_TYPED).split("/")]
    if None in over or len(over) > 2:
        raise ValueError(f"got {_quoted(text)}; needs {NEED}")
    if over[1:] == [0]:
        raise ValueError(f"got {_quoted(text)}; needs a number other than 0 below")
    number = over[0] / over[1] if over[1:] else over[0]
    if inf in map(abs, (number, *over)):
        beyond = "beyond what a number can hold; needs a number nearer to 0"
        raise ValueError(f"got {_quoted(text)}, {beyond}")
    if isnan(number) or (over[0] and not number):
        lost = "nearer to 0 than a number can be; needs 0, or a number further from it"
        raise ValueError(f"got {_quoted(text)}, {lost}")
    return number


def _read_one(text):
    """Return what a text without a stroke means, or None; NaN where it is lost."""
    text = re.sub("[⁻⁰¹²³⁴-⁹]+", lambda power: "^" + power[0].translate(RAISED), text)
    text = re.sub(r"\s*[·×*]\s*10\^", "e", text)  # 3 · 10^−5
    text = re.sub(r"^([+-]?)\s*10\^", r"\g<1>1e", text)  # 10^−5
    sign, digits, exponent = re.fullmatch(
        r"([+-]?)\s*(.*?)(e[+-]?\d+)?", text, re.IGNORECASE | re.DOTALL
    ).groups("")
    for form in FORMS:
        if found := re.fullmatch(form, digits):
            whole = re.sub(r"\D", "", found["whole"])
            part = found["part"] or ""
            value = float(f"{sign}{whole}.{part}{exponent or 'e0'}")
            lost = not value and any(map(int, whole + part))
            return nan if lost else value
    if "⁄" in normalize("NFKC", digits) and not exponent:  # such as ½
        value = numeric(digits, None) if len(digits) == 1 else None
        return -value if value and sign == "-" else value
    return None


def _quoted(text):
    if not text.strip():
        return "nothing"
    return repr(text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + "…")


def write(number):
    """Return a number as the words say it, with all digits that `read` needs."""
    digits, _, exponent = f"{abs(number):,}".partition("e")
    text = digits.removesuffix(".0") + (f"e{int(exponent)}" if exponent else "")
    return f"{'-' if number < 0 else ''}{text}".replace("-", "−")


def count(number, noun):
    """Return how many there are: "1 iteration", "2,000 iterations"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
