"""Stage 05: what students write for its four exercises."""
# ruff: noqa: F811

import numpy as np
from bank import edits, everywhere, right, unnamed, wrong

from backprop.network import sigmoid, sigmoid_derivative
from backprop.stages.training_loop.checks import one_step as right_step

# -- one_step


@right
def one_step(X, y, W, learning_rate):
    output = sigmoid(X @ W)
    error = y - output
    W = W + learning_rate * np.dot(X.T, error * sigmoid_derivative(output))
    return W


edits(
    one_step,
    {
        "the slope of the sigmoid is missing": {
            "error * sigmoid_derivative(output)": "error"
        },
    },
)


@right
def one_step(X, y, W, learning_rate):
    W = W.copy()
    gradient = 0 * W
    for x, target in zip(X, y):
        a = sigmoid(x @ W)
        gradient += np.outer(x, (a - target) * a * (1 - a))
    W -= learning_rate * gradient
    return W


@right
def one_step(X, y, W, learning_rate):
    a = sigmoid(X @ W)
    delta = (a - y) * a * (1 - a)
    return W - learning_rate * X.T @ delta


edits(
    one_step,
    {
        "the sign is flipped": {"W -": "W +"},
        "the slope of the sigmoid is missing": {"(a - y) * a * (1 - a)": "a - y"},
        "the slope is applied twice": {"@ delta": "@ (delta * sigmoid_derivative(a))"},
        "z * (1 - z) is not the slope": {"a * (1 - a)": "sigmoid_derivative(X @ W)"},
        "this is the slope at sigmoid(a)": {
            "a * (1 - a)": "sigmoid_derivative(sigmoid(a))"
        },
        "the factor of the squares is doubled": {"delta =": "delta = 2 *"},
        "off by n": {"@ delta": "@ delta / len(X)"},
        "X is not transposed": {".T": ""},
        "* multiplies entry by entry": {"@": everywhere("*")},
        "the learning rate is missing": {"learning_rate * ": ""},
        "this is the gradient": {"W - learning_rate * ": ""},
        "this is the change alone": {"W - ": "-"},
        "the weights come back as they were": {
            "return W": "W",
            "@ delta\n": "@ delta\n    return W\n",
        },
        None: [{" * (1 - a)": ""}, {"* a": "** 2 / 2 * a"}],
    },
)


@right
def one_step(X, y, W, learning_rate):
    a = sigmoid(X @ W)
    gradient = X.T @ ((a - y) * sigmoid_derivative(a))
    return W - learning_rate * gradient


edits(
    one_step,
    {
        "the sign is flipped": {"a - y": "y - a"},
        "* multiplies entry by entry": {"@": everywhere("*")},
        "the weights come back as they were": {
            "return": "new_W =",
            "* gradient\n": "* gradient\n    new_W = W\n    return new_W\n",
        },
    },
)


@right
def one_step(X, y, W, learning_rate):
    a = sigmoid(X @ W)
    return W + learning_rate * np.dot(X.T, (y - a) * sigmoid_derivative(a))


edits(
    one_step,
    {
        "the slope is applied twice": {
            "sigmoid_derivative(a)": "sigmoid_derivative(a) ** 2"
        },
        "the factor of the squares is doubled": {"(y - a)": "2 * (y - a)"},
        "X is not transposed": {"X.T": "X"},
        "the learning rate is missing": {"    a =": "    learning_rate = 1\n    a ="},
        "this is the change alone": {"W + ": ""},
    },
)


@right
def one_step(X, y, W, learning_rate):
    a = sigmoid(X @ W)
    steps = [np.outer(x, d) for x, d in zip(X, (a - y) * sigmoid_derivative(a))]
    return W - learning_rate * np.sum(steps, axis=0)


edits(
    one_step,
    {
        "off by n": {"np.sum": "np.mean"},
        "this is the gradient": {"W - learning_rate * ": ""},
    },
)


@wrong("z * (1 - z) is not the slope")
def one_step(X, y, W, learning_rate):
    def sigmoid_derivative(x):
        return x * (1 - x)

    z = np.dot(X, W)
    delta = (sigmoid(z) - y) * sigmoid_derivative(z)
    return W - learning_rate * np.dot(X.T, delta)


@wrong("this is the slope at sigmoid(a)")
def one_step(X, y, W, learning_rate):
    def slope(x):
        return sigmoid(x) * (1 - sigmoid(x))

    a = sigmoid(X @ W)
    return W + learning_rate * X.T @ ((y - a) * slope(a))


@unnamed
def one_step(X, y, W, learning_rate):
    a = sigmoid(W @ X)
    delta = (a - y) * a * (1 - a)
    return W - learning_rate * X.T @ delta


@unnamed
def one_step(X, y, W, learning_rate):
    a = sigmoid(X @ W)
    delta = (a - y) * a * (1 - a)
    return W - learning_rate * delta @ X


# -- train, with a right one_step

one_step = right_step


@right
def train(X, y, W, learning_rate, num_iterations):
    for _ in range(num_iterations):
        a = sigmoid(X @ W)
        delta = (a - y) * sigmoid_derivative(a)
        W = W - learning_rate * X.T @ delta
    return W


edits(
    train,
    {
        "every step uses the gradient of the start": {
            "        a = sigmoid(X @ W)\n": "",
            "    for": "    a = sigmoid(X @ W)\n    for",
        },
        "the outputs are a step behind": {
            "    for": "    a = sigmoid(X @ W)\n    for",
            "        a = sigmoid(X @ W)\n": "",
            "        W =": "        a = sigmoid(X @ W)\n        W =",
        },
        "the weights come back as they were": {"W = ": ""},
        "each step goes uphill": {"a - y": "y - a"},
        "the slope of the sigmoid is missing in delta": {
            " * sigmoid_derivative(a)": ""
        },
    },
)


@right
def train(X, y, W, learning_rate, num_iterations):
    done = 0
    while done < num_iterations:
        W = one_step(X, y, W, learning_rate)
        done += 1
    return W


edits(
    train,
    {
        "this takes one iteration too many": {"<": "<="},
    },
)


@right
def train(X, y, W, learning_rate, num_iterations):
    for _ in range(num_iterations):
        W = one_step(X, y, W, learning_rate)
    return W


edits(
    train,
    {
        "this is the result of one step alone": [
            {
                "    for": "    new = W\n    for",
                "W = one_step": "new = one_step",
                "return W": "return new",
            },
            {"\n    return": "\n        return"},
        ],
        "this takes one iteration too many": {
            "(num_iterations)": "(num_iterations + 1)"
        },
        "this takes one iteration too few": {"range(": "range(1, "},
        "the weights come back as they were": {"W = ": ""},
        "the learning rate is missing in the step": {"learning_rate)": "1)"},
        None: [{"W\n": "sigmoid(X @ W)\n"}, {")\n    ": " / num_iterations)\n    "}],
    },
)


@right
def train(X, y, W, learning_rate, num_iterations):
    for _ in range(num_iterations):
        a = sigmoid(X @ W)
        W = W - learning_rate * X.T @ ((a - y) * a * (1 - a))
    return W


edits(
    train,
    {
        "this takes one iteration too few": {
            "num_iterations):\n        a": "num_iterations - 1):\n        a"
        },
        "each step goes uphill": {"W - learning": "W + learning"},
        "the slope of the sigmoid is missing in delta": {" * a * (1 - a)": ""},
        "the learning rate is missing in the step": {"learning_rate * ": ""},
    },
)


@wrong("every step uses the gradient of the start")
def train(X, y, W, learning_rate, num_iterations):
    a = sigmoid(X @ W)
    gradient = X.T @ ((a - y) * a * (1 - a))
    for _ in range(num_iterations):
        W = W - learning_rate * gradient
    return W


@wrong("the outputs are a step behind")
def train(X, y, W, learning_rate, num_iterations):
    output = sigmoid(X @ W)
    for _ in range(num_iterations):
        before = output
        output = sigmoid(np.dot(X, W))
        change = np.dot(X.T, (y - before) * sigmoid_derivative(before))
        W = W + learning_rate * change
    return W


@wrong("the start is lost")
def train(X, y, W, learning_rate, num_iterations):
    W = 2 * np.random.RandomState(0).random_sample((X.shape[1], 1)) - 1
    for _ in range(num_iterations):
        W = one_step(X, y, W, learning_rate)
    return W


@wrong("the start is lost")
def train(X, y, W, learning_rate, num_iterations):
    np.random.seed(0)
    w = 2 * np.random.random((len(X[0]), 1)) - 1
    for _ in range(num_iterations):
        a = sigmoid(X @ w)
        w = w - learning_rate * X.T @ ((a - y) * a * (1 - a))
    return w


# -- iterations_to


@right
def iterations_to(goal, X, y, W, learning_rate):
    done = 0
    while 0.5 * np.sum((y - sigmoid(X @ W)) ** 2) >= goal and done <= 1000:
        W = one_step(X, y, W, learning_rate)
        done += 1
    return done


edits(
    iterations_to,
    {
        "below means less than": {">=": ">"},
        "the ½ before the sum is missing": {"0.5 * ": ""},
        "this stops by the mean of the squares": {"0.5 * np.sum": "np.mean"},
        "this stops by half the mean of the squares": {"np.sum": "np.mean"},
        "this stops by the sum of the errors": {
            "0.5 * np.sum((y - ": "",
            ") ** 2)": ".sum() - y.sum()",
        },
        "this stops by the absolute errors": {
            "0.5 * np.sum((": "np.sum(abs(",
            ") ** 2)": "))",
        },
        "the count goes on while the loss is already under the goal": {">=": "<="},
    },
)


@right
def iterations_to(goal, X, y, W, learning_rate):
    losses = []
    for _ in range(1001):
        error = sigmoid(X @ W) - y
        losses.append((error.T @ error)[0, 0] / 2)
        W = one_step(X, y, W, learning_rate)
    below = np.array(losses) < goal
    return np.argmax(below) if below.any() else 1001


@right
def iterations_to(goal, X, y, W, learning_rate):
    for i in range(1001):
        if 0.5 * np.sum((sigmoid(X @ W) - y) ** 2) < goal:
            return i
        W = one_step(X, y, W, learning_rate)
    return 1001


edits(
    iterations_to,
    {
        "one too many": {"range(1001)": "range(1, 1001)"},
        "one too few": [
            {
                "    if": "    W = one_step(X, y, W, learning_rate)\n        if",
                "return i\n        W = one_step(X, y, W, learning_rate)": "return i",
                "return 1001": f"return {never}",
            }
            for never in (1001, 1000)
        ],
        "the start is not looked at": {
            "1001)": "1000)",
            "    if": "    W = one_step(X, y, W, learning_rate)\n        if",
            "return i\n        W = one_step(X, y, W, learning_rate)": "return i + 1",
        },
        "below means less than": {"<": "<="},
        "this stops one iteration too early": {"range(1001)": "range(1000)"},
        "where 1,000 iterations are not enough, the answer is 1001": {
            "return 1001": "return 1000"
        },
        "where 1,000 iterations are not enough, nothing is returned": {
            "    return 1001\n": ""
        },
        "this gives 0 where the start is good enough": [
            {"W = one_step": "one_step"},
            {"            return i\n": "            return i\n        return 1001\n"},
        ],
        "the ½ before the sum is missing": {"0.5 * ": ""},
        "this stops by the mean of the squares": {"0.5 * np.sum": "np.mean"},
        "this stops by half the mean of the squares": {"np.sum": "np.mean"},
        "this stops by the sum of the errors": {
            "0.5 * np.sum((sigmoid(X @ W) - y) ** 2)": "np.sum(sigmoid(X @ W) - y)"
        },
        "this stops by the absolute errors": {
            "0.5 * np.sum((sigmoid(X @ W) - y) ** 2)": "abs(sigmoid(X @ W) - y).sum()"
        },
        "the count goes on while the loss is already under the goal": {"<": ">"},
        None: {"0.5 * np.sum((sigmoid": "np.max(np.abs(sigmoid", ") ** 2)": "))"},
    },
)


@right
def iterations_to(goal, X, y, W, learning_rate):
    done = 0
    while np.sum((y - sigmoid(X @ W)) ** 2) / 2 >= goal:
        W = one_step(X, y, W, learning_rate)
        done += 1
        if done == 1001:
            return 1001
    return done


edits(
    iterations_to,
    {
        "this stops one iteration too early": {"done == 1001": "done == 1000"},
        "the limit is missing": {
            "        if done == 1001:\n            return 1001\n": ""
        },
        "where 1,000 iterations are not enough, the answer is 1001": {
            "return 1001": "return 1000"
        },
        "this gives 0 where the start is good enough": [
            {"W = one_step": "new_W = one_step"},
            {
                "    while np.sum((y - sigmoid(X @ W)) ** 2) / 2 >= goal": "    loss = "
                "np.sum((y - sigmoid(X @ W)) ** 2) / 2\n    while loss >= goal"
            },
        ],
    },
)


@wrong("one too many")
def iterations_to(goal, X, y, W, learning_rate):
    count, loss = 0, np.inf
    while loss >= goal:
        loss = np.sum((y - sigmoid(X @ W)) ** 2) / 2
        W = one_step(X, y, W, learning_rate)
        count = count + 1
        if count > 1000 and loss >= goal:
            return 1001
    return count


@wrong("one too few")
def iterations_to(goal, X, y, W, learning_rate):
    done = 0
    while done < 1000:
        W = one_step(X, y, W, learning_rate)
        loss = np.sum(np.square(sigmoid(X @ W) - y)) / 2
        if loss < goal:
            return done
        done += 1
    return 1001


@wrong("the start is not looked at")
def iterations_to(goal, X, y, W, learning_rate):
    loss, count = goal, 0
    while loss >= goal and count < 1001:
        W = one_step(X, y, W, learning_rate)
        loss = np.sum((y - sigmoid(X @ W)) ** 2) / 2
        count += 1
    return count


@wrong("the limit is missing")
def iterations_to(goal, X, y, W, learning_rate):
    i = 0
    while True:
        if np.sum((y - sigmoid(X @ W)) ** 2) / 2 < goal:
            return i
        W, i = one_step(X, y, W, learning_rate), i + 1


@wrong("where 1,000 iterations are not enough, nothing is returned")
def iterations_to(goal, X, y, W, learning_rate):
    answer, done = None, 0
    while answer is None and done < 1000:
        if np.sum((y - sigmoid(X @ W)) ** 2) / 2 < goal:
            answer = done
        W = one_step(X, y, W, learning_rate)
        done += 1
    return answer


@unnamed
def iterations_to(goal, X, y, W, learning_rate):
    for _ in range(1001):
        loss = 0.5 * np.sum((sigmoid(X @ W) - y) ** 2)
        if loss < goal:
            return loss
        W = one_step(X, y, W, learning_rate)
    return 1001


# -- half_of_the_pull


@right
def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    pull = sorted(abs((a - y) * a * (1 - a))[:, 0], reverse=True)
    so_far = 0
    for number, each in enumerate(pull, start=1):
        so_far += each
        if so_far >= sum(pull) / 2:
            return number


edits(
    half_of_the_pull,
    {
        "this takes the rows in the order of the data": {
            "sorted(": "",
            ", reverse=True)": "",
        },
        "deltas of both signs cancel here": {"sorted(abs(": "sorted(("},
        "one too few": {", start=1": ""},
    },
)


@right
def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    delta = np.abs((a - y) * sigmoid_derivative(a)).ravel()
    order = np.argsort(-delta)
    below = np.cumsum(delta[order]) < delta.sum() / 2
    return below.sum() + 1


@right
def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    pull = np.sort(np.abs((a - y) * a * (1 - a)).ravel())[::-1]
    return np.argmax(np.cumsum(pull) >= pull.sum() / 2) + 1


edits(
    half_of_the_pull,
    {
        "this begins with the weakest": {"[::-1]": ""},
        "this takes the rows in the order of the data": {"np.sort(": "", ")[::-1]": ""},
        "deltas of both signs cancel here": {"np.abs": ""},
        "this adds up the errors a - y": {"((a - y) * a * (1 - a))": "(a - y)"},
        "this adds up slopes": {"(a - y) * ": ""},
        "this adds up squares": {
            "np.abs((a - y) * a * (1 - a))": "(((a - y) * a * (1 - a)) ** 2)"
        },
        "one too few": {" + 1": ""},
        "one too many": {"np.argmax": "np.sum", ">=": "<", "+ 1": "+ 2"},
        "half is enough": {">=": ">"},
        "this counts the rows that pull at least half as hard": {
            "np.argmax(np.cumsum(pull) >=": "np.sum(pull > 0.5 *",
            "pull.sum() / 2) + 1": "pull.max())",
        },
        "this counts the rows that pull harder than the mean": {
            "np.argmax(np.cumsum(pull) >=": "np.sum(pull >",
            "pull.sum() / 2) + 1": "pull.mean())",
        },
        None: {
            "np.argmax(np.cumsum(pull) >= ": "np.cumsum(pull)[len(pull) // 2] / ",
            " / 2) + 1": "",
        },
    },
)


@right
def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    delta = (a - y) * sigmoid_derivative(a)
    pull = sorted(np.abs(delta).ravel(), reverse=True)
    count = 0
    while sum(pull[:count]) < sum(pull) / 2:
        count += 1
    return count


edits(
    half_of_the_pull,
    {
        "this begins with the weakest": {", reverse=True": ""},
        "this adds up slopes": {"(a - y) * ": ""},
        "this adds up squares": {"np.abs(delta)": "(delta * delta)"},
        "one too many": {"return count": "return count + 1"},
        "half is enough": {"<": "<="},
    },
)


@wrong("this adds up the errors a - y")
def half_of_the_pull(X, y, W):
    delta = sorted(abs(y - sigmoid(X @ W)).ravel().tolist())
    half, count = sum(delta) / 2, 0
    while half > 0:
        half -= delta.pop()
        count += 1
    return count


@wrong("this counts the rows that pull at least half as hard")
def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    pull = np.abs((a - y) * sigmoid_derivative(a)).ravel()
    count = 0
    for each in pull:
        if each >= max(pull) / 2:
            count += 1
    return count


@wrong("this counts the rows that pull harder than the mean")
def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    pull = np.abs((a - y) * sigmoid_derivative(a)).ravel()
    return len([each for each in pull if each > sum(pull) / len(pull)])


@unnamed
def half_of_the_pull(X, y, W):
    return len(X) // 2


@wrong("deltas of both signs cancel here")
def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    delta = ((a - y) * a * (1 - a)).ravel()
    biggest_first = sorted(delta, reverse=True)
    total = sum(abs(d) for d in delta)
    carried = 0
    count = 0
    for d in biggest_first:
        if carried >= total / 2:
            break
        carried += d
        count += 1
    return count


@wrong("this is the result of one step alone")
def train(X, y, W, learning_rate, num_iterations):
    while num_iterations > 0:
        W = one_step(X, y, W, learning_rate)
        num_iterations = -1
    return W


@unnamed
def train(X, y, W, learning_rate, num_iterations):
    for _ in range(num_iterations):
        W = one_step(X, y, W, learning_rate)
        yield W


@wrong("the ½ before the sum is missing")
def iterations_to(goal, X, y, W, learning_rate):
    for i in range(1001):
        loss = np.sum((sigmoid(X @ W) - y) ** 2)
        if loss >= goal:
            W = one_step(X, y, W, learning_rate)
            continue
        return i
    return 1001


@unnamed
def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    pulls = list(np.abs((a - y) * a * (1 - a)).ravel())
    total = sum(pulls)
    got = count = 0
    while got < total / 2:
        top = max(pulls)
        got += top
        count += 1
    return count


@wrong("below means less than")
def iterations_to(goal, X, y, W, learning_rate):
    while True:
        for i in range(1001):
            if 0.5 * np.sum((sigmoid(X @ W) - y) ** 2) <= goal:
                return i
            W = one_step(X, y, W, learning_rate)
        return 1001
