"""A finger: it drags a slider, and scrolls the page over one."""

import pytest
from lab import Notebook
from notebook_tool import notebooks

SCROLLED = "document.querySelector('.jp-WindowedPanel-outer').scrollTop"


@pytest.fixture(scope="module")
def live(browser, server):
    (path,) = (each for each in notebooks() if each.stem.endswith("training_loop"))
    notebook = Notebook(browser, server, path.name)
    notebook.cdp.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    notebook.run_all()
    first = notebook.lives()[0]
    first.show()
    yield first
    notebook.close()


def swipe(live, start, by):
    """Move a finger from a point, by so much in ten steps; wait for what follows."""

    def touch(kind, *points):
        points = [{"x": x, "y": y} for x, y in points]
        send = live.notebook.cdp.send
        send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    (x, y), (right, down) = start, by
    touch("touchStart", start)
    for k in range(1, 11):
        touch("touchMove", (x + right * k / 10, y + down * k / 10))
        live.notebook.page.wait_for_timeout(20)
    touch("touchEnd")
    live.settled()


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_finger_drags_a_slider(live):
    handle = live.root.locator(".noUi-handle").first
    x, y = middle(handle)
    swipe(live, (x, y), (80, 0))
    assert middle(handle)[0] - x == pytest.approx(80, abs=30)


def test_a_finger_that_goes_up_over_a_slider_scrolls_the_page(live):
    page, slider = live.notebook.page, live.root.locator(".noUi-target").first
    before = page.evaluate(SCROLLED)
    swipe(live, middle(slider), (0, -150))
    assert page.evaluate(SCROLLED) - before > 50
