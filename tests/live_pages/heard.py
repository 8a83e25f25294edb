"""What a screen reader reads of a page, from top to bottom: the accessibility tree."""

# Read as a whole: what is inside is their name, or its parts.
WHOLE = {
    "button", "checkbox", "DisclosureTriangle", "heading", "image", "link", "radio",
    "slider", "textbox",
}  # fmt: skip
AROUND = {
    "alert", "group", "list", "main", "navigation", "radiogroup", "status", "table",
}  # fmt: skip
NOT_READ = {"InlineTextBox", "LineBreak", "ListMarker"}


def heard(page):
    """Return lines, each a role, a name and a value: what is passed on the way down."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("Accessibility.enable")
    nodes = cdp.send("Accessibility.getFullAXTree")["nodes"]
    of = {node["nodeId"]: node for node in nodes}
    # The protocol gives a slider's stop; a screen reader says the text beside it.
    spoken = "es => es.map(e => e.ariaValueText)"
    texts = iter(page.locator("input[type=range]:visible").evaluate_all(spoken))
    lines = []

    def walk(node):
        role, name = (node.get(key, {}).get("value", "") for key in ("role", "name"))
        inside = [of[child] for child in node.get("childIds", []) if child in of]
        has = {p["name"]: p["value"].get("value") for p in node.get("properties", [])}
        if node.get("ignored") or role in NOT_READ:
            pass
        elif role == "StaticText":
            if lines and lines[-1][0] == "text":
                lines[-1][1] += name
            else:
                lines.append(["text", name, ""])
            return
        elif role in WHOLE or has.get("focusable"):
            value = node.get("value", {}).get("value", has.get("checked", ""))
            value = next(texts) if role == "slider" else value
            lines.append([role, name, value])
            if role in WHOLE:
                return
        elif role in AROUND:
            lines.append([role, name, ""])
        for child in inside:
            walk(child)
        if role == "paragraph" and lines and lines[-1][0] == "text":
            lines[-1][1] += "\n"

    walk(nodes[0])
    return [tuple(line) for line in lines]
