"""A text cut into paragraphs, each found from the characters nearby alone.

No list of all paragraphs is ever made: a text of any size costs nothing until somebody looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Final, NamedTuple, Protocol, overload

from reader.text.cells import clusters, is_simple

_TERMINATOR: Final = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_ENDS: Final = "\n\r\v\f\x85\u2028\u2029"
_LONGEST: Final = 8192
"""A paragraph is not cut before so many characters."""

_PIECE: Final = 4096
"""What is longer is laid out in pieces, each of about so many."""

_NEAR: Final = 512
"""How far before a multiple of `_PIECE` a blank is looked for, to cut there."""

_REACHES: Final = (1024, _LONGEST + 2 * _PIECE + 2 * _NEAR)
"""How far either way is looked: most lines are short; in the second any cut can be told."""


class Text(Protocol):
    """What is asked of a text: its length and its parts, in code points. A `str` is one."""

    def __len__(self) -> int: ...

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> str: ...


_FEW: Final = 64
"""From how many characters before it the edge of a cluster is told, if it can be."""

_FLAGS: Final = "".join(map(chr, range(0x1F1E6, 0x1F200)))
_NO_FLAG: Final = re.compile(f"[^{_FLAGS[0]}-{_FLAGS[-1]}]")
_MOST_FLAGS: Final = 1 << 16
"""How many letters of flags are counted back to the first; of more, they pair from even places."""


class Unit(NamedTuple):
    """A paragraph, or a piece of a very long one. `next` is where the following one begins.

    `[end, next)` holds the line terminator, if there is one.
    """

    start: int
    end: int
    next: int


def units(text: Text) -> Iterator[Unit]:
    """The text's paragraphs. They cover every code point once; an empty text has one, empty."""
    unit = unit_at(text, 0)
    yield unit
    while unit.next < len(text):
        unit = unit_at(text, unit.next)
        yield unit


def unit_at(text: Text, position: int) -> Unit:
    """The unit that holds a position; the end of the text belongs to the last one.

    A line is cut near each multiple of `_PIECE` that is `_LONGEST` or more from its beginning:
    where that is depends on nothing but the characters around.
    """
    position = max(0, min(position, len(text) - 1))
    for reach in _REACHES:
        low = max(0, position - reach)
        around = text[low : position + reach]
        here = position - low
        if here and around[here - 1 : here + 1] == "\r\n":
            here -= 1
        line = max(around.rfind(end, 0, here) for end in _ENDS) + 1
        found = _TERMINATOR.search(around, here)
        begun = line > 0 or low == 0
        whole = low + len(around) == len(text)
        ended = found.end() < len(around) or whole if found is not None else whole
        if begun and ended:
            break
    begins = low + line if begun else low - _LONGEST  # further up, in any case
    end, after = (found.start(), found.end()) if found is not None else (len(around), len(around))
    start = low + line
    if low + end - begins >= _LONGEST:
        for many in count(max(1, position // _PIECE)):
            cut = _near(text, many * _PIECE) if many * _PIECE < len(text) else len(text)
            if cut > low + here and (cut - begins >= _LONGEST or cut == len(text)):
                break
            if cut - begins >= _LONGEST:
                start = cut
        if found is None or cut <= low + end:
            return Unit(start, cut, cut)
    return Unit(start, low + end, low + after)


def _near(text: Text, place: int) -> int:
    """Where a very long line is cut near a place: after a blank, else between two clusters."""
    low = max(0, place - _NEAR)
    around = text[low : place + 1]
    blank = around.rfind(" ", 0, -1)
    if blank >= 0 and len(clusters(around, blank, blank + 2)) == 2:  # no mark stands on it
        return low + blank + 1
    if is_simple(around[-2:]):
        return place
    return cluster_start(text, place)


def cluster_start(text: Text, place: int) -> int:
    """Where the cluster that holds a place begins, as far as it can be told from the characters
    before it; in what goes on too long to be told, any place is as good as another."""
    reach = _FEW
    while True:
        reach = min(reach, _PIECE - 1)
        low = max(0, place - reach)
        low -= _flags_before(text, low) % 2  # they pair
        around = text[low : place + 1]
        found = clusters(around, 0, len(around))
        if low == 0 or len(found) > 2:  # the first may be the rest of one, and hold the second
            return low + found[-1][0] if found else place
        if reach == _PIECE - 1:
            return place
        reach *= 2


def _flags_before(text: Text, place: int) -> int:
    """How many letters of flags stand right before a place, as far as they are counted."""
    run = 0
    reach = _FEW
    while run < place:
        if run >= _MOST_FLAGS:
            return place
        before = text[max(0, place - run - reach) : place - run]
        if _NO_FLAG.search(before):
            return run + len(before) - len(before.rstrip(_FLAGS))
        run += len(before)
        reach = run
    return run
