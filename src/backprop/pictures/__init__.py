"""The pictures of the course, one class an idea; each can draw, move and speak."""

from backprop.pictures.picture import Choice, Knob, Picture, Screen
from backprop.pictures.s01_sigmoid import (
    RoundingToOne,
    SaysAndHappens,
    ShrinkingNudge,
    SmallChange,
    ThreeActivations,
    TwoLayers,
    Zoom,
)
from backprop.pictures.s02_derivative import (
    FromOutput,
    Secant,
    Tangent,
    WrongReading,
)
from backprop.pictures.s03_forward_pass import Batch, Bias, Layers, Neuron, Shapes
from backprop.pictures.s04_chain_rule import (
    ComputationGraph,
    EpsilonSweep,
    Fork,
    LossOfWeight,
    Nudge,
)
from backprop.pictures.s05_training_loop import Training
from backprop.pictures.s06_hidden_layer import HiddenLayer, Transposes, TwoLayerPass
from backprop.pictures.s07_when_learning_fails import (
    Depth,
    Divergence,
    Museum,
    Saturation,
)
from backprop.pictures.s08_anomaly import Reconstruction, Threshold
from backprop.pictures.s08_classifier import Classifier
from backprop.pictures.s08_digits import Digits
from backprop.pictures.s08_policy import Policy
from backprop.pictures.s08_regression import Regression

__all__ = [
    "Batch",
    "Bias",
    "Choice",
    "Classifier",
    "ComputationGraph",
    "Depth",
    "Digits",
    "Divergence",
    "EpsilonSweep",
    "Fork",
    "FromOutput",
    "HiddenLayer",
    "Knob",
    "Layers",
    "LossOfWeight",
    "Museum",
    "Neuron",
    "Nudge",
    "Picture",
    "Policy",
    "Reconstruction",
    "Regression",
    "RoundingToOne",
    "Saturation",
    "SaysAndHappens",
    "Screen",
    "Secant",
    "Shapes",
    "ShrinkingNudge",
    "SmallChange",
    "Tangent",
    "ThreeActivations",
    "Threshold",
    "Training",
    "Transposes",
    "TwoLayerPass",
    "TwoLayers",
    "WrongReading",
    "Zoom",
]
