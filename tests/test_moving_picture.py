"""README's moving picture is what its tool draws, and small."""

import numpy as np
from moving_picture import TARGET, frame, script
from PIL import Image

from backprop.frame import Screen
from backprop.stages.training_loop import Training


def test_readme_shows_what_the_tool_draws():
    screen = Screen(Training())
    happens = script(screen.picture)
    stored = Image.open(TARGET)
    assert stored.n_frames == len(happens) > 20
    for k in (0, 11, len(happens) - 2, len(happens) - 1):
        stored.seek(k)
        values, pressed, time = happens[k]
        drawn = np.asarray(frame(screen, values, pressed), dtype=float)
        # Another matplotlib may smooth its edges otherwise.
        assert abs(np.asarray(stored.convert("RGB")) - drawn).mean() < 1
    assert TARGET.stat().st_size <= 600_000


def test_each_frame_differs_from_the_one_before():
    stored, shown = Image.open(TARGET), []
    for k in range(stored.n_frames):
        stored.seek(k)
        shown.append(stored.convert("RGB").tobytes())
    assert all(a != b for a, b in zip(shown, shown[1:]))


def test_readme_names_it():
    readme = (TARGET.parent.parent / "README.md").read_text(encoding="utf-8")
    assert f"(docs/{TARGET.name})" in readme
