"""What `.ci/run` says at its end: the names of the tests that it tried again."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

RUN = Path(__file__).parent.parent / ".ci" / "run"
PROGRAMS = {
    "bin/make": """\
test "$1" = browser-test || exit 0
exec .venv/bin/python -m pytest -p xdist.plugin browser.py ${2#OPTIONS=}
""",
    ".venv/bin/python": f"""\
exec "{sys.executable}" "$@"
""",
}
BROWSER = """\
from pathlib import Path

def test_passes():
    pass

def test_late():
    late = not Path("seen").exists()
    Path("seen").touch()
    assert not late

def test_broken():
    assert not Path("broken").exists()
"""


@pytest.mark.parametrize(
    "there, again",
    [
        (["seen"], []),
        ([], ["browser.py::test_late"]),
        (["broken"], ["browser.py::test_late", "browser.py::test_broken"]),
    ],
)
def test_the_names_of_what_was_tried_again_stand_at_the_end(tmp_path, there, again):
    for name, text in PROGRAMS.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}")
        (tmp_path / name).chmod(0o755)
    (tmp_path / ".ci").mkdir()
    shutil.copy(RUN, tmp_path / ".ci")
    (tmp_path / "browser.py").write_text(BROWSER)
    for name in there:
        (tmp_path / name).touch()
    path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"
    ran = subprocess.run(
        [tmp_path / ".ci/run"],
        env={
            **os.environ,
            "PATH": path,
            "CHROMIUM": sys.executable,
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # pytest alone starts sooner
        },
        capture_output=True,
        text=True,
    )
    _, _, named = ran.stdout.partition("\nFailed at first, and tried again:\n")
    assert sorted(named.split()) == sorted(again), ran.stdout + ran.stderr
    assert (ran.returncode == 0) == ("broken" not in there)
