"""Stage 10: what students write for its four exercises."""
# ruff: noqa: F811

import numpy as np
from bank import right, unnamed, wrong

# -- standardise


@right
def standardise(X_train, X_new):
    n = len(X_train)
    mean = X_train.sum(axis=0) / n
    spread = np.sqrt(((X_train - mean) ** 2).sum(axis=0) / n)
    return [(X - mean) / spread for X in (X_train, X_new)]


@right
def standardise(X_train, X_new):
    treated = [[], []]
    for column, new in zip(X_train.T, X_new.T):
        treated[0].append((column - np.mean(column)) / np.std(column))
        treated[1].append((new - np.mean(column)) / np.std(column))
    return np.array(treated[0]).T, np.array(treated[1]).T


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


# -- confusion


@right
def confusion(normal_scores, anomalous_scores, threshold):
    passed = [sum(scores <= threshold) for scores in (normal_scores, anomalous_scores)]
    return np.array(
        [
            [passed[0], len(normal_scores) - passed[0]],
            [passed[1], len(anomalous_scores) - passed[1]],
        ]
    )


@right
def confusion(normal_scores, anomalous_scores, threshold):
    table = [[0, 0], [0, 0]]
    for score in normal_scores:
        table[0][int(score > threshold)] += 1
    for score in anomalous_scores:
        table[1][int(score > threshold)] += 1
    return table


@wrong("rows and columns are exchanged")
def confusion(normal_scores, anomalous_scores, threshold):
    return np.array(
        [
            [(normal_scores <= threshold).sum(), (anomalous_scores <= threshold).sum()],
            [(normal_scores > threshold).sum(), (anomalous_scores > threshold).sum()],
        ]
    )


@wrong("rows and columns are exchanged")
def confusion(normal_scores, anomalous_scores, threshold):
    table = np.zeros((2, 2))
    for kind, scores in enumerate((normal_scores, anomalous_scores)):
        for score in scores:
            table[int(score > threshold), kind] += 1
    return table


@wrong("the columns are exchanged")
def confusion(normal_scores, anomalous_scores, threshold):
    table = []
    for scores in normal_scores, anomalous_scores:
        flagged = (scores > threshold).sum()
        table.append([flagged, len(scores) - flagged])
    return np.array(table)


@wrong("the columns are exchanged")
def confusion(normal_scores, anomalous_scores, threshold):
    table = np.zeros((2, 2))
    for kind, scores in enumerate((normal_scores, anomalous_scores)):
        for score in scores:
            table[kind, int(score <= threshold)] += 1
    return table


@wrong("the rows are exchanged")
def confusion(normal_scores, anomalous_scores, threshold):
    table = []
    for scores in anomalous_scores, normal_scores:
        flagged = (scores > threshold).sum()
        table.append([len(scores) - flagged, flagged])
    return np.array(table)


@wrong("the rows are exchanged")
def confusion(normal_scores, anomalous_scores, threshold):
    table = np.zeros((2, 2))
    for kind, scores in ((1, normal_scores), (0, anomalous_scores)):
        for score in scores:
            table[kind, int(score > threshold)] += 1
    return table


@wrong("a score equal to the threshold is flagged here")
def confusion(normal_scores, anomalous_scores, threshold):
    table = []
    for scores in normal_scores, anomalous_scores:
        flagged = np.sum(scores >= threshold)
        table.append([len(scores) - flagged, flagged])
    return np.array(table)


@wrong("a score equal to the threshold is flagged here")
def confusion(normal_scores, anomalous_scores, threshold):
    table = np.zeros((2, 2))
    for kind, scores in enumerate((normal_scores, anomalous_scores)):
        for score in scores:
            table[kind, 0 if score < threshold else 1] += 1
    return table


@wrong("these are fractions of each row")
def confusion(normal_scores, anomalous_scores, threshold):
    return np.array(
        [
            [(scores <= threshold).mean(), (scores > threshold).mean()]
            for scores in (normal_scores, anomalous_scores)
        ]
    )


@wrong("these are fractions of each row")
def confusion(normal_scores, anomalous_scores, threshold):
    table = []
    for scores in normal_scores, anomalous_scores:
        flagged = np.sum(scores > threshold) / len(scores)
        table.append([1 - flagged, flagged])
    return table


@wrong("these are fractions of all images")
def confusion(normal_scores, anomalous_scores, threshold):
    n = len(normal_scores) + len(anomalous_scores)
    return np.array(
        [
            [(scores <= threshold).sum() / n, (scores > threshold).sum() / n]
            for scores in (normal_scores, anomalous_scores)
        ]
    )


@wrong("these are fractions of all images")
def confusion(normal_scores, anomalous_scores, threshold):
    table = np.zeros((2, 2))
    for kind, scores in enumerate((normal_scores, anomalous_scores)):
        for score in scores:
            table[kind, int(score > threshold)] += 1
    return table / np.sum(table)


@wrong("the second row is flagged where the score is small")
def confusion(normal_scores, anomalous_scores, threshold):
    false_alarms = np.sum(normal_scores > threshold)
    hits = np.sum(anomalous_scores > threshold)
    return np.array(
        [
            [len(normal_scores) - false_alarms, false_alarms],
            [hits, len(anomalous_scores) - hits],
        ]
    )


@wrong("the second row is flagged where the score is small")
def confusion(normal_scores, anomalous_scores, threshold):
    right = [sum(normal_scores <= threshold), sum(anomalous_scores > threshold)]
    mistaken = [sum(normal_scores > threshold), sum(anomalous_scores <= threshold)]
    return np.array([right, mistaken]).T


@wrong("this is the column of the flagged alone")
def confusion(normal_scores, anomalous_scores, threshold):
    return np.array(
        [np.sum(normal_scores > threshold), np.sum(anomalous_scores > threshold)]
    )


@wrong("this is the column of the flagged alone")
def confusion(normal_scores, anomalous_scores, threshold):
    return [len(s[s > threshold]) for s in (normal_scores, anomalous_scores)]


@wrong("the count of the flagged stands in both columns")
def confusion(normal_scores, anomalous_scores, threshold):
    table = []
    for scores in normal_scores, anomalous_scores:
        flagged = np.sum(scores > threshold)
        table.append([flagged, flagged])
    return np.array(table)


@wrong("the count of the flagged stands in both columns")
def confusion(normal_scores, anomalous_scores, threshold):
    flagged = [len(s[s > threshold]) for s in (normal_scores, anomalous_scores)]
    return np.array([flagged, flagged]).T


@unnamed
def confusion(normal_scores, anomalous_scores, threshold):
    return np.array(
        [
            [len(normal_scores), np.sum(normal_scores > threshold)],
            [len(anomalous_scores), np.sum(anomalous_scores > threshold)],
        ]
    )


@unnamed
def confusion(normal_scores, anomalous_scores, threshold):
    return np.sum(normal_scores > threshold)


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
