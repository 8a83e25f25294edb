"""A picture and its controls, live in the notebook."""

import base64
import json
from contextlib import contextmanager
from html import escape
from urllib.parse import quote
from zlib import crc32

import ipywidgets

from backprop.accelerator import Accelerator
from backprop.frame import Screen
from backprop.panel import Panel
from backprop.picture import Choice, Knob
from backprop.prediction import CHOICE_STYLE, NumberRow
from backprop.question import answer
from backprop.session import ONE_AT_A_TIME

BOX = "9em"
ALL_FOUND = "Every number is found."
MOST_ROWS = 3  # of controls; with more, two stand in a row, where there is room
GRID = {
    "display": "grid",
    "grid_template_columns": "repeat(auto-fit, minmax(min(100%, 30em), 1fr))",
}
ROW = {"flex_flow": "row wrap", "align_items": "center"}
# The option that is chosen has a bar below it, since a projector may lose its grey.
LIVE_STYLE = """<style>
.backprop-live figure {margin: 0}
.backprop-live .backprop-picture, .backprop-live figure > div {display: grid}
.backprop-live .backprop-picture > *, .backprop-live svg {grid-area: 1 / 1}
.backprop-live svg {max-width: 100%; height: auto}
.backprop-live figcaption {font-size: 17px; line-height: 1.4; max-width: 50em;
min-height: 4.2em}
.backprop-live .widget-toggle-buttons {display: flex; flex-wrap: wrap}
.backprop-live .widget-toggle-buttons .widget-label {flex: none}
.backprop-live .widget-text {height: auto; max-width: calc(100% - 4px)}
.backprop-live .widget-text .widget-label {flex-shrink: 1; min-width: min-content;
height: auto; line-height: 1.4; white-space: normal}
.backprop-live .widget-text input[type=text] {flex: 1 1 5em; width: 5em}
.backprop-live .noUi-target, .backprop-live .noUi-target * {touch-action: pan-y}
.backprop-grid .widget-slider {flex-basis: 6em !important}
.backprop-live .mod-active {box-shadow: inset 0 -3px currentColor}
.backprop-said {position: absolute; width: 1px; height: 1px; overflow: hidden;
clip-path: inset(50%); white-space: nowrap}
</style>"""


def live(picture, ask=False, **start):
    """Return a picture under live controls, with its words below it.

    picture: a Picture. ask: whether the number that comes next is to be typed first; a
    right one moves the picture on to it, a wrong one is told why. start: for each
    control to be shown, its start value. A control that is left out stays at the
    picture's own start and is not shown.
    Raises ValueError for a name or a value that the picture doesn't have, and if it has
    no number to ask for.
    """
    return Asking(picture, **start) if ask else Live(picture, **start)


class Live(Panel):
    """The widget that `live` returns; `set` moves it from code."""

    def __init__(self, picture, **start):
        start = picture.check(**start)
        self._start = {**picture.start, **start}
        self.values = dict(self._start)
        self._screen = Screen(picture)
        self.picture = self._screen.picture
        self._setting = False
        self._show = {}
        self._boxes = {}
        self._clocks = []
        self._shown = list(start)
        # Which number a text in the page stands for.
        self._stops = {
            name: {knob.write(stop): stop for stop in knob.stops}
            for name, knob in self.picture.controls.items()
            if isinstance(knob, Knob)
        }
        self._accelerator = Accelerator(self._frame_of, self._send_frame)
        # The still part lies under the figure, and is sent only when it changes.
        self._still = ipywidgets.HTML()
        self._figure = Latest(self._html)
        self._message = ipywidgets.HTML()
        self._figure.value, _, self._still.value = self._html()
        parts = {"figure": self._figure, "still": self._still, "controls": []}
        rows = [self._row(name, parts["controls"]) for name in start]
        buttons = self._buttons(parts)
        style = ipywidgets.HTML(LIVE_STYLE, layout={"display": "none"})
        picture = ipywidgets.Box([self._still, self._figure])
        picture.add_class("backprop-picture")
        hidden = self._accelerator.join(**parts)
        if len(rows) > MOST_ROWS:
            rows = [ipywidgets.Box(rows, layout=GRID)]
            rows[0].add_class("backprop-grid")
        super().__init__([buttons, style, *rows, picture, hidden])
        self.add_class("backprop-live")
        self._view_count = 0  # from now on the page says how often it is shown
        self.observe(self._seen, "_view_count")

    def _seen(self, change):
        """Stop what plays where nobody looks: its cell was deleted."""
        if not change["new"]:
            self._stop()

    def close(self):
        """Close it with its controls; what Python still holds of it is small."""
        with ONE_AT_A_TIME:
            if self.comm:
                self._stop()  # the page's clock would tick on
                super().close()
                self._screen = self.picture = None
                self._still.value = self._figure.value = ""

    def set(self, **values):
        """Move to these values, as the controls do; an error is shown, not raised.

        RuntimeError, if the widget is closed: its cell ran again, and made another.
        """
        if not self.comm:
            raise RuntimeError("closed: its cell ran again, and made another")
        with ONE_AT_A_TIME:
            values = {**self.values, **values}
            try:
                values.update(self.picture.check(**values))
                self._show_frame(values)
            except Exception as error:  # else it would vanish: nobody sees a callback's
                self._say(str(error) if isinstance(error, ValueError) else repr(error))
                self._tell()
                return
            self.values = values
            with self._quietly():
                for name, show in self._show.items():
                    show(values[name])
            self._tell()
            self._say("")

    def _tell(self):
        """Tell the page where the kernel is, and what stands in its boxes."""
        boxes = (self._boxes.get(name) for name in self._shown)
        texts = [box.value if box else None for box in boxes]
        self._accelerator.say({**self._at(self.values), "texts": texts})

    def _show_frame(self, values):
        """Show the picture and its words, unless the page does so itself."""
        if self._accelerator.knows(self._key(values)):
            self._figure.is_late = True
        else:
            moving, whole, below = self._html(values)
            # A new still part comes with what moves on it, in one message, and then
            # lies under it as well.
            self._send_figure(moving if below == self._still.value else whole)
            self._still.value = below

    def _send_frame(self):
        """Send the present frame, whole, to a page that doesn't have it."""
        with ONE_AT_A_TIME:
            if self.comm:
                self._send_figure(self._html()[1])

    def _send_figure(self, html):
        same = html == self._figure.value
        self._figure.is_late = False
        self._figure.value = html
        if same:  # the page may show another by now
            self._figure.send_state("value")

    def _html(self, values=None):
        """Return the HTML of a frame: what moves, the whole, and what lies below."""
        values = self.values if values is None else values
        words = escape(self.picture.words(**values))
        still, moving = self._screen.frame(**values)
        at = {**self._at(values), "still": crc32(still.encode())}

        def figure(svg, **also):
            return (
                f'<figure data-at="{_packed({**at, **also})}">'
                f'<div role="img" aria-label="{words}">{svg}</div>'
                f'<figcaption aria-hidden="true">{words}</figcaption></figure>'
            )

        below = f'<div data-at="{_packed({"still": at["still"]})}">{still}</div>'
        return figure(moving), figure(still + moving, whole=True), below

    def _at(self, values):
        """Return where the controls stand, in the page's words.

        key: the texts of the numbers, and the options. places: among the stops; that
        of a number between two stops is a fraction.
        """
        places = []
        for name in self._shown:
            control, value = self.picture.controls[name], values[name]
            if isinstance(control, Choice):
                places.append(control.options.index(value))
            else:
                places.append(control.place(value))
        return {"key": self._key(values), "places": places}

    def _key(self, values):
        controls = ((self.picture.controls[name], values[name]) for name in self._shown)
        return tuple(
            value if isinstance(control, Choice) else control.write(value)
            for control, value in controls
        )

    def _frame_of(self, key):
        """Return the HTML of the frame at a key, and of what lies below it."""
        with ONE_AT_A_TIME:
            moved = {
                name: self._stops[name][text] if name in self._stops else text
                for name, text in zip(self._shown, key, strict=True)
            }
            moving, _, below = self._html(
                {**self._start, **self.picture.check(**moved)}
            )
            return moving, below

    def _say(self, message):
        # A message that says the same must not be sent twice: it would be re-read.
        html = (
            f'<b role="alert" style="margin-left:1em">{escape(message)}</b>'
            if message
            else ""
        )
        if self._message.value != html:
            self._message.value = html

    @contextmanager
    def _quietly(self):
        """Keep the controls' own changes from moving the picture again."""
        self._setting = True
        try:
            yield
        finally:
            self._setting = False

    def _follow(self, control, name, read):
        def changed(change):
            with ONE_AT_A_TIME:
                if self._setting:
                    return
                try:
                    value = read(change["new"])
                except ValueError as error:  # it stays in the box, to be mended
                    self._say(f"{self.picture.controls[name].label}: {error}")
                    self._tell()
                else:
                    self.set(**{name: value})

        control.observe(changed, "value")
        return control

    def _row(self, name, parts):
        """Return the row of a control; add to `parts` what the page needs of it."""
        control = self.picture.controls[name]
        if isinstance(control, Choice):
            row = self._choice_row(name, control)
            parts.append(
                {"label": control.label, "texts": control.options, "choice": row}
            )
            row.add_class("backprop-row")
            return row
        label = {"description_width": f"{_label_width(self.picture)}ch"}
        box = ipywidgets.Text(
            control.write(self.values[name]),
            description=control.label,
            tooltip=control.label,  # without one the browser shows "null"
            continuous_update=False,
            style=label,
            layout={"width": f"calc({_label_width(self.picture)}ch + {BOX})"},
        )
        slider = ipywidgets.IntSlider(
            control.nearest(self.values[name]),
            min=0,
            max=len(control.stops) - 1,
            readout=False,
            layout={"flex": "1 1 12em", "max_width": "30em"},
        )
        self._boxes[name] = box
        self._follow(box, name, control.read)
        self._follow(slider, name, lambda index: control.stops[index])
        plays = self._play(name, control) if control.play else []

        def show(value):
            # What was typed stays as it was typed: the next may be half there already.
            if not control.means(box.value, value):
                box.value = control.write(value)
            for part in (slider, *plays[1:]):
                part.value = control.nearest(value)

        self._show[name] = show
        parts.append(
            {
                "label": control.label,
                "texts": list(self._stops[name]),
                "box": box,
                "slider": slider,
                "clock": plays[1] if plays else None,
            }
        )
        row = ipywidgets.HBox([box, slider, *plays], layout=ROW)
        row.add_class("backprop-row")
        return row

    def _play(self, name, control):
        """Return a button, and the clock that it starts and stops.

        The clock's own buttons have no names that a screen reader could say.
        """
        clock = ipywidgets.Play(
            control.nearest(self.values[name]),
            min=0,
            max=len(control.stops) - 1,
            interval=250,
            layout={"display": "none"},
        )
        button = ipywidgets.Button(layout={"width": "6em"})

        def name_it(change=None):
            button.description = "Pause" if clock.playing else "Play"
            button.icon = button.description.lower()

        def read(index):
            # A tick may still be under way when the clock was stopped.
            return control.stops[index] if clock.playing else self.values[name]

        name_it()
        clock.observe(name_it, "playing")
        self._follow(clock, name, read)
        button.on_click(lambda _: setattr(clock, "playing", not clock.playing))
        self._clocks.append(clock)
        return [button, clock]

    def _choice_row(self, name, control):
        choice = ipywidgets.ToggleButtons(
            options=control.options,
            value=self.values[name],
            description=control.label,
            tooltip=control.label,
            style={
                "description_width": f"{_label_width(self.picture)}ch",
                "button_width": "auto",
            },
        )
        self._show[name] = lambda value: setattr(choice, "value", value)
        return self._follow(choice, name, str)

    def _buttons(self, parts):
        """Return the row of named states that these controls can reach, then Reset."""
        states = {
            name: values
            for name, values in self.picture.states.items()
            if set(values) <= set(self._shown)
        }
        states["Reset"] = {name: self._start[name] for name in self._shown}
        buttons = []
        for name, values in states.items():
            button = ipywidgets.Button(description=name, layout={"width": "auto"})
            button.on_click(lambda _, values=values: self._jump(values))
            buttons.append(button)
        # Where each of them leads: a control that it doesn't name stays where it is.
        parts["buttons"] = [
            [
                self._key({**self._start, **values})[i] if name in values else None
                for i, name in enumerate(self._shown)
            ]
            for values in states.values()
        ]
        # A message stands beside the buttons: below, it would push the picture down.
        row = ipywidgets.HBox([*buttons, self._message], layout=ROW)
        row.add_class("backprop-states")
        return row

    def _jump(self, values):
        self._stop()
        self.set(**values)

    def _stop(self):
        for clock in self._clocks:
            clock.playing = False

    def _repr_mimebundle_(self, **kwargs):
        """Add a still picture and its words, for wherever nothing runs."""
        bundle = super()._repr_mimebundle_(**kwargs)
        png = self._screen.png(**self.values)
        bundle["image/png"] = base64.b64encode(png).decode()
        bundle["text/plain"] = self.picture.words(**self.values)
        return bundle


class Asking(Live):
    """The widget that `live` returns with `ask`: over the picture a box for a number.

    The controls go on working, back and ahead: whoever moves ahead sees the number.
    """

    def __init__(self, picture, **start):
        if not picture.asks(**{**picture.start, **picture.check(**start)}):
            kind = type(picture).__name__
            raise ValueError(f"ask: got True; {kind} has no number to ask for here")
        super().__init__(picture, **start)
        self._question = ipywidgets.HTML()
        self._number = NumberRow(self._reply)
        asked = ipywidgets.VBox([self._question, self._number])
        asked.add_class("backprop-prediction")
        *above, below, hidden = self.children
        self.children = [*above, asked, below, hidden]
        self._ask()

    def set(self, **values):
        """Move to these values, as the controls do, and ask for the number next."""
        before = dict(self.values)
        super().set(**values)
        if self.values != before:
            self._ask()

    def _ask(self):
        asked = self.picture.asks(**self.values)
        text = asked["question"] if asked else ALL_FOUND
        self._question.value = f"{CHOICE_STYLE}<p>{escape(text)}</p>"
        self._number.ask_anew(bool(asked))

    def _reply(self, typed):
        asked = self.picture.asks(**self.values)
        if not asked:  # the page didn't know yet
            return ALL_FOUND
        right, reply = answer(asked, typed)
        if right:
            self._jump(asked["next"])
        return reply


class Latest(ipywidgets.HTML):
    """HTML that is made anew for a page which opens, where the value is late.

    make: a function that returns what moves, and the whole.
    """

    def __init__(self, make):
        self._make, self.is_late = make, False
        super().__init__()

    def get_state(self, *args, **kwargs):
        """Return what a page gets to know of the widget."""
        state = super().get_state(*args, **kwargs)
        if self.is_late and "value" in state:
            with ONE_AT_A_TIME:
                state["value"] = self._make()[1]
        return state


def _packed(at):
    """Return what a page reads of a frame, as the text of an attribute."""
    return quote(json.dumps(at, separators=(",", ":")))


def _label_width(picture):
    return max(len(control.label) for control in picture.controls.values()) + 1
