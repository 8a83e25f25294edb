"""Speed as ratios to a reference, both measured in turn in this run; medians.

python tests/benchmarks/bench.py
"""

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter

import matplotlib
import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))
from test_network import seeds_own_loop
from test_words import CLASSES, extremes

from backprop import network
from backprop.data import four_rows
from backprop.pictures import Screen, Training
from backprop.pictures.picture import DPI, STYLE
from backprop.widgets import live

IMPORTS = """
from time import perf_counter
import numpy, matplotlib.figure, matplotlib.backends.backend_agg, PIL.Image, ipywidgets
begin = perf_counter()
import backprop, backprop.widgets, backprop.checks
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
    from matplotlib import pyplot

    matplotlib.use("agg")
    picture = Training()
    widget = live(picture, learning_rate=1, iteration=0)
    states = [
        {"learning_rate": rate, "iteration": iteration}
        for rate in (0.1, 1, 10, 100)
        for iteration in (1, 30, 1000, 10000)
    ]
    anew = Training()

    def with_pyplot(values):
        with matplotlib.rc_context(STYLE):
            figure = pyplot.figure(figsize=anew.size, dpi=DPI)
            anew.draw(figure, **values)
            anew.move(**values)
            figure.savefig(BytesIO(), format="png", dpi=DPI)
            pyplot.close(figure)

    def each(function):
        return lambda: [function(values) for values in states]

    live_ms, pyplot_ms = pairs(
        each(lambda values: widget.set(**values)), each(with_pyplot), runs=5
    )
    return live_ms / len(states), pyplot_ms / len(states)


def slowest_moves():
    """Return for each picture (median, slowest) seconds of a move, PNG included."""
    return {name: slowest_move(kind()) for name, kind in CLASSES.items()}


def slowest_move(picture):
    screen = Screen(picture)

    def move(values):
        return seconds(lambda: (screen.png(**values), picture.words(**values)))

    for _ in range(2):  # the first round draws still parts and trains
        times = [move(values) for values in (picture.start, *extremes(picture))]
    return median(times), max(times)


def importing():
    return median(
        float(subprocess.check_output([sys.executable, "-c", IMPORTS]))
        for _ in range(5)
    )


def row(what, ours, reference, budget):
    print(f"{what:58}{ours:>12}{reference:>12}{budget:>18}")


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
    print("\nA move of each picture in the kernel, ms: median, slowest")
    for name, (middle, most) in slowest_moves().items():
        print(f"  {name:30}{middle * 1e3:8.1f}{most * 1e3:8.1f}")


if __name__ == "__main__":
    main()
