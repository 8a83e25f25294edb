"""The questions to predict: a TOML file a stage, in its room.

Each question has a name and its text. Either it has choices, each with a text and a
reply, one of them `right = true`; or its answer is a number to be typed: `answer`, the
`decimals` that its text asks for (0, if it doesn't say), the reply to the right number
(`right`), the first step of the way there (`first_step`), and wrong numbers, each with
a reply that names the idea behind it.

These numbers are expressions, in Python, over NumPy (`np`), all that
`backprop.network` and `backprop.data` have, and all that the room hands out, its
modules among them. They are the course's own: what a learner types is never evaluated.
They stand apart so that a notebook doesn't give replies away.
"""

import tomllib
from importlib import import_module
from importlib.resources import files

import numpy as np

from backprop import data, network
from backprop.number import write
from backprop.session import own_settings

CLOSE = 0.02  # of the right number: who is that near has gone the right way
KNOWN = 0.004  # of a wrong number: it is known by its first digits,
APART = 1 / 3  # but no nearer to the right one than this part of the way
TIMES = {2: "twice", 0.5: "half"}


def question(package, name):
    """Return one question as a dict: name, lead ("Predict."), question, choices.

    package: of the stage's room. One whose answer is typed has answer, decimals, right,
    first_step and wrong in place of choices. ValueError says which questions there are.
    """
    asked = questions(package)
    if name not in asked:
        raise ValueError(f"name: got {name!r}; needs one of {', '.join(asked)}")
    return asked[name]


def questions(package):
    """Return all questions of a stage by name, their numbers computed."""
    text = (files(package) / "questions.toml").read_text(encoding="utf-8")
    asked = tomllib.loads(text)["prediction"]
    names = {**vars(data), **vars(network), "np": np, **vars(import_module(package))}
    for each in asked:
        at_the_end = each["name"] == "exit"
        each["lead"] = "Exit question." if at_the_end else "Predict."
        if "answer" in each:
            each["answer"] = _computed(each["answer"], names)
            for wrong in each["wrong"]:
                wrong["value"] = _computed(wrong["value"], names)
    return {each["name"]: each for each in asked}


@own_settings()
def _computed(expression, names):
    return float(np.asarray(eval(expression, dict(names))).item())


def tolerance(asked):
    """Return how far from the answer a number may lie and be right.

    Half a unit of the last decimal that was asked for; `tolerance`, if it is given.
    """
    if "tolerance" in asked:
        return asked["tolerance"]
    decimals = asked["decimals"]
    return 0.5001 * 10.0**-decimals if decimals else 1e-9


def answer(asked, number):
    """Return whether a typed number is right, and the reply to it.

    The reply to a wrong number never says the right one.
    """
    right, near = asked["answer"], tolerance(asked)
    if abs(number - right) <= near:
        return True, asked["right"]
    for wrong in sorted(asked["wrong"], key=lambda each: abs(each["value"] - number)):
        value = wrong["value"]
        reach = min(KNOWN * abs(value), APART * abs(value - right))
        if abs(number - value) <= max(near, reach):
            return False, wrong["reply"]
    return False, _near_miss(asked, number, near) or asked["first_step"]


def _near_miss(asked, number, near):
    """Return in what a number differs from the right one, if that is one thing."""
    right = asked["answer"]
    if right == 0:
        return None
    if abs(number + right) <= near:
        return "The size is right, the sign is not."
    if abs(number - right) <= CLOSE * abs(right):
        return nearly(asked)
    for shift in range(-3, 4):
        if shift and abs(number / 10.0**shift - right) <= near:
            return "The digits are right, the decimal point is not in its place."
    for factor, said in TIMES.items():
        if abs(number / factor - right) <= near:
            return f"That is {said} the right number."
    return None


def nearly(asked):
    """Return the reply to a number that is nearly right; a count is not rounded."""
    how = "Count once more." if asked.get("decimals") == 0 else "Round only at the end."
    return f"Nearly: it is less than a fiftieth off. {how}"


def said(asked, value):
    """Return a number of a typed question as the page writes it: "−0.25"."""
    return write(round(value, asked["decimals"] or 9) + 0.0)
