"""What a screen reader and a keyboard find; axe-core on our outputs."""

from axe import violations


def test_each_control_has_a_name(notebook):
    for live in notebook.lives():
        live.show()
        nodes = live.tree()
        labels = live.root.locator(".widget-label:visible").all_inner_texts()
        boxes = [name for role, name in nodes if role == "textbox"]
        assert len(boxes) == live.root.locator("input[type=text]").count()
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
