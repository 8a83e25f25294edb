"""The single edits of a function's syntax tree, kind by kind."""

import ast
import copy
import functools
import itertools
from dataclasses import dataclass

from backprop.reading import FUNCTIONS

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
    "look-up": "Is the whole array meant here, or an entry or a column of it?",
    "statement": "Is this line needed, and does it come at the right time?",
    "rest": "Is this meant, or what is left of 1 without it?",
    "slope": "Is the slope of the sigmoid in it, once and no more, from its output?",
    "factor": "Which factors belong here? Go along the path and name each.",
    "term": "Which parts are added here? Is one missing, or one too many?",
    "sigmoid": "Has this been through the sigmoid already, or has it not yet?",
    "rename": "Which name does the next line, or the next round, read?",
}
RANK = {kind: rank for rank, kind in enumerate(QUESTIONS)}

OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.MatMult, ast.Pow)
# Where a number may be one too many or too few, as a place or a count.
PLACES = (ast.Call, ast.Slice, ast.Subscript, ast.Compare, ast.Return, ast.Assign)
# Neither is what goes into one of these, nor what comes out of one of those.
FORMULAS = {"sigmoid", "log", "log10", "exp", "sqrt", "tanh"}
PRODUCTS = (ast.Mult, ast.Div, ast.Pow, ast.MatMult)
# What runs along an axis.
ALONG = {"sum", "mean", "std", "var", "max", "min", "prod", "any", "all"}
ALONG |= {"sort", "argsort", "cumsum", "argmax", "argmin"}
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
    """One place of a syntax tree, and what stands there after the edit.

    new: this, or a function that makes it, where that takes long. how: what to do,
    where it is another thing than to write the line anew.
    """

    kind: str
    line: int
    owner: ast.AST
    field: str
    index: int | None
    new: object
    how: str = ""

    def exchange(self):
        """Put the new in the place of the old; return the Edit that undoes it."""
        place, new = getattr(self.owner, self.field), self.new
        new = new() if callable(new) else new
        if self.index is None:
            old = place
            setattr(self.owner, self.field, new)
        else:
            old, place[self.index] = place[self.index], new
        return Edit(self.kind, self.line, self.owner, self.field, self.index, old)


def edits(tree, code):
    """Yield each single Edit of a function's syntax tree; code: its Code."""
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
                written = isinstance(getattr(owner, "ctx", None), (ast.Store, ast.Del))
                if isinstance(getattr(each, "ctx", None), (ast.Store, ast.Del)):
                    continue
                if _of_numpy(each) and not (field == "func" and owner.func is each):
                    continue  # np is no value, and np.c_ without brackets has no end
                if isinstance(each, ast.expr) and not (written and field == "value"):
                    index = i if isinstance(value, list) else None
                    for kind, new in _instead(each, owner, names, code.names):
                        yield Edit(kind, each.lineno, owner, field, index, new)
        if isinstance(owner, ast.AugAssign):
            for op in (ast.Add, ast.Sub, ast.Mult):
                if not isinstance(owner.op, op):
                    yield Edit("operator", owner.lineno, owner, "op", None, op())
        if isinstance(owner, ast.Call):
            yield from _keyword_edits(owner)


def _of_numpy(node):
    """Tell whether this is NumPy, or something of it by name, as np.c_ is."""
    if isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id in {"np", "numpy"}


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
                body = functools.partial(_renamed_to, new, old, tree.body)
                how = f"Write {new} for {old}, wherever it stands."
                yield Edit("rename", made[0].lineno, tree, "body", None, body, how)
    for loop in ast.walk(tree):
        if isinstance(loop, ast.For) and isinstance(loop.target, ast.Name):
            for i, line in enumerate(loop.body):
                bare = sorted(_bare(line) & set(code.parameters))
                for pair in itertools.combinations(bare, 2):
                    new = _LookUp(pair, loop.target.id).visit(copy.deepcopy(line))
                    yield Edit("look-up", line.lineno, loop, "body", i, new)


def _renamed_to(new, old, body):
    def holds(tree):
        return any(getattr(each, "id", None) == old for each in ast.walk(tree))

    rename = _Rename(old, new)
    return [rename.visit(copy.deepcopy(x)) if holds(x) else x for x in body]


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
        # Of another name the length may be the right number by accident.
        for name in names if called(owner) != "len" else ():
            if name != each.id:
                yield "name", _name(name)
                yield "look-up", ast.Subscript(each, _name(name), ast.Load())
    if isinstance(each, ast.Subscript) and not _of_numpy(each.value):
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
        kind = "results" if isinstance(owner, ast.Return) else "order"
        for elements in itertools.permutations(each.elts):
            yield kind, type(each)(list(elements), ast.Load())
    if isinstance(each, ast.Call):
        if len(each.args) == 1 and not isinstance(each.args[0], ast.Starred):
            yield "sigmoid" if called(each) == "sigmoid" else "function", each.args[0]
        if isinstance(each.func, ast.Name) and each.func.id not in FUNCTIONS:
            for i, j in itertools.combinations(range(len(each.args)), 2):
                swapped = [*each.args]
                swapped[i], swapped[j] = swapped[j], swapped[i]
                yield "order", ast.Call(each.func, swapped, each.keywords)
        if called(each) == "range":
            for start in (ast.Constant(0), ast.Constant(1)):
                yield "counting", ast.Call(each.func, [start, *each.args], [])
        if isinstance(each.func, ast.Attribute) and not each.args:
            yield "function", each.func.value
    if isinstance(each, (ast.Name, ast.Attribute, ast.Call, ast.BinOp, ast.Subscript)):
        yield from _around(each, owner, names, known)


def _around(each, owner, names, known):
    """Yield what an expression may be a part of."""
    yield "sign", ast.UnaryOp(ast.USub(), each)
    yield "transpose", ast.Attribute(each, "T", ast.Load())
    counts = (
        isinstance(owner, PLACES)
        and called(owner) not in FORMULAS
        and not isinstance(getattr(each, "op", None), PRODUCTS)
    )
    for sign in (ast.Add(), ast.Sub()):
        yield "counting" if counts else "term", ast.BinOp(each, sign, ast.Constant(1))
    yield "rest", ast.BinOp(ast.Constant(1), ast.Sub(), each)
    if "sigmoid" in known:
        yield "sigmoid", ast.Call(_name("sigmoid"), [each], [])
    for name in names:
        yield "slope", ast.BinOp(each, ast.Mult(), _slope(name))
        yield "factor", ast.BinOp(_name(name), ast.Mult(), each)
        yield "term", ast.BinOp(each, ast.Add(), _name(name))
        if getattr(each, "id", None) == name:
            continue  # x / x and x - x say nothing
        yield "factor", ast.BinOp(each, ast.Div(), _name(name))
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
    others = [other for other in OPERATORS if not isinstance(op, other)]
    small = isinstance(right, ast.Constant) and right.value in (2, 3)
    if not small or isinstance(left, ast.Constant):
        others = [other for other in others if other is not ast.Pow]  # n ** n ends late
    if isinstance(right, ast.Constant) and right.value == 1:  # x * 1 says nothing
        others = [other for other in others if other in (ast.Add, ast.Sub)]
    for other in others:
        yield "operator", ast.BinOp(left, other(), right)
    yield "order", ast.BinOp(right, op, left)
    kind = "factor" if isinstance(op, (ast.Mult, ast.Div, ast.MatMult)) else "term"
    yield kind, left
    yield kind, right
    for new in _grafts(left, op, right):
        yield "brackets", new
    for other in others:
        yield "operator", ast.BinOp(right, other(), left)


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
    if called(call) not in ALONG and not {"axis", "keepdims"} & set(words):
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

    def block(kind, line, new, how):
        return Edit(kind, line, owner, field, None, new, how)

    for i, each in enumerate(body):
        before, after, at = body[:i], body[i + 1 :], f"your {_line(each)}"
        what = "loop" if isinstance(each, (ast.For, ast.While)) else "branch"

        def instead(kind, new, i=i, line=each.lineno):
            made = [*body[:i], new, *body[i + 1 :]]
            return block(kind, line, made, becomes(line, new))

        if len(body) > 1:
            inner = _all_of(each)
            how = f"Take {at} out."
            if inner is not each:
                how = f"Take your lines {each.lineno} and {inner.lineno} out."
            yield block("statement", inner.lineno, before + after, how)
        if after and not isinstance(after[0], ast.Return):
            how = f"Put {at} after what now follows it."
            new = [*before, after[0], each, *after[1:]]
            yield block("statement", each.lineno, new, how)
        if what == "loop":
            how = f"Take away the loop of {at}; what stands in it comes once."
            yield block("loop", each.lineno, [*before, *each.body, *after], how)
        if isinstance(each, (ast.For, ast.While, ast.If)) and len(each.body) > 1:
            last = each.body[-1]
            shorter = copy.copy(each)
            shorter.body = each.body[:-1]
            how = f"Move your {_line(last)} out of the {what}, behind it."
            yield block("loop", last.lineno, [*before, shorter, last, *after], how)
            first = each.body[0]
            shorter = copy.copy(each)
            shorter.body = each.body[1:]
            how = f"Move your {_line(first)} out of the {what}, before it."
            yield block("loop", first.lineno, [*before, first, shorter, *after], how)
        if what == "loop" and after:
            longer = copy.copy(each)
            longer.body = [*each.body, after[0]]
            how = f"Move your {_line(after[0])} into the loop, to its end."
            yield block("loop", after[0].lineno, [*before, longer, *after[1:]], how)
        if isinstance(each, ast.Assign):
            how = f"Move your {_line(each)} into the loop, to its beginning."
            for new in _into_loops(each, after):
                yield block("loop", each.lineno, [*before, *new], how)
        if isinstance(each, ast.Expr) and isinstance(each.value, ast.Call):
            call = each.value
            if called(call) == "print" and call.args:
                value = (
                    call.args[0]
                    if len(call.args) == 1
                    else ast.Tuple(call.args, ast.Load())
                )
                yield instead("return", ast.Return(value))
        if isinstance(each, ast.Expr):
            yield instead("return", ast.Return(each.value))
            name = _first_name(each.value)
            if name:
                kept = ast.Assign([ast.Name(name, ast.Store())], each.value)
                yield instead("statement", ast.fix_missing_locations(kept))
        if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name):
            for op in (ast.Add(), ast.Mult(), ast.Sub()):
                yield instead(
                    "operator", ast.AugAssign(each.targets[0], op, each.value)
                )
        target = getattr(each, "targets", [getattr(each, "target", None)])[0]
        if isinstance(target, ast.Subscript) and not isinstance(each, ast.For):
            yield instead("look-up", _without_look_up(each, target, 0))
            yield instead("look-up", _without_look_up(each, target, 1))
            if isinstance(each, ast.Assign):
                more = ast.AugAssign(target, ast.Add(), each.value)
                yield instead("operator", more)
        if isinstance(each, ast.AugAssign):
            once = ast.Assign([each.target], each.value)
            yield instead("operator", ast.fix_missing_locations(once))
        if not after and not isinstance(each, ast.Return):
            name = getattr(getattr(each, "targets", [None])[0], "id", None)
            if name and field == "body" and isinstance(owner, ast.FunctionDef):
                given = ast.Return(_name(name))
                how = f"Return {name} after {at}."
                yield block("return", each.lineno, [*body, given], how)


def _line(statement):
    """Return "line 3"; of a statement that runs over several, "lines 3 to 5"."""
    first, last = statement.lineno, statement.end_lineno
    if hasattr(statement, "body") or last in (None, first):
        return f"line {first}"
    return f"lines {first} to {last}"


def _all_of(statement):
    """Return the one line of a loop or branch that has no other, else the statement."""
    body = getattr(statement, "body", [])
    only = len(body) == 1 and not getattr(statement, "orelse", None)
    return body[0] if only and not hasattr(body[0], "body") else statement


def _into_loops(statement, after):
    """Yield what follows a statement, with it at the beginning of one of the loops."""
    for k, each in enumerate(after):
        loops = [x for x in ast.walk(each) if isinstance(x, (ast.For, ast.While))]
        for n in range(len(loops)):
            new = copy.deepcopy(each)
            found = [x for x in ast.walk(new) if isinstance(x, (ast.For, ast.While))]
            found[n].body.insert(0, statement)
            yield [*after[:k], new, *after[k + 1 :]]


def _without_look_up(statement, target, kept):
    """Return x[i] = x[i] * a as x = x * a; of x[i, j], the first index may be kept."""
    looked_up = ast.unparse(target)

    class Whole(ast.NodeTransformer):
        def visit_Subscript(self, node):
            if ast.unparse(node) != looked_up:
                return self.generic_visit(node)
            if kept and isinstance(node.slice, ast.Tuple):
                return ast.Subscript(node.value, node.slice.elts[0], node.ctx)
            whole = copy.deepcopy(node.value)
            whole.ctx = node.ctx
            return whole

    return Whole().visit(copy.deepcopy(statement))


def _first_name(value):
    names = [each.id for each in ast.walk(value) if isinstance(each, ast.Name)]
    return next(
        (name for name in names if name not in FUNCTIONS | {"np", "print"}), None
    )


def statement_at(tree, line):
    """Return the innermost statement that a line is part of."""
    return [
        each
        for each in ast.walk(tree)
        if isinstance(each, ast.stmt) and each.lineno <= line <= each.end_lineno
    ][-1]


def becomes(line, statement):
    """Say what a line is to be; of a loop or a branch its head alone.

    A statement that runs over several lines can't be told by one. One that gives a name
    to what has it already does nothing, and goes.
    """
    text = ast.unparse(statement)
    if isinstance(statement, ast.Assign) and len({*text.split(" = ")}) == 1:
        return f"Take your line {line} out."
    end = getattr(statement, "end_lineno", None) or line
    if not hasattr(statement, "body") and getattr(statement, "lineno", end) != end:
        return ""
    if hasattr(statement, "body"):
        text, *_ = text.splitlines()
    return f"Your line {line} becomes “{text}”."


def called(call):
    """Return the name of what a call calls, without what stands before its dot."""
    function = getattr(call, "func", None)
    return getattr(function, "attr", getattr(function, "id", None))
