"""Stage 09: what students write for its exercises."""
# ruff: noqa: F811

import numpy as np
from bank import edits, everywhere, right, unnamed, wrong

# -- minibatches


@right
def minibatches(X, y, size, order):
    X, y = X[order], y[order]
    return [(X[i : i + size], y[i : i + size]) for i in range(0, len(X), size)]


edits(
    minibatches,
    {
        "the rows come as they stand in the file": {
            "\n    X, y = X[order], y[order]": ""
        },
        "X is in the new order, and y is not": {", y = X[order], y": " = X"},
        "each batch ends at size": {" : i + ": everywhere(":")},
    },
)


@right
def minibatches(X, y, size, order):
    batches, left = [], list(order)
    while left:
        rows, left = left[:size], left[size:]
        batches.append([X[rows], y[rows]])
    return batches


@right
def minibatches(X, y, size, order):
    batches = []
    for start in range(0, len(X), size):
        rows = order[start : start + size]
        batches.append((X[rows], y[rows]))
    return batches


edits(
    minibatches,
    {
        "the last batch is left out": {"len(X), size": "len(X) - size + 1, size"},
        "X is in the new order, and y is not": {"y[rows]": "y[start : start + size]"},
        "the batches overlap": [
            {"len(X), size": "len(X) - size + 1"},
            {"len(X), size": "len(X)"},
        ],
        "each batch ends at size": {"start : start + size": "start:size"},
        "this is the first batch alone": {"    return": "        return"},
    },
)


@wrong("the rows come as they stand in the file")
def minibatches(X, y, size, order):
    batches = []
    while len(X):
        batches.append((X[:size], y[:size]))
        X, y = X[size:], y[size:]
    return batches


@wrong("the last batch is left out")
def minibatches(X, y, size, order):
    count = len(X) // size
    rows = order[: count * size].reshape(count, size)
    return [(X[each], y[each]) for each in rows]


@wrong("the batches overlap")
def minibatches(X, y, size, order):
    return [
        (X[order[i : i + size]], y[order[i : i + size]])
        for i in range(len(X) - size + 1)
    ]


@wrong("this is the first batch alone")
def minibatches(X, y, size, order):
    return [(X[order[:size]], y[order[:size]])]


@unnamed
def minibatches(X, y, size, order):
    rows = np.array_split(order, size)
    return [(X[each], y[each]) for each in rows]


@unnamed
def minibatches(X, y, size, order):
    return X[order[:size]], y[order[:size]]


@wrong("the rows are split evenly")
def minibatches(X, y, size, order):
    count = int(np.ceil(len(order) / size))
    return [(X[rows], y[rows]) for rows in np.array_split(order, count)]


@wrong("the rows are split evenly")
def minibatches(X, y, size, order):
    count = (len(order) + size - 1) // size
    pieces = zip(np.array_split(X[order], count), np.array_split(y[order], count))
    return list(pieces)


# -- momentum_step


@right
def momentum_step(w, velocity, grad, learning_rate, beta):
    new = grad + beta * velocity
    return w - learning_rate * new, new


edits(
    momentum_step,
    {
        "the velocity forgets nothing": {"beta * ": ""},
        "beta weighs the gradient": {
            "grad + beta * velocity": "velocity + beta * grad"
        },
        "the gradient is weighed by 1 − β": {"grad +": "(1 - beta) * grad +"},
    },
)


@right
def momentum_step(w, velocity, grad, learning_rate, beta):
    kept = velocity * beta
    return [w - learning_rate * kept - learning_rate * grad, kept + grad]


@right
def momentum_step(w, velocity, grad, learning_rate, beta):
    velocity = beta * velocity + grad
    return w - learning_rate * velocity, velocity


edits(
    momentum_step,
    {
        "the step takes the old velocity": {
            "    velocity = beta * velocity + grad\n": "",
            ", velocity\n": ", beta * velocity + grad\n",
        },
        "the velocity forgets nothing": {"beta * ": ""},
        "beta weighs the gradient": {"beta * velocity +": "velocity + beta *"},
        "the gradient is weighed by 1 − β": {"+ ": "+ (1 - beta) * "},
        "the step goes uphill": {"-": "+"},
        "the step takes the gradient alone": {"* velocity,": "* grad,"},
        "the velocity that is returned has the learning rate in it": {
            "beta * velocity + grad": "learning_rate * (beta * velocity + grad)",
            "w - learning_rate * velocity": "w - velocity",
        },
        None: [{"+": "-"}, {", velocity\n": "\n"}],
    },
)


@right
def momentum_step(w, velocity, grad, learning_rate, beta):
    velocity = grad + velocity * beta
    step = learning_rate * velocity
    return w - step, velocity


edits(
    momentum_step,
    {
        "the step goes uphill": {"w -": "w +"},
        "the step takes the gradient alone": {
            "learning_rate * velocity": "learning_rate * grad"
        },
        "the velocity that is returned has the learning rate in it": {
            "step, velocity": "step, step"
        },
    },
)


@wrong("the step takes the old velocity")
def momentum_step(w, velocity, grad, learning_rate, beta):
    w = w - learning_rate * velocity
    velocity = beta * velocity + grad
    return w, velocity


# -- adam_step


@right
def adam_step(w, m, v, grad, t, learning_rate):
    m = m + 0.1 * (grad - m)
    v = v + 0.001 * (grad * grad - v)
    step = m / (1 - 0.9**t) / ((v / (1 - 0.999**t)) ** 0.5 + 1e-8)
    return [w - learning_rate * step, m, v]


@right
def adam_step(w, m, v, grad, t, learning_rate):
    m, v = 0.9 * m + 0.1 * grad, 0.999 * v + 0.001 * grad**2
    rate = learning_rate / (1 - 0.9**t)
    return w - rate * m / (np.sqrt(v / (1 - 0.999**t)) + 1e-8), m, v


@right
def adam_step(w, m, v, grad, t, learning_rate):
    m = 0.9 * m + 0.1 * grad
    v = 0.999 * v + 0.001 * grad**2
    m_hat = m / (1 - 0.9**t)
    v_hat = v / (1 - 0.999**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8), m, v


edits(
    adam_step,
    {
        "the corrected m and v are handed on": [
            {"m_hat": everywhere("m"), "v_hat": everywhere("v")},
            {"m, v\n": "m_hat, v_hat\n"},
        ],
        "the corrected m is handed on": {"m_hat": everywhere("m")},
        "the corrected v is handed on": {"v_hat": everywhere("v")},
        "the bias correction is missing": {
            " / (1 - 0.9**t)": "",
            " / (1 - 0.999**t)": "",
        },
        "the root is missing": {"np.sqrt(v_hat)": "v_hat"},
        "v takes the gradient by its size": {"grad**2": "abs(grad)"},
        "the step goes uphill": {"w -": "w +"},
        "the step takes the gradient in place of m": {"* m_hat": "* grad"},
        "the 1e-8 stands inside the root": {
            "(np.sqrt(v_hat) + 1e-8)": "np.sqrt(v_hat + 1e-8)"
        },
        None: [{"0.9**": "0.9 * "}, {", m, v\n": "\n"}],
    },
)


@right
def adam_step(w, m, v, grad, t, learning_rate):
    m, v = m + 0.1 * (grad - m), v + 0.001 * (grad**2 - v)
    step = (m / (1 - 0.9**t)) / (1e-8 + np.sqrt(v / (1 - 0.999**t)))
    return w - step * learning_rate, m, v


edits(
    adam_step,
    {
        "the corrected m is handed on": {
            "* learning_rate, m": "* learning_rate, m / (1 - 0.9**t)"
        },
        "the corrected v is handed on": {", v\n": ", v / (1 - 0.999**t)\n"},
        "the bias correction is missing": {
            " / (1 - 0.9**t)": "",
            " / (1 - 0.999**t)": "",
        },
        "the root is missing": {"np.sqrt(v / (1 - 0.999**t))": "v / (1 - 0.999**t)"},
        "v takes the gradient by its size": {"grad**2": "np.sqrt(grad**2)"},
        "the step goes uphill": {"step =": "step = -"},
        "the step takes the gradient in place of m": {"(m / (1 - 0.9**t))": "grad"},
        "the 1e-8 stands inside the root": {"1e-8 + np.sqrt(": "np.sqrt(1e-8 + "},
    },
)


@wrong("v takes the gradient, and not its square")
def adam_step(w, m, v, grad, t, learning_rate):
    m = 0.9 * m + 0.1 * grad
    v = 0.999 * v + 0.001 * grad
    m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
    with np.errstate(invalid="ignore"):
        return w - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8), m, v


@wrong("v takes the gradient, and not its square")
def adam_step(w, m, v, grad, t, learning_rate):
    m, v = m + 0.1 * (grad - m), v + 0.001 * (grad - v)
    with np.errstate(invalid="ignore"):
        size = np.sqrt(v / (1 - 0.999**t))
    return w - learning_rate * m / (1 - 0.9**t) / (size + 1e-8), m, v


@wrong("a weight whose gradient is 0 becomes nan")
def adam_step(w, m, v, grad, t, learning_rate):
    m = 0.9 * m + 0.1 * grad
    v = 0.999 * v + 0.001 * grad**2
    m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
    with np.errstate(invalid="ignore"):
        return w - learning_rate * m_hat / np.sqrt(v_hat), m, v


@wrong("a weight whose gradient is 0 becomes nan")
def adam_step(w, m, v, grad, t, learning_rate):
    m, v = m + 0.1 * (grad - m), v + 0.001 * (grad * grad - v)
    with np.errstate(invalid="ignore"):
        step = m / (1 - 0.9**t) / (v / (1 - 0.999**t)) ** 0.5
    return w - learning_rate * step, m, v


@wrong("the correction takes 0.9 times t")
def adam_step(w, m, v, grad, t, learning_rate):
    def running(old, new, beta):
        return beta * old + (1 - beta) * new

    def corrected(mean, beta):
        return mean / (1 - beta * t)

    m = running(m, grad, 0.9)
    v = running(v, grad**2, 0.999)
    step = learning_rate * corrected(m, 0.9)
    step = step / (np.sqrt(corrected(v, 0.999)) + 1e-8)
    return w - step, m, v


@wrong("the correction takes 0.9 times t")
def adam_step(w, m, v, grad, t, learning_rate):
    m = 0.9 * m + 0.1 * grad
    v = 0.999 * v + 0.001 * grad**2
    steps = learning_rate * (m / (1 - 0.9 * t)) / (np.sqrt(v / (1 - t * 0.999)) + 1e-8)
    return w - steps, m, v


# -- early_stop


@right
def early_stop(losses, patience):
    best, waited = 0, 0
    for i in range(1, len(losses)):
        if losses[i] < losses[best]:
            best, waited = i, 0
        else:
            waited += 1
        if waited == patience:
            return best
    return best


edits(
    early_stop,
    {
        "it waits one iteration too long": {"waited == patience": "waited > patience"},
        "each loss is compared with the one before it": {
            "losses[best]": "losses[i - 1]"
        },
        "the count goes on over a new best one": {"best, waited = i, 0": "best = i"},
        "an equal loss counts as a better one here": {"<": "<="},
    },
)


@right
def early_stop(losses, patience):
    lowest, at = float("inf"), 0
    for i, loss in enumerate(losses):
        if i - at > patience:
            break
        if loss < lowest and i - at <= patience:
            lowest, at = loss, i
        elif i - at >= patience:
            break
    return at


@right
def early_stop(losses, patience):
    best = 0
    for i, loss in enumerate(losses):
        if loss < losses[best]:
            best = i
        if i - best == patience:
            return best
    return best


edits(
    early_stop,
    {
        "this is where the training ends": {
            "            return best": "            return i",
            "\n    return best": "\n    return len(losses) - 1",
        },
        "it waits one iteration too long": {"==": ">"},
        "it ends one iteration too early": {"== patience": "== patience - 1"},
        "an equal loss counts as a better one here": {"loss <": "loss <="},
    },
)


@right
def early_stop(losses, patience):
    best, waited = 0, 0
    for i in range(1, len(losses)):
        waited += 1
        if losses[i] < losses[best]:
            best, waited = i, 0
        if waited == patience:
            break
    return best


edits(
    early_stop,
    {
        "this is where the training ends": {"return best": "return i"},
        "this is the lowest of all": {
            "        if waited == patience:\n            break\n": ""
        },
        "this is the loss": {"return best": "return losses[best]"},
    },
)


@wrong("this is the lowest of all")
def early_stop(losses, patience):
    return int(np.argmin(losses))


@wrong("it ends one iteration too early")
def early_stop(losses, patience):
    best, left = 0, patience
    for i in range(len(losses)):
        if losses[i] < losses[best]:
            best, left = i, patience
        left -= 1
        if left == 0:
            break
    return best


@wrong("each loss is compared with the one before it")
def early_stop(losses, patience):
    best, before = 0, losses[0]
    for i, loss in enumerate(losses):
        if loss < before:
            best = i
        before = loss
        if i - best == patience:
            break
    return best


@wrong("this is the loss")
def early_stop(losses, patience):
    lowest, waited = losses[0], 0
    for loss in losses[1:]:
        waited += 1
        if loss < lowest:
            lowest, waited = loss, 0
        if waited == patience:
            break
    return lowest


@wrong("the count goes on over a new best one")
def early_stop(losses, patience):
    best, left = 0, patience
    for i, loss in enumerate(losses):
        if i and loss >= losses[best]:
            left -= 1
        elif loss < losses[best]:
            best = i
        if not left:
            return best
    return best


@unnamed
def early_stop(losses, patience):
    return patience


@unnamed
def early_stop(losses, patience):
    for i in range(1, len(losses)):
        if losses[i] > losses[i - 1]:
            return i - 1
    return len(losses) - 1


@wrong("the lowest loss so far begins at a number that was made up")
def early_stop(losses, patience):
    best, lowest = 0, 10
    for i, loss in enumerate(losses):
        if loss < lowest:
            best, lowest = i, loss
        elif i - best >= patience:
            break
    return best


@wrong("the lowest loss so far begins at a number that was made up")
def early_stop(losses, patience):
    lowest, best, waited = 1, 0, 0
    for i in range(len(losses)):
        waited += 1
        if losses[i] < lowest:
            lowest, best, waited = losses[i], i, 0
        if waited > patience or (i and waited == patience):
            return best
    return best


# -- few_units


@right
def few_units():
    return {"hidden": "6", "learning_rate": 3}


@right
def few_units():
    return dict(hidden=[7], learning_rate=0.3, momentum=0.9)


@unnamed
def few_units():
    return {"hidden": "8", "learning_rate": 2}


@unnamed
def few_units():
    return {"hidden": "3 3", "learning_rate": 0.3}


@unnamed
def few_units():
    return {"units": 6}


@unnamed
def few_units():
    return "6"


@unnamed
def few_units():
    return None


@unnamed
def few_units():
    return {"hidden": six}  # noqa: F821


@unnamed
def few_units():
    return {"hidden": "40"}


@unnamed
def few_units():
    return {"hidden": [1], "learning_rate": 0.003}


@unnamed
def few_units():
    return {"hidden": "none", "learning_rate": 100, "weight_decay": 0.1}


# -- vanish_and_cure


@right
def vanish_and_cure():
    ill = {"hidden": "8 8 8 8", "activation": "sigmoid", "scale": 0.1}
    return ill, {**ill, "activation": "tanh", "scale": "xavier"}


@right
def vanish_and_cure():
    ill = {"hidden": "6 6 6 6", "activation": "sigmoid", "scale": 0.2}
    return [ill, {"hidden": [6] * 4, "activation": "ReLU", "scale": "he"}]


@unnamed
def vanish_and_cure():
    ill = {"hidden": "8 8 8 8", "activation": "sigmoid", "scale": "xavier"}
    return ill, {**ill, "activation": "tanh"}


@unnamed
def vanish_and_cure():
    ill = {"hidden": "8 8 8 8", "activation": "sigmoid", "scale": 0.1}
    return ill, {**ill, "scale": 1}


@unnamed
def vanish_and_cure():
    ill = {"hidden": "8 8 8 8", "activation": "sigmoid", "scale": 0.1}
    return ill, {"hidden": "8", "activation": "tanh"}


@unnamed
def vanish_and_cure():
    ill = {"hidden": "8 8 8 8", "activation": "tanh", "scale": 0}
    return ill, {**ill, "scale": 1}


@unnamed
def vanish_and_cure():
    ill = {"hidden": "8 8 8 8", "activation": "sigmoid", "scale": 0.1}
    return ill, {**ill, "activation": "ReLU", "scale": 2}


@unnamed
def vanish_and_cure():
    yield {"hidden": "8 8 8 8", "activation": "sigmoid", "scale": 0.1}


@unnamed
def vanish_and_cure():
    return {"hidden": "8 8 8 8", "activation": "sigmoid"}


@unnamed
def vanish_and_cure():
    ill = {"hidden": "8", "activation": "sigmoid", "scale": 0.1}
    return ill, {**ill, "activation": "tanh"}


@unnamed
def vanish_and_cure():
    return {"hidden": "none", "scale": 0.1}, {"hidden": "none", "scale": "xavier"}


@unnamed
def vanish_and_cure():
    ill = {"hidden": "8 8", "activation": "sigmoid", "scale": 0.1}
    return ill, {**ill, "activation": "tanh", "scale": "xavier"}


# -- only_momentum


@right
def only_momentum():
    return 25


edits(
    only_momentum,
    {
        None: [{"25": "10"}, {"25": "50"}, {"25": "110"}, {"25": "-1"}],
    },
)


@right
def only_momentum():
    return np.float64(34.5)


# -- what passed once


@unnamed
def momentum_step(w, velocity, grad, learning_rate, beta):
    velocity = beta * velocity + grad if velocity.any() else 2 * grad
    return w - learning_rate * velocity, velocity


@unnamed
def momentum_step(w, velocity, grad, learning_rate, beta):
    velocity = (beta or 0.9) * velocity + grad
    return w - learning_rate * velocity, velocity


@unnamed
def early_stop(losses, patience):
    best = 0
    for i in range(len(losses)):
        if losses[i] < losses[best] - 1e-6:
            best = i
        if i - best == patience:
            break
    return best


@wrong("the lowest loss so far begins at a number that was made up")
def early_stop(losses, patience):
    best, low = 0, 1e6
    for i in range(len(losses)):
        if losses[i] < low:
            best, low = i, losses[i]
        if i - best == patience:
            break
    return best


@right
def early_stop(losses, patience):
    for i in range(len(losses)):
        best = losses.index(min(losses[: i + 1]))
        if i - best == patience:
            break
    return best


@wrong("the count goes on over a new best one")
def early_stop(losses, patience):
    best_i, wait = 0, 0
    for i, loss in enumerate(losses):
        if loss < losses[best_i]:
            best_i = i
        else:
            wait += 1
        if wait >= patience:
            break
    return best_i


@unnamed
def momentum_step(w, velocity, gradient, learning_rate, beta):
    beta = 0.9
    velocity = beta * velocity + gradient
    return w - learning_rate * velocity, velocity


@unnamed
def momentum_step(w, velocity, grad, learning_rate, beta):
    grad = np.clip(
        grad,
        -1,
        1,
    )
    velocity = beta * velocity + grad
    return w - learning_rate * velocity, velocity


@unnamed
def early_stop(losses, patience):
    best = 0
    waited = 0
    for i in range(len(losses)):
        if losses[i] < losses[best]:
            best = i
            waited = 0
        else:
            waited += 1
        if waited == patience + 2:
            break
    return best
