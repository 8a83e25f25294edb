"""Stage 09: what students write for its exercises."""
# ruff: noqa: F811

import numpy as np
from bank import right, unnamed, wrong

# -- minibatches


@right
def minibatches(X, y, size, order):
    X, y = X[order], y[order]
    return [(X[i : i + size], y[i : i + size]) for i in range(0, len(X), size)]


@right
def minibatches(X, y, size, order):
    batches, left = [], list(order)
    while left:
        rows, left = left[:size], left[size:]
        batches.append([X[rows], y[rows]])
    return batches


@wrong("the rows come as they stand in the file")
def minibatches(X, y, size, order):
    return [(X[i : i + size], y[i : i + size]) for i in range(0, len(X), size)]


@wrong("the rows come as they stand in the file")
def minibatches(X, y, size, order):
    batches = []
    while len(X):
        batches.append((X[:size], y[:size]))
        X, y = X[size:], y[size:]
    return batches


@wrong("the last batch is left out")
def minibatches(X, y, size, order):
    batches = []
    for i in range(len(X) // size):
        rows = order[i * size : (i + 1) * size]
        batches.append((X[rows], y[rows]))
    return batches


@wrong("the last batch is left out")
def minibatches(X, y, size, order):
    count = len(X) // size
    rows = order[: count * size].reshape(count, size)
    return [(X[each], y[each]) for each in rows]


@wrong("X is in the new order, and y is not")
def minibatches(X, y, size, order):
    X = X[order]
    return [(X[i : i + size], y[i : i + size]) for i in range(0, len(X), size)]


@wrong("X is in the new order, and y is not")
def minibatches(X, y, size, order):
    batches = []
    for start in range(0, len(X), size):
        end = start + size
        batches.append((X[order[start:end]], y[start:end]))
    return batches


@wrong("the batches overlap")
def minibatches(X, y, size, order):
    return [
        (X[order[i : i + size]], y[order[i : i + size]])
        for i in range(len(X) - size + 1)
    ]


@wrong("the batches overlap")
def minibatches(X, y, size, order):
    batches, start = [], 0
    while start + size <= len(order):
        rows = order[start : start + size]
        batches.append((X[rows], y[rows]))
        start += 1
    return batches


@wrong("each batch ends at size")
def minibatches(X, y, size, order):
    X, y = X[order], y[order]
    return [(X[i:size], y[i:size]) for i in range(0, len(X), size)]


@wrong("each batch ends at size")
def minibatches(X, y, size, order):
    batches = []
    for start in range(0, len(X), size):
        batches.append((X[order[start:size]], y[order[start:size]]))
    return batches


@wrong("this is the first batch alone")
def minibatches(X, y, size, order):
    batches = []
    for start in range(0, len(X), size):
        rows = order[start : start + size]
        batches.append((X[rows], y[rows]))
        return batches


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


# -- momentum_step


@right
def momentum_step(w, velocity, grad, learning_rate, beta):
    new = grad + beta * velocity
    return w - learning_rate * new, new


@right
def momentum_step(w, velocity, grad, learning_rate, beta):
    kept = velocity * beta
    return [w - learning_rate * kept - learning_rate * grad, kept + grad]


@wrong("the step takes the old velocity")
def momentum_step(w, velocity, grad, learning_rate, beta):
    return w - learning_rate * velocity, beta * velocity + grad


@wrong("the step takes the old velocity")
def momentum_step(w, velocity, grad, learning_rate, beta):
    w = w - learning_rate * velocity
    velocity = beta * velocity + grad
    return w, velocity


@wrong("the velocity forgets nothing")
def momentum_step(w, velocity, grad, learning_rate, beta):
    velocity = velocity + grad
    return w - learning_rate * velocity, velocity


@wrong("the velocity forgets nothing")
def momentum_step(w, velocity, grad, learning_rate, beta):
    total = sum([velocity, grad])
    return w - total * learning_rate, total


@wrong("beta weighs the gradient")
def momentum_step(w, velocity, grad, learning_rate, beta):
    velocity = velocity + beta * grad
    return w - learning_rate * velocity, velocity


@wrong("beta weighs the gradient")
def momentum_step(w, velocity, grad, learning_rate, beta):
    new = beta * grad
    new = new + velocity
    return w - learning_rate * new, new


@wrong("the gradient is weighed by 1 − β")
def momentum_step(w, velocity, grad, learning_rate, beta):
    velocity = beta * velocity + (1 - beta) * grad
    return w - learning_rate * velocity, velocity


@wrong("the gradient is weighed by 1 − β")
def momentum_step(w, velocity, grad, learning_rate, beta):
    new = grad + beta * (velocity - grad)
    return w - learning_rate * new, new


@wrong("the step goes uphill")
def momentum_step(w, velocity, grad, learning_rate, beta):
    velocity = beta * velocity + grad
    return w + learning_rate * velocity, velocity


@wrong("the step goes uphill")
def momentum_step(w, velocity, grad, learning_rate, beta):
    velocity = grad + velocity * beta
    step = learning_rate * velocity
    return w + step, velocity


@wrong("the step takes the gradient alone")
def momentum_step(w, velocity, grad, learning_rate, beta):
    velocity = beta * velocity + grad
    return w - learning_rate * grad, velocity


@wrong("the step takes the gradient alone")
def momentum_step(w, velocity, grad, learning_rate, beta):
    step = learning_rate * grad
    return w - step, velocity * beta + grad


@wrong("the velocity that is returned has the learning rate in it")
def momentum_step(w, velocity, grad, learning_rate, beta):
    step = learning_rate * (beta * velocity + grad)
    return w - step, step


@wrong("the velocity that is returned has the learning rate in it")
def momentum_step(w, velocity, grad, learning_rate, beta):
    velocity = learning_rate * beta * velocity + learning_rate * grad
    return w - velocity, velocity


@unnamed
def momentum_step(w, velocity, grad, learning_rate, beta):
    velocity = beta * velocity - grad
    return w - learning_rate * velocity, velocity


@unnamed
def momentum_step(w, velocity, grad, learning_rate, beta):
    velocity = beta * velocity + grad
    return w - learning_rate * velocity


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


@wrong("the corrected m and v are handed on")
def adam_step(w, m, v, grad, t, learning_rate):
    m = 0.9 * m + 0.1 * grad
    v = 0.999 * v + 0.001 * grad**2
    m = m / (1 - 0.9**t)
    v = v / (1 - 0.999**t)
    return w - learning_rate * m / (np.sqrt(v) + 1e-8), m, v


@wrong("the corrected m and v are handed on")
def adam_step(w, m, v, grad, t, learning_rate):
    m_hat = (0.9 * m + 0.1 * grad) / (1 - 0.9**t)
    v_hat = (0.999 * v + 0.001 * grad**2) / (1 - 0.999**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8), m_hat, v_hat


@wrong("the corrected m is handed on")
def adam_step(w, m, v, grad, t, learning_rate):
    m = 0.9 * m + 0.1 * grad
    v = 0.999 * v + 0.001 * grad**2
    m = m / (1 - 0.9**t)
    v_hat = v / (1 - 0.999**t)
    return w - learning_rate * m / (np.sqrt(v_hat) + 1e-8), m, v


@wrong("the corrected m is handed on")
def adam_step(w, m, v, grad, t, learning_rate):
    m = (0.9 * m + 0.1 * grad) / (1 - 0.9**t)
    v = 0.999 * v + 0.001 * grad**2
    return w - learning_rate * m / (np.sqrt(v / (1 - 0.999**t)) + 1e-8), m, v


@wrong("the corrected v is handed on")
def adam_step(w, m, v, grad, t, learning_rate):
    m = 0.9 * m + 0.1 * grad
    v = (0.999 * v + 0.001 * grad**2) / (1 - 0.999**t)
    return w - learning_rate * m / (1 - 0.9**t) / (np.sqrt(v) + 1e-8), m, v


@wrong("the corrected v is handed on")
def adam_step(w, m, v, grad, t, learning_rate):
    m = 0.9 * m + 0.1 * grad
    v = 0.999 * v + 0.001 * grad**2
    m_hat = m / (1 - 0.9**t)
    v = v / (1 - 0.999**t)
    return w - learning_rate * m_hat / (np.sqrt(v) + 1e-8), m, v


@wrong("the bias correction is missing")
def adam_step(w, m, v, grad, t, learning_rate):
    m = 0.9 * m + 0.1 * grad
    v = 0.999 * v + 0.001 * grad**2
    return w - learning_rate * m / (np.sqrt(v) + 1e-8), m, v


@wrong("the bias correction is missing")
def adam_step(w, m, v, grad, t, learning_rate):
    m, v = m * 0.9 + grad * 0.1, v * 0.999 + grad * grad * 0.001
    step = learning_rate * m / (v**0.5 + 1e-8)
    return w - step, m, v


@wrong("the root is missing")
def adam_step(w, m, v, grad, t, learning_rate):
    m = 0.9 * m + 0.1 * grad
    v = 0.999 * v + 0.001 * grad**2
    m_hat = m / (1 - 0.9**t)
    v_hat = v / (1 - 0.999**t)
    return w - learning_rate * m_hat / (v_hat + 1e-8), m, v


@wrong("the root is missing")
def adam_step(w, m, v, grad, t, learning_rate):
    m, v = m + 0.1 * (grad - m), v + 0.001 * (grad**2 - v)
    step = (m / (1 - 0.9**t)) / (1e-8 + v / (1 - 0.999**t))
    return w - step * learning_rate, m, v


@wrong("v takes the gradient by its size")
def adam_step(w, m, v, grad, t, learning_rate):
    m = 0.9 * m + 0.1 * grad
    v = 0.999 * v + 0.001 * abs(grad)
    m_hat = m / (1 - 0.9**t)
    v_hat = v / (1 - 0.999**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8), m, v


@wrong("v takes the gradient by its size")
def adam_step(w, m, v, grad, t, learning_rate):
    size = np.sqrt(grad**2)
    m, v = 0.9 * m + 0.1 * grad, 0.999 * v + 0.001 * size
    rate = learning_rate * np.sqrt(1 - 0.999**t) / (1 - 0.9**t)
    return w - rate * m / (np.sqrt(v) + 1e-8), m, v


@wrong("the step goes uphill")
def adam_step(w, m, v, grad, t, learning_rate):
    m = 0.9 * m + 0.1 * grad
    v = 0.999 * v + 0.001 * grad**2
    m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
    return w + learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8), m, v


@wrong("the step goes uphill")
def adam_step(w, m, v, grad, t, learning_rate):
    m, v = 0.9 * m + 0.1 * grad, 0.999 * v + 0.001 * grad**2
    rate = learning_rate / (1 - 0.9**t)
    step = -rate * m / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return w - step, m, v


@wrong("the step takes the gradient in place of m")
def adam_step(w, m, v, grad, t, learning_rate):
    m = 0.9 * m + 0.1 * grad
    v = 0.999 * v + 0.001 * grad**2
    v_hat = v / (1 - 0.999**t)
    return w - learning_rate * grad / (np.sqrt(v_hat) + 1e-8), m, v


@wrong("the step takes the gradient in place of m")
def adam_step(w, m, v, grad, t, learning_rate):
    m, v = 0.9 * m + 0.1 * grad, 0.999 * v + 0.001 * grad**2
    step = grad / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return w - learning_rate * step, m, v


@unnamed
def adam_step(w, m, v, grad, t, learning_rate):
    m = 0.9 * m + 0.1 * grad
    v = 0.999 * v + 0.001 * grad**2
    m_hat = m / (1 - 0.9 * t)
    v_hat = v / (1 - 0.999**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8), m, v


@unnamed
def adam_step(w, m, v, grad, t, learning_rate):
    m = 0.9 * m + 0.1 * grad
    v = 0.999 * v + 0.001 * grad**2
    m_hat = m / (1 - 0.9**t)
    v_hat = v / (1 - 0.999**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8)


@wrong("the 1e-8 stands inside the root")
def adam_step(w, m, v, grad, t, learning_rate):
    m = 0.9 * m + 0.1 * grad
    v = 0.999 * v + 0.001 * grad**2
    m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
    step = learning_rate * m_hat / np.sqrt(v_hat + 1e-8)
    return w - step, m, v


@wrong("the 1e-8 stands inside the root")
def adam_step(w, m, v, grad, t, learning_rate):
    m, v = m + 0.1 * (grad - m), v + 0.001 * (grad**2 - v)
    scale = (v / (1 - 0.999**t) + 1e-8) ** 0.5
    return w - learning_rate * m / (1 - 0.9**t) / scale, m, v


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


# -- minibatches, split evenly


@wrong("the rows are split evenly")
def minibatches(X, y, size, order):
    count = int(np.ceil(len(order) / size))
    return [(X[rows], y[rows]) for rows in np.array_split(order, count)]


@wrong("the rows are split evenly")
def minibatches(X, y, size, order):
    count = (len(order) + size - 1) // size
    pieces = zip(np.array_split(X[order], count), np.array_split(y[order], count))
    return list(pieces)


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


@wrong("this is where the training ends")
def early_stop(losses, patience):
    best = 0
    for i, loss in enumerate(losses):
        if loss < losses[best]:
            best = i
        if i - best == patience:
            return i
    return len(losses) - 1


@wrong("this is where the training ends")
def early_stop(losses, patience):
    best, waited, i = 0, 0, 0
    while i < len(losses) - 1 and waited < patience:
        i += 1
        waited += 1
        if losses[i] < losses[best]:
            best, waited = i, 0
    return i


@wrong("this is the lowest of all")
def early_stop(losses, patience):
    return int(np.argmin(losses))


@wrong("this is the lowest of all")
def early_stop(losses, patience):
    best = 0
    for i in range(len(losses)):
        if losses[i] < losses[best]:
            best = i
    return best


@wrong("it waits one iteration too long")
def early_stop(losses, patience):
    best, waited = 0, 0
    for i in range(1, len(losses)):
        if losses[i] < losses[best]:
            best, waited = i, 0
        elif waited == patience:
            break
        else:
            waited += 1
    return best


@wrong("it waits one iteration too long")
def early_stop(losses, patience):
    best = 0
    for i, loss in enumerate(losses):
        if loss < losses[best]:
            best = i
        if i - best > patience:
            return best
    return best


@wrong("it ends one iteration too early")
def early_stop(losses, patience):
    best = 0
    for i, loss in enumerate(losses):
        if loss < losses[best]:
            best = i
        if i - best >= patience - 1:
            break
    return best


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
    last, waited = 0, 0
    for i in range(1, len(losses)):
        if losses[i] < losses[i - 1]:
            last, waited = i, 0
        else:
            waited += 1
        if waited == patience:
            break
    return last


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
    best = 0
    for i in range(len(losses)):
        if losses[i] < losses[best]:
            best = i
        if i - best == patience:
            break
    return losses[best]


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
    best, waited = 0, 0
    for i in range(1, len(losses)):
        if losses[i] < losses[best]:
            best = i
        else:
            waited += 1
        if waited == patience:
            break
    return best


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


@wrong("an equal loss counts as a better one here")
def early_stop(losses, patience):
    best, waited = 0, 0
    for i in range(1, len(losses)):
        if losses[i] <= losses[best]:
            best, waited = i, 0
        else:
            waited += 1
        if waited == patience:
            break
    return best


@wrong("an equal loss counts as a better one here")
def early_stop(losses, patience):
    best = 0
    for i, loss in enumerate(losses):
        if not loss > losses[best]:
            best = i
        if i - best == patience:
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
    return {"hidden": "3 3"}


@unnamed
def few_units():
    return {"units": 6}


@unnamed
def few_units():
    return "6"


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
    return {"hidden": "8 8 8 8", "activation": "sigmoid"}


# -- only_momentum


@right
def only_momentum():
    return 25


@right
def only_momentum():
    return np.float64(34.5)


@unnamed
def only_momentum():
    return 10


@unnamed
def only_momentum():
    return 50


@unnamed
def only_momentum():
    return -1


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
