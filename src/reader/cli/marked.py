"""A text with its marks written into it, in pieces that are safe to print. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from reader.model.annotation import Annotation
from reader.model.fragment import Fragment
from reader.text.cells import cells, is_simple
from reader.text.units import Unit, units


class Piece(NamedTuple):
    """A stretch to print: safe text, or one line end. `kinds`: what is marked here, outermost
    first."""

    text: str
    kinds: tuple[str, ...] = ()


class _Edge(NamedTuple):
    """Where a fragment begins or ends. In order: ends before beginnings, the innermost ends first
    and begins last."""

    at: int
    begins: bool
    rank: int
    fragment: Fragment
    annotation: Annotation


Bracket = Callable[[Annotation, Fragment], str]
"""What is written where a fragment begins, or ends."""


def pieces(
    text: str, annotations: Sequence[Annotation], opening: Bracket, closing: Bracket
) -> Iterator[Piece]:
    """The text with its marks, from its beginning to its end."""
    edges = _edges(annotations)
    inside: list[Annotation] = []
    next_edge = 0
    for unit in units(text):
        at = unit.start
        while next_edge < len(edges) and _in(edges[next_edge], unit):
            edge = edges[next_edge]
            next_edge += 1
            kinds = tuple(each.kind for each in inside)
            stop = min(edge.at, unit.end)
            if stop > at:
                yield Piece(_drawn(text, at, stop), kinds)
                at = stop
            if edge.begins:
                inside.append(edge.annotation)
                kinds = (*kinds, edge.annotation.kind)
                yield Piece(opening(edge.annotation, edge.fragment), kinds)
            else:
                yield Piece(closing(edge.annotation, edge.fragment), kinds)
                inside.remove(edge.annotation)
        if at < unit.end:
            yield Piece(_drawn(text, at, unit.end), tuple(each.kind for each in inside))
        if unit.next > unit.end:
            yield Piece("\n")


def _ranked(annotations: Sequence[Annotation]) -> list[tuple[Fragment, Annotation]]:
    """Every fragment, those that hold others before them; the annotations are in reading order."""
    pairs = [(fragment, each) for each in annotations for fragment in each.fragments]
    return sorted(pairs, key=lambda pair: (pair[0].start, -pair[0].end))


def _edges(annotations: Sequence[Annotation]) -> list[_Edge]:
    edges = []
    for rank, (fragment, annotation) in enumerate(_ranked(annotations)):
        edges.append(_Edge(fragment.start, True, rank, fragment, annotation))
        edges.append(_Edge(fragment.end, False, -rank, fragment, annotation))
    return sorted(edges, key=lambda edge: edge[:3])


def _in(edge: _Edge, unit: Unit) -> bool:
    """Whether an edge is written with a paragraph, before its line end: an end at the place where
    the next one begins still is."""
    return edge.at < unit.next or (edge.at == unit.next and not edge.begins)


def _drawn(text: str, start: int, end: int) -> str:
    stretch = text[start:end]
    if is_simple(stretch):
        return stretch
    return "".join(cell.drawn for cell in cells(text, start, end))


def crossing(annotations: Sequence[Annotation]) -> set[str]:
    """The ids of those that overlap another without lying within it: brackets alone would lie."""
    found: set[str] = set()
    begun: list[tuple[Fragment, Annotation]] = []
    for fragment, annotation in _ranked(annotations):
        begun = [each for each in begun if each[0].end > fragment.start]
        for outer, other in begun:
            if outer.end < fragment.end:
                found |= {other.id, annotation.id}
        begun.append((fragment, annotation))
    return found


def rows(stream: Iterator[Piece]) -> Iterator[list[Piece]]:
    """The pieces of each line, without its line end."""
    row: list[Piece] = []
    for piece in stream:
        if piece.text == "\n":
            yield row
            row = []
        elif piece.text:
            row.append(piece)
    if row:
        yield row


def wrapped(row: Sequence[Piece], width: int) -> Iterator[list[Piece]]:
    """A line of pieces cut into rows of that many cells, blanks at their ends left out."""
    from reader.text.wrap import wrap

    line = "".join(piece.text for piece in row)
    starts = []
    at = 0
    for piece in row:
        starts.append(at)
        at += len(piece.text)
    for start, end in wrap(line, 0, len(line), width):
        stop = start + len(line[start:end].rstrip(" "))
        yield [
            Piece(line[max(start, first) : min(stop, first + len(piece.text))], piece.kinds)
            for first, piece in zip(starts, row, strict=True)
            if first < stop and first + len(piece.text) > start
        ]
