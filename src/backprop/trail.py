"""Where an answer leaves the way: its values, line by line, beside the reference's.

An answer may go its own way and be right. So a line is named only where all lines
before it hold what the reference computes too, but for sign and transposition, and the
result is known to be wrong.
"""

import ast
import copy
import io
import sys
from contextlib import redirect_stdout

import numpy as np

from backprop.reading import code_of
from backprop.result import Stopped, numbers, outcome, parts, same


def departs_at(code, reference, probe):
    """Return the line at which an answer departs from the reference, or None.

    Only for an answer and a reference without loops and branches.
    """
    target = code_of(reference)
    if target is None or not (_straight(code) and _straight(target)):
        return None
    known = []
    _run(target, _Watch(), probe, known)
    known = [value for _, value in known] + [each for x in probe for each in parts(x)]
    own = []
    _run(code, _Lines(), probe, own)
    known += list(probe)
    for i, (number, value) in enumerate(own):
        if not _known(value, known) and not _made_good(code, own, i, known):
            return number
    return None


def _made_good(code, own, i, known):
    """Tell whether a later line makes what is known of what line i makes."""
    lines = {each.lineno: each for each in code.tree.body}
    made = _names(lines[own[i][0]], ast.Store)
    return any(
        _names(lines[number], ast.Load) & made and _known(value, known)
        for number, value in own[i + 1 :]
        if not isinstance(lines[number], ast.Return)
    )


def _names(tree, context):
    return {
        each.id
        for each in ast.walk(tree)
        if isinstance(each, ast.Name) and isinstance(each.ctx, context)
    }


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

    tree = watch.visit(copy.deepcopy(code.tree))
    tree = ast.fix_missing_locations(ast.Module([tree], []))
    space = code.names | {"_see": see}
    exec(compile(tree, "<watched>", "exec"), space)
    with redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        outcome(space[code.tree.name], copy.deepcopy(probe))


def _seen(node):
    return ast.Call(ast.Name("_see", ast.Load()), [ast.Constant(node.lineno), node], [])


class _Watch(ast.NodeTransformer):
    """Notes the value of each part of each expression."""

    def visit_BinOp(self, node):
        return _seen(self.generic_visit(node))

    visit_UnaryOp = visit_BinOp

    def visit_Call(self, node):
        node.args = [self.visit(each) for each in node.args]
        if isinstance(node.func, ast.Attribute):
            node.func.value = self.visit(node.func.value)
        return _seen(node)


class _Lines(ast.NodeTransformer):
    """Notes the value that each line makes."""

    def visit_Assign(self, node):
        node.value = _seen(node.value)
        return node

    visit_Return = visit_Assign

    def visit_FunctionDef(self, node):
        node.body = [
            self.visit(each)
            if isinstance(each, (ast.Assign, ast.Return)) and each.value
            else each
            for each in node.body
        ]
        return node


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


def _known(value, known):
    if isinstance(value, (tuple, list)):
        return all(_known(each, known) for each in value)
    mine = numbers(value)
    if mine is None or mine.ndim == 0 and float(mine).is_integer():
        return True
    return any(_alike(mine, each) for each in known)


def _alike(mine, other):
    theirs = numbers(other)
    if theirs is None or isinstance(other, Stopped) or mine.size != theirs.size:
        return False
    return any(
        same(way.ravel(), sign * theirs.ravel())
        for way in (mine, mine.T)
        for sign in (1, -1)
    )
