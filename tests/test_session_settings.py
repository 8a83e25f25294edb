"""The same pixels, words and verdicts, whatever the learner's session has set."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import in_a_session
import numpy as np
import pytest

from backprop.session import own_settings, shown

SOURCE = Path("/usr/share/i18n/locales/de_DE")  # of Debian's package locales


def german(folder):
    """Return where the C library finds the locale of a German session, made there."""
    if not (SOURCE.exists() and shutil.which("localedef")):
        return {}
    made = folder / "de_DE.UTF-8"
    command = ["localedef", "--inputfile", SOURCE.name, "--charmap", "UTF-8", made]
    subprocess.run(command, check=True)
    return {"LOCPATH": str(folder)}


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
        *in_a_session.SETTINGS,
        MPLBACKEND="svg",
        MATPLOTLIBRC=str(tmp_path),
        **german(tmp_path),
    )
    clean, hostile = record(clean), record(hostile)
    assert clean.keys() == hostile.keys()
    assert {key for key in clean if clean[key] != hostile[key]} == set()
    assert hostile["the session is as it was"]


HOSTILE = {
    "precision": 1,
    "threshold": 2,
    "edgeitems": 1,
    "linewidth": 20,
    "suppress": True,
    "nanstr": "?",
    "infstr": "huge",
    "sign": "+",
    "formatter": {"float": "{:.1f}".format},
    "floatmode": "fixed",
    "legacy": "1.21",
}


def test_of_numpy_s_settings_not_one_gets_in_or_out():
    def inside():
        with own_settings():
            return np.get_printoptions(), np.geterr(), shown(np.array([0.5, np.nan]))

    clean = inside()
    with np.printoptions(**HOSTILE), np.errstate(all="call"):
        session = np.get_printoptions(), np.geterr()
        for now, own in zip(session, clean):
            assert {key for key in own if own[key] == now[key]} <= {"override_repr"}
        assert inside() == clean
        assert shown(np.array([0.5, np.nan])) == "array([0.5, nan])"
        assert (np.get_printoptions(), np.geterr()) == session


@pytest.mark.parametrize("filtered", ["default", "error"])
def test_no_warning_of_a_later_package_comes_out(filtered):
    code = """if True:
        import warnings
        from backprop.session import own_settings
        with own_settings():
            warnings.warn("later")
            warnings.warn("gone in 4.0", DeprecationWarning)
        warnings.simplefilter("always")
        warnings.warn("the learner's own")
    """
    command = [sys.executable, "-W", filtered, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True)
    assert "later" not in done.stderr and "gone" not in done.stderr
    assert done.returncode == 0 and "the learner's own" in done.stderr
