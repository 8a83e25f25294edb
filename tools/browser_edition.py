"""Build the site in build/site: the live pages, and the course with Python beside them.

python tools/browser_edition.py   needs tools/requirements/browser_edition.txt installed

build/site        the live pages, as `make html` left them in build/html
build/site/lite   JupyterLite: JupyterLab and Python in the browser
build/site/read   where the pages stood in the first edition: leads to where they are
"""

import json
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent
SITE = ROOT / "build" / "site"
LITE = ROOT / "build" / "lite"
# Where the kernel's worker stands in the site: it resolves the wheels' addresses.
WORKER = "extensions/@jupyterlite/pyodide-kernel-extension/static"


def wheels():
    """Make the wheels that Pyodide does not have; return their file names."""
    folder = LITE / "pypi"
    pip = [sys.executable, "-m", "pip", "--quiet"]
    pinned = [f"{name}=={metadata.version(name)}" for name in ("ipywidgets", "comm")]
    options = ["--no-deps", "--wheel-dir", folder]
    subprocess.run([*pip, "wheel", *options, *pinned, ROOT], check=True)
    names = sorted(path.name for path in folder.glob("*.whl"))
    impure = [name for name in names if not name.endswith("-py3-none-any.whl")]
    if impure:
        raise SystemExit(f"cannot run in a browser: {', '.join(impure)}")
    return names


def jupyterlite(names):
    """Build JupyterLite with these wheels there before a notebook's first cell."""
    up = "../" * (WORKER.count("/") + 1)
    options = {
        "packages": [
            *["numpy", "matplotlib", "ipython", "jedi", "micropip"],
            *[f"{up}pypi/{name}" for name in names],
        ]
    }
    kernel = {"loadPyodideOptions": options, "disablePyPIFallback": True}
    config = {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "appName": "Backpropagation: move it and see",
            "litePluginSettings": {
                "@jupyterlite/pyodide-kernel-extension:kernel": kernel
            },
        },
    }
    (LITE / "jupyter-lite.json").write_text(json.dumps(config), encoding="utf-8")
    shutil.copy(ROOT / "settings" / "overrides.json", LITE)
    lite = [sys.executable, "-m", "jupyterlite_core.app", "check", "--no-sourcemaps"]
    apps = ["--apps", "lab", "--no-unused-shared-packages"]
    folders = ["--lite-dir", LITE, "--output-dir", SITE / "lite"]
    contents = ["--contents", ROOT / "notebooks"]
    # `check` builds first; two commands would have to be given all options twice.
    # What is up to date it remembers in the working directory: here, anew each time.
    subprocess.run([*lite, *apps, *folders, *contents], check=True, cwd=LITE)


RUN = (
    '<a href="lite/lab/index.html?path={name}.ipynb">in this browser</a> (the first '
    "start fetches Python, about 30 MB), or "
)
MOVED = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>This page has moved</title>
<meta http-equiv="refresh" content="0; url=../{name}">
<p>This page is <a href="../{name}">here</a> now.</p>
</html>
"""


def pages():
    """Copy the live pages; each says that its code runs here, too."""
    (SITE / "read").mkdir()
    for path in (ROOT / "build" / "html").glob("*.html"):
        text = path.read_text(encoding="utf-8")
        text = re.sub("<!--run (.+?)-->", lambda run: RUN.format(name=run[1]), text)
        (SITE / path.name).write_text(text, encoding="utf-8")
        moved = MOVED.format(name=path.name)
        (SITE / "read" / path.name).write_text(moved, encoding="utf-8")


def main():
    """Build everything anew."""
    for folder in (LITE, SITE):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    jupyterlite(wheels())
    pages()
    size = sum(path.stat().st_size for path in SITE.rglob("*") if path.is_file())
    print(f"{SITE.relative_to(ROOT)}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
