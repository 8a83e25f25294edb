"""The course as a package: what is in it, and what installing it leaves alone."""

import json
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parent.parent
OURS = json.loads((ROOT / "settings" / "overrides.json").read_text(encoding="utf-8"))
# One setting of the course's that this user wants otherwise, and one of their own.
THEME = {"@jupyterlab/apputils-extension:themes": {"theme": "JupyterLab Dark"}}
NOTIFICATION = "@jupyterlab/apputils-extension:notification"
USER = json.dumps({**THEME, NOTIFICATION: {"fetchNews": "true"}}, indent=3).encode()


def run(*command):
    done = subprocess.run(
        [sys.executable, "-m", *map(str, command)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def tracked(folder):
    listed = subprocess.run(
        ["git", "ls-files", "-z", folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return {name for name in listed.stdout.split("\0") if name}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build the wheel and the sdist once; return their paths."""
    folder = tmp_path_factory.mktemp("dist")
    run("hatchling", "build", "--directory", folder)
    (wheel,), (sdist,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return SimpleNamespace(wheel=wheel, sdist=sdist)


def test_the_wheel_holds_what_the_course_reads(built):
    with zipfile.ZipFile(built.wheel) as wheel:
        held = set(wheel.namelist())
    wanted = {name.removeprefix("src/") for name in tracked("src/backprop")}
    assert any(name.endswith(".toml") for name in wanted)
    assert wanted <= held


def test_the_sdist_holds_the_course(built):
    with tarfile.open(built.sdist) as sdist:
        held = {name.partition("/")[2] for name in sdist.getnames()}
    for folder in ("src", "notebooks", "docs", "settings"):
        wanted = tracked(folder)
        assert wanted and wanted <= held, folder
    assert {"README.md", "LICENSE", "pyproject.toml"} <= held


def test_the_user_s_own_settings_outlive_the_course(built, tmp_path, monkeypatch):
    """And the course's hold in between, where the user has not said otherwise."""
    # `make versions` has set-ups without JupyterLab.
    settings_utils = pytest.importorskip("jupyterlab_server.settings_utils")
    # What a user of this machine has configured plays no part.
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "config"))
    prefix = tmp_path / "a folder"
    venv.create(prefix)
    pip = ["pip", "--quiet", "--python", prefix]
    settings = prefix / "share" / "jupyter" / "lab" / "settings"
    settings.mkdir(parents=True)
    own = settings / "overrides.json"
    own.write_bytes(USER)
    before = files(settings)

    run(*pip, "install", "--no-deps", "--no-index", built.wheel)
    assert own.read_bytes() == USER
    merged, error = settings_utils._get_overrides(str(settings))
    assert not error
    wanted = {**OURS, **THEME}
    wanted[NOTIFICATION] = {**OURS[NOTIFICATION], "fetchNews": "true"}
    assert merged == wanted

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    run(*pip, "uninstall", "--yes", project["project"]["name"])
    assert own.read_bytes() == USER
    assert files(settings) == before


def files(folder):
    return {path for path in folder.rglob("*") if path.is_file()}
