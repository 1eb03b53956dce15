"""From a row of the layout to what is drawn: which code points look how. Pure.

Kinds differ by colour and by a second mark (wash, underline, bold, italic) that adds up where they
lie over one another, so that a nested mark never hides the outer one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import heappop, heappush
from itertools import pairwise
from types import MappingProxyType
from typing import Final, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from reader.model.fragment import Fragment, Fragments
from reader.model.scheme import Look, Scheme
from reader.text.cells import cells, is_simple
from reader.text.units import Text
from reader.text.wrap import Row

_NOTHING: Final[Mapping[int, str]] = MappingProxyType({})

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


class Overlay(NamedTuple):
    """What is drawn over the marks: it changes with every key, the marks do not.

    `chosen` is the selection or what a tag key waits to mark; `current` the fragments of the
    current annotation; `badges` the digits beside the marks that `a` offers, by their start;
    `labels` the letters on the words that a jump offers, by theirs.
    """

    chosen: Fragments = ()
    current: Fragments = ()
    hits: Sequence[Fragment] = ()
    badges: Mapping[int, str] = _NOTHING
    labels: Mapping[int, str] = _NOTHING


Pieces = list[tuple[int, int, Coat]]
"""A row cut where anything begins or ends: from, to, and how that is drawn."""


def coats(
    row: Row, marked: Iterable[tuple[Fragment, str]], overlay: Overlay, scheme: Scheme
) -> Pieces:
    """The row with its marks and what lies over them."""
    return laid_over(swept(row, marked, scheme), overlay)


def swept(row: Row, marked: Iterable[tuple[Fragment, str]], scheme: Scheme) -> Pieces:
    """The row cut where any mark begins or ends.

    `marked` are the fragments that touch the row, each with its kind, the outermost first: the
    innermost gives the colour.
    """
    looks: dict[str, Look] = {kind.name: kind.look for kind in scheme.kinds}
    begin: dict[int, list[_Span]] = {row.start: []}
    finish: dict[int, list[_Span]] = {row.end: []}
    for order, (fragment, kind) in enumerate(marked):
        span = _Span(-order, looks.get(kind, "underline"), kind)
        first, last = (min(max(row.start, edge), row.end) for edge in fragment)
        begin.setdefault(first, []).append(span)
        finish.setdefault(last, []).append(span)
    depth: dict[Look, int] = {"wash": 0, "underline": 0, "bold": 0, "italic": 0}
    inner: list[_Span] = []  # a heap, the innermost first; what has ended is dropped when it is met
    ended: set[int] = set()
    pieces = []
    for start, end in pairwise(sorted(begin.keys() | finish.keys())):
        for span in finish.get(start, ()):
            depth[span.look] -= 1
            ended.add(span.order)
        for span in begin.get(start, ()):
            depth[span.look] += 1
            if span.look != "wash":
                heappush(inner, span)
        while inner and inner[0].order in ended:
            heappop(inner)
        coat = Coat(
            min(depth["wash"], DEEPEST),
            min(depth["underline"], DEEPEST),
            min(depth["bold"], DEEPEST),
            min(depth["italic"], DEEPEST),
            inner[0].kind if inner else "",
        )
        pieces.append((start, end, coat))
    return pieces


def laid_over(pieces: Pieces, overlay: Overlay) -> Pieces:
    """The pieces of a row, cut and coated by what lies over the marks, too."""
    layers = (overlay.chosen, overlay.current, overlay.hits)
    edges = sorted({edge for layer in layers for each in layer for edge in each})
    if not edges:
        return pieces
    result = []
    for start, end, coat in pieces:
        inside = edges[bisect_right(edges, start) : bisect_left(edges, end)]
        for part in pairwise((start, *inside, end)):
            here = Fragment(*part)
            chosen, current, hit = (any(each.holds(here) for each in layer) for layer in layers)
            result.append((*part, coat._replace(current=current, hit=hit, chosen=chosen)))
    return result


class _Span(NamedTuple):
    """A mark on a row. The innermost has the least `order`."""

    order: int
    look: Look
    kind: str


class Stamps(NamedTuple):
    """What is drawn in place of single cells: signs by position, and signs beside the row."""

    signs: Mapping[int, str]
    before: str = ""
    after: str = ""


def brackets(text: Text, row: Row, washed: Iterable[Fragment]) -> Stamps:
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


def badge_places(text: Text, row: Row, badges: Mapping[int, str]) -> dict[int, str]:
    """Where the digits stand: in the blank or on the quotation mark before their mark, else on its
    first cell; at a row's start in the margin, by the place before the row's first."""
    places = {}
    for start, digit in badges.items():
        if row.start <= start < row.end:
            inside = start > row.start and text[start - 1].isalnum()
            places[start if inside else start - 1] = digit
    return places


def label_places(text: Text, row: Row, labels: Mapping[int, str]) -> dict[int, str]:
    """Where the letters of labels stand: on the first cells of their words, one on each."""
    places = {}
    for start, label in labels.items():
        first, *rest = cells(
            text[start : min(start + 16, row.end)], 0, min(16, row.end - start), start
        )
        if first.width >= len(label) or not rest:
            places[start] = label
        else:
            places[start] = label[0]
            places[start + rest[0].start] = label[1:]
    return places


def segments(
    text: Text,
    pieces: Pieces,
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
        piece = text[start:end]
        if not stamped and is_simple(piece):
            result.append(Segment(piece, style))
            continue
        for cell in cells(piece, 0, len(piece), start):
            at = start + cell.start
            if at in badges:
                result.append(Segment(badges[at].ljust(cell.width), badge_style))
            elif at in signs:
                sign = signs[at]
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
