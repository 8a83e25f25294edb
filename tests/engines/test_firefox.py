"""Firefox: stages 05 and 06 in JupyterLab show what they show in Chromium."""

import pytest
from lab import ROOT, Notebook, firefox, lab
from test_controls import agree, keys, moves, press, reset, write

STAGES = "05_training_loop.ipynb", "06_hidden_layer.ipynb"


@pytest.fixture(scope="module")
def browser():
    with firefox() as running:
        yield running


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    paths = [ROOT / "notebooks" / name for name in STAGES]
    with lab(tmp_path_factory.mktemp("lab"), *paths) as url:
        yield url


@pytest.fixture(scope="module", params=STAGES)
def notebook(browser, server, request):
    notebook = Notebook(browser, server, request.param)
    notebook.run_all()
    yield notebook
    notebook.close()


def drag(live, k):
    """Drag a slider by the mouse over its way; yield what is shown at each place."""
    handle, mouse = live.sliders.nth(k).bounding_box(), live.page.mouse
    way = live.root.locator(".noUi-base").nth(k).bounding_box()
    y = handle["y"] + handle["height"] / 2
    mouse.move(handle["x"] + handle["width"] / 2, y)
    mouse.down()
    for place in (0.1, 0.5, 0.9):
        mouse.move(way["x"] + place * way["width"], y, steps=5)
        yield agree(live)
    mouse.up()


def typed(live, k, *numbers):
    for number in numbers:
        write(live, k, f"{number:g}")
        yield agree(live)


def test_pictures_and_words_follow_mouse_keys_boxes_and_named_states(notebook):
    for live in notebook.lives():
        live.show()
        for k, knob in enumerate(live.knobs.values()):
            moves(live, drag, k)
            moves(live, keys, k, "Home", "ArrowRight", "End")
            moves(live, typed, k, knob.stops[0], knob.stops[-1])
        for name in live.named_states():
            press(live, name)
        reset(live)
    assert notebook.faults() == []


def test_shortcuts_rest_while_a_slider_has_the_focus(notebook):
    live = notebook.lives()[-1].show()
    count = notebook.count("")
    live.sliders.first.focus()
    for key in ("d", "d", "x", "m", "0", "0", "Enter"):
        notebook.page.keyboard.press(key)
    agree(live)
    assert notebook.page.locator(".jp-Dialog").count() == 0
    assert notebook.count("") == count
