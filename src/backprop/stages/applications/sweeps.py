"""Results over many start seeds, too slow for a page, and kept in `sweeps.csv`.

    python -m backprop.stages.applications.sweeps

computes them anew, in some two minutes, and writes the file beside this module: a line
for each task, seed and quantity.
"""

from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from backprop import network, validate
from backprop.stages.applications import anomaly, cliff
from backprop.stages.applications.pictures import calibration, classifier, digits

SEEDS = range(5)
POLICY_SEEDS = range(20)


@cache
def results(task):
    """Return the results of a task: {quantity: array (seeds,)}.

    task: "plane", "digits", "anomalies" or "policy"; else ValueError.
    """
    validate.option("task", task, SWEEPS)
    text = (files(__package__) / "sweeps.csv").read_text(encoding="utf-8")
    table = {}
    for line in text.splitlines()[1:]:
        name, quantity, _, value = line.split(",")
        if name == task:
            table.setdefault(quantity, []).append(float(value))
    return {quantity: np.array(values) for quantity, values in table.items()}


def plane(seeds=POLICY_SEEDS):
    """Return the shares of new points on the right side, stopped early and at the end.

    The stop is the kept iteration with the smallest loss on the validation points.
    """
    X, y, X_val, y_val, X_new, y_new = classifier.points()
    start = network.init((2, 12, 1), "tanh", scale=1.5, seed=seeds)
    kept = classifier.ITERATIONS
    history = network.train(start, X, y, 0.02, kept[-1], kept, "cross-entropy")
    losses, right = [], []
    for i in kept:
        one = history.at(i)
        losses.append(network.loss_value(one, X_val, y_val, "cross-entropy"))
        right.append(((network.forward(one, X_new)[-1] > 0.5) == y_new).mean((-2, -1)))
    stop = np.argmin(losses, axis=0)
    return {
        "stop": np.array(kept)[stop],
        "right at the stop": np.array(right)[stop, np.arange(len(stop))],
        "right at the end": right[-1],
    }


def read_digits(seeds=SEEDS):
    """Return how many of the 597 held-out digits are read wrong, and what is said.

    After 300 iterations; "1 as 9" counts the 1s that are read as 9. "says 0.9" counts
    the answers whose output is from 0.85 to 0.95, "right of these" the right ones.
    """
    by_writer, shuffled = digits.HELD_OUT
    none, units = digits.HIDDEN.values()

    def outputs(widths, held_out, kept=(300,)):
        X, labels, X_new, new_labels, *_ = digits._problem(held_out)
        start = network.init(widths, "tanh", scale="xavier", seed=seeds)
        y, last = np.eye(10)[labels], kept[-1]
        history = network.train(start, X, y, digits.RATE, last, kept, "cross-entropy")
        return [network.forward(history.at(i), X_new)[-1] for i in kept], new_labels

    found = {}
    for name, widths, held_out in (
        ("wrong without a hidden layer", none, by_writer),
        ("wrong when shuffled", units, shuffled),
    ):
        (a,), labels = outputs(widths, held_out)
        found[name] = (a.argmax(-1) != labels).sum(-1)
    iterations = (20, 300, 1000)
    each, labels = outputs(units, by_writer, iterations)
    answers = each[1].argmax(-1)
    found["wrong"] = (answers != labels).sum(-1)
    for one, other in (1, 9), (3, 8):
        found[f"{one} as {other}"] = ((labels == one) & (answers == other)).sum(-1)
    for i, a in zip(iterations, each):
        right = a.argmax(-1) == labels
        nine = [calibration.classes(*run) for run in zip(a.max(-1), right)]
        counts, _, rights = np.transpose(nine, (1, 0, 2))[..., calibration.NINE]
        found[f"says 0.9 at {i}"] = counts.astype(int)
        found[f"right of these at {i}"] = rights.astype(int)
    return found


def detect(seeds=SEEDS):
    """Return the AUC of autoencoders."""
    _, held_out, anomalous = anomaly.known_and_anomalous()
    found = []
    for seed in seeds:
        one = anomaly.autoencoder(seed=seed)
        errors = (anomaly.reconstruction_error(one, X) for X in (held_out, anomalous))
        found.append(anomaly.auc(*errors))
    return {"AUC": np.array(found)}


def act(seeds=POLICY_SEEDS):
    """Return the exact mean returns of policies, as they are and with exploration."""
    found = {}
    for wind in 0, 0.2:
        chances = cliff.world(wind)
        for name, exploration in ("", 0), (" with exploration", cliff.EXPLORATION):
            found[f"wind {wind}{name}"] = np.array(
                [
                    cliff.expected_return(
                        chances,
                        cliff.learn(chances, 300, seed=s, exploration=exploration)[1][
                            -1
                        ],
                    )
                    for s in seeds
                ]
            )
    return found


SWEEPS = {"plane": plane, "digits": read_digits, "anomalies": detect, "policy": act}


if __name__ == "__main__":
    lines = ["task,quantity,seed,value"]
    for task, sweep in SWEEPS.items():
        for quantity, values in sweep().items():
            lines += [f"{task},{quantity},{s},{v:.6g}" for s, v in enumerate(values)]
    Path(__file__).with_name("sweeps.csv").write_text(
        "\n".join(lines) + "\n", encoding="utf-8"
    )
