"""The training loop."""

from backprop.exercise import checker
from backprop.live import live
from backprop.prediction import predictor
from backprop.stages.training_loop.checks import EXERCISES
from backprop.stages.training_loop.pictures import Training
from backprop.stages.training_loop.pictures_image import GradientImage

check, hint = checker(EXERCISES)
predict = predictor(__name__)
