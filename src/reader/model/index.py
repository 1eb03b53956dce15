"""Which fragments lie in a stretch: an interval index by hierarchical bins.

The scheme is the UCSC genome browser's (Kent et al., 2002): every interval is kept in the smallest
bin that holds it whole, so one mark over the entire document does not slow down the search for the
small ones. Add, remove and find cost O(levels + hits).
"""

from __future__ import annotations

from collections.abc import Iterator

from reader.model.fragment import Fragment

_FIRST_SHIFT = 9  # the smallest bins hold 512 code points, about one paragraph
_NEXT_SHIFT = 3
_LEVELS = 9  # the largest bins hold 2**33: more than any text


class FragmentIndex:
    """Fragments by place, each with the id of its annotation."""

    def __init__(self) -> None:
        self._levels: list[dict[int, set[tuple[Fragment, str]]]] = [{} for _ in range(_LEVELS)]

    def copy(self) -> FragmentIndex:
        """The same, to be changed by itself."""
        other = FragmentIndex()
        other._levels = [
            {number: held.copy() for number, held in bins.items()} for bins in self._levels
        ]
        return other

    def add(self, fragment: Fragment, owner: str) -> None:
        level, number = _bin(fragment)
        self._levels[level].setdefault(number, set()).add((fragment, owner))

    def remove(self, fragment: Fragment, owner: str) -> None:
        level, number = _bin(fragment)
        held = self._levels[level][number]
        held.remove((fragment, owner))
        if not held:
            del self._levels[level][number]

    def find(self, start: int, end: int) -> Iterator[tuple[Fragment, str]]:
        """Every fragment that shares a code point with [start, end), in no particular order."""
        if start >= end:
            return
        for level, bins in enumerate(self._levels):
            if not bins:
                continue
            shift = _FIRST_SHIFT + _NEXT_SHIFT * level
            first, last = start >> shift, (end - 1) >> shift
            numbers = range(first, last + 1)
            if len(bins) < len(numbers):
                hits = [number for number in bins if first <= number <= last]
            else:
                hits = [number for number in numbers if number in bins]
            for number in hits:
                for fragment, owner in bins[number]:
                    if fragment.start < end and start < fragment.end:
                        yield fragment, owner


def _bin(fragment: Fragment) -> tuple[int, int]:
    first, last = fragment.start >> _FIRST_SHIFT, (fragment.end - 1) >> _FIRST_SHIFT
    level = 0
    while first != last and level < _LEVELS - 1:
        first, last, level = first >> _NEXT_SHIFT, last >> _NEXT_SHIFT, level + 1
    return level, first
