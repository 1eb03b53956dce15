"""TextQuoteSelectors (Web Annotation Data Model, 4.2.4): writing them so that they fit one place,
and finding the place of those that others wrote.

"If the user agent discovers multiple matching text sequences, then the selection should be treated
as matching all of the matches": so the words before and after are lengthened until there is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from reader.anchoring.describe import CONTEXT

_LONGEST: Final = 4096
"""No context is longer than that on one side: where the text repeats itself without an end, the
position says which place is meant."""
_BLOCK: Final = 16
_SHORT: Final = 4096
_FEW: Final = 4
_MOST: Final = 100
_TRIES: Final = 2000


class Quote(NamedTuple):
    """The words of a place, and those round it."""

    exact: str
    prefix: str
    suffix: str


class Quoter:
    """Quotes places of one text. The text's blocks are indexed, so that looking for a quotation
    does not read all of it: each place where one stands holds one of them whole."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._blocks: dict[str, list[int]] = {}
        if len(text) > _SHORT:
            for at in range(0, len(text) - _BLOCK + 1, _BLOCK):
                self._blocks.setdefault(text[at : at + _BLOCK], []).append(at)

    def quote(self, start: int, end: int) -> Quote:
        """The place's words with the shortest context that fits no other place, if there is one."""
        text = self._text
        size = CONTEXT
        while self._is_elsewhere(text[max(0, start - size) : end + size], max(0, start - size)):
            size *= 2
            if size > _LONGEST:
                size = CONTEXT
                break
        return Quote(text[start:end], text[max(0, start - size) : start], text[end : end + size])

    def _is_elsewhere(self, words: str, here: int) -> bool:
        """Whether words that stand at one place stand at another one, too (or so often that one
        stops looking)."""
        text = self._text
        if not self._blocks or len(words) < 2 * _BLOCK:
            return any(at != here for at in places(text, words, 2))
        tries = 0
        for shift in range(_BLOCK):
            first = self._blocks.get(words[shift : shift + _BLOCK], ())
            if any(self._stands(words, at - shift, here) for at in first[:_FEW]):
                return True  # mostly so, where a text repeats itself
            found, offset = self._rarest(words, shift)
            for at in found:
                if self._stands(words, at - offset, here):
                    return True
                tries += 1
                if tries > _TRIES:
                    return True
        return False

    def _stands(self, words: str, at: int, here: int) -> bool:
        return at >= 0 and at != here and self._text.startswith(words, at)

    def _rarest(self, words: str, shift: int) -> tuple[Sequence[int], int]:
        """Of the blocks that words have when their first whole one begins at `shift`: where the
        one is that is seldom found, and its place in the words."""
        rarest: Sequence[int] | None = None
        place = shift
        for offset in range(shift, len(words) - _BLOCK + 1, _BLOCK):
            there = self._blocks.get(words[offset : offset + _BLOCK], ())
            if rarest is None or len(there) < len(rarest):
                rarest, place = there, offset
            if len(rarest) <= _FEW:
                break
        return rarest or (), place


def places(text: str, words: str, most: int) -> list[int]:
    """Where words stand in a text, overlapping places as well: the first so many."""
    found: list[int] = []
    at = text.find(words)
    while at >= 0 and len(found) < most:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def find(text: str, quote: Quote) -> tuple[list[int], bool]:
    """The places of a quotation, no more than a hundred, and whether its context stands there as
    well: if it stands nowhere, the places of the words alone."""
    whole = places(text, f"{quote.prefix}{quote.exact}{quote.suffix}", _MOST)
    if whole:
        return [at + len(quote.prefix) for at in whole], True
    return places(text, quote.exact, _MOST), False
