"""The teacher's guide says what is on the screen: questions, buttons, words, times."""

import ast
import inspect
import re
from functools import cache

import nbformat
import pytest
from course import ROOMS, asked, exercises, opened
from live_pages import steps
from notebook_tool import FOLDER, notebooks

from backprop import exercise
from backprop.picture import Knob
from backprop.question import said

GUIDE = (FOLDER.parent / "docs" / "teaching.md").read_text(encoding="utf-8")
STAGES = [path.stem[:2] for path in notebooks()]
PATHS = {path.stem[:2]: path for path in notebooks()}
ROOM = dict(zip(STAGES, ROOMS))
each_stage = pytest.mark.parametrize("stage", STAGES)


def section(title, level="##"):
    """Return the guide from one heading to the next of its level."""
    pattern = rf"^{level} {title}.*?(?=^#{{1,{len(level)}}} |\Z)"
    (found,) = re.findall(pattern, GUIDE, flags=re.M | re.S)
    return found


def rows(text):
    """Return the cells of the table rows in a text, without heads."""
    found = re.findall(r"^\|(.+)\|$", text, flags=re.M)
    table = [[cell.strip() for cell in row.split("|")] for row in found]
    rules = [i for i, row in enumerate(table) if set("".join(row)) <= set("-")]
    return [row for i, row in enumerate(table) if i not in rules and i + 1 not in rules]


@cache
def cells(stage):
    return nbformat.read(PATHS[stage], as_version=4).cells


@cache
def calls(stage, name):
    """Return the calls of `predict` or `live` in a stage's notebook, as source."""
    found = []
    for cell in cells(stage):
        if cell.cell_type == "code":
            last = ast.parse(cell.source).body[-1]
            call = last.value if isinstance(last, ast.Expr) else None
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == name:
                found.append(ast.unparse(call).replace("'", '"'))
    return found


def printed(stage):
    """Return all text that a stage's notebook has printed."""
    outputs = [o for c in cells(stage) for o in c.get("outputs", [])]
    return "\n".join(o.get("text") or o["data"].get("text/plain", "") for o in outputs)


def blocks(stage):
    """Return the questions of a stage in the guide, each with its lines."""
    return re.findall(
        r"^\*\*Ask.+?(?=^\*\*|\Z)", section(f"Stage {stage}"), re.M | re.S
    )


# -- each stage: its parts, its questions, its pictures


@each_stage
def test_each_stage_has_its_parts(stage):
    text = section(f"Stage {stage}")
    parts = ("They will", "Board", "Ask", "Code errors", "Exit ticket.", "Bridge:")
    assert all(f"**{part}" in text for part in parts)
    assert "*Key:*" in text


@each_stage
def test_every_prediction_is_there_in_order_word_for_word(stage):
    quoted = [
        found
        for block in blocks(stage)
        if (found := re.match(r"\*\*Ask\*\* \*(.+?)\*: “(.+?)”\n", block))
    ]
    order = [re.search(r'"(.+)"', call)[1] for call in calls(stage, "predict")]
    assert [found[1] for found in quoted] == order
    for found in quoted:
        assert found[2] == asked(ROOM[stage])[found[1]]["question"]


@each_stage
def test_right_and_wrong_choices_are_those_on_the_screen(stage):
    for block in blocks(stage):
        name = re.match(r"\*\*Ask\*\* \*(.+?)\*", block)
        if not name:
            continue
        right, wrong = answers(asked(ROOM[stage])[name[1]])
        assert re.findall(r"^- Right: “(.+?)”$", block, re.M) == right
        told = re.findall(r"^- Wrong: “(.+?)” Say: .{10,}$", block, re.M)
        assert told and set(told) <= set(wrong), (name[1], told)
        assert "- Settle it: " in block


def answers(one):
    """Return the right and the wrong answers of a question, as on the screen."""
    if "answer" in one:
        wrong = [said(one, each["value"]) for each in one["wrong"]]
        return [said(one, one["answer"])], wrong
    right = [c["text"] for c in one["choices"] if c.get("right")]
    return right, [c["text"] for c in one["choices"] if not c.get("right")]


@each_stage
def test_each_question_has_the_same_rhythm(stage):
    """What is right, the wrong answers to expect, the picture, what settles it."""
    for block in blocks(stage):
        labels = re.findall(
            r"^- (Right|Wrong|Expect|Opens|Settle it|Then say):", block, re.M
        )
        rhythm = r"(Right (Wrong )+|Expect )(Opens )?Settle it( Then say)?"
        assert re.fullmatch(rhythm, " ".join(labels)), block
        assert len(labels) == len(re.findall("^- ", block, re.M)), block


@each_stage
def test_every_live_picture_opens_as_on_the_page_in_order(stage):
    opened = re.findall(r"^- Opens: `(.+?)`$", section(f"Stage {stage}"), re.M)
    assert opened == calls(stage, "live")


@each_stage
def test_each_move_shows_the_words_quoted(stage):
    for block in blocks(stage):
        opens = re.search(r"^- Opens: `(.+?)`$", block, re.M)
        buttons = re.findall(r"\*\*\[(.+?)\]\*\*", block)
        if not opens:
            assert stage == "05" or not buttons, block
            continue
        picture, shown = opened(ROOM[stage], opens[1])
        (settle,) = re.findall(r"^- Settle it: (.+)$", block, re.M)
        walk(picture, shown, settle)
        assert set(buttons) <= reachable(picture, shown), block


def reachable(picture, shown):
    states = {n for n, values in picture.states.items() if set(values) <= set(shown)}
    return states | {"Reset"}


@each_stage
def test_each_button_changes_the_opening_picture(stage):
    for call in calls(stage, "live"):
        picture, shown = opened(ROOM[stage], call)
        opening = {**picture.start, **shown}
        for name in reachable(picture, shown) - {"Reset"}:
            assert {**opening, **picture.states[name]} != opening, (call, name)


def walk(picture, shown, settle):
    """Make the moves of a line one by one; compare the words it quotes."""
    values = {**picture.start, **shown}
    controls = {control.label: name for name, control in picture.controls.items()}
    step = re.compile(
        r"\*\*\[(?P<button>.+?)\]\*\*"
        r"|\*\*(?P<label>[^*]+)\*\* to (?P<value>.+?)(?=: “| and \*\*|[;,.] )"
        r"|“(?P<words>.+?)”"
    )
    for found in step.finditer(settle):
        if found["button"]:
            assert found["button"] in reachable(picture, shown)
            reset = {**picture.start, **shown}
            values.update(picture.states.get(found["button"], reset))
        elif found["label"] in controls and found["value"] != "the left":
            name = controls[found["label"]]
            assert name in shown, found["label"]
            value = found["value"]
            if isinstance(picture.controls[name], Knob):
                value = float(value.replace("−", "-").replace(",", ""))
            values.update(picture.check(**{name: value}))
        elif found["words"]:
            words = picture.words(**values)
            assert found["words"] in words, (values, words)


@each_stage
def test_what_a_cell_is_said_to_print_is_printed(stage):
    for block in blocks(stage):
        for quoted in re.findall(r"run the (?:next cell|table)[^`]*?`(.+?)`", block):
            assert quoted in printed(stage), quoted


@each_stage
def test_code_errors_are_named_as_the_check_names_them(stage):
    known = exercises(ROOM[stage])
    table = rows(section(f"Stage {stage}").split("**Code errors**")[-1])
    general = inspect.getsource(exercise)
    for name, _, says in table if known else []:
        said = re.search("“(.+?)”", says)[1]
        one = known[name.strip("`")]
        own = inspect.getsource(inspect.getmodule(type(one)))  # such as a challenge's
        assert (
            any(said in mistake for mistake in one.mistakes)
            or said.replace("W", "{name}") in general
            or said in own
        ), (name, said)
    assert {name.strip("`") for name, _, _ in table if known} == set(known)


# -- plans and minutes

# Each plan: its heading, its column in the table of minutes, its sessions in minutes.
PLANS = {
    "45 minutes": ("45 minutes", [45]),
    "90 minutes": ("90 minutes", [90]),
    "Three sessions of 90 minutes": ("three sessions", [90] * 3),
    "Six sessions of 90 minutes": ("six sessions", [90] * 6),
}
each_plan = pytest.mark.parametrize("title", PLANS)


def sessions(title):
    """Return the table of each session of a plan."""
    text = section(title, "###")
    parts = text.split("**Session")[1:] if "**Session" in text else [text]
    return [rows(part) for part in parts]


def stage_of(what):
    """Return the stage that a row of a plan belongs to; None for a break, a quiz."""
    found = re.search(r"\b[Ss]tage (\d\d)", what)
    return found[1] if found and "Quiz" not in what else None


def total(numbers):
    """Return the sum of the numbers in cells, as 50 + 30 or nothing."""
    return sum(int(number) for cell in numbers for number in re.findall(r"\d+", cell))


def minutes():
    """Return the table of minutes: its heads, and each row by stage, other or all."""
    text = section("The stages in minutes")
    (heads,) = re.findall(r"^\| stage \|(.+)\|$", text, re.M)
    names = {"qui": "other", "all": "all"}
    table = {
        names.get(first[:3], first[1:3]): cells for first, *cells in rows(text)
    }  # fmt: skip
    return [head.strip() for head in heads.split("|")], table


def test_the_twenty_minutes_before_are_twenty():
    table = rows(section("The 20 minutes before"))
    assert total(row[0] for row in table) == 20


@each_plan
def test_the_minutes_of_each_plan_add_up(title):
    for table, wanted in zip(sessions(title), PLANS[title][1], strict=True):
        end = 0
        for start, length, *_ in table:
            assert int(start) == end, (title, start)
            end += int(length)
        assert end == wanted, title


@each_plan
def test_the_minutes_of_each_plan_are_those_of_its_stages(title):
    name, wanted = PLANS[title]
    heads, table = minutes()
    taken = dict.fromkeys([*STAGES, "other"], 0)
    for _, length, what, *_ in sum(sessions(title), []):
        taken[stage_of(what) or "other"] += int(length)
    column = heads.index(name)
    assert taken == {stage: total([table[stage][column]]) for stage in taken}
    assert total([table["all"][column]]) == sum(wanted)


def test_each_column_of_the_minutes_adds_up():
    heads, table = minutes()
    for column, head in enumerate(heads):
        parts = [cells[column] for name, cells in table.items() if name != "all"]
        assert total(parts) == total([table["all"][column]]), head


@each_plan
def test_nobody_only_watches_for_more_than_ten_minutes(title):
    for table in sessions(title):
        since = 0
        for start, length, what, writes, _ in table:
            start, length = int(start), int(length)
            if what == "Break":
                since = start + length
            elif writes:
                assert start - since <= 10, (title, start)
                since = start + length * writes.startswith("all the time")
        assert start + length - since <= 10, title


def test_the_evening_takes_each_page_without_what_may_be_left_out():
    heads, table = minutes()
    alone, evening = heads.index("alone"), heads.index("an evening")
    text = rows(section("An evening alone", "###"))
    taken = {stage_of(what): int(length) for what, length in text if "/" in what}
    for stage, length in taken.items():
        assert length == total([table[stage][alone].split("+")[0]]), stage
    for stage in STAGES:
        assert total([table[stage][evening]]) == taken.get(stage, 0), stage
    assert total(length for _, length in text) == total([table["all"][evening]])


def seconds(stage, name):
    """Return what a question takes: read, written, voted on, answered, settled."""
    (block,) = (b for b in blocks(stage) if b.startswith(f"**Ask** *{name}*"))
    one = asked(ROOM[stage])[name]
    choices = [choice["text"] for choice in one.get("choices", [])]
    replies = [each["reply"] for each in one.get("choices", one.get("wrong"))]
    aloud = " ".join([one["question"], *choices, max(replies, key=len)])
    moves = re.findall(r"\*\*\[|\*\* to ", block.split("Settle it:")[-1])
    return len(aloud.split()) / 130 * 60 + 30 + 20 + 7 * len(moves)


@each_plan
def test_what_is_read_written_and_moved_leaves_two_fifths_of_each_row(title):
    for start, length, what, *_ in sum(sessions(title), []):
        names = re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", what)
        taken = sum(seconds(stage_of(what), name) for name in names)
        assert taken <= 0.6 * 60 * int(length), (title, start, taken)


def test_plans_name_predictions_exercises_and_buttons_that_exist():
    buttons = {b for stage in STAGES for b in all_buttons(stage)}
    for what, writes, cut in (
        row[2:] for title in PLANS for row in sum(sessions(title), [])
    ):
        stage, whole = stage_of(what), f"{what} {writes} {cut}"
        known = asked(ROOM[stage]) if stage else {}
        italics = set(re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", whole))
        assert italics <= set(known), whole
        assert set(re.findall(r"\*\*\[(.+?)\]\*\*", whole)) <= buttons, whole
        typed = re.search("all the time: `(.+)`", writes)
        assert not typed or typed[1] in exercises(ROOM[stage]), whole
        for text in (writes, cut):  # of what the row is about
            named = set(re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", text))
            assert all(f"*{name}*" in what for name in named), whole


# Where a row begins that names neither a question nor an exercise: at such a line.
BEGINS = {
    "aim, and the four rows": "## Four rows to learn",
    "forward": "### Forward",
    "backward": "### Three things to recall",  # asked before the cell that prints it
    "is it right?": "Going backward through the chain of factors",
    "the step": "### The step",
    "the same in PyTorch": "### In PyTorch",
}


def steps_where(stage, there):
    """Return the numbers of a stage's steps in class view with such a cell."""
    numbered = enumerate(steps(cells(stage)), 1)
    return [number for number, step in numbered if any(map(there, step))]


def begins(stage, what, writes):
    """Return the step of class view with which a row of a plan begins, or None."""
    heading = next((BEGINS[head] for head in BEGINS if what.startswith(head)), None)
    asks = re.search(r"(?<!\*)\*([^*]+)\*(?!\*)", what)
    typed = re.search("all the time: `(.+)`", writes)
    if heading:
        lines = f"\n{heading}"
        found = steps_where(stage, lambda c: lines in f"\n{c.source}")
    elif typed:
        found = steps_where(stage, lambda c: c.source.endswith(f"check({typed[1]})"))
    elif asks:
        call = f'predict("{asks[1]}")'
        found = steps_where(stage, lambda c: c.source.endswith(call))
    else:
        assert what == "the exit ticket"  # which is on no page
        return None
    (step,) = found
    return step


@each_plan
def test_each_row_of_a_plan_names_its_step_in_class_view(title):
    for _, _, what, writes, _ in sum(sessions(title), []):
        stage = stage_of(what)
        if stage is None or what.startswith("Two answers"):
            continue
        link, what = re.match(r"(\[.+?\]\(.+?\)): (.+)", what).groups()
        place = f"../notebooks/{PATHS[stage].name}"
        step = begins(stage, what, writes)
        assert link == (
            f"[Stage {stage}, step {step}]({place}#step-{step})"
            if step
            else f"[Stage {stage}]({place})"
        )


def test_the_longer_plans_have_autograd_practice_and_an_application():
    heads, table = minutes()
    for name in ("three sessions", "six sessions"):
        for stage in {
            "07",
            "10",
            *({"09"} & set(STAGES) if name[0:3] == "six" else {}),
        }:
            assert total([table[stage][heads.index(name)]]) > 0, (name, stage)


def all_buttons(stage):
    for call in calls(stage, "live"):
        yield from reachable(*opened(ROOM[stage], call))


def test_minutes_agree_with_the_maps_and_the_notebooks():
    heads, table = minutes()
    assert [name for name in table if name not in ("other", "all")] == STAGES
    alone = {stage: total([table[stage][heads.index("alone")]]) for stage in STAGES}
    readme = (FOLDER.parent / "README.md").read_text(encoding="utf-8")
    start = "\n".join(c.source for c in cells("00"))
    for text, stages in (readme, STAGES), (start, STAGES[1:]):
        found = re.findall(r"^\| \[(\d\d) .+ \| (\d+) \|$", text, re.M)
        assert found == [(stage, str(alone[stage])) for stage in stages]
    for stage in STAGES:
        time = re.search(r"\*\*Time:\*\* (.+)", cells(stage)[0].source)[1]
        told, in_class = re.split(r"In class:", time)
        assert int(re.match(r"\d+", told)[0]) == alone[stage], stage
        left_out = re.findall(r"(\d+) of them, may be left out", told)
        assert table[stage][heads.index("alone")].split(" + ")[1:] == left_out, stage
        in_class_here = table[stage][heads.index("in class")]
        assert in_class_here in re.findall(r"\d+", in_class), stage


def test_the_hours_are_those_of_the_minutes():
    heads, table = minutes()
    alone = {stage: total([table[stage][heads.index("alone")]]) for stage in STAGES}
    whole = round(sum(alone.values()) / 60)
    words = {9: "nine", 10: "ten", 11: "eleven", 12: "twelve"}
    for name in ("README.md", "tools/page/front.md"):
        text = (FOLDER.parent / name).read_text(encoding="utf-8")
        assert f"about {words[whole]} hours alone" in text.lower(), name
    start = "\n".join(c.source for c in cells("00"))
    paths = dict(re.findall(r"^\| (an? .+?) \| .+ \| ([\d½]+) \|$", start, re.M))
    weekend = sum(alone[stage] for stage in STAGES if stage <= "07")
    taken = {
        "an evening": total([table["all"][heads.index("an evening")]]),
        "a weekend": weekend,
        "a few weeks": sum(alone.values()),
    }
    for path, length in taken.items():
        told = float(paths[path].replace("½", ".5"))
        assert abs(told - length / 60) <= 0.25, (path, length)


# -- the pages for teachers


@pytest.mark.parametrize("name", ["teaching.md", "classroom.md"])
def test_the_contents_lead_to_each_section(name):
    text = (FOLDER.parent / "docs" / name).read_text(encoding="utf-8")
    levels = "#{2,3}" if name == "teaching.md" else "##"
    titles = re.findall(rf"^{levels} (.+)$", text, re.M)
    # As GitHub names a heading; the live pages do the same.
    names = [re.sub(r"[^\w\- ]", "", t.lower()).replace(" ", "-") for t in titles]
    assert re.findall(r"^ *- \[(.+)\]\(#(.+)\)$", text, re.M) == list(
        zip(titles, names)
    )
    assert set(re.findall(r"\]\(#(.+?)\)", text)) <= set(names)


def test_each_way_to_a_class_stands_in_one_place():
    room = (FOLDER.parent / "docs" / "classroom.md").read_text(encoding="utf-8")
    for words in ("nbgitpuller", "JupyterHub", "Binder", "build/html` to the lab"):
        assert words in room and words not in GUIDE
