"""A graph of the learner's own Values, drawn, and walked back step by step."""

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
    joined,
    on_top,
    say,
)
from backprop.stages.autograd.value import (
    EARLY,
    EDGES,
    SET,
    TURN,
    WAYS,
    Value,
    called,
    in_order,
    moments,
)

# Values in all, one over another, and one after another, that can be read.
MOST, BESIDE, LONG = 24, 4, 14
STEPS = 40
FILL = "#FFDDBF"
WIDTH, HEIGHT, TOP = 8.4, 3.6, 3.25  # inches; the graph stands below the top


def squares(times, data=1.0):
    """Return a Value that is squared again and again."""
    y = Value(data, name="x")
    for _ in range(times):
        y = y * y
    return y


class Backward(Picture):
    """The graph behind a Value, and the ways to send its gradients back.

    loss: a Value, or what has its data, parents and slopes; a name, if it has one,
    stands in its circle. Without one, x · x squared. Its own gradients stay as they
    are. ValueError, if it is no such graph, or one with too many values to be drawn.
    A step is one edge; where a way has over 40 steps, each step is several.
    """

    size = (WIDTH, HEIGHT)
    states = {
        "=": {"way": SET, "step": STEPS},
        "sent on at once": {"way": EARLY, "step": STEPS},
        "each in turn": {"way": TURN, "step": STEPS},
    }

    def __init__(self, loss=None):
        self.order = in_order(squares(2) if loss is None else loss)
        if len(self.order) == 1:
            raise ValueError(
                "loss: got a Value that was computed from nothing; needs the result of "
                "an operation"
            )
        if len(self.order) > MOST:
            raise ValueError(
                f"loss: got a graph of {len(self.order):,} values; needs {MOST} at "
                "most, to be drawn"
            )
        self.places, self.lines, self.rows, self.columns = layout(self.order)
        if self.rows > BESIDE:
            raise ValueError(
                f"loss: got a graph with {self.rows} values above one another; needs "
                f"{BESIDE} at most, to be drawn; an edge that passes counts, too"
            )
        if self.columns > LONG:
            raise ValueError(
                f"loss: got a graph with {self.columns} values one after another; "
                f"needs {LONG} at most, to be drawn"
            )
        self.moments = {way: moments(self.order, way) for way in WAYS}
        most = max(len(each) - 1 for each in self.moments.values())
        steps = tuple(range(min(most, STEPS) + 1))
        self.controls = {
            "way": Choice("way", WAYS),
            "step": Knob("step", steps, whole=True, play=True),
        }
        self.start = {"way": TURN, "step": 1}
        self.states = {
            name: {**values, "step": steps[-1]} for name, values in self.states.items()
        }

    def now(self, way, step):
        """Return the Moment at a step, the step, and how many steps there are."""
        all_of_them = self.moments[way]
        last = len(all_of_them) - 1
        steps = min(last, STEPS)
        step = min(step, steps)
        return all_of_them[round(step * last / steps)], step, steps

    def draw(self, figure, way, step):
        axes = board(figure, (0, 0, 1, 1), WIDTH, HEIGHT)
        close = self.rows == BESIDE or len(self.order) > 8
        self.radius = 0.18 if close else 0.21
        size = {"ha": "center", "va": "center", "size": 11 if close else 13}
        slopes = []
        for (i, which), line in self.lines.items():
            axes.plot(*self._trimmed(line), color=GREY, lw=1.5)
            x, y = line[len(line) // 2]
            ground = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
            slope = _short(self.order[i].slopes[which])
            slopes.append(axes.text(x, y, slope, **{**size, "size": 10.5}, bbox=ground))
        dots = {"marker": "o", "ls": "", "ms": 2 * 72 * self.radius}
        x, y = np.transpose(self.places)
        axes.plot(x, y, **dots, mfc="white", color=GREY, mew=1.2, zorder=2.5)
        for value, (x, y) in zip(self.order, self.places):
            data = {**size, "va": "bottom", "color": BLUE}
            axes.text(x, y + self.radius + 0.02, _short(value.data), **data)
        (self.walked,) = axes.plot([], [], color=VERMILLION, lw=4)
        (self.complete,) = axes.plot([], [], **dots, mfc=FILL, color=VERMILLION, mew=2)
        (self.waiting,) = axes.plot([], [], **dots, mfc="white", color=VERMILLION,
                                    mew=3)  # fmt: skip
        self.names, self.grads = [], []
        for value, (x, y) in zip(self.order, self.places):
            name = str(getattr(value, "name", ""))[:3]
            plain = {"color": BLACK, "parse_math": False}
            self.names.append(axes.text(x, y, name, **size, **plain))
            below = {**size, "va": "top", "color": VERMILLION, "weight": "bold"}
            self.grads.append(axes.text(x, y - self.radius - 0.04, "", **below))
        key = {"va": "center", "size": 12}
        said = "value above, gradient below; white in an orange rim: it waits"
        axes.text(8.3, 3.42, said, ha="right", **key)
        self.worked = axes.text(0.1, 3.42, "", size=14, va="center")
        for artist in (self.complete, self.waiting):
            artist.set_zorder(2.6)
        for text in (*slopes, *self.names, *self.grads):
            text.set_zorder(3)
        moving = [self.walked, self.complete, self.waiting, self.worked, *slopes]
        return on_top(*moving, *self.names, *self.grads)

    def _trimmed(self, line):
        """Return a line from border to border of the circles at its ends."""
        apart = [np.hypot(*(line - end).T) for end in (line[0], line[-1])]
        return line[np.min(apart, axis=0) > self.radius].T

    def move(self, way, step):
        moment = self.now(way, step)[0]
        walked = [self.lines[moment.edge]] if moment.edge else []
        self.walked.set_data(joined([self._trimmed(each).T for each in walked]))
        self.worked.set_text(moment.worked)
        for dots, wanted in ((self.complete, True), (self.waiting, False)):
            nodes = [i for i in moment.held if (i in moment.complete) == wanted]
            dots.set_data(np.reshape([self.places[i] for i in nodes], (-1, 2)).T)
        for i, text in enumerate(self.grads):
            text.set_text(_short(moment.held[i]) if i in moment.held else "")

    def words(self, way, step):
        moment, step, steps = self.now(way, step)
        begin = f"Step {step} of {steps} with {way}: {moment.said}."
        if step < steps:
            return begin
        if way == EARLY and len(self.moments[way]) > EDGES:
            return f"{begin} It is not done after {EDGES} edges."
        wrong = self._wrong(moment.held)
        if not wrong:
            return f"{begin} All gradients are right."
        first = "; ".join(wrong[:2])
        more = f"; {len(wrong) - 2} more" if len(wrong) > 2 else ""
        return f"{begin} Wrong: {first}{more}."

    def _wrong(self, held):
        """Say what is right where a gradient is wrong, the leftmost values first."""
        right = self.moments[TURN][-1].held
        # What is left where gradients cancel is rounding of all that has arrived.
        arrived = dict.fromkeys(map(id, self.order), 0.0) | {id(self.order[-1]): 1.0}
        for value in reversed(self.order):
            for parent, slope in zip(value.parents, value.slopes):
                arrived[id(parent)] += abs(slope) * arrived[id(value)]
        noise = [1e-13 * arrived[id(value)] for value in self.order]
        leftmost = sorted(range(len(self.order)), key=lambda i: self.places[i][0])
        return [
            "{} holds {}, right is {}".format(
                called(self.order[i]), *_apart(held[i], right[i])
            )
            for i in leftmost
            if not np.isclose(
                held[i], right[i], rtol=1e-9, atol=np.nan_to_num(noise[i], posinf=0)
            )
        ]


def _apart(one, other):
    """Return two numbers in words, with so many digits that they differ."""
    for digits in range(3, 18):
        said = say(one, digits, least=0), say(other, digits, least=0)
        if said[0] != said[1]:
            break
    return said


def _short(number):
    """Return a number as it fits between two circles."""
    said = say(number)
    return said if len(said) <= 6 else say(number, 2)


def layout(order):
    """Return where to draw values: places, lines of edges, rows at most, columns.

    A value stands to the right of its parents; one that was given stands just before
    its first use. lines: (place in the order, which parent) -> points (n, 2).
    """
    place = {value: i for i, value in enumerate(order)}
    parents = [[place[each] for each in value.parents] for value in order]
    column = [0] * len(order)
    for i, mine in enumerate(parents):
        column[i] = max((column[each] + 1 for each in mine), default=0)
    for i, mine in enumerate(parents):
        if not mine:
            column[i] = min(column[j] for j, its in enumerate(parents) if i in its) - 1
    columns = [[] for _ in range(max(column) + 1)]
    # A long edge has a place of its own in each column that it passes.
    ways = {}
    for i, mine in enumerate(parents):
        for each in dict.fromkeys(mine):
            passed = [(each, i, c) for c in range(column[each] + 1, column[i])]
            ways[each, i] = [each, *passed, i]
            for stop in passed:
                columns[stop[2]].append(stop)
    for i in range(len(order)):
        columns[column[i]].append(i)
    rows = {each: k for every in columns for k, each in enumerate(every)}
    beside = {each: [] for each in rows}
    for way in ways.values():
        for one, other in zip(way, way[1:]):
            beside[one].append(other)
            beside[other].append(one)
    y = {}
    for _ in range(8):  # sweeps: each at the mean of what it is joined to
        for every in columns:
            at = {e: np.mean([rows[n] for n in beside[e]]) for e in every}
            every.sort(key=lambda each: at[each])
            middle = (len(every) - 1) / 2
            rows.update({each: k - middle for k, each in enumerate(every)})
    most = max(map(len, columns))
    step = min(1.2, TOP / most)
    wide = min(2.4, (WIDTH - 0.9) / max(len(columns) - 1, 1))
    left = (WIDTH - wide * (len(columns) - 1)) / 2
    for c, every in enumerate(columns):
        for each in every:
            y[each] = np.array([left + wide * c, TOP / 2 - step * rows[each]])
    high = 0.65 if most == 1 else 0.28  # inches, of one of two edges over a straight
    lines = {}
    for i, mine in enumerate(parents):
        for which, each in enumerate(mine):
            twice = mine.count(each) > 1
            # Of several edges between the same two, each has a height of its own.
            part = 2 * mine[:which].count(each) / max(mine.count(each) - 1, 1)
            bump = high * (1 - part) if twice else 0
            stops = [y[stop] for stop in ways[each, i]]
            lines[i, which] = _curve(stops, bump)
    return [y[i] for i in range(len(order))], lines, most, len(columns)


def _curve(stops, bump):
    """Return points along stops, level at each, with a bump up between two of them."""
    t = np.linspace(0, 1, 41)[:, None]
    bent = [
        start + (end - start) * np.hstack([t, 3 * t**2 - 2 * t**3])
        + bump * np.sin(np.pi * t) * [0, 1]
        for start, end in zip(stops, stops[1:])
    ]  # fmt: skip
    return np.vstack(bent)
