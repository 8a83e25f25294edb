"""Stage 08: what students write for the exercises."""
# ruff: noqa: F811

import math

import numpy as np
from bank import right, unnamed, wrong

from backprop.network import sigmoid

# -- largest_rate


@right
def largest_rate(X):
    A = np.hstack([np.ones((len(X), 1)), X])
    return 2 / np.linalg.norm(A, 2) ** 2


@right
def largest_rate(X):
    A = np.c_[X, np.ones(len(X))]
    curvatures, _ = np.linalg.eigh(A.T @ A)
    return np.array(2 / curvatures[-1])


@right
def largest_rate(X):
    A = np.column_stack([X, np.ones(len(X))])
    v = np.ones(A.shape[1])
    for _ in range(500):
        v = A.T @ (A @ v)
        v = v / np.linalg.norm(v)
    return 2 / (v @ A.T @ A @ v)


@wrong("the bias is left out")
def largest_rate(X):
    return 2 / np.linalg.eigvalsh(X.T @ X).max()


@wrong("the bias is left out")
def largest_rate(X):
    return 2 / np.linalg.norm(X, 2) ** 2


@wrong("this is the limit for a mean over the rows")
def largest_rate(X):
    A = np.column_stack([X, np.ones(len(X))])
    return 2 / np.linalg.eigvalsh(A.T @ A / len(X)).max()


@wrong("this is the limit for a mean over the rows")
def largest_rate(X):
    A = np.column_stack([X, np.ones(len(X))])
    return 2 * len(A) / np.linalg.norm(A, 2) ** 2


@wrong("this is 1 / λmax")
def largest_rate(X):
    A = np.column_stack([X, np.ones(len(X))])
    return 1 / np.linalg.eigvalsh(A.T @ A).max()


@wrong("this is 1 / λmax")
def largest_rate(X):
    A = np.column_stack([X, np.ones(len(X))])
    return 2 / np.linalg.eigvalsh(2 * A.T @ A).max()


@wrong("this takes the smallest curvature")
def largest_rate(X):
    A = np.column_stack([X, np.ones(len(X))])
    return 2 / np.linalg.eigvalsh(A.T @ A).min()


@wrong("this takes the smallest curvature")
def largest_rate(X):
    A = np.column_stack([X, np.ones(len(X))])
    curvatures = np.linalg.eigvalsh(A.T @ A)
    return max(2 / curvatures)


@wrong("this takes the sum of the curvatures")
def largest_rate(X):
    A = np.column_stack([X, np.ones(len(X))])
    return 2 / np.linalg.eigvalsh(A.T @ A).sum()


@wrong("this takes the sum of the curvatures")
def largest_rate(X):
    A = np.column_stack([X, np.ones(len(X))])
    return 2 / np.sum(A**2)


@wrong("the curvatures are the eigenvalues of AᵀA, not of A")
def largest_rate(X):
    A = np.column_stack([X, np.ones(len(X))])
    return 2 / np.linalg.norm(A, 2)


@wrong("the curvatures are the eigenvalues of AᵀA, not of A")
def largest_rate(X):
    A = np.column_stack([X, np.ones(len(X))])
    return 2 / np.linalg.svd(A)[1].max()


@wrong("this is 2 / (λmin + λmax)")
def largest_rate(X):
    A = np.column_stack([X, np.ones(len(X))])
    curvatures = np.linalg.eigvalsh(A.T @ A)
    return 2 / (curvatures.min() + curvatures.max())


@wrong("this is 2 / (λmin + λmax)")
def largest_rate(X):
    A = np.column_stack([X, np.ones(len(X))])
    curvatures = np.linalg.eigvalsh(A.T @ A)
    return 1 / np.mean([curvatures[0], curvatures[-1]])


@wrong("this is the curvature λmax itself")
def largest_rate(X):
    A = np.column_stack([X, np.ones(len(X))])
    return np.linalg.eigvalsh(A.T @ A).max()


@wrong("this is the curvature λmax itself")
def largest_rate(X):
    A = np.column_stack([X, np.ones(len(X))])
    return np.linalg.norm(A, 2) ** 2


@unnamed
def largest_rate(X):
    return 0.25


@unnamed
def largest_rate(X):
    A = np.column_stack([X, np.ones(len(X))])
    return 2 / np.linalg.eigvalsh(A.T @ A)


# -- log_rest


@right
def log_rest(z):
    return -np.log(1 + np.exp(z))


@right
def log_rest(z):
    return np.log(sigmoid(z)) - z


@right
def log_rest(z):
    return -np.logaddexp(z, 0)


@wrong("1 - sigmoid(z) is exactly 0")
def log_rest(z):
    return np.log(1 - sigmoid(z))


@wrong("1 - sigmoid(z) is exactly 0")
def log_rest(z):
    a = 1 / (1 + np.exp(-z))
    return np.log1p(-a)


@wrong("the small number added")
def log_rest(z):
    return np.log(1 - sigmoid(z) + 1e-9)


@wrong("the small number added")
def log_rest(z):
    rest = 1 - sigmoid(z)
    return np.log(np.maximum(rest, 1e-12))


@wrong("this is the logarithm of sigmoid(z)")
def log_rest(z):
    return np.log(sigmoid(z))


@wrong("this is the logarithm of sigmoid(z)")
def log_rest(z):
    return -np.log(1 + np.exp(-z))


@wrong("ln(1 − a) is not ln 1 − ln a")
def log_rest(z):
    return np.log(1) - np.log(sigmoid(z))


@wrong("ln(1 − a) is not ln 1 − ln a")
def log_rest(z):
    return np.log(1 / sigmoid(z))


@wrong("this is the rest")
def log_rest(z):
    return sigmoid(-z)


@wrong("this is the rest")
def log_rest(z):
    return 1 / (1 + np.exp(z))


@wrong("the sign is flipped")
def log_rest(z):
    return -np.log(sigmoid(-z))


@wrong("the sign is flipped")
def log_rest(z):
    return np.log(1 + np.exp(z))


@wrong("this is the logarithm to base 10")
def log_rest(z):
    return np.log10(sigmoid(-z))


@wrong("this is the logarithm to base 10")
def log_rest(z):
    return np.log(sigmoid(-z)) / math.log(10)


@wrong("-z is close only for a large z")
def log_rest(z):
    return -z


@wrong("-z is close only for a large z")
def log_rest(z):
    return np.log(1 / np.exp(z))


@unnamed
def log_rest(z):
    return np.log2(sigmoid(-z))


@unnamed
def log_rest(z):
    return 1 - np.log(sigmoid(z))


# -- chain_slope


@right
def chain_slope(w, b, x):
    def output(x):
        a = x
        for i in range(len(w)):
            a = sigmoid(w[i] * a + b[i])
        return a

    h = 1e-5
    return (output(x + h) - output(x - h)) / (2 * h)


@right
def chain_slope(w, b, x):
    a = [x]
    for w_i, b_i in zip(w, b):
        a.append(sigmoid(w_i * a[-1] + b_i))
    delta = 1
    for i in reversed(range(len(w))):
        delta = delta * a[i + 1] * (1 - a[i + 1]) * w[i]
    return delta


@wrong("this multiplies the slopes σ′ alone")
def chain_slope(w, b, x):
    slope, a = 1.0, x
    for w_i, b_i in zip(w, b):
        a = sigmoid(w_i * a + b_i)
        slope = slope * a * (1 - a)
    return slope


@wrong("this multiplies the slopes σ′ alone")
def chain_slope(w, b, x):
    slopes = []
    for i in range(len(w)):
        x = sigmoid(w[i] * x + b[i])
        slopes.append(x - x**2)
    return np.prod(slopes)


@wrong("this multiplies the weights alone")
def chain_slope(w, b, x):
    return np.prod(w)


@wrong("this multiplies the weights alone")
def chain_slope(w, b, x):
    slope = 1
    for w_i in w:
        slope *= w_i
    return slope


@wrong("this takes ¼ for every slope")
def chain_slope(w, b, x):
    return np.prod(w) / 4 ** len(w)


@wrong("this takes ¼ for every slope")
def chain_slope(w, b, x):
    slope = 1
    for w_i in w:
        slope = slope * w_i * 0.25
    return slope


@wrong("this takes the slope as z(1 − z)")
def chain_slope(w, b, x):
    slope, a = 1.0, x
    for w_i, b_i in zip(w, b):
        z = w_i * a + b_i
        slope = slope * w_i * z * (1 - z)
        a = sigmoid(z)
    return slope


@wrong("this takes the slope as z(1 − z)")
def chain_slope(w, b, x):
    zs = []
    for i in range(len(w)):
        zs.append(w[i] * x + b[i])
        x = sigmoid(zs[-1])
    z = np.array(zs)
    return np.prod(w * (z - z**2))


@wrong("the slope is applied twice")
def chain_slope(w, b, x):
    slope, a = 1.0, x
    for w_i, b_i in zip(w, b):
        a = sigmoid(w_i * a + b_i)
        da_dz = a * (1 - a)
        slope = slope * da_dz * w_i * da_dz
    return slope


@wrong("the slope is applied twice")
def chain_slope(w, b, x):
    factors = []
    for i in range(len(w)):
        x = sigmoid(w[i] * x + b[i])
        factors.append(w[i] * (x - x**2) ** 2)
    return np.prod(factors)


@wrong("the slope is taken at a neuron's input")
def chain_slope(w, b, x):
    slope, a = 1.0, x
    for w_i, b_i in zip(w, b):
        slope = slope * w_i * a * (1 - a)
        a = sigmoid(w_i * a + b_i)
    return slope


@wrong("the slope is taken at a neuron's input")
def chain_slope(w, b, x):
    a = [x]
    for w_i, b_i in zip(w, b):
        a.append(sigmoid(w_i * a[-1] + b_i))
    a = np.array(a[:-1])
    return np.prod(w * a * (1 - a))


@wrong("the factors are added")
def chain_slope(w, b, x):
    slope, a = 0.0, x
    for w_i, b_i in zip(w, b):
        a = sigmoid(w_i * a + b_i)
        slope = slope + w_i * a * (1 - a)
    return slope


@wrong("the factors are added")
def chain_slope(w, b, x):
    factors = []
    for i in range(len(w)):
        x = sigmoid(w[i] * x + b[i])
        factors.append(w[i] * (x - x**2))
    return sum(factors)


@wrong("this is the last neuron's factor alone")
def chain_slope(w, b, x):
    a = x
    for w_i, b_i in zip(w, b):
        a = sigmoid(w_i * a + b_i)
        slope = w_i * a * (1 - a)
    return slope


@wrong("this is the last neuron's factor alone")
def chain_slope(w, b, x):
    for i in range(len(w)):
        x = sigmoid(w[i] * x + b[i])
    return w[-1] * (x - x**2)


@wrong("the first neuron's factor is missing")
def chain_slope(w, b, x):
    a = sigmoid(w[0] * x + b[0])
    slope = 1.0
    for w_i, b_i in zip(w[1:], b[1:]):
        a = sigmoid(w_i * a + b_i)
        slope = slope * w_i * a * (1 - a)
    return slope


@wrong("the first neuron's factor is missing")
def chain_slope(w, b, x):
    factors = []
    for i in range(len(w)):
        x = sigmoid(w[i] * x + b[i])
        if i > 0:
            factors.append(w[i] * (x - x**2))
    return np.prod(factors)


@wrong("the last neuron's factor is missing")
def chain_slope(w, b, x):
    slope, a = 1.0, x
    for w_i, b_i in zip(w[:-1], b[:-1]):
        a = sigmoid(w_i * a + b_i)
        slope = slope * w_i * a * (1 - a)
    return slope


@wrong("the last neuron's factor is missing")
def chain_slope(w, b, x):
    factors = []
    for i in range(len(w) - 1):
        x = sigmoid(w[i] * x + b[i])
        factors.append(w[i] * (x - x**2))
    return np.prod(factors)


@wrong("this is the output of the last neuron")
def chain_slope(w, b, x):
    a = x
    for w_i, b_i in zip(w, b):
        a = sigmoid(w_i * a + b_i)
    return a


@wrong("this is the output of the last neuron")
def chain_slope(w, b, x):
    for i in range(len(w)):
        x = 1 / (1 + np.exp(-w[i] * x - b[i]))
    return x


@unnamed
def chain_slope(w, b, x):
    slope, a = 1.0, x
    for w_i, b_i in zip(w, b):
        a = sigmoid(w_i * a + b_i)
        slope = slope * w_i * a
    return slope


@unnamed
def chain_slope(w, b, x):
    slope, a = 1.0, x
    for w_i in w:
        a = sigmoid(w_i * a)
        slope = slope * w_i * a * (1 - a)
    return slope


# -- diagnose


@right
def diagnose(exhibit):
    return "FEIJBGADHC"[exhibit - 1]


@right
def diagnose(exhibit):
    letters = ["f", "e", "i", "j", "b", "g", "a", "d", "h", "c"]
    return letters[exhibit - 1]


@wrong("every exhibit that trains got a J")
def diagnose(exhibit):
    return "JJIJJJJDJC"[exhibit - 1]


@wrong("every exhibit that trains got a J")
def diagnose(exhibit):
    return {3: "i", 8: "d", 10: "c"}.get(exhibit, "j")


@unnamed
def diagnose(exhibit):
    return "J"


@unnamed
def diagnose(exhibit):
    return "ABCDEFGHIJ"[exhibit - 1]


@unnamed
def diagnose(exhibit):
    return {1: "F", 2: "k", 3: 3, 4: np.int64(-5)}.get(exhibit)
