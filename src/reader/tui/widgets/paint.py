"""From a row of the layout to what is drawn: which code points look how. Pure.

Kinds differ by colour and by a second mark (wash, underline, bold, italic) that adds up where they
lie over one another, so that a nested mark never hides the outer one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import heappop, heappush
from itertools import chain, pairwise
from types import MappingProxyType
from typing import Final, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from reader.model.fragment import Fragment, Fragments
from reader.model.scheme import Look, Scheme
from reader.text.cells import cells, clusters, is_simple
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
    current annotation; `badges` the digits beside the marks that `a` offers, by their start, one
    after the other where several begin; `labels` the letters on the words that a jump offers, by
    theirs.
    """

    chosen: Fragments = ()
    current: Fragments = ()
    hits: Sequence[Fragment] = ()
    badges: Mapping[int, str] = _NOTHING
    labels: Mapping[int, str] = _NOTHING


Pieces = list[tuple[int, int, Coat]]
"""A row cut where anything begins or ends: from, to, and how that is drawn."""

Edges = Sequence[int]
"""Where the clusters of a row begin, and where the last ends; a `range` on a simple row."""


def edges_of(drawn: str, start: int) -> Edges:
    """Where a row that begins at a place may be cut: the halves of a cluster look like nothing that
    the layout has measured."""
    if is_simple(drawn):
        return range(start, start + len(drawn) + 1)
    return [start, *(start + end for _, end in clusters(drawn, 0, len(drawn)))]


def whole(fragments: Iterable[Fragment], edges: Edges) -> tuple[Fragment, ...]:
    """Fragments with the whole of each cluster that they touch, as far as they lie on the row."""
    if isinstance(edges, range):
        return tuple(fragments)
    first, last = edges[0], edges[-1]
    result = []
    for start, end in fragments:
        if first < start < last:
            start = edges[bisect_right(edges, start) - 1]
        if first < end < last:
            end = edges[bisect_left(edges, end)]
        result.append(Fragment(start, end))
    return tuple(result)


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


def brackets(
    text: Text, row: Row, washed: Iterable[Fragment], current: Sequence[Fragment] = ()
) -> Stamps:
    """Brackets round what colour alone would show, for screens without enough colours; braces
    round the current annotation, whatever its kind.

    They stand in the blanks round a fragment, or beside the row; the braces, which go away again,
    on quotation marks, too. Where there is no such place, or where another sign has it, the edge
    itself is drawn reversed (an empty sign), so that no letter is ever hidden and no edge lost
    among its neighbours.
    """
    edges = edges_of(text[row.start : row.end], row.start)
    others = list(washed)
    for each in current:
        if each in others:
            others.remove(each)  # it has its braces
    signs: dict[int, str] = {}

    def put(sign: str, outside: int, inside: int) -> None:
        beside = not 0 <= outside < len(edges) - 1
        place = row.start - 1 if outside < 0 else edges[outside]
        beneath = " " if beside else text[place : edges[outside + 1]]
        free = beneath == " " or (sign in "{}" and not beneath.isalnum())
        if free and not signs.get(place):
            signs[place] = sign
        else:
            signs.setdefault(edges[inside], "")

    for fragments, (opening, closing) in ((current, "{}"), (others, "[]")):
        for start, _ in fragments:
            if start == row.start or row.start < start < row.end:
                at = bisect_left(edges, start)
                put(opening, at - 1, at)
        for _, end in fragments:
            if row.start < end <= row.end:
                at = bisect_left(edges, end)
                put(closing, at, at - 1)
    before, after = (signs.pop(place, "") for place in (row.start - 1, row.end))
    return Stamps(signs, before, after)


def badge_places(text: Text, row: Row, badges: Mapping[int, str]) -> dict[int, str]:
    """Where the digits stand: in the blank or on the quotation mark before their mark, else on its
    first cell; at a row's start in the margin, by the place before the row's first. Where a digit
    stands already, the next goes on the cell after it."""
    if not badges:
        return {}
    edges = edges_of(text[row.start : row.end], row.start)
    last = len(edges) - 2  # the number of the last cell; that of the margin is -1
    taken: dict[int, str] = {}
    for start, digits in sorted(badges.items()):
        if not row.start <= start < row.end:
            continue
        cell = bisect_right(edges, start) - 1
        wanted = cell if cell > 0 and text[edges[cell - 1]].isalnum() else cell - 1
        for digit in digits:
            around = chain(range(wanted, last + 1), range(wanted - 1, -2, -1))
            free = next((each for each in around if each not in taken), None)
            if free is not None:  # the row may have fewer cells than marks
                taken[free] = digit
    return {(row.start - 1 if cell < 0 else edges[cell]): each for cell, each in taken.items()}


def label_places(text: Text, row: Row, labels: Mapping[int, str]) -> dict[int, str]:
    """Where the letters of labels stand: on the first cells of their words, one on each."""
    if not labels:
        return {}
    edges = edges_of(text[row.start : row.end], row.start)
    places = {}
    for begin, label in labels.items():
        start = edges[bisect_right(edges, begin) - 1]
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
    """The row as drawn, signs and badges standing in for the cells at their places. No piece may
    end within a cluster."""
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
