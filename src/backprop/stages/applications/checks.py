"""The exercises of stage 10: validation, held-out data, softmax, scores, a policy."""

import numpy as np

from backprop.exercise import Exercise


def right_at_the_stop(validation_loss, right):
    stop = validation_loss.argmin(axis=0)
    return right[stop, np.arange(len(stop))]


RIGHT_AT_THE_STOP = Exercise(
    right_at_the_stop,
    probes=[
        (
            np.array([[0.7, 0.9], [0.4, 0.5], [0.45, 0.3], [0.8, 0.6]]),
            np.array([[0.5, 0.52], [0.81, 0.78], [0.83, 0.8], [0.79, 0.84]]),
        ),
        # As many iterations as seeds, so that an index along the wrong axis fits.
        (
            np.array([[0.6, 0.2, 0.9], [0.5, 0.4, 0.3], [0.7, 0.8, 0.35]]),
            np.array([[0.61, 0.7, 0.55], [0.72, 0.75, 0.64], [0.77, 0.71, 0.69]]),
        ),
        (np.array([[0.3], [0.25], [0.9]]), np.array([[0.66], [0.7], [0.74]])),
        # Losses over 1, and a second dip, which is the deeper one for one seed.
        (
            np.array([[9.0, 27.0], [5.0, 12.0], [6.0, 18.0], [3.0, 15.0]]),
            np.array([[0.5, 0.3], [0.2, 0.45], [0.6, 0.7], [0.4, 0.8]]),
        ),
    ],
    then="Try next: choose by `right` instead. By how much does it flatter?",
    mistakes={
        "this chooses on the test points, and then tells what they say: the best share "
        "of each seed. Choose on the validation loss.": {
            "validation_loss.argmin": "right.argmax"
        },
        "this stops where the validation loss is largest. The smallest is asked: "
        "argmin.": {"argmin": "argmax"},
        "all seeds stop at one iteration. Each has its own: the smallest loss of its "
        "column.": {
            "validation_loss.argmin(axis=0)": "np.full(right.shape[1], "
            "validation_loss.mean(axis=1).argmin())"
        },
        "all seeds stop at the iteration that has the lowest loss of all. Each has its "
        "own: the smallest loss of its column.": {
            "validation_loss.argmin(axis=0)": "np.full(right.shape[1], "
            "validation_loss.min(axis=1).argmin())"
        },
        "this is the loss at the stop. The share on the right side is asked.": {
            "return right": "return validation_loss"
        },
        "this is the row of the stop. The share in that row is asked: right[row, "
        "seed].": {"right[stop, np.arange(len(stop))]": "stop"},
        "this is the end of the training. Nothing has been stopped.": {
            "right[stop, np.arange(len(stop))]": "right[-1]"
        },
        "these are whole rows of `right`, with all seeds in each. One number for each "
        "seed: right[stop, np.arange(len(stop))].": {", np.arange(len(stop))": ""},
        "this looks for the smallest loss of each row, among the seeds. It is to be "
        "looked for down each column: axis=0.": [
            {"axis=0": "axis=1"},
            {
                "axis=0": "axis=1",
                "stop, np.arange(len(stop))": "np.arange(len(stop)), stop",
            },
        ],
    },
)


def standardise(X_train, X_new):
    mean, spread = X_train.mean(axis=0), X_train.std(axis=0)
    spread = np.where(np.ptp(X_train, axis=0) > 0, spread, 1)
    return (X_train - mean) / spread, (X_new - mean) / spread


STANDARDISE = Exercise(
    standardise,
    probes=[
        (
            np.array([[1.0, 20, 5], [3.0, -10, 5], [2.0, 40, 5], [7.0, 5, 5]]),
            np.array([[4.0, 90, 5], [0.5, -30, 6], [6.0, 11, 5]]),
        ),
        (
            np.array([[-2.0, 0.1, 5.0, 2e-4], [1.0, 0.4, 9.0, 4e-4]]),
            np.array([[3.0, 0.2, 1, 1e-4], [-1, 0.9, 4, 5e-4], [0, 0.3, 2.5, 0]]),
        ),
    ],
    then="Try next: pixels[:1200]. Which three never change?",
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
            "ptp(X_train": "ptp(both",
        },
        "mean and spread are those of the new data. Use the training set's.": {
            "X_train.": "X_new.",
            "ptp(X_train": "ptp(X_new",
        },
        "this is one mean for all columns. Each column has a scale of its own: "
        "axis=0.": {"axis=0": "axis=None"},
        "this goes along the rows: each example by its own mean. Each column is to "
        "have mean 0: axis=0.": {
            "axis=0)": "axis=1, keepdims=True)",
            "(X_new - mean) / spread": "(X_new - X_new.mean(1, keepdims=True))"
            " / X_new.std(1, keepdims=True)",
        },
        "the division by the standard deviation is missing.": {" / spread": ""},
        "the mean is not taken off.": {" - mean": ""},
        "where the spread is 0, the column comes back as it was. Its mean is taken off "
        "as well; only the division is left out.": {
            "    spread = np.where": "    mean = np.where(spread > 0, mean, 0)\n"
            "    spread = np.where"
        },
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
        "a column that never changes in training has the spread 0, and 0 / 0 is NaN. "
        "Divide such a column by 1: np.where(np.ptp(X_train, axis=0) > 0, spread, "
        "1).": {"    spread = np.where(np.ptp(X_train, axis=0) > 0, spread, 1)\n": ""},
        "a small number added to the spread leaves a division by almost 0: where a "
        "column never changed in training, a new value in it becomes huge. Divide such "
        "a column by 1.": {
            "np.where(np.ptp(X_train, axis=0) > 0, spread, 1)": "spread + 1e-8"
        },
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
            np.array([[0.0, 1000.0, 999.0, -1000.0], [0.5, -0.2, 0.1, 0.3]]),
            np.eye(4)[[2, 1]],
        ),
        (np.array([[0.4, -0.3, 0.1]]), np.array([[0.2, 0.7, 0.1]])),
        # All far below 0: the largest is not the largest without its sign.
        (np.array([[-800.0, -801.5, -799.0]]), np.array([[0.0, 0.0, 1.0]])),
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
        "this takes 1 off where y is largest. A target may be shared among several "
        "outputs, as in 0.2, 0.7, 0.1: take off y itself.": {
            " - y": " - (y == y.max(axis=1, keepdims=True))"
        },
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


def skill(a, y, baseline):
    return 1 - ((a - y) ** 2).mean() / ((baseline - y) ** 2).mean()


SKILL = Exercise(
    skill,
    probes=[
        (
            np.array([[3.1], [1.4], [2.2], [5.0]]),
            np.array([[3.0], [1.0], [2.5], [4.0]]),
            np.array([[2.0], [2.5], [3.5], [2.9]]),
        ),
        (
            np.array([[0.4], [-1.2], [7.7]]),
            np.array([[1.0], [-2.0], [3.0]]),
            np.array([[0.7], [-1.1], [2.2]]),
        ),
    ],
    then="Try next: the network as its own baseline, then one that is never wrong.",
    mistakes={
        "this is what is left of the baseline's error. What is gone is 1 minus it.": {
            "1 - ": ""
        },
        "the fraction stands upside down: the network's error over the baseline's.": {
            "((a - y) ** 2).mean() / ((baseline - y) ** 2).mean()": "((baseline - y) "
            "** 2).mean() / ((a - y) ** 2).mean()"
        },
        "these are the typical errors, the roots. Use the squared errors themselves.": {
            "((a - y) ** 2).mean() / ((baseline - y) ** 2).mean()": "np.sqrt(((a - y) "
            "** 2).mean() / ((baseline - y) ** 2).mean())"
        },
        "these are the sizes of the errors, not their squares.": {
            "((a - y) ** 2).mean() / ((baseline - y) ** 2).mean()": "abs(a - y).mean() "
            "/ abs(baseline - y).mean()"
        },
        "the baseline that was handed over is not used: this compares with the mean of "
        "y, which nobody knows before the test.": {"baseline - y": "y.mean() - y"},
        "this is by how much the squared error falls, in its own unit. The share of "
        "the baseline's is asked.": {
            "1 - ((a - y) ** 2).mean() / ((baseline - y) ** 2).mean()": "((baseline - "
            "y) ** 2).mean() - ((a - y) ** 2).mean()"
        },
        "this compares the network with the baseline, and not with what happened.": {
            "(a - y)": "(a - baseline)"
        },
        "this is the mean of the shares of single rows. Take the means first: a row "
        "whose baseline is nearly right would count for almost everything.": {
            "((a - y) ** 2).mean() / ((baseline - y) ** 2).mean()": "((a - y) ** 2 / "
            "(baseline - y) ** 2).mean()"
        },
    },
)


def precision_recall(normal_scores, anomalous_scores, threshold):
    false_alarms = np.sum(normal_scores > threshold)
    caught = np.sum(anomalous_scores > threshold)
    return caught / (caught + false_alarms), caught / len(anomalous_scores)


PRECISION_RECALL = Exercise(
    precision_recall,
    probes=[
        (np.array([0.1, 0.7, 0.5, 0.2]), np.array([0.9, 0.5, 1.2, 0.8, 0.6]), 0.5),
        (
            np.array([0.3, 0.1, 2.0, 1.7, 1.0]),
            np.array([0.2, 1.5, 1.1, 0.9, 1.0, 3.0, 0.4]),
            1.0,
        ),
        (np.array([1.0, 4.0, 3.0, 2.0, 5.0, 1.0]), np.array([2.0, 6.0, 7.0]), 2.0),
    ],
    then="Try next: ten times as many normal images. Which of the two changes?",
    mistakes={
        "the two are exchanged: precision first, then recall.": {
            "caught / (caught + false_alarms), caught / len(anomalous_scores)": (
                "caught / len(anomalous_scores), caught / (caught + false_alarms)"
            )
        },
        "a score equal to the threshold is flagged here. Only a greater one is: use >, "
        "not >=.": {"> threshold": ">= threshold"},
        "flagged is what lies over the threshold: the comparison is turned round.": {
            "> threshold": "< threshold"
        },
        "the first number is the share of the normal images that pass. Precision asks: "
        "of all that are flagged, how many are anomalies?": {
            "caught / (caught + false_alarms)": "1 - false_alarms / len(normal_scores)"
        },
        "the first number is the share of false alarms among the flagged. Precision is "
        "the share of anomalies among them.": {
            "caught / (caught + false_alarms)": "false_alarms / (caught + false_alarms)"
        },
        "the first number is the share of all images that are told rightly, the "
        "accuracy. Precision looks at the flagged alone.": {
            "return caught / (caught + false_alarms)": "right = len(normal_scores) - "
            "false_alarms + caught\n    both = len(normal_scores) + "
            "len(anomalous_scores)\n    return right / both"
        },
        "the first number is the share of all images that are caught. Precision looks "
        "at the flagged alone.": {
            "caught / (caught + false_alarms)": "caught / (len(normal_scores) + "
            "len(anomalous_scores))"
        },
        "the first number takes rates for counts, as if anomalies were as frequent as "
        "normal images. Count the flagged.": {
            "return caught / (caught + false_alarms)": "rate = caught / "
            "len(anomalous_scores)\n    return rate / (rate + false_alarms / "
            "len(normal_scores))"
        },
        "the second number is the share of all images that are caught. Recall is the "
        "share of the anomalies.": {
            "len(anomalous_scores)": "(len(anomalous_scores) + len(normal_scores))"
        },
        "the second number is the share that is missed. Recall is the share that is "
        "caught.": {", caught / len": ", 1 - caught / len"},
        "these are counts: of the flagged anomalies, and of all flagged. Precision and "
        "recall are shares.": {
            "caught / (caught + false_alarms), caught / len(anomalous_scores)": "caught"
            ", caught + false_alarms"
        },
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
    then="Try next: returns that are all 0.5, and a baseline of 0.5.",
    mistakes={
        "the sign is flipped. Descent subtracts the gradient, so delta has to be "
        "negative for a move that did better than the baseline: p minus the move, "
        "times the return minus the baseline.": {
            "(policy[positions] - taken)": "(taken - policy[positions])"
        },
        "only the move that was taken is multiplied by the return minus the baseline. "
        "Its whole row is: the other moves change as well.": {
            "return (policy[positions] - taken) * better[:, None]": "return policy"
            "[positions] * (1 - taken) + (policy[positions] - 1) * taken * "
            "better[:, None]"
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


EXERCISES = [
    RIGHT_AT_THE_STOP,
    STANDARDISE,
    SOFTMAX_DELTA,
    SKILL,
    PRECISION_RECALL,
    POLICY_DELTA,
]
