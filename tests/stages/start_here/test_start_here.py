"""What stage 00 states: its page, and the replies to its questions."""

import re

import numpy as np
import pytest
from matplotlib.figure import Figure
from pages import central, prose, prove

from backprop import network
from backprop.data import four_rows
from backprop.picture import say
from backprop.stages.start_here import NudgeOne
from backprop.stages.start_here.pictures import START, WEIGHTS

X, y = four_rows()


def weights(iterations):
    return network.backpropagation(X, y, 1, iterations).ravel()


def minutes():
    """Return the minutes of each stage, as the page's table has them."""
    rows = re.findall(r"^\| \[(\d\d) .+ \| (\d+) \|$", prose("start_here"), re.M)
    return {"00": 15} | {stage: int(alone) for stage, alone in rows}


def hours(*stages):
    return sum(minutes()[stage] for stage in stages) / 60


PAGE = [
    ("\n".join(["| {}, {}, {} | {} |"] * 4), lambda: np.hstack([X, y]).ravel()),
    ("two forward passes for each weight: {} for", lambda: [2 * weights(0).size]),
]
REPLIES = [
    ("where it goes", "its weight is {}", lambda: [say(weights(10_000)[0])]),
    ("where it goes", "at {}.", lambda: [say(weights(10_000)[2])]),
]
test_the_page_says, test_a_reply_says, test_no_number_is_unproved = prove(
    "start_here", PAGE, REPLIES
)


def test_the_weight_of_the_first_input_grows_the_most():
    assert (weights(10_000) - weights(0)).argmax() == 0


@pytest.mark.parametrize(
    "stages, said",
    [
        (("00", "03", "04", "05"), "| 3 |"),
        (("00", "01", "02", "03", "04", "05", "06", "07"), "| 6½ |"),
        (tuple(minutes()), "| 11½ |"),
    ],
)
def test_the_hours_of_a_path_are_those_of_its_stages(stages, said):
    told = float(said.strip("| ").replace("½", ".5"))
    assert said in prose("start_here")
    assert hours(*stages) == pytest.approx(told, abs=0.35)


# -- one weight, and the answer of the loss


def test_the_neuron_is_the_one_that_is_trained():
    assert START == pytest.approx(weights(0))
    outputs = network.sigmoid(X @ START)  # "all four outputs are a little over ½"
    assert ((outputs > 0.5) & (outputs < 0.7)).all()


@pytest.mark.parametrize("weight, way", [*zip(WEIGHTS, (-1, 1, 1))])
def test_the_loss_falls_the_way_the_page_says(weight, way):
    def loss(nudge):
        w = START + nudge * np.eye(3)[WEIGHTS.index(weight)]
        return 0.5 * np.sum((network.sigmoid(X @ w) - y[:, 0]) ** 2)

    assert np.sign(central(loss, 0)) == way
    for nudge in NudgeOne.controls["nudge"].stops:
        words = NudgeOne().words(weight=weight, nudge=nudge)
        assert f"The loss is {say(loss(nudge))}" in words
        assert not nudge or ("less than" in words) == (loss(nudge) < loss(0))


def test_the_bar_and_the_gaps_are_drawn_to_the_numbers():
    picture = NudgeOne()
    picture.draw(Figure(picture.size), **picture.start)
    picture.move(weight="third", nudge=-0.5)
    w, a, loss = picture._numbers("third", -0.5)
    assert picture.loss.get_ydata()[1] == loss
    for gap, output, target in zip(picture.gaps, a, y[:, 0]):
        assert sorted(gap.get_xdata()) == sorted([output, target])
    assert w - START == pytest.approx([0, 0, -0.5])


@pytest.mark.parametrize(
    "weight, nudge", [("second", -1.369437978), ("third", -0.9390592448860655)]
)
def test_where_a_nudge_leaves_the_loss_as_it_was_it_is_said(weight, nudge):
    words = NudgeOne().words(weight=weight, nudge=nudge)
    assert f"The loss is 0.509, as at first: the {weight} weight went down" in words
    assert words.endswith(", and what it changed cancels.")
