"""What a check says of small slips, word by word, and which edits it tries.

`python tools/words.py` accepts what is said and tried today.
"""

import tomllib
from pathlib import Path

import pytest
from slips import EXERCISES, said_of_slips
from small_edits import all_edits

TESTS = Path(__file__).parent


@pytest.fixture(scope="module")
def said():
    return said_of_slips()


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("name", EXERCISES)
def test_of_each_slip_it_is_said_what_is_held(name, said):
    held = tomllib.loads((TESTS / "slips.toml").read_text(encoding="utf-8"))
    assert said[name] == held[name]


def test_the_edits_that_are_tried_are_those_that_are_held():
    held = (TESTS / "edits.txt").read_text(encoding="utf-8")
    assert all_edits().splitlines() == held.splitlines()
