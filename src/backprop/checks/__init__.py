"""Exercise checks that name the mistake: one module a stage, one mechanism for all."""

from backprop.checks import training_loop
from backprop.checks.exercise import Exercise, Verdict

STAGES = {"05": training_loop}

__all__ = ["Exercise", "STAGES", "Verdict", "check"]


def check(stage, answer):
    """Return the Verdict on `answer`, a function named as its exercise.

    stage: "05", as the notebook's name begins. Raises ValueError where there is no
    such stage or exercise.
    """
    if stage not in STAGES:
        raise ValueError(f"stage: got {stage!r}; needs one of {', '.join(STAGES)}")
    exercises = {each.name: each for each in STAGES[stage].EXERCISES}
    name = getattr(answer, "__name__", repr(answer))
    if name not in exercises:
        names = ", ".join(exercises)
        raise ValueError(f"answer: got {name}; needs a function named {names}")
    return exercises[name].check(answer)
