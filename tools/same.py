"""What the course shows and says, written down: to prove that a move changed nothing.

python tools/same.py record FILE     every picture's pixels and words at its named
                                     states and ends, every verdict on the bank of
                                     answers, every printed output
python tools/same.py compare FILE    the same now; says what is another than in FILE
"""

import hashlib
import json
import pkgutil
import sys
from importlib import import_module
from pathlib import Path

import nbformat

ROOT = Path(__file__).parent.parent
sys.path += [str(ROOT / "tests"), str(ROOT / "tools")]


def modules(package):
    """Yield every module below a package that can be imported."""
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        try:
            yield import_module(found.name)
        except ImportError:
            continue


def pictures():
    """Return every picture class by its name."""
    import backprop

    found = {}
    for module in modules(backprop):
        for name, value in vars(module).items():
            if isinstance(value, type) and hasattr(value, "words"):
                if value.__module__ == module.__name__ and name != "Picture":
                    found[name] = value
    return found


def stops(control):
    """Return the first, middle and last stop of a control."""
    of = getattr(control, "stops", None) or control.options
    return of[0], of[len(of) // 2], of[-1]


def states(picture):
    """Return the start, the named states, each control's ends, and all ends at once."""
    found = [{}, *picture.states.values()]
    for name, control in picture.controls.items():
        found += [{name: stop} for stop in stops(control)]
    found.append({name: stops(each)[-1] for name, each in picture.controls.items()})
    return [{**picture.start, **values} for values in found]


def shown():
    """Return pixels and words of every picture."""
    from backprop.frame import Screen

    record = {}
    for name, kind in sorted(pictures().items()):
        screen = Screen(kind())
        for values in states(kind()):
            pixels = hashlib.sha256(screen.pixels(**values).tobytes()).hexdigest()[:16]
            record[f"{name} {values}"] = [pixels, kind().words(**values)]
    return record


def verdicts():
    """Return what the checks say of each answer in the bank."""
    from bank import bank, said_of

    record, counts = {}, {}
    for spelling in bank():
        name = spelling.answer.__name__
        counts[name] = counts.get(name, -1) + 1
        record[f"{name} {counts[name]}"] = said_of(spelling)
    return record


def printed():
    """Return the text of every stored output, the first cell's aside."""
    record = {}
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        code = [cell for cell in cells if cell.cell_type == "code"][1:]
        outputs = [output for cell in code for output in cell.outputs]
        for i, output in enumerate(outputs):
            text = output.get("text") or output.get("data", {}).get("text/plain")
            record[f"{path.stem} {i}"] = text
    return record


def main(command, file):
    """Record or compare; return the exit code."""
    now = {"pictures": shown(), "verdicts": verdicts(), "printed": printed()}
    if command == "record":
        Path(file).write_text(json.dumps(now, indent=1, ensure_ascii=False), "utf-8")
        print({part: len(record) for part, record in now.items()})
        return 0
    then, odd = json.loads(Path(file).read_text("utf-8")), 0
    now = json.loads(json.dumps(now))
    for part in now:
        for key in sorted({*now[part], *then[part]}):
            was, is_now = then[part].get(key), now[part].get(key)
            if was != is_now:
                odd += 1
                print(f"{part}: {key}\n  was {was}\n  now {is_now}")
    print({part: len(record) for part, record in now.items()}, f"{odd} differ")
    return odd


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("record", "compare"):
        sys.exit(__doc__)
    sys.exit(bool(main(*sys.argv[1:])))
