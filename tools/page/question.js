// A question whose answer is a number to be typed, judged as backprop.question does.

const CLOSE = 0.02; // of the right number: who is that near has gone the right way
const KNOWN = 0.004; // of a wrong number: it is known by its first digits,
const APART = 1 / 3; // but no nearer to the right one than this part of the way
const TIMES = [[2, "twice"], [0.5, "half"]];

/** Return whether a number is right, and the reply to it. */
function answer({answer: right, near, ...asked}, number) {
    if (Math.abs(number - right) <= near) return [true, asked.right];
    const off = wrong => Math.abs(wrong.value - number);
    for (const wrong of [...asked.wrong].sort((a, b) => off(a) - off(b))) {
        const {value} = wrong, apart = APART * Math.abs(value - right);
        if (off(wrong) <= Math.max(near, Math.min(KNOWN * Math.abs(value), apart)))
            return [false, wrong.reply];
    }
    return [false, nearMiss(number, right, near, asked.nearly) ?? asked.first_step];
}

function nearMiss(number, right, near, nearly) {
    if (right === 0) return null;
    if (Math.abs(number + right) <= near) return "The size is right, the sign is not.";
    if (Math.abs(number - right) <= CLOSE * Math.abs(right)) return nearly;
    for (const shift of [-3, -2, -1, 1, 2, 3])
        if (Math.abs(number / 10 ** shift - right) <= near)
            return "The digits are right, the decimal point is not in its place.";
    for (const [factor, said] of TIMES)
        if (Math.abs(number / factor - right) <= near)
            return `That is ${said} the right number.`;
    return null;
}

/** Let a form ask: the box, the button that commits it, as Enter does, and the reply. */
function ask(form, asked, found = () => {}) {
    const box = form.querySelector("input"), reply = form.querySelector("[role=status]");
    form.onsubmit = event => {
        event.preventDefault();
        const number = read(box.value);
        if (Number.isNaN(number)) { // it stays in the box, to be mended
            reply.textContent = `Your number: got “${box.value}”; needs ${NEED}`;
            return;
        }
        const [right, said] = answer(asked, number);
        reply.textContent = `You typed ${box.value.trim()}. ${said}`;
        if (right) found();
    };
}

for (const form of document.querySelectorAll(".prediction .answer"))
    ask(form, JSON.parse(form.dataset.asked));
