"""Each control of each picture, in a browser, from the disk: what it shows is right."""

import json
import random

import pytest
from conftest import ASKED
from playwright.sync_api import expect
from shown import Shown, opening

from backprop.number import read

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
