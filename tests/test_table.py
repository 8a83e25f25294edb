"""A CSV file as a learner has it: separators, decimal marks, and what is no table."""

import io

import pytest

from backprop import table


def read(text):
    return table.read("file", io.StringIO(text))


@pytest.mark.parametrize(
    "text",
    ["a,b\n1.5,2\n", "a;b\n1.5;2\n", "a\tb\n1.5\t2\n", "a , b\r\n1.5, 2\r\n\r\n"],
)
def test_separators_spaces_and_empty_lines(text):
    assert read(text) == (".", [(1, ["a", "b"]), (2, ["1.5", "2"])])


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_comma_is_the_decimal_mark_where_it_stands_between_no_entries(separator):
    decimal, lines = read(f"a{separator}b\n1,5{separator}−2,25\n")
    assert [table.number(each, decimal) for each in lines[1][1]] == [1.5, -2.25]
    # There a point is none: 1.200 may be twelve hundred.
    assert table.number("1.200", decimal) is None


@pytest.mark.parametrize("signed", ["-0,5", "−0,5", "+0,5"])
def test_a_comma_is_the_decimal_mark_after_a_sign_too(signed):
    decimal, lines = read(f"a;b\n{signed};1\n")
    assert table.number(lines[1][1][0], decimal) in (0.5, -0.5)


def test_between_commas_a_quoted_comma_is_no_decimal_mark():
    decimal, lines = read('a,b\n"1,234",2.5\n')
    assert decimal == "." and table.number(lines[1][1][1], decimal) == 2.5


@pytest.mark.parametrize("text", ["\ufeffa,b\n1,2", "a,b\r1,2"])
def test_what_a_spreadsheet_adds_is_no_part_of_a_name(text, tmp_path):
    wanted = [(1, ["a", "b"]), (2, ["1", "2"])]
    assert read(text)[1] == wanted
    (tmp_path / "one.csv").write_bytes(text.encode())
    assert table.read("file", tmp_path / "one.csv")[1] == wanted


@pytest.mark.parametrize(
    "file, said",
    [
        (None, "file: got None; needs the path of a CSV file, or an open text file"),
        (5, "file: got 5; needs the path"),
        ([1], r"file: got \[1\]; needs the path"),
        (io.BytesIO(b"a,b"), "file: got bytes; needs a file that is opened as text"),
        ("no.csv", "file: got 'no.csv'; there is no such file in"),
        (
            io.StringIO("a,b\n" + "1" * 200_000),
            "file: needs a CSV file; its line 2 can",
        ),
    ],
)
def test_what_is_no_csv_file_is_told(file, said):
    with pytest.raises(ValueError, match=said):
        table.read("file", file)


@pytest.mark.parametrize(
    "entry", ["", "x", "1_000", "nan", "inf", "1e308", "-1e200", "1e-300", None, [1]]
)
def test_what_is_no_number_of_a_table(entry):
    assert table.number(entry) is None


@pytest.mark.parametrize("entry, number", [("−4", -4), ("0", 0), ("1e100", 1e100)])
def test_what_is_one(entry, number):
    assert table.number(entry) == number


@pytest.mark.parametrize(
    "text, decimal, last",
    [
        ("0,126;-0,132;A\n0,64;0,105;B\n", ",", ["0,64", "0,105", "B"]),
        ("0,126;-0,132;1,5\n0,64;0,105;2,5\n", ",", ["0,64", "0,105", "2,5"]),
        ("temp, C;c\n1,5;A\n", ",", ["1,5", "A"]),
        ('"height, cm";"weight, kg";c\n180;75;A\n', ".", ["180", "75", "A"]),
        ("\n\na;b;c\n1;2;3\n", ".", ["1", "2", "3"]),
        ("a;b\n3,456e-01;1\n", ",", ["3,456e-01", "1"]),
        ("a;b\n,5;1\n", ",", [",5", "1"]),
        ("a,b\n1;5,2\n", ".", ["1;5", "2"]),
        ('x,"size; mm",c\n0.1,"3; 4",a\n', ".", ["0.1", "3; 4", "a"]),
    ],
)
def test_what_parts_all_lines_alike_stands_between_the_entries(text, decimal, last):
    mark, lines = read(text)
    assert (mark, lines[-1][1]) == (decimal, last)


def test_a_quotation_mark_that_nothing_closes_is_told_with_its_line():
    with pytest.raises(ValueError, match="a quotation mark in line 3 that nothing"):
        read('a,b\n1,2\n3,"4\n5,6\n7,8\n')
    assert read('a,b\n"1\n2",3\n')[1][-1] == (3, ["1\n2", "3"])
    assert read('a,b\n5" pipe,3\n')[1][-1] == (2, ['5" pipe', "3"])
