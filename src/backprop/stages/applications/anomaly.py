"""Anomaly detection on the handwritten digits: 0 to 4 are normal, 5 to 9 are not."""

from functools import cache

import numpy as np

from backprop import network, training
from backprop.data import digits

RATE = 0.002
ITERATIONS = (0, 1, 2, 3, 5, 7, 10, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700,
              1000, 1500, 2000)  # fmt: skip


@cache
def known_and_anomalous():
    """Return images (n, 64) to train on, others held out, and anomalies.

    The first half of all 0 to 4 in the order of the file, the second half, and all
    of 5 to 9. A pixel is from 0 (paper) to 1 (ink).
    """
    X, labels = digits()
    known, anomalous = X[labels < 5] / 16, X[labels >= 5] / 16
    half = len(known) // 2
    return known[:half], known[half:], anomalous


@cache
def history(seed=0):
    """Return the History of an autoencoder, 64 - 8 - 64, over `ITERATIONS`."""
    known, _, _ = known_and_anomalous()
    untrained = network.init([64, 8, 64], scale="xavier", seed=seed)
    return network.train(untrained, known, known, RATE, ITERATIONS[-1], ITERATIONS)


def autoencoder(iteration=ITERATIONS[-1], seed=0):
    """Return the autoencoder after any iteration."""
    return training.at(history(seed), RATE, iteration)


def reconstruction_error(autoencoder, X):
    """Return ½ Σ (a - x)² for each image of `X`, summed over its pixels: (n,)."""
    return ((network.forward(autoencoder, X)[-1] - X) ** 2).sum(1) / 2


def auc(normal, anomalous):
    """Return how often the anomaly has the larger error, over all pairs; a tie is ½."""
    normal = np.sort(normal)
    below, not_above = (
        np.searchsorted(normal, anomalous, side) for side in ("left", "right")
    )
    return float((below + not_above).mean() / 2 / len(normal))


def confusion(normal, anomalous, threshold):
    """Return [[normal passed, normal flagged], [anomalies passed, anomalies flagged]].

    An image is flagged where its error is greater than the threshold.
    """
    return np.array(
        [
            [(errors <= threshold).sum(), (errors > threshold).sum()]
            for errors in (normal, anomalous)
        ]
    )
