"""A live picture of a page, and the same picture in Python beside it."""

import json
import re
from pathlib import Path

import nbformat
from course import PATHS
from course import opened as opens
from live_pages import call_in
from packed import Runs
from playwright.sync_api import expect

from backprop.frame import Screen
from backprop.number import read
from backprop.picture import Knob

FOLDER = Path(__file__).parent.parent.parent / "build" / "html"
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


def values_at(picture, shown, stops, at):
    """Return the picture's values where the controls shown are at these stops."""
    values = dict(picture.start)
    for name, texts, index in zip(shown, stops, at):
        control = picture.controls[name]
        knob = isinstance(control, Knob)
        values[name] = control.check(read(texts[index])) if knob else texts[index]
    return values


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
        values = values_at(self.picture, self.shown, self.stops, at)
        for k, (name, index) in enumerate(zip(self.shown, at)):
            text, row = self.stops[k][index], self.rows.nth(k)
            if isinstance(self.picture.controls[name], Knob):
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
    """Return (picture, shown values) of each live picture of a page, as it is there."""
    room = name.partition("_")[2]
    cells = nbformat.read(PATHS[room], as_version=4).cells
    calls = [call_in(cell.source) for cell in cells if cell.cell_type == "code"]
    live = [opens(room, call) for kind, call in calls if kind == "live"]
    runs = [Runs(*each) if each[0].along else None for each in live]
    return [(run, run.start) if run else each for run, each in zip(runs, live)]
