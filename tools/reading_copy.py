"""A reading copy of the course: one HTML page a notebook, as stored.

python tools/reading_copy.py [FOLDER]    writes the pages (into build/html if not said)

A page is one file: its pictures, style and formulas (MathML) are in it, so it needs
no network and no JavaScript; it can be printed, mailed or carried on a stick.
"""

import ast
import base64
import re
import sys
from functools import cache
from html import escape
from pathlib import Path

import nbformat
from course import asked, opened, room_at
from latex2mathml.converter import convert as mathml
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from notebook_tool import FOLDER, notebooks
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from backprop.frame import Screen
from backprop.question import said

ROOT = FOLDER.parent
STYLE = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
GUIDE = ROOT / "docs" / "teaching.md"
MODULE = ROOT / "src" / "backprop" / "network.py"  # the last page to read

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
{before}
<main>
{body}
</main>
{after}
</body>
</html>
"""
STILL = """<p class="note">This is a reading copy: its pictures stand still. A click
on a choice shows its reply; “What the buttons show” has the other states of a
picture. Nothing is sent anywhere.</p>
"""
UNFOLD = """<p class="note"><label><input type="checkbox" id="unfold"> Unfold all, also
for printing: replies, button states and solutions</label></p>
"""


class Renderer(IPythonRenderer):
    """Markdown to HTML: formulas as MathML, links to pages in place of notebooks."""

    def block_math(self, body):
        """Return a formula on a line of its own."""
        # Focusable, so that a wide formula can be scrolled from the keyboard.
        return f'<span class="formula" tabindex="0">{formula(body, "block")}</span>'

    def inline_math(self, body):
        """Return a formula in a line."""
        return formula(body)

    def block_code(self, code, info=None):
        """Return code of the text, such as a solution."""
        return coloured(code) if info == "python" else boxed(escape(code.rstrip()))

    def heading(self, text, level, **attrs):
        """Return a heading that a link can name, as GitHub names it."""
        plain = re.sub("<.+?>", "", text)
        place = re.sub(r"[^\w -]", "", plain.lower()).replace(" ", "-")
        return f'<h{level} id="{place}">{text}</h{level}>\n'

    def link(self, text, url, title=None):
        """Return a link; one to a notebook or the guide goes to its page."""
        return super().link(text, page_of(url), title)


def formula(latex, display="inline"):
    """Return a formula as MathML."""
    text = mathml(latex.strip(), display=display)
    # A prime is no variable; ∂ and / are no operators with room around them.
    text = re.sub("<mi>(&#x02032;)</mi>", r"<mo>\1</mo>", text)
    return re.sub(
        "<mo>(&#x02202;|&#x0002F;|/)</mo>", r'<mo lspace="0" rspace="0">\1</mo>', text
    )


def page_of(url):
    """Return where a link of the course leads in this copy."""
    if "://" in url:
        return url
    if Path(url).name == MODULE.name:
        return f"{MODULE.stem}.html"
    folders = r"(?:\.\./)?(?:notebooks/|docs/)?"
    return re.sub(rf"^{folders}([^/#]+)\.(?:ipynb|md)(?=$|#)", r"\1.html", url)


def html(markdown):
    """Return Markdown as HTML; a wide table scrolls in a box of its own."""
    renderer = Renderer(escape=False, exclude_anchor_links=True)
    text = MarkdownWithMath(renderer=renderer).render(markdown)
    # A head with nothing in it is no head.
    text = re.sub(r"<thead>\s*<tr>(?:\s*<th[^>]*></th>)+\s*</tr>\s*</thead>", "", text)
    text = text.replace("<th></th>", "<td></td>")
    text = text.replace("<table>", '<div class="table" tabindex="0"><table>')
    return text.replace("</table>", "</table></div>")


def boxed(text, kind="text"):
    """Return preformatted text in a box that scrolls if it must."""
    return f'<pre class="{kind}" tabindex="0">{text}</pre>\n'


def coloured(code):
    """Return Python code with its colours."""
    return boxed(highlight(code, PythonLexer(), HtmlFormatter(nowrap=True)), "code")


def image(png, words):
    """Return a picture with its words, below it and as its alternative text."""
    words = escape(words)
    return (
        f'<figure><img alt="{words}" src="data:image/png;base64,{png}">'
        f"<figcaption>{words}</figcaption></figure>\n"
    )


def prediction(question):
    """Return a question; each choice unfolds its reply, each number what it means."""
    if "answer" in question:
        # The first step, wrong numbers in their order, and the right one last.
        wrong = sorted(question["wrong"], key=lambda each: each["value"])
        folded = [("The first step", question["first_step"])]
        folded += [(f"You got {said(question, w['value'])}", w["reply"]) for w in wrong]
        right = f"{said(question, question['answer'])}. {question['right']}"
        folded, tag = [*folded, ("The number", right)], "ul"
    else:
        folded = [(choice["text"], choice["reply"]) for choice in question["choices"]]
        tag = "ol"
    items = "".join(
        f"<li><details><summary>{escape(summary)}</summary>"
        f"<p>{escape(reply)}</p></details></li>\n"
        for summary, reply in folded
    )
    return (
        f'<div class="prediction"><p><b>{question["lead"]}</b> '
        f"{escape(question['question'])}</p>\n"
        f"<{tag}>\n{items}</{tag}></div>\n"
    )


@cache
def state(kind, values):
    """Return a picture of this class at these values, as (name, value) pairs."""
    values = dict(values)
    png = screen(kind).png(**values)
    return image(base64.b64encode(png).decode(), kind().words(**values))


@cache
def screen(kind):
    """Return the screen that all states of a picture class are drawn on."""
    return Screen(kind())


def button_states(picture, shown):
    """Return what each button over a picture shows, folded."""
    states = [
        f'<p class="state"><b>{escape(name)}</b></p>\n'
        + state(type(picture), tuple({**picture.start, **shown, **values}.items()))
        for name, values in picture.states.items()
        if set(values) <= set(shown)
    ]
    if not states:
        return ""
    states = "".join(states)
    return f"<details><summary>What the buttons show</summary>\n{states}</details>\n"


def call_in(source):
    """Return the name and source of the call that a cell ends with, or two None."""
    last = ast.parse(source).body[-1]
    if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call):
        name = getattr(last.value.func, "id", None)
        return name, ast.get_source_segment(source, last)
    return None, None


def code_cell(room, cell, states):
    """Return a code cell with its outputs; of a prediction, the question alone."""
    name, call = call_in(cell.source)
    if name == "predict":
        return prediction(eval(call, {"predict": asked(room).get}))
    parts = [coloured(cell.source)]
    for output in cell.outputs:
        data = output.get("data", {})
        text = output.get("text") or data.get("text/plain", "")
        if "image/png" in data:
            parts.append(image("".join(data["image/png"].split()), text))
        else:
            parts.append(boxed(escape(text.rstrip())))
    if name == "live" and states:
        parts.append(button_states(*opened(room, call)))
    return "".join(parts)


def contents(body):
    """Return links to the headings of a long page, folded."""
    headings = re.findall(r'<h2 id="(.+?)">(.+?)</h2>', body)
    links = "".join(
        f'<li><a href="#{place}">{text}</a></li>\n' for place, text in headings
    )
    if len(headings) < 3:
        return ""
    return f"<details><summary>On this page</summary>\n<ul>\n{links}</ul></details>\n"


def page(title, body, links=(None, None, None)):
    """Return a whole page. links: the pages before it, above it and after it."""
    words = ("← Before", "All pages", "Next →")
    shown = [f'<a href="{link}">{word}</a>' for word, link in zip(words, links) if link]
    nav = '<nav aria-label="{}">' + " ".join(shown) + "</nav>" if shown else ""
    return PAGE.format(
        title=escape(title),
        style=STYLE,
        before=nav.format("Pages, top"),
        body=body.replace("</h1>\n", "</h1>\n" + contents(body), 1),
        after=nav.format("Pages, bottom"),
    )


def notebook_page(path, links, states):
    """Return one notebook as a page."""
    cells = nbformat.read(path, as_version=4).cells
    parts = [
        code_cell(room_at(path), cell, states)
        if cell.cell_type == "code"
        else html(cell.source)
        for cell in cells
    ]
    title = cells[0].source.splitlines()[0].removeprefix("# ")
    parts.insert(1, STILL + UNFOLD)
    return page(f"{title} · Backpropagation", "\n".join(parts), links)


def index_page():
    """Return the first page: README's title, opening words and map of the stages."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    opening = re.split(r"^!\[|^## ", readme, maxsplit=1, flags=re.M)[0]
    course = re.search(r"^## The course\n.+?(?=^## )", readme, flags=re.M | re.S)[0]
    guide = f"\nFor teachers: [plans, questions and answers]({GUIDE.name}).\n"
    last = f"\nTo read last: [the module itself]({MODULE.name}).\n"
    course += (guide if GUIDE.exists() else "") + last
    body = html(opening) + STILL + html(course)
    return page("Backpropagation: move it and see", body)


def build(folder, states=True):
    """Write all pages into a folder; return their paths.

    states: whether to draw what each button over a picture shows, which takes longest.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = [f"{path.stem}.html" for path in notebooks()]
    pages = {"index.html": index_page()}
    for i, path in enumerate(notebooks()):
        before = names[i - 1] if i else None
        after = names[i + 1] if i + 1 < len(names) else None
        pages[names[i]] = notebook_page(path, (before, "index.html", after), states)
    if GUIDE.exists():
        text = GUIDE.read_text(encoding="utf-8")
        title = text.splitlines()[0].removeprefix("# ")
        links = (None, "index.html", None)
        pages[f"{GUIDE.stem}.html"] = page(title, html(text), links)
    code = MODULE.read_text(encoding="utf-8")
    body = f"<h1>{MODULE.name}</h1>\n{coloured(code)}"
    pages[f"{MODULE.stem}.html"] = page(MODULE.name, body, (None, "index.html", None))
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in pages]


if __name__ == "__main__":
    target = Path(*sys.argv[1:2]) if sys.argv[1:] else ROOT / "build" / "html"
    print(f"{len(build(target))} pages in {target}; begin with index.html")
