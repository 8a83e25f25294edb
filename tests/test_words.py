"""What the pictures say: the words at named states, and whether pixels follow.

python tests/test_words.py --accept [NN]    writes the words of today into tests/words
                                            (of stage NN), for the states listed there,
                                            each start and each named state; read the
                                            diff before you commit it
"""

import re
import sys
import tomllib
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from backprop import pictures
from backprop.pictures import Picture, Screen
from backprop.pictures.picture import DPI

FOLDER = Path(__file__).parent / "words"
CLASSES = {
    name: value
    for name, value in vars(pictures).items()
    if isinstance(value, type) and issubclass(value, Picture) and value is not Picture
}


@cache
def made(name):
    return CLASSES[name]()


def stage_of(name):
    """Return "05_training_loop" for a picture of that stage."""
    return CLASSES[name].__module__.rsplit(".s", 1)[-1]


def stored(name):
    path = FOLDER / f"{stage_of(name)}.toml"
    if not path.exists():
        return []
    states = tomllib.loads(path.read_text(encoding="utf-8"))["state"]
    return [state for state in states if state["picture"] == name]


def wanted(name):
    """Return the values to hold: the start, the named states, those listed."""
    picture = made(name)
    states = [{}, *picture.states.values(), *(s["values"] for s in stored(name))]
    full = [{**picture.start, **values} for values in states]
    return [values for i, values in enumerate(full) if values not in full[:i]]


def extremes(picture):
    """Return values with each control at its ends and middle, the others at start."""
    found = []
    for name, control in picture.controls.items():
        stops = getattr(control, "stops", None) or control.options
        for stop in {stops[0], stops[len(stops) // 2], stops[-1]}:
            found.append({**picture.start, name: stop})
    found.append(
        {
            name: (getattr(control, "stops", None) or control.options)[-1]
            for name, control in picture.controls.items()
        }
    )
    return found


def accept(stage=""):
    """Write the words that the pictures say today."""
    stages = {}
    for name in (name for name in CLASSES if stage_of(name).startswith(stage)):
        for values in wanted(name):
            words = made(name).words(**values)
            inline = ", ".join(f"{key} = {_toml(v)}" for key, v in values.items())
            stages.setdefault(stage_of(name), []).append(
                f'[[state]]\npicture = "{name}"\nvalues = {{ {inline} }}\n'
                f"words = {_toml(words)}\n"
            )
    for stage, states in stages.items():
        text = "\n".join(states)
        (FOLDER / f"{stage}.toml").write_text(text, encoding="utf-8")


def _toml(value):
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return repr(value)


@pytest.mark.parametrize("name", CLASSES, ids=stage_of)
def test_words_at_named_states(name):
    held = {str(state["values"]): state["words"] for state in stored(name)}
    for values in wanted(name):
        assert held.get(str(values)) == made(name).words(**values), values


@pytest.mark.parametrize("name", CLASSES, ids=stage_of)
def test_words_are_short_and_hold_no_rounding_noise(name):
    for values in wanted(name) + extremes(made(name)):
        words = made(name).words(**values)
        assert 10 < len(words) <= 600, (values, words)
        assert not re.search(r"\bnan\b|\binf\b|e-1\d|\d{9}|-\d", words), words


@pytest.mark.parametrize("name", CLASSES, ids=stage_of)
def test_words_need_no_figure(name):
    picture = CLASSES[name]()
    assert picture.words(**picture.start) == made(name).words(**picture.start)


@pytest.mark.parametrize("name", CLASSES, ids=stage_of)
def test_a_moved_frame_equals_one_drawn_anew(name):
    picture = made(name)
    kept = Screen(picture)
    kept.frame(**picture.start)
    # As the widget does when all rests; it must leave no trace.
    Screen(kept.picture, dpi=2 * DPI).frame(**extremes(picture)[-1])
    for values in extremes(picture):
        moved = kept.frame(**values).copy()
        anew = Screen(CLASSES[name]()).frame(**values)
        assert np.array_equal(moved, anew), values
        whole = _whole(picture, values)
        # A rounding of one grey level may come from drawing in two passes.
        assert np.abs(moved[..., :3].astype(int) - whole).max() <= 2, values


def _whole(picture, values):
    """Return the frame as matplotlib draws it all at once."""
    screen = Screen(picture)
    screen.frame(**values)
    for artist in screen._moving:
        artist.set_animated(False)
    screen.canvas.draw()
    return np.asarray(screen.canvas.buffer_rgba())[..., :3].astype(int)


@pytest.mark.parametrize("name", CLASSES, ids=stage_of)
def test_no_control_moves_in_vain(name):
    picture, screen = made(name), Screen(made(name))
    for control_name, control in picture.controls.items():
        stops = getattr(control, "stops", None) or control.options
        frames = {
            screen.frame(**{**others, control_name: stop}).tobytes()
            for others in (picture.start, *extremes(picture))
            for stop in (stops[0], stops[-1])
        }
        assert len(frames) > 1, control_name


if __name__ == "__main__":
    if sys.argv[1:2] != ["--accept"]:
        sys.exit(__doc__)
    accept(*sys.argv[2:])
