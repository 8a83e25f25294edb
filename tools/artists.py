"""What is drawn on a figure, as text to review: a line for each artist.

Its numbers are those of the data, never of the layout or of a renderer. Each knows its
scale, so that two which fall on one pixel or two of the screen count as equal.
"""

import json
import re
import zlib

import numpy as np
from matplotlib import rcParams
from matplotlib.axis import Axis
from matplotlib.collections import Collection, LineCollection
from matplotlib.colors import to_hex, to_rgba
from matplotlib.contour import ContourSet
from matplotlib.image import AxesImage
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyArrowPatch, Patch, Rectangle
from matplotlib.path import Path
from matplotlib.quiver import Quiver
from matplotlib.spines import Spine
from matplotlib.text import Annotation, Text

from backprop.picture import BLACK, BLUE, GREY, VERMILLION

COLORS = {"BLUE": BLUE, "VERMILLION": VERMILLION, "BLACK": BLACK, "GREY": GREY}
COLORS = {color.lower(): name.lower() for name, color in COLORS.items()}
COLORS["#ffffff"] = "white"
LOCATIONS = {code: name for name, code in Legend.codes.items()}
# Colour, size and alignment of a text, and width of a line, that are not told.
PLAIN = {"black", "12", "center-center", "2.5"}
BESIDE = (["left"], ["left"]), (["bottom"], ["bottom"])  # of ticks, not told
TICK = 3.5  # length, not told
NEAR = 0.004  # of an axis: a pixel or two
FEW = 9  # points that are told one by one; more are summed up
SQUARES = 16  # of an image, whose means are told
# No round fractions of a curve's way: it may jump there.
BETWEEN = np.array([0.07, 0.23, 0.41, 0.59, 0.77, 0.93])
SUMS = re.compile(r"[…½][ ·+−()=→…½⁰¹²³⁴⁵⁶⁷⁸⁹,]*[…½⁰¹²³⁴⁵⁶⁷⁸⁹)]")
NUMBER = r"(-?\d[\d.]*(?:e[+-]?\d+)?|gap|[<>])"


class Scale:
    """What numbers of an axis from `low` to `high` are to the eye.

    even: puts numbers where they stand on the screen, such as a logarithm.
    """

    def __init__(self, low=0, high=1, even=None):
        self.linear, self.even = even is None, even or np.asarray
        self.low, self.high = self.even(np.array([low, high], float))

    def share(self, numbers):
        """Return 0 for numbers at the low end of the axis, 1 for the high end."""
        place = np.asarray(self.even(np.asarray(numbers, float)), float)
        return (place - self.low) / (self.high - self.low)

    def text(self, number):
        """Return a number with the digits that can be seen."""
        share = self.share([number])[0]
        if np.isnan(share):
            return "gap"
        if abs(share) > 1000:
            return "<" if share < 0 else ">"  # so far out that only the side counts
        if self.linear:
            decimals = int(np.ceil(2.7 - np.log10(abs(self.high - self.low))))
            number = round(float(number), decimals)
        else:
            number = float(f"{number:.3g}")
        return f"{number + 0:.10g}"  # and no "-0"

    def same(self, one, other, near):
        """Return whether two such texts are as near, as a share of the axis."""
        if one == other or not {one, other}.isdisjoint(("gap", "<", ">")):
            return one == other
        one, other = self.share([float(one), float(other)])
        return abs(one - other) <= near * max(1, abs(one), abs(other))


FRACTION = Scale()  # of the axes or the figure; also for lengths in points


class Line:
    """A line of text made of parts: strings, and pairs of a number and its scale.

    near: how far two numbers are apart, as a share of their axis, that count as equal.
    """

    def __init__(self, *parts, near=NEAR):
        self.near = near
        words = [p if isinstance(p, str) else p[1].text(p[0]) for p in parts]
        self.text = "".join(words)
        self.kind = _kind("".join(w if w is p else "…" for w, p in zip(words, parts)))
        self._numbers = [(w, p[1]) for w, p in zip(words, parts) if w is not p]
        self._pattern = "".join(
            re.escape(p) if isinstance(p, str) else NUMBER for p in parts
        )

    def same(self, text):
        """Return whether a text is the same: its words, and its numbers to the eye."""
        found = re.fullmatch(self._pattern, text)
        return found is not None and all(
            scale.same(one, other, self.near)
            for (one, scale), other in zip(self._numbers, found.groups())
        )


def _kind(text):
    """Return what a Line tells, its numbers aside; of a line, however it runs."""
    text = re.sub(r"(?<=.)(?<![#\w])−?\d[\d.,]*(e[−-]?\d+)?", "…", text)
    text = re.sub(r"(: line .*?)( … \(| \(…| from \(| x …).*", r"\1", text)
    # A sum, a product and a list of numbers are all of one kind.
    return re.sub(r'"[^"]*"', lambda quoted: SUMS.sub("…", quoted[0]), text)


def lines(figure, near=NEAR):
    """Return a Line for each artist of a figure."""
    return [Line(*parts, near=near) for parts in _figure(figure)]


def _figure(figure):
    width, height = figure.get_size_inches()
    yield (f"figure {width:g} × {height:g} inches",)
    for artist in figure.get_children():
        if artist not in figure.axes and artist is not figure.patch:
            yield from _artist(artist, "figure", figure, (FRACTION, FRACTION))
    for i, axes in enumerate(figure.axes, 1):
        if axes.get_visible():
            yield from _axes(axes, str(i))


def _axes(axes, name):
    box = axes.get_position(original=True)
    parts = [f"{name}: axes from ", *_point(box.p0), " to ", *_point(box.p1)]
    sides = {side: s for side, s in axes.spines.items() if s.get_visible()}
    if axes.axison and sides:
        colors = {_color(spine.get_edgecolor()): None for spine in sides.values()}
        parts.append(f", frame {' '.join([*sides, *colors])}")
    parts += [", of equal scales"] if axes.get_aspect() == 1 else []
    ground = _color(axes.get_facecolor())
    yield parts + ([f", on {ground}"] if axes.axison and ground != "white" else [])
    scales = _scale(axes.xaxis), _scale(axes.yaxis)
    yield _axis(axes.xaxis, f"{name}: x axis", scales[0], axes.axison)
    yield _axis(axes.yaxis, f"{name}: y axis", scales[1], axes.axison)
    for artist in axes.get_children():
        if not isinstance(artist, (Axis, Spine)) and artist is not axes.patch:
            yield from _artist(artist, name, axes, scales)


def _scale(axis):
    linear = axis.get_scale() == "linear"
    even = None if linear else axis.get_transform().transform
    return Scale(*axis.get_view_interval(), even)


def _axis(axis, name, scale, shown):
    ends = axis.get_view_interval()
    parts = [f"{name} {axis.get_scale()} from ", *_span(ends, scale)]
    if not shown or not axis.get_visible():
        return parts
    label, look = axis.get_label_text(), axis.get_tick_params()
    parts += [f", label {_quoted(label)}"] if label else []
    color = _color(axis.label.get_color())
    parts += [f" in {color}"] if label and color not in PLAIN else []
    ticks = axis.get_majorticklocs()
    texts = axis.get_major_formatter().format_ticks(ticks)
    if not any(look.get(f"label{side}") for side in ("bottom", "top", "left", "right")):
        texts = [""] * len(ticks)
    word = ", ticks"
    for tick, text in zip(ticks, texts):
        if min(ends) <= tick <= max(ends):
            parts.append(f"{word} {_quoted(text)}")
            parts += [] if _reads_as(text, tick) else [" at ", (tick, scale)]
            word = ""
    parts += [", minor ticks"] if len(axis.get_minorticklocs()) else []
    sides = [side for side in ("left", "right", "bottom", "top") if look.get(side)]
    labelled = [side for side in sides if look.get(f"label{side}")]
    if (sides, labelled) not in BESIDE:
        parts.append(f", ticks {' '.join(sides) or 'nowhere'}")
        if labelled != sides:
            parts.append(f", labels {' '.join(labelled) or 'nowhere'}")
    length = look.get("length", TICK)
    parts += [f", ticks {length:g} long"] if length != TICK else []
    looks = {_tick_look(each) for each in axis.get_ticklabels()} - {""}
    parts += [f", tick labels {'/'.join(sorted(looks))}"] if looks else []
    return parts + ([", grid"] if look["gridOn"] else [])


def _tick_look(label):
    look = [_color(label.get_color()), f"{label.get_size():g}"]
    look += [f"turned {label.get_rotation():g}°"] if label.get_rotation() else []
    return " ".join(word for word in look if word not in PLAIN)


def _reads_as(text, number):
    try:
        return np.isclose(float(text.replace("−", "-").replace(",", "")), number)
    except ValueError:
        return False


def _artist(artist, name, parent, scales):
    if artist.get_visible():
        height = _height(artist)
        for parts in _told(artist, name, parent, scales):
            yield [*parts, height] if height else parts


def _height(artist):
    """Tell how far an artist lies over the others of its kind, or under them."""
    usual = type(artist).zorder
    if isinstance(artist, LineCollection) or getattr(artist, "filled", None) is False:
        usual = Line2D.zorder
    raised = artist.get_zorder() - usual
    raised -= 10 if raised > 5 else 0  # what moves: `on_top` has lifted it by 10
    word = "raised" if raised > 0 else "lowered"
    return f", {word} by {abs(raised):.3g}" if abs(raised) > 1e-9 else ""


def _told(artist, name, parent, scales):
    if isinstance(artist, Text):
        if isinstance(artist, Annotation) and artist.arrow_patch is not None:
            yield _annotation_arrow(artist, name, scales)
        if artist.get_text():
            yield _text(artist, name, parent, scales)
    elif isinstance(artist, Line2D):
        points = artist.get_xydata()  # gaps of a masked array are nan here
        if np.isfinite(points).all(axis=1).any():
            system, scales, points = _system(
                artist.get_transform(), parent, scales, *points
            )
            joined = artist.get_linestyle() != "None"
            points = _points(points, scales, joined)
            every = artist.get_markevery()
            every = f" at {every}" if every is not None else ""
            over = "" if artist.get_clip_on() else " over the frame"
            yield [f"{name}: line {_line_look(artist)}{every}{over}{system}", *points]
    elif isinstance(artist, Legend):
        yield from _legend(artist, name)
    elif isinstance(artist, AxesImage):
        yield _image(artist, name, parent, scales)
    elif isinstance(artist, Patch):
        yield _patch(artist, name, parent, scales)
    elif isinstance(artist, Collection):
        yield from _collection(artist, name, scales)
    else:
        raise TypeError(f"{name}: there are no words yet for {artist}")


def _text(text, name, parent, scales):
    if isinstance(text, Annotation):
        at, system = text.xyann, _named(text.anncoords)
        scales = (FRACTION, FRACTION) if system else scales
    else:
        system, scales, (at,) = _system(
            text.get_transform(), parent, scales, text.get_position()
        )
    look = [_color(text.get_color()), f"{text.get_size():g}"]
    look.append(f"{text.get_ha()}-{text.get_va()}")
    look = [word for word in look if word not in PLAIN]
    look += [] if text.get_weight() == "normal" else [f"{text.get_weight()}"]
    look += [f"turned {text.get_rotation():g}°"] if text.get_rotation() else []
    ground = text.get_bbox_patch()
    if ground:
        pad = ground.get_boxstyle().pad * text.get_size()
        look.append(f"on {_fill(ground)} wider by {pad:.3g}")
    words = " ".join([f"{name}: text {_quoted(text.get_text())}", *look])
    return [f"{words}{system} at ", *_point(at, scales)]


def _annotation_arrow(note, name, scales):
    """Tell an arrow that `Figure.findobj` leaves out."""
    patch = note.arrow_patch
    bend = vars(patch.get_connectionstyle()).get("rad", 0)
    parts = [f"{name}: {_arrow(patch)}{f' bent {bend:g}' if bend else ''}"]
    for word, at, system in (
        (" from ", note.xyann, _named(note.anncoords)),
        (" to ", note.xy, _named(note.xycoords)),
    ):
        own = (FRACTION, FRACTION) if system else scales
        parts += [word, *_point(at, own), system]
    return parts


def _named(system):
    """Return coordinates of an annotation in words; nothing for those of the data."""
    return "" if system == "data" else f" in {system}"


def _arrow(patch):
    style = patch.get_arrowstyle()
    head = getattr(style, "arrow", None) or type(style).__name__
    return f"arrow {head} {_edge(patch)}"


def _line_look(line):
    dash, marker = _dash(line), str(line.get_marker())
    color = _color(line.get_color(), line.get_alpha())
    look = [color]
    if dash != "None":
        width = f"{line.get_linewidth():.3g}"
        look += [dash] if width in PLAIN else [dash, width]
    if marker not in ("None", "", " "):
        look.append(f"{marker} {line.get_markersize():.3g}")
        face = _color(line.get_markerfacecolor(), line.get_alpha())
        edge = _color(line.get_markeredgecolor(), line.get_alpha())
        look += [f"in {face}"] if face != color else []
        look += [f"edge {edge}"] if edge != color else []
        width = f"{line.get_markeredgewidth():.3g}"
        look += [f"edge width {width}"] if width != "1" else []
    return " ".join(look)


def _dash(line):
    # One of one's own is called "--" as well; matplotlib has no public name for it.
    dash, (offset, lengths) = line.get_linestyle(), line._unscaled_dash_pattern
    if dash != "--" or [0, *rcParams["lines.dashed_pattern"]] == [offset, *lengths]:
        return dash
    return f"{dash} of {'/'.join(f'{each:g}' for each in (offset, *lengths))}"


def _legend(legend, name):
    # matplotlib has no public names for its place and its columns.
    place, columns = LOCATIONS[legend._loc], legend._ncols
    box = legend.get_bbox_to_anchor().transformed(legend.figure.transFigure.inverted())
    columns = f"{columns} column{'' if columns == 1 else 's'}"
    where = [f"{name}: legend in {columns}, {place} of ", *_point(box.p0)]
    yield where + ([" to ", *_point(box.p1)] if box.size.any() else [])
    title = legend.get_title().get_text()
    if title:
        yield (f"{name}: legend title {_quoted(title)}",)
    for text, handle in zip(legend.get_texts(), legend.legend_handles):
        look = (_line_look if isinstance(handle, Line2D) else _fill)(handle)
        color = _color(text.get_color())
        color = "" if color == "black" else f" in {color}"
        yield (f"{name}: legend {_quoted(text.get_text())}{color} is {look}",)


def _image(image, name, axes, scales):
    """Tell an image as it is seen: the first row is the highest."""
    grid = np.ma.filled(np.ma.asarray(image.get_array(), float), np.nan)
    left, right, bottom, top = image.get_extent()
    if (image.origin == "lower") ^ (top < bottom) ^ axes.yaxis_inverted():
        grid = grid[::-1]
    if (right < left) ^ axes.xaxis_inverted():
        grid = grid[:, ::-1]
    parts = [f"{name}: image {' × '.join(map(str, grid.shape))}, {_colormap(image)}"]
    parts += [", from ", *_point((min(left, right), min(bottom, top)), scales)]
    parts += [" to ", *_point((max(left, right), max(bottom, top)), scales), ":"]
    side, colors = max(1, np.sqrt(grid.size / SQUARES)), Scale(*image.get_clim())
    down, across = (max(1, round(length / side)) for length in grid.shape)
    for rows in np.array_split(grid, down):
        for square in np.array_split(rows, across, axis=1):
            seen = square[~np.isnan(square)]
            parts += [" ", (seen.mean() if seen.size else np.nan, colors)]
        parts.append(" /")
    return parts[:-1]


def _colormap(mappable):
    low, high = mappable.get_clim()
    ends = " ".join(_color(mappable.cmap(each)) for each in (0.0, 0.5, 1.0))
    norm = type(mappable.norm).__name__
    return f"{norm} {low:.3g} to {high:.3g} as {ends}"


def _patch(patch, name, parent, scales):
    look = _arrow(patch) if isinstance(patch, FancyArrowPatch) else _fill(patch)
    kind = type(patch).__name__.lower()
    path = patch.get_patch_transform().transform_path(patch.get_path())
    points = path.vertices
    if isinstance(patch, Rectangle):
        points = patch.get_corners()[[0, 2]]
    elif isinstance(patch, Circle):
        points = [patch.center]
    elif isinstance(patch, FancyArrowPatch):
        points, kind, look = points[[0, -1]], "arrow", look.removeprefix("arrow ")
    system, scales, points = _system(
        patch.get_data_transform(), parent, scales, *points
    )
    start = f"{name}: {kind} {look}{system}"
    if isinstance(patch, Circle):
        radius = patch.radius, _length(scales[0])
        return [f"{start} at ", *_point(points[0], scales), " radius ", radius]
    if len(points) == 2:
        ends = (_point(point, scales) for point in points)
        return [f"{start} from ", *next(ends), " to ", *next(ends)]
    return [start, *_path(Path(points, path.codes), scales)]


def _collection(artist, name, scales):
    faces, edges = (
        list(dict.fromkeys(_color(color) for color in colors))
        for colors in (artist.get_facecolor(), artist.get_edgecolor())
    )
    look = "/".join(faces) + (f" edge {'/'.join(edges)}" if edges else "")
    paths = [path for path in artist.get_paths() if len(path.vertices)]
    if isinstance(artist, Quiver):
        parts = [f"{name}: arrows {look} scale {artist.scale:g}:"]
        ways = np.column_stack([artist.U, artist.V])
        for at in np.unique(artist.XY, axis=0):
            parts += [" ", *_point(at, scales)]
            for way in ways[(artist.XY == at).all(axis=1)]:
                lengths = [_length(scale) for scale in scales]
                parts += [" +", *_point(way, lengths)]
        yield parts
    elif isinstance(artist, ContourSet):
        filled, levels = artist.filled, artist.levels
        if filled and artist.extend in ("min", "both"):
            levels = [-np.inf, *levels]
        colors = artist.get_facecolor() if filled else artist.get_edgecolor()
        for i, path in enumerate(artist.get_paths()):
            if len(path.vertices):
                level = " to ".join(
                    f"{each:.3g}" for each in levels[i : i + 1 + filled]
                )
                look = f"{level} {_color(colors[i % len(colors)])}"
                yield [f"{name}: contour {look}", *_path(path, scales)]
    elif artist.get_array() is not None:
        values = artist.get_array().ravel()
        colors = Scale(*artist.get_clim())
        parts = _spread(values, colors)
        yield [f"{name}: colours {_colormap(artist)}:", *parts]
        yield from _by_place(artist, values, name, scales, colors)
    elif np.any(artist.get_offsets()):
        points = _points(artist.get_offsets(), scales, joined=False)
        yield [f"{name}: markers {look}", *points]
    elif paths:
        hatch = f" hatch {artist.get_hatch()}" if artist.get_hatch() else ""
        path = _path(Path.make_compound_path(*paths), scales)
        yield [f"{name}: paths {look}{hatch}", *path]


def _by_place(artist, values, name, scales, colors):
    """Tell which part of a collection has which colours and widths."""
    offsets, paths = artist.get_offsets(), artist.get_paths()
    if np.any(offsets):
        centres = np.asarray(offsets)
    else:
        centres = np.array([path.vertices.mean(axis=0) for path in paths])
    if len(centres) != len(values):
        return
    widths = np.resize(artist.get_linewidth(), len(values))
    parts = [f"{name}: from left to right"]
    for part in np.array_split(np.lexsort(centres.T[::-1]), min(len(values), SQUARES)):
        place, value, width = (each[part].mean(0) for each in (centres, values, widths))
        parts += [" ", *_point(place, scales), " ", (value, colors)]
        parts += [" width ", (width, Scale(0, 10))]
    yield parts


def _system(transform, parent, scales, *points):
    """Return coordinates in words, their scales, and the points in them.

    What doesn't move with the data is told in fractions of the axes.
    """
    points = np.array(points, float)
    if not hasattr(parent, "transData"):
        return "", (FRACTION, FRACTION), points
    inside = transform.contains_branch_seperately(parent.transData)
    if all(inside):
        return "", scales, points
    fractions = (transform - parent.transAxes).transform(points)
    words = ", ".join("data" if each else "axes" for each in inside)
    own = [scale if each else FRACTION for each, scale in zip(inside, scales)]
    return f" in {words}", own, np.where(inside, points, fractions)


def _length(scale):
    return Scale(0, abs(scale.high - scale.low)) if scale.linear else FRACTION


def _point(xy, scales=(FRACTION, FRACTION)):
    return "(", (xy[0], scales[0]), ", ", (xy[1], scales[1]), ")"


def _span(ends, scale):
    return (ends[0], scale), " to ", (ends[1], scale)


def _spread(values, scale):
    ends = _span((np.nanmin(values), np.nanmax(values)), scale)
    return [" ", *ends, " mean ", (np.nanmean(values), scale)]


def _points(points, scales, joined=True):
    """Tell a few points one by one, a curve by its heights, others by a summary."""
    whole = np.flatnonzero(np.isfinite(points).all(axis=1))
    points, starts = points[whole], np.append(True, np.diff(whole) > 1)
    in_one = starts.sum() == 1
    if len(points) <= (FEW if in_one else 2 * FEW):
        parts = []
        for xy, start in zip(points, starts):
            parts += [" / " if start and parts else " ", *_point(xy, scales)]
        return parts
    if not joined:
        points = points[np.lexsort(points.T[::-1])]
    if in_one and (np.diff(points[:, 0]) >= 0).all():
        share = scales[0].share(points[:, 0])
        at = share[0] + BETWEEN * (share[-1] - share[0])
        count = "" if joined else f" {len(points)} points"
        parts = [f"{count} from ", *_point(points[0], scales), " by"]
        for height in np.interp(at, share, points[:, 1]):
            parts += [" ", (height, scales[1])]
        return [*parts, " to ", *_point(points[-1], scales)]
    return _path(Path(points, np.where(starts, Path.MOVETO, Path.LINETO)), scales)


def _path(path, scales):
    """Tell a line's extent, middle and length, which hang on no single vertex."""
    vertices, codes = path.vertices, path.codes
    shares = np.column_stack([s.share(v) for s, v in zip(scales, vertices.T)])
    lengths = np.linalg.norm(np.diff(shares, axis=0), axis=1)
    if codes is not None:
        lengths *= (codes[1:] != Path.MOVETO) & (codes[1:] != Path.CLOSEPOLY)
    weights = np.append(lengths, 0) + np.append(0, lengths) + 1e-12
    parts = []
    for word, values, scale in zip((" x ", ", y "), vertices.T, scales):
        mean = np.average(values, weights=weights)
        parts += [word, *_span((values.min(), values.max()), scale)]
        parts += [" mean ", (mean, scale)]
    return [*parts, ", length ", (lengths.sum(), FRACTION)]


def _fill(patch):
    """Return how a patch looks."""
    edge, hatch = _edge(patch), patch.get_hatch()
    look = [_color(patch.get_facecolor())]
    look += [] if edge.startswith("none") else [f"edge {edge}"]
    return " ".join(look + ([f"hatch {hatch}"] if hatch else []))


def _edge(patch):
    dash = patch.get_linestyle()
    dash = dash if isinstance(dash, str) else f"dashed {dash[1]}"
    look = f"{_color(patch.get_edgecolor())} {patch.get_linewidth():.3g}"
    return look if dash in ("solid", "-") else f"{look} {dash}"


def _color(color, alpha=None):
    *_, opacity = to_rgba(color, alpha)
    name = COLORS.get(to_hex(color), to_hex(color))
    if not opacity:
        return "none"
    return name if opacity == 1 else f"{name} {opacity:.0%}"


def _quoted(text):
    if len(text) > 80:
        text = f"{text[:50]} … {zlib.crc32(text.encode()):08x}"
    return json.dumps(text, ensure_ascii=False)
