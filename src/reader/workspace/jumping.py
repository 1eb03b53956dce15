"""Labels for the words in view: one or two letters each, by which a jump names its word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from reader.model.fragment import Fragment
from reader.text.cells import cells, is_simple
from reader.text.segment import NEWLINES, Span, words
from reader.text.units import Text

_LOWER: Final = "asdfghjkl" + "qwertyuiop" + "zxcvbnm"
"""Home row first: the letters as they come most easily."""

_LETTERS: Final = _LOWER + _LOWER.upper()
"""Capitals too, for more words than fit on any but the largest screens."""

MOST: Final = len(_LETTERS) ** 2
"""So many words can have a label."""

_REACH: Final = 64
"""So many characters fill more cells than any label, whatever marks stand on them."""


def in_view(text: Text, stretch: Fragment, around: int) -> dict[str, Span]:
    """The labels of the words in a stretch of the text: of what is in view.

    A word of one cell that the next one touches has none: two letters side by side would read as
    one label.
    """
    piece = text[stretch.start : stretch.end]
    found: list[Span] = []
    for word in reversed(words(piece, 0, len(piece))):
        if not found or _room(piece, word[0], found[-1][0]) > 1:
            found.append(word)
    return labels([(stretch.start + start, stretch.start + end) for start, end in found], around)


def signs(text: Text, labelled: Mapping[str, Span]) -> dict[int, str]:
    """What is drawn of each label, by the start of its word.

    All of it where a cell stays free before the next one; else the first letter alone, and the
    second when that is typed and fewer words bear labels.
    """
    by_start = sorted((word[0], label) for label, word in labelled.items())
    shown = dict(by_start)
    for (start, label), (following, _) in pairwise(by_start):
        if len(label) > 1 and _room(text, start, following) <= len(label):
            shown[start] = label[0]
    return shown


def _room(text: Text, start: int, following: int) -> int:
    """How many cells there are from one word to the next, as far as any label needs them."""
    near = text[start : min(following, start + _REACH)]
    if is_simple(near):
        return len(near)
    if not NEWLINES.isdisjoint(near):
        return _REACH  # they are not in one row
    return sum(cell.width for cell in cells(near, 0, len(near), start))


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
