"""A learner's own table: a CSV file, read alike wherever one may be given."""

import csv
import io
import re
from pathlib import Path

from backprop.session import shown

GAPS = {"", "?", "na", "n/a", "nan", "null"}
# Squares of these, and what is divided by them, are still numbers.
LARGEST, SMALLEST = 1e100, 1e-100
RANGE = "numbers from −1e100 to 1e100, and none but 0 nearer to 0 than 1e−100"


def read(name, file):
    """Return the decimal mark of a CSV file, and its lines: (number, entries) of each.

    Commas, semicolons or tabs stand between the entries. Where it isn't commas, a
    comma in a number is the decimal mark. Lines without an entry are left out.

    Parameters
    ----------
    name : of the argument, for what is said of it
    file : path, or an open text file

    Raises
    ------
    ValueError
        For what can't be read as such a file.
    """
    try:
        text = _text(name, file).removeprefix("\ufeff")
    except FileNotFoundError:
        here = f"there is no such file in {Path.cwd()}"
        raise ValueError(f"{name}: got {str(file)!r}; {here}") from None
    except UnicodeDecodeError:
        need = "text in UTF-8: save it as “CSV UTF-8”"
        raise ValueError(f"{name}: got {str(file)!r}; needs {need}") from None
    except OSError as error:
        raise ValueError(f"{name}: got {str(file)!r}: {error.strerror}") from None
    separator, lines, before = _separator(text), [], 0
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=separator)
    try:
        for row in reader:
            lines.append((reader.line_num, [each.strip() for each in row]))
            first, before = before + 1, reader.line_num
    except csv.Error as error:
        need = f"a CSV file; its line {reader.line_num} can't be read: {error}"
        raise ValueError(f"{name}: needs {need}") from None
    if lines and first < before and text.count('"') % 2:
        got = f"a quotation mark in line {first} that nothing closes"
        raise ValueError(f"{name}: got {got}; needs one at each end, or none")
    lines = [(line, row) for line, row in lines if any(row)]
    commas = separator != "," and any(
        re.fullmatch(r"[-+−]?\d*,\d+(e[-+−]?\d+)?", each, re.IGNORECASE)
        for _, row in lines
        for each in row
    )
    return "," if commas else ".", lines


def _separator(text):
    """Return what stands between the entries: what parts the first lines alike.

    Commas come last, since they may be decimal marks.
    """
    lines = [line for line in text.splitlines() if line.strip(" ,;\t")][:20]
    for separator in ";\t,":
        try:
            rows = list(csv.reader(lines, delimiter=separator))
        except csv.Error:  # `read` tells it
            continue
        parts = {len(row) for row in rows}
        # What is cut inside its quotation marks is cut in the wrong place.
        cut = any('"' in each for row in rows for each in row)
        if len(parts) == 1 and parts != {1} and not cut:
            return separator
    return max(",;\t", key="".join(lines[:1]).count)


def _text(name, file):
    if hasattr(file, "read"):
        text = file.read()
        if not isinstance(text, str):
            raise ValueError(f"{name}: got bytes; needs a file that is opened as text")
        return text
    try:
        path = Path(file)
    except TypeError:
        need = "the path of a CSV file, or an open text file"
        raise ValueError(f"{name}: got {shown(file)}; needs {need}") from None
    return path.read_text(encoding="utf-8-sig")


def number(entry, decimal="."):
    """Return an entry as a number within RANGE, or None."""
    value = anything(entry, decimal)
    fits = value is not None and (value == 0 or SMALLEST <= abs(value) <= LARGEST)
    return value if fits else None


def anything(entry, decimal="."):
    """Return an entry as a float, infinite or nan as it may be; None for a text."""
    if isinstance(entry, str):
        if "_" in entry or (decimal == "," and "." in entry):
            return None
        entry = entry.replace(decimal, ".").replace("−", "-")
    try:
        return float(entry)
    except OverflowError:  # a whole number that no float can hold
        return float("inf")
    except (TypeError, ValueError):
        return None
