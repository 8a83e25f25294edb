"""The kernel's side of the accelerator, and that nothing needs it."""

from math import inf

import pytest
from test_live import Marker

from backprop import accelerator
from backprop.live import live
from backprop.prediction import Prediction
from backprop.question import question
from backprop.stages.start_here import check_setup


class Page:
    """A page that says things to a live picture, and what it hears."""

    def __init__(self, monkeypatch, **start):
        self.live, self.heard = live(Marker(), **start), []
        (self.widget,) = self.live._accelerator.widgets
        monkeypatch.setattr(
            accelerator.InThePage, "send", lambda _, content: self.heard.append(content)
        )
        self.drawn = []
        frame = self.live._screen.frame
        monkeypatch.setattr(
            self.live._screen,
            "frame",
            lambda **values: self.drawn.append(values) or frame(**values),
        )

    def say(self, **content):
        self.heard.clear()
        self.widget._handle_custom_msg(content, [])
        return list(self.heard)


@pytest.fixture
def page(monkeypatch):
    return Page(monkeypatch, size=10, height=0, colour="red")


HIGH = ["10", "5", "red"]


def test_frames_that_are_asked_for_are_those_of_their_values(page, monkeypatch):
    monkeypatch.setattr(accelerator, "SLICE", inf)  # both, on a busy machine as well
    blue = ["1", "2", "blue"]
    (reply,) = page.say(want=[HIGH, blue])
    frames = [each["html"] for each in reply["frames"]]
    for html, (size, height, colour) in zip(frames, (HIGH, blue), strict=True):
        values = {"size": float(size), "height": int(height), "colour": colour}
        moving, _, below = page.live._html(values)
        assert html == moving
        assert below in reply["stills"]
    (reply,) = page.say(want=[["100", "2", "blue"]])
    assert reply["stills"] == []  # the page has it


def test_a_move_that_the_page_shows_is_not_drawn_and_is_told(page):
    page.say(want=[HIGH])
    before = page.live._figure.value
    page.drawn.clear()
    page.heard.clear()
    page.live.set(height=5)
    assert not page.drawn and page.live._figure.value == before
    at = {"key": tuple(HIGH), "places": [1.0, 3.0, 0], "texts": ["10", "5", None]}
    assert page.heard == [{"at": at}]
    page.live.set(height=4)
    assert page.live._figure.value == page.live._html()[0]


def test_a_page_that_opens_gets_the_present_frame(page):
    page.say(want=[HIGH])
    page.live.set(height=5)
    assert page.live._figure.get_state("value")["value"] == page.live._html()[1]
    page.say(ready=True)  # and is thought to have no others
    page.live.set(height=0)
    page.live.set(height=5)
    assert page.live._figure.value == page.live._html()[0]


def test_a_page_that_opens_is_sent_the_still_parts_again(page, monkeypatch):
    monkeypatch.setattr(accelerator, "SLICE", inf)
    (first,) = page.say(want=[HIGH])
    page.say(ready=True)
    (again,) = page.say(want=[HIGH])
    assert again["stills"] == first["stills"] != []


def test_a_frame_that_the_page_misses_comes_whole(page, monkeypatch):
    page.say(want=[HIGH])
    page.live.set(height=5)
    page.say(need=True)
    assert page.live._figure.value == page.live._html()[1]


def test_an_equal_frame_is_sent_again_since_the_page_may_show_another(
    page, monkeypatch
):
    sent = []
    monkeypatch.setattr(page.live._figure, "send_state", sent.append)
    page.live.set(height=0)
    assert "value" in sent


def test_a_number_between_the_stops_has_its_place_there(page):
    page.live.set(size=55, height=3)
    at = page.live._at(page.live.values)
    assert at == {"key": ("55", "3", "red"), "places": [1.5, pytest.approx(7 / 3), 0]}


@pytest.mark.parametrize(
    "key", [["10", "5"], ["11", "5", "red"], ["10", "5", "green"], ["10", None, "red"]]
)
def test_what_is_no_key_gets_no_frame(page, key):
    assert page.say(want=[key, HIGH]) == [{"frames": [], "stills": [], "busy": False}]


def test_the_page_is_told_what_stands_in_the_boxes(page):
    box = page.live.children[2].children[0]
    for text, key in (("7,5", "7.5"), ("oops", "7.5"), ("99e9", "7.5")):
        box.value = text
        at = page.heard[-1]["at"]
        assert (at["key"][0], at["texts"][0]) == (key, text)


def test_an_error_in_a_picture_is_left_to_the_move(page):
    page.live.picture.fault = 100
    (reply,) = page.say(want=[HIGH, ["100", "5", "red"]])
    assert len(reply["frames"]) == 1
    page.live.set(size=100)
    assert "no ink" in page.live._message.value
    assert page.heard[-1]["at"]["key"] == ("10", "0", "red")  # where it stays


def test_frames_are_made_in_slices(page, monkeypatch):
    clock = iter(range(1000))
    monkeypatch.setattr(accelerator, "perf_counter", lambda: next(clock) * 0.015)
    keys = [[size, "5", "red"] for size in ("1", "10", "100")]
    (reply,) = page.say(want=keys)
    assert 1 <= len(reply["frames"]) < 3


@pytest.mark.parametrize("tick, busy", [(0.03, False), (0.005, True)])
def test_a_kernel_that_waits_for_its_processor_says_so(page, monkeypatch, tick, busy):
    clock, worked = iter([0, 0.01, 0.1]), iter(range(4))
    monkeypatch.setattr(accelerator, "perf_counter", lambda: next(clock))
    monkeypatch.setattr(accelerator, "process_time", lambda: next(worked) * tick)
    (reply,) = page.say(want=[HIGH])
    assert len(reply["frames"]) == 1
    assert reply["busy"] is busy


def test_each_frame_says_how_many_milliseconds_of_work_it_took(page, monkeypatch):
    monkeypatch.setattr(accelerator, "SLICE", inf)
    worked = iter([0, 0, 2.5, 3, 3.004, 9])  # in all, and for each of two frames
    monkeypatch.setattr(accelerator, "process_time", lambda: next(worked))
    (reply,) = page.say(want=[HIGH, ["1", "2", "blue"]])
    took = [each["ms"] for each in reply["frames"]]
    assert took == pytest.approx([2500, 4])


def test_a_mark_comes_back(page):
    assert page.say(mark=3) == [{"mark": 3}]


def test_what_is_known_is_bounded(page, monkeypatch):
    monkeypatch.setattr(accelerator, "MOST", 2)
    for height in ("0", "1", "2", "5"):
        page.say(want=[["10", height, "red"]])
    assert len(page.live._accelerator._known) <= 2


def test_where_the_page_can_have_no_code_all_works(monkeypatch):
    monkeypatch.setattr(accelerator, "AnyWidget", None)
    widget = live(Marker(), size=10, height=0)
    assert widget.children[-1].children == ()
    widget.set(height=5)
    assert widget._figure.value == widget._html()[0]
    asked = Prediction(question("backprop.stages.sigmoid", "across zero"))
    for each in (asked, check_setup()):
        assert each.children[-1].children == ()
