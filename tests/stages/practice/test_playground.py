"""The playground of stage 09: what it trains, shows, says and gives to copy."""

import numpy as np
import pytest

from backprop import network
from backprop.frame import Screen
from backprop.live import live
from backprop.picture import Knob
from backprop.stages.practice import Playground, playground

ACTIVATIONS = ("tanh", "sigmoid", "ReLU")
OWN = [[i % 7, (3 * i) % 5, "ab"[(i % 7) > 3]] for i in range(30)]


def now(picture, **values):
    """Return what a picture knows of itself at these values."""
    return picture._now(**{**picture.start, **picture.check(**values)})


def printed(picture, capsys, **values):
    """Return the loss that the copied text prints."""
    exec(picture.code(**values), {})
    return float(capsys.readouterr().out)


# -- the training


@pytest.mark.parametrize("hidden", ["none", "3", "4 2", "8 8 8 8"])
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("scale", [1.0, "xavier", "he"])
def test_it_trains_as_the_module_does_but_on_means(hidden, activation, scale):
    shown = now(
        Playground(scale=scale, seed=3),
        data="rings", hidden=hidden, activation=activation, iteration=40,
    )  # fmt: skip
    rows = shown.run.rows
    n, widths = (
        len(rows.training[1]),
        [2, *map(int, hidden.replace("none", "").split()), 1],
    )
    layers = network.init(widths, activation.lower(), scale=scale, seed=3)
    there = network.train(layers, *rows.training, 1 / n, 40, [40], "cross-entropy")
    for (W, b, _), layer in zip(shown.layers, there.at(40), strict=True):
        assert np.allclose(W, layer.W, atol=1e-9) and np.allclose(b, layer.b, atol=1e-9)
    loss = network.loss_value(there.at(40), *rows.training, "cross-entropy") / n
    assert shown.run.loss[-1] == pytest.approx(loss)
    new = network.loss_value(there.at(40), *rows.validation, "cross-entropy") / n
    assert shown.run.loss_new[-1] == pytest.approx(new)
    grads = network.gradients(there.at(40), *rows.training, "cross-entropy")
    sizes = [np.hypot(np.linalg.norm(g.W), np.linalg.norm(g.b)) / n for g in grads]
    assert shown.run.sizes[-1] == pytest.approx(sizes, rel=1e-6)
    for (X, y), wrong in zip((rows.training, rows.validation), shown.wrong):
        outputs = network.forward(there.at(40), X)[-1]
        assert wrong == ((outputs > 0.5) != y).sum()


def test_momentum_weight_decay_and_batches_are_what_they_are_called():
    picture = Playground(batch=30, momentum=0.8, seed=2)
    shown = now(picture, data="XOR", hidden="3", weight_decay=0.02, iteration=19)
    X, y = shown.run.rows.training
    layers = network.init([2, 3, 1], "tanh", seed=2)
    order = playground.batches(200, 30, 19, 2)
    assert sorted(order[:200]) == list(range(200)) == sorted(order[200:400])
    v = [(0 * layer.W, 0 * layer.b) for layer in layers]
    for i in range(19):
        chosen = order[30 * i : 30 * (i + 1)]
        assert len(chosen) == 30
        grads = network.gradients(layers, X[chosen], y[chosen], "cross-entropy")
        v = [
            (
                0.8 * v_W + grad.W / 30 + 0.02 * layer.W,
                0.8 * v_b + grad.b / 30,
            )
            for (v_W, v_b), grad, layer in zip(v, grads, layers)
        ]
        layers = [
            network.Layer(layer.W - v_W, layer.b - v_b, layer.activation)
            for layer, (v_W, v_b) in zip(layers, v)
        ]
    for (W, b, _), layer in zip(shown.layers, layers, strict=True):
        assert np.allclose(W, layer.W) and np.allclose(b, layer.b)


def test_an_iteration_between_those_kept_is_trained_as_well():
    picture = Playground(momentum=0.5, batch=10)
    assert 1501 not in playground.KEPT
    between, rest = (now(picture, iteration=each) for each in (1501, 1520))
    assert between.iteration == 1501 and len(between.run.iterations) < 100
    last = now(picture, iteration=playground.LAST)
    same = between.run.iterations[-2]
    assert np.array_equal(
        between.run.parameters[-2],
        last.run.parameters[last.run.iterations == same][0],
    )
    assert not np.array_equal(between.run.parameters[-1], rest.run.parameters[-1])


def test_it_trains_as_far_as_it_is_asked_and_nothing_twice(monkeypatch):
    asked, trained = (3, 0, 40, 37, 3), []
    exact = playground.mean_gradients

    def counted(layers, X, y):
        trained.append(layers[0].W.ndim == 2)  # and not at all kept iterations at once
        return exact(layers, X, y)

    monkeypatch.setattr(playground, "mean_gradients", counted)
    picture = Playground(seed=77, momentum=0.5)  # nobody else's
    runs = [now(picture, iteration=each).run for each in asked]
    assert asked[3] not in playground.KEPT
    kept = max(i for i in playground.KEPT if i < asked[3])
    checks = len(asked)  # each look at a network has a gradient check
    assert sum(trained) - checks == 40 + asked[3] - kept
    for iteration, run in zip(asked, runs):
        how = run.rows, (4,), "tanh", 1, 0, picture._fixed
        alone = playground.Training(*how).run(iteration)
        assert run.iterations.tolist() == alone.iterations.tolist()
        assert run.iterations[-1] == iteration
        for one, other in zip(run[4:], alone[4:], strict=True):
            assert np.array_equal(one, other)


def test_about_a_hundred_iterations_are_kept_from_the_start_to_the_last():
    assert 70 <= len(playground.KEPT) <= 100
    assert (playground.KEPT[0], playground.KEPT[-1]) == (0, playground.LAST)


def test_the_data_are_pinned_and_validation_has_rows_of_its_own():
    for data, noise in playground.NOISE.items():
        rows = Playground(seed=1)._rows(data)
        assert rows is Playground(seed=2)._rows(data)
        (X, y), (X_new, _) = rows.training, rows.validation
        assert len(X) == len(X_new) and not np.isclose(X, X_new).all(axis=1).any()
        clean = playground.made(data, noise=0)
        assert np.array_equal(clean[1], y)
        assert np.std(X - clean[0]) == pytest.approx(noise, rel=0.1)
        assert 80 <= y.sum() <= 120


# -- what it says of units and of its gradient


def test_a_relu_is_dead_that_gives_0_for_every_row():
    a = np.array([[0, 0, 1.0], [0, 2, 3]])
    assert playground.resting(a, "relu").tolist() == [True, False, False]


@pytest.mark.parametrize(
    "activation, middle, end", [("sigmoid", 0.5, 1), ("tanh", 0, 1)]
)
def test_a_unit_is_saturated_whose_slope_is_gone_on_nine_rows_of_ten(
    activation, middle, end
):
    a = np.full((10, 3), float(end))
    a[:1, 1] = a[:2, 2] = middle
    assert playground.resting(a, activation).tolist() == [True, True, False]


def test_large_start_weights_saturate_and_the_words_count():
    shown = now(Playground(scale=50), hidden="8 8", iteration=0)
    outputs = network.forward(shown.layers, shown.run.rows.training[0])[1:-1]
    for layer, a in zip(shown.resting, outputs, strict=True):
        assert layer.tolist() == ((1 - a**2 < 0.05).mean(axis=0) >= 0.9).tolist()
    count = int(np.sum(shown.resting))
    assert count > 4 and f"saturated: {count} of 16." in shown.words()


def test_the_gradient_check_sees_a_wrong_gradient(monkeypatch):
    right = playground.mean_gradients
    shown = now(Playground(), hidden="4 4", iteration=10)
    assert "Gradient check: error under 1e−5." in shown.words()
    some = [each[: playground.CHECKED] for each in shown.run.rows.training]
    numeric = network.numeric_gradients(shown.layers, *some, "cross-entropy")
    ours = right(shown.layers, *some)
    for one, grad in zip(ours, numeric):
        assert np.allclose(one.W * len(some[1]), grad.W, atol=1e-7)

    def too_long(layers, *rest):
        first, *others = right(layers, *rest)
        return [first._replace(W=1.5 * first.W), *others]

    monkeypatch.setattr(playground, "mean_gradients", too_long)
    shown._look(shown.run.parameters[-1])
    assert shown.error > 0.05
    assert f"error {shown.error:.2g}" in shown.words()


@pytest.mark.parametrize("name", Playground.states)
def test_what_a_named_state_says_survives_the_last_bit(name, monkeypatch):
    values = {**Playground.states[name], "iteration": playground.LAST}
    words = now(Playground(), **values).words()
    start = network.init
    playground._training.cache_clear()

    def nudged(*given, **more):
        layers = start(*given, **more)
        return [layer._replace(W=layer.W * (1 + 1e-12)) for layer in layers]

    monkeypatch.setattr(network, "init", nudged)
    assert now(Playground(), **values).words() == words
    playground._training.cache_clear()


# -- divergence


@pytest.mark.parametrize("hidden", ["none", "4", "8 8 8 8"])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_what_diverges_is_said_and_crashes_nothing(hidden, activation):
    picture = Playground()
    values = {
        **picture.start, "hidden": hidden, "activation": activation,
        "learning_rate": 100, "weight_decay": 0.1, "iteration": playground.LAST,
    }  # fmt: skip
    words = picture.words(**values)
    assert words.startswith("The training has diverged: by iteration ")
    first = int(words.split("iteration ")[1].split()[0].replace(",", ""))
    assert first in playground.KEPT[1:]
    before = playground.KEPT[playground.KEPT.index(first) - 1]
    assert "diverged" not in picture.words(**{**values, "iteration": before})
    screen = Screen(picture)
    for iteration in (playground.LAST, before, first):
        assert screen.frame(**{**values, "iteration": iteration}).moving


# -- the text


@pytest.mark.parametrize(
    "fixed, values",
    [
        ({}, {}),
        ({}, {"data": "spiral", "hidden": "8 8 8 8", "iteration": 53}),
        ({"seed": 4}, {"data": "XOR", "hidden": "none", "iteration": 0}),
        ({"scale": "xavier"}, {"activation": "sigmoid", "weight_decay": 0.01}),
        ({"scale": "he", "noise": 0.4}, {"activation": "ReLU", "hidden": "4 2"}),
        ({"momentum": 0.9, "scale": 0.5}, {"data": "rings", "weight_decay": 0.003}),
        ({"batch": 30}, {"iteration": 44}),
        ({"batch": 1, "momentum": 0.5}, {"learning_rate": 0.03, "iteration": 205}),
        ({"batch": 200}, {"iteration": 3}),
        ({"table": OWN}, {}),
        ({"table": OWN, "batch": 7}, {"weight_decay": 0.001}),
        ({"table": OWN}, {"data": "moons"}),
    ],
)
def test_the_text_prints_the_loss_that_is_shown(fixed, values, capsys):
    picture = Playground(**fixed)
    shown = now(picture, **values)
    assert printed(picture, capsys, **values) == pytest.approx(
        shown.run.loss[-1], rel=1e-9
    )


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_network_is_fifteen_lines_of_numpy(activation):
    text = Playground().code(activation=activation, hidden="8 8", weight_decay=0.1)
    data, net = text.strip().split("\n\nrandom = ")[-2:]
    assert "import" not in net and text.count("import ") == 1
    assert len(f"random = {net}".splitlines()) == 15
    assert max(map(len, text.splitlines())) <= 88


# -- controls and arguments


@pytest.mark.parametrize(
    "given, meant",
    [
        ("8 4", "8 4"), ("8, 4", "8 4"), ("8-4-2", "8 4 2"), (" 3 ", "3"),
        ("none", "none"), ("0", "none"), ([8, 8], "8 8"), (6, "6"),
        ((), "none"),
    ],
)  # fmt: skip
def test_layers_are_read_as_they_were_meant(given, meant):
    control = Playground.controls["hidden"]
    assert control.check(given) == meant
    assert control.means(control.write(meant), meant)


@pytest.mark.parametrize(
    "given", ["", "9", "0 4", "8 8 8 8 8", "88", "two", "2.5", "-3", 0.5]
)
def test_layers_that_cannot_be_are_refused(given):
    with pytest.raises(ValueError, match="hidden layers: got .*; needs up to four"):
        Playground().check(hidden=given)
    assert not Playground.controls["hidden"].means(str(given), "8")


def test_layers_are_typed_in_a_box_and_the_slider_goes_to_the_nearest():
    widget = live(Playground(), hidden="4", iteration=0)
    box, slider = widget._boxes["hidden"], Playground.controls["hidden"]
    box.value = "8, 7"
    assert widget.values["hidden"] == "8 7" and box.value == "8, 7"
    assert slider.stops[slider.nearest("8 7")] == "8 8"
    box.value = "9 9"
    assert widget.values["hidden"] == "8 7"
    assert ">hidden layers: got &#x27;9 9&#x27;; needs up to" in widget._message.value
    widget.set(hidden="3")
    assert box.value == "3" and widget._message.value == ""
    assert widget._key(widget.values) == ("3", "0")


@pytest.mark.parametrize(
    "fixed, said",
    [
        ({"noise": -1}, "noise: got -1; needs a number from 0 to 2"),
        ({"batch": 0}, "batch: got 0; needs a whole number from 1 to 200"),
        ({"batch": 201}, "batch: got 201; needs a whole number from 1 to 200"),
        ({"batch": 21, "table": OWN}, "batch: got 21; needs a whole .* 1 to 20"),
        # The page's own data are a button away.
        (
            {"batch": 201, "table": 15 * OWN},
            "batch: got 201; needs a whole .* 1 to 200",
        ),
        ({"scale": "huge"}, "scale: got 'huge'; needs one of 'xavier', 'he'"),
        ({"scale": -1}, "scale: got -1; needs a number from 0 to 100"),
        ({"momentum": 1}, "momentum: got 1; needs a number from 0 to 0.999"),
        ({"seed": 0.5}, "seed: got 0.5; needs a whole number"),
    ],
)
def test_an_argument_out_of_range_is_refused(fixed, said):
    with pytest.raises(ValueError, match=said):
        Playground(**fixed)


def test_every_control_can_be_trained_and_drawn_at_its_ends():
    picture = Playground(batch=5)
    screen = Screen(picture)
    for name, control in picture.controls.items():
        ends = (
            control.stops[:: len(control.stops) - 1]
            if isinstance(control, Knob)
            else control.options
        )
        for stop in ends:
            values = {**picture.start, "iteration": 2, name: stop}
            assert picture.check(**values) == values
            assert screen.frame(**values).moving and picture.words(**values)


# -- your own table


def test_a_table_is_split_by_class_and_scaled_by_what_is_trained_on():
    X, y, labels = playground.read_table(OWN)
    rows = playground.split(X, y)
    (X, y_old), (X_new, y_new) = rows.training, rows.validation
    assert labels == ["a", "b"] and (len(X), len(X_new)) == (20, 10)
    assert X.mean(axis=0) == pytest.approx([0, 0])
    assert X.std(axis=0) == pytest.approx([1, 1])
    assert y_old.sum() + y_new.sum() == y.sum()
    assert abs(y_old.mean() - y_new.mean()) < 0.1
    picture = Playground(OWN)
    assert picture.start["data"] == playground.YOURS
    assert "of 20 rows wrong" in picture.words(**picture.start)
    assert picture.words(**picture.start).endswith("Orange is a, blue is b.")
    assert Playground.start["data"] == "moons"


@pytest.mark.parametrize(
    "text",
    [
        "a,b,kind\n" + "".join(f"{x},{y},{c}\n" for x, y, c in OWN),
        "".join(f"{x};{y};{c}\n" for x, y, c in OWN),
        "\ufeffa\tb\tc\r\n" + "".join(f"{x}\t{y}\t{c}\r\n" for x, y, c in OWN) + "\r\n",
    ],
)
def test_a_csv_file_is_read_as_the_same_table(tmp_path, text):
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8", newline="")
    for given in (path, str(path)):
        for ours, there in zip(
            playground.read_table(given), playground.read_table(OWN)
        ):
            assert np.array_equal(ours, there)


@pytest.mark.parametrize(
    "table, said",
    [
        ([{"a": 1}], "table, row 0: got {'a': 1}; needs two numbers and a label"),
        ([{1, 2, 3}], "table, row 0: got {1, 2, 3}; needs two numbers and a label"),
        ([[1, 10**400, 0]], "table, row 0: got 1000.*; needs numbers from −1e100"),
        ([[1, 1e-300, 0]], "table, row 0: got 1e-300; needs numbers from −1e100"),
        ([[1, 2, float("nan")]], "table, row 0: got no label"),
        ([[1, 2, "  "]], "table, row 0: got no label"),
        (5, "table: got an int; needs rows of two numbers and a label"),
        ([1, 2, 3], "table, row 0: got 1; needs two numbers and a label"),
        ([], "table: got no rows; needs two labels"),
        ([[1, 2]], "table, row 0: got 2 columns; needs two numbers and a label"),
        ([[1, 2, 0], [1, "x", 1]], "table, row 1: got 'x'; needs a number"),
        ([[1, None, 0]], "table, row 0: got nothing; needs a number"),
        ([[1, float("nan"), 0]], "table, row 0: got nan; needs a number"),
        ([[1, 2, ""]], "table, row 0: got no label; needs one of two labels"),
        ([[1, 2, "a"]] * 9, "table: got 'a'; needs two labels"),
        ([[1, 2, i] for i in range(9)], "table: got '0', '1', .*; needs two labels"),
        (OWN * 20, "table: got 600 rows; needs at most 500, to answer at once"),
        ([[i, 2 * i, i > 2] for i in range(9)], "got 3 of label 'False'; needs 4 of"),
        ([[i, 2, i > 4] for i in range(9)], "got 2 in every row of column 2; needs"),
        ([[0.1, i, i % 2] for i in range(18)], "got 0.1 in every row of column 1; nee"),
        ("no such.csv", "table: got 'no such.csv'; there is no such file in"),
    ],
)
def test_what_is_no_table_is_refused(table, said):
    with pytest.raises(ValueError, match=said):
        Playground(table)


@pytest.mark.parametrize(
    "text, said",
    [
        (b"nan,inf,a\n1,2,b\n", "table, line 1: got 'nan'; needs a number"),
        (b"NA,NA,a\n1,2,b\n", "table, line 1: got 'NA'; needs a number"),
        (b"1e308,2,a\n1,2,b\n", "table, line 1: got '1e308'; needs numbers from"),
        (b"abc,2,a\n1,2,b\n", "table, line 1: got 'abc'; needs a number"),
        (b"1,abc,a\n1,2,b\n", "table, line 1: got 'abc'; needs a number"),
        (b"x,y,c\n1,2,a\n1,,b\n", "table, line 3: got nothing; needs a number"),
        (b"1,2,a\n\n1,two,b\n", "table, line 3: got 'two'; needs a number"),
        (b"1,2,a\n1,2\n", "table, line 2: got 2 columns; needs two numbers"),
        (b"\xff\xfe1", "table: got '.*'; needs text in UTF-8: save it as"),
        (b"", "table: got no rows; needs two labels"),
    ],
)
def test_what_is_no_csv_file_is_refused(tmp_path, text, said):
    path = tmp_path / "own.csv"
    path.write_bytes(text)
    with pytest.raises(ValueError, match=said):
        Playground(path)


def test_it_opens_at_an_iteration_that_is_kept():
    assert Playground.start["iteration"] in playground.KEPT


def test_a_gradient_that_is_not_0_is_not_said_to_be_0():
    values = {
        "data": "XOR",
        "hidden": "8 8",
        "activation": "sigmoid",
        "learning_rate": 3,
    }
    shown = now(Playground(), **values, weight_decay=0.01, iteration=1000)
    assert 0 < shown.run.sizes[-1][0] < 1e-9
    assert "layer by layer: under 10⁻⁹, 1.2 · 10⁻⁷ and 6.3 · 10⁻⁴." in shown.words()
