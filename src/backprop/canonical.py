"""Code in a form that order and names don't change."""

import ast
import copy

from backprop.reading import code_of


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
