"""An answer that never ends is stopped, where Python can do that."""

import ctypes
import threading
from contextlib import contextmanager

BETWEEN = 0.02  # seconds from one try to the next


class Endless(BaseException):
    """Raised in an answer that runs for too long; `except Exception` lets it pass."""


@contextmanager
def at_most(seconds):
    """Raise Endless in this block when it has run for so many seconds.

    Again and again, until the block is left: a bare `except` in a loop may catch it.
    Gives whether it can: in a browser there are no threads, and nothing is stopped. It
    comes between two steps of Python: a single long call of NumPy ends first.
    """
    me, lock, left = threading.get_ident(), threading.Lock(), threading.Event()

    def stop():
        wait = seconds
        while not left.wait(wait):
            with lock:
                if not left.is_set():
                    _raise(me, Endless)
            wait = BETWEEN

    try:
        threading.Thread(target=stop, daemon=True).start()
    except RuntimeError:  # no threads here
        yield False
        return
    try:
        yield True
    finally:
        while not left.is_set():
            try:
                with lock:
                    left.set()
            except Endless:  # it comes in between
                pass


def _raise(thread, error):
    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(thread), ctypes.py_object(error)
    )
