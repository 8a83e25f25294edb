"""The smallest edit of an answer's own code that makes it right, by search.

One edit of the syntax tree at a time, in a fixed order and a fixed number of them; the
clock decides nothing. Each mended answer runs in a namespace of its own, prints
nothing, and gets copies of its arguments. The learner is never shown it: what counts is
which line it is in, and of which kind it is.
"""

import ast
import copy
import functools
import io
import itertools
import sys
import warnings
from contextlib import redirect_stdout
from dataclasses import dataclass

import numpy as np

from backprop.reading import FUNCTIONS, Code, code_of, helpers
from backprop.result import Stopped, endless, numbers, outcome, parts, same

CANDIDATES, STEPS = 2000, 40_000  # mended answers; lines that they run together
A_RUN = 10_000  # lines of one mended answer on one probe, at most
TIMES, MORE = 5, 500  # as many lines as answer or reference run, and more
LARGE = 100_000  # entries of what a wrong edit lets grow from line to line
FRESH, PAIRS = 6, 60  # fresh probes; pairs of edits that are tried together

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

BRANCHES = (ast.For, ast.While, ast.comprehension, ast.If, ast.FunctionDef, ast.Lambda)
BRANCHES += (ast.List,)
GROW = {"append", "extend", "insert", "list"}
OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.MatMult, ast.Pow)
# Where a number may be one too many or too few, as a place or a count.
PLACES = (ast.Call, ast.Slice, ast.Subscript, ast.Compare, ast.Return, ast.Assign)
# What a mended answer may raise before it runs.
FAILS = (SyntaxError, ValueError, RecursionError, TypeError, NameError)
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


@dataclass(frozen=True)
class Mend:
    """An edit that makes an answer right: where, how, and whether as the reference.

    part: the one of several results that it makes right, where it does no more.
    mistake: what is still wrong after it, where that is known.
    """

    kind: str
    line: int
    how: str
    as_reference: bool
    part: int | None = None
    mistake: str | None = None


@dataclass
class Aim:
    """What a mended answer should give on each of the probes: all, or one result.

    function: what gives it. right: the results that are right already, and stay so.
    mistake: its name, where it is not the reference that gives it.
    """

    function: callable
    wanted: list
    part: int | None = None
    right: tuple = ()
    mistake: str | None = None

    @functools.cached_property
    def sums(self):
        """Return the sum of what is wanted on each of the probes."""
        return [_sum(each) for each in self.wanted]

    def met(self, want, got):
        """Tell whether an outcome is what is wanted."""
        if self.part is None:
            return same(want, got)
        pieces = parts(got)
        return len(pieces) == len(want) and all(
            same(want[each], pieces[each]) for each in (self.part, *self.right)
        )


class Runner:
    """Runs mended answers, and counts their lines."""

    def __init__(self, code, reference, probes):
        self.code, self.left = code, STEPS
        # What has no branches ends, and runs all of its lines; and without lists, it
        # makes nothing that grows: no need to count its lines.
        self.counts = bool(helpers(code)) or any(
            isinstance(x, BRANCHES) or _called(x) in GROW
            for y in code.tree.body
            for x in ast.walk(y)
        )
        names = {each.id for each in ast.walk(code.tree) if isinstance(each, ast.Name)}
        self.space = dict(code.names)
        self.held = {
            name: self.space[name]
            for name in names
            if isinstance(self.space.get(name), (np.ndarray, list, dict, set))
        }
        own = [lines_run(self.function(code.tree), probe) for probe in probes]
        given = [lines_run(reference, probe) for probe in probes]
        self.a_run = min(A_RUN, TIMES * max(map(len, own + given)) + MORE)
        self.ran, self.runs = set().union(*own), set()  # lines: its own, the mended's

    def function(self, tree):
        """Return the function that a syntax tree defines."""
        space = self.space | copy.deepcopy(self.held)
        with warnings.catch_warnings(action="ignore"):  # of what no learner wrote
            exec(compile(ast.Module([tree], []), "<mended>", "exec"), space)
        return space[tree.name]

    def outcome(self, function, arguments):
        """Return what a mended function gives, or Stopped."""
        before, self.run = sys.gettrace(), self.a_run
        plain = all(type(each) in (np.ndarray, float, int) for each in arguments)
        if plain:  # the same, sooner
            given = tuple(np.copy(x) if np.ndim(x) else x for x in arguments)
        else:
            given = copy.deepcopy(arguments)
        self.left -= not self.counts
        sys.settrace(self._enter if self.counts else None)
        try:
            with redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
                return outcome(function, given)
        finally:
            sys.settrace(before)

    def skips(self, edit):
        """Tell whether lines have not run that ran before the edit."""
        return self.counts and bool(self.ran - {edit.line} - self.runs)

    def _enter(self, frame, event, argument):
        # The learner's own functions, too, which a mended answer may call.
        own = frame.f_globals.get("__name__") == self.code.function.__module__
        return self._count if own else None

    def _count(self, frame, event, argument):
        self.left, self.run = self.left - 1, self.run - 1
        if frame.f_code.co_filename == "<mended>":
            self.runs.add(frame.f_lineno)
        grown = any(map(_grown, frame.f_locals.values()))
        if grown or min(self.left, self.run) < 0:
            raise TimeoutError
        return self._count


def lines_run(function, arguments):
    """Return the numbers of the lines that a function runs, A_RUN of them at most."""
    file, ran, before = function.__code__.co_filename, [], sys.gettrace()

    def note(frame, event, argument):
        if frame.f_code.co_filename != file:
            return None
        if event == "line":
            ran.append(frame.f_lineno)
        if len(ran) > A_RUN:
            raise TimeoutError
        return note

    sys.settrace(note)
    try:
        with redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
            outcome(function, copy.deepcopy(arguments))
    finally:
        sys.settrace(before)
    return ran


def _grown(value):
    """Tell whether a value is larger than any that an exercise needs."""
    if isinstance(value, int):
        return abs(value) > 2**64
    if isinstance(value, np.ndarray):
        return value.size > LARGE
    return isinstance(value, list) and (len(value) > LARGE or endless(value))


def mends(code, reference, probes, wanted, results, kinds=tuple(QUESTIONS), but=None):
    """Return each Mend of these kinds that makes an answer right.

    reference: the right function. wanted, results: what it and the answer give on each
    of the probes. Those on which they differ come first, since most edits fail there.
    A factor or a term more is tried only where nothing simpler helps. but: a line that
    is left as it is.
    """
    search = Search(code, reference, probes, wanted, results)
    return [mend for mend, _ in search.found([Aim(reference, wanted)], kinds, but)]


def mended(code, reference, probes, wanted, results, known):
    """Return (each Mend that makes an answer right, two that do so together).

    The two are sought where no one does. Either each of them makes one of several
    results right; or the first leaves one of the known mistakes alone, each (name,
    function, what it gives on each of the probes), and the second mends that. There is
    one alone where a result has a mend in one line only.
    """
    search = Search(code, reference, probes, wanted, results)
    aims = [Aim(reference, wanted)]
    aims += _lesser(reference, wanted, results, known, probes)
    found = search.found(aims, tuple(QUESTIONS))
    whole = [mend for mend, _ in found if mend.part is mend.mistake is None]
    return whole, [] if whole else _two(search, found, aims)


def _two(search, found, aims):
    """Return two Mends, of two lines, that make an answer right together; see above."""
    code, reference, probes = search.code, search.reference, search.probes
    last = code.tree.body[-1].lineno  # the return, which can make good anything
    by_part = [each for each in found if each[0].part is not None]
    by_part.sort(key=lambda each: each[0].line >= last)
    pairs = [
        pair
        for pair in itertools.combinations(by_part, 2)
        if pair[0][0].part != pair[1][0].part and pair[0][0].line != pair[1][0].line
    ]
    for (one, edit), (other, second) in pairs[:PAIRS]:
        back = edit.exchange()
        also = second.exchange()
        try:
            if search.is_right():
                return [one, other]
        finally:
            also.exchange()
            back.exchange()
    for part in {mend.part for mend, _ in by_part}:
        mine = [mend for mend, _ in by_part if mend.part == part]
        if len({mend.line for mend in mine}) == 1:
            return mine[:1]
    for mend, edit in [each for each in found if each[0].mistake][:3]:
        gives = next(aim.wanted for aim in aims if aim.mistake == mend.mistake)
        back = edit.exchange()
        left = Code(code.function, copy.deepcopy(search.tree))
        back.exchange()
        more = mends(left, reference, probes, search.wanted, gives, but=mend.line)
        if more:
            return [mend, more[0]]
    return []


class Search:
    """Goes through the edits of an answer, one by one."""

    def __init__(self, code, reference, probes, wanted, results):
        self.code, self.reference = code, reference
        self.probes, self.wanted = probes, wanted
        agree = [same(want, got) for want, got in zip(wanted, results)]
        self.order = sorted(range(len(probes)), key=agree.__getitem__)
        self.tree, self.fresh = copy.deepcopy(code.tree), {}
        self.runner = Runner(code, reference, probes)

    def found(self, aims, kinds, but=None):
        """Return each (Mend, Edit) that meets one of the aims."""
        edits = [
            edit
            for edit in _edits(self.tree, self.code)
            if edit.kind in kinds and edit.line != but
        ]
        edits.sort(key=lambda edit: RANK[edit.kind])
        names = [name for name, load in _uses(self.tree) if load]
        texts, found, whole = reference_text(self.reference), [], False
        for edit in edits[:CANDIDATES]:
            if self.runner.left < 0 or (whole and RANK[edit.kind] >= RANK["slope"]):
                break
            back = edit.exchange()
            try:
                # All else has its place in the file: to go through it takes longest.
                here = edit.owner if hasattr(edit.owner, "lineno") else self.tree
                ast.fix_missing_locations(here)
                for aim in self.met(aims):
                    if aim.mistake and (
                        self.runner.skips(edit) or _destroys(edit, self.tree, names)
                    ):
                        continue
                    now = _statement(self.tree, edit.line)
                    how = edit.how or _becomes(edit.line, now)
                    alike = not aim.mistake and aim.part is None
                    alike = alike and canonical(ast.unparse(self.tree)) == texts
                    whole |= aim.part is aim.mistake is None
                    which = aim.part, aim.mistake
                    found.append((Mend(edit.kind, edit.line, how, alike, *which), edit))
            except FAILS:
                continue
            finally:
                back.exchange()
        return found

    def met(self, aims):
        """Return those aims that the tree meets as it stands, on fresh probes, too."""
        function, left = self.runner.function(self.tree), list(aims)
        self.runner.runs.clear()
        for i in self.order:
            got = self.runner.outcome(function, self.probes[i])
            total = _sum(got)
            left = [
                aim
                for aim in left
                if (aim.part is not None or _near(aim.sums[i], total))
                and aim.met(aim.wanted[i], got)
            ]
            if not left:
                return []
        return [aim for aim in left if self._confirmed(aim, function)]

    def is_right(self):
        """Tell whether the tree is right as it stands."""
        ast.fix_missing_locations(self.tree)
        try:
            return bool(self.met([Aim(self.reference, self.wanted)]))
        except FAILS:
            return False

    def _confirmed(self, aim, function):
        if aim.function not in self.fresh:
            self.fresh[aim.function] = fresh_probes(aim.function, self.probes)
        return all(
            aim.met(want, self.runner.outcome(function, x))
            for x, want in self.fresh[aim.function]
        )


def _destroys(edit, tree, names):
    """Tell whether an edit makes a mistake, rather than mends one.

    names: those read before it. It does where it leaves some of them out, makes one
    that is read nowhere, or adds one that may cancel another.
    """
    made = {name for name, load in _uses(tree) if not load}
    now = [name for name, load in _uses(tree) if load]
    more = edit.kind in {"factor", "term"} and len(now) > len(names)
    return more or len(now) < len(names) or bool(made & set(names) - set(now))


def _uses(tree):
    """Return each (name, whether it is read) of a function."""
    names = [each for each in ast.walk(tree) if isinstance(each, ast.Name)]
    return [(each.id, isinstance(each.ctx, ast.Load)) for each in names]


def _lesser(reference, wanted, results, known, probes):
    """Yield the Aims of one result of several, and those of known mistakes."""
    if isinstance(wanted[0], tuple) and len(wanted[0]) > 1:
        wrong = [
            part
            for part in range(len(wanted[0]))
            if not all(map(Aim(reference, wanted, part).met, wanted, results))
        ]
        right = tuple(set(range(len(wanted[0]))) - set(wrong))
        for part in wrong if len(wrong) > 1 else ():
            yield Aim(reference, wanted, part, right)
    for mistake, function, gives in known:
        if all(map(_tells, wanted, gives, probes)):
            yield Aim(function, gives, mistake=mistake)


def _tells(want, got, probe):
    """Tell whether a wrong result is one that few mistakes make.

    An error, a 0 or an argument that comes back as it was may be due to anything.
    """
    if isinstance(got, Stopped):
        return False
    if isinstance(want, (tuple, list)):
        pieces = parts(got)
        return len(pieces) == len(want) and all(
            _tells(one, other, probe) for one, other in zip(want, pieces)
        )
    if same(want, got):
        return True
    mine, right = numbers(got), numbers(want)
    if mine is None or right is None or mine.shape != right.shape:
        return mine is not None and not any(same(each, got) for each in probe)
    zeros = (mine == 0) & (right != 0)
    return not zeros.any() and not any(same(each, got) for each in probe)


def _sum(outcome):
    """Return the sum of all numbers of an outcome; NaN where some are none."""
    pieces = outcome if isinstance(outcome, (list, tuple)) else [outcome]
    found = [numbers(each) for each in pieces[:LARGE]]
    if any(each is None or each.size > LARGE for each in found):
        return np.nan
    with np.errstate(all="ignore"):
        return float(sum(each.sum() for each in found))


def _near(one, other):
    """Tell whether two sums may be those of the same numbers."""
    return not abs(one - other) > 1e-3 * (1 + abs(one) + abs(other))


def _statement(tree, line):
    """Return the innermost statement that a line is part of."""
    return [
        each
        for each in ast.walk(tree)
        if isinstance(each, ast.stmt) and each.lineno <= line <= each.end_lineno
    ][-1]


def _becomes(line, statement):
    """Say what a line is to be; of a loop or a branch its head alone.

    A statement that runs over several lines can't be told by one.
    """
    text = ast.unparse(statement)
    end = getattr(statement, "end_lineno", None) or line
    if not hasattr(statement, "body") and getattr(statement, "lineno", end) != end:
        return ""
    if hasattr(statement, "body"):
        text, *_ = text.splitlines()
    return f"Your line {line} becomes “{text}”."


def fresh_probes(reference, probes):
    """Return probes that no exercise holds, each with the right result.

    Each number that is no whole one is made smaller by a factor of its own, so that its
    sign stays, and an output of a sigmoid is one still.
    """
    rng = np.random.default_rng(0)
    made = []
    for probe in itertools.islice(itertools.cycle(probes), FRESH):
        arguments = tuple(_smaller(each, rng) for each in copy.deepcopy(probe))
        with np.errstate(all="ignore"):
            result = outcome(reference, copy.deepcopy(arguments))
        made.append((arguments, result))
    return [pair for pair in made if not isinstance(pair[1], Stopped)]


def _smaller(value, rng):
    if isinstance(value, (bool, int, str)) or np.asarray(value).dtype.kind != "f":
        return value
    factor = rng.uniform(0.6, 1, np.shape(value))
    made = value * np.where(np.asarray(value) == np.round(value), 1, factor)
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
                written = isinstance(getattr(owner, "ctx", None), (ast.Store, ast.Del))
                if isinstance(getattr(each, "ctx", None), (ast.Store, ast.Del)):
                    continue
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
                yield Edit("name", made[0].lineno, tree, "body", None, body)
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
    function = getattr(call, "func", None)
    return getattr(function, "attr", getattr(function, "id", None))


def _around(each, owner, names, known):
    """Yield what an expression may be a part of."""
    yield "sign", ast.UnaryOp(ast.USub(), each)
    yield "transpose", ast.Attribute(each, "T", ast.Load())
    counts = isinstance(owner, PLACES)
    for sign in (ast.Add(), ast.Sub()):
        yield "counting" if counts else "term", ast.BinOp(each, sign, ast.Constant(1))
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
    others = [other for other in OPERATORS if not isinstance(op, other)]
    small = isinstance(right, ast.Constant) and right.value in (2, 3)
    if not small or isinstance(left, ast.Constant):
        others = [other for other in others if other is not ast.Pow]  # n ** n ends late
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

    def block(kind, line, new, how):
        return Edit(kind, line, owner, field, None, new, how)

    for i, each in enumerate(body):
        before, after, at = body[:i], body[i + 1 :], f"your line {each.lineno}"
        what = "loop" if isinstance(each, (ast.For, ast.While)) else "branch"

        def instead(kind, new, i=i, line=each.lineno):
            made = [*body[:i], new, *body[i + 1 :]]
            return block(kind, line, made, _becomes(line, new))

        if len(body) > 1:
            how = f"Take {at} out."
            yield block("statement", each.lineno, before + after, how)
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
            how = f"Move your line {last.lineno} out of the {what}, behind it."
            yield block("loop", last.lineno, [*before, shorter, last, *after], how)
            first = each.body[0]
            shorter = copy.copy(each)
            shorter.body = each.body[1:]
            how = f"Move your line {first.lineno} out of the {what}, before it."
            yield block("loop", first.lineno, [*before, first, shorter, *after], how)
        if what == "loop" and after:
            longer = copy.copy(each)
            longer.body = [*each.body, after[0]]
            how = f"Move your line {after[0].lineno} into the loop, to its end."
            yield block("loop", after[0].lineno, [*before, longer, *after[1:]], how)
        if isinstance(each, ast.Expr) and isinstance(each.value, ast.Call):
            call = each.value
            if _called(call) == "print" and call.args:
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
        if isinstance(each, ast.AugAssign):
            once = ast.Assign([each.target], each.value)
            yield instead("operator", ast.fix_missing_locations(once))
        if not after and not isinstance(each, ast.Return):
            name = getattr(getattr(each, "targets", [None])[0], "id", None)
            if name and field == "body" and isinstance(owner, ast.FunctionDef):
                given = ast.Return(_name(name))
                how = f"Return {name} after {at}."
                yield block("return", each.lineno, [*body, given], how)


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


# -- the same code but for order and names


def reference_text(reference):
    """Return the canonical code of a reference, or None where it has no text."""
    code = code_of(reference)
    return code and canonical(ast.unparse(code.tree))


def canonical(text):
    """Return the code of a function in a form that order and names don't change."""
    tree = _parsed(text)
    names = {each.arg: ast.Name(f"p{i}") for i, each in enumerate(tree.args.args)}
    for each in tree.body[:-1]:
        if not isinstance(each, ast.Assign) or len(each.targets) != 1:
            return _renamed(_parsed(text))
        target = each.targets[0]
        pairs = [(target, each.value)]
        if isinstance(target, ast.Tuple) and isinstance(each.value, ast.Tuple):
            pairs = list(zip(target.elts, each.value.elts))
        values = [(goal, _Inline(names).visit(value)) for goal, value in pairs]
        for goal, value in values:
            if not isinstance(goal, ast.Name):
                return _renamed(_parsed(text))
            names[goal.id] = value
    if not isinstance(tree.body[-1], ast.Return) or tree.body[-1].value is None:
        return _renamed(_parsed(text))
    return _sorted(_Inline(names).visit(tree.body[-1].value))


def _parsed(text):
    """Return the syntax tree of a function, without its docstring."""
    (tree,) = ast.parse(text).body
    if len(tree.body) > 1 and ast.get_docstring(tree) is not None:
        del tree.body[0]
    return tree


def _renamed(tree):
    """Return a dump in which its own names are numbered as they come."""
    found = [node for node in ast.walk(tree) if isinstance(node, (ast.arg, ast.Name))]
    found.sort(key=lambda node: (node.lineno, node.col_offset))
    new = {}
    for node in found:
        field = "arg" if isinstance(node, ast.arg) else "id"
        name = getattr(node, field)
        if field == "arg" or isinstance(node.ctx, ast.Store):
            new.setdefault(name, f"n{len(new)}")
        setattr(node, field, new.get(name, name))
    tree.name = "f"
    return ast.dump(tree)


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
