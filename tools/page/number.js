// A number as a person types it: what backprop.number reads, read alike.

const NEED = "a number, such as 4, −0.5, 10,000, 1e−3 or 2/3";
const RAISED = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹";
// Grouped by commas, then a point; or grouped by spaces, or not at all, then either.
const FORMS = [
    /^([1-9]\d{0,2}(?:,\d{3})+)(?:\.(\d*))?$/,
    /^([1-9]\d{0,2}(?:\s\d{3})+)(?:[.,](\d*))?$/,
    /^(\d+)(?:[.,](\d*))?$/,
    /^()[.,](\d+)$/,
];

/** Return the number that a text means, or NaN. */
function read(text) {
    text = text.trim().replace(/[−–‒]/g, "-");
    // Of one character, such as ½.
    text = text.replace(/^([+-]?)(.)$/su, (all, sign, one) => sign + one.normalize("NFKC"));
    const over = text.replace("⁄", "/").split("/").map(part => readOne(part.trim()));
    const number = over.length === 1 ? over[0] : over.length === 2 ? over[0] / over[1] : NaN;
    return Number.isFinite(number) ? number : NaN;
}

function readOne(text) {
    const [, sign, digits, exponent = "e0"] = text
        .replace(/[⁻⁰¹²³⁴-⁹]+/gu, power =>
            "^" + [...power].map(one => "-0123456789"[RAISED.indexOf(one)]).join(""))
        .replace(/\s*[·×*]\s*10\^/u, "e") // 3 · 10^−5
        .replace(/^([+-]?)\s*10\^/, (all, sign) => sign + "1e") // 10^−5
        .match(/^([+-]?)\s*(.*?)(e[+-]?\d+)?$/is);
    for (const form of FORMS) {
        const found = digits.match(form);
        if (found)
            return Number(`${sign}${found[1].replace(/\D/g, "")}.${found[2] ?? ""}0${exponent}`);
    }
    return NaN;
}
