"""The questions to predict: what neither the place nor the length of a choice tells.

The numbers that the replies state are in each stage's test.
"""

from collections import Counter

import numpy as np
import pytest
from course import ROOMS, asked

ALL = [each for room in ROOMS for each in asked(room).values()]


def place(question):
    return [choice.get("right", False) for choice in question["choices"]].index(True)


def test_the_place_of_the_right_choice_tells_nothing():
    places = Counter(map(place, ALL))
    for first_three in range(3):
        assert 0.25 < places[first_three] / len(ALL) < 0.4
    assert places[3] >= 3
    for room in ROOMS:
        here = Counter(map(place, asked(room).values()))
        assert max(here.values()) <= (len(asked(room)) + 1) // 2
        assert len(here) >= 3


@pytest.mark.parametrize("extreme", [max, min])
def test_the_length_of_the_right_choice_tells_little(extreme):
    def stands_out(question):
        lengths = [len(choice["text"]) for choice in question["choices"]]
        return extreme(lengths) == lengths[place(question)]

    chance = np.mean([1 / len(question["choices"]) for question in ALL])
    assert abs(np.mean([stands_out(question) for question in ALL]) - chance) < 0.1


def test_each_reply_answers_its_choice():
    for question in ALL:
        replies = [choice["reply"] for choice in question["choices"]]
        assert len(set(replies)) == len(replies)
        for choice in question["choices"]:
            assert len(choice["reply"]) >= 20, question["name"]
            # Only a reply to the right choice says yes to it.
            if not choice.get("right"):
                assert not choice["reply"].startswith("Yes"), question["name"]
