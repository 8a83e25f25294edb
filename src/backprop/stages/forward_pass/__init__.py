"""The forward pass."""

from backprop.exercise import checker
from backprop.live import live
from backprop.prediction import predictor
from backprop.stages.forward_pass.checks import EXERCISES
from backprop.stages.forward_pass.pictures import (
    Batch,
    Bias,
    FourRows,
    Layers,
    Neuron,
    Shapes,
)
from backprop.stages.forward_pass.pictures_image import ImageNeuron

check, hint = checker(EXERCISES)
predict = predictor(__name__)
