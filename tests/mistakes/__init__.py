"""What students write: right answers, mistakes with a name, and some without.

One file a stage. Each function bears the name of its exercise, and uses what the
notebook has at that point. `test_mistakes.py` gives each of them to the check.
"""

from typing import NamedTuple

BANK = []


class Spelling(NamedTuple):
    """An answer, and what the check has to say: how its name of the mistake begins."""

    answer: callable
    says: str | None
    right: bool = False

    @property
    def stage(self):
        """Return the stage whose file this stands in."""
        return self.answer.__module__.split(".")[-1][1:3]


def right(answer):
    """Mark a right answer."""
    BANK.append(Spelling(answer, None, right=True))
    return answer


def wrong(says):
    """Mark an answer that makes the mistake whose name begins so."""

    def mark(answer):
        BANK.append(Spelling(answer, says))
        return answer

    return mark


def unnamed(answer):
    """Mark a wrong answer that no mistake has a name for."""
    BANK.append(Spelling(answer, None))
    return answer
