"""The notebooks as stored, as run, and with every control moved.

nbval compares outputs; here is what it does not see. Each notebook is run once in a
kernel of its own, then its widgets get the messages that a browser would send.
"""

import ast
import base64
import inspect
import os
import re
import subprocess
import sys
from functools import cache
from html import escape
from io import BytesIO

import nbformat
import notebook_tool
import numpy as np
import pytest
from course import asked, exercises, room_at
from driven import Driven, messages_for
from ipykernel.ipkernel import IPythonKernel
from notebook_tool import faults, normalise, notebooks
from PIL import Image

from backprop import network

NOTEBOOKS = notebooks()
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code_cells(path):
    notebook = nbformat.read(path, as_version=4)
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@each_notebook
def test_stored_as_make_notebooks_leaves_it(path):
    assert faults(path) == []


@each_notebook
def test_the_first_cell_is_imports_and_says_above_what_to_do_without_the_course(path):
    cells = nbformat.read(path, as_version=4).cells
    first = next(i for i, cell in enumerate(cells) if cell.cell_type == "code")
    source = cells[first].source
    parts = [ast.unparse(part) for part in ast.parse(source).body]
    if path.stem == "00_start_here":  # test_hidden.py runs what stands before
        assert parts.pop() == "check_setup()"
        parts = parts[-1:]
    assert all(re.match("import |from ", part) for part in parts)
    above = "\n".join(cell.source for cell in cells[:first])
    assert "If Python says “No module named backprop”" in above


@each_notebook
def test_no_cell_installs_anything_or_sets_the_environment(path):
    for cell in code_cells(path):
        assert not re.search(r"\bpip\b|\bconda\b|environ|get_ipython", cell.source)


# -- run, and driven as a browser would


@cache
def driven(path):
    return Driven(path)


@each_notebook
def test_every_control_moves_without_an_error(path):
    assert driven(path).problems == []


@each_notebook
def test_every_control_changes_what_is_shown(path):
    states = driven(path).widgets
    controls = [comm for comm, state in states.items() if messages_for(state)]
    assert controls, "a notebook without a control"
    still = [
        (states[comm]["_model_name"], states[comm].get("description"))
        for comm in controls
        if comm not in driven(path).moved
    ]
    # Play, Reset and the first state may ask for what is shown already.
    assert [name for name in still if name[0] not in ("PlayModel", "ButtonModel")] == []


@each_notebook
def test_running_again_gives_the_same_file_but_for_pixels(path):
    stored = nbformat.read(path, as_version=4)
    again = driven(path).notebook
    normalise(again)
    for cell in (*stored.cells, *again.cells):
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                output.data["image/png"] = "pixels"
    assert again == stored


def test_running_twice_gives_identical_bytes(tmp_path):
    """Also where another machine's zlib has stored the picture; a wrong one goes."""
    path = tmp_path / NOTEBOOKS[0].name
    tool = notebook_tool.__file__

    def run_over(picture):
        """Return the file with this picture in it, and after a run."""
        notebook = nbformat.read(NOTEBOOKS[0], as_version=4)
        *_, output = [
            output
            for cell in notebook.cells
            for output in cell.get("outputs", [])
            if "image/png" in output.get("data", {})
        ]
        png = BytesIO()
        picture.save(png, "png", compress_level=1)
        output.data["image/png"] = base64.b64encode(png.getvalue()).decode()
        nbformat.write(notebook, path)
        before = path.read_text(encoding="utf-8")
        subprocess.run([sys.executable, tool, "run", path], check=True)
        return before, path.read_text(encoding="utf-8")

    before, after = run_over(Image.new("RGB", (840, 360)))
    assert after != before
    *_, png = re.findall(r'"image/png": "([^"]+)"', after)
    before, again = run_over(Image.open(BytesIO(base64.b64decode(png))))
    assert again == before != after


# -- exercises and predictions


def exercise_cells():
    """Return (path, index of the code cell, its function's name, the solution)."""
    found = []
    for path in NOTEBOOKS:
        cells = nbformat.read(path, as_version=4).cells
        for i, cell in enumerate(cells):
            if "exercise" not in cell.metadata.get("tags", []):
                continue
            (name,) = re.findall(r"^check\((\w+)\)", cell.source, re.M)
            blocks = re.findall(r"```python\n(.*?)```", cells[i + 1].source, re.S)
            assert "<details>" in cells[i + 1].source, f"{name}: solution not folded"
            found.append((path, i, name, "\n".join(blocks)))
    return found


EXERCISES = exercise_cells()


@pytest.mark.parametrize(
    "path, index, name, solution", EXERCISES, ids=[name for _, _, name, _ in EXERCISES]
)
def test_the_solution_is_right_and_the_stub_runs_clean(path, index, name, solution):
    cells = nbformat.read(path, as_version=4).cells
    shown = "".join(o.data["text/plain"] for o in cells[index].outputs if "data" in o)
    assert shown.startswith("Not done yet")
    space = {}
    for cell in cells[:index]:
        if cell.cell_type == "code":
            run_quietly(cell.source, space)
    run_quietly(solution, space)
    verdict = exercises(room_at(path))[name].check(space[name])
    assert verdict.right, verdict


def run_quietly(source, space):
    """Run what a later cell may need: imports, definitions and plain values."""
    for statement in ast.parse(source).body:
        if isinstance(statement, (ast.Expr, ast.For, ast.With)):
            continue
        exec(compile(ast.Module([statement], []), "<cell>", "exec"), space)


@each_notebook
def test_each_exercise_of_a_stage_stands_in_its_notebook(path):
    source = "\n".join(cell.source for cell in code_cells(path))
    named = re.findall(r"check\((\w+)\)", source)
    assert sorted(named) == sorted(exercises(room_at(path)))
    assert len(named) >= 2 or path.name.startswith("00")


@each_notebook
def test_each_prediction_stands_in_its_notebook_and_is_complete(path):
    source = "\n".join(cell.source for cell in code_cells(path))
    named = re.findall(r"predict\(\"([^\"]+)\"\)", source)
    known = asked(room_at(path))
    assert sorted(named) == sorted(known)
    assert len(known) >= 2
    for each in known.values():
        if "answer" in each:  # tests/test_question.py
            continue
        choices = each["choices"]
        assert sum(choice.get("right", False) for choice in choices) == 1, each["name"]
        assert 2 <= len(choices) <= 4, each["name"]
        assert len({choice["reply"] for choice in choices}) == len(choices)


# -- what a stage builds in the open equals what the module exports

RANDOM = np.random.default_rng(0)
ARGUMENTS = {
    "sigmoid": lambda: [RANDOM.normal(size=(5, 2)) * 3],
    "sigmoid_derivative": lambda: [RANDOM.random((5, 2))],
    "train_neuron": lambda: [
        RANDOM.normal(size=(6, 3)),
        RANDOM.random((6, 1)),
        RANDOM.uniform(0.1, 2),
        25,
    ],
    "forward": lambda: [network.init((3, 4, 2), seed=5), RANDOM.normal(size=(6, 3))],
    "gradients": lambda: [
        network.init((3, 4, 2), seed=5),
        RANDOM.normal(size=(6, 3)),
        RANDOM.random((6, 2)),
    ],
}
# The seed's name for it, which the module keeps.
MODULE_S = {"train_neuron": "backpropagation"}
BUILT = [
    (path, cell.source, statement.name)
    for path in NOTEBOOKS
    for cell in code_cells(path)
    if "exercise" not in cell.metadata.get("tags", [])
    for statement in ast.parse(cell.source).body
    if isinstance(statement, ast.FunctionDef)
    and hasattr(network, MODULE_S.get(statement.name, statement.name))
]


@pytest.mark.parametrize(
    "path, source, name", BUILT, ids=[f"{p.name[:2]}-{name}" for p, _, name in BUILT]
)
def test_built_in_the_open_equals_the_module(path, source, name):
    space = {"np": np, "network": network}
    for cell in code_cells(path):
        run_definitions(cell.source, space)
        if cell.source == source:
            break
    theirs = getattr(network, MODULE_S.get(name, name))
    assert list(inspect.signature(space[name]).parameters)[:1], name
    for _ in range(5):
        given = ARGUMENTS[name]()
        ours, module = arrays(space[name](*given)), arrays(theirs(*given))
        assert len(ours) == len(module)
        for a, b in zip(ours, module):
            assert a == pytest.approx(b, rel=1e-12, abs=1e-15)


def arrays(result):
    """Return an array, or the arrays in a list of arrays, layers or gradients."""
    if isinstance(result, (network.Layer, network.Gradient)):
        return [result.W, result.b]
    if isinstance(result, list):
        return [array for each in result for array in arrays(each)]
    return [np.asarray(result)]


def run_definitions(source, space):
    for statement in ast.parse(source).body:
        if isinstance(statement, (ast.FunctionDef, ast.Import, ast.ImportFrom)):
            exec(compile(ast.Module([statement], []), "<cell>", "exec"), space)


# -- other tools


def test_nbconvert_writes_a_script_that_is_python(tmp_path):
    options = ["--to", "script", "--output-dir", tmp_path, NOTEBOOKS[0]]
    convert = [sys.executable, "-m", "nbconvert", *options]
    subprocess.run(convert, check=True, capture_output=True)
    (script,) = tmp_path.iterdir()
    assert script.name == f"{NOTEBOOKS[0].stem}.py"
    ast.parse(script.read_text(encoding="utf-8"))


def test_nbconvert_shows_each_live_picture_still_with_its_words(tmp_path):
    """And a question with its choices: the page needs no network for them."""
    path = NOTEBOOKS[0]
    options = ["--execute", "--to", "html", "--output-dir", tmp_path, path]
    subprocess.run(
        [sys.executable, "-m", "nbconvert", *options],
        env={**os.environ, "JUPYTER_CONFIG_PATH": str(path.parent.parent / "settings")},
        check=True,
        capture_output=True,
    )
    page = (tmp_path / f"{path.stem}.html").read_text(encoding="utf-8")
    outputs = [output for cell in code_cells(path) for output in cell.outputs]
    stored = [output.data for output in outputs if "data" in output]
    assert any("image/png" in data for data in stored)
    for data in stored:
        words = escape(data["text/plain"], quote=False)
        if "image/png" in data:
            assert f'">{words}</figcaption>' in page
        else:
            assert words in page
    stills = re.findall(r'<figure><img alt="[^"]+" src="data:image/png;base64,', page)
    assert len(stills) == sum("image/png" in data for data in stored)
    assert '<script type="application/vnd.jupyter.widget-view+json">' not in page


@each_notebook
def test_saved_unchanged_only_the_python_s_version_is_new(path):
    """What the kernel says of its language is what JupyterLab puts into a file."""
    stored = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(stored, as_version=4)
    notebook.metadata.language_info = {
        **IPythonKernel.language_info,
        "version": "3.x",
    }
    saved = nbformat.writes(notebook)
    new = set(saved.splitlines()) - set(stored.splitlines())
    assert {line.strip(" ,") for line in new} <= {
        '"version": "3.x"',
        '"pygments_lexer": "ipython3"',  # with a comma after it
    }
