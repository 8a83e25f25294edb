"""Stage 03: a neuron, a batch, the bias, shapes, and layers: forward, with numbers."""

import numpy as np
from matplotlib.patches import Rectangle

from backprop import network
from backprop.data import four_rows
from backprop.graph import board, cells, edge, node, on_edge
from backprop.network import sigmoid
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
    say_all,
    ticks,
)

ROWS = {str(row.tolist()): row for row in four_rows()[0]}
PAIRS = {str(row[:2].tolist()): row[:2] for row in four_rows()[0]}
WEIGHTS = tuple(np.arange(-3, 3.25, 0.25).tolist())


class _Sum:
    """Inputs with an edge each into a sum: a thick edge is a large product."""

    def __init__(self, axes, places, center):
        self.inputs, self.products, self.lines = [], [], []
        for place in places:
            way = np.subtract(center, place) / np.hypot(*np.subtract(center, place))
            low, high = place + 0.4 * way, center - 0.9 * way
            edge(axes, place, center - 0.15 * way)  # the sum's circle is larger
            self.lines += axes.plot(*zip(low, high), solid_capstyle="butt", zorder=1.5)
            self.inputs.append(node(axes, place))
            self.products.append(on_edge(axes, place, center, at=0.42, gap=-0.2))
        self.sum = node(axes, center, radius=0.55, fontsize=13)
        self.moving = [*self.lines, *self.products, *self.inputs, self.sum]

    def set(self, x, w, total):
        """Write the numbers; blue and solid is positive, red and dashed negative."""
        for i, product in enumerate(x * w):
            self.inputs[i].set_text(say(x[i]))
            self.products[i].set_text(f"× {say(w[i])} = {say(product)}")
            self.lines[i].set_color(VERMILLION if product < 0 else BLUE)
            self.lines[i].set_linestyle((0, (2, 1)) if product < 0 else "-")
            self.lines[i].set_linewidth(2 + 2 * abs(product) if product else 0)
        self.sum.set_text(say(total))


class Neuron(Picture):
    """One neuron with one example's numbers: inputs, products, sum, output."""

    size = (8.4, 3.1)
    controls = {
        "example": Choice("example", tuple(ROWS)),
        "w1": Knob("weight w₁", WEIGHTS),
        "w2": Knob("weight w₂", WEIGHTS),
        "w3": Knob("weight w₃", WEIGHTS),
    }
    start = {"example": "[1, 1, 1]", "w1": 2, "w2": -1, "w3": -0.5}
    states = {
        "inputs 0, 0, 1": {"example": "[0, 0, 1]", "w1": 2, "w2": -1, "w3": -0.5},
        "they cancel": {"example": "[1, 1, 1]", "w1": 2, "w2": -2.5, "w3": 0.5},
        "output near 1": {"example": "[1, 1, 1]", "w1": 3, "w2": 3, "w3": 3},
        "output near 0": {"example": "[1, 1, 1]", "w1": -3, "w2": -3, "w3": -3},
    }

    def draw(self, figure, **values):
        axes = board(figure, (0, 0, 0.66, 1), 9, 5)
        places = [(0.95, 3.85), (0.95, 2.2), (0.95, 0.55)]
        self.neuron = _Sum(axes, places, np.array([6.1, 2.2]))
        self.output = node(axes, (8.3, 2.2), radius=0.55, color=BLUE, fontsize=13)
        edge(axes, (6.25, 2.2), (8.15, 2.2))
        on_edge(axes, (6.65, 2.2), (7.75, 2.2), "σ", fontsize=14)
        for i, (x, y) in enumerate(places):
            axes.text(x - 0.5, y, f"$x_{i + 1}$", ha="right", va="center")
        for x, text in (0.95, "inputs"), (6.1, "sum z"), (8.3, "output a"):
            axes.text(x, 4.62, text, ha="center", va="center", color=GREY)

        curve = figure.add_axes((0.735, 0.2, 0.25, 0.62))
        z = np.linspace(-9.5, 9.5, 300)
        curve.plot(z, sigmoid(z), color=GREY, lw=1.5)
        curve.set(xlim=(-9.5, 9.5), ylim=(-0.06, 1.06), xlabel="z", title="a = σ(z)")
        ticks(curve.xaxis, range(-9, 10, 3))
        ticks(curve.yaxis, [0, 0.5, 1], fractions=True)
        (self.drop,) = curve.plot([], [], ":", color=BLACK, lw=1.5)
        (self.dot,) = curve.plot([], [], "o", color=BLUE, clip_on=False)
        return on_top(*self.neuron.moving, self.output, self.drop, self.dot)

    def _numbers(self, example, *w):
        x, w = ROWS[example], np.array(w)
        z = float((x * w).sum())
        return x, w, z, float(sigmoid(z))

    def move(self, example, w1, w2, w3):
        x, w, z, a = self._numbers(example, w1, w2, w3)
        self.neuron.set(x, w, z)
        self.output.set_text(f"{a:.4f}")
        self.drop.set_data([z, z, -9.5], [-0.06, a, a])
        self.dot.set_data([z], [a])

    def words(self, example, w1, w2, w3):
        x, w, z, a = self._numbers(example, w1, w2, w3)
        silent = " and ".join(
            name for name, each in zip(("x₁", "x₂", "x₃"), x) if not each
        )
        zeros = (
            f" A weight on a 0 adds nothing: here that on {silent}." if silent else ""
        )
        return (
            f"The products {say_all(x * w)} add up to z = {say(z)}; the output is "
            f"a = σ({say(z)}) = {say(a, 4)}.{zeros}"
        )


class FourRows(Picture):
    """All four rows through one neuron: how many outputs are on their target's side."""

    size = (8.4, 2.7)
    controls = {
        name: Knob(f"weight {label}", tuple(range(-4, 5)))
        for name, label in (("w1", "w₁"), ("w2", "w₂"), ("w3", "w₃"))
    }
    start = {"w1": 1, "w2": 1, "w3": 1}
    states = {
        "only w₁": {"w1": 4, "w2": 0, "w3": 0},
        "only w₂": {"w1": 0, "w2": 4, "w3": 0},
        "only w₃": {"w1": 0, "w2": 0, "w3": 4},
    }
    X, y = four_rows()

    def _numbers(self, *w):
        """Return z (4,), the outputs (4,), and which are on their target's side."""
        z = self.X @ np.array(w)
        z[np.abs(z) < 1e-9] = 0  # else rounding would decide the side
        return z, sigmoid(z), np.where(self.y[:, 0] == 1, z > 0, z < 0)

    def draw(self, figure, **values):
        axes = figure.add_axes((0.53, 0.2, 0.3, 0.65))
        axes.set(xlim=(0, 1), ylim=(3.5, -0.5), xlabel="output a")
        ticks(axes.xaxis, [0, 0.5, 1], fractions=True)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.axvline(0.5, color=GREY, ls=":", lw=2)
        inputs = ("x₁", 0.04), ("x₂", 0.09), ("x₃", 0.14)
        sums = ("z = x₁w₁ + x₂w₂ + x₃w₃", 0.33), ("square: target", 0.68)
        for text, x in (*inputs, *sums):
            figure.text(x, 0.92, text, ha="center", va="center", color=GREY)
        self.z, self.verdicts, self.dots = [], [], []
        middle = {"ha": "center", "va": "center"}
        for i, (row, target) in enumerate(zip(self.X, self.y[:, 0])):
            y = 0.85 - 0.65 * (i + 0.5) / 4
            for value, (_, x) in zip(row, inputs):
                figure.text(x, y, value, **middle)
            axes.axhline(i, color="#DDDDDD", lw=1)
            axes.plot(
                target, i, "s", color=BLACK, mfc="none", mew=2, ms=15, clip_on=False
            )
            self.z.append(figure.text(0.33, y, "", **middle))
            self.verdicts.append(figure.text(0.855, y, "", va="center"))
            self.dots += axes.plot([], [], ms=9, clip_on=False)
        self.score = figure.text(0.855, 0.92, "", va="center")
        return on_top(*self.dots, *self.z, *self.verdicts, self.score)

    def move(self, w1, w2, w3):
        z, a, right = self._numbers(w1, w2, w3)
        for i, (text, verdict, dot) in enumerate(zip(self.z, self.verdicts, self.dots)):
            terms = [say(w) for w, x in zip((w1, w2, w3), self.X[i]) if x]
            total = " + ".join(terms).replace("+ −", "− ")
            text.set_text(f"{total} = {say(z[i])}" if len(terms) > 1 else total)
            look = (BLUE, "o", "right") if right[i] else (VERMILLION, "X", "wrong")
            dot.set(data=([a[i]], [i]), color=look[0], marker=look[1])
            verdict.set(text=look[2], color=look[0])
        self.score.set_text(f"{right.sum()} of 4 right")

    def words(self, w1, w2, w3):
        _, a, right = self._numbers(w1, w2, w3)
        missing = np.flatnonzero(~right) + 1
        rest = "each is on the side of its target"
        if len(missing):
            rest = f"row{'s' if len(missing) > 1 else ''} {say_all(missing)} wrong"
        return (
            f"Weights {say_all((w1, w2, w3))} give the outputs {say_all(a)}. "
            f"{right.sum()} of 4 right: {rest}."
        )


def _grid(axes, left, top, values, name):
    """Draw a matrix as cells, its name and shape above; return numbers and grid."""
    rows, columns = values.shape
    grid = axes.plot(*cells((left, top), rows, columns), color=GREY, lw=1, zorder=1)
    texts = []
    for i, j in np.ndindex(rows, columns):
        x, y = left + j + 0.5, top - i - 0.5
        texts.append(axes.text(x, y, say(values[i, j]), ha="center", va="center"))
    label = f"{name}   ({rows}, {columns})"
    label = axes.text(left + columns / 2, top + 0.3, label, ha="center", fontsize=13)
    return texts, [*grid, label]


def _frame(axes, width, height, color, lw=4, **kwargs):
    frame = Rectangle((0, 0), width, height, fc="none", ec=color, lw=lw, **kwargs)
    return axes.add_patch(frame)


class Batch(Picture):
    """All examples through two neurons: one matrix product, cell by cell."""

    X, W = four_rows()[0], np.array([[2, -1], [0, 3], [-1, 0.5]])
    controls = {"cell": Knob("cells computed", tuple(range(9)), whole=True, play=True)}
    start = {"cell": 0}
    states = {
        "example 2, neuron 1": {"cell": 3},
        "example 2, neuron 2": {"cell": 4},
        "all computed": {"cell": 8},
    }
    top, left = 5.4, {"X": 2.2, "W": 7, "z": 11}

    def draw(self, figure, **values):
        axes = board(figure, (0, 0, 1, 1), 14, 6)
        for i in range(4):
            axes.text(2, 4.9 - i, f"example {i + 1}", ha="right", va="center")
        for x, text in (6.8, "neuron"), (7.6, "1"), (8.6, "2"):
            axes.text(x, 2.1, text, ha="right", va="center")
        for x, sign in (6.1, "@"), (10, "="):
            axes.text(x, 3.9, sign, ha="center", va="center", fontsize=18)
        matrices = {"X": self.X, "W": self.W, "z": self.X @ self.W}
        grids = {
            name: _grid(axes, self.left[name], self.top, matrix, name)
            for name, matrix in matrices.items()
        }
        self.results, self.grid = grids["z"]
        self.row = _frame(axes, 3, 1, BLUE)
        self.column = _frame(axes, 1, 3, VERMILLION, ls=(0, (2.5, 0.8)))
        self.result = _frame(axes, 1, 1, BLACK)
        self.sum = axes.text(7, 0.55, "", ha="center", va="center", fontsize=14)
        frames = self.row, self.column, self.result
        return on_top(*self.grid, *self.results, *frames, self.sum)

    def _place(self, cell):
        return divmod(int(cell) - 1, 2)

    def _sum(self, i, j):
        pairs = zip(self.X[i], self.W[:, j])
        terms = [f"{x} × {bracketed(say(w))}" for x, w in pairs]
        return f"{' + '.join(terms)} = {say(self.X[i] @ self.W[:, j])}"

    def move(self, cell):
        """Show the cells of z so far, and frame what the last one is made of."""
        for i, text in enumerate(self.results):
            text.set_visible(i < cell)
        # The shape of z is what the page asks, before the first cell.
        for artist in (*self.grid, self.result):
            artist.set_visible(cell > 0)
        i, j = self._place(max(cell, 1))
        self.row.set_xy((self.left["X"], self.top - i - 1))
        self.column.set_xy((self.left["W"] + j, self.top - 3))
        self.result.set_xy((self.left["z"] + j, self.top - i - 1))
        total = self._sum(i, j)
        self.sum.set_text(total if cell else f"{total.split(' = ')[0]} = ?")

    def asks(self, cell):
        """Return the number in the next cell, and its slips."""
        if cell == 8:
            return None
        i, j = self._place(cell + 1)
        z, x, w = self.X @ self.W, self.X[i], self.W[:, j]
        answer, slips = float(z[i, j]), {}
        for value, reply in (
            (z[i, 1 - j], "That is the other neuron's number, the other column of W."),
            (w.sum(), "That adds up the weights as they are. An input of 0 silences "
                      "its weight."),
            (x[:2] @ w[:2], "That leaves out the third product, of the constant 1."),
            (w[0] * w[1] * w[2], "That multiplies everything. The products are added."),
            (sigmoid(answer), "That is the output. Here z is asked for, before the "
                              "sigmoid."),
        ):  # fmt: skip
            if value not in slips and value != answer:
                slips[float(value)] = reply
        return {
            "question": f"Row {i + 1} of X is {say_all(x)}; column {j + 1} of W is "
            f"{say_all(w)}. Which number of z comes of them?",
            "answer": answer,
            "tolerance": 1e-9,
            "right": f"Yes: {self._sum(i, j)}.",
            "first_step": "Multiply in pairs, first with first, second with second, "
            "third with third. Then add the three products up.",
            "wrong": [{"value": value, "reply": each} for value, each in slips.items()],
            "next": {"cell": cell + 1},
        }

    def words(self, cell):
        if not cell:
            return (
                "X (4, 3) @ W (3, 2): no cell of z is computed yet. "
                "Which shape will z have?"
            )
        i, j = self._place(cell)
        return (
            f"Row {i + 1} of X (example {i + 1}) meets column {j + 1} of W (neuron "
            f"{j + 1}): {self._sum(i, j)}. Cells computed: {int(cell)} of 8."
        )


class Bias(Picture):
    """A bias that is added, beside a weight on a constant input."""

    size = (8.4, 3.1)
    w = np.array([2, -1])
    controls = {
        "b": Knob("bias b", WEIGHTS),
        "example": Choice("example", tuple(PAIRS)),
        "constant": Choice("constant", ("1", "0")),
    }
    start = {"b": 0, "example": "[1, 1]", "constant": "1"}
    states = {
        "only the bias": {"b": 1.5, "example": "[0, 0]", "constant": "1"},
        "bias against inputs": {"b": -3, "example": "[1, 0]", "constant": "1"},
        "constant off": {"b": -3, "example": "[1, 0]", "constant": "0"},
    }

    def draw(self, figure, **values):
        left, right = (board(figure, (at, 0, 0.5, 1), 6.8, 5) for at in (0, 0.5))
        places = [(1, 3.7), (1, 2.1), (1, 0.5)]
        center = np.array([5.7, 2.1])
        self.added = _Sum(left, places[:2], center)
        self.weighed = _Sum(right, places, center)
        edge(left, (5.7, 0.55), center - (0, 0.15), radius=0.4, color=BLACK)
        self.bias = left.text(5.7, 0.6, "", ha="center", va="center", fontsize=13)
        right.text(1.5, 0.3, "constant", va="center", color=GREY)
        for axes, text in (left, "b is added"), (right, "b is a weight"):
            axes.text(3.4, 4.6, text, ha="center", va="center", fontsize=13)
            axes.text(5.7, 2.95, "z", ha="center", va="center")
            for i, (x, y) in enumerate(places[:2]):
                axes.text(x - 0.5, y, f"$x_{i + 1}$", ha="right", va="center")
        return on_top(*self.added.moving, *self.weighed.moving, self.bias)

    def _numbers(self, b, example, constant):
        x, w = np.append(PAIRS[example], int(constant)), np.append(self.w, b)
        return x, w, float(x[:2] @ w[:2] + b), float(x @ w)

    def move(self, b, example, constant):
        x, w, added, weighed = self._numbers(b, example, constant)
        self.added.set(x[:2], w[:2], added)
        self.weighed.set(x, w, weighed)
        self.bias.set_text(f"+ b = {say(b)}")

    def words(self, b, example, constant):
        x, w, added, weighed = self._numbers(b, example, constant)
        same = "The two sums are equal: a bias is a weight on a constant 1."
        if b == 0:
            same = "With b = 0, neither has a bias yet."
        elif constant == "0":
            same = "The two sums differ by b: a constant of 0 switches the bias off."
        return (
            f"b is added: z = {say(added)}. b is the weight of a constant {constant}: "
            f"z = {say(weighed)}. {same}"
        )


SHAPES = {"(4, 3)": (4, 3), "(3, 3)": (3, 3), "(4, 1)": (4, 1), "(3, 1)": (3, 1),
          "(1, 3)": (1, 3), "(4,)": (4,)}  # fmt: skip


def _shape(left, operation, right):
    """Return the shape that NumPy gives, or None where it raises ValueError."""
    try:
        if operation == "@":
            return (np.zeros(left) @ np.zeros(right)).shape
        return np.broadcast_shapes(left, right)
    except ValueError:
        return None


class Shapes(Picture):
    """What two shapes make: by the matrix product, or entry by entry."""

    size = (8.4, 2.8)
    controls = {
        "left": Choice("left", ("(4, 3)", "(3, 3)", "(4, 1)")),
        "operation": Choice("operation", ("@", "*", "−")),
        "right": Choice("right", ("(3, 1)", "(1, 3)", "(4, 1)", "(4,)")),
    }
    start = {"left": "(4, 3)", "operation": "@", "right": "(3, 1)"}
    states = {
        "column": {"left": "(4, 3)", "operation": "*", "right": "(3, 1)"},
        "row": {"left": "(4, 3)", "operation": "*", "right": "(1, 3)"},
        "3 examples": {"left": "(3, 3)", "operation": "*", "right": "(3, 1)"},
        "column − list": {"left": "(4, 1)", "operation": "−", "right": "(4,)"},
    }

    def draw(self, figure, **values):
        axes = board(figure, (0, 0, 1, 1), 18.6, 6.2)
        self.corners = [(1.2, 6), (7.6, 6), (13.8, 6)]
        (self.stretched,) = axes.plot([], [], ":", color=VERMILLION, lw=2)
        (self.stored,) = axes.plot([], [], "-", color=BLUE, lw=2.5)
        self.names = [
            axes.text(x, 1.15, "", ha="center", fontsize=15) for x, _ in self.corners
        ]
        self.operation = axes.text(6.4, 4, "", ha="center", va="center", fontsize=20)
        axes.text(12.6, 4, "=", ha="center", va="center", fontsize=20)
        self.error = axes.text(15.8, 4, "", ha="center", va="center", fontsize=15)
        axes.plot([4.1, 4.9], [0.4, 0.4], "-", color=BLUE)
        axes.text(5.2, 0.4, "stored", va="center")
        axes.plot([9.1, 9.9], [0.4, 0.4], ":", color=VERMILLION, lw=2)
        axes.text(10.2, 0.4, "stretched copies", va="center")
        moving = self.stretched, self.stored, *self.names
        return on_top(*moving, self.operation, self.error)

    def move(self, left, operation, right):
        shapes = [SHAPES[left], SHAPES[right]]
        shapes.append(_shape(shapes[0], operation, shapes[1]))
        result = shapes[-1]
        full = [result] * 3 if operation != "@" and result else shapes
        self.stretched.set_data(*self._cells(full))
        self.stored.set_data(*self._cells(shapes))
        for name, shape, (x, _) in zip(self.names, shapes, self.corners):
            name.set_text(str(shape) if shape else "")
            name.set_x(x + (shape[-1] / 2 if shape else 0))
        self.operation.set_text(operation)
        self.error.set_text("" if result else "ValueError")

    def _cells(self, shapes):
        """Return one line of the cells of all three; None has none."""
        grids = [
            cells(corner, *((1,) + shape)[-2:])
            for shape, corner in zip(shapes, self.corners)
            if shape
        ]
        return np.hstack(grids)

    def words(self, left, operation, right):
        a, b = SHAPES[left], SHAPES[right]
        result = _shape(a, operation, b)
        lead = f"{left} {operation} {right}: "
        if operation == "@":
            inner = a[1], b[0]
            if not result:
                differ = f"the inner numbers, {inner[0]} and {inner[1]}, differ"
                return f"{lead}{differ}. NumPy raises a ValueError."
            return (
                f"{lead}the inner numbers are both {inner[0]}, and vanish in the sums. "
                f"The outer ones stay: shape {result}, each cell a sum of {inner[0]} "
                f"product{'s' if inner[0] > 1 else ''}."
            )
        pairs = [f"{a[1]} meets {b[-1]}"]
        pairs.append(f"{a[0]} meets {b[0] if len(b) > 1 else 'nothing'}")
        lead += f"entry by entry. From the right, {pairs[0]} and {pairs[1]}. "
        if not result:
            why = "Two numbers that differ, neither of them 1, don't fit"
            return f"{lead}{why}: NumPy raises a ValueError."
        stretch = "Nothing is stretched"
        if result != a or result != b:
            stretch = "What is 1 or missing is stretched"
        return f"{lead}{stretch}: shape {result}, and nothing is added up."


class Layers(Picture):
    """The numbers of one example on their way through layers of neurons."""

    size = (8.4, 3.3)
    controls = {
        "widths": Choice("layers", ("3 → 1", "3 → 2 → 1", "3 → 4 → 2 → 1")),
        "example": Choice("example", tuple(ROWS)),
    }
    start = {"widths": "3 → 4 → 2 → 1", "example": "[1, 1, 1]"}
    states = {
        "one neuron": {"widths": "3 → 1", "example": "[1, 1, 1]"},
        "one hidden layer": {"widths": "3 → 2 → 1", "example": "[1, 1, 1]"},
    }
    redraw = ("widths",)

    def _forward(self, widths, example):
        layers = network.init([int(n) for n in widths.split(" → ")], scale=2, seed=3)
        return layers, [a[0] for a in network.forward(layers, ROWS[example][None])]

    def draw(self, figure, widths, example):
        layers, a = self._forward(widths, example)
        axes = board(figure, (0, 0, 1, 1), 14, 5.5)
        x = np.linspace(1.6, 12.4, len(a))
        places = [
            [
                (x[i], 2.95 + 1.05 * ((len(column) - 1) / 2 - j))
                for j in range(len(column))
            ]
            for i, column in enumerate(a)
        ]
        self.nodes = []
        for i, column in enumerate(places):
            hidden = 0 < i < len(places) - 1
            kind = "inputs" if i == 0 else "hidden" if hidden else "output"
            for place in column:
                color = VERMILLION if hidden else BLUE if i else BLACK
                self.nodes.append(node(axes, place, radius=0.47, color=color))
                for before in places[i - 1] if i else []:
                    edge(axes, before, place, radius=0.47)
            axes.text(x[i], 5.25, kind, ha="center", va="center", fontsize=13)
        for i, (W, b, _) in enumerate(layers):
            text = f"$W$ {W.shape}\n$b$ {b.shape}"
            axes.text((x[i] + x[i + 1]) / 2, 0.1, text, ha="center", va="bottom")
        return on_top(*self.nodes)

    def move(self, widths, example):
        numbers = np.concatenate(self._forward(widths, example)[1])
        for i, (text, number) in enumerate(zip(self.nodes, numbers)):
            text.set_text(say(number) if i < 3 else f"{number:.2f}")

    def words(self, widths, example):
        layers, a = self._forward(widths, example)
        hidden = ["no hidden layer", "1 hidden layer", "2 hidden layers"][len(a) - 2]
        passed = [f"layer {i} gives {say_all(a[i], 2)}" for i in range(1, len(a) - 1)]
        passed.append(f"the output is {say(a[-1][0], 2)}")
        return (
            f"Layers of weights: {len(layers)}; {hidden}. "
            f"Inputs {example}: {', '.join(passed)}."
        )
