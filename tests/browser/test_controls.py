"""Every control moved by mouse and keyboard: pixels and words follow, and agree."""

import numpy as np
import pytest
from film import Film
from lab import SHOWN


def agree(live, state=None):
    """Return what is shown, once it is what the kernel would draw and say."""
    now, asked = live.settled(state)
    assert asked["values"] is not None, now["boxes"]
    if now["src"] != asked["src"]:
        pictures = live.notebook.paint([now["src"], asked["src"]])
        for name, picture in zip(("shown", "asked"), pictures):
            live.notebook.keep(name, picture)
    for key in reversed(SHOWN):  # the pixels last, since they print badly
        assert now[key] == asked[key], (key, asked["values"])
    return now


def seen(states):
    return len({state["src"] for state in states}), len({s["words"] for s in states})


def press(live, name):
    """Press a named state, and return what is shown then."""
    live.button(name).evaluate("e => e.click()")
    return agree(live, name)


def reset(live):
    """Press Reset; the first frame comes back, with its words."""
    assert press(live, "Reset") == live.first
    assert live.notebook.errors == []


def moves(live, move, *args):
    """Hold that what `move` does shows, in pixels and words; return all states.

    A control may move nothing at the start, as the learning rate at iteration 0;
    then it must from one of the named states.
    """
    for name in ["Reset", *live.named_states()]:
        states = [press(live, name), *move(live, *args)]
        if min(seen(states)) > 1:
            return states
    raise AssertionError(f"moves nothing: {states[0]['words']}")


def drag(live, k):
    """Drag a slider by the mouse over its way, filmed; yield the state at both ends."""
    handle, mouse = live.sliders.nth(k).bounding_box(), live.page.mouse
    way = live.root.locator(".noUi-base").nth(k).bounding_box()
    y = handle["y"] + handle["height"] / 2
    mouse.move(handle["x"] + handle["width"] / 2, y)
    mouse.down()
    try:
        with Film(live):
            for place in np.linspace(0.1, 0.9, 7):
                mouse.move(way["x"] + place * way["width"], y)
                if place == 0.1:
                    yield agree(live)
                live.page.wait_for_timeout(30)
            now = agree(live)
    finally:  # a button that stays down would spoil the next test
        mouse.up()
    yield now


def keys(live, k, *names):
    live.sliders.nth(k).focus()
    for name in names:
        live.page.keyboard.press(name)
        yield agree(live)


def write(live, k, text):
    live.boxes.nth(k).focus()
    live.page.keyboard.press("Control+A")
    live.page.keyboard.press("Delete")  # an empty text types nothing over the old one
    live.page.keyboard.type(text)
    live.page.keyboard.press("Enter")


def writes(live, k, numbers):
    for number in numbers:
        text = number
        if not isinstance(number, str):
            # With the course's own minus, or the decimal comma of half of Europe.
            text = f"{number:g}".replace("-", "−").replace(".", ",")
        write(live, k, text)
        now = agree(live)
        assert now["boxes"][k] == (number if text == number else pytest.approx(number))
        yield now
    assert live.says(now["words"])


def test_sliders_by_mouse_and_no_frame_is_blank_or_jumps(notebook):
    for live in notebook.lives():
        live.show()
        for k in range(live.sliders.count()):
            moves(live, drag, k)
        reset(live)


def test_sliders_by_keyboard(notebook):
    for live in notebook.lives():
        live.show()
        for k, knob in enumerate(live.knobs.values()):
            states = moves(live, keys, k, "Home", "ArrowRight", "End")
            assert len({state["boxes"][k] for state in states}) >= min(
                3, len(knob.stops)
            )
        reset(live)


def test_boxes(notebook):
    for live in notebook.lives():
        live.show()
        for k, knob in enumerate(live.knobs.values()):
            stops = knob.stops
            some = stops[0], stops[-1], stops[len(stops) // 2]
            moves(live, writes, k, some)
        reset(live)


def test_nonsense_in_a_box_is_explained_and_the_picture_stays(notebook):
    for live in notebook.lives():
        live.show()
        for k, knob in enumerate(live.knobs.values()):
            before = agree(live)
            for text, got in (
                ("e", "'e'; needs a number"),
                ("--2", "'--2'; needs a number"),
                ("1e999", "'1e999', beyond what a number can hold"),
                ("", "nothing; needs a number"),
                ("1e300", "1e300; needs a"),
            ):
                if isinstance(knob.stops[0], str):  # the widths of layers
                    got = f"{text!r}; needs up to four numbers" if text else "nothing"
                write(live, k, text)
                said = live.root.get_by_role("alert")
                said.filter(has_text=f"{knob.label}: got {got}").wait_for()
                assert live.boxes.nth(k).input_value() == text  # to be mended
            now = live.state()
            assert [now[key] for key in ("src", "words", "alt")] == [
                before[key] for key in ("src", "words", "alt")
            ]
            list(writes(live, k, knob.stops[-1:]))
        reset(live)


def test_options_and_named_states_by_mouse_and_as_heard(notebook):
    for live in notebook.lives():
        live.show()
        states = [agree(live)]
        names = [*live.named_states(), "Reset"]
        for button in [live.options.nth(k) for k in range(live.options.count())]:
            button.click()
            states.append(agree(live))
            assert live.says(states[-1]["words"])
        for name in names:
            live.button(name).click()
            states.append(agree(live, name))
            assert live.says(states[-1]["words"])
        assert states[-1] == live.first
        assert len(names) == 1 or min(seen(states)) > 1


def test_play_runs_pauses_and_stops_at_reset(notebook):
    for live in notebook.lives():
        live.show()
        for k in range(live.root.get_by_role("button", name="Play").count()):
            first = agree(live)
            play = live.root.get_by_role("button", name="Play").nth(k)
            play.click()
            second = live.changed(first)
            third = live.changed(second)
            live.root.get_by_role("button", name="Pause").click()
            live.root.get_by_role("button", name="Pause").wait_for(state="detached")
            paused = agree(live)
            assert seen([first, second, third, paused])[0] >= 3
            play.click()
            live.changed(paused)  # by now it may stand at its end again
            reset(live)
            live.page.wait_for_timeout(600)  # two ticks long, nothing may move
            assert agree(live)["src"] == first["src"]
