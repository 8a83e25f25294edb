"""Stage 10, part 6: a table of one's own, what is refused, and the report."""

import io

import numpy as np
import pytest

from backprop import network
from backprop.data import moons
from backprop.stages.applications import own_data

ROWS = [(i, i * 2.5, "ab"[i % 2]) for i in range(60)]


def csv(rows=ROWS, head="x,u,y", sep=","):
    """Return a CSV file of rows."""
    return io.StringIO("\n".join([head, *(sep.join(map(str, row)) for row in rows)]))


def test_classes_and_numbers_are_read():
    table = own_data.read(csv(), "y")
    assert table.columns == ["x", "u"] and table.classes == ["a", "b"]
    assert table.X.tolist() == [[i, i * 2.5] for i in range(60)]
    assert table.y.tolist() == [[1 - i % 2, i % 2] for i in range(60)]
    table = own_data.read(csv(), "u", leave_out="y")
    assert table.columns == ["x"] and table.classes is None
    assert table.y[:, 0].tolist() == [i * 2.5 for i in range(60)]
    assert repr(table) == "60 rows; from x\nto predict: u (a number)"


def test_a_file_of_a_spreadsheet_is_read_alike(tmp_path):
    path = tmp_path / "mine.csv"
    text = "x;u;y\n" + "\n".join(f"{i},5;{i};{'ab'[i % 2]}" for i in range(60))
    path.write_text(f"\ufeff{text}\n\n", encoding="utf-8")
    table = own_data.read(path, "y")
    assert table.columns == ["x", "u"] and table.X[3].tolist() == [3.5, 3]


def with_row(*row):
    return csv([*ROWS[:30], row, *ROWS[30:]])


@pytest.mark.parametrize(
    "file, target, how, said",
    [
        ("nowhere.csv", "y", {}, "file: got 'nowhere.csv'; there is no such file in"),
        (csv(), "z", {}, "target: got 'z'; needs one of 'x', 'u', 'y'"),
        (csv(), "y", {"leave_out": "y"}, "leave_out: got 'y'; needs one of 'x', 'u'"),
        (csv(), "y", {"leave_out": "q"}, "leave_out: got 'q'; needs one of"),
        (csv(), "y", {"leave_out": ["x", "u"]}, "leave_out: got all columns"),
        (csv(ROWS[:49]), "y", {}, "file: got 49 rows; needs at least 50"),
        (
            with_row(1, "Berlin", "a"),
            "y",
            {},
            "column 'u': got 'Berlin' in line 32; needs numbers. Leave it out, "
            r"leave_out=\['u'\], or",
        ),
        (with_row("inf", 1, "a"), "y", {}, "column 'x': got 'inf' in line 32"),
        (with_row(1, "", "a"), "y", {}, "column 'u': got a gap in line 32; needs"),
        (
            csv([*ROWS, (1, "NA", "a"), ("", 1, "a"), (1, "nan", "b")]),
            "y",
            {"leave_out": "x"},
            "column 'u': got a gap in line 62 and 1 more",
        ),
        (with_row(1, 2, ""), "y", {}, "column 'y': got a gap in line 32"),
        (
            csv([(*row[:2], "a") for row in ROWS]),
            "y",
            {},
            "target: got 'a' in each row of 'y'; needs at least two classes",
        ),
        (
            csv([(*row[:2], f"n{row[0]}") for row in ROWS]),
            "y",
            {},
            "target: got 60 different texts in 'y'; needs numbers, or at most 10",
        ),
        (with_row(1, 2, "c"), "y", {}, "target: got 1 row of 'c'; needs at least 5"),
        (with_row(1), "y", {}, "file: got 1 entry in line 32; needs 3, one for"),
        (with_row(1, 2), "y", {}, "file: got 2 entries in line 32; needs 3, one for"),
        (io.StringIO(""), "y", {}, "file: got no lines; needs"),
        (csv(head="x,u,3"), "3", {}, "file: got numbers in its first line; needs"),
        (csv(head="x,x,y"), "y", {}, "file: got two columns named 'x'; needs"),
        (csv(head="x,,y"), "y", {}, "file: got a column without a name; needs"),
    ],
)
def test_what_does_not_fit_is_told_where_it_stands(file, target, how, said):
    with pytest.raises(ValueError, match=said):
        own_data.read(file, target, **how)


@pytest.mark.parametrize(
    "row, said",
    [
        (
            (1, "1e308", "a"),
            "column 'u': got '1e308' in line 32; needs numbers from −1",
        ),
        ((1, 2, "inf"), "column 'y': got 'inf' in line 32; needs numbers from −1e100"),
    ],
)
def test_a_number_that_no_sum_can_hold_is_told(row, said):
    with pytest.raises(ValueError, match=said):
        own_data.read(with_row(*row), "y")


def test_a_point_among_decimal_commas_is_told():
    rows = [(f"{i},5", i, "ab"[i % 2]) for i in range(60)]
    rows[30] = ("1.200", 30, "a")
    with pytest.raises(ValueError, match="'1.200' in line 32; needs numbers, with a c"):
        own_data.read(csv(rows, "x;u;y", ";"), "y")


def test_a_number_in_two_spellings_is_one_class_and_classes_are_in_order():
    rows = [(i, i, ("10", "2", "2.0", "10.00")[i % 4]) for i in range(60)]
    table = own_data.read(csv(rows), "y")
    assert table.classes == ["2", "10"] and table.y.sum(0).tolist() == [30, 30]


@pytest.mark.parametrize("classes", ["abcdefghij", range(10)])
def test_fifty_rows_and_ten_classes_of_five_rows_are_just_enough(classes):
    rows = [(i, i, classes[i % 10]) for i in range(50)]
    table = own_data.read(csv(rows), "y")
    assert table.classes == [str(each) for each in classes]
    assert table.y.sum(0).tolist() == [5] * 10


def test_eleven_numbers_are_a_number_to_predict():
    table = own_data.read(csv([(i, i, i % 11) for i in range(60)]), "y")
    assert table.classes is None and table.y[:, 0].tolist() == [
        i % 11 for i in range(60)
    ]


def test_a_folder_and_an_image_are_no_table(tmp_path):
    with pytest.raises(ValueError, match="file: got "):
        own_data.read(tmp_path, "y")
    image = tmp_path / "image.csv"
    image.write_bytes(bytes([137, 80, 78, 71, 200]))
    with pytest.raises(ValueError, match="needs text in UTF-8: save it as"):
        own_data.read(image, "y")


def test_an_unchanging_column_does_no_harm():
    table = own_data.read(csv([(1, *row[1:]) for row in ROWS]), "y")
    assert np.isfinite(own_data.report(table, own_data.linear).scores).all()


@pytest.fixture(scope="module")
def plane():
    """Return 600 points of two classes as a table."""
    X, y = moons(600)
    rows = [(*point, "xy"[label]) for point, (label,) in zip(X.tolist(), y)]
    return own_data.read(csv(rows, "a,b,which"), "which")


def test_a_table_says_what_was_read():
    rows = [(i, i / 2, "yes" if i < 40 else "no") for i in range(60)]
    told = repr(own_data.read(csv(rows, "a,b,which"), "which"))
    assert told == "60 rows; from a, b\nto predict: which (20 × no, 40 × yes)"
    told = repr(own_data.read(csv(rows, "a,b,which"), "b", leave_out=["which"]))
    assert told == "60 rows; from a\nto predict: b (a number)"


def test_no_report_without_a_baseline(plane):
    with pytest.raises(ValueError, match="baseline: got None; needs a function first"):
        own_data.report(plane)
    with pytest.raises(ValueError, match=r"baseline: got shape \(120,\); needs shape"):
        own_data.report(plane, lambda X, y, X_new: np.zeros(len(X_new)))


@pytest.mark.parametrize(
    "how, said",
    [
        ({"seeds": 3}, "seeds: got 3; needs a list of start seeds"),
        ({"seeds": None}, "seeds: got None; needs a list of start seeds"),
        ({"seeds": []}, "seeds: got none; needs one start seed or more"),
        ({"seeds": ["a"]}, "seeds: got .*; needs a whole number"),
        ({"hidden": 0}, "hidden: got 0; needs a whole number"),
        ({"in_order": "no"}, "in_order: got 'no'; needs True or False"),
    ],
)
def test_what_a_report_can_not_take_is_told(plane, how, said):
    with pytest.raises(ValueError, match=said):
        own_data.report(plane, own_data.linear, **how)
    with pytest.raises(ValueError, match="table: got None; needs a Table, as own_data"):
        own_data.report(None, own_data.linear)


def test_the_last_digit_makes_no_network_better():
    target = np.random.default_rng(9).normal(size=60).round(3)
    table = own_data.read(csv([(1, 2, t) for t in target]), "y")
    report = own_data.report(table, own_data.linear)
    assert report.scores == pytest.approx(report.baseline, rel=0.05)
    equal = own_data.report(table, lambda X, y, X_new: own_data.linear(X, y, X_new))
    assert equal.lines[4].endswith("better than <lambda> for 0 of 5 seeds.")


def test_sorted_classes_are_not_split_in_order(plane):
    with pytest.raises(ValueError, match="in_order: got True, and no row of 'x' to be"):
        own_data.report(plane, own_data.linear, in_order=True)


def test_a_report_has_five_lines_and_the_numbers_in_them(plane):
    report = own_data.report(plane, own_data.linear)
    lines = repr(report).split("\n")
    assert [line[:3] for line in lines] == [f"{i}. " for i in range(1, 6)]
    assert "360 to train, 120 for validation, 120 for the test" in lines[0]
    assert f"linear {100 * report.baseline:.3g} %" in lines[1]
    first, chance, by_heart, error = report.checks
    assert first == pytest.approx(chance, rel=0.01) == pytest.approx(2 * np.log(2))
    assert by_heart and error < 1e-7
    assert lines[2].endswith("ten rows by heart: yes; gradient right.")
    assert len(report.scores) == 5 and (report.scores > report.baseline).all()
    assert lines[4].endswith("better than linear for 5 of 5 seeds.")


def turned(table, part):
    """Return the table with the other class in each row of a part of the split."""
    rows = np.split(np.random.default_rng(0).permutation(600), [360, 480])[part]
    y = table.y.copy()
    y[rows] = y[rows, ::-1]
    return own_data.Table(table.columns, table.X, table.target, y, table.classes)


def test_the_test_rows_choose_nothing(plane):
    """With other targets in the test, the same network is chosen."""
    chosen = own_data.report(plane, own_data.linear).lines[3]
    report = own_data.report(turned(plane, 2), own_data.linear)
    assert report.lines[3] == chosen and (report.scores < 0.5).all()


def test_the_iterations_that_validation_chooses_from_are_round_and_ever_farther_apart():
    assert all(each % 10 == 0 for each in own_data.ITERATIONS)
    steps = np.diff(own_data.ITERATIONS)
    assert (steps > 0).all() and (np.diff(steps) >= 0).all()


def test_validation_chooses(plane):
    """Where validation says the opposite of training, no iteration is better than 0."""
    report = own_data.report(turned(plane, 1), own_data.linear)
    assert report.lines[3].endswith("iteration 0 to 0.")


def test_another_baseline_trains_nothing_again(plane, monkeypatch):
    train, trained = network.train, []

    def counted(*how):
        trained.append(how)
        return train(*how)

    monkeypatch.setattr(network, "train", counted)
    own_data._trained.cache_clear()
    first, second = (
        own_data.report(plane, each, seeds=[0])
        for each in (own_data.linear, own_data.nearest)
    )
    once = len(trained)
    assert once > 0 and first.baseline != second.baseline
    assert first.scores == second.scores and first.lines[2] == second.lines[2]
    own_data.report(turned(plane, 1), own_data.linear, seeds=[0])
    assert len(trained) == 2 * once


def test_baselines_by_hand():
    X, y = np.array([[0.0], [1], [2], [9]]), np.array([[1.0], [3], [5], [19]])
    X_new = np.array([[4.0], [1.2]])
    assert own_data.mean(X, y, X_new).tolist() == [[7], [7]]
    assert own_data.linear(X, y, X_new)[:, 0] == pytest.approx([9, 3.4])
    assert own_data.nearest(X, y, X_new)[:, 0].tolist() == [5, 3]


@pytest.mark.parametrize("constant", [5, 0.1, 0.3])
def test_a_column_that_never_changes_decides_nothing(constant):
    """Not even where its standard deviation is not 0, by rounding."""
    x = np.arange(10.0)
    X = np.column_stack([x, np.full(10, constant)])
    X_new = np.array([[1, constant + 0.1]])
    assert own_data.linear(X, 2 * X[:, :1], X_new).item() == pytest.approx(2)
    assert own_data.nearest(X, x[:, None], X_new).item() == 1


def test_what_is_nearest_hangs_on_no_column_s_unit():
    X, y = (
        np.array([[0.0, 0], [1, 8], [2, 1], [9, 9]]),
        np.array([[1.0], [3], [5], [9]]),
    )
    X_new = np.array([[0.9, 2.0], [8.0, 8.0], [1.5, 7.0]])
    found = own_data.nearest(X, y, X_new)[:, 0].tolist()
    for unit in ([1000, 1], [1, 1000], [1, 1e-6]):
        assert own_data.nearest(X * unit, y, X_new * unit)[:, 0].tolist() == found


def test_on_the_page_s_table_a_line_is_as_good_as_the_network():
    table = own_data.read(own_data.example(), "today")
    assert table.columns == ["day_before", "yesterday", "season"]

    def same_as_yesterday(X_train, y_train, X_new):
        return X_new[:, [1]]

    report = own_data.report(table, same_as_yesterday, in_order=True)
    assert (report.scores < report.baseline).all()
    assert report.lines[4].endswith("same_as_yesterday for 5 of 5 seeds.")
    linear = own_data.report(table, own_data.linear, in_order=True)
    assert (linear.scores > linear.baseline).all()
    assert linear.lines[4].endswith("better than linear for 0 of 5 seeds.")
    assert linear.scores.max() < 1.03 * linear.baseline


def test_a_text_among_numbers_to_predict_is_told_with_its_line():
    rows = [(i, "unknown" if i == 6 else i * 1.5) for i in range(80)]
    said = "target: got 'unknown' in line 8; needs numbers, or at most 10 classes"
    with pytest.raises(ValueError, match=said):
        own_data.read(csv(rows, "a,y"), "y")
    rows[20], rows[30] = (20, "-"), (30, "-")
    with pytest.raises(ValueError, match="got 'unknown' in line 8 and 2 more; needs"):
        own_data.read(csv(rows, "a,y"), "y")


def test_two_classes_have_two_names_however_near_their_numbers_are():
    rows = [(i, (12345678, 12345679.0, 0.1)[i % 3]) for i in range(80)]
    assert own_data.read(csv(rows, "a,c"), "c").classes == [
        "0.1",
        "12345678",
        "12345679",
    ]


def test_a_right_gradient_is_told_as_right_where_it_is_small():
    a = np.random.default_rng(1).normal(size=80)
    c = (a + np.random.default_rng(1).normal(size=160)[80:] > 0).astype(int)
    table = own_data.read(csv([(5, 0.1, each) for each in c], "a,b,c"), "c")
    report = own_data.report(table, own_data.mean, seeds=[0])
    assert 1e-7 < report.checks[3] < 1e-4 and "gradient right" in report.lines[2]
