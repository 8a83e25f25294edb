"""Where an answer leaves the way: its values, line by line, beside the reference's.

An answer may go its own way and be right. So a line is named only where another value
in its place, one of the reference's, makes the result right.
"""

import ast
import copy
import io
import sys
from contextlib import redirect_stdout

import numpy as np

from backprop.reading import code_of
from backprop.result import outcome, same


def departs_at(code, reference, probes, wanted):
    """Return the first line whose value alone has to be another, or None.

    That is the one where a value that the reference computes on its way makes all
    results right. Only for an answer and a reference without loops and branches.
    """
    target = code_of(reference)
    if target is None or not (_straight(code) and _straight(target)):
        return None
    known = []
    for probe in probes:
        known.append([])
        _run(target, _Watch(), probe, known[-1])
    whole = [dict(each) for each in known]  # of each of its lines what that makes
    for i, line in enumerate(code.tree.body):
        if not isinstance(line, (ast.Assign, ast.AugAssign)):
            continue
        tree = copy.deepcopy(code.tree)
        place = getattr(line, "targets", [getattr(line, "target", None)])[0]
        if not isinstance(place, ast.Name):
            continue
        given = ast.Name("_given", ast.Load())
        tree.body[i] = ast.Assign([place], given)
        if _is_made(code, i, place.id, whole, probes):
            continue
        function, space = _made(code, tree)
        for values in zip(*known):  # one expression of the reference, on each probe
            if all(
                same(want, _with(function, space, value, probe))
                for (_, value), want, probe in zip(values, wanted, probes)
            ):
                return line.lineno
    return None


def _is_made(code, i, name, whole, probes):
    """Tell whether one of the reference's lines makes what this line does."""
    tree = copy.deepcopy(code.tree)
    tree.body[i + 1 :] = [ast.Return(ast.Name(name, ast.Load()))]
    function, space = _made(code, tree)
    given = [_with(function, space, None, probe) for probe in probes]
    lines = set.intersection(*map(set, whole))
    return any(
        all(same(values[line], got) for values, got in zip(whole, given))
        for line in lines
    )


def _made(code, tree, **more):
    """Return the function that a changed syntax tree defines, and its names."""
    space = code.names | more
    module = ast.fix_missing_locations(ast.Module([tree], []))
    exec(compile(module, "<watched>", "exec"), space)
    return space[code.tree.name], space


def _with(function, space, value, probe):
    space["_given"] = copy.deepcopy(value)
    with redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        return outcome(function, copy.deepcopy(probe))


def changed_at(answer, probe, i):
    """Return the line at which an answer changes its argument i, or None."""
    given = copy.deepcopy(probe)
    before, file, last, found = copy.deepcopy(given[i]), answer.__code__, None, []

    def see(frame, event, argument):
        nonlocal last
        if frame.f_code.co_filename != file.co_filename:
            return None
        if not found and last and not same(before, given[i]):
            found.append(last)
        last = frame.f_lineno
        return see

    tracer = sys.gettrace()
    sys.settrace(see)
    try:
        with redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
            outcome(answer, given)
    finally:
        sys.settrace(tracer)
    return found[0] if found else None


def returned_at(code, probe):
    """Return the line of the return that an answer leaves by, or None."""
    seen = []
    _run(code, _Returns(), probe, seen)
    return seen[-1][0] if seen else None


def _straight(code):
    plain = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Return, ast.Expr)
    return all(isinstance(each, plain) for each in code.tree.body)


def _run(code, watch, probe, seen):
    def see(line, value):
        seen.append((line, copy.deepcopy(value)))
        return value

    function, _ = _made(code, watch.visit(copy.deepcopy(code.tree)), _see=see)
    with redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        outcome(function, copy.deepcopy(probe))


def _seen(node):
    return ast.Call(ast.Name("_see", ast.Load()), [ast.Constant(node.lineno), node], [])


class _Watch(ast.NodeTransformer):
    """Notes the value of each part of each expression."""

    def visit_BinOp(self, node):
        return _seen(self.generic_visit(node))

    visit_UnaryOp = visit_BinOp

    def visit_Subscript(self, node):
        return _seen(node) if isinstance(node.ctx, ast.Load) else node

    def visit_Call(self, node):
        node.args = [self.visit(each) for each in node.args]
        if isinstance(node.func, ast.Attribute):
            node.func.value = self.visit(node.func.value)
        return _seen(node)


class _Returns(ast.NodeTransformer):
    """Notes what each return gives, but for those of functions inside."""

    def __init__(self):
        self.inside = False

    def visit_FunctionDef(self, node):
        if self.inside:
            return node
        self.inside = True
        return self.generic_visit(node)

    def visit_Return(self, node):
        if node.value:
            node.value = _seen(node.value)
        return node
