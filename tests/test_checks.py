"""How an answer is judged, whatever the exercise."""

import numpy as np
import pytest

from backprop.checks import check, exercises
from backprop.checks.exercise import Exercise


def double(w, x):
    return 2 * w @ x


EXERCISE = Exercise(
    double,
    probes=[
        (np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]])),
        (np.array([[0.5, -1.0]]), np.array([[2.0], [5.0]])),
    ],
    mistakes={"the 2 is missing.": lambda w, x: w @ x},
)


@pytest.mark.parametrize(
    "answer",
    [
        double,
        lambda w, x: (2 * w @ x).tolist(),
        lambda w, x: np.matmul(w, x) + w @ x,
        lambda w, x: np.float32(2) * (w @ x),
    ],
)
def test_a_right_answer_in_any_form_passes(answer):
    verdict = EXERCISE.check(answer)
    assert verdict.right
    assert "Right" in repr(verdict)


def raises(w, x):
    z = w @ x
    return z / undefined  # noqa: F821


def changes_its_input(w, x):
    w *= 2
    return w @ x


@pytest.mark.parametrize(
    "answer, said",
    [
        (lambda w, x: None, "Not done yet: double returns None"),
        (lambda w, x: ..., "Not done yet"),
        (lambda w, x: w @ x, "Not yet: the 2 is missing"),
        (raises, "NameError: name 'undefined' is not defined, in your line “return z"),
        (changes_its_input, "changes its argument w"),
        (lambda w, x: (2 * w @ x).ravel(), r"shape (1,); it needs shape (1, 1)"),
        (lambda w, x: w @ x * np.nan, "holds NaN"),
        (lambda w, x: 5 * w @ x, "gives [[55.]]; it should give [[22.]]"),
        (lambda w, x: "big", "gives 'big'; it should give [[22.]]"),
        (lambda w: w, "double stopped with TypeError"),
        (42, "double is no function: it is 42"),
        (lambda w, x: [w, x], "gives [array([[1., 2.]]), array([[3.], [4.]])]"),
        (lambda w, x: [[1, 2], [3]], "gives [[1, 2], [3]]; it should give [[22.]]"),
    ],
)
def test_a_wrong_answer_is_told_what_is_wrong(answer, said):
    verdict = EXERCISE.check(answer)
    assert not verdict.right
    assert said in verdict.text


def test_check_finds_the_exercise_by_stage_and_name():
    def one_step(X, y, W, learning_rate):
        return None

    assert check("05", one_step).text.startswith("Not done yet")
    with pytest.raises(ValueError, match="answer: got double; needs a function named"):
        check("05", double)
    with pytest.raises(ValueError, match="stage: got '99'; needs one of .*'05'"):
        check("99", double)


@pytest.mark.parametrize("stage", ["05"])
def test_no_two_mistakes_agree_on_all_probes(stage):
    for exercise in exercises(stage).values():
        named = [exercise.check(wrong).mistake for wrong in exercise.mistakes.values()]
        assert named == list(exercise.mistakes)
