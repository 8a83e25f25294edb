"""A room for each stage: its pictures, its exercises and its questions."""

from backprop.hidden import refuse_hidden

refuse_hidden("matplotlib", "ipywidgets", "traitlets", "anywidget", "PIL")
refuse_hidden("contourpy", "packaging", "IPython")
