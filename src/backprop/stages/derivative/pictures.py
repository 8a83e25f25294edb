"""Stage 02: the slope of the sigmoid, from a secant, from z and from the output."""

import numpy as np

from backprop.network import sigmoid, sigmoid_derivative
from backprop.number import read
from backprop.picture import (
    BLACK,
    BLUE,
    GREY,
    VERMILLION,
    Knob,
    Picture,
    makes,
    say,
    ticks,
)

PLACES = tuple(np.arange(-6, 6.25, 0.25).tolist())
CURVE = np.linspace(-7, 9, 321)  # where the curves are drawn


def _slope(z):
    return sigmoid_derivative(sigmoid(z))


def _sigmoid_axes(axes, right=7):
    """Draw the sigmoid with z from -7 to `right`."""
    axes.set(xlim=(-7, right), ylim=(-0.12, 1.12), xlabel="z")
    ticks(axes.xaxis, range(-6, right, 3))
    ticks(axes.yaxis, [0, 0.5, 1], fractions=True)
    axes.axhline(0, color=GREY, lw=1)
    axes.axhline(1, color=GREY, lw=1)
    axes.plot(CURVE, sigmoid(CURVE), color=BLUE)


class Secant(Picture):
    """A secant through two points of the sigmoid that closes in on the tangent.

    The panel on the right is a microscope: it always shows a piece as wide as 2h, so
    there a slope is the height of its line above z + h.
    """

    controls = {
        "h": Knob("distance h", (0.001, 0.002, 0.003, 0.005, 0.007, 0.01, 0.015, 0.02,
                                 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.5, 0.7,
                                 1, 1.5, 2, 3, 4)),
        "z": Knob("place z", tuple(np.arange(-4, 4.25, 0.25).tolist())),
    }  # fmt: skip
    start = {"h": 4, "z": 1.5}
    states = {
        "closer": {"h": 1, "z": 1.5},
        "close": {"h": 0.1, "z": 1.5},
        "almost one point": {"h": 0.001, "z": 1.5},
        "at the middle": {"h": 1, "z": 0},
    }

    def draw(self, figure, h, z):
        grid = figure.add_gridspec(
            1, 2, width_ratios=(1.5, 1), wspace=0.28,
            left=0.06, right=0.985, top=0.86, bottom=0.155,
        )  # fmt: skip
        curve, microscope = (figure.add_subplot(cell) for cell in grid)
        _sigmoid_axes(curve, right=9)
        microscope.set(xlim=(-0.5, 1.5), ylim=(-0.14, 0.39))
        microscope.set_xticks([0, 1], ["z", "z + h"])
        ticks(microscope.yaxis, [-0.1, 0, 0.1, 0.2, 0.3])
        microscope.set_ylabel("rise ÷ h", labelpad=2)
        microscope.axhline(0, color=GREY, lw=1)
        microscope.axvline(1, color=GREY, lw=1)
        (self.piece,) = microscope.plot([], [], color=BLUE)
        self.tangents, self.secants, self.points = [], [], []
        for axes in curve, microscope:
            self.tangents += axes.plot([], [], color=VERMILLION, ls="--")
            self.secants += axes.plot([], [], color=BLACK, ls=":")
            self.points += axes.plot([], [], "o", color=BLACK)
        (self.slope,) = microscope.plot([], [], "s", color=VERMILLION, zorder=1.9)
        keys = [curve.plot([], [], **style)[0] for style in (
            {"color": BLUE, "label": "sigmoid"},
            {"color": BLACK, "ls": ":", "marker": "o", "label": "secant"},
            {"color": VERMILLION, "ls": "--", "label": "tangent"},
        )]  # fmt: skip
        figure.legend(handles=keys, ncols=3, loc="upper left", bbox_to_anchor=(0.05, 1))
        figure.text(0.815, 0.935, "under a microscope", ha="center", va="center")
        return [self.piece, self.slope, *self.tangents, *self.secants, *self.points]

    def move(self, h, z):
        """Draw both lines through z; under the microscope in units of h."""
        secant = (sigmoid(z + h) - sigmoid(z)) / h
        reach = np.array([-20, 20])
        away = np.linspace(-0.5, 1.5, 41)
        self.piece.set_data(away, (sigmoid(z + h * away) - sigmoid(z)) / h)
        for lines, slope in (self.tangents, _slope(z)), (self.secants, secant):
            lines[0].set_data(z + reach, sigmoid(z) + slope * reach)
            lines[1].set_data(reach, slope * reach)
        self.points[0].set_data([z, z + h], [sigmoid(z), sigmoid(z + h)])
        self.points[1].set_data([0, 1], [0, secant])
        self.slope.set_data([1], [_slope(z)])

    def words(self, h, z):
        rise = sigmoid(z + h) - sigmoid(z)
        risen = say(rise, 4)
        about = "" if say(read(risen) / h) == say(rise / h) else "about "
        settled = f" The tangent at z has the slope {say(_slope(z))}."
        return (
            f"From z = {say(z, 4)} to z + h = {say(z + h, 4)} the curve rises by "
            f"{risen}. Divided by h = {say(h, 4)}, that is a slope of "
            f"{about}{say(rise / h)}.{settled if h <= 0.01 else ''}"
        )


class Tangent(Picture):
    """A tangent that rides the sigmoid; its slope draws the curve below."""

    controls = {"z": Knob("place z", PLACES, play=True)}
    start = {"z": -3}
    states = {
        "far left": {"z": -5},
        "left": {"z": -2},
        "middle": {"z": 0},
        "right": {"z": 2},
        "far right": {"z": 5},
    }

    def draw(self, figure, z):
        above, below = figure.subplots(
            2, 1, sharex=True, height_ratios=(1.6, 1),
            gridspec_kw={"hspace": 0.12, "left": 0.085, "right": 0.99,
                         "top": 0.89, "bottom": 0.145},
        )  # fmt: skip
        _sigmoid_axes(above)
        above.set(xlabel="", ylabel="output a", ylim=(-0.05, 1.05))
        above.tick_params(labelbottom=False)
        below.set(ylim=(-0.06, 0.29), xlabel="z", ylabel="slope")
        ticks(below.yaxis, [0, 0.1, 0.25], fractions=True)
        below.axhline(0, color=GREY, lw=1)
        for axes in above, below:
            axes.yaxis.set_label_coords(-0.06, 0.5)
        self.guides = [axes.axvline(z, color=GREY, lw=1) for axes in (above, below)]
        (self.triangle,) = above.plot([], [], color=BLACK, lw=1.5)
        (self.rise,) = above.plot([], [], color=VERMILLION, lw=4)
        (self.tangent,) = above.plot([], [], color=VERMILLION, ls="--")
        (self.point,) = above.plot([], [], "o", color=BLUE)
        (self.trace,) = below.plot([], [], color=VERMILLION)
        (self.dot,) = below.plot([], [], "s", color=VERMILLION)
        figure.legend(
            [self.point, self.tangent, self.triangle],
            ["the place on the curve", "its tangent", "1 to the right, then up"],
            ncols=3, loc="upper left", bbox_to_anchor=(0.075, 1.01),
        )  # fmt: skip
        return [*self.guides, self.triangle, self.rise, self.tangent, self.point,
                self.trace, self.dot]  # fmt: skip

    def move(self, z):
        a, slope = sigmoid(z), _slope(z)
        reach = np.array([-2, 2])
        past = np.append(CURVE[CURVE < z], z)
        for guide in self.guides:
            guide.set_xdata([z, z])
        self.triangle.set_data([z, z + 1, z + 1], [a, a, a + slope])
        self.rise.set_data([z + 1, z + 1], [a, a + slope])
        self.tangent.set_data(z + reach, a + slope * reach)
        self.point.set_data([z], [a])
        self.trace.set_data(past, _slope(past))
        self.dot.set_data([z], [slope])

    def words(self, z):
        steeper = "Nowhere is the curve steeper."
        if z:
            steeper = f"It gets steeper to the {'right' if z < 0 else 'left'}."
        return (
            f"At z = {say(z)} the output is {say(sigmoid(z))}. One step of 1 to the "
            f"right along the tangent goes up by {say(_slope(z))}: that is the slope. "
            f"{steeper}"
        )


class WrongReading(Picture):
    """What z(1 - z) would mean, if it were the slope of the sigmoid at z."""

    controls = {"z": Knob("place z", PLACES)}
    start = {"z": 0.5}
    states = {
        "flat at the steepest place": {"z": 0},
        "downhill": {"z": 2},
        "−20": {"z": 5},
        "−30": {"z": -5},
    }

    def draw(self, figure, z):
        grid = figure.add_gridspec(
            1, 2, width_ratios=(1.4, 1), wspace=0.25,
            left=0.06, right=0.99, top=0.86, bottom=0.155,
        )  # fmt: skip
        curve, slopes = (figure.add_subplot(cell) for cell in grid)
        _sigmoid_axes(curve)
        slopes.set(xlim=(-7, 7), ylim=(-46, 6), xlabel="z")
        ticks(slopes.xaxis, range(-6, 7, 3))
        ticks(slopes.yaxis, range(-40, 1, 10))
        slopes.axhline(0, color=GREY, lw=1)
        places = CURVE[CURVE <= 7]
        wrong = {"color": BLACK, "ls": ":"}
        right = {"color": VERMILLION, "ls": "--"}
        slopes.plot(places, places * (1 - places), **wrong)
        slopes.plot(places, _slope(places), **right)
        (self.wrong_line,) = curve.plot([], [], **wrong)
        (self.right_line,) = curve.plot([], [], **right)
        (self.point,) = curve.plot([], [], "o", color=BLUE)
        (self.right,) = slopes.plot([], [], "s", color=VERMILLION)
        (self.wrong,) = slopes.plot([], [], "X", color=BLACK)
        keys = [curve.plot([], [], **style)[0] for style in (
            {**right, "marker": "s", "label": "tangent"},
            {**wrong, "marker": "X", "label": "line of slope z(1 − z)"},
        )]  # fmt: skip
        figure.legend(handles=keys, ncols=2, loc="upper left", bbox_to_anchor=(0.05, 1))
        figure.text(0.8, 0.935, "both slopes", ha="center", va="center")
        return [self.wrong_line, self.right_line, self.point, self.right, self.wrong]

    def move(self, z):
        reach = np.array([-14, 14])
        for line, dot, slope in (
            (self.wrong_line, self.wrong, z * (1 - z)),
            (self.right_line, self.right, _slope(z)),
        ):
            line.set_data(z + reach, sigmoid(z) + slope * reach)
            dot.set_data([z], [slope])
        self.point.set_data([z], [sigmoid(z)])

    def words(self, z):
        slope, wrong = _slope(z), z * (1 - z)
        verdict = "Both are possible slopes; only one is the tangent's."
        if wrong < 0:
            verdict = "A negative slope would mean a falling curve; this one rises."
        elif wrong == 0:
            verdict = "A slope of 0 would mean a level curve; this one rises."
        elif say(wrong) == say(slope):
            verdict = "Here the two agree, by chance: at other places they don't."
        return (
            f"At z = {say(z)} the tangent has the slope {say(slope)}. The formula "
            f"z(1 − z) gives {say(z)} × {say(1 - z)} {makes(wrong, z, 1 - z)}. "
            f"{verdict}"
        )


class FromOutput(Picture):
    """The same slope read twice: over z, and over the output alone."""

    controls = {"z": Knob("place z", PLACES)}
    start = {"z": -3}
    states = {
        "output near 0": {"z": -5},
        "output about 0.1": {"z": -2.25},
        "output ½": {"z": 0},
        "output about 0.9": {"z": 2.25},
        "output near 1": {"z": 5},
    }

    def draw(self, figure, z):
        grid = figure.add_gridspec(
            1, 3, wspace=0.3, left=0.06, right=0.99, top=0.88, bottom=0.155
        )
        curve, over_z, over_a = (figure.add_subplot(cell) for cell in grid)
        _sigmoid_axes(curve)
        places, outputs = CURVE[CURVE <= 7], np.linspace(0, 1, 101)
        over_z.plot(places, _slope(places), color=VERMILLION)
        over_z.set(xlim=(-7, 7), xlabel="z")
        ticks(over_z.xaxis, range(-6, 7, 3))
        over_a.plot(outputs, sigmoid_derivative(outputs), color=VERMILLION)
        over_a.set(xlim=(-0.04, 1.04), xlabel="output a")
        ticks(over_a.xaxis, [0, 0.25, 0.5, 0.75, 1], fractions=True)
        for axes in over_z, over_a:
            axes.set_ylim(-0.01, 0.28)
            ticks(axes.yaxis, [0, 0.1, 0.2, 0.25], fractions=True)
        self.guides = []
        titles = "output a, from z", "slope, from z", "slope, from a"
        for axes, title in zip((curve, over_z, over_a), titles):
            box = axes.get_position()
            figure.text((box.x0 + box.x1) / 2, 0.94, title, ha="center", va="center")
            self.guides += axes.plot([], [], color=GREY, lw=1.5)
        (self.output,) = curve.plot([], [], "o", color=BLUE)
        (self.from_z,) = over_z.plot([], [], "s", color=VERMILLION)
        (self.from_a,) = over_a.plot([], [], "s", color=VERMILLION)
        return [*self.guides, self.output, self.from_z, self.from_a]

    def move(self, z):
        a, slope = sigmoid(z), _slope(z)
        self.guides[0].set_data([z, z, -7], [-0.12, a, a])
        self.guides[1].set_data([z, z, 7], [-0.01, slope, slope])
        self.guides[2].set_data([a, a, -0.04], [-0.01, slope, slope])
        self.output.set_data([z], [a])
        self.from_z.set_data([z], [slope])
        self.from_a.set_data([a], [slope])

    def words(self, z):
        a, e = sigmoid(z), np.exp(-z)
        return (
            f"At z = {say(z)} the output is a = {say(a, 4)}. From z the slope is "
            f"e⁻ᶻ ÷ (1 + e⁻ᶻ)² = {say(e / (1 + e) ** 2, 4)}. From the output alone it "
            f"is a(1 − a) = {say(a, 4)} × {say(1 - a, 4)} "
            f"{makes(a * (1 - a), a, 1 - a, digits=4)}."
        )
