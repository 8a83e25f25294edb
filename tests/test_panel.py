"""What a cell shows anew replaces what it showed before: in kernel, page and file."""

from asyncio import new_event_loop
from pathlib import Path

import ipywidgets
import nbformat
import numpy as np
import pytest
from course import PICTURES
from driven import Page
from nbformat.v4 import new_code_cell, new_notebook
from test_live import Marker, button, parts

from backprop import panel
from backprop.live import live
from backprop.stages.start_here import check_setup, predict
from backprop.stages.training_loop import Training

IMPORTS = f"""\
import sys
sys.path.append({str(Path(__file__).parent)!r})

from IPython.display import display
from ipywidgets.widgets.widget import _instances
from test_live import Marker
from backprop import panel
from backprop.stages.start_here import check_setup, live, predict

panel._executions.clear()
for each in list(_instances.values()):
    each.close()

def at(height):
    return live(Marker(), height=height)

def heights():
    shown = (each for each in _instances.values() if hasattr(each, "set"))
    return sorted(each.values["height"] for each in shown)
"""


class Session:
    """A kernel, and the notebook that a page would save."""

    def __init__(self, page, loop):
        self.page, self.loop = page, loop

    def run(self, **sources):
        """Run each source as the cell of its name; a new name is a new cell."""
        cells = self.page.nb.cells
        for name, source in sources.items():
            names = [cell.id for cell in cells]
            if name not in names:
                cells.append(new_code_cell(id=name))
            index = [*names, name].index(name)
            cell = cells[index]
            cell.source = source
            self.loop.run_until_complete(self.page.async_execute_cell(cell, index))
        return cell.outputs

    def value(self, expression):
        """Return the value of an expression in the kernel."""
        return eval(self.run(value=f"print({expression})")[0].text)

    def size(self):
        """Return the models in the kernel, those in the page, and the file's bytes."""
        in_the_kernel = self.value("len(_instances)")
        self.page.set_widgets_metadata()
        saved = nbformat.from_dict(self.page.nb)
        for cell in saved.cells:
            cell.execution_count = None
            for output in cell.outputs:
                output.pop("execution_count", None)
        return in_the_kernel, len(self.page.widget_state), len(nbformat.writes(saved))


@pytest.fixture(scope="module")
def kernel():
    """Give one kernel to all tests, since it takes a while to start."""
    page, loop = (
        Page(new_notebook(), timeout=60, kernel_name="python3"),
        new_event_loop(),
    )
    started = page.async_setup_kernel()
    loop.run_until_complete(started.__aenter__())
    yield Session(page, loop)
    loop.run_until_complete(started.__aexit__(None, None, None))
    loop.close()


@pytest.fixture
def here(kernel):
    """Give a Session in which nothing was shown yet."""
    kernel.page.names_cells, kernel.page.allow_errors = True, False
    kernel.page.nb.cells = []
    kernel.run(imports=IMPORTS)
    return kernel


@pytest.mark.parametrize("names_cells, runs", [(True, 30), (False, 6)])
def test_many_runs_leave_what_two_left(here, names_cells, runs):
    here.page.names_cells = names_cells
    cells = {
        "one": "display(at(1))\nat(2)",
        "two": "display(check_setup())\npredict('exit')",
    }
    for _ in range(2):
        here.run(**cells)
    in_the_kernel, in_the_page, _ = after_two = here.size()
    assert in_the_kernel == in_the_page
    for _ in range(runs - 2):
        here.run(**cells)
    assert here.size() == after_two


def test_what_another_cell_shows_stays(here):
    here.run(made="w = at(1)", shown="w", other="at(2)")
    here.run(made="w = at(3)")
    assert here.value("heights()") == [1, 2, 3]
    here.run(shown="w")
    assert here.value("heights()") == [2, 3]
    here.run(too="w", shown="0", made="0")
    assert here.value("heights()") == [2, 3]
    here.page.allow_errors = True
    here.run(too="0", other="raise ValueError")
    assert here.value("heights()") == []


def test_a_picture_kept_and_shown_again_stays(here):
    for _ in range(3):
        here.run(kept="kept = globals().get('kept') or at(1)\nkept")
    assert here.value("heights()") == [1]
    assert here.value("kept.set(height=5) or heights()") == [5]


@pytest.mark.parametrize("names_cells", [True, False])
def test_two_cells_of_the_same_text_both_stay(here, names_cells):
    here.page.names_cells = names_cells
    here.run(first="at(1)", second="at(1)")
    assert here.value("heights()") == [1, 1]


def test_what_is_made_between_two_cells_belongs_to_none(here):
    here.run(later="import asyncio; asyncio.get_event_loop().call_soon(at, 1)")
    here.run(other="at(2)")
    here.run(other="at(3)")
    assert here.value("heights()") == [1, 3]


# -- in process: what closing does


def test_a_cell_that_was_stopped_before_it_began_closes_nothing():
    widget = live(Marker(), **Marker.start)
    panel._end(None)
    widget.set(size=1)


def models():
    return set(ipywidgets.widgets.widget._instances)


@pytest.mark.parametrize(
    "make",
    [lambda: live(Marker(), **Marker.start), lambda: predict("exit"), check_setup],
)
def test_closing_leaves_no_model(make):
    before = models()
    panel = make()
    assert len(models() - before) > 9
    panel.close()
    assert models() == before
    panel.close()


def test_a_closed_picture_holds_no_figure_plays_no_more_and_says_so():
    widget = live(Marker(), **Marker.start)
    (clock,) = parts(widget, ipywidgets.Play)
    button(widget, "Play").click()
    stopped = []
    clock.observe(lambda change: stopped.append(clock.comm is not None), "playing")
    widget.close()
    assert stopped == [True]  # while the page still heard of it
    assert not any("<svg" in html.value for html in parts(widget, ipywidgets.HTML))
    assert widget.picture is None is widget._screen
    with pytest.raises(RuntimeError, match="closed: its cell ran again"):
        widget.set(size=1)


def test_a_picture_that_nobody_sees_any_more_stops_playing():
    widget = live(Marker(), **Marker.start)
    (clock,) = parts(widget, ipywidgets.Play)
    assert widget._view_count == 0  # None would ask no page to count
    widget.set_state({"_view_count": 1})  # as a page does
    button(widget, "Play").click()
    widget.set_state({"_view_count": 2})
    widget.set_state({"_view_count": 1})
    assert clock.playing
    widget.set_state({"_view_count": 0})
    assert not clock.playing


def test_what_is_trained_is_shared():
    first, second = Training(), Training()
    for rate in (1, 37):
        weights = (each.trained.history(rate).network[0].W for each in (first, second))
        assert np.shares_memory(*weights)


@pytest.mark.parametrize("kind", PICTURES.values(), ids=PICTURES)
def test_a_picture_holds_little_of_its_own(kind):
    arrays = [part for part in vars(kind()).values() if isinstance(part, np.ndarray)]
    assert sum(array.nbytes for array in arrays) < 100_000
