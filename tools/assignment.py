"""Write the course as nbgrader's source notebooks.

python tools/assignment.py [FOLDER]    the folder is build/assignment, if none is given

FOLDER/source/STAGE/STAGE.ipynb   each page that has exercises, with its solutions in
                                  nbgrader's regions, and after each a cell that
                                  gives its points if the course's check says Right
FOLDER/nbgrader_config.py         what nbgrader needs to know

docs/classroom.md says how to go on from there. A folder that holds marked work already
keeps it: only these two are written.
"""

import ast
import re
import sys
from pathlib import Path

import nbformat
from course import PATHS, exercises

FOLDER = Path(__file__).parent.parent / "build" / "assignment"
FOLDED = "<details><summary><b>Solution</b></summary>"
BLOCK = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
POINTS = 1  # for a right answer; the teacher can change it in each notebook
STUB_LINE = "...  # your lines, in place of the dots"  # as on the pages
CONFIG = f'''\
"""nbgrader's settings for this course; see docs/classroom.md."""

c = get_config()
c.CourseDirectory.course_id = "backpropagation"
# The student's copy shows what the page shows.
c.ClearSolutions.code_stub = {{"python": "{STUB_LINE}"}}
# The check ends an endless answer after 5 s; a cell that calls one itself, after these.
c.Execute.timeout = 30
'''
# Beside the exercise, in a cell that the student can't change for good.
TEST = """\
from backprop.stages.{room} import check

verdict = check({name})
print(verdict)
assert verdict.right, "the lines above say what to look at"
"""


def write(folder=FOLDER):
    """Write source notebooks and settings; return the names of the stages written."""
    stages = {path.stem: source_notebook(room) for room, path in PATHS.items()}
    written = [stage for stage, notebook in stages.items() if notebook is not None]
    for stage in written:
        path = folder / "source" / stage / f"{stage}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(stages[stage], path)
    (folder / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    return written


def source_notebook(room):
    """Return a room's page as nbgrader's source notebook; None without exercises."""
    notebook = nbformat.read(PATHS[room], as_version=4)
    solutions, cells, known = _solutions(notebook), [], set()
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith(FOLDED):
            continue
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        if "exercise" not in cell.metadata.get("tags", []):
            cells.append(cell)
            continue
        name = ast.parse(cell.source).body[0].name
        cell.source = solved(cell.source, solutions[name], known)
        known.add(name)
        _mark(cell, name, solution=True)
        test = nbformat.v4.new_code_cell(TEST.format(room=room, name=name).rstrip())
        test.id = f"{name}-points"[:64].replace("_", "-")
        _mark(test, f"{name}-points", grade=True, locked=True, points=POINTS)
        cells += [cell, test]
    if set(exercises(room)) != known:
        raise ValueError(
            f"room: got {room}, whose page has the exercises {sorted(known)}; its "
            f"checks need {sorted(exercises(room))}"
        )
    notebook.cells = cells
    return notebook if known else None


def _solutions(notebook):
    """Return the code of each folded solution by the name of its last function."""
    found = {}
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith(FOLDED):
            for code in BLOCK.findall(cell.source):
                found[ast.parse(code).body[-1].name] = code
    return found


def solved(stub, code, known):
    """Return an exercise's cell with the solution's lines in nbgrader's region.

    What the solution defines besides is known on the page already, or it is an error:
    the student's copy has one region, inside the function.
    """
    function = ast.parse(code).body[-1]
    defined = [each for each in ast.parse(code).body[:-1] if hasattr(each, "name")]
    besides = [each.name for each in defined]
    if unknown := sorted(set(besides) - known):
        raise ValueError(
            f"code: got a solution of {function.name} that defines {unknown} besides; "
            "needs what it uses inside its function"
        )
    first = function.body[0].lineno - 1
    region = [
        "    ### BEGIN SOLUTION",
        *code.splitlines()[first : function.end_lineno],
        "    ### END SOLUTION",
    ]
    lines = stub.splitlines()
    hole = ast.parse(stub).body[0].body[0]
    # A stub that is more than dots, such as a table to fill in, stays to be read.
    dots = isinstance(hole, ast.Expr) and getattr(hole.value, "value", 0) is ...
    lines[hole.lineno - 1 : hole.end_lineno if dots else hole.lineno - 1] = region
    return "\n".join(lines)


def _mark(cell, grade_id, *, grade=False, solution=False, locked=False, points=None):
    """Tell nbgrader what a cell is."""
    cell.metadata["nbgrader"] = {
        "schema_version": 3,
        "grade_id": grade_id,
        "grade": grade,
        "solution": solution,
        "locked": locked,
        "task": False,
        **({} if points is None else {"points": points}),
    }


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    written = write(folder)
    print(f"{len(written)} stages in {folder / 'source'}: {', '.join(written)}")
