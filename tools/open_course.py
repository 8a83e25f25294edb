"""Open the course in JupyterLab: what `make lab` runs.

python tools/open_course.py

As root, in a container for instance, JupyterLab needs to be told that this is meant.
Where nothing can be written at home, it gets a folder to keep its settings in. Where
no browser can be opened, the last line printed is the address to open.
"""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import webbrowser
from pathlib import Path
from time import sleep
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
FIRST = "notebooks/00_start_here.ipynb"


def can_show(environment=os.environ, platform=sys.platform):
    """Return whether a browser with windows can be opened here."""
    if platform in ("darwin", "win32") or environment.get("BROWSER"):
        return True
    if not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        return False
    try:
        return bool(webbrowser.get())
    except webbrowser.Error:
        return False


def options(root, browser):
    """Return the options of JupyterLab for this user, on this screen."""
    chosen = [FIRST] + ["--allow-root"] * root
    if not browser:  # JupyterLab's own news would push the address up
        quiet = ["--ServerApp.log_level=WARN", "--LabApp.log_level=WARN"]
        chosen += ["--no-browser", *quiet]
    return chosen


def address(info):
    """Return where the first notebook is, by what the server says of itself."""
    scheme, host = "https" if info["secure"] else "http", host_of(info)
    host = f"[{host}]" if ":" in host else host
    first, root = ROOT / FIRST, Path(info["root_dir"]).resolve()
    page = "lab"
    if first.is_relative_to(root):
        page = f"lab/tree/{quote(first.relative_to(root).as_posix())}"
    token = f"?token={quote(info['token'])}" if info["token"] else ""
    return f"{scheme}://{host}:{info['port']}{info['base_url']}{page}{token}"


def host_of(info):
    """Return the server's host; one that listens everywhere names none to open."""
    everywhere = info["hostname"] in ("", "*", "0.0.0.0", "::")
    return "localhost" if everywhere else info["hostname"]


def can_write(environment=os.environ):
    """Return whether Jupyter can keep its files where it would in this environment."""
    # A disk that is full lets folders be made, but no file be filled.
    code = (
        "from jupyter_core import paths; from pathlib import Path\n"
        "from tempfile import TemporaryFile\n"
        "for each in paths.jupyter_config_dir(), paths.jupyter_runtime_dir():\n"
        "    Path(each).mkdir(parents=True, exist_ok=True)\n"
        "    with TemporaryFile(dir=each) as file: file.write(bytes(4096))"
    )
    tried = [sys.executable, "-c", code]
    return not subprocess.run(tried, env=environment, capture_output=True).returncode


def main():
    """Run JupyterLab to its end; return its exit code."""
    if can_write():
        return run()
    with tempfile.TemporaryDirectory() as home:
        print(
            f"Nothing can be written in your home, {os.path.expanduser('~')}: settings "
            "will be forgotten at the end. Notebooks are saved as ever. To keep the "
            "settings, name a folder of yours: HOME=/a/folder make lab",
            flush=True,
        )
        os.environ["HOME"] = home
        return run()


def run():
    """Run JupyterLab to its end; return its exit code."""
    is_root = getattr(os, "geteuid", lambda: 1)() == 0
    browser, environment = can_show(), dict(os.environ)
    if not browser:  # with a token that it was given, JupyterLab prints no addresses
        environment.setdefault("JUPYTER_TOKEN", secrets.token_hex(16))
    # Not `-m jupyter lab`: that takes the first jupyter-lab on the path.
    command = [sys.executable, "-m", "jupyterlab", *options(is_root, browser)]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # JupyterLab asks whether to stop
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    if not browser and (info := info_of(server)):
        print(
            f"\nOpen {address(info)} in a browser. If that is on another machine, "
            f"or this is a container, forward port {info['port']} first. "
            "Ctrl + C ends it.",
            flush=True,
        )
    return server.wait()


def info_of(server):
    """Return what the server says of itself once it listens, or None if it ended."""
    from jupyter_core.paths import jupyter_runtime_dir

    path = Path(jupyter_runtime_dir()) / f"jpserver-{server.pid}.json"
    path.unlink(missing_ok=True)  # of a server that was killed, and had this number
    while server.poll() is None:
        try:
            info = json.loads(path.read_text(encoding="utf-8"))
            socket.create_connection((host_of(info), info["port"])).close()
            return info
        except (OSError, ValueError):  # not there yet, not whole, or not listening
            sleep(0.1)
    return None


if __name__ == "__main__":
    sys.exit(main())
