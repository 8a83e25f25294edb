"""The rules of grammar find each fault, and nothing else."""

import pytest
from grammar import faults, nouns_of


@pytest.mark.parametrize(
    "text",
    (
        "After 1 iterations the loss is 2.",
        "The sum of 1 products is 2.",
        "After 2 update, the prize is 3.",
        "1 hidden units are there.",
        "There are 0 hidden unit.",
        "Of 20 seeds, 1 have all right.",
        "1 of 4 outputs are right.",
        "3 of 4 outputs is right.",
        "This is a output.",
        "This is an line.",
        "The  loss is 2.",
        "The the loss is 2.",
        "The loss is (2.",
        "The loss is 2).",
        "The loss )2( is.",
        "The loss is −0.",
        "2z + −3 is the line.",
        "The loss is 2 .",
        "The loss is 2..",
        "The loss is None.",
        "It is 0.982 × 0.01799 = 0.01766.",
        "It is 1.235 · 2 + (−2) = 0.4692.",
    ),
)
def test_a_fault_is_seen(text):
    good = "3 iterations, 2 products, 300 updates, 4 hidden units. An iteration of a "
    assert faults(text, nouns_of([good, "product, an update and a unit."]))


@pytest.mark.parametrize(
    "text",
    (
        "After 1 iteration and 2,000 iterations: 1 update, 1 hidden unit.",
        "Row 2 of X meets column 1 of W: 1 · (−0.5) = −0.5, so a is 1 and 2 gives 1.",
        "It is 2 · (−0.1) = −0.2, 414,656 · 3 = 1.2 million, 0.5 − 1 · 3 = −2.5.",
        "Zero is 0, −0.5 isn't. A unit, an output, a line, the seeds 1, 0 and 1 too.",
    ),
)
def test_what_is_right_is_no_fault(text):
    good = ["3 iterations, 2 products, 300 updates, 4 hidden units; iteration update"]
    assert not faults(text, nouns_of(good))
