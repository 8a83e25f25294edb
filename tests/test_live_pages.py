"""The live pages: whole, at home without a network, readable where nothing runs."""

import base64
import hashlib
import json
import re
import subprocess
import sys
from io import BytesIO
from urllib.parse import unquote

import numpy as np
import pytest
from bs4 import BeautifulSoup
from course import PICTURES, asked, room_at
from live_pages import (
    PAGE_FILES,
    build,
    button_states,
    live_picture,
    page_of,
    picture,
    state,
)
from notebook_tool import notebooks
from PIL import Image

from backprop.frame import Screen
from backprop.picture import Knob
from backprop.question import said as number
from backprop.stages.practice import Playground
from backprop.stages.training_loop import Training


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """Return the paths of the pages; the states of pictures are left out."""
    return build(tmp_path_factory.mktemp("html"), live=())


@pytest.fixture(scope="session")
def pages(built):
    """Return the soup of each page by name."""
    return {p.name: BeautifulSoup(p.read_text("utf-8"), "html.parser") for p in built}


def test_a_page_for_each_notebook_and_one_to_begin_with(pages):
    wanted = {f"{path.stem}.html" for path in notebooks()}
    wanted |= {"index.html", "teaching.html", "classroom.html", "network.html"}
    assert wanted == set(pages)
    linked = {link["href"] for link in pages["index.html"].main.find_all("a")}
    assert linked == set(pages) - {"index.html"}


def test_the_addresses_of_the_first_edition_lead_to_the_pages(built, pages):
    for old in ("07_when_learning_fails.html", "08_applications.html"):
        text = (built[0].parent / old).read_text("utf-8")
        soup = BeautifulSoup(text, "html.parser")
        url = soup.find("meta", attrs={"http-equiv": "refresh"})["content"]
        assert url.removeprefix("0; url=") == soup.a["href"]
        assert soup.a["href"][2:] == old[2:] and soup.a["href"] in pages


def test_the_style_on_a_screen_asks_no_element_what_it_has(pages):
    """Each frame that comes would make the browser ask again: 20 ms of 40 a move."""
    style = re.sub(r"/\*.*?\*/", "", pages["index.html"].style.string, flags=re.S)
    assert ":has(" not in style.split("@media print")[0]


def test_every_link_resolves(pages):
    for name, soup in pages.items():
        for link in soup.find_all("a"):
            target, _, place = link["href"].partition("#")
            if target.startswith("https://"):
                continue
            other = pages[target or name]  # a KeyError names a link to nowhere
            assert not place or other.find(id=unquote(place)), (name, link["href"])


def test_nothing_is_loaded_and_only_its_own_script_may_run(pages):
    for name, soup in pages.items():
        assert not soup.find_all(["link", "iframe", "object"]), name
        for tag in soup.find_all(src=True):
            assert tag["src"].startswith("data:image/png;base64,"), name
        assert not re.search(r"url\(|@import", soup.style.text), name
        (script,) = soup.find_all("script", type=None)
        assert not re.search(
            r"\b(fetch|XMLHttpRequest|WebSocket|import)\b", script.text
        )
        policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
        digest = hashlib.sha256(script.text.encode()).digest()
        allowed = f"script-src 'sha256-{base64.b64encode(digest).decode()}'"
        assert {"default-src 'none'", allowed} <= {*policy["content"].split("; ")}


def test_each_box_that_the_tab_key_reaches_says_what_it_is(pages):
    for name, soup in pages.items():
        for box in soup.select("[tabindex]"):
            assert box["role"] == "group" and box["aria-label"], (name, box.name)


def test_an_option_is_no_folder(tmp_path):
    command = [sys.executable, PAGE_FILES.parent / "live_pages.py"]
    notebook = "folder: got 05_training_loop, a notebook; it comes second"
    for option, code, said in (
        ("--help", 0, "usage: "),
        ("--fast", 2, "--fast"),
        ("05_training_loop", 2, notebook),
    ):
        ran = subprocess.run(
            [*command, option], cwd=tmp_path, capture_output=True, encoding="utf-8"
        )
        assert ran.returncode == code and said in ran.stdout + ran.stderr
    assert not [*tmp_path.iterdir()]


def test_a_name_of_no_notebook_is_refused(tmp_path):
    with pytest.raises(ValueError, match="live: got '02'; needs some of 00_start_here"):
        build(tmp_path, ["02"])


def test_every_picture_has_its_words_as_alternative_text(pages):
    found = [image for soup in pages.values() for image in soup.find_all("img")]
    assert len(found) > 30
    for image in found:
        assert len(image["alt"]) > 20
        assert image["alt"] == image.find_parent("figure").figcaption.text


def test_one_title_one_h1_and_headings_in_order(pages):
    titles = {soup.title.text for soup in pages.values()}
    assert len(titles) == len(pages)
    for name, soup in pages.items():
        assert soup.html["lang"] == "en"
        levels = [int(tag.name[1]) for tag in soup.find_all(re.compile("^h[1-6]$"))]
        assert levels.count(1) == 1 and levels[0] == 1, name
        steps = [b - a for a, b in zip(levels, levels[1:])]
        assert max(steps, default=0) <= 1, name


def test_formulas_are_mathml_and_none_is_left_raw(pages):
    for name, soup in pages.items():
        assert "Alternative text is missing" not in soup.text
        raw = [
            text
            for text in soup.main.find_all(string=re.compile(r"\$|\\[a-z]"))
            if not text.find_parent(["pre", "code"])
        ]
        assert raw == [], name
    assert len(pages["02_derivative.html"].find_all("math")) > 10


def test_a_prediction_is_a_question_whose_choices_unfold_replies(pages):
    for path in notebooks():
        known = asked(room_at(path)).values()
        shown = pages[f"{path.stem}.html"].select(".prediction")
        by_text = {box.p.text: box for box in shown}
        assert len(by_text) == len(known)
        for each in known:
            box = by_text[f"{each['lead']} {each['question']}"]
            said = [(d.summary.text, d.p.text) for d in box.find_all("details")]
            if "choices" in each:
                assert said == [(c["text"], c["reply"]) for c in each["choices"]]
            else:
                right = f"{number(each, each['answer'])}. {each['right']}"
                assert said[0] == ("The first step", each["first_step"])
                assert said[-1] == ("The number", right)
                assert sorted(said[1:-1]) == sorted(
                    (f"You got {number(each, wrong['value'])}", wrong["reply"])
                    for wrong in each["wrong"]
                )


def test_solutions_are_folded(pages):
    for name in (f"{path.stem}.html" for path in notebooks()):
        soup = pages[name]
        assert not soup.find_all("details", open=True)
        stubs = [p for p in soup.find_all("pre") if "in place of the dots" in p.text]
        folded = [s for s in soup.find_all("summary") if s.text.startswith("Solution")]
        assert len(folded) >= len(stubs), name


def test_the_buttons_of_a_picture_show_their_states():
    training = Training()
    soup = BeautifulSoup(
        button_states(training, {"learning_rate": 1, "iteration": 0}), "html.parser"
    )
    assert [b.text for b in soup.find_all("b")] == list(training.states)
    assert "0.000129" in soup.find_all("img")[1]["alt"]
    # With the learning rate hidden, no button that sets it is there.
    assert button_states(training, {"iteration": 0}) == ""


def test_a_still_state_is_small_and_looks_the_same():
    screen = Screen(Training())
    values = {"learning_rate": 1, "iteration": 0}
    soup = BeautifulSoup(state(screen, **values), "html.parser")
    png = base64.b64decode(soup.img["src"].partition(",")[2])
    assert len(png) < len(screen.png(**values)) / 2
    page = np.asarray(Image.open(BytesIO(png)).convert("RGB"), int)
    off = np.abs(page - screen.pixels(**values)[..., :3]).max(axis=2)
    assert (off > 16).mean() < 0.001


def test_a_picture_with_too_many_values_says_that_the_page_has_some_runs():
    few = Playground()
    few.states = {"moons": {"hidden": "2"}}
    few.controls = {
        **few.controls,
        "iteration": Knob("iteration", (0, 1, 2000), whole=True, play=True),
    }
    html = picture("", few, {"hidden": "4", "iteration": 1}, "a", {})
    soup = BeautifulSoup(html, "html.parser")
    assert "Here this picture has some runs to choose from" in soup.text
    labels = [label.text.strip() for label in soup.select(".live fieldset label")]
    assert labels == ["as it opens", "moons"]
    assert [each["id"] for each in soup.select(".live input[type=text]")] == [
        "a-iteration"
    ]
    assert "some runs" not in picture("", Training(), {"iteration": 0}, "a", None)


def test_links_to_notebooks_become_links_to_pages():
    assert page_of("notebooks/05_training_loop.ipynb") == "05_training_loop.html"
    assert page_of("06_hidden_layer.ipynb#start") == "06_hidden_layer.html#start"
    assert page_of("../docs/teaching.md") == "teaching.html"
    assert page_of("https://doi.org/x.md") == "https://doi.org/x.md"


def live(kind, **shown):
    """Return the soup of a live picture, and its picture."""
    picture = PICTURES[kind]()
    text, defs = live_picture(picture, shown or picture.start, "here")
    return BeautifulSoup(text, "html.parser"), picture


def test_a_live_picture_has_the_controls_of_the_notebook():
    soup, calibration = live("Calibration")
    iteration, images = calibration.controls.values()
    assert soup.find("label", attrs={"for": "here-iteration"}).text == iteration.label
    box, slider = soup.select(".control > input")
    assert box["id"] == "here-iteration"
    assert slider["aria-label"] == iteration.label
    assert (slider["min"], slider["max"]) == ("0", str(len(iteration.stops) - 1))
    assert box["value"] == slider["aria-valuetext"] == "20"
    assert soup.find("button", class_="play").text == "Play"
    assert soup.fieldset.legend.text == images.label
    assert [e.text.strip() for e in soup.fieldset.find_all("label")] == [
        *images.options
    ]
    (chosen,) = soup.find_all("input", checked=True)
    assert chosen.parent.text.strip() == calibration.start["images"]


def test_a_button_goes_where_its_state_is():
    soup, calibration = live("Calibration")
    iteration, images = calibration.controls.values()
    told = json.loads(soup.find("script", type="application/json").text)
    stops = [knob["stops"] for knob in told["knobs"]]
    assert stops == [[*map(iteration.write, iteration.stops)], [*images.options]]
    buttons = {
        each.text: json.loads(each["data-to"]) for each in soup.select("[data-to]")
    }
    assert [*buttons] == [*calibration.states, "Reset"]
    for name, values in {**calibration.states, "Reset": calibration.start}.items():
        wanted = [
            iteration.write(values["iteration"]) if "iteration" in values else None,
            values.get("images"),
        ]
        shown = zip(stops, buttons[name], strict=True)
        assert [None if at is None else texts[at] for texts, at in shown] == wanted


def test_a_state_that_sets_a_hidden_control_has_no_button():
    soup, _ = live("Training", iteration=0)
    assert [each.text for each in soup.select("[data-to]")] == ["Reset"]


def test_what_no_script_unpacks_stands_still():
    soup, nudge = live("Nudge")
    assert soup.find(role="img")["aria-label"] == nudge.words(**nudge.start)
    assert soup.figcaption.text == nudge.words(**nudge.start)
