"""A learner's own file of a name that the course needs, beside the notebook."""

import asyncio

import pytest
from course import code_cells
from driven import Page
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_notebook

from backprop import hidden


def first_cell(room, folder):
    """Run the first cell of a stage in a kernel in this folder; return its error."""
    notebook = new_notebook(cells=[new_code_cell(code_cells(room)[0].source)])
    page = Page(
        notebook,
        timeout=60,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
    )
    try:
        asyncio.run(page.async_execute())
    except CellExecutionError as error:
        return f"{error.ename}: {error.evalue}"
    return None


@pytest.mark.parametrize("text", ["", "raise ValueError('my own')", "import backprop"])
def test_stage_00_says_which_file_hides_the_course(tmp_path, monkeypatch, text):
    monkeypatch.delenv("PYTHONPATH", raising=False)  # it would come first
    (tmp_path / "backprop.py").write_text(text, encoding="utf-8")
    said = "ImportError: Your file backprop.py hides the course; rename it."
    assert first_cell("start_here", tmp_path) == said


@pytest.mark.parametrize(
    "room, name", [("start_here", "numpy"), ("training_loop", "matplotlib")]
)
def test_a_page_says_which_file_hides_a_package(tmp_path, room, name):
    own = tmp_path / f"{name}.py"
    own.write_text("mine = 1", encoding="utf-8")
    said = f"ImportError: Your file {own} hides {name}, which the course needs; rename"
    assert first_cell(room, tmp_path).startswith(said)


@pytest.mark.parametrize("text", ["mine = 1", "raise ValueError('my own')"])
def test_a_file_of_a_name_that_only_helps_is_no_matter(tmp_path, text):
    (tmp_path / "threadpoolctl.py").write_text(text, encoding="utf-8")
    assert first_cell("training_loop", tmp_path) is None


def test_files_and_folders_that_hide_nothing_are_let_be(tmp_path):
    for name in ("backprop", "numpy"):
        (tmp_path / name).mkdir()
    (tmp_path / "mine.py").write_text("", encoding="utf-8")
    assert first_cell("start_here", tmp_path) is None


def test_a_package_that_is_not_there_is_hidden_by_nobody():
    hidden.refuse_hidden("numpy", "no_such_package")


def test_of_several_packages_a_later_one_may_be_the_hidden_one(tmp_path, monkeypatch):
    (tmp_path / "my_package.py").write_text("", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ImportError, match="my_package.py hides my_package, which the"):
        hidden.refuse_hidden("numpy", "no_such_package", "my_package")
