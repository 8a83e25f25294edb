"""How `jupyter nbconvert` writes a live picture: as it stands, with its words below it.

A widget in a page needs a kernel, or at least a network. `make` puts this file into
.venv/etc/jupyter, where nbconvert finds it.
"""

import re
from html import escape

from nbconvert.preprocessors import Preprocessor

VIEW = "application/vnd.jupyter.widget-view+json"
# What Python shows of a widget or figure that has no words of its own.
REPR = re.compile(r"\w+\(|<")


class StillPictures(Preprocessor):
    """Shows what a widget of the course says of itself in place of the widget."""

    def preprocess_cell(self, cell, resources, index):
        """Return the cell with its pictures still, and a question as text."""
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            words = data.get("text/plain", "<")
            if REPR.match(words):
                continue
            data.pop(VIEW, None)
            if "image/png" in data:
                words, png = escape(words), data["image/png"]
                data["text/html"] = (
                    f'<figure><img alt="{words}" src="data:image/png;base64,{png}">'
                    f'<figcaption aria-hidden="true">{words}</figcaption></figure>'
                )
        return cell, resources


c = get_config()  # noqa: F821
c.Exporter.preprocessors = [StillPictures]
