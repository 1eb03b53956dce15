"""A search under way: what it has found so far, how far it has come, and the hits beside a place.

It goes from where it was begun to the end of the text, and then from the beginning. One thread may
`run` it while another asks: hits are only ever added, and told of when they are there.
"""

from __future__ import annotations

import time
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from threading import Lock
from typing import Final, overload

from reader.errors import ReaderError
from reader.model.fragment import Fragment
from reader.text.search import Block, Query, blocks
from reader.text.units import Text

MOST: Final = 1_000_000
"""Hits that are kept: nobody goes through more, and a text can consist of nothing else."""

_BREATH: Final = 0.0002
"""Seconds of rest after each block, in which whoever waits for the interpreter gets it."""

_LINE: Final = 4096
"""How far back the beginning of a line is looked for, to begin there: the words of a line are then
the same hits wherever in it one stands."""


class Hits(Sequence[Fragment]):
    """The hits there were at one moment, in the order of the text."""

    def __init__(self, starts: array[int], ends: array[int], later: int, count: int) -> None:
        """Of the first `count` in the arrays the first `later` come after all others."""
        self._starts, self._ends = starts, ends
        self._later, self._count = later, count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Fragment: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Fragment, ...]: ...
    def __getitem__(self, at: int | slice) -> Fragment | tuple[Fragment, ...]:
        if isinstance(at, slice):
            return tuple(self[each] for each in range(*at.indices(self._count)))
        found = (range(self._count)[at] + self._later) % self._count
        return Fragment(self._starts[found], self._ends[found])

    @property
    def after_seam(self) -> int:
        """How many were found between where the search was begun and the end of the text."""
        return self._later

    def found(self, at: int) -> Fragment:
        """The hit that was found as the one of this number, from 0 on."""
        return Fragment(self._starts[at], self._ends[at])

    def __contains__(self, hit: object) -> bool:
        if not isinstance(hit, Fragment):
            return False
        at = bisect_left(self, hit.start, key=_start)
        return at < self._count and self[at] == hit

    def within(self, start: int, end: int) -> tuple[Fragment, ...]:
        """Those that touch a stretch."""
        first = bisect_right(self, start, key=lambda hit: hit.end)
        return self[first : bisect_left(self, end, key=lambda hit: hit.start)]


class Finding:
    """The hits of a query in a text, as they come up."""

    def __init__(self, text: Text, query: Query, origin: int) -> None:
        """Raises InputError when the query cannot be understood."""
        self.query = query
        self.origin = origin
        self.complete = False
        self.trouble = ""
        """Why the search could not go on to its end, as a sentence."""
        self._stopped = False
        self._working = Lock()
        self._length = len(text)
        self._seam = _line_start(text, origin)
        self._later = blocks(text, query, self._seam)
        self._earlier = blocks(text, query, 0, self._seam)
        self._steps = self._look()
        self._done = 0  # code points from the seam on, and round the end
        self._after_seam = 0  # hits
        self._starts: array[int] = array("q")
        self._ends: array[int] = array("q")
        self.hits = Hits(self._starts, self._ends, 0, 0)

    # Going on -----------------------------------------------------------------------------------

    def run(self, heard: Callable[[], object] | None = None) -> None:
        """Look through all that is left, unless somebody stops it. `heard` is told of each step."""
        with self._working:
            while not self.complete and not self._stopped:
                self.step()
                if heard is not None:
                    heard()
                time.sleep(_BREATH)

    def stop(self) -> None:
        """Have `run` leave off after its block."""
        self._stopped = True

    def resume(self) -> None:
        """Let `run` go on where it was stopped."""
        self._stopped = False

    @property
    def running(self) -> bool:
        """Whether there is more to look through, and nobody has stopped it."""
        return not self.complete and not self._stopped

    def step(self) -> None:
        """Look through one block more."""
        try:
            self.complete = next(self._steps, None) is None
        except ReaderError as error:
            self.trouble, self.complete = str(error), True

    def _look(self) -> Iterator[Block]:
        for block in self._later:
            self._keep(block.hits, block.reached - self._seam, later=True)
            yield block
            if self.full:
                return
        first = self._starts[0] if self._starts else self._length
        for block in self._earlier:
            hits = block.hits
            while hits and hits[-1].end > first:
                hits.pop()  # what lies over the seam and a hit there
            self._keep(hits, block.reached - self._seam + self._length, later=False)
            yield block
            if self.full:
                return

    def _keep(self, hits: list[Fragment], done: int, *, later: bool) -> None:
        hits = hits[: MOST - len(self._starts)]
        if hits:
            self._starts.extend(hit.start for hit in hits)
            self._ends.extend(hit.end for hit in hits)
            count = len(self._starts)
            self._after_seam = count if later else self._after_seam
            self.hits = Hits(self._starts, self._ends, self._after_seam, count)
        self._done = done

    # What there is ------------------------------------------------------------------------------

    @property
    def full(self) -> bool:
        """Whether there are as many hits as are kept."""
        return len(self._starts) >= MOST

    @property
    def told(self) -> str:
        """How far it is, in words."""
        number = f"{len(self.hits):,} found"
        if self.trouble:
            return f"{number}. {self.trouble}" if self.hits else self.trouble
        if self.full:
            return f"{number}, and more, which are not gone through"
        if self.complete:
            return number if self.hits else "Not found"
        percent = 100 * self._done // max(1, self._length)
        return f"{number}, searching {percent} %" if self.hits else f"Searching {percent} %"

    @property
    def first(self) -> Fragment | None:
        """The first hit from where the search began; None while it is not known."""
        complete, hits = self.complete, self.hits
        at = bisect_left(hits, self.origin, key=_start)
        return self._ahead(hits, at, complete, self._turned(self.origin))

    def beside(self, position: int, step: int) -> Fragment | None:
        """The hit after or before a place, round the end; None while it is not known."""
        complete, done, hits = self.complete, self._done, self.hits
        if step > 0:
            at = bisect_right(hits, position, key=_start)
            return self._ahead(hits, at, complete, self._turned(position) + 1)
        if not hits:
            return None
        hit = hits[bisect_left(hits, position, key=_start) - 1]
        known = self._turned(hit.start) < self._turned(position) <= done
        return hit if complete or known else None

    def _ahead(self, hits: Hits, at: int, complete: bool, reach: int) -> Fragment | None:
        """A hit, round the end, if nothing can come up any more between it and a place."""
        if not hits:
            return None
        hit = hits[at % len(hits)]
        return hit if complete or self._turned(hit.start) >= reach else None

    def number(self, hit: Fragment) -> int:
        """Which one of the hits it is, from 1 on."""
        return bisect_right(self.hits, hit.start, key=_start)

    def _turned(self, position: int) -> int:
        """How far the search has to come to reach a position."""
        return position - self._seam + (self._length if position < self._seam else 0)


def _start(hit: Fragment) -> int:
    return hit.start


def _line_start(text: Text, position: int) -> int:
    """Where the line of a position begins; of a very long one, the word."""
    low = max(0, position - _LINE)
    before = text[low:position]
    line = before.rfind("\n") + 1
    if line or low == 0:
        return low + line
    return low + before.rfind(" ") + 1
