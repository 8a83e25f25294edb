"""Your own table: from a CSV file to a report of five lines, the baseline first."""

import io
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from backprop import network, table, validate
from backprop.data import seattle
from backprop.picture import count, say, say_all
from backprop.session import shown
from backprop.training import finite

ROWS, OF_EACH_CLASS, CLASSES = 50, 5, 10  # at least, at least, at most
RIGHT = 1e-4  # relative error of a gradient; a small one's is rounding, a slip's larger
RATES = (0.05, 0.5)  # of the mean loss
ITERATIONS = (0, 10, 20, 30, 50, 70, 100, 150, 200, 300, 400, 500)


@dataclass(frozen=True, repr=False)
class Table:
    """What was read: X (n, d) by its columns, and y, what is to be predicted.

    y: (n, k) with a 1 for the class of each row, classes naming the k; or (n, 1), a
    number, where classes is None.
    """

    columns: list
    X: np.ndarray
    target: str
    y: np.ndarray
    classes: list | None

    def __repr__(self):
        kind = "a number"
        if self.classes:
            counts = self.y.sum(0).astype(int)
            kind = ", ".join(f"{n} × {name}" for n, name in zip(counts, self.classes))
        return (
            f"{len(self.X):,} rows; from {', '.join(self.columns)}\n"
            f"to predict: {self.target} ({kind})"
        )


def read(file, target, leave_out=()):
    """Read a CSV file with a line of names, and say which column is to be predicted.

    Parameters
    ----------
    file : path, or an open text file; commas, semicolons or tabs between the entries
    target : name of the column to predict. Up to ten different numbers, or texts, are
        classes; more numbers are a number to predict
    leave_out : names of columns that are not to be used

    Returns
    -------
    Table

    Raises
    ------
    ValueError
        For a file that can't be read, an unknown column, a text or a gap where a
        number is needed, one class, too few rows: with the line it stands in.
    """
    names, lines, rows, decimal = _entries(file)
    validate.option("target", target, names)
    leave_out = [leave_out] if isinstance(leave_out, str) else list(leave_out or ())
    for name in leave_out:
        validate.option("leave_out", name, [each for each in names if each != target])
    columns = [name for name in names if name not in (target, *leave_out)]
    if not columns:
        raise ValueError("leave_out: got all columns; needs one left to predict from")
    if len(rows) < ROWS:
        raise ValueError(f"file: got {len(rows)} rows; needs at least {ROWS}")
    entries = dict(zip(names, zip(*rows)))
    for name in (target, *columns):
        _refuse_gaps(name, entries[name], lines)
    X = [_numbers(name, entries[name], lines, decimal) for name in columns]
    y, classes = _targets(target, entries[target], lines, decimal)
    return Table(columns, np.transpose(X), target, y, classes)


def _entries(file):
    """Return the names of the columns, the numbers of the lines, and their entries."""
    decimal, found = table.read("file", file)
    if not found:
        raise ValueError("file: got no lines; needs names of columns, and rows")
    (_, names), *found = found
    if any(table.anything(name, decimal) is not None for name in names):
        need = "the names of the columns there"
        raise ValueError(f"file: got numbers in its first line; needs {need}")
    for name in names:
        if not name or names.count(name) > 1:
            got = f"two columns named {name!r}" if name else "a column without a name"
            raise ValueError(f"file: got {got}; needs a name of its own for each")
    for line, row in found:
        if len(row) != len(names):
            need = f"{len(names)}, one for each column"
            entries = "1 entry" if len(row) == 1 else f"{len(row)} entries"
            got = f"{entries} in line {line}"
            raise ValueError(f"file: got {got}; needs {need}")
    lines, rows = zip(*found) if found else ((), ())
    return names, lines, rows, decimal


def _refuse_gaps(name, entries, lines):
    gaps = [line for e, line in zip(entries, lines) if e.lower() in table.GAPS]
    if gaps:
        where = f"line {gaps[0]}" + (f" and {len(gaps) - 1} more" if gaps[1:] else "")
        raise ValueError(
            f"column {name!r}: got a gap in {where}; needs a value in each row. Take "
            "these rows out of the file, fill them in, or leave the column out"
        )


def _refuse_beyond(name, entries, lines, decimal):
    for entry, line in zip(entries, lines):
        beyond = table.anything(entry, decimal) is not None
        if beyond and table.number(entry, decimal) is None:
            got = f"{entry!r} in line {line}"
            raise ValueError(f"column {name!r}: got {got}; needs {table.RANGE}")


def _numbers(name, entries, lines, decimal):
    _refuse_beyond(name, entries, lines, decimal)
    numbers = [table.number(entry, decimal) for entry in entries]
    if None in numbers:
        i = numbers.index(None)
        got = f"column {name!r}: got {entries[i]!r} in line {lines[i]}; needs numbers"
        if decimal == "," and "." in entries[i]:
            raise ValueError(f"{got}, with a comma as decimal mark, as in other rows")
        raise ValueError(
            f"{got}. Leave it out, leave_out=[{name!r}], or make a column of 0 and 1 "
            "of each of its values"
        )
    return numbers


def _targets(name, entries, lines, decimal):
    """Return y and the classes, or y and None for a number."""
    _refuse_beyond(name, entries, lines, decimal)
    values = [table.number(e, decimal) for e in entries]
    if all_numbers := None not in values:  # 1 and 1.0 are one
        names = {value: f"{value:.15g}" for value in values}
    else:
        values, names = entries, dict(zip(entries, entries))
    different = sorted(names)
    if len(different) == 1:
        raise ValueError(
            f"target: got {names[different[0]]!r} in each row of {name!r}; needs at "
            "least two classes, or numbers that differ"
        )
    if len(different) > CLASSES:
        if not all_numbers:
            got = f"{len(different)} different texts in {name!r}"
            told = zip(entries, lines)
            texts = [each for each in told if table.number(each[0], decimal) is None]
            if len(texts) < len(entries) / 2:  # numbers are meant
                got = "{!r} in line {}".format(*texts[0])
                got += f" and {len(texts) - 1} more" if texts[1:] else ""
            need = f"numbers, or at most {CLASSES} classes"
            raise ValueError(f"target: got {got}; needs {need}")
        return np.array(values)[:, None], None
    y = np.array([[value == each for each in different] for value in values], float)
    for each, rows in zip(different, y.sum(0)):
        if rows < OF_EACH_CLASS:
            got = f"{count(int(rows), 'row')} of {names[each]!r}"
            need = f"at least {OF_EACH_CLASS} of each class"
            raise ValueError(f"target: got {got}; needs {need}")
    return y, [names[each] for each in different]


def example():
    """Return a CSV file to try: Seattle's temperatures, and those of the days before.

    Its columns: day_before, yesterday, season (1 in mid-winter, -1 in mid-summer), and
    today. The rows are in the order of the days.
    """
    _, day, highest = seattle()
    season = np.cos(2 * np.pi * (day - 15) / 365.25)
    columns = highest[:-2], highest[1:-1], season[2:], highest[2:]
    lines = [",".join(f"{each:.4g}" for each in row) for row in np.hstack(columns)]
    return io.StringIO("\n".join(["day_before,yesterday,season,today", *lines]))


# -- baselines: functions of X_train, y_train, X_new that return a row for each new one


def mean(X_train, y_train, X_new):
    """Return the mean target for each row: of classes, the commonest."""
    return np.repeat(y_train.mean(0, keepdims=True), len(X_new), axis=0)


def linear(X_train, y_train, X_new):
    """Return what is linear in the columns, with the least squares in training."""
    (X_train, X_new), ones = _standardised(X_train, X_new), np.ones((len(X_train), 1))
    weights = np.linalg.lstsq(np.hstack([ones, X_train]), y_train)[0]
    return weights[0] + X_new @ weights[1:]


def nearest(X_train, y_train, X_new):
    """Return the target of the nearest training row, all columns on one scale."""
    X_train, X_new = _standardised(X_train, X_new)
    squares = (X_train**2).sum(1) - 2 * X_new @ X_train.T
    return y_train[squares.argmin(1)]


def _standardised(X_train, *others):
    """Return all with the mean and the spread that the training rows have."""
    mean, spread = X_train.mean(0), X_train.std(0)
    # By rounding, a column of 0.1 may have a std that is a little over 0.
    spread = np.where(np.ptp(X_train, axis=0) > 0, spread, 1)
    return [(X - mean) / spread for X in (X_train, *others)]


# -- the report


@dataclass(frozen=True, repr=False)
class Report:
    """Five lines on a network, and the numbers in them.

    baseline: its score on the test. scores: the network's, (seeds,). A score is the
    share right, or the typical error. checks: first loss, that of chance, whether ten
    rows were learned by heart, relative error of the gradient.
    """

    lines: tuple
    baseline: float
    scores: np.ndarray
    checks: tuple

    def __repr__(self):
        return "\n".join(f"{i}. {line}" for i, line in enumerate(self.lines, 1))


def report(table, baseline=None, hidden=8, seeds=range(5), in_order=False):
    """Train a network on a table, and say how it stands beside a baseline.

    Validation chooses learning rate and iteration, for each seed; the test is asked
    once. Rows are shuffled first; in_order leaves them, so that the test has the last.

    Parameters
    ----------
    table : Table, as `read` returns it
    baseline : function of X_train, y_train, X_new that returns a prediction for each
        row of X_new: `mean`, `linear`, `nearest` or one of your own
    hidden : whole number of tanh units
    seeds : list of start seeds
    in_order : whether the rows stay in the order of the file

    Returns
    -------
    Report

    Raises
    ------
    ValueError
        Without a baseline, or for one that returns something else; for a class that
        has no row to train on.
    """
    if not callable(baseline):
        need = "a function first: own_data.mean, linear or nearest, or one of your own"
        raise ValueError(f"baseline: got {baseline!r}; needs {need}")
    if not isinstance(table, Table):
        need = "a Table, as own_data.read returns it"
        raise ValueError(f"table: got {shown(table)}; needs {need}")
    hidden = validate.whole("hidden", hidden, low=1)
    if not np.iterable(seeds) or isinstance(seeds, str):
        raise ValueError(f"seeds: got {shown(seeds)}; needs a list of start seeds")
    seeds = [validate.whole("seeds", each) for each in np.ravel([*seeds])]
    if not seeds:
        raise ValueError("seeds: got none; needs one start seed or more")
    if not isinstance(in_order, bool):
        raise ValueError(f"in_order: got {shown(in_order)}; needs True or False")
    (X, y), (X_val, y_val), (X_new, y_new) = _parts(table, in_order)
    simple = _score(_predictions(baseline, X, y, X_new, y_new), y_new, table.classes)
    mean_score = _score(mean(X, y, X_new), y_new, table.classes)

    # From here on, all columns are on one scale, and so is a number to predict.
    centre, scale = (0, 1) if table.classes else (y.mean(), y.std() if np.ptp(y) else 1)
    t, t_val = (y - centre) / scale, (y_val - centre) / scale
    X, X_val, X_new = _standardised(X, X_val, X_new)
    # Another baseline, and the same network: it isn't trained again.
    parts = [np.array(each, float) for each in (X, t, X_val, t_val)]
    parts = tuple((each.shape, each.tobytes()) for each in parts)
    checks, chosen = _trained(parts, hidden, tuple(seeds), bool(table.classes))
    outputs = [network.forward(one, X_new)[-1] * scale + centre for one, *_ in chosen]
    scores = np.array([_score(a, y_new, table.classes) for a in outputs])
    # By more than the last digits.
    by = (scores - simple if table.classes else simple - scores) / (abs(simple) or 1)
    better = by > 1e-9

    name = getattr(baseline, "__name__", "baseline")
    rates, stops = ({each[i] for each in chosen} for i in (1, 2))
    by_mean, by_baseline, low, middle, high = (
        f"{say(100 * each)} %" if table.classes else say(each)
        for each in (mean_score, simple, *np.quantile(scores, [0, 0.5, 1]))
    )
    lines = (
        f"{count(len(table.X), 'row')}, {'in order' if in_order else 'shuffled'}: "
        f"{len(X):,} to train, {len(X_val):,} for validation, {len(X_new):,} for the "
        "test.",
        f"{'Share right' if table.classes else 'Typical error'} on the test: mean "
        f"{by_mean}, {name} {by_baseline}.",
        f"Checks: first loss {say(checks[0])}, chance {say(checks[1])}; ten rows by "
        f"heart: {'yes' if checks[2] else 'no'}; gradient "
        f"{'right' if checks[3] < RIGHT else 'wrong'}.",
        f"Network {X.shape[1]}-{hidden}-{y.shape[1]}, {count(len(scores), 'seed')}: "
        f"validation chose rate {say_all(sorted(rates))}, iteration {min(stops)} to "
        f"{max(stops)}.",
        f"Network on the test: {low} to {high}, median {middle}; better than {name} "
        f"for {better.sum()} of {len(scores)} seeds.",
    )
    return Report(lines, simple, scores, checks)


def _parts(table, in_order):
    """Return X and y of three parts: six tenths to train, two tenths, two tenths."""
    n = len(table.X)
    order = np.arange(n) if in_order else np.random.default_rng(0).permutation(n)
    parts = np.split(order, [n * 6 // 10, n * 8 // 10])
    # Shuffled, a rare class may be missing in the test by chance, but not in training.
    for rows, purpose in (parts[0], "train on"), (parts[2], "be tested on"):
        here = table.y[rows].any(0)
        if table.classes and not here.all() and (in_order or rows is parts[0]):
            got = f"{in_order}, and no row of {table.classes[here.argmin()]!r}"
            need = "rows of each class there"
            need += "; in_order=False shuffles" if in_order else ": add some"
            raise ValueError(f"in_order: got {got} to {purpose}; needs {need}")
    return [(table.X[rows], table.y[rows]) for rows in parts]


def _predictions(baseline, X, y, X_new, y_new):
    """Return what a baseline says, if that is a finite number for each target."""
    return validate.rows(
        "baseline", baseline(X, y, X_new), y.shape[1], "a prediction a row", len(y_new)
    )


def _score(a, y, classes):
    """Return the share of rows right, or the root of the mean squared error."""
    if classes:
        return (a.argmax(1) == y.argmax(1)).mean()
    return np.sqrt(((a - y) ** 2).mean())


def _start(X, t, hidden, classes, **how):
    output = "sigmoid" if classes else "linear"
    return network.init((X.shape[1], hidden, t.shape[1]), "tanh", output, **how)


@lru_cache(maxsize=4)
def _trained(parts, hidden, seeds, classes):
    """Return what `_checks` and `_chosen` give. parts: X, t, X_val, t_val as bytes."""
    X, t, X_val, t_val = (np.frombuffer(data).reshape(shape) for shape, data in parts)
    checks = _checks(X, t, hidden, classes)
    return checks, _chosen(X, t, X_val, t_val, hidden, seeds, classes)


def _checks(X, t, hidden, classes):
    """Return first loss, that of chance, ten rows by heart, error of the gradient."""
    loss = "cross-entropy" if classes else "squares"
    first = network.loss_value(_start(X, t, hidden, classes, scale=0.01), X, t, loss)
    chance = t.shape[1] * np.log(2) if classes else (t**2).mean() / 2
    some = np.linspace(0, len(X) - 1, 10).astype(int)
    ten = X[some], t[some]
    start = _start(X, t, hidden, classes, scale="xavier")
    learned = network.train(start, *ten, 0.05, 3000, [3000], loss).at(3000)
    a = network.forward(learned, ten[0])[-1]
    score = _score(a, ten[1], classes)
    by_heart = score == 1 if classes else score < 0.1
    return first / len(X), chance, by_heart, network.gradient_check(start, *ten, loss)


def _chosen(X, t, X_val, t_val, hidden, seeds, classes):
    """Return (network, rate, iteration) of the least validation loss, for each seed."""
    loss = "cross-entropy" if classes else "squares"
    start = _start(X, t, hidden, classes, scale="xavier", seed=seeds)
    tried = [[] for _ in start[0].W]
    for rate in RATES:
        history = network.train(
            start, X, t, rate / len(X), ITERATIONS[-1], ITERATIONS, loss
        )
        for i in ITERATIONS:
            for run, found in enumerate(tried):
                one = [a._replace(W=a.W[run], b=a.b[run]) for a in history.at(i)]
                if finite(one):
                    value = network.loss_value(one, X_val, t_val, loss)
                    found.append((value, one, rate, i))
    return [min(found, key=lambda each: each[0])[1:] for found in tried]
