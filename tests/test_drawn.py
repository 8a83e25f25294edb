"""What is held of a figure shows each false drawing, and no more than the eye sees."""

import artists
import drawn
import numpy as np
import pytest
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

GRID = np.arange(12.0).reshape(3, 4)
HONEST = {
    "labels": ("loss", "size"),
    "line": (0, 0.5, 1),
    "color": "C0",
    "dash": "-",
    "marker": "o",
    "limit": 2,
    "ticks": ("0", "1"),
    "ends": ((0, 0), (1, 1)),
    "origin": "lower",
    "grid": GRID,
    "way": (0.3, 0.1),
    "hatch": "//",
    "width": 0.5,
    "caption": "3→5",
    "at": (0.2, 0.8),
    "level": 5,
    "widths": [1, 2, 3],
    "signs": [1, -1, 1],
    "corner": "upper left",
    "columns": 1,
    "aspect": "auto",
    "side": "left",
    "labelled": True,
    "tick color": "black",
    "heights": (2, 3),
    "marker edge": 1,
}


def lines(**changes):
    """Return what a figure of many kinds of artists has drawn."""
    a = {**HONEST, **changes}
    left, right = Figure().subplots(1, 2)
    look = {"color": a["color"], "ls": a["dash"], "marker": a["marker"]}
    look["zorder"], text_height = a["heights"]
    look["mew"] = a["marker edge"]
    left.plot([0, 1, 2], a["line"], label=a["labels"][0], **look)
    left.plot([0, 1, 2], [2, 1, 0], label=a["labels"][1], color="black")
    left.legend(loc=a["corner"], ncols=a["columns"])
    left.set_aspect(a["aspect"])
    sides = {side: side == a["side"] for side in ("left", "right")}
    labelled = {f"label{side}": on and a["labelled"] for side, on in sides.items()}
    left.tick_params("y", labelcolor=a["tick color"], **sides, **labelled)
    left.set(xlim=(0, a["limit"]), ylim=(0, 2))
    left.set_xticks([0, 1], a["ticks"])
    start, end = a["ends"]
    left.annotate("", xytext=start, xy=end, arrowprops={"arrowstyle": "-|>"})
    left.text(*a["at"], a["caption"], zorder=text_height)
    left.bar([1], [1], width=a["width"], hatch=a["hatch"])
    right.imshow(a["grid"], origin=a["origin"])
    right.contour(GRID, [a["level"]])
    right.quiver([0], [1], *a["way"], scale=1)
    strokes = [[(0, 0), (1, 1)], [(1, 0), (2, 1)], [(2, 0), (3, 1)]]
    strokes = LineCollection(strokes, linewidths=a["widths"])
    strokes.set_array(a["signs"])
    right.add_collection(strokes)
    return artists.lines(left.figure)


HELD = [line.text for line in lines()]


@pytest.mark.parametrize(
    "change",
    (
        {"labels": ("size", "loss")},
        {"line": (0.05, 0.55, 1.05)},
        {"line": (1, 0.5, 0)},
        {"color": "C1"},
        {"dash": "--"},
        {"dash": (0, (2, 1))},
        {"marker": "s"},
        {"limit": 2.1},
        {"ticks": ("0", "2")},
        {"ends": ((1, 1), (0, 0))},
        {"origin": "upper"},
        {"grid": GRID[::-1]},
        {"grid": GRID[:, ::-1]},
        {"way": (-0.3, -0.1)},
        {"hatch": None},
        {"width": 0.6},
        {"caption": "5→3"},
        {"at": (0.8, 0.2)},
        {"level": 6},
        {"widths": [2, 1, 3]},
        {"signs": [-1, 1, 1]},
        {"corner": "lower left"},
        {"columns": 2},
        {"aspect": "equal"},
        {"side": "right"},
        {"labelled": False},
        {"tick color": "C1"},
        {"heights": (2.2, 3)},
        {"marker edge": 2},
        {"heights": (2, 1)},
    ),
    ids=str,
)
def test_a_false_drawing_is_seen(change):
    assert drawn.differences(HELD, lines(**change))


def test_what_the_eye_cannot_see_is_no_difference():
    assert not drawn.differences(HELD, lines(line=(0, 0.5 + 1e-4, 1 - 1e-12)))
    assert not drawn.differences(HELD[::-1], lines())


def test_what_lies_over_all_that_is_still_is_no_difference():
    assert not drawn.differences(HELD, lines(heights=(12, 3)))
    assert drawn.differences(HELD, lines(heights=(12.2, 3)))


def test_what_is_written_is_read_and_stays(tmp_path):
    path = tmp_path / "drawn.txt"
    now = {("P", "", "x = 0"): lines(), ("P", "", "x = 1"): lines(limit=3)}
    drawn.write(path, now)
    held, text = drawn.read(path), path.read_text(encoding="utf-8")
    assert not any(drawn.differences(held[at], each) for at, each in now.items())
    now["P", "", "x = 0"] = lines(line=(0, 0.5, 1.001))
    drawn.write(path, now)
    assert path.read_text(encoding="utf-8") == text


class Growing:
    """A curve that grows and moves, and has a name from 2 on."""

    size, redraw = (4, 3), ()

    def draw(self, figure, x):
        axes = figure.subplots()
        axes.set(xlim=(0, 9), ylim=(0, 9))
        self.line, self.text = axes.plot([], [])[0], axes.text(1, 1, "")

    def move(self, x):
        self.line.set_data(range(x + 2), range(x + 2))
        self.line.set_color("red" if x == 4 else "black")
        self.text.set_text(f"x = {x}" if x > 1 else "")


def test_what_comes_and_goes_is_a_kind_and_what_moves_is_not():
    kinds = list(drawn.kinds(Growing(), [{"x": x} for x in range(6)]))
    assert kinds[0] == kinds[1] and kinds[2] == kinds[3] == kinds[5]
    assert list(kinds[2] - kinds[1]) == ['1: text "x = …" left-baseline at (…, …)']
    assert list(kinds[3] - kinds[4]) == ["1: line black -"]
    assert list(kinds[4] - kinds[3]) == ["1: line #ff0000 -"]


def test_of_dashes_of_one_s_own_each_length_and_where_they_begin_is_told():
    held = [line.text for line in lines(dash=(0, (2, 1)))]
    assert not drawn.differences(held, lines(dash=(0, (2, 1))))
    for other in ("--", (1, (2, 1)), (0, (1, 2)), (0, (2, 1, 1, 1))):
        assert drawn.differences(held, lines(dash=other))
