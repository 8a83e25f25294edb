"""The teacher's guide says what is on the screen: questions, buttons, words, times."""

import ast
import inspect
import re
from functools import cache

import nbformat
import pytest
from course import ROOMS, asked, exercises, opened
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
        mistakes = known[name.strip("`")].mistakes
        assert (
            any(said in mistake for mistake in mistakes)
            or said.replace("W", "{name}") in general
        ), (name, said)
    assert {name.strip("`") for name, _, _ in table if known} == set(known)


# -- plans and minutes


@pytest.mark.parametrize(
    "title, level, minutes",
    [
        ("The 20 minutes before", "##", [20]),
        ("45 minutes", "###", [45]),
        ("90 minutes", "###", [90]),
        ("Three sessions of 90 minutes", "###", [90, 90, 90]),
    ],
)
def test_the_minutes_of_each_plan_add_up(title, level, minutes):
    text = section(title, level)
    for part, wanted in zip(text.split("**Session")[-len(minutes) :], minutes):
        table = rows(part)
        if len(table[0]) == 4:
            total = 0
            for start, length, *_ in table:
                assert int(start) == total, (title, start)
                total += int(length)
        else:
            total = sum(int(row[0]) for row in table)
        assert total == wanted, title


def test_plans_name_predictions_exercises_and_buttons_that_exist():
    text = section("Plans")
    lesson_05 = section("45 minutes", "###")
    buttons = {b for stage in STAGES for b in all_buttons(stage)}
    names = {name for room in ROOMS for name in exercises(room)}
    for row in rows(text):
        whole = " ".join(row)
        stages = re.findall(r"/(\d\d)_\w+\.ipynb\)", whole)
        stages += re.findall(r"of stage (\d\d)", whole)
        if whole in {" ".join(r) for r in rows(lesson_05)}:
            stages = ["05"]
        known = {name for stage in stages for name in asked(ROOM[stage])}
        italics = set(re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", whole))
        assert italics <= known, whole
        assert set(re.findall(r"\*\*\[(.+?)\]\*\*", whole)) <= buttons, whole
        assert set(re.findall("`(.+?)`", whole)) <= names, whole


def all_buttons(stage):
    for call in calls(stage, "live"):
        yield from reachable(*opened(ROOM[stage], call))


def test_minutes_agree_with_the_maps_and_the_notebooks():
    table = {
        name[1:3]: (int(alone), int(in_class))
        for name, alone, in_class in rows(section("The stages in minutes"))
    }
    assert list(table) == STAGES
    readme = (FOLDER.parent / "README.md").read_text(encoding="utf-8")
    start = "\n".join(c.source for c in cells("00"))
    for text, stages in (readme, STAGES), (start, STAGES[1:]):
        found = re.findall(r"^\| \[(\d\d) .+ \| (\d+) \|$", text, re.M)
        assert found == [(stage, str(table[stage][0])) for stage in stages]
    for stage in STAGES:
        time = re.search(r"\*\*Time:\*\* (.+)", cells(stage)[0].source)[1]
        alone, in_class = re.split(r"In class:", time)
        assert int(re.match(r"\d+", alone)[0]) == table[stage][0], stage
        assert str(table[stage][1]) in re.findall(r"\d+", in_class), stage
