"""Stage 00: can the course run here? The packages, and a button to press."""

from html import escape
from importlib import metadata

import ipywidgets
from packaging.requirements import Requirement

from backprop.accelerator import in_the_page
from backprop.panel import Panel
from backprop.prediction import CHOICE_STYLE


def check_setup():
    """Return a widget that says whether the course can run here, and what to do."""
    return SetupCheck()


class SetupCheck(Panel):
    """The widget that `check_setup` returns: the packages, and a button to press."""

    def __init__(self):
        needs = [Requirement(need) for need in metadata.requires("backprop-course")]
        self.faults = [fault for need in needs if (fault := _fault(need))]
        self._answer = ipywidgets.HTML("The answer appears here.")
        button = ipywidgets.Button(description="Press me")
        button.on_click(self._pressed)
        self.add_class("backprop-prediction")
        packages = "<br>".join(map(escape, self._said())) + CHOICE_STYLE
        row = ipywidgets.HBox([button, self._answer], layout={"align_items": "center"})
        super().__init__([ipywidgets.HTML(f"<p>{packages}</p>"), row, in_the_page()])

    def _said(self):
        if not self.faults:
            return ["All packages are new enough."]
        return [
            *self.faults,
            "In a terminal, in the folder of the course: pip install -r "
            "requirements.txt. Then choose Kernel → Restart Kernel, and run this "
            "cell again.",
        ]

    def _pressed(self, button):
        self._answer.value = (
            '<span role="status">It works: your click went to Python, and this answer '
            "came back.</span>"
        )

    def _repr_mimebundle_(self, **kwargs):
        """Say what to do where the button itself does not appear."""
        bundle = super()._repr_mimebundle_(**kwargs)
        bundle["text/plain"] = "\n".join(
            [
                *self._said(),
                "If you see this line and no button, nothing runs here yet. Run the",
                "cell (Shift + Enter). If that does not help, the page has no widgets:",
                "open the notebook in JupyterLab, with `make lab` or on Binder.",
            ]
        )
        return bundle


def _fault(need):
    """Say what is wrong with an installed package, if anything is."""
    if need.marker and not need.marker.evaluate():  # as in the browser edition
        return None
    try:
        version = metadata.version(need.name)
    except metadata.PackageNotFoundError:
        return f"{need.name} is not installed."
    if need.specifier.contains(version, prereleases=True):
        return None
    return f"{need.name} is {version}; the course needs {need.specifier}."
