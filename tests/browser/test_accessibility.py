"""What a screen reader and a keyboard find; axe-core on our outputs and HTML pages."""

from pathlib import Path

import axe_playwright_python
from reading_copy import build

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
# ipywidgets' slider has no name; the box beside it has, and sets the same.
STOCK = {"aria-input-field-name": "noUi-handle"}
RUN = """async selector => {
    const found = await axe.run({include: [selector]}, {resultTypes: ["violations"]});
    return found.violations.map(v => ({id: v.id, help: v.help, targets: v.nodes.map(
        n => [n.html, n.failureSummary])}));
}"""


def violations(page, selector):
    """Return what axe finds, but for what is known of stock widgets."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = []
    for each in page.evaluate(RUN, selector):
        known = STOCK.get(each["id"], "nothing")
        found += [(each["id"], t) for t in each["targets"] if known not in t[0]]
    return found


def test_each_control_has_a_name(notebook):
    for live in notebook.lives():
        live.show()
        nodes = live.tree()
        labels = live.root.locator(".widget-label:visible").all_inner_texts()
        boxes = [name for role, name in nodes if role == "textbox"]
        assert len(boxes) == live.boxes.count()
        assert set(boxes) <= set(labels)
        for role, name in nodes:
            if role in ("button", "textbox", "image"):
                assert name.strip(), role


def test_the_keyboard_alone_reaches_each_control_in_order(notebook):
    for live in notebook.lives():
        live.show()
        live.root.locator("button").first.focus()
        reached = live.root.evaluate(
            "e => e.querySelectorAll('button:not(.widget-play *), input, "
            "[role=slider]').length"
        )
        for k in range(reached):
            inside = "e => e.contains(document.activeElement)"
            assert live.root.evaluate(inside), f"{k} of {reached}"
            notebook.page.keyboard.press("Tab")
        assert not live.root.evaluate(inside)


def test_axe_finds_nothing_of_ours_in_the_notebook(notebook):
    found = []
    for kind in (".backprop-live", ".backprop-prediction"):
        for k in range(notebook.page.locator(kind).count()):
            notebook.page.locator(kind).nth(k).scroll_into_view_if_needed()
            notebook.page.evaluate(
                "([kind, k]) => document.querySelectorAll(kind).forEach("
                "(e, i) => e.classList.toggle('for-axe', i === k))",
                [kind, k],
            )
            found += violations(notebook.page, f"{kind}.for-axe")
    assert found == []


def test_headings_are_in_order_and_one_is_h1(notebook):
    levels = notebook.page.evaluate(
        "[...document.querySelectorAll('.jp-Notebook :is(h1, h2, h3, h4, h5, h6)')]"
        ".map(e => Number(e.tagName[1]))"
    )
    assert levels.count(1) == 1 and levels[0] == 1
    assert max((b - a for a, b in zip(levels, levels[1:])), default=0) <= 1


def test_axe_finds_nothing_in_the_reading_copy(browser, tmp_path):
    page, found = browser.new_page(), []
    for path in build(tmp_path, states=False):
        page.goto(path.as_uri())
        page.evaluate(
            "document.querySelectorAll('details').forEach(e => e.open = true)"
        )
        found += [(path.name, *each) for each in violations(page, "html")]
    page.close()
    assert found == []
