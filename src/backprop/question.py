"""The questions to predict: a TOML file a stage, in its room.

Each question has a name, its text, and choices, each with a text and a reply; one
choice is `right = true`. They stand apart so that a notebook doesn't give replies away.
"""

import tomllib
from importlib.resources import files


def question(package, name):
    """Return one question as a dict: name, lead ("Predict."), question, choices.

    package: of the stage's room. ValueError says which questions there are.
    """
    asked = questions(package)
    if name not in asked:
        raise ValueError(f"name: got {name!r}; needs one of {', '.join(asked)}")
    return asked[name]


def questions(package):
    """Return all questions of a stage by name."""
    text = (files(package) / "questions.toml").read_text(encoding="utf-8")
    asked = tomllib.loads(text)["prediction"]
    for each in asked:
        at_the_end = each["name"] == "exit"
        each["lead"] = "Exit question." if at_the_end else "Predict."
    return {each["name"]: each for each in asked}
