"""The module of the backpropagation course: NumPy alone, until you ask for more.

`backprop.network` is the mathematics. `backprop.stages` has a room for each stage: its
pictures, exercises and questions.
"""

from backprop.hidden import refuse_hidden

refuse_hidden("numpy")  # before anything needs it

from backprop import network  # noqa: E402
from backprop.cores import one_core  # noqa: E402

one_core()

__all__ = ["network"]
