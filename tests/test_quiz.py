"""The quiz: each key is true, the sheets hold no key, the gain is computed by hand."""

import csv
import re
import shutil
import subprocess
import sys

import nbformat
import numpy as np
import pytest
from course import ROOMS, asked
from gain import answers, gain, interval, report
from nbclient import NotebookClient
from notebook_tool import faults, notebooks
from quiz import (
    FORMS,
    LETTERS,
    QUIZ,
    ROOT,
    form_page,
    key_page,
    main,
    plans,
    read,
    read_plan,
    right,
)

from backprop import network
from backprop.data import four_rows, xor
from backprop.network import sigmoid, sigmoid_derivative
from backprop.stages.autograd.value import Value, left

ITEMS = {item["name"]: item for item in read()}
MADE_UP = QUIZ.parent / "made_up"
NOTEBOOK = QUIZ.with_name("quiz.ipynb")
ROOM = {path.stem[:2]: room for path, room in zip(notebooks(), ROOMS)}


# -- the items


def test_each_item_names_a_prediction_of_its_stage_that_confronts_it():
    for item in ITEMS.values():
        assert item["confronts"] in asked(ROOM[item["stage"]]), item["name"]
        assert len(item["misconception"]) > 10


def test_every_stage_has_an_item():
    assert sorted({item["stage"] for item in ITEMS.values()}) == sorted(ROOM)


@pytest.mark.parametrize("form", FORMS)
def test_each_form_has_four_choices_one_key_and_a_reason(form):
    for item in ITEMS.values():
        one = item[form]
        assert len(set(one["choices"])) == 4
        assert one["key"] in LETTERS and one["asks"].endswith("?")
        assert one["reason"].endswith(".")


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_not_passed_by_one_letter_or_by_the_longest_choice(form):
    keys = [item[form]["key"] for item in ITEMS.values()]
    assert max(map(keys.count, LETTERS)) <= 0.4 * len(keys)
    longest = [right(i, form) == max(i[form]["choices"], key=len) for i in read()]
    assert sum(longest) <= 0.4 * len(keys)


def test_the_forms_ask_the_same_in_other_numbers_or_words():
    for item in ITEMS.values():
        a, b = item["a"], item["b"]
        assert a["asks"] != b["asks"] or a["choices"] != b["choices"], item["name"]
        assert a["key"] != b["key"], item["name"]
        lengths = [len((f["asks"] + " ".join(f["choices"])).split()) for f in (a, b)]
        assert max(lengths) < 2 * min(lengths), item["name"]


# -- what can be computed: the right choice, made from what a computation gives


def number(value, decimals=0):
    return f"{value:.{decimals}f}".replace("-", "−")


def threshold(z):
    low, high = sigmoid([-z, z])
    return f"It goes from {low:.3f} to {high:.3f}."


def logit(a):
    z = number(np.log(a / (1 - a)), 3)
    assert f"{sigmoid(float(z.replace('−', '-'))):.3f}" == f"{a:.3f}"
    return f"The sum z that entered the sigmoid is {z}."


def slope(z):
    h = 1e-6
    return number((sigmoid(z + h) - sigmoid(z - h)) / (2 * h), 3)


def starred(rows, columns):
    X, w = np.arange(rows * columns).reshape(rows, columns), np.ones((1, columns))
    assert ((X * w) == X).all()
    return f"Shape {(X * w).shape}: products, and nothing is added up."


def stretched(n):
    shape = (np.ones((n, 1)) - np.ones(n)).shape
    return f"Shape {shape}: each output minus every target."


def rate_of_loss(error, slope):
    """Return dL/dz by nudging z, where the sigmoid has this slope."""
    z = np.log((1 + np.sqrt(1 - 4 * slope)) / (1 - np.sqrt(1 - 4 * slope)))
    y, h = sigmoid(z) - error, 1e-6
    rise = (sigmoid(z + h) - y) ** 2 / 2 - (sigmoid(z - h) - y) ** 2 / 2
    return f"{number(rise / (2 * h), 2)} for each unit of z"


def paths(one, other):
    w = Value(1.0)
    ends = [
        w * Value(float(first)) * Value(float(second)) for first, second in (one, other)
    ]
    return number(left(ends[0] + ends[1], "+= in turn"))


def downhill(delta_sign):
    """Return the sign of a step by which one small step lowers the loss of stage 05."""
    X, y = four_rows()
    layer = network.init([3, 1], seed=1)[0]._replace(b=None)
    a = network.forward([layer], X)[-1]
    step = X.T @ (delta_sign * (a - y) * a * (1 - a))
    losses = {
        sign: network.loss_value([layer._replace(W=layer.W + s * 0.01 * step)], X, y)
        for sign, s in (("+", 1), ("-", -1))
    }
    return min(losses, key=losses.get)


def copied(times):
    X, y = four_rows()
    net = network.init([3, 1])
    once = network.gradients(net, X, y)[0].W
    often = network.gradients(net, np.tile(X, (times, 1)), np.tile(y, (times, 1)))[0].W
    np.testing.assert_allclose(often / once, times)
    return number((often / once).mean())


def weight(which, output):
    """Return what an output shows where all inputs but one are 0."""
    w = np.log(output / (1 - output))
    assert f"{sigmoid(np.round(w)):.3f}" == f"{output}"
    return f"That its {which} weight is about {w:.0f}."


def old_weights(form):
    """Check W1's gradients from the old W2 and from the new one."""
    X, y = xor()
    net = network.init([2, 2, 1], seed=1)
    numeric = network.numeric_gradients(net, X, y)[0].W
    grads = network.gradients(net, X, y)
    newer = [net[0], network.update(net, grads, 1)[1]]
    a1, a2 = network.forward(net, X)[1:]
    delta2 = (a2 - y) * a2 * (1 - a2)
    wrong = X.T @ ((delta2 @ newer[1].W.T) * a1 * (1 - a1))
    size = np.linalg.norm(numeric)
    assert np.linalg.norm(grads[0].W - numeric) < 1e-6 * size
    assert 0.001 < np.linalg.norm(wrong - numeric) / size < 0.5
    return {
        "a": "The gradient of W1 is a little wrong.",
        "b": "Both gradients from the old weights, then both steps.",
    }[form]


def equal_starts(units, kind, start):
    X, y = xor()
    net = [
        network.Layer(np.full((2, units), start), np.zeros((1, units)), kind),
        network.Layer(np.full((units, 1), start), np.zeros((1, 1))),
    ]
    trained = network.train(net, X, y, 0.1, 1000).at(1000)
    columns = np.unique(np.vstack([trained[0].W, trained[0].b]).round(9), axis=1)
    assert not np.allclose(trained[0].W, start)
    words = {1: "One", 6: "six", 8: "eight"}
    return f"{words[columns.shape[1]]}: all {words[units]} are still equal."


def wiped(a, b, reused):
    values = {"a": Value(float(a)), "b": Value(float(b))}
    loss = values["a"] * values["b"] + values[reused]
    loss.grad, held = 1.0, {}
    for value in (loss, loss.parents[0]):  # + first, then ×
        arrived = 1.0 if value is loss else held[value]
        for parent, factor in zip(value.parents, value.slopes):
            held[parent] = factor * arrived
    return number(held[values[reused]])


def sent_early(factor):
    y = Value(1.0) * Value(float(factor))
    return number(left(y * y, "+= at once"))


def longer(target, outputs):
    near, far = np.abs((np.array(outputs) - target) * sigmoid_derivative(outputs))
    assert far > 2 * near
    return f"The one at {outputs[1]}: its sigmoid is steeper there."


def factor(weight):
    """Return what a delta of 1 becomes in the neuron before, both at their middles."""
    W = np.array([[float(weight)]])
    chain = [network.Layer(W, np.zeros((1, 1))), network.Layer(W, -W / 2)]
    delta = network.gradients(chain, [[0.0]], delta=[[1.0]])[0].b.item()
    return f"It becomes {number(delta)} times larger."


def best_epsilon(form):
    choices = ITEMS["smaller nudge"][form]["choices"]

    def loss(w):
        return sigmoid(2 * w - 2) ** 2 / 2

    w = np.array([0.3, 1.0, 1.7])
    a = sigmoid(2 * w - 2)

    def error(choice):
        e = float(choice.removeprefix("ε = ").replace("−", "-"))
        return np.abs((loss(w + e) - loss(w - e)) / (2 * e) - 2 * a**2 * (1 - a)).sum()

    return min(choices, key=error)


COMPUTED = {
    "threshold": (lambda: threshold(0.2), lambda: threshold(0.3)),
    "probability": (lambda: logit(0.7), lambda: logit(0.2)),
    "what is x": (lambda: slope(2), lambda: slope(3)),
    "star": (lambda: starred(4, 3), lambda: starred(5, 2)),
    "minus a list": (lambda: stretched(4), lambda: stretched(6)),
    "error times slope": (
        lambda: rate_of_loss(0.3, 0.2),
        lambda: rate_of_loss(0.4, 0.1),
    ),
    "two paths": (
        lambda: paths((3, 2), (-1, 4)),
        lambda: paths((2, 5), (-3, 2)),
    ),
    "plus": (
        lambda: f"W {downhill(-1)}= rate * X.T @ delta",
        lambda: {
            "+": "Uphill: there is a minus too many.",
            "-": "Downhill: gradient descent has a minus.",
        }[downhill(-1)],
    ),
    "rows copied": (lambda: copied(3), lambda: copied(4)),
    "famous number": (
        lambda: weight("third", 0.993),
        lambda: weight("second", 0.982),
    ),
    "old weights": (lambda: old_weights("a"), lambda: old_weights("b")),
    "equal starts": (
        lambda: equal_starts(6, "sigmoid", 0.5),
        lambda: equal_starts(8, "tanh", 0.3),
    ),
    "last path": (lambda: wiped(2, 5, "a"), lambda: wiped(4, 7, "b")),
    "too early": (lambda: sent_early(2), lambda: sent_early(3)),
    "pile up": (lambda: number(3 + 2), lambda: number(4 + (-1))),
    "big error": (
        lambda: longer(0, [0.99, 0.7]),
        lambda: longer(1, [0.02, 0.4]),
    ),
    "can grow": (lambda: factor(12), lambda: factor(20)),
    "smaller nudge": (lambda: best_epsilon("a"), lambda: best_epsilon("b")),
}


@pytest.mark.parametrize("name", COMPUTED)
def test_each_key_that_can_be_computed_is_what_is_computed(name):
    for form, computed in zip(FORMS, COMPUTED[name]):
        assert right(ITEMS[name], form) == computed(), (name, form)


def test_a_flat_loss_need_not_be_solved_nor_want_more_of_anything():
    X, y = four_rows()
    after = [network.backpropagation(X, y, 2_000, n) for n in (9_000, 10_000)]
    losses = [((sigmoid(X @ W) - y) ** 2).sum() / 2 for W in after]
    np.testing.assert_allclose(losses, 0.5, atol=1e-6)


def test_a_stuck_start_stays_stuck_with_a_right_gradient_and_another_start_is_not():
    X, y = xor()
    stuck, other = (network.init([2, 2, 1], seed=seed) for seed in (0, 2))
    assert network.gradient_check(stuck, X, y) < 1e-7
    ends = [
        network.train(net, X, y, 1, 10_000, keep=[10_000]) for net in (stuck, other)
    ]
    assert 0.2 < ends[0].loss()[-1] < 0.3 and ends[1].loss()[-1] < 0.01


def test_the_best_of_many_is_too_good():
    """Twenty coins on 100 rows, 1,000 times: each is right on half of any new rows."""
    rights = np.random.default_rng(0).binomial(100, 0.5, (1000, 20))
    assert (rights.max(1) > 50).mean() > 0.99
    assert abs(rights.mean() - 50) < 0.5


# -- on paper and on a screen


@pytest.mark.parametrize("form", FORMS)
def test_a_printed_form_asks_all_and_gives_nothing_away(form):
    text = form_page(read(), form)
    assert text.count("<ol>") == 1 + len(ITEMS)
    for item in ITEMS.values():
        assert item[form]["reason"] not in text and item["misconception"] not in text


def test_the_printed_key_has_both_forms():
    text = key_page(read())
    for item in ITEMS.values():
        for number in FORMS:
            assert f"{item[number]['key']} " in text
    assert text.count("<tr>") == 1 + 2 * len(ITEMS)


def test_of_some_stages_only_these_are_printed(tmp_path, monkeypatch):
    monkeypatch.setattr("quiz.TARGET", tmp_path / "quiz")
    pages = main(read(["01", "05"]))
    assert [path.name for path in pages] == ["form_a.html", "form_b.html", "key.html"]
    of_them = [i for i in ITEMS.values() if i["stage"] in ("01", "05")]
    assert pages[0].read_text("utf-8").count("<ol>") == 1 + len(of_them)
    with pytest.raises(ValueError, match="STAGES: got 11; needs some of 00, 01, "):
        read(["11"])


def test_of_a_plan_what_it_confronts_is_asked_and_nothing_else():
    """By hand, from the tables of the guide."""
    for name, wanted in {
        "45": ["plus", "flat"],
        "90": ["threshold", "what is x", "two paths", "flat"],
    }.items():
        assert [item["name"] for item in read_plan(name)] == wanted
    assert {*plans()} == {"45", "90", "three", "six"}
    for name, asked_in in plans().items():
        for stage, question in asked_in:
            assert question in asked(ROOM[stage]), (name, stage)
    with pytest.raises(ValueError, match="PLAN: got 30; needs one of 45, 90, three, s"):
        read_plan("30")


def test_the_command_prints_the_quiz_of_a_plan_and_refuses_what_it_can_t():
    def run(*words):
        command = [sys.executable, ROOT / "tools" / "quiz.py", *words]
        return subprocess.run(command, capture_output=True, encoding="utf-8")

    assert run("--plan", "45").stdout.split() == [
        f"build/quiz/{name}.html" for name in ("form_a", "form_b", "key")
    ]
    key = (ROOT / "build" / "quiz" / "key.html").read_text("utf-8")
    assert key.count("<tr>") == 1 + 2 * len(read_plan("45"))
    assert run("--plan", "30").stderr.startswith("PLAN: got 30; needs one of ")
    assert run("--plan=").stderr.startswith("PLAN: got ; needs one of ")
    assert "a plan or stages, not both" in run("05", "--plan", "45").stderr


def played(tmp_path, *lines):
    """Run the notebook in a folder, with a learner's hand as a cell at its end."""
    shutil.copy(QUIZ, tmp_path)
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("\n".join(lines)))
    NotebookClient(
        notebook, kernel_name="python3", resources={"metadata": {"path": tmp_path}}
    ).execute()
    return notebook.cells[-1].outputs[0].text


def test_the_notebook_writes_answers_that_the_gain_reads(tmp_path):
    said = played(
        tmp_path,
        'answers["threshold"].value = "B"',
        'answers["flat"].value = "D"',
        'for learner.value in ("", "../<b>", " owl 7 "):',
        "    saves.click()",
        "    print(said.value)",
    )
    *refused, saved = said.splitlines()
    need = "needs up to 30 letters, digits, spaces or hyphens."
    assert refused == [
        f"Your word: got {got}; {need}"
        for got in ("&#x27;&#x27;", "&#x27;../&lt;b&gt;&#x27;")
    ]
    assert saved == f"quiz_a_owl 7.csv: 2 of {len(ITEMS)} answered."
    (path,) = tmp_path.glob("*.csv")
    wanted = dict.fromkeys(ITEMS, "") | {"learner": "owl 7", "form": "a"}
    row = wanted | {"threshold": "B", "flat": "D"}
    assert answers(path) == {"owl 7": row}


def test_the_notebook_is_stored_as_it_runs_and_shows_all_questions_as_text():
    assert not faults(NOTEBOOK)
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    (shown,) = (
        output.data["text/plain"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "1. " in output.get("data", {}).get("text/plain", "")
    )
    for item in ITEMS.values():
        for text in (item["a"]["asks"], *item["a"]["choices"]):
            assert text in shown
    stages = set(re.search('"(.+)".split', notebook.cells[1].source)[1].split())
    assert {item["stage"] for item in ITEMS.values()} <= stages


# -- the gain


def table(path, *rows):
    """Write rows as a CSV; return its path."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def test_the_gain_of_a_class_of_four_by_hand(tmp_path):
    key = {form: ITEMS["flat"][form]["key"] for form in FORMS}
    head = ["learner", "form", "flat", "threshold"]
    x = "A"  # right in no form of either item
    before = table(
        tmp_path / "before.csv",
        head,
        ["1", "a", key["a"], x],
        ["2", "a", "", x],
        ["3", "a", x, x],
        ["4", "b", x, x],
        ["5", "a", key["a"], x],  # wasn't there the second time
    )
    after = table(
        tmp_path / "after.csv",
        ["form", "learner", "threshold", "flat"],
        ["b", "4", x, key["b"].lower()],
        ["b", "3", x, x],
        ["b", "2", x, key["b"]],
        ["a", "1", x, key["a"]],
    )
    text = report(answers(before), answers(after))
    # flat: 1 of 4, then 3 of 4: (0.75 - 0.25) / (1 - 0.25) = 0.67
    assert re.search(r"^05 +flat +25% +75% +0\.67$", text, re.M)
    assert re.search(r"^01 +threshold +0% +0% +0\.00$", text, re.M)
    # all: 0.125, then 0.375: 0.25 / 0.875 = 0.29
    assert re.search(r"all 2 items +12% +38% +0\.29", text)
    assert "4 learners answered both; 1 answered one, left out" in text
    assert "no interval: got 4; needs 5 learners or more" in text
    assert "2 had the same form both times; needs the other form after" in text
    assert "before: 3 with form A, 17% right; 1 with form B, 0% right" in text


def test_the_gain_is_one_of_what_could_be_gained_and_unknown_where_nothing_could():
    np.testing.assert_allclose(gain([0.5, 0.2], [1, 0.1]), [1, -0.125])
    assert np.isnan(gain(1, 1))


def test_the_interval_is_that_of_classes_drawn_from_this_one():
    """One item, 0 right before: the gain is the share after, a binomial's."""
    before, after = np.zeros((50, 1), bool), np.arange(50)[:, None] < 20
    low, high = interval(before, after)
    spread = 1.96 * np.sqrt(0.4 * 0.6 / 50)
    np.testing.assert_allclose(low[0], 0.4 - spread, atol=0.03)
    np.testing.assert_allclose(high[0], 0.4 + spread, atol=0.03)
    assert (interval(before, after) == (low, high)).all()


def test_an_item_that_nearly_all_knew_before_has_no_interval():
    before, after = np.arange(10)[:, None] < 9, np.ones((10, 1), bool)
    assert np.isnan(interval(before, after)).all()


def test_learners_stay_together_when_classes_are_drawn():
    """Who was right stays right: no class drawn has lost anything."""
    before = np.arange(20)[:, None] < 10
    low, high = interval(before, before)
    assert low[0] == high[0] == 0


ROW = ["1", "a", "B"]


@pytest.mark.parametrize(
    "rows, said",
    [
        ([], "column learner: its columns are none; needs learner, form and items"),
        ([["learner", "flat"], ["1", "B"]], "has no column form"),
        ([["learner", "form"], ["1", "a"]], "its columns are learner, form; needs a "),
        (
            [["learner", "form", "flatt"], ROW],
            "column 'flatt' is no item of the quiz; needs some",
        ),
        ([["learner", "form", "flat", "flat"], [*ROW, "B"]], "its columns are"),
        ([["learner", "form", "flat"], ["1", "a"]], "line 2: needs 3 cells"),
        ([["learner", "form", "flat"], [*ROW, "C"]], "line 2: needs 3 cells"),
        ([["learner", "form", "flat"], ["", "a", "B"]], "line 2: learner is empty"),
        ([["learner", "form", "flat"], ["1", "c", "B"]], "form is 'c'; needs a or b"),
        ([["learner", "form", "flat"], ["1", "a", "E"]], "flat is 'E'; needs A, B, C,"),
        ([["Learner", "flat", "FLAT "], ROW], "its columns are learner, flat, flat; n"),
        ([["learner", "form", "Flat", "flat"], [*ROW, "B"]], "its columns are"),
        (
            [["learner", "form", "flat"], ["1", "a", "B" * 200_000]],
            "line 2: field larg",
        ),
        (
            [["learner", "form", "flat" * 50_000], ROW],
            "line 1: field larger than field",
        ),
        ([["learner", "form", "flat"], ROW, ROW], "line 3: learner 1 is there twice"),
    ],
)
def test_a_wrong_table_is_refused_and_says_where(tmp_path, rows, said):
    path = table(tmp_path / "class.csv", *rows)
    with pytest.raises(ValueError, match=re.escape(said)) as refused:
        answers(path)
    assert str(path) in str(refused.value)


def test_a_folder_of_files_is_a_class_and_a_spreadsheet_s_own_kind_is_read(tmp_path):
    table(tmp_path / "one.csv", ["learner", "form", "flat"], ROW)
    text = "\ufefflearner;form;flat\n 2 ;B; d\n;;\n"
    (tmp_path / "two.csv").write_text(text, "utf-8")
    found = answers(tmp_path)
    assert found == {
        "1": {"learner": "1", "form": "a", "flat": "B"},
        "2": {"learner": "2", "form": "b", "flat": "D"},
    }
    (tmp_path / "two.csv").write_bytes("learner;form;flät".encode("latin-1"))
    with pytest.raises(ValueError, match="two.csv: is no text in UTF-8"):
        answers(tmp_path)


def test_a_head_in_capitals_or_with_spaces_is_read(tmp_path):
    path = table(tmp_path / "class.csv", [" Learner", "FORM ", "Famous  Number"], ROW)
    assert answers(path) == {"1": {"learner": "1", "form": "a", "famous number": "B"}}


def test_a_folder_with_the_name_of_a_file_is_told(tmp_path):
    (tmp_path / "x.csv").mkdir()
    with pytest.raises(ValueError, match=r"x\.csv: is a folder; needs a CSV file of"):
        answers(tmp_path)
    with pytest.raises(ValueError, match=r"x\.csv: a folder without a \.csv"):
        answers(tmp_path / "x.csv")


def test_two_learners_have_no_interval_and_five_have_one():
    before = np.zeros((5, 1), bool)
    after = np.arange(5)[:, None] < 3
    assert np.isnan(interval(before[:2], after[:2])).all()
    assert np.isfinite(interval(before, after)).all()


def test_the_same_form_both_times_is_told_and_the_other_is_not(tmp_path):
    head = ["learner", "form", "flat"]
    one = answers(table(tmp_path / "1.csv", head, ["1", "a", "B"], ["2", "b", "B"]))
    other = answers(table(tmp_path / "2.csv", head, ["1", "b", "B"], ["2", "b", "B"]))
    told = "1 had the same form both times; needs the other form after"
    assert told in report(one, other)
    other["2"]["form"] = "a"
    assert "same form" not in report(one, other)


def test_what_can_t_be_compared_is_refused(tmp_path):
    head = ["learner", "form", "flat"]
    one = answers(table(tmp_path / "1.csv", head, ROW))
    other = answers(table(tmp_path / "2.csv", head, ["2", "a", "B"]))
    with pytest.raises(ValueError, match="No learner is in both"):
        report(one, other)
    head = ["learner", "form", "star"]
    other = answers(table(tmp_path / "3.csv", head, ROW))
    with pytest.raises(ValueError, match="No item was asked of everybody"):
        report(one, other)
    with pytest.raises(ValueError, match="no such file or folder"):
        answers(tmp_path / "4.csv")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ValueError, match="a folder without a .csv"):
        answers(tmp_path / "empty")


def test_the_command_prints_the_made_up_class_which_says_that_it_is_made_up():
    files = [MADE_UP / "before.csv", MADE_UP / "after.csv"]
    for path in files:
        assert all(code.startswith("made up") for code in answers(path))
    command = [sys.executable, ROOT / "tools" / "gain.py"]
    ran = subprocess.run(
        [*command, *files], capture_output=True, encoding="utf-8", check=True
    )
    assert ran.stdout.startswith(
        "23 learners answered both; 1 answered one, left out\n"
    )
    wrong = subprocess.run(
        [*command, files[0], "none.csv"], capture_output=True, encoding="utf-8"
    )
    assert (
        wrong.returncode == 1 and wrong.stderr == "none.csv: no such file or folder\n"
    )
