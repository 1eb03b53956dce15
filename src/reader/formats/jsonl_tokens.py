"""Words, signs and white space, as spaCy and Prodigy cut a text into tokens.

spaCy's tokens tile a text but for one blank after each, which belongs to the token before it
(`Token.whitespace_`); other white space is a token by itself (spacy.io/usage/linguistic-features,
and `get_words_and_spaces`, which `Doc.from_json` uses). Words are cut as reader cuts them. Where a
mark begins or ends inside of a token, that token is cut in two: no mark is off their edges.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from reader.text.units import units
from reader.text.words import words

_RUN: Final = re.compile(r"\s+|\S+")


Token = tuple[int, int, bool]
"""`[start, end)` in code points, and whether the blank that follows belongs to it."""


class Edges(NamedTuple):
    """Where words begin, and where they end."""

    starts: set[int]
    ends: set[int]


def natural_edges(text: str) -> Edges:
    """Those of all words of a text."""
    spans = [span for unit in units(text) for span in words(text, unit.start, unit.end)]
    return Edges({start for start, _ in spans}, {end for _, end in spans})


def tokens(
    text: str, edges: Edges, starts: Iterable[int] = (), ends: Iterable[int] = ()
) -> list[Token]:
    """The tokens of a text whose words have these edges; marks begin and end at the others."""
    begun, ended = set(starts), set(ends)
    cuts = [*sorted(begun | ended | edges.starts | edges.ends), len(text)]
    found: list[Token] = []
    at = 0
    for run in _RUN.finditer(text):
        start, stop = run.span()
        is_blank = text[start].isspace()
        if is_blank and start and found[-1][2]:
            start += 1
        while start < stop:
            while cuts[at] <= start:
                at += 1
            end = min(cuts[at], stop)
            if not is_blank and end - start > 1 and start not in edges.starts:
                found += _signs(text, start, end)
            else:
                found.append((start, end, False))
            start = end
        taken = stop in begun or stop + 1 in ended
        if not is_blank and not taken and text[stop : stop + 1] == " ":
            found[-1] = (found[-1][0], stop, True)
    return found


def _signs(text: str, start: int, end: int) -> Iterable[Token]:
    """What is no word, nor begins one: a part of one that was cut, else signs one by one."""
    if any(char.isalnum() for char in text[start:end]):
        return ((start, end, False),)
    return ((at, at + 1, False) for at in range(start, end))
