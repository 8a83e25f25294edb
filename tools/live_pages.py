"""The course as pages that are live with no Python: one HTML file a notebook.

A page is one file: its pictures with all their states, style and formulas (MathML) are
in it, so it needs no network; it can be mailed or carried on a stick. Where no script
runs, and on paper, it is a copy to read: each picture stands still, with what its
buttons show.
"""

import argparse
import ast
import base64
import hashlib
import json
import re
import sys
from html import escape, unescape
from io import BytesIO
from multiprocessing import Pool
from pathlib import Path
from urllib.parse import unquote

import nbformat
from course import asked, opened, room_at
from latex2mathml.converter import convert as mathml
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from notebook_tool import FOLDER, notebooks
from packed import Runs, pack, told
from PIL import Image
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from backprop import number
from backprop.frame import Screen
from backprop.picture import Knob
from backprop.question import said

ROOT = FOLDER.parent
PAGE_FILES = Path(__file__).parent / "page"
STYLE = (PAGE_FILES / "page.css").read_text(encoding="utf-8")
SCRIPT = "".join(
    (PAGE_FILES / name).read_text(encoding="utf-8")
    for name in ("number.js", "question.js", "picture.js", "class_view.js")
)
README = (ROOT / "README.md").read_text(encoding="utf-8")
BINDER = re.search(r"^\[binder\]: (\S+)$", README, flags=re.M)[1]
GUIDES = [ROOT / "docs" / name for name in ("teaching.md", "classroom.md")]
MODULE = ROOT / "src" / "backprop" / "network.py"  # the last page to read

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
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
{script}</body>
</html>
"""
# The browser lets a page load nothing, and run no script but this one.
HASH = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
    f"script-src 'sha256-{HASH}'"
)
# Pages that stood elsewhere: an address that somebody kept leads to where they are.
OLD = {
    "07_when_learning_fails": "08_when_learning_fails",
    "08_applications": "10_applications",
}
MOVED = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>This page has moved</title>
<meta http-equiv="refresh" content="0; url={url}">
<p>This page is <a href="{url}">here</a> now.</p>
</html>
"""
PALETTE = 128  # colours of a still picture: none that can be seen is missing
SHORT = 160  # characters of a text that leaves room for a picture on a projector
CLASS = """<p class="note script-note"><button type="button" class="enter">Class
view</button> One step at a time, in large type. Go on and back by the arrow keys, Page
Up and Page Down, the space bar or a clicker; a number and Enter go to that step; Esc
leaves.</p>
"""
BAR = """<div class="bar" role="group" aria-label="Class view">
<button type="button">← Back</button>
<form autocomplete="off"><label>Step <input type="text" inputmode="numeric"></label> of
<span class="count"></span> <button>Go</button></form>
<button type="button">Next →</button> <button type="button">Leave class view</button>
<b class="message" role="alert"></b></div>
"""
NOTE = """<p class="note live-note">The pictures on this page are live: move their
sliders. A click on a choice shows its reply. Nothing is sent anywhere.</p>
<p class="note still-note">The pictures on this page stand still. A click on a choice
shows its reply; “What the buttons show” has the other states of a picture. Nothing is
sent anywhere.</p>
"""
FEWER = """<p class="note live-note">Here this picture has some runs to choose from, and
no others. In the notebook each of its controls moves.</p>
"""
UNFOLD = """<input type="checkbox" id="unfold" class="note"><label for="unfold"
class="note">Unfold all, also for printing: replies, button states and solutions</label>
"""


class Renderer(IPythonRenderer):
    """Markdown to HTML: formulas as MathML, links to pages in place of notebooks."""

    def block_math(self, body):
        """Return a formula on a line of its own."""
        # Focusable, so that a wide formula can be scrolled from the keyboard.
        box = '<span class="formula" role="group" aria-label="Formula" tabindex="0">'
        return f"{box}{formula(body, 'block')}</span>"

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
    text = text.replace(
        "<table>",
        '<div class="table" role="group" aria-label="Table" tabindex="0"><table>',
    )
    return text.replace("</table>", "</table></div>")


def boxed(text, kind="text"):
    """Return preformatted text in a box that scrolls if it must."""
    name = "Text" if kind == "text" else "Code"  # what the box says when it is reached
    box = f'<pre class="{kind}" role="group" aria-label="{name}" tabindex="0">'
    return f"{box}{text}</pre>\n"


def coloured(code, kind="code"):
    """Return Python code with its colours."""
    return boxed(highlight(code, PythonLexer(), HtmlFormatter(nowrap=True)), kind)


def image(png, words):
    """Return a picture with its words, below it and as its alternative text."""
    words = escape(words)
    return (
        f'<figure><img alt="{words}" src="data:image/png;base64,{png}">'
        f"<figcaption>{words}</figcaption></figure>\n"
    )


def prediction(question):
    """Return a question; each choice unfolds its reply.

    Where the answer is a number, it is typed; where no script runs, it unfolds.
    """
    if "answer" not in question:
        replies = [(choice["text"], choice["reply"]) for choice in question["choices"]]
        return boxed_question(question, unfolding(replies, 'ol type="A"'))
    # The first step, wrong numbers in their order, and the right one last.
    wrong = sorted(question["wrong"], key=lambda each: each["value"])
    right = f"{said(question, question['answer'])}. {question['right']}"
    replies = [
        ("The first step", question["first_step"]),
        *(
            (f"You got {said(question, each['value'])}", each["reply"])
            for each in wrong
        ),
        ("The number", right),
    ]
    still = unfolding(replies, 'ul class="no-script"')
    return boxed_question(question, number_form(told(question)) + still)


def boxed_question(question, answers):
    """Return a question in its box."""
    return (
        f'<div class="prediction"><p><b>{question["lead"]}</b> '
        f"{escape(question['question'])}</p>\n{answers}</div>\n"
    )


def unfolding(replies, tag):
    """Return a list of texts, each of which unfolds the reply to it."""
    items = "".join(
        f"<li><details><summary>{escape(text)}</summary>"
        f"<p>{escape(reply)}</p></details></li>\n"
        for text, reply in replies
    )
    return f"<{tag}>\n{items}</{tag.split()[0]}>\n"


def number_form(asked=None):
    """Return a box for a number, a button, and room for the reply."""
    data = f' data-asked="{escape(json.dumps(asked))}"' if asked else ""
    return (
        f'<form class="answer"{data} autocomplete="off"><label>Your number '
        '<input type="text"></label> <button>Check</button>\n'
        '<p role="status"></p></form>\n'
    )


def state(screen, **values):
    """Return the picture of a screen at these values, still.

    With a palette, since a page has many of them: it takes a third of the room.
    """
    pixels, png = Image.fromarray(screen.pixels(**values)).convert("RGB"), BytesIO()
    pixels.quantize(PALETTE, dither=Image.Dither.NONE).save(png, "png", optimize=True)
    encoded = base64.b64encode(png.getvalue()).decode()
    return image(encoded, screen.picture.words(**values))


def button_states(picture, shown):
    """Return what each button over a picture shows, folded."""
    screen = Screen(picture)
    states = [
        f'<p class="state"><b>{escape(name)}</b></p>\n'
        + state(screen, **{**picture.start, **shown, **values})
        for name, values in picture.states.items()
        if set(values) <= set(shown)
    ]
    if not states:
        return ""
    states = "".join(states)
    return f"<details><summary>What the buttons show</summary>\n{states}</details>\n"


def live_picture(picture, shown, place, asks=False):
    """Return a picture under its controls, and the SVG elements that it refers to.

    place: what its ids on the page begin with. asks: whether the number that comes next
    is to be typed.
    """
    packed = pack(picture, shown, asks)
    controls = [picture.controls[name] for name in packed.grid]
    stops = [
        [number.write(stop) if isinstance(control, Knob) else stop for stop in grid]
        for control, grid in zip(controls, packed.grid.values())
    ]
    knobs = [
        {"name": name, "label": control.label, "stops": texts, "need": need(control)}
        for name, control, texts in zip(packed.grid, controls, stops)
    ]
    known = {"knobs": knobs, "start": packed.start, "tile": packed.tile}
    rows = "".join(
        control_row(*each, f"{place}-{name}")
        for name, *each in zip(packed.grid, controls, stops, packed.start)
    )
    tiles = "".join(
        f'<script type="text/plain" data-tile="{name}">{content}</script>\n'
        for name, content in packed.tiles.items()
    )
    asking = f'<div class="asking"><p></p>\n{number_form()}</div>\n'
    width, height = packed.size
    html = (
        f'<div class="live" style="--rows: {len(controls) + 2 * asks}">\n'
        f"{state_buttons(picture, packed)}{rows}{asking if asks else ''}"
        f'<figure><div class="frame" role="img" aria-label="{escape(packed.words)}" '
        f'style="--width: {width}; --height: {height}"><div></div><div></div></div>'
        f'<figcaption aria-hidden="true">{escape(packed.words)}</figcaption></figure>\n'
        '<p class="spoken" role="status"></p>\n'
        f'<script type="application/json">{in_script(known)}</script>\n{tiles}</div>\n'
    )
    return html, packed.defs


def need(control):
    """Return what a number that is typed needs to be; of a choice, nothing."""
    if not isinstance(control, Knob):
        return None
    kind = "a whole number" if control.whole else "a number"
    low, high = (number.write(control.stops[end]) for end in (0, -1))
    return f"{kind} from {low} to {high}"


def control_row(control, texts, start, place):
    """Return a control as the notebook shows it: box and slider, or options."""
    label = escape(control.label)
    if not isinstance(control, Knob):
        options = "".join(
            f'<label><input type="radio" name="{place}" value="{at}"'
            f"{' checked' * (at == start)}> {escape(text)}</label>\n"
            for at, text in enumerate(texts)
        )
        return (
            f'<fieldset class="control"><legend>{label}</legend>\n{options}'
            "</fieldset>\n"
        )
    play = '<button type="button" class="play">Play</button>' if control.play else ""
    return (
        f'<div class="control"><label for="{place}">{label}</label>'
        f'<input type="text" id="{place}" value="{texts[start]}" autocomplete="off">'
        f'<input type="range" aria-label="{label}" aria-valuetext="{texts[start]}" '
        f'min="0" max="{len(texts) - 1}" value="{start}" autocomplete="off">{play}'
        "</div>\n"
    )


def state_buttons(picture, packed):
    """Return the row of named states that these controls can reach, then Reset."""
    grid = packed.grid
    states = {
        name: [
            grid[each].index(values[each]) if each in values else None for each in grid
        ]
        for name, values in picture.states.items()
        if set(values) <= set(grid)
    }
    states["Reset"] = packed.start
    buttons = "".join(
        f'<button type="button" data-to="{json.dumps(to)}">{escape(name)}</button>\n'
        for name, to in states.items()
    )
    return (
        f'<div class="states">\n{buttons}<b class="message" role="alert"></b></div>\n'
    )


def in_script(content):
    """Return JSON that can't end the script it stands in."""
    return json.dumps(content, ensure_ascii=False).replace("</", "<\\/")


def call_in(source):
    """Return the name and source of the call that a cell ends with, or two None."""
    last = ast.parse(source).body[-1]
    if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call):
        name = getattr(last.value.func, "id", None)
        return name, ast.get_source_segment(source, last)
    return None, None


def code_cell(path, cell, defs):
    """Return a code cell with its outputs; of a prediction, the question alone.

    defs: takes the SVG elements that a live picture refers to; None if no picture is to
    be live, nor to show what its buttons do.
    """
    room = room_at(path)
    name, call = call_in(cell.source)
    if name == "predict":
        return prediction(eval(call, {"predict": asked(room).get}))
    parts = [coloured(cell.source, "code call" if name == "live" else "code")]
    for output in cell.outputs:
        data = output.get("data", {})
        text = output.get("text") or data.get("text/plain", "")
        if "image/png" in data:
            still = image("".join(data["image/png"].split()), text)
            asks = bool(re.search(r"\bask=True\b", call))
            parts.append(picture(still, *opened(room, call), cell.id, defs, asks))
        else:
            parts.append(boxed(escape(text.rstrip())))
    if name == "check":
        parts.append(f'<p class="run">To try it: {where(path)}</p>\n')
    return "".join(parts)


def picture(still, opens, shown, place, defs, asks=False):
    """Return a picture, live, and still for where no script runs and for paper."""
    live = ""
    if defs is not None:
        still += button_states(opens, shown)
        if opens.along:
            opens = Runs(opens, shown)
            shown, live = opens.start, FEWER
        html, new = live_picture(opens, shown, place, asks)
        live += html
        defs.update(new)
    return f'<div class="picture">{live}<div class="still">{still}</div></div>\n'


def steps(cells):
    """Return the cells in groups, each of which the class sees at once.

    A text stands with the code below it; a question or a picture alone, or with a
    short text.
    """
    groups = []
    for cell in cells:
        last = groups[-1] if groups else []
        texts = [each.source for each in last if each.cell_type == "markdown"]
        alone = call_in_cell(cell) in ("predict", "live")
        if (
            len(texts) == len(last) == 1
            and cell.cell_type == "code"
            and (not alone or len(texts[0]) <= SHORT)
        ):
            last.append(cell)
        else:
            groups.append([cell])
    return groups


def kind_of(step):
    """Return the classes of a step."""
    pictured = "live" in map(call_in_cell, step)
    return "step pictured" if pictured else "step"


def call_in_cell(cell):
    """Return the name of the call that a cell ends with, or None."""
    return call_in(cell.source)[0] if cell.cell_type == "code" else None


def where(path):
    """Return where a notebook's code runs, as HTML.

    The comment in it holds the place of a browser edition beside the page.
    """
    places = f"<!--run {path.stem}-->"
    if "/OWNER/REPO/" not in BINDER:
        address = BINDER.replace("00_start_here", path.stem)
        places += f'<a href="{address}">on Binder</a>, or '
    return f"{places}on your own machine, with <code>make lab</code>."


def contents(body):
    """Return links to the headings of a long page, folded."""
    headings = re.findall(r'<h2 id="(.+?)">(.+?)</h2>', body)
    links = "".join(
        f'<li><a href="#{place}">{text}</a></li>\n' for place, text in headings
    )
    if len(headings) < 4:
        return ""
    return (
        '<details class="contents"><summary>On this page</summary>\n'
        f"<ul>\n{links}</ul></details>\n"
    )


def page(title, body, links=(None, None, None), defs=None):
    """Return a whole page.

    links: the pages before it, above it and after it. defs: what its live pictures
    refer to.
    """
    words = ("← Before", "All pages", "Next →")
    shown = [f'<a href="{link}">{word}</a>' for word, link in zip(words, links) if link]
    nav = '<nav aria-label="{}">' + " ".join(shown) + "</nav>" if shown else ""
    parts = "".join((defs or {}).values())
    # Of no size, but not hidden: what is hidden can't be referred to.
    svg = f'<svg width="0" height="0" class="defs" aria-hidden="true">{parts}</svg>\n'
    return PAGE.format(
        title=escape(title),
        policy=POLICY,
        style=STYLE,
        before=nav.format("Pages, top"),
        body=body.replace("</h1>\n", "</h1>\n" + contents(body), 1),
        after=nav.format("Pages, bottom"),
        script=f"{svg if parts else ''}<script>{SCRIPT}</script>\n",
    )


def notebook_page(path, links, whole=True):
    """Return one notebook as a page.

    whole: with all states of its pictures, which takes longest.
    """
    cells = nbformat.read(path, as_version=4).cells
    defs = {} if whole else None
    parts = [
        f'<div class="{kind_of(step)}" id="step-{place}">\n'
        + "\n".join(
            code_cell(path, cell, defs)
            if cell.cell_type == "code"
            else html(cell.source)
            for cell in step
        )
        + "</div>"
        for place, step in enumerate(steps(cells), 1)
    ]
    title = cells[0].source.splitlines()[0].removeprefix("# ")
    runs = f'<p class="note">The code of this page runs {where(path)}</p>\n'
    parts.insert(1, NOTE + CLASS + runs + UNFOLD)
    parts.append(BAR)
    return page(f"{title} · Backpropagation", "\n".join(parts), links, defs)


def index_page(whole=True):
    """Return the first page: the course, a picture that moves, the stages, paths."""
    text = (PAGE_FILES / "front.md").read_text(encoding="utf-8")
    stages = re.search(r"^\| stage \|.+?(?=\n\n)", README, flags=re.M | re.S)[0]
    training, shown = opened("training_loop", "live(Training(), iteration=0)")
    png = base64.b64encode(Screen(training).png(**training.start)).decode()
    still = image(png, training.words(**training.start))
    defs = {} if whole else None
    body = html(text.replace("STAGES", stages).replace("RUN", where(notebooks()[0])))
    first = picture(still, training, shown, "first", defs)
    body = body.replace("<p>PICTURE</p>", first)
    return page("Backpropagation: move it and see", body, defs=defs)


def guide_page(path):
    """Return one of the teacher's guides as a page."""
    text = path.read_text(encoding="utf-8")
    title = text.splitlines()[0].removeprefix("# ")
    return page(title, named_as_on_github(html(text)), (None, "index.html", None))


def named_as_on_github(text):
    """Return HTML whose headings have the names that GitHub gives them, for links."""

    def name(found):
        words = re.sub(r"[^\w-]", "", unquote(unescape(found[2])).lower())
        return f"{found[1]}{words}{found[3]}"

    return re.sub(r'(<h\d id=")(.+?)(")', name, text)


def module_page():
    """Return the module that the course builds, as a page."""
    code = MODULE.read_text(encoding="utf-8")
    body = f"<h1>{MODULE.name}</h1>\n{coloured(code)}"
    return page(MODULE.name, body, (None, "index.html", None))


def build(folder, live=None):
    """Write all pages into a folder, and what leads to them; return the pages' paths.

    live: the names of the notebooks whose pictures are live, as they all are if it is
    None; elsewhere they stand still, which takes no time.
    """
    stems = [path.stem for path in notebooks()]
    live = stems if live is None else live
    unknown = [name for name in live if name not in stems]
    if unknown:
        need = ", ".join(stems)
        raise ValueError(f"live: got {unknown[0]!r}; needs some of {need}")
    links = [None, *(f"{stem}.html" for stem in stems), None]
    jobs = {
        f"{path.stem}.html": (
            notebook_page,
            path,
            (before, "index.html", after),
            path.stem in live,
        )
        for path, before, after in zip(notebooks(), links, links[2:])
    }
    # What takes longest first: then both processes end at the same time.
    jobs = dict(sorted(jobs.items(), key=lambda job: -job[1][1].stat().st_size))
    jobs["index.html"] = (index_page, bool(live))
    jobs[f"{MODULE.stem}.html"] = (module_page,)
    jobs.update({f"{path.stem}.html": (guide_page, path) for path in GUIDES})
    folder.mkdir(parents=True, exist_ok=True)
    with Pool(2) as pool:
        for name, text in pool.imap_unordered(made, jobs.items()):
            (folder / name).write_text(text, encoding="utf-8")
    for old, new in OLD.items():
        text = MOVED.format(url=f"{new}.html")
        (folder / f"{old}.html").write_text(text, encoding="utf-8")
    return [folder / name for name in jobs]


def made(job):
    """Return the name and the text of a page."""
    name, (function, *arguments) = job
    return name, function(*arguments)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=ROOT / "build" / "html",
        help="where to (build/html)",
    )
    parser.add_argument(
        "names",
        nargs="*",
        metavar="name",
        help="a notebook whose pictures are to be live, such as 05_training_loop (all)",
    )
    asked_for = parser.parse_args()
    if (ROOT / "notebooks" / f"{asked_for.folder}.ipynb").exists():
        parser.error(f"folder: got {asked_for.folder}, a notebook; it comes second")
    try:
        pages = build(asked_for.folder, asked_for.names or None)
        print(f"{len(pages)} pages in {asked_for.folder}")
    except ValueError as error:
        sys.exit(str(error))
