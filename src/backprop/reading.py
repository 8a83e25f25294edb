"""What the code of an answer shows, read from its syntax tree."""

import ast
import builtins
import inspect
import linecache
import textwrap
from dataclasses import dataclass
from types import FunctionType, ModuleType

import numpy as np

# What changes nothing but what it returns: alone on a line, it is lost. As functions of
# NumPy or of the course, and as methods: `append` of a list keeps its result.
METHODS = {"T", "astype", "dot", "max", "mean", "min", "reshape", "std", "sum"}
METHODS |= {"transpose"}
FUNCTIONS = METHODS | {"add", "append", "clip", "column_stack", "concatenate", "exp"}
FUNCTIONS |= {"hstack", "log", "matmul", "maximum", "minimum", "multiply", "one_step"}
FUNCTIONS |= {"outer", "sigmoid", "sigmoid_derivative", "sqrt", "subtract", "vstack"}
FUNCTIONS |= {"where"}
# NumPy's functions that write into what they are given.
INTO_ARGUMENTS = {"at", "copyto", "fill_diagonal", "place", "put", "put_along_axis"}
INTO_ARGUMENTS |= {"putmask", "shuffle"}


@dataclass(frozen=True)
class Code:
    """The code of an answer: its syntax tree, numbered as the file of its cell is."""

    function: FunctionType
    tree: ast.FunctionDef

    def quote(self, number):
        """Return a line as a message quotes it: line 3: “return a”."""
        text = linecache.getline(self.function.__code__.co_filename, number)
        return f"line {number}: “{text.strip()}”"

    @property
    def parameters(self):
        """Return the names of the parameters."""
        given = self.tree.args
        return [each.arg for each in given.posonlyargs + given.args]

    @property
    def names(self):
        """Return the names that are not its own: the notebook's and a closure's."""
        return (
            self.function.__globals__ | inspect.getclosurevars(self.function).nonlocals
        )


def code_of(answer):
    """Return the Code of an answer; None where it has none, as a lambda has."""
    if not isinstance(answer, FunctionType):
        return None
    answer = inspect.unwrap(answer)  # of functools.wraps the text is the inner one's
    if not isinstance(answer, FunctionType):
        return None
    try:
        text = textwrap.dedent(inspect.getsource(answer))
        (tree,) = ast.parse(text).body
    except (OSError, TypeError, SyntaxError, ValueError, IndentationError):
        return None
    if not isinstance(tree, ast.FunctionDef):
        return None
    ast.increment_lineno(tree, answer.__code__.co_firstlineno - 1)
    tree.decorator_list = []
    return Code(answer, tree)


def is_stub(code):
    """Tell whether nothing has been written yet but dots, `pass` or a docstring."""
    return all(
        isinstance(each, ast.Pass)
        or isinstance(each, ast.Expr)
        and isinstance(each.value, ast.Constant)
        or isinstance(each, ast.Return)
        and (each.value is None or isinstance(each.value, ast.Constant))
        for each in code.tree.body
    )


def shown_by(code):
    """Yield (name of the kind, sentence) of each slip that the code shows.

    All of them are meant for an answer that is known to be wrong.
    """
    for kind in (
        _generator,
        _no_return,
        _return_in_loop,
        _thrown_away,
        _replaced,
        _of_the_notebook,
        _unused,
        _kept_default,
    ):
        said = kind(code)
        if said:
            yield kind.__name__.strip("_"), said


def loop_around(code, number):
    """Return the line of the innermost loop around a line, or None.

    number: None, too, which Python gives for a line that it doesn't know.
    """
    if number is None:
        return None
    loops = [
        each.lineno
        for each in ast.walk(code.tree)
        if isinstance(each, (ast.For, ast.While))
        and each.lineno <= number <= each.end_lineno
    ]
    return max(loops, default=None)


def helpers(code):
    """Return the names of the notebook's own functions that it calls, in order."""
    called = [
        each.func.id
        for each in ast.walk(code.tree)
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)
    ]
    home = code.function.__module__
    return list(
        dict.fromkeys(
            name
            for name in called
            if isinstance(each := code.names.get(name), FunctionType)
            and each.__module__ == home
            and each is not code.function
        )
    )


def catches(code):
    """Tell whether an error may be caught in it, or in one of its helpers.

    By an error a mended answer is stopped, which may run without end.
    """
    left, seen = [code], set()
    while left:
        each = left.pop()
        if any(map(_catches, ast.walk(each.tree))):
            return True
        for name in set(helpers(each)) - seen:
            seen.add(name)
            left += filter(None, [code_of(each.names[name])])
    return False


def _catches(node):
    if isinstance(node, ast.withitem):
        called = getattr(node.context_expr, "func", None)
        return "suppress" in (getattr(called, "attr", ""), getattr(called, "id", ""))
    return isinstance(node, (ast.Try, ast.TryStar))


def has_while(code):
    """Return whether there is a while loop, which may never end."""
    return any(isinstance(each, ast.While) for each in ast.walk(code.tree))


def statements(tree):
    """Yield the statements of a function, those of nested functions left out."""
    for each in ast.iter_child_nodes(tree):
        if isinstance(each, (ast.FunctionDef, ast.ClassDef, ast.Lambda)):
            continue
        if isinstance(each, ast.stmt):
            yield each
        if isinstance(each, (ast.stmt, ast.ExceptHandler, ast.match_case)):
            yield from statements(each)


def _is_print(statement):
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Call)
        and getattr(statement.value.func, "id", None) == "print"
    )


def yields(code):
    """Tell whether there is a yield, so that a call runs nothing."""
    return inspect.isgeneratorfunction(code.function)


def _generator(code):
    for each in statements(code.tree):
        inside = () if hasattr(each, "body") else ast.walk(each)
        if yields(code) and any(
            isinstance(node, (ast.Yield, ast.YieldFrom)) for node in inside
        ):
            now = (
                "In place of yield, keep what is asked for, the last one or a list of "
                "all, and return it after the loop: the yield is"
                if loop_around(code, each.lineno)
                else "Write return in place of yield,"
            )
            return (
                f"with yield, {code.tree.name} is a generator: calling it runs none "
                f"of its lines and returns no result. {now} in your "
                f"{code.quote(each.lineno)}."
            )
        if isinstance(each, ast.Return) and isinstance(each.value, ast.GeneratorExp):
            return (
                "for in round brackets makes a generator, which holds no result yet. "
                "Write square brackets, which make a list, in your "
                f"{code.quote(each.lineno)}."
            )
    return None


def _no_return(code):
    own = list(statements(code.tree))
    returns = [each for each in own if isinstance(each, ast.Return)]
    if any(each.value is not None for each in returns) or yields(code):
        return None
    name, prints = code.tree.name, list(filter(_is_print, own))
    if prints:
        return (
            f"{name} prints its result and returns nothing. Write return in place of "
            f"print, in your {code.quote(prints[-1].lineno)}."
        )
    if returns:
        return (
            f"the return of {name} has nothing behind it, in your "
            f"{code.quote(returns[-1].lineno)}."
        )
    return (
        f"{name} has no return, so its result is lost. It ends with your "
        f"{code.quote(max(each.lineno for each in own))}."
    )


def _return_in_loop(code):
    for loop in statements(code.tree):
        if not isinstance(loop, (ast.For, ast.While)):
            continue
        if any(isinstance(each, ast.Continue) for each in ast.walk(loop)):
            continue  # it may go on before it comes there
        for each in loop.body:
            if isinstance(each, (ast.For, ast.While)) and any(
                isinstance(inner, ast.Return) for inner in ast.walk(each)
            ):
                break  # a loop inside that returns as well may be the one that counts
            if isinstance(each, ast.Return):
                return (
                    "the return stands inside the loop, so the loop ends in its first "
                    f"round, in your {code.quote(each.lineno)}."
                )
    return None


def same_condition(code, number):
    """Say that nothing changes the condition of the loop at a line, where that is sure.

    A method may change what it is called on, and a function what it is given.
    """
    loop = next(
        (
            each
            for each in statements(code.tree)
            if isinstance(each, ast.While) and each.lineno == number
        ),
        None,
    )
    if loop is None:
        return ""
    inside = [*ast.walk(loop)]
    leaves = (ast.Break, ast.Return, ast.Raise)
    # A function inside may change what it does not name as its own.
    hidden = (ast.FunctionDef, ast.Lambda)
    within = [each for each in ast.walk(code.tree) if each is not code.tree]
    if any(isinstance(each, leaves) for each in inside) or any(
        isinstance(each, hidden) for each in within
    ):
        return ""
    read = {each.id for each in ast.walk(loop.test) if isinstance(each, ast.Name)}
    changed = {
        each.id
        for each in inside
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    } | {
        _base(each)
        for each in inside
        if isinstance(getattr(each, "ctx", None), (ast.Store, ast.Del))
    }
    for each in inside:
        if not isinstance(each, ast.Call):
            continue
        owner = _base(each.func)
        if owner == "next":
            return ""
        parts = [each.func, *each.args, *(word.value for word in each.keywords)]
        if (
            owner in {"np", "numpy"}
            and getattr(each.func, "attr", "") not in INTO_ARGUMENTS
        ):
            parts = [word.value for word in each.keywords if word.arg == "out"]
        # A method of a type, as in list.append(x, 1), may change what it is given.
        if not hasattr(builtins, str(owner)) or isinstance(each.func, ast.Attribute):
            changed |= {_base(part) for part in parts}
    names = _second_names(code.tree)
    for each in names * len(names):  # one may be known by the next alone
        if each & changed:
            changed |= each
    if read & changed:
        return ""
    return "Nothing in the loop changes its condition."


def _second_names(tree):
    """Return sets of names that may stand for one object, as in a = b."""
    given = [
        (target, each.value)
        for each in ast.walk(tree)
        if isinstance(each, ast.Assign)
        for target in each.targets
    ] + [
        (each.target, each.iter) for each in ast.walk(tree) if isinstance(each, ast.For)
    ]
    return [_may_be(target) | _may_be(value) for target, value in given]


def _may_be(node):
    """Return the names whose object an expression may be, or hold, or be a view of."""
    if isinstance(node, (ast.List, ast.Tuple)):
        return set().union(*map(_may_be, node.elts))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        node = node.func  # x.reshape(2, 1)
    return {_base(node)} - {None}


def _thrown_away(code):
    for each in statements(code.tree):
        if not isinstance(each, ast.Expr):
            continue
        value = each.value
        if isinstance(value, (ast.BinOp, ast.Compare, ast.UnaryOp)) or _only_returns(
            code, value
        ):
            return (
                "the result of this line is kept nowhere: give it a name, or return "
                f"it. It is your {code.quote(each.lineno)}."
            )
    return None


def _only_returns(code, value):
    """Tell whether an expression is a call, or a look-up, that changes nothing."""
    if any(word.arg == "out" for word in getattr(value, "keywords", ())):
        return False
    if isinstance(value, ast.Call) and _has_place_for_out(value):
        return False
    called = value.func if isinstance(value, ast.Call) else value
    if isinstance(called, ast.Attribute):
        numpy = getattr(called.value, "id", None) in {"np", "numpy"}
        return called.attr in (FUNCTIONS if numpy else METHODS)
    if not isinstance(called, ast.Name) or called is value:
        return False
    known = code.names.get(called.id)  # one of its own may do anything
    home = str(getattr(known, "__module__", "")).split(".")[0]
    return called.id in FUNCTIONS and home in {"numpy", "backprop"}


def _has_place_for_out(call):
    """Tell whether one of NumPy's functions is given by its place what it writes to."""
    name = getattr(call.func, "attr", "")
    if getattr(getattr(call.func, "value", None), "id", None) not in {"np", "numpy"}:
        return False
    function = getattr(np, name, None)
    if isinstance(function, np.ufunc):
        return len(call.args) > function.nin
    try:
        names = list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return False
    return "out" in names and len(call.args) > names.index("out")


def _replaced(code):
    """Find a parameter that is given another value before it was read."""
    unread = set(code.parameters)
    for each in code.tree.body:
        if not isinstance(each, (ast.Assign, ast.AnnAssign)):
            read = ast.walk(each)
        else:
            read = ast.walk(each.value) if each.value else ()
        unread -= {node.id for node in read if isinstance(node, ast.Name)}
        if isinstance(each, ast.Assign):
            for node in ast.walk(each):
                if (
                    isinstance(node, ast.Name)
                    and isinstance(node.ctx, ast.Store)
                    and node.id in unread
                ):
                    return (
                        f"{node.id} is given another value before it was read, so what "
                        f"{code.tree.name} gets is lost, in your "
                        f"{code.quote(each.lineno)}."
                    )
    return None


def _names(code, context=ast.Load):
    return [
        each
        for each in ast.walk(code.tree)
        if isinstance(each, ast.Name) and isinstance(each.ctx, context)
    ]


def _unread(code):
    """Return the parameters that the code never reads, those with a default left out.

    No exercise gives these anything: they are the answer's own.
    """
    given = code.tree.args.defaults
    read = {each.id for each in _names(code)}
    written = {
        each.target.id
        for each in ast.walk(code.tree)
        if isinstance(each, ast.AugAssign) and isinstance(each.target, ast.Name)
    }
    if read & {"locals", "vars", "eval"}:
        return []
    own = {each.arg for each in code.tree.args.args[-len(given) :]} if given else set()
    return [each for each in code.parameters if each not in read | written | own]


def _of_the_notebook(code):
    own = set(code.parameters) | {each.id for each in _names(code, ast.Store)}
    own |= {each.arg for each in ast.walk(code.tree) if isinstance(each, ast.arg)}
    own |= {
        each.name for each in ast.walk(code.tree) if isinstance(each, ast.FunctionDef)
    }
    unread = _unread(code)
    for each in sorted(_names(code), key=lambda each: each.lineno):
        if each.id in own or each.id not in code.names or hasattr(builtins, each.id):
            continue
        value = code.names[each.id]
        if callable(value) or isinstance(value, (ModuleType, type)):
            continue
        if unread or isinstance(value, np.ndarray):
            never = f" {unread[0]} is never used." if unread else ""
            return (
                f"{each.id} is no argument of {code.tree.name}: it is what the "
                "notebook holds by that name, and stays the same whatever is given. It "
                f"stands in your {code.quote(each.lineno)}.{never}"
            )
    return None


def _unused(code):
    unread = _unread(code)
    if not unread:
        return None
    them = "it" if len(unread) == 1 else "them"
    return (
        f"{code.tree.name} never uses {_listed(unread)}, and the result depends on "
        f"{them}."
    )


def secant(tree):
    """Return the node of a function's tree that is (f(x + h) - f(x)) / h, or None."""
    values = {
        each.targets[0].id: each.value
        for each in ast.walk(tree)
        if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name)
    }

    def behind(node):
        return values.get(node.id, node) if isinstance(node, ast.Name) else node

    for node in ast.walk(tree):
        if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)):
            continue
        rise = behind(node.left)
        if isinstance(rise, ast.BinOp) and isinstance(rise.op, ast.Sub):
            if _at_two_points(behind(rise.left), behind(rise.right)):
                return node
    return None


def _at_two_points(one, other):
    """Tell whether two calls are of one function, at points a sum or more apart."""
    if not (isinstance(one, ast.Call) and isinstance(other, ast.Call)):
        return False
    alike = ast.dump(one.func) == ast.dump(other.func)
    for x, x_other in zip(one.args, other.args) if alike else ():
        centres = [
            ast.dump(each.left)
            if isinstance(each, ast.BinOp) and isinstance(each.op, (ast.Add, ast.Sub))
            else ast.dump(each)
            for each in (x, x_other)
        ]
        if centres[0] == centres[1] and ast.dump(x) != ast.dump(x_other):
            return True
    return False


def _kept_default(code):
    """Find a list, or its like, that is a default and changed in the function."""
    given = code.tree.args
    pairs = [
        *zip((given.posonlyargs + given.args)[::-1], given.defaults[::-1]),
        *zip(given.kwonlyargs, given.kw_defaults),
    ]
    made = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.Call)
    changed = {
        _base(each)
        for each in ast.walk(code.tree)
        if isinstance(each, ast.Subscript) and isinstance(each.ctx, ast.Store)
    } | {
        _base(each.func)
        for each in ast.walk(code.tree)
        if isinstance(each, ast.Call) and getattr(each.func, "attr", "") not in METHODS
    }
    for argument, default in pairs:
        if isinstance(default, made) and argument.arg in changed:
            return (
                f"the default of {argument.arg} is made once, when {code.tree.name} is "
                "defined: what one call puts in, the next one finds. Make it inside "
                f"the function. It stands in your {code.quote(default.lineno)}."
            )
    return None


def _listed(names):
    return " and ".join([", ".join(names[:-1])] * (len(names) > 1) + names[-1:])


def _base(node):
    """Return the name that x[i], x.a or x stands on."""
    while isinstance(node, (ast.Subscript, ast.Attribute)):
        node = node.value
    return getattr(node, "id", None)
