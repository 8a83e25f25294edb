"""Publishing, on a copy: every place is filled in, also a second time."""

import re
import shutil
import subprocess
from pathlib import Path

import nbformat
import pytest
from notebook_tool import faults
from publish import COMING, HOSTED, MISSING, ROOT, publish


@pytest.fixture
def copy(tmp_path):
    """Give the files of the repository, elsewhere."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, path)
    return tmp_path


def texts(folder):
    """Return the text of each file that a reader may open, by name."""
    return {
        path.relative_to(folder): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.suffix in {".md", ".toml", ".cff", ".ipynb", ".yml", ".html"}
    }


def test_no_place_is_left_and_a_second_owner_replaces_the_first(copy):
    publish("ada", "learning", copy)
    for name, text in texts(copy).items():
        assert not re.search(r"\bOWNER/REPO\b|\bOWNER\.github", text), name
    readme = (copy / "README.md").read_text(encoding="utf-8")
    assert HOSTED in readme and COMING not in readme
    assert "mybinder.org/v2/gh/ada/learning/v" in readme
    assert "https://ada.github.io/learning/" in readme
    before = texts(copy)
    assert publish("ada", "learning", copy) == []
    assert texts(copy) == before

    publish("emmy", "back.prop", copy)
    assert not any("ada" in re.findall(r"\w+", t) for t in texts(copy).values())
    assert "gh/emmy/back.prop/v" in (copy / "README.md").read_text(encoding="utf-8")


def test_each_notebook_says_what_to_install_and_stays_as_it_is_run(copy):
    publish("ada", "learning", copy)
    for path in (copy / "notebooks").glob("*.ipynb"):
        first = nbformat.read(path, as_version=4).cells[0].source
        (address,) = re.findall(r"`%pip install (\S+)`", first)
        assert re.fullmatch(
            r"https://github\.com/ada/learning/releases/download/v([\w.]+)/"
            r"backprop_course-\1-py3-none-any\.whl",
            address,
        )
        assert MISSING not in first
        assert faults(path) == []


def test_the_wheel_is_named_as_it_is_built(copy):
    publish("ada", "learning", copy)
    path = next((copy / "notebooks").glob("*.ipynb"))
    address = re.search(r"%pip install (\S+)`", path.read_text(encoding="utf-8"))[1]
    version = re.search(
        '^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(), re.M
    )
    assert Path(address).name == f"backprop_course-{version[1]}-py3-none-any.whl"


@pytest.mark.parametrize(
    "owner, repo, said",
    [
        ("a/b", "c", "OWNER: got 'a/b'; needs a GitHub name"),
        ("-ada", "c", "OWNER: got '-ada'"),
        ("ada", "two words", "REPO: got 'two words'; needs a repository's name"),
        ("ada", "..", "REPO: got '..'"),
        ("", "c", "OWNER: got ''"),
    ],
)
def test_bad_names_are_refused_and_nothing_is_written(copy, owner, repo, said):
    before = texts(copy)
    with pytest.raises(ValueError, match=re.escape(said)):
        publish(owner, repo, copy)
    assert texts(copy) == before


def test_a_sentence_that_is_gone_is_missed_and_nothing_is_written(copy):
    path = copy / "README.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace(COMING, "Soon.").replace(HOSTED, "Soon."), "utf-8")
    with pytest.raises(ValueError, match="README.md: no longer says"):
        publish("emmy", "learning", copy)
    path.write_text(text, "utf-8")

    path = max((copy / "notebooks").glob("*.ipynb"))
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source = "# Another beginning"
    nbformat.write(notebook, path)
    before = texts(copy)
    with pytest.raises(ValueError, match=f"{path.name}: its first cell no longer says"):
        publish("emmy", "learning", copy)
    assert texts(copy) == before


def test_a_new_version_is_named_by_each_link(copy):
    publish("ada", "learning", copy)
    path = copy / "pyproject.toml"
    text = path.read_text("utf-8")
    text = re.sub("^version = .*", 'version = "7.8.9"', text, flags=re.M)
    path.write_text(text, "utf-8")
    publish("ada", "learning", copy)
    new = texts(copy)
    assert "/v2/gh/ada/learning/v7.8.9?urlpath" in new.pop(Path("README.md"))
    assert "github.com/ada/learning@v7.8.9`" in new.pop(Path("docs/classroom.md"))
    pages = [text for name, text in new.items() if name.parts[0] == "notebooks"]
    wheel = "/v7.8.9/backprop_course-7.8.9-py3-none-any.whl`"
    assert pages and all(text.count(wheel) == 1 for text in pages)


def test_names_that_are_a_path_as_well_are_replaced_in_addresses_alone(copy):
    publish("ada", "learning", copy)
    before = texts(copy)
    publish("src", "backprop", copy)
    publish("ada", "learning", copy)
    assert texts(copy) == before


def test_the_site_of_an_owner_has_no_folder(copy):
    publish("ada", "ada.github.io", copy)
    readme = (copy / "README.md").read_text(encoding="utf-8")
    assert "[browser]: https://ada.github.io/\n" in readme
    before = texts(copy)
    publish("emmy", "learning", copy)
    publish("ada", "ada.github.io", copy)
    assert texts(copy) == before
