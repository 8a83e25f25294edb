"""A real JupyterLab in a real browser, as the tests and the benchmark use it."""

import base64
import json
import os
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager
from functools import cache, cached_property, lru_cache
from io import BytesIO
from pathlib import Path
from time import monotonic, sleep

from course import PICTURES, ROOMS, code_cells, opened
from live_pages import call_in
from PIL import Image
from playwright.sync_api import sync_playwright

from backprop.frame import Screen
from backprop.picture import Knob

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FIREFOX = os.environ.get("FIREFOX", "/usr/bin/firefox-esr")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)
TOKEN = "a-token-for-this-test"


@contextmanager
def lab(folder, *notebooks, without=()):
    """Run JupyterLab over copies of the notebooks; give its address.

    without: names of front ends that are disabled, as if they were not installed.
    """
    root = folder / "notebooks"
    root.mkdir(parents=True)
    for path in notebooks:
        shutil.copy(path, root)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {name: str(folder / name) for name in ("config", "data", "runtime")}
    config = folder / "config" / "labconfig" / "page_config.json"
    config.parent.mkdir(parents=True)
    config.write_text(json.dumps({"disabledExtensions": dict.fromkeys(without, True)}))
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


@contextmanager
def firefox():
    """Run one Firefox, the system's own, without a window."""
    with sync_playwright() as playwright:
        # The channel says: by WebDriver BiDi, which an unpatched Firefox speaks.
        browser = playwright.firefox.launch(
            executable_path=FIREFOX, channel="moz-firefox"
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
    const image = root.querySelector("[role=img]");
    // What lies uppermost: the moving part, and the still part nearest below it.
    const svg = [...root.querySelectorAll(".backprop-picture svg")]
        .slice(-2).map(e => e.outerHTML);
    return {
        src: svg.join(""), alt: image.ariaLabel,
        words: root.querySelector("figcaption").textContent,
        message: root.querySelector("[role=alert]")?.textContent ?? "",
        boxes: [...root.querySelectorAll(".backprop-row input[type=text]")].map(
            e => e.value),
        sliders: [...root.querySelectorAll("[role=slider]")].map(
            e => Number(e.ariaValueNow)),
        chosen: [...root.querySelectorAll(".mod-active")].map(e => e.textContent),
    };
}"""
# Of each live widget: the picture's class, the values it began with, what is shown.
BEGAN = """[(type(w.picture).__name__, w._start, list(w._show))
    for w in __import__("ipywidgets").widgets.widget._instances.values()
    if isinstance(w, __import__("backprop.live").live.Live)]"""
SHOWN = ("src", "alt", "words", "sliders", "message")


@cache
def made(kind):
    """Return a picture, made here and not in the notebook's kernel."""
    return PICTURES[kind]()


@cache
def _made_for(name):
    """Return the pictures of a stage's page, as its cells make them; else None."""
    room = name.removesuffix(".ipynb").partition("_")[2]
    if room not in ROOMS:
        return None
    calls = [call_in(cell.source) for cell in code_cells(room)]
    return [opened(room, call)[0] for kind, call in calls if kind == "live"]


@lru_cache(4096)
def drawn(picture, values):
    """Return (SVG, words) of a picture at values, given as (name, value) pairs."""
    svg = "".join(_screen(picture).frame(**dict(values)))
    return svg, picture.words(**dict(values))


@cache
def _screen(picture):
    return Screen(picture)


def _read(knob, text):
    try:
        return knob.read(text)
    except ValueError:
        return None


# Pairs of still and moving part, painted one on the other: their pixels, as data URIs.
PAINT = """([frames, scale]) => Promise.all(frames.map(async svgs => {
    const canvas = new OffscreenCanvas(1, 1), context = canvas.getContext("2d");
    const parts = new DOMParser().parseFromString(svgs, "text/html");
    for (const svg of parts.querySelectorAll("svg")) {
        if (canvas.width === 1)
            [canvas.width, canvas.height] = ["width", "height"].map(
                name => scale * svg.getAttribute(name));
        const image = new Image();
        image.src = "data:image/svg+xml," + encodeURIComponent(svg.outerHTML);
        await image.decode();
        context.drawImage(image, 0, 0, canvas.width, canvas.height);
    }
    const blob = await canvas.convertToBlob();
    const bytes = Array.from(new Uint8Array(await blob.arrayBuffer()));
    return btoa(bytes.map(byte => String.fromCharCode(byte)).join(""));
}))"""


class Notebook:
    """A notebook that is open in JupyterLab, in a page of its own."""

    def __init__(self, browser, url, name, width=1280, height=720, scale=1):
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, device_scale_factor=scale
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(60_000)
        self.errors, self._read = [], {}
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self._note(str(error)))
        self.url, self.name = url, name
        self.open()

    @cached_property
    def cdp(self):
        """Chromium's own protocol; other browsers have none."""
        return self.context.new_cdp_session(self.page)

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
            "n => document.querySelectorAll('.backprop-live figure').length === n",
            arg=self.count("live("),
        )
        self.began = eval(self.python("", BEGAN))
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

    def as_in_the_page(self, svg):
        """Return SVG as a page writes it that has read it."""
        if svg not in self._read:
            read = "svg => new DOMParser().parseFromString(svg, 'text/html').body"
            self._read[svg] = self.page.evaluate(f"{read}.innerHTML", svg)
        return self._read[svg]

    def paint(self, frames, scale=1):
        """Return the pixels of frames, each two SVG, as the browser paints them."""
        found = self.page.evaluate(PAINT, [list(frames), scale])
        return [Image.open(BytesIO(base64.b64decode(png))) for png in found]

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
        self.kind, self.start, names = notebook.began[k]
        pictures = _made_for(notebook.name)
        self.picture = pictures[k] if pictures else made(self.kind)
        self.controls = {name: self.picture.controls[name] for name in names}
        self.knobs = {n: c for n, c in self.controls.items() if isinstance(c, Knob)}
        self.choices = [name for name in names if name not in self.knobs]
        self.root = self.page.locator(".jp-Notebook .backprop-live").nth(k)
        self.sliders = self.root.locator(".noUi-handle")
        self.boxes = self.root.locator(".backprop-row input[type=text]")
        self.buttons = self.root.locator(".widget-button")
        self.options = self.root.locator(".widget-toggle-button")
        self.image = self.root.locator("[role=img]")

    def show(self):
        """Bring it to the top of the screen."""
        for _ in range(2):  # what comes into sight is only then laid out, and moves
            self.root.evaluate("e => e.closest('.jp-OutputArea').scrollIntoView()")
            self.page.evaluate("() => new Promise(requestAnimationFrame)")
        return self

    @property
    def first(self):
        """What it showed after Run All."""
        return self.notebook.first[self.k]

    def state(self):
        """Return what it shows; for nonsense in a box, None."""
        state = self.root.evaluate(STATE)
        return {**state, "boxes": list(map(_read, self.knobs.values(), state["boxes"]))}

    def named_states(self):
        """Return the names on the buttons over the picture, but for Reset."""
        names = self.buttons.all_inner_texts()
        return names[: names.index("Reset")]

    def button(self, name):
        """Return the button of a named state, or Reset."""
        named = self.page.get_by_role("button", name=name, exact=True)
        return self.buttons.and_(named)

    def tree(self):
        """Return (role, name) of all that assistive technology finds in it."""
        cdp = self.notebook.cdp
        find = f"document.querySelectorAll('.jp-Notebook .backprop-live')[{self.k}]"
        found = cdp.send("Runtime.evaluate", {"expression": find})["result"]
        where = {"objectId": found["objectId"]}
        return [
            (node["role"]["value"], node.get("name", {}).get("value", ""))
            for node in cdp.send("Accessibility.queryAXTree", where)["nodes"]
            if not node["ignored"]
        ]

    def says(self, words):
        """Return whether the image's text alternative is, or soon becomes, these words.

        The browser brings its tree up to date a little after its page.
        """
        begin = monotonic()
        while ("image", words) not in self.tree():
            if monotonic() > begin + 5:
                return False
            sleep(0.05)
        return True

    def values(self, state):
        """Return the values that the controls show, or None if one is out of range."""
        shown = dict(
            zip([*self.knobs, *self.choices], state["boxes"] + state["chosen"])
        )
        try:
            return {**self.start, **self.picture.check(**shown)}
        except ValueError:
            return None

    def asked(self, state):
        """Return what should be shown at these controls."""
        values = self.values(state)
        if values is None:
            return {"values": None}
        svg, words = drawn(self.picture, tuple(values.items()))
        src = self.notebook.as_in_the_page(svg)
        sliders = [knob.nearest(values[name]) for name, knob in self.knobs.items()]
        return {
            "src": src, "alt": words, "words": words, "sliders": sliders,
            "message": "", "values": values,
        }  # fmt: skip

    def settled(self, name=None):
        """Return what is shown and what should be, once no move is under way.

        A slider and its box agree when the kernel has answered, the pixels and words
        when its answer is there. name: a named state whose values are waited for.
        """
        states = {**self.picture.states, "Reset": self.start}
        goal, begin = states.get(name, {}).items(), monotonic()
        while True:
            now = self.state()
            asked = self.asked(now)
            there = asked["values"] is not None and goal <= asked["values"].items()
            if there and all(now[key] == asked[key] for key in SHOWN):
                return now, asked
            if monotonic() > begin + 30:
                return now, asked
            sleep(0.02)

    def changed(self, before):
        """Wait until the pixels are not those of the state `before`."""
        self.page.wait_for_function(
            f"([e, src]) => ({STATE})(e).src !== src",
            arg=[self.root.element_handle(), before["src"]],
        )
        return self.state()
