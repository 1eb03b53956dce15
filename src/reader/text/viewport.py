"""Which rows of a text are in view, and how the view follows what is moved to. Without a screen.

The view keeps an anchor, the row at its top: nothing it is asked depends on the text's length.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Final, NamedTuple

from reader.model.fragment import Fragment
from reader.text.units import Text
from reader.text.wrap import Layout, Place, Row

MEASURE: Final = 86
"""The longest row, in cells: what the eye follows without losing its place."""

MARGIN: Final = 2
"""Cells left of the text at the least; the scroll bar has one on the right."""

_ROOM: Final = 40
"""Rows as long as this, or as the measure, come before a wider margin than that."""

_PAGES: Final = 4
"""What is so many pages away is far away, and comes into the middle of the view."""

_CONTEXT: Final = 3
"""Rows kept in view above and below what is moved to."""

_NEAR: Final = 1 << 10
_FARTHEST: Final = 1 << 20
"""In pieces of how many characters a row that is not blank is looked for, each twice as long as the
one before: few are to be read mostly, and no key waits for many."""


def margin_within(cells: int, measure: int = MEASURE, margin: int = MARGIN) -> int:
    """As much of a margin as a pane of so many cells has room for: it gives way to the text."""
    return min(margin, max(MARGIN, cells - min(measure, _ROOM) - 2))


def text_width(cells: int, measure: int = MEASURE, margin: int = MARGIN) -> int:
    """How long the rows may be in a pane of so many cells; where that is not known yet, near what
    it will be."""
    return max(1, min(measure, cells - margin - 2)) if cells else measure


class _Shown(NamedTuple):
    """What is in view: the rows, where each begins, and where the row below them does; and the
    lines beside which the scroll bar says so, if not all is."""

    rows: list[Row]
    starts: list[int]
    beyond: int
    thumb: range | None


class Viewport:
    """A text in rows of one width, as many of them in view as fit into so many lines."""

    def __init__(self, text: Text, width: int = 1, height: int = 0, spacing: int = 1) -> None:
        """`spacing` is how many lines each row takes; a height of 0 is one not known yet."""
        self._layout = Layout(text, width)
        self._top: Place = (0, 0)
        self._anchor: int | None = None
        """A position at the top, once the view was moved: in another size another row holds it."""
        self._follow: int | None = None
        self._shown: _Shown | None = None
        self.height = height
        self.spacing = spacing

    # What is in view ------------------------------------------------------------------------------

    @property
    def layout(self) -> Layout:
        """The text as it is laid out now."""
        return self._layout

    @property
    def capacity(self) -> int:
        """Rows of text that fit."""
        return max(1, -(-self.height // self.spacing))

    @property
    def page(self) -> int:
        """Rows of a page: two stay in view from one to the next."""
        return max(1, self.capacity - 2)

    @property
    def _view(self) -> _Shown:
        if self._shown is None:
            rows, beyond = self._layout.rows_from(self._top, self.capacity)
            thumb = self._bar(rows[0].start, rows[-1].end, beyond)
            self._shown = _Shown(rows, [row.start for row in rows], beyond, thumb)
        return self._shown

    def _bar(self, first: int, last: int, beyond: int) -> range | None:
        length = len(self._layout.text)
        last = length if beyond >= length else last
        if first == 0 and last == length:
            return None
        upper = first * self.height // length
        return range(upper, max(upper + 1, -(-last * self.height // length)))

    @property
    def rows(self) -> list[Row]:
        """The rows in view, from the top."""
        return self._view.rows

    @property
    def first(self) -> int:
        """The position at the top of the view."""
        return self._view.rows[0].start

    @property
    def stretch(self) -> Fragment:
        """From the first to the last position in view."""
        rows = self._view.rows
        return Fragment(rows[0].start, rows[-1].end)

    @property
    def _at_end(self) -> bool:
        return self._view.beyond >= len(self._layout.text)

    def shows(self, position: int) -> bool:
        """Whether a position is in view."""
        return self.first <= position and (position < self._view.beyond or self._at_end)

    @property
    def percent(self) -> int:
        """How much of the text lies above the bottom of the view, in percent."""
        if self._at_end:
            return 100
        return min(99, 100 * self._view.rows[-1].end // len(self._layout.text))

    @property
    def thumb(self) -> range | None:
        """The lines beside which the scroll bar says that this is in view; None when all is."""
        return self._view.thumb

    def row_at(self, line: int) -> Row | None:
        """The row drawn on a line; None between two rows and below the text's end."""
        at, between = divmod(line, self.spacing)
        rows = self._view.rows
        return rows[at] if not between and 0 <= at < len(rows) else None

    def place_at(self, line: int) -> Place | None:
        """The place of the row on a line or above it; None below the text's end."""
        row = self.row_at(line - line % self.spacing)
        return None if row is None else self._layout.place(row.start)

    def lines_of(self, stretches: Iterable[Fragment]) -> list[int]:
        """The lines on which anything of some stretches is drawn, an empty row standing for its
        line end."""
        rows, starts = self._view[:2]
        found: set[int] = set()
        for start, end in stretches:
            first = max(0, bisect_right(starts, start) - 1)
            if start >= max(rows[first].end, rows[first].start + 1):
                first += 1
            found.update(range(first, bisect_left(starts, end)))
        return [at * self.spacing for at in sorted(found)]

    def position_of_row(self, position: int, rows: int, column: int) -> int:
        """The position so many rows below (above, when negative), at a column; blank rows skipped.

        Where there are not so many, the last (first) row; where that is this one, the position.
        """
        layout = self._layout
        here = layout.place(position)
        place = layout.moved(here, rows)
        row = layout.row(place)
        if place != here and not layout.text[row.start : row.end].strip():
            down, begun = rows > 0, layout.row(here)
            onward = (row.end, len(layout.text)) if down else (0, row.start)
            between = (begun.end, row.start) if down else (row.end, begun.start)
            found = self._written(*onward, last=not down)
            if found is None:
                found = self._written(*between, last=down)
            place = here if found is None else layout.place(found)
        return position if place == here else layout.position(place, column)

    def _written(self, start: int, end: int, *, last: bool = False) -> int | None:
        """The first position between two that is not blank, or the last; None where all are, as
        far as is looked."""
        text = self._layout.text
        reach = _NEAR
        while start < end and reach <= _FARTHEST:
            near = max(start, end - reach) if last else min(end, start + reach)
            piece = text[near:end] if last else text[start:near]
            written = piece.rstrip() if last else piece.lstrip()
            if written:
                return near + len(written) - 1 if last else near - len(written)
            start, end = (start, near) if last else (near, end)
            reach *= 2
        return None

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written on any row in view."""
        text = self._layout.text
        return not any(text[row.start : row.end].strip() for row in self.rows)

    # Moving it ------------------------------------------------------------------------------------

    def follow(self, position: int) -> None:
        """Have a position in view from when the size is known, and after each change of it."""
        self._follow = position

    def fit(self, width: int, height: int, spacing: int) -> None:
        """Lay the text out for another size, keeping in view what was followed, else the top.

        The anchor stays what it was: whatever sizes come between, one size has one view.
        """
        if width != self._layout.width:
            self._layout = self._layout.resized(width)
        self.height, self.spacing, self._shown = height, spacing, None
        if self._anchor is not None:
            self._go(self._layout.place(self._anchor))
        elif self._follow is not None and self._follow > _PAGES * width * height:
            # what lies between need not be laid out to know that this is far away
            self._go(self._layout.moved(self._layout.place(self._follow), -(self.capacity // 2)))
        else:
            self._go((0, 0))
        if self._follow is not None:
            self._bring(Fragment(self._follow, self._follow + 1))

    def scroll(self, rows: int) -> bool:
        """Move the view by rows, whatever was followed; whether it moved."""
        moved = self._go(self._layout.moved(self._top, rows))
        if moved:
            self._follow = None
            self._hold()
        return moved

    def bring_edge(self, stretch: Fragment, *, end: bool) -> bool:
        """Have the text's beginning or end in view, and a stretch near it as far as there is room;
        whether the view moved."""
        self._follow = stretch.start
        if self.height <= 0:
            return False
        moved = self._go(self._layout.last if end else (0, 0))
        self.keep(stretch.start)
        self._hold()
        return moved

    def keep(self, position: int) -> None:
        """Follow a position from now on, if it is in view; else nothing."""
        self._follow = position if self.shows(position) else None

    def bring(self, stretch: Fragment) -> bool:
        """Have a stretch in view, its start before its end; whether the view moved.

        When it leaves the view by a little, the view goes on by a third of its height, so that
        most steps move nothing; what is far away comes into the middle.
        """
        self._follow = stretch.start
        if self.height <= 0:
            return False
        moved = self._bring(stretch)
        self._hold()
        return moved

    def _bring(self, stretch: Fragment) -> bool:
        height = self.capacity
        context = min(_CONTEXT, max(0, (height - 1) // 3))
        begin, end = stretch.start, max(stretch.start, stretch.end - 1)
        if self._is_amid(begin, end, context):
            return False
        layout, top = self._layout, self._top
        first, last = layout.place(begin), layout.place(end)
        far = _PAGES * height
        room = height - 1 - 2 * context - layout.distance(first, last, far)
        ahead = max(0, min(height // 3, room))
        below = layout.distance(top, last, far)
        if below > height - 1 - context:
            near = height - 1 - context - ahead
            top = layout.moved(last, -(height // 2 if below >= 2 * height else near))
        above = layout.distance(top, first, far)
        if above < context:
            top = layout.moved(first, -(height // 2 if above <= -height else context + ahead))
        return self._go(top)

    def _is_amid(self, begin: int, end: int, context: int) -> bool:
        """Whether two positions are in view, with so many rows above and below them."""
        if not (self.shows(begin) and self.shows(end)):
            return False
        starts = self._view.starts
        upper, lower = bisect_right(starts, begin) - 1, bisect_right(starts, end) - 1
        return upper >= context and lower <= self.capacity - 1 - context

    def _hold(self) -> None:
        """Make the row at the top the anchor, unless it holds it already."""
        start, end = self._layout.row(self._top)
        if self._anchor is None or not start <= self._anchor < max(end, start + 1):
            self._anchor = start

    def _go(self, top: Place) -> bool:
        """Put a row at the top, or the one with which the last page begins; whether it moved."""
        top = min(top, self._layout.moved(self._layout.last, 1 - self.capacity))
        moved = top != self._top
        if moved:
            self._top, self._shown = top, None
        return moved
