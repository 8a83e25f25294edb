"""Stage 10: what students write for its six exercises."""
# ruff: noqa: F811

import numpy as np
from bank import right, unnamed, wrong

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


@wrong("this chooses on the test points")
def right_at_the_stop(validation_loss, right):
    return right.max(axis=0)


@wrong("this chooses on the test points")
def right_at_the_stop(validation_loss, right):
    stop = np.argmax(right, axis=0)
    return [right[row, seed] for seed, row in enumerate(stop)]


@wrong("this stops where the validation loss is largest")
def right_at_the_stop(validation_loss, right):
    stop = np.argmax(validation_loss, axis=0)
    return right[stop, range(len(stop))]


@wrong("this stops where the validation loss is largest")
def right_at_the_stop(validation_loss, right):
    return np.array([r[v == v.max()][0] for v, r in zip(validation_loss.T, right.T)])


@wrong("all seeds stop at one iteration")
def right_at_the_stop(validation_loss, right):
    stop = validation_loss.mean(axis=1).argmin()
    return right[stop]


@wrong("all seeds stop at one iteration")
def right_at_the_stop(validation_loss, right):
    best = np.argmin(np.sum(validation_loss, axis=1))
    return right[best, :]


@wrong("this is the loss at the stop")
def right_at_the_stop(validation_loss, right):
    return validation_loss.min(axis=0)


@wrong("this is the loss at the stop")
def right_at_the_stop(validation_loss, right):
    stop = validation_loss.argmin(0)
    return validation_loss[stop, np.arange(stop.size)]


@wrong("this is the row of the stop")
def right_at_the_stop(validation_loss, right):
    return np.argmin(validation_loss, axis=0)


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


@wrong("these are whole rows of `right`")
def right_at_the_stop(validation_loss, right):
    return right[np.argmin(validation_loss, axis=0)]


@wrong("these are whole rows of `right`")
def right_at_the_stop(validation_loss, right):
    stop = validation_loss.argmin(axis=0)
    return np.array([right[row] for row in stop])


@wrong("this looks for the smallest loss of each row")
def right_at_the_stop(validation_loss, right):
    stop = np.argmin(validation_loss, axis=1)
    return right[stop, np.arange(len(stop))]


@wrong("this looks for the smallest loss of each row")
def right_at_the_stop(validation_loss, right):
    stop = validation_loss.argmin(1)
    told = [right[row, seed] for seed, row in enumerate(stop)]
    return np.array(told)


@unnamed
def right_at_the_stop(validation_loss, right):
    return right.mean(axis=0)


@unnamed
def right_at_the_stop(validation_loss, right):
    return right[validation_loss.argmin(0) - 1, np.arange(right.shape[1])]


# -- standardise


@right
def standardise(X_train, X_new):
    n = len(X_train)
    mean = X_train.sum(axis=0) / n
    spread = np.sqrt(((X_train - mean) ** 2).sum(axis=0) / n)
    spread[spread == 0] = 1
    return [(X - mean) / spread for X in (X_train, X_new)]


@right
def standardise(X_train, X_new):
    treated = [[], []]
    for column, new in zip(X_train.T, X_new.T):
        spread = np.std(column) or 1
        treated[0].append((column - np.mean(column)) / spread)
        treated[1].append((new - np.mean(column)) / spread)
    return np.array(treated[0]).T, np.array(treated[1]).T


@wrong("a column that never changes in training")
def standardise(X_train, X_new):
    mean, spread = X_train.mean(axis=0), X_train.std(axis=0)
    return (X_train - mean) / spread, (X_new - mean) / spread


@wrong("a column that never changes in training")
def standardise(X_train, X_new):
    mean = X_train.sum(axis=0) / len(X_train)
    spread = np.sqrt(np.mean((X_train - mean) ** 2, axis=0))
    return [(X - mean) / spread for X in (X_train, X_new)]


@wrong("a small number added to the spread")
def standardise(X_train, X_new):
    mean, spread = np.mean(X_train, axis=0), np.std(X_train, axis=0)
    return (X_train - mean) / (spread + 1e-8), (X_new - mean) / (spread + 1e-8)


@wrong("a small number added to the spread")
def standardise(X_train, X_new):
    mean = X_train.mean(0)
    scale = 1e-8 + X_train.std(0)
    return [(X - mean) / scale for X in (X_train, X_new)]


@wrong("each set is treated by its own mean and spread")
def standardise(X_train, X_new):
    train = (X_train - X_train.mean(axis=0)) / X_train.std(axis=0)
    new = (X_new - X_new.mean(axis=0)) / X_new.std(axis=0)
    return train, new


@wrong("each set is treated by its own mean and spread")
def standardise(X_train, X_new):
    def treat(X):
        centred = X - np.mean(X, axis=0)
        return centred / np.sqrt(np.mean(centred**2, axis=0))

    return treat(X_train), treat(X_new)


@wrong("mean and spread are those of both sets together")
def standardise(X_train, X_new):
    X = np.vstack([X_train, X_new])
    mean, spread = X.mean(axis=0), X.std(axis=0)
    return (X_train - mean) / spread, (X_new - mean) / spread


@wrong("mean and spread are those of both sets together")
def standardise(X_train, X_new):
    X = np.concatenate([X_new, X_train])
    X = (X - np.mean(X, 0)) / np.std(X, 0)
    return X[len(X_new) :], X[: len(X_new)]


@wrong("mean and spread are those of the new data")
def standardise(X_train, X_new):
    mean, spread = X_new.mean(axis=0), X_new.std(axis=0)
    return (X_train - mean) / spread, (X_new - mean) / spread


@wrong("mean and spread are those of the new data")
def standardise(X_train, X_new):
    center = sum(X_new) / len(X_new)
    scale = np.sqrt(np.var(X_new, 0))
    return tuple((X - center) / scale for X in (X_train, X_new))


@wrong("this is one mean for all columns")
def standardise(X_train, X_new):
    mean, spread = X_train.mean(), X_train.std()
    return (X_train - mean) / spread, (X_new - mean) / spread


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


@wrong("the mean is taken off, and the division")
def standardise(X_train, X_new):
    mean = X_train.mean(axis=0)
    return X_train - mean, X_new - mean


@wrong("the mean is taken off, and the division")
def standardise(X_train, X_new):
    mean = np.sum(X_train, axis=0) / X_train.shape[0]
    return [X - mean for X in (X_train, X_new)]


@wrong("the division is there")
def standardise(X_train, X_new):
    return X_train / X_train.std(axis=0), X_new / X_train.std(axis=0)


@wrong("the division is there")
def standardise(X_train, X_new):
    spread = np.sqrt(np.var(X_train, axis=0))
    return [X / spread for X in (X_train, X_new)]


@wrong("this divides by the variance")
def standardise(X_train, X_new):
    mean, spread = X_train.mean(axis=0), X_train.var(axis=0)
    return (X_train - mean) / spread, (X_new - mean) / spread


@wrong("this divides by the variance")
def standardise(X_train, X_new):
    mean = X_train.mean(axis=0)
    spread = ((X_train - mean) ** 2).mean(axis=0)
    return [(X - mean) / spread for X in (X_train, X_new)]


@wrong("this divides by n - 1")
def standardise(X_train, X_new):
    mean, spread = X_train.mean(axis=0), X_train.std(axis=0, ddof=1)
    return (X_train - mean) / spread, (X_new - mean) / spread


@wrong("this divides by n - 1")
def standardise(X_train, X_new):
    mean = X_train.mean(axis=0)
    squares = ((X_train - mean) ** 2).sum(axis=0)
    spread = np.sqrt(squares / (len(X_train) - 1))
    return [(X - mean) / spread for X in (X_train, X_new)]


@wrong("this divides by the range")
def standardise(X_train, X_new):
    mean = X_train.mean(axis=0)
    spread = X_train.max(axis=0) - X_train.min(axis=0)
    return (X_train - mean) / spread, (X_new - mean) / spread


@wrong("this divides by the range")
def standardise(X_train, X_new):
    mean, spread = np.mean(X_train, 0), np.ptp(X_train, 0)
    return [(X - mean) / spread for X in (X_train, X_new)]


@wrong("the new data come back as they were")
def standardise(X_train, X_new):
    mean, spread = X_train.mean(axis=0), X_train.std(axis=0)
    X_train = (X_train - mean) / spread
    return X_train, X_new


@wrong("the new data come back as they were")
def standardise(X_train, X_new):
    train = X_train - np.mean(X_train, 0)
    train = train / np.sqrt(np.mean(train**2, 0))
    return [train, X_new.copy()]


@unnamed
def standardise(X_train, X_new):
    mean, spread = X_train.mean(axis=0), X_train.std(axis=0)
    return (X_train - mean) / spread


@unnamed
def standardise(X_train, X_new):
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    return (X_train - low) / (high - low), (X_new - low) / (high - low)


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


@wrong("the sign is flipped")
def softmax_delta(z, y):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return y - p


@wrong("the sign is flipped")
def softmax_delta(z, y):
    e = np.exp((z.T - z.max(axis=1)).T)
    return -((e.T / e.sum(axis=1)).T - y)


@wrong("this is p")
def softmax_delta(z, y):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@wrong("this is p")
def softmax_delta(z, y):
    rows = [np.exp(row - max(row)) for row in z]
    return [row / sum(row) for row in rows]


@wrong("right for small z")
def softmax_delta(z, y):
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True) - y


@wrong("right for small z")
def softmax_delta(z, y):
    return [np.exp(row) / sum(np.exp(row)) - target for row, target in zip(z, y)]


@wrong("the largest z of all rows is subtracted")
def softmax_delta(z, y):
    e = np.exp(z - z.max())
    return e / e.sum(axis=1, keepdims=True) - y


@wrong("the largest z of all rows is subtracted")
def softmax_delta(z, y):
    largest = max(number for row in z for number in row)
    e = [np.exp(row - largest) for row in z]
    return [row / np.sum(row) - target for row, target in zip(e, y)]


@wrong("these are separate sigmoids")
def softmax_delta(z, y):
    return 1 / (1 + np.exp(-z)) - y


@wrong("these are separate sigmoids")
def softmax_delta(z, y):
    p = 0.5 + 0.5 * np.tanh(z / 2)
    return p - y


@wrong("the sum goes down the columns")
def softmax_delta(z, y):
    e = np.exp(z - z.max(axis=0))
    return e / e.sum(axis=0) - y


@wrong("the sum goes down the columns")
def softmax_delta(z, y):
    columns = [np.exp(column - max(column)) for column in z.T]
    return np.array([column / sum(column) for column in columns]).T - y


@wrong("the sum goes over all examples")
def softmax_delta(z, y):
    e = np.exp(z - z.max())
    return e / e.sum() - y


@wrong("the sum goes over all examples")
def softmax_delta(z, y):
    e = np.exp(z - np.max(z))
    total = sum(sum(e))
    return np.divide(e, total) - y


@wrong("a slope p(1 - p) too many")
def softmax_delta(z, y):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return (p - y) * p * (1 - p)


@wrong("a slope p(1 - p) too many")
def softmax_delta(z, y):
    rows = [np.exp(row - max(row)) for row in z]
    p = np.array([row / sum(row) for row in rows])
    return (p - p**2) * (p - y)


@wrong("off by n")
def softmax_delta(z, y):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return (p - y) / len(z)


@wrong("off by n")
def softmax_delta(z, y):
    n, rows = y.shape[0], []
    for row, target in zip(z, y):
        e = np.exp(row - max(row))
        rows.append(e / sum(e) / n - target / n)
    return rows


@wrong("this is z - y")
def softmax_delta(z, y):
    return z - y


@wrong("this is z - y")
def softmax_delta(z, y):
    p = z
    return np.subtract(p, y)


@wrong("the exponentials are not divided")
def softmax_delta(z, y):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e - y


@wrong("the exponentials are not divided")
def softmax_delta(z, y):
    return [np.exp(row - max(row)) - target for row, target in zip(z, y)]


@wrong("this is the loss of each row")
def softmax_delta(z, y):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return -(y * np.log(p)).sum(axis=1, keepdims=True)


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


@wrong("this is what is left of the baseline's error")
def skill(a, y, baseline):
    return np.mean((a - y) ** 2) / np.mean((baseline - y) ** 2)


@wrong("this is what is left of the baseline's error")
def skill(a, y, baseline):
    ours = ((y - a) ** 2).sum()
    theirs = ((y - baseline) ** 2).sum()
    return ours / theirs


@wrong("the fraction stands upside down")
def skill(a, y, baseline):
    return 1 - np.mean((baseline - y) ** 2) / np.mean((a - y) ** 2)


@wrong("the fraction stands upside down")
def skill(a, y, baseline):
    ours, theirs = ((y - a) ** 2).sum(), ((y - baseline) ** 2).sum()
    return 1 - theirs / ours


@wrong("these are the typical errors")
def skill(a, y, baseline):
    def typical_error(x):
        return np.sqrt(((x - y) ** 2).mean())

    return 1 - typical_error(a) / typical_error(baseline)


@wrong("these are the typical errors")
def skill(a, y, baseline):
    return 1 - np.linalg.norm(a - y) / np.linalg.norm(baseline - y)


@wrong("these are the sizes of the errors")
def skill(a, y, baseline):
    return 1 - np.mean(np.abs(a - y)) / np.mean(np.abs(baseline - y))


@wrong("these are the sizes of the errors")
def skill(a, y, baseline):
    ours, theirs = abs(a - y).sum(), abs(baseline - y).sum()
    return (theirs - ours) / theirs


@wrong("the baseline that was handed over is not used")
def skill(a, y, baseline):
    return 1 - ((a - y) ** 2).mean() / y.var()


@wrong("the baseline that was handed over is not used")
def skill(a, y, baseline):
    left, spread = ((y - a) ** 2).sum(), ((y - np.mean(y)) ** 2).sum()
    return 1 - left / spread


@wrong("this is by how much the squared error falls")
def skill(a, y, baseline):
    return np.mean((baseline - y) ** 2) - np.mean((a - y) ** 2)


@wrong("this is by how much the squared error falls")
def skill(a, y, baseline):
    ours, theirs = ((y - a) ** 2).mean(), ((y - baseline) ** 2).mean()
    return theirs - ours


@wrong("this compares the network with the baseline")
def skill(a, y, baseline):
    return 1 - np.mean((a - baseline) ** 2) / np.mean((baseline - y) ** 2)


@wrong("this compares the network with the baseline")
def skill(a, y, baseline):
    moved, error = ((baseline - a) ** 2).sum(), ((y - baseline) ** 2).sum()
    return 1 - moved / error


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


@unnamed
def skill(a, y, baseline):
    return 1 - np.median((a - y) ** 2) / np.median((baseline - y) ** 2)


# -- precision_recall


@right
def precision_recall(normal_scores, anomalous_scores, threshold):
    tp = sum(anomalous_scores > threshold)
    fp = sum(normal_scores > threshold)
    fn = sum(anomalous_scores <= threshold)
    return tp / (tp + fp), tp / (tp + fn)


@right
def precision_recall(normal_scores, anomalous_scores, threshold):
    scores = np.concatenate([normal_scores, anomalous_scores])
    is_anomaly = np.arange(len(scores)) >= len(normal_scores)
    flagged = scores > threshold
    return is_anomaly[flagged].mean(), flagged[is_anomaly].mean()


@wrong("the two are exchanged")
def precision_recall(normal_scores, anomalous_scores, threshold):
    tp = np.sum(anomalous_scores > threshold)
    fp = np.sum(normal_scores > threshold)
    return np.mean(anomalous_scores > threshold), tp / (tp + fp)


@wrong("the two are exchanged")
def precision_recall(normal_scores, anomalous_scores, threshold):
    caught = sum(anomalous_scores > threshold)
    recall = caught / len(anomalous_scores)
    precision = caught / (caught + sum(normal_scores > threshold))
    return recall, precision


@wrong("a score equal to the threshold is flagged here")
def precision_recall(normal_scores, anomalous_scores, threshold):
    caught = np.sum(anomalous_scores >= threshold)
    flagged = caught + np.sum(normal_scores >= threshold)
    return caught / flagged, np.mean(anomalous_scores >= threshold)


@wrong("a score equal to the threshold is flagged here")
def precision_recall(normal_scores, anomalous_scores, threshold):
    tp = sum(each >= threshold for each in anomalous_scores)
    fp = sum(each >= threshold for each in normal_scores)
    return tp / (tp + fp), tp / len(anomalous_scores)


@wrong("flagged is what lies over the threshold")
def precision_recall(normal_scores, anomalous_scores, threshold):
    caught = np.sum(anomalous_scores < threshold)
    flagged = caught + np.sum(normal_scores < threshold)
    return caught / flagged, np.mean(anomalous_scores < threshold)


@wrong("flagged is what lies over the threshold")
def precision_recall(normal_scores, anomalous_scores, threshold):
    tp = (threshold > anomalous_scores).sum()
    fp = (threshold > normal_scores).sum()
    return tp / (tp + fp), tp / anomalous_scores.size


@wrong("the first number is the share of the normal images that pass")
def precision_recall(normal_scores, anomalous_scores, threshold):
    passed = np.mean(normal_scores <= threshold)
    return passed, np.mean(anomalous_scores > threshold)


@wrong("the first number is the share of the normal images that pass")
def precision_recall(normal_scores, anomalous_scores, threshold):
    tn = sum(normal_scores <= threshold)
    fp = sum(normal_scores > threshold)
    tp = sum(anomalous_scores > threshold)
    return tn / (tn + fp), tp / len(anomalous_scores)


@wrong("the first number is the share of false alarms")
def precision_recall(normal_scores, anomalous_scores, threshold):
    tp = np.sum(anomalous_scores > threshold)
    fp = np.sum(normal_scores > threshold)
    return fp / (tp + fp), tp / len(anomalous_scores)


@wrong("the first number is the share of false alarms")
def precision_recall(normal_scores, anomalous_scores, threshold):
    caught = sum(anomalous_scores > threshold)
    flagged = caught + sum(normal_scores > threshold)
    return 1 - caught / flagged, caught / anomalous_scores.size


@wrong("the first number is the share of all images that are told rightly")
def precision_recall(normal_scores, anomalous_scores, threshold):
    tp = np.sum(anomalous_scores > threshold)
    tn = np.sum(normal_scores <= threshold)
    n = len(normal_scores) + len(anomalous_scores)
    return (tp + tn) / n, tp / len(anomalous_scores)


@wrong("the first number is the share of all images that are told rightly")
def precision_recall(normal_scores, anomalous_scores, threshold):
    right = [*(normal_scores <= threshold), *(anomalous_scores > threshold)]
    return np.mean(right), np.mean(anomalous_scores > threshold)


@wrong("the first number takes rates for counts")
def precision_recall(normal_scores, anomalous_scores, threshold):
    caught = np.mean(anomalous_scores > threshold)
    false = np.mean(normal_scores > threshold)
    return caught / (caught + false), caught


@wrong("the first number takes rates for counts")
def precision_recall(normal_scores, anomalous_scores, threshold):
    recall = (anomalous_scores > threshold).sum() / len(anomalous_scores)
    alarms = (normal_scores > threshold).sum() / len(normal_scores)
    return recall / (alarms + recall), recall


@wrong("the second number is the share of all images that are caught")
def precision_recall(normal_scores, anomalous_scores, threshold):
    tp = np.sum(anomalous_scores > threshold)
    fp = np.sum(normal_scores > threshold)
    return tp / (tp + fp), tp / (len(normal_scores) + len(anomalous_scores))


@wrong("the second number is the share of all images that are caught")
def precision_recall(normal_scores, anomalous_scores, threshold):
    both = np.concatenate([normal_scores, anomalous_scores])
    caught = sum(anomalous_scores > threshold)
    return caught / np.sum(both > threshold), caught / both.size


@wrong("the second number is the share that is missed")
def precision_recall(normal_scores, anomalous_scores, threshold):
    tp = np.sum(anomalous_scores > threshold)
    fp = np.sum(normal_scores > threshold)
    return tp / (tp + fp), np.mean(anomalous_scores <= threshold)


@wrong("the second number is the share that is missed")
def precision_recall(normal_scores, anomalous_scores, threshold):
    tp = sum(anomalous_scores > threshold)
    fp = sum(normal_scores > threshold)
    fn = len(anomalous_scores) - tp
    return tp / (tp + fp), fn / (tp + fn)


@wrong("these are counts")
def precision_recall(normal_scores, anomalous_scores, threshold):
    caught = np.sum(anomalous_scores > threshold)
    return caught, caught + np.sum(normal_scores > threshold)


@wrong("these are counts")
def precision_recall(normal_scores, anomalous_scores, threshold):
    both = np.concatenate([normal_scores, anomalous_scores])
    return sum(anomalous_scores > threshold), sum(both > threshold)


@unnamed
def precision_recall(normal_scores, anomalous_scores, threshold):
    tp = np.sum(anomalous_scores > threshold)
    fp = np.sum(normal_scores > threshold)
    return tp / fp, tp / len(anomalous_scores)


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


@right
def policy_delta(policy, positions, moves, returns, baseline):
    rows = []
    for position, move, G in zip(positions, moves, returns):
        taken = np.zeros(policy.shape[1])
        taken[move] = 1
        rows.append((G - baseline[position]) * (policy[position] - taken))
    return rows


@wrong("the sign is flipped")
def policy_delta(policy, positions, moves, returns, baseline):
    taken = np.eye(policy.shape[1])[moves]
    better = returns - baseline[positions]
    return (taken - policy[positions]) * better[:, None]


@wrong("the sign is flipped")
def policy_delta(policy, positions, moves, returns, baseline):
    delta = policy[positions].copy()
    delta[np.arange(len(moves)), moves] -= 1
    return delta * (baseline[positions] - returns).reshape(-1, 1)


@wrong("the baseline is missing")
def policy_delta(policy, positions, moves, returns, baseline):
    taken = np.eye(policy.shape[1])[moves]
    return (policy[positions] - taken) * returns[:, None]


@wrong("the baseline is missing")
def policy_delta(policy, positions, moves, returns, baseline):
    delta = policy[positions].copy()
    delta[np.arange(len(moves)), moves] -= 1
    return (delta.T * returns).T


@wrong("the baseline is added")
def policy_delta(policy, positions, moves, returns, baseline):
    taken = np.eye(policy.shape[1])[moves]
    better = returns + baseline[positions]
    return (policy[positions] - taken) * better[:, None]


@wrong("the baseline is added")
def policy_delta(policy, positions, moves, returns, baseline):
    delta = policy[positions].copy()
    delta[np.arange(len(moves)), moves] -= 1
    return delta * returns[:, None] + delta * baseline[positions][:, None]


@wrong("the baseline is looked up by the move")
def policy_delta(policy, positions, moves, returns, baseline):
    taken = np.eye(policy.shape[1])[moves]
    better = returns - baseline[moves]
    return (policy[positions] - taken) * better[:, None]


@wrong("the baseline is looked up by the move")
def policy_delta(policy, positions, moves, returns, baseline):
    rows = []
    for position, move, G in zip(positions, moves, returns):
        taken = np.zeros(policy.shape[1])
        taken[move] = 1
        rows.append((G - baseline[move]) * (policy[position] - taken))
    return rows


@wrong("one mean is taken off every return")
def policy_delta(policy, positions, moves, returns, baseline):
    taken = np.eye(policy.shape[1])[moves]
    better = returns - baseline.mean()
    return (policy[positions] - taken) * better[:, None]


@wrong("one mean is taken off every return")
def policy_delta(policy, positions, moves, returns, baseline):
    delta = policy[positions].copy()
    delta[np.arange(len(moves)), moves] -= 1
    return delta * np.c_[returns - sum(baseline) / len(baseline)]


@wrong("the mean of these returns is taken off")
def policy_delta(policy, positions, moves, returns, baseline):
    taken = np.eye(policy.shape[1])[moves]
    better = returns - returns.mean()
    return (policy[positions] - taken) * better[:, None]


@wrong("the mean of these returns is taken off")
def policy_delta(policy, positions, moves, returns, baseline):
    baseline = sum(returns) / len(returns)
    delta = policy[positions].copy()
    delta[np.arange(len(moves)), moves] -= 1
    return delta * (returns - baseline).reshape(-1, 1)


@wrong("return minus baseline is missing")
def policy_delta(policy, positions, moves, returns, baseline):
    return policy[positions] - np.eye(policy.shape[1])[moves]


@wrong("return minus baseline is missing")
def policy_delta(policy, positions, moves, returns, baseline):
    delta = policy[positions].copy()
    delta[np.arange(len(moves)), moves] -= 1
    return delta


@wrong("the move taken is missing")
def policy_delta(policy, positions, moves, returns, baseline):
    better = returns - baseline[positions]
    return policy[positions] * better[:, None]


@wrong("the move taken is missing")
def policy_delta(policy, positions, moves, returns, baseline):
    pairs = zip(positions, returns)
    return [(G - baseline[at]) * policy[at] for at, G in pairs]


@wrong("p is missing")
def policy_delta(policy, positions, moves, returns, baseline):
    taken = np.eye(policy.shape[1])[moves]
    better = returns - baseline[positions]
    return -taken * better[:, None]


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


@unnamed  # a bracket, and its line is quoted
def policy_delta(policy, positions, moves, returns, baseline):
    taken = np.eye(policy.shape[1])[moves]
    better = returns - baseline[positions]
    return (policy[positions] - 1) * taken * better[:, None]


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


@wrong("the numbers of the rows went to the columns")
def policy_delta(policy, positions, moves, returns, baseline):
    taken = np.eye(policy.shape[1])[moves]
    better = returns - baseline[positions]
    return (policy[positions] - taken) * better


@wrong("the numbers of the rows went to the columns")
def policy_delta(policy, positions, moves, returns, baseline):
    delta = policy[positions].copy()
    delta[np.arange(len(moves)), moves] -= 1
    return delta * returns - delta * baseline[positions]


@wrong("off by the number of steps")
def policy_delta(policy, positions, moves, returns, baseline):
    taken = np.eye(policy.shape[1])[moves]
    better = returns - baseline[positions]
    return (policy[positions] - taken) * better[:, None] / len(moves)


@wrong("off by the number of steps")
def policy_delta(policy, positions, moves, returns, baseline):
    delta = policy[positions].copy()
    delta[np.arange(len(moves)), moves] -= 1
    better = (returns - baseline[positions]) / len(returns)
    return delta * better.reshape(-1, 1)


@unnamed
def policy_delta(policy, positions, moves, returns, baseline):
    taken = np.eye(policy.shape[1])[moves]
    better = returns - baseline[positions]
    return (policy[positions] - taken) / better[:, None]


@unnamed
def policy_delta(policy, positions, moves, returns, baseline):
    taken = np.eye(policy.shape[1])[moves]
    better = returns - baseline[positions]
    return ((policy[positions] - taken) * better[:, None]).sum(axis=0)
