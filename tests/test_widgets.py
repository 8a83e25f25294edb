"""What the course's widgets are made of, part by part: `widgets.txt` holds it.

`python tools/words.py` accepts what they are made of today.
"""

import re
from pathlib import Path
from urllib.parse import unquote

import ipywidgets
from test_live import ASKED, Marker
from test_question import MADE

from backprop.live import LIVE_STYLE, live
from backprop.picture import Choice, Knob
from backprop.prediction import CHOICE_STYLE, Prediction, TypedPrediction
from backprop.stages.start_here import check_setup

LEFT_OUT = re.compile(r"_(?!dom_classes)|children$|layout$|style$|parts$|tabbable$")


class Wide(Marker):
    """A marker with more controls than stand one below the other."""

    controls = {
        **Marker.controls,
        "first": Knob("the longest of all labels", (0, 0.5, 1)),
        "second": Choice("2nd", ("a b", "c")),
    }
    start = {**Marker.start, "first": 0.5, "second": "c"}

    def draw(self, figure, first, second, **values):
        return super().draw(figure, **values)

    def move(self, first, second, **values):
        super().move(**values)

    def words(self, first, second, **values):
        return f"{super().words(**values)} {first} {second}"

    def asks(self, first, **values):
        if first == 1:
            return None
        after = {"first": 1 if first else 0.5}
        return {**MADE, "question": f"At {first} < 1?", "tolerance": 1, "next": after}


def made():
    """Yield the name of each widget, and the widget."""
    yield "live", live(Marker(), size=42, height=2, colour="blue")
    yield "live, one control", live(Marker(), height=1)
    yield "live, in a grid", live(Wide(), **Wide.start)
    yield "live, with ask", live(Wide(), ask=True, first=0)
    yield "predict, with choices", Prediction(ASKED)
    answered = Prediction(ASKED)
    answered._buttons[1].click()
    yield "predict, a choice is made", answered
    asked = {**MADE, "lead": "Predict.", "question": "a < b?"}
    yield "predict, with a number", TypedPrediction(asked)
    yield "check_setup", check_setup()


def all_widgets():
    """Return what all of them are made of, as text."""
    blocks = []
    for name, widget in made():
        bundle = widget._repr_mimebundle_()
        rows = [name, *_rows(widget, "    ")]
        rows += [f"    | {line}" for line in bundle["text/plain"].splitlines()]
        blocks.append("\n".join(rows) + "\n")
        widget.close()
    return "\n".join(
        [*blocks, "LIVE_STYLE", LIVE_STYLE, "", "CHOICE_STYLE", CHOICE_STYLE]
    )


def _rows(widget, indent):
    """Yield a row for each part: its kind, and what is not as it is by itself."""
    kind = next(
        each for each in type(widget).mro() if "ipywidgets.widgets" in each.__module__
    )
    plain = {} if kind is ipywidgets.DOMWidget else kind().get_state()
    state = {
        name: value
        for name, value in widget.get_state().items()
        if not LEFT_OUT.match(name) and (name not in plain or plain[name] != value)
    }
    for part in ("layout", "style"):
        given = getattr(widget, part, None)
        usual = getattr(kind(), part).get_state() if plain and given else {}
        for name, value in given.get_state().items() if given else ():
            if not name.startswith("_") and usual.get(name) != value:
                state[f"{part}.{name}"] = value
    if hasattr(widget, "parts"):
        state["parts"] = _named(widget.parts)
    html = state.pop("value", "") if isinstance(widget, ipywidgets.HTML) else ""
    told = ", ".join(f"{name} {value!r}" for name, value in sorted(state.items()))
    yield f"{indent}{type(widget).__name__} {told}".rstrip()
    for line in _readable(html).splitlines():
        yield f"{indent}    {line}"
    for child in getattr(widget, "children", ()):
        yield from _rows(child, indent + "    ")


def _named(value):
    """Return the parts that the page is told of, each widget by its name."""
    if isinstance(value, dict):
        return {name: _named(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_named(each) for each in value]
    if isinstance(value, ipywidgets.Widget):
        name = getattr(value, "description", "")
        return f"{type(value).__name__} {name}".strip()
    return value


def _readable(html):
    """Return HTML without its drawings; where the controls stand, in plain text."""
    html = re.sub("<svg.*?</svg>", "<svg>", html, flags=re.DOTALL)
    html = html.replace(LIVE_STYLE, "<LIVE_STYLE>").replace(
        CHOICE_STYLE, "<CHOICE_STYLE>"
    )
    html = re.sub('(?<=data-at=")[^"]*', lambda found: unquote(found[0]), html)
    return re.sub(r'"still":\d+', '"still":…', html)


def test_each_widget_is_made_of_what_is_held():
    held = Path(__file__).with_name("widgets.txt").read_text(encoding="utf-8")
    assert all_widgets().splitlines() == held.splitlines()
