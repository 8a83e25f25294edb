"""Print what a class gained, item by item, from the quiz before and after.

python tools/gain.py BEFORE AFTER

Each is a CSV, or a folder of them: a line for each learner, with the columns learner
(a code, no name), form (a or b), and one for each item asked, A to D or empty. An empty
answer is not right. What is in both is counted: learners by their codes, and items.
Who had the same form both times has seen its questions before: it is said.

The gain is (after - before) / (1 - before), of the shares right: 1 is all that could be
gained. Its interval has 95 % of the gains of 2,000 classes drawn from this one, learner
by learner, with replacement (a bootstrap, seed 0). It says nothing of other causes. Of
fewer than 5 learners there is none: a class drawn from two is often one learner twice.
"""

import csv
import sys
from pathlib import Path

import numpy as np
from quiz import FORMS, LETTERS, read

RESAMPLES, SEED = 2000, 0
LEAST = 5  # learners that an interval needs


def answers(path):
    """Return the answers of a CSV or a folder of them: each learner's row by code.

    Raises ValueError, naming file and line, for what is no table of answers.
    """
    path = Path(path)
    if not path.exists():
        raise ValueError(f"{path}: no such file or folder")
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    if not files:
        raise ValueError(f"{path}: a folder without a .csv")
    found = {}
    for each in files:
        if each.is_dir():
            raise ValueError(f"{each}: is a folder; needs a CSV file of that name")
        for where, row in _rows(each):
            if row["learner"] in found:
                raise ValueError(f"{where}: learner {row['learner']} is there twice")
            found[row["learner"]] = row
    return found


def _rows(path):
    """Yield where each row of a CSV stands, and the row, checked."""
    known = {item["name"] for item in read()}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise ValueError(f"{path}: is no text in UTF-8; save it as CSV UTF-8") from None
    head = lines[0] if lines else ""
    table = csv.DictReader(lines, delimiter=";" if ";" in head else ",")
    try:
        # The head as it was meant: a spreadsheet or a hand adds capitals and spaces.
        columns = [" ".join(name.lower().split()) for name in table.fieldnames or []]
        table.fieldnames = columns
        rows = [(table.line_num, row) for row in table]
    except csv.Error as error:  # a field of over 131,072 characters, above all
        where = f"{path}, line {max(table.reader.line_num, 1)}"
        need = "cells with a code, a form or a letter"
        raise ValueError(f"{where}: {error}; needs {need}") from None
    for name in ("learner", "form"):
        if name not in columns:
            need = "learner, form and items"
            got = f"its columns are {', '.join(columns) or 'none'}"
            raise ValueError(f"{path}: has no column {name}: {got}; needs {need}")
    items = [name for name in columns if name not in ("learner", "form")]
    for name in items:
        if name not in known:
            need = f"some of {', '.join(sorted(known))}"
            raise ValueError(
                f"{path}: column {name!r} is no item of the quiz; needs {need}"
            )
    if not items or len(set(columns)) < len(columns):
        need = "a column for each item asked"
        raise ValueError(f"{path}: its columns are {', '.join(columns)}; needs {need}")
    for line, row in rows:
        where = f"{path}, line {line}"
        if None in row or None in row.values():
            need = f"{len(columns)} cells, as many as its head"
            raise ValueError(f"{where}: needs {need}")
        row = {name: cell.strip() for name, cell in row.items()}
        if not any(row.values()):
            continue
        row["form"] = row["form"].lower()
        if not row["learner"]:
            raise ValueError(f"{where}: learner is empty; needs a code, no name")
        if row["form"] not in [*FORMS]:
            raise ValueError(f"{where}: form is {row['form']!r}; needs a or b")
        for name in items:
            row[name] = row[name].upper()
            if row[name] not in ["", *LETTERS]:
                need = "A, B, C, D or nothing"
                raise ValueError(f"{where}: {name} is {row[name]!r}; needs {need}")
        yield where, row


def right(rows, items):
    """Return which answers are right: True or False, (learners, items)."""
    return np.array(
        [[row[item["name"]] == item[row["form"]]["key"] for item in items]
         for row in rows]
    )  # fmt: skip


def gain(before, after):
    """Return the normalised gain of shares; nan where all was right before."""
    before, after = np.asarray(before, float), np.asarray(after, float)
    room = np.where(before < 1, 1 - before, np.nan)
    return (after - before) / room


def interval(before, after):
    """Return the bootstrap's (low, high) for the gain of each column, and of all.

    Parameters
    ----------
    before, after : True or False, (learners, items); a row is the same learner

    Returns
    -------
    array, (2, items + 1). A class drawn in which all was right before has no gain, and
    is left out; where these are over 5 %, or learners too few, the interval is nan.
    """
    count = len(before)
    if count < LEAST:
        return np.full((2, before.shape[1] + 1), np.nan)
    drawn = np.random.default_rng(SEED).integers(count, size=(RESAMPLES, count))
    gains = gain(with_all(before[drawn].mean(1)), with_all(after[drawn].mean(1)))
    unknown = np.isnan(gains).mean(0) > 0.05
    ends = np.nanpercentile(np.where(unknown, 0, gains), [2.5, 97.5], axis=0)
    return np.where(unknown, np.nan, ends)


def with_all(shares):
    """Return shares of items with their mean beside them, (..., items + 1)."""
    return np.concatenate([shares, shares.mean(-1, keepdims=True)], -1)


def report(before, after):
    """Return the table of two sets of answers as text; ValueError if none match."""
    both = [code for code in before if code in after]
    if not both:
        raise ValueError("No learner is in both: the codes have to be the same.")
    rows = [before[code] for code in both] + [after[code] for code in both]
    items = [item for item in read() if all(item["name"] in row for row in rows)]
    if not items:
        raise ValueError("No item was asked of everybody, before and after.")
    was, now = (right([a[code] for code in both], items) for a in (before, after))
    only = len({*before, *after}) - len(both)
    lines = [f"{len(both)} learners answered both; {only} answered one, left out"]
    same = sum(before[code]["form"] == after[code]["form"] for code in both)
    if same:
        need = "the other form after"
        lines.append(f"{same} had the same form both times; needs {need}")
    if len(both) < LEAST:
        need = f"{LEAST} learners or more"
        lines.append(f"no interval: got {len(both)}; needs {need}")
    some = {name for row in rows for name in row} - {"learner", "form"}
    some -= {item["name"] for item in items}
    if some:
        lines.append(f"left out, not asked of everybody: {', '.join(sorted(some))}")
    for title, answered, done in ("before", before, was), ("after", after, now):
        forms = np.array([answered[code]["form"] for code in both])
        parts = []
        for form in FORMS:
            if len(of_form := done[forms == form]):
                learners = f"{len(of_form)} with form {form.upper()}"
                parts.append(f"{learners}, {of_form.mean():.0%} right")
        lines.append(f"{title}: " + "; ".join(parts))
    shares = [with_all(done.mean(0)) for done in (was, now)]
    names = [(item["stage"], item["name"]) for item in items]
    names.append(("", f"all {len(items)} items"))
    lines += ["", f"{'stage':7}{'item':20}{'before':>7}{'after':>7}{'gain':>7}   95 %"]
    columns = zip(names, *shares, gain(*shares), *interval(was, now))
    for (stage, name), first, last, gained, low, high in columns:
        ends = "" if np.isnan(low + high) else f"   {low:.2f} to {high:.2f}"
        gained = "–" if np.isnan(gained) else f"{gained:.2f}"
        lines.append(
            f"{stage:7}{name:20}{first:7.0%}{last:7.0%}{gained:>7}{ends}".rstrip()
        )
    return "\n".join(lines)


if __name__ == "__main__":
    if len(sys.argv) != 3 or not all(sys.argv[1:]):
        sys.exit("Say which files: make gain BEFORE=a.csv AFTER=b.csv")
    try:
        print(report(*map(answers, sys.argv[1:])))
    except ValueError as error:
        sys.exit(str(error))
