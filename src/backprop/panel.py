"""A box of widgets that goes when its cell runs again: what the course's widgets are.

Python keeps each widget as long as the kernel runs, the page keeps its model, and
JupyterLab saves it with the notebook: a cell that ran thirty times would have thirty.
"""

from itertools import chain

import ipywidgets
from IPython import get_ipython

# By cell: its executions, oldest first; of each the panels that it made or showed.
_executions = {}
_now = []  # of the cell that is running


class Panel(ipywidgets.VBox):
    """A column of widgets that live until no cell shows them any more.

    What a cell makes or shows replaces what it made or showed when it ran before, but
    for what another cell still shows.
    """

    def __init__(self, children):
        super().__init__(children)
        _belongs_to_this_cell(self)

    def _repr_mimebundle_(self, **kwargs):
        _belongs_to_this_cell(self)
        return super()._repr_mimebundle_(**kwargs)

    def close(self):
        """Close it with all that is in it, in Python, in the page and in the file."""
        parts = _with_parts(self) if self.comm else []
        super().close()  # first, so that it goes from the page as a whole
        for part in parts[1:]:
            part.close()


def _with_parts(widget):
    """Return a widget, its layout and style, and all of its children's."""
    parts = [widget, widget.layout, *filter(None, [getattr(widget, "style", None)])]
    for child in getattr(widget, "children", ()):
        parts += _with_parts(child)
    return parts


def _belongs_to_this_cell(panel):
    shell = get_ipython()
    if shell:
        shell.events.register("pre_run_cell", _begin)  # once, however often it is asked
        shell.events.register("post_run_cell", _end)
        _now.append(panel)


def _begin(info):
    """Forget what was made between the cells, such as by a button: it is no cell's."""
    _now.clear()


def _end(result):
    """Close what only earlier executions of the cell that has just run showed.

    JupyterLab says which cell it is. Elsewhere it is known by its text alone; there the
    last two executions stay, since two cells may have the same text.
    """
    if result is None:  # stopped before it began
        return
    cell, stay = result.info.cell_id, 1
    if not cell:
        cell, stay = result.info.raw_cell, 2
    executions = _executions.setdefault(cell, [])
    executions.append(list(_now))
    earlier, executions[:] = executions[:-stay], executions[-stay:]
    shown = {panel for each in _executions.values() for panel in chain(*each)}
    for panel in dict.fromkeys(chain(*earlier)):
        if panel not in shown:
            panel.close()
