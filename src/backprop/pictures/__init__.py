"""The pictures of the course, one class an idea; each can draw, move and speak."""

from backprop.pictures.picture import Choice, Knob, Picture, Screen
from backprop.pictures.s05_training_loop import Training

__all__ = ["Choice", "Knob", "Picture", "Screen", "Training"]
