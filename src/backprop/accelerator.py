"""What makes a live picture follow without waiting: an extra, never a need.

A live picture is made of stock widgets, and the kernel answers each of their moves. The
accelerator is a hidden widget beside them, whose code runs in the page. It asks for the
frames that the control in hand can reach, and shows a frame that it has at once. The
page owns what is shown; the kernel owns the values. Where the code can't run, nothing
is shown of it and nothing is missing.
"""

from pathlib import Path
from time import perf_counter, process_time

import ipywidgets
from traitlets import Any

try:
    from anywidget import AnyWidget
except ImportError:  # as in the browser edition
    AnyWidget = None

SLICE = 0.02  # seconds of frames for each request: a click waits no longer
MOST = 4096  # keys of frames that the page is thought to have

if AnyWidget:

    class InThePage(AnyWidget):
        """Code in the page. parts: of the live picture; None for keys alone."""

        _esm = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
        parts = Any().tag(sync=True, **ipywidgets.widget_serialization)


def in_the_page(**parts):
    """Return what runs in the page beside a widget, hidden; empty where nothing can."""
    return ipywidgets.Box(
        [InThePage(**parts)] if AnyWidget else [], layout={"display": "none"}
    )


class Accelerator:
    """Sends the page the frames that it asks for; knows which ones it has.

    frame: a function from a key, a text or option for each control, to the HTML of its
    frame and of what lies below it; it raises an error for what is no key. resend: a
    function that sends the present frame.
    """

    def __init__(self, frame, resend):
        self._frame, self._resend = frame, resend
        self._known = set()
        self._below = set()
        self.widgets = ()

    def join(self, **parts):
        """Return the hidden widget that goes beside these parts of a live picture."""
        hidden = in_the_page(parts=parts)
        self.widgets = hidden.children
        for widget in self.widgets:
            widget.on_msg(self._hear)
        return hidden

    def knows(self, key):
        """Return whether the page has the frame of this key, as far as is known."""
        return key in self._known

    def say(self, at):
        """Tell the page where the kernel is."""
        for widget in self.widgets:
            widget.send({"at": at})

    def _hear(self, widget, content, buffers):
        if "ready" in content:  # a page that has just opened, or has forgotten all
            self._known.clear()
            self._below.clear()
        elif "mark" in content:  # all that was said before it is answered by now
            widget.send(content)
        elif "need" in content:
            self._known.clear()
            self._resend()
        elif "want" in content:
            self._send(widget, map(tuple, content["want"]))

    def _send(self, widget, keys):
        """Send the first of these frames, as many as a slice of time allows.

        With each goes what it took of the processor, and with all of them whether they
        had to wait for it: others need it too.
        """
        # Not thread_time: Python in a browser has none.
        begin, worked = perf_counter(), process_time()
        frames, stills = [], []
        for key in keys:
            if perf_counter() - begin > SLICE:
                break
            last = process_time()
            try:
                html, below = self._frame(key)
            except Exception:  # it is said when someone moves there
                break
            if hash(below) not in self._below:
                stills.append(below)
                self._below.add(hash(below))
            frames.append({"html": html, "ms": (process_time() - last) * 1e3})
            self._know(key)
        took, worked = perf_counter() - begin, process_time() - worked
        busy = took > 2 * worked + SLICE
        widget.send({"frames": frames, "stills": stills, "busy": busy})

    def _know(self, key):
        if len(self._known) >= MOST:
            self._known.clear()
        self._known.add(key)
