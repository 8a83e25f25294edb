"""Who multiplies how often: the picture of forks in a row."""

import numpy as np

from backprop.graph import board
from backprop.picture import (
    BLACK,
    BLUE,
    GREY,
    VERMILLION,
    Choice,
    Knob,
    Picture,
    count,
    joined,
    on_top,
    power,
    ticks,
)
from backprop.stages.chain_rule.forks import (
    ALL,
    BACKWARD,
    FORWARD,
    ONE,
    PATHS,
    TOO_EARLY,
    WAYS,
    edges,
    moments,
    multiplications,
    n,
    say,
    w,
)

MOST_FORKS, STEPS = 8, 32
LOOKS = {  # a way's colour, and what fills a node that is complete
    PATHS: (BLACK, "#DDDDDD"),
    FORWARD: (BLUE, "#CFE6F5"),
    BACKWARD: (VERMILLION, "#FFDDBF"),
    TOO_EARLY: (VERMILLION, "#FFDDBF"),
}
HEIGHTS = {1: 1.6, 0: 1.05, -1: 0.5, -2: 0.15}  # inches, by a node's row
IN_WORDS = ("two", "three", "four", "five", "six", "seven", "eight")


class Forks(Picture):
    """Forks in a row: each way to the gradients, and the multiplications it takes.

    A step is one multiplication, or one whole path. Where a way has more of these than
    the control has steps, each step is several.
    """

    size = (8.4, 3.56)
    controls = {
        "forks": Knob("forks", tuple(range(1, MOST_FORKS + 1)), whole=True),
        "way": Choice("way", WAYS),
        "weights": Choice("for", (ONE, ALL)),
        "step": Knob("step", tuple(range(STEPS + 1)), whole=True, play=True),
    }
    start = {"forks": 3, "way": BACKWARD, "weights": ALL, "step": 3}
    states = {
        "forward, one weight": {
            "forks": 3, "way": FORWARD, "weights": ONE, "step": STEPS
        },
        "forward, all weights": {
            "forks": 3, "way": FORWARD, "weights": ALL, "step": STEPS
        },
        "backward, all weights": {
            "forks": 3, "way": BACKWARD, "weights": ALL, "step": STEPS
        },
        "eight forks by paths": {
            "forks": 8, "way": PATHS, "weights": ALL, "step": 24
        },
        "sent on too early": {
            "forks": 2, "way": TOO_EARLY, "weights": ALL, "step": STEPS
        },
    }  # fmt: skip
    redraw = ("forks",)

    def now(self, forks, way, weights, step):
        """Return the Moment at a step, the step, and how many steps there are."""
        all_of_them = moments(forks, way, weights)
        last = len(all_of_them) - 1
        steps = min(last, STEPS)
        step = min(step, steps)
        return all_of_them[round(step * last / steps)], step, steps

    def draw(self, figure, forks, way, weights, step):
        self.wide = min(7.7 / forks, 2.5)  # inches from node to node
        self.left = 4.2 - self.wide * forks / 2
        self.radius = 0.21 if forks < 7 else 0.18
        axes = board(figure, (0, 1 / 3, 1, 2 / 3), 8.4, 2.373)
        nodes = {(0, 0)}
        for fork in range(1, forks + 1):
            for start, end, slope in edges(forks, fork):
                nodes.add(end)
                axes.plot(*self._lines([(start, end)]), color=GREY, lw=1.5)
                # Inside of the fork, as the names of nodes and weights are outside.
                x, y = np.mean([self._place(start), self._place(end)], axis=0)
                x += 0.1 * np.sign(fork - 0.5 - (start[0] + end[0]) / 2)
                y -= 0.13 * np.sign(start[1] + end[1])
                middle = {"ha": "center", "va": "center"}
                axes.text(x, y, say(slope), size=13, **middle)
        nodes = sorted(nodes)
        dots = {"marker": "o", "ls": "", "ms": 2 * 72 * self.radius}
        hollow = {**dots, "mfc": "white", "color": GREY, "mew": 1.2}
        axes.plot(*np.transpose([self._place(node) for node in nodes]), **hollow)
        for column in range(forks + 1):
            x, y = self._place((column, 0))
            axes.text(x, y + 0.25, n(column, forks), ha="center", size=13)
        for weight in range(1, forks + 1):
            entry = (weight - 1, 0), (weight - 1, -2)
            axes.plot(*self._lines([entry]), color=GREY, lw=1.5)
            axes.text(self._place(entry[1])[0] - 0.07, 0.55, w(weight), ha="right",
                      size=13)  # fmt: skip
        key = {**dots, "ms": 14, "color": BLACK}
        for x, text, look in (
            (6.4, "waits", {"mfc": "white", "mew": 3}),
            (7.3, "complete", {"mfc": "#DDDDDD", "mew": 2}),
        ):
            axes.plot(x, 2.2, **key, **look)
            axes.text(x + 0.17, 2.2, text, va="center")
        (self.walked,) = axes.plot([], [], lw=5, solid_capstyle="butt")
        (self.complete,) = axes.plot([], [], **dots, mew=2, zorder=3)
        (self.waiting,) = axes.plot([], [], **dots, mew=3, zorder=3)
        at_node = {"ha": "center", "va": "center", "zorder": 4}
        self.numbers = {
            node: axes.text(*self._place(node), "", **at_node) for node in nodes
        }
        box = {"boxstyle": "square,pad=0.25", "lw": 2}
        self.gradients = [
            axes.text(max(x, 0.44), y, "", bbox=box, **at_node)  # whole at the edge
            for x, y in (self._place((column, -2)) for column in range(forks))
        ]
        self.worked = axes.text(0.12, 2.2, "", size=14, va="center")
        self.holds = axes.text(6.29, 1.94, "", va="center")
        moving = [self.walked, self.complete, self.waiting, self.worked, self.holds]
        moving += [*self.numbers.values(), *self.gradients]
        return on_top(*moving, *self._draw_bars(figure))

    def _draw_bars(self, figure):
        axes = figure.add_axes((0.155, 0.145, 0.83, 0.175), xscale="log")
        axes.set(xlim=(1, 100_000), ylim=(2.55, -0.55))
        axes.set_yticks(range(3), WAYS[:3])
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel("multiplications (stretched: each mark is 10 times the last)")
        ticks(axes.xaxis, [1, 10, 100, 1000, 10_000])
        self.bars = []
        for row, way in enumerate(WAYS[:3]):
            color = LOOKS[way][0]
            (to_do,) = axes.plot([], [], color=color, lw=1.2)
            (done,) = axes.plot([], [], color=color, lw=10, solid_capstyle="butt")
            self.bars.append((to_do, done, axes.text(1, row, "", va="center")))
        return [artist for bar in self.bars for artist in bar]

    def _place(self, node):
        return self.left + self.wide * node[0], HEIGHTS[node[1]]

    def _lines(self, walked):
        """Return edges as one line, each from border to border of its nodes."""
        lines = []
        for start, end in walked:
            ends = np.array([self._place(start), self._place(end)])
            along = (ends[1] - ends[0]) / np.linalg.norm(ends[1] - ends[0])
            gap = self.radius * along
            lines.append([ends[0] + gap, ends[1] - (end[1] > -2) * gap])
        return joined(lines)

    def move(self, forks, way, weights, step):
        moment = self.now(forks, way, weights, step)[0]
        color, fill = LOOKS[way]
        self.worked.set_text(moment.worked)
        self.holds.set_text(_holds(way, moment.held))
        self.walked.set(data=self._lines(moment.walked), color=color)
        waits = [node for node in moment.held if node == moment.waits]
        complete = [node for node in moment.held if node != moment.waits]
        for dots, nodes in ((self.waiting, waits), (self.complete, complete)):
            places = np.reshape([self._place(node) for node in nodes], (-1, 2))
            dots.set(data=places.T, color=color)
            dots.set_mfc("white" if dots is self.waiting else fill)
        for node, text in self.numbers.items():
            said = say(moment.held[node]) if node in moment.held else ""
            text.set_text(said if len(said) <= 3 else "…")
            text.set_color(color if node == moment.waits else BLACK)
        for weight, text in enumerate(self.gradients, start=1):
            found = moment.gradients.get(weight)
            asked = weights == ALL or weight == 1
            text.set_text(("?" if asked else "–") if found is None else _short(found))
            complete = found is not None and moment.waits != (weight - 1, -2)
            text.get_bbox_patch().set(
                facecolor=fill if complete else "white",
                edgecolor=GREY if found is None else color,
            )
        for row, bar in enumerate(self.bars):
            self._move_bar(bar, row, forks, way, weights, moment.multiplications)

    def _move_bar(self, bar, row, forks, way, weights, done):
        """Show what one way takes, and what is done, if it is the way that is taken."""
        taken = way.startswith(WAYS[row])
        most = multiplications(forks, way if taken else WAYS[row], weights)
        to_do, so_far, text = bar
        low, high = row - 0.32, row + 0.32
        to_do.set_data([1, most, most, 1, 1], [low, low, high, high, low])
        so_far.set_data([1, max(done, 1) if taken else 1], [row, row])
        said = f"{done:,} of {most:,}" if taken else f"{most:,}"
        text.set_text(said + (", too early" if taken and way == TOO_EARLY else ""))
        text.set(x=1.15 * most, weight="bold" if taken else "normal")

    def words(self, forks, way, weights, step):
        moment, step, steps = self.now(forks, way, weights, step)
        done = count(moment.multiplications, "multiplication")
        begin = f"{way.capitalize()}, step {step} of {steps}: {moment.said}."
        if way == TOO_EARLY:
            right = say(moments(forks, BACKWARD, ONE)[-1].gradients[1])
            end = f"The right gradient of {w(1)} is {right}"
            if forks > 1:
                end += ": a node must wait, or what came first is sent on twice"
            return f"{begin} {done} so far. {end}."
        many = weights == ALL and forks > 1
        whom = f"all {IN_WORDS[forks - 2]} weights" if many else "one weight"
        others = [
            f"{each}: {multiplications(forks, each, weights):,}"
            for each in WAYS[:3]
            if each != way
        ]
        others = "; ".join(others).capitalize()
        if step < steps:
            most = multiplications(forks, way, weights)
            return f"{begin} {done} so far; for {whom} {most:,} will do. {others}."
        end = "With one weight, forward is as cheap as backward."
        if many:
            end = "Forward begins again for each weight; backward goes once for all."
        return f"{begin} {done} for {whom}. {others}. {end}"


def _holds(way, held):
    """Say what the number in a circle is; going path by path, there is none."""
    if way == FORWARD:
        return f"a circle holds ∂n/∂{w(min(held)[0] + 1)}"
    return "" if way == PATHS else "a circle holds ∂L/∂n"


def _short(value):
    """Return a number in full, or its power of ten where it is too long for a box."""
    if abs(value) < 1e5:
        return say(value)
    return f"≈ {'−' if value < 0 else ''}{power(np.log10(abs(value)))}"
