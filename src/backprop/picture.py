"""What a picture is, and what several share: colours, controls, ticks, numbers."""

import re
from dataclasses import dataclass

import numpy as np

from backprop import number, validate
from backprop.number import count, read
from backprop.session import own_settings, shown

# Okabe & Ito's colours, told apart by colour-blind eyes (vermillion a little darker
# than theirs, for text); each has its own marker and dash as well, since a projector
# may lose the colour.
BLUE, VERMILLION, BLACK, GREY = "#0072B2", "#C44E00", "#000000", "#767676"

# For what is still and need not lie over the curves, such as a title: what lies over
# them is drawn anew with each of their moves.
STILL = {"zorder": 0}

# How near to 0 a value may be that is typed: of less, the words would say 0.
LEAST = 1e-6

FRACTIONS = {0.25: "¼", 0.5: "½", 0.75: "¾"}
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Knob:
    """A number that a slider moves from stop to stop and a box takes exactly.

    label: as it stands on the screen, whole. stops: ascending; a typed value may be
    any number from the first stop to the last, but 0 < |value| < 1e-6 where 0 is one of
    them. whole: whole numbers only.
    play: the picture may run through the stops by itself, once Play is pressed.
    """

    label: str
    stops: tuple
    whole: bool = False
    play: bool = False

    def check(self, value):
        """Return `value` as a number in range; ValueError names the label."""
        low, high = self.stops[0], self.stops[-1]
        try:
            if self.whole:
                return validate.whole(self.label, value, low, high)
            result = validate.number(self.label, value, low, high)
            if low <= 0 and 0 < abs(result) < LEAST:
                need = f"0, or a number at least {number.write(LEAST)} away from it"
                raise ValueError(f"{self.label}: got {shown(value)}; needs {need}")
        except ValueError as error:
            raise ValueError(_as_typed(str(error), value)) from None
        return result

    def read(self, text):
        """Return the value that a person means by a text, or raise ValueError."""
        return number.read(text)

    def write(self, value):
        """Return a value as its box shows it."""
        return number.write(value)

    def means(self, text, value):
        """Return whether a text in the box is read as this value."""
        try:
            return self.read(text) == value
        except ValueError:
            return False

    def place(self, value):
        """Return the index of a stop; of a value between two, a fraction."""
        return float(np.interp(value, self.stops, range(len(self.stops))))

    def nearest(self, value):
        """Return the index of the stop nearest to `value`."""
        return int(np.argmin(np.abs(np.asarray(self.stops, dtype=float) - value)))


def _as_typed(message, value):
    """Return a message with its numbers as a person writes them: −4, and not -4.0."""
    if isinstance(value, float) and np.isfinite(value):
        message = message.replace(f"got {shown(value)};", f"got {number.write(value)};")
    return re.sub(r"(?<![\w.])-(?=\d)|(?<=\de)-(?=\d)", "−", message)


@dataclass(frozen=True)
class Choice:
    """One of a few named options."""

    label: str
    options: tuple

    def check(self, value):
        """Return `value` if it is an option; ValueError names the label."""
        return validate.option(self.label, value, self.options)


class Picture:
    """An idea that moves. A subclass gives these names and three methods.

    size: inches, width and height. controls: name -> Knob or Choice. start: name ->
    value, for each control. states: name on a button -> the values it jumps to.
    redraw: names of the values whose change needs a new still part; the picture is
    then drawn anew. along: where the controls have more values together than a page
    without Python can hold, the one that moves there; the named states are chosen.
    """

    size = (8.4, 3.6)
    controls = {}
    start = {}
    states = {}
    redraw = ()
    along = None

    def __init_subclass__(cls):
        """Have its methods compute alike in every session."""
        for name in ("__init__", "draw", "move", "words", "asks"):
            if name in vars(cls):
                setattr(cls, name, own_settings()(vars(cls)[name]))

    def draw(self, figure, **values):
        """Draw everything into an empty figure; return the artists that move."""
        raise NotImplementedError

    def move(self, **values):
        """Put the moving artists where these values say, and touch nothing else."""
        raise NotImplementedError

    def words(self, **values):
        """Say in one or two sentences what the picture shows; needs no figure."""
        raise NotImplementedError

    def asks(self, **values):
        """Return the number to be typed at these values, or None.

        A dict: question, answer, tolerance, right (the reply to it), first_step, wrong
        (dicts of value and reply), next (the values at which the picture shows it).
        """
        return None

    def check(self, **values):
        """Return the values, each in its control's range, or raise ValueError."""
        unknown = [name for name in values if name not in self.controls]
        if unknown:
            names = ", ".join(self.controls)
            raise ValueError(f"{unknown[0]}: is no control here; needs one of {names}")
        return {
            name: self.controls[name].check(value) for name, value in values.items()
        }


def on_top(*artists):
    """Return the artists, lifted over all that is still: then only they are redrawn."""
    for artist in artists:
        artist.set_zorder(artist.get_zorder() + 10)
    return list(artists)


def ticks(axis, values=None, fractions=False):
    """Give an axis its ticks, or leave them where they are; the labels follow them.

    fractions: a half is ½ there, and a quarter ¼.
    """
    if values is not None:
        axis.set_ticks(values)
        axis.minorticks_off()
    axis.set_major_formatter(lambda value, position: tick_label(value, fractions))


def tick_label(number, fractions=False):
    """Return a number in full from 0.001 to 10,000, and as a power of ten beyond."""
    size, sign = abs(float(number)), "−" if number < 0 else ""
    if fractions and size in FRACTIONS:
        return sign + FRACTIONS[size]
    if size and not 0.001 <= size <= 10_000:
        return sign + scientific(size)
    return f"{sign}{size:,.10g}"


def scientific(number, digits=2):
    """Return a number above 0 by its power of ten: "10⁻⁵", "3.2 · 10⁻⁵"."""
    mantissa, exponent = f"{number:.{digits - 1}e}".split("e")
    mantissa = f"{float(mantissa):g}"
    return power(exponent) if mantissa == "1" else f"{mantissa} · {power(exponent)}"


def power(exponent):
    """Return the power of ten that is nearest: "10⁻⁷"."""
    exponent = round(float(exponent))
    return f"10{str(exponent).translate(RAISED)}" if exponent else "1"


def joined(lines):
    """Return lines (points, 2) as one, with a gap after each: (2, all points)."""
    gap = np.full((1, 2), np.nan)
    return np.vstack([part for line in lines for part in (line, gap)] or [gap]).T


def stems(x, low, high):
    """Return one line of separate upright strokes."""
    strokes = np.full((len(x), 3, 2), np.nan)  # two ends and a gap, each x and y
    strokes[:, 0, 0] = strokes[:, 1, 0] = x
    strokes[:, 0, 1], strokes[:, 1, 1] = low, high
    return strokes.reshape(-1, 2).T


def say(number, digits=3, least=1e-9):
    """Return a number as the words say it: the same on every machine.

    Anything under `least` is rounding noise here, and is said as 0.
    """
    number = float(number)
    if not np.isfinite(number):
        return "not a number" if np.isnan(number) else "beyond all bounds"
    if number == 0 or abs(number) < least:
        return "0"
    sign = "−" if number < 0 else ""
    number = float(f"{abs(number):.{digits}g}")
    if not 1e-4 <= number < 1e7:
        mantissa, exponent = f"{number:.{digits - 1}e}".split("e")
        return f"{sign}{float(mantissa):g}e{int(exponent)}".replace("e-", "e−")
    if number >= min(10**digits, 1000):  # and not 4.7e+02
        return f"{sign}{number:,.0f}"
    return f"{sign}{number:.{digits}g}"


def say_positive(number, digits=3):
    """Return a number that is 0 or more as the words say it: 0 only if it is 0."""
    return "under 1e−9" if 0 < number < 1e-9 else say(number, digits)


def makes(product, *factors, digits=3):
    """Say what a product of numbers is; ≈ where those said give another last digit."""
    said = say(np.prod([read(say(each, digits)) for each in factors]), digits)
    made = say(product, digits)
    return f"{'=' if said == made else '≈'} {made}"


def say_all(numbers, digits=3):
    """Return numbers as a list in words: "1, 2 and 3"."""
    said = [say(number, digits) for number in np.ravel(numbers)]
    return " and ".join(filter(None, [", ".join(said[:-1]), said[-1]]))


def after(number, noun="iteration"):
    """Return how words begin that are about a moment of the training."""
    return f"After {count(number, noun)}" if number else "At the start"


def bracketed(said):
    """Return a number as it stands in a product: "2", "(−2)"."""
    return f"({said})" if said.startswith("−") else said
