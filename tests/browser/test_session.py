"""Stage 05 through a session's troubles: a restart, a reopened file."""

from io import BytesIO
from time import perf_counter

import pytest
from lab import SCREENSHOTS, Notebook, decoded
from PIL import Image
from test_controls import agree, press, write

from backprop.pictures.picture import say

STAGE = "05_training_loop.ipynb"
MOST_BYTES = 200_000  # of README's picture


@pytest.fixture
def stage(browser, server):
    """Give stage 05 on a screen of two pixels a CSS pixel, after Run All."""
    notebook = Notebook(browser, server, STAGE, scale=2)
    notebook.run_all()
    yield notebook
    notebook.close()


def test_readme_picture_and_a_sharp_screen(stage):
    live = stage.lives()[-1].show()
    write(live, 1, "300")
    now = agree(live)
    assert now["boxes"] == [1, 300]
    stage.page.wait_for_function(
        """root => {
            const image = root.querySelector("img");
            return image.complete && image.currentSrc !== image.src;
        }""",
        arg=live.root.element_handle(),
    )
    sharp, width = live.image.evaluate("e => [e.currentSrc, e.width]")
    assert decoded(sharp).width == 2 * width
    live.boxes.nth(1).blur()
    stage.photograph("two-pixels-a-pixel")
    box = live.root.bounding_box()
    box["width"] = live.image.bounding_box()["width"]
    picture = Image.open(BytesIO(stage.page.screenshot(clip=box)))
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    path = SCREENSHOTS / "live-trainer.png"
    picture.convert("RGB").quantize(256).save(path, optimize=True)
    assert path.stat().st_size <= MOST_BYTES


def test_of_fifty_rates_typed_fast_the_last_one_wins(stage, capsys):
    live = stage.lives()[-1].show()
    press(live, "solved")
    live.boxes.first.focus()
    rates = [round(0.31 + 0.37 * i, 2) for i in range(50)]  # each is trained anew
    for rate in rates:
        stage.page.keyboard.press("Control+A")
        stage.page.keyboard.type(str(rate))
        stage.page.keyboard.press("Enter")
    begin = perf_counter()
    last = f"learning rate {say(rates[-1])} "
    live.root.locator("figcaption", has_text=last).wait_for()
    waited = 1e3 * (perf_counter() - begin)
    assert agree(live)["boxes"] == [rates[-1], 10000]
    begin = perf_counter()
    live.picture._train(rates[-1])
    training = 1e3 * (perf_counter() - begin)
    with capsys.disabled():
        print(
            f"\nshown {waited:.0f} ms after the last key; trains in {training:.0f} ms"
        )


def test_a_restart_in_mid_drag_leaves_a_clear_state_and_no_hang(stage):
    live = stage.lives()[-1].show()
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
    assert live.image.evaluate("e => e.naturalWidth") > 99
    live.root.get_by_role("button", name="Reset").click()
    live.sliders.first.focus()
    stage.page.keyboard.press("ArrowRight")
    stage.photograph("restarted")
    stage.run_all()
    live = stage.lives()[-1].show()
    press(live, "stuck")
    assert stage.faults() == []


def test_a_learner_s_saved_file_keeps_its_pictures(stage):
    live = stage.lives()[-1].show()
    said = press(live, "solved")["words"]
    stage.command("docmanager:save")
    stage.close_kernel()
    stage.open()
    pictures = stage.page.locator(".jp-Notebook figure img, .jp-RenderedImage img")
    pictures.nth(stage.count("live(") - 1).wait_for()
    assert pictures.count() == stage.count("live(")
    pictures.last.scroll_into_view_if_needed()
    stage.photograph("reopened")
    assert pictures.last.evaluate("e => e.naturalWidth") > 99
    assert said in stage.page.locator(".jp-Notebook").text_content()
    assert stage.faults() == []
