"""The chain rule."""

from backprop.exercise import checker
from backprop.live import live
from backprop.prediction import predictor
from backprop.stages.chain_rule.checks import EXERCISES
from backprop.stages.chain_rule.pictures import (
    ComputationGraph,
    Fork,
    LossOfWeight,
    Nudge,
)
from backprop.stages.chain_rule.pictures_forks import Forks

check, hint = checker(EXERCISES)
predict = predictor(__name__)
