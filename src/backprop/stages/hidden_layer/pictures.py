"""Stage 06: a hidden layer, forward and backward, and what it learns on XOR."""

from functools import lru_cache

import numpy as np
from matplotlib.patches import Rectangle

from backprop import network
from backprop.data import xor
from backprop.graph import board, cells, edge, node, on_edge
from backprop.image import SIGNED
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
    count,
    joined,
    makes,
    on_top,
    say,
    say_all,
    ticks,
)
from backprop.training import FIRST, Curves, at, half, iteration_axis, up_to

# The 2-2-1 network of the page, before any training.
PAGE = [
    network.Layer(np.array([[0.5, -1.0], [1.5, 0.6]]), np.array([[-0.4, 0.3]])),
    network.Layer(np.array([[1.2], [-0.7]]), np.array([[0.2]])),
]
RULES = (
    "inputs, weights, biases",
    "forward →  hidden units: z = x W + b,  a = σ(z)",
    "forward →  output: z = a W + b,  a = σ(z)",
    "← backward  output: δ = (a − y) · a(1 − a)",
    "← backward  last weights: ∂L/∂w = a · δ",
    "← backward  hidden units: δ = δ of the output · w · a(1 − a)",
    "← backward  first weights: ∂L/∂w = x · δ",
)


class TwoLayerPass(Picture):
    """One example through a 2-2-1 network: forward, then backward, in six steps."""

    size = (8.4, 3.6)
    controls = {
        "step": Knob("step", tuple(range(len(RULES))), whole=True, play=True),
        "example": Choice("example", ("0, 0", "0, 1", "1, 0", "1, 1")),
    }
    start = {"step": 0, "example": "1, 0"}
    states = {
        "forward done": {"step": 2},
        "output's delta": {"step": 3},
        "hidden deltas": {"step": 5},
        "all gradients": {"step": 6},
    }
    inputs = (1.4, 5.0), (1.4, 1.6)
    hidden = (7.2, 5.0), (7.2, 1.6)
    output = (12.7, 3.3)

    def numbers(self, example):
        """Return what each step adds: 0 the inputs, …, 6 the first gradients."""
        X, y = xor()
        row = self.controls["example"].options.index(example)
        x, y = X[[row]], y[[row]]
        (W1, b1, _), (W2, b2, _) = PAGE
        _, a1, a2 = network.forward(PAGE, x)
        # With one example, the gradient of a bias is its unit's delta.
        (dW1, delta1), (dW2, delta2) = network.gradients(PAGE, x, y)
        loss = network.loss_value(PAGE, x, y)
        steps = [x], [x @ W1 + b1, a1], [a1 @ W2 + b2, a2, y, loss]
        steps = *steps, [delta2], [dW2], [delta1], [dW1]
        return [np.concatenate([np.ravel(part) for part in step]) for step in steps]

    def draw(self, figure, step, example):
        axes = board(figure, (0, 0, 1, 1), 16.8, 7.2)
        self.rule = axes.text(0.3, 6.65, "", size=13, va="center")
        value, back = {"color": BLUE}, {"color": VERMILLION}
        texts = [[] for _ in RULES]
        for i, xy in enumerate(self.inputs):
            texts[0].append(node(axes, xy, radius=0.62, **value))
            axes.text(xy[0], xy[1] + 0.75, f"$x_{i + 1}$", ha="center")
        z, a, delta, first, last = [], [], [], [], []
        units = list(zip((*self.hidden, self.output), (*PAGE[0].b[0], *PAGE[1].b[0])))
        for (x, y), b in units:
            axes.text(x + 0.2, y + 0.85, f"b = {say(b)}", ha="right")
            z.append(axes.text(x + 0.4, y + 0.85, "z = {}", **value))
            a.append(node(axes, (x, y), radius=0.62, **value))
            delta.append(axes.text(x - 0.2, y - 0.8, "δ = {}", va="top", **back))
        for i, start in enumerate(self.inputs):
            for j, end in enumerate(self.hidden):
                first.append(
                    _weight(axes, start, end, PAGE[0].W[i, j], 0.5 - 0.2 * (i != j))
                )
        for j, start in enumerate(self.hidden):
            last.append(_weight(axes, start, self.output, PAGE[1].W[j, 0], 0.6))
        x, y = self.output
        loss = [axes.text(x + 1, y + 0.15, "y = {}", va="bottom", **value)]
        loss += [axes.text(x + 1, y - 0.15, "L = {}", va="top", **value)]
        texts[1:] = (
            z[:2] + a[:2],
            [z[2], a[2], *loss],
            delta[2:],
            last,
            delta[:2],
            first,
        )
        self.texts = [
            [(text, text.get_text() or "{}") for text in each] for each in texts
        ]
        return on_top(self.rule, *(text for each in self.texts for text, _ in each))

    def move(self, step, example):
        """Show the numbers up to this step; what is new is bold."""
        self.rule.set_text(RULES[step])
        for i, numbers in enumerate(self.numbers(example)):
            for (text, form), number in zip(self.texts[i], numbers):
                text.set_visible(i <= step)
                text.set_text(form.format(say(number)))
                text.set_weight("bold" if i == step else "normal")

    def words(self, step, example):
        _, hidden, (z, a, y, loss), (delta,), last, deltas, first = self.numbers(
            example
        )
        back, slopes = bracketed(say(delta)), hidden[2:] * (1 - hidden[2:])
        products = [
            f"{back} · {bracketed(say(w))} · {say(slope)} "
            f"{makes(product, delta, w, slope)}"
            for w, slope, product in zip(PAGE[1].W[:, 0], slopes, deltas)
        ]
        said = (
            "The weights stand on the edges, the biases beside the nodes.",
            f"The hidden units have z = {say_all(hidden[:2])}, so a = "
            f"{say_all(hidden[2:])}.",
            f"The output has z = {say(z)}, so a = {say(a)}. The target is {say(y)}, "
            f"and the loss {say(loss)}.",
            f"The output's delta is ({say(a)} − {say(y)}) · {say(a * (1 - a))} "
            f"{makes(delta, read(say(a)) - y, a * (1 - a))}.",
            f"Each last weight gets its hidden unit's a times {back}: the gradients "
            f"are {say_all(last)}.",
            f"The hidden deltas are {products[0]} for unit 1 and {products[1]} for "
            "unit 2.",
            "Each first weight gets its input times its unit's delta: the gradients "
            f"are {say_all(first[:2])} from x₁, {say_all(first[2:])} from x₂. A bias "
            "gets its unit's delta.",
        )
        return f"Step {step} of 6, example {example}. {said[step]}"


def _weight(axes, start, end, weight, at):
    """Draw an edge with its weight above it; return the gradient's Text below."""
    edge(axes, start, end, radius=0.62)
    on_edge(axes, start, end, say(weight), at)
    return on_edge(axes, start, end, "{}", at, below=True, color=VERMILLION)


EXAMPLES, UNITS, OUTPUTS = ("examples", 4), ("units", 3), ("outputs", 2)
# Name: left, right and result; the index of the rows, the summed one, the columns.
PRODUCTS = {
    "forward: a W": ("a", "W", "a W", EXAMPLES, UNITS, OUTPUTS),
    "backward: δ Wᵀ": ("δ", "Wᵀ", "∂L/∂a", EXAMPLES, OUTPUTS, UNITS),
    "gradient: aᵀ δ": ("aᵀ", "δ", "∂L/∂W", UNITS, EXAMPLES, OUTPUTS),
}
WHY = {
    "units": "each output hears every unit",
    "outputs": "a unit reaches the loss through every output",
    "examples": "every example pulls at the one weight",
}


class Transposes(Picture):
    """The three matrix products of a layer, and the index that each sums over."""

    size = (8.4, 2.6)
    controls = {
        "product": Choice("product", tuple(PRODUCTS)),
        "row": Knob("row", (1, 2, 3), whole=True),
        "column": Knob("column", (1, 2), whole=True),
    }
    start = {"product": "forward: a W", "row": 1, "column": 1}
    redraw = ("product",)

    def draw(self, figure, product, row, column):
        left, right, result, rows, summed, columns = PRODUCTS[product]
        axes = board(figure, (0, 0, 1, 1), 16.8, 5.2)
        grids = (left, rows, summed), (right, summed, columns), (result, rows, columns)
        self.corners = []
        for x, grid in zip((2.0, 7.4, 12.8), grids):
            self.corners.append(_grid(axes, x, *grid, summed))
        axes.text(6.0, 2.2, "@", size=20, ha="center", va="center")
        axes.text(11.4, 2.2, "=", size=20, ha="center", va="center")
        m = summed[1]
        across = Rectangle((0, 0), 0.7 * m, 0.7, color=BLUE, alpha=0.6)
        down = Rectangle((0, 0), 0.7, 0.7 * m, color=VERMILLION, alpha=0.6, hatch="//")
        entry = Rectangle((0, 0), 0.7, 0.7, color=BLACK)
        self.parts = [axes.add_patch(part) for part in (across, down, entry)]
        return on_top(*self.parts)

    def move(self, product, row, column):
        across, down, entry = self.parts
        (x, top), (x2, top2), (x3, top3) = self.corners
        height = down.get_height()
        across.set_xy((x, top - 0.7 * row))
        down.set_xy((x2 + 0.7 * (column - 1), top2 - height))
        entry.set_xy((x3 + 0.7 * (column - 1), top3 - 0.7 * row))

    def words(self, product, row, column):
        left, right, result, (_, n), (index, m), (_, k) = PRODUCTS[product]
        return (
            f"{left} {right}: ({n}, {m}) @ ({m}, {k}) gives ({n}, {k}). Entry ({row}, "
            f"{column}) of {result} is row {row} of {left} times column {column} of "
            f"{right}, a sum over the {m} {index}: {WHY[index]}."
        )


def _grid(axes, x, name, rows, columns, summed):
    """Draw a matrix with its name, shape and indices; return its top left corner."""
    (down, n), (across, m) = rows, columns
    top, width, height = 2.2 + 0.35 * n, 0.7 * m, 0.7 * n
    axes.plot(*cells((x, top), n, m, side=0.7), color=GREY, lw=1)
    for index, place in (
        (down, {"x": x - 0.15, "y": top - height / 2, "ha": "right", "rotation": 90}),
        (across, {"x": x + width / 2, "y": top + 0.1, "ha": "center", "va": "bottom"}),
    ):
        weight = "bold" if index == summed[0] else "normal"
        axes.text(s=index, **{"va": "center", **place}, weight=weight)
    axes.text(
        x + width / 2, 4.85, f"{name}  ({n}, {m})", ha="center", va="center", size=14
    )
    return x, top


SEEDS = range(20)
RATES = (0.1, 0.2, 0.5, 1, 2, 3, 5)
ITERATIONS = (0, 1, 2, 3, 5, 7, 10, 20, 30, 50, 70, 100, 150, 200, 250, 300, 400, 500,
              700, 1000, 1500, 2000, 3000, 5000, 7000, 10000)  # fmt: skip
MOST = 4  # hidden units
SQUARE = np.linspace(-0.5, 1.5, 41)
GRID = np.stack(np.meshgrid(SQUARE, SQUARE), axis=-1).reshape(-1, 2)


@lru_cache(maxsize=64)
def _trained(learning_rate, width):
    """Return the History of all seeds at one rate; about 100 kB, trained once."""
    widths = (2, width, 1) if width else (2, 1)
    start = network.init(widths, seed=SEEDS)
    last = ITERATIONS[-1]
    return network.train(start, *xor(), learning_rate, last, keep=ITERATIONS)


@lru_cache(maxsize=8)
def _at(learning_rate, iteration, width):
    """Return all seeds' networks at any iteration."""
    return at(_trained(learning_rate, width), learning_rate, iteration)


class HiddenLayer(Picture):
    """XOR: the hidden units, the output and the loss, from start to now.

    width: of the hidden layer at the start; 0 is a neuron alone.
    """

    size = (8.4, 3.1)
    controls = {
        "learning_rate": Knob("learning rate η", RATES),
        "iteration": Knob("iteration", ITERATIONS, whole=True, play=True),
        "width": Knob("hidden units", tuple(range(MOST + 1)), whole=True),
        "seed": Knob("start seed", tuple(SEEDS), whole=True),
    }
    start = {"learning_rate": 1, "iteration": 10, "width": 2, "seed": 2}
    states = {
        "neuron alone": {**start, "width": 0, "iteration": 10000},
        "one unit": {**start, "width": 1, "iteration": 10000},
        "plateau": {**start, "iteration": 100},
        "solved": {**start, "iteration": 10000},
        "stuck": {**start, "seed": 0, "iteration": 10000},
        "same seed, 3 units": {**start, "seed": 0, "width": 3, "iteration": 10000},
    }
    redraw = ("width",)

    def __init__(self, width=2):
        self.start = {**self.start, "width": width}

    def draw(self, figure, learning_rate, iteration, width, seed):
        self.surfaces, self.halves, self.names = [], [], []
        for j in range(width):
            left, bottom, side = 0.012 + 0.168 * (j % 2), 0.26, 0.152
            if width == 1:
                left += 0.084
            if width > 2:
                left, bottom, side = left + 0.022, 0.52 - 0.495 * (j // 2), 0.108
            axes = figure.add_axes((left, bottom, side, side * 8.4 / 3.1))
            axes.set(xticks=[], yticks=[])
            self._surface(axes)
            axes.plot([0, 0, 1, 1], [0, 1, 0, 1], ".", color=BLACK, ms=7)
            self.names.append(axes.set_title("", pad=5))
        if not width:
            figure.text(0.16, 0.5, "no hidden layer", ha="center", va="center")

        output = figure.add_axes((0.385, 0.155, 0.26, 0.26 * 8.4 / 3.1))
        output.set(xlabel="$x_1$", ylabel="$x_2$")
        ticks(output.xaxis, [0, 1])
        ticks(output.yaxis, [0, 1])
        figure.text(0.515, 0.91, "output, and targets", ha="center")
        output.xaxis.labelpad = output.yaxis.labelpad = -6
        image = self._surface(output)
        for x, target in zip(*xor()):
            output.plot(*x, "o", color=BLACK, mfc="white", ms=20, mew=1)
            output.plot(*x, marker=f"${target[0]}$", color=BLACK, mew=0.3)
        bar = figure.add_axes((0.655, 0.155, 0.012, 0.26 * 8.4 / 3.1))
        colours = figure.colorbar(image, cax=bar)
        colours.solids.set_edgecolor("face")  # else white seams between its steps
        ticks(bar.yaxis, [0, 0.5, 1], fractions=True)

        loss = figure.add_axes((0.775, 0.2, 0.19, 0.66))
        iteration_axis(loss, ITERATIONS[-1], step=2)
        loss.set(yscale="log", ylim=(2e-5, 2))
        ticks(loss.yaxis, [1, 0.1, 0.01, 1e-3, 1e-4])
        figure.text(0.765, 0.91, "loss; other seeds grey")
        (self.others,) = loss.plot([], [], color=GREY, lw=0.8, alpha=0.8)
        self.curve = Curves(loss, FIRST)
        moving = *self.surfaces, *self.halves, *self.names, self.others
        return [*moving, *self.curve.moving]

    def _surface(self, axes):
        """Add a square of colours, and the line where they pass ½."""
        shape = (len(SQUARE), len(SQUARE))
        image = axes.imshow(
            np.zeros(shape), cmap=SIGNED, vmin=0, vmax=1, origin="lower",
            extent=(-0.5, 1.5, -0.5, 1.5), interpolation="none", zorder=0.6,
        )  # fmt: skip
        axes.spines[:].set(visible=True, color=GREY)
        self.surfaces.append(image)
        self.halves += axes.plot([], [], "--", color=BLACK, lw=1.5)
        return image

    def move(self, learning_rate, iteration, width, seed):
        runs = _at(learning_rate, iteration, width)
        one = [network.Layer(layer.W[seed], layer.b[seed]) for layer in runs]
        _, *a = network.forward(one, GRID)
        for image, line, values in zip(self.surfaces, self.halves, np.hstack(a).T):
            values = values.reshape(len(SQUARE), len(SQUARE))
            image.set_data(values)
            line.set_data(*half(SQUARE, SQUARE, values))
        for j, name in enumerate(self.names):
            name.set_text(f"unit {j + 1}\nweight {say(one[1].W[j, 0].round(1))}")
        history = _trained(learning_rate, width)
        x = up_to(iteration, history.iterations)
        y = np.vstack([history.loss()[: len(x) - 1], network.loss_value(runs, *xor())])
        self.others.set_data(*joined([np.column_stack([x, each]) for each in y.T]))
        self.curve.move(x, y[:, seed])

    def words(self, learning_rate, iteration, width, seed):
        X, y = xor()
        runs = _at(learning_rate, iteration, width)
        loss = network.loss_value(runs, X, y)[seed]
        a = network.forward(runs, X)[-1]
        right = np.abs(a - y) < 0.5 - 1e-6  # rounding must not decide at ½
        units = count(width, "hidden unit") if width else "no hidden unit"
        verdict = "all four outputs are on the right side of ½"
        if not right[seed].all():
            are = "is" if right[seed].sum() == 1 else "are"
            verdict = f"{right[seed].sum()} of 4 outputs {are} on the right side of ½"
        solved = right.all((-2, -1)).sum()
        return (
            f"Iteration {iteration:,}, rate {say(learning_rate)}, {units}, seed "
            f"{seed}: the loss is {say(loss)}, and {verdict}. Of the {len(SEEDS)} "
            f"seeds, {solved} {'has' if solved == 1 else 'have'} all four right. "
            f"Outputs {say_all(a[seed])}."
        )
