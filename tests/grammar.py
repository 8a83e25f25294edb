"""What is wrong with a sentence of a program: plurals, signs, marks, sums."""

import re

from backprop.number import read
from backprop.picture import say

NUMBER = r"(?<![\w.,−])((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
# Between a number and a noun they say that the noun isn't what is counted.
LITTLE = set("a all an and are as at by for from in is it of on or over the to".split())
LITTLE |= set("short such that up with would".split())
VERBS = set("add adds arrives gives has holds is its meets moves says".split())
VERBS |= {"switches", "was"}
ARE = "(?:are|have|pass|stand)"
FAULTS = {
    "a before a vowel": r"\b[Aa] (?!(?:is|and|of|in|at)\b)(?:[aeio]\w|u(?!ni|s)|8)",
    "an before a consonant": r"\b[Aa]n (?!ho[un])[b-df-hj-np-tv-z]\w",
    "1 with a plural verb": rf"(?<![\w.,−])1 {ARE}\b",
    "1 of many with a plural verb": rf"(?<![\w.,−])1 of (?:the )?[\d,]+ \w+ {ARE}\b",
    "many with a singular verb": r"(?!1 )\b\d+ of (?:the )?[\d,]+ \w+ (?:is|has)\b",
    "a doubled space": r"\s\s",
    "a doubled word": r"(?i)\b([a-z]+) \1\b",
    "a space before a mark": r"(?<!=) [,.;:!?)]|\( ",
    "a doubled mark": r"[,.;:]\s?[,.;:]",
    "a negative zero": r"−0(?!\.?\d)",
    "two signs": r"[+−] [+−]|\+ ?−",
    "a name of Python": r"\b(?:None|nan|inf|True|False|np|array)\b|[{}]",
}

TERM = r"\(?−?\d+(?:,\d{3})*(?:\.\d+)?(?:e−?\d+)?\)?"
SUM = re.compile(
    rf"(?<![\w.])({TERM}(?: [·×+−] {TERM})+) = ({TERM})(?![\d%]|[.,]\d| million| · 10)"
)


def false_sums(text):
    """Return the sums and products whose result isn't that of the numbers said."""
    found = []
    for match in SUM.finditer(text):
        first, *rest = re.split(r" ([·×+−]) ", match[1])
        terms = [_value(first)]
        for sign, said in zip(rest[::2], rest[1::2]):
            if sign in "·×":
                terms[-1] *= _value(said)
            else:
                terms.append(_value(said) * (-1 if sign == "−" else 1))
        right = [say(sum(terms), digits) for digits in (2, 3, 4)]
        right.append(f"{sum(terms):,.10g}".replace("-", "−"))
        if match[2].strip("()") not in right:
            found.append(match[0])
    return found


def _value(said):
    return read(said.strip("()"))


def nouns_of(texts):
    """Return the nouns that stand in texts alone, and after a number in the plural."""
    words, plurals = set(), set()
    for text in texts:
        words.update(re.findall(r"[a-z]+", text))
        for number, noun in counted(text):
            if number != "1" and noun.endswith("s"):
                plurals.add(noun)
    return {singular(each): each for each in plurals if singular(each) in words}


def counted(text):
    """Yield each number with the words that may be what it counts."""
    for match in re.finditer(rf"{NUMBER} ([a-z]+)(?: ([a-z]+))?", text):
        number, first, second = match.groups()
        if first in LITTLE | VERBS:
            continue
        yield number, first
        if second and second not in LITTLE | VERBS and not first.endswith("s"):
            yield number, second


def singular(plural):
    return plural[:-3] + "y" if plural.endswith("ies") else plural.removesuffix("s")


def faults(text, nouns):
    """Return what is wrong with a text: each fault with the words it is in."""
    found = [
        f"{fault}: {match.group()!r}"
        for fault, pattern in FAULTS.items()
        for match in re.finditer(pattern, text)
    ]
    for match in re.finditer(rf"{NUMBER} ([a-z]+s)\b", text):
        if match[1] == "1" and match[2] not in VERBS:
            found.append(f"1 with a plural: {match.group()!r}")
    for number, noun in counted(text):
        if number == "1" and noun in nouns.values():
            found.append(f"1 with a plural: {noun!r}")
        if number != "1" and noun in nouns:
            found.append(f"{number} with a singular: {noun!r}")
    found += [f"a false result: {each!r}" for each in false_sums(text)]
    depth = 0
    for mark in re.findall(r"[()]", text):
        depth += 1 if mark == "(" else -1
        if depth < 0:
            break
    return found + (["parentheses that don't match"] if depth else [])
