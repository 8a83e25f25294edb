"""One browser for all tests, and the pages as `make html` left them."""

import os
from contextlib import contextmanager
from pathlib import Path

import pytest
from lab import CHROMIUM, chromium
from notebook_tool import notebooks
from shown import FOLDER

# Of the notebooks in $NAMES ("05_training_loop"), or all of them.
STEMS = [path.stem for path in notebooks()]
ASKED = os.environ.get("NAMES", "").split() or STEMS


@pytest.fixture(scope="session")
def browser():
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no browser: {CHROMIUM} is not there")
    with chromium() as running:
        yield running


@pytest.fixture
def opened(browser):
    """Give what opens a page of this name in a new window, from the disk."""

    @contextmanager
    def window(name, address="", **settings):
        if name in STEMS and name not in ASKED:
            pytest.skip(f"{name} stands still here: $NAMES")
        settings = {"viewport": {"width": 1280, "height": 720}, **settings}
        context = browser.new_context(**settings)
        page, faults = context.new_page(), []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console",
            lambda said: said.type in ("error", "warning") and faults.append(said.text),
        )
        page.on(
            "request",
            lambda asked: (
                asked.url.startswith(("file:", "data:"))
                or faults.append(f"asked for {asked.url}")
            ),
        )
        try:
            page.goto((FOLDER / f"{name}.html").as_uri() + address)
            yield page
            assert faults == []
        finally:
            context.close()

    return window


@pytest.fixture(params=ASKED)
def name(request):
    """Give the name of each page that has pictures."""
    return request.param
