"""The exercises of stage 10: held-out data, softmax, the detector's table, a policy."""

import numpy as np

from backprop.exercise import Exercise


def standardise(X_train, X_new):
    mean, spread = X_train.mean(axis=0), X_train.std(axis=0)
    return (X_train - mean) / spread, (X_new - mean) / spread


STANDARDISE = Exercise(
    standardise,
    probes=[
        (
            np.array([[1.0, 20.0], [3.0, -10.0], [2.0, 40.0], [7.0, 5.0]]),
            np.array([[4.0, 90.0], [0.5, -30.0], [6.0, 11.0]]),
        ),
        (
            np.array([[-2.0, 0.1, 5.0], [1.0, 0.4, 9.0]]),
            np.array([[3.0, 0.2, 1.0], [-1.0, 0.9, 4.0], [0.0, 0.3, 2.5]]),
        ),
    ],
    then="Try next: a column that holds the same number in each row.",
    mistakes={
        "each set is treated by its own mean and spread. The new data would be asked "
        "before the network is; and one row alone would become 0 / 0. Use the "
        "training set's for both.": {
            "(X_new - mean) / spread": "(X_new - X_new.mean(0)) / X_new.std(0)"
        },
        "mean and spread are those of both sets together: the held-out data leak into "
        "the training. Use the training set's alone.": {
            "mean, spread =": "both = np.vstack([X_train, X_new])\n    mean, spread =",
            "X_train.": "both.",
        },
        "mean and spread are those of the new data. Use the training set's.": {
            "X_train.": "X_new."
        },
        "this is one mean for all columns. Each column has a scale of its own: "
        "axis=0.": {"axis=0": "axis=None"},
        "this goes along the rows: each example by its own mean. Each column is to "
        "have mean 0: axis=0.": {
            "(axis=0)": "(axis=1, keepdims=True)",
            "(X_new - mean) / spread": "(X_new - X_new.mean(1, keepdims=True))"
            " / X_new.std(1, keepdims=True)",
        },
        "the mean is taken off, and the division by the standard deviation is "
        "missing.": {" / spread": ""},
        "the division is there, and the mean is not taken off.": {" - mean": ""},
        "this divides by the variance. The standard deviation is its root: std.": {
            ".std(": ".var("
        },
        "this divides by n - 1 inside the standard deviation. X.std(axis=0) divides by "
        "n, which gives the training set exactly 1.": {
            ".std(axis=0": ".std(axis=0, ddof=1"
        },
        "this divides by the range. The standard deviation is asked: std.": {
            "X_train.std(": "np.ptp(X_train, "
        },
        "the new data come back as they were. They need the same treatment, with the "
        "training set's mean and spread.": {"(X_new - mean) / spread": "X_new"},
    },
)


def softmax_delta(z, y):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True) - y


P = "e / e.sum(axis=1, keepdims=True)"


def _row_losses(smallest):
    """Return the loss of each row, with p kept from 0 or not: 0 · ln 0 is NaN."""

    def wrong(z, y):
        log_p = np.log(np.maximum(softmax_delta(z, 0), smallest))
        return -(y * log_p).sum(axis=1, keepdims=True)

    return wrong


SOFTMAX_DELTA = Exercise(
    softmax_delta,
    probes=[
        (np.array([[0.5, -1.0, 2.0], [0.0, 0.3, -0.4]]), np.eye(3)[[2, 0]]),
        (np.array([[1.0, 2.0], [-1.0, 0.5], [0.2, 0.1]]), np.eye(2)[[0, 1, 1]]),
        (
            np.array([[1000.0, 0.0, 999.0, -1000.0], [0.5, -0.2, 0.1, 0.3]]),
            np.eye(4)[[2, 1]],
        ),
    ],
    then="Try next: add 5 to a whole row of z. What changes?",
    mistakes={
        "right for small z, but e^1000 is more than a float can hold, and p becomes "
        "NaN. Subtract each row's largest z first; no p changes.": {
            "z - z.max(axis=1, keepdims=True)": "z"
        },
        "the largest z of all rows is subtracted. A row that lies far below it "
        "becomes 0 / 0. Each row has its own: axis=1, keepdims=True.": {
            "z.max(axis=1, keepdims=True)": "z.max()"
        },
        "the sign is flipped: y - p. The gradient is p - y.": {
            "return e": "return y - e",
            " - y": "",
        },
        "this is p. The delta is p - y.": {" - y": ""},
        "these are separate sigmoids, not a softmax: the rows of p don't sum to 1.": {
            "np.exp(z - z.max(axis=1, keepdims=True))": "1 / (1 + np.exp(-z))",
            " / e.sum(axis=1, keepdims=True)": "",
        },
        "the sum goes down the columns, over the examples. It belongs within each "
        "row: axis=1, keepdims=True.": {
            "e.sum(axis=1": "e.sum(axis=0",
            "z.max(axis=1": "z.max(axis=0",
        },
        "the sum goes over all examples. Each row has its own: axis=1, "
        "keepdims=True.": {"axis=1": "axis=None"},
        "a slope p(1 - p) too many. p - y is the derivative with respect to z "
        "already.": {f"return {P} - y": f"p = {P}\n    return (p - y) * p * (1 - p)"},
        "off by n, the number of examples: a mean where the course uses the sum.": {
            f"{P} - y": f"({P} - y) / len(z)"
        },
        "this is z - y. The outputs are p, the softmax of z.": {
            "e / e.sum(axis=1, keepdims=True)": "z"
        },
        "the exponentials are not divided by their sum.": {
            " / e.sum(axis=1, keepdims=True)": ""
        },
        "this is the loss of each row, not its gradient.": [
            _row_losses(0),
            _row_losses(1e-300),
        ],
    },
)


def confusion(normal_scores, anomalous_scores, threshold):
    table = []
    for scores in normal_scores, anomalous_scores:
        flagged = np.sum(scores > threshold)
        table.append([len(scores) - flagged, flagged])
    return np.array(table)


def _table(change):
    """Return the right table, changed."""
    return lambda normal, anomalous, threshold: change(
        confusion(normal, anomalous, threshold)
    )


CONFUSION = Exercise(
    confusion,
    probes=[
        (np.array([0.1, 0.7, 0.5, 0.2]), np.array([0.9, 0.5, 1.2, 0.8, 0.6]), 0.5),
        (np.array([0.3, 0.1, 2.0]), np.array([0.2, 1.5, 1.1, 0.9]), 1.0),
        (np.array([1.0, 4.0, 3.0, 2.0, 5.0, 1.0]), np.array([2.0, 6.0]), 2.0),
    ],
    then="Try next: the threshold at which no anomaly passes. What does it cost?",
    mistakes={
        "rows and columns are exchanged: a row is a kind of image, a column is what "
        "the detector says.": _table(np.transpose),
        "the columns are exchanged, or the comparison is turned round: a score over "
        "the threshold is flagged, and flagged is the second column.": _table(
            lambda table: table[:, ::-1]
        ),
        "the rows are exchanged: normal first, then anomalous.": _table(
            lambda table: table[::-1]
        ),
        "a score equal to the threshold is flagged here. Only a greater one is: use >, "
        "not >=.": lambda normal, anomalous, threshold: np.array(
            [
                [(scores < threshold).sum(), (scores >= threshold).sum()]
                for scores in (normal, anomalous)
            ]
        ),
        "these are fractions of each row. The table holds counts.": _table(
            lambda table: table / table.sum(1, keepdims=True)
        ),
        "these are fractions of all images. The table holds counts.": _table(
            lambda table: table / table.sum()
        ),
        "the second row is flagged where the score is small. An anomaly that passes "
        "is a miss; that it is wrong doesn't change its column.": _table(
            lambda table: np.array([table[0], table[1, ::-1]])
        ),
        "this is the column of the flagged alone. The table has one for the passed "
        "before it.": _table(lambda table: table[:, 1]),
        "the count of the flagged stands in both columns. Passed is the rest of the "
        "row.": _table(lambda table: table[:, [1, 1]]),
    },
)


def policy_delta(policy, positions, moves, returns, baseline):
    taken = np.eye(policy.shape[1])[moves]
    better = returns - baseline[positions]
    return (policy[positions] - taken) * better[:, None]


POLICY_DELTA = Exercise(
    policy_delta,
    probes=[
        (
            np.array(
                [
                    [0.1, 0.2, 0.3, 0.4],
                    [0.7, 0.1, 0.15, 0.05],
                    [0.25, 0.4, 0.3, 0.05],
                    [0.3, 0.3, 0.2, 0.2],
                    [0.05, 0.05, 0.1, 0.8],
                ]
            ),
            np.array([0, 4, 2, 2, 1, 3]),
            np.array([3, 0, 2, 1, 1, 0]),
            np.array([0.5, 0.2, 0.9, 0.0, 0.4, 0.7]),
            np.array([0.3, 0.1, 0.45, 0.6, 0.25]),
        ),
        (
            np.array(
                [
                    [0.5, 0.3, 0.1, 0.1],
                    [0.2, 0.4, 0.3, 0.1],
                    [0.1, 0.1, 0.6, 0.2],
                    [0.35, 0.3, 0.25, 0.1],
                ]
            ),
            np.array([3, 1]),
            np.array([0, 2]),
            np.array([0.8, 0.3]),
            np.array([0.15, 0.4, 0.2, 0.55]),
        ),
        # As many steps as moves, so that numbers for the rows fit the columns too.
        (
            np.array(
                [
                    [0.5, 0.3, 0.1, 0.1],
                    [0.2, 0.4, 0.3, 0.1],
                    [0.1, 0.1, 0.6, 0.2],
                    [0.35, 0.3, 0.25, 0.1],
                ]
            ),
            np.array([2, 0, 1, 3]),
            np.array([1, 3, 0, 0]),
            np.array([0.9, 0.1, 0.6, 0.7]),
            np.array([0.25, 0.5, 0.35, 0.4]),
        ),
    ],
    then="Try next: a baseline that is equal to every return.",
    mistakes={
        "the sign is flipped. Descent subtracts the gradient, so delta has to be "
        "negative for a move that did better than the baseline: p minus the move, "
        "times the return minus the baseline.": {
            "(policy[positions] - taken)": "(taken - policy[positions])"
        },
        "the baseline is missing: each return is compared with nothing.": {
            " - baseline[positions]": ""
        },
        "the baseline is added. It is taken off the return.": {
            "returns - ": "returns + "
        },
        "the baseline is looked up by the move. It belongs to the position.": {
            "baseline[positions]": "baseline[moves]"
        },
        "one mean is taken off every return. Each step has the baseline of its own "
        "position: baseline[positions].": {"baseline[positions]": "baseline.mean()"},
        "the mean of these returns is taken off, not the baseline of each position.": {
            "baseline[positions]": "returns.mean()"
        },
        "return minus baseline is missing: this is the delta of a classifier, which "
        "takes every move for right.": {" * better[:, None]": ""},
        "the move taken is missing: p alone pushes every move the same way.": {
            " - taken": ""
        },
        "p is missing: delta is p minus the move, in all its columns.": {
            "policy[positions] - taken": "-taken"
        },
        "this is the slope of p, where that of ln p is wanted: there is a factor p of "
        "the move taken too many.": {
            "- taken)": "- taken) * policy[positions, moves][:, None]"
        },
        "only the column of the move taken is filled. The other moves' probabilities "
        "change with it: their columns hold p, times how much better.": {
            "- taken)": "- taken) * taken"
        },
        "the numbers of the rows went to the columns. A row of p - move takes one "
        "number, so they have to stand in a column: better[:, None].": {
            "[:, None]": ""
        },
        "off by the number of steps: a mean where the course uses the sum.": {
            "better[:, None]": "better[:, None] / len(policy[positions])"
        },
    },
)


EXERCISES = [STANDARDISE, SOFTMAX_DELTA, CONFUSION, POLICY_DELTA]
