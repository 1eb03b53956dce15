"""Paragraphs cut into the rows of a given width, each when somebody looks at it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import OrderedDict
from functools import lru_cache
from typing import Final, NamedTuple

from reader.text.cells import Cell, cells, is_simple
from reader.text.cells import width as cells_of
from reader.text.units import Text, Unit, unit_at

# Never the first, and never the last of a row; some only beside ideographs, kana and emoji.
_CLOSING: Final = frozenset("、。」』）！？，：；》〉】〕〗〙〛］｝｠｣｡､")
_CLOSING_BESIDE_WIDE: Final = _CLOSING | frozenset("”’\"')]}»›.,:;!?…%")
_OPENING_BESIDE_WIDE: Final = frozenset("「『（《〈【〔〖〘〚［｛｟｢“‘\"'([{«‹")

_UNBROKEN: Final = "\u00a0\u2007\u202f"

_FIRST_UNSPACED: Final = "\u0e00"
# Scripts without blanks between words: their letters, vowels and tones, without their digits.
_UNSPACED: Final = re.compile(
    "[\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u0edc-\u0edf"
    "\u1000-\u103f\u1050-\u108f\u109a-\u109d\u1780-\u17d3\u17d7\ua9e0-\ua9ef\uaa60-\uaa7f]"
)
# What a syllable may not be parted from: vowels after it, repetition signs, Burmese finals (the
# letter that U+103A makes one), and what stands under the letter before it.
_GOES_ON: Final = re.compile(
    "[\u0e2f\u0e30\u0e32\u0e33\u0e45\u0e46\u0eaf\u0eb0\u0eb2\u0eb3\u0ebd\u0ec6"
    "\u102b-\u103e\u1056-\u1059\u105e-\u1060\u1062-\u1064\u1067-\u106d\u1082-\u108d\u108f\u109a-\u109d"
    "\u17b4-\u17d3\u17d7\ua9e5\ua9e6\uaa70\uaa7b-\uaa7d]|.[^\u1039]*\u103a"
)
_LEADS: Final = re.compile("[\u0e40-\u0e44\u0ec0-\u0ec4]|.*[\u1039\u17d2]$")  # to the next letter
_KEPT: Final = 400  # laid-out paragraphs: several screens' worth


class Row(NamedTuple):
    """One row of the screen: the code points `[start, end)`, its line end left out."""

    start: int
    end: int


def wrap(text: str, start: int, end: int, width: int, origin: int = 0) -> list[Row]:
    """The rows of one paragraph: broken between words, else between clusters.

    Blanks at the end of a row hang over its edge, as in print; they belong to that row. The rows
    cover [start, end) exactly once; an empty paragraph has one empty row. `origin` is where `text`
    begins in the document.
    """
    if is_simple(text[start:end]):
        return _wrap_simple(text, start, end, width)
    rows: list[Row] = []
    row_start = start
    used = 0
    break_at = -1  # where the last word of the row begins
    used_at_break = 0
    before: Cell | None = None
    for cell in cells(text, start, end, origin):
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
    return cell.drawn.isspace() and text[cell.start] not in _UNBROKEN


def _may_end(text: str, before: Cell, cell: Cell) -> bool:
    """Whether a row may end between two clusters, the second of which is no blank."""
    one, other = before.drawn, cell.drawn
    if one[:1].isspace() and text[before.start] not in _UNBROKEN:  # a sign may stand on it
        return True
    if one in ("—", "–"):
        return other not in _CLOSING
    if one < _FIRST_UNSPACED and other < _FIRST_UNSPACED:
        return False
    if (before.width > 1 and _is_wide(text[before.start])) or (
        cell.width > 1 and _is_wide(text[cell.start])
    ):
        return other not in _CLOSING_BESIDE_WIDE and one not in _OPENING_BESIDE_WIDE
    if _UNSPACED.match(other) is None or _UNSPACED.match(one) is None:
        return False
    return _GOES_ON.match(other) is None and _LEADS.match(one) is None


@lru_cache(maxsize=4096)
def _is_wide(char: str) -> bool:
    """Whether it begins an ideograph, kana, an emoji or a flag. Others may take two cells, too,
    such as a letter of India with its vowel sign."""
    return "\U0001f1e6" <= char <= "\U0001f1ff" or cells_of(char) == 2


Place = tuple[int, int]
"""A row of a layout: where its unit begins, and its number there."""


class Layout:
    """A text laid out at one width: which row holds which code points."""

    def __init__(self, text: Text, width: int) -> None:
        self.text = text
        self.width = max(1, width)
        self._last: Place | None = None
        self._units: OrderedDict[int, tuple[Unit, list[Row]]] = OrderedDict()

    def resized(self, width: int) -> Layout:
        """The same text at another width."""
        return Layout(self.text, width)

    def _known(self, start: int) -> tuple[Unit, list[Row]]:
        """The unit that begins at a place, with its rows."""
        known = self._units.get(start)
        if known is None:
            known = self._laid_out(unit_at(self.text, start))
        else:
            self._units.move_to_end(start)
        return known

    def _laid_out(self, unit: Unit) -> tuple[Unit, list[Row]]:
        known = self._units.get(unit.start)
        if known is None:
            piece = self.text[unit.start : unit.end]
            at = unit.start
            rows = [
                Row(at + start, at + end)
                for start, end in wrap(piece, 0, len(piece), self.width, at)
            ]
            known = self._units[unit.start] = unit, rows
            if len(self._units) > _KEPT:
                self._units.popitem(last=False)
        return known

    def place(self, position: int) -> Place:
        """The row that draws a position."""
        unit, rows = self._laid_out(unit_at(self.text, position))
        return unit.start, max(0, bisect_right(rows, position, key=lambda row: row.start) - 1)

    def row(self, place: Place) -> Row:
        return self._known(place[0])[1][place[1]]

    def moved(self, place: Place, rows: int) -> Place:
        """The place so many rows further down (or up, when negative), held at both ends."""
        start, row = place
        while rows > 0:
            unit, held = self._known(start)
            left = len(held) - 1 - row
            if rows <= left:
                return start, row + rows
            if unit.next >= len(self.text):
                return start, row + left
            rows -= left + 1
            start, row = unit.next, 0
        while rows < 0:
            if -rows <= row:
                return start, row + rows
            if start == 0:
                return 0, 0
            rows += row + 1
            unit, held = self._laid_out(unit_at(self.text, start - 1))
            start, row = unit.start, len(held) - 1
        return start, row

    def rows_from(self, place: Place, most: int) -> tuple[list[Row], int]:
        """Up to so many rows from a place on, and where the row after them begins."""
        start, row = place
        found: list[Row] = []
        while True:
            unit, held = self._known(start)
            found += held[row : row + most - len(found)]
            if len(found) >= most or unit.next >= len(self.text):
                return found, unit.next if found[-1] is held[-1] else found[-1].end
            start, row = unit.next, 0

    @property
    def last(self) -> Place:
        """The place of the very last row."""
        if self._last is None:
            unit, rows = self._laid_out(unit_at(self.text, len(self.text)))
            self._last = unit.start, len(rows) - 1
        return self._last

    def distance(self, upper: Place, lower: Place, most: int) -> int:
        """How many rows `lower` is below `upper`, but no more than `most`; negative above."""
        if lower < upper:
            return -self.distance(lower, upper, most)
        rows = -upper[1]
        start = upper[0]
        while start < lower[0] and rows <= most:
            unit, held = self._known(start)
            rows += len(held)
            start = unit.next
        return min(most, rows + lower[1]) if start == lower[0] else most

    def _drawn(self, row: Row) -> list[Cell]:
        return cells(self.text[row.start : row.end], 0, row.end - row.start, row.start)

    def column(self, position: int) -> int:
        """The cell in its row where the cluster at a position begins."""
        row = self.row(self.place(position))
        drawn = self._drawn(row)
        return sum(cell.width for cell in drawn if row.start + cell.end <= position)

    def position(self, place: tuple[int, int], column: int) -> int:
        """The code point drawn at a cell of a row; the row's last cluster when beyond its end."""
        row = self.row(place)
        used, at = 0, row.start
        for cell in self._drawn(row):
            at = row.start + cell.start
            used += cell.width
            if used > column:
                break
        return at
