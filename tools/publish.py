"""Fill in where the course is published: wherever its address or its tag stands.

python tools/publish.py OWNER REPO     of https://github.com/OWNER/REPO

It can be run again, for another owner or a new version. Commit what it changed.
"""

import re
import sys
import tomllib
from pathlib import Path

import nbformat

ROOT = Path(__file__).parent.parent
FILES = (
    "README.md",
    "pyproject.toml",
    "CITATION.cff",
    "docs/teaching.md",
    "docs/classroom.md",
)
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
    """Write owner, repository and tag into every place; return the files that changed.

    Raises ValueError where GitHub has no such names, or a place is not found; then
    nothing is written.
    """
    if not re.fullmatch(r"[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}", owner):
        need = "a GitHub name: letters, digits and single hyphens"
        raise ValueError(f"OWNER: got {owner!r}; needs {need}")
    if not re.fullmatch(r"[\w.-]{1,100}", repo, re.ASCII) or repo in (".", ".."):
        need = "a repository's name: letters, digits, and any of . _ -"
        raise ValueError(f"REPO: got {repo!r}; needs {need}")
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    was = project["urls"]["Source"].removeprefix("https://github.com/")
    changes = {}
    for name in FILES:
        text = (root / name).read_text(encoding="utf-8")
        new = filled_in(text, was, f"{owner}/{repo}", project["version"])
        if f"/{owner}/{repo}" not in new:
            raise ValueError(f"{name}: names no repository {was}")
        if name == "README.md" and HOSTED not in new:
            raise ValueError(f"{name}: no longer says “{COMING}”")
        if new != text:
            changes[root / name] = new
    wheel = f"{project['name'].replace('-', '_')}-{project['version']}-py3-none-any.whl"
    release = f"https://github.com/{owner}/{repo}/releases/download"
    install = INSTALL.format(wheel=f"{release}/v{project['version']}/{wheel}")
    either = "|".join(map(re.escape, (MISSING, INSTALL)))
    either = either.replace(re.escape("{wheel}"), r"\S+")
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        first = notebook.cells[0]
        text = re.sub(either, lambda _: install, first.source)
        if install not in text:
            raise ValueError(f"{path.name}: its first cell no longer says “{MISSING}”")
        if text != first.source:
            first.source = text
            changes[path] = nbformat.writes(notebook) + "\n"
    for path, text in changes.items():
        path.write_text(text, encoding="utf-8")
    return list(changes)


def filled_in(text, was, now, version):
    """Return a file's text with the addresses of `now` for those of `was`."""
    # Only in an address: elsewhere the two names may be a path, as src/backprop is.
    end = r"(?![\w-]|\.\w)"
    text = re.sub(rf"(github\.com/|v2/gh/){re.escape(was)}{end}", rf"\g<1>{now}", text)
    text = text.replace(pages(was), pages(now)).replace(COMING, HOSTED)
    tagged = rf"(github\.com/{re.escape(now)}@|v2/gh/{re.escape(now)}/)v[\w.]+"
    return re.sub(tagged, rf"\g<1>v{version}", text)


def pages(address):
    """Return where GitHub Pages shows the repository owner/name."""
    owner, name = address.split("/")
    site = f"{owner}.github.io"
    return f"https://{site}/" + f"{name}/" * (name.lower() != site.lower())


if __name__ == "__main__":
    if len(sys.argv) != 3 or not all(sys.argv[1:]):
        sys.exit("Say where: make publish OWNER=… REPO=…")
    try:
        for path in publish(*sys.argv[1:]):
            print(path.relative_to(ROOT))
    except ValueError as error:
        sys.exit(str(error))
