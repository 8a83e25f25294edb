"""Descent on means: losses and gradients are divided by the number of rows used.

The page does this in the open, with `network.gradients` and `network.update`. Here the
same steps are taken without their checks, at many rates at once.
"""

import numpy as np

from backprop import network

LOSS = "cross-entropy"


def mean_loss(now, X, y):
    """Return the mean loss over rows: a number, or (runs,)."""
    return network._loss(now, X, y, LOSS) / len(X)


def mean_gradients(now, X, y):
    """Return the gradient of the mean loss: a list of Gradient."""
    a = network._forward(now, X)
    return network._backward(now, a, (a[-1] - y) / len(X))


def by_batches(start, X, y, rates, size, epochs, every, seed=0):
    """Train by mini-batches, at each of the rates; the order of the rows is the same.

    Parameters
    ----------
    start : list of Layer
    X, y : (n, d) and (n, k)
    rates : (runs,)
    size, epochs : whole numbers; n is a multiple of `size`
    every : how many examples from one measured loss to the next; a multiple of `size`
    seed : of the order of the rows, which is another in each epoch

    Returns
    -------
    array (1 + epochs · n / every, runs): the mean loss over all rows
    """
    random, rate = np.random.default_rng(seed), np.array(rates)[:, None, None]
    now = network._update(start, mean_gradients(start, X, y), 0 * rate)
    losses, seen = [mean_loss(now, X, y)], 0
    for _ in range(epochs):
        for rows in random.permutation(len(X)).reshape(-1, size):
            now = network._update(now, mean_gradients(now, X[rows], y[rows]), rate)
            seen += size
            if seen % every == 0:
                losses.append(mean_loss(now, X, y))
    return np.array(losses)


def with_momentum(start, X, y, decays, iterations, rate=0.5, beta=0.9):
    """Train with momentum on all rows, a run for each weight decay.

    Parameters
    ----------
    start : list of Layer, with biases
    X, y : (n, d) and (n, k)
    decays : (runs,), each adds decay · W to the gradient of W
    iterations : whole number
    rate, beta : learning rate and momentum

    Returns
    -------
    list of networks, at the start and after each iteration, with an axis of runs
    """
    decay = np.array(decays)[:, None, None]
    now = network._update(start, mean_gradients(start, X, y), 0 * decay)
    velocity, kept = [(0, 0)] * len(now), [now]
    for _ in range(iterations):
        grads = mean_gradients(now, X, y)
        velocity = [
            network.Gradient(beta * v + g.W + decay * layer.W, beta * u + g.b)
            for (v, u), g, layer in zip(velocity, grads, now)
        ]
        now = network._update(now, velocity, rate)
        kept.append(now)
    return kept
