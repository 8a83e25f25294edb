"""The exercises of stage 05: a step, the loop, when to stop, and who pulls most."""

import itertools

import numpy as np

from backprop.data import four_rows
from backprop.edit import function
from backprop.exercise import Exercise
from backprop.network import sigmoid, sigmoid_derivative  # noqa: F401  in an edit


def one_step(X, y, W, learning_rate):
    a = sigmoid(X @ W)
    delta = (a - y) * a * (1 - a)
    return W - learning_rate * X.T @ delta


ONE_STEP = Exercise(
    one_step,
    probes=[
        (*four_rows(), np.array([[0.1], [0.4], [0.2]]), 1),
        (*four_rows(), np.array([[0.8], [-0.5], [-0.3]]), 0.3),
        (
            np.array([[1.0, -2.0], [0.5, 0.3], [2.0, 1.0]]),
            np.array([[1.0], [0.0], [1.0]]),
            np.array([[-0.7], [0.6]]),
            2.5,
        ),
        # As many rows as inputs, so that a missing transpose fits, and gets its name.
        (
            np.array([[0.5, -1.0, 0.3], [2.0, 0.4, -0.6], [-0.7, 1.2, 0.9]]),
            np.array([[1.0], [0.0], [1.0]]),
            np.array([[0.4], [-0.9], [0.2]]),
            0.8,
        ),
        # Many inputs, and a large weight.
        (
            np.array([[0.5, -1.0, 0.3, 1.4, 0.6], [1.0, 0.4, -0.6, 0.2, -1.1]]),
            np.array([[1.0], [0.0]]),
            np.array([[12.0], [11.5], [0.7], [3.0], [-2.0]]),
            1.5,
        ),
    ],
    then="Try next: one step with learning_rate = 2000. Is W still usable?",
    mistakes={
        "the sign is flipped. The gradient points uphill, so a step down is "
        "W - learning_rate * gradient. (With y - a in place of a - y, it is "
        "plus.)": {"W - learning": "W + learning"},
        "the slope of the sigmoid is missing. a - y is the gradient with respect to a; "
        "delta is with respect to z, so it needs the factor a * (1 - a).": {
            " * a * (1 - a)": ""
        },
        "the slope is applied twice. delta is (a - y) * a * (1 - a), the slope once.": {
            "a * (1 - a)": "(a * (1 - a)) ** 2"
        },
        "z * (1 - z) is not the slope. sigmoid_derivative takes the output: give it a, "
        "not z.": [
            {"(X @ W)": "(z := X @ W)", "a * (1 - a)": "z * (1 - z)"},
            {
                "(X @ W)": "(z := X @ W)",
                "a * (1 - a)": "sigmoid_derivative(z)",
            },  # it objects
        ],
        "this is the slope at sigmoid(a): the sigmoid was applied once too often. "
        "a is the output already.": {"a * (1 - a)": "sigmoid(a) * (1 - sigmoid(a))"},
        "the factor of the squares is doubled. The loss here has ½ before its sum, and "
        "the 2 of the derivative cancels it.": {"W - learning": "W - 2 * learning"},
        "off by n, the number of examples (4 for the four rows): a mean where the "
        "course uses the sum.": {"learning_rate * X": "learning_rate / len(X) * X"},
        "X is not transposed. The sum runs over the examples, so they must stand in "
        "the columns: X.T @ delta.": {"X.T @": "X @"},
        "* multiplies entry by entry and adds nothing up. The sums take @.": {
            "X @ W": "X * W",
            "X.T @": "X.T *",
        },
        "the learning rate is missing.": {"learning_rate * ": ""},
        "this is the gradient. The step is still to come: W - learning_rate * "
        "gradient.": {"W - learning_rate * ": ""},
        "this is the change alone. Return the new weights: W plus the change.": {
            "return W - ": "return -"
        },
        "the weights come back as they were: W - … has to be returned, or assigned.": {
            "W - learning_rate * X.T @ delta": "W"
        },
    },
)


def train(X, y, W, learning_rate, num_iterations):
    for _ in range(num_iterations):
        W = one_step(X, y, W, learning_rate)
    return W


def _loop(edit=(), more=0):
    """Return a loop of a step that is edited, or of more iterations."""
    step = function(one_step, edit) if edit else one_step

    def wrong(X, y, W, learning_rate, num_iterations):
        for _ in range(num_iterations + more):
            W = step(X, y, W, learning_rate)
        return W

    return wrong


def _one_step_kept(X, y, W, learning_rate, num_iterations):
    return one_step(X, y, W, learning_rate) if num_iterations else W


def _stopped_at_once(X, y, W, learning_rate, num_iterations):
    return one_step(X, y, W, learning_rate) if num_iterations else None


def _first_gradient(X, y, W, learning_rate, num_iterations):
    return W - num_iterations * (W - one_step(X, y, W, learning_rate))


def _own_start(X, y, W, learning_rate, num_iterations):
    start = 2 * np.random.RandomState(0).random_sample(np.shape(W)) - 1
    return train(X, y, start, learning_rate, num_iterations)


def _stale_outputs(X, y, W, learning_rate, num_iterations):
    a = sigmoid(X @ W)
    for _ in range(num_iterations):
        old, a = a, sigmoid(X @ W)
        W = W - learning_rate * X.T @ ((old - y) * old * (1 - old))
    return W


TRAIN = Exercise(
    train,
    probes=[
        (*four_rows(), np.array([[0.1], [0.4], [0.2]]), 1, 10),
        (*four_rows(), np.array([[0.8], [-0.5], [-0.3]]), 0.3, 3),
        (*four_rows(), np.array([[0.8], [-0.5], [-0.3]]), 2, 1),
        (*four_rows(), np.array([[0.1], [-0.4], [0.2]]), 1, 0),  # no iteration
        (
            np.array([[1.0, -2.0], [0.5, 0.3], [2.0, 1.0]]),
            np.array([[1.0], [0.0], [1.0]]),
            np.array([[-0.7], [0.6]]),
            2.5,
            25,
        ),
        (*four_rows(), np.array([[0.3], [-0.2], [0.1]]), 0.2, 300),
    ],
    then="Try next: 10,000 iterations from the start of this page, at learning rate 1.",
    mistakes={
        "this is the result of one step alone. Each step starts where the last one "
        "ended: W = one_step(…) in each round, and return W after the loop.": [
            _one_step_kept,
            _stopped_at_once,
        ],
        "this takes one iteration too many.": _loop(more=1),
        "this takes one iteration too few: range(1, num_iterations) begins at 1, and "
        "leaves one out.": _loop(more=-1),
        "every step uses the gradient of the start. After a step the outputs are "
        "others, and so is the gradient: compute it anew, inside of the "
        "loop.": _first_gradient,
        "the outputs are a step behind. They belong to the weights of this iteration: "
        "first forward, then backward, then the step.": _stale_outputs,
        "the start is lost: begin from the W that is given, not from one of your "
        "own.": _own_start,
        "the weights come back as they were: no step is kept.": (
            lambda X, y, W, rate, n: W
        ),
        "each step goes uphill. The gradient points uphill, so a step is W - "
        "learning_rate * gradient.": _loop({"W - learning": "W + learning"}),
        "the slope of the sigmoid is missing in delta: a - y times a * (1 - a).": _loop(
            {" * a * (1 - a)": ""}
        ),
        "the learning rate is missing in the step.": _loop({"learning_rate * ": ""}),
    },
)


def iterations_to(goal, X, y, W, learning_rate):
    for i in range(1001):
        a = sigmoid(X @ W)
        if np.sum((a - y) ** 2) / 2 < goal:
            return i
        W = one_step(X, y, W, learning_rate)
    return 1001


def _loss(a, y):
    return np.sum((a - y) ** 2) / 2


WAYS = {}  # of each probe: outputs and weights, as far down as one has gone


def _outputs(X, y, W, learning_rate):
    """Yield the outputs before each step: all mistakes go the same way down."""
    key = (X.tobytes(), y.tobytes(), W.tobytes(), learning_rate)
    known = WAYS.setdefault(key, [(sigmoid(X @ W), W)])
    for i in itertools.count():
        if i == len(known):
            W = one_step(X, y, known[-1][1], learning_rate)
            known.append((sigmoid(X @ W), W))
        yield known[i][0]


def _count(loss=_loss, below=np.less, first=0, last=1000, offset=0, never=1001):
    """Return a count that differs in one of these."""

    def wrong(goal, X, y, W, learning_rate):
        for i, a in zip(range(last + 1), _outputs(X, y, W, learning_rate)):
            if i >= first and below(loss(a, y), goal):
                return i + offset
        return never

    return wrong


def _step_forgotten(goal, X, y, W, learning_rate):
    return 0 if _loss(sigmoid(X @ W), y) < goal else 1001


START = np.array([[0.1], [0.4], [0.2]])
ITERATIONS_TO = Exercise(
    iterations_to,
    probes=[
        (0.1, *four_rows(), START, 1),
        (0.02, *four_rows(), START, 3),
        (0.3, *four_rows(), START, 0.1),
        (0.6, *four_rows(), START, 1),  # good enough at the start
        (0.5, *four_rows(), 0 * START, 1),  # exactly at the goal at the start
        (0.0177, *four_rows(), START, 0.1),  # after 1,000 iterations
        (0.013, *four_rows(), START, 0.1),  # after more
        (
            0.2,
            np.array([[1.0, -2.0], [0.5, 0.3], [2.0, 1.0]]),
            np.array([[1.0], [0.0], [1.0]]),
            np.array([[-0.7], [0.6]]),
            2.5,
        ),
    ],
    then="Try next: ten times the learning rate. Is it ten times as fast?",
    mistakes={
        "one too many. Look at the loss before the step: if the start is good enough, "
        "the answer is 0.": [_count(offset=1), _count(offset=1, last=999)],
        "one too few: after the step numbered i, counted from 0, i + 1 steps are "
        "done.": [
            _count(first=1, offset=-1, last=last, never=never)
            for last, never in ((1000, 1001), (1001, 1001), (1001, 1000))
        ],
        "the start is not looked at. If its loss is below the goal, the answer is "
        "0.": _count(first=1),
        "below means less than. Where the loss is equal to the goal, it is not below "
        "it yet.": _count(below=np.less_equal),
        "this stops one iteration too early. Look at the loss once more after the "
        "1,000th.": _count(last=999),
        "the limit is missing: where 1,000 iterations are not enough, the answer is "
        "1001.": _count(last=10_000),
        "where 1,000 iterations are not enough, the answer is 1001, not 1000.": [
            _count(never=1000),
            _count(last=999, never=1000),
        ],
        "where 1,000 iterations are not enough, nothing is returned. Return 1001 after "
        "the loop.": [_count(never=None), _count(last=999, never=None)],
        "this gives 0 where the start is good enough, and 1001 everywhere else, as if "
        "no step were taken. Look at three things: W = one_step(…) in the loop, the "
        "loss anew from that W, and the return of 1001 after the loop.": (
            _step_forgotten
        ),
        "the ½ before the sum is missing.": _count(lambda a, y: 2 * _loss(a, y)),
        "this stops by the mean of the squares. The loss here is ½ times their "
        "sum.": _count(lambda a, y: np.mean((a - y) ** 2)),
        "this stops by half the mean of the squares. The loss here is half their "
        "sum.": _count(lambda a, y: np.mean((a - y) ** 2) / 2),
        "this stops by the sum of the errors, without squares: errors of both signs "
        "cancel.": _count(lambda a, y: np.sum(a - y)),
        "this stops by the absolute errors; the loss is half the sum of the "
        "squares.": _count(lambda a, y: np.sum(np.abs(a - y))),
        "the count goes on while the loss is already under the goal: the comparison "
        "is turned round.": _count(below=np.greater),
    },
)


def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    delta = (a - y) * a * (1 - a)
    pull = np.sort(np.abs(delta).ravel())[::-1]
    return int(np.argmax(np.cumsum(pull) >= pull.sum() / 2)) + 1


def _signs_left(X, y, W):
    """Sort and add deltas with their signs, up to half of the sum without signs."""
    a = sigmoid(X @ W)
    delta = ((a - y) * a * (1 - a)).ravel()
    reached = np.cumsum(np.sort(delta)[::-1]) >= np.abs(delta).sum() / 2
    return int(np.argmax(reached)) + 1 if reached.any() else len(delta)


HALF_OF_THE_PULL = Exercise(
    half_of_the_pull,
    probes=[
        (*four_rows(), np.zeros((3, 1))),  # all four alike
        (*four_rows(), np.array([[4.0], [1.0], [-0.5]])),
        (
            np.array(
                [[2.0, 1], [0.1, 1], [-3, 1], [-1, 1], [0.4, 1], [1.5, 1], [4, 1]]
            ),
            np.array([[1.0], [1], [0], [1], [0], [1], [1]]),
            np.array([[1.5], [0.2]]),
        ),
        (
            np.linspace(-3, 5, 30)[:, np.newaxis],
            np.linspace(0, 1, 30)[::-1, np.newaxis].round(),
            np.array([[0.6]]),
        ),
        (
            np.linspace(-6, 2, 41)[:, np.newaxis],
            np.linspace(0, 1, 41)[:, np.newaxis].round(),
            np.array([[1.1]]),
        ),
        # The strongest pulls far harder than the next.
        (
            np.array(
                [
                    [2.4, -2.4],
                    [-1.4, 0.7],
                    [-1.4, 2.9],
                    [0.6, 0],
                    [0.6, 2.8],
                    [-0.8, 0.7],
                ]
            ),
            np.array([[0.0], [0], [1], [1], [1], [0]]),
            np.array([[0.5], [-0.4]]),
        ),
        # Nearly all pull the same way, so that the sum of the deltas is no small one.
        (
            np.linspace(-1, 2, 12)[:, np.newaxis],
            (np.arange(12) > 9).astype(float)[:, np.newaxis],
            np.array([[0.5]]),
        ),
    ],
    then="Try next: the 3s and 7s of backprop.data, X, y, _, _ = threes_and_sevens(), "
    "from W = 0. The picture says how many.",
    mistakes={
        "this begins with the weakest. The fewest rows are the strongest ones: sort "
        "from the largest down.": {"[::-1]": ""},
        "this takes the rows in the order of the data. Sort them first, the strongest "
        "first. (np.sort of a column sorts within each row, where one number stands: "
        "ravel it before.)": {
            "np.sort(np.abs(delta).ravel())[::-1]": "np.abs(delta).ravel()"
        },
        "deltas of both signs cancel here. A row pulls as hard with −0.1 as with 0.1: "
        "take np.abs first.": [{"np.abs(delta)": "delta"}, _signs_left],
        "this adds up the errors a - y. A row pulls by its delta, which has the slope "
        "a * (1 - a), too.": {"(a - y) * a * (1 - a)": "a - y"},
        "this adds up slopes. A row pulls by its delta: the error times the slope.": {
            "(a - y) * ": ""
        },
        "this adds up squares. The pull is the size of delta itself.": {
            "np.abs": "np.square"
        },
        "one too few: a place in the list is counted from 0.": {") + 1": ")"},
        "one too many.": {") + 1": ") + 2"},
        "half is enough: where the first ones carry exactly half, no further one is "
        "needed.": {">=": ">"},
        "this counts the rows that pull at least half as hard as the strongest. Add up "
        "until half of all is reached.": {
            "argmax(np.cumsum(pull) >= pull.sum() / 2)) + 1": (
                "sum(pull > pull.max() / 2))"
            )
        },
        "this counts the rows that pull harder than the mean. Add up until half of all "
        "is reached.": {
            "argmax(np.cumsum(pull) >= pull.sum() / 2)) + 1": (
                "sum(pull > pull.mean()))"
            )
        },
    },
)

EXERCISES = [ONE_STEP, TRAIN, ITERATIONS_TO, HALF_OF_THE_PULL]
