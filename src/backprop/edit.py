"""A mistake is an edit of a right text: what is shown, said and run is one thing."""

import inspect
import textwrap


def edited(text, *edits):
    """Return a text after the edits, one after the other, each {old: new}.

    Raises ValueError where a text to replace isn't there.
    """
    for edit in edits:
        for old, new in edit.items():
            if old not in text:
                raise ValueError(f"edits: got {old!r}; needs what stands in the text")
            text = text.replace(old, new)
    return text


def source(reference):
    """Return the text of a function."""
    return textwrap.dedent(inspect.getsource(reference))


def function(reference, *edits):
    """Return a function that differs from the reference by edits of its source."""
    text = edited(source(reference), *edits)
    space = dict(reference.__globals__)
    exec(compile(text, f"<{reference.__name__}, edited>", "exec"), space)
    return space[reference.__name__]
