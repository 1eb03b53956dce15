"""The stretch of a text in which the text objects round a place are looked for.

No key looks further, whatever the size of the text; a short one is looked at whole.
"""

from __future__ import annotations

from typing import Final

from reader.text.units import Text

_WHOLE: Final = 1 << 18
STEP: Final = 1 << 16
"""What is looked at in one go, where nothing may be."""


class Window:
    """A text of which one part at a time is at hand as a string."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._low = self._high = 0
        self._part = ""

    def at(self, position: int) -> tuple[str, int]:
        """The text round a position, and where it begins: at least `STEP` code points either
        way, and the same string for places near one another."""
        length = len(self._text)
        low = 0 if length <= _WHOLE else max(0, (position // STEP - 1) * STEP)
        high = length if length <= _WHOLE else min(length, low + _WHOLE)
        if not self._part or (low, high) != (self._low, self._high):
            self._part, self._low, self._high = self._text[low:high], low, high
        return self._part, self._low
