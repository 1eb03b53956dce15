"""Paragraphs of a text, and walking over the pieces they are cut into.

Offsets are code points, spans half-open. Nothing here looks further than one paragraph, or than a
piece of one without end; only white space between two paragraphs is passed over whatever its
length, at the speed of a string search.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import lru_cache

from reader.text import signs
from reader.text.signs import BLANK, INK
from reader.text.units import unit_at

Span = tuple[int, int]
Cut = Callable[[str, int, int], list[Span]]
"""Cuts the stretch [start, end) of a text into ordered, disjoint, non-empty spans."""

NEWLINES: frozenset[str] = frozenset("\n\r\v\f\x85\u2028\u2029")
"""What ends a paragraph; CR LF is one terminator."""

_REACH = 20_000
_MOST_PASSED = 10_000  # paragraphs without a piece (rules, "* * *") before a walk gives up


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
def pieces(cut: Cut, text: str, paragraph: Span) -> tuple[Span, ...]:
    """A paragraph's pieces, kept for a while: one key often asks for the same ones again."""
    return tuple(cut(text, *paragraph))


def piece_at(cut: Cut, text: str, position: int) -> Span | None:
    """The piece holding `position`, else the next in its paragraph, else the previous."""
    found = pieces(cut, text, paragraph_at(text, position))
    at = bisect_right(found, position, key=_end)
    return found[min(at, len(found) - 1)] if found else None


def piece_after(cut: Cut, text: str, position: int) -> Span | None:
    """The first piece that starts at `position` or later, in any paragraph."""
    paragraph: Span | None = paragraph_at(text, position)
    for passed in range(_MOST_PASSED):
        if paragraph is None:
            return None
        found = pieces(cut, text, paragraph)
        at = bisect_left(found, position, key=_start)
        if at < len(found):
            return found[at]
        if passed:  # one with ink, and nothing in it: words are looked for, and these are rules
            sign = signs.wordlike().search(text, paragraph[1])
            if sign is None:
                return None
            paragraph = _from(text, paragraph[1], sign.start())
        else:
            paragraph = _paragraph_after(text, paragraph[1])
    return None


def piece_before(cut: Cut, text: str, position: int) -> Span | None:
    """The last piece that ends at `position` or earlier, in any paragraph."""
    paragraph: Span | None = paragraph_at(text, position)
    for passed in range(_MOST_PASSED):
        if paragraph is None:
            return None
        found = pieces(cut, text, paragraph)
        at = bisect_right(found, position, key=_end)
        if at:
            return found[at - 1]
        if passed:
            start = signs.before(text, paragraph[0], signs.may_have_word)
            paragraph = paragraph_at(text, start - 1) if start else None
        else:
            paragraph = _paragraph_before(text, paragraph[0])
    return None


def _start(piece: Span) -> int:
    return piece[0]


def _end(piece: Span) -> int:
    return piece[1]


def shed(text: str, start: int, end: int) -> Span:
    """The stretch without white space (and U+FEFF) at its edges; empty if there is no more."""
    first = INK.search(text, start, end)
    if first is None:
        return start, start
    while text[end - 1].isspace() or text[end - 1] == BLANK:
        end -= 1
    return first.start(), end


def _paragraph_after(text: str, end: int) -> Span | None:
    ink = INK.search(text, end)
    if ink is None:
        return None
    return _from(text, end, ink.start())


def _from(text: str, end: int, position: int) -> Span:
    """The paragraph holding a position, as far as it lies behind `end`."""
    start, stop = paragraph_at(text, position)
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
