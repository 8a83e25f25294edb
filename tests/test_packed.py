"""What a page unpacks is what Python draws, and is no more than a page can hold."""

from itertools import product
from math import prod

import pytest
from course import PICTURES
from packed import DEFS, REF, Runs, pack, stops, thinned, tile_of, told, unpacked

from backprop.frame import Screen

# A still part for each width; a knob alone; a knob and a choice.
SMALL = "Layers", "Nudge", "BatchArrows"


@pytest.fixture(scope="module", params=SMALL)
def picture(request):
    return PICTURES[request.param]()


def test_every_state_unpacks_to_what_is_drawn(picture):
    packed = pack(picture, picture.start)
    still, frames = unpacked(packed.tiles["still"]), {}
    for name in packed.tiles.keys() - {"still"}:
        frames |= unpacked(packed.tiles[name])
    lengths = [len(values) for values in packed.grid.values()]
    assert len(frames) == prod(lengths)
    screen = Screen(picture)
    for at in product(*map(range, lengths)):
        pairs = zip(packed.grid.items(), at)
        values = {name: stops[i] for (name, stops), i in pairs}
        under, moving, words, asked = frames[",".join(map(str, at))]
        assert asked is None
        drawn = screen.frame(**values)
        assert words == picture.words(**values)
        for page, svg in (still[under], drawn.still), (moving, drawn.moving):
            assert page == DEFS.sub("", svg)
            # What it refers to, the page has once, and as it was.
            for name in REF.findall(svg):
                assert packed.defs[name] in svg


def test_a_picture_that_asks_has_its_question_at_each_state():
    graph = PICTURES["ComputationGraph"]()
    packed = pack(graph, {"step": 0}, asks=True)
    (name,) = packed.tiles.keys() - {"still"}
    frames = unpacked(packed.tiles[name])
    for indices, (*_, asked) in frames.items():
        step = packed.grid["step"][int(indices)]
        wanted = graph.asks(step, graph.start["w"])
        assert (asked is None) == (wanted is None) == (int(indices) == len(frames) - 1)
        if asked:
            assert asked == told(wanted)
            assert asked["next"] == {"step": step + 1}


def test_a_tile_is_found_from_the_indices_alone(picture):
    packed = pack(picture, picture.start)
    for name in packed.tiles.keys() - {"still"}:
        for indices in unpacked(packed.tiles[name]):
            pairs = zip(map(int, indices.split(",")), packed.tile)
            assert name == ",".join(str(i // length) for i, length in pairs)


def test_it_opens_where_the_notebook_opens():
    training = PICTURES["Training"]()
    packed = pack(training, {"iteration": 10})
    assert packed.grid["iteration"][packed.start[0]] == 10
    assert packed.words == training.words(learning_rate=1, iteration=10)
    assert packed.size == (840, 360)
    # What is not shown stays where it starts.
    assert list(packed.grid) == ["iteration"]


def test_the_same_picture_packs_to_the_same_text():
    first, second = (
        pack(PICTURES["Nudge"](), PICTURES["Nudge"].start) for _ in range(2)
    )
    assert first.tiles == second.tiles


@pytest.mark.parametrize("kind", PICTURES)
def test_of_too_many_stops_the_start_the_ends_and_named_states_are_left(kind):
    picture = PICTURES[kind]()
    full, needed = stops(picture, picture.start)
    grid = thinned(full, needed, 300)
    fewest = prod(len({*values}) for values in needed.values())
    assert prod(map(len, grid.values())) <= max(300, fewest)
    for name, values in grid.items():
        assert [value for value in full[name] if value in values] == list(values)
        assert picture.start[name] in values
        assert {full[name][0], full[name][-1]} <= {*values}
    for name, values in picture.states.items():
        assert all(values[each] in grid[each] for each in values), name


def test_few_stops_are_all_there():
    full = {"a": (1, 2, 3), "b": (1, 2)}
    assert thinned(full, {"a": (1,), "b": (1,)}, 6) == full
    assert thinned(full, {"a": (1,), "b": (1,)}, 5) == {"a": (1, 3), "b": (1, 2)}


@pytest.mark.parametrize("lengths, most", [([33, 22], 50), ([4], 50), ([7, 7, 7], 9)])
def test_a_tile_holds_no_more_than_it_may(lengths, most):
    tile = tile_of(lengths, most)
    assert prod(tile) <= most
    assert all(1 <= mine <= all for mine, all in zip(tile, lengths))


def test_what_does_not_fit_is_packed_with_fewer_stops(monkeypatch):
    kind = PICTURES["ShrinkingNudge"]
    whole = pack(kind(), kind.start)
    size = sum(map(len, whole.tiles.values()))
    monkeypatch.setattr("packed.LARGEST", size // 2)
    fewer = pack(kind(), kind.start)
    assert sum(map(len, fewer.tiles.values())) <= size // 2
    lengths = [[len(v) for v in each.grid.values()] for each in (fewer, whole)]
    assert prod(lengths[0]) < prod(lengths[1])


def test_of_too_many_controls_the_named_states_are_runs_along_one():
    playground = PICTURES["Playground"]()
    runs = Runs(playground, playground.start)
    assert runs.controls["run"].options == ("as it opens", *playground.states)
    assert runs.start == {"run": "as it opens", "iteration": 19}
    assert runs.words(**runs.start) == playground.words(**playground.start)
    screen = Screen(playground)
    for name, values in playground.states.items():
        values = {**playground.start, **values, "iteration": 59}
        assert runs.words(run=name, iteration=59) == playground.words(**values)
        assert Screen(runs).frame(run=name, iteration=59).moving.count(
            "<path"
        ) == screen.frame(**values).moving.count("<path")
    shown = {**playground.start, **playground.states["spiral"]}
    spiral = Runs(playground, shown)
    assert spiral.controls["run"].options == tuple(playground.states)
    assert spiral.start == {"run": "spiral", "iteration": 19}
    few = Runs(playground, {"data": "moons", "iteration": 0})
    assert few.controls["run"].options == ("as it opens",)
