"""Where words occur in a text."""

from __future__ import annotations

import re

from reader.model.fragment import Fragment


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
    return [Fragment(*match.span()) for match in expression.finditer(text)]
