"""An answer that never ends is stopped, where Python can do that."""

import ctypes
import threading
from contextlib import contextmanager


class Endless(BaseException):
    """Raised in an answer that runs for too long; `except Exception` lets it pass."""


@contextmanager
def at_most(seconds):
    """Raise Endless in this block when it has run for so many seconds.

    Gives whether it can: in a browser there are no threads, and nothing is stopped. It
    comes between two steps of Python: a single long call of NumPy ends first.
    """
    me, lock, over = threading.get_ident(), threading.Lock(), False

    def stop():
        with lock:
            if not over:
                _raise(me, Endless)

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    try:
        timer.start()
    except RuntimeError:  # no threads here
        yield False
        return
    try:
        yield True
    finally:
        with lock:
            over = True
        timer.cancel()


def _raise(thread, error):
    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(thread), ctypes.py_object(error)
    )
