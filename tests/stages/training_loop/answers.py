"""Stage 05: what students write for its four exercises."""
# ruff: noqa: F811

import numpy as np
from bank import right, unnamed, wrong

from backprop.network import sigmoid, sigmoid_derivative
from backprop.stages.training_loop.checks import one_step as right_step

# -- one_step


@right
def one_step(X, y, W, learning_rate):
    output = sigmoid(X @ W)
    error = y - output
    W = W + learning_rate * np.dot(X.T, error * sigmoid_derivative(output))
    return W


@right
def one_step(X, y, W, learning_rate):
    W = W.copy()
    gradient = 0 * W
    for x, target in zip(X, y):
        a = sigmoid(x @ W)
        gradient += np.outer(x, (a - target) * a * (1 - a))
    W -= learning_rate * gradient
    return W


@wrong("the sign is flipped")
def one_step(X, y, W, learning_rate):
    a = sigmoid(X @ W)
    delta = (a - y) * a * (1 - a)
    return W + learning_rate * X.T @ delta


@wrong("the sign is flipped")
def one_step(X, y, W, learning_rate):
    a = sigmoid(X @ W)
    error = y - a
    gradient = X.T @ (error * sigmoid_derivative(a))
    return W - learning_rate * gradient


@wrong("the slope of the sigmoid is missing")
def one_step(X, y, W, learning_rate):
    a = sigmoid(X @ W)
    delta = a - y
    return W - learning_rate * X.T @ delta


@wrong("the slope of the sigmoid is missing")
def one_step(X, y, W, learning_rate):
    error = y - 1 / (1 + np.exp(-X @ W))
    return W + learning_rate * np.dot(X.T, error)


@wrong("the slope is applied twice")
def one_step(X, y, W, learning_rate):
    a = sigmoid(X @ W)
    delta = (a - y) * a * (1 - a)
    gradient = X.T @ (delta * sigmoid_derivative(a))
    return W - learning_rate * gradient


@wrong("the slope is applied twice")
def one_step(X, y, W, learning_rate):
    a = sigmoid(X @ W)
    slope = sigmoid_derivative(a) ** 2
    return W + learning_rate * X.T @ ((y - a) * slope)


@wrong("z * (1 - z) is not the slope")
def one_step(X, y, W, learning_rate):
    z = X @ W
    a = sigmoid(z)
    delta = (a - y) * sigmoid_derivative(z)
    return W - learning_rate * X.T @ delta


@wrong("z * (1 - z) is not the slope")
def one_step(X, y, W, learning_rate):
    def sigmoid_derivative(x):
        return x * (1 - x)

    z = np.dot(X, W)
    delta = (sigmoid(z) - y) * sigmoid_derivative(z)
    return W - learning_rate * np.dot(X.T, delta)


@wrong("this is the slope at sigmoid(a)")
def one_step(X, y, W, learning_rate):
    a = sigmoid(X @ W)
    delta = (a - y) * sigmoid_derivative(sigmoid(a))
    return W - learning_rate * X.T @ delta


@wrong("this is the slope at sigmoid(a)")
def one_step(X, y, W, learning_rate):
    def slope(x):
        return sigmoid(x) * (1 - sigmoid(x))

    a = sigmoid(X @ W)
    return W + learning_rate * X.T @ ((y - a) * slope(a))


@wrong("the factor of the squares is doubled")
def one_step(X, y, W, learning_rate):
    a = sigmoid(X @ W)
    delta = 2 * (a - y) * a * (1 - a)
    return W - learning_rate * X.T @ delta


@wrong("the factor of the squares is doubled")
def one_step(X, y, W, learning_rate):
    a = sigmoid(X @ W)
    dL_da = -2 * (y - a)
    dL_dW = X.T @ (dL_da * sigmoid_derivative(a))
    W = W - learning_rate * dL_dW
    return W


@wrong("off by n")
def one_step(X, y, W, learning_rate):
    a = sigmoid(X @ W)
    delta = (a - y) * a * (1 - a)
    return W - learning_rate * X.T @ delta / len(X)


@wrong("off by n")
def one_step(X, y, W, learning_rate):
    a = sigmoid(X @ W)
    steps = [np.outer(x, d) for x, d in zip(X, (a - y) * sigmoid_derivative(a))]
    return W - learning_rate * np.mean(steps, axis=0)


@wrong("X is not transposed")
def one_step(X, y, W, learning_rate):
    a = sigmoid(X @ W)
    delta = (a - y) * a * (1 - a)
    return W - learning_rate * X @ delta


@wrong("X is not transposed")
def one_step(X, y, W, learning_rate):
    a = sigmoid(np.dot(X, W))
    return W + learning_rate * np.dot(X, (y - a) * sigmoid_derivative(a))


@wrong("* multiplies entry by entry")
def one_step(X, y, W, learning_rate):
    a = sigmoid(X * W)
    delta = (a - y) * a * (1 - a)
    return W - learning_rate * X.T * delta


@wrong("* multiplies entry by entry")
def one_step(X, y, W, learning_rate):
    a = sigmoid(np.multiply(X, W))
    gradient = (a - y) * sigmoid_derivative(a) * X.T
    return W - learning_rate * gradient


@wrong("the learning rate is missing")
def one_step(X, y, W, learning_rate):
    a = sigmoid(X @ W)
    delta = (a - y) * a * (1 - a)
    return W - X.T @ delta


@wrong("the learning rate is missing")
def one_step(X, y, W, learning_rate):
    learning_rate = 1
    a = sigmoid(X @ W)
    return W + learning_rate * X.T @ ((y - a) * sigmoid_derivative(a))


@wrong("this is the gradient")
def one_step(X, y, W, learning_rate):
    a = sigmoid(X @ W)
    delta = (a - y) * a * (1 - a)
    return X.T @ delta


@wrong("this is the gradient")
def one_step(X, y, W, learning_rate):
    a = sigmoid(X @ W)
    return sum(np.outer(x, d) for x, d in zip(X, (a - y) * sigmoid_derivative(a)))


@wrong("this is the change alone")
def one_step(X, y, W, learning_rate):
    a = sigmoid(X @ W)
    delta = (a - y) * a * (1 - a)
    return -learning_rate * X.T @ delta


@wrong("this is the change alone")
def one_step(X, y, W, learning_rate):
    a = sigmoid(X @ W)
    return learning_rate * np.dot(X.T, (y - a) * sigmoid_derivative(a))


@wrong("the weights come back as they were")
def one_step(X, y, W, learning_rate):
    a = sigmoid(X @ W)
    delta = (a - y) * a * (1 - a)
    W - learning_rate * X.T @ delta
    return W


@wrong("the weights come back as they were")
def one_step(X, y, W, learning_rate):
    a = sigmoid(X @ W)
    new_W = W - learning_rate * X.T @ ((a - y) * sigmoid_derivative(a))
    new_W = W
    return new_W


@unnamed
def one_step(X, y, W, learning_rate):
    a = sigmoid(X @ W)
    delta = (a - y) * a
    return W - learning_rate * X.T @ delta


@unnamed
def one_step(X, y, W, learning_rate):
    a = sigmoid(X @ W)
    delta = (a - y) ** 2 / 2 * a * (1 - a)
    return W - learning_rate * X.T @ delta


# -- train, with a right one_step

one_step = right_step


@right
def train(X, y, W, learning_rate, num_iterations):
    for _ in range(num_iterations):
        a = sigmoid(X @ W)
        delta = (a - y) * sigmoid_derivative(a)
        W = W - learning_rate * X.T @ delta
    return W


@right
def train(X, y, W, learning_rate, num_iterations):
    done = 0
    while done < num_iterations:
        W = one_step(X, y, W, learning_rate)
        done += 1
    return W


@wrong("only one step is kept")
def train(X, y, W, learning_rate, num_iterations):
    new = W
    for _ in range(num_iterations):
        new = one_step(X, y, W, learning_rate)
    return new


@wrong("only one step is kept")
def train(X, y, W, learning_rate, num_iterations):
    for _ in range(num_iterations):
        W = one_step(X, y, W, learning_rate)
        return W


@wrong("this takes one iteration too many")
def train(X, y, W, learning_rate, num_iterations):
    for _ in range(num_iterations + 1):
        W = one_step(X, y, W, learning_rate)
    return W


@wrong("this takes one iteration too many")
def train(X, y, W, learning_rate, num_iterations):
    i = 0
    while i <= num_iterations:
        a = sigmoid(X @ W)
        W = W + learning_rate * X.T @ ((y - a) * a * (1 - a))
        i += 1
    return W


@wrong("this takes one iteration too few")
def train(X, y, W, learning_rate, num_iterations):
    for _ in range(1, num_iterations):
        W = one_step(X, y, W, learning_rate)
    return W


@wrong("this takes one iteration too few")
def train(X, y, W, learning_rate, num_iterations):
    for _ in range(num_iterations - 1):
        a = sigmoid(X @ W)
        gradient = X.T @ ((a - y) * sigmoid_derivative(a))
        W = W - learning_rate * gradient
    return W


@wrong("every step uses the gradient of the start")
def train(X, y, W, learning_rate, num_iterations):
    a = sigmoid(X @ W)
    gradient = X.T @ ((a - y) * a * (1 - a))
    for _ in range(num_iterations):
        W = W - learning_rate * gradient
    return W


@wrong("every step uses the gradient of the start")
def train(X, y, W, learning_rate, num_iterations):
    a = sigmoid(X @ W)
    for _ in range(num_iterations):
        delta = (a - y) * sigmoid_derivative(a)
        W = W - learning_rate * np.dot(X.T, delta)
    return W


@wrong("the outputs are a step behind")
def train(X, y, W, learning_rate, num_iterations):
    a = sigmoid(X @ W)
    for _ in range(num_iterations):
        delta = (a - y) * a * (1 - a)
        a = sigmoid(X @ W)
        W = W - learning_rate * X.T @ delta
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


@wrong("the weights come back as they were")
def train(X, y, W, learning_rate, num_iterations):
    for _ in range(num_iterations):
        one_step(X, y, W, learning_rate)
    return W


@wrong("the weights come back as they were")
def train(X, y, W, learning_rate, num_iterations):
    for _ in range(num_iterations):
        a = sigmoid(X @ W)
        delta = (a - y) * a * (1 - a)
        W - learning_rate * X.T @ delta
    return W


@wrong("each step goes uphill")
def train(X, y, W, learning_rate, num_iterations):
    for _ in range(num_iterations):
        a = sigmoid(X @ W)
        W = W + learning_rate * X.T @ ((a - y) * a * (1 - a))
    return W


@wrong("each step goes uphill")
def train(X, y, W, learning_rate, num_iterations):
    for _ in range(num_iterations):
        a = sigmoid(X @ W)
        error = y - a
        W = W - learning_rate * X.T @ (error * sigmoid_derivative(a))
    return W


@wrong("the slope of the sigmoid is missing in delta")
def train(X, y, W, learning_rate, num_iterations):
    for _ in range(num_iterations):
        W = W - learning_rate * X.T @ (sigmoid(X @ W) - y)
    return W


@wrong("the slope of the sigmoid is missing in delta")
def train(X, y, W, learning_rate, num_iterations):
    for _ in range(num_iterations):
        delta = y - sigmoid(X @ W)
        W = W + learning_rate * np.dot(X.T, delta)
    return W


@wrong("the learning rate is missing in the step")
def train(X, y, W, learning_rate, num_iterations):
    for _ in range(num_iterations):
        W = one_step(X, y, W, 1)
    return W


@wrong("the learning rate is missing in the step")
def train(X, y, W, learning_rate, num_iterations):
    for _ in range(num_iterations):
        a = sigmoid(X @ W)
        W = W - X.T @ ((a - y) * a * (1 - a))
    return W


@unnamed
def train(X, y, W, learning_rate, num_iterations):
    for _ in range(num_iterations):
        W = one_step(X, y, W, learning_rate)
    return sigmoid(X @ W)


@unnamed
def train(X, y, W, learning_rate, num_iterations):
    for _ in range(num_iterations):
        W = one_step(X, y, W, learning_rate / num_iterations)
    return W


# -- iterations_to


@right
def iterations_to(goal, X, y, W, learning_rate):
    done = 0
    while 0.5 * np.sum((y - sigmoid(X @ W)) ** 2) >= goal and done <= 1000:
        W = one_step(X, y, W, learning_rate)
        done += 1
    return done


@right
def iterations_to(goal, X, y, W, learning_rate):
    losses = []
    for _ in range(1001):
        error = sigmoid(X @ W) - y
        losses.append((error.T @ error)[0, 0] / 2)
        W = one_step(X, y, W, learning_rate)
    below = np.array(losses) < goal
    return np.argmax(below) if below.any() else 1001


@wrong("one too many")
def iterations_to(goal, X, y, W, learning_rate):
    for i in range(1, 1001):
        if 0.5 * np.sum((sigmoid(X @ W) - y) ** 2) < goal:
            return i
        W = one_step(X, y, W, learning_rate)
    return 1001


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
    for i in range(1001):
        W = one_step(X, y, W, learning_rate)
        if 0.5 * np.sum((sigmoid(X @ W) - y) ** 2) < goal:
            return i
    return 1001


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
    for i in range(1000):
        W = one_step(X, y, W, learning_rate)
        if 0.5 * np.sum((sigmoid(X @ W) - y) ** 2) < goal:
            return i + 1
    return 1001


@wrong("the start is not looked at")
def iterations_to(goal, X, y, W, learning_rate):
    loss, count = goal, 0
    while loss >= goal and count < 1001:
        W = one_step(X, y, W, learning_rate)
        loss = np.sum((y - sigmoid(X @ W)) ** 2) / 2
        count += 1
    return count


@wrong("below means less than")
def iterations_to(goal, X, y, W, learning_rate):
    for i in range(1001):
        if 0.5 * np.sum((sigmoid(X @ W) - y) ** 2) <= goal:
            return i
        W = one_step(X, y, W, learning_rate)
    return 1001


@wrong("below means less than")
def iterations_to(goal, X, y, W, learning_rate):
    done = 0
    while np.sum((y - sigmoid(X @ W)) ** 2) / 2 > goal and done <= 1000:
        W = one_step(X, y, W, learning_rate)
        done += 1
    return done


@wrong("this stops one iteration too early")
def iterations_to(goal, X, y, W, learning_rate):
    for i in range(1000):
        if 0.5 * np.sum((sigmoid(X @ W) - y) ** 2) < goal:
            return i
        W = one_step(X, y, W, learning_rate)
    return 1001


@wrong("this stops one iteration too early")
def iterations_to(goal, X, y, W, learning_rate):
    done = 0
    while np.sum((y - sigmoid(X @ W)) ** 2) / 2 >= goal:
        W = one_step(X, y, W, learning_rate)
        done += 1
        if done == 1000:
            return 1001
    return done


@wrong("the limit is missing")
def iterations_to(goal, X, y, W, learning_rate):
    count = 0
    while 0.5 * np.sum((sigmoid(X @ W) - y) ** 2) >= goal:
        W = one_step(X, y, W, learning_rate)
        count += 1
    return count


@wrong("the limit is missing")
def iterations_to(goal, X, y, W, learning_rate):
    i = 0
    while True:
        if np.sum((y - sigmoid(X @ W)) ** 2) / 2 < goal:
            return i
        W, i = one_step(X, y, W, learning_rate), i + 1


@wrong("where 1,000 iterations are not enough, the answer is 1001")
def iterations_to(goal, X, y, W, learning_rate):
    for i in range(1001):
        if 0.5 * np.sum((sigmoid(X @ W) - y) ** 2) < goal:
            return i
        W = one_step(X, y, W, learning_rate)
    return 1000


@wrong("where 1,000 iterations are not enough, the answer is 1001")
def iterations_to(goal, X, y, W, learning_rate):
    done = 0
    while np.sum((y - sigmoid(X @ W)) ** 2) / 2 >= goal and done < 1000:
        W = one_step(X, y, W, learning_rate)
        done += 1
    return done


@wrong("where 1,000 iterations are not enough, nothing is returned")
def iterations_to(goal, X, y, W, learning_rate):
    for i in range(1001):
        if 0.5 * np.sum((sigmoid(X @ W) - y) ** 2) < goal:
            return i
        W = one_step(X, y, W, learning_rate)


@wrong("where 1,000 iterations are not enough, nothing is returned")
def iterations_to(goal, X, y, W, learning_rate):
    answer, done = None, 0
    while answer is None and done < 1000:
        if np.sum((y - sigmoid(X @ W)) ** 2) / 2 < goal:
            answer = done
        W = one_step(X, y, W, learning_rate)
        done += 1
    return answer


@wrong("W stays as it was")
def iterations_to(goal, X, y, W, learning_rate):
    for i in range(1001):
        if 0.5 * np.sum((sigmoid(X @ W) - y) ** 2) < goal:
            return i
        one_step(X, y, W, learning_rate)
    return 1001


@wrong("W stays as it was")
def iterations_to(goal, X, y, W, learning_rate):
    a = sigmoid(X @ W)
    for i in range(1001):
        if np.sum((y - a) ** 2) / 2 < goal:
            return i
        W = one_step(X, y, W, learning_rate)
    return 1001


@wrong("the ½ before the sum is missing")
def iterations_to(goal, X, y, W, learning_rate):
    for i in range(1001):
        if np.sum((sigmoid(X @ W) - y) ** 2) < goal:
            return i
        W = one_step(X, y, W, learning_rate)
    return 1001


@wrong("the ½ before the sum is missing")
def iterations_to(goal, X, y, W, learning_rate):
    done = 0
    while np.linalg.norm(y - sigmoid(X @ W)) ** 2 >= goal and done <= 1000:
        W = one_step(X, y, W, learning_rate)
        done += 1
    return done


@wrong("this stops by the mean of the squares")
def iterations_to(goal, X, y, W, learning_rate):
    for i in range(1001):
        if np.mean((sigmoid(X @ W) - y) ** 2) < goal:
            return i
        W = one_step(X, y, W, learning_rate)
    return 1001


@wrong("this stops by the mean of the squares")
def iterations_to(goal, X, y, W, learning_rate):
    done = 0
    while np.sum((y - sigmoid(X @ W)) ** 2) / len(y) >= goal and done <= 1000:
        W = one_step(X, y, W, learning_rate)
        done += 1
    return done


@wrong("this stops by half the mean of the squares")
def iterations_to(goal, X, y, W, learning_rate):
    for i in range(1001):
        if 0.5 * np.mean((sigmoid(X @ W) - y) ** 2) < goal:
            return i
        W = one_step(X, y, W, learning_rate)
    return 1001


@wrong("this stops by half the mean of the squares")
def iterations_to(goal, X, y, W, learning_rate):
    done = 0
    while np.sum((y - sigmoid(X @ W)) ** 2) / (2 * len(y)) >= goal and done <= 1000:
        W = one_step(X, y, W, learning_rate)
        done += 1
    return done


@wrong("this stops by the sum of the errors")
def iterations_to(goal, X, y, W, learning_rate):
    for i in range(1001):
        if np.sum(sigmoid(X @ W) - y) < goal:
            return i
        W = one_step(X, y, W, learning_rate)
    return 1001


@wrong("this stops by the sum of the errors")
def iterations_to(goal, X, y, W, learning_rate):
    done = 0
    while sigmoid(X @ W).sum() - y.sum() >= goal and done <= 1000:
        W = one_step(X, y, W, learning_rate)
        done += 1
    return done


@wrong("this stops by the absolute errors")
def iterations_to(goal, X, y, W, learning_rate):
    for i in range(1001):
        if abs(sigmoid(X @ W) - y).sum() < goal:
            return i
        W = one_step(X, y, W, learning_rate)
    return 1001


@wrong("this stops by the absolute errors")
def iterations_to(goal, X, y, W, learning_rate):
    done = 0
    while np.sum(np.sqrt((y - sigmoid(X @ W)) ** 2)) >= goal and done <= 1000:
        W = one_step(X, y, W, learning_rate)
        done += 1
    return done


@wrong("the count goes on while the loss is already under the goal")
def iterations_to(goal, X, y, W, learning_rate):
    for i in range(1001):
        if 0.5 * np.sum((sigmoid(X @ W) - y) ** 2) > goal:
            return i
        W = one_step(X, y, W, learning_rate)
    return 1001


@wrong("the count goes on while the loss is already under the goal")
def iterations_to(goal, X, y, W, learning_rate):
    done = 0
    while np.sum((y - sigmoid(X @ W)) ** 2) / 2 <= goal and done <= 1000:
        W = one_step(X, y, W, learning_rate)
        done += 1
    return done


@unnamed
def iterations_to(goal, X, y, W, learning_rate):
    for i in range(1001):
        if np.max(np.abs(sigmoid(X @ W) - y)) < goal:
            return i
        W = one_step(X, y, W, learning_rate)
    return 1001


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


@right
def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    delta = np.abs((a - y) * sigmoid_derivative(a)).ravel()
    order = np.argsort(-delta)
    below = np.cumsum(delta[order]) < delta.sum() / 2
    return below.sum() + 1


@wrong("this begins with the weakest")
def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    pull = np.sort(np.abs((a - y) * a * (1 - a)).ravel())
    return np.argmax(np.cumsum(pull) >= pull.sum() / 2) + 1


@wrong("this begins with the weakest")
def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    pull = sorted(np.abs((a - y) * sigmoid_derivative(a)).ravel())
    count, so_far = 0, 0
    while so_far < sum(pull) / 2:
        so_far += pull[count]
        count += 1
    return count


@wrong("this takes the rows in the order of the data")
def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    pull = np.abs((a - y) * a * (1 - a)).ravel()
    return np.argmax(np.cumsum(pull) >= pull.sum() / 2) + 1


@wrong("this takes the rows in the order of the data")
def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    pull = abs((a - y) * a * (1 - a))
    so_far = 0
    for i in range(len(pull)):
        so_far += pull[i, 0]
        if so_far >= pull.sum() / 2:
            return i + 1


@wrong("deltas of both signs cancel here")
def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    delta = np.sort(((a - y) * a * (1 - a)).ravel())[::-1]
    return np.argmax(np.cumsum(delta) >= delta.sum() / 2) + 1


@wrong("deltas of both signs cancel here")
def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    delta = sorted(((a - y) * sigmoid_derivative(a))[:, 0], reverse=True)
    so_far = 0
    for i, each in enumerate(delta):
        so_far = so_far + each
        if so_far >= sum(delta) / 2:
            return i + 1


@wrong("this adds up the errors a - y")
def half_of_the_pull(X, y, W):
    error = np.sort(np.abs(sigmoid(X @ W) - y).ravel())[::-1]
    return np.argmax(np.cumsum(error) >= error.sum() / 2) + 1


@wrong("this adds up the errors a - y")
def half_of_the_pull(X, y, W):
    delta = sorted(abs(y - sigmoid(X @ W)).ravel().tolist())
    half, count = sum(delta) / 2, 0
    while half > 0:
        half -= delta.pop()
        count += 1
    return count


@wrong("this adds up slopes")
def half_of_the_pull(X, y, W):
    slope = np.sort(sigmoid_derivative(sigmoid(X @ W)).ravel())[::-1]
    return np.argmax(np.cumsum(slope) >= slope.sum() / 2) + 1


@wrong("this adds up slopes")
def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    delta = a * (1 - a)
    pull = sorted(np.abs(delta)[:, 0])[::-1]
    count = 0
    while sum(pull[:count]) < sum(pull) / 2:
        count += 1
    return count


@wrong("this adds up squares")
def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    pull = np.sort((((a - y) * a * (1 - a)) ** 2).ravel())[::-1]
    return np.argmax(np.cumsum(pull) >= pull.sum() / 2) + 1


@wrong("this adds up squares")
def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    delta = (a - y) * sigmoid_derivative(a)
    pull = sorted((delta * delta).ravel(), reverse=True)
    count = 0
    while sum(pull[:count]) < sum(pull) / 2:
        count += 1
    return count


@wrong("one too few")
def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    pull = np.sort(np.abs((a - y) * a * (1 - a)).ravel())[::-1]
    return np.argmax(np.cumsum(pull) >= pull.sum() / 2)


@wrong("one too few")
def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    pull = sorted(np.abs((a - y) * a * (1 - a)).ravel(), reverse=True)
    so_far = 0
    for i in range(len(pull)):
        so_far += pull[i]
        if so_far >= sum(pull) / 2:
            return i


@wrong("one too many")
def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    pull = np.sort(np.abs((a - y) * a * (1 - a)).ravel())[::-1]
    return np.sum(np.cumsum(pull) < pull.sum() / 2) + 2


@wrong("one too many")
def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    pull = sorted(np.abs((a - y) * a * (1 - a)).ravel(), reverse=True)
    count = 1
    while sum(pull[:count]) < sum(pull) / 2:
        count += 1
    return count + 1


@wrong("half is enough")
def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    pull = np.sort(np.abs((a - y) * a * (1 - a)).ravel())[::-1]
    return np.argmax(np.cumsum(pull) > pull.sum() / 2) + 1


@wrong("half is enough")
def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    pull = sorted(np.abs((a - y) * a * (1 - a)).ravel(), reverse=True)
    count = 0
    while sum(pull[:count]) <= sum(pull) / 2:
        count += 1
    return count


@wrong("this counts the rows that pull at least half as hard")
def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    pull = np.abs((a - y) * a * (1 - a))
    return np.sum(pull > 0.5 * pull.max())


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
    pull = np.abs((a - y) * a * (1 - a))
    return np.sum(pull > pull.mean())


@wrong("this counts the rows that pull harder than the mean")
def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    pull = np.abs((a - y) * sigmoid_derivative(a)).ravel()
    return len([each for each in pull if each > sum(pull) / len(pull)])


@unnamed
def half_of_the_pull(X, y, W):
    return len(X) // 2


@unnamed
def half_of_the_pull(X, y, W):
    a = sigmoid(X @ W)
    pull = np.sort(np.abs((a - y) * a * (1 - a)).ravel())[::-1]
    return np.cumsum(pull)[len(pull) // 2] / pull.sum()
