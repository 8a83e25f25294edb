"""Practice: how networks are trained, and how the result is told."""

from backprop.exercise import checker
from backprop.live import live
from backprop.prediction import predictor
from backprop.stages.practice.checks import EXERCISES
from backprop.stages.practice.pictures import BatchArrows, Epochs
from backprop.stages.practice.pictures_momentum import AdamSteps, Ravine
from backprop.stages.practice.pictures_playground import Playground
from backprop.stages.practice.pictures_set_ups import Checks
from backprop.stages.practice.pictures_sets import Coins, Overfitting

check, hint = checker(EXERCISES)
predict = predictor(__name__)
