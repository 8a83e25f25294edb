"""What stage 00 states: its page, and the replies to its questions."""

import numpy as np
from pages import prove

from backprop import network
from backprop.data import four_rows
from backprop.picture import say

X, y = four_rows()


def weights(iterations):
    return network.backpropagation(X, y, 1, iterations).ravel()


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
