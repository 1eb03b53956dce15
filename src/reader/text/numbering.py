"""The numbers of the paragraphs: found piece by piece, so that nobody waits for a long text."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from typing import Final

from reader.text.units import Text

_PIECE: Final = 1 << 18
_INK: Final = re.compile(r"[^\s\ufeff]")
_LINE: Final = re.compile("[^\n\r\v\f\x85\u2028\u2029]+")


def place_of_percent(text: Text, percent: float) -> int:
    """The code point so far into the text; 0 is its beginning and 100 its end."""
    return int(len(text) * min(max(percent, 0), 100) / 100)


class Numbering:
    """Where each paragraph that is not blank begins, as far as the text has been looked at."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._starts = array("I" if len(text) < 1 << 32 else "q")  # half the memory, or any place
        self._at = 0
        self._goes_on = False
        self._open: int | None = None  # where a line began that goes on, and is blank so far

    @property
    def complete(self) -> bool:
        return self._at >= len(self._text)

    def reaches(self, position: int) -> bool:
        """Whether the text has been looked at as far as a position."""
        return self._at > position or self.complete

    def grow(self) -> None:
        """Look at one more piece of the text."""
        piece = self._text[self._at : self._at + _PIECE]
        goes_on, begun = self._goes_on, self._open
        self._open = None
        self._goes_on = _LINE.match(piece[-1:]) is not None
        for line in _LINE.finditer(piece):
            start: int | None = self._at + line.start()
            if line.start() == 0 and goes_on:
                start = begun
            if start is None:
                continue  # counted already
            if _INK.search(piece, line.start(), line.end()):
                self._starts.append(start)
            elif line.end() == len(piece):
                self._open = start
        self._at += len(piece)

    def number(self, start: int) -> int | None:
        """The number, counted from 1, of the paragraph that begins at a place; None when none
        does, or it has not been looked at yet."""
        at = bisect_left(self._starts, start)
        return at + 1 if at < len(self._starts) and self._starts[at] == start else None

    def holding(self, position: int) -> int:
        """The number of the paragraph that holds a position; 0 before the first one."""
        return bisect_right(self._starts, position)

    def start(self, number: int) -> int | None:
        """Where the paragraph with a number begins; None when there is none."""
        return self._starts[number - 1] if 0 < number <= len(self._starts) else None

    @property
    def known(self) -> int:
        """How many paragraphs there are, as far as one has looked."""
        return len(self._starts)
