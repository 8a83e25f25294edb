"""The small data sets of the course, each with its source and licence.

The files stand in the folder data_files.
"""

from functools import cache
from importlib.resources import files

import numpy as np

from backprop import validate


def four_rows():
    """Return X (4, 3) and y (4, 1): the target is the first input.

    The third input is a constant 1, whose weight is the bias. Source: the notebook
    that this course grew from (Jatin, "Backpropagation").
    """
    X = np.array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
    y = np.array([[0, 1, 1, 0]]).T
    return X, y


def xor():
    """Return X (4, 2) and y (4, 1): the target is 1 where the inputs differ."""
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0, 1, 1, 0]]).T
    return X, y


def moons(n, noise=0.3, seed=0):
    """Return X (n, 2) and y (n, 1): two half circles, each around an end of the other.

    The first half of the rows is class 0, the second class 1. noise: the standard
    deviation of what is added to each coordinate. Made here, from a fixed `seed`.
    """
    n = validate.whole("n", n, low=1)
    noise = validate.number("noise", noise, low=0)
    random = np.random.default_rng(validate.whole("seed", seed))
    t = np.pi * random.random(n)
    y = np.repeat([0, 1], [n // 2, n - n // 2])
    side = 1 - 2 * y
    X = np.column_stack([side * (np.cos(t) - 0.5), side * (np.sin(t) - 0.25)])
    return X + noise * random.normal(size=X.shape), y[:, None]


def digits():
    """Return X (1797, 64) and labels (1797,): handwritten digits, 8 by 8 pixels.

    A pixel is a whole number from 0 (paper) to 16 (ink); a label is from 0 to 9. By 13
    people. Source: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten
    Digits, the test set, UCI Machine Learning Repository, 1998,
    doi.org/10.24432/C50P49, as copied in scikit-learn. Licence: CC BY 4.0.
    """
    images, labels = _stored_digits()
    return images.reshape(-1, 64).astype(int), labels.astype(int)  # copies


@cache
def _stored_digits():
    with np.load(files("backprop") / "data_files" / "digits.npz") as file:
        return file["images"], file["labels"]


def threes_and_sevens():
    """Return X (239, 64), y (239, 1), X_new (123, 64), y_new (123, 1): 3s and 7s.

    Images of 3 (y is 0) and 7 (y is 1) among `digits`; a pixel is from 0 (paper) to
    1 (ink). The held-out ones are those after the first 1200 digits: mostly by others,
    as it seems.
    """
    X, _, y, X_new, _, y_new = told_apart((3,), (7,))
    return X, y, X_new, y_new


def told_apart(zeros, ones):
    """Return X, labels, y of the digits named, then the same of those held out.

    Two kinds among `digits`: y is 0 for the labels in `zeros`, 1 for those in `ones`; a
    pixel is from 0 (paper) to 1 (ink). Held out is what follows the first 1200 digits:
    mostly by other people, as it seems.
    """
    zeros, ones = validate.digits("zeros", zeros), validate.digits("ones", ones)
    if both := set(zeros.tolist()) & set(ones.tolist()):
        raise ValueError(f"ones: got {min(both)}; needs digits that zeros have not")
    X, labels = digits()
    kept = np.isin(labels, (*zeros, *ones))
    training = np.arange(len(X)) < 1200
    y = np.isin(labels, ones).astype(int)[:, None]
    parts = kept & training, kept & ~training
    return [each for part in parts for each in (X[part] / 16, labels[part], y[part])]


def seattle():
    """Return year (1461,), day of the year (1461, 1) and highest temperature (1461, 1).

    Each day in Seattle from 2012 to 2015, in °C. Source: NOAA, a work of the U.S.
    government and in the public domain, by way of the vega_datasets package.
    """
    path = files("backprop") / "data_files" / "seattle_temperatures.csv"
    text = path.read_text(encoding="utf-8")
    dates, highest = zip(*(line.split(",") for line in text.split()[1:]))
    dates = np.array(dates, dtype="datetime64[D]")
    years = dates.astype("datetime64[Y]")
    day = (dates - years).astype(int) + 1
    return years.astype(int) + 1970, day[:, None], np.array(highest, float)[:, None]
