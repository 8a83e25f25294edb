"""The live widget and the prediction, in process."""

import base64
import logging
import re
from html.parser import HTMLParser
from io import BytesIO
from threading import Thread

import ipywidgets
import matplotlib
import numpy as np
import pytest
from matplotlib.lines import Line2D
from PIL import Image

from backprop.frame import Screen
from backprop.live import live
from backprop.number import write
from backprop.picture import Choice, Knob, Picture, say
from backprop.prediction import LABEL, Prediction
from backprop.question import questions
from backprop.stages.chain_rule import ComputationGraph
from backprop.stages.chain_rule.pictures import STEPS
from backprop.stages.start_here import check_setup, set_up
from backprop.stages.training_loop import Training, predict


class Marker(Picture):
    """A dot at (size, height), to test the machinery with."""

    size = (2, 1)
    controls = {
        "size": Knob("size of it", (1, 10, 100)),
        "height": Knob("height", (0, 1, 2, 5), whole=True, play=True),
        "colour": Choice("colour", ("red", "blue")),
    }
    start = {"size": 10, "height": 0, "colour": "red"}
    states = {"high": {"height": 5}, "small, red": {"size": 1, "colour": "red"}}
    redraw = ("colour",)
    fault = None

    def draw(self, figure, size, height, colour):
        if self.fault == colour:
            raise RuntimeError("no paint")
        axes = figure.add_axes([0, 0, 1, 1], xlim=(0, 110), ylim=(-1, 6))
        (self.dot,) = axes.plot([], [], "o", color=colour)
        return [self.dot]

    def move(self, size, height, colour):
        if self.fault == size:
            raise RuntimeError("no ink")
        self.dot.set_data([size], [height])

    def words(self, size, height, colour):
        return f'A {colour} "dot" at <{size:g}> & {height}.'


@pytest.fixture
def widget():
    """Give a widget whose start is not its picture's, and no control at an end."""
    return live(Marker(), size=42, height=2, colour="blue")


def parts(widget, kind):
    """Return the widgets of a kind, from the top down."""
    found = [widget] if isinstance(widget, kind) else []
    for child in getattr(widget, "children", ()):
        found += parts(child, kind)
    return found


class Reader(HTMLParser):
    """What a browser makes of a piece of HTML: (tag, attributes, texts) by element."""

    def __init__(self, html):
        super().__init__()
        self.found, self.open = [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs), []))
        if tag != "br":
            self.open.append(self.found[-1])

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        for _, _, texts in self.open:
            texts.append(data)

    def all(self, tag):
        """Return (attributes, text) of each element of a kind."""
        return [(attrs, "".join(t)) for name, attrs, t in self.found if name == tag]


def read(html, tag):
    """Return (attributes, text) of the one element of a kind."""
    (found,) = Reader(html.value).all(tag)
    return found


def figure(widget):
    return parts(widget, ipywidgets.HTML)[-1]


def shown(widget):
    """Return the words under the picture as a reader sees them, and hears them."""
    image, _ = read(figure(widget), "div")
    caption, words = read(figure(widget), "figcaption")
    assert image == {"role": "img", "aria-label": words}
    assert caption["aria-hidden"] == "true"  # else it would be read twice
    return words


def message(widget):
    """Return the message beside the buttons, or "" where there is none."""
    html = parts(widget, ipywidgets.HTML)[0]
    if not html.value:
        return ""
    attributes, said = read(html, "b")
    assert attributes["role"] == "alert"
    return said


def svg(widget):
    """Return the still and the moving part that lie uppermost."""
    found = "".join(html.value for html in parts(widget, ipywidgets.HTML))
    return re.findall("<svg.*?</svg>", found)[-2:]


def button(widget, name):
    (found,) = (b for b in parts(widget, ipywidgets.Button) if b.description == name)
    return found


def typed(widget, row, text):
    """Type a text into a box, as Enter sends it."""
    parts(widget, ipywidgets.Text)[row].value = text


def stands(widget):
    """Return where boxes, sliders, clock and choice stand."""
    boxes, sliders, clocks, choices = (
        [part.value for part in parts(widget, kind)]
        for kind in (
            ipywidgets.Text,
            ipywidgets.IntSlider,
            ipywidgets.Play,
            ipywidgets.ToggleButtons,
        )
    )
    return boxes, sliders, clocks, choices


def test_it_starts_where_it_was_asked_to(widget):
    assert shown(widget) == 'A blue "dot" at <42> & 2.'
    assert stands(widget) == (["42", "2"], [1, 2], [2], ["blue"])


def test_a_slider_moves_picture_words_and_box(widget):
    before = svg(widget)
    parts(widget, ipywidgets.IntSlider)[0].value = 2
    assert shown(widget) == 'A blue "dot" at <100> & 2.'
    assert svg(widget) != before
    assert stands(widget) == (["100", "2"], [2, 2], [2], ["blue"])


def test_a_box_takes_exact_values_and_the_slider_goes_to_the_nearest_stop(widget):
    typed(widget, 0, "60")
    assert shown(widget) == 'A blue "dot" at <60> & 2.'
    assert stands(widget) == (["60", "2"], [2, 2], [2], ["blue"])
    typed(widget, 1, "4")
    assert stands(widget) == (["60", "4"], [2, 3], [3], ["blue"])


@pytest.mark.parametrize(
    "text, value", [("7,5", 7.5), ("2e1", 20), ("20/3", 20 / 3), (" 42.0 ", 42)]
)
def test_what_is_typed_is_read_and_stays_as_it_was_typed(widget, text, value):
    sent, box = [], parts(widget, ipywidgets.Text)[0]
    assert not box.continuous_update  # a half of a number is none yet
    box.observe(sent.append, "value")
    typed(widget, 0, text)
    assert widget.values["size"] == value
    assert message(widget) == ""
    assert len(sent) == 1  # else it might overwrite what is typed next
    parts(widget, ipywidgets.IntSlider)[0].value = 0
    widget.set(size=value)
    assert stands(widget)[0] == [write(value), "2"]


def test_numbers_in_a_box_look_as_the_words_say_them():
    class Wide(Marker):
        controls = {"size": Knob("size of it", (-40000, 0.0001, 40000))}
        start = {"size": 0.0001}
        redraw = ()

        def draw(self, figure, size):
            return super().draw(figure, size, 0, "red")

        def move(self, size):
            super().move(size, 0, "red")

        def words(self, size):
            return say(size)

    widget = live(Wide(), size=0.0001)
    for index in (0, 2, 1):
        parts(widget, ipywidgets.IntSlider)[0].value = index
        assert stands(widget)[0] == [shown(widget)]
        before = shown(widget)
        typed(widget, 0, "0")
        typed(widget, 0, before)
        assert shown(widget) == before


@pytest.mark.parametrize(
    "row, text, said",
    [
        (0, "0", "size of it: got 0; needs a number from 1 to 100"),
        (0, "nan", "size of it: got 'nan'; needs a number, such as 4"),
        (0, "<b>", "size of it: got '<b>'; needs a number, such as 4"),
        (0, "--2", "size of it: got '--2'; needs a number, such as 4"),
        (0, "1e400", "size of it: got '1e400', beyond what a number can hold"),
        (0, "1e-400", "size of it: got '1e-400', nearer to 0 than a number can be"),
        (1, "", "height: got nothing; needs a number, such as 4"),
        (1, "2.5", "height: got 2.5; needs a whole number from 0 to 5"),
    ],
)
def test_a_bad_value_is_explained_and_stays_to_be_mended(widget, row, text, said):
    before = svg(widget)
    typed(widget, row, text)
    assert message(widget).startswith(said)
    assert stands(widget)[0][row] == text
    assert stands(widget)[1:] == ([1, 2], [2], ["blue"])
    assert svg(widget) == before
    typed(widget, row, "1")
    assert message(widget) == ""
    assert stands(widget)[0][row] == "1"


@pytest.mark.parametrize("low", [-1, 0])
def test_a_typed_value_is_not_so_near_to_0_that_the_words_would_say_0(low):
    knob = Knob("size", (low, 1e-7, 1e-3, 1))
    for value, got in [(1e-7, "1e−7"), (-1e-7, "−1e−7")][: 1 - low]:
        said = f"size: got {got}; needs 0, or a number at least 1e−6 away from it"
        with pytest.raises(ValueError, match=said):
            knob.check(value)
    assert [knob.check(value) for value in (0, 1e-6)] == [0, 1e-6]
    assert Knob("rate", (1e-9, 1)).check(1e-9) == 1e-9
    assert Knob("count", (0, 5), whole=True).check(0) == 0


def test_a_move_elsewhere_puts_the_number_back_into_a_box(widget):
    typed(widget, 0, "five")
    parts(widget, ipywidgets.IntSlider)[1].value = 3
    assert stands(widget)[0] == ["42", "5"]
    assert message(widget) == ""


def test_a_callback_s_error_is_shown(widget):
    widget.picture.fault = 100
    before = svg(widget)
    parts(widget, ipywidgets.IntSlider)[0].value = 2
    assert message(widget) == "RuntimeError('no ink')"
    assert svg(widget) == before
    assert widget.values["size"] == 42
    parts(widget, ipywidgets.IntSlider)[0].value = 0
    assert message(widget) == ""
    assert shown(widget) == 'A blue "dot" at <1> & 2.'


def test_a_picture_whose_draw_failed_is_drawn_right_the_next_time(widget):
    blue = svg(widget)
    widget.picture.fault = "red"
    parts(widget, ipywidgets.ToggleButtons)[0].value = "red"
    assert message(widget) == "RuntimeError('no paint')"
    assert svg(widget) == blue
    widget.picture.fault = None
    widget.set(colour="red")
    assert svg(widget) == svg(live(Marker(), size=42, height=2, colour="red"))
    widget.picture.fault = "blue"
    widget.set(colour="blue")
    widget.picture.fault = None
    widget.set(colour="blue")
    assert svg(widget) == blue


class FailsLate(Marker):
    """A marker that fails when it has made its artists anew."""

    def draw(self, figure, **values):
        moving = super().draw(figure, **{**values, "colour": "blue"})
        if values["colour"] == "red":
            raise RuntimeError("no paint left")
        return moving


def test_after_a_draw_that_failed_late_the_picture_before_moves_on():
    start = {"size": 10, "height": 2, "colour": "blue"}
    widget = live(FailsLate(), **start)
    widget.set(colour="red")
    assert message(widget) == "RuntimeError('no paint left')"
    for size in (100, 1):
        widget.set(size=size)
        anew = live(FailsLate(), **{**start, "size": size})
        assert svg(widget) == svg(anew)


def test_named_states_and_reset(widget):
    first = svg(widget)
    button(widget, "high").click()
    assert shown(widget) == 'A blue "dot" at <42> & 5.'
    button(widget, "small, red").click()
    assert shown(widget) == 'A red "dot" at <1> & 5.'
    assert stands(widget) == (["1", "5"], [0, 3], [3], ["red"])
    button(widget, "Reset").click()
    assert shown(widget) == 'A blue "dot" at <42> & 2.'
    assert stands(widget) == (["42", "2"], [1, 2], [2], ["blue"])
    assert svg(widget) == first


def test_play_moves_through_the_stops_and_never_by_itself(widget):
    (clock,) = parts(widget, ipywidgets.Play)
    assert not clock.playing
    assert (clock.min, clock.max) == (0, 3)
    assert 200 <= clock.interval <= 1000  # milliseconds: time to see each stop
    button(widget, "Play").click()
    assert clock.playing
    clock.value = 3
    assert shown(widget) == 'A blue "dot" at <42> & 5.'
    parts(widget, ipywidgets.IntSlider)[1].value = 1
    assert clock.value == 1
    button(widget, "Pause").click()
    assert not clock.playing
    assert button(widget, "Play").icon == "play"


def test_a_named_state_stops_play_and_a_late_tick_moves_nothing(widget):
    (clock,) = parts(widget, ipywidgets.Play)
    button(widget, "Play").click()
    clock.value = 1
    button(widget, "Reset").click()
    assert not clock.playing
    clock.value = 3
    assert shown(widget) == 'A blue "dot" at <42> & 2.'
    assert clock.value == 2


def test_each_button_and_box_has_a_name(widget):
    for each in parts(widget, ipywidgets.Button):
        assert each.description
    for kind in (ipywidgets.Text, ipywidgets.ToggleButtons):
        for each in parts(widget, kind):
            assert each.tooltip == each.description != ""
    (clock,) = parts(widget, ipywidgets.Play)
    assert clock.layout.display == "none"  # its own two buttons have no name


def test_only_the_named_controls_are_shown_and_states_they_can_reach():
    widget = live(Marker(), height=2, size=42)
    boxes = [box.description for box in parts(widget, ipywidgets.Text)]
    assert boxes == ["height", "size of it"]
    names = [b.description for b in parts(widget, ipywidgets.Button)]
    assert names == ["high", "Reset", "Play"]
    assert shown(widget) == 'A red "dot" at <42> & 2.'
    button(widget, "high").click()
    button(widget, "Reset").click()
    assert shown(widget) == 'A red "dot" at <42> & 2.'


def test_every_label_is_whole_and_stands_on_the_box_that_has_a_name(widget):
    boxes = parts(widget, ipywidgets.Text)
    assert [box.description for box in boxes] == ["size of it", "height"]
    width = len("size of it") + 1
    assert {box.style.description_width for box in boxes} == {f"{width}ch"}


def test_bad_start_values_are_errors():
    with pytest.raises(ValueError, match="wheight: is no control here; needs one of"):
        live(Marker(), wheight=1)
    with pytest.raises(ValueError, match="height: got 9; needs a whole number from 0"):
        live(Marker(), height=9)
    with pytest.raises(ValueError, match="colour: got 'green'; needs one of 'red'"):
        live(Marker(), colour="green")


def test_the_still_fallback_is_the_picture_and_its_words(widget):
    button(widget, "high").click()
    bundle = widget._repr_mimebundle_()
    assert bundle["text/plain"] == 'A blue "dot" at <42> & 5.'
    assert "application/vnd.jupyter.widget-view+json" in bundle
    still = Image.open(BytesIO(base64.b64decode(bundle["image/png"])))
    asked = {"size": 42, "height": 5, "colour": "blue"}
    assert np.array_equal(still, Screen(Marker()).pixels(**asked)[..., :3])
    kinds = {"image/png", "text/plain", "application/vnd.jupyter.widget-view+json"}
    assert set(bundle) == kinds  # nbval would compare SVG and HTML


class Tinted(Marker):
    """A dot on a ground of its colour: another colour needs a new still part."""

    def draw(self, figure, colour, **values):
        moving = super().draw(figure, colour=colour, **values)
        figure.set_facecolor({"red": "#FFEEEE", "blue": "#EEEEFF"}[colour])
        return moving


def test_a_move_sends_no_figure_twice_and_draws_the_still_part_once(monkeypatch):
    drawn = []
    draw = Marker.draw
    monkeypatch.setattr(
        Marker, "draw", lambda *a, **k: drawn.append(k) or draw(*a, **k)
    )
    widget = live(Tinted(), size=10, colour="red")
    sent = []
    still = parts(widget, ipywidgets.HTML)[-2]
    for each in (still, figure(widget)):
        each.observe(lambda change: sent.append(change["new"].count("<svg")), "value")
    for index in (0, 2, 1):
        parts(widget, ipywidgets.IntSlider)[0].value = index
    assert sent == [1, 1, 1]
    assert len(drawn) == 1
    parts(widget, ipywidgets.ToggleButtons)[0].value = "blue"
    # The new still part comes with what moves on it; then it lies below as well.
    assert sent == [1, 1, 1, 2, 1]
    assert len(drawn) == 2
    assert svg(widget) == list(Screen(Tinted()).frame(**widget.values))


def test_one_picture_on_two_screens():
    picture = Marker()
    first, second = live(picture, size=10), live(picture, size=10)
    at_10 = svg(first)
    parts(first, ipywidgets.IntSlider)[0].value = 2
    assert svg(first) != at_10
    assert svg(second) == at_10


def test_a_cell_may_draw_while_a_slider_moves():
    """JupyterLab without our settings may answer a slider beside the running cell."""
    widget, other = live(Training(), iteration=0), live(Training(), iteration=0)
    style = dict(matplotlib.rcParams)
    expected = {n: other.set(iteration=n) or svg(other) for n in (0, 10, 10000)}
    wrong = []

    def move(target):
        for n in (0, 10, 10000) * 10:
            frame = target._screen.frame(learning_rate=1, iteration=n)
            wrong.append(list(frame) != expected[n])

    threads = [Thread(target=move, args=[each]) for each in (widget, widget, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not any(wrong)
    assert dict(matplotlib.rcParams) == style


def test_a_picture_that_fails_leaves_the_session_s_style_as_it_was():
    for fails in ("draw", "move"):
        picture = Marker()
        setattr(picture, fails, lambda *figure, **values: 1 / 0)
        with matplotlib.rc_context({"font.size": 7, "axes.grid": True}):
            with pytest.raises(ZeroDivisionError):
                Screen(picture).frame(size=10, height=2, colour="red")
            left = matplotlib.rcParams["font.size"], matplotlib.rcParams["axes.grid"]
        assert left == (7, True)


def test_a_rate_typed_between_the_stops_is_trained_alone():
    widget = live(Training(), learning_rate=1, iteration=10000)
    typed(widget, 0, "37")
    assert shown(widget).startswith("After 10,000 iterations at learning rate 37 ")
    assert "the loss is 3.41e−7" not in shown(widget)
    typed(widget, 0, "−1")
    said = "learning rate η: got −1; needs a number from 0.01 to 2,000"
    assert message(widget) == said


def test_no_traitlets_error_is_logged(widget, caplog):
    with caplog.at_level(logging.WARNING):
        for each in parts(widget, ipywidgets.Button):
            each.click()
        asked = predict("huge rate")
        for each in parts(asked, ipywidgets.Button):
            each.click()
    assert caplog.records == []


@pytest.mark.parametrize("given", [5.0, np.float64(5), np.int64(5), "5", "5.0"])
def test_a_whole_number_is_one_however_it_is_given(widget, given):
    widget.set(height=given)
    assert widget.values["height"] == 5 and type(widget.values["height"]) is int


def test_both_parts_have_the_size_of_the_picture(widget):
    for part in svg(widget):
        assert re.search('viewBox="0 0 144 72" width="200" height="100"', part)


# -- predictions

ASKED = {
    "lead": "Predict.",
    "question": "Is <i>a</i> < b & c?",
    "choices": [
        {"text": "a <i>is</i>.", "reply": "No: a & b.", "right": False},
        {"text": "b", "reply": "1 < 2 is <b>right</b>.", "right": True},
    ],
}


def test_a_prediction_asks_its_question_and_replies_to_each_choice():
    asked = Prediction(ASKED)
    question, reply = parts(asked, ipywidgets.HTML)
    assert read(question, "p")[1] == "Predict. Is <i>a</i> < b & c?"
    assert read(question, "b")[1] == "Predict."
    assert reply.value == ""
    first, second = parts(asked, ipywidgets.Button)
    assert [first.description, second.description] == ["a <i>is</i>.", "b"]
    said = (
        "You chose “a <i>is</i>”. No: a & b.",
        "You chose “b”. 1 < 2 is <b>right</b>.",
    )
    for k in (0, 1, 0):  # it locks nothing
        (first, second)[k].click()
        assert read(reply, "p") == ({"role": "status"}, said[k])
        assert [first.icon, second.icon] == [["check", ""], ["", "check"]][k]


def test_without_a_kernel_a_prediction_is_its_question_and_choices():
    asked = predict("exit")
    text = asked._repr_mimebundle_()["text/plain"]
    assert asked.asked["question"] in text
    for choice in asked.asked["choices"]:
        assert choice["text"] in text
        assert choice["reply"] not in text


def test_predict_asks_the_question_of_its_stage():
    question, _ = parts(predict("huge rate"), ipywidgets.HTML)
    asked = questions("backprop.stages.training_loop")["huge rate"]
    assert read(question, "p")[1] == f"Predict. {asked['question']}"
    question, _ = parts(predict("exit"), ipywidgets.HTML)
    assert read(question, "b")[1] == "Exit question."


def test_an_unknown_question_is_a_clear_error():
    with pytest.raises(ValueError, match="name: got 'way out'; needs one of .*exit"):
        predict("way out")


@pytest.fixture
def typed_question():
    """Give a question whose answer is typed, its box, its button and its reply."""
    asked = predict("every row twice")
    (box,), (button,) = parts(asked, ipywidgets.Text), parts(asked, ipywidgets.Button)
    return asked, box, button, parts(asked, ipywidgets.HTML)[1]


def test_a_number_is_committed_by_enter_or_by_the_button(typed_question):
    asked, box, button, reply = typed_question
    assert read(parts(asked, ipywidgets.HTML)[0], "p")[1] == (
        f"Predict. {asked.asked['question']}"
    )
    assert (box.description, box.tooltip) == ("Your number", "Your number")
    assert not box.continuous_update  # Enter commits, and leaving the box
    assert reply.value == ""
    sent = []
    reply.observe(lambda change: sent.append(change["new"]), "value")
    box.value = "1"
    wrong = asked.asked["wrong"][0]["reply"]
    assert read(reply, "p") == ({"role": "status"}, f"You typed 1. {wrong}")
    button.click()  # which the page sends as well, when the box was left for it
    assert len(sent) == 1
    box.value = " 2,0 "
    assert read(reply, "p")[1] == f"You typed 2,0. {asked.asked['right']}"


def test_what_is_no_number_gets_its_sentence_and_stays_in_the_box(typed_question):
    asked, box, button, reply = typed_question
    button.click()
    assert read(reply, "p") == ({"role": "status"}, "Type a number first.")
    box.value = "<b>two</b>"
    attributes, said = read(reply, "p")
    assert attributes == {"role": "alert"}
    assert said.startswith("Your number: got '<b>two</b>'; needs")
    assert box.value == "<b>two</b>"
    box.value = "__import__('os')"  # what is typed is read, never run
    assert "needs a number" in read(reply, "p")[1]
    box.value = "−2"
    assert read(reply, "p")[1] == "You typed −2. The size is right, the sign is not."
    box.value = "4/2"
    assert read(reply, "p")[1] == f"You typed 4/2. {asked.asked['right']}"


def test_without_a_kernel_a_typed_question_has_a_place_for_the_number(typed_question):
    asked, *_ = typed_question
    text = asked._repr_mimebundle_()["text/plain"]
    assert text == f"Predict. {asked.asked['question']}\n  ( ) ____"


# -- a picture that waits for the number


def from_the_page(widget, **state):
    """Have a widget get what the page sends when somebody has typed or clicked."""
    widget._handle_msg({"content": {"data": {"method": "update", "state": state}}})


def clicked(button):
    content = {"method": "custom", "content": {"event": "click"}}
    button._handle_msg({"content": {"data": content}})


@pytest.fixture
def asking():
    """Give the graph, a function that types a number, its button, and what it says."""
    widget = live(ComputationGraph(), ask=True, step=0, w=1)
    (box,) = (b for b in parts(widget, ipywidgets.Text) if b.description == LABEL)
    (button,) = (
        b for b in parts(widget, ipywidgets.Button) if b.description == "Check"
    )

    def says(tag):
        html = parts(widget, ipywidgets.HTML)
        return [read(each, "p")[1] for each in html if f"<{tag}>" in each.value]

    return widget, box, button, says


def test_a_right_number_moves_the_picture_on_and_a_wrong_one_says_why(asking):
    widget, box, button, says = asking
    graph = widget.picture
    for step in range(len(STEPS)):
        asked = graph.asks(step, 1)
        assert asked["question"] in says("p")
        for wrong in asked["wrong"]:
            text = write(wrong["value"])
            from_the_page(box, value=text)
            assert says('p role="status"') == [f"You typed {text}. {wrong['reply']}"]
            assert widget.values == {"step": step, "w": 1}
            assert box.value == text
        text = write(asked["answer"])
        from_the_page(box, value=text)
        clicked(button)  # for it the box was left: the page sends both
        assert says('p role="status"') == [f"You typed {text}. {asked['right']}"]
        assert widget.values == {"step": step + 1, "w": 1}
        assert box.value == ""
    assert "Every number is found." in says("p")
    assert box.disabled and button.disabled
    from_the_page(box, value="7")
    assert says('p role="status"') == ["You typed 7. Every number is found."]
    widget.set(step=3)
    assert not box.disabled and graph.asks(3, 1)["question"] in says("p")


def test_between_two_numbers_nothing_is_said_of_the_empty_box(asking):
    widget, box, _, _ = asking
    reply, said = widget._number.reply, []
    from_the_page(box, value="7")
    reply.observe(lambda change: said.append(change["new"]), "value")
    widget.set(w=2)
    assert box.value == "" and said == [""]


def test_a_right_number_stops_what_plays(asking):
    widget, box, _, _ = asking
    (clock,) = parts(widget, ipywidgets.Play)
    clock.playing = True
    from_the_page(box, value="1")
    assert clock.playing  # a wrong one moves nothing
    from_the_page(box, value=write(widget.picture.asks(0, 1)["answer"]))
    assert widget.values["step"] == 1 and not clock.playing


def test_what_is_no_number_moves_nothing(asking):
    widget, box, _, says = asking
    from_the_page(box, value="two")
    (said,) = says('p role="alert"')
    assert said.startswith("Your number: got 'two'; needs a number")
    assert widget.values["step"] == 0 and box.value == "two"


def test_a_refused_move_leaves_the_number_and_its_reply(asking):
    widget, box, _, says = asking
    from_the_page(box, value="3")
    replied = says('p role="status"')
    (weight,) = (b for b in parts(widget, ipywidgets.Text) if "weight" in b.description)
    from_the_page(weight, value="99")
    assert widget.values["w"] == 1
    assert box.value == "3" and says('p role="status"') == replied != []


def test_another_weight_asks_anew(asking):
    widget, box, _, says = asking
    from_the_page(box, value="7")
    widget.set(w=2)
    assert box.value == "" and says('p role="status"') == []
    from_the_page(box, value="4")
    assert widget.values == {"step": 1, "w": 2}


def test_a_picture_with_nothing_to_ask_says_so():
    with pytest.raises(ValueError, match="ask: got True; Marker has no number to ask"):
        live(Marker(), ask=True, height=1)
    with pytest.raises(ValueError, match="ask: got True; ComputationGraph has no"):
        live(ComputationGraph(), ask=True, step=len(STEPS))


# -- the set-up


def test_a_good_set_up_says_so_and_its_button_answers():
    checked = check_setup()
    packages, answer = parts(checked, ipywidgets.HTML)
    assert read(packages, "p")[1].startswith("All packages are new enough.")
    parts(checked, ipywidgets.Button)[0].click()
    attributes, said = read(answer, "span")
    assert attributes["role"] == "status"
    assert said.startswith("It works: your click went to Python")


def test_a_faulty_set_up_names_each_fault_and_what_to_do(monkeypatch):
    elsewhere = 'another-package; sys_platform == "emscripten"'
    wanted = ["no-such-package", "numpy<1,>0.5", "ipywidgets>=1", elsewhere]
    monkeypatch.setattr(set_up.metadata, "requires", lambda name: wanted)
    checked = check_setup()
    said = read(parts(checked, ipywidgets.HTML)[0], "p")[1]
    still = checked._repr_mimebundle_()["text/plain"]
    for text in (said, still.replace("\n", "")):
        assert text.startswith(
            "no-such-package is not installed."
            f"numpy is {np.__version__}; the course needs <1,>0.5."
            "In a terminal, in the folder of the course: pip install -r "
            "requirements.txt. Then choose Kernel → Restart Kernel"
        )
        assert "ipywidgets is" not in text and "another-package" not in text


def test_a_release_before_the_next_is_new_enough(monkeypatch):
    monkeypatch.setattr(set_up.metadata, "requires", lambda name: ["numpy>=1.26"])
    monkeypatch.setattr(set_up.metadata, "version", lambda name: "3.0.0rc1")
    said = read(parts(check_setup(), ipywidgets.HTML)[0], "p")[1]
    assert said.startswith("All packages are new enough.")


class Frameless(Marker):
    """A dot under nothing: its axes are off, and must stay so when it moves."""

    def draw(self, figure, **values):
        moving = super().draw(figure, **values)
        figure.axes[0].axis("off")
        self.dot.set_zorder(0)
        return moving


class Elsewhere(Marker):
    """A dot whose draw hands out what stands in no figure."""

    def draw(self, figure, **values):
        super().draw(figure, **values)
        return [Line2D([0], [0])]


def test_what_moves_has_to_stand_in_the_figure():
    with pytest.raises(ValueError, match="draw: returned Line2D.*; needs artists of"):
        Screen(Elsewhere()).frame(size=10, height=2, colour="red")


class Many(Marker):
    """A dot with four controls."""

    controls = {**Marker.controls, "shade": Choice("shade", ("light", "dark"))}
    start = {**Marker.start, "shade": "light"}

    def draw(self, figure, shade, **values):
        return super().draw(figure, **values)

    def move(self, shade, **values):
        super().move(**values)

    def words(self, shade, **values):
        return super().words(**values)


def test_two_controls_stand_in_a_row_where_there_are_more_than_three(widget):
    def in_a_grid(one):
        boxes = parts(one, ipywidgets.Box)
        (grid,) = [each for each in boxes if "backprop-grid" in each._dom_classes]
        return len(grid.children)

    assert in_a_grid(live(Many(), **Many.start)) == 4
    with pytest.raises(ValueError):  # three rows, each of its own
        in_a_grid(widget)


def test_axes_that_are_off_stay_off_when_something_moves():
    values = {"size": 100, "height": 5, "colour": "red"}
    moved = Screen(Frameless()).pixels(**values)
    framed = Screen(Marker()).pixels(**values)
    corner = (slice(None), slice(0, 4))
    assert (moved[corner] == 255).all() and not (framed[corner] == 255).all()


def test_a_png_holds_the_picture_pixel_for_pixel():
    screen, values = Screen(Marker()), {"size": 10, "height": 2, "colour": "red"}
    image = Image.open(BytesIO(screen.png(**values)))
    assert (image.mode, image.size) == ("RGB", (200, 100))
    assert np.array_equal(np.asarray(image), screen.pixels(**values)[..., :3])
