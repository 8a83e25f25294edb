"""A hidden layer."""

from backprop.exercise import checker
from backprop.live import live
from backprop.prediction import predictor
from backprop.stages.hidden_layer.checks import EXERCISES
from backprop.stages.hidden_layer.pictures import HiddenLayer, Transposes, TwoLayerPass
from backprop.stages.hidden_layer.pictures_space import HiddenSpace
from backprop.stages.hidden_layer.pictures_units import HiddenUnits

check, hint = checker(EXERCISES)
predict = predictor(__name__)
