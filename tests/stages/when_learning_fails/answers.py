"""Stage 08: what students write for the exercises."""
# ruff: noqa: F811

import math

import numpy as np
from bank import edits, right, unnamed, wrong

from backprop.network import sigmoid

# -- largest_rate


@right
def largest_rate(X):
    A = np.hstack([np.ones((len(X), 1)), X])
    return 2 / np.linalg.norm(A, 2) ** 2


edits(
    largest_rate,
    {
        "the bias is left out": {"norm(A": "norm(X"},
        "this is the limit for a mean over the rows": {"2 /": "2 * len(A) /"},
        "this is 1 / λmax": {"2 /": "1 /"},
        "this is the curvature λmax itself": {"2 / ": ""},
    },
)


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


@right
def largest_rate(X):
    A = np.column_stack([X, np.ones(len(X))])
    return 2 / np.linalg.eigvalsh(A.T @ A).max()


edits(
    largest_rate,
    {
        "the bias is left out": {"A.T @ A": "X.T @ X"},
        "this is the limit for a mean over the rows": {"@ A": "@ A / len(X)"},
        "this is 1 / λmax": {"2": "1"},
        "this takes the smallest curvature": {"max": "min"},
        "this takes the sum of the curvatures": {"max": "sum"},
        "the curvatures are the eigenvalues of AᵀA, not of A": [
            {"eigvalsh(A.T @ A).max()": "norm(A, 2)"},
            {"eigvalsh(A.T @ A)": "svd(A)[1]"},
        ],
        "this is the curvature λmax itself": {"2 / ": ""},
        None: {".max()": ""},
    },
)


@right
def largest_rate(X):
    A = np.column_stack([X, np.ones(len(X))])
    curvatures = np.linalg.eigvalsh(A.T @ A)
    return 2 / curvatures.max()


edits(
    largest_rate,
    {
        "this takes the smallest curvature": {"curvatures.max()": "curvatures.min()"},
        "this takes the sum of the curvatures": {"curvatures.max()": "sum(curvatures)"},
        "this is 2 / (λmin + λmax)": [
            {"curvatures.max()": "(curvatures.min() + curvatures.max())"},
            {"2 / curvatures.max()": "1 / np.mean([curvatures[0], curvatures[-1]])"},
        ],
    },
)


@unnamed
def largest_rate(X):
    return 0.25


# -- log_rest


@right
def log_rest(z):
    return -np.log(1 + np.exp(z))


edits(
    log_rest,
    {
        "this is the logarithm of sigmoid(z)": {"exp(z)": "exp(-z)"},
        "this is the rest": {"-np.log": "1 / "},
        "the sign is flipped": {"-": ""},
        "-z is close only for a large z": {"-np.log(1 +": "np.log(1 /"},
    },
)


@right
def log_rest(z):
    return np.log(sigmoid(z)) - z


@right
def log_rest(z):
    return -np.logaddexp(z, 0)


edits(
    log_rest,
    {
        "-z is close only for a large z": {"np.logaddexp(z, 0)": "z"},
    },
)


@right
def log_rest(z):
    return np.log(sigmoid(-z))


edits(
    log_rest,
    {
        "1 - sigmoid(z) is exactly 0": {"sigmoid(-z)": "1 - sigmoid(z)"},
        "the small number keeps the logarithm": {
            "sigmoid(-z)": "1 - sigmoid(z) + 1e-9"
        },
        "this is the logarithm of sigmoid(z)": {"-": ""},
        "ln(1 − a) is not ln 1 − ln a": [
            {"sigmoid(-z)": "1) - np.log(sigmoid(z)"},
            {"sigmoid(-z)": "1 / sigmoid(z)"},
        ],
        "this is the rest": {"np.log(sigmoid(-z))": "sigmoid(-z)"},
        "the sign is flipped": {"np.log": "-np.log"},
        "this is the logarithm to base 10": [
            {".log": ".log10"},
            {"))": ")) / math.log(10)"},
        ],
        None: [{".log": ".log2"}, {"np": "1 - np", "-z": "z"}],
    },
)


@wrong("1 - sigmoid(z) is exactly 0")
def log_rest(z):
    a = 1 / (1 + np.exp(-z))
    return np.log1p(-a)


@wrong("the small number keeps the logarithm")
def log_rest(z):
    rest = 1 - sigmoid(z)
    return np.log(np.maximum(rest, 1e-12))


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


edits(
    steady,
    {
        "the weight is 4": {"1 / (a - a**2)": "4.0"},
        "the weight is the slope itself": {"1 / (a - a**2)": "a - a**2"},
        "the weight comes from a slope": {"1 / (a - a**2)": "a**-1"},
        "the bias is −w/2": {"z - weight * a": "-weight / 2"},
        "the bias is the z that gives a": {" - weight * a": ""},
        "z is 0 here": {"z - weight": "-weight"},
        "z is a here": {"z - weight": "a - weight"},
        "the output is 1 − a here": {"-math": "math"},
        "the input's share of z": {"z - weight": "z + weight"},
        "this is the logarithm to base 10. The one": {"math.log": "math.log10"},
        "weight and bias have changed places": {
            "weight, z - weight * a": "z - weight * a, weight"
        },
    },
)


@right
def steady(a):
    w = 1 / (a * (1 - a))
    return w, np.log(a / (1 - a)) - w * a


edits(
    steady,
    {
        "the weight is 4": {"1 / (a * (1 - a))": "4"},
        "the weight is the slope itself": {"1 / (a * (1 - a))": "a * (1 - a)"},
        "the weight comes from a slope": {"(a * (1 - a))": "a"},
        "the bias is −w/2": {"np.log(a / (1 - a)) - w * a": "-w / 2"},
        "the bias is the z that gives a": {" - w * a": ""},
        "z is 0 here": {"np.log(a / (1 - a)) - ": "-"},
        "z is a here": {"np.log(a / (1 - a))": "a"},
        "the output is 1 − a here": {"a / (1 - a)": "(1 - a) / a"},
        "the input's share of z": {"- w": "+ w"},
        "this is the logarithm to base 10. The one": {"log": "log10"},
        "weight and bias have changed places": {
            "w, np.log(a / (1 - a)) - w * a": "np.log(a / (1 - a)) - w * a, w"
        },
        None: [{"(a * (1 - a))": "a * (1 - a)"}, {"np.log(a / (1 - a))": "sigmoid(a)"}],
    },
)


# -- diagnose


@right
def diagnose(exhibit):
    return "FEIJBGADHC"[exhibit - 1]


edits(
    diagnose,
    {
        "every exhibit that trains got a J": {"FEIJBGADHC": "JJIJJJJDJC"},
    },
)


@right
def diagnose(exhibit):
    letters = ["f", "e", "i", "j", "b", "g", "a", "d", "h", "c"]
    return letters[exhibit - 1]


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


@unnamed
def steady(a):
    z = np.log(a / (1 - a))
    w = 1 / (sigmoid(a) * (1 - sigmoid(a)))
    b = z - w * a
    return w, b


@unnamed
def log_rest(z):
    z = np.asarray(z, dtype=float)
    small = np.log(1 - sigmoid(np.minimum(z, 3)))
    return np.where(z > 3, -z, small)


@unnamed
def log_rest(z):
    return np.where(z > 34, -z, np.log(1 - sigmoid(z)))
