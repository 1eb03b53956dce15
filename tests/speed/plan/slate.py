"""What SLATE's keys would take for the same marks, counted to its advantage.

Its cursor stands on a token; arrows go a token left or right and a line up or down, keeping to the
column, with counts before them; the same keys with another modifier extend and contract. A label
takes two keys, and every part of a mark is a mark of its own. Lines are those of a terminal of 120
columns, and tokens are words and single marks, so that every place can be reached. Links are none
of its labels.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import Final

from plan.gold import Article
from reader.text.wrap import Layout

_COLUMNS: Final = 120
_LABEL: Final = 2
_TOKEN: Final = re.compile(r"\w+|[^\w\s]")
_LINES: Final = 3
"""So many lines about the wanted one are tried."""


def keys(article: Article) -> int:
    """The keys for all marks of an article, in reading order."""
    page = _Page(article.text)
    at = total = 0
    parts = sorted((part, span.kind) for span in article.spans for part in span.fragments)
    for (start, end), _ in parts:
        first, last = page.token(start), page.token(end - 1)
        total += page.cost(at, first) + page.cost(first, last) + _LABEL
        at = first
    return total


class _Page:
    """The tokens of a text, by line and column."""

    def __init__(self, text: str) -> None:
        self._tokens = [match.start() for match in _TOKEN.finditer(text)]
        layout = Layout(text, _COLUMNS)
        starts, at = [0], (0, 0)
        while at != layout.last:
            at = layout.moved(at, 1)
            starts.append(layout.row(at).start)
        self._line = [bisect_right(starts, each) - 1 for each in self._tokens]
        self._column = [
            each - starts[line] for each, line in zip(self._tokens, self._line, strict=True)
        ]
        self._firsts: dict[int, list[int]] = {}
        for number, line in enumerate(self._line):
            self._firsts.setdefault(line, []).append(number)
        self._lines = sorted(self._firsts)

    def token(self, position: int) -> int:
        return max(0, bisect_right(self._tokens, position) - 1)

    def cost(self, one: int, other: int) -> int:
        """The fewest keys from a token to another: by tokens alone, or by lines first."""
        best = _times(abs(other - one))
        here = self._lines.index(self._line[one])
        there = self._lines.index(self._line[other])
        for line in range(max(0, there - _LINES), min(len(self._lines), there + _LINES + 1)):
            if line == here:
                continue
            row = self._firsts[self._lines[line]]
            landed = min(row, key=lambda each: abs(self._column[each] - self._column[one]))
            best = min(best, _times(abs(line - here)) + _times(abs(other - landed)))
        return best


@lru_cache
def _times(many: int) -> int:
    """The keys to press one so many times: again and again, or after its count."""
    return min(many, 1 + len(str(many))) if many else 0
