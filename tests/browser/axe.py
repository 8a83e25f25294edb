"""What axe-core finds on a page."""

from pathlib import Path

import axe_playwright_python

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
# ipywidgets' slider has no name; the box beside it has, and sets the same.
STOCK = {"aria-input-field-name": "noUi-handle"}
RUN = """async selector => {
    const found = await axe.run({include: [selector]}, {resultTypes: ["violations"]});
    return found.violations.map(v => ({id: v.id, help: v.help, targets: v.nodes.map(
        n => [n.html, n.failureSummary])}));
}"""


def violations(page, selector):
    """Return what axe finds, but for what is known of stock widgets."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = []
    for each in page.evaluate(RUN, selector):
        known = STOCK.get(each["id"], "nothing")
        found += [(each["id"], t) for t in each["targets"] if known not in t[0]]
    return found
