"""The small data sets of the course, each with its source."""

import numpy as np


def four_rows():
    """Return X (4, 3) and y (4, 1): the target is the first input.

    The third input is a constant 1, whose weight is the bias. Source: the notebook
    that this course grew from (Jatin, "Backpropagation").
    """
    X = np.array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
    y = np.array([[0, 1, 1, 0]]).T
    return X, y
