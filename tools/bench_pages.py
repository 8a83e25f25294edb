"""What a hand feels in the live pages in Chromium: of each its heaviest picture.

python tools/bench_pages.py [NAME ...]      from the disk, as `make html` left them

Printed are the seconds from the click on the page to the picture that can be moved, ms
from key to pixels, and frames a second in a drag of its slowest slider.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "browser"))
from lab import ROOT, chromium
from notebook_tool import notebooks

FOLDER = ROOT / "build" / "html"
KEYS, SECONDS = 40, 2  # of each slider; of its drag

# A frame is there when the page has painted it: after the next animation frame, when
# the browser has time again.
CLOCK = """addEventListener("DOMContentLoaded", () => {
    const bench = window.bench = {keys: [], frames: []};
    addEventListener("keydown", e => bench.keys.push(e.timeStamp), true);
    const channel = new MessageChannel();
    channel.port1.onmessage = () => bench.frames.push(performance.now());
    const weight = live => [...live.querySelectorAll("[data-tile]")]
        .reduce((sum, tile) => sum + tile.textContent.length, 0);
    const lives = [...document.querySelectorAll(".live")]
        .filter(live => live.querySelector("[type=range]"));
    bench.live = lives.reduce((a, b) => weight(b) > weight(a) ? b : a);
    bench.weight = weight(bench.live);
    new MutationObserver(() => {
        if (bench.waiting) return;
        bench.waiting = true;
        requestAnimationFrame(() => {
            bench.waiting = false;
            channel.port2.postMessage(0);
        });
    }).observe(bench.live.querySelector(".frame"), {childList: true, subtree: true});
    bench.live.scrollIntoView();
})"""

# In the page, since a hand is faster than what drives the browser.
DRAG = """async ([slider, seconds]) => {
    const last = Number(slider.max), end = performance.now() + 1000 * seconds;
    let frames = 0, before = bench.live.dataset.at;
    for (let step = 1; performance.now() < end; step++) {
        slider.value = Math.abs((step + last) % (2 * last) - last);
        slider.dispatchEvent(new Event("input"));
        await new Promise(requestAnimationFrame);
        frames += bench.live.dataset.at !== before;
        before = bench.live.dataset.at;
    }
    return frames / seconds;
}"""


def sliders(page):
    """Return the sliders of the picture that is measured."""
    live = page.evaluate_handle("bench.live").as_element()
    return live.query_selector_all("[type=range]")


def keys(page, slider):
    """Return ms from key to pixels, for each of some keys, to and fro."""
    spent, last = [], int(slider.get_attribute("max"))
    slider.press("Home")
    for i in range(KEYS):
        page.wait_for_timeout(200)
        frames = page.evaluate("bench.frames.length")
        slider.press("ArrowRight" if i // last % 2 == 0 else "ArrowLeft")
        page.wait_for_function("n => bench.frames.length > n", arg=frames)
        key, frame = page.evaluate("n => [bench.keys.at(-1), bench.frames[n]]", frames)
        spent.append(frame - key)
    return spent


def drag(page, slider):
    """Move a slider to and fro, a stop for each frame; return frames a second."""
    return page.evaluate(DRAG, [slider, SECONDS])


def measure(browser, name):
    """Print the line of one page."""
    size = {"width": 1280, "height": 720}
    # The page's own policy lets no function be waited for.
    page = browser.new_context(viewport=size, bypass_csp=True).new_page()
    page.add_init_script(CLOCK)
    page.goto((FOLDER / f"{name}.html").as_uri())
    page.wait_for_function("bench.frames.length")
    ready, weight = page.evaluate("[bench.frames[0], bench.weight]")
    spent, rates = [], []
    for slider in sliders(page):
        spent += keys(page, slider)
        rates.append(drag(page, slider))
    size = (FOLDER / f"{name}.html").stat().st_size
    print(
        f"{name:24}{size / 1e6:6.2f}{weight / 1e3:9.0f}{ready / 1e3:8.2f}"
        f"{np.median(spent):8.0f}{np.percentile(spent, 95):8.0f}{min(rates):10.0f}",
        flush=True,
    )
    page.context.close()


def main(names):
    print("Live pages, from the disk; of each the picture with most in it")
    print(
        f"{'':24}{'MB':>6}{'its kB':>9}{'open s':>8}{'p50 ms':>8}{'p95 ms':>8}"
        f"{'frames/s':>10}"
    )
    with chromium() as browser:
        for name in names or [path.stem for path in notebooks()]:
            measure(browser, name)


if __name__ == "__main__":
    main(sys.argv[1:])
