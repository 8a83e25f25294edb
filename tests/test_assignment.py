"""The source notebooks for nbgrader, as `make assignment` writes them."""

import ast
from functools import cache

import assignment
import nbformat
import pytest
from course import PATHS, ROOMS, exercises

STUB = """\
def twice(x):
    ...  # your lines, in place of the dots


check(twice)
"""
TABLE = """\
def twice(x):
    return {1: ..., 2: ...}[x]


check(twice)
"""
WITH_EXERCISES = [room for room in ROOMS if exercises(room)]


def cells(room):
    """Return the cells of a room's source notebook by nbgrader's id."""
    marked = [cell for cell in notebook(room).cells if "nbgrader" in cell.metadata]
    return {cell.metadata.nbgrader.grade_id: cell for cell in marked}


@cache
def notebook(room):
    written = assignment.source_notebook(room)
    nbformat.validate(written)
    return written


@pytest.mark.parametrize("room", WITH_EXERCISES)
def test_each_exercise_has_its_solution_in_a_region_and_its_points(room):
    found = cells(room)
    assert set(found) == {
        each for name in exercises(room) for each in (name, f"{name}-points")
    }
    for name in exercises(room):
        solution, points = found[name], found[f"{name}-points"]
        assert solution.source.count("### BEGIN SOLUTION") == 1
        assert solution.source.count("### END SOLUTION") == 1
        assert solution.source.endswith(f"check({name})")
        assert (
            solution.metadata.nbgrader.solution and not solution.metadata.nbgrader.grade
        )
        assert points.metadata.nbgrader.grade and points.metadata.nbgrader.locked
        assert points.metadata.nbgrader.points == assignment.POINTS
        ast.parse(solution.source)
        ast.parse(points.source)


@pytest.mark.parametrize("room", WITH_EXERCISES)
def test_a_source_notebook_is_its_page_without_folded_solutions_and_outputs(room):
    page = nbformat.read(PATHS[room], as_version=4)
    written = notebook(room)
    marked = {id(cell) for cell in written.cells if "nbgrader" in cell.metadata}
    rest = [cell.source for cell in written.cells if id(cell) not in marked]
    assert rest == [
        cell.source
        for cell in page.cells
        if "exercise" not in cell.metadata.get("tags", [])
        and "<b>Solution</b>" not in cell.source
    ]
    assert not any(cell.get("outputs") for cell in written.cells)
    assert len({cell.id for cell in written.cells}) == len(written.cells)


def test_a_page_without_exercises_is_no_assignment(tmp_path):
    assert assignment.source_notebook("start_here") is None
    written = assignment.write(tmp_path)
    assert written == [PATHS[room].stem for room in WITH_EXERCISES]
    assert sorted(path.name for path in (tmp_path / "source").iterdir()) == written


def test_it_can_be_written_again_beside_what_a_class_has_handed_in(tmp_path):
    handed_in = tmp_path / "submitted" / "someone" / "work.ipynb"
    handed_in.parent.mkdir(parents=True)
    handed_in.write_text("theirs")
    assignment.write(tmp_path)
    first = {path: path.read_bytes() for path in tmp_path.rglob("*.*")}
    assignment.write(tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.*")} == first
    assert handed_in.read_text() == "theirs"


def test_the_solution_stands_in_place_of_the_dots():
    code = "def twice(x):\n    return 2 * x\n"
    assert assignment.solved(STUB, code, set()) == (
        "def twice(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n"
        "    ### END SOLUTION\n\n\ncheck(twice)"
    )


def test_a_stub_that_is_more_than_dots_stays_below_the_solution():
    code = "def twice(x):\n    return 2 * x\n"
    solved = assignment.solved(TABLE, code, set())
    assert "### END SOLUTION\n    return {1: ..., 2: ...}[x]" in solved
    space = {"check": lambda answer: None}
    exec(solved, space)
    assert space["twice"](4) == 8


def test_what_a_solution_defines_besides_is_known_on_the_page_or_refused():
    code = "def half(x):\n    return x / 2\n\n\ndef twice(x):\n    return x / half(1)\n"
    assert "half(1)" in assignment.solved(STUB, code, {"half"})
    with pytest.raises(ValueError, match=r"twice that defines \['half'\] besides"):
        assignment.solved(STUB, code, set())


def test_a_page_that_lost_an_exercise_is_refused(monkeypatch):
    lost = {**exercises("derivative"), "another": None}
    monkeypatch.setattr(assignment, "exercises", lambda room: lost)
    with pytest.raises(ValueError, match="'derivative'|derivative.*another"):
        assignment.source_notebook("derivative")
