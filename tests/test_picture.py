"""What the pictures say and draw at named states, and whether pixels follow."""

import re
from copy import copy, deepcopy
from functools import cache
from random import Random
from xml.etree import ElementTree

import drawn
import matplotlib
import numpy as np
import pytest
from course import PICTURES, ROOMS, room_of
from grammar import faults, nouns_of
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.text import Annotation, Text
from texts import faults_of
from words import (
    ALONG,
    SLOW,
    along,
    anywhere,
    draws,
    hand,
    held_hand,
    kinds_along,
    made,
    path_of,
    stored,
    swept,
    wanted,
)

from backprop.frame import DPI, STYLE, Screen


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
def test_the_controls_are_those_that_are_held(name):
    assert hand(name) == held_hand(name)


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
def nouns():
    """Return what is counted somewhere, in the plural, by its singular."""
    return nouns_of(text for name in PICTURES for text in swept(name).values())


@pytest.mark.parametrize("file", ALONG)
@pytest.mark.parametrize("room", ROOMS)
def test_what_is_said_shown_and_asked_at_all_stops_is_held(room, file):
    assert ALONG[file](room) == along(room, file)


@each_picture
def test_what_a_picture_shows_at_some_stop_it_shows_at_a_state_that_is_held(name):
    """So that its place is held: to hold one more state, see CONTRIBUTING.md."""
    held = {line.kind for lines in draws(name).values() for line in lines}
    for place, kinds in kinds_along(name):
        assert not kinds.keys() - held, (place, kinds.keys() - held)


@each_picture
def test_words_keep_to_grammar_at_all_stops(name):
    for values, words in swept(name).items():
        assert not faults(words, nouns()), f"{values}: {words}"


SLIPS = re.compile(r"[+−] [+−]|--|\b(nan|inf|None)\b|(?<![\d.])−0(?![.\d])")


@each_picture
def test_no_text_that_is_drawn_anywhere_has_two_signs_together_or_no_number(name):
    states = anywhere(name)
    states = Random(name).sample(states, min(20, len(states)))
    for values, lines in zip(states, drawn.drawn(made(name), states)):
        texts = [text for line in lines for text in re.findall('"[^"]*"', line.text)]
        assert not [text for text in texts if SLIPS.search(text)], values


@each_picture
def test_no_text_is_cut_off_or_lies_over_another_or_a_circle(name):
    states = anywhere(name)
    states = Random(name).sample(states, min(8, len(states)))
    for values in wanted(name) + states:
        assert not faults_of(made(name), values), values


@each_picture
def test_no_line_runs_over_a_text_that_has_a_ground_of_its_own(name):
    picture = made(name)
    for values in wanted(name):
        with matplotlib.rc_context(STYLE):
            figure = Figure(picture.size, dpi=DPI)
            renderer = FigureCanvasAgg(figure).get_renderer()
            picture.draw(figure, **values)
            picture.move(**values)
        for axes in figure.axes:
            stack = sorted(axes.get_children(), key=lambda each: each.get_zorder())
            for i, text in enumerate(stack):
                if isinstance(text, Text) and text.get_text() and text.get_bbox_patch():
                    ground = text.get_window_extent(renderer)
                    over = [each for each in map(course_of, stack[i + 1 :]) if each]
                    crossing = [each.intersects_bbox(ground, False) for each in over]
                    assert not any(crossing), (values, text.get_text())


def course_of(artist):
    """Return the Path, in pixels, of a visible line or arrow; None for what is none."""
    if isinstance(artist, Line2D) and artist.get_linestyle() != "None":
        path = artist.get_path().transformed(artist.get_transform())
        return path if artist.get_visible() and len(path) > 1 else None
    if isinstance(artist, Annotation) and artist.arrow_patch:
        to_pixels = artist.axes.transData.transform
        return Path(to_pixels([artist.xyann, artist.xy]))
    return None


@each_picture
def test_words_need_no_figure(name):
    picture = PICTURES[name]()
    assert picture.words(**picture.start) == made(name).words(**picture.start)


@each_picture
def test_a_moved_frame_equals_one_drawn_anew(name):
    picture, kind = made(name), PICTURES[name]
    before = deepcopy((kind.controls, kind.start, kind.states))
    kept = Screen(picture)
    kept.frame(**picture.start)
    # As when a file is saved in mid-drag; it must leave no trace.
    kept.pixels(**extremes(picture)[-1])
    for values in extremes(picture):
        assert kept.frame(**values) == Screen(PICTURES[name]()).frame(**values), values
    for values in extremes(picture)[:: len(extremes(picture)) // 2]:  # three of them
        # A rounding of one grey level may come from drawing in two passes.
        moved = kept.pixels(**values)[..., :3].astype(int)
        assert np.abs(moved - _whole(picture, values)).max() <= 2, values
    assert (kind.controls, kind.start, kind.states) == before


def _whole(picture, values):
    """Return the pixels as matplotlib draws them all at once."""
    picture = copy(picture)
    with matplotlib.rc_context(STYLE):
        figure = Figure(picture.size, dpi=DPI, facecolor="white")
        picture.draw(figure, **values)
        picture.move(**values)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., :3].astype(int)


@each_picture
def test_a_frame_holds_what_any_page_may_show(name):
    """No style, which would hold for the page; no id that means two things."""
    screen = Screen(made(name))
    for values in wanted(name):
        for svg in screen.frame(**values):
            root = ElementTree.fromstring(svg)
            tags = {each.tag.split("}")[1] for each in root.iter()}
            assert tags <= {
                *("svg", "g", "defs", "path", "use", "image", "clipPath", "rect"),
                "pattern",
            }
            ids = [each.get("id") for each in root.iter() if each.get("id")]
            assert len(ids) == len(set(ids))
            used = re.findall(r'(?:url\(|href=")#([^")]+)', svg)
            assert set(used) == set(ids)
            assert "style" not in svg and "\n" not in svg
            assert not re.search(r' d="[^"]*\.\d{3}', svg)
            inches = [float(root.get(side)) / 100 for side in ("width", "height")]
            assert inches == pytest.approx(screen.picture.size)


@each_picture
def test_no_control_moves_in_vain(name):
    picture, screen = made(name), Screen(made(name))
    begun = [{**picture.start, **state} for state in picture.states.values()][:1]
    for control_name, control in picture.controls.items():
        stops = getattr(control, "stops", None) or control.options
        slow = control_name in SLOW.get(name, ())
        ends = (
            {
                screen.frame(**{**others, control_name: stop})
                for stop in (stops[0], stops[-1])
            }
            for others in (picture.start, *(begun if slow else extremes(picture)))
        )
        assert any(len(frames) > 1 for frames in ends), control_name
