"""Exercise checks that name the mistake: one module a stage, one mechanism for all."""

import pkgutil
from importlib import import_module

from backprop.checks.exercise import Exercise, Verdict

__all__ = ["Exercise", "Verdict", "check", "exercises"]


def check(stage, answer):
    """Return the Verdict on `answer`, a function named as its exercise.

    stage: "05", as the notebook's name begins. Raises ValueError where there is no
    such stage or exercise.
    """
    known = exercises(stage)
    name = getattr(answer, "__name__", repr(answer))
    if name not in known:
        raise ValueError(
            f"answer: got {name}; needs a function named {', '.join(known)}"
        )
    return known[name].check(answer)


def exercises(stage):
    """Return the exercises of a stage by name."""
    modules = [each.name for each in pkgutil.iter_modules(__path__)]
    modules = {name[1:3]: name for name in modules if name.startswith("s")}
    if stage not in modules:
        names = ", ".join(map(repr, sorted(modules)))
        raise ValueError(f"stage: got {stage!r}; needs one of {names}")
    module = import_module(f"{__name__}.{modules[stage]}")
    return {each.name: each for each in module.EXERCISES}
