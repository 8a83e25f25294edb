"""Find the Pythons that this machine has."""

import shutil
import subprocess
from pathlib import Path


def find(version):
    """Return the path of a Python of this version, as "3.12", or None."""
    own = Path.home() / ".pyenv" / "versions"
    for path in (
        shutil.which(f"python{version}"),
        *own.glob(f"{version}.*/bin/python"),
    ):
        if path is None:
            continue
        # A pyenv shim is there for versions that are not switched on, and fails.
        asked = [path, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
        said = subprocess.run(asked, capture_output=True, text=True).stdout
        if said == f"{version}\n":
            return str(path)
    return None
