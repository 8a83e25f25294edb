"""Stage 09: the playground, a network to build, train and look into."""

from functools import lru_cache

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap

from backprop import network
from backprop.picture import (
    BLACK,
    BLUE,
    GREY,
    STILL,
    VERMILLION,
    Choice,
    Knob,
    Picture,
    after,
    joined,
    on_top,
    power,
    say,
    scientific,
    stems,
    ticks,
)
from backprop.stages.practice import playground
from backprop.stages.practice.pictures_sets import TRAINING_CURVE, VALIDATION_CURVE
from backprop.training import FIRST, SECOND, Curves, iteration_axis

TILE, PITCH = 12, 16  # of a unit's map: its side, and from one to the next, in points
WIDTH = 213  # of the drawn network, in the same points
MAP = 4 * TILE  # side of the decision map, in points
COLOURS = LinearSegmentedColormap.from_list(
    "two classes", ["#E08A4D", "white", "#4D9CCC"], N=9
)
SIGNS = LinearSegmentedColormap.from_list("signs", [VERMILLION, BLUE], N=2)
SHADES = {
    "cmap": COLOURS, "vmin": -1, "vmax": 1, "interpolation": "none", "aspect": "auto",
}  # fmt: skip
LOW, HIGH = 1e-7, 10  # of the axis of gradient sizes
LOSSES = 1e-4, 10  # the ends of the axis of losses
THICKEST = 5  # points: the line of a weight is as thick as the weight is large


class Layers(Knob):
    """Hidden layers by their widths: "8 8" is two of eight units each.

    From none to four, each of one to eight units.
    """

    def check(self, value):
        """Return the widths as text; ValueError names the label."""
        try:
            return self.read(value)
        except ValueError as error:
            raise ValueError(f"{self.label}: {error}") from None

    def read(self, text):
        """Return the value that a typed text means, or raise ValueError."""
        return " ".join(map(str, playground.widths_of(text))) or playground.NO_LAYER

    def write(self, value):
        """Return the value as it stands in the box."""
        return value

    def place(self, value):
        """Return the index of the stop that has the most nearly as many units."""
        if value in self.stops:
            return self.stops.index(value)
        units = [sum(playground.widths_of(stop)) for stop in self.stops]
        return int(
            np.argmin(np.abs(np.subtract(units, sum(playground.widths_of(value)))))
        )

    nearest = place


def _chosen(*values):
    names = ("data", "hidden", "activation", "learning_rate", "weight_decay")
    return dict(zip(names, values))


class Playground(Picture):
    """A network on two inputs, its data and its training: all of it yours to choose.

    Losses and gradients are means over the rows: cross-entropy, on a sigmoid output.

    Parameters
    ----------
    table : your own rows of two numbers and a label, or the path of a CSV file of such
        rows; a third of them is held out for validation, and each column is scaled to
        mean 0 and standard deviation 1
    noise : standard deviation of what is added to each coordinate; None: each data
        set's own
    batch : rows of a mini-batch; None: all
    scale : of the start weights, as for `network.init`
    momentum : from 0 to 0.999
    seed : of the start weights and of the batches

    Raises
    ------
    ValueError
        For a value out of range, and for a table that is none: it says where.
    """

    size = (8.4, 3.5)
    along = "iteration"
    controls = {
        "data": Choice("data", tuple(playground.RECIPES)),
        "hidden": Layers(
            "hidden layers",
            (
                playground.NO_LAYER,
                "1",
                "2",
                "3",
                "4",
                "6",
                "8",
                "4 4",
                "8 8",
                "8 8 8",
                "8 8 8 8",
            ),
        ),
        "activation": Choice("activation", ("tanh", "sigmoid", "ReLU")),
        "learning_rate": Knob(
            "learning rate η",
            (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 2, 3, 5, 10, 20, 30, 50, 100),
        ),
        "weight_decay": Knob(
            "weight decay", (0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1)
        ),
        "iteration": Knob("iteration", playground.KEPT, whole=True, play=True),
    }
    start = {
        "data": "moons",
        "hidden": "4",
        "activation": "tanh",
        "learning_rate": 1,
        "weight_decay": 0,
        "iteration": 19,
    }
    states = {
        "spiral": _chosen("spiral", "8", "tanh", 2, 0),
        "spiral, weight decay": _chosen("spiral", "8", "tanh", 2, 0.01),
        "deep sigmoids": _chosen("spiral", "8 8 8 8", "sigmoid", 0.1, 0),
        "dying ReLUs": _chosen("spiral", "8 8", "ReLU", 3, 0),
        "diverges": _chosen("moons", playground.NO_LAYER, "tanh", 50, 0.1),
    }
    redraw = ("data", "hidden")

    def __init__(
        self, table=None, noise=None, batch=None, scale=1.0, momentum=0.0, seed=0
    ):
        rows, self._labels = playground.ROWS, None
        if table is not None:
            X, y, self._labels = playground.read_table(table)
            self._own = playground.split(X, y)
            rows = min(rows, len(self._own.training[1]))
            names = (playground.YOURS, *playground.RECIPES)
            self.controls = {**self.controls, "data": Choice("data", names)}
            self.start = {**self.start, "data": playground.YOURS}
        fixed = playground.Set(noise, batch, scale, momentum, seed)
        self._fixed = playground.checked(fixed, rows)
        self._now = lru_cache(maxsize=2)(self._now)

    def _rows(self, data):
        if data == playground.YOURS:
            return self._own
        return playground.rows_of(data, self._fixed.noise)

    def _now(self, data, hidden, activation, learning_rate, weight_decay, iteration):
        trained = playground.train(
            self._rows(data), playground.widths_of(hidden), activation.lower(),
            learning_rate, weight_decay, self._fixed, last=iteration,
        )  # fmt: skip
        return Now(trained)

    def code(self, **values):
        """Return the network at these values as a text of NumPy that prints its loss.

        values: for each control to be other than at the start, its value. First the
        lines that make the data, then fifteen that start, train and print; momentum
        and mini-batches take some more. The loss is the picture's, to nine digits;
        where a large rate makes the training swing, rounding grows, and they part.
        """
        values = {**self.start, **self.check(**values)}
        data = values.pop("data")
        X, y = self._rows(data).training
        if data == playground.YOURS:
            text = (
                "import numpy as np\n\n"
                f"X = np.array({X.tolist()})\ny = np.array({y.tolist()})\n"
            )
        else:
            text = playground.recipe(data, self._fixed.noise)
        values["hidden"] = playground.widths_of(values["hidden"])
        values["activation"] = values["activation"].lower()
        lines = playground.network_text(**values, fixed=self._fixed, n=len(y))
        return f"{text}\n{lines}\n"

    # -- the picture

    def draw(self, figure, data, hidden, **values):
        width, height = self.size

        def axes_at(left, bottom, right, top):
            ends = (left / width, bottom / height)
            return figure.add_axes(
                (*ends, right / width - ends[0], top / height - ends[1])
            )

        units = [2, *playground.widths_of(hidden), 1]
        columns = np.linspace(TILE, WIDTH - TILE, len(units))
        self._corners = [
            [(round(x - TILE / 2), round(_top(i, n))) for i in range(n)]
            for x, n in zip(columns, units)
        ]
        net = axes_at(0.65, 0.98, 3.9, 3.17)
        net.axis("off")
        net.set_title("orange: weight < 0, blue: > 0", loc="left", **STILL)
        self._weights = LineCollection(_edges(self._corners), cmap=SIGNS, clim=(-1, 1))
        net.add_collection(self._weights)
        self._maps = net.imshow(
            np.zeros((8 * PITCH, WIDTH)), extent=(0, WIDTH, 8 * PITCH, 0),
            zorder=3, **SHADES,
        )  # fmt: skip
        net.set(xlim=(0, WIDTH), ylim=(8 * PITCH, 0))
        (self._frames,) = net.plot([], [], color=GREY, lw=1, zorder=4)
        (self._resting,) = net.plot([], [], color=BLACK, lw=3, zorder=5)

        bars = axes_at(0.65, 0.3, 3.9, 0.74)
        bars.set_yscale("log")
        bars.set(xlim=(0, WIDTH), ylim=(LOW, HIGH))
        names = [f"$W_{i}$" for i in range(1, len(units))]
        bars.set_xticks(columns, ["gradient", *names])
        ticks(bars.yaxis, [1e-6, 0.001, 1])
        bars.grid(True, axis="y")
        self._columns = columns[1:]
        (self._bars,) = bars.plot([], [], color=BLACK, lw=12, solid_capstyle="butt")

        rows = self._rows(data)
        X, y = rows.training
        side = max(2.5, 1.05 * np.abs(np.vstack([X, rows.validation[0]])).max())
        self._grid = _grid(side)
        plane = axes_at(4.2, 1.25, 6.05, 3.1)
        plane.set(xlim=(-side, side), ylim=(-side, side), xticks=[], yticks=[])
        plane.set_title("output", loc="left", **STILL)
        plane.spines[:].set_visible(True)
        self._map = plane.imshow(
            np.zeros((MAP, MAP)), extent=(-side, side, -side, side), origin="lower",
            **SHADES,
        )  # fmt: skip
        for label, look in ((0, SECOND), (1, FIRST)):
            points = X[y[:, 0] == label]
            dots = {**look, "ls": "", "ms": 4, "mec": "white", "mew": 0.5}
            plane.plot(*points.T, **dots)

        curve = axes_at(6.75, 1.25, 8.2, 3.1)
        curve.set_yscale("log")
        iteration_axis(curve, playground.LAST)
        ticks(curve.xaxis, [0, 10, 1000])
        curve.set_ylim(*LOSSES)
        ticks(curve.yaxis, [1e-4, 0.01, 1])
        curve.set_title("loss", loc="left", **STILL)
        self._losses = Curves(curve, TRAINING_CURVE, VALIDATION_CURVE)
        top = {"ha": "right", "va": "baseline", "transform": curve.transAxes}
        self._beyond = curve.text(1, 1.045, "", **top)
        self._told = [
            figure.text(4.2 / width, (0.83 - 0.21 * i) / height, "", va="top")
            for i in range(4)
        ]
        return [
            self._weights, self._maps, self._frames, self._resting, self._bars,
            self._map, *self._losses.moving, *on_top(self._beyond, *self._told),
        ]  # fmt: skip

    def move(self, **values):
        now = self._now(**values)
        losses = [now.run.loss, now.run.loss_new]
        self._losses.move(now.run.iterations, *np.clip(losses, *LOSSES))
        beyond = np.nan_to_num(losses, nan=np.inf).max() > LOSSES[1]
        self._beyond.set_text(f"↑ over {LOSSES[1]}" if beyond else "")
        for text, line in zip(self._told, now.lines(), strict=True):
            text.set_text(line)
        for artist in (
            self._weights, self._maps, self._frames, self._resting, self._bars,
            self._map,
        ):  # fmt: skip
            artist.set_visible(now.finite)
        if now.finite:
            self._move_network(now)

    def _move_network(self, now):
        weights = np.concatenate([layer.W.ravel() for layer in now.layers])
        self._weights.set_array(np.sign(weights))
        self._weights.set_linewidths(np.clip(np.abs(weights), 0.1, THICKEST))
        with np.errstate(all="ignore"):
            a = network._forward(now.layers, self._grid)
        kinds = ["input", *[layer.activation for layer in now.layers]]
        maps = [_as_maps(*each) for each in zip(a, kinds, strict=True)]
        self._map.set_data(maps[-1][0])
        canvas = np.full((8 * PITCH, WIDTH), np.nan)
        for corners, layer in zip(self._corners, maps):
            for (x, y), unit in zip(corners, layer):
                canvas[y : y + TILE, x : x + TILE] = unit[::-1][2::4, 2::4]
        self._maps.set_data(np.ma.masked_invalid(canvas))
        squares = [_square(corner) for layer in self._corners for corner in layer]
        self._frames.set_data(*joined(squares))
        resting = [
            _square(corner)
            for layer, rests in zip(self._corners[1:], now.resting)
            for corner, one in zip(layer, rests)
            if one
        ]
        self._resting.set_data(*joined(resting))
        sizes = np.clip(now.run.sizes[-1], LOW, HIGH)
        self._bars.set_data(*stems(self._columns, LOW, sizes))

    def words(self, data, **values):
        words = self._now(data=data, **values).words()
        if data != playground.YOURS:
            return words
        orange, blue = self._labels
        return f"{words} Orange is {orange}, blue is {blue}."


class Now:
    """A training at its last iteration: what is seen of it, and what is said."""

    def __init__(self, trained):
        self.run, self.iteration = trained, int(trained.iterations[-1])
        parameters = trained.parameters[-1]
        self.layers = playground.unpacked(
            parameters, trained.widths, trained.activation
        )
        self.finite = bool(trained.finite[-1])
        if self.finite:
            with np.errstate(all="ignore"):
                self._look(parameters)

    def _look(self, parameters):
        activation, rows = self.run.activation, self.run.rows
        X, y = rows.training
        a = network._forward(self.layers, X)
        self.resting = [playground.resting(each, activation) for each in a[1:-1]]
        self.wrong = [
            playground.wrong(self.layers, *each)
            for each in (rows.training, rows.validation)
        ]
        some = X[: playground.CHECKED], y[: playground.CHECKED]
        self.error = playground.gradient_check(
            parameters, self.run.widths, activation, *some
        )

    def lines(self):
        """Return the four lines that stand in the picture."""
        if not self.finite:
            return ["diverged: beyond all bounds", "", "", ""]
        (_, y), (_, y_new) = self.run.rows.training, self.run.rows.validation
        return [
            f"— training: {self.wrong[0]} of {len(y)} wrong",
            f"- - validation: {self.wrong[1]} of {len(y_new)} wrong",
            f"gradient check: {self._error()}",
            self._rest(),
        ]

    def words(self):
        """Return what the picture says."""
        trained = self.run
        if not self.finite:
            first = trained.iterations[np.argmin(trained.finite)]
            return (
                f"The training has diverged: by iteration {first:,} its loss or its "
                "gradient is beyond all bounds. There is no network left to draw."
            )
        sets = (
            ("training", trained.loss, trained.rows.training),
            ("validation", trained.loss_new, trained.rows.validation),
        )
        told = [
            f"{name} loss {say(loss[-1])}, {wrong} of {len(y)} rows wrong"
            for (name, loss, (_, y)), wrong in zip(sets, self.wrong)
        ]
        sizes = [_say_size(each) for each in trained.sizes[-1]]
        sizes = " and ".join(filter(None, [", ".join(sizes[:-1]), sizes[-1]]))
        return (
            f"{after(self.iteration)}: {'; '.join(told)}. Size of the gradient, layer "
            f"by layer: {sizes}. {self._rest()} Gradient check: {self._error()}."
        )

    def _rest(self):
        of = sum(map(len, self.resting))
        if not of:
            return "No hidden unit."
        resting = int(sum(map(np.sum, self.resting)))
        kind = "dead" if self.run.activation == "relu" else "saturated"
        return f"Hidden units {kind}: {resting} of {of}."

    def _error(self):
        if self.run.loss[-1] > playground.LARGEST:
            return "not at such a loss"
        if self.error < 1e-5:
            return "error under 1e−5"
        return f"error {_say_size(self.error)}"


def _say_size(number):
    """Return a size to 2 digits, however large or small it is."""
    if 0 < number < 1e-9:
        return f"under {power(-9)}"
    return scientific(number) if 0 < number < 1e-3 else say(number, 2)


def _top(i, n):
    """Return how far below the top the map of unit i of n begins."""
    return (8 - n) * PITCH / 2 + i * PITCH + (PITCH - TILE) / 2


def _edges(corners):
    """Return a line for each weight, in the order of the weights."""
    return [
        ((x + TILE, y + TILE / 2), (x_next, y_next + TILE / 2))
        for layer, following in zip(corners, corners[1:])
        for x, y in layer
        for x_next, y_next in following
    ]


def _square(corner):
    x, y = corner
    return np.array([(0, 0), (TILE, 0), (TILE, TILE), (0, TILE), (0, 0)]) + (x, y)


def _grid(side):
    """Return the points of the decision map: (MAP², 2), row by row from below."""
    middle = (np.arange(MAP) + 0.5) / MAP * 2 * side - side
    x, y = np.meshgrid(middle, middle)
    return np.column_stack([x.ravel(), y.ravel()])


def _as_maps(a, activation):
    """Return outputs over the grid as maps from −1 to 1: (units, MAP, MAP)."""
    maps = np.nan_to_num(a).T.reshape(-1, MAP, MAP)
    if activation == "sigmoid":
        return 2 * maps - 1
    if activation == "tanh":
        return maps
    highest = np.abs(maps).max(axis=(1, 2), keepdims=True)
    return maps / np.where(highest > 0, highest, 1)
