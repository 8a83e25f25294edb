"""Print the quiz, before and after: two forms and their key, to build/quiz.

python tools/quiz.py [STAGE ...]        of these stages alone: 00 01 05
python tools/quiz.py --plan PLAN        what a plan of the guide confronts: 45, 90,
                                        three or six (sessions)

The items stand in docs/quiz/quiz.toml; docs/quiz/quiz.ipynb asks them on a screen.
"""

import argparse
import re
import sys
import tomllib
from html import escape
from pathlib import Path

ROOT = Path(__file__).parent.parent
QUIZ = ROOT / "docs" / "quiz" / "quiz.toml"
GUIDE = ROOT / "docs" / "teaching.md"
TARGET = ROOT / "build" / "quiz"
FORMS, LETTERS = "ab", "ABCD"

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 11pt/1.4 sans-serif; max-width: 18cm; margin: 1cm auto; padding: 0 1em }}
ol > li {{ margin-bottom: 1em; break-inside: avoid }}
ol ol {{ list-style: upper-alpha; margin-top: .3em }}
ol ol > li {{ margin: 0 }}
td, th {{ text-align: left; vertical-align: top; padding: .2em .6em .2em 0 }}
tr {{ break-inside: avoid }}
</style>
</head>
<body>
<h1>{title}</h1>
{body}
</body>
</html>
"""


def read(stages=()):
    """Return the items of these stages, or of all, in the order of the stages.

    Raises ValueError for a stage of which the quiz asks nothing.
    """
    items = tomllib.loads(QUIZ.read_text(encoding="utf-8"))["item"]
    known = sorted({item["stage"] for item in items})
    for stage in stages:
        if stage not in known:
            raise ValueError(f"STAGES: got {stage}; needs some of {', '.join(known)}")
    chosen = [item for item in items if not stages or item["stage"] in stages]
    return sorted(chosen, key=lambda item: item["stage"])


def plans():
    """Return what each plan of the guide asks: pairs of stage and question, by name.

    Its name is the first word of its heading. A plan without questions is left out.
    """
    text = GUIDE.read_text(encoding="utf-8")
    text = re.search(r"^## Plans$.+?(?=^## )", text, re.M | re.S)[0]
    found = {}
    for part in text.split("\n### ")[1:]:
        name = re.match(r"\w+", part)[0].lower()
        asked = set()
        for stage, what in re.findall(r"^\|.+?\[Stage (\d\d)(.+?) \|", part, re.M):
            names = re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", what)
            asked |= {(stage, name) for name in names}
        if asked:
            found[name] = asked
    return found


def read_plan(name):
    """Return the items whose misconception a plan confronts, as `read` does.

    Raises ValueError for a name of no plan.
    """
    known = plans()
    if name not in known:
        raise ValueError(f"PLAN: got {name}; needs one of {', '.join(known)}")
    return [
        item for item in read() if (item["stage"], item["confronts"]) in known[name]
    ]


def right(item, form):
    """Return the right choice of an item in a form, as text."""
    return item[form]["choices"][LETTERS.index(item[form]["key"])]


def form_page(items, form):
    """Return a form of the quiz as a page of HTML, without its key."""
    rows = []
    for item in items:
        choices = "".join(f"<li>{escape(each)}</li>" for each in item[form]["choices"])
        rows.append(f"<li>{escape(item[form]['asks'])}<ol>{choices}</ol></li>")
    told = (
        "<p>A word or number of your own, the same both times, and not your name: "
        "____________________</p>\n<p>One letter for each question. No marks: what "
        "counts is the class, before and after. If you don't know, leave it out.</p>"
    )
    body = f"{told}\n<ol>\n" + "\n".join(rows) + "\n</ol>"
    return PAGE.format(title=f"Quiz, form {form.upper()}", body=body)


def key_page(items):
    """Return the keys of both forms, with reasons, as a page of HTML."""
    rows = []
    for number, item in enumerate(items, 1):
        for form in FORMS:
            cells = (
                f"{number} {form.upper()}",
                f"{item[form]['key']} {right(item, form)}",
                item[form]["reason"],
                f"{item['name']}, stage {item['stage']}: {item['misconception']}",
            )
            rows.append("".join(f"<td>{escape(cell)}</td>" for cell in cells))
    heads = ("", "right", "why", "column, and the idea behind wrong answers")
    head = "".join(f"<th>{each}</th>" for each in heads)
    table = "\n".join(f"<tr>{row}</tr>" for row in (head, *rows))
    return PAGE.format(title="Quiz, key", body=f"<table>\n{table}\n</table>")


def main(items):
    """Write both forms and the key of these items; return their paths."""
    pages = {f"form_{form}.html": form_page(items, form) for form in FORMS}
    pages["key.html"] = key_page(items)
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        (TARGET / name).write_text(text, encoding="utf-8")
    return [TARGET / name for name in pages]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stages", nargs="*", metavar="STAGE")
    parser.add_argument("--plan")
    chosen = parser.parse_args()
    if chosen.plan is not None and chosen.stages:
        parser.error("a plan or stages, not both")
    try:
        whole = chosen.plan is None
        items = read(chosen.stages) if whole else read_plan(chosen.plan)
        for path in main(items):
            print(path.relative_to(ROOT))
    except ValueError as error:
        sys.exit(str(error))
