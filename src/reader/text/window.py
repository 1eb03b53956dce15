"""A part of a text in the place where the whole has it, for a look before the whole is read."""

from __future__ import annotations

from typing import Final, overload

AROUND: Final = 1 << 16
"""So much before and after the place where the reader was is looked at."""

GRID: Final = 1 << 13
"""It begins at a multiple of so many code points, as pieces of very long lines do."""


def seen_from(position: int) -> int:
    """The code point at which what is seen begins, where the reader was at a position."""
    return max(0, position - AROUND) // GRID * GRID


_BLANK: Final = "\n"  # a line of many blanks would have to be laid out


class Window:
    """A text of which only some is at hand; elsewhere it is empty lines."""

    def __init__(self, words: str, start: int, length: int) -> None:
        """`words` stand at `start` in a text of so many code points."""
        self._words = words
        self._start = start
        self._length = max(length, start + len(words))

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> str: ...
    def __getitem__(self, at: int | slice) -> str:
        if isinstance(at, int):
            place = at + self._length if at < 0 else at
            if not 0 <= place < self._length:
                raise IndexError(at)
            return self._part(place, place + 1)
        start, stop, step = at.indices(self._length)
        return self._part(start, max(start, stop))[::step]

    def _part(self, start: int, stop: int) -> str:
        end = self._start + len(self._words)
        before = min(stop, self._start) - start
        after = stop - max(start, end)
        words = self._words[max(0, start - self._start) : max(0, stop - self._start)]
        return f"{_BLANK * before}{words}{_BLANK * after}"
