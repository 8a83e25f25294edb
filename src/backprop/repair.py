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

from backprop.canonical import canonical, reference_text
from backprop.reading import Code, helpers
from backprop.result import Stopped, endless, numbers, outcome, parts, same
from backprop.tree_edits import QUESTIONS, RANK, becomes, called, edits, statement_at

CANDIDATES, STEPS = 1700, 50_000  # mended answers; lines that they run together
A_RUN = 10_000  # lines of one mended answer on one probe, at most
TIMES, MORE = 5, 500  # as many lines as answer or reference run, and more
LARGE = 100_000  # entries of what a wrong edit lets grow from line to line
FRESH, PAIRS = 6, 60  # fresh probes; pairs of edits that are tried together
OF_COUNTS = 18  # fresh probes where results are whole numbers, which agree by chance

BRANCHES = (ast.For, ast.While, ast.comprehension, ast.If, ast.FunctionDef, ast.Lambda)
BRANCHES += (ast.List,)
GROW = {"append", "extend", "insert", "list"}
# What a mended answer may raise before it runs.
FAILS = (SyntaxError, ValueError, RecursionError, TypeError, NameError)


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
            isinstance(x, BRANCHES) or called(x) in GROW
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
    if search.runner.left < 0:  # one that mends it all may be among those left untried
        found = [each for each in found if not each[0].mistake]
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
        tried = [
            edit
            for edit in edits(self.tree, self.code)
            if edit.kind in kinds and edit.line != but
        ]
        tried.sort(key=lambda edit: RANK[edit.kind])
        names = [name for name, load in _uses(self.tree) if load]
        texts, found, whole = reference_text(self.reference), [], False
        for edit in tried[:CANDIDATES]:
            if self.runner.left < 0 or (whole and RANK[edit.kind] >= RANK["slope"]):
                break
            back = edit.exchange()
            try:
                # All else has its place in the file: to go through it takes longest.
                here = edit.owner if hasattr(edit.owner, "lineno") else self.tree
                ast.fix_missing_locations(here)
                for aim in self.met(aims):
                    # A name for all of a function may mend a part by accident.
                    if edit.kind == "rename" and aim.part is not None:
                        continue
                    if aim.mistake and (
                        self.runner.skips(edit) or _destroys(edit, self.tree, names)
                    ):
                        continue
                    now = statement_at(self.tree, edit.line)
                    how = edit.how or becomes(edit.line, now)
                    if self.shared(edit.line):
                        how = ""  # of several statements in a line none can be told
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

    def shared(self, line):
        """Tell whether several statements begin in a line of the answer."""
        every = [x for x in ast.walk(self.code.tree) if isinstance(x, ast.stmt)]
        return sum(each.lineno == line for each in every) > 1

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
    agree = sum(map(same, wanted, results))
    for mistake, function, gives in known:
        # One of two mistakes alone is hardly further from right; the two may cancel.
        helps = 3 * sum(map(same, wanted, gives)) >= agree
        if helps and all(map(_tells, wanted, gives, probes)):
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


def fresh_probes(reference, probes):
    """Return probes that no exercise holds, each with the right result.

    Each number that is no whole one is made smaller by a factor of its own, so that its
    sign stays, and an output of a sigmoid is one still.
    """
    rng = np.random.default_rng(0)
    counts = isinstance(outcome(reference, copy.deepcopy(probes[0])), int)
    made = []
    for probe in itertools.islice(
        itertools.cycle(probes), OF_COUNTS if counts else FRESH
    ):
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
    return made if isinstance(value, np.ndarray) else type(value)(made.tolist())
