"""Stage 03: what its prose says, and what its pictures must never get wrong."""

from itertools import product

import numpy as np
import pytest

from backprop import network
from backprop.data import four_rows
from backprop.stages.forward_pass import Batch, Bias, Layers, Neuron, Shapes
from backprop.stages.forward_pass.pictures import SHAPES, _shape

X, y = four_rows()


def test_the_folded_answer_puts_all_four_outputs_on_the_side_of_their_targets():
    W = np.array([[2], [0], [-1]])
    assert np.array_equal(network.sigmoid(X @ W) > 0.5, y == 1)
    assert np.array_equal(Batch.W[:, :1], W)


def test_the_neuron_starts_with_the_numbers_of_the_cell_above_it():
    words = Neuron().words(**Neuron.start)
    assert "products 2, −1 and −0.5 add up to z = 0.5" in words
    assert "the output is a = σ(0.5) = 0.6225" in words


@pytest.mark.parametrize("cell", range(1, 9))
def test_each_step_of_the_batch_says_its_entry_of_the_product(cell):
    value = (X @ Batch.W).ravel()[cell - 1]
    words = Batch().words(cell=cell)
    assert f"= {value:g}. Cells computed: {cell} of 8".replace("-", "−") in words
    assert words.startswith(f"Row {(cell + 1) // 2} of X")
    assert f"meets column {2 - cell % 2} of W" in words


def test_a_weight_on_a_constant_1_is_a_bias_and_on_a_0_is_none():
    stops, examples = (Bias.controls[name] for name in ("b", "example"))
    for b, example in product(stops.stops, examples.options):
        _, _, added, weighed = Bias()._numbers(b, example, "1")
        assert added == weighed
        _, _, added, weighed = Bias()._numbers(b, example, "0")
        assert added - weighed == b


def numpy_says(left, operation, right):
    """Return the shape of the real operation, or None for a ValueError."""
    a, b = np.ones(SHAPES[left]), np.ones(SHAPES[right])
    work = {"@": np.matmul, "*": np.multiply, "−": np.subtract}[operation]
    try:
        return work(a, b).shape
    except ValueError:
        return None


def test_every_pair_of_shapes_is_as_numpy_has_it():
    controls = Shapes.controls
    for values in product(*(controls[name].options for name in controls)):
        left, operation, right = values
        shape = _shape(SHAPES[left], operation, SHAPES[right])
        assert shape == numpy_says(*values), values
        words = Shapes().words(left, operation, right)
        assert (f"shape {shape}" in words) == (shape is not None), values
        assert ("ValueError" in words) == (shape is None), values


def test_the_layers_say_what_the_module_gives():
    for widths, hidden in zip(Layers.controls["widths"].options, ("no", "1", "2")):
        layers, a = Layers()._forward(widths, "[0, 1, 1]")
        assert len(a) - 1 == len(layers) == widths.count("→")
        words = Layers().words(widths, "[0, 1, 1]")
        assert f"{hidden} hidden layer" in words
        output = network.forward(layers, [[0, 1, 1]])[-1]
        assert a[-1] == pytest.approx(output[0])


def test_the_exit_question_tells_the_truth():
    rows, columns = np.ones((100, 3)), np.ones((3, 5))
    assert (rows @ columns).shape == (100, 5)
    assert (rows * np.ones((1, 3))).shape == (rows * np.ones((100, 1))).shape
    with pytest.raises(ValueError):
        rows * columns
