"""The questions to predict: what neither the place nor the length of a choice tells.

The numbers that the replies state are in each stage's test.
"""

import re
from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from course import ROOMS, asked

from backprop.number import read
from backprop.question import APART, KNOWN, answer, said, tolerance
from backprop.question import question as asked_of

EVERY = [each for room in ROOMS for each in asked(room).values()]
ALL = [each for each in EVERY if "choices" in each]
TYPED = [each for each in EVERY if "answer" in each]


def place(question):
    return [choice.get("right", False) for choice in question["choices"]].index(True)


def test_the_place_of_the_right_choice_tells_nothing():
    places = Counter(map(place, ALL))
    for first_three in range(3):
        assert 0.25 < places[first_three] / len(ALL) < 0.4
    assert places[3] >= 3
    for room in ROOMS:
        chosen = [each for each in asked(room).values() if "choices" in each]
        here = Counter(map(place, chosen))
        assert max(here.values()) <= (len(chosen) + 1) // 2
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


# -- numbers that are typed

each_typed = pytest.mark.parametrize("one", TYPED, ids=lambda one: one["name"])
# The answer, worked out apart from the course's code, and the wrong numbers.
WORKED_OUT = {
    "one weight": (2, 4, 1, 0),
    "where is half": (2, 0, -4, 4),
    "small nudge": (0.00025, 0.001, 1, 0.50025),
    "secant": (0.1904, 0.3808, 0.4404, 5.252),
    "only the output": (0.09, 0.9, 0.1, 0.2055),
    "exit": (0.2016, 0.0016, 0.2, 0.21, 0.16, 0.20248),
    "by hand": (0.8176, 0.8808, 0.6225, 1.5),
    "through times": (1.5, 1.2, 0.3, 0.15),
    "two paths": (-0.125, -0.25, -0.03125, -0.0625),
    "huge step": (-22.1, 23.6, -22.9, 0.722),
    "every row twice": (2, 1, 0.5, 4),
    "harder pull": (13.889, 5, 2.778, 25, 0.072),
    "upper unit": (-0.0243, -0.0975, -0.1062, 0.0243),
    "used twice": (3, 7, 6, 1),
    "too early": (6, 4, 2, 8),
    "twice": (20, 14, 7, 13),
    "limit": (0.276, 0.138, 0.724, 1.106),
    "one layer": (2, 0.25, 8, 1024),
    "longer steps": (3.8, 2, 0.2, 20, 1.8),
    "first step": (3.16, 0.1, 1, 100),
    "first loss": (6.93, 0.693, 1.25, 2.303),
    "parameters": (105, 88, 17, 96),
    "one in a thousand": (0.49, 84, 83.2, 0.084),
}
NUMBER = re.compile(r"(?<![\w.,])[−-]?(?:\d[\d,]*(?:\.\d+)?|[½¼])(?![\w]|[.,]\d)")


def test_every_typed_question_is_worked_out_here():
    assert {one["name"] for one in TYPED} == set(WORKED_OUT)


@each_typed
def test_the_right_number_is_right_and_each_wrong_one_gets_its_reply(one):
    right, *wrong = WORKED_OUT[one["name"]]
    for typed in (right, one["answer"], read(said(one, one["answer"]))):
        assert answer(one, typed) == (True, one["right"])
    assert len(wrong) == len(one["wrong"])
    for number, each in zip(wrong, one["wrong"]):
        for typed in (number, each["value"], read(said(one, each["value"]))):
            assert answer(one, typed) == (False, each["reply"])


@each_typed
def test_no_two_numbers_of_a_question_overlap(one):
    reach = [(one["answer"], tolerance(one))]
    for each in one["wrong"]:
        value = each["value"]
        known = min(KNOWN * abs(value), APART * abs(value - one["answer"]))
        reach.append((value, max(tolerance(one), known)))
    for (a, near_a), (b, near_b) in combinations(reach, 2):
        assert abs(a - b) > near_a + near_b, (a, b)


@each_typed
def test_the_question_says_how_many_decimals(one):
    asked_for = re.search(r"to (\w+) decimals?", one["question"])
    words = {0: None, 1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}
    assert (asked_for and asked_for[1]) == words[one["decimals"]]


def replies_to_wrong(one):
    """Return all that a question may say to a wrong number."""
    numbers = np.concatenate([np.linspace(-30, 100, 500), np.geomspace(1e-6, 1e4, 300)])
    off = [-1, 0.5, 2, 0.1, 10, 100, 1000, 0.99, 1.01]
    numbers = [*numbers, *(one["answer"] * np.array(off))]
    said = [answer(one, number) for number in numbers]
    return {one["first_step"]} | {reply for right, reply in said if not right}


@each_typed
def test_no_reply_to_a_wrong_number_gives_the_right_one_away(one):
    for reply in replies_to_wrong(one):
        for found in NUMBER.findall(reply):
            assert not answer(one, read(found))[0], reply
        assert not reply.startswith("Yes")


@each_typed
def test_each_wrong_number_has_a_reply_of_its_own(one):
    replies = [each["reply"] for each in one["wrong"]]
    assert len({*replies, one["first_step"], one["right"]}) == len(replies) + 2
    assert min(map(len, replies)) >= 20


MADE = {
    "answer": -0.25,
    "decimals": 3,
    "right": "Yes.",
    "first_step": "Begin.",
    "wrong": [{"value": 0.5, "reply": "Half."}, {"value": -83.17, "reply": "Far."}],
}


@pytest.mark.parametrize(
    "number, reply",
    [
        (-0.25, "Yes."),
        (-0.2504, "Yes."),
        (-0.2496, "Yes."),
        (0.5, "Half."),
        (0.506, "Begin."),
        (-83, "Far."),
        (0.25, "The size is right, the sign is not."),
        (-0.254, "Nearly: it is less than a fiftieth off. Round only at the end."),
        (-25, "The digits are right, the decimal point is not in its place."),
        (-250, "The digits are right, the decimal point is not in its place."),
        (-0.00025, "The digits are right, the decimal point is not in its place."),
        (-2500, "Begin."),
        (-0.0025, "The digits are right, the decimal point is not in its place."),
        (-0.5, "That is twice the right number."),
        (-0.125, "That is half the right number."),
        (-0.2, "Begin."),
        (0, "Begin."),
        (7, "Begin."),
    ],
)
def test_a_near_miss_is_told_how_near(number, reply):
    assert answer(MADE, number) == (reply == "Yes.", reply)


def test_a_right_number_of_0_has_no_near_misses():
    assert answer({**MADE, "answer": 0}, 0.01) == (False, "Begin.")
    assert answer({**MADE, "answer": 0}, 0.0001) == (True, "Yes.")


def test_of_a_count_that_is_nearly_right_nothing_was_rounded():
    count = {**MADE, "answer": 105, "decimals": 0}
    said = "Nearly: it is less than a fiftieth off. Count once more."
    assert answer(count, 104) == (False, said)


def test_a_wrong_number_is_not_known_by_what_is_nearer_to_the_right_one():
    two = {**MADE, "answer": 0.2016, "decimals": 4}
    two["wrong"] = [{"value": 0.20247, "reply": "Too much."}]
    nearly = "Nearly: it is less than a fiftieth off. Round only at the end."
    assert answer(two, 0.202) == answer(two, 0.2017) == (False, nearly)
    assert answer(two, 0.2025) == answer(two, 0.2024) == (False, "Too much.")


@pytest.mark.parametrize(
    "room, name, number, begins",
    [
        ("derivative", "exit", 0.2, "That is the output before"),
        ("derivative", "exit", 0.202, "Nearly"),
        ("derivative", "exit", 0.2025, "That grows too much."),
        ("training_loop", "huge step", 0.73, "That is z before the step, or after one"),
        ("practice", "parameters", 104, "Nearly: it is less than a fiftieth off. C"),
    ],
)
def test_a_slip_gets_its_own_reply(room, name, number, begins):
    right, reply = answer(asked_of(f"backprop.stages.{room}", name), number)
    assert not right and reply.startswith(begins)


def test_a_picture_s_number_that_is_nearly_right_is_told_so():
    graph = {
        "answer": 0.5,
        "tolerance": 0.001,
        **{k: MADE[k] for k in ("right", "wrong")},
    }
    nearly = "Nearly: it is less than a fiftieth off. Round only at the end."
    assert answer({**graph, "wrong": [], "first_step": ""}, 0.507) == (False, nearly)
