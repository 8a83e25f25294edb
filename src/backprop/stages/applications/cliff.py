"""A walk along a cliff: the small world in which a policy is learned.

    . . . . .
    . . . . .       S: the start, G: the goal, #: the cliff.
    S # # # G

An episode, one walk from S, ends at the goal, over the cliff, or after `STEPS` steps.
The step to the goal brings a reward of 1, every other step none. The return of an
episode is the sum of its rewards, each discounted: times `DISCOUNT` for each step up
to it.
The cliff is that of Sutton & Barto, Reinforcement Learning, example 6.6, made smaller.
Wind may blow a walker one row down, towards the cliff, after a step.
"""

import numpy as np

from backprop import network, validate

ROWS, COLUMNS, STEPS, DISCOUNT = 3, 5, 30, 0.9
EXPLORATION = 0.03  # the weight of the entropy that frees a stuck start
# Each move, and how it changes row and column.
MOVES = {"up": (-1, 0), "right": (0, 1), "down": (1, 0), "left": (0, -1)}
START, GOAL = 10, 14  # positions are numbered row by row
END = np.isin(np.arange(15), [11, 12, 13, GOAL])
REWARD = (np.arange(15) == GOAL).astype(float)
# What the network sees of a position: its row and column, each from -1 to 1.
POSITIONS = np.array(
    [(r - 1, (c - 2) / 2) for r in range(ROWS) for c in range(COLUMNS)]
)


def world(wind=0.0):
    """Return the probability of each next position: (15 positions, 4 moves, 15).

    wind: the probability, from 0 to 1, of being blown one row down after a step.
    A move off the board stays where it is; where an episode ends, no wind blows.
    """
    wind = validate.number("wind", wind, low=0, high=1)
    chances = np.zeros((15, 4, 15))
    for position, move in np.ndindex(15, 4):
        row, column = np.add(divmod(position, COLUMNS), list(MOVES.values())[move])
        row, column = np.clip([row, column], 0, [ROWS - 1, COLUMNS - 1])
        there = row * COLUMNS + column
        blown = min(row + 1, ROWS - 1) * COLUMNS + column
        chances[position, move, there] += 1 - wind
        chances[position, move, there if END[there] else blown] += wind
    return chances


def episodes(chances, policy, count, random):
    """Return positions, moves and returns, one entry for each step of all episodes.

    policy: (15, 4), the probability of each move at each position. A step has the
    return of its whole episode. random: a NumPy Generator.
    """
    moves_below, next_below = (c.cumsum(-1)[..., :-1] for c in (policy, chances))
    position, running = np.full(count, START), np.ones(count, bool)
    total, steps = np.zeros(count), []
    while running.any() and len(steps) < STEPS:
        move = _draw(moves_below[position], random)
        steps.append((running, position, move))
        after = _draw(next_below[position, move], random)
        total += running * REWARD[after] * DISCOUNT ** len(steps)
        running = running & ~END[after]
        position = np.where(running, after, position)
    running, position, move = map(np.array, zip(*steps))
    return position[running], move[running], np.tile(total, (len(steps), 1))[running]


def _draw(below, random):
    """Draw an index for each row of the sums of its chances up to each one."""
    return (random.random((len(below), 1)) >= below).sum(-1)


def expected_return(chances, policy):
    """Return the mean return of a policy, exactly; one for each of (..., 15, 4)."""
    return _look_back(chances, lambda each_move: (policy * each_move).sum(-1))


def best_return(chances):
    """Return the highest mean return that any policy has, exactly."""
    return _look_back(chances, lambda each_move: each_move.max(-1))


def _look_back(chances, choose):
    """Return the value of the start, worked out from the last step to the first."""
    value = np.zeros(15)
    for _ in range(STEPS):
        after = np.where(END, REWARD, value)
        value = choose(DISCOUNT * np.einsum("smt,...t->...sm", chances, after))
    return value[..., START]


def softmax(z):
    """Return probabilities for each row of `z`: e^z, divided by the row's sum."""
    e = np.exp(z - z.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def entropy_delta(p):
    """Return minus the slope of each row's entropy, -Σ p ln p, by the z of its softmax.

    p: (n, 4), each row with sum 1. Descent along it evens the row out.
    """
    log_p = np.log(p)
    return p * (log_p - (p * log_p).sum(1, keepdims=True))


def learn(chances, updates, learning_rate=0.025, seed=0, exploration=0.0):
    """Return a network trained by policy gradient, and its policy at each update.

    The policies: (updates + 1, 15, 4), from the start to after the last update. An
    update takes 64 episodes and one step of gradient descent. exploration: the weight
    of the moves' entropy, which is added to the return; it falls to 0 by the end.
    """
    random = np.random.default_rng(seed)
    actor = network.init([2, 16, 4], "tanh", "linear", "xavier", seed)
    policies, baseline = [softmax(network.forward(actor, POSITIONS)[-1])], 0.0
    for i in range(updates):
        positions, moves, returns = episodes(chances, policies[-1], 64, random)
        p = policies[-1][positions]
        delta = (p - np.eye(4)[moves]) * (returns - baseline)[:, None]
        if exploration:
            delta += exploration * (1 - i / updates) * entropy_delta(p)
        grads = network.gradients(actor, POSITIONS[positions], delta=delta)
        actor = network.update(actor, grads, learning_rate)
        policies.append(softmax(network.forward(actor, POSITIONS)[-1]))
        baseline += 0.1 * (returns.mean() - baseline)
    return actor, np.array(policies)
