"""The module of the backpropagation course: NumPy alone, until you ask for more.

`backprop.network` is the mathematics. `backprop.stages` has a room for each stage: its
pictures, exercises and questions.
"""

from backprop import network

__all__ = ["network"]
