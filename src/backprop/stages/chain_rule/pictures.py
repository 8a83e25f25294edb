"""Stage 04: slopes along a chain, backward through a graph, and their check."""

import numpy as np

from backprop.graph import board, edge, node, on_edge
from backprop.network import sigmoid
from backprop.number import read
from backprop.picture import (
    BLACK,
    BLUE,
    GREY,
    VERMILLION,
    Choice,
    Knob,
    Picture,
    bracketed,
    on_top,
    say,
    ticks,
)

# The neuron of this stage: one input, and the two numbers that nobody moves.
INPUT, BIAS, TARGET = 2, -2, 1
WEIGHTS = tuple(tenth / 10 for tenth in range(-30, 51))


def _forward(w):
    """Return z, a and the loss at a weight."""
    z = INPUT * w + BIAS
    a = sigmoid(z)
    return z, a, (a - TARGET) ** 2 / 2


def _slope(w):
    """Return ∂L/∂w, by the chain rule."""
    a = _forward(w)[1]
    return (a - TARGET) * a * (1 - a) * INPUT


def _shown(number):
    """Return a number as it is shown: what is computed from it agrees with it."""
    return float(f"{number:.4g}")


class LossOfWeight(Picture):
    """The loss of one weight as a curve, and its slope where the weight is."""

    size = (8.4, 3.4)
    controls = {"w": Knob("weight w", WEIGHTS)}
    start = {"w": 1}
    states = {
        "high and level": {"w": -2},
        "steep": {"w": 0.7},
        "low and level": {"w": 4},
    }

    def draw(self, figure, w):
        axes = figure.add_axes((0.09, 0.2, 0.89, 0.76))
        axes.set(xlim=(-3.2, 6.2), ylim=(-0.16, 0.66), xlabel="weight w")
        axes.set_ylabel("loss L")
        ticks(axes.xaxis, range(-3, 7))
        ticks(axes.yaxis, [0, 0.2, 0.4, 0.6])
        axes.grid(True)
        weights = np.linspace(-3.2, 6.2, 300)
        axes.plot(weights, _forward(weights)[2], color=BLUE)
        (self.step,) = axes.plot([], [], color=BLACK, lw=1.5)
        (self.tangent,) = axes.plot([], [], "--", color=VERMILLION)
        (self.point,) = axes.plot([], [], "o", color=BLUE, ms=11)
        self.label = axes.text(
            0.985, 0.9, "", size=16, color=VERMILLION, ha="right", va="center",
            transform=axes.transAxes,
        )  # fmt: skip
        return [self.step, self.tangent, self.point, self.label]

    def move(self, w):
        loss, slope = _forward(w)[2], _slope(w)
        run = np.array([-1, 1])
        self.tangent.set_data(w + run, loss + slope * run)
        self.step.set_data([w, w + 1, w + 1], [loss, loss, loss + slope])
        self.point.set_data([w], [loss])
        self.label.set_text(f"slope ∂L/∂w = {say(slope)}")

    def words(self, w):
        _, a, loss = _forward(w)
        slope = _slope(w)
        way = "almost level" if abs(slope) < 0.02 else "downhill to the right"
        return (
            f"At w = {say(w)} the output is {say(a)} for a target of {TARGET}, an "
            f"error of {say(a - TARGET)}, and the loss is {say(loss)}. The slope "
            f"∂L/∂w is {say(slope)}: {way}."
        )


class Nudge(Picture):
    """One nudge of the weight: the ratio of each link, and of the whole chain."""

    size = (8.4, 3.4)
    controls = {
        "nudge": Knob(
            "nudge Δw",
            tuple(float(f"{each:.1g}") for each in np.geomspace(1e-4, 1, 13))
            + (1.5, 2.0),
        )
    }
    start = {"nudge": 0.0001}
    states = {"big": {"nudge": 2}, "smaller": {"nudge": 0.3}}
    weight = 1
    titles = ("Δz / Δw", "Δa / Δz", "ΔL / Δa", "ΔL / Δw")
    derivatives = ("x = 2", "a(1 − a) = 0.25", "a − y = −0.5", "∂L/∂w = −0.25")
    limits = ((1, 3), (0.08, 0.3), (-0.56, -0.2), (-0.3, 0.0))

    def ratios(self, nudge):
        """Return the changes Δz, Δa, ΔL and the four ratios."""
        before, after = _forward(self.weight), _forward(self.weight + nudge)
        dz, da, dL = (new - old for new, old in zip(after, before))
        return (dz, da, dL), (dz / nudge, da / dz, dL / da, dL / nudge)

    def draw(self, figure, nudge):
        grid = figure.add_gridspec(
            1, 4, wspace=0.28, left=0.02, right=0.985, top=0.7, bottom=0.2
        )
        nudges = np.geomspace(1e-4, 2, 100)
        curves = self.ratios(nudges)[1]
        self.points, self.labels = [], []
        for i, cell in enumerate(grid):
            axes = figure.add_subplot(cell, xscale="log", xlim=(5e-5, 4))
            axes.set(ylim=self.limits[i], yticks=[], xlabel="nudge Δw")
            ticks(axes.xaxis, [0.0001, 0.01, 1])
            color = VERMILLION if i == 3 else BLUE
            axes.axhline(curves[i][0], color=GREY, lw=1.5, ls="--")
            axes.plot(nudges, curves[i], color=color)
            middle, top = axes.get_position().x0 + 0.5 * axes.get_position().width, 0.95
            figure.text(middle, 0.72, self.derivatives[i], ha="center", color=GREY)
            figure.text(middle, top, self.titles[i], ha="center", va="center")
            if i < 3:
                sign = "×" if i < 2 else "="
                edge_of = axes.get_position().x1 + 0.022
                figure.text(edge_of, 0.85, sign, size=18, ha="center", va="center")
            self.points += axes.plot([], [], "s" if i == 3 else "o", color=color, ms=11)
            number = figure.text(middle, 0.85, "", size=16, color=color)
            number.set(ha="center", va="center")
            self.labels.append(number)
        return [*self.points, *on_top(*self.labels)]

    def move(self, nudge):
        for point, label, ratio in zip(self.points, self.labels, self.ratios(nudge)[1]):
            point.set_data([nudge], [ratio])
            label.set_text(say(ratio, 3 if label is self.labels[-1] else 4))

    def words(self, nudge):
        (dz, da, dL), (first, second, third, whole) = self.ratios(nudge)
        return (
            f"From w = {self.weight}, a nudge Δw = {say(nudge)} moves z by {say(dz)}, "
            f"a by {say(da)} and the loss by {say(dL)}. The ratios {say(first)} × "
            f"{say(second, 4)} × ({say(third, 4)}) multiply to ΔL/Δw = {say(whole)}; "
            f"the slope is {say(_slope(self.weight))}."
        )


# Each number of the graph, in the order in which it can be known: its name (a d before
# it for the gradient by it), its rule, and the rule in numbers.
STEPS = (
    ("wx", "wx = w · x", "{w} · {x}"),
    ("z", "z = wx + b", "{wx} + {b}"),
    ("a", "a = σ(z)", "σ{z}"),
    ("L", "L = ½(a − y)²", "½({a} − {y})²"),
    ("dL", "∂L/∂L", ""),
    ("da", "∂L/∂a = ∂L/∂L · (a − y)", "{dL} · ({a} − {y})"),
    ("dz", "∂L/∂z = ∂L/∂a · a(1 − a)", "{da} · {slope}"),
    ("db", "∂L/∂b = ∂L/∂z · 1", "{dz} · 1"),
    ("dwx", "∂L/∂(wx) = ∂L/∂z · 1", "{dz} · 1"),
    ("dw", "∂L/∂w = ∂L/∂(wx) · x", "{dwx} · {x}"),
    ("dx", "∂L/∂x = ∂L/∂(wx) · w", "{dwx} · {w}"),
)

# What is often done in place of a step, and what to say to it.
OWN = "That multiplies by the factor itself. At a × each gets the other factor."
AS_PLUS = "That passes it on as a + does. At a × it is multiplied by the other factor."
AS_TIMES = (
    "That multiplies by the summand, as at a ×. A + passes on what arrives as it is."
)
SHARED = "That shares it out. Gradients are not shared: each side gets the whole."
LOCAL = "That is the local slope alone. Multiply it by the gradient that arrives."
AT_PLUS = (lambda dz, **_: dz / 2, SHARED), (lambda **_: 1, LOCAL)
SLIPS = {
    "wx": ((lambda w, x, **_: w + x, "That adds. This node is a ×."),),
    "z": (
        (lambda wx, b, **_: wx * b, "That multiplies. This node is a +."),
        (lambda wx, b, **_: wx - b, "Look at the sign of b: it is below 0."),
        (lambda wx, **_: wx, "That leaves out b."),
    ),
    "a": (
        (lambda z, **_: z, "That is z itself. The output is σ(z)."),
        (lambda slope, **_: slope, "That is the slope of σ there, not its height."),
        (lambda a, **_: 1 - a, "That is σ(−z). Look at the sign of z."),
    ),
    "L": (
        (lambda a, y, **_: (a - y) ** 2, "That leaves out the ½."),
        (lambda a, y, **_: a - y, "That is the error. The loss is ½ times its square."),
        (lambda a, y, **_: (a - y) / 2, "That leaves out the square."),
        (lambda L, **_: -L, "The size is right, but a square is never below 0."),
    ),
    "dL": (
        (
            lambda L, **_: L,
            "That is L. How much does L rise for each unit that L rises?",
        ),
        (lambda **_: 0, "That would say that L doesn't change when L does."),
    ),
    "da": (
        (lambda da, **_: -da, "The sign is flipped: it is a − y, not y − a."),
        (lambda da, **_: 2 * da, "The 2 of the square is cancelled by the ½."),
        (lambda L, **_: L, "That is the loss. Asked for is its slope by a."),
        (lambda a, **_: a, "That leaves out the target y."),
    ),
    "dz": (
        (
            lambda da, **_: da,
            "That passes it on as it is. σ multiplies it by its slope.",
        ),
        (lambda slope, **_: slope, LOCAL),
        (lambda da, a, **_: da * a, "That multiplies by a. The slope is a(1 − a)."),
        (
            lambda da, slope, **_: da + slope,
            "That adds. Along a path, slopes multiply.",
        ),
        (lambda dz, **_: -dz, "The size is right. Which sign has what arrives?"),
    ),
    "db": ((lambda b, dz, **_: dz * b, AS_TIMES), *AT_PLUS),
    "dwx": ((lambda wx, dz, **_: dz * wx, AS_TIMES), *AT_PLUS),
    "dw": (
        (lambda dwx, w, **_: dwx * w, OWN),
        (lambda dwx, **_: dwx, AS_PLUS),
        (lambda dwx, **_: dwx / 2, SHARED),
        (lambda x, **_: x, LOCAL),
        (lambda dwx, x, **_: dwx + x, "That adds. Along a path, slopes multiply."),
    ),
    "dx": (
        (lambda dwx, x, **_: dwx * x, OWN),
        (lambda dwx, **_: dwx, AS_PLUS),
        (lambda dwx, **_: dwx / 2, SHARED),
        (lambda w, **_: w, LOCAL),
        (lambda dwx, w, **_: dwx + w, "That adds. Along a path, slopes multiply."),
    ),
}
FIRST_STEPS = {
    "wx": "Multiply what comes in on the two edges.",
    "z": "Add what comes in on the two edges.",
    "a": "σ(z) is 1 divided by 1 plus e to the power −z. A code cell can compute it.",
    "L": "Take the error a − y first.",
    "dL": "Raise L by a little: by how many times that does L rise?",
    "da": "The slope of ½(a − y)² by a is the error a − y.",
    "dz": "The slope of σ is a(1 − a), and a stands on its edge.",
    "db": "Raise b by a little: by how many times that does z rise?",
    "dwx": "Raise wx by a little: by how many times that does z rise?",
    "dw": "Raise w by a little: by how many times that does wx rise?",
    "dx": "Raise x by a little: by how many times that does wx rise?",
}


def _reach(number):
    """Return how far from a number counts as it: what is computed from three digits."""
    return max(0.01 * abs(number), 1e-4)


def _alike(a, b):
    return abs(a - b) <= _reach(a) + _reach(b)


class ComputationGraph(Picture):
    """One neuron and its loss, forward and then backward, a number at a time."""

    controls = {
        "step": Knob("step", tuple(range(len(STEPS) + 1)), whole=True, play=True),
        "w": Knob("weight w", tuple(tenth / 10 for tenth in range(-10, 21))),
    }
    start = {"step": 0, "w": 1}
    states = {
        "forward done": {"step": 4},
        "back to z": {"step": 7},
        "back to w": {"step": 10},
        "all done": {"step": 11},
    }
    size = (8.4, 3)
    places = {
        "w": (0.75, 4.3), "x": (0.75, 1.3), "×": (3.45, 2.8), "b": (4.55, 0.7),
        "+": (6.7, 2.8), "σ": (9.9, 2.8), "½( )²": (13.85, 2.8), "y": (11.35, 0.7),
        "": (17.2, 2.8),
    }  # fmt: skip
    edges = {
        "w": ("w", "×"), "x": ("x", "×"), "wx": ("×", "+"), "b": ("b", "+"),
        "z": ("+", "σ"), "a": ("σ", "½( )²"), "y": ("y", "½( )²"), "L": ("½( )²", ""),
    }  # fmt: skip

    def numbers(self, w):
        """Return every number of the graph by its name, computed from those shown."""
        w = _shown(w)
        wx = _shown(w * INPUT)
        z = _shown(wx + BIAS)
        a = _shown(sigmoid(z))
        slope, da = _shown(a * (1 - a)), _shown(a - TARGET)
        dz = _shown(da * slope)
        return {
            "w": w, "x": INPUT, "b": BIAS, "y": TARGET, "wx": wx, "z": z, "a": a,
            "L": (a - TARGET) ** 2 / 2, "slope": slope, "dL": 1, "da": da, "dz": dz,
            "db": dz, "dwx": dz, "dw": _shown(dz * INPUT), "dx": _shown(dz * w),
        }  # fmt: skip

    def said(self, w):
        """Return every number of the graph by its name, as it is said."""
        numbers = self.numbers(w)
        return {name: say(numbers[name], 3 if name == "L" else 4) for name in numbers}

    def asks(self, step, w):
        """Return the number that takes the place of the ?, and its slips."""
        if step == len(STEPS):
            return None
        name, rule, _ = STEPS[step]
        numbers = self.numbers(w)
        answer = numbers[name]
        wrong = []
        for slip, reply in SLIPS[name]:
            value = float(slip(**numbers))
            if _alike(value, answer):
                continue  # here this slip is none
            # Two slips may give one number; then either may be meant.
            same = [each for each in wrong if _alike(value, each["value"])]
            if same:
                same[0]["reply"] += f" Or: {reply[0].lower()}{reply[1:]}"
            else:
                wrong.append({"value": value, "reply": reply})
        return {
            "question": f"{rule} = ? (Three digits are enough.)",
            "answer": answer,
            "tolerance": _reach(answer),
            "right": f"Yes: {self.calculation(step, w)}.",
            "first_step": FIRST_STEPS[name],
            "wrong": wrong,
            "next": {"step": step + 1},
        }

    def calculation(self, i, w):
        """Return number i of STEPS with its rule: "a = σ(z) = σ(0) = 0.5"."""
        said = self.said(w)
        name, rule, worked = STEPS[i]
        inside = {key: bracketed(each) for key, each in said.items()}
        if name == "a":
            inside["z"] = f"({said['z']})"
        return " = ".join(filter(None, [rule, worked.format(**inside), said[name]]))

    def draw(self, figure, step, w):
        axes = board(figure, (0, 0, 1, 1), 16.8, 6)
        for name, place in self.places.items():
            if name:
                node(axes, place, name, radius=0.58)
        self.texts = {}
        for name, (start, end) in self.edges.items():
            start, end = np.array(self.places[start]), np.array(self.places[end])
            edge(axes, start, end, radius=0.58)
            # Where an edge slants, its numbers stand where it doesn't cross them.
            slant = np.sign(end[1] - start[1])
            x, y = start + (0.4 if slant > 0 else 0.5) * (end - start)
            level = {"wx": 0.1, "z": -0.2, "a": -0.4, "L": -0.25}
            left = x + {-1: 0.85, 0: level.get(name), 1: -0.75}[slant]
            above = {"size": 13, "color": BLUE}
            below = {"size": 13, "va": "top"}
            below["ha"] = {-1: "right", 0: "center", 1: "left"}[slant]
            axes.text(left - 0.1, y + 0.15, f"{name} =", ha="right", **above)
            self.texts[name] = axes.text(left, y + 0.15, "", **above)
            self.texts[f"d{name}"] = axes.text(x + 0.1 * slant, y - 0.15, "", **below)
        for name in ("x", "b", "y"):
            self.texts.pop(name).set_text(self.said(w)[name])
        self.found = axes.text(0.2, 5.6, "", size=15, va="center")
        ground = {"facecolor": "#FFEE99", "edgecolor": BLACK, "pad": 2}
        self.asked = axes.text(0, 0, "?", size=13, weight="bold", bbox=ground)
        return on_top(*self.texts.values(), self.found, self.asked)

    def move(self, step, w):
        """Show the numbers found so far, the last in black, and ? for the next."""
        numbers = self.said(w)
        self.texts["w"].set_text(numbers["w"])
        for i, (name, *_) in enumerate(STEPS):
            self.texts[name].set_text(numbers[name] if i < step else "")
            color = VERMILLION if name.startswith("d") else BLUE
            self.texts[name].set_color(BLACK if i == step - 1 else color)
            self.texts[name].set_weight("bold" if i == step - 1 else "normal")
        self.found.set_text(self.calculation(step - 1, w) if step else "")
        self.asked.set_visible(step < len(STEPS))
        if step < len(STEPS):
            place = self.texts[STEPS[step][0]]
            self.asked.set(ha=place.get_ha(), va=place.get_va())
            self.asked.set_position(np.add(place.get_position(), (0.07, 0)))

    def _next(self, step):
        done = step == len(STEPS)
        return "Every number is found." if done else f"Next: {STEPS[step][1]} = ?"

    def words(self, step, w):
        found = "Nothing is computed yet"
        if step:
            way = "Backward" if STEPS[step - 1][0].startswith("d") else "Forward"
            found = (
                f"{way}, step {step} of {len(STEPS)}: {self.calculation(step - 1, w)}"
            )
        return f"{found}. {self._next(step)}"


class Fork(Picture):
    """One weight used in two rows: multiply along a path, add over the paths."""

    size = (8.4, 3.3)
    controls = {
        "paths": Choice("paths counted", ("upper only", "lower only", "both")),
        "w": Knob("weight w", tuple(tenth / 10 for tenth in range(-30, 31))),
    }
    start = {"paths": "upper only", "w": 0}
    states = {
        "both": {"paths": "both", "w": 0},
        "they cancel": {"paths": "both", "w": 0.3649},
    }
    redraw = ("paths",)
    x, y = np.array([2, 1]), np.array([1, 0])

    def loss(self, w):
        """Return the loss of both rows at weights w."""
        a = sigmoid(np.multiply.outer(w, self.x))
        return ((a - self.y) ** 2).sum(-1) / 2

    def factors(self, paths, w):
        """Return each path's factors (2, 3), each path's product, and those counted."""
        a = sigmoid(w * self.x)
        factors = np.array([self.x, a * (1 - a), a - self.y]).T
        counted = np.array([paths != "lower only", paths != "upper only"])
        return factors, factors.prod(axis=1), counted

    def said(self, paths, w):
        """Return what is said of factors (2, 3), products and sum, so that they agree.

        Each product is that of the factors said, the sum that of the products said.
        """
        factors, _, counted = self.factors(paths, w)
        said = [[say(each, 4) for each in path] for path in factors]
        products = [
            say(np.prod([_shown(each) for each in path]), 4) for path in factors
        ]
        total = sum(read(each) for each in np.array(products)[counted])
        cancel = counted.all() and abs(total) < 5e-5
        return said, products, "0" if cancel else say(total)

    def draw(self, figure, paths, w):
        axes = board(figure, (0, 0, 0.62, 1), 10.4, 7)
        left, right = (0.7, 3.5), (9.7, 3.5)
        counted = self.factors(paths, w)[2]
        self.texts = []
        for row, (height, out) in enumerate([(5.0, 1), (2.0, -1)]):
            color = BLACK if counted[row] else GREY
            chain = [left, (3.6, height), (6.8, height), right]
            look = {"lw": 2.5} if counted[row] else {"ls": ":"}
            for i, ends in enumerate(zip(chain, chain[1:])):
                edge(axes, *ends, 0.5, BLUE if counted[row] else GREY, **look)
                text = on_edge(axes, *ends, self.x[row], color=color, gap=-0.2)
                self.texts += [text] if i else []  # the first factor is x, and stays
            node(axes, chain[1], f"$z_{row + 1}$", radius=0.5)
            node(axes, chain[2], f"$a_{row + 1}$", radius=0.5)
            label = f"row {row + 1}: x = {self.x[row]}, y = {self.y[row]}, product"
            look = {"size": 13, "color": color, "va": "center"}
            axes.text(6.6, height + 1.2 * out, label, ha="right", **look)
            self.texts.append(axes.text(6.8, height + 1.2 * out, "", **look))
        node(axes, left, "w", radius=0.5)
        node(axes, right, "L", radius=0.5)
        self.sum = axes.text(5.2, 3.5, "", size=15, color=VERMILLION,
                             ha="center", va="center")  # fmt: skip

        curve = figure.add_axes((0.705, 0.18, 0.285, 0.76))
        curve.set(xlim=(-3.2, 3.2), ylim=(0, 0.7), xlabel="weight w", ylabel="loss L")
        ticks(curve.xaxis, range(-3, 4))
        ticks(curve.yaxis, [0, 0.2, 0.4, 0.6])
        curve.grid(True)
        weights = np.linspace(-3.2, 3.2, 200)
        curve.plot(weights, self.loss(weights), color=BLUE)
        (self.line,) = curve.plot([], [], "--", color=VERMILLION)
        (self.point,) = curve.plot([], [], "o", color=BLUE, ms=11)
        return [*on_top(*self.texts, self.sum), self.line, self.point]

    def move(self, paths, w):
        """Put the factors on the edges, and the line where the counted sum says."""
        _, products, counted = self.factors(paths, w)
        factors, said, total = self.said(paths, w)
        for row in range(2):
            numbers = [*factors[row][1:], said[row]]
            for text, number in zip(self.texts[3 * row :], numbers):
                text.set_text(number)
        slope = products[counted].sum()
        self.sum.set_text(f"{paths}: {total}")
        run = np.array([-1.2, 1.2])
        self.line.set_data(w + run, self.loss(w) + slope * run)
        self.point.set_data([w], [self.loss(w)])

    def words(self, paths, w):
        factors, products, total = self.said(paths, w)
        upper, lower = (
            f"{' · '.join(map(bracketed, path))} = {product}"
            for path, product in zip(factors, products)
        )
        each = (
            f"At w = {say(w, 4)} the upper path gives {upper}, the lower path {lower}."
        )
        if paths != "both":
            path = paths.replace(" ", " path ")
            return (
                f"{each} Counting the {path}, the line has slope {total}. It cuts the "
                "curve: it is no tangent."
            )
        level = " The paths cancel, and the curve is level." if total == "0" else ""
        return f"{each} Their sum is {total}, and the line touches the curve.{level}"
