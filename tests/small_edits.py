"""Each single edit of some small functions, as text: `edits.txt` holds them.

What mends an answer goes through its edits, so that an edit that is lost, or in another
place, is seen here and nowhere else.
"""

import ast
import copy
import re
from itertools import groupby

import numpy as np

from backprop.network import sigmoid, sigmoid_derivative
from backprop.reading import Code
from backprop.tree_edits import RANK, edits

EDITED = """
def f(a, b): return a * b - 2
def f(a, b): return a - (b + 3)
def f(a, b): return (a - b) @ a
def f(a): return a ** 2
def f(a): return 2 ** a
def f(a): return a - 1
def f(a): return a * 0.5
def f(a): return -a
def f(a): return a < 0
def f(a): return 0 <= a < 1
def f(a): return a.T
def f(a): return sigmoid(a)
def f(a): return sigmoid_derivative(a)
def f(a): return np.exp(a)
def f(a): return np.ones(3)
def f(a): return a.sum()
def f(a): return a.mean(1)
def f(a): return a.sum(axis=0, keepdims=True)
def f(a): return np.max(a, axis=1)
def f(a): return np.sum(a, 0)
def f(a): return np.dot(a, a)
def f(a): return a.copy()
def f(a, b): return a, b
def f(a): return 1, 2, 3
def f(a): return [a, 1]
def f(a): return own(a, 1)
def f(a): return own(*a)
def f(a): return np.c_[a, a]
def f(a): return a[0]
def f(a): return a[:, 0]
def f(a): return a[1:]
def f(a): return a
def f(a, b=1): return 0
def f(a): return "a"
def f(a): return lambda b: a
def f(a): return [b for b in a]
def f(a): return a if a else 1
def f(a): pass
def f(a): a
def f(a): a + 1
def f(a): print(a)
def f(a): print(a, 1)
def f(a): print()
def f(a): b = 1
def f(a): b = 1; return a
def f(a): a = a; return a
def f(a): b, c = a; return c
def f(a): b = c = a * 2; return b + c
def f(a): b: float = a; return b
def f(a): a += 1; return a
def f(a): a *= a; return a
def f(a): a[0] = a[0] * 2; return a
def f(a): a[0, 1] = a[0, 1] + a[1]; return a
def f(a): a[0] += 1; return a
def f(a): a.b = 1; return a.b
def f(a): del a[0]; return a
def f(a): assert a; return a
"""
LOOPS = '''
def f(a):
    for b in a:
        print(b)

def f(a):
    for b in range(3):
        a = 2
    return a

def f(a, b):
    for i in range(2):
        b.append(a * b)
    return b

def f(a):
    b = 0
    for i in a:
        b += i
        b = b
    return b

def f(a):
    b = 0
    for i in a:
        for j in i:
            b = j
    c = b
    return c

def f(a):
    while a > 0:
        a -= 1
        print(a)
    return a

def f(a):
    if a:
        b = 1
        a = b
    else:
        b = 2
    return b

def f(a):
    if a:
        a = 1
    else:
        a = 2
    return a

def f(a):
    while a:
        a -= 1
    else:
        a = 2
    return a

def f(a):
    """Do it."""
    def g(b):
        return b
    return g(a)
'''


def own(*given):
    """Stand for a function of the learner's own."""


SPACE = {
    "np": np,
    "own": own,
    "sigmoid": sigmoid,
    "sigmoid_derivative": sigmoid_derivative,
}


def all_edits():
    """Return the edits of all these functions."""
    texts = [*EDITED.strip().splitlines(), *re.split(r"\n\n(?=def )", LOOPS.strip())]
    return "\n\n".join(f"{text}\n{_edits_of(text)}" for text in texts) + "\n"


def _edits_of(text):
    """Return a row for the edits of one kind in one line: what there is then."""
    space = dict(SPACE)
    exec(text, space)
    (tree,) = ast.parse(text).body
    before, found = _lines(tree), []
    for edit in list(edits(tree, Code(space["f"], copy.deepcopy(tree)))):
        back = edit.exchange()
        now = _lines(ast.fix_missing_locations(tree))
        back.exchange()
        assert _lines(tree) == before
        new = "; ".join(line for line in now if line not in before)
        place = RANK[edit.kind], f"{edit.kind} {edit.line}"
        found.append((place, " ".join(filter(None, [new, edit.how]))))
    found.sort(key=lambda each: each[0][0])  # as they are tried
    return "\n".join(
        f"    {place}: {' | '.join(new for _, new in several)}"
        for (_, place), several in groupby(found, key=lambda each: each[0])
    )


def _lines(tree):
    return [line.strip() for line in ast.unparse(tree).splitlines()]
