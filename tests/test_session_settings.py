"""The same pixels, words and verdicts, whatever the learner's session has set."""

import json
import os
import subprocess
import sys

import in_a_session


def started(*settings, **environment):
    """Return a Python that shows and says all in a session with these settings."""
    return subprocess.Popen(
        [sys.executable, in_a_session.__file__, *settings],
        env={**os.environ, "PYTHONWARNINGS": "", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def record(python):
    """Return what it showed and said."""
    said, complaint = python.communicate()
    assert python.returncode == 0, complaint.decode()
    return json.loads(said)


def test_a_hostile_session_shows_and_says_what_a_clean_one_does(tmp_path):
    (tmp_path / "matplotlibrc").write_text("image.lut: 4\nlines.linestyle: :\n")
    clean = started()
    hostile = started(
        *in_a_session.SETTINGS, MPLBACKEND="svg", MATPLOTLIBRC=str(tmp_path)
    )
    clean, hostile = record(clean), record(hostile)
    assert clean.keys() == hostile.keys()
    assert {key for key in clean if clean[key] != hostile[key]} == set()
    assert hostile["the session is as it was"]
