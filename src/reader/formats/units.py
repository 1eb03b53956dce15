"""Positions in code points, UTF-16 units and UTF-8 bytes: the only place where they are converted.

Inside, a position is always a number of code points of the exact text. A table of what stands
before each block of the text makes both directions take the same short time anywhere in it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from typing import Final, Literal, get_args

from reader.errors import InputError

Unit = Literal["codepoints", "utf16", "bytes"]
UNITS: Final[tuple[str, ...]] = get_args(Unit)

_BLOCK: Final = 64
_CODINGS: Final = {"utf16": ("utf-16-le", 2), "bytes": ("utf-8", 1)}
"""How a text is written in that unit, and how many bytes make one of it."""


class Ruler:
    """Converts the positions of one text, from 0 to its length."""

    def __init__(self, text: str, unit: Unit) -> None:
        self._text = text
        self.unit = unit
        self.length = len(text)
        """The text's length in the unit."""
        self._before: array[int] | None = None
        """Where each block begins, in the unit; None where a code point is a unit each."""
        if unit == "codepoints" or text.isascii():
            return
        self._coding, self._size = _CODINGS[unit]
        self.length = len(text.encode(self._coding)) // self._size
        if self.length == len(text):
            return
        before = array("q", [0])
        for end in range(_BLOCK, len(text), _BLOCK):
            before.append(before[-1] + self._measure(text[end - _BLOCK : end]))
        self._before = before

    def out(self, position: int) -> int:
        """From code points to the unit."""
        if not 0 <= position <= len(self._text):
            raise self._outside(position, len(self._text))
        if self._before is None:
            return position
        block = min(position // _BLOCK, len(self._before) - 1)
        return self._before[block] + self._measure(self._text[block * _BLOCK : position])

    def back(self, position: int) -> int:
        """From the unit to code points. Raises InputError for a position that lies outside the
        text or inside a character."""
        if not 0 <= position <= self.length:
            raise self._outside(position, self.length)
        if self._before is None:
            return position
        block = bisect_right(self._before, position) - 1
        start = block * _BLOCK
        written = self._text[start : start + _BLOCK].encode(self._coding)
        try:
            ahead = written[: (position - self._before[block]) * self._size].decode(self._coding)
        except UnicodeDecodeError as error:
            raise InputError(
                f"The position {position} lies inside a character",
                f"positions are taken to count {NAMES[self.unit]}",
                "If they count something else, say so with --units.",
            ) from error
        return start + len(ahead)

    def _measure(self, part: str) -> int:
        return len(part.encode(self._coding)) // self._size

    def _outside(self, position: int, length: int) -> InputError:
        return InputError(
            f"The position {position} lies outside the text",
            f"it has {length} {NAMES[self.unit]}",
        )


NAMES: Final = {"codepoints": "code points", "utf16": "UTF-16 units", "bytes": "UTF-8 bytes"}
"""The units as people read them."""
