"""What the course shows and says in a session where a learner has set things.

python tests/in_a_session.py [SETTING ...]    prints it as JSON, for test_session.py
"""

import hashlib
import json
import locale
import random
import sys
import warnings
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib import pyplot

sys.path += [str(Path(__file__).parent), str(Path(__file__).parent.parent / "tools")]


def style():
    """Light on dark, large, sketched, and a legend where nobody looks for it."""
    pyplot.style.use("dark_background")
    pyplot.xkcd()
    matplotlib.rcParams["font.size"] = 30
    matplotlib.rcParams["legend.loc"] = "lower left"
    matplotlib.rcParams["font.sans-serif"].insert(0, "DejaVu Sans Mono")


def usetex():
    """Have TeX, which is not here, set all text."""
    matplotlib.rcParams["text.usetex"] = True


def printing():
    """Print one digit."""
    np.set_printoptions(precision=0, suppress=True, linewidth=20, threshold=1)
    np.set_printoptions(formatter={"float": "{:.1f}".format}, nanstr="?", sign="+")


def errors():
    """Raise an error for each overflow and underflow."""
    np.seterr(all="raise")


def strict():
    """Raise each warning as an error."""
    warnings.simplefilter("error")


def comma():
    """Write a decimal comma; matplotlib as well."""
    try:
        locale.setlocale(locale.LC_ALL, "de_DE.UTF-8")
    except locale.Error:  # it is not here: play it
        locale._override_localeconv = {"decimal_point": ",", "thousands_sep": "."}
    assert locale.str(0.5) == "0,5"
    matplotlib.rcParams["axes.formatter.use_locale"] = True


def seed():
    """Fix the random numbers of the session."""
    np.random.seed(7)
    random.seed(7)


SETTINGS = {
    each.__name__: each for each in (style, usetex, printing, errors, strict, comma)
} | {"seed": seed}


def state():
    """Return what a session has set."""
    return [
        dict(dict.items(matplotlib.rcParams)),
        np.get_printoptions(),
        np.geterr(),
        list(warnings.filters),
        np.random.get_state()[1].tolist(),
        random.getstate(),
    ]


def pictures():
    """Return each picture's frames at its start and last named state, and its words."""
    from course import PICTURES

    from backprop.frame import Screen

    record = {}
    for name, kind in PICTURES.items():
        try:
            picture = kind()
            screen = Screen(picture)
            states = [{}, *picture.states.values()]
            for i, values in enumerate({**picture.start, **each} for each in states):
                record[f"{name} {values}"] = picture.words(**values)
                if i in (0, len(states) - 1):
                    frame = screen.frame(**values).tobytes()
                    record[f"{name} {values} frame"] = hashlib.sha256(frame).hexdigest()
        except Exception as error:
            record[name] = repr(error)
    return record


def verdicts():
    """Return what the checks say of one right answer and of one of each mistake."""
    from bank import bank, exercise_of

    sample = {}
    for spelling in bank():
        exercise = exercise_of(spelling)
        kind = (exercise.name, spelling.says, spelling.right)
        sample.setdefault(str(kind), (exercise, spelling.answer))
    record = {}
    for kind, (exercise, answer) in sample.items():
        # What the answer itself computes is under the learner's settings: these raise.
        with np.errstate(all="ignore"):
            try:
                record[kind] = repr(exercise.check(answer))
            except Exception as error:
                record[kind] = repr(error)
    return record


def main(*names):
    """Print what is shown and said, and whether the session is as it was."""
    for name in names:
        SETTINGS[name]()
    before = state()
    record = {**pictures(), **verdicts(), "the session is as it was": state() == before}
    print(json.dumps(record))


if __name__ == "__main__":
    main(*sys.argv[1:])
