"""The questions to predict: a TOML file a stage, named as its notebook.

Each question has a name, its text, and choices, each with a text and a reply; one
choice is `right = true`. They stand apart so that a notebook doesn't give replies away.
"""

import tomllib
from importlib.resources import files


def question(stage, name):
    """Return one question as a dict: name, lead ("Predict."), question, choices.

    stage: "05", as the file's name begins. ValueError says which there are.
    """
    asked = questions(stage)
    if name not in asked:
        raise ValueError(f"name: got {name!r}; needs one of {', '.join(asked)}")
    return asked[name]


def questions(stage):
    """Return all questions of a stage by name."""
    found = [each for each in files(__name__).iterdir() if each.name.endswith(".toml")]
    for file in found:
        if file.name.startswith(f"{stage}_"):
            asked = tomllib.loads(file.read_text(encoding="utf-8"))["prediction"]
            for each in asked:
                at_the_end = each["name"] == "exit"
                each["lead"] = "Exit question." if at_the_end else "Predict."
            return {each["name"]: each for each in asked}
    names = ", ".join(sorted(repr(file.name[:2]) for file in found))
    raise ValueError(f"stage: got {stage!r}; needs one of {names}")
