"""When learning fails."""

from backprop.exercise import checker
from backprop.live import live
from backprop.prediction import predictor
from backprop.stages.when_learning_fails import museum
from backprop.stages.when_learning_fails.checks import EXERCISES
from backprop.stages.when_learning_fails.pictures import (
    Depth,
    Divergence,
    Museum,
    Saturation,
)
from backprop.stages.when_learning_fails.pictures_floats import (
    EpsilonSweep,
    RoundingToOne,
)

check, hint = checker(EXERCISES)
predict = predictor(__name__)
