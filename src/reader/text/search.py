"""Where words occur in a text."""

from __future__ import annotations

import re
from typing import Final

from reader.model.fragment import Fragment

_NEAR: Final = 64  # code points; no cluster that a person writes is longer


def occurrences(text: str, words: str) -> list[Fragment]:
    """Every place of the exact words, overlapping ones included, in order."""
    found: list[Fragment] = []
    at = text.find(words) if words else -1
    while at >= 0:
        found.append(Fragment(at, at + len(words)))
        at = text.find(words, at + 1)
    return found


def matches(text: str, pattern: str) -> list[Fragment]:
    """Every place of the words, whatever their case and however their blanks are written.

    A blank in the pattern fits any white space, so that words are found over a line's end.
    """
    parts = [re.escape(part) for part in pattern.split()]
    if not parts:
        return []
    expression = re.compile(r"\s+".join(parts), re.IGNORECASE)
    return [_whole(text, *match.span()) for match in expression.finditer(text)]


def _whole(text: str, start: int, end: int) -> Fragment:
    """The stretch with the clusters at its edges taken whole: no letter without its accent."""
    from reader.text.cells import clusters, is_simple  # measures with Rich, which others do without

    first, last = max(0, start - _NEAR), min(len(text), end + _NEAR)
    if is_simple(text[max(0, start - 1) : start + 1]) and is_simple(text[end - 1 : end + 1]):
        return Fragment(start, end)
    around = clusters(text, first, last)
    return Fragment(
        next((each[0] for each in reversed(around) if each[0] <= start), start),
        next((each[1] for each in around if each[1] >= end), end),
    )
