"""What `make lab` tells JupyterLab, and the address that it prints."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import open_course
import pytest

TOOL = Path(open_course.__file__)
INFO = {
    "hostname": "localhost",
    "port": 8888,
    "secure": False,
    "base_url": "/",
    "token": "abc",
    "root_dir": str(open_course.ROOT / "notebooks"),
}
PAGE = "lab/tree/00_start_here.ipynb"


def test_root_is_allowed_where_it_is_root_and_only_there():
    assert "--allow-root" in open_course.options(root=True, browser=True)
    assert "--allow-root" not in open_course.options(root=False, browser=True)


def test_a_browser_is_asked_for_where_one_can_be_opened():
    assert "--no-browser" in open_course.options(root=False, browser=False)
    assert open_course.options(root=False, browser=True) == [open_course.FIRST]


@pytest.mark.parametrize(
    "environment, platform, can",
    [
        ({}, "linux", False),
        ({"BROWSER": "firefox"}, "linux", True),
        ({}, "darwin", True),
    ],
)
def test_where_a_browser_can_be_opened(environment, platform, can):
    assert open_course.can_show(environment, platform) == can


def test_a_screen_alone_is_no_browser(monkeypatch):
    def get():
        raise open_course.webbrowser.Error

    monkeypatch.setattr(open_course.webbrowser, "get", get)
    assert not open_course.can_show({"DISPLAY": ":0"}, "linux")


@pytest.mark.parametrize(
    "said, expected",
    [
        ({}, f"http://localhost:8888/{PAGE}?token=abc"),
        ({"port": 8889}, f"http://localhost:8889/{PAGE}?token=abc"),
        ({"hostname": "0.0.0.0"}, f"http://localhost:8888/{PAGE}?token=abc"),
        ({"hostname": "::1"}, f"http://[::1]:8888/{PAGE}?token=abc"),
        ({"token": ""}, f"http://localhost:8888/{PAGE}"),
        ({"base_url": "/me/"}, f"http://localhost:8888/me/{PAGE}?token=abc"),
        ({"secure": True}, f"https://localhost:8888/{PAGE}?token=abc"),
        (
            {"root_dir": str(open_course.ROOT)},
            "http://localhost:8888/lab/tree/notebooks/00_start_here.ipynb?token=abc",
        ),
        ({"root_dir": str(TOOL.parent)}, "http://localhost:8888/lab?token=abc"),
    ],
)
def test_the_address_is_where_the_server_says_it_is(said, expected):
    assert open_course.address({**INFO, **said}) == expected


not_on_windows = pytest.mark.skipif(
    sys.platform == "win32", reason="make lab is not for Windows"
)


def without_a_screen():
    """Return an environment where no browser opens and nothing is told to Jupyter."""
    return {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
        and not name.startswith(("JUPYTER", "XDG"))
    }


def started(environment):
    """Return the tool as a process."""
    return subprocess.Popen(
        [sys.executable, TOOL],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@not_on_windows
def test_a_home_where_nothing_can_be_written_gets_a_sentence(tmp_path):
    pytest.importorskip("jupyterlab")
    home = tmp_path / "home"
    home.write_text("no folder")
    process, said = started({**without_a_screen(), "HOME": str(home)}), []
    try:
        for line in process.stdout:
            said.append(line)
            if line.startswith("Open "):
                break
    finally:
        process.terminate()
        said.append(process.communicate(timeout=300)[0])
    assert said[0].startswith(f"Nothing can be written in your home, {home}: settings")
    assert PAGE in line
    assert "Traceback" not in "".join(said)


@not_on_windows
@pytest.mark.parametrize("most, can", [(0, "False"), (100_000, "True")])
def test_a_home_on_a_full_disk_can_t_be_written(tmp_path, most, can):
    code = (
        "import resource, open_course\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))\n"
        "print(open_course.can_write())"
    )
    environment = {**without_a_screen(), "HOME": str(tmp_path)}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    said = subprocess.run(
        [sys.executable, "-c", code],
        cwd=TOOL.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == can


@not_on_windows
def test_the_address_that_it_prints_last_opens_the_course(tmp_path):
    pytest.importorskip("jupyterlab")  # `make versions` has set-ups without it
    # Another JupyterLab that comes first on the path, as conda's may.
    other = tmp_path / "jupyter-lab"
    other.write_text("#!/bin/sh\necho another JupyterLab\n")
    other.chmod(0o755)
    environment = without_a_screen()
    environment["PATH"] = f"{tmp_path}{os.pathsep}{environment['PATH']}"
    # What whoever runs this has configured, and runs, plays no part.
    for folder in ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR"):
        environment[f"JUPYTER_{folder}"] = str(tmp_path / folder)
    process, before = started(environment), []
    try:
        for line in process.stdout:
            before.append(line)
            if line.startswith("Open "):
                break
        found = re.match(r"Open ((\S+/)lab/tree/(\S+)(\?\S+)) in a browser", line)
        assert found, "".join(before)
        page, server, notebook, token = found.groups()
        with urlopen(page) as answer:
            assert answer.status == 200 and "JupyterLab" in answer.read().decode()
        # JupyterLab answers so for any path; that the notebook is there says this.
        with urlopen(f"{server}api/contents/{notebook}{token}&content=0") as answer:
            assert json.load(answer)["type"] == "notebook"
        assert "forward port" in line
    finally:
        process.terminate()
        after = process.communicate(timeout=300)[0]  # a hang is no answer
    # News, as most lines of JupyterLab's are, would push the address up.
    assert not re.search(r"^\[I ", "".join(before) + after, re.M)
    with pytest.raises(URLError):
        urlopen(server)
