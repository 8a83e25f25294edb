"""Run all tests on each Python that is here, with the oldest and the newest packages.

python tools/versions.py [PYTEST OPTION ...]

Oldest: the lower bounds of pyproject.toml. Newest: what pip finds.
"""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

from pythons import find

ROOT = Path(__file__).parent.parent
VERSIONS = ("3.11", "3.12", "3.13", "3.14")


def main(options):
    """Test each pair; print a line for each; return whether one failed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needs = project["project"]["dependencies"]
    oldest = [need.replace(">=", "==") for need in needs]
    lines, failed = [], False
    for version in VERSIONS:
        python = find(version)
        if python is None:
            lines.append(f"Python {version}: not on this machine, not run")
            continue
        for age, pins in (("oldest", oldest), ("newest", needs)):
            folder = ROOT / "build" / "versions" / f"{version}-{age}"
            if not install(python, folder, pins):
                said = f"there are no such wheels of {', '.join(pins)}; not run"
            else:
                command = [folder / "bin" / "python", "-m", "pytest", "-q", "--nbval"]
                alone = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
                done = subprocess.run([*command, *options], cwd=ROOT, env=alone)
                done = done.returncode
                failed |= done != 0
                said = "FAILED, with" if done else "passed, with"
                said += f" {installed(folder, needs)}"
            lines.append(f"Python {version}, {age}: {said}")
            print(lines[-1], flush=True)
    print("\n".join(["", *lines]))
    return failed


def install(python, folder, pins):
    """Make a fresh set-up with these packages; return whether they are to be had."""
    subprocess.run([python, "-m", "venv", "--clear", folder], check=True)
    pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--upgrade"]
    tools = ["--requirement", ROOT / "tests" / "requirements.txt", "nbval", "ipykernel"]
    first = subprocess.run([*pip, "--only-binary=:all:", *pins])
    if first.returncode:
        return False
    subprocess.run([*pip, *pins, *tools, "nbconvert", ROOT], check=True)
    return True


def installed(folder, needs):
    """Name the versions that were tested."""
    names = [need.partition(">=")[0] for need in needs]
    listed = [folder / "bin" / "python", "-m", "pip", "list", "--format=freeze"]
    found = subprocess.run(listed, capture_output=True, text=True).stdout.splitlines()
    return " ".join(line for line in found if line.partition("==")[0] in names)


if __name__ == "__main__":
    both_cores = ["-n", "logical", "--dist", "loadfile"]
    sys.exit(main(sys.argv[1:] or [*both_cores, "tests", "notebooks"]))
