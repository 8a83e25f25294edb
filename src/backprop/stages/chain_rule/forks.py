"""Forks in a row: three ways to their gradients, and every multiplication of each."""

from functools import cache
from itertools import product
from math import prod
from typing import NamedTuple

from backprop import number
from backprop.picture import bracketed, scientific, tick_label

# The slopes of a fork's upper and lower arc, each from left to right: of the fork
# nearest to L, of the one behind it, and so on in turn.
SLOPES = (((2, 3), (-1, 4)), ((0.5, 4), (3, -1)))
PATHS, FORWARD, BACKWARD = "path by path", "forward", "backward"
TOO_EARLY = "backward, not waiting"
WAYS = (PATHS, FORWARD, BACKWARD, TOO_EARLY)
ONE, ALL = "one weight", "all weights"
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class Moment(NamedTuple):
    """What is there after some multiplications.

    A node is its place: n₁ is (1, 0), the middle of the upper arc to it (0.5, 1); the
    weight that enters at n₁ stands at (1, -2).
    """

    held: dict = {}  # node -> its number so far
    waits: tuple | None = None  # the node, or weight, where more is to arrive
    gradients: dict = {}  # weight -> its gradient so far
    multiplications: int = 0  # so far
    walked: tuple = ()  # the edges of this step: (start, end)
    worked: str = ""  # the step as a calculation
    said: str = "nothing is multiplied yet"


@cache
def moments(forks, way, weights):
    """Return the Moments of a way, from before its first step to its last."""
    wanted = range(forks, 0, -1) if weights == ALL else (1,)
    walk = {PATHS: _paths, FORWARD: _forward, BACKWARD: _backward}.get(way, _too_early)
    return list(walk(forks, wanted))


def multiplications(forks, way, weights):
    """Return how many multiplications a way needs: one for each edge it walks."""
    return moments(forks, way, weights)[-1].multiplications


def edges(forks, fork):
    """Return a fork's edges, (start, end, slope): both from its tail, both to its head.

    fork: 1 is the one farthest from L.
    """
    arcs = list(zip((1, -1), SLOPES[(forks - fork) % 2]))
    tails = [((fork - 1, 0), (fork - 0.5, row), arc[0]) for row, arc in arcs]
    heads = [((fork - 0.5, row), (fork, 0), arc[1]) for row, arc in arcs]
    return tails + heads


def _ahead(forks, weight):
    """Return the edges from where a weight enters to L, in the order to walk them."""
    return [edge for fork in range(weight, forks + 1) for edge in edges(forks, fork)]


def _behind(forks):
    """Return all edges turned round, in the order to walk them from L."""
    return [
        (end, start, slope)
        for fork in range(forks, 0, -1)
        for start, end, slope in edges(forks, fork)[2:] + edges(forks, fork)[:2]
    ]


def _paths(forks, wanted):
    total = sum(2 ** (forks - weight + 1) for weight in wanted)
    behind, gradients, done, path = _behind(forks), {}, 0, 0
    yield Moment(said=f"nothing is multiplied yet, and there are {total:,} paths")
    for weight in wanted:
        length = forks - weight + 1
        for i, arcs in enumerate(product((0, 1), repeat=length), start=1):
            walked = [
                behind[4 * at + half + arc]
                for at, arc in enumerate(arcs)
                for half in (0, 2)
            ]
            slopes = [slope for _, _, slope in walked]
            value, path, done = prod(slopes), path + 1, done + len(slopes)
            gradients = {**gradients, weight: gradients.get(weight, 0) + value}
            said = f"path {path:,} of {total:,} leads to {w(weight)} and gives "
            said += f"{say(value)}. "
            last = i == 2**length
            said += f"{w(weight)} has all of its paths" if last else "The sum so far"
            said += f": {say(gradients[weight])}"
            yield Moment(
                waits=None if last else (weight - 1, -2),
                gradients=gradients,
                multiplications=done,
                walked=tuple(edge[:2] for edge in walked) + (_pick_up(weight),),
                worked=f"{_product(1, *slopes)} = {say(value)}",
                said=said,
            )


def _forward(forks, wanted):
    gradients, done = {}, 0
    for weight in wanted:
        held = {(weight - 1, 0): 1}
        if not done:
            yield Moment(held)
        for moment in _sweep(held, _ahead(forks, weight), forks):
            done, said = done + 1, f"from {w(weight)}, {moment.said}"
            if moment.walked[0][1] == (forks, 0) and not moment.waits:
                gradients = {**gradients, weight: moment.held[forks, 0]}
                said += f", the gradient of {w(weight)}"
            yield moment._replace(gradients=gradients, multiplications=done, said=said)


def _backward(forks, wanted):
    held, gradients = {(forks, 0): 1}, {}
    yield Moment(held, said="nothing is multiplied yet, and ∂L/∂L is 1")
    for done, moment in enumerate(_sweep(held, _behind(forks), forks), start=1):
        (column, row), walked, said = moment.walked[0][1], moment.walked, moment.said
        if row == 0 and not moment.waits:
            if column + 1 in wanted:
                gradients = {**gradients, column + 1: moment.held[column, 0]}
                said += f", which {w(column + 1)} picks up as its gradient"
                walked += (_pick_up(column + 1),)
            else:
                said += ", which goes on"
        yield moment._replace(
            gradients=gradients, multiplications=done, walked=walked, said=said
        )


def _sweep(held, order, forks):
    """Walk each edge once; a node goes on when both of its arcs have arrived."""
    for start, end, slope in order:
        arrived, before = held[start] * slope, held.get(end)
        held = {**held, end: arrived + (before or 0)}
        worked = f"{_product(held[start], slope)} = {say(arrived)}"
        name, waits = n(end[0], forks), None
        if end[1]:
            arc = "upper" if end[1] > 0 else "lower"
            said = f"{worked} is halfway along the {arc} arc from {n(start[0], forks)}"
        elif before is None:
            said = f"{say(arrived)} has arrived at {name} and waits for the other arc"
            waits = end
        else:
            added = f"{say(before)} + {bracketed(say(arrived))} = {say(held[end])}"
            worked = f"{worked},   {added}"
            said = f"{say(arrived)} has arrived at {name} as well: {added}"
        yield Moment(held, waits, {}, 0, ((start, end),), worked, said)


def _too_early(forks, wanted):
    """Send a node on at each arrival, with all that it holds by then."""
    behind = _behind(forks)
    right = moments(forks, BACKWARD, ALL)[-1].held
    held, gradients, done = {(forks, 0): 1}, {}, 0
    yield Moment(held, said="nothing is multiplied yet, and ∂L/∂L is 1")
    # Those to be walked next are at the end.
    to_walk = [edge for edge in reversed(behind) if edge[0] == (forks, 0)]
    while to_walk:
        start, end, slope = to_walk.pop()
        to_walk += [edge for edge in reversed(behind) if edge[0] == end]
        arrived, done, walked = held[start] * slope, done + 1, ((start, end),)
        before = held.get(end, 0)
        held = {**held, end: before + arrived}
        worked = f"{_product(held[start], slope)} = {say(arrived)}"
        said = f"{worked} is halfway along an arc from {n(start[0], forks)}"
        if before:
            said += f", where {say(before)} is already: {say(held[end])} goes on"
        if end[1] == 0:
            holds = f"{n(end[0])} holds {say(held[end])}"
            said = f"{worked} has arrived. {holds}"
            said += " and sends it on at once" if end[0] else ""
            worked += f",   {holds};   right is {say(right[end])}"
            if end[0] + 1 in wanted:
                gradients = {**gradients, end[0] + 1: held[end]}
                walked += (_pick_up(end[0] + 1),)
        yield Moment(held, None, gradients, done, walked, worked, said)


def _pick_up(weight):
    return (weight - 1, 0), (weight - 1, -2)


def say(value):
    """Return a number in full, a half as ½, and a million and more rounded."""
    if abs(value) == 0.5:
        return tick_label(value, fractions=True)
    if abs(value) < 1e6:
        return number.write(value)
    return ("−" if value < 0 else "") + scientific(abs(value))


def _product(*factors):
    """Return factors as a product; of many, those at the ends."""
    first, *others = map(say, factors)
    said = [first, *map(bracketed, others)]
    return " · ".join(said if len(said) < 9 else [*said[:6], "…", said[-1]])


def n(column, forks=None):
    """Return the name of the node in a column."""
    return "L" if column == forks else f"n{column}".translate(LOWERED)


def w(weight):
    """Return the name of a weight."""
    return f"w{weight}".translate(LOWERED)
