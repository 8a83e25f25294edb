"""A question to answer before the page does, in the notebook."""

from html import escape

import ipywidgets

from backprop.accelerator import in_the_page
from backprop.panel import Panel
from backprop.question import question

# Long answers wrap; stock buttons would cut them off.
CHOICE_STYLE = """<style>
.backprop-choices button {height: auto; white-space: normal; text-align: left;
font-size: 15px; line-height: 1.4; padding: 6px 12px; width: 100%; max-width: 48em}
.backprop-prediction p {font-size: 15px; line-height: 1.4; margin: 4px 0}
</style>"""


def predictor(package):
    """Return the `predict` of a stage, whose room is the package of this name."""

    def predict(name):
        """Return a question with choices to commit to; the reply comes after the click.

        name: the question's name in the stage's `questions.toml`. It locks nothing: you
        may choose again. ValueError says which names there are.
        """
        return Prediction(question(package, name))

    return predict


class Prediction(Panel):
    """The widget that `predict` returns."""

    def __init__(self, asked):
        self.asked = asked
        self._reply = ipywidgets.HTML()
        self._buttons = []
        for choice in asked["choices"]:
            button = ipywidgets.Button(description=choice["text"])
            button.on_click(lambda button, choice=choice: self._commit(button, choice))
            self._buttons.append(button)
        box = ipywidgets.VBox(self._buttons)
        box.add_class("backprop-choices")
        question = f"<p><b>{asked['lead']}</b> {escape(asked['question'])}</p>"
        text = ipywidgets.HTML(CHOICE_STYLE + question)
        super().__init__([text, box, self._reply, in_the_page()])
        self.add_class("backprop-prediction")

    def _commit(self, button, choice):
        for each in self._buttons:
            each.icon = "check" if each is button else ""
        self._reply.value = (
            f'<p role="status">You chose “{escape(choice["text"].rstrip("."))}”. '
            f"{escape(choice['reply'])}</p>"
        )

    def _repr_mimebundle_(self, **kwargs):
        """Add the question and its choices, for wherever nothing runs."""
        bundle = super()._repr_mimebundle_(**kwargs)
        lines = [f"{self.asked['lead']} {self.asked['question']}"]
        lines += [f"  ( ) {choice['text']}" for choice in self.asked["choices"]]
        bundle["text/plain"] = "\n".join(lines)
        return bundle
