"""Run and normalise all notebooks, or check that they are so.

python tools/notebook_tool.py run [FILE ...]     rewrites notebooks and quiz
python tools/notebook_tool.py check [FILE ...]   says what is not as `run` leaves it
"""

import base64
import re
import sys
from io import BytesIO
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from PIL import Image

FOLDER = Path(__file__).parent.parent / "notebooks"
QUIZ = FOLDER.parent / "docs" / "quiz" / "quiz.ipynb"
METADATA = {
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    },
    # As JupyterLab saves it, but for the version, which is the machine's: without
    # these, nbconvert writes a script as .txt, and saving a page unchanged changes it.
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
    },
}
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
MAX_LINES, MAX_COLUMNS, MAX_BYTES = 15, 70, 400_000
# What may not stand in an output: it differs from machine to machine.
MACHINE = re.compile(r"0x[0-9a-f]{6,}|/(?:home|Users|root|tmp|work|usr)/|[A-Z]:\\\\")


def notebooks():
    """Return the paths of the course's notebooks, in order."""
    return sorted(FOLDER.glob("*.ipynb"))


def run(path):
    """Run one notebook from top to bottom and write it back, normalised.

    A stored picture stays where its pixels do: zlib's bytes differ between machines.
    """
    notebook = nbformat.read(path, as_version=4)
    stored = {_pixels(data): data["image/png"] for data in _pictures(notebook)}
    client = NotebookClient(
        notebook,
        timeout=60,
        kernel_name="python3",
        resources={"metadata": {"path": path.parent}},
    )
    client.execute()
    normalise(notebook)
    for data in _pictures(notebook):
        data["image/png"] = stored.get(_pixels(data), data["image/png"])
    nbformat.write(notebook, path)


def _pictures(notebook):
    """Return the data of each output that holds a picture."""
    outputs = [out for cell in notebook.cells for out in cell.get("outputs", [])]
    return [out.data for out in outputs if "image/png" in out.get("data", {})]


def _pixels(data):
    """Return (width and height, pixels) of a picture in an output's data."""
    image = Image.open(BytesIO(base64.b64decode(data["image/png"]))).convert("RGB")
    return image.size, image.tobytes()


def normalise(notebook):
    """Leave only what is the same whenever and wherever the notebook is run."""
    notebook.metadata = nbformat.from_dict(METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    count = 0
    for i, cell in enumerate(notebook.cells):
        cell.id = f"cell-{i:02d}"
        tags = cell.metadata.get("tags")
        cell.metadata = nbformat.from_dict({"tags": tags} if tags else {})
        if cell.cell_type != "code":
            cell.pop("attachments", None)
            continue
        count += 1
        cell.execution_count = count
        outputs = []
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = count
            if "data" in output:
                output.data.pop(WIDGET_VIEW, None)
                output.metadata = nbformat.from_dict({})
            merge = outputs and output.output_type == "stream"
            if merge and outputs[-1].get("name") == output.name:
                outputs[-1].text += output.text
            else:
                outputs.append(output)
        cell.outputs = outputs


def faults(path):
    """Return what is wrong with one stored notebook, a sentence each."""
    notebook = nbformat.read(path, as_version=4)
    found = []
    if path.stat().st_size > MAX_BYTES:
        found.append(f"{path.stat().st_size:,} bytes; at most {MAX_BYTES:,}")
    if notebook.metadata != METADATA:
        found.append("its metadata are not those that `make notebooks` writes")
    titles = [
        c
        for c in notebook.cells
        if c.cell_type == "markdown" and re.search("^# ", c.source, re.M)
    ]
    if len(titles) != 1 or titles[0] is not notebook.cells[0]:
        found.append("needs one H1, in its first cell")
    count = 0
    for i, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        count += 1
        where = f"cell {i}"
        if not cell.source.strip():
            found.append(f"{where}: is empty")
        if cell.execution_count != count:
            found.append(f"{where}: was not run, or not in order")
        lines = cell.source.splitlines()
        if len(lines) > MAX_LINES:
            found.append(f"{where}: {len(lines)} lines; at most {MAX_LINES}")
        if any(len(line) > MAX_COLUMNS for line in lines):
            found.append(f"{where}: a line of over {MAX_COLUMNS} columns")
        for output in cell.outputs:
            if output.output_type == "error":
                found.append(f"{where}: stored an error, {output.ename}")
            if output.get("name") == "stderr":
                found.append(f"{where}: stored stderr")
            data = output.get("data", {})
            if WIDGET_VIEW in data:
                found.append(f"{where}: stored a widget view")
            text = output.get("text", "") + "".join(
                str(value)
                for kind, value in data.items()
                if not kind.startswith("image/")
            )
            if MACHINE.search(text):
                found.append(f"{where}: its output names this machine")
    return found


def main(command, *names):
    """Run or check the named notebooks, or all of them; return the exit code."""
    paths = [Path(name) for name in names] or [*notebooks(), QUIZ]
    if command not in ("run", "check") or not paths:
        print(__doc__)
        return 2
    if command == "run":
        for path in paths:
            print(path.name, flush=True)
            run(path)
        return 0
    found = [f"{path.name}: {fault}" for path in paths for fault in faults(path)]
    print(
        "\n".join(found)
        or f"{len(paths)} notebooks are as `make notebooks` leaves them."
    )
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or [""])))
