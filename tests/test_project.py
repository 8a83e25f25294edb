"""The promises of the files around the course: pins, Binder, imports, README."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from course import ROOMS, asked, exercises
from notebook_tool import notebooks
from open_course import FIRST
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "backprop"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
# The versions that will do, of each package that the course imports.
NEEDS = {need.name: need for need in map(Requirement, PROJECT["dependencies"])}


def pins(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if "==" in line)


def test_binder_and_requirements_pin_the_same_versions():
    ours, binder = pins("requirements.txt"), pins("binder/requirements.txt")
    assert set(binder) == {
        "numpy",
        "matplotlib",
        "ipywidgets",
        "anywidget",
        "threadpoolctl",
        "ipykernel",
    }
    assert {name: ours[name] for name in binder} == binder
    assert (
        pins("tools/requirements/browser_edition.txt")["ipywidgets"]
        == ours["ipywidgets"]
    )


def test_the_pins_lie_in_the_ranges_of_pyproject():
    for name, need in NEEDS.items():
        assert need.specifier.contains(pins("requirements.txt")[name])


def imported_packages():
    """Return the packages of others that the course imports."""
    tops = {
        name.partition(".")[0]
        for path in SOURCE.rglob("*.py")
        for name in imports_of(path)
    }
    return tops - sys.stdlib_module_names - {"backprop"}


def test_what_is_imported_is_declared_and_what_is_declared_is_imported():
    others = imported_packages()
    on_pypi = {"PIL": "pillow", "IPython": "ipython"}
    assert {on_pypi.get(name, name) for name in others} == set(NEEDS)


def test_each_imported_package_is_asked_whether_a_learner_s_file_hides_it():
    asked = set()
    for name in ("__init__.py", "stages/__init__.py"):
        text = (SOURCE / name).read_text(encoding="utf-8")
        for packages in re.findall(r"^refuse_hidden\((.*)\)", text, re.M):
            asked |= set(ast.literal_eval(f"[{packages}]"))
    # threadpoolctl is one file itself, and the course does without it.
    assert asked == imported_packages() - {"threadpoolctl"}


def test_requirements_hold_what_a_student_needs_and_the_course_itself():
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    names = [*NEEDS, "jupyterlab", "ipykernel", "nbval"]
    assert list(pins("requirements.txt")) == names
    assert "-e ." in text.splitlines()
    assert not set(pins("tests/requirements.txt")) & set(names)


def test_newer_versions_are_looked_for_wherever_pins_stand():
    listed = subprocess.run(
        ["git", "ls-files", "*.txt"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    folders = {Path("/", n).parent.as_posix() for n in listed.stdout.split() if pins(n)}
    told = (ROOT / ".github" / "dependabot.yml").read_text(encoding="utf-8")
    (directories,) = re.findall(r"directories: (\[.*\])", told)
    assert set(ast.literal_eval(directories)) == folders


def test_binder_s_files_are_what_repo2docker_wants():
    assert re.fullmatch(r"python-3\.\d+\n", (ROOT / "binder/runtime.txt").read_text())
    raw = (ROOT / "binder/postBuild").read_bytes()
    assert raw.startswith(b"#!/bin/bash\n")
    assert b"\r" not in raw
    if sys.platform != "win32":
        assert (ROOT / "binder/postBuild").stat().st_mode & 0o111
    assert "-e" not in (ROOT / "binder/requirements.txt").read_text().split()


def test_the_version_is_the_same_wherever_it_stands():
    version = PROJECT["version"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.findall(r"^version: (.+)$", citation, re.M) == [version]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+)", changes, re.M)[0] == version
    for name in ("README.md", "docs/classroom.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        tags = r"(?:v2/gh/[^/]+/[^/]+/|git\+https:\S+@)v([\w.]+)"
        assert re.findall(tags, text) == [version], name


def test_what_the_map_from_1_0_names_is_there():
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    table = changes.partition("### From 1.0")[2].partition("\n## ")[0]
    now = [row.split(" | ")[1] for row in re.findall(r"^\| (`.+) \|$", table, re.M)]
    code = re.findall("`(.+?)`", " ".join(now))
    for line in code:
        if line.startswith("from "):
            exec(line, {})
        elif (ROOT / line).suffix in {".md", ".ipynb"} and "/" in line:
            assert (ROOT / line).exists(), line
        elif line.startswith(("check(", "predict(")):
            (name,) = ast.parse(line).body[0].value.args
            known = exercises if line.startswith("check(") else asked
            name = getattr(name, "id", None) or name.value
            assert any(name in known(room) for room in ROOMS), line
        elif line.startswith(("network.", "museum.", "cliff.", "anomaly.")):
            whole, _, name = line.partition("(")[0].partition(".")
            rooms = {"museum": "when_learning_fails", "network": ""}
            folder = rooms.get(whole, "applications")
            path = f"backprop.{f'stages.{folder}.' if folder else ''}{whole}"
            assert hasattr(import_module(path), name), line


def test_the_binder_link_opens_the_first_notebook_in_jupyterlab():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (path,) = re.findall(r"mybinder\.org/v2/gh/\S+\?urlpath=lab/tree/(\S+)", readme)
    assert ROOT / path == notebooks()[0]
    assert path == FIRST


def test_the_map_in_readme_has_every_stage():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    linked = re.findall(r"\]\((notebooks/\S+\.ipynb)\)", readme)
    assert [ROOT / path for path in linked] == notebooks()


def test_every_file_that_readme_links_is_there():
    pages = ("README.md", "CONTRIBUTING.md", "docs/teaching.md", "docs/classroom.md")
    for name in pages:
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert ((ROOT / name).parent / target).exists(), f"{name}: {target}"


# Who may import whom within the package: arrows run one way, and no room knows another.
ENGINE = {
    "hidden": set(),
    "validate": {"number", "session"},
    "data": {"validate"},
    "network": {"session", "validate"},
    "session": set(),
    "picture": {"number", "session", "validate"},
    "training": {"network", "picture"},
    "graph": {"picture"},
    "image": {"picture"},
    "frame": {"session"},
    "question": {"data", "network", "number", "session"},
    "exercise": {
        "edit",
        "limit",
        "network",
        "reading",
        "repair",
        "result",
        "session",
        "trail",
        "tree_edits",
    },
    "edit": set(),
    "table": {"session"},
    "limit": set(),
    "reading": set(),
    "repair": {"canonical", "reading", "result", "tree_edits"},
    "tree_edits": {"reading"},
    "canonical": {"reading"},
    "result": {"session"},
    "trail": {"reading", "result"},
    "number": set(),
    "panel": set(),
    "accelerator": set(),
    "live": {
        "accelerator",
        "frame",
        "panel",
        "picture",
        "prediction",
        "question",
        "session",
    },
    "prediction": {"accelerator", "number", "panel", "question"},
}
KNOW_WIDGETS = {
    "accelerator.py",
    "live.py",
    "panel.py",
    "prediction.py",
    "stages/start_here/set_up.py",
}


def imports_of(path):
    """Yield the full names of what a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize(
    "path", sorted(SOURCE.rglob("*.py")), ids=lambda p: str(p.relative_to(SOURCE))
)
def test_imports_run_one_way(path):
    where = path.relative_to(SOURCE)
    for name in imports_of(path):
        assert not name.startswith("matplotlib.pyplot")
        assert "ipywidgets" not in name or where.as_posix() in KNOW_WIDGETS
        if not name.startswith("backprop."):
            continue
        part, *rest = name.split(".")[1:]
        if where.parts[0] == "stages":
            assert part != "stages" or rest[0] == where.parts[1], name
            if where.name.endswith("checks.py"):
                assert part not in {"picture", "frame", "live"}, name
            elif len(where.parts) > 2 and where.parts[-1] != "__init__.py":
                assert part not in {"frame", "exercise"}, name
        elif where.stem != "__init__":
            assert part in ENGINE[where.stem], name


def opens_text_as_the_machine_likes(call):
    """Tell whether a call opens a text file without saying its encoding."""
    name = getattr(call.func, "attr", getattr(call.func, "id", None))
    given = [each.value for each in call.args if isinstance(each, ast.Constant)]
    if name == "open":
        mode = [*given[1:], *(k.value.value for k in call.keywords if k.arg == "mode")]
        if not isinstance(call.func, ast.Name) or any("b" in each for each in mode):
            return False
    elif name not in ("read_text", "write_text"):
        return False
    return "utf-8" not in given and all(k.arg != "encoding" for k in call.keywords)


@pytest.mark.parametrize("folder", ["src", "tools"])
def test_each_text_file_is_opened_with_an_encoding(folder):
    """Windows would take its own, and fail on a minus sign."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                where = f"{path.relative_to(ROOT)}:{node.lineno}"
                assert not opens_text_as_the_machine_likes(node), where


def test_import_backprop_loads_numpy_alone():
    code = "import backprop, sys; print({'matplotlib', 'numpy'} & {*sys.modules})"
    printed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert printed.stdout == "{'numpy'}\n"


def test_the_course_multiplies_on_one_core():
    code = """if True:
        import backprop, threadpoolctl
        pools = threadpoolctl.threadpool_info()
        print({each["num_threads"] for each in pools if each["user_api"] == "blas"})
    """
    printed = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "OPENBLAS_NUM_THREADS": "2"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert printed.stdout in ("{1}\n", "set()\n")  # none, where NumPy has another BLAS


def test_nothing_committed_names_a_machine():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    pattern = re.compile(r"/(?:work|farm|root|home/[a-z]+|Users)/[\w.-]+")
    for name in listed.stdout.splitlines():
        if Path(name).suffix in {".py", ".md", ".ipynb", ".toml", ".txt", ".yml", ""}:
            text = (ROOT / name).read_text("utf-8", "ignore")
            assert not pattern.search(text), name
