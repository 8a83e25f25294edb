"""A neuron that reads an image: 64 weights are an image as well."""

import numpy as np

from backprop import network, validate
from backprop.data import threes_and_sevens
from backprop.image import SIGNED, image, put_signs, signs, square
from backprop.network import sigmoid
from backprop.picture import (
    BLACK,
    BLUE,
    GREY,
    STILL,
    VERMILLION,
    Choice,
    Knob,
    Picture,
    on_top,
    say,
    ticks,
)

DIGITS = 3, 7
EQUAL, BY_HAND, TRAINED = "all 0.1", "by hand", "trained"


def two_pixels():
    """Return weights (8, 8), all 0 but two: ink low in the middle, ink low right."""
    w = np.zeros((8, 8))
    w[5, 3], w[6, 5] = 1, -1
    return w


def trained():
    """Return weights (8, 8) after 100 steps from 0, at rate 0.01."""
    X, y, *_ = threes_and_sevens()
    start = [network.Layer(np.zeros((64, 1)))]
    return network.train(start, X, y, 0.01, 100, [100]).at(100)[0].W.reshape(8, 8)


class ImageNeuron(Picture):
    """An image times 64 weights: what speaks for a 7, what for a 3, and their sum.

    w: weights (8, 8), those "by hand"; ValueError, if they have another shape. The
    images are held out, in the order of their z at the trained weights.
    """

    size = (8.4, 3.6)
    controls = {
        "image": Knob("image", tuple(range(1, 26)), whole=True, play=True),
        "weights": Choice("weights", (EQUAL, BY_HAND, TRAINED)),
    }
    start = {"image": 20, "weights": EQUAL}
    states = {
        "a clear 3": {"image": 1},
        "in between": {"image": 13},
        "a clear 7": {"image": 25},
    }

    def __init__(self, w=None):
        w = two_pixels() if w is None else validate.array("w", w)
        if w.shape != (8, 8):
            need = "shape (8, 8), a weight for each pixel"
            raise ValueError(f"w: got shape {w.shape}; needs {need}")
        self.weights = {EQUAL: np.full((8, 8), 0.1), BY_HAND: w, TRAINED: trained()}
        *_, X, y = threes_and_sevens()
        w = np.stack([each.ravel() for each in self.weights.values()], axis=1)
        with np.errstate(all="ignore"):
            z = X @ w
        if not np.isfinite(z).all():
            raise ValueError("w: got weights whose sum is beyond all bounds")
        self.held_out = len(X)
        shown = np.argsort(z[:, -1], kind="stable")[::5]
        self.images, self.labels = X[shown].reshape(-1, 8, 8), y[shown, 0]
        one_sign = [X[shown] @ w.clip(0), X[shown] @ -w.clip(None, 0)]
        self.reach = 1.1 * np.max(one_sign) or 1
        self.decimals = max(2, 2 - int(np.floor(np.log10(self.reach))))
        z = z.round(self.decimals)
        wrong = ((z > 0) != y) | (z == 0)  # an output of ½ is neither
        self.wrong = dict(zip(self.weights, wrong.sum(0).tolist()))

    def _numbers(self, image, weights):
        """Return image, weights, products; the sums for a 7 and for a 3; z."""
        x, w = self.images[image - 1], self.weights[weights]
        products = x * w
        sums = products.sum(), products.clip(0).sum()
        z, for_7 = np.round(sums, self.decimals)
        for_3 = (z - for_7).round(self.decimals)  # they add up as shown
        return x, w, products, for_7, for_3, z

    def draw(self, figure, **values):
        side = 2.1
        self.parts, titles = [], ("image x", "weights w", "products x · w")
        for left, title in zip((0.85, 3.4, 5.95), titles):
            axes = square(figure, left / 8.4, 1.16 / 3.6, side / 8.4)
            axes.set_title(title, **STILL)
            signed = bool(self.parts)
            colours = SIGNED if signed else "gray_r"
            shown = image(axes, np.zeros((8, 8)), colours, -signed)
            self.parts.append((shown, signs(axes) if signed else []))
        for x, sign in (3.175, "×"), (5.725, "="):
            figure.text(x / 8.4, 2.2 / 3.6, sign, size=18, ha="center", va="center")
        strip = figure.add_axes((2.3 / 8.4, 0.44 / 3.6, 5.9 / 8.4, 0.62 / 3.6))
        strip.set(xlim=(-self.reach, self.reach), ylim=(-0.7, 2.7), yticks=[])
        strip.set_xlabel("z, the sum of the 64 products", labelpad=0)
        strip.spines["left"].set_visible(False)
        strip.axvline(0, color=GREY, lw=1)
        for sign, text in (-1, "read as 3"), (1, "read as 7"):
            at = {"x": sign * self.reach, "ha": "left" if sign < 0 else "right"}
            strip.text(y=2.7, s=text, va="top", color=GREY, **at)
        ticks(strip.xaxis)
        wide = {"lw": 9, "solid_capstyle": "butt"}
        (self.up,) = strip.plot([], [], color=BLUE, **wide)
        (self.down,) = strip.plot([], [], color=VERMILLION, **wide)
        (self.sum,) = strip.plot([], [], "D", color=BLACK, ms=8, clip_on=False)
        left = {"va": "center", "ha": "left"}
        self.said = [
            figure.text(0.15 / 8.4, y / 3.6, "", color=color, **left)
            for y, color in ((0.95, BLUE), (0.73, VERMILLION), (0.51, BLACK))
        ]
        shown = [part for each, marks in self.parts for part in (each, *marks)]
        return [*shown, *on_top(self.up, self.down, self.sum, *self.said)]

    def move(self, image, weights):
        x, w, products, for_7, for_3, z = self._numbers(image, weights)
        most = np.abs(w).max() or 1
        for (shown, marks), values in zip(self.parts, (x, w / most, products / most)):
            shown.set_data(values)
            put_signs(marks, values)
        self.up.set_data([0, for_7], [2, 2])
        self.down.set_data([for_7, z], [1, 1])
        self.sum.set_data([z], [0])
        sums = f"+ for 7: {say(for_7)}", f"− for 3: {say(for_3)}", f"z = {say(z)}"
        for text, said in zip(self.said, sums):
            text.set_text(said)

    def words(self, image, weights):
        *_, for_7, for_3, z = self._numbers(image, weights)
        digit, read = DIGITS[int(self.labels[image - 1])], DIGITS[int(z > 0)]
        verdict = f"read as a {read}, {'rightly' if read == digit else 'wrongly'}"
        if z == 0:
            verdict = "neither a 3 nor a 7 to this neuron"
        return (
            f"Image {image}, a {digit}: {say(for_7)} speaks for 7 and {say(for_3)} for "
            f"3, so z = {say(z)} and a = {say(sigmoid(z))}: {verdict}. With these "
            f"weights, {self.wrong[weights]} of {self.held_out} images are read wrong."
        )
