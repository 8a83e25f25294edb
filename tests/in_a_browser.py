"""What a student does first, in whatever page shows the notebook: run all, and move."""

import nbformat
from playwright.sync_api import TimeoutError, expect

PROMPTS = """[...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")]
    .map(prompt => prompt.textContent.trim())"""
BAD = (
    "[data-mime-type='application/vnd.jupyter.error'], "
    "[data-mime-type='application/vnd.jupyter.stderr']"
)


def run_all(page):
    """Choose Run All Cells; return when the first live picture is there."""
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    picture = ".jp-OutputArea figure [role=img]"
    started = f"{PROMPTS}.includes('[*]:') || document.querySelector('{picture}')"
    for patience in (10_000, 10_000, None):
        dialogs = page.locator(".jp-Dialog-content").all_inner_texts()
        assert dialogs == [], "a dialog is in the way"
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        try:
            page.wait_for_function(started, timeout=patience)
            break
        except TimeoutError:  # while a kernel starts, Notebook 7 may drop the command
            if patience is None:
                raise
    page.wait_for_selector(picture)


def ran_all(page, path):
    """Wait for the last cell; each has run, none with an error."""
    # All cells were asked to run at once: a star stands where the answer is due.
    page.wait_for_function(f"!{PROMPTS}.includes('[*]:')")
    cells = nbformat.read(path, as_version=4).cells
    count = sum(cell.cell_type == "code" for cell in cells)
    assert page.evaluate(PROMPTS) == [f"[{i + 1}]:" for i in range(count)]
    assert page.locator(BAD).all_text_contents() == []


def move_the_first_picture(page):
    """Move each slider of the first picture; the picture and its words follow."""
    output = page.locator(".jp-OutputArea-output", has=page.locator("figure"))
    output = output.filter(has=page.locator(".noUi-handle")).first
    output.scroll_into_view_if_needed()
    image, words = output.locator("figure [role=img]"), output.locator("figcaption")
    said, drawn = words.text_content(), image.inner_html()
    sliders = output.locator(".noUi-handle")
    for i in range(sliders.count()):
        last = sliders.nth(i).get_attribute("aria-valuemax")
        at_end = sliders.nth(i).get_attribute("aria-valuenow") == last
        sliders.nth(i).press("Home" if at_end else "End")
        expect(words).not_to_have_text(said, timeout=20_000)
    # At iteration 0 a learning rate alone changes no point, only the words.
    page.wait_for_function(
        "([image, drawn]) => image.innerHTML !== drawn",
        arg=[image.element_handle(), drawn],
        timeout=20_000,
    )
    # Asked at one moment, since frames may still arrive.
    page.wait_for_function(
        """output => output.querySelector("figure [role=img]").ariaLabel
            === output.querySelector("figcaption").textContent""",
        arg=output.element_handle(),
    )
