"""Open the course in JupyterLab: what `make lab` runs.

python tools/open_course.py

As root, in a container for instance, JupyterLab needs to be told that this is meant.
Where no browser can be opened, the last line printed is the address to open.
"""

import os
import secrets
import signal
import socket
import subprocess
import sys
import webbrowser
from pathlib import Path
from time import sleep
from urllib.request import urlopen

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


def options(port, root, browser):
    """Return the options of JupyterLab on this port."""
    chosen = [FIRST, f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    return chosen + ["--allow-root"] * root + ["--no-browser"] * (not browser)


def free_port(first=8888):
    """Return the first port from here on that nobody listens at."""
    for port in range(first, first + 100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise SystemExit(f"No port from {first} to {first + 99} is free.")


def main():
    """Run JupyterLab to its end; return its exit code."""
    is_root = getattr(os, "geteuid", lambda: 1)() == 0
    port, token, browser = free_port(), secrets.token_hex(16), can_show()
    command = [sys.executable, "-m", "jupyter", "lab", *options(port, is_root, browser)]
    environment = {**os.environ, "JUPYTER_TOKEN": token}
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # JupyterLab asks whether to stop
    if not browser and answers(server, f"http://127.0.0.1:{port}/api"):
        address = f"http://127.0.0.1:{port}/lab/tree/{FIRST}?token={token}"
        print(
            f"\nOpen {address} in a browser; if it runs on another machine than this "
            f"one, or this is a container, forward port {port} first.",
            flush=True,
        )
    return server.wait()


def answers(server, address):
    """Return whether the server answers; wait until it does, or has ended."""
    while server.poll() is None:
        try:
            with urlopen(address):
                return True
        except OSError:
            sleep(0.1)
    return False


if __name__ == "__main__":
    sys.exit(main())
