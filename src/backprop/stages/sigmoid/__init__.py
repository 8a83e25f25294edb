"""The sigmoid."""

from backprop.exercise import checker
from backprop.live import live
from backprop.prediction import predictor
from backprop.stages.sigmoid.checks import EXERCISES
from backprop.stages.sigmoid.pictures import (
    ShrinkingNudge,
    SmallChange,
    ThreeActivations,
    TwoLayers,
    Zoom,
)

check, hint = checker(EXERCISES)
predict = predictor(__name__)
