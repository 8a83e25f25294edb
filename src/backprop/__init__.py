"""The module of the backpropagation course: NumPy alone, until you ask for more.

`backprop.network` is the mathematics; `backprop.pictures` adds matplotlib,
`backprop.widgets` ipywidgets; `backprop.checks` holds the exercises.
"""

from backprop import network

__all__ = ["network"]
