"""What stage 09 states: its page and its replies."""

import numpy as np
from pages import prove

from backprop.stages.practice import pictures
from backprop.stages.practice.pictures import MOMENTS, arrows, noise

PAGE = [
    (
        "The step has {} numbers",
        lambda: [sum(p.size for p in pictures.START[0][:2]) + 9],
    ),
    ("All rows at once sit on a plateau: {} steps", lambda: [pictures.EPOCHS]),
]
REPLIES = [
    (
        "same examples",
        "it steps: {} times, against {} and {}.",
        lambda: [
            f"{pictures.EPOCHS * len(pictures.X) // size:,}"
            for size in pictures.BATCHES
        ],
    ),
]
test_the_page_says, test_a_reply_says, test_no_number_is_unproved = prove(
    "practice", PAGE, REPLIES
)


# -- mini-batches


def test_four_times_as_many_rows_halve_the_noise():
    for moment in MOMENTS:
        assert 0.45 < noise(moment, 20) / noise(moment, 5) < 0.5
        assert 0.45 < noise(moment, 4) / noise(moment, 1) < 0.5


def test_the_noise_is_that_of_batches():
    rows, random = pictures._rows_gradients(MOMENTS[0]), np.random.default_rng(0)
    whole = rows.mean(axis=0)
    drawn = [rows[random.permutation(200)[:10]].mean(axis=0) for _ in range(3000)]
    off = np.sqrt(((drawn - whole) ** 2).sum(axis=1).mean()) / np.linalg.norm(whole)
    assert abs(off / noise(MOMENTS[0], 10) - 1) < 0.02


def test_late_some_batches_of_ten_point_uphill_and_at_the_start_none():
    assert (arrows(MOMENTS[0], 10)[:, 0] > 0).all()
    assert 0.1 < (arrows(MOMENTS[1], 10)[:, 0] < 0).mean() < 0.4
