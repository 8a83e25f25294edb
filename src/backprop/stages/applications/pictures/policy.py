"""Stage 10: a policy learned by walking along a cliff."""

from functools import lru_cache

import numpy as np

from backprop.picture import (
    BLACK,
    BLUE,
    GREY,
    VERMILLION,
    Choice,
    Knob,
    Picture,
    after,
    on_top,
    say,
    ticks,
)
from backprop.stages.applications import cliff, sweeps
from backprop.training import FIRST, Curves

UPDATES = (0, 1, 2, 3, 5, 7, 10, 15, 20, 30, 40, 50, 70, 100, 150, 200, 300)
WINDS = {"none": 0.0, "1 step in 5": 0.2}


SEEDS = range(20)
# The slider's: some of those that end well, and all that don't. A box takes any.
STOPS = (*range(8), 11, 17, 19)


@lru_cache(maxsize=40)
def learned(wind, seed=0):
    """Return the policy at each update, and the mean return of each, at one wind."""
    chances = cliff.world(WINDS[wind])
    _, policies = cliff.learn(chances, UPDATES[-1], seed=seed)
    return policies, cliff.expected_return(chances, policies)


class Policy(Picture):
    """The probability of each move at each position, and what it is worth."""

    size = (8.4, 3.3)
    controls = {
        "update": Knob("update", UPDATES, whole=True, play=True),
        "seed": Knob("start seed", STOPS, whole=True),
        "wind": Choice("wind", tuple(WINDS)),
    }
    start = {"update": 0, "seed": 0, "wind": "none"}
    states = {
        "40 updates": {"update": 40, "seed": 0, "wind": "none"},
        "trained": {"update": 300, "seed": 0, "wind": "none"},
        "trained, with wind": {"update": 300, "seed": 0, "wind": "1 step in 5"},
        "seed 4": {"update": 300, "seed": 4, "wind": "none"},
        "seed 11, with wind": {"update": 300, "seed": 11, "wind": "1 step in 5"},
    }
    redraw = ("wind",)

    def draw(self, figure, update, seed, wind):
        chances = cliff.world(WINDS[wind])
        board = figure.add_axes((0.005, 0.06, 0.45, 0.8))
        board.set(xlim=(-0.5, 4.5), ylim=(2.5, -0.5), xticks=[], yticks=[])
        board.set_title("arrow's length: the move's probability", loc="left")
        board.spines[:].set_visible(True)
        board.vlines(np.arange(0.5, 4), -0.5, 2.5, color=GREY, lw=1)
        board.hlines([0.5, 1.5], -0.5, 4.5, color=GREY, lw=1)
        board.fill_between(
            [0.5, 3.5], 1.5, 2.5, fc="#CFCFCF", ec=GREY, hatch="///", lw=0
        )
        for x, text in (-0.32, "S"), (2, "cliff"), (4, "goal"):
            ground = {"facecolor": "white", "edgecolor": "none", "pad": 2}
            board.text(x, 2.0 if x > 0 else 2.3, text, ha="center", va="center",
                       bbox=ground)  # fmt: skip
        row, column = np.divmod(np.flatnonzero(~cliff.END), cliff.COLUMNS)
        self.arrows = board.quiver(
            np.repeat(column, 4), np.repeat(row, 4), *np.zeros((2, 44)), angles="xy",
            scale_units="xy", scale=1, color=BLUE, width=0.014, headwidth=2.6,
            headlength=3, headaxislength=3, minlength=0,
        )  # fmt: skip

        curve = figure.add_axes((0.515, 0.2, 0.225, 0.66))
        curve.set(xlim=(0, 300), ylim=(0, 0.6), xlabel="update")
        ticks(curve.xaxis, [0, 100, 200, 300])
        curve.set_title("mean return", loc="left")
        self.curve = Curves(curve, FIRST)

        seeds = figure.add_axes((0.765, 0.2, 0.225, 0.66))
        seeds.set(xlim=(-0.9, 19.9), ylim=(0, 0.6), xlabel="start seed")
        seeds.set_title("after 300 updates", loc="left")
        ticks(seeds.xaxis, [0, 5, 10, 15, 19])
        kept = sweeps.results("policy")[f"wind {WINDS[wind]:g}"]
        seeds.plot(SEEDS, kept, "o", color=BLUE, ms=4)
        (self.seed,) = seeds.plot([], [], "o", color=BLACK, ms=10, mfc="none", mew=2)
        best = cliff.best_return(chances)
        random = cliff.expected_return(chances, np.full((15, 4), 1 / 4))
        for axes in curve, seeds:
            axes.axhline(best, color=BLACK, ls="--", lw=1.5)
            axes.axhline(random, color=VERMILLION, ls=":")
        ticks(curve.yaxis, [0, 0.2, 0.4, 0.6])
        ticks(seeds.yaxis, [])
        curve.text(300, best + 0.01, "best policy", ha="right", va="bottom")
        curve.text(300, random + 0.01, "at random", ha="right", va="bottom")
        self.returns = kept
        return on_top(self.arrows, *self.curve.moving, self.seed)

    def move(self, update, seed, wind):
        policies, returns = learned(wind, seed)
        length = 0.45 * policies[update][~cliff.END]
        down, right = np.transpose(list(cliff.MOVES.values()))
        self.arrows.set_UVC((length * right).ravel(), (length * down).ravel())
        self.curve.move(np.arange(update + 1), returns[: update + 1])
        self.seed.set_data([seed], self.returns[[seed]])

    def words(self, update, seed, wind):
        chances = cliff.world(WINDS[wind])
        policies, returns = learned(wind, seed)
        random = cliff.expected_return(chances, np.full((15, 4), 1 / 4))
        blown = "no wind" if wind == "none" else f"wind at {wind}"
        return (
            f"{after(update, 'update')} from seed {seed}, with {blown}, the mean "
            f"return is {say(returns[update])}. Moving at random has {say(random)}, "
            f"the best policy {say(cliff.best_return(chances))}. "
            f"{_likeliest_way(policies[update], wind)}"
        )


def _likeliest_way(policy, wind):
    """Say where the likeliest move at each position leads, where no wind blows."""
    aside = "" if wind == "none" else ", wind aside,"
    still, position, way, before = cliff.world(), cliff.START, [], None
    while not cliff.END[position] and len(way) < 15:
        move = policy[position].argmax()
        way.append(list(cliff.MOVES)[move])
        before, position = position, still[position, move].argmax()
    if position == before:
        return f"The likeliest moves{aside} end at a wall and stay there."
    if not cliff.END[position]:
        return f"The likeliest moves{aside} go round and arrive nowhere."
    end = "to the goal" if position == cliff.GOAL else "over the cliff"
    return f"The likeliest way from S{aside} is {', '.join(way)}: {end}."
