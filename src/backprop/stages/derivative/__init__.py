"""Its derivative."""

from backprop.exercise import checker
from backprop.live import live
from backprop.prediction import predictor
from backprop.stages.derivative.checks import EXERCISES
from backprop.stages.derivative.pictures import (
    FromOutput,
    Secant,
    Tangent,
    WrongReading,
)

check, hint = checker(EXERCISES)
predict = predictor(__name__)
