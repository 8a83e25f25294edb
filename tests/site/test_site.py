"""The browser edition as built, in a browser: every stage, with no server behind it.

Pyodide's CDN is answered from a folder (PYODIDE_DIST, made by pyodide_dist.py). Any
other request that leaves this machine is a failure.
"""

import json
import os
import re
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import monotonic

import pytest
from in_a_browser import move_the_first_picture, ran_all, run_all
from lab import CHROMIUM, chromium
from notebook_tool import notebooks

ROOT = Path(__file__).parent.parent.parent
SITE = ROOT / "build" / "site"
PYODIDE = Path(os.environ.get("PYODIDE_DIST", ROOT / "build" / "pyodide"))
CDN = "https://cdn.jsdelivr.net/pyodide/"
PATIENCE = 240_000  # ms; a busy machine is slow, and that is no failure

pytestmark = pytest.mark.skipif(
    not (SITE / "index.html").exists(), reason="build/site is not there: make site"
)


class Quiet(SimpleHTTPRequestHandler):
    """Serve files and print nothing."""

    extensions_map = {
        **SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def address():
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=SITE))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="module")
def browser():
    if not (PYODIDE / "pyodide-lock.json").exists():
        pytest.skip(f"no Pyodide in {PYODIDE}: tests/site/pyodide_dist.py makes it")
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no browser: {CHROMIUM} is not there")
    with chromium() as running:
        yield running


@contextmanager
def visitor(browser, address):
    """Give the page of a new visitor: nothing cached, nothing stored."""
    outside = []

    def answer(route):
        url = route.request.url.partition("?")[0]
        file = PYODIDE / url.rpartition("/")[2]
        if url.startswith(CDN) and file.exists():
            kind = Quiet.extensions_map.get(file.suffix, "application/octet-stream")
            headers = {"Access-Control-Allow-Origin": "*", "Content-Type": kind}
            route.fulfill(path=file, headers=headers)
        elif url.startswith(address):
            route.continue_()
        else:
            outside.append(url)
            route.abort()

    context = browser.new_context(viewport={"width": 1280, "height": 720})
    context.set_default_timeout(PATIENCE)
    context.route("**/*", answer)
    try:
        yield context.new_page()
        assert not outside, f"requests that leave this machine: {outside}"
    finally:
        context.close()


@pytest.mark.parametrize("path", notebooks(), ids=lambda path: path.stem)
def test_a_stage_runs_and_its_first_picture_moves(path, browser, address, capsys):
    with visitor(browser, address) as page:
        begin = monotonic()
        page.goto(f"{address}/lite/lab/index.html?path={path.name}")
        run_all(page)
        first = monotonic() - begin
        ran_all(page, path)
        everything = monotonic() - begin
        move_the_first_picture(page)
    with capsys.disabled():
        print(f"\n{path.stem}: first picture {first:.0f} s, all {everything:.0f} s")


def test_the_site_has_every_notebook_as_it_is():
    for path in notebooks():
        there = SITE / "lite" / "files" / path.name
        assert there.read_bytes() == path.read_bytes(), "old: make site"


def test_the_site_has_the_settings_that_keep_pictures():
    config = json.loads((SITE / "lite" / "jupyter-lite.json").read_bytes())
    wanted = json.loads((ROOT / "settings" / "overrides.json").read_bytes())
    assert wanted.items() <= config["jupyter-config-data"]["settingsOverrides"].items()


def test_every_link_of_each_page_leads_somewhere():
    for path in SITE.glob("*.html"):
        html = path.read_text(encoding="utf-8")
        for link in re.findall('href="([^"#]+)', html):
            page, _, name = link.partition("?path=")
            assert "://" in link or (SITE / page).exists(), (path.name, link)
            assert not name or (SITE / "lite" / "files" / name).exists(), link


def test_each_stage_links_its_own_notebook():
    for path in notebooks():
        html = (SITE / f"{path.stem}.html").read_text(encoding="utf-8")
        named = re.findall(r'href="lite/lab/index.html\?path=(.+?)"', html)
        assert {*named} == {path.name}


def test_old_addresses_lead_to_the_pages():
    for path in SITE.glob("*.html"):
        html = (SITE / "read" / path.name).read_text(encoding="utf-8")
        assert f"url=../{path.name}" in html
