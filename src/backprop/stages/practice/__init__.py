"""Practice: how networks are trained, and how the result is told."""

from backprop.exercise import checker
from backprop.live import live
from backprop.prediction import predictor
from backprop.stages.practice.checks import EXERCISES
from backprop.stages.practice.pictures import BatchArrows, Epochs

check, hint = checker(EXERCISES)
predict = predictor(__name__)
