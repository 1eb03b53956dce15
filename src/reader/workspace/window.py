"""The stretch of a text in which the text objects round a place are looked for.

No key looks further, whatever the size of the text; a short one is looked at whole.
"""

from __future__ import annotations

from typing import Final

from reader.text.units import Text

_WHOLE: Final = 1 << 18
_STEP: Final = 1 << 16


class Window:
    """A text of which one part at a time is at hand as a string."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._low = self._high = 0
        self._part = ""

    def at(self, position: int) -> tuple[str, int]:
        """The text round a position, and where it begins: at least `_STEP` code points either
        way, and the same string for places near one another."""
        length = len(self._text)
        low = 0 if length <= _WHOLE else max(0, (position // _STEP - 1) * _STEP)
        high = length if length <= _WHOLE else min(length, low + _WHOLE)
        if not self._part or (low, high) != (self._low, self._high):
            self._part, self._low, self._high = self._text[low:high], low, high
        return self._part, self._low
