"""Fill in where the course is published: README, pyproject, CITATION, the notebooks.

python tools/publish.py OWNER REPO     of https://github.com/OWNER/REPO

It can be run again, for another owner or a new version. Commit what it changed.
"""

import re
import sys
import tomllib
from pathlib import Path

import nbformat

ROOT = Path(__file__).parent.parent
FILES = "README.md", "pyproject.toml", "CITATION.cff"
# What README says of the hosted editions, before it is published and after.
COMING = (
    "Hosted editions, in your browser and on Binder, appear here once the course is "
    "published."
)
HOSTED = (
    "Without installing anything: [open the course in your browser][browser], where "
    "Python runs inside the page and the\nfirst start takes up to a minute; or "
    "[on Binder][binder], on a free server that takes some minutes."
)
# What a notebook says for where the package is missing, before and after.
MISSING = (
    "If Python says “No module named backprop”, the course is not installed here: "
    "open it as README.md says, with make lab."
)
INSTALL = (
    "If Python says “No module named backprop”, run `%pip install {wheel}` in a cell "
    "of its own, and then this one again."
)


def publish(owner, repo, root=ROOT):
    """Write owner and repository into every place; return the files that changed.

    Raises ValueError where GitHub has no such names, or a place is not found.
    """
    if not re.fullmatch(r"[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}", owner):
        need = "a GitHub name: letters, digits and single hyphens"
        raise ValueError(f"OWNER: got {owner!r}; needs {need}")
    if not re.fullmatch(r"[\w.-]{1,100}", repo, re.ASCII) or repo in (".", ".."):
        need = "a repository's name: letters, digits, and any of . _ -"
        raise ValueError(f"REPO: got {repo!r}; needs {need}")
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    version = project["version"]
    was = project["urls"]["Source"].removeprefix("https://github.com/")
    old_owner, old_repo = was.split("/")
    wheel = f"{project['name'].replace('-', '_')}-{version}-py3-none-any.whl"
    wheel = f"https://github.com/{owner}/{repo}/releases/download/v{version}/{wheel}"
    changed = []
    for name in FILES:
        path = root / name
        text = path.read_text(encoding="utf-8")
        new = text.replace(was, f"{owner}/{repo}")
        pages = f"{old_owner}.github.io/{old_repo}/"
        new = new.replace(pages, f"{owner}.github.io/{repo}/").replace(COMING, HOSTED)
        if f"{owner}/{repo}" not in new:
            raise ValueError(f"{name}: names no repository {was}")
        if name == "README.md" and HOSTED not in new:
            raise ValueError(f"{name}: no longer says “{COMING}”")
        if new != text:
            path.write_text(new, encoding="utf-8")
            changed.append(path)
    said = re.escape(INSTALL).replace(re.escape("{wheel}"), r"\S+")
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        first = notebook.cells[0]
        pattern = f"{re.escape(MISSING)}|{said}"
        text = re.sub(pattern, lambda _: INSTALL.format(wheel=wheel), first.source)
        if INSTALL.format(wheel=wheel) not in text:
            raise ValueError(f"{path.name}: its first cell no longer says “{MISSING}”")
        if text != first.source:
            first.source = text
            nbformat.write(notebook, path)
            changed.append(path)
    return changed


if __name__ == "__main__":
    if len(sys.argv) != 3 or not all(sys.argv[1:]):
        sys.exit("Say where: make publish OWNER=… REPO=…")
    try:
        for path in publish(*sys.argv[1:]):
            print(path.relative_to(ROOT))
    except ValueError as error:
        sys.exit(str(error))
