"""Stage 05 through a session's troubles: a restart, a reopened file."""

import json
from io import BytesIO

import numpy as np
import pytest
from lab import Notebook
from PIL import Image
from test_controls import agree, press, write

from backprop.picture import say

STAGE = "05_training_loop.ipynb"


def trainer(stage):
    """Return the trainer with its two sliders, on a page of several pictures."""
    return [live for live in stage.lives() if live.kind == "Training"][-1]


@pytest.fixture
def stage(browser, server):
    """Give stage 05 on a screen of two pixels a CSS pixel, after Run All."""
    notebook = Notebook(browser, server, STAGE, scale=2)
    notebook.run_all()
    yield notebook
    notebook.close()


def test_a_number_typed_on_a_screen_of_two_pixels_a_pixel(stage):
    live = trainer(stage).show()
    write(live, 1, "300")
    now = agree(live)
    assert now["boxes"] == [1, 300]
    live.boxes.nth(1).blur()
    stage.photograph("two-pixels-a-pixel")


def test_a_drag_is_sharp_on_a_screen_of_two_pixels_a_pixel(stage):
    live = trainer(stage).show()
    handle, mouse = live.sliders.nth(1).bounding_box(), stage.page.mouse
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + 60, y)
    now = agree(live)
    box = live.root.locator("svg").last.bounding_box()
    shown = Image.open(BytesIO(stage.page.screenshot(clip=box))).convert("L")
    mouse.up()
    sharp, plain = (stage.paint([now["src"]], scale)[0] for scale in (2, 1))
    assert shown.width == sharp.width == 2 * plain.width
    assert detail(shown) > 0.9 * detail(sharp) > 1.5 * detail(plain.resize(shown.size))


def detail(image):
    """Return how much of an image is lost where two pixels become one."""
    image = image.convert("L")
    half = image.resize((image.width // 2, image.height // 2), Image.Resampling.BOX)
    return np.abs(np.asarray(half.resize(image.size), float) - image).mean()


# When Enter was pressed, and when the picture of which rate was there, in ms.
LISTEN = """root => {
    const heard = window.heard = {keys: [], shown: []};
    root.addEventListener("keydown", event => {
        if (event.key === "Enter") heard.keys.push(performance.now());
    }, true);
    const html = root.querySelector(".widget-html-content:has(figure)");
    new MutationObserver(() => {
        const words = html.querySelector("figcaption").textContent;
        const rate = words.match(/learning rate (\\S+)/)[1];
        if (heard.shown.at(-1)?.rate !== rate)
            heard.shown.push({rate, at: performance.now()});
    }).observe(html, {childList: true});
}"""


def test_of_fifty_rates_typed_fast_the_last_one_wins(stage, capsys):
    live = trainer(stage).show()
    press(live, "solved")
    live.boxes.first.focus()
    live.root.evaluate(LISTEN)

    def write_each(rates):
        """Type the rates; return ms from the last key to each new picture after it."""
        stage.page.evaluate("() => { heard.keys = []; heard.shown = [] }")
        for rate in rates:
            stage.page.keyboard.press("Control+A")
            stage.page.keyboard.type(str(rate))
            stage.page.keyboard.press("Enter")
        last = f"learning rate {say(rates[-1])} "
        live.root.locator("figcaption", has_text=last).wait_for()
        assert agree(live)["boxes"] == [rates[-1], 10000]
        stage.page.wait_for_timeout(300)  # nothing may follow
        heard = stage.page.evaluate("heard")
        assert heard["shown"][-1]["rate"] == say(rates[-1])
        waits = [shown["at"] - heard["keys"][-1] for shown in heard["shown"]]
        return [wait for wait in waits if wait > 0]

    alone = [write_each([rate])[-1] for rate in (0.13, 0.17, 0.19)]
    # Each of the fifty is to be trained anew.
    waits = write_each([round(0.31 + 0.37 * i, 2) for i in range(50)])
    # Only the training under way when the last key fell may come before the last's.
    assert len(waits) <= 2
    with capsys.disabled():
        alone = ", ".join(f"{wait:.0f}" for wait in alone)
        print(f"\na rate typed is shown after {alone} ms; after fifty {waits[-1]:.0f}")


def test_moves_are_made_in_the_order_of_the_keys_while_a_cell_runs_too(stage):
    live = trainer(stage).show()
    press(live, "solved")
    write(live, 1, "200")
    agree(live)
    stage.page.evaluate(
        """() => void jupyterapp.shell.currentWidget.sessionContext.session.kernel
            .requestExecute({code: "import time; time.sleep(1)", silent: true,
                store_history: false})"""
    )
    live.button("Reset").evaluate("e => e.click()")
    write(live, 1, "300")
    live.root.locator("figcaption", has_text="After 300 iterations").wait_for()
    stage.python("")  # comes after all that was asked before
    assert agree(live)["boxes"][1] == 300


def test_a_restart_in_mid_drag_leaves_a_clear_state_and_no_hang(stage):
    live = trainer(stage).show()
    press(live, "solved")
    handle, mouse = live.sliders.nth(1).bounding_box(), stage.page.mouse
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    mouse.move(x, y)
    mouse.down()
    for step in range(10):
        mouse.move(x - 10 * step, y)
        if step == 5:
            stage.page.evaluate(
                "void jupyterapp.shell.currentWidget.sessionContext.restartKernel()"
            )
    mouse.up()
    # JupyterLab marks each control that has lost its kernel with a broken link.
    stage.page.locator(".backprop-live.jupyter-widgets-disconnected").nth(1).wait_for()
    stage.ready()
    assert live.image.bounding_box()["width"] > 99
    live.root.get_by_role("button", name="Reset").click()
    live.sliders.first.focus()
    stage.page.keyboard.press("ArrowRight")
    stage.photograph("restarted")
    stage.run_all()
    live = trainer(stage).show()
    press(live, "stuck")
    assert stage.faults() == []


# Of each trainer in the kernel: does a clock run, and which iteration is shown?
LIVES = """[(any(clock.playing for clock in live._clocks), live.values["iteration"])
    for live in __import__("ipywidgets").widgets.widget._instances.values()
    if type(getattr(live, "picture", None)).__name__ == "Training"]"""
MODELS = 'len(__import__("ipywidgets").widgets.widget._instances)'


def saved(stage):
    """Save the file; return its size, how many models it has, and the kernel."""
    stage.command("docmanager:save")
    code = "() => jupyterapp.shell.currentWidget.context.model.toJSON()"
    file = stage.page.evaluate(code)
    (state,) = file["metadata"]["widgets"].values()
    return len(json.dumps(file)), len(state["state"]), int(stage.python("", MODELS))


def select_the_trainer(stage):
    stage.page.evaluate(
        """() => {
            const notebook = jupyterapp.shell.currentWidget.content;
            notebook.deselectAll();
            notebook.activeCellIndex = notebook.widgets.findLastIndex(
                cell => cell.model.sharedModel.source.startsWith("live(Training"));
        }"""
    )


def test_running_a_cell_again_replaces_its_picture_though_it_plays(stage):
    once = saved(stage)
    select_the_trainer(stage)
    for _ in range(3):
        live = trainer(stage).show()
        before = live.state()
        live.root.get_by_role("button", name="Play").click()
        live.changed(before)
        stage.command("notebook:run-cell")
        stage.ready()
        live.root.get_by_role("button", name="Play").wait_for()
    assert eval(stage.python("", LIVES)) == [(False, 10)] * 2
    assert agree(trainer(stage))["boxes"] == [1, 10]
    assert saved(stage) == pytest.approx(once, abs=20)  # its counts have more digits
    assert stage.faults() == []


def test_the_picture_of_a_deleted_cell_stops_and_undo_brings_it_back(stage):
    live = trainer(stage).show()
    before = live.state()
    live.root.get_by_role("button", name="Play").click()
    live.changed(before)
    select_the_trainer(stage)
    stage.command("notebook:delete-cell")
    while (now := eval(stage.python("", LIVES)))[1][0]:
        stage.page.wait_for_timeout(50)
    stage.page.wait_for_timeout(600)  # two ticks long, nothing may move
    assert eval(stage.python("", LIVES)) == now
    assert now[1][1] < 10000
    stage.command("notebook:undo-cell-action")
    live = trainer(stage)
    live.image.wait_for()
    press(live.show(), "solved")
    assert stage.faults() == []


def test_a_learner_s_saved_file_keeps_its_pictures(stage):
    live = trainer(stage).show()
    said = press(live, "solved")["words"]
    stage.command("docmanager:save")
    stage.close_kernel()
    stage.open()
    pictures = stage.page.locator(
        ".jp-Notebook figure [role=img], .jp-RenderedImage img"
    )
    pictures.nth(stage.count("live(") - 1).wait_for()
    assert pictures.count() == stage.count("live(")
    pictures.last.scroll_into_view_if_needed()
    stage.photograph("reopened")
    assert pictures.last.bounding_box()["width"] > 99
    assert said in stage.page.locator(".jp-Notebook").text_content()
    assert stage.faults() == []
