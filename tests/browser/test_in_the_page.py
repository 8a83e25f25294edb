"""Stage 05: what the code in the page mends, and that nothing needs that code."""

import pytest
from lab import BROKEN, ROOT, Notebook, lab
from test_controls import agree, press, reset
from test_session import STAGE, select_the_trainer, trainer

# What a learner may type over a slider: the shortcuts that cost work are among them.
TYPED = ("1", "0", "0", "0", "Enter", "d", "d", "x", "m", "z", "b")
CELLS = """jupyterapp.shell.currentWidget.content.widgets.map(
    cell => [cell.model.type, cell.model.sharedModel.source])"""


@pytest.fixture
def stage(browser, server):
    notebook = Notebook(browser, server, STAGE)
    notebook.run_all()
    yield notebook
    notebook.close()


@pytest.fixture(scope="module")
def bare(browser, tmp_path_factory):
    """Give stage 05 in a JupyterLab that lacks the front end of anywidget."""
    folder = tmp_path_factory.mktemp("bare")
    with lab(folder, ROOT / "notebooks" / STAGE, without=["anywidget"]) as url:
        notebook = Notebook(browser, url, STAGE)
        notebook.run_all()
        yield notebook
        notebook.close()


def places(stage):
    """Return what of the widgets takes the focus: of each kind one."""
    live = trainer(stage)
    question = stage.page.locator(".jp-Notebook .backprop-prediction").first
    yield live.sliders.first
    yield live.root.get_by_role("button", name="Play")
    yield question.get_by_role("button").first


def test_keys_over_a_widget_are_no_shortcuts_of_the_notebook(stage):
    trainer(stage).show()
    before = stage.page.evaluate(CELLS)
    for place in places(stage):
        place.focus()
        for key in TYPED:
            stage.page.keyboard.press(key)
        assert stage.page.locator(".jp-Dialog").count() == 0
        assert stage.page.evaluate(CELLS) == before
    reset(trainer(stage))
    stage.page.wait_for_timeout(300)
    assert stage.page.evaluate(CELLS) == before
    # And those that are meant for JupyterLab still arrive there.
    trainer(stage).sliders.first.focus()
    dirty = "jupyterapp.shell.currentWidget.context.model.dirty"
    stage.page.evaluate(f"{dirty} = true")
    stage.page.keyboard.press("Control+s")
    stage.page.wait_for_function(f"!{dirty}")
    assert stage.faults() == []


def test_up_and_down_in_a_box_go_to_the_next_stop(stage):
    live = trainer(stage).show()
    knob = live.knobs["iteration"]
    begin = knob.stops.index(live.start["iteration"])
    for key, there in (("ArrowUp", 1), ("ArrowUp", 2), ("ArrowDown", 1)):
        live.boxes.nth(1).focus()
        stage.page.keyboard.press(key)
        assert agree(live)["boxes"][1] == knob.stops[begin + there]
    live.sliders.nth(1).focus()
    stage.page.keyboard.press("Home")
    agree(live)
    live.boxes.nth(1).focus()
    stage.page.keyboard.press("ArrowDown")  # there is none below
    assert agree(live)["boxes"][1] == knob.stops[0]


def test_a_slider_says_its_name_and_its_value(stage):
    live = trainer(stage).show()
    live.sliders.first.focus()
    stage.page.keyboard.press("ArrowRight")
    agree(live)
    for slider, (name, knob) in zip(live.sliders.all(), live.knobs.items()):
        box = live.boxes.nth(list(live.knobs).index(name)).input_value()
        assert slider.get_attribute("aria-label") == knob.label
        assert slider.get_attribute("aria-valuetext") == box


def test_the_words_are_said_once_at_rest(stage):
    live = trainer(stage).show()
    line = live.root.locator(".backprop-said")
    assert line.text_content() == ""
    live.sliders.nth(1).focus()
    for _ in range(3):
        stage.page.keyboard.press("ArrowRight")
    words = agree(live)["words"]
    line.filter(has_text=words).wait_for(state="attached")
    assert line.get_attribute("role") == "status"


def test_two_views_of_a_picture_play_in_step(stage):
    live = trainer(stage).show()
    select_the_trainer(stage)
    stage.command("notebook:create-output-view")
    both = stage.page.locator(".backprop-live:has(figure) input[type=text]")
    words = stage.page.locator(".jp-LinkedOutputView figcaption")
    words.wait_for()
    live.root.get_by_role("button", name="Play").click()
    said = {words.text_content()}
    while len(said) < 5:
        said.add(words.text_content())
    live.root.get_by_role("button", name="Pause").click()
    live.root.get_by_role("button", name="Play").wait_for()
    assert words.text_content() == agree(live)["words"]
    assert both.count() > 2
    assert stage.faults() == []


def test_known_frames_are_shown_without_the_kernel(stage):
    """The kernel is busy, and the picture follows all the same."""
    live = trainer(stage).show()
    live.sliders.nth(1).focus()
    for _ in range(3):  # a hand that goes on asks for more
        stage.page.keyboard.press("ArrowRight")
        stage.page.keyboard.press("ArrowLeft")
    live.page.wait_for_timeout(3000)
    stage.page.evaluate(
        """() => void jupyterapp.shell.currentWidget.sessionContext.session.kernel
            .requestExecute({code: "import time; time.sleep(5)", silent: true,
                store_history: false})"""
    )
    stops = live.knobs["iteration"].stops
    begin = stops.index(live.start["iteration"])
    for k in (1, 2, 3):
        stage.page.keyboard.press("ArrowRight")
        stop = stops[begin + k]
        live.root.locator("figcaption", has_text=f"After {stop} iter").wait_for(
            timeout=1000
        )
    stage.ready()
    agree(live)


def test_without_its_front_end_all_works(bare):
    live = trainer(bare).show()
    live.sliders.nth(1).focus()
    for _ in range(3):
        bare.page.keyboard.press("ArrowRight")
        agree(live)
    for name in (*live.named_states(), "Reset"):
        press(live, name)
    assert live.root.locator(".backprop-said").count() == 0
    assert len(bare.errors) <= len(bare.lives()) + bare.count("predict("), bare.errors
    shown = bare.page.locator(".jp-Notebook").inner_text()
    assert not [broken for broken in BROKEN if broken in shown]
    said = len(bare.errors)
    bare.page.keyboard.press("ArrowRight")
    agree(live)
    assert len(bare.errors) == said
