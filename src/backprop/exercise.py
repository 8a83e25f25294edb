"""How an answer is checked: by what it computes.

Right is what gives the reference's results on every probe. What is wrong gets its name:
that of a known mistake; else what the code shows; else the line that one edit would put
right; else the smallest input on which it differs. `hint` says more, step by step.
"""

import ast
import builtins
import copy
import functools
import inspect
import io
import itertools
import linecache
import re
import sys
import textwrap
from contextlib import redirect_stdout
from dataclasses import dataclass, field

import numpy as np

from backprop import reading, repair
from backprop.edit import edited, function, source
from backprop.limit import Endless, at_most
from backprop.network import sigmoid, sigmoid_derivative
from backprop.result import (
    WHOLE_ONLY,
    Stopped,
    apart,
    exact,
    gap,
    line,
    numbers,
    outcome,
    parts,
    said,
    same,
    short,
)
from backprop.session import ERRORS, own_settings, shown
from backprop.trail import changed_at, departs_at, returned_at
from backprop.tree_edits import QUESTIONS

# Code that is not the learner's, for the line to show where an answer stopped.
LIBRARIES = {"numpy", "backprop", *sys.stdlib_module_names}
# What the code shows that makes a mistake with a name, not one beside it.
CERTAIN = ("return_in_loop", "thrown_away", "replaced", "of_the_notebook")
SECONDS = 5  # for an answer to give its results on all probes
# Written by the page, and right; unless the notebook has others by these names.
THE_PAGE_S = {"sigmoid": sigmoid, "sigmoid_derivative": sigmoid_derivative}
NEW = 3  # fresh probes on which a right answer is tried, too
NOT_STOPPED = """\
If no verdict comes within some seconds, your loop never ends. Then choose
Kernel, Restart Kernel, and run the cells above this one again."""


@dataclass(frozen=True)
class Verdict:
    """What a check says; `right` for a right answer, `mistake` names a known one.

    Of two mistakes it names the first. hints: what `hint` says next, step by step.
    """

    text: str
    right: bool = False
    mistake: str | None = None
    hints: tuple = ()

    def __repr__(self):
        return textwrap.fill(self.text, 79)


@dataclass
class Exercise:
    """A function to write: a reference, probes to try it on, and named mistakes.

    reference: a right answer. probes: tuples of arguments. mistakes: what to say -> an
    edit of the reference's text, {old: new}; a function that makes the mistake, where
    that is plainer; or a list of these. They may stop with an error on some of the
    probes; on all of them together, no two mistakes agree, and none agrees with the
    reference. then: what to try next, once it is right. Raises ValueError for an edit
    of what isn't in the text, SyntaxError for one that leaves no Python.
    """

    reference: callable
    probes: list
    mistakes: dict = field(default_factory=dict)
    then: str = ""

    def __post_init__(self):
        for _, way in self.each_mistake():
            if isinstance(way, dict):  # one that doesn't apply is told at once
                compile(edited(source(self.reference), way), self.name, "exec")

    @property
    def name(self):
        """Return the name of the function to write."""
        return self.reference.__name__

    def check(self, answer):
        """Return the Verdict on a function that was written for this exercise."""
        if not callable(answer):
            with own_settings():
                return Verdict(f"{self.name} is no function: it is {short(answer)}.")
        code = reading.code_of(answer)
        given, results, tracer = self._arguments(), [], sys.gettrace()
        # It runs under the learner's settings, but for what NumPy calls an error; what
        # it gives is judged under ours.
        try:
            with at_most(SECONDS) as can_be_stopped, _none_raised():
                if not can_be_stopped and code and reading.has_while(code):
                    print(NOT_STOPPED, flush=True)
                for arguments in given:
                    results.append(_outcome(answer, arguments))
            with own_settings():
                verdict = self._judge(given, results, answer, code)
            return self._again(answer, verdict, given[0], results, code)
        except Endless as error:
            return Verdict(self._endless(error, code))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a strange object's own, such as its __eq__
            with own_settings():
                return Verdict(
                    f"Not yet: {self.name} returns an object that can't be compared "
                    f"with a number. Trying that stopped with {said(error)}."
                )
        finally:  # Python takes away a debugger's that was stopped with the answer
            sys.settrace(tracer)

    def _again(self, answer, verdict, first, results, code):
        """Return the Verdict on an answer after more calls, where it is right so far.

        Something may stay from call to call; or the probes alone were learned by heart.
        first: the arguments of its first call, the same objects: what stays may be kept
        under their identity.
        """
        with own_settings():
            wanted = self._wanted()
            if not (verdict.right and _all_same(wanted, results)):
                return verdict
            fresh = repair.fresh_probes(self.reference, self._arguments())[:NEW]
            given = self._arguments()[0]
            outcome(self.reference, given)
            later = outcome(self.reference, self._once_more(given))
            inputs = [self._arguments()[0]]
            if same(wanted[0], later):  # pass_back adds to what is there
                inputs.append(self._once_more(first))
        with at_most(SECONDS), _none_raised():
            again = [_outcome(answer, each) for each in inputs]
            other = [_outcome(answer, copy.deepcopy(each)) for each, _ in fresh]
        with own_settings():
            for got in again:
                if not isinstance(got, Stopped) and not same(wanted[0], got):
                    return self._from_before(wanted[0], got, code)
            for (arguments, want), got in zip(fresh, other):
                given = self._given(arguments)
                if isinstance(got, Stopped) and not same(want, got):
                    told = f"{self.name} stopped with {stop(got.error)}"
                    return Verdict(f"{told} It was called with {given}.")
                if not same(want, got):
                    told = gap(f"your {self.name}", want, got)
                    return Verdict(f"Not yet. With {given}, {told}")
            return verdict

    def _once_more(self, given):
        """Return the arguments of a call for another one, the same objects."""
        return given

    def _from_before(self, wanted, again, code):
        """Return the Verdict on an answer that is right in its first call alone."""
        shows = code and dict(reading.shown_by(code)).get("kept_default")
        text = shows or "something stays from one call to the next."
        later = gap(f"your {self.name}", wanted, again)
        given = self._given(self.probes[0])
        return Verdict(f"Not yet: {text} Called a second time with {given}, {later}")

    def _stays(self, answer, results):
        """Tell whether a later call gives another result than the first one did."""
        with at_most(SECONDS), redirect_stdout(io.StringIO()):
            later = _outcome(answer, self._arguments()[0])
        return not same(results[0], later)

    def _judge(self, given, results, answer, code):
        """Return the Verdict on the results for the given arguments."""
        nothing = all(result is None or result is Ellipsis for result in results)
        if nothing and (code is None or reading.is_stub(code)):
            return Verdict(
                f"Not done yet: {self.name} returns {results[-1]}. Write your "
                "lines, return the result, and run the cell again."
            )
        wanted = self._wanted()
        changed = self._changed(given, code)
        if _all_same(wanted, results):
            if changed:
                return Verdict(f"The result is right, but {changed}")
            if not all(map(exact, wanted, results)) and (near := self._secant(code)):
                return Verdict(near)
            return Verdict(
                f"Right: {self.name} gives the right result on all "
                f"{len(self.probes)} inputs tried.{self.then and ' ' + self.then}",
                right=True,
            )
        also = f" Besides, {changed}" if changed else ""
        # A wrong bracket may give by accident what another mistake gives.
        if not self._mends(code, wanted, results, kinds=("brackets",)):
            for mistake, _, wrong in self.made:
                if _all_same(wrong, results):
                    why = dict(reading.shown_by(code)) if code else {}
                    if "is never used." not in why.get("of_the_notebook", ""):
                        why.pop("of_the_notebook", None)  # it may be meant to stay
                    cause = next((why[kind] for kind in CERTAIN if kind in why), "")
                    cause = cause and f" The cause: {cause}"
                    return Verdict(f"Not yet: {mistake}{cause}{also}", mistake=mistake)
            if two := self._two(results):
                text = f"Not yet: {two[0]} And a second mistake: {two[1]}{also}"
                return Verdict(text, mistake=two[0])
        return self._unknown(wanted, results, answer, code, also)

    def _secant(self, code):
        """Say that an answer is a secant, where the reference is none: it may pass."""
        node = code and reading.secant(code.tree)
        if not node or reading.secant(ast.parse(source(self.reference))):
            return None
        return (
            "Not yet: this is the slope of a secant, in your "
            f"{code.quote(node.lineno)}. It comes close, and is good for checking a "
            "formula. The exercise asks for the formula itself."
        )

    def each_mistake(self):
        """Yield (what to say, edit or function) of each way to make each mistake."""
        for mistake, ways in self.mistakes.items():
            for way in ways if isinstance(ways, list) else [ways]:
                yield mistake, way

    @functools.cached_property
    def made(self):
        """Return each mistake: (what to say, function, what it gives on the probes)."""
        ways = [
            (mistake, function(self.reference, way) if isinstance(way, dict) else way)
            for mistake, way in self.each_mistake()
        ]
        return [(mistake, way, self._results(way)) for mistake, way in ways]

    @functools.cached_property
    def _made_together(self):
        """Return each two mistakes that go together, with what they give."""
        edits = [each for each in self.each_mistake() if isinstance(each[1], dict)]
        if not any(_has_fractions(each) for each in self._wanted()):
            return []  # a few whole numbers agree by chance
        pairs = [
            ((one, other), self._results(both))
            for (one, edit), (other, more) in itertools.combinations(edits, 2)
            if one != other and (both := _both(self.reference, edit, more))
        ]
        # Many another slip raises an error, so one alone tells of none.
        return [each for each in pairs if not _all_stopped(each[1])]

    def _results(self, answer):
        with np.errstate(all="ignore"):
            return [outcome(answer, each) for each in self._arguments()]

    def _wanted(self):
        return self._results(self.reference)

    def _arguments(self):
        # One copy for each probe: two of them may hold the same array.
        return [copy.deepcopy(probe) for probe in self.probes]

    def _changed(self, given, code):
        """Say which argument the answer has changed, if it has changed one."""
        names = list(inspect.signature(self.reference).parameters)
        for before, after in zip(self.probes, given):
            for i, (name, was, now) in enumerate(zip(names, before, after)):
                if not same(was, now):
                    number = code and changed_at(code.function, before, i)
                    where = (
                        f" It happens in your {code.quote(number)}." if number else ""
                    )
                    how = f"Begin with a copy of it: {name} = {name}.copy()."
                    if number and re.search(f"“{name} *[-+*/%@]+=", code.quote(number)):
                        how = (
                            "Make a new array instead, as in "
                            f"{name} = {name} - …, not {name} -= … ."
                        )
                    return (
                        f"{self.name} changes its argument {name} itself. {how}{where}"
                    )
        return None

    def _unknown(self, wanted, results, answer, code, also):
        """Return the Verdict on an answer whose mistake has no name."""
        failed = [
            (i, self._given(probe))
            for i, (probe, want, got) in enumerate(zip(self.probes, wanted, results))
            if not same(want, got)
        ]
        stopped = [each for each in failed if isinstance(results[each[0]], Stopped)]
        i, given = min(stopped or failed, key=lambda each: len(each[1]))
        got = results[i]
        # Where the call itself failed, what its lines would use is beside the point.
        began = not stopped or _own_frames(got.error)
        shows = [
            text
            for kind, text in (reading.shown_by(code) if code else ())
            if (began or kind != "unused")
            and (kind != "kept_default" or self._stays(answer, results))
        ]
        mends, two = self._mended(code, wanted, results)
        lines = _lines_of(mends) or sorted({each.line for each in two})
        other = code and _other_than_the_page_s(code)
        if not lines and _may_be_run(code) and not stopped and not other:
            number = self._line_of(code, wanted)
            lines = [number] if number else []
        if two and two[0].mistake:
            mistake = two[0].mistake
            look = _look(code, [two[0].line])
            return Verdict(
                f"Not yet: {mistake} And there is a second mistake.{look}{also}",
                mistake=mistake,
                hints=_hints(code, [two[0].line], two[:1], f"Besides, {mistake}"),
            )
        if stopped:
            told = f"{self.name} stopped with {stop(got.error)}"
            if not isinstance(got.error, NameError):
                told += f" It was called with {given}."
        else:
            told = f"With {given}, {gap(f'your {self.name}', wanted[i], got)}"
            told += _not_finite(answer, self.probes[i], got)
            told += self._given_back(wanted, results)
        helpers = self._helpers(code, lines)
        text = told if stopped else f"Not yet. {told}"
        if shows:
            said_so = reading.yields(code)  # what came back says no more
            text = (
                f"{told} Besides, {shows[0]}"
                if stopped
                else f"Not yet: {shows[0]}{'' if said_so else f' {told}'}"
            )
        if any(code.quote(number) not in text for number in lines):
            text = f"{text}{_look(code, lines, apart=bool(two))}"
        if code and not stopped and (helpers or not mends) and (other or not shows):
            text += self._from(code, self.probes[i], lines)
        edits = mends or two
        if WHOLE_ONLY in told:  # a factor or a sum that makes floats is no next hint
            edits = [each for each in edits if each.kind == "look-up"]
        return Verdict(text + also, hints=_hints(code, lines, edits, told))

    def _given_back(self, wanted, results):
        """Say which argument comes back as it was given, if a result is one."""
        several = isinstance(wanted[0], tuple)
        names = inspect.signature(self.reference).parameters
        for k in range(len(wanted[0]) if several else 1):
            got = [_piece(each, k, several) for each in results]
            right = [_piece(each, k, several) for each in wanted]
            if _all_same(right, got):
                continue
            for i, name in enumerate(names):
                given = [probe[i] for probe in self.probes]
                if all(same(given[0], each) for each in given):
                    continue  # a constant may come from anywhere
                if _all_same(given, got):
                    which = f"its result {k + 1}" if several else "it"
                    return f" There, {which} is {name} as it was given."
        return ""

    def _two(self, results):
        """Return the two mistakes that give these results, if only these two do."""
        found = [two for two, wrong in self._made_together if _all_same(wrong, results)]
        return found[0] if len(found) == 1 else None

    def _helpers(self, code, lines):
        """Return the learner's own functions that these lines call."""
        if not code:
            return []
        text = " ".join(map(code.quote, lines))
        return [
            each
            for each in reading.helpers(code)
            if re.search(rf"\b{each}\(", text) and not _is_right(each, code)
        ]

    def _from(self, code, probe, lines):
        """Say where a wrong result may come from; lines: those that are quoted."""
        helpers = [each for each in reading.helpers(code) if not _is_right(each, code)]
        if helpers:
            which = " and ".join(helpers)
            return f" It calls {which}; look there, too."
        number = not lines and returned_at(code, probe)
        return f" It comes out of your {code.quote(number)}." if number else ""

    def _mends(self, code, wanted, results, **how):
        if not _may_be_run(code):
            return []
        return repair.mends(code, self.reference, self.probes, wanted, results, **how)

    def _mended(self, code, wanted, results):
        # Where one of the page's functions is another, no line is to blame.
        if not _may_be_run(code) or _other_than_the_page_s(code):
            return [], []
        return repair.mended(
            code, self.reference, self.probes, wanted, results, self.made
        )

    def _line_of(self, code, wanted):
        """Return the line that makes the wrong result, as far as it can be told."""
        body = [each for each in code.tree.body if not _is_docstring(each)]
        if len(body) == 1:
            return None if hasattr(body[0], "body") else body[0].lineno
        return departs_at(code, self.reference, self.probes, wanted)

    def _endless(self, error, code):
        """Say that an answer was stopped, and in which loop."""
        text = f"{self.name} did not end within {SECONDS} seconds and was stopped"
        own = _own_lines(error)
        number = code and own and reading.loop_around(code, own[0][1])
        if not number:
            return f"{text}."
        why = reading.same_condition(code, number)
        return f"{text}, in the loop of your {code.quote(number)}.{why and ' ' + why}"

    def _given(self, probe):
        names = inspect.signature(self.reference).parameters
        return ", ".join(
            f"{name} = {short(x, apart(x))}" for name, x in zip(names, probe)
        )


def checker(exercises):
    """Return the `check` and the `hint` of a stage that has these exercises."""
    known = {exercise.name: exercise for exercise in exercises}
    left, named = [], []

    def check(answer):
        """Return the Verdict on `answer`, the function that an exercise asks for.

        One that runs for over five seconds is stopped. In the browser edition that
        can't be done; there, a while loop's check says how to end it. Raises
        ValueError where `answer` fits no exercise of the stage.
        """
        # A lambda or a partial has no name of its own, but the notebook has one for it.
        verdict = _check(answer, inspect.currentframe().f_back.f_globals)
        left[:] = [] if verdict.right else verdict.hints
        named[:] = [] if verdict.right else [verdict.mistake]
        return verdict

    def _check(answer, names):
        own_name = _name(answer)
        for name, exercise in known.items():
            if own_name == name or names.get(name) is answer:
                return exercise.check(answer)
        for exercise in known.values():
            verdict = exercise.check(answer)
            if verdict.right:
                return verdict
        got = own_name or line(shown(answer))
        need = "a function" if callable(answer) else "a function, not its result;"
        need += f" named {' or '.join(known)}"
        raise ValueError(f"answer: got {got}; needs {need}")

    def hint():
        """Return one hint more on the answer that was checked last."""
        if not left and named:
            said = "has named the mistake" if named[0] else "has said what it knows"
            return Verdict(
                f"There is no further hint: the check {said}. Mend it "
                "and check again, or open the solution below its cell."
            )
        if not left:
            return Verdict(
                "There is no further hint. Check an answer that is not right yet, or "
                "open the solution below its cell."
            )
        return Verdict(left.pop(0))

    return check, hint


def _has_fractions(result):
    """Return whether a result holds numbers that are not whole."""
    found = [each for each in map(numbers, parts(result)) if each is not None]
    return any((each != np.round(each)).any() for each in found)


def _both(reference, edit, other):
    """Return the function with both edits, or None where one is part of the other.

    So it is where they can't be made in either order, with the same text.
    """
    try:
        texts = [
            edited(edited(source(reference), one), two)
            for one, two in ((edit, other), (other, edit))
        ]
        same_text = texts[0] == texts[1]
        return function(reference, edit, other) if same_text else None
    except (ValueError, SyntaxError):
        return None


def _outcome(answer, arguments):
    """Return what an answer gives, as `outcome` does; Endless passes."""
    result = outcome(answer, arguments)
    if type(result) is Stopped and isinstance(result.error, Endless):
        raise result.error
    return result


def _piece(result, k, several):
    """Return one of several results; None where there are not so many."""
    pieces = parts(result) if several else [result]
    return pieces[k] if k < len(pieces) else None


def _may_be_run(code):
    """Tell whether a mended answer does what its lines say, and can be stopped."""
    return bool(code) and not reading.yields(code) and not reading.catches(code)


def _none_raised():
    """Have NumPy do as by itself where the session has it raise an error."""
    now = np.geterr()
    return np.errstate(**{k: ERRORS[k] for k in now if now[k] == "raise"})


def _all_stopped(results):
    return all(isinstance(each, Stopped) for each in results)


def _all_same(wanted, results):
    return all(map(same, wanted, results))


def _other_than_the_page_s(code):
    """Tell whether it calls what has the name of one of the page's, and isn't it."""
    return any(
        name in THE_PAGE_S and not _is_right(name, code)
        for name in reading.helpers(code)
    )


def _is_right(name, code):
    """Tell whether a helper is one of the page's, and does what that does."""
    if name not in THE_PAGE_S:
        return False
    tried = (np.array([[0.1, 0.5], [0.75, 0.9]]),)
    return same(outcome(THE_PAGE_S[name], tried), outcome(code.names[name], tried))


def _is_docstring(statement):
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _lines_of(mends):
    """Return the one line, or the two, that a mended answer differs in."""
    best = [each for each in mends if each.as_reference] or mends
    return list(dict.fromkeys(each.line for each in best))[:2]


def _look(code, lines, apart=False):
    """Say which lines to look at; apart: each is wrong, whatever the other is."""
    if not lines:
        return ""
    if len(lines) == 1:
        return f" Look at your {code.quote(lines[0])}."
    one, other = sorted(lines)
    if apart:
        return f" Look at your {code.quote(one)} and at your {code.quote(other)}."
    return (
        f" One of these two lines has to change, your {code.quote(one)} or your "
        f"{code.quote(other)}."
    )


def _hints(code, lines, mends, told):
    """Return the steps of the hint: line and input, the idea, the change."""
    if not lines:
        return (told,)
    apart = bool(mends) and mends[0].part is not None
    steps = [f"{_look(code, lines, apart).strip()} {told}"]
    best = [each for each in mends if each.as_reference] or mends
    if best:
        steps.append(QUESTIONS[best[0].kind])
        if best[0].as_reference and best[0].how:
            steps.append(best[0].how)
    return tuple(steps)


def _not_finite(answer, probe, got):
    """Say what a NaN or an infinity came of: NumPy is asked to raise it as an error."""
    found = [each for each in map(numbers, parts(got)) if each is not None]
    if all(np.isfinite(each).all() for each in found):
        return ""
    raised = np.errstate(divide="raise", over="raise", invalid="raise")
    with redirect_stdout(io.StringIO()), raised:
        result = outcome(answer, copy.deepcopy(probe))
    if not isinstance(result, Stopped):
        return ""
    why = str(result.error)
    for sign, cause in CAUSES.items():
        if sign in why:
            where = _where(result.error)
            return f" {cause}{f', {where}' if where else ''}."
    return ""


CAUSES = {
    "overflow encountered in exp": "An exponential is larger than any float",
    "overflow": "A number is larger than any float",
    "divide by zero encountered in log": "It comes of the logarithm of 0, which is −∞",
    "divide by zero": "It comes of a division by 0",
    "invalid value encountered in log": "It comes of the logarithm of a number below 0",
    "invalid value encountered in sqrt": "It comes of the root of a number below 0",
    "invalid value encountered in multiply": "It comes of 0 times infinity",
    "invalid value encountered in subtract": "It comes of infinity minus infinity",
    "invalid value": "It comes of 0 / 0 or of infinity / infinity",
}


def _name(value):
    """Return the name of a function, or None where it has none."""
    try:
        name = value.__name__
    except Exception:
        return None
    return name if isinstance(name, str) else None


def _own_frames(error):
    """Return (frame, line, instruction) of the learner's own code, outermost first."""
    steps, trace = [], error.__traceback__
    while trace:
        name = str(trace.tb_frame.f_globals.get("__name__")).split(".")[0]
        if name not in LIBRARIES:
            steps.append((trace.tb_frame, trace.tb_lineno, trace.tb_lasti))
        trace = trace.tb_next
    return steps


def _own_lines(error):
    return [
        (frame.f_code.co_filename, number) for frame, number, _ in _own_frames(error)
    ]


def _where(error):
    """Return the line of the learner's own in which an error was raised."""
    own = _own_lines(error)
    if not own:
        return ""
    text = linecache.getline(*own[-1]).strip()
    where = f"line {own[-1][1]}{f': “{text}”' if text else ''}"
    # Of what another cell defines the number of a line says nothing by itself.
    outer = [each for each in own if each[0] != own[-1][0]]
    if not outer:
        return f"in your {where}"
    name = _own_frames(error)[-1][0].f_code.co_name
    return f"in your {name}, {where}, called in your line {outer[-1][1]}"


def stop(error):
    """Say what was raised, and in which line of the learner's own."""
    where = _where(error)
    told = f"{_shapes(error) or said(error)}{f', {where}' if where else ''}."
    return told + _overwritten(error)


def _overwritten(error):
    """Say which built-in name is that of something else now, where it is called."""
    if not isinstance(error, TypeError) or not _own_frames(error):
        return ""
    frame, _, last = _own_frames(error)[-1]
    call = _instruction(frame, last)
    name = getattr(getattr(call, "func", None), "id", None)
    values = {**frame.f_globals, **frame.f_locals}
    if not hasattr(builtins, str(name)) or name not in values or callable(values[name]):
        return ""
    whose, how = "your notebook", f"run del {name}"
    if name in frame.f_locals:
        whose, how = "your function", "take another name"
    return f" In {whose}, {name} is {short(values[name])}, and no function: {how}."


def _shapes(error):
    """Say which two shapes don't fit, and in which product, or None."""
    if not isinstance(error, ValueError) or not _own_frames(error):
        return None
    frame, _, last = _own_frames(error)[-1]
    if error.__traceback__ is None:
        return None
    node = _instruction(frame, last)
    pair = _pair(node) if node else None
    if not pair:
        return None
    sides = []
    for each in pair:
        try:
            value = eval(ast.unparse(each), frame.f_globals, frame.f_locals)
        except Exception:
            return None
        sides.append((ast.unparse(each), np.shape(value)))
    (left, a), (right, b) = sides
    told = f"{left} is {_by(a)} and {right} is {_by(b)}"
    if len(a) == len(b) == 1:
        return f"lengths that don't fit: {left} has {a[0]} entries and {right} {b[0]}"
    if isinstance(getattr(node, "op", ast.MatMult()), ast.MatMult):
        if a and b and a[-1] != b[0 if len(b) == 1 else -2]:
            return (
                f"a product that doesn't fit: {told} (rows × columns). The first needs "
                "as many columns as the second has rows"
            )
        return None
    return f"shapes that don't fit: {told} (rows × columns)"


def _by(shape):
    if len(shape) == 1:
        return f"of length {shape[0]}"
    return " × ".join(map(str, shape)) if shape else "a single number"


def _instruction(frame, last):
    """Return the expression that a frame was at, as a syntax tree, or None."""
    positions = list(frame.f_code.co_positions())[last // 2]
    first, end, start, stop = positions
    if None in positions or first != end:
        return None
    text = linecache.getline(frame.f_code.co_filename, first).encode()[start:stop]
    try:
        return ast.parse(text.decode(), mode="eval").body
    except SyntaxError:
        return None


def _pair(node):
    """Return the two operands of an operation or of np.dot and its like, or None."""
    if isinstance(node, ast.BinOp):
        return node.left, node.right
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr in {"dot", "matmul"}:
            return (
                tuple(node.args)
                if len(node.args) == 2
                else ((node.func.value, node.args[0]) if len(node.args) == 1 else None)
            )
    return None
