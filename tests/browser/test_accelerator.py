"""The accelerator's code in a page, the kernel's side in this process, a line between.

The models in the page behave as ipywidgets' do; every message waits on the line until
the test lets it pass. So hands, code and the line may come in any order.
"""

import json
import re
from collections import deque
from html import escape
from math import inf
from urllib.parse import unquote

import comm
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lab import ROOT
from test_live import Marker

from backprop import accelerator
from backprop.live import live
from backprop.number import read
from backprop.picture import Knob

START = """async ([code, models, opened]) => {
    const load = text => import(URL.createObjectURL(
        new Blob([text], {type: "text/javascript"})));
    const {Accelerator} = await load(code);
    const page = window.page = {Accelerator, ...await load(models)};
    opened.forEach(page.hear);
}"""
BEGIN = """async id => {
    const model = page.model(id);
    page.it = await page.Accelerator.of(model, model.get("parts"));
}"""
SEEN = """ids => {
    const value = id => page.model(id).view.value;
    return {
        now: page.it.now, kernel: page.it.kernel, n: page.it.shown.n,
        known: Boolean(page.it.now.every(text => text !== null)
            && page.it.has(page.it.now)),
        figure: value(ids.figure), still: value(ids.still),
        texts: ids.boxes.map(value), places: ids.sliders.map(value),
        index: page.model(ids.choice).view.index,
    };
}"""


class Coloured(Marker):
    """A dot at (size, height), on a line that stands still in the dot's colour."""

    def draw(self, figure, **values):
        moving = super().draw(figure, **values)
        figure.axes[0].axhline(0, color=values["colour"])
        return moving


class Long(Coloured):
    """One that can be dragged far."""

    controls = {
        **Coloured.controls,
        "height": Knob("height", tuple(range(41)), whole=True),
    }


class Comm(comm.base_comm.BaseComm):
    """What a widget in this process says to the page."""

    line = deque()

    def publish_msg(self, msg_type, data=None, metadata=None, buffers=None, **keys):
        if msg_type == "comm_open":
            data = data["state"]
        self.line.append([msg_type, self.comm_id, json.loads(json.dumps(data))])


class Talk:
    """A live picture, and a page that shows it at the other end of a line."""

    def __init__(self, page, monkeypatch, picture=Coloured, **start):
        monkeypatch.setattr(comm, "create_comm", Comm)
        Comm.line.clear()
        self.page, self.live = page, live(picture(), **start)
        boxes, sliders = [], []
        rows = self.live.children[2:-2]
        for row in rows[:2]:
            boxes.append(row.children[0].comm.comm_id)
            sliders.append(row.children[1].comm.comm_id)
        self.ids = {
            "boxes": boxes,
            "sliders": sliders,
            "choice": rows[2].comm.comm_id,
            "figure": self.live._figure.comm.comm_id,
            "still": self.live._still.comm.comm_id,
        }
        self.widgets = {w.comm.comm_id: w for w in _all(self.live)}
        self.clock = rows[1].children[-1]
        self.buttons = self.live.children[0].children[:-1]
        code = [accelerator.InThePage._esm, (ROOT / MODELS).read_text()]
        page.evaluate(START, [*code, self._took()])
        page.evaluate(BEGIN, self.live._accelerator.widgets[0].comm.comm_id)
        self.up, self.shown = deque(), {}
        self.look()

    def _took(self):
        taken = list(Comm.line)
        Comm.line.clear()
        return taken

    def to_kernel(self):
        """Let one message pass to the kernel."""
        self.up.extend(self.page.evaluate("page.out.splice(0)"))
        if not self.up:
            return False
        id, data, answered = self.up.popleft()
        message = {"content": {"data": data}, "buffers": []}
        self.widgets[id].comm.handle_msg(message)
        if answered:
            Comm.line.append(["idle", id, None])
        return True

    def to_page(self):
        """Let one message pass to the page."""
        if not Comm.line:
            return False
        self.page.evaluate("page.hear", Comm.line.popleft())
        self.look()
        return True

    def rest(self):
        """Let all pass, until nobody has anything to say."""
        quiet = 0
        while quiet < 3:
            moved = self.to_kernel() | self.to_page()
            if not moved:
                self.page.clock.run_for(100)
                self.look()
            quiet = 0 if moved or self.page.evaluate("page.out.length") else quiet + 1

    def look(self):
        """Check what is painted now; return it."""
        seen = self.page.evaluate(SEEN, self.ids)
        at = _at(seen["figure"])
        # Picture and words are those of the values that the frame names.
        values = self._values(at["key"])
        moving, whole, below = self.live._html(values)
        assert seen["figure"] == (whole if at.get("whole") else moving)
        assert at.get("whole") or seen["still"] == below
        assert escape(self.live.picture.words(**values)) in seen["figure"]
        # Known frames are shown at once, and never an older one after a newer one.
        assert not seen["known"] or at["key"] == seen["now"], seen
        assert seen["n"] >= self.shown.get("n", 0)
        self.shown = seen
        return seen

    def _values(self, key):
        size, height, colour = key
        return {"size": read(size), "height": int(read(height)), "colour": colour}

    # -- hands

    def slide(self, i, k):
        self._change(self.ids["sliders"][i], "value", k)

    def write(self, i, text):
        self._change(self.ids["boxes"][i], "value", text)

    def choose(self, k):
        self._change(self.ids["choice"], "index", k)

    def press(self, k):
        click = {"method": "custom", "content": {"event": "click"}}
        id = self.buttons[k].comm.comm_id
        self.page.evaluate("m => page.out.push(m)", [id, click, False])
        self.page.evaluate("k => page.it.press(k)", k)
        self.look()

    def arrow(self, i, way):
        code = "([i, way]) => page.it.arrow(i, way)"
        self.page.evaluate(code, [i, way])
        self.look()

    def aim(self, i):
        self.page.evaluate("i => page.it.aim(i)", i)
        self.page.clock.run_for(100)

    def _change(self, *args):
        self.page.evaluate("args => page.change(...args)", args)
        self.look()

    # -- code

    def set(self, **values):
        self.live.set(**values)


MODELS = "tests/browser/models.js"


def _at(html):
    return json.loads(unquote(re.search('data-at="([^"]*)"', html)[1]))


def _all(widget):
    yield widget
    for each in getattr(widget, "children", ()):
        yield from _all(each)


@pytest.fixture(scope="module")
def page(browser):
    page = browser.new_page()
    page.clock.install()
    page.goto("about:blank")
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("console", lambda said: page.errors.append(said.text))
    yield page
    page.close()


def agree(talk):
    """Check that at rest picture, words, controls and kernel say the same."""
    talk.rest()
    seen, values = talk.look(), talk.live.values
    assert seen["now"] == seen["kernel"] == _at(seen["figure"])["key"]
    assert talk._values(seen["now"]) == values
    knobs = [talk.live.picture.controls[name] for name in ("size", "height")]
    for knob, text, k, now in zip(knobs, seen["texts"], seen["places"], seen["now"]):
        assert k == knob.nearest(read(now))
        assert text in ("oops", "99") or read(text) == read(now)  # else to be mended
    assert ("red", "blue")[seen["index"]] == values["colour"]
    for widget in talk.widgets.values():  # the kernel's own controls as well
        if widget.comm.comm_id in talk.ids["sliders"]:
            i = talk.ids["sliders"].index(widget.comm.comm_id)
            assert widget.value == seen["places"][i]
    assert not talk.page.errors
    return values


HANDS = st.one_of(
    st.tuples(st.just("slide"), st.just(0), st.integers(0, 2)),
    st.tuples(st.just("slide"), st.just(1), st.integers(0, 3)),
    st.tuples(st.just("write"), st.just(0), st.sampled_from(["7,5", "10", "oops"])),
    st.tuples(st.just("write"), st.just(1), st.sampled_from(["2", "4", "99"])),
    st.tuples(st.just("choose"), st.integers(0, 1)),
    st.tuples(st.just("press"), st.integers(0, 2)),
    st.tuples(st.just("arrow"), st.integers(0, 1), st.sampled_from([1, -1])),
)
LINE = st.one_of(
    st.tuples(st.just("to_kernel")),
    st.tuples(st.just("to_page")),
    st.tuples(st.just("aim"), st.integers(0, 5)),
)
CODE = st.tuples(
    st.just("set"),
    st.sampled_from([{"height": 3}, {"size": 100, "height": 5}, {"colour": "blue"}]),
)


def play(page, actions):
    """Do all of these, in this order; return the talk."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        talk = Talk(page, monkeypatch, size=10, height=0, colour="red")
        for name, *args in actions:
            if name == "set":
                talk.set(**args[0])
            else:
                getattr(talk, name)(*args)
        agree(talk)
        return talk


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=st.lists(st.one_of(HANDS, LINE, LINE, LINE, CODE), max_size=30))
def test_picture_words_and_controls_belong_together_in_any_order(page, actions):
    play(page, actions)


@pytest.fixture
def calm(page, monkeypatch):
    """Give the page with a clock that the test alone moves, on a busy machine too."""
    monkeypatch.setattr(accelerator, "SLICE", inf)
    page.clock.pause_at(page.evaluate("Date.now()") / 1e3 + 60)
    yield page
    page.clock.resume()


def test_a_click_asks_for_little_and_a_drag_for_more_and_more(calm, monkeypatch):
    """Thirty hands that click somewhere each share one machine."""
    talk = Talk(calm, monkeypatch, Long, size=10, height=20, colour="red")
    heights = "() => [...page.it.frames.values()].map(f => Number(f.key[1])).sort()"

    def prepared(wait):
        calm.clock.run_for(wait)
        talk.rest()
        return calm.evaluate(heights)

    talk.aim(1)
    assert prepared(2000) == [19, 20, 21]
    talk.slide(1, 30)
    assert prepared(2000) == [19, 20, 21, 30, 31]
    talk.slide(1, 25)
    assert prepared(500) == [19, 20, 21, 24, 25, 30, 31]
    asked = []
    for k in (26, 25, 24, 23, 22):
        talk.slide(1, k)
        asked.append(len(prepared(100)))
    assert asked[-1] - asked[-2] > 3 * (asked[1] - asked[0])
    for k in (21, 20):
        talk.slide(1, k)
        asked.append(len(prepared(100)))
    assert asked[-1] == 41
    # The hand drags: what the next control can reach is wanted at once.
    talk.aim(0)
    talk.rest()
    sizes = "() => new Set([...page.it.frames.values()].map(f => f.key[0])).size"
    assert calm.evaluate(sizes) == len(Long.controls["size"].stops)


def test_a_page_asks_for_nothing_while_others_need_the_processor(calm, monkeypatch):
    talk = Talk(calm, monkeypatch, size=10, height=0, colour="red")
    frames = "() => page.it.frames.size"
    calm.evaluate("page.it.message({frames: [], stills: [], busy: true})")
    before = calm.evaluate(frames)
    for wait, more in ((1000, False), (2000, True)):
        calm.clock.run_for(wait)
        talk.aim(0)
        talk.rest()
        assert (calm.evaluate(frames) > before) is more


def test_a_drag_over_another_row_keeps_its_slider_in_hand(calm, monkeypatch):
    talk = Talk(calm, monkeypatch, size=10, height=0, colour="red")
    calm.evaluate(
        """() => {
            const rows = '<p class="backprop-row"></p>'.repeat(3);
            page.root = document.createElement("div");
            page.root.innerHTML = `${rows}<figcaption></figcaption>`;
            page.it.listen(page.root, new AbortController().signal);
        }"""
    )
    over = """([i, pointerType, buttons]) => {
        const event = new PointerEvent("pointerover",
            {bubbles: true, pointerType, buttons});
        page.root.children[i].dispatchEvent(event);
        return page.it.aimed;
    }"""
    assert calm.evaluate(over, [1, "mouse", 0]) == 1
    assert calm.evaluate(over, [0, "mouse", 1]) == 1
    assert calm.evaluate(over, [0, "touch", 1]) == 0  # a finger comes pressed
    assert not talk.page.errors
