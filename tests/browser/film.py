"""A drag, frame by frame: what the kernel sent beside what the browser painted."""

import base64
from io import BytesIO
from math import floor

import numpy as np
from PIL import Image

# Whatever the page shows from here on: pictures sent, places they stood at, blanks.
RECORD = """root => {
    const seen = window.seen = {boxes: new Set(), blanks: 0, sent: []};
    const keep = () => seen.sent.push([...root.querySelectorAll("svg")].slice(-2)
        .map(e => e.outerHTML).join(""));
    new MutationObserver(keep)
        .observe(root.querySelector(".backprop-picture"),
            {childList: true, subtree: true});
    keep();
    const frame = () => {
        const svg = [...root.querySelectorAll("svg")].slice(-2);
        if (svg.length < 2 || !svg.every(e => e.childElementCount)) seen.blanks += 1;
        for (const e of svg) {
            const box = e.getBoundingClientRect();
            seen.boxes.add([box.x, box.y, box.width, box.height].join());
        }
        if (window.seen === seen) requestAnimationFrame(frame);
    };
    frame();
}"""
STOP = (
    "() => { const s = seen; window.seen = null; return {...s, boxes: [...s.boxes]} }"
)


class Film:
    """Everything that one live widget shows while this is open; then it is judged."""

    def __init__(self, live):
        self.live, self.cdp, self.painted = live, live.notebook.cdp, []

    def __enter__(self):
        self.live.page.wait_for_timeout(100)  # until what came before is painted
        self.live.root.evaluate(RECORD)
        self.cdp.on("Page.screencastFrame", self._keep)
        self.cdp.send("Page.startScreencast", {"format": "jpeg", "quality": 90})

    def _keep(self, frame):
        self.cdp.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})
        self.painted.append(frame["data"])

    def __exit__(self, *error):
        self.live.page.wait_for_timeout(50)
        self.cdp.send("Page.stopScreencast")
        self.cdp.remove_listener("Page.screencastFrame", self._keep)
        seen = self.live.page.evaluate(STOP)
        if error[0] is None:
            self._judge(**seen)

    def _judge(self, blanks, boxes, sent):
        """Hold that the picture was always there, in its place, and one that was sent.

        JPEG blurs: a frame that is none of those sent differs by far more.
        """
        assert blanks == 0, f"{blanks} frames without a picture"
        assert len(boxes) == 1, boxes
        x, y, width, height = map(float, boxes[0].split(","))
        # Where a browser paints what stands at half a pixel; `round` goes to even.
        edges = [floor(edge + 0.5) for edge in (x, y, x + width, y + height)]
        sent = [_small(image) for image in self.live.notebook.paint(set(sent))]
        assert self.painted
        for i, data in enumerate(self.painted):
            frame = Image.open(BytesIO(base64.b64decode(data)))
            inside = _small(frame.crop(edges))
            if min(np.abs(inside - one).mean() for one in sent) > 3:
                self.live.notebook.keep("odd-frame", frame)
                odd = f"frame {i} of {len(self.painted)}"
                raise AssertionError(f"{self.live.kind}: {odd} is none of those sent")


def _small(image):
    """Return an image, small and grey, to compare with another."""
    return np.asarray(image.convert("L").resize((210, 90), Image.Resampling.BOX), float)
