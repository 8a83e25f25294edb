"""A real JupyterLab in a real browser, as the tests and the benchmark use it."""

import base64
import json
import os
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from time import monotonic, sleep

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)
TOKEN = "a-token-for-this-test"


@contextmanager
def lab(folder, *notebooks):
    """Run JupyterLab over copies of the notebooks; give its address."""
    root = folder / "notebooks"
    root.mkdir(parents=True)
    for path in notebooks:
        shutil.copy(path, root)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {name: str(folder / name) for name in ("config", "data", "runtime")}
    environment = {
        **os.environ,
        # The user's own settings and kernels play no part.
        "JUPYTER_CONFIG_DIR": own["config"],
        "JUPYTER_DATA_DIR": own["data"],
        "JUPYTER_RUNTIME_DIR": own["runtime"],
        "JUPYTERLAB_SETTINGS_DIR": own["config"],
        "JUPYTERLAB_WORKSPACES_DIR": own["config"],
    }
    options = ["--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}"]
    options += ["--expose-app-in-browser", f"--IdentityProvider.token={TOKEN}"]
    with open(folder / "lab.log", "w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyter", "lab", *options],
            cwd=root,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for(port, server, folder / "lab.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()


def _wait_for(port, server, log):
    begin = monotonic()
    while monotonic() < begin + 120:
        if server.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start: {log.read_text()[-2000:]}")


@contextmanager
def chromium():
    """Run one browser, without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=FLAGS.split()
        )
        try:
            yield browser
        finally:
            browser.close()


SCREENSHOTS = ROOT / "build" / "screenshots"
# What JupyterLab shows in the place of a widget that it cannot show.
BROKEN = (
    "model not found",
    "Click to show javascript error",
    "Error displaying widget",
    "Error creating widget",
)
# Errors of JupyterLab itself, by name; everything else on the console is ours.
NOT_OURS = ("Cannot send",)  # a control is moved whose kernel is gone

IDLE = """jupyterapp?.shell.currentWidget?.sessionContext?.session
    ?.kernel?.status === "idle" """
# What one live widget shows: all a reader sees, and all a screen reader hears.
STATE = """root => {
    const figure = root.querySelector("figure"), image = figure.querySelector("img");
    return {
        src: image.src, alt: image.alt, words: figure.textContent,
        message: root.querySelector("[role=alert]")?.textContent ?? "",
        boxes: [...root.querySelectorAll("input[type=number]")].map(
            e => Number(e.value)),
        sliders: [...root.querySelectorAll("[role=slider]")].map(
            e => Number(e.ariaValueNow)),
        chosen: [...root.querySelectorAll(".mod-active")].map(e => e.textContent),
    };
}"""
# The same from the kernel. That a kept screen draws what a new one would is held by
# test_words.py.
ASK = """
import base64 as _b, json as _j, ipywidgets as _w
from backprop.widgets import Live as _L

def _ask(k):
    live = [w for w in _w.widgets.widget._instances.values() if isinstance(w, _L)][k]
    shown = {name: live.picture.controls[name] for name in live._show}
    knobs = {name: c for name, c in shown.items() if hasattr(c, "stops")}
    words = live.picture.words(**live.values)
    png = live._screen.png(**live.values)
    return _j.dumps({
        "src": "data:image/png;base64," + _b.b64encode(png).decode(),
        "alt": words, "words": words,
        "boxes": [live.values[name] for name in knobs],
        "sliders": [c.nearest(live.values[name]) for name, c in knobs.items()],
        "chosen": [live.values[name] for name in shown if name not in knobs],
        "values": live.values,
        "stops": [c.stops for c in knobs.values()],
        "states": {**live.picture.states, "Reset": live._start},
    })
"""
SHOWN = ("src", "alt", "words", "boxes", "sliders", "chosen")


def decoded(src):
    """Return the image in a data URI."""
    return Image.open(BytesIO(base64.b64decode(src.split(",")[1])))


class Notebook:
    """A notebook that is open in JupyterLab, in a page of its own."""

    def __init__(self, browser, url, name, width=1280, height=720, scale=1):
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, device_scale_factor=scale
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(60_000)
        self.cdp = self.context.new_cdp_session(self.page)
        self.errors = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self._note(str(error)))
        self.url, self.name = url, name
        self.open()

    def _listen(self, message):
        if message.type == "error":
            self._note(f"{message.text} {message.location.get('url')}")

    def _note(self, error):
        if not any(name in error for name in NOT_OURS):
            self.errors.append(error)

    def open(self):
        """Open the file; nothing runs."""
        self.page.goto(f"{self.url}/lab/tree/{self.name}?reset&token={TOKEN}")
        self.page.wait_for_selector(".jp-Notebook .jp-Cell")
        self.ready()

    def ready(self):
        """Wait until the kernel has nothing to do."""
        self.page.wait_for_function(IDLE)

    def command(self, name, **args):
        """Run a command of JupyterLab, as its menus do, to its end."""
        code = "([name, args]) => jupyterapp.commands.execute(name, args)"
        return self.page.evaluate(code, [name, args])

    def run_all(self):
        """Run all cells, and wait until each live picture stands there."""
        self.command("notebook:run-all-cells")
        self.ready()
        self.page.wait_for_function(
            "n => document.querySelectorAll('.backprop-live img').length === n",
            arg=self.count("live("),
        )
        self.python(ASK)
        self.first = [live.settled()[0] for live in self.lives()]

    def count(self, call):
        """Return the number of code cells with a line that begins so."""
        return self.page.evaluate(
            """call => jupyterapp.shell.currentWidget.content.widgets.filter(
            c => c.model.type === "code" && c.model.sharedModel.source.split("\\n")
            .some(line => line.startsWith(call))).length""",
            call,
        )

    def python(self, code, expression="None"):
        """Run code in the notebook's kernel, unseen; return an expression's repr."""
        reply = self.page.evaluate(
            """async ([code, value]) => {
                const session = jupyterapp.shell.currentWidget.sessionContext.session;
                const future = session.kernel.requestExecute({code, silent: true,
                    store_history: false, user_expressions: {value}});
                return (await future.done).content;
            }""",
            [code, expression],
        )
        assert reply["status"] == "ok", reply
        value = reply["user_expressions"]["value"]
        assert value["status"] == "ok", value
        return value["data"]["text/plain"]

    def lives(self):
        """Return the live widgets, from the top down."""
        return [
            Live(self, k)
            for k in range(self.page.locator(".jp-Notebook .backprop-live").count())
        ]

    def faults(self):
        """Return what is broken on the page, or was said on the console."""
        text = self.page.locator(".jp-Notebook").text_content()
        return [broken for broken in BROKEN if broken in text] + self.errors

    def photograph(self, what):
        """Keep a screenshot under build/screenshots."""
        self.page.screenshot(path=self._file(what))

    def keep(self, what, image):
        """Keep an image."""
        image.save(self._file(what))

    def _file(self, what):
        folder = SCREENSHOTS / self.name.removesuffix(".ipynb")
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{what}.png"

    def close_kernel(self):
        """Shut the kernel down."""
        self.page.evaluate("jupyterapp.shell.currentWidget?.sessionContext?.shutdown()")

    def close(self):
        """Shut the kernel down and close the page."""
        self.close_kernel()
        self.context.close()


class Live:
    """One live widget on the page."""

    def __init__(self, notebook, k):
        self.notebook, self.page, self.k = notebook, notebook.page, k
        self.root = self.page.locator(".jp-Notebook .backprop-live").nth(k)
        self.sliders = self.root.locator(".noUi-handle")
        self.boxes = self.root.locator("input[type=number]")
        self.buttons = self.root.locator(".widget-button")
        self.options = self.root.locator(".widget-toggle-button")
        self.image = self.root.locator("img")

    def show(self):
        """Bring it to the top of the screen."""
        for _ in range(2):  # what comes into sight is only then laid out, and moves
            self.root.evaluate("e => e.closest('.jp-OutputArea').scrollIntoView()")
            self.page.evaluate("() => new Promise(requestAnimationFrame)")
        self.page.wait_for_function(
            "e => e.querySelector('img').complete", arg=self.root.element_handle()
        )
        return self

    @property
    def first(self):
        """What it showed after Run All."""
        return self.notebook.first[self.k]

    def state(self):
        """Return what it shows."""
        return self.root.evaluate(STATE)

    def named_states(self):
        """Return the names on the buttons over the picture, but for Reset."""
        names = self.buttons.all_inner_texts()
        return names[: names.index("Reset")]

    def knobs(self):
        """Return the stops of each slider and box."""
        return self.asked()["stops"]

    def asked(self):
        """Return what the kernel says it should show."""
        return json.loads(eval(self.notebook.python("", f"_ask({self.k})")))

    def settled(self, state=None):
        """Return what it shows and what it should, once no move is under way.

        A widget's messages go to the kernel beside those of `python`, and a drag sends
        the next move when the last was answered: so wait until all agree, at the
        values of a named state if one is given.
        """
        begin = monotonic()
        while True:
            asked, now = self.asked(), self.state()
            there = asked["states"].get(state, {}).items() <= asked["values"].items()
            if there and all(now[key] == asked[key] for key in SHOWN):
                return now, asked
            if monotonic() > begin + 30:
                return now, asked
            sleep(0.02)

    def changed(self, before):
        """Wait until the pixels are not those of the state `before`."""
        self.page.wait_for_function(
            "([e, src]) => e.querySelector('img').src !== src",
            arg=[self.root.element_handle(), before["src"]],
        )
        return self.state()
