"""Write what the pictures say today into tests/stages/…/words.toml.

python tools/words.py [ROOM ...]     for the states listed there, each start and each
                                     named state; read the diff before you commit it
"""

import sys
import tomllib
from functools import cache
from pathlib import Path

from course import PICTURES, room_of

STAGES = Path(__file__).parent.parent / "tests" / "stages"


@cache
def made(name):
    """Return a picture by the name of its class."""
    return PICTURES[name]()


def path_of(name):
    """Return the file that holds the words of a picture."""
    return STAGES / room_of(PICTURES[name]) / "words.toml"


def stored(name):
    """Return the states of a picture that are held: values and words."""
    if not path_of(name).exists():
        return []
    states = tomllib.loads(path_of(name).read_text(encoding="utf-8"))["state"]
    return [state for state in states if state["picture"] == name]


def wanted(name):
    """Return the values to hold: the start, the named states, those listed."""
    picture = made(name)
    states = [{}, *picture.states.values(), *(s["values"] for s in stored(name))]
    full = [{**picture.start, **values} for values in states]
    return [values for i, values in enumerate(full) if values not in full[:i]]


def accept(*rooms):
    """Write the words of today for these rooms, or for all."""
    files = {}
    for name, kind in PICTURES.items():
        if rooms and room_of(kind) not in rooms:
            continue
        for values in wanted(name):
            words = made(name).words(**values)
            inline = ", ".join(f"{key} = {_toml(v)}" for key, v in values.items())
            files.setdefault(path_of(name), []).append(
                f'[[state]]\npicture = "{name}"\nvalues = {{ {inline} }}\n'
                f"words = {_toml(words)}\n"
            )
    for path, states in files.items():
        path.write_text("\n".join(states), encoding="utf-8")


def _toml(value):
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return repr(value)


if __name__ == "__main__":
    accept(*sys.argv[1:])
