"""The smallest edit of an answer's own code that makes it right, by search.

One edit of the syntax tree at a time, in a fixed order and a fixed number of them; the
clock decides nothing. Each mended answer runs in a namespace of its own, prints
nothing, and gets copies of its arguments. The learner is never shown it: what counts is
which line it is in, and of which kind it is.
"""

import ast
import copy
import io
import itertools
import sys
import warnings
from contextlib import redirect_stdout
from dataclasses import dataclass

import numpy as np

from backprop.reading import FUNCTIONS, code_of
from backprop.result import Stopped, outcome, same

CANDIDATES, STEPS = 2000, 40_000  # mended answers; lines that they run together
A_RUN = 10_000  # lines of one mended answer on one probe
LARGE = 100_000  # numbers in an array that a wrong edit lets grow from line to line
FRESH = 6

# Kind of edit -> the idea, as a question.
QUESTIONS = {
    "return": "What does the function hand back, and when?",
    "loop": "Which steps belong to each round, and which come once, after all of them?",
    "brackets": "Which part is computed first? Put the brackets where they belong.",
    "order": "Which of the two comes first?",
    "results": "In which order are the results asked for?",
    "name": "Which of your names belongs here? Say in words what each of them holds.",
    "operator": "Which operation belongs here: +, -, *, / or @? Say it in words first.",
    "axis": "Over what should this run: the examples, the outputs, or everything?",
    "transpose": "What stands in the rows, what in the columns? Which is summed?",
    "sign": "Which sign belongs here? Try it with one positive number.",
    "comparison": "What is to happen where both sides are equal? And which is larger?",
    "function": "Which function does what you mean?",
    "constant": "Is this number right? Try the smallest case by hand.",
    "counting": "Where does the counting begin, and where does it end? Try 0 and 1.",
    "look-up": "Is the whole array meant here, or the entry of this round?",
    "statement": "Is this line needed, and does it come at the right time?",
    "slope": "Is the slope of the sigmoid in it, once and no more, from its output?",
    "factor": "Which factors belong here? Go along the path and name each.",
    "term": "Which parts are added here? Is one missing, or one too many?",
    "sigmoid": "Has this been through the sigmoid already, or has it not yet?",
}
RANK = {kind: rank for rank, kind in enumerate(QUESTIONS)}

OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.MatMult, ast.Pow)
COMPARISONS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)
# Functions that are taken for one another; the same name as a method.
FAMILIES = [
    {"sum", "mean", "max", "prod"},
    {"std", "var", "ptp"},
    {"hstack", "vstack", "column_stack"},
    {"ones", "zeros"},
    {"maximum", "minimum"},
    {"max", "min", "sum"},
    {"log", "log10", "log2", "log1p", "exp"},
    {"dot", "multiply", "outer", "matmul"},
    {"sqrt", "square", "abs"},
]


@dataclass(frozen=True)
class Edit:
    """One place of a syntax tree, and what stands there after the edit."""

    kind: str
    line: int
    owner: ast.AST
    field: str
    index: int | None
    new: object

    def exchange(self):
        """Put the new in the place of the old; return the Edit that undoes it."""
        place = getattr(self.owner, self.field)
        if self.index is None:
            old = place
            setattr(self.owner, self.field, self.new)
        else:
            old, place[self.index] = place[self.index], self.new
        return Edit(self.kind, self.line, self.owner, self.field, self.index, old)


@dataclass(frozen=True)
class Mend:
    """An edit that makes an answer right, and the code that it gives."""

    kind: str
    line: int
    changed: str
    as_reference: bool


class Runner:
    """Runs mended answers, and counts their lines."""

    def __init__(self, code):
        self.code, self.left = code, STEPS
        names = {each.id for each in ast.walk(code.tree) if isinstance(each, ast.Name)}
        self.space = dict(code.names)
        self.held = {
            name: self.space[name]
            for name in names
            if isinstance(self.space.get(name), (np.ndarray, list, dict, set))
        }

    def function(self, tree):
        """Return the function that a syntax tree defines."""
        space = self.space | copy.deepcopy(self.held)
        with warnings.catch_warnings(action="ignore"):  # of what no learner wrote
            exec(compile(ast.Module([tree], []), "<mended>", "exec"), space)
        return space[tree.name]

    def outcome(self, function, arguments):
        """Return what a mended function gives, or Stopped."""
        before, self.run = sys.gettrace(), A_RUN
        sys.settrace(self._enter)
        try:
            with redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
                return outcome(function, copy.deepcopy(arguments))
        finally:
            sys.settrace(before)

    def _enter(self, frame, event, argument):
        return self._count if frame.f_code.co_filename == "<mended>" else None

    def _count(self, frame, event, argument):
        self.left, self.run = self.left - 1, self.run - 1
        grown = any(
            isinstance(each, np.ndarray) and each.size > LARGE
            for each in frame.f_locals.values()
        )
        if grown or min(self.left, self.run) < 0:
            raise TimeoutError
        return self._count


def mends(code, reference, probes, wanted, results, kinds=tuple(QUESTIONS)):
    """Return each Mend of these kinds that makes an answer right.

    reference: the right function. wanted, results: what it and the answer give on each
    of the probes. Those on which they differ come first, since most edits fail there.
    A factor or a term more is tried only where nothing simpler helps.
    """
    order = sorted(range(len(probes)), key=lambda i: same(wanted[i], results[i]))
    tried = [(probes[i], wanted[i]) for i in order]
    fresh, runner, found = None, Runner(code), []
    texts = reference_text(reference)
    tree = copy.deepcopy(code.tree)
    edits = [edit for edit in _edits(tree, code) if edit.kind in kinds]
    edits.sort(key=lambda edit: RANK[edit.kind])
    for edit in edits[:CANDIDATES]:
        if runner.left < 0 or (found and RANK[edit.kind] >= RANK["slope"]):
            break
        back = edit.exchange()
        try:
            # All else has its place in the file: to go through it takes longest.
            here = edit.owner if hasattr(edit.owner, "lineno") else tree
            ast.fix_missing_locations(here)
            function = runner.function(tree)
            if not all(same(want, runner.outcome(function, x)) for x, want in tried):
                continue
            fresh = fresh or fresh_probes(reference, probes)
            if all(same(want, runner.outcome(function, x)) for x, want in fresh):
                text = ast.unparse(tree)
                now = _statement(tree, edit)
                found.append(Mend(edit.kind, edit.line, now, canonical(text) == texts))
        except (SyntaxError, ValueError, RecursionError, TypeError, NameError):
            continue
        finally:
            back.exchange()
    return found


def _statement(tree, edit):
    """Return the innermost statement that an edit has changed, as text."""
    held = [
        each
        for each in ast.walk(tree)
        if isinstance(each, ast.stmt) and each.lineno <= edit.line <= each.end_lineno
    ]
    return ast.unparse(held[-1]) if held else ""


def fresh_probes(reference, probes):
    """Return probes that no exercise holds, each with the right result.

    Each number that is no whole one is made smaller by a factor of its own, so that its
    sign stays, and an output of a sigmoid is one still.
    """
    rng = np.random.default_rng(0)
    made = []
    for probe in itertools.islice(itertools.cycle(probes), FRESH):
        arguments = tuple(_smaller(each, rng) for each in probe)
        made.append((arguments, outcome(reference, copy.deepcopy(arguments))))
    return [pair for pair in made if not isinstance(pair[1], Stopped)]


def _smaller(value, rng):
    if isinstance(value, (bool, int, str)) or np.asarray(value).dtype.kind != "f":
        return copy.deepcopy(value)
    made = value * rng.uniform(0.6, 1, np.shape(value))
    return made if np.ndim(value) else float(made)


# -- the edits


def _edits(tree, code):
    """Yield each single Edit of a function's syntax tree."""
    names = sorted(
        set(code.parameters)
        | {
            each.id
            for each in ast.walk(tree)
            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
        }
    )
    yield from _several_names(tree, code, names)
    for owner in ast.walk(tree):
        if isinstance(owner, ast.arguments):
            continue
        for field, value in ast.iter_fields(owner):
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                yield from _block_edits(owner, field, value)
            for i, each in enumerate(value if isinstance(value, list) else [value]):
                if isinstance(each, ast.expr) and not isinstance(
                    getattr(each, "ctx", None), (ast.Store, ast.Del)
                ):
                    index = i if isinstance(value, list) else None
                    for kind, new in _instead(each, owner, names, code.names):
                        yield Edit(kind, each.lineno, owner, field, index, new)
        if isinstance(owner, ast.AugAssign):
            for op in (ast.Add, ast.Sub, ast.Mult):
                if not isinstance(owner.op, op):
                    yield Edit("operator", owner.lineno, owner, "op", None, op())
        if isinstance(owner, ast.Call):
            yield from _keyword_edits(owner)


def _several_names(tree, code, names):
    """Yield edits of one name wherever it stands, and of two look-ups in one line."""
    for old in names:
        made = [
            each
            for each in ast.walk(tree)
            if isinstance(each, ast.Name)
            and isinstance(each.ctx, ast.Store)
            and each.id == old
        ]
        for new in names if made and old not in code.parameters else ():
            if new != old:
                body = [_Rename(old, new).visit(copy.deepcopy(x)) for x in tree.body]
                yield Edit("name", made[0].lineno, tree, "body", None, body)
    for loop in ast.walk(tree):
        if isinstance(loop, ast.For) and isinstance(loop.target, ast.Name):
            for i, line in enumerate(loop.body):
                bare = sorted(_bare(line) & set(code.parameters))
                for pair in itertools.combinations(bare, 2):
                    new = _LookUp(pair, loop.target.id).visit(copy.deepcopy(line))
                    yield Edit("look-up", line.lineno, loop, "body", i, new)


def _bare(node):
    """Return the names that stand without a look-up."""
    if isinstance(node, ast.Subscript):
        return _bare(node.slice)
    if isinstance(node, ast.Name):
        return {node.id}
    return set().union(*map(_bare, ast.iter_child_nodes(node)))


class _Rename(ast.NodeTransformer):
    """Puts one name in the place of another."""

    def __init__(self, old, new):
        self.old, self.new = old, new

    def visit_Name(self, node):
        name = self.new if node.id == self.old else node.id
        return ast.copy_location(ast.Name(name, node.ctx), node)


class _LookUp(ast.NodeTransformer):
    """Looks up the entry of this round, of each of these names."""

    def __init__(self, names, index):
        self.names, self.index = names, index

    def visit_Subscript(self, node):
        return node

    def visit_Name(self, node):
        if node.id not in self.names:
            return node
        return ast.Subscript(node, _name(self.index), ast.Load())


def _name(name):
    return ast.Name(name, ast.Load())


def _slope(name):
    rest = ast.BinOp(ast.Constant(1), ast.Sub(), _name(name))
    return ast.BinOp(_name(name), ast.Mult(), rest)


def _instead(each, owner, names, known):
    """Yield (kind, expression) of what may stand in the place of an expression."""
    if isinstance(owner, ast.Call) and owner.func is each:
        yield from _functions(each, known)
        return
    if isinstance(each, ast.BinOp):
        yield from _operations(each)
    if isinstance(each, ast.UnaryOp):
        yield "sign", each.operand
    if isinstance(each, ast.Name):
        for name in names:
            if name != each.id:
                yield "name", _name(name)
                yield "look-up", ast.Subscript(each, _name(name), ast.Load())
    if isinstance(each, ast.Subscript):
        yield "look-up", each.value
    if isinstance(each, ast.Attribute) and each.attr == "T":
        yield "transpose", each.value
    if isinstance(each, ast.Constant) and type(each.value) in (int, float):
        for value in (each.value + 1, each.value - 1, -each.value, 0, 1, 2, 0.5, 1.0):
            if value != each.value:
                yield "constant", ast.Constant(value)
        for name in names:
            yield "name", _name(name)
    if isinstance(each, ast.Compare) and len(each.ops) == 1:
        for op in COMPARISONS:
            if not isinstance(each.ops[0], op):
                yield "comparison", ast.Compare(each.left, [op()], each.comparators)
    if isinstance(each, (ast.Tuple, ast.List)) and 2 <= len(each.elts) <= 4:
        for elements in itertools.permutations(each.elts):
            yield "results", type(each)(list(elements), ast.Load())
    if isinstance(each, ast.Call):
        if len(each.args) == 1 and not isinstance(each.args[0], ast.Starred):
            yield "sigmoid" if _called(each) == "sigmoid" else "function", each.args[0]
        if _called(each) == "range":
            for start in (ast.Constant(0), ast.Constant(1)):
                yield "counting", ast.Call(each.func, [start, *each.args], [])
        if isinstance(each.func, ast.Attribute) and not each.args:
            yield "function", each.func.value
    if isinstance(each, (ast.Name, ast.Attribute, ast.Call, ast.BinOp, ast.Subscript)):
        yield from _around(each, owner, names, known)


def _called(call):
    return getattr(call.func, "attr", getattr(call.func, "id", None))


def _around(each, owner, names, known):
    """Yield what an expression may be a part of."""
    yield "sign", ast.UnaryOp(ast.USub(), each)
    yield "transpose", ast.Attribute(each, "T", ast.Load())
    for sign in (ast.Add(), ast.Sub()):
        yield "counting", ast.BinOp(each, sign, ast.Constant(1))
    yield "order", ast.BinOp(ast.Constant(1), ast.Sub(), each)
    if "sigmoid" in known:
        yield "sigmoid", ast.Call(_name("sigmoid"), [each], [])
    for name in names:
        yield "slope", ast.BinOp(each, ast.Mult(), _slope(name))
        yield "factor", ast.BinOp(_name(name), ast.Mult(), each)
        yield "factor", ast.BinOp(each, ast.Div(), _name(name))
        yield "term", ast.BinOp(each, ast.Add(), _name(name))
        yield "term", ast.BinOp(each, ast.Sub(), _name(name))
        yield "term", ast.BinOp(_name(name), ast.Sub(), each)
    if not isinstance(owner, ast.Call):
        rest = ast.BinOp(ast.Constant(1), ast.Sub(), each)
        yield "slope", ast.BinOp(each, ast.Mult(), rest)
    yield "factor", ast.BinOp(ast.Constant(2), ast.Mult(), each)
    yield "factor", ast.BinOp(each, ast.Div(), ast.Constant(2))
    yield "factor", ast.BinOp(ast.Constant(1), ast.Div(), each)
    yield "factor", ast.BinOp(each, ast.Pow(), ast.Constant(2))
    column = ast.Tuple([ast.Slice(), ast.Constant(None)], ast.Load())
    yield "look-up", ast.Subscript(each, column, ast.Load())


def _functions(each, known):
    """Yield what may be called in the place of a function."""
    if isinstance(each, ast.Attribute):
        for family in FAMILIES:
            for name in sorted(family - {each.attr}) if each.attr in family else ():
                yield "function", ast.Attribute(each.value, name, each.ctx)
    elif isinstance(each, ast.Name):
        for name in ("sigmoid", "sigmoid_derivative"):
            if name in known and name != each.id:
                yield "function", _name(name)


def _operations(each):
    """Yield other readings of `left op right`."""
    left, op, right = each.left, each.op, each.right
    for other in OPERATORS:
        if not isinstance(op, other):
            yield "operator", ast.BinOp(left, other(), right)
    yield "order", ast.BinOp(right, op, left)
    kind = "factor" if isinstance(op, (ast.Mult, ast.Div, ast.MatMult)) else "term"
    yield kind, left
    yield kind, right
    for new in _grafts(left, op, right):
        yield "brackets", new
    for other in OPERATORS:
        if not isinstance(op, other):
            yield "order", ast.BinOp(right, other(), left)


def _grafts(left, op, right):
    """Yield `left op right` with the operation moved into one of its sides."""
    if isinstance(right, ast.BinOp):
        inner = [ast.BinOp(left, op, right.left), *_grafts(left, op, right.left)]
        for new in inner:
            yield ast.BinOp(new, right.op, right.right)
    if isinstance(left, ast.BinOp):
        inner = [ast.BinOp(left.right, op, right), *_grafts(left.right, op, right)]
        for new in inner:
            yield ast.BinOp(left.left, left.op, new)


def _keyword_edits(call):
    """Yield edits of `axis` and `keepdims`, and of the reach of a `range`."""
    words = {word.arg: word for word in call.keywords}
    others = [w for w in call.keywords if w.arg not in {"axis", "keepdims"}]
    numpy = isinstance(call.func, ast.Attribute) and getattr(
        call.func.value, "id", None
    ) in {"np", "numpy"}
    if _called(call) not in {"sum", "mean", "std", "var", "max", "min", "prod"}:
        if not {"axis", "keepdims"} & set(words):
            return
    given = call.args[: int(numpy)]
    ways = [
        [*others, *axis, *keep]
        for axis in ([], [ast.keyword("axis", ast.Constant(0))],
                     [ast.keyword("axis", ast.Constant(1))])
        for keep in ([], [ast.keyword("keepdims", ast.Constant(True))])
    ]  # fmt: skip
    for way in ways:
        yield Edit("axis", call.lineno, call, "keywords", None, way)
    if len(call.args) > len(given):  # x.sum(1)
        for value in (0, 1):
            yield Edit(
                "axis", call.lineno, call, "args", len(given), ast.Constant(value)
            )
        yield Edit("axis", call.lineno, call, "args", None, given)


def _block_edits(owner, field, body):
    """Yield edits of the statements of a block."""

    def block(kind, line, new):
        return Edit(kind, line, owner, field, None, new)

    for i, each in enumerate(body):
        before, after = body[:i], body[i + 1 :]
        if len(body) > 1:
            yield block("statement", each.lineno, before + after)
        if after and not isinstance(after[0], ast.Return):
            yield block("statement", each.lineno, [*before, after[0], each, *after[1:]])
        if isinstance(each, (ast.For, ast.While)):
            yield block("loop", each.lineno, [*before, *each.body, *after])
        if isinstance(each, (ast.For, ast.While, ast.If)) and len(each.body) > 1:
            last = each.body[-1]
            shorter = copy.copy(each)
            shorter.body = each.body[:-1]
            yield block("loop", last.lineno, [*before, shorter, last, *after])
            first = each.body[0]
            shorter = copy.copy(each)
            shorter.body = each.body[1:]
            yield block("loop", first.lineno, [*before, first, shorter, *after])
        if isinstance(each, (ast.For, ast.While)) and after:
            longer = copy.copy(each)
            longer.body = [*each.body, after[0]]
            yield block("loop", after[0].lineno, [*before, longer, *after[1:]])
        if isinstance(each, ast.Expr) and isinstance(each.value, ast.Call):
            call = each.value
            if _called(call) == "print" and call.args:
                value = (
                    call.args[0]
                    if len(call.args) == 1
                    else ast.Tuple(call.args, ast.Load())
                )
                yield block("return", each.lineno, [*before, ast.Return(value), *after])
        if isinstance(each, ast.Expr):
            yield block(
                "return", each.lineno, [*before, ast.Return(each.value), *after]
            )
            name = _first_name(each.value)
            if name:
                kept = ast.Assign([ast.Name(name, ast.Store())], each.value)
                yield block("statement", each.lineno, [*before, kept, *after])
        if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name):
            for op in (ast.Add(), ast.Mult(), ast.Sub()):
                more = ast.AugAssign(each.targets[0], op, each.value)
                yield block("operator", each.lineno, [*before, more, *after])
        if isinstance(each, ast.AugAssign):
            once = ast.Assign([each.target], each.value)
            yield block("operator", each.lineno, [*before, once, *after])
        if not after and not isinstance(each, ast.Return):
            name = getattr(getattr(each, "targets", [None])[0], "id", None)
            if name and field == "body" and isinstance(owner, ast.FunctionDef):
                given = ast.Return(_name(name))
                yield block("return", each.lineno, [*body, given])


def _first_name(value):
    names = [each.id for each in ast.walk(value) if isinstance(each, ast.Name)]
    return next(
        (name for name in names if name not in FUNCTIONS | {"np", "print"}), None
    )


# -- the same code but for order and names


def reference_text(reference):
    """Return the canonical code of a reference, or None where it has no text."""
    code = code_of(reference)
    return code and canonical(ast.unparse(code.tree))


def canonical(text):
    """Return the code of a function in a form that order and names don't change."""
    (tree,) = ast.parse(text).body
    names = {each.arg: ast.Name(f"p{i}") for i, each in enumerate(tree.args.args)}
    for each in tree.body[:-1]:
        if not isinstance(each, ast.Assign) or len(each.targets) != 1:
            return ast.dump(ast.parse(text))
        target = each.targets[0]
        pairs = [(target, each.value)]
        if isinstance(target, ast.Tuple) and isinstance(each.value, ast.Tuple):
            pairs = list(zip(target.elts, each.value.elts))
        values = [(goal, _Inline(names).visit(value)) for goal, value in pairs]
        for goal, value in values:
            if not isinstance(goal, ast.Name):
                return ast.dump(ast.parse(text))
            names[goal.id] = value
    if not isinstance(tree.body[-1], ast.Return) or tree.body[-1].value is None:
        return ast.dump(ast.parse(text))
    return _sorted(_Inline(names).visit(tree.body[-1].value))


class _Inline(ast.NodeTransformer):
    """Puts what a name was given in the place of the name."""

    def __init__(self, names):
        self.names = names

    def visit_Name(self, node):
        return copy.deepcopy(self.names.get(node.id, node))


def _sorted(node):
    """Return a dump in which factors and terms stand in alphabetical order."""
    if isinstance(node, ast.BinOp):
        if isinstance(node.op, (ast.Mult, ast.Add)):
            operands = sorted(map(_sorted, _operands(node, type(node.op))))
            return f"{type(node.op).__name__}({', '.join(operands)})"
        sides = _sorted(node.left), _sorted(node.right)
        return f"{type(node.op).__name__}[{sides[0]}, {sides[1]}]"
    if isinstance(node, ast.AST):
        fields = [f"{k}={_sorted(v)}" for k, v in ast.iter_fields(node) if k != "ctx"]
        return f"{type(node).__name__}({', '.join(fields)})"
    if isinstance(node, list):
        return f"[{', '.join(map(_sorted, node))}]"
    return repr(node)


def _operands(node, op):
    if isinstance(node, ast.BinOp) and isinstance(node.op, op):
        return _operands(node.left, op) + _operands(node.right, op)
    return [node]
