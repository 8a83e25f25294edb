"""README's picture, which moves: a drag of the live trainer, then two named states.

python tools/moving_picture.py    writes docs/live-trainer.webp

Its frames are those that a learner sees; the slider and the buttons are drawn above.
"""

from pathlib import Path

import matplotlib
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from backprop.frame import Screen
from backprop.number import write
from backprop.picture import BLACK, BLUE, GREY
from backprop.stages.training_loop import Training

TARGET = Path(__file__).parent.parent / "docs" / "live-trainer.webp"
FONT = Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")
STEP, REST = 140, 1800  # ms that a frame stands: in the drag, and at its end
BAND = 56  # pixels of the controls, above the picture
BUTTONS = "solved", "stuck"
TRACK = 310, 570  # from where to where the slider goes


def script(picture):
    """Return of each frame its values, the button that is pressed or None, and ms."""
    drag = [
        ({**picture.start, "iteration": iteration}, None, STEP)
        for iteration in picture.controls["iteration"].stops
    ]
    values, _, _ = drag[-1]
    drag[0], drag[-1] = (drag[0][0], None, REST // 2), (values, None, REST // 2)
    return drag + [(picture.states[name], name, REST) for name in BUTTONS]


def frame(screen, values, pressed):
    """Return one frame as an image: the controls, and the picture at these values."""
    picture = Image.fromarray(np.asarray(screen.pixels(**values))).convert("RGB")
    image = Image.new("RGB", (picture.width, BAND + picture.height), "white")
    image.paste(picture, (0, BAND))
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(FONT, 17)
    middle, stops = BAND // 2, screen.picture.controls["iteration"].stops
    rate, iteration = (write(values[each]) for each in ("learning_rate", "iteration"))
    text = f"rate {rate}, iteration {iteration}"
    draw.text((30, middle), text, BLACK, font, anchor="lm")
    left, right = TRACK
    at = left + (right - left) * stops.index(values["iteration"]) / (len(stops) - 1)
    draw.rounded_rectangle((left, middle - 3, right, middle + 3), 3, GREY)
    draw.rounded_rectangle((left, middle - 3, at, middle + 3), 3, BLUE)
    draw.ellipse((at - 10, middle - 10, at + 10, middle + 10), BLUE)
    for place, name in enumerate(BUTTONS):
        box = (600 + 110 * place, middle - 17, 700 + 110 * place, middle + 17)
        fill, ink = (BLUE, "white") if name == pressed else ("#F4F4F4", BLACK)
        draw.rounded_rectangle(box, 5, fill, GREY)
        centre = (box[0] + 50, middle)
        draw.text(centre, name, ink, font, anchor="mm")
    return image


def main(target=TARGET):
    """Write the picture."""
    screen = Screen(Training())
    happens = script(screen.picture)
    first, *others = [frame(screen, values, name) for values, name, _ in happens]
    times = [time for *_, time in happens]
    first.save(target, append_images=others, save_all=True, duration=times, loop=0,
               lossless=True, quality=100, method=6)  # fmt: skip


if __name__ == "__main__":
    main()
    print(f"{TARGET.name}: {TARGET.stat().st_size / 1e3:.0f} kB")
