"""What a hand feels, in JupyterLab in Chromium: key to pixels, frames in a drag.

The training picture under one slider, made five ways and measured in turn in this run:
as the course does it, with the accelerator and by the kernel alone; as most courses do,
with `interact` and `plt.show()`; with ipympl; and, as the limit, drawn by the page from
numbers that the kernel sends. On this machine, and over a line as to Binder.

python tools/bench_browser.py
"""

import json
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import nbformat
import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "browser"))
from lab import ROOT, Notebook, chromium, lab
from slow_line import slow_line

ROUNDS, KEYS, DRAG, MOVES = 5, 20, 3, 4000  # DRAG in seconds

COMMON = """
import json, matplotlib
from ipywidgets import HTML, IntSlider, Label, VBox, interact
from matplotlib import pyplot as plt
from backprop.frame import DPI, STYLE
from backprop.stages.training_loop.pictures import ITERATIONS, Training

picture = Training()
slider = IntSlider(0, 0, len(ITERATIONS) - 1)

def values(index):
    return {"learning_rate": 1, "iteration": ITERATIONS[index]}

def figure_at(index):
    figure = plt.figure(figsize=picture.size, dpi=DPI)
    moving = picture.draw(figure, **values(index))
    picture.move(**values(index))
    return figure, moving
"""
WAYS = {
    "backprop": """
from backprop.live import live
widget = live(picture, iteration=0)
widget
""",
    "kernel alone": """
from backprop import accelerator
from backprop.live import live
accelerator.AnyWidget = None
widget = live(picture, iteration=0)
widget
""",
    "interact": """
def show(index):
    with matplotlib.rc_context(STYLE):
        figure_at(index)
        plt.show()
    print(picture.words(**values(index)))
_ = interact(show, index=slider)
""",
    "ipympl": """
%matplotlib widget
words = HTML()
with matplotlib.rc_context(STYLE), plt.ioff():
    figure, _ = figure_at(0)

def show(change):
    with matplotlib.rc_context(STYLE):
        picture.move(**values(change["new"]))
        figure.canvas.draw_idle()
    words.value = picture.words(**values(change["new"]))
slider.observe(show, "value")
VBox([slider, figure.canvas, words])
""",
    "in the page": """
%matplotlib agg
import base64
from io import BytesIO
numbers, words, still = Label(), HTML(), BytesIO()
with matplotlib.rc_context(STYLE):
    figure, moving = figure_at(0)
    for artist in moving:
        artist.set_visible(False)
    figure.savefig(still, dpi=DPI)
lines = [(a.get_color(), a.get_linewidth(), a.get_marker(), a.get_transform())
         for a in moving]

def show(change):
    picture.move(**values(change["new"]))
    numbers.value = json.dumps([
        [color, width, marker, where.transform(a.get_xydata()).round(1).tolist()]
        for a, (color, width, marker, where) in zip(moving, lines)
    ]).replace("NaN", "null")
    words.value = picture.words(**values(change["new"]))
slider.observe(show, "value")
numbers.add_class("numbers")
image = base64.b64encode(still.getvalue()).decode()
VBox([slider, HTML(f'<img class="still" src="data:image/png;base64,{image}">'
      '<canvas class="drawn" width=840 height=360></canvas>'), words, numbers])
""",
}
# A frame is there when the page has painted it: after the next animation frame, when
# the browser has time again.
CLOCK = """() => {
    const bench = window.bench = {keys: [], frames: [], waiting: false};
    addEventListener("keydown", e => bench.keys.push(e.timeStamp), true);
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
        bench.waiting = false;
        bench.frames.push(performance.now());
    };
    const painted = () => {
        if (bench.waiting) return;
        bench.waiting = true;
        requestAnimationFrame(() => channel.port2.postMessage(0));
    };
    const draw = CanvasRenderingContext2D.prototype.drawImage;
    CanvasRenderingContext2D.prototype.drawImage = function(...args) {
        if (this.canvas.isConnected) painted();
        return draw.apply(this, args);
    };
    const plot = (context, still, lines) => {
        context.drawImage(still, 0, 0, 840, 360);
        for (const [color, width, marker, points] of lines) {
            context.strokeStyle = context.fillStyle = color;
            context.lineWidth = width * 100 / 72;
            context.beginPath();
            let pen = false;
            for (const [x, y] of points) {
                if (y === null) { pen = false; continue; }
                if (pen) context.lineTo(x, 360 - y); else context.moveTo(x, 360 - y);
                pen = true;
                if (marker !== "None") context.fillRect(x - 6, 354 - y, 12, 12);
            }
            context.stroke();
        }
    };
    const cell = [...document.querySelectorAll(".jp-CodeCell")].at(-1);
    new MutationObserver(records => {
        for (const record of records) {
            const target = record.target;
            if (target.closest?.(".numbers")) {
                const canvas = document.querySelector(".drawn");
                const still = document.querySelector(".still");
                plot(canvas.getContext("2d"), still, JSON.parse(target.textContent));
            }
            for (const node of record.addedNodes)
            {
                if (node.querySelector?.("figure svg")) painted();
                for (const image of node.querySelectorAll?.("img") ?? [])
                    image.decode().then(painted, () => null);
            }
        }
    }).observe(cell, {childList: true, subtree: true});
}"""
# Each move of the first of two sliders makes all frames of the second stale.
SECOND = """
from backprop.live import live
widget = live(picture, learning_rate=1, iteration=0)
widget
"""
# Where a move's time goes in the kernel, in ms; medians over all stops.
SPENT = """
import json, time
from statistics import median
def _times(function, rounds=3):
    spent = []
    for _ in range(rounds):
        for index in range(len(ITERATIONS)):
            begin = time.process_time()  # without the browser's share of the cores
            function(values(index))
            spent.append((time.process_time() - begin) * 1e3)
    return median(spent)
def _spent():
    screen = widget._screen
    return json.dumps({
        "a whole move": _times(lambda v: widget.set(**v)),
        "drawing": _times(lambda v: screen.frame(**v)),
        "words": _times(lambda v: widget.picture.words(**v)),
    })
"""
RSS = "int(open('/proc/self/statm').read().split()[1]) * 4096"


def slider(page):
    return page.locator(".jp-Notebook .noUi-handle").last


def keys(notebook, count):
    """Return ms from key to pixels, for each of `count` keys, to and fro."""
    page, spent = notebook.page, []
    page.bring_to_front()
    slider(page).press("Home")
    for i in range(count):
        still(page)
        frames = page.evaluate("bench.frames.length")
        slider(page).press("ArrowRight" if i % 40 < 20 else "ArrowLeft")
        page.wait_for_function("n => bench.frames.length > n", arg=frames)
        key, frame = page.evaluate("n => [bench.keys.at(-1), bench.frames[n]]", frames)
        spent.append(frame - key)
    return spent


def still(page, ms=200):
    """Wait until no frame has come for a while."""
    page.wait_for_function(
        f"performance.now() - Math.max(...bench.frames, ...bench.keys) > {ms}"
    )


def drag(notebook, seconds=None, frames=None):
    """Drag the slider to and fro; return the number of frames, and the seconds."""
    page = notebook.page
    page.bring_to_front()
    slider(page).press("Home")
    still(page)
    way = page.locator(".jp-Notebook .noUi-base").last.bounding_box()
    y = way["y"] + way["height"] / 2
    page.mouse.move(way["x"] + 1, y)
    page.mouse.down()
    begin = step = 0
    before, begin = page.evaluate("[bench.frames.length, performance.now()]")
    while True:
        pace = monotonic()
        step += 1
        place = abs((step * 0.06) % 2 - 1)  # each time at another stop
        page.mouse.move(way["x"] + place * way["width"], y)
        if step % 20 == 0:
            now, at = page.evaluate("[bench.frames.length, performance.now()]")
            if seconds and at - begin > seconds * 1e3:
                break
            if frames and now - before > frames:
                break
        sleep(max(0, 0.016 - (monotonic() - pace)))
    page.mouse.up()
    return now - before, (at - begin) / 1e3


def second_slider(browser, url, name):
    """Print what a hand feels that goes from one slider to the other, and drags it.

    Before each round the first slider moves by one stop, and rests for a second.
    """
    notebook = open_page(browser, url, name)
    page, spent, rates = notebook.page, [], []
    first = page.locator(".jp-Notebook .noUi-handle").first
    for measured in range(2 * ROUNDS):
        first.press("ArrowRight" if measured % 4 < 2 else "ArrowLeft")
        still(page, 1000)
        if measured % 2:
            spent += keys(notebook, KEYS)
        else:
            frames, seconds = drag(notebook, seconds=DRAG)
            rates.append(frames / seconds)
    notebook.close()
    print("\nThe second slider, after the first has moved and rested")
    print(
        f"p50 {median(spent):.0f} ms, p95 {np.percentile(spent, 95):.0f} ms; "
        f"{median(rates):.1f} frames/s in a drag"
    )


def start(folder):
    """Return seconds from `jupyter lab` to the first live picture, step by step."""
    begin, steps = monotonic(), {}
    with lab(folder, ROOT / "notebooks" / "05_training_loop.ipynb") as url:
        steps["server is up"] = monotonic() - begin
        with chromium() as browser:
            notebook = Notebook(browser, url, "05_training_loop.ipynb")
            steps["page is there, kernel ready"] = monotonic() - begin
            notebook.command("notebook:run-all-cells")
            notebook.page.wait_for_selector(".backprop-live figure")
            steps["first live picture"] = monotonic() - begin
            notebook.close()
    return steps


CPU = "__import__('time').process_time()"


def endurance(url, name):
    """Print memory before and after many moves, bytes and the kernel's CPU a move."""
    with chromium() as browser:
        notebook = open_page(browser, url, name)
        received = []
        notebook.cdp.send("Network.enable")
        notebook.cdp.on(
            "Network.webSocketFrameReceived",
            lambda event: received.append(len(event["response"]["payloadData"])),
        )

        def measure():
            notebook.cdp.send("HeapProfiler.collectGarbage")
            # Not the process: Playwright keeps a copy there of each picture received.
            heap = notebook.cdp.send("Runtime.getHeapUsage")["usedSize"]
            kernel = int(notebook.python("import gc; gc.collect()", RSS))
            return kernel, heap

        drag(notebook, frames=200)
        sizes = [measure()]
        received.clear()
        begin = float(notebook.python("", CPU))
        frames, _ = drag(notebook, frames=MOVES)
        spent = (float(notebook.python("", CPU)) - begin) / frames
        sent = sum(received) * 3 / 4 / frames  # base64, as the protocol gives it
        sizes.append(measure())
        notebook.close()
    print(
        f"\n{name}: {frames} moves in a drag; {sent / 1e3:.1f} kB a move to the page,"
    )
    print(f"{spent * 1e3:.1f} ms of the kernel's CPU a move, with all it prepared")
    for what, a, b in zip(("kernel", "page's objects"), *sizes):
        print(f"  {what:16}{a / 1e6:8.1f} MB, then {(b - a) / 1e6:+.1f} MB")


def main():
    with TemporaryDirectory() as folder:
        folder = Path(folder)
        paths = []
        for name, code in {**WAYS, "two sliders": SECOND}.items():
            cells = [nbformat.v4.new_code_cell(text) for text in (COMMON, code)]
            path = folder / f"{name.replace(' ', '-')}.ipynb"
            meta = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
            nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=meta), path)
            paths.append(path)
        *paths, two = paths
        with lab(folder / "lab", *paths, two) as url:
            with chromium() as browser:
                print("On this machine")
                here = compare(browser, url, paths)
                second_slider(browser, url, two.name)
                where_time_goes(browser, url, paths[0].name)
            address, port = url.rsplit(":", 1)
            with slow_line(int(port)) as other, chromium() as browser:
                print("\nOver a line of 80 ms round trip and 10 Mbit/s")
                there = compare(browser, f"{address}:{other}", paths)
                second_slider(browser, f"{address}:{other}", two.name)
            judge(here, there)
            for path in paths[:2]:
                endurance(url, path.name)
        print("\nFrom `jupyter lab` to the first live picture of stage 05, s")
        for what, seconds in start(folder / "start").items():
            print(f"  {what:30}{seconds:6.1f}")


def open_page(browser, url, name):
    """Return a notebook that has run, with the clock in its page."""
    notebook = Notebook(browser, url, name)
    notebook.command("notebook:run-all-cells")
    slider(notebook.page).wait_for()
    notebook.ready()
    notebook.page.evaluate(CLOCK)
    slider(notebook.page).press("ArrowRight")
    return notebook


def compare(browser, url, paths):
    """Print how fast each way is; return its p95 in ms and its frames a second."""
    pages = {n: open_page(browser, url, p.name) for n, p in zip(WAYS, paths)}
    latency = {name: [] for name in WAYS}
    rates = {name: [] for name in WAYS}
    for round in range(ROUNDS + 1):
        for name, notebook in pages.items():
            spent = keys(notebook, KEYS if round else 5)
            frames, seconds = drag(notebook, seconds=DRAG if round else 1)
            if round:  # the first one warms up
                latency[name] += spent
                rates[name].append(frames / seconds)
    print(f"{ROUNDS * KEYS} keys and {ROUNDS} drags of {DRAG} s each way, in turn")
    print(f"{'':16}{'p50 ms':>8}{'p95 ms':>8}{'frames/s':>10}")
    found = {}
    for name in WAYS:
        p95, rate = np.percentile(latency[name], 95), median(rates[name])
        print(f"{name:16}{median(latency[name]):8.0f}{p95:8.0f}{rate:10.1f}")
        found[name] = p95, rate
    for notebook in pages.values():
        notebook.close()
    return found


def judge(here, there):
    """Print what the budgets are about."""
    for where, found, budget in (("here", here, 0.25), ("on the line", there, 0.1)):
        ours, interact = found["backprop"], found["interact"]
        over = ours[0] / interact[0]
        print(
            f"p95 {where}: {ours[0]:.0f} ms (≤ 35), "
            f"{over:.2f} (≤ {budget}) of interact's"
        )
    for where, found in (("here", here), ("on the line", there)):
        more = found["backprop"][1] / found["kernel alone"][1]
        print(f"frames {where} over the kernel's alone: {more:.1f}")


def where_time_goes(browser, url, name):
    """Print the kernel's ms for each part of a move."""
    notebook = open_page(browser, url, name)
    spent = json.loads(eval(notebook.python(SPENT, "_spent()")))
    print("\nWhere a move's time goes in the kernel, ms")
    known = spent["drawing"] + spent["words"]
    for what, ms in {
        "drawing": spent["drawing"],
        "words": spent["words"],
        "controls, sending": spent["a whole move"] - known,
        "a whole move": spent["a whole move"],
    }.items():
        print(f"  {what:20}{ms:6.1f}")
    notebook.close()


if __name__ == "__main__":
    main()
