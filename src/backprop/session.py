"""What holds while the course computes, whatever the learner's session has set.

NumPy's errors and print options and Python's warnings are one for all cells of a
notebook. Pictures and checks compute under these instead, so that they show and say
the same to everybody. matplotlib's settings stand in frame.py.
"""

import warnings
from contextlib import contextmanager
from threading import RLock

import numpy as np

# A JupyterLab without our settings may run a slider's message in a thread beside the
# running cell. Neither matplotlib nor a picture nor Python's filter of warnings is made
# for two at once.
ONE_AT_A_TIME = RLock()

# A later NumPy or matplotlib may warn of anything. The tests see their warnings.
IGNORED = [Warning]
ERRORS = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}
PRINT = {
    "precision": 8,
    "threshold": 1000,
    "edgeitems": 3,
    "linewidth": 75,
    "suppress": False,
    "nanstr": "nan",
    "infstr": "inf",
    "sign": "-",
    "formatter": None,
    "floatmode": "maxprec",
    "legacy": "1.25",  # -5, where NumPy 2 says np.int64(-5)
}
LONGEST = 200  # characters of a value in a message


@contextmanager
def own_settings():
    """Compute as in a session where nothing was set; also a decorator."""
    with (
        ONE_AT_A_TIME,
        np.errstate(**ERRORS),
        np.printoptions(**PRINT),
        warnings.catch_warnings(),
    ):
        for category in IGNORED:
            warnings.simplefilter("ignore", category)
        yield


def shown(value):
    """Return the repr of a value, not all of a long one, the same in every session."""
    with np.printoptions(**PRINT):
        try:
            text = repr(value)
            return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
        except BaseException as error:
            kind, stop = type(value).__name__, type(error).__name__
            return f"<{kind}, whose repr stops with {stop}>"
