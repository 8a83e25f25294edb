"""Each stage as an assignment: released, filled in, graded and returned by nbgrader.

nbgrader has a set-up of its own, .venv-grading; GRADING names another's folder of
programs. The student's copy is run with the course's requirements alone.
"""

import ast
import csv
import os
import re
import subprocess
import warnings
from functools import cache
from html import unescape
from pathlib import Path

import assignment
import nbformat
import pytest
from bank import bank, text_of, verdict_on
from course import PATHS, ROOMS, exercises
from nbclient import NotebookClient

from backprop.exercise import SECONDS

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(os.environ.get("GRADING", ROOT / ".venv-grading" / "bin"))
STAGES = [PATHS[room].stem for room in ROOMS if exercises(room)]
if os.environ.get("STAGES"):  # some alone: STAGES="02 05" make grading-test
    STAGES = [each for each in STAGES if each[:2] in os.environ["STAGES"].split()]
STUDENTS = "right", "wrong", "endless", "blank"


def nbgrader(folder, *command):
    """Run nbgrader in a course's folder."""
    path = os.pathsep.join([str(PROGRAMS), os.environ["PATH"]])
    done = subprocess.run(
        [PROGRAMS / "nbgrader", *command],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Write the source notebooks, and let nbgrader release them."""
    folder = tmp_path_factory.mktemp("class")
    assignment.write(folder)
    for stage in STAGES:
        nbgrader(folder, "generate_assignment", "--create", stage)
    return folder


@pytest.fixture(scope="module")
def graded(folder):
    """Hand in what four students write, and let nbgrader grade and answer it."""
    for stage in STAGES:
        for student in STUDENTS:
            notebook = released(folder, stage)
            for cell, name in exercise_cells(notebook):
                cell.source = filled_in(student, stage, cell.source, name)
            path = folder / "submitted" / student / stage / f"{stage}.ipynb"
            path.parent.mkdir(parents=True)
            nbformat.write(notebook, path)
        nbgrader(folder, "autograde", stage, "--create")
        nbgrader(folder, "generate_feedback", stage)
    nbgrader(folder, "export")
    with open(folder / "grades.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {(row["student_id"], row["assignment"]): float(row["score"]) for row in rows}


def room_of(stage):
    return stage.partition("_")[2]


def released(folder, stage):
    """Return the notebook that a student gets."""
    return nbformat.read(folder / "release" / stage / f"{stage}.ipynb", as_version=4)


def exercise_cells(notebook):
    """Return (cell, name of the function to write) for each exercise."""
    cells = [
        cell
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    ]
    return [(cell, cell.metadata.nbgrader.grade_id) for cell in cells]


def solved_cells(stage):
    """Return the cells of the source notebook by the name of their exercise."""
    notebook = assignment.source_notebook(room_of(stage))
    return {name: cell.source for cell, name in exercise_cells(notebook)}


def wrong_answer(stage, name):
    """Return the bank's first wrong answer to an exercise, with a named mistake if any.

    Of those alone that a page can run: they use nothing but what the bank imports of
    NumPy and of the course's mathematics.
    """
    found = []
    for spelling in bank():
        used = set(spelling.answer.__code__.co_names)
        if (
            spelling.room == room_of(stage)
            and spelling.answer.__name__ == name
            and not spelling.right
            and not any(each.startswith(("right", "_", "math")) for each in used)
        ):
            found.append(spelling)
    assert found, f"the bank has no wrong answer to {name}"
    return min(found, key=lambda spelling: not spelling.says)


@cache
def needed(stage):
    """Return the exercises that the wrong answers to others use."""
    names = set(exercises(room_of(stage)))
    answers = {name: wrong_answer(stage, name).answer for name in names}
    used = {each for answer in answers.values() for each in answer.__code__.co_names}
    return names & used


def filled_in(student, stage, cell, name):
    """Return the cell of an exercise as a student leaves it."""
    if student == "right" or student == "wrong" and name in needed(stage):
        return solved_cells(stage)[name]
    if student == "wrong":
        return f"{text_of(wrong_answer(stage, name).answer)}\n\ncheck({name})"
    if student == "endless":
        stub = ast.parse(cell).body[0]
        signature = "\n".join(cell.splitlines()[: stub.body[0].lineno - 1])
        return f"{signature}\n    while True:\n        pass\n\n\ncheck({name})"
    return cell


@pytest.mark.parametrize("stage", STAGES)
def test_a_students_copy_holds_no_solution(folder, stage):
    notebook = released(folder, stage)
    text = "\n".join(cell.source for cell in notebook.cells)
    assert "SOLUTION" not in text and "<b>Solution</b>" not in text
    page = nbformat.read(PATHS[room_of(stage)], as_version=4)
    stubs = {
        ast.parse(cell.source).body[0].name: cell.source
        for cell in page.cells
        if "exercise" in cell.metadata.get("tags", [])
    }
    for cell, name in exercise_cells(notebook):
        ours = assignment.STUB_LINE
        assert cell.source.splitlines().count(f"    {ours}") == 1
        left = cell.source.replace(f"    {ours}\n", "")
        assert left in (stubs[name], re.sub(r"    \.\.\..*\n", "", stubs[name]))


@pytest.mark.parametrize("stage", STAGES)
def test_a_students_copy_runs_with_the_courses_requirements(folder, stage):
    notebook = released(folder, stage)
    NotebookClient(notebook, timeout=60, allow_errors=True).execute()
    stopped = {
        cell.metadata.get("nbgrader", {}).get("grade_id", cell.source)
        for cell in notebook.cells
        if any(each.output_type == "error" for each in cell.get("outputs", []))
    }
    assert stopped == {f"{name}-points" for name in exercises(room_of(stage))}


@pytest.mark.parametrize("stage", STAGES)
def test_right_answers_get_their_points_and_no_others_any(graded, stage):
    assert {each: graded[each, stage] for each in STUDENTS} == {
        "right": assignment.POINTS * len(exercises(room_of(stage))),
        "wrong": assignment.POINTS * len(needed(stage)),
        "endless": 0,
        "blank": 0,
    }


@pytest.mark.parametrize("stage", STAGES)
def test_the_feedback_names_the_mistake(folder, graded, stage):
    for student in "wrong", "endless", "blank":
        page = folder / "feedback" / student / stage / f"{stage}.html"
        text = " ".join(
            re.sub(r"<[^>]+>", "", unescape(page.read_text(encoding="utf-8"))).split()
        )
        for name in exercises(room_of(stage)):
            if student == "wrong" and name not in needed(stage):
                with warnings.catch_warnings():  # which are errors in a test alone
                    warnings.simplefilter("ignore")
                    told = verdict_on(wrong_answer(stage, name)).text
                told = re.split(r"your line \d+", told)[0]
                assert " ".join(told.split()) in text, name
            if student == "endless":
                assert f"{name} did not end within {SECONDS} seconds" in text
            if student == "blank":
                assert f"Not done yet: {name}" in text or "dots" in text, name
