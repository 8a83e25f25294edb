"""Wrong answers as students write them, for whether a check leads to the mistake.

Written from the pages alone, before a check had seen them; the last two parts, of the
kinds that such answers had missed. `# here` marks a line that
is wrong; the words given to `of` are what a message that names the mistake must say.
"""
# ruff: noqa: F811, F821, F841, B015, B018

import inspect
from functools import cache
from typing import NamedTuple

import numpy as np
from bank import said_and_shown
from course import exercises

from backprop.data import four_rows
from backprop.network import sigmoid, sigmoid_derivative
from backprop.stages.autograd.value import in_order
from backprop.stages.training_loop.checks import one_step as right_step

# What the notebooks hold.
X, y = four_rows()
W = np.array([[0.1], [0.4], [0.2]])
a = sigmoid(X @ W)
z = X @ W
w, x, b = np.array([2.0, -3.0]), np.array([-1.0, -2.0]), -3.0
learning_rate = 1
LED = []


class Marked(NamedTuple):
    """A wrong answer: its room, the words that name its mistake, its marked lines."""

    room: str
    words: tuple
    answer: callable
    lines: frozenset

    @property
    def endless(self):
        """Tell whether it never ends, so that the check takes as long as it may."""
        return "while loss >= goal" in inspect.getsource(self.answer)


@cache
def verdict_on(marked):
    """Return the Verdict on a wrong answer."""
    return exercises(marked.room)[marked.answer.__name__].check(marked.answer)


def said_in(room):
    """Return what the checks of a room say of its answers here; `led.toml` holds it."""
    return [
        said_and_shown(each.answer, verdict_on(each))
        for each in LED
        if each.room == room and not each.endless
    ]


def of(room, *words):
    """Add a wrong answer to the bank of a room's exercises."""

    def mark(answer):
        text, first = inspect.getsourcelines(answer)
        lines = frozenset(first + i for i, each in enumerate(text) if "# here" in each)
        assert lines
        LED.append(Marked(room, words, answer, lines))
        return answer

    return mark


@of("sigmoid", "b1")
def one_line(w1, b1, w2, b2):
    weight = w1 * w2
    bias = b1 + b2 * w2  # here
    return weight, bias


@of("sigmoid")
def one_line(w1, b1, w2, b2):
    first = w1 * 1 + b1  # here
    return w2 * first, b2  # here


@of("sigmoid", "print", "return")
def one_line(w1, b1, w2, b2):
    weight = w1 * w2
    bias = w2 * b1 + b2
    print(weight, bias)  # here


@of("sigmoid", "return")
def one_line(w1, b1, w2, b2):
    weight = w2 * w1
    bias = w2 * b1 + b2  # here


@of("sigmoid")
def one_line(w1, b1, w2, b2):
    weight = w2 * w1
    bias = w2 * (b1 + b2)  # here
    return weight, bias


@of("when_learning_fails", "small number")
def log_rest(z):
    a = sigmoid(z)
    return np.log(np.clip(1 - a, 1e-12, 1))  # here


@of("when_learning_fails", "sign", "−z", "-z")
def log_rest(z):
    if np.any(z > 36):
        return -z  # here
    return np.log(1 - sigmoid(z))  # here


@of("when_learning_fails", "1 - sigmoid")
def log_rest(z):
    rest = np.round(1 - sigmoid(z), 6)  # here
    return np.log(rest)


@of("when_learning_fails", "logarithm of sigmoid")
def log_rest(z):
    return np.log(1) - np.log(1 + np.exp(-z))  # here


@of("derivative", "notebook")
def slope_at(z):
    s = sigmoid(z)
    return a * (1 - a)  # here


@of("derivative")
def slope_at(z):
    a = sigmoid(z)
    return a * 1 - a  # here


@of("derivative")
def slope_at(z):
    return 1 / (1 + np.exp(-z)) * (1 - 1 / 1 + np.exp(-z))  # here


@of("derivative", "changes")
def slope_at(z):
    a = sigmoid(z)
    a - a**2  # here
    return a


@of("derivative")
def slope_at(z):
    out = []
    for each in np.ravel(z):
        s = sigmoid(each)
        out.append(s * (1 - s))
        return np.array(out)  # here


@of("derivative", "secant")
def slope_at(z):
    nudge = 0.05
    return (sigmoid(z + nudge) - sigmoid(z)) / nudge  # here


@of("derivative")
def slope_at(z):
    def sig(t):
        return 1 / (1 + np.exp(t))  # here

    return sig(z) * sig(z)  # here


@of("derivative", "ten times")
def tall_derivative(a):
    plain = a / 10
    return plain * (1 - plain)  # here


@of("derivative")
def tall_derivative(a):
    plain = a / 10
    slope = plain * (1 - plain)
    return slope / 10  # here


@of("derivative", "that is a / 10")
def tall_derivative(a):
    plain = a % 10
    return 10 * plain * (1 - plain)  # here


@of("derivative")
def tall_derivative(a):
    return a - a**2 / 100  # here


@of("forward_pass")
def both(X):
    w = np.array([1, 1, -1.5])  # here
    return X @ w > 0  # here


@of("forward_pass")
def both(X):
    w = np.array([[1], [1], [-1.5]])
    return w @ X > 0  # here


@of("forward_pass")
def both(X):
    w = np.array([[1], [1], [-1.5]])
    return X * w > 0  # here


@of("forward_pass", "kept nowhere", "has no return")
def both(X):
    w = np.array([[1], [1], [-1.5]])
    X @ w > 0  # here


@of("forward_pass", "follows the second input")
def both(X):
    w = np.array([[1], [2], [-1.5]])  # here
    return X @ w > 0


@of("forward_pass", "never uses", "b2")
def two_layers(X, W1, b1, W2, b2):
    hidden = sigmoid(X @ W1 + b1)
    return sigmoid(hidden @ W2 + b1)  # here


@of("forward_pass")
def two_layers(X, W1, b1, W2, b2):
    hidden = sigmoid(X @ W1) + b1  # here
    out = hidden @ W2 + b2  # here
    return out


@of("forward_pass")
def two_layers(X, W1, b1, W2, b2):
    hidden = sigmoid(W1 @ X + b1)  # here
    return sigmoid(hidden @ W2 + b2)


@of("forward_pass")
def two_layers(X, W1, b1, W2, b2):
    hidden = sigmoid(X @ W1 + b1)
    return sigmoid(X @ W2 + b2)  # here


@of("forward_pass")
def two_layers(X, W1, b1, W2, b2):
    h = 1 / 1 + np.exp(-(X @ W1 + b1))  # here
    return 1 / (1 + np.exp(-(h @ W2 + b2)))


@of("chain_rule")
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w * x + b)  # here
    dL_dz = dL_da * a * (1 - a)
    return dL_dz * x, dL_dz


@of("chain_rule", "order")
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w @ x + b)
    dz = dL_da * a * (1 - a)
    dw = dz * x
    db = dz
    return db, dw  # here


@of("chain_rule")
def neuron_backward(w, x, b, dL_da):
    a = sigmoid(w @ x + b)
    dz = dL_da * a * (1 - a)
    return dz @ x, dz  # here


@of("chain_rule")
def neuron_backward(w, x, b, dL_da):
    out = sigmoid(w @ x + b)
    return dL_da * out * (1 - out) * x, np.sum(dL_da * out * (1 - out) * x)  # here


@of("chain_rule", "notebook")
def neuron_backward(w, x, b, dL_da):
    out = sigmoid(w @ x + b)
    slope = sigmoid_derivative(a)  # here
    return dL_da * slope * x, dL_da * slope


@of("chain_rule")
def product_slope(x):
    s = sigmoid(x)
    return s + x * s * 1 - s  # here


@of("chain_rule")
def product_slope(x):
    s = sigmoid(x)
    ds = s * (1 - s)
    return x * s + x * ds  # here


@of("chain_rule")
def product_slope(x):
    return sigmoid(x) + x * sigmoid_derivative(x)  # here


@of("chain_rule", "db is a mean")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * a * (1 - a)
    dW = X.T @ delta
    db = np.sum(delta, axis=0, keepdims=True) / len(X)  # here
    return dW, db


@of("chain_rule")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = a - y * a * (1 - a)  # here
    return X.T @ delta, delta.sum(axis=0, keepdims=True)


@of("chain_rule")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (y - a) * a * (1 - a)  # here
    return X.T @ delta, -delta.sum(axis=0, keepdims=True)  # here


@of("chain_rule")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * a * (1 - a)
    dW = np.zeros(W.shape)
    for i in range(len(X)):
        dW = X[i : i + 1].T @ delta[i : i + 1]  # here
    return dW, delta.sum(axis=0, keepdims=True)


@of("training_loop", "sign")
def one_step(X, y, W, learning_rate):
    out = sigmoid(X @ W)
    error = y - out
    change = X.T @ (error * out * (1 - out))
    return W - learning_rate * change  # here


@of("training_loop", "changes its argument")
def one_step(X, y, W, learning_rate):
    out = sigmoid(X @ W)
    W -= learning_rate * X.T @ ((out - y) * out * (1 - out))  # here
    return W


@of("training_loop", "give it a, not z")
def one_step(X, y, W, learning_rate):
    out = sigmoid(X @ W)
    delta = (out - y) * sigmoid_derivative(X @ W)  # here
    return W - learning_rate * X.T @ delta


@of("training_loop")
def one_step(X, y, W, learning_rate):
    for _ in range(10000):  # here
        out = sigmoid(X @ W)
        W = W - learning_rate * X.T @ ((out - y) * out * (1 - out))
    return W


@of("training_loop")
def one_step(X, y, W, learning_rate):
    out = sigmoid(X @ W)
    delta = (out - y) * out * (1 - out)
    gradient = delta.T @ X  # here
    return W - learning_rate * gradient


@of("training_loop")
def train(X, y, W, learning_rate, num_iterations):
    for _ in range(2 * num_iterations):  # here
        W = right_step(X, y, W, learning_rate)
    return W


@of("training_loop", "never uses learning_rate")
def iterations_to(goal, X, y, W, learning_rate):
    for i in range(1001):
        if 0.5 * np.sum((sigmoid(X @ W) - y) ** 2) < goal:
            return i
        W = right_step(X, y, W, 1)  # here
    return 1001


@of("training_loop")
def iterations_to(goal, X, y, W, learning_rate):
    steps = 0
    loss = 0.5 * np.sum((sigmoid(X @ W) - y) ** 2)
    while loss >= goal:  # here
        W = right_step(X, y, W, learning_rate)
        steps = steps + 1
    return steps


@of("training_loop")
def iterations_to(goal, X, y, W, learning_rate):
    steps = 0
    while steps < 1001:
        loss = 0.5 * np.sum((sigmoid(X @ W) - y) ** 2)
        if loss < goal:
            return loss  # here
        W = right_step(X, y, W, learning_rate)
        steps += 1
    return 1001


@of("hidden_layer", "product")
def hidden_delta(delta2, W2, a1):
    back = W2.T @ delta2  # here
    return back * a1 * (1 - a1)


@of("hidden_layer")
def hidden_delta(delta2, W2, a1):
    return delta2 @ (W2.T * a1 * (1 - a1))  # here


@of("hidden_layer")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    h = sigmoid(X @ W1 + b1)
    out = sigmoid(h @ W2 + b2)
    d2 = (out - y) * out * (1 - out)
    d1 = (d2 @ W2.T) * h * (1 - h)
    W2 = W2 - learning_rate * h.T @ d2
    W1 = W1 - learning_rate * X.T @ d1
    b2 = b2 - learning_rate * d2.sum(axis=0)
    b1 = b1 - d1.sum(axis=0)  # here
    return W1, b1, W2, b2


@of("hidden_layer", "slope of the output")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    h = sigmoid(X @ W1 + b1)
    out = sigmoid(h @ W2 + b2)
    d2 = (out - y) * out * (1 - out)
    d1 = (d2 @ W2.T) * out * (1 - out)  # here
    W2 = W2 - learning_rate * h.T @ d2
    W1 = W1 - learning_rate * X.T @ d1
    b2 = b2 - learning_rate * d2.sum(axis=0, keepdims=True)
    b1 = b1 - learning_rate * d1.sum(axis=0, keepdims=True)
    return W1, b1, W2, b2


@of("when_learning_fails", "bias", "ones")
def largest_rate(X):
    values = np.linalg.eigvalsh(X.T @ X)  # here
    return 2 / max(values)


@of("when_learning_fails")
def largest_rate(X):
    A = np.hstack([X, np.ones((len(X), 1))])
    values = np.linalg.eigvalsh(A @ A.T)
    return 2 / values[0]  # here


@of("when_learning_fails")
def steady(a):
    w = 1 / a * (1 - a)  # here
    z = np.log(a / (1 - a))
    b = z - w * a
    return w, b


@of("when_learning_fails")
def steady(a):
    slope = a * (1 - a)
    w = 1 / slope
    z = sigmoid(a)  # here
    return w, z - w * a


@of("applications", "own mean")
def standardise(X_train, X_new):
    def scale(data):
        return (data - data.mean(axis=0)) / data.std(axis=0)

    return scale(X_train), scale(X_new)  # here


@of("applications")
def standardise(X_train, X_new):
    m = X_train.mean(axis=0)
    s = X_train.std(axis=0)
    return X_train - m / s, X_new - m / s  # here


@of("applications", "all examples", "each row", "overflow")
def softmax_delta(z, y):
    e = np.exp(z - np.max(z))  # here
    p = e / np.sum(e)  # here
    return p - y


@of("applications")
def softmax_delta(z, y):
    e = np.exp(z - z.max(axis=1))  # here
    p = e / e.sum(axis=1)  # here
    return p - y


@of("applications", "equal")
def precision_recall(normal_scores, anomalous_scores, threshold):
    flagged = np.sum(normal_scores > threshold)
    caught = np.sum(anomalous_scores > threshold)
    missed = np.sum(anomalous_scores < threshold)  # here
    return caught / (caught + flagged), caught / (caught + missed)


@of("applications")
def precision_recall(normal_scores, anomalous_scores, threshold):
    fp = sum(normal_scores > threshold)
    tp = sum(anomalous_scores > threshold)
    fn = len(anomalous_scores) - fp  # here
    return tp / (tp + fp), tp / (tp + fn)


@of("applications")
def policy_delta(policy, positions, moves, returns, baseline):
    p = policy[positions].copy()
    p[np.arange(len(moves)), moves] -= 1
    return p * (returns - baseline)[:, None]  # here


@of("applications")
def policy_delta(policy, positions, moves, returns, baseline):
    p = policy  # here
    p[np.arange(len(moves)), moves] -= 1
    return p * (returns - baseline[positions])[:, None]


@of("autograd", "sign")
def quotient_slopes(a, b):
    top = 1 / b
    bottom = a / (b * b)  # here
    return top, bottom


@of("autograd")
def quotient_slopes(a, b):
    return 1 / b, -a * b**2  # here


@of("autograd", "+=", "add")
def pass_back(order):
    order[0].grad = 1
    for v in order:
        for i in range(len(v.parents)):
            v.parents[i].grad = v.slopes[i] * v.grad  # here
    return [v.grad for v in order]


@of("autograd", "loss")
def pass_back(order):
    for v in order:
        v.grad = 1  # here
        for p, s in zip(v.parents, v.slopes):
            p.grad += s * v.grad
    return [v.grad for v in order]


@of("autograd", "0 first")
def gradients_of(loss, values):
    order = in_order(loss)
    order[-1].grad = 1.0  # here
    for v in order[::-1]:
        for p, s in zip(v.parents, v.slopes):
            p.grad += s * v.grad
    return [v.grad for v in values]


@of("autograd", "back")
def gradients_of(loss, values):
    order = in_order(loss)
    for v in order:
        v.grad = 0
    loss.grad = 1
    for v in order:  # here
        for p, s in zip(v.parents, v.slopes):
            p.grad += s * v.grad
    return [v.grad for v in values]


@of("autograd")
def gradients_of(loss, values):
    order = in_order(loss)
    for v in order:
        v.grad = 0
    loss.grad = 1
    for v in order[:0:-1]:
        for p, s in zip(v.parents, v.slopes):
            p.grad += s * v.grad
    return [v.data for v in values]  # here


@of("autograd", "axes")
def summed_to(grad, shape):
    if shape[0] == 1:
        grad = grad.sum(axis=1, keepdims=True)  # here
    if shape[1] == 1:
        grad = grad.sum(axis=0, keepdims=True)  # here
    return grad


@of("autograd", "shape")
def summed_to(grad, shape):
    total = grad.sum()
    return np.full(shape, total)  # here


@of("practice", "as they stand")
def minibatches(X, y, size, order):
    out = []
    for i in range(0, len(X), size):
        out.append((X[i : i + size], y[i : i + size]))  # here
    return out


@of("practice", "overlap")
def minibatches(X, y, size, order):
    out = []
    for i in range(len(order)):
        rows = order[i : i + size]
        out.append((X[rows], y[rows]))
        i += size  # here
    return out


@of("practice")
def momentum_step(w, velocity, grad, learning_rate, beta):
    v = beta * velocity + grad
    new = w - learning_rate * beta * v  # here
    return new, v


@of("practice", "uphill")
def momentum_step(w, velocity, grad, learning_rate, beta):
    v = beta * velocity + grad
    w = w + learning_rate * v  # here
    return w, v


@of("practice", "handed on")
def adam_step(w, m, v, grad, t, learning_rate):
    m = (0.9 * m + 0.1 * grad) / (1 - 0.9**t)  # here
    v = (0.999 * v + 0.001 * grad**2) / (1 - 0.999**t)  # here
    return w - learning_rate * m / np.sqrt(v), m, v


@of("practice")
def adam_step(w, m, v, grad, t, learning_rate):
    m = 0.9 * m + 0.1 * grad
    v = 0.999 * v + 0.001 * grad**2
    mh = m / (1 - 0.9 ** (t - 1))  # here
    vh = v / (1 - 0.999**t)
    return w - learning_rate * mh / np.sqrt(vh), m, v


@of("practice", "not used", "one before")
def early_stop(losses, patience):
    best = 0
    for i in range(1, len(losses)):
        if losses[i] < losses[i - 1]:  # here
            best = i
        if i - best == patience:
            return best
    return best


@of("practice")
def early_stop(losses, patience):
    best = 0
    for i in range(1, len(losses)):
        if losses[i] < losses[best]:
            best = i
        if i - best == patience:
            break
    return best + 1  # here


# -- two mistakes: each in a result of its own, or one with a name and one without


@of("derivative", "sigmoid of it again", "through it again")
def tall_derivative(a):
    share = sigmoid(a / 10)
    steep = share * (1 - share)
    return steep / 10  # here


@of("hidden_layer")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (a2 - y) * a2 * (1 - a2)
    delta1 = (delta2 @ W2.T) * a1 * (1 - a1)
    dW1 = X.T @ delta1
    dW2 = a1.T @ delta2
    db1 = delta1.sum(axis=0, keepdims=True)
    db2 = delta2.mean(axis=0, keepdims=True)  # here
    new_W1 = W1 - learning_rate * dW1
    new_b1 = b1 + learning_rate * db1  # here
    return new_W1, new_b1, W2 - learning_rate * dW2, b2 - learning_rate * db2


@of("hidden_layer", "off by n")
def hidden_delta(delta2, W2, a1):
    back = delta2 @ W2.T / len(a1)  # here
    rest = 1 - a1**2  # here
    return back * rest


@of("practice", "one iteration too long")
def early_stop(losses, patience):
    best, waited = 0, 0
    for i in range(1, len(losses) - 1):  # here
        if losses[i] < losses[best]:
            best, waited = i, 0
        else:
            waited += 1
        if waited > patience:
            break
    return best


@of("practice", "y is not")
def minibatches(X, y, size, order):
    batches, first = [], 1  # here
    while first < len(order):
        rows = order[first : first + size]
        batches.append((X[rows], y[first : first + size]))
        first = first + size
    return batches


@of("applications")
def precision_recall(normal_scores, anomalous_scores, threshold):
    found = (anomalous_scores > threshold).sum()
    wrongly = (normal_scores < threshold).sum()  # here
    precision = found / (found + wrongly)
    recall = found / (found + wrongly)  # here
    return precision, recall


# -- an argument changed by another name, and one entry for all


@of("hidden_layer")
def two_layer_step(X, y, W1, b1, W2, b2, learning_rate):
    a1 = sigmoid(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    delta2 = (a2 - y) * a2 * (1 - a2)
    delta1 = (delta2 @ W2.T) * a1 * (1 - a1)
    steps = [
        (W1, X.T @ delta1),
        (b1, delta1.sum(axis=0, keepdims=True)),
        (W2, a1.T @ delta2),
        (b2, delta2.sum(axis=0, keepdims=True)),
    ]
    for each, gradient in steps:
        np.subtract(each, learning_rate * gradient, out=each)  # here
    return W1, b1, W2, b2


@of("applications", "only the move that was taken")
def policy_delta(policy, positions, moves, returns, baseline):
    delta = policy[positions].copy()
    for i, move in enumerate(moves):
        delta[i, move] -= 1
        gain = returns[i] - baseline[positions[i]]
        delta[i, move] = delta[i, move] * gain  # here
    return delta


@of("autograd", "second one", "one axis")
def summed_to(grad, shape):
    if shape[0] == 1:
        grad = grad.sum(axis=0, keepdims=True)
    elif shape[1] == 1:  # here
        grad = grad.sum(axis=1, keepdims=True)
    return grad


@of("training_loop")
def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    delta = (a - y) * a * (1 - a)
    ordered = np.sort(np.abs(delta))[::-1]  # here: along an axis of length 1
    total = ordered.sum()
    running = 0
    for count, d in enumerate(ordered.ravel(), start=1):
        running += d
        if running >= total / 2:
            return count


@of("chain_rule")
def batch_gradient(X, y, W, b):
    a = sigmoid(X @ W + b)
    delta = (a - y) * a * (1 - a)
    dW = np.zeros(W.shape)
    for i in range(W.shape[0]):
        total = 0  # here
        for j in range(W.shape[1]):
            for row in range(len(X)):
                total += X[row, i] * delta[row, j]
            dW[i, j] = total
    db = np.array([[sum(delta[:, j]) for j in range(W.shape[1])]])
    return dW, db


@of("applications")
def softmax_delta(z, y):
    p = np.zeros(z.shape)
    total = 0  # here
    for i, row in enumerate(z):
        e = np.exp(row - max(row))
        for value in e:
            total += value
        p[i] = e / total
    return p - y


@of("chain_rule")
def batch_gradient(X, y, W, b):
    n, d = X.shape
    k = W.shape[1]
    a = sigmoid(X @ W + b)
    dW = np.zeros((d, k))
    db = np.zeros((1, k))
    for i in range(n):
        for j in range(k):
            delta = (a[i, j] - y[i, j]) * a[i, j] * (1 - a[i, j])
            db[0, j] += delta
            for m in range(d):
                dW[m, j] = delta * X[i, m]  # here
    return dW, db


@of("autograd")
def gradients_of(loss, values):
    loss.grad = 1.0
    for value in reversed(in_order(loss)):
        for parent in value.parents:
            parent.grad = 0.0  # here
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope * value.grad
    return [value.grad for value in values]


@of("practice")
def adam_step(w, m, v, grad, t, learning_rate):
    def blend(old, new, keep):
        return new + keep * (old - new)

    m = blend(m, grad, 0.9)
    v = blend(grad**2, v, 0.999)  # here
    m_hat = m / (1 - 0.9**t)
    v_hat = v / (1 - 0.999**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8), m, v
