"""Five applications."""

from backprop.exercise import checker
from backprop.live import live
from backprop.prediction import predictor
from backprop.stages.applications import cliff, own_data, sweeps
from backprop.stages.applications.checks import EXERCISES
from backprop.stages.applications.pictures.anomaly import Reconstruction, Threshold
from backprop.stages.applications.pictures.calibration import Calibration
from backprop.stages.applications.pictures.classifier import Classifier
from backprop.stages.applications.pictures.digits import Digits
from backprop.stages.applications.pictures.policy import Policy
from backprop.stages.applications.pictures.regression import Regression

check, hint = checker(EXERCISES)
predict = predictor(__name__)
