"""Paragraphs of a text, and walking over the pieces they are cut into.

Offsets are code points, spans half-open. Nothing here looks further than one paragraph, or than a
piece of one without end; only white space between two paragraphs is passed over whatever its
length, at the speed of a string search.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from reader.text.units import unit_at

Span = tuple[int, int]
Cut = Callable[[str, int, int], list[Span]]
"""Cuts the stretch [start, end) of a text into ordered, disjoint, non-empty spans."""

NEWLINES: frozenset[str] = frozenset("\n\r\v\f\x85\u2028\u2029")
"""What ends a paragraph; CR LF is one terminator."""

_REACH = 20_000
_MOST_PASSED = 10_000  # paragraphs without a piece (rules, "* * *") before a walk gives up
_BLANK = "\ufeff"  # drawn as nothing, and blank to every reader, though not white space
_INK = re.compile(rf"[^\s{_BLANK}]")


def paragraph_at(text: str, position: int) -> Span:
    """The paragraph holding `position`, without its terminator; empty for a blank line.

    A terminator belongs to the paragraph it ends; the end of the text to the last paragraph. A
    very long one is taken piece by piece, as it is laid out.
    """
    position = min(max(position, 0), len(text))
    if position == len(text) and text[-1:] in NEWLINES:
        return position, position
    return _unit(text, position)


@lru_cache(maxsize=256)
def _unit(text: str, position: int) -> Span:
    unit = unit_at(text, position)
    return unit.start, unit.end


def next_paragraph(text: str, position: int) -> Span | None:
    """The nearest paragraph that is not blank, after the one holding `position`."""
    return _paragraph_after(text, paragraph_at(text, position)[1])


def previous_paragraph(text: str, position: int) -> Span | None:
    """The nearest paragraph that is not blank, before the one holding `position`."""
    return _paragraph_before(text, paragraph_at(text, position)[0])


@lru_cache(maxsize=128)
def _pieces(cut: Cut, text: str, paragraph: Span) -> tuple[Span, ...]:
    """A paragraph's pieces, kept for a while: one key often asks for the same ones again."""
    return tuple(cut(text, *paragraph))


def piece_at(cut: Cut, text: str, position: int) -> Span | None:
    """The piece holding `position`, else the next in its paragraph, else the previous."""
    pieces = _pieces(cut, text, paragraph_at(text, position))
    after = (piece for piece in pieces if position < piece[1])
    return next(after, pieces[-1] if pieces else None)


def piece_after(cut: Cut, text: str, position: int) -> Span | None:
    """The first piece that starts at `position` or later, in any paragraph."""
    paragraph: Span | None = paragraph_at(text, position)
    for _ in range(_MOST_PASSED):
        if paragraph is None:
            return None
        for piece in _pieces(cut, text, paragraph):
            if piece[0] >= position:
                return piece
        paragraph = _paragraph_after(text, paragraph[1])
    return None


def piece_before(cut: Cut, text: str, position: int) -> Span | None:
    """The last piece that ends at `position` or earlier, in any paragraph."""
    paragraph: Span | None = paragraph_at(text, position)
    for _ in range(_MOST_PASSED):
        if paragraph is None:
            return None
        for piece in reversed(_pieces(cut, text, paragraph)):
            if piece[1] <= position:
                return piece
        paragraph = _paragraph_before(text, paragraph[0])
    return None


def shed(text: str, start: int, end: int) -> Span:
    """The stretch without white space (and U+FEFF) at its edges; empty if there is no more."""
    first = _INK.search(text, start, end)
    if first is None:
        return start, start
    while text[end - 1].isspace() or text[end - 1] == _BLANK:
        end -= 1
    return first.start(), end


def _paragraph_after(text: str, end: int) -> Span | None:
    ink = _INK.search(text, end)
    if ink is None:
        return None
    start, stop = paragraph_at(text, ink.start())
    return max(start, end), stop


def _paragraph_before(text: str, start: int) -> Span | None:
    low = start
    while low > 0:
        low = max(0, start - _REACH)
        begin, ink = shed(text, low, start)
        if begin < ink:
            first, last = paragraph_at(text, ink - 1)
            return first, min(last, start)
        start = low
    return None
