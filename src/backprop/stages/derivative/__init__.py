"""Its derivative."""

from backprop.exercise import checker
from backprop.live import live, predictor
from backprop.stages.derivative.checks import EXERCISES
from backprop.stages.derivative.pictures import (
    FromOutput,
    Secant,
    Tangent,
    WrongReading,
)

__all__ = [
    "FromOutput",
    "Secant",
    "Tangent",
    "WrongReading",
    "check",
    "live",
    "predict",
]

check = checker(EXERCISES)
predict = predictor(__name__)
