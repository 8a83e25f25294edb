"""Stage 10: what students write for its six exercises."""
# ruff: noqa: F811

import numpy as np
from bank import edits, everywhere, right, unnamed, wrong

# -- right_at_the_stop


@right
def right_at_the_stop(validation_loss, right):
    return np.take_along_axis(right, validation_loss.argmin(0)[None], axis=0)[0]


@right
def right_at_the_stop(validation_loss, right):
    told = []
    for seed in range(right.shape[1]):
        told.append(right[np.argmin(validation_loss[:, seed]), seed])
    return told


@right
def right_at_the_stop(validation_loss, right):
    stop = np.argmin(validation_loss, axis=0)
    return right[stop, np.arange(len(stop))]


edits(
    right_at_the_stop,
    {
        "this stops where the validation loss is largest": {"argmin": "argmax"},
        "all seeds stop at one iteration": [
            {
                "validation_loss, axis=0": "validation_loss.mean(axis=1)",
                ", np.arange(len(stop))": "",
            },
            {
                "validation_loss, axis=0": "np.sum(validation_loss, axis=1)",
                "np.arange(len(stop))": ":",
            },
        ],
        "this is the loss at the stop": {"return right": "return validation_loss"},
        "this is the row of the stop": {"right[stop, np.arange(len(stop))]": "stop"},
        "these are whole rows of `right`": {", np.arange(len(stop))": ""},
        "this looks for the smallest loss of each row": {"axis=0": "axis=1"},
    },
)


@unnamed
def right_at_the_stop(validation_loss, right):
    shares = []
    for seed in range(right.shape[1]):  # at the first rise
        i = 0
        while (
            i + 1 < len(right)
            and validation_loss[i + 1, seed] < validation_loss[i, seed]
        ):
            i += 1
        shares.append(right[i, seed])
    return np.array(shares)


@unnamed
def right_at_the_stop(validation_loss, right):
    shares = []
    for seed in range(right.shape[1]):
        best, lowest = 0, 1.0  # a loss may be over it
        for i in range(len(right)):
            if validation_loss[i, seed] < lowest:
                best, lowest = i, validation_loss[i, seed]
        shares.append(right[best, seed])
    return np.array(shares)


@wrong("all seeds stop at the iteration that has the lowest loss of all")
def right_at_the_stop(validation_loss, right):
    lowest = validation_loss.min(axis=1)
    chosen = np.argmin(lowest)
    return right[chosen, :]


@wrong("all seeds stop at the iteration that has the lowest loss of all")
def right_at_the_stop(validation_loss, right):
    row, _ = np.unravel_index(validation_loss.argmin(), validation_loss.shape)
    return np.array([right[row, seed] for seed in range(right.shape[1])])


@right
def right_at_the_stop(validation_loss, right):
    stop = validation_loss.argmin(axis=0)
    told = [right[row, seed] for seed, row in enumerate(stop)]
    return np.array(told)


edits(
    right_at_the_stop,
    {
        "these are whole rows of `right`": {"right[row, seed]": "right[row]"},
        "this looks for the smallest loss of each row": {"axis=0": "axis=1"},
    },
)


@wrong("this chooses on the test points")
def right_at_the_stop(validation_loss, right):
    return right.max(axis=0)


@wrong("this chooses on the test points")
def right_at_the_stop(validation_loss, right):
    stop = np.argmax(right, axis=0)
    return [right[row, seed] for seed, row in enumerate(stop)]


@wrong("this stops where the validation loss is largest")
def right_at_the_stop(validation_loss, right):
    return np.array([r[v == v.max()][0] for v, r in zip(validation_loss.T, right.T)])


@wrong("this is the loss at the stop")
def right_at_the_stop(validation_loss, right):
    return validation_loss.min(axis=0)


@wrong("this is the row of the stop")
def right_at_the_stop(validation_loss, right):
    return [list(column).index(min(column)) for column in validation_loss.T]


@wrong("this is the end of the training")
def right_at_the_stop(validation_loss, right):
    return right[len(right) - 1]


@wrong("this is the end of the training")
def right_at_the_stop(validation_loss, right):
    for row in right:
        last = row
    return last


@unnamed
def right_at_the_stop(validation_loss, right):
    return right.mean(axis=0)


@unnamed
def right_at_the_stop(validation_loss, right):
    return right[validation_loss.argmin(0) - 1, np.arange(right.shape[1])]


@wrong("this looks for the smallest loss of each row")
def right_at_the_stop(validation_loss, right):
    chosen = []
    for losses, shares in zip(validation_loss, right):
        losses = list(losses)
        best = losses.index(min(losses))
        chosen.append(shares[best])
    return np.array(chosen)


# -- standardise


@right
def standardise(X_train, X_new):
    n = len(X_train)
    mean = X_train.sum(axis=0) / n
    spread = np.sqrt(((X_train - mean) ** 2).sum(axis=0) / n)
    spread[spread == 0] = 1
    return [(X - mean) / spread for X in (X_train, X_new)]


edits(
    standardise,
    {
        "this divides by n - 1": {
            ".sum(axis=0) / n)": ".sum(axis=0) / (n - 1))",
            "    spread[spread == 0] = 1\n": "",
        },
    },
)


@right
def standardise(X_train, X_new):
    treated = [[], []]
    for column, new in zip(X_train.T, X_new.T):
        spread = np.std(column) or 1
        treated[0].append((column - np.mean(column)) / spread)
        treated[1].append((new - np.mean(column)) / spread)
    return np.array(treated[0]).T, np.array(treated[1]).T


@right
def standardise(X_train, X_new):
    mean, spread = X_train.mean(axis=0), X_train.std(axis=0)
    spread = np.where(spread > 0, spread, 1)
    return (X_train - mean) / spread, (X_new - mean) / spread


NO_GUARD = {"    spread = np.where(spread > 0, spread, 1)\n": ""}
edits(
    standardise,
    {
        "a column that never changes in training": NO_GUARD,
        "a small number added to the spread": {
            "np.where(spread > 0, spread, 1)": "spread + 1e-8"
        },
        "each set is treated by its own mean and spread": {
            **NO_GUARD,
            "X_new - mean": "X_new - X_new.mean(axis=0)",
            "/ spread\n": "/ X_new.std(axis=0)\n",
        },
        "mean and spread are those of both sets together": {
            "    mean,": "    X = np.vstack([X_train, X_new])\n    mean,",
            "X_train.mean": "X.mean",
            "X_train.std": "X.std",
        },
        "mean and spread are those of the new data": {
            "X_train.mean(axis=0), X_train.std": "X_new.mean(axis=0), X_new.std"
        },
        "this is one mean for all columns": {"axis=0": everywhere("")},
        "the division by the standard deviation": {" / spread": everywhere("")},
        "the mean is not taken off": {**NO_GUARD, " - mean": everywhere("")},
        "this divides by the variance": {**NO_GUARD, "std": "var"},
        "this divides by n - 1": {**NO_GUARD, "std(axis=0": "std(axis=0, ddof=1"},
        "this divides by the range": {
            **NO_GUARD,
            "X_train.std(axis=0)": "X_train.max(axis=0) - X_train.min(axis=0)",
        },
        "the new data come back as they were": {
            **NO_GUARD,
            "(X_new - mean) / spread": "X_new",
        },
    },
)
# The same, where a column that never changes is thought of.
edits(
    standardise,
    {
        "each set is treated by its own mean and spread": {
            "(X_new - mean) / spread": "(X_new - np.mean(X_new, 0)) / np.std(X_new, 0)"
        },
        "the mean is not taken off": {" - mean": everywhere("")},
        "this divides by the variance": {"X_train.std(axis=0)": "np.var(X_train, 0)"},
        "this divides by n - 1": {"X_train.std(axis=0)": "np.std(X_train, 0, ddof=1)"},
        "this divides by the range": {
            "X_train.std(axis=0)": "X_train.max(axis=0) - X_train.min(axis=0)"
        },
        "the new data come back as they were": {"(X_new - mean) / spread": "X_new"},
    },
)


@right
def standardise(X_train, X_new):
    mean = X_train.mean(axis=0)
    spread = np.sqrt(np.mean((X_train - mean) ** 2, axis=0))
    spread[spread == 0] = 1
    return [(X - mean) / spread for X in (X_train, X_new)]


NO_GUARD = {"    spread[spread == 0] = 1\n": ""}
edits(
    standardise,
    {
        "a column that never changes in training": NO_GUARD,
        "a small number added to the spread": {
            "spread[spread == 0] = 1": "spread += 1e-8"
        },
        "the division by the standard deviation": {"(X - mean) / spread": "X - mean"},
        "the mean is not taken off": {**NO_GUARD, "(X - mean) / spread": "X / spread"},
        "this divides by the variance": {
            **NO_GUARD,
            "np.sqrt(np": "np",
            "axis=0))": "axis=0)",
        },
        "this divides by the range": {
            **NO_GUARD,
            "np.sqrt(np.mean((X_train - mean) ** 2, axis=0))": "np.ptp(X_train, 0)",
        },
        "the new data come back as they were": {
            **NO_GUARD,
            "[(X -": "[(X_train -",
            " for X in (X_train, X_new)]": ", X_new.copy()]",
        },
    },
)


@wrong("each set is treated by its own mean and spread")
def standardise(X_train, X_new):
    def treat(X):
        centred = X - np.mean(X, axis=0)
        return centred / np.sqrt(np.mean(centred**2, axis=0))

    return treat(X_train), treat(X_new)


@wrong("mean and spread are those of both sets together")
def standardise(X_train, X_new):
    X = np.concatenate([X_new, X_train])
    X = (X - np.mean(X, 0)) / np.std(X, 0)
    return X[len(X_new) :], X[: len(X_new)]


@wrong("mean and spread are those of the new data")
def standardise(X_train, X_new):
    center = sum(X_new) / len(X_new)
    scale = np.sqrt(np.var(X_new, 0))
    return tuple((X - center) / scale for X in (X_train, X_new))


@wrong("this is one mean for all columns")
def standardise(X_train, X_new):
    numbers = X_train.ravel()
    mean = sum(numbers) / len(numbers)
    spread = np.std(numbers)
    return [(X - mean) / spread for X in (X_train, X_new)]


@wrong("this goes along the rows")
def standardise(X_train, X_new):
    def treat(X):
        return (X - X.mean(axis=1, keepdims=True)) / X.std(axis=1, keepdims=True)

    return treat(X_train), treat(X_new)


@wrong("this goes along the rows")
def standardise(X_train, X_new):
    train = [(x - x.mean()) / x.std() for x in X_train]
    new = [(x - x.mean()) / x.std() for x in X_new]
    return train, new


@unnamed
def standardise(X_train, X_new):
    mean, spread = X_train.mean(axis=0), X_train.std(axis=0)
    return (X_train - mean) / spread


@unnamed
def standardise(X_train, X_new):
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    return (X_train - low) / (high - low), (X_new - low) / (high - low)


@wrong("where the spread is 0, the column comes back")
def standardise(X_train, X_new):
    train = X_train.astype(float)
    new = X_new.astype(float)
    for j in range(train.shape[1]):
        mean = X_train[:, j].mean()
        spread = X_train[:, j].std()
        if spread == 0:
            continue
        train[:, j] = (train[:, j] - mean) / spread
        new[:, j] = (new[:, j] - mean) / spread
    return train, new


@wrong("where the spread is 0, the column comes back")
def standardise(X_train, X_new):
    mean, spread = X_train.mean(0), X_train.std(0)
    varies = spread > 0
    scaled = X_train.astype(float), X_new.astype(float)
    for each in scaled:
        each[:, varies] = ((each - mean)[:, varies]) / spread[varies]
    return scaled


# -- softmax_delta


@right
def softmax_delta(z, y):
    z = z - np.max(z, axis=1).reshape(-1, 1)
    return np.exp(z - np.log(np.exp(z).sum(axis=1))[:, None]) - y


@right
def softmax_delta(z, y):
    rows = []
    for row, target in zip(z, y):
        e = np.exp(row - max(row))
        rows.append(e / sum(e) - target)
    return rows


edits(
    softmax_delta,
    {
        "off by n": {"e / sum(e) - target": "(e / sum(e) - target) / len(y)"},
    },
)


@right
def softmax_delta(z, y):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return p - y


edits(
    softmax_delta,
    {
        "the sign is flipped": {"p - y": "y - p"},
        "this is p": {"p - y": "p"},
        "right for small z": {" - z.max(axis=1, keepdims=True)": ""},
        "the largest z of all rows is subtracted": {
            "z.max(axis=1, keepdims=True)": "z.max()"
        },
        "the sum goes down the columns": {"axis=1": everywhere("axis=0")},
        "the sum goes over all examples": {"axis=1, keepdims=True": everywhere("")},
        "a slope p(1 - p) too many": {"p - y": "(p - y) * p * (1 - p)"},
        "off by n": {"p - y": "(p - y) / len(z)"},
        "the exponentials are not divided": {"p - y": "e - y"},
        "this is the loss of each row": {
            "p - y": "-(y * np.log(p)).sum(axis=1, keepdims=True)"
        },
    },
)


@right
def softmax_delta(z, y):
    e = [np.exp(row - max(row)) for row in z]
    p = np.array([row / sum(row) for row in e])
    return p - y


edits(
    softmax_delta,
    {
        "this is p": {"p - y": "p"},
        "right for small z": {" - max(row)": ""},
        "the largest z of all rows is subtracted": {"max(row)": "np.max(z)"},
        "a slope p(1 - p) too many": {"p - y": "(p - p**2) * (p - y)"},
        "the exponentials are not divided": {"row / sum(row)": "row"},
    },
)


@wrong("the sign is flipped")
def softmax_delta(z, y):
    e = np.exp((z.T - z.max(axis=1)).T)
    return -((e.T / e.sum(axis=1)).T - y)


@wrong("these are separate sigmoids")
def softmax_delta(z, y):
    return 1 / (1 + np.exp(-z)) - y


@wrong("these are separate sigmoids")
def softmax_delta(z, y):
    p = 0.5 + 0.5 * np.tanh(z / 2)
    return p - y


@wrong("the sum goes down the columns")
def softmax_delta(z, y):
    columns = [np.exp(column - max(column)) for column in z.T]
    return np.array([column / sum(column) for column in columns]).T - y


@wrong("the sum goes over all examples")
def softmax_delta(z, y):
    e = np.exp(z - np.max(z))
    total = sum(sum(e))
    return np.divide(e, total) - y


@wrong("this is z - y")
def softmax_delta(z, y):
    return z - y


@wrong("this is z - y")
def softmax_delta(z, y):
    p = z
    return np.subtract(p, y)


@wrong("this is the loss of each row")
def softmax_delta(z, y):
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -(y * log_p).sum(axis=1, keepdims=True)


@unnamed
def softmax_delta(z, y):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return 2 * (e / e.sum(axis=1, keepdims=True) - y)


@unnamed
def softmax_delta(z, y):
    return z / z.sum(axis=1, keepdims=True) - y


# -- skill


@right
def skill(a, y, baseline):
    left, had = np.sum((a - y) ** 2), np.sum((baseline - y) ** 2)
    return (had - left) / had


@right
def skill(a, y, baseline):
    def mean_square(x):
        return np.mean(np.square(x - y))

    return 1 - mean_square(a) / mean_square(baseline)


edits(
    skill,
    {
        "these are the typical errors": {
            "np.mean(np.square(x - y))": "np.sqrt(np.mean(np.square(x - y)))"
        },
        "these are the sizes of the errors": {"np.square": "np.abs"},
    },
)


@right
def skill(a, y, baseline):
    return 1 - np.mean((a - y) ** 2) / np.mean((baseline - y) ** 2)


edits(
    skill,
    {
        "this is what is left of the baseline's error": {"1 - ": ""},
        "the baseline that was handed over is not used": {
            "np.mean((baseline - y) ** 2)": "y.var()"
        },
        "this compares the network with the baseline": {"(a - y)": "(a - baseline)"},
        None: {"mean": everywhere("median")},
    },
)


@right
def skill(a, y, baseline):
    ours = ((y - a) ** 2).sum()
    theirs = ((y - baseline) ** 2).sum()
    return 1 - ours / theirs


edits(
    skill,
    {
        "this is what is left of the baseline's error": {"1 - ": ""},
        "the fraction stands upside down": {"ours / theirs": "theirs / ours"},
        "these are the sizes of the errors": {
            "((y - a) ** 2).sum()": "abs(a - y).sum()",
            "((y - baseline) ** 2)": "abs(baseline - y)",
        },
        "the baseline that was handed over is not used": {
            "y - baseline": "y - np.mean(y)"
        },
        "this is by how much the squared error falls": {
            "1 - ours / theirs": "theirs - ours",
            ".sum": everywhere(".mean"),
        },
        "this compares the network with the baseline": {"y - a": "baseline - a"},
    },
)


@wrong("the fraction stands upside down")
def skill(a, y, baseline):
    return 1 - np.mean((baseline - y) ** 2) / np.mean((a - y) ** 2)


@wrong("these are the typical errors")
def skill(a, y, baseline):
    return 1 - np.linalg.norm(a - y) / np.linalg.norm(baseline - y)


@wrong("this is by how much the squared error falls")
def skill(a, y, baseline):
    return np.mean((baseline - y) ** 2) - np.mean((a - y) ** 2)


@wrong("this is the mean of the shares of single rows")
def skill(a, y, baseline):
    return np.mean(1 - (a - y) ** 2 / (baseline - y) ** 2)


@wrong("this is the mean of the shares of single rows")
def skill(a, y, baseline):
    ratio = ((a - y) / (baseline - y)) ** 2
    return 1 - ratio.mean()


@unnamed
def skill(a, y, baseline):
    return 1 - (a - y).mean() / (baseline - y).mean()


# -- precision_recall


@right
def precision_recall(normal_scores, anomalous_scores, threshold):
    tp = sum(anomalous_scores > threshold)
    fp = sum(normal_scores > threshold)
    fn = sum(anomalous_scores <= threshold)
    return tp / (tp + fp), tp / (tp + fn)


edits(
    precision_recall,
    {
        "the second number is the share that is missed": {", tp": ", fn"},
    },
)


@right
def precision_recall(normal_scores, anomalous_scores, threshold):
    scores = np.concatenate([normal_scores, anomalous_scores])
    is_anomaly = np.arange(len(scores)) >= len(normal_scores)
    flagged = scores > threshold
    return is_anomaly[flagged].mean(), flagged[is_anomaly].mean()


@right
def precision_recall(normal_scores, anomalous_scores, threshold):
    tp = np.sum(anomalous_scores > threshold)
    fp = np.sum(normal_scores > threshold)
    return tp / (tp + fp), tp / len(anomalous_scores)


edits(
    precision_recall,
    {
        "the two are exchanged": {
            "tp / (tp + fp), ": "",
            "(anomalous_scores)\n": "(anomalous_scores), tp / (tp + fp)\n",
        },
        "a score equal to the threshold is flagged here": {">": everywhere(">=")},
        "flagged is what lies over the threshold": {">": everywhere("<")},
        "the first number is the share of false alarms": {
            "tp / (tp + fp)": "fp / (tp + fp)"
        },
        "the first number is the share of all images that are told rightly": {
            "fp = np.sum(normal_scores >": "tn = np.sum(normal_scores <=",
            "(tp + fp)": "(len(normal_scores) + len(anomalous_scores))",
            "return tp": "return (tp + tn)",
        },
        "the first number takes rates for counts": {
            "np.sum": everywhere("np.mean"),
            "tp / len(anomalous_scores)": "tp",
        },
        "the second number is the share of all images that are caught": {
            "len(anomalous_scores)": "(len(normal_scores) + len(anomalous_scores))"
        },
        "the second number is the share that is missed": {
            ", tp / len(anomalous_scores)": ", np.mean(anomalous_scores <= threshold)"
        },
        "these are counts": {
            "tp / (tp + fp), tp / len(anomalous_scores)": "tp, tp + fp"
        },
        None: {"tp / (tp + fp)": "tp / fp"},
    },
)


@right
def precision_recall(normal_scores, anomalous_scores, threshold):
    caught = sum(anomalous_scores > threshold)
    recall = caught / len(anomalous_scores)
    precision = caught / (caught + sum(normal_scores > threshold))
    return precision, recall


edits(
    precision_recall,
    {
        "the two are exchanged": {"precision, recall": "recall, precision"},
        "a score equal to the threshold is flagged here": {">": everywhere(">=")},
        "flagged is what lies over the threshold": {">": everywhere("<")},
        "the first number is the share of the normal images that pass": {
            "caught / (caught + sum(": "np.mean(",
            "> threshold))": "<= threshold)",
        },
        "the first number is the share of false alarms": {
            "precision,": "1 - precision,"
        },
        "the second number is the share of all images that are caught": {
            "len(anomalous_scores)": "(anomalous_scores.size + normal_scores.size)"
        },
    },
)


@wrong("the first number is the share of the normal images that pass")
def precision_recall(normal_scores, anomalous_scores, threshold):
    tn = sum(normal_scores <= threshold)
    fp = sum(normal_scores > threshold)
    tp = sum(anomalous_scores > threshold)
    return tn / (tn + fp), tp / len(anomalous_scores)


@wrong("the first number is the share of all images that are caught")
def precision_recall(normal_scores, anomalous_scores, threshold):
    caught = np.count_nonzero(anomalous_scores > threshold)
    shown = np.concatenate([normal_scores, anomalous_scores])
    return caught / shown.size, caught / anomalous_scores.size


@wrong("the first number is the share of all images that are caught")
def precision_recall(normal_scores, anomalous_scores, threshold):
    hits = (anomalous_scores > threshold).sum()
    everything = len(anomalous_scores) + len(normal_scores)
    recall = hits / len(anomalous_scores)
    precision = hits / everything
    return precision, recall


@wrong("the first number is the share of all images that are told rightly")
def precision_recall(normal_scores, anomalous_scores, threshold):
    right = [*(normal_scores <= threshold), *(anomalous_scores > threshold)]
    return np.mean(right), np.mean(anomalous_scores > threshold)


@wrong("the first number takes rates for counts")
def precision_recall(normal_scores, anomalous_scores, threshold):
    recall = (anomalous_scores > threshold).sum() / len(anomalous_scores)
    alarms = (normal_scores > threshold).sum() / len(normal_scores)
    return recall / (alarms + recall), recall


@wrong("these are counts")
def precision_recall(normal_scores, anomalous_scores, threshold):
    both = np.concatenate([normal_scores, anomalous_scores])
    return sum(anomalous_scores > threshold), sum(both > threshold)


@unnamed
def precision_recall(normal_scores, anomalous_scores, threshold):
    flagged = anomalous_scores > threshold
    return flagged.mean(), flagged.mean()


# -- policy_delta


@right
def policy_delta(policy, positions, moves, returns, baseline):
    delta = policy[positions].copy()
    delta[np.arange(len(moves)), moves] -= 1
    return delta * (returns - baseline[positions]).reshape(-1, 1)


edits(
    policy_delta,
    {
        "the sign is flipped": {
            "returns - baseline[positions]": "baseline[positions] - returns"
        },
        "the baseline is missing": {" - baseline[positions]": ""},
        "the baseline is added": {"returns -": "returns +"},
        "one mean is taken off every return": {
            "baseline[positions]": "sum(baseline) / len(baseline)"
        },
        "the mean of these returns is taken off": {
            "    delta =": "    baseline = sum(returns) / len(returns)\n    delta =",
            "baseline[positions]": "baseline",
        },
        "return minus baseline is missing": {
            " * (returns - baseline[positions]).reshape(-1, 1)": ""
        },
        "the numbers of the rows went to the columns": {".reshape(-1, 1)": ""},
        "off by the number of steps": {
            ".reshape(-1, 1)": ".reshape(-1, 1) / len(returns)"
        },
    },
)


@right
def policy_delta(policy, positions, moves, returns, baseline):
    rows = []
    for position, move, G in zip(positions, moves, returns):
        taken = np.zeros(policy.shape[1])
        taken[move] = 1
        rows.append((G - baseline[position]) * (policy[position] - taken))
    return rows


edits(
    policy_delta,
    {
        "the baseline is looked up by the move": {
            "baseline[position]": "baseline[move]"
        },
        "the move taken is missing": {" - taken": ""},
    },
)


@right
def policy_delta(policy, positions, moves, returns, baseline):
    taken = np.eye(policy.shape[1])[moves]
    better = returns - baseline[positions]
    return (policy[positions] - taken) * better[:, None]


edits(
    policy_delta,
    {
        "the sign is flipped": {
            "policy[positions] - taken": "taken - policy[positions]"
        },
        "the baseline is missing": {" - baseline[positions]": ""},
        "the baseline is added": {"returns -": "returns +"},
        "the baseline is looked up by the move": {
            "baseline[positions]": "baseline[moves]"
        },
        "one mean is taken off every return": {
            "baseline[positions]": "baseline.mean()"
        },
        "the mean of these returns is taken off": {
            "baseline[positions]": "returns.mean()"
        },
        "return minus baseline is missing": {" * better[:, None]": ""},
        "the move taken is missing": {" - taken": ""},
        "p is missing": {"(policy[positions] - taken)": "-taken"},
        "the numbers of the rows went to the columns": {"[:, None]": ""},
        "off by the number of steps": {"[:, None]": "[:, None] / len(moves)"},
        None: [
            {"positions] - taken)": "positions] - 1) * taken"},
            {"taken) * better": "taken) / better"},
            {"return (": "return ((", "[:, None]\n": "[:, None]).sum(axis=0)\n"},
        ],
    },
)


@wrong("p is missing")
def policy_delta(policy, positions, moves, returns, baseline):
    delta = np.zeros((len(moves), policy.shape[1]))
    delta[np.arange(len(moves)), moves] = baseline[positions] - returns
    return delta


@wrong("this is the slope of p")
def policy_delta(policy, positions, moves, returns, baseline):
    p = policy[positions]
    taken = np.eye(policy.shape[1])[moves]
    p_taken = p[np.arange(len(moves)), moves]
    better = returns - baseline[positions]
    return p_taken[:, None] * (p - taken) * better[:, None]


@wrong("this is the slope of p")
def policy_delta(policy, positions, moves, returns, baseline):
    rows = []
    for position, move, G in zip(positions, moves, returns):
        p = policy[position]
        delta = p * p[move]
        delta[move] -= p[move]
        rows.append((G - baseline[position]) * delta)
    return rows


@wrong("only the column of the move taken is filled")
def policy_delta(policy, positions, moves, returns, baseline):
    delta = np.zeros((len(moves), policy.shape[1]))
    rows = np.arange(len(moves))
    better = returns - baseline[positions]
    delta[rows, moves] = (policy[positions, moves] - 1) * better
    return delta


@wrong("only the column of the move taken is filled")
def policy_delta(policy, positions, moves, returns, baseline):
    delta = np.zeros((len(moves), policy.shape[1]))
    for i, (at, move) in enumerate(zip(positions, moves)):
        delta[i, move] = (policy[at, move] - 1) * (returns[i] - baseline[at])
    return delta


@wrong("only the move that was taken is multiplied")
def policy_delta(policy, positions, moves, returns, baseline):
    delta = []
    for i in range(len(moves)):
        here = positions[i]
        advantage = returns[i] - baseline[here]
        row = np.array(policy[here], dtype=float)
        row[moves[i]] = (row[moves[i]] - 1) * advantage
        delta.append(row)
    return np.array(delta)


@wrong("only the move that was taken is multiplied")
def policy_delta(policy, positions, moves, returns, baseline):
    delta, steps = policy[positions], np.arange(len(moves))
    delta[steps, moves] -= 1
    delta[steps, moves] *= returns - baseline[positions]
    return delta


# -- what passed once


@wrong("this takes 1 off where y is largest")
def softmax_delta(z, y):
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y.argmax(axis=1)] -= 1
    return p


@wrong("this takes 1 off where y is largest")
def softmax_delta(z, y):
    out = []
    for row, targets in zip(z, y):
        e = np.exp(row - max(row))
        one_hot = [float(each == max(targets)) for each in targets]
        out.append(e / e.sum() - one_hot)
    return np.array(out)


@unnamed
def softmax_delta(z, y):
    e = np.exp(z - np.max(z, axis=1)[:, np.newaxis])
    p = e / np.sum(e[0])
    return p - y


@unnamed
def softmax_delta(z, y):
    e = np.exp(z - np.abs(z).max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True) - y


@unnamed
def skill(a, y, baseline):
    num = den = 0
    for i in range(len(y)):
        num += (a[i] - y[i]) ** 2
        den = (baseline[i] - y[i]) ** 2
    return 1 - num / den


@unnamed
def precision_recall(
    normal_scores,
    anomalous_scores,
    threshold,
    n={"tp": 0, "fp": 0},  # noqa: B006
):
    n["tp"] = np.sum(anomalous_scores > threshold)
    n["fp"] = np.sum(normal_scores > threshold)
    found = n["tp"] / (n["tp"] + n["fp"])
    return found, n["tp"] / (n["tp"] + n["fp"] + 1)
