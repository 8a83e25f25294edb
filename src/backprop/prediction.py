"""A question to answer before the page does, in the notebook."""

from html import escape

import ipywidgets

from backprop import number
from backprop.accelerator import in_the_page
from backprop.panel import Panel
from backprop.question import answer, question

# Long answers wrap; stock buttons would cut them off.
CHOICE_STYLE = """<style>
.backprop-choices button {height: auto; white-space: normal; text-align: left;
font-size: 15px; line-height: 1.4; padding: 6px 12px; width: 100%; max-width: 48em}
.backprop-prediction p {font-size: 15px; line-height: 1.4; margin: 4px 0}
</style>"""
LABEL = "Your number"


def predictor(package):
    """Return the `predict` of a stage, whose room is the package of this name."""

    def predict(name):
        """Return a question to commit to, by a choice or a number; then it replies.

        name: the question's name in the stage's `questions.toml`. It locks nothing: you
        may answer again. ValueError says which names there are.
        """
        asked = question(package, name)
        return Prediction(asked) if "choices" in asked else TypedPrediction(asked)

    return predict


class Asked(Panel):
    """A question and what it is answered with; without a kernel, its text.

    asked: of `question`. parts: widgets. lines: the answer, as text.
    """

    def __init__(self, asked, parts, lines):
        self.asked, self._lines = asked, lines
        text = f"<p><b>{asked['lead']}</b> {escape(asked['question'])}</p>"
        text = ipywidgets.HTML(CHOICE_STYLE + text)
        super().__init__([text, *parts, in_the_page()])
        self.add_class("backprop-prediction")

    def _repr_mimebundle_(self, **kwargs):
        """Add the question and its choices, for wherever nothing runs."""
        bundle = super()._repr_mimebundle_(**kwargs)
        lines = [f"{self.asked['lead']} {self.asked['question']}"]
        lines += [f"  ( ) {line}" for line in self._lines]
        bundle["text/plain"] = "\n".join(lines)
        return bundle


class Prediction(Asked):
    """The widget that `predict` returns for a question with choices."""

    def __init__(self, asked):
        self._reply = ipywidgets.HTML()
        self._buttons = []
        for choice in asked["choices"]:
            button = ipywidgets.Button(description=choice["text"])
            button.on_click(lambda button, choice=choice: self._commit(button, choice))
            self._buttons.append(button)
        box = ipywidgets.VBox(self._buttons)
        box.add_class("backprop-choices")
        lines = [choice["text"] for choice in asked["choices"]]
        super().__init__(asked, [box, self._reply], lines)

    def _commit(self, button, choice):
        for each in self._buttons:
            each.icon = "check" if each is button else ""
        self._reply.value = status(
            f"You chose “{choice['text'].rstrip('.')}”. {choice['reply']}"
        )


class TypedPrediction(Asked):
    """The widget that `predict` returns for a question whose answer is typed."""

    def __init__(self, asked):
        row = NumberRow(lambda value: answer(asked, value)[1])
        super().__init__(asked, [row], ["____"])


class NumberRow(ipywidgets.VBox):
    """A box for a number, a button that commits it, as Enter does, and the reply.

    reply: a function of the number. What is no number stays in the box, to be mended.
    """

    def __init__(self, reply):
        self._reply_to = reply
        self.box = ipywidgets.Text(
            description=LABEL,
            tooltip=LABEL,  # without one the browser shows "null"
            continuous_update=False,
            style={"description_width": "initial"},
            layout={"width": "16em"},
        )
        self.button = ipywidgets.Button(description="Check")
        self.button.layout = {"width": "auto", "flex": "none"}
        self.reply = ipywidgets.HTML()
        self.box.observe(lambda _: self._emptying or self._commit(), "value")
        self.button.on_click(lambda _: self._press())
        self._emptying = False
        row = {"flex_flow": "row wrap", "align_items": "center"}
        super().__init__(
            [ipywidgets.HBox([self.box, self.button], layout=row), self.reply]
        )

    def ask_anew(self, more=True):
        """Empty the box for another number; `more`: whether there is one to ask for."""
        self._emptying = True
        self.box.value, self._emptying = "", False
        self.reply.value = ""
        self.box.disabled = self.button.disabled = not more

    def _commit(self):
        text = self.box.value
        try:
            said = f"You typed {text.strip()}. {self._reply_to(number.read(text))}"
        except ValueError as error:
            self.reply.value = f'<p role="alert">{LABEL}: {escape(str(error))}</p>'
        else:
            self.reply.value = status(said)

    def _press(self):
        # The click that leaves the box commits it as well: what was said then stays.
        if not self.reply.value:
            self.reply.value = status("Type a number first.")


def status(text):
    """Return the HTML of a reply, which a screen reader says at once."""
    return f'<p role="status">{escape(text)}</p>'
