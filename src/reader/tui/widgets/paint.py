"""From a row of the layout to what is drawn: which code points look how. Pure.

Kinds differ by colour and by a second mark (wash, underline, bold, italic) that adds up where they
lie over one another, so that a nested mark never hides the outer one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from reader.model.fragment import Fragment, Fragments
from reader.model.scheme import Look, Scheme
from reader.text.cells import cells, is_simple
from reader.text.wrap import Row

DEEPEST: Final = 3
"""How many marks of one look over one another can be told apart by the eye."""


class Coat(NamedTuple):
    """How a stretch is drawn: how deep in marks of each look, and what lies over them."""

    washes: int = 0
    underlines: int = 0
    bolds: int = 0
    italics: int = 0
    colour: str = ""
    current: bool = False
    hit: bool = False
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Overlay:
    """What is drawn over the marks: it changes with every key, the marks do not.

    `chosen` is the selection or what a tag key waits to mark; `current` the fragments of the
    current annotation; `badges` the digits beside the marks that `a` offers, by their start.
    """

    chosen: Fragments = ()
    current: Fragments = ()
    hits: Fragments = ()
    badges: Mapping[int, str] = field(default_factory=dict)


def coats(
    row: Row,
    marked: Iterable[tuple[Fragment, str]],
    overlay: Overlay,
    scheme: Scheme,
) -> list[tuple[int, int, Coat]]:
    """The row cut where anything begins or ends, each piece with its coat.

    `marked` are the fragments that touch the row, each with its kind, the outermost first: the
    innermost gives the colour.
    """
    looks: dict[str, Look] = {kind.name: kind.look for kind in scheme.kinds}
    spans = [(fragment, looks.get(kind, "underline"), kind) for fragment, kind in marked]
    edges = {row.start, row.end}
    layers = (overlay.chosen, overlay.current, overlay.hits)
    for start, end in [*(span[0] for span in spans), *(each for layer in layers for each in layer)]:
        edges.update(edge for edge in (start, end) if row.start < edge < row.end)
    cuts = sorted(edges)
    pieces = []
    for start, end in pairwise(cuts):
        depth: dict[Look, int] = {"wash": 0, "underline": 0, "bold": 0, "italic": 0}
        colour = ""
        for fragment, look, kind in spans:
            if fragment.start <= start and end <= fragment.end:
                depth[look] = min(depth[look] + 1, DEEPEST)
                colour = colour if look == "wash" else kind
        here = Fragment(start, end)
        chosen, current, hit = (any(each.holds(here) for each in layer) for layer in layers)
        coat = Coat(
            depth["wash"],
            depth["underline"],
            depth["bold"],
            depth["italic"],
            colour,
            current,
            hit,
            chosen,
        )
        pieces.append((start, end, coat))
    return pieces


class Stamps(NamedTuple):
    """What is drawn in place of single cells: signs by position, and signs beside the row."""

    signs: Mapping[int, str]
    before: str = ""
    after: str = ""


def brackets(text: str, row: Row, washed: Iterable[Fragment]) -> Stamps:
    """Brackets round what colour alone would show, for screens without enough colours.

    They stand in the blanks round a fragment, or beside the row; where there is neither, the edge
    itself is drawn reversed (an empty sign), so that no letter is ever hidden.
    """
    signs: dict[int, str] = {}
    before = after = ""
    for start, end in washed:
        if row.start < start < row.end:
            blank = text[start - 1] == " "
            signs[start - 1 if blank else start] = "[" if blank else ""
        elif start == row.start:
            before = "["
        if row.start < end < row.end:
            blank = text[end] == " "
            signs[end if blank else end - 1] = "]" if blank else ""
        elif end == row.end:
            after = "]"
    return Stamps(signs, before, after)


def badge_places(text: str, row: Row, badges: Mapping[int, str]) -> dict[int, str]:
    """Where the digits stand: in the blank or on the quotation mark before their mark, else on its
    first cell; at a row's start in the margin, by the place before the row's first."""
    places = {}
    for start, digit in badges.items():
        if row.start <= start < row.end:
            inside = start > row.start and text[start - 1].isalnum()
            places[start if inside else start - 1] = digit
    return places


def segments(
    text: str,
    pieces: list[tuple[int, int, Coat]],
    signs: Mapping[int, str],
    badges: Mapping[int, str],
    styled: Callable[[Coat], Style],
    badge_style: Style,
) -> list[Segment]:
    """The row as drawn, signs and badges standing in for the cells at their places."""
    result: list[Segment] = []
    for start, end, coat in pieces:
        style = styled(coat)
        stamped = any(start <= place < end for place in (*signs, *badges))
        if not stamped and is_simple(text[start:end]):
            result.append(Segment(text[start:end], style))
            continue
        for cell in cells(text, start, end):
            if cell.start in badges:
                result.append(Segment(badges[cell.start].ljust(cell.width), badge_style))
            elif cell.start in signs:
                sign = signs[cell.start]
                drawn = sign.ljust(cell.width) if sign else cell.drawn
                result.append(Segment(drawn, style + _SIGN if sign else style + _EDGE))
            else:
                result.append(Segment(cell.drawn, style))
    return list(Segment.simplify(result))


_SIGN: Final = Style(bold=True)
_EDGE: Final = Style(reverse=True)


def measure(parts: Iterable[Segment]) -> int:
    """The cells that segments take."""
    return sum(cell_len(part.text) for part in parts)
