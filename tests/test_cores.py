"""NumPy's products of matrices take one core, once the course is there."""

import subprocess
import sys

import pytest

from backprop import cores

THREADS = "from backprop import cores; print(cores._found('get')())"


def test_the_course_takes_one_core(monkeypatch):
    if not cores._found("get"):
        pytest.skip("NumPy uses no OpenBLAS here")
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "2")
    assert subprocess.check_output([sys.executable, "-c", THREADS]) == b"1\n"


@pytest.mark.parametrize("names", [(), ("no_such_name_{}",)])
def test_another_library_stays_as_it_is(monkeypatch, names):
    monkeypatch.setattr(cores, "NAMES", names)
    assert cores._found("set") is None
    cores.one_core()


@pytest.mark.skipif(sys.platform == "win32", reason="NumPy's own files stand there")
@pytest.mark.parametrize("inside", [__name__, "no_such_module"])
def test_a_numpy_built_otherwise_stays_as_it_is(monkeypatch, inside):
    monkeypatch.setattr(cores, "INSIDE", inside)  # a test is no library
    assert cores._found("set") is None
