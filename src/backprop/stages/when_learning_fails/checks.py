"""The exercises of stage 08: a limit, a logarithm, a row of neurons, ten diagnoses."""

import textwrap
from dataclasses import dataclass, field

import numpy as np

from backprop.exercise import Exercise, Verdict, stop
from backprop.network import sigmoid
from backprop.result import Stopped, short


def largest_rate(X):
    A = np.column_stack([X, np.ones(len(X))])
    return 2 / np.linalg.eigvalsh(A.T @ A).max()


LARGEST_RATE = Exercise(
    largest_rate,
    probes=[
        (np.array([[-1.0], [0.0], [1.0], [2.0]]),),
        (np.array([[0.5, -1.0], [2.0, 0.3], [-0.7, 1.2], [1.1, 0.4], [0.2, 3.0]]),),
        (np.array([[1.0, 0.2, -0.4], [0.3, -2, 0.8], [-1, 0.6, 2], [0.4, 1.5, 1]]),),
    ],
    then="Try next: take one column of X ten times as large.",
    mistakes={
        "the bias is left out. It is a weight on a constant 1: put a column of ones "
        "beside X.": {"np.column_stack([X, np.ones(len(X))])": "np.asarray(X)"},
        "this is the limit for a mean over the rows, n times too large. The loss here "
        "is ½ times the sum.": {"return 2": "return 2 * len(X)"},
        "this is 1 / λmax, half the limit. There a step lands at the bottom of the "
        "steepest direction; up to 2 / λmax it lands beyond, but nearer than "
        "before.": {"return 2": "return 1"},
        "this takes the smallest curvature. The steepest direction is the first to "
        "diverge, so it sets the limit.": {".max()": ".min()"},
        "this takes the sum of the curvatures. Each direction goes its own way; the "
        "steepest alone sets the limit.": {".max()": ".sum()"},
        "the curvatures are the eigenvalues of AᵀA, not of A: these are the square "
        "roots of them.": {".max()": ".max() ** 0.5"},
        "this is 2 / (λmin + λmax), the fastest rate. The largest that does not "
        "diverge is larger.": {".max()": "[[0, -1]].sum()"},
        "this is the curvature λmax itself. The limit is 2 divided by it.": {
            "2 / ": ""
        },
    },
)


def log_rest(z):
    return np.log(sigmoid(-z))


def _log_of_difference(small=0.0, against=np.add):
    """Return ln of 1 - sigmoid(z), with something done to it against the zeros."""

    def wrong(z):
        with np.errstate(divide="ignore"):
            return np.log(against(1 - sigmoid(z), small))

    return wrong


SMALL = [10.0**-power for power in (3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)]
SMALL += [1e-20, 1e-30, 1e-50, 1e-100, 1e-300, np.finfo(float).eps]


LOG_REST = Exercise(
    log_rest,
    # Close together where a formula that was patched would change to another.
    probes=[
        *((z,) for z in (2.0, -3.0, 4.3, 30.0, 33.0, 35.0, 50.0)),
        (np.array([0.5, 40.0, 300.0]),),
    ],
    then="Try next: np.log(1 - sigmoid(40)), and say why.",
    mistakes={
        "1 - sigmoid(z) is exactly 0 from z = 36.74 on, and the logarithm of 0 is −∞. "
        "Which sigmoid is the same as 1 - sigmoid(z)?": [
            _log_of_difference(),
            *(_log_of_difference(digits, np.round) for digits in (4, 6, 8, 10, 12)),
        ],
        "the small number keeps the logarithm from −∞, and makes it wrong: at "
        "z = 50 it should be −50.": [
            _log_of_difference(small, against)
            for small in SMALL
            for against in (np.add, np.maximum)
        ],
        "this is the logarithm of sigmoid(z). Asked is that of the rest, "
        "1 - sigmoid(z).": lambda z: np.log(sigmoid(z)),
        "ln(1 − a) is not ln 1 − ln a: a logarithm makes a difference of a quotient, "
        "and nothing of a difference.": lambda z: -np.log(sigmoid(z)),
        "this is the rest, 1 - sigmoid(z). Its logarithm is still to come.": lambda z: (
            sigmoid(-z)
        ),
        "the sign is flipped. The rest is less than 1, so its logarithm is "
        "negative.": lambda z: -np.log(sigmoid(-z)),
        "this is the logarithm to base 10. The natural one is np.log.": lambda z: (
            np.log10(sigmoid(-z))
        ),
        "-z is close only for a large z. At z = 2 the answer is −2.127.": lambda z: -z,
    },
)


def steady(a):
    w = 1 / (a * (1 - a))
    return w, np.log(a / (1 - a)) - w * a


STEADY = Exercise(
    steady,
    probes=[(0.8,), (0.3,), (0.95,)],
    then="Try next: print the weight for a = 0.5, 0.9 and 0.99.",
    mistakes={
        "the weight is 4 for every a. The slope is ¼ at a = ½ alone; elsewhere it is "
        "a(1 − a).": {"1 / (a * (1 - a))": "4"},
        "the weight is the slope itself, so that a change is multiplied by the square "
        "of it. Which weight makes w · σ′ equal to 1?": {
            "1 / (a * (1 - a))": "a * (1 - a)"
        },
        "the weight comes from a slope without its factor 1 − a. The slope is "
        "a(1 − a).": {"(a * (1 - a))": "a"},
        "the bias is −w/2, which keeps the output at ½, and not at a.": {
            "np.log(a / (1 - a)) - w * a": "-w / 2"
        },
        "the bias is the z that gives a. But z is w x + b, and the input x is a.": {
            " - w * a": ""
        },
        "z is 0 here, so the output is ½. Which z gives the output a?": {
            "np.log(a / (1 - a)) - w * a": "-w * a"
        },
        "z is a here, and the output is σ(a). Which z gives the output a?": {
            "np.log(a / (1 - a))": "a"
        },
        "the output is 1 − a here: turn the fraction in the logarithm over.": {
            "a / (1 - a)) -": "(1 - a) / a) -"
        },
        "the input's share of z is added to the bias. z = w a + b, so b is z minus "
        "w a.": {" - w * a": " + w * a"},
        "this is the logarithm to base 10. The one that undoes e is np.log.": {
            "np.log(": "np.log10("
        },
        "weight and bias have changed places: return w first.": {
            "w, np.log(a / (1 - a)) - w * a": "np.log(a / (1 - a)) - w * a, w"
        },
    },
)


# What would be seen if it were so.
DIAGNOSES = {
    "A": "Without a slope, the deltas are at least four times too large, with the "
    "right sign.",
    "B": "With a slope twice, the deltas are at most a quarter of what they should be, "
    "with the right sign.",
    "C": "A slope taken at z leaves the signs of its layer in disorder.",
    "D": "A flipped sign leaves every size as it is: the relative error is 1 there.",
    "E": "After a step too early the last layer is right, and the first almost.",
    "F": "A mean over 4 rows makes every single number 4 times too small.",
    "G": "A weight gradient that lacks its transpose is wrong alone, without a bias.",
    "H": "A bias gradient that sums over too much is wrong alone.",
    "I": "A gate needs a ReLU; an open one makes the layer below it wrong.",
    "J": "A right gradient has a relative error under 1e−7 in all four parts.",
}

# Exhibit -> where to look: its wrong parts, and a question.
HINTS = {
    1: "all four parts are wrong, by the same factor. Which line do all four use?",
    2: "W2 and b2 are right, W1 and b1 almost. What happens between their lines?",
    3: "W1 and b1 are wrong. Which values can a1 have after np.maximum?",
    4: "no part is wrong. What becomes of the sign on its way?",
    5: "all four parts are too small. How often does each slope come in?",
    6: "W2 alone is wrong. Which two shapes does its line multiply?",
    7: "all four parts are too large. Which factor is in no delta?",
    8: "W1 and b1 have the right size and the wrong sign. What are they made from?",
    9: "b1 alone is wrong. What does its line sum over?",
    10: "W1 and b1 are wrong, in disorder. Which line is about layer 1 alone?",
}

# Exhibit -> its diagnosis, and where it is.
ANSWERS = {
    1: (
        "F",
        "/ len(y) makes a mean of the sum, so every number is 4 times too small. It "
        "trains like the right one with a quarter of the learning rate.",
    ),
    2: (
        "E",
        "W2 has made its step before delta1 is taken with it. dW2 and db2 belong to "
        "the old weights. dW1 and db1 mix old and new, and belong to neither.",
    ),
    3: (
        "I",
        "a1 is an output of ReLU, so a1 >= 0 is always true and the gate never closes. "
        "It has to be a1 > 0. Published tutorials have this line, and networks that "
        "learn with it.",
    ),
    4: (
        "J",
        "nothing is wrong. y - a2 turns the sign, and the last four lines turn it "
        "back; a - a**2 is a(1 - a).",
    ),
    5: (
        "B",
        "error2 has its slope already, and delta2 takes it again; so do error1 and "
        "delta1. It trains all the same.",
    ),
    6: (
        "G",
        "a1 @ delta2 lacks its .T. It fits because there are as many examples as "
        "hidden units, 4. Here it even ends lower than the right gradient does.",
    ),
    7: (
        "A",
        "slope2 is gone. a2 - y is the right delta for cross-entropy, so this trains "
        "very well; but it is not the gradient of the squares.",
    ),
    8: (
        "D",
        "error is minus delta2, and delta1 is made from error: the first layer climbs "
        "while the last descends.",
    ),
    9: (
        "H",
        "delta1.sum() adds up the units as well: one number, which NumPy spreads over "
        "all biases. delta1.sum(0) sums over the examples alone. With one output unit, "
        "db2 comes out right. Published tutorials have this line too.",
    ),
    10: (
        "C",
        "slope1 = z1 * (1 - z1) puts z where the output a1 belongs. Such a slope can "
        "be negative, or far over ¼.",
    ),
}


def diagnose(exhibit):
    return ANSWERS[exhibit][0]


def _by_the_curve(exhibit):
    return "J" if exhibit not in (3, 8, 10) else diagnose(exhibit)


@dataclass(frozen=True)
class Replies(Verdict):
    """A Verdict of several sentences, each on lines of its own."""

    def __repr__(self):
        return "\n".join(textwrap.fill(line, 79) for line in self.text.split("\n"))


@dataclass
class Diagnosis(Exercise):
    """A letter for each exhibit; each that is committed gets its reply.

    The first wrong letter for an exhibit gets what would be seen, if it were so; the
    second gets where to look, as `hint` does; the third gets the solution. tried:
    exhibit -> the wrong letters so far.
    """

    tried: dict = field(default_factory=dict, init=False)

    def _judge(self, given, results, answer, code):
        """Return the Verdict: a reply for each exhibit that has a letter."""
        # A line that was deleted is an exhibit without a letter.
        missing = [
            isinstance(each, Stopped) and isinstance(each.error, KeyError)
            for each in results
        ]
        results = [None if gone else each for gone, each in zip(missing, results)]
        for each in results:
            if isinstance(each, Stopped):
                return Verdict(f"diagnose stopped with {stop(each.error)}")
            if isinstance(each, dict):
                return Verdict(
                    "Not yet: diagnose returns the whole dictionary. Look up one "
                    "letter in it: [exhibit] belongs behind the last brace."
                )
        said = {
            exhibit: _letter(letter)
            for (exhibit,), letter in zip(self.probes, results)
            if letter is not None and letter is not ...
        }
        if not said:
            return Verdict('Not done yet: write a letter, as in 1: "A".')
        for mistake, wrong in self.mistakes.items():
            if said == {exhibit: wrong(exhibit) for exhibit in ANSWERS}:
                return Verdict(f"Not yet: {mistake}", mistake=mistake)
        if len(said) > 2 and set(said.values()) in [{letter} for letter in DIAGNOSES]:
            return Verdict(
                "Not yet: one letter for all of them says nothing of any. Look at the "
                "gradient check of each exhibit, and at its code."
            )
        replies = [self._reply(exhibit, letter) for exhibit, letter in said.items()]
        still_open = [str(exhibit) for exhibit in ANSWERS if exhibit not in said]
        if still_open:
            replies.append(f"Without a letter: {', '.join(still_open)}.")
        right = all(said.get(exhibit) == diagnose(exhibit) for exhibit in ANSWERS)
        hints = [
            f"{exhibit}: {HINTS[exhibit]}"
            for exhibit, letter in said.items()
            if letter != diagnose(exhibit)
        ]
        return Replies("\n".join(replies), right=right, hints=tuple(hints))

    def _reply(self, exhibit, letter):
        right, where = ANSWERS[exhibit]
        if letter == right:
            return f"{exhibit}: {right}, right: {where}"
        if letter not in DIAGNOSES:
            return f"{exhibit}: got {letter}; needs one letter from A to J."
        wrong = self.tried.setdefault(exhibit, set())
        wrong.add(letter)
        reply = f"{exhibit}: not {letter}. {DIAGNOSES[letter]}"
        if len(wrong) == 1:
            return reply
        if len(wrong) == 2:
            return f"{reply} Look: {HINTS[exhibit]}"
        return f"{reply} It is {right}: {where}"


def _letter(written):
    """Return the capital of a diagnosis; what is none, as it was written."""
    letter = str(written).upper()
    if letter in DIAGNOSES:
        return letter
    return repr(written) if isinstance(written, str) else short(written)


DIAGNOSE = Diagnosis(
    diagnose,
    probes=[(exhibit,) for exhibit in ANSWERS],
    mistakes={
        "every exhibit that trains got a J. Seven of the ten train, and one of them "
        "is right. Look at the gradient check of the others.": _by_the_curve,
    },
)

EXERCISES = [LARGEST_RATE, LOG_REST, STEADY, DIAGNOSE]
