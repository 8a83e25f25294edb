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


@wrong("the small number keeps the logarithm")
def log_rest(z):
    return np.log(1 - sigmoid(z) + 1e-9)


@wrong("the small number keeps the logarithm")
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


# -- steady


@right
def steady(a):
    z = np.log(a) - np.log(1 - a)
    slope = a * (1 - a)
    return 1 / slope, z - a / slope


@right
def steady(a):
    z = -math.log(1 / a - 1)
    weight = 1 / (a - a**2)
    return [weight, z - weight * a]


@wrong("the weight is 4")
def steady(a):
    w = 4
    return w, np.log(a / (1 - a)) - w * a


@wrong("the weight is 4")
def steady(a):
    z = -math.log(1 / a - 1)
    return 4.0, z - 4 * a


@wrong("the weight is the slope itself")
def steady(a):
    w = a * (1 - a)
    return w, np.log(a / (1 - a)) - w * a


@wrong("the weight is the slope itself")
def steady(a):
    slope = a - a * a
    z = np.log(a) - np.log(1 - a)
    return slope, z - slope * a


@wrong("the weight comes from a slope")
def steady(a):
    w = 1 / a
    return w, np.log(a / (1 - a)) - w * a


@wrong("the weight comes from a slope")
def steady(a):
    z = -math.log(1 / a - 1)
    return a**-1, z - 1


@wrong("the bias is −w/2")
def steady(a):
    w = 1 / (a * (1 - a))
    return w, -w / 2


@wrong("the bias is −w/2")
def steady(a):
    slope = a * (1 - a)
    return 1 / slope, -1 / (2 * slope)


@wrong("the bias is the z that gives a")
def steady(a):
    w = 1 / (a * (1 - a))
    return w, np.log(a / (1 - a))


@wrong("the bias is the z that gives a")
def steady(a):
    z = -math.log(1 / a - 1)
    return 1 / a / (1 - a), z


@wrong("z is 0 here")
def steady(a):
    w = 1 / (a * (1 - a))
    return w, -w * a


@wrong("z is 0 here")
def steady(a):
    slope = a * (1 - a)
    return 1 / slope, -1 / (1 - a)


@wrong("z is a here")
def steady(a):
    w = 1 / (a * (1 - a))
    return w, a - w * a


@wrong("z is a here")
def steady(a):
    slope = a * (1 - a)
    w = 1 / slope
    return w, a * (1 - w)


@wrong("the output is 1 − a here")
def steady(a):
    w = 1 / (a * (1 - a))
    return w, np.log((1 - a) / a) - w * a


@wrong("the output is 1 − a here")
def steady(a):
    slope = a * (1 - a)
    z = math.log(1 / a - 1)
    return 1 / slope, z - a / slope


@wrong("the input's share of z")
def steady(a):
    w = 1 / (a * (1 - a))
    return w, np.log(a / (1 - a)) + w * a


@wrong("the input's share of z")
def steady(a):
    slope = a * (1 - a)
    z = -math.log(1 / a - 1)
    return 1 / slope, z + a / slope


@wrong("this is the logarithm to base 10. The one")
def steady(a):
    w = 1 / (a * (1 - a))
    return w, np.log10(a / (1 - a)) - w * a


@wrong("this is the logarithm to base 10. The one")
def steady(a):
    slope = a * (1 - a)
    z = math.log10(a) - math.log10(1 - a)
    return 1 / slope, z - a / slope


@wrong("weight and bias have changed places")
def steady(a):
    w = 1 / (a * (1 - a))
    return np.log(a / (1 - a)) - w * a, w


@wrong("weight and bias have changed places")
def steady(a):
    z = -math.log(1 / a - 1)
    weight = 1 / (a - a**2)
    return [z - weight * a, weight]


@unnamed
def steady(a):
    w = 1 / a * (1 - a)
    return w, np.log(a / (1 - a)) - w * a


@unnamed
def steady(a):
    w = 1 / (a * (1 - a))
    return w, sigmoid(a) - w * a


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
