"""The course as the tools and the tests ask for it: notebooks, rooms, pictures."""

import ast
from functools import cache
from importlib import import_module

import nbformat
from notebook_tool import notebooks

from backprop.picture import Picture
from backprop.question import questions

# "05_training_loop.ipynb" belongs to the room "training_loop".
PATHS = {path.stem.partition("_")[2]: path for path in notebooks()}
ROOMS = list(PATHS)


def room_at(path):
    """Return the name of a notebook's room."""
    return path.stem.partition("_")[2]


@cache
def room(name):
    """Return the package of a stage."""
    return import_module(f"backprop.stages.{name}")


@cache
def exercises(name):
    """Return the exercises of a stage by name; stage 00 has none."""
    if name == "start_here":
        return {}
    module = import_module(f"backprop.stages.{name}.checks")
    return {each.name: each for each in module.EXERCISES}


def asked(name):
    """Return the questions of a stage by name."""
    return questions(f"backprop.stages.{name}")


def _pictures(name):
    """Return the picture classes that a room hands out, by name."""
    return {
        each: value
        for each, value in vars(room(name)).items()
        if isinstance(value, type) and issubclass(value, Picture)
    }


PICTURES = {each: kind for name in ROOMS for each, kind in _pictures(name).items()}


def room_of(kind):
    """Return the name of the room that a picture class stands in."""
    return kind.__module__.split(".")[2]


@cache
def code_cells(name):
    """Return the code cells of a stage's notebook."""
    cells = nbformat.read(PATHS[name], as_version=4).cells
    return [cell for cell in cells if cell.cell_type == "code"]


@cache
def imported(name):
    """Return all that a stage's notebook imports, by name."""
    names = {}
    for cell in code_cells(name):
        for part in ast.parse(cell.source).body:
            if isinstance(part, (ast.Import, ast.ImportFrom)):
                exec(compile(ast.Module([part], []), "<imports>", "exec"), names)
    return names


def opened(name, call):
    """Return (picture, shown values) of a `live(…)` in a stage's notebook."""

    def live(picture, ask=False, **shown):
        return picture, shown

    return eval(call, {**_known(name, ast.unparse(ast.parse(call))), "live": live})


@cache
def _known(name, call):
    """Return the names that a `live(…)` may use: what its notebook imports.

    For a call that uses more, such as a graph of the page, what the cells up to it
    define as well; they print nothing here, and show nothing.
    """
    names = dict(imported(name))
    used = {each.id for each in ast.walk(ast.parse(call)) if isinstance(each, ast.Name)}
    if used <= {*names, "live"}:
        return names
    for cell in code_cells(name):
        for part in ast.parse(cell.source).body:
            if ast.unparse(part) == call:
                return names
            if not isinstance(part, (ast.Expr, ast.For, ast.With)):
                exec(compile(ast.Module([part], []), "<cell>", "exec"), names)
    raise ValueError(f"call: got {call}; needs one of the notebook of {name}")
