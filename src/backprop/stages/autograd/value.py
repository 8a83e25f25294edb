"""Values: numbers that remember what they were computed from, and the ways back."""

from math import exp, isfinite
from numbers import Real
from typing import NamedTuple

from backprop.picture import bracketed, count, say

SET, EARLY, TURN = "= in turn", "+= at once", "+= in turn"
WAYS = (SET, EARLY, TURN)
EDGES = 400  # of a walk that sends on at once; one more squaring doubles them


class Value:
    """A number that remembers what it was computed from.

    parents: the Values it was computed from. slopes: its derivative with respect to
    each of them. name: what stands in its circle. grad: the derivative of the loss with
    respect to it, once `backward` has been there.
    """

    def __init__(self, data, parents=(), slopes=(), name=""):
        self.data = data
        self.parents = parents
        self.slopes = slopes
        self.name = name
        self.grad = 0.0

    def __repr__(self):
        return f"Value({self.data:.4f}, grad={self.grad:.4f})"

    def __add__(self, other):
        return Value(self.data + other.data, (self, other), (1.0, 1.0), "+")

    def __mul__(self, other):
        slopes = other.data, self.data
        return Value(self.data * other.data, (self, other), slopes, "×")


def squash(a):
    """Return the sigmoid of a Value."""
    s = 1 / (1 + exp(-a.data))
    return Value(s, (a,), (s * (1 - s),), "σ")


def in_order(loss):
    """Return the values behind a loss and itself, each after its parents.

    Anything will do that has data, parents and slopes; ValueError says what has not.
    """
    order, open_ones, to_see = {}, set(), [(loss, False)]
    while to_see:
        value, seen = to_see.pop()
        if seen:
            order[value] = None
            open_ones.remove(value)
            continue
        _check(value)
        if value in open_ones:
            raise ValueError(
                "loss: got a value that stands behind itself; needs a graph without a "
                "circle"
            )
        if value in order:
            continue
        open_ones.add(value)
        to_see.append((value, True))
        to_see += [(parent, False) for parent in reversed(value.parents)]
    return list(order)


def _check(value):
    need = "a Value, with the data, parents and slopes of this page"
    if not all(hasattr(value, name) for name in ("data", "parents", "slopes")):
        raise ValueError(f"loss: got a graph with {_article(value)}; needs {need}")
    if type(value).__eq__ is not object.__eq__:
        got = f"{_article(value)} that can't be told from its equals"
        need = "a class that defines no == of its own"
        raise ValueError(f"loss: got {got}; needs {need}")
    parents, slopes = value.parents, value.slopes
    for name, each in ("parents", parents), ("slopes", slopes):
        if not isinstance(each, (tuple, list)):
            got = f"a value whose {name} are {_article(each)}"
            raise ValueError(f"loss: got {got}; needs a tuple or a list")
    if len(parents) != len(slopes):
        got = f"a value with {count(len(parents), 'parent')}"
        got += f" and {count(len(slopes), 'slope')}"
        raise ValueError(f"loss: got {got}; needs a slope for each parent")
    for number in (value.data, *slopes):
        if not (isinstance(number, Real) and isfinite(number)):
            got = f"a value with {number!r} among its data and slopes"
            raise ValueError(f"loss: got {got}; needs numbers there")


def _article(value):
    kind = type(value).__name__
    return f"{'an' if kind[0] in 'aeiouAEIOU' else 'a'} {kind}"


def backward(loss):
    """Give each value behind a loss its gradient, from 0 on."""
    order = in_order(loss)
    for value in order:
        value.grad = 0.0
    loss.grad = 1.0
    for value in reversed(order):
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope * value.grad


class Moment(NamedTuple):
    """What is there after some edges were walked.

    A value is its place in the order. edge: the place of a value, and which of its
    parents. complete: those to which nothing comes any more.
    """

    held: dict
    edge: tuple | None
    complete: frozenset
    worked: str
    said: str


def called(value):
    """Return what the words call a value: by its name, if it was given one."""
    name = getattr(value, "name", "")
    if not value.parents and name:
        return name
    return f"the {name or 'value'} of {say(value.data)}"


def moments(order, way):
    """Return the Moments of a way back through values, from before its first step.

    A walk that sends on at once ends after 400 steps, wherever it is.
    """
    place = {value: i for i, value in enumerate(order)}
    parents = [[place[each] for each in value.parents] for value in order]
    last = len(order) - 1
    awaited = [sum(each.count(i) for each in parents) for i in range(len(order))]
    held, found = {last: 1.0}, []

    def note(edge=None, worked="", said="only ∂L/∂L = 1 is there"):
        complete = frozenset(
            i for i in held if way == EARLY or not awaited[i] or i == last
        )
        found.append(Moment(dict(held), edge, complete, worked, said))

    def walk(i, which):
        parent, slope = parents[i][which], order[i].slopes[which]
        arrived, before = slope * held[i], held.get(parent)
        awaited[parent] -= 1
        held[parent] = arrived if way == SET else arrived + (before or 0.0)
        worked = f"{say(slope)} · {bracketed(say(held[i]))} = {say(arrived)}"
        said = f"{worked} arrives at {called(order[parent])}"
        if way == SET and before is not None:
            said += f", and takes the place of {say(before)}"
        elif before is not None:
            said += f", which holds {say(held[parent])} now"
        if way == EARLY and parents[parent]:
            said += " and sends it on at once"
        elif way != EARLY and awaited[parent] > 0:
            said += f" and waits for {awaited[parent]} more"
        note((i, which), worked, said)

    note()
    if way == EARLY:
        to_walk = [(last, which) for which in reversed(range(len(parents[last])))]
        while to_walk and len(found) <= EDGES:
            i, which = to_walk.pop()
            walk(i, which)
            i = parents[i][which]
            to_walk += [(i, which) for which in reversed(range(len(parents[i])))]
    else:
        for i in range(last, -1, -1):
            for which in range(len(parents[i])):
                walk(i, which)
    return found


def three_uses():
    """Return x · x + x at x = 3."""
    x = Value(3.0, name="x")
    return x * x + x


def left(loss, way):
    """Return what a way leaves in the first value behind a loss."""
    return moments(in_order(loss), way)[-1].held[0]


def twice(loss):
    """Return the same, after two calls of a `backward` that sets nothing back to 0."""
    order = in_order(loss)
    for _ in range(2):
        loss.grad = 1.0
        for value in reversed(order):
            for parent, slope in zip(value.parents, value.slopes):
                parent.grad += slope * value.grad
    return order[0].grad
