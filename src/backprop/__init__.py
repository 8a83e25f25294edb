"""The module of the backpropagation course: NumPy alone, until you ask for more.

`backprop.network` is the mathematics. `backprop.stages` has a room for each stage: its
pictures, exercises and questions.
"""

from backprop.hidden import refuse_hidden

refuse_hidden("numpy")  # before anything needs it

from backprop import network  # noqa: E402

try:
    from threadpoolctl import threadpool_limits
except Exception:  # as in a browser, which has no threads; or a learner's own file
    pass
else:
    # A product as small as the course's gains nothing from a second core; where another
    # program has that core, it waits, and a training takes ten times as long.
    threadpool_limits(1, user_api="blas")

__all__ = ["network"]
