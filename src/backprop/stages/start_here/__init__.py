"""What backpropagation is, and whether the course runs here."""

from backprop.live import live, predictor
from backprop.stages.start_here.set_up import check_setup

__all__ = [
    "check_setup",
    "live",
    "predict",
]

predict = predictor(__name__)
