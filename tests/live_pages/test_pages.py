"""A page as a class uses it: by keys alone, by touch, on paper, without a script."""

import json
import re
from itertools import pairwise

import pytest
from axe import violations
from conftest import ASKED
from course import PATHS, PICTURES, asked, room_at
from heard import AROUND, heard
from packed import told
from playwright.sync_api import expect
from shown import FOLDER

from backprop.number import read
from backprop.question import answer

FIRST = ASKED[0]
NOW = "[...document.querySelectorAll('.step')].filter(e => e.checkVisibility()).length"
TYPED = [
    "4", "−4", "–4", "- 4", "+4", "0,0001", ".5", "5.", "1,5", "1,500", "0,500",
    "10,000", "10 000", "10\u202f000,25", "1,234,567.8", "1,5E−3", "10⁻¹³", "−10^5",
    "3,2 · 10⁻⁵", "1.2×10^5", "2/3", "−1 / 8", "1⁄2", "½", "−¼", "", "four", "1,2,3",
    "1/2/3", "1/0", "0x10", "Infinity", "1e999", "--1", "1e", "½5", "e5", "1 2",
]  # fmt: skip


def live(page, place=0):
    """Return a live picture of the page, once it is there."""
    root = page.locator(".live").nth(place)
    root.scroll_into_view_if_needed()
    expect(root).to_have_attribute("data-at", re.compile(r"\d"))
    return root


def test_a_page_can_be_sent_by_mail(name):
    assert (FOLDER / f"{name}.html").stat().st_size <= 3_000_000


def test_all_pages_go_on_any_stick():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= 20_000_000


def test_the_first_page_moves_at_the_first_touch(opened):
    with opened("index", has_touch=True) as page:
        root = live(page)
        words = root.locator("figcaption").inner_text()
        root.locator("[type=range]").tap()  # in its middle
        expect(root).to_have_attribute("data-at", re.compile(r"^(?!0$)\d"))
        expect(root.locator("figcaption")).not_to_have_text(words)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(name, scheme, opened):
    with opened(name, color_scheme=scheme) as page:
        for place in range(page.locator(".live").count()):
            live(page, place)
        page.evaluate(
            "document.querySelectorAll('details').forEach(e => e.open = true)"
        )
        assert violations(page, "html") == []


def test_all_that_is_reached_is_heard_by_its_name(name, opened):
    """What is heard is kept beside the pages, in build/heard, to be read."""
    with opened(name) as page:
        for root in page.locator(".live").all():
            root.scroll_into_view_if_needed()
            expect(root).to_have_attribute("data-at", re.compile(r"\d"))
        lines, pictures = heard(page), page.locator(".live").count()
    kept = FOLDER.with_name("heard") / f"{name}.txt"
    kept.parent.mkdir(exist_ok=True)
    text = "\n".join(" ".join(map(str, line)) for line in lines)
    kept.write_text(text, encoding="utf-8")
    unnamed = [role for role, said, _ in lines if role not in AROUND and not said]
    assert unnamed == []
    images = [said for role, said, _ in lines if role == "image"]
    assert len(images) == pictures
    for words in images:
        heard_of = sum(words in said for _, said, _ in lines)
        assert heard_of == images.count(words)  # the caption says nothing again


def test_a_number_is_read_as_python_reads_it(opened):
    with opened(FIRST) as page:
        for text in TYPED:
            try:
                wanted = read(text)
            except ValueError:
                wanted = None
            got = page.evaluate(
                "t => { const n = read(t); return isNaN(n) ? null : n }", text
            )
            assert got == wanted, text


def test_a_number_is_judged_as_python_judges_it(opened):
    typed = [each for path in PATHS.values() for each in asked(room_at(path)).values()]
    typed = [each for each in typed if "answer" in each]
    graph = PICTURES["ComputationGraph"]()
    typed += [graph.asks(step, w) for step in range(11) for w in (-3, 0.5, 1)]
    with opened(FIRST) as page:
        for each in filter(None, typed):
            right = each["answer"]
            numbers = [right, -right, 2 * right, right / 2, 10 * right, 1.01 * right]
            numbers += [right + 0.49 * 10**-k for k in range(5)] + [12.34]
            numbers += [wrong["value"] * (1 + off) for wrong in each["wrong"]
                        for off in (0, 0.003, -0.005)]  # fmt: skip
            numbers += [right + part * (wrong["value"] - right)
                        for wrong in each["wrong"] for part in (0.6, 0.7)]  # fmt: skip
            judged = page.evaluate(
                "([asked, numbers]) => numbers.map(n => answer(asked, n))",
                [told(each), numbers],
            )
            assert judged == [list(answer(each, number)) for number in numbers]


def test_a_typed_prediction_replies(opened):
    with opened("04_chain_rule") as page:
        for form in page.locator(".prediction .answer").all():
            told = json.loads(form.get_attribute("data-asked"))
            box, reply = form.get_by_label("Your number"), form.get_by_role("status")
            box.fill("many")
            box.press("Enter")
            expect(reply).to_contain_text("needs a number, such as")
            expect(box).to_have_value("many")
            for each in told["wrong"]:
                box.fill(repr(each["value"]))
                box.press("Enter")
                expect(reply).to_contain_text("You typed")
                expect(reply).not_to_contain_text(told["right"])
            box.fill(repr(told["answer"]))
            form.get_by_role("button", name="Check").click()
            expect(reply).to_contain_text(told["right"])


def test_the_graph_waits_for_the_number(opened):
    with opened("04_chain_rule") as page:
        root = page.locator(".live", has=page.locator(".asking"))
        root.scroll_into_view_if_needed()
        graph, values = PICTURES["ComputationGraph"](), {"step": 0, "w": 1}
        expect(root).to_have_attribute("data-at", re.compile("^0,"))
        box, status = (
            root.get_by_label("Your number"),
            root.locator(".asking [role=status]"),
        )
        while wanted := graph.asks(**values):
            expect(root.locator(".asking > p")).to_have_text(wanted["question"])
            box.fill("77.7")
            box.press("Enter")
            expect(status).to_contain_text(wanted["first_step"])
            box.fill(repr(float(wanted["answer"])))
            box.press("Enter")
            values |= wanted["next"]
            expect(root).to_have_attribute("data-at", re.compile(f"^{values['step']},"))
            expect(status).to_contain_text(wanted["right"])
            expect(root.locator("figcaption")).to_have_text(graph.words(**values))
        expect(root.locator(".asking > p")).to_have_text("Every number is found.")
        expect(box).to_be_disabled()
        root.get_by_role("button", name="Reset").click()
        expect(box).to_be_enabled()


def test_what_is_typed_goes_to_the_nearest_stop_and_says_so(opened):
    with opened("05_training_loop") as page:
        root = live(page, 1)
        box = root.get_by_label("learning rate η").first
        for text, shown, said in [
            ("100", "100", r"^$"),
            ("0,37", "0.3", "no picture at 0,37; the nearest is at 0.3"),
            ("3000", "3000", "got 3000; needs a number from 0.01 to 2,000"),
            ("much", "much", "got “much”; needs a number, such as"),
        ]:
            at = root.get_attribute("data-at")
            box.fill(text)
            box.press("Enter")
            expect(root.locator(".message")).to_have_text(re.compile(said))
            expect(box).to_have_value(shown)
            if text == shown and said != "^$":  # it stays, and nothing moves
                assert root.get_attribute("data-at") == at


def test_play_runs_to_the_end_and_pauses(opened):
    with opened("05_training_loop") as page:
        root = live(page)
        slider, play = root.locator("[type=range]"), root.locator(".play")
        start = root.get_attribute("data-at")
        slider.fill("19")
        play.click()
        expect(play).to_have_text("Pause")
        play.click()
        expect(play).to_have_text("Play")
        play.click()
        expect(root).to_have_attribute("data-at", "21")
        expect(play).to_have_text("Play")
        play.click()  # from the end it begins again
        expect(root).to_have_attribute("data-at", "1")
        root.get_by_role("button", name="Reset").click()
        expect(play).to_have_text("Play")
        expect(root).to_have_attribute("data-at", start)


def test_keys_move_a_slider_and_its_words_are_said_once(opened):
    with opened("05_training_loop") as page:
        root = live(page)
        slider = root.get_by_role("slider", name="iteration")
        slider.press("Home")
        slider.press("ArrowRight")
        expect(root).to_have_attribute("data-at", "1")
        slider.press("End")
        expect(root).to_have_attribute("data-at", "21")
        words = root.locator("figcaption").inner_text()
        expect(root.get_by_role("status")).to_have_text(words)


def test_a_finger_drags_a_slider_and_not_the_page(opened):
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
    with opened("05_training_loop", is_mobile=True, **phone) as page:
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        root = live(page, 1)
        slider = root.get_by_role("slider", name="iteration")
        slider.evaluate("e => e.scrollIntoView({block: 'center'})")
        box, scrolled = slider.bounding_box(), page.evaluate("scrollY")
        y, session = box["y"] + box["height"] / 2, page.context.new_cdp_session(page)
        for kind, x in [
            ("Start", 8),
            ("Move", 60),
            ("Move", 150),
            ("Move", 10**4),
            ("End", None),
        ]:
            points = (
                [{"x": min(box["x"] + x, box["x"] + box["width"]), "y": y}] if x else []
            )
            session.send(
                "Input.dispatchTouchEvent",
                {"type": f"touch{kind}", "touchPoints": points},
            )
        expect(root).to_have_attribute("data-at", re.compile(",21$"))
        assert page.evaluate("scrollY") == scrolled
        root.get_by_role("button", name="stuck").tap()
        expect(root).to_have_attribute("data-at", "32,21")


def test_only_what_is_near_stays_unpacked(opened):
    with opened("05_training_loop") as page:
        root = live(page, 1)
        names = "e => [...e.picture.tiles.keys()]"
        root.get_by_role("slider", name="iteration").press("Home")
        for at in range(0, 33, 3):
            root.get_by_role("slider", name="learning rate").fill(str(at))
            expect(root).to_have_attribute("data-at", f"{at},0")
            tile = root.evaluate("e => e.picture.tileOf(e.picture.shown)")
            row, column = tile.split(",")
            around = {f"{int(row) + step},{column}" for step in (-1, 0, 1)}
            around |= {f"{row},{int(column) + 1}", "still"}
            assert {*root.evaluate(names)} <= around
            assert tile in root.evaluate(names)
        # The neighbours come when there is time.
        page.wait_for_function(
            "e => ['5,0', '6,0', '6,1'].every(name => e.picture.tiles.has(name))",
            arg=root.element_handle(),
        )
        page.evaluate("scrollTo(0, 0)")
        page.wait_for_function("e => !e.picture.tiles.size", arg=root.element_handle())


# As Chromium is while keys come faster than its pause before a long idle time.
NEVER_IDLE = """window.requestIdleCallback = (what, {timeout} = {}) =>
    timeout && setTimeout(what, timeout)"""


def test_what_lies_ahead_of_a_move_is_unpacked_first(opened):
    with opened("05_training_loop") as page:
        page.add_init_script(NEVER_IDLE)
        page.reload()
        root = live(page, 1)
        rate = root.get_by_role("slider", name="learning rate")
        ahead = "([e, name]) => e.picture.tiles.has(name)"
        order = []
        page.expose_function("note", lambda name: order.append(name))
        root.evaluate("""e => {
            const set = e.picture.tiles.set;
            e.picture.tiles.set = function (name, tile) {
                note(name);
                return set.call(this, name, tile);
            };
        }""")
        for before, at, own, tiles in (0, 18, 3, "42"), (30, 12, 2, "13"):
            for stop in before, at:
                order.clear()
                rate.fill(str(stop))
                expect(root).to_have_attribute("data-at", re.compile(f"^{stop},"))
            column = root.evaluate("e => e.picture.tileOf(e.picture.shown)")[-1]
            for tile in tiles:
                arg = [root.element_handle(), f"{tile},{column}"]
                page.wait_for_function(ahead, arg=arg)
            then = order[order.index(f"{own},{column}") + 1 :]
            assert then[:2] == [f"{tile},{column}" for tile in tiles]


@pytest.mark.parametrize("width", [390, 640, 768, 1280, 1920])
def test_nothing_hangs_over_the_edge(name, width, opened):
    with opened(name, viewport={"width": width, "height": 844}) as page:
        for place in range(page.locator(".live").count()):
            live(page, place)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_a_script_each_picture_stands_still(name, opened):
    with opened(name, java_script_enabled=False) as page:
        count = page.locator(".picture").count()
        assert page.locator(".still > figure img:visible").count() == count
        assert page.locator(".live:visible").count() == 0
        assert page.locator(".still-note").is_visible()


def test_on_paper_each_picture_stands_still(name, opened):
    with opened(name) as page:
        page.emulate_media(media="print")
        count = page.locator(".picture").count()
        assert page.locator(".still > figure img:visible").count() == count
        assert page.locator(".live:visible").count() == 0


def test_all_unfolds_without_a_script_on_the_screen_and_on_paper(opened):
    with opened(FIRST, java_script_enabled=False) as page:
        folded = page.locator(".step > details:not(.contents) > :not(summary)").first
        for media in ("screen", "print"):
            page.emulate_media(media=media)
            assert not folded.is_visible()
        page.emulate_media(media="screen")
        page.get_by_label("Unfold all").check()
        for media in ("screen", "print"):
            page.emulate_media(media=media)
            assert folded.is_visible()


def test_what_cannot_be_unpacked_stands_still(opened):
    with opened("05_training_loop") as page:
        page.add_init_script("delete window.DecompressionStream")
        page.reload()
        assert (
            page.locator(".still > figure img:visible").count()
            == page.locator(".picture").count()
        )
        assert page.locator(".live:visible").count() == 0


# -- class view


def number(page):
    """Return the step that is shown; it is the only one, and its address says it."""
    assert page.evaluate(NOW) == 1
    step = page.locator(".step:visible").get_attribute("id")
    assert page.url.endswith(f"#{step}")
    return int(step.removeprefix("step-"))


def test_class_view_goes_through_all_steps_by_keys_alone(name, opened):
    with opened(name) as page:
        page.get_by_role("button", name="Class view").focus()
        page.keyboard.press("Enter")
        assert number(page) == 1
        seen, keys = [1], ["ArrowRight", "PageDown", " "]
        last = page.locator(".step").count()
        for k in range(20 * last):
            if seen[-1] == last:
                break
            page.keyboard.press(keys[k % 3])
            seen.append(number(page))
        assert seen[-1] == last
        assert {b - a for a, b in pairwise(seen)} <= {0, 1}  # 0: it scrolled
        for key in "ArrowLeft", "PageUp", "Shift+ ":
            for _ in range(20):
                page.keyboard.press(key)
                if number(page) < seen[-1]:
                    break
            assert number(page) == seen[-1] - 1
            seen.append(number(page))
        page.keyboard.press("Escape")
        assert page.evaluate(NOW) > 1
        assert "#" not in page.url
        top = page.locator(f"#step-{seen[-1]}").bounding_box()["y"]
        assert -5 < top < 720


def test_class_view_begins_where_the_address_says(opened):
    for address, step in ("?class", 1), ("#step-7", 7), ("?class#step-7", 7):
        with opened("05_training_loop", address) as page:
            assert number(page) == step


def test_in_class_view_a_number_leads_to_its_step(opened):
    with opened("05_training_loop", "?class") as page:
        box, message = page.get_by_label("Step"), page.locator(".bar [role=alert]")
        last = page.locator(".step").count()
        expect(page.locator(".bar form")).to_have_text(re.compile(rf"of\s+{last}\s+Go"))
        for key in "1", "9", "Enter":  # by keys alone, whatever has the focus
            page.keyboard.press(key)
        assert number(page) == 19
        expect(box).to_have_value("19")
        page.keyboard.press("ArrowRight")  # the box has let the arrows go
        assert number(page) == 20
        box.click()  # by mouse, as by touch
        box.press_sequentially("7")  # instead of what is there
        page.get_by_role("button", name="Go").click()
        assert number(page) == 7
        slider = live(page).get_by_role("slider")
        slider.focus()
        page.keyboard.type("36")
        assert number(page) == 7
        page.keyboard.press("Enter")
        assert number(page) == 36
        for wrong in f"{last + 1}", "0", "1.5", "seven":
            box.fill(wrong)
            box.press("Enter")
            need = f"needs a whole number from 1 to {last}"
            expect(message).to_have_text(f"Step: got “{wrong}”; {need}")
            assert number(page) == 36
        page.keyboard.press("Escape")  # takes back what was typed, and does not leave
        expect(message).to_have_text("")
        expect(box).to_have_value("36")
        page.keyboard.press("ArrowLeft")
        assert number(page) == 35
        page.keyboard.press("Escape")
        assert page.evaluate(NOW) > 1


def test_leaving_class_view_returns_to_the_same_place(opened):
    with opened("05_training_loop") as page:
        button = page.get_by_role("button", name="Class view")
        button.evaluate("e => scrollTo(0, 4321)")
        button.evaluate("e => e.click()")
        assert number(page) > 5
        page.get_by_role("button", name="Leave").click()
        assert page.evaluate("scrollY") == 4321


def test_replies_are_hidden_until_clicked(opened):
    with opened("05_training_loop") as page:
        page.locator("summary").filter(has_text="falls fast").click()
        reply = page.get_by_text("the flatter the sigmoid is there")
        expect(reply).to_be_visible()
        step = page.locator(".step", has=page.get_by_text("falls fast")).first
        page.evaluate("hash => location.hash = hash", step.get_attribute("id"))
        expect(step).to_be_visible()
        expect(reply).to_be_hidden()
        page.locator("summary").filter(has_text="falls fast").click()
        expect(reply).to_be_visible()


def test_in_class_view_arrows_move_a_slider_and_a_clicker_goes_on(opened):
    with opened("05_training_loop") as page:
        step = page.locator(".step", has=page.locator(".live")).first
        at = int(step.get_attribute("id").removeprefix("step-"))
        page.evaluate("hash => location.hash = hash", f"step-{at}")
        slider = live(page).get_by_role("slider")
        slider.press("Home")
        slider.press("ArrowRight")
        expect(page.locator(".live").first).to_have_attribute("data-at", "1")
        assert number(page) == at
        slider.press("PageDown")
        assert number(page) == at + 1


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_in_class_view_a_picture_is_on_one_screen(name, size, opened):
    width, height = size
    with opened(name, viewport={"width": width, "height": height}) as page:
        steps = page.locator(".step", has=page.locator(".live")).all()
        for step in steps:
            page.evaluate("h => location.hash = h", step.get_attribute("id"))
            expect(step.locator(".live")).to_have_attribute(
                "data-at", re.compile(r"\d")
            )
            bar = page.locator(".bar").bounding_box()
            words = step.locator(".live figcaption").bounding_box()
            assert step.locator(".states").bounding_box()["y"] >= 0
            assert words["y"] + words["height"] <= bar["y"] + 1, step.get_attribute(
                "id"
            )
            size = step.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
            assert size >= 22
