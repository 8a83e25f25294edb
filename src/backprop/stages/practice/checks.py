"""The exercises of stage 09: batches, momentum, Adam, and when to stop."""

import numpy as np

from backprop.exercise import Exercise
from backprop.stages.practice.playground_checks import CHALLENGES


def minibatches(X, y, size, order):
    batches = []
    for start in range(0, len(order), size):
        rows = order[start : start + size]
        batches.append((X[rows], y[rows]))
    return batches


def _rows(n, d, seed):
    random = np.random.default_rng(seed)
    return random.normal(size=(n, d)), random.random((n, 1)), random.permutation(n)


def _batches_of(n, d, size, seed):
    X, y, order = _rows(n, d, seed)
    return X, y, size, order


def _evenly(X, y, size, order):
    parts = np.array_split(order, -(-len(order) // size))
    return [(X[rows], y[rows]) for rows in parts]


MINIBATCHES = Exercise(
    minibatches,
    probes=[
        _batches_of(6, 2, 2, 1),
        _batches_of(7, 3, 3, 2),
        _batches_of(5, 1, 4, 3),
    ],
    then="Try next: a size of len(X), and a size of 1.",
    mistakes={
        "the rows come as they stand in the file. A batch has the rows that order "
        "names: order[start : start + size].": {
            "order[start : start + size]": "slice(start, start + size)"
        },
        "the last batch is left out, where it is shorter. Its rows count as well: an "
        "epoch takes every row once.": {
            "len(order), size": "len(order) - len(order) % size, size"
        },
        "X is in the new order, and y is not. Each target has to stay with its row.": {
            "y[rows]": "y[start : start + size]"
        },
        "the batches overlap. The next one starts size places on, not 1.": [
            {"len(order), size": "len(order) - size + 1"},
            {"len(order), size": "len(order), 1"},
        ],
        "each batch ends at size. It ends size places after its start.": {
            "order[start : start + size]": "order[start:size]"
        },
        "this is the first batch alone. An epoch takes every row once.": {
            "len(order), size": "size, size"
        },
        "the rows are split evenly. Each batch has size rows, and the last one what is "
        "left.": _evenly,
    },
)


def momentum_step(w, velocity, grad, learning_rate, beta):
    velocity = beta * velocity + grad
    return w - learning_rate * velocity, velocity


def _moving(shape, learning_rate, beta, seed):
    w, velocity, grad = np.random.default_rng(seed).normal(size=(3, *shape))
    return w, velocity, grad, learning_rate, beta


MOMENTUM_STEP = Exercise(
    momentum_step,
    probes=[
        _moving((2,), 0.1, 0.9, 1),
        _moving((3, 2), 0.4, 0.5, 2),
        _moving((1, 4), 2.5, 0.99, 3),
        (np.array([2.0]), np.array([-30.0]), np.array([50.0]), 1e-3, 0.9),
        (np.array([2e-3]), np.array([1e-3]), np.array([-4e-4]), 0.2, 0.8),
        (np.array([0.5, 2.0]), np.zeros(2), np.array([0.25, -1.5]), 0.2, 0.9),
        (np.array([0.5]), np.array([-3.0]), np.array([2.0]), 0.25, 0.0),
    ],
    then="Try next: beta = 0. Which step is that?",
    mistakes={
        "the step takes the old velocity. First the new one, then the step with it.": {
            "    velocity = beta * velocity + grad\n": "",
            "learning_rate * velocity, velocity": "learning_rate * velocity, "
            "beta * velocity + grad",
        },
        "the velocity forgets nothing: beta is left out of it.": {
            "beta * velo": "velo"
        },
        "beta weighs the gradient, and not what was there before.": {
            "beta * velocity + grad": "velocity + beta * grad"
        },
        "the gradient is weighed by 1 − β. Some write momentum so; on this page the "
        "whole gradient is added.": {"+ grad": "+ (1 - beta) * grad"},
        "the step goes uphill: the velocity is made of gradients, and the step is "
        "against it.": {"w - learning": "w + learning"},
        "the step takes the gradient alone. It is the velocity that moves w.": {
            "learning_rate * velocity": "learning_rate * grad"
        },
        "the velocity that is returned has the learning rate in it.": {
            "velocity, velocity": "velocity, learning_rate * velocity"
        },
    },
)


def adam_step(w, m, v, grad, t, learning_rate):
    m = 0.9 * m + 0.1 * grad
    v = 0.999 * v + 0.001 * grad**2
    m_hat = m / (1 - 0.9**t)
    v_hat = v / (1 - 0.999**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8), m, v


def _under_way(shape, t, learning_rate, seed):
    w, m, grad = np.random.default_rng(seed).normal(size=(3, *shape))
    return w, 0.3 * m, 0.2 * m**2 + 0.01, grad, t, learning_rate


def _first_step(*grad):
    grad = np.array(grad)
    return grad + 1, 0 * grad, 0 * grad, grad, 1, 0.25


ADAM_STEP = Exercise(
    adam_step,
    probes=[
        _under_way((2,), 3, 0.1, 1),
        _under_way((3, 2), 12, 0.5, 2),
        _under_way((1, 3), 40, 0.02, 3),
        _under_way((2,), 300, 0.1, 4),
        _first_step(1e-6, 0.0),
    ],
    then="Try next: run it 1,000 times on a gradient that stays the same.",
    mistakes={
        "the corrected m and v are handed on, so that the next step corrects them once "
        "more. The correction is for this step alone: give it names of its own.": {
            "m_hat": "m",
            "v_hat": "v",
        },
        "the corrected m is handed on, and v as it should be.": {"m_hat": "m"},
        "the corrected v is handed on, and m as it should be.": {"v_hat": "v"},
        "the bias correction is missing: divide m by 1 − 0.9ᵗ and v by 1 − 0.999ᵗ.": {
            "m / (1 - 0.9**t)": "m",
            "v / (1 - 0.999**t)": "v",
        },
        "the correction takes 0.9 times t, and 0.999 times t. It takes powers: 0.9**t "
        "and 0.999**t, what t steps have left of the start.": {
            "0.9**t": "0.9 * t",
            "0.999**t": "0.999 * t",
        },
        "the root is missing. v is a mean of squares; its root has the size of a "
        "gradient.": {"np.sqrt(v_hat)": "v_hat"},
        "the 1e-8 stands inside the root. There it is larger than the square of a "
        "small gradient, and shortens its step. Add it to the root.": {
            "(np.sqrt(v_hat) + 1e-8)": "np.sqrt(v_hat + 1e-8)"
        },
        "a weight whose gradient is 0 becomes nan: 0 divided by 0. The 1e-8 under the "
        "fraction is against that.": {" + 1e-8": ""},
        "v takes the gradient by its size, and not its square.": {
            "grad**2": "np.abs(grad)"
        },
        "v takes the gradient, and not its square. Where it is below 0, so is v, and "
        "the root of that is no number.": {"grad**2": "grad"},
        "the step goes uphill.": {"w - learning": "w + learning"},
        "the step takes the gradient in place of m.": {"* m_hat": "* grad"},
    },
)


def early_stop(losses, patience):
    best = 0
    for i in range(len(losses)):
        if losses[i] < losses[best]:
            best = i
        if i - best == patience:
            break
    return best


EARLY_STOP = Exercise(
    early_stop,
    probes=[
        ([0.9, 0.7, 0.5, 0.6, 0.65, 0.7, 0.72, 0.3], 3),
        ([0.9, 0.8, 0.85, 0.7, 0.72, 0.6, 0.61, 0.66, 0.2], 2),
        ([0.5, 0.4, 0.4, 0.4, 0.45, 0.1], 3),
        ([0.6, 0.55, 0.5, 0.47, 0.45], 2),
        ([0.8, 0.6, 0.7, 0.5, 0.9, 0.4], 1),
        ([0.7, 0.4, 0.6, 0.5, 0.55, 0.52, 0.3], 4),
        ([0.5, 0.4, 0.399999999, 0.41, 0.42, 0.43, 0.1], 3),
        # So that a longer wait is something else than none, and a long one counts.
        ([0.6, 0.5, 0.55, 0.45, 0.5, 0.52, 0.53, 0.54, 0.55, 0.3], 1),
        ([0.6, 0.5, 0.51, 0.52, 0.53, 0.49, 0.6, 0.6, 0.6, 0.6, 0.6, 0.1], 5),
        ([4.1e9, 3e9, 2.5e9, 2e9, 1.5e9], 2),
        # Many short waits, of which none is as long as one short of patience.
        ([0.9, 0.95, 0.8, 0.85, 0.7, 0.72, 0.6, 0.61, 0.62, 0.63, 0.1], 3),
    ],
    then="Try next: a patience of len(losses).",
    mistakes={
        "this is where the training ends. Asked for is the iteration before it that "
        "was best.": {"return best": "return i"},
        "this is the lowest of all. The training ends before it is reached: patience "
        "is not used.": {"        if i - best == patience:\n            break\n": ""},
        "it waits one iteration too long. After patience iterations in a row without a "
        "new best one, it ends.": {"== patience": "> patience"},
        "it ends one iteration too early. It ends after patience iterations in a row "
        "without a new best one.": {"i - best ==": "i - best + 1 =="},
        "each loss is compared with the one before it. What counts is the best one so "
        "far.": {"< losses[best]": "< losses[i - 1]"},
        "this is the loss. Asked for is its place in the list.": {
            "return best": "return losses[best]"
        },
        "the count goes on over a new best one. There it begins anew.": [
            {
                "best = 0\n": "best, waited = 0, 0\n",
                "best = i\n": f"best = i\n        {where}:\n            waited += 1\n",
                "i - best ==": "waited ==",
            }
            for where in ("elif i", "else")  # the first one may be counted, too
        ],
        "the lowest loss so far begins at a number that was made up, and a loss may be "
        "over it. Begin with losses[0].": {
            "best = 0\n": "best, lowest = 0, 1\n",
            "< losses[best]": "< lowest",
            "best = i\n": "best, lowest = i, losses[i]\n",
        },
        "an equal loss counts as a better one here. It has to be lower.": {
            "losses[i] < ": "losses[i] <= "
        },
    },
)

EXERCISES = [MINIBATCHES, MOMENTUM_STEP, ADAM_STEP, EARLY_STOP, *CHALLENGES]
