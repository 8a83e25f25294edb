"""The challenges of the playground: settings that do something, whichever they are."""

from dataclasses import dataclass

import numpy as np

from backprop import reading, validate
from backprop.exercise import Exercise, Verdict, stop
from backprop.result import Stopped
from backprop.stages.practice import playground

ACTIVATIONS = ("tanh", "sigmoid", "ReLU")
MOST_UNITS = 7  # one fewer than the page shows
VANISHED, ALIVE = 1 / 1000, 1 / 10  # gradient of layer 1, over that of the last
DECAY = 0.1
HIGHEST_RATE = 1000  # so that one at which momentum diverges too is tried
FIELDS = (
    *("hidden", "activation", "learning_rate", "weight_decay", "scale", "momentum"),
    *("batch", "seed"),
)


@dataclass
class Challenge(Exercise):
    """A function without arguments that returns settings; any that do it are right.

    judge: from what it returns to whether that does it, and what to say; it raises
    ValueError for what are no settings. needs: what to return.
    """

    judge: callable = None
    needs: str = ""

    def _judge(self, given, results, answer, code):
        """Return the Verdict: what these settings do."""
        result = _plain(results[0])
        if isinstance(result, Stopped):
            return Verdict(f"{self.name} stopped with {stop(result.error)}")
        if result is None or result is ...:
            return Verdict(f"Not done yet: {self.name} has to return {self.needs}.")
        if said := code and dict(reading.shown_by(code)).get("generator"):
            return Verdict(f"Not yet: {said}")
        try:
            right, text = self.judge(result)
        except ValueError as error:
            return Verdict(f"Not yet: {error}")
        if right:
            return Verdict(f"Right: {text} {self.then}", right=True)
        return Verdict(f"Not yet: {text}")


def _plain(result):
    """Return a result as lists, dicts and numbers, if it is made of arrays."""
    if isinstance(result, (list, tuple)):
        return [_plain(each) for each in result]
    return result.tolist() if isinstance(result, (np.ndarray, np.generic)) else result


def trained(data, settings, allowed):
    """Return the Run with these settings of the playground, a dict.

    allowed: names that it may hold. Raises ValueError, naming what doesn't fit.
    """
    if not isinstance(settings, dict):
        got = type(settings).__name__
        raise ValueError(
            f"this is of type {got}; needs settings, as in {{'hidden': '4'}}."
        )
    for name in settings:
        validate.option("settings", name, allowed)
    values = {
        "hidden": "4", "activation": "tanh", "learning_rate": 1, "weight_decay": 0,
        **{name: _plain(value) for name, value in settings.items()},
    }  # fmt: skip
    fixed = {
        name: value for name, value in values.items() if name in playground.Set._fields
    }
    try:
        hidden = playground.widths_of(values["hidden"])
    except ValueError as error:
        raise ValueError(f"hidden: {error}") from None
    activation = validate.option("activation", values["activation"], ACTIVATIONS)
    return playground.train(
        playground.rows_of(data),
        hidden,
        activation.lower(),
        validate.number("learning_rate", values["learning_rate"], 0.001, HIGHEST_RATE),
        validate.number("weight_decay", values["weight_decay"], 0, 0.1),
        playground.checked(playground.Set(**fixed), playground.ROWS),
    )


def diverged(run):
    """Return whether the loss of a Run has left all bounds by its end."""
    return not (run.finite[-1] and run.loss[-1] <= playground.LARGEST)


def _say(number):
    return f"{number:.3g}"


def few_units():
    return {"hidden": "6", "learning_rate": 3}


def _solves(settings):
    run = trained("spiral", settings, FIELDS)
    units = sum(run.widths[1:-1])
    if diverged(run):
        return False, "it diverges: the loss ends above 1,000."
    layers = playground.unpacked(run.parameters[-1], run.widths, run.activation)
    wrong = playground.wrong(layers, *run.rows.training)
    new = playground.wrong(layers, *run.rows.validation)
    said = f"{units} hidden unit{'' if units == 1 else 's'}"
    if wrong:
        return False, f"{said}, and {wrong} of 200 rows wrong."
    if units > MOST_UNITS:
        return False, (
            f"{said}, no row wrong. That is solved; the challenge is to do it "
            f"with {MOST_UNITS} or fewer."
        )
    return True, f"{said}, no row wrong, and {new} of 200 in validation."


FEW_UNITS = Challenge(
    few_units,
    probes=[()],
    judge=_solves,
    needs="settings, such as {'hidden': '8', 'learning_rate': 2}",
    then="Try next: one unit fewer. And another seed: is it the network, or luck?",
)


def vanish_and_cure():
    vanishes = {"hidden": "8 8 8 8", "activation": "sigmoid", "scale": 0.2}
    cured = {"hidden": "8 8 8 8", "activation": "tanh", "scale": "xavier"}
    return vanishes, cured


def _vanishes_and_is_cured(both):
    if not isinstance(both, list) or len(both) != 2:
        raise ValueError("needs two settings: one that vanishes, then its cure.")
    allowed = ("hidden", "activation", "scale", "seed")
    ill, well = (trained("moons", each, allowed) for each in both)
    if ill.widths != well.widths or len(ill.widths) < 4:
        got = " and ".join(
            " ".join(map(str, run.widths[1:-1])) or "none" for run in (ill, well)
        )
        raise ValueError(
            f"the hidden layers are {got}; needs the same in both, two or more."
        )
    for which, run in (("first", ill), ("second", well)):
        if not run.sizes[0].any():
            raise ValueError(
                f"in the {which}, the gradients of all weights start at 0, and no "
                "layer's is the smaller one; needs a scale above 0."
            )
    sizes = [run.sizes[0, 0] / run.sizes[0, -1] for run in (ill, well)]
    shares = [_say(each) if each < 1 else "1 or more" for each in sizes]
    if not sizes[0] < VANISHED:
        return False, (
            f"in the first, layer 1 starts with {shares[0]} of the gradient of the "
            "last layer. Vanished means under 0.001 here."
        )
    if not sizes[1] > ALIVE:
        return False, (
            f"the first has vanished. In the second, layer 1 starts with {shares[1]} "
            "of the gradient of the last layer; needs 0.1 or more."
        )
    if diverged(well) or not well.loss[-1] < ill.loss[-1]:
        return (
            False,
            "the second starts well, and ends at no lower loss than the first.",
        )
    return True, (
        f"layer 1 starts with {shares[0]} of the gradient of the last layer, and with "
        f"{shares[1]} once cured. The cured network ends at the lower loss."
    )


VANISH_AND_CURE = Challenge(
    vanish_and_cure,
    probes=[()],
    judge=_vanishes_and_is_cured,
    needs="two settings: one that vanishes, and its cure",
    then="Try next: a cure by the activation alone, or by the start scale alone.",
)


def only_momentum():
    return 30


def _only_plain_diverges(rate):
    rate = validate.number("learning_rate", rate, 0.001, HIGHEST_RATE)
    settings = {"hidden": "none", "weight_decay": DECAY, "learning_rate": rate}
    plain, heavy = (
        trained("moons", {**settings, "momentum": beta}, {*settings, "momentum"})
        for beta in (0, 0.9)
    )
    said = [
        "ends above a loss of 1,000" if diverged(run) else "ends below a loss of 1,000"
        for run in (plain, heavy)
    ]
    text = (
        f"at rate {_say(rate)} plain descent {said[0]}; with momentum 0.9 it {said[1]}."
    )
    if not diverged(plain):
        text += " Plain descent needs a higher one to diverge."
    elif diverged(heavy):
        text += " Momentum needs a lower one to hold."
    return diverged(plain) and not diverged(heavy), text


ONLY_MOMENTUM = Challenge(
    only_momentum,
    probes=[()],
    judge=_only_plain_diverges,
    needs="a learning rate, such as 1",
    then="Try next: where does each of the two begin to diverge? Far out the sigmoid "
    "is flat, and the decay is all the curvature that there is.",
)

CHALLENGES = [FEW_UNITS, VANISH_AND_CURE, ONLY_MOMENTUM]
