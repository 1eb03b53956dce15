"""Contiguous ranges of a document and the small algebra on lists of them.

Offsets are code points of the exact decoded text, half-open.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from reader.errors import InputError


class Fragment(NamedTuple):
    """One contiguous range `[start, end)` of a document."""

    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start

    def holds(self, other: Fragment) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Fragment) -> bool:
        return self.start < other.end and other.start < self.end


Fragments = tuple[Fragment, ...]


def normalized(ranges: Iterable[tuple[int, int]]) -> Fragments:
    """The same code points as ascending fragments, those that overlap joined.

    Fragments that only touch stay apart: other tools write them so, and mean it.
    Raises InputError on an empty or backward range, or on none at all.
    """
    result: list[Fragment] = []
    for start, end in sorted(ranges):
        if not 0 <= start < end:
            raise InputError(
                "This range marks nothing",
                f"{start}:{end}",
                "A range is START:END with START < END.",
            )
        if result and start < result[-1].end:
            result[-1] = Fragment(result[-1].start, max(end, result[-1].end))
        else:
            result.append(Fragment(start, end))
    if not result:
        raise InputError("A mark needs at least one range")
    return tuple(result)


def within(fragments: Fragments, length: int) -> None:
    """Raise InputError unless every fragment lies inside a text of that many code points."""
    for fragment in fragments:
        if fragment.end > length:
            raise InputError(
                f"The range {fragment.start}:{fragment.end} lies outside the text",
                f"the text has {length} characters",
                f"Give a range within 0:{length}.",
            )


def extent(fragments: Fragments) -> Fragment:
    """The stretch from the first start to the last end, gaps included."""
    return Fragment(fragments[0].start, max(fragment.end for fragment in fragments))


def covers(fragments: Fragments, stretch: Fragment) -> bool:
    """Whether one of the fragments holds the whole stretch."""
    return any(fragment.holds(stretch) for fragment in fragments)


def touches(fragments: Fragments, stretch: Fragment) -> bool:
    """Whether any of the fragments shares a code point with the stretch."""
    return any(fragment.overlaps(stretch) for fragment in fragments)


def size(fragments: Fragments) -> int:
    """How many code points are marked."""
    return sum(fragment.length for fragment in fragments)
