"""The notebooks as stored, as run, and with every control moved.

nbval compares outputs; here is what it does not see. Each notebook is run once in a
kernel of its own, then its widgets get the messages that a browser would send.
"""

import ast
import asyncio
import base64
import builtins
import inspect
import re
import subprocess
import sys
import tomllib
from functools import cache
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from notebook_tool import faults, normalise, notebooks
from PIL import Image

from backprop import network, questions
from backprop.checks import exercises

NOTEBOOKS = notebooks()
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code_cells(path):
    notebook = nbformat.read(path, as_version=4)
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@each_notebook
def test_stored_as_make_notebooks_leaves_it(path):
    assert faults(path) == []


@each_notebook
def test_opened_without_the_package_the_first_cell_fetches_it(path, capsys):
    """In Colab, or after a download, there is only the notebook."""
    tree = ast.parse(code_cells(path)[0].source)
    guard = next(part for part in tree.body if isinstance(part, ast.Try))
    asked = []

    def missing(name, *args):
        raise ModuleNotFoundError(f"No module named {name!r}")

    ipython = SimpleNamespace(run_line_magic=lambda *words: asked.append(words))
    space = {
        "__builtins__": {**vars(builtins), "__import__": missing},
        "get_ipython": lambda: ipython,
    }
    exec(compile(ast.Module([guard], []), str(path), "exec"), space)
    project = tomllib.loads((path.parents[1] / "pyproject.toml").read_text("utf-8"))
    name = project["project"]["name"]
    assert asked == [("pip", f"install -q {name}")]
    assert name in capsys.readouterr().out


# -- run, and driven as a browser would


class Driven:
    """One notebook, run in a kernel; then each control moved, each button clicked."""

    def __init__(self, path):
        self.notebook = nbformat.read(path, as_version=4)
        self.problems = []
        self.moved = {}
        self.client = NotebookClient(
            self.notebook,
            timeout=60,
            kernel_name="python3",
            resources={"metadata": {"path": path.parent}},
        )
        asyncio.run(self._run())

    async def _run(self):
        async with self.client.async_setup_kernel():
            for i, cell in enumerate(self.notebook.cells):
                await self.client.async_execute_cell(cell, i)
            self.widgets = dict(self.client.widget_state)
            for comm, state in list(self.widgets.items()):
                for message in messages_for(state):
                    await self._send(comm, message)

    async def _send(self, comm, data):
        kc = self.client.kc
        content = {"comm_id": comm, "data": data}
        sent = kc.session.msg("comm_msg", content)
        kc.shell_channel.send(sent)
        where = f"{self.widgets[comm]['_model_name']} {data}"
        while True:
            message = await kc.get_iopub_msg(timeout=60)
            if message["parent_header"].get("msg_id") != sent["header"]["msg_id"]:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "error" or (kind == "stream" and content["name"] == "stderr"):
                self.problems.append((where, content))
            if kind == "comm_msg":
                shown = str(content["data"].get("state", {}).get("value", ""))
                if 'role="alert"' in shown:
                    self.problems.append((where, shown))
                if "<img" in shown:
                    self.moved.setdefault(comm, set()).add(hash(shown))
                elif 'role="status"' in shown:
                    self.moved.setdefault(comm, set()).add(shown)
            if kind == "status" and content["execution_state"] == "idle":
                return


def messages_for(state):
    """Return what a browser sends for a control's min, middle, max, or its options."""
    if state["_model_name"] == "ButtonModel":
        return [{"method": "custom", "content": {"event": "click"}, "buffers": []}]
    if {"min", "max", "value"} <= set(state):
        low, high = state["min"], state["max"]
        values = [("value", value) for value in (low, (low + high) // 2, high)]
    elif "_options_labels" in state:
        values = [("index", i) for i in range(len(state["_options_labels"]))]
    else:
        return []
    return [
        {"method": "update", "state": {key: value}, "buffer_paths": []}
        for key, value in values
    ]


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
    tool = Path(__file__).parent / "notebook_tool.py"

    def run_over(picture):
        """Return the file with this picture in it, and after a run."""
        notebook = nbformat.read(NOTEBOOKS[0], as_version=4)
        (output,) = [
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
    (png,) = re.findall(r'"image/png": "([^"]+)"', after)
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
            (name,) = re.findall(r"^check\(\"\d\d\", (\w+)\)", cell.source, re.M)
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
    verdict = exercises(path.name[:2])[name].check(space[name])
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
    asked = re.findall(r"check\(\"(\d\d)\", (\w+)\)", source)
    if path.name.startswith("00"):
        assert not asked
        return
    assert sorted(asked) == sorted((path.name[:2], n) for n in exercises(path.name[:2]))
    assert len(asked) >= 2


@each_notebook
def test_each_prediction_stands_in_its_notebook_and_is_complete(path):
    stage = path.name[:2]
    source = "\n".join(cell.source for cell in code_cells(path))
    asked = re.findall(r"predict\(\"(\d\d)\", \"([^\"]+)\"\)", source)
    known = questions.questions(stage)
    assert sorted(asked) == sorted((stage, name) for name in known)
    assert len(known) >= 2
    for each in known.values():
        choices = each["choices"]
        assert sum(choice.get("right", False) for choice in choices) == 1, each["name"]
        assert 2 <= len(choices) <= 4, each["name"]
        assert len({choice["reply"] for choice in choices}) == len(choices)


# -- what a stage builds in the open equals what the module exports

RANDOM = np.random.default_rng(0)
ARGUMENTS = {
    "sigmoid": lambda: [RANDOM.normal(size=(5, 2)) * 3],
    "sigmoid_derivative": lambda: [RANDOM.random((5, 2))],
    "backpropagation": lambda: [
        RANDOM.normal(size=(6, 3)),
        RANDOM.random((6, 1)),
        RANDOM.uniform(0.1, 2),
        25,
    ],
    "forward": lambda: [network.start((3, 4, 2), seed=5), RANDOM.normal(size=(6, 3))],
    "gradients": lambda: [
        network.start((3, 4, 2), seed=5),
        RANDOM.normal(size=(6, 3)),
        RANDOM.random((6, 2)),
    ],
}
BUILT = [
    (path, cell.source, statement.name)
    for path in NOTEBOOKS
    for cell in code_cells(path)
    if "exercise" not in cell.metadata.get("tags", [])
    for statement in ast.parse(cell.source).body
    if isinstance(statement, ast.FunctionDef) and hasattr(network, statement.name)
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
    theirs = getattr(network, name)
    assert list(inspect.signature(space[name]).parameters)[:1], name
    for _ in range(5):
        given = ARGUMENTS[name]()
        ours, module = arrays(space[name](*given)), arrays(theirs(*given))
        assert len(ours) == len(module)
        for a, b in zip(ours, module):
            assert a == pytest.approx(b, rel=1e-12, abs=1e-15)


def arrays(result):
    """Return an array, or the arrays in a list of arrays or of layers."""
    if isinstance(result, network.Layer):
        return [result.W, result.b]
    if isinstance(result, list):
        return [array for each in result for array in arrays(each)]
    return [np.asarray(result)]


def run_definitions(source, space):
    for statement in ast.parse(source).body:
        if isinstance(statement, (ast.FunctionDef, ast.Import, ast.ImportFrom)):
            exec(compile(ast.Module([statement], []), "<cell>", "exec"), space)
