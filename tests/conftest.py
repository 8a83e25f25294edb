"""What all tests share: property tests that no busy machine can fail."""

import os

from hypothesis import settings

from backprop import session

# What the course hides from a learner, the tests see.
session.IGNORED.clear()

# No deadline: no test asserts a time. In CI the examples are the same in each run.
settings.register_profile(
    "course", deadline=None, derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("course")
