"""Speed as ratios to a reference, both measured in turn in this run; medians.

python tools/bench.py
"""

import subprocess
import sys
from contextlib import redirect_stdout
from functools import partial
from io import BytesIO, StringIO
from pathlib import Path
from statistics import median
from time import perf_counter

import matplotlib
import numpy as np
from matplotlib import pyplot

matplotlib.use("agg")
sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from course import PICTURES, exercises
from led import LED
from test_network import seeds_own_loop

from backprop import network
from backprop.data import four_rows
from backprop.frame import DPI, STYLE, Screen
from backprop.live import live
from backprop.stages.training_loop import Training

IMPORTS = """
from time import perf_counter
import numpy, matplotlib.figure, matplotlib.backends.backend_agg, PIL.Image, ipywidgets
begin = perf_counter()
import backprop.stages.training_loop
print(perf_counter() - begin)
"""


def seconds(function):
    begin = perf_counter()
    function()
    return perf_counter() - begin


def pairs(ours, reference, runs):
    """Return the medians of both, timed in turn."""
    ours(), reference()
    both = [(seconds(ours), seconds(reference)) for _ in range(runs)]
    return [median(times) for times in zip(*both)]


def training():
    X, y = four_rows()
    rates = np.geomspace(0.01, 1000, 41)
    start = [network.Layer(network.backpropagation(X, y, 1, 0))]
    return pairs(
        lambda: network.train(start, X, y, rates, 10000),
        lambda: seeds_own_loop(X, y, 1, 10000),
        runs=7,
    )


def moves():
    """Return the times of one move of the live picture, and of pyplot drawing it."""
    picture = Training()
    widget = live(picture, learning_rate=1, iteration=0)
    states = [
        {"learning_rate": rate, "iteration": iteration}
        for rate in (0.1, 1, 10, 100)
        for iteration in (1, 30, 1000, 10000)
    ]
    anew = Training()

    def each(function):
        return lambda: [function(values) for values in states]

    live_ms, pyplot_ms = pairs(
        each(lambda values: widget.set(**values)),
        each(lambda values: with_pyplot(anew, values)),
        runs=5,
    )
    return live_ms / len(states), pyplot_ms / len(states)


def with_pyplot(picture, values):
    """Draw a picture as most courses do: everything, for each move."""
    with matplotlib.rc_context(STYLE):
        figure = pyplot.figure(figsize=picture.size, dpi=DPI)
        picture.draw(figure, **values)
        picture.move(**values)
        figure.savefig(BytesIO(), format="png", dpi=DPI)
        pyplot.close(figure)


def each_picture(kind):
    """Return seconds of a move, of pyplot's, of a click that draws anew; or None."""
    screen, anew = Screen(kind()), kind()
    moved, redrawn = [], []
    for name, control in anew.controls.items():
        stops = getattr(control, "stops", None) or control.options
        some = dict.fromkeys(stops[i * len(stops) // 7] for i in range(7))
        states = [{**anew.start, name: stop} for stop in some]
        (redrawn if name in anew.redraw else moved).append(states)

    def ours(values):
        screen.frame(**values), anew.words(**values)

    times = []
    for states in moved:
        for values in states:
            ours(values)  # what is trained, or drawn for another control, comes first
            move = partial(ours, values), partial(with_pyplot, anew, values)
            times.append([seconds(each) for each in move])
    clicks = []
    for states in redrawn:
        for values in (*states, *states):  # the first round trains
            clicks.append(seconds(partial(ours, values)))
    middle = [median(each) for each in zip(*times)] or [None, None]
    return *middle, median(clicks[len(clicks) // 2 :]) if clicks else None


def importing():
    return median(
        float(subprocess.check_output([sys.executable, "-c", IMPORTS]))
        for _ in range(5)
    )


def row(what, ours, reference, budget):
    print(f"{what:58}{ours:>12}{reference:>12}{budget:>18}")


def longest_check():
    """Return the seconds of the check that takes longest in the bank, and its name."""
    answers = [each for each in LED if not each.endless]
    with redirect_stdout(StringIO()):
        times = [seconds(partial(_checked, each)) for each in answers]
    longest = int(np.argmax(times))
    return times[longest], answers[longest].answer.__name__


def _checked(marked):
    return exercises(marked.room)[marked.answer.__name__].check(marked.answer)


def main():
    row("what", "here", "reference", "ratio (budget)")
    a, b = training()
    ratio = f"{a / b:.2f} (≤ 3)"
    row("41 rates × 10,000, every state kept / seed's loop, ms",
        f"{a * 1e3:.0f}", f"{b * 1e3:.0f}", ratio)  # fmt: skip
    a, b = moves()
    ratio = f"{a / b:.2f} (≤ 0.25)"
    row("one move of the training picture / anew with pyplot, ms",
        f"{a * 1e3:.1f}", f"{b * 1e3:.1f}", ratio)  # fmt: skip
    row("import backprop over its libraries, s", f"{importing():.3f}", "", "(≤ 0.15)")
    longest, name = longest_check()
    row(f"an answer checked, the longest ({name}), s", f"{longest:.2f}", "", "(≤ 2)")
    print(
        "\nThe kernel's ms for a move, pyplot's, their ratio (≤ 0.25); a new still part"
    )
    for name, kind in PICTURES.items():
        move, pyplots, click = each_picture(kind)
        line = f"  {name:20}" + " " * 24
        if move:
            line = f"  {name:20}{move * 1e3:8.1f}{pyplots * 1e3:8.1f}"
            line += f"{move / pyplots:8.2f}"
        print(line + (f"{click * 1e3:8.1f}" if click else ""))


if __name__ == "__main__":
    main()
