"""One core for the products of matrices.

OpenBLAS cuts a product in pieces, one for each core. The matrices of this course are
so small that this gains little where all cores are idle. Where another program needs
one of them, the pieces wait for each other, and a training takes ten times as long: in
a class many kernels share the cores of one machine.
"""

import ctypes
import os
import sys
from pathlib import Path

import numpy as np

INSIDE = "numpy._core._multiarray_umath"  # another NumPy may have no such module
NAMES = "scipy_openblas_{}_num_threads64_", "openblas_{}_num_threads"


def one_core():
    """Have NumPy multiply matrices on one core; another library stays as it is."""
    if set_threads := _found("set"):
        set_threads(1)


def _found(does):
    """Return the function of the OpenBLAS that NumPy uses which gets or sets.

    None, if NumPy uses none, or one without threads.
    """
    if os.name == "nt":
        beside = Path(np.__file__).parent.with_name("numpy.libs")
        files = beside.glob("*openblas*.dll")
    else:  # what NumPy was linked with is found through it
        module = sys.modules.get(INSIDE)
        files = [module.__file__] if module else []
    for file in files:
        try:
            library = ctypes.CDLL(str(file))
        except OSError:
            continue
        for name in NAMES:
            if hasattr(library, name.format(does)):
                return getattr(library, name.format(does))
    return None
