"""Write what the pictures say and draw today, and the checks, into tests/stages/….

python tools/words.py [ROOM ...]     all rooms, if none is said; read the diff before
                                     you commit it

words.toml     what is said at each start, each named state and the states listed there,
               and how far each control goes
drawn.txt      what is drawn at these states
sentences.txt  what is said at all stops, its numbers aside
together.txt   what is said where all controls move, how often, and with what numbers
typed.txt      what is said at values that are typed, between two stops and next to 0
changes.txt    what comes and goes there in the drawing
asks.txt       what is asked and replied: all predictions, and in pictures that ask
verdicts.toml  what a check says of each answer in answers.py, and what it tries

and, for all rooms, into tests/:

led.toml, slips.toml    what a check says of the answers in led.py and in slips.py
edits.txt               the edits by which an answer is mended
errors.txt              what the mathematics says of bad input
widgets.txt             what the widgets are made of
"""

import json
import re
import sys
import tomllib
import warnings
from contextlib import redirect_stdout
from functools import cache
from io import StringIO
from itertools import groupby, pairwise, product
from math import prod
from pathlib import Path
from random import Random

import drawn
import numpy as np
from course import PICTURES, ROOMS, asked, exercises, room_of

from backprop.number import read
from backprop.picture import LEAST, Choice
from backprop.question import tolerance

TESTS = Path(__file__).parent.parent / "tests"
STAGES = TESTS / "stages"
sys.path.append(str(TESTS))

# Each of their stops trains anew, which takes a second: only the ends, from the start.
SLOW = {
    "HiddenLayer": ("learning_rate", "width"),
    "Regression": ("width",),
    "Policy": ("seed",),
    "Playground": (
        *("data", "hidden", "activation", "learning_rate"),
        *("weight_decay", "iteration"),
    ),
}
# At large rates its losses jump, and the last digit of a processor decides.
CHANCE = {"Classifier": ("learning_rate",)}
# The same, late in a training with large steps.
LATE = {"Epochs": ("learning_rate",)}
# Of all stops together, at most.
TOGETHER, FEW = 4000, {"HiddenUnits": 100, "Forks": 30}
# As words and pages write a number; how many there are in a list makes no difference.
NUMBER = r"−?(?:\d+(?:,\d{3})*(?:\.\d+)?|[½¼¾])(?:e[−-]?\d+| · 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?"
NUMBERS = re.compile(rf"{NUMBER}(?:(?:, | and |, and ){NUMBER})*(?![\w])")


@cache
def made(name):
    """Return a picture by the name of its class."""
    return PICTURES[name]()


def path_of(name, file="words.toml"):
    """Return the file that holds the words of a picture, or another beside it."""
    return STAGES / room_of(PICTURES[name]) / file


def stored(name):
    """Return the states of a picture that are held: values and words."""
    if not path_of(name).exists():
        return []
    states = tomllib.loads(path_of(name).read_text(encoding="utf-8"))["state"]
    return [state for state in states if state["picture"] == name]


def held_hand(name):
    """Return what is held of a picture's controls, as `hand` gives it."""
    told = tomllib.loads(path_of(name).read_text(encoding="utf-8"))["picture"]
    empty = {"states": {}, "controls": {}}
    return empty | next((each for each in told if each["name"] == name), {})


def hand(name):
    """Return what a hand finds at a picture: its controls, start and named states."""
    picture = made(name)
    return {
        "name": name,
        "start": picture.start,
        "states": picture.states,
        "drawn_anew_by": list(picture.redraw),
        "moves_along": picture.along or "",
        "controls": {key: _reach(each) for key, each in picture.controls.items()},
    }


def _reach(control):
    """Return a control's label, what it may be put to, and how."""
    if isinstance(control, Choice):
        return f"{control.label}: {', '.join(control.options)}"
    stops = " ".join(map(_stop, control.stops))
    kinds = ["whole" * control.whole, "play" * control.play]
    return ", ".join(filter(None, [f"{control.label}: {stops}", *kinds]))


@cache
def swept(name):
    """Return the words at each stop of each control, by the text of the values.

    The other controls are at the start, and at each named state.
    """
    picture, seen = made(name), {}
    named = [{**picture.start, **values} for values in picture.states.values()]
    for others in (picture.start, *named):
        for key, control in picture.controls.items():
            stops = getattr(control, "stops", None) or control.options
            if key in SLOW.get(name, ()):
                stops = [*stops[:2], stops[-1]] if others == picture.start else []
            for stop in stops:
                values = {**others, key: stop}
                if str(values) not in seen:
                    seen[str(values)] = picture.words(**values)
    return seen


def sentences(room):
    """Return the text of sentences.txt: what a room's pictures say at all stops.

    A sentence stands there once, its numbers left out, and under it where it is said.
    """
    blocks = []
    for name in PICTURES:
        if room_of(PICTURES[name]) == room:
            places = {}
            for sentence, place in _said_at(name):
                places.setdefault(sentence, []).append(place)
            blocks.append(f"# {name}")
            for sentence, each in places.items():
                blocks.append(
                    "\n".join([sentence, *(f"    {place}" for place in each)])
                )
    return "\n\n".join(blocks) + "\n"


def together(room):
    """Return the text of together.txt: what is said with all controls anywhere.

    Each sentence, its numbers left out, with how often it stands; of each number a mean
    of its sizes, in which a huge one counts little, and how often it is below 0.
    """
    blocks = []
    for name in PICTURES:
        if room_of(PICTURES[name]) == room:
            said, all_values = {}, anywhere(name)
            for values in all_values:
                words = made(name).words(**values)
                found = [read(each) for each in re.findall(NUMBER, words)]
                said.setdefault(NUMBERS.sub("…", words), []).append(found)
            blocks.append(f"# {name}, {len(all_values):,} times")
            for sentence, found in sorted(said.items()):
                numbers = ", ".join(map(_sizes, zip(*found)))
                blocks.append(f"{sentence}\n    {len(found):,}: {numbers}")
    return "\n\n".join(blocks) + "\n"


def anywhere(name):
    """Return values with all controls at all stops, or at many that are drawn."""
    picture, places = made(name), []
    for key, control in picture.controls.items():
        stops = getattr(control, "stops", None) or control.options
        fixed = any(key in some.get(name, ()) for some in (SLOW, CHANCE, LATE))
        places.append([picture.start[key]] if fixed else stops)
    count, most = prod(map(len, places)), FEW.get(name, TOGETHER)
    if count <= most:
        found = product(*places)
    else:
        hand = Random(name)
        found = ([hand.choice(stops) for stops in places] for _ in range(most))
    return [dict(zip(picture.controls, each)) for each in found]


def typed(room):
    """Return the text of typed.txt: what a room's pictures say at typed values.

    Of each control in turn, the others at the start.
    """
    blocks = []
    for name in PICTURES:
        if room_of(PICTURES[name]) == room:
            picture, lines = made(name), [f"# {name}"]
            for key, control in picture.controls.items():
                for value in _between(name, key, control):
                    words = picture.words(**{**picture.start, key: value})
                    lines.append(f"{key} = {value:g}\n    {words}")
            blocks += ["\n".join(lines)] if lines[1:] else []
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _between(name, key, control):
    """Return values of a control that are no stops: near its ends and its middle."""
    named = isinstance(control, Choice) or isinstance(control.stops[0], str)
    if named or key in CHANCE.get(name, ()):
        return []
    gaps = [*pairwise(control.stops)]
    at = {0, len(gaps) // 2, len(gaps) - 1}
    if any(key in some.get(name, ()) for some in (SLOW, LATE)):
        at = {len(gaps) // 2}
    values = [low + 0.37 * (high - low) for low, high in (gaps[i] for i in sorted(at))]
    values = [float(f"{value:.4g}") for value in values]
    if control.whole:
        values = [int(value) for value in values]
    elif control.stops[0] <= 0:
        values += [LEAST, -LEAST] if control.stops[0] < 0 else [LEAST]
    return [value for value in values if value not in control.stops]


def _sizes(numbers):
    """Return a mean of sizes, and how many numbers are below 0."""
    size = np.sinh(np.arcsinh(1000 * np.abs(numbers)).mean()) / 1000
    below = np.sum(np.array(numbers) < 0)
    return f"{size:.3g}" + (f" ({below:,} −)" if below else "")


def _said_at(name):
    """Yield each sentence in turn, as a control goes from stop to stop, and where."""
    picture, lines = made(name), set()
    for state, values in {"start": {}, **picture.states}.items():
        for key, control in picture.controls.items():
            line = {**picture.start, **values, key: "each"}
            if str(line) in lines or key in CHANCE.get(name, ()):
                continue
            lines.add(str(line))
            stops = getattr(control, "stops", None) or control.options
            said = [(stop, swept(name).get(str({**line, key: stop}))) for stop in stops]
            said = [(stop, NUMBERS.sub("…", words)) for stop, words in said if words]
            for sentence, run in groupby(said, lambda each: each[1]):
                ends = [_stop(stop) for stop, _ in run]
                ends = ends[0] if len(ends) == 1 else f"{ends[0]} to {ends[-1]}"
                yield sentence, f"{state}, {key} {ends}"


@cache
def kinds_along(name):
    """Return what is drawn as each control goes from stop to stop, the others at start.

    Each stop with the Counter of its kinds; the controls whose stops take long, or hang
    on a last digit, are left out.
    """
    picture, found = made(name), []
    for key, control in picture.controls.items():
        if key not in (*SLOW.get(name, ()), *CHANCE.get(name, ())):
            stops = getattr(control, "stops", None) or control.options
            states = [{**picture.start, key: stop} for stop in stops]
            found += zip([(key, each) for each in stops], drawn.kinds(picture, states))
    return found


def changes(room):
    """Return the text of changes.txt: where a room's pictures draw what is new.

    From the start, each control goes from stop to stop: a text comes, a side changes.
    What only moves, or has more points, is not told.
    """
    told = []
    for name in PICTURES:
        if room_of(PICTURES[name]) == room:
            told.append(f"# {name}")
            for (place, before), ((key, stop), now) in pairwise(kinds_along(name)):
                if place[0] == key and now != before:
                    told.append(f"\n{key} {_stop(stop)}")
                    told += [f"    - {kind}" for kind in (before - now).elements()]
                    told += [f"    + {kind}" for kind in (now - before).elements()]
    return "\n".join(told) + "\n"


def questions(room):
    """Return the text of asks.txt: what is asked in a room, and what is replied.

    First its predictions, then what its pictures ask at each stop, the others at start.
    """
    told = [f"# {name}\n{_asked(one)}\n" for name, one in asked(room).items()]
    for name in PICTURES:
        if room_of(PICTURES[name]) != room:
            continue
        picture = made(name)
        for key, control in picture.controls.items():
            for stop in getattr(control, "stops", None) or control.options:
                if one := picture.asks(**{**picture.start, key: stop}):
                    told.append(f"# {name}, {key} {_stop(stop)}\n{_asked(one)}\n")
    return "\n".join(told)


def _asked(one):
    if "choices" in one:
        choices = one["choices"]
        replies = [f"{each['text']}: {each['reply']}" for each in choices]
        marks = ["+" if each.get("right") else "-" for each in choices]
        return "\n".join([one["question"], *map(" ".join, zip(marks, replies))])
    near = f"{_stop(one['answer'])} ± {tolerance(one):g}"
    replies = [f"- {_stop(each['value'])}: {each['reply']}" for each in one["wrong"]]
    last = f"- else: {one['first_step']}"
    return "\n".join([one["question"], f"+ {near}: {one['right']}", *replies, last])


def _stop(stop):
    return f"{stop:.6g}" if isinstance(stop, float) else f"{stop}"


def wanted(name):
    """Return the values to hold: the start, the named states, those listed."""
    picture = made(name)
    states = [{}, *picture.states.values(), *(s["values"] for s in stored(name))]
    full = [{**picture.start, **values} for values in states]
    return [values for i, values in enumerate(full) if values not in full[:i]]


def heading(name, values):
    """Return how drawn.txt names a state: picture, what it is drawn for, the rest."""
    anew = {key: values[key] for key in made(name).redraw}
    rest = {key: value for key, value in values.items() if key not in anew}
    return name, _listed(anew), _listed(rest)


def draws(name):
    """Return what a picture draws at each state that is held, by its heading."""
    # Those together that are drawn for the same.
    states = sorted(wanted(name), key=lambda values: heading(name, values)[1])
    headings = [heading(name, values) for values in states]
    return dict(zip(headings, drawn.drawn(made(name), states)))


# What is held of all stops, by the file that holds it.
ALONG = {
    "sentences.txt": sentences,
    "together.txt": together,
    "typed.txt": typed,
    "changes.txt": changes,
    "asks.txt": questions,
}


def along(room, file):
    """Return what is held of all stops of a room's pictures, or ""."""
    path = STAGES / room / file
    return path.read_text(encoding="utf-8") if path.exists() else ""


def accept(*rooms):
    """Write the words, drawings and verdicts of today for these rooms, or for all."""
    accept_pictures(rooms)
    accept_verdicts(rooms)
    accept_slips()


def accept_verdicts(rooms):
    """Write what the checks say of each answer in the bank."""
    from bank import held, said, tried

    # A wrong answer may overflow.
    warnings.simplefilter("ignore", RuntimeWarning)
    for room in filter(exercises, rooms or ROOMS):
        path, _ = held(room)
        texts = [*map(_list, *zip(*said(room).items()))]
        inputs = [*map(_list, *zip(*tried(room).items()))]
        text = "\n".join([*texts, "[tried]", *inputs])
        path.write_text(text, encoding="utf-8")


def accept_slips():
    """Write what is no room's own: see above."""
    from led import LED, said_in
    from slips import said_of_slips
    from small_edits import all_edits
    from test_network import messages
    from test_widgets import all_widgets

    warnings.simplefilter("ignore", RuntimeWarning)
    rooms = dict.fromkeys(each.room for each in LED)
    with redirect_stdout(StringIO()):  # some answers print
        led = [_list(room, said_in(room)) for room in rooms]
    slips = [
        "\n".join([f"[{name}]", *_table(texts), ""])
        for name, texts in said_of_slips().items()
    ]
    (TESTS / "led.toml").write_text("\n".join(led), encoding="utf-8")
    (TESTS / "slips.toml").write_text("\n".join(slips), encoding="utf-8")
    (TESTS / "edits.txt").write_text(all_edits(), encoding="utf-8")
    errors = "".join(f"{message}\n" for message in messages())
    (TESTS / "errors.txt").write_text(errors, encoding="utf-8")
    (TESTS / "widgets.txt").write_text(all_widgets(), encoding="utf-8")


def _list(name, texts):
    return "\n".join([f"{name} = [", *(f"    {_toml(each)}," for each in texts), "]\n"])


def accept_pictures(rooms):
    """Write what the pictures say and draw."""
    files, drawings = {}, {}
    for name, kind in PICTURES.items():
        if rooms and room_of(kind) not in rooms:
            continue
        tables = files.setdefault(path_of(name), [])
        tables.append("\n".join(["[[picture]]", *_table(hand(name)), ""]))
        for values in wanted(name):
            words = made(name).words(**values)
            tables.append(
                f'[[state]]\npicture = "{name}"\n'
                f"values = {_toml(values)}\n"
                f"words = {_toml(words)}\n"
            )
        drawings.setdefault(path_of(name, "drawn.txt"), {}).update(draws(name))
    for room in rooms or ROOMS:
        for file, text in ALONG.items():
            if text(room):
                (STAGES / room / file).write_text(text(room), encoding="utf-8")
    for path, states in files.items():
        path.write_text("\n".join(states), encoding="utf-8")
    for path, states in drawings.items():
        drawn.write(path, states)


def _table(values, above=""):
    """Yield the lines of a table; what is in a dict of its own has one line each."""
    for key, value in values.items():
        if isinstance(value, dict) and key != "start" and not above:
            yield from _table(value, f"{key}.")
        else:
            yield f"{above}{_key(key)} = {_toml(value)}"


def _listed(values):
    return ", ".join(f"{_key(key)} = {_toml(value)}" for key, value in values.items())


def _key(name):
    return name if re.fullmatch(r"\w+", name, re.ASCII) else json.dumps(name)


def _toml(value):
    if isinstance(value, str):
        lines = [json.dumps(line, ensure_ascii=False) for line in value.split("\n")]
        if len(lines) == 1:
            return lines[0]
        return '"""\n' + "\n".join(line[1:-1] for line in lines) + '"""'
    if isinstance(value, dict):
        return f"{{ {_listed(value)} }}" if value else "{}"
    return repr(value)


if __name__ == "__main__":
    accept(*sys.argv[1:])
