"""The exercises of stage 10: held-out data, softmax, the detector's table, a policy."""

import numpy as np

from backprop.exercise import Exercise


def standardise(X_train, X_new):
    mean, spread = X_train.mean(axis=0), X_train.std(axis=0)
    return (X_train - mean) / spread, (X_new - mean) / spread


def _by(first, second=None, mean=np.mean, spread=np.std, axis=0):
    """Return a wrong answer: each set by the mean and spread of another choice."""

    def treat(X, source):
        center = mean(source, axis=axis, keepdims=True)
        return (X - center) / spread(source, axis=axis, keepdims=True)

    def wrong(X_train, X_new):
        sets = {"train": X_train, "new": X_new, "both": np.vstack([X_train, X_new])}
        return treat(X_train, sets[first]), treat(X_new, sets[second or first])

    return wrong


def _none(X, **kwargs):
    return 0.0


def _one(X, **kwargs):
    return 1.0


def _range(X, **kwargs):
    return np.ptp(X, **kwargs)


def _by_rows(X_train, X_new):
    return tuple(_by("train", axis=1)(X, X)[0] for X in (X_train, X_new))


def _new_as_it_is(X_train, X_new):
    return standardise(X_train, X_new)[0], X_new


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
        "training set's for both.": _by("train", "new"),
        "mean and spread are those of both sets together: the held-out data leak into "
        "the training. Use the training set's alone.": _by("both"),
        "mean and spread are those of the new data. Use the training set's.": _by(
            "new"
        ),
        "this is one mean for all columns. Each column has a scale of its own: "
        "axis=0.": _by("train", axis=None),
        "this goes along the rows: each example by its own mean. Each column is to "
        "have mean 0: axis=0.": _by_rows,
        "the mean is taken off, and the division by the standard deviation is "
        "missing.": _by("train", spread=_one),
        "the division is there, and the mean is not taken off.": _by(
            "train", mean=_none
        ),
        "this divides by the variance. The standard deviation is its root: std.": _by(
            "train", spread=np.var
        ),
        "this divides by n - 1 inside the standard deviation. X.std(axis=0) divides by "
        "n, which gives the training set exactly 1.": _by(
            "train", spread=lambda X, **how: np.std(X, ddof=1, **how)
        ),
        "this divides by the range. The standard deviation is asked: std.": _by(
            "train", spread=_range
        ),
        "the new data come back as they were. They need the same treatment, with the "
        "training set's mean and spread.": _new_as_it_is,
    },
)


def softmax_delta(z, y):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True) - y


def _softmax(z, axis=1):
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def _overflowing(z, y, largest=0.0):
    with np.errstate(over="ignore", invalid="ignore"):
        e = np.exp(z - largest)
        return e / e.sum(axis=1, keepdims=True) - y


def _row_losses(smallest):
    """Return the loss of each row, with p kept from 0 or not: 0 · ln 0 is NaN."""

    def wrong(z, y):
        with np.errstate(divide="ignore", invalid="ignore"):
            log_p = np.log(np.maximum(_softmax(z), smallest))
            return -(y * log_p).sum(axis=1, keepdims=True)

    return wrong


def _sigmoid(z, y):
    return 1 / (1 + np.exp(-np.maximum(z, -700)))


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
        "NaN. Subtract each row's largest z first; no p changes.": _overflowing,
        "the largest z of all rows is subtracted. A row that lies far below it "
        "becomes 0 / 0. Each row has its own: axis=1, keepdims=True.": lambda z, y: (
            _overflowing(z, y, z.max())
        ),
        "the sign is flipped: y - p. The gradient is p - y.": lambda z, y: (
            y - _softmax(z)
        ),
        "this is p. The delta is p - y.": lambda z, y: _softmax(z),
        "these are separate sigmoids, not a softmax: the rows of p don't sum to "
        "1.": lambda z, y: _sigmoid(z, y) - y,
        "the sum goes down the columns, over the examples. It belongs within each "
        "row: axis=1, keepdims=True.": lambda z, y: _softmax(z, axis=0) - y,
        "the sum goes over all examples. Each row has its own: axis=1, "
        "keepdims=True.": lambda z, y: _softmax(z, axis=None) - y,
        "a slope p(1 - p) too many. p - y is the derivative with respect to z "
        "already.": lambda z, y: (_softmax(z) - y) * _softmax(z) * (1 - _softmax(z)),
        "off by n, the number of examples: a mean where the course uses the "
        "sum.": lambda z, y: (_softmax(z) - y) / len(z),
        "this is z - y. The outputs are p, the softmax of z.": lambda z, y: z - y,
        "the exponentials are not divided by their sum.": lambda z, y: (
            np.exp(z - z.max(axis=1, keepdims=True)) - y
        ),
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


def _delta(by_move, better):
    """Return a delta from two factors that may be wrong."""

    def wrong(policy, positions, moves, returns, baseline):
        p = policy[positions]
        taken = np.eye(policy.shape[1])[moves]
        factor = better(returns, baseline, positions, moves)
        return by_move(p, taken) * np.reshape(factor, (-1, 1))

    return wrong


def _right_move(p, taken):
    return p - taken


def _right_better(returns, baseline, positions, moves):
    return returns - baseline[positions]


def _spread_over_columns(policy, positions, moves, returns, baseline):
    taken = np.eye(policy.shape[1])[moves]
    return (policy[positions] - taken) * (returns - baseline[positions])


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
        "times the return minus the baseline.": _delta(
            lambda p, taken: taken - p, _right_better
        ),
        "the baseline is missing: each return is compared with nothing.": _delta(
            _right_move, lambda z, baseline, at, moves: z
        ),
        "the baseline is added. It is taken off the return.": _delta(
            _right_move, lambda z, baseline, at, moves: z + baseline[at]
        ),
        "the baseline is looked up by the move. It belongs to the position.": _delta(
            _right_move, lambda z, baseline, at, moves: z - baseline[moves]
        ),
        "one mean is taken off every return. Each step has the baseline of its own "
        "position: baseline[positions].": _delta(
            _right_move, lambda z, baseline, at, moves: z - baseline.mean()
        ),
        "the mean of these returns is taken off, not the baseline of each "
        "position.": _delta(_right_move, lambda z, baseline, at, moves: z - z.mean()),
        "return minus baseline is missing: this is the delta of a classifier, which "
        "takes every move for right.": _delta(
            _right_move, lambda z, baseline, at, moves: np.ones(len(z))
        ),
        "the move taken is missing: p alone pushes every move the same way.": _delta(
            lambda p, taken: p, _right_better
        ),
        "p is missing: delta is p minus the move, in all its columns.": _delta(
            lambda p, taken: -taken, _right_better
        ),
        "this is the slope of p, where that of ln p is wanted: there is a factor p of "
        "the move taken too many.": _delta(
            lambda p, taken: (p - taken) * (p * taken).sum(1, keepdims=True),
            _right_better,
        ),
        "only the column of the move taken is filled. The other moves' probabilities "
        "change with it: their columns hold p, times how much better.": _delta(
            lambda p, taken: (p - taken) * taken, _right_better
        ),
        "the numbers of the rows went to the columns. A row of p - move takes one "
        "number, so they have to stand in a column: better[:, None].": (
            _spread_over_columns
        ),
        "off by the number of steps: a mean where the course uses the sum.": _delta(
            lambda p, taken: (p - taken) / len(p), _right_better
        ),
    },
)


EXERCISES = [STANDARDISE, SOFTMAX_DELTA, CONFUSION, POLICY_DELTA]
