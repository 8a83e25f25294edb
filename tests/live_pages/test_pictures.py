"""Each control of each picture, in a browser, from the disk: what it shows is right."""

import json
import random
import re

import nbformat
import pytest
from conftest import ASKED
from course import PATHS
from course import opened as opens
from live_pages import call_in
from playwright.sync_api import expect

from backprop.frame import Screen
from backprop.number import read
from backprop.picture import Knob

# What differs between what is shown and the SVG that it must be, refs included.
DIFFERENCES = """(root, svgs) => {
    const faults = [];
    [...root.querySelectorAll(".frame > div")].forEach((part, k) => {
        const wanted = document.createElement("template");
        wanted.innerHTML = svgs[k];
        for (const each of wanted.content.querySelectorAll("defs > [id]")) {
            const there = document.querySelectorAll("#" + CSS.escape(each.id));
            if (there.length !== 1 || there[0].outerHTML !== each.outerHTML)
                faults.push(`${there.length} × ${each.id}`);
        }
        for (const each of wanted.content.querySelectorAll("defs")) each.remove();
        if (part.innerHTML !== wanted.innerHTML) faults.push(`part ${k}`);
    });
    return faults;
}"""


class Shown:
    """A live picture in a page, beside the same picture in Python."""

    def __init__(self, root, picture, shown):
        self.root, self.picture, self.shown = root, picture, shown
        self.screen = Screen(picture)
        root.scroll_into_view_if_needed()
        expect(root).to_have_attribute("data-at", re.compile(r"\d"))
        told = root.locator("[type='application/json']").text_content()
        self.told = json.loads(told)
        self.stops = [knob["stops"] for knob in self.told["knobs"]]
        self.rows = root.locator(".control")

    def go(self, at):
        """Move each control there, one after the other, as a hand does."""
        for k, index in enumerate(at):
            row = self.rows.nth(k)
            if row.locator("[type=range]").count():
                row.locator("[type=range]").fill(str(index))
            else:
                row.locator("[type=radio]").nth(index).check()
        self.assert_at(at)

    def assert_at(self, at):
        """Assert that picture, words and controls are those of these stops."""
        expect(self.root).to_have_attribute("data-at", ",".join(map(str, at)))
        values = dict(self.picture.start)
        for k, (name, index) in enumerate(zip(self.shown, at)):
            text, row = self.stops[k][index], self.rows.nth(k)
            values[name] = text
            if isinstance(self.picture.controls[name], Knob):
                values[name] = self.picture.controls[name].check(read(text))
                expect(row.locator("[type=text]")).to_have_value(text)
                slider = row.locator("[type=range]")
                expect(slider).to_have_attribute("aria-valuetext", text)
                expect(slider).to_have_value(str(index))
            else:
                expect(row.locator("[type=radio]").nth(index)).to_be_checked()
        words = self.picture.words(**values)
        expect(self.root.locator("figcaption")).to_have_text(words)
        expect(self.root.get_by_role("img")).to_have_attribute("aria-label", words)
        frame = list(self.screen.frame(**values))
        assert self.root.evaluate(DIFFERENCES, frame) == [], values


def opening(name):
    """Return (picture, shown values) of each live picture of a page."""
    room = name.partition("_")[2]
    cells = nbformat.read(PATHS[room], as_version=4).cells
    calls = [call_in(cell.source) for cell in cells if cell.cell_type == "code"]
    return [opens(room, call) for kind, call in calls if kind == "live"]


PICTURES = [
    pytest.param(name, place, id=f"{name[:2]}-{place + 1}-{type(picture).__name__}")
    for name in ASKED
    for place, (picture, _) in enumerate(opening(name))
]


@pytest.mark.parametrize("name, place", PICTURES)
def test_each_control_shows_what_python_draws(name, place, opened):
    picture, values = opening(name)[place]
    with opened(name) as page:
        shown = Shown(page.locator(".live").nth(place), picture, values)
        start, lengths = shown.told["start"], [*map(len, shown.stops)]
        for at, text, control in zip(start, shown.stops, values):
            assert str(values[control]) == text[at] or read(text[at]) == values[control]
        shown.assert_at(start)
        for k, length in enumerate(lengths):
            for index in (0, length // 2, length - 1):
                shown.go([*start[:k], index, *start[k + 1 :]])
        some = random.Random(name)
        for _ in range(3):
            shown.go([some.randrange(length) for length in lengths])
        for button in shown.root.locator("[data-to]").all():
            was = shown.root.get_attribute("data-at").split(",")
            to = json.loads(button.get_attribute("data-to"))
            button.click()
            at = [int(b) if a is None else a for a, b in zip(to, was)]
            shown.assert_at(at)
            spoken = shown.root.locator(".spoken")
            expect(spoken).to_have_text(shown.root.locator("figcaption").inner_text())
