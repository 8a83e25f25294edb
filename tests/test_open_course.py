"""What `make lab` tells JupyterLab, and the address that it prints."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import open_course
import pytest

TOOL = Path(open_course.__file__)
NO_WINDOWS = {
    name: value
    for name, value in os.environ.items()
    if name not in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
}


def test_root_is_allowed_where_it_is_root_and_only_there():
    assert "--allow-root" in open_course.options(8888, root=True, browser=True)
    assert "--allow-root" not in open_course.options(8888, root=False, browser=True)


def test_a_browser_is_asked_for_where_one_can_be_opened():
    assert "--no-browser" in open_course.options(8888, root=False, browser=False)
    assert "--no-browser" not in open_course.options(8888, root=False, browser=True)


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


def test_a_port_in_use_is_passed_over():
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert open_course.free_port(port) > port


@pytest.mark.skipif(sys.platform == "win32", reason="make lab is not for Windows")
def test_the_address_that_it_prints_last_opens_the_course():
    process = subprocess.Popen(
        [sys.executable, TOOL],
        env=NO_WINDOWS,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        line = next(line for line in process.stdout if line.startswith("Open "))
        address = re.match(r"Open (\S+) in a browser", line)[1]
        with urlopen(address) as page:
            assert page.status == 200 and "JupyterLab" in page.read().decode()
        assert "forward port" in line
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
        process.stdout.close()
