"""Autograd."""

from backprop.exercise import checker
from backprop.live import live
from backprop.prediction import predictor
from backprop.stages.autograd import value
from backprop.stages.autograd.checks import EXERCISES
from backprop.stages.autograd.pictures import Backward

check, hint = checker(EXERCISES)
predict = predictor(__name__)
