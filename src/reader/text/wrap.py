"""A text cut into paragraphs, and paragraphs into the rows of a given width.

Nothing here is computed for the whole text but the paragraphs' starts: a paragraph is wrapped when
somebody looks at it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import OrderedDict
from typing import Final, NamedTuple

from reader.text.cells import Cell, cells, clusters, is_simple

_TERMINATOR: Final = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_LONGEST: Final = 8192
"""A longer paragraph is laid out in pieces, cut at a blank where there is one."""

_CLOSING: Final = frozenset("、。」』）！？，：；")  # never the first of a row
_KEPT: Final = 400  # laid-out paragraphs: several screens' worth


class Row(NamedTuple):
    """One row of the screen: the code points `[start, end)`, its line end left out."""

    start: int
    end: int


class Unit(NamedTuple):
    """A paragraph, or a piece of a very long one. `next` is where the following one begins.

    `[end, next)` holds the line terminator, if there is one.
    """

    start: int
    end: int
    next: int


def units(text: str) -> list[Unit]:
    """The text's paragraphs. They cover every code point once; an empty text has one, empty."""
    found: list[Unit] = []
    start = 0
    for match in _TERMINATOR.finditer(text):
        _cut(text, start, match.start(), match.end(), found)
        start = match.end()
    if start < len(text) or not found:
        _cut(text, start, len(text), len(text), found)
    return found


def _cut(text: str, start: int, end: int, after: int, found: list[Unit]) -> None:
    while end - start > _LONGEST:
        blank = text.rfind(" ", start + 1, start + _LONGEST)
        bare = blank > start and len(clusters(text, blank, blank + 2)) == 2  # no mark stands on it
        at = blank + 1 if bare else _last_edge(text, start, start + _LONGEST)
        found.append(Unit(start, at, at))
        start = at
    found.append(Unit(start, end, after))


def _last_edge(text: str, start: int, wanted: int) -> int:
    """The last edge of a cluster up to a place, counted from one that is sure to be one.

    Only a cluster that reaches all the way is cut.
    """
    if is_simple(text[wanted - 1 : wanted + 1]):
        return wanted
    last, _ = clusters(text, start, wanted + 1)[-1]
    return last if last > start else wanted


def wrap(text: str, start: int, end: int, width: int) -> list[Row]:
    """The rows of one paragraph: broken between words, else between clusters.

    Blanks at the end of a row hang over its edge, as in print; they belong to that row. The rows
    cover [start, end) exactly once; an empty paragraph has one empty row.
    """
    if is_simple(text[start:end]):
        return _wrap_simple(text, start, end, width)
    rows: list[Row] = []
    row_start = start
    used = 0
    break_at = -1  # where the last word of the row begins
    used_at_break = 0
    before: Cell | None = None
    for cell in cells(text, start, end):
        blank = _blank(text, cell)
        if not blank and before and cell.start > row_start and _may_end(text, before, cell):
            break_at, used_at_break = cell.start, used
        if not blank and used + cell.width > width and cell.start > row_start:
            if break_at > row_start:
                rows.append(Row(row_start, break_at))
                row_start, used = break_at, used - used_at_break
            else:
                rows.append(Row(row_start, cell.start))
                row_start, used = cell.start, 0
            if used + cell.width > width and cell.start > row_start:
                rows.append(Row(row_start, cell.start))
                row_start, used = cell.start, 0
            break_at = -1
        used += cell.width
        before = cell
    rows.append(Row(row_start, end))
    return rows


def _wrap_simple(text: str, start: int, end: int, width: int) -> list[Row]:
    """The same for text whose every code point is one cell: no cluster is looked at."""
    rows: list[Row] = []
    at = start
    while end - at > width:
        edge = at + width
        if text[edge] != " ":
            blank = max(text.rfind(break_after, at, edge) for break_after in " —–")
            edge = blank + 1 if blank >= at else edge
        while edge < end and text[edge] == " ":
            edge += 1
        rows.append(Row(at, edge))
        at = edge
    if at < end or not rows:
        rows.append(Row(at, end))
    return rows


def _blank(text: str, cell: Cell) -> bool:
    """Whether it is white space at which a row may end: not between a number and its unit."""
    return cell.drawn.isspace() and text[cell.start] not in "\u00a0\u2007\u202f"


def _may_end(text: str, before: Cell, cell: Cell) -> bool:
    """Whether a row may end between two clusters, the second of which is no blank."""
    if _blank(text, before):
        return True
    wide = before.width == 2 or cell.width == 2
    return (wide or before.drawn in ("—", "–")) and cell.drawn not in _CLOSING


class Layout:
    """A text laid out at one width: which row holds which code points."""

    def __init__(self, text: str, width: int, known: list[Unit] | None = None) -> None:
        self.text = text
        self.width = max(1, width)
        self.units = units(text) if known is None else known
        self._starts = [unit.start for unit in self.units]
        self._rows: OrderedDict[int, list[Row]] = OrderedDict()

    def resized(self, width: int) -> Layout:
        """The same text at another width; its paragraphs are not looked for again."""
        return Layout(self.text, width, self.units)

    def unit_at(self, position: int) -> int:
        """The number of the unit that holds a position."""
        return max(0, bisect_right(self._starts, position) - 1)

    def rows(self, unit: int) -> list[Row]:
        rows = self._rows.get(unit)
        if rows is None:
            start, end, _ = self.units[unit]
            rows = self._rows[unit] = wrap(self.text, start, end, self.width)
            if len(self._rows) > _KEPT:
                self._rows.popitem(last=False)
        else:
            self._rows.move_to_end(unit)
        return rows

    def place(self, position: int) -> tuple[int, int]:
        """The (unit, row) that draws a position."""
        unit = self.unit_at(position)
        rows = self.rows(unit)
        return unit, max(0, bisect_right(rows, position, key=lambda row: row.start) - 1)

    def row(self, place: tuple[int, int]) -> Row:
        return self.rows(place[0])[place[1]]

    def moved(self, place: tuple[int, int], rows: int) -> tuple[int, int]:
        """The place so many rows further down (or up, when negative), held at both ends."""
        unit, row = place
        while rows > 0:
            left = len(self.rows(unit)) - 1 - row
            if rows <= left:
                return unit, row + rows
            if unit == len(self.units) - 1:
                return unit, row + left
            rows -= left + 1
            unit, row = unit + 1, 0
        while rows < 0:
            if -rows <= row:
                return unit, row + rows
            if unit == 0:
                return 0, 0
            rows += row + 1
            unit -= 1
            row = len(self.rows(unit)) - 1
        return unit, row

    @property
    def last(self) -> tuple[int, int]:
        """The place of the very last row."""
        unit = len(self.units) - 1
        return unit, len(self.rows(unit)) - 1

    def distance(self, upper: tuple[int, int], lower: tuple[int, int], most: int) -> int:
        """How many rows `lower` is below `upper`, but no more than `most`; negative above."""
        if lower < upper:
            return -self.distance(lower, upper, most)
        rows = -upper[1]
        unit = upper[0]
        while unit < lower[0] and rows <= most:
            rows += len(self.rows(unit))
            unit += 1
        return min(most, rows + lower[1]) if unit == lower[0] else most

    def column(self, position: int) -> int:
        """The cell in its row where the cluster at a position begins."""
        row = self.row(self.place(position))
        before = (each for each in cells(self.text, row.start, row.end) if each.end <= position)
        return sum(cell.width for cell in before)

    def position(self, place: tuple[int, int], column: int) -> int:
        """The code point drawn at a cell of a row; the row's last cluster when beyond its end."""
        row = self.row(place)
        used, at = 0, row.start
        for cell in cells(self.text, row.start, row.end):
            at = cell.start
            used += cell.width
            if used > column:
                break
        return at
