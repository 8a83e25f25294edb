"""What the pictures say and draw at named states, and whether pixels follow."""

import re
from functools import cache

import drawn
import numpy as np
import pytest
from course import PICTURES, room_of
from grammar import faults, nouns_of
from words import draws, made, path_of, stored, wanted

from backprop.frame import DPI, Screen

# Each of their stops trains anew, which takes a second: only the ends, from the start.
SLOW = {"HiddenLayer": ("learning_rate", "width"), "Regression": ("width",)}


def id_of(name):
    return f"{room_of(PICTURES[name])}-{name}"


each_picture = pytest.mark.parametrize("name", PICTURES, ids=id_of)


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


@each_picture
def test_words_at_named_states(name):
    held = {str(state["values"]): state["words"] for state in stored(name)}
    for values in wanted(name):
        assert held.get(str(values)) == made(name).words(**values), values


@each_picture
def test_what_is_drawn_at_named_states(name):
    held = drawn.read(path_of(name, "drawn.txt"))
    now = draws(name)
    assert set(now) == {at for at in held if at[0] == name}
    for at, lines in now.items():
        otherwise = drawn.differences(held[at], lines)
        assert not otherwise, "\n".join([": ".join(filter(None, at)), *otherwise])


@each_picture
def test_words_are_short_and_hold_no_rounding_noise(name):
    for values in wanted(name) + extremes(made(name)):
        words = made(name).words(**values)
        assert 10 < len(words) <= 600, (values, words)
        assert not re.search(r"\bnan\b|\binf\b|e-1\d|\d{9}|-\d", words), words


@cache
def swept(name):
    """Return the words at each stop of each control.

    The other controls are at the start, and at each named state.
    """
    picture, seen = made(name), {}
    named = [{**picture.start, **values} for values in picture.states.values()]
    for others in (picture.start, *named):
        for key, control in picture.controls.items():
            stops = getattr(control, "stops", None) or control.options
            if key in SLOW.get(name, ()):
                stops = [*stops[:2], stops[-1]] if others == picture.start else []
            for stop in stops:
                values = {**others, key: stop}
                if str(values) not in seen:
                    seen[str(values)] = picture.words(**values)
    return seen


@cache
def nouns():
    """Return what is counted somewhere, in the plural, by its singular."""
    return nouns_of(text for name in PICTURES for text in swept(name).values())


@each_picture
def test_words_keep_to_grammar_at_all_stops(name):
    for values, words in swept(name).items():
        assert not faults(words, nouns()), f"{values}: {words}"


@each_picture
def test_words_need_no_figure(name):
    picture = PICTURES[name]()
    assert picture.words(**picture.start) == made(name).words(**picture.start)


@each_picture
def test_a_moved_frame_equals_one_drawn_anew(name):
    picture = made(name)
    kept = Screen(picture)
    kept.frame(**picture.start)
    # As the widget does when all rests; it must leave no trace.
    Screen(kept.picture, dpi=2 * DPI).frame(**extremes(picture)[-1])
    for values in extremes(picture):
        moved = kept.frame(**values).copy()
        anew = Screen(PICTURES[name]()).frame(**values)
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


@each_picture
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
