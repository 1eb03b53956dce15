"""Labels for the words in view: one or two letters each, by which a jump names its word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reader.model.fragment import Fragment
from reader.text.segment import Span, words
from reader.text.units import Text

_LOWER: Final = "asdfghjkl" + "qwertyuiop" + "zxcvbnm"
"""Home row first: the letters as they come most easily."""

_LETTERS: Final = _LOWER + _LOWER.upper()
"""Capitals too, for more words than fit on any but the largest screens."""

MOST: Final = len(_LETTERS) ** 2
"""So many words can have a label."""


def in_view(text: Text, stretch: Fragment, around: int) -> dict[str, Span]:
    """The labels of the words in a stretch of the text: of what is in view."""
    piece = text[stretch.start : stretch.end]
    found = words(piece, 0, len(piece))
    return labels([(stretch.start + start, stretch.start + end) for start, end in found], around)


def labels(words: Sequence[Span], around: int) -> dict[str, Span]:
    """A label for each word, the shortest and easiest ones for the words nearest to a place.

    No label is the beginning of another, so that the last letter of one jumps at once. The words
    farthest off have none where there are more than `MOST`. The same words always get the same.
    """
    by_distance = sorted(words, key=lambda word: (_distance(word, around), word))[:MOST]
    names = _names(len(by_distance))
    return dict(zip(names, by_distance, strict=True))


def _names(count: int) -> list[str]:
    """So many labels, the easiest first: as many of one letter as leave enough of two."""
    letters = _LOWER if count <= len(_LOWER) ** 2 else _LETTERS
    size = len(letters)
    single = size if count <= size else (size * size - count) // (size - 1)
    firsts = range(single, size)
    pairs = sorted(
        ((first, second) for first in firsts for second in range(size)),
        key=lambda pair: (sum(pair), pair),
    )
    names = [*letters[:single], *(letters[first] + letters[second] for first, second in pairs)]
    return names[:count]


def _distance(word: Span, place: int) -> int:
    return max(0, word[0] - place, place - word[1] + 1)
