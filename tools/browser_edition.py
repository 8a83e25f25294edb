"""Build the browser edition in build/site: the course with no server behind it.

python tools/browser_edition.py   needs tools/requirements/browser_edition.txt installed

build/site/index.html   says what each edition is, and links the stages
build/site/lite         JupyterLite: JupyterLab and Python in the browser
build/site/read         the reading copy, as `make html` left it in build/html
"""

import json
import re
import shutil
import subprocess
import sys
from html import escape
from importlib import metadata
from pathlib import Path
from string import Template

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


def index():
    """Write the first page from the links and the table of stages in README."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    links = dict(re.findall(r"^\[(\w+)\]: (\S+)$", readme, re.M))
    stages = re.findall(
        r"^\| \[(.+?)\]\(notebooks/(\S+)\.ipynb\) \| (.+?) \| (\d+) \|$", readme, re.M
    )
    rows = "\n".join(
        f'<tr><td><a href="lite/lab/index.html?path={name}.ipynb">{escape(title)}</a>'
        f'</td><td>{escape(sees)}</td><td>{minutes}</td><td><a href="read/{name}.html">'
        f'read<span class="hidden"> {escape(title)}</span></a></td></tr>'
        for title, name, sees, minutes in stages
    )
    page = Template(
        (ROOT / "tools" / "browser_edition.html").read_text(encoding="utf-8")
    )
    html = page.substitute(rows=rows, binder=links["binder"])
    (SITE / "index.html").write_text(html, encoding="utf-8")


def main():
    """Build everything anew."""
    for folder in (LITE, SITE):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    jupyterlite(wheels())
    shutil.copytree(ROOT / "build" / "html", SITE / "read")
    index()
    size = sum(path.stat().st_size for path in SITE.rglob("*") if path.is_file())
    print(f"{SITE.relative_to(ROOT)}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
