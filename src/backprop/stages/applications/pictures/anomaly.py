"""Stage 10: an autoencoder's error tells known digits from anomalous ones."""

import numpy as np

from backprop.network import forward
from backprop.picture import (
    BLACK,
    BLUE,
    GREY,
    VERMILLION,
    Knob,
    Picture,
    after,
    on_top,
    say,
    ticks,
)
from backprop.stages.applications import anomaly

THRESHOLDS = tuple(np.round(np.arange(0, 4.01, 0.05), 2).tolist())


class Reconstruction(Picture):
    """Ten images that the autoencoder never saw, and what it makes of them."""

    size = (8.4, 2.0)
    controls = {
        "iteration": Knob("iteration", anomaly.ITERATIONS, whole=True, play=True)
    }
    start = {"iteration": 0}
    states = {"all the same": {"iteration": 10}, "redrawn": {"iteration": 2000}}

    def __init__(self):
        self.sets = anomaly.known_and_anomalous()
        # In the file the digits often stand in order: these are 0 to 4, then 5 to 9.
        _, held_out, anomalous = self.sets
        self.X = np.vstack([held_out[4:9], anomalous[:5]])

    def draw(self, figure, iteration):
        axes = figure.add_axes((0.13, 0.04, 0.865, 0.82))
        axes.set(xticks=[], yticks=[])
        axes.spines[:].set_visible(False)
        look = {"cmap": "gray_r", "vmin": 0, "vmax": 1}
        axes.imshow(_in_a_row(self.X), extent=(-0.5, 98.5, 7.5, -0.5), **look)
        self.image = axes.imshow(
            _in_a_row(self.X), extent=(-0.5, 98.5, 18.5, 10.5), **look
        )
        axes.set(xlim=(-0.5, 98.5), ylim=(18.5, -0.5))
        between = axes.axvline(49, color=GREY, ls="--", lw=1.5)
        axes.text(-2, 3.5, "given", ha="right", va="center")
        axes.text(-2, 14.5, "given back", ha="right", va="center")
        for x, text, color in (
            (24.5, "● held-out 0 to 4", BLUE),
            (73.5, "▲ anomalies 5 to 9", VERMILLION),
        ):
            axes.text(x, -1.6, text, ha="center", color=color)
        return on_top(self.image, between)

    def move(self, iteration):
        a = forward(anomaly.autoencoder(iteration), self.X)[-1]
        self.image.set_data(_in_a_row(a))

    def words(self, iteration):
        now = anomaly.autoencoder(iteration)
        known, held_out, anomalous = (
            say(anomaly.reconstruction_error(now, X).mean()) for X in self.sets
        )
        return (
            f"{after(iteration)}, the mean error of an image is {known} over the 0 to "
            f"4 that it is trained on, {held_out} over the held-out 0 to 4, and "
            f"{anomalous} over the 5 to 9."
        )


class Threshold(Picture):
    """The errors of normal and anomalous images, cut at a threshold."""

    controls = {"threshold": Knob("threshold", THRESHOLDS)}
    start = {"threshold": 4}
    states = {
        "flag all": {"threshold": 0},
        "catch most": {"threshold": 0.8},
        "few false alarms": {"threshold": 1.5},
    }

    def __init__(self):
        now = anomaly.autoencoder()
        _, *held_out = anomaly.known_and_anomalous()
        self.normal, self.anomalous = (
            anomaly.reconstruction_error(now, X) for X in held_out
        )

    def draw(self, figure, threshold):
        errors = figure.add_axes((0.065, 0.17, 0.32, 0.65))
        roc = figure.add_axes((0.46, 0.17, 0.195, 0.65))
        table = figure.add_axes((0.665, 0.05, 0.335, 0.77))
        bins = np.arange(0, 4.01, 0.1)
        errors.hist(self.normal, bins, color=BLUE, alpha=0.45, label="held-out 0 to 4")
        errors.hist(
            self.anomalous, bins, histtype="step", color=VERMILLION, lw=2, ls="--",
            label="anomalies 5 to 9",
        )  # fmt: skip
        errors.set(xlim=(0, 4), ylim=(0, 140), xlabel="error of an image")
        errors.set_title("images", loc="left")
        errors.legend(loc="upper right", borderaxespad=0, handlelength=1.2)
        (self.cut,) = errors.plot([], [], color=BLACK)

        rates = np.array([self._rates(each) for each in THRESHOLDS])
        roc.plot(*rates.T, color=BLUE)
        roc.plot([0, 1], [0, 1], ":", color=GREY, lw=1.5)
        roc.set(xlim=(0, 1), ylim=(0, 1), xlabel="false alarms")
        roc.set_title("recall", loc="left")
        ticks(roc.xaxis, [0, 0.5, 1], fractions=True)
        ticks(roc.yaxis, [0, 0.5, 1], fractions=True)
        auc = anomaly.auc(self.normal, self.anomalous)
        roc.text(0.95, 0.08, f"AUC {auc:.3f}", ha="right")
        (self.point,) = roc.plot([], [], "o", color=BLACK, clip_on=False)

        table.set(xlim=(0, 3), ylim=(3, 0))
        table.axis("off")
        table.plot([0, 2.95], [0.75, 0.75], color=GREY, lw=1)
        self.counts = []
        for x, head in (1.2, "passed"), (2.4, "flagged"):
            table.text(x, 0.5, head, ha="center", va="center")
        for y, row, names in (
            (1.15, "0 to 4", ("right", "false alarms")),
            (2.2, "5 to 9", ("missed", "caught")),
        ):
            table.text(0.6, y, row, ha="right", va="center")
            for x, name in zip((1.2, 2.4), names):
                color = BLACK if name in ("right", "caught") else VERMILLION
                table.text(x, y + 0.36, name, ha="center", va="center", color=color)
                count = table.text(
                    x, y, "", ha="center", va="center", size=16, color=color
                )
                self.counts.append(count)
        self.shares = table.text(
            1.48, 2.9, "", ha="center", va="center", color=BLACK, size=12
        )
        return on_top(self.cut, self.point, *self.counts, self.shares)

    def move(self, threshold):
        self.cut.set_data([threshold, threshold], [0, 100])
        self.point.set_data(*([each] for each in self._rates(threshold)))
        for text, count in zip(self.counts, self._table(threshold).ravel()):
            text.set_text(f"{count}")
        recall, precision = self._recall_and_precision(threshold)
        self.shares.set_text(f"recall {recall}, precision {precision}")

    def words(self, threshold):
        (passed, alarms), (missed, caught) = self._table(threshold)
        false, true = self._rates(threshold)
        recall, precision = self._recall_and_precision(threshold)
        alarm = "is a false alarm" if alarms == 1 else "are false alarms"
        is_caught, is_missed = ("is" if n == 1 else "are" for n in (caught, missed))
        return (
            f"At threshold {say(threshold)}, {caught} of the {missed + caught} "
            f"anomalies {is_caught} caught, {say(100 * true)} %, and {missed} "
            f"{is_missed} missed. Of the {passed + alarms} held-out 0 to 4, {passed} "
            f"pass{'es' if passed == 1 else ''} and {alarms} {alarm}, "
            f"{say(100 * false)} %. Recall {recall}, precision "
            f"{'– (nothing is flagged)' if precision == '–' else precision}."
        )

    def _table(self, threshold):
        return anomaly.confusion(self.normal, self.anomalous, threshold)

    def _recall_and_precision(self, threshold):
        """Return both as they are written; of nothing flagged there is no precision."""
        (_, alarms), (missed, caught) = self._table(threshold)
        precision = say(caught / (caught + alarms)) if caught + alarms else "–"
        return say(caught / (missed + caught)), precision

    def _rates(self, threshold):
        """Return the fractions of normal and of anomalous images that are flagged."""
        table = self._table(threshold)
        return table[:, 1] / table.sum(1)


def _in_a_row(X):
    """Return images of 8 by 8 side by side, with gaps of paper: (8, 10 n - 2 + 1)."""
    padded = np.pad(X.reshape(-1, 8, 8), [(0, 0), (0, 0), (1, 1)])
    return np.hstack(padded)[:, 1:-1]
