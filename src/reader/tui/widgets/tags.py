"""The tagging pane: what is marked, by kind, claims with their sources below them."""

from __future__ import annotations

from collections.abc import Set
from typing import Final

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer

from reader.model.annotation import Annotation
from reader.text.cells import cut, safe, width
from reader.tui.widgets.canvas import Canvas
from reader.tui.widgets.tag_rows import RowPainter
from reader.tui.widgets.typed import TypedLine
from reader.workspace.outline import Outline, Place, Row

_WHEEL = 3
_START = Place(0, -1)

_AT_ONCE: Final = 0.004
"""Seconds that a key waits for other rows; what is not there then comes in pieces."""

_PIECE: Final = 0.004
"""Seconds that a piece takes, for which a key may have to wait."""

_REST: Final = 0.006
"""Seconds from piece to piece."""

_BOX: Final = 4
"""The cells of the box that is ticked, with the blank behind it."""


class TagsPane(Canvas):
    """Shows the outline of the marks, with a row that the cursor is on and rows that are ticked.

    Other rows (a filter, an order) are made in pieces between the keys: those that are there stay
    until the new ones are, and what was asked for last is what comes.
    """

    COMPONENT_CLASSES = {
        "tags--text",
        "tags--heading",
        "tags--quiet",
        "tags--key",
        "tags--hint",
        "tags--entity",
        "tags--claim",
        "tags--source",
        "tags--cue",
        "tags--other",
        "tags--cursor",
        "tags--cursor-focus",
    }

    class Picked(Message):
        """A row was clicked."""

        def __init__(self, row: Row) -> None:
            super().__init__()
            self.row = row

    class Ticked(Message):
        """A row's box was clicked."""

    class Arranged(Message):
        """The rows that were asked for are there."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._paint = RowPainter(self)
        self._outline: Outline | None = None
        self._top = _START
        self._listed: list[Place] | None = None  # the rows in view
        self._cursor: Place | None = None
        self._current: str | None = None
        self._ticked: set[str] = set()
        self._coming: Outline | None = None
        self._coming_for = ""
        self._gone: list[Outline] = []
        self._growing: Timer | None = None
        self._plain_title = ""
        self.filter = ""
        """What was typed to see only some of the marks; nothing when all are shown."""
        self.line: TypedLine | None = None
        """The line that a filter is being typed into."""
        self.active = False
        """Whether the keys are the pane's: its cursor then goes its own way."""

    # Other rows -----------------------------------------------------------------------------------

    def rearrange(self, outline: Outline, filter: str) -> None:
        """Show another outline of the same marks as soon as it is complete. `filter` is what was
        typed for it."""
        self._coming, self._coming_for = outline, filter
        if outline.grow(_AT_ONCE):
            self._arrive()
        if self._growing is None:
            self._growing = self.set_interval(_REST, self._grow)
        self._show_line()

    @property
    def arranging(self) -> bool:
        """Whether other rows are still to come."""
        return self._coming is not None

    def _grow(self) -> None:
        """Do one piece of the work: on the rows to come, or on those that are shown no longer."""
        if self._coming is not None:
            if self._coming.grow(_PIECE):
                self._arrive()
                self.post_message(self.Arranged())
        elif self._gone:
            if self._gone[-1].shrink(_PIECE):
                self._gone.pop()
        elif self._growing is not None:
            self._growing.stop()
            self._growing = None

    def _arrive(self) -> None:
        """Show the rows that are there now, the cursor on the mark where it was if that is shown.

        Marks that are shown no longer are not ticked any more: nothing unseen is to be changed.
        """
        outline, self._coming = self._coming, None
        assert outline is not None  # that is what has arrived
        here = self._here()
        if outline.order == "time" and (self._outline is None or self._outline.order != "time"):
            here = None  # what was done last is what one wants to see
        if self._outline is not None:
            self._gone.append(self._outline)
        self._outline, self.filter = outline, self._coming_for
        self._ticked &= outline.ids
        self._cursor = outline.place_of(here) if here is not None else None
        self._current = None
        self._show_from(_START)
        if self.active:
            self._settle()
        self._bring()
        self._entitle()
        self.redraw()

    def _here(self) -> Annotation | None:
        """The mark that the cursor's row stands for, or stands below."""
        if self._outline is None or self._cursor is None:
            return None
        return next(iter(self._outline.marks_at(self._cursor)), None)

    @property
    def shown(self) -> int:
        """How many marks the rows stand for."""
        return self._outline.shown if self._outline is not None else 0

    def entitle(self, title: str) -> None:
        """Put a title into the border; while there is a filter that is said there instead."""
        self._plain_title = title
        self._entitle()

    def _entitle(self) -> None:
        title = self._plain_title
        if self.filter and self._outline is not None:
            counts = f" Tags {self._outline.shown:,} of {self._outline.total:,}"
            room = max(8, self.area.width - width(counts) - 4)
            title = f"{counts}: {cut(safe(self.filter), room)} "
        super().entitle(title)

    def type_filter(self, line: TypedLine | None) -> None:
        """Show a line that a filter is typed into, or none."""
        before, self.line = self.line, line
        if (before is None) != (line is None):
            self._show_from(self._top)
            self._bring()
            self.redraw()
        else:
            self._show_line()

    def _show_line(self) -> None:
        if self.line is not None:
            self.redraw([0])

    @property
    def _above(self) -> int:
        """How many lines stand above the rows."""
        return 1 if self.line is not None else 0

    @property
    def _room(self) -> int:
        """How many rows there is room for."""
        return max(1, self.area.height - self._above)

    # Ticks ----------------------------------------------------------------------------------------

    @property
    def ticked(self) -> Set[str]:
        """The annotations that are ticked, all of them shown. Not a copy: look, and let go."""
        return self._ticked

    def tick(self) -> bool:
        """Tick the cursor's mark, or no longer, and go to the next one; whether there is one."""
        if self._outline is None or self._cursor is None:
            return False
        self._turn(self._cursor)
        following = self._outline.beside(self._cursor, 1)
        if following is not None:
            self._put(following)
        return True

    def _turn(self, place: Place) -> None:
        assert self._outline is not None  # a row of it is turned
        before = bool(self._ticked)
        ids = {each.id for each in self._outline.marks_at(place)}
        if ids <= self._ticked:
            self._ticked -= ids
        else:
            self._ticked |= ids
        changed = place._replace(row=0)
        rows = [line for line, each in enumerate(self._places, self._above) if each == changed]
        self.redraw(None if bool(self._ticked) != before else rows)

    def tick_all(self) -> None:
        """Tick all that is shown; where all of it is, nothing."""
        if self._outline is not None:
            self._ticked = set() if self._outline.ids <= self._ticked else set(self._outline.ids)
            self.redraw()

    def untick(self) -> None:
        """Tick nothing."""
        self._ticked.clear()
        self.redraw()

    # The cursor -----------------------------------------------------------------------------------

    def marks_changed(self, current: Annotation | None) -> None:
        """Draw the rows anew; the cursor follows the current mark unless the pane has the keys."""
        if self._outline is None:
            return
        here = self._here()
        self._outline.follow()
        if not self._ticked <= self._outline.ids:
            self._ticked &= self._outline.ids
        self._show_from(self._outline.held(self._top) or _START)
        if self._cursor is not None:
            # to where its mark is now, but not after one that was changed: the next is at hand
            place = self._outline.kept(here) if here is not None else None
            place = place._replace(row=self._cursor.row) if place is not None else self._cursor
            self._cursor = self._outline.held(place)
        self._current = None
        self._entitle()
        self.follow(current)
        self.redraw()

    def follow(self, current: Annotation | None) -> None:
        """Put the cursor on the annotation's row, and that row into view."""
        if self._outline is None:
            return
        if self.active:
            self._settle()
            return
        wanted = current.id if current is not None else None
        if wanted == self._current and (self._cursor is None) == (wanted is None):
            return
        self._current = wanted
        place = self._outline.place_of(current) if current is not None else None
        if place != self._cursor:
            self._put(place)

    def _settle(self) -> None:
        """Have the cursor on a row that can be chosen: where it was, or the nearest there is."""
        assert self._outline is not None
        place = self._cursor or self._outline.first
        if place is not None and place.group < 0:
            place = self._outline.next(place)
        self._put(place)

    def _put(self, cursor: Place | None) -> None:
        """Put the cursor on a row and that into view; draw what is different by that."""
        before, top = self._cursor, self._top
        self._cursor = cursor
        self._bring()
        if self._top != top:
            self.redraw()
        elif cursor != before:
            places = enumerate(self._places, self._above)
            self.redraw([line for line, place in places if place in (before, cursor)])

    @property
    def row(self) -> Row | None:
        """The row that the cursor is on; None when there is none to choose."""
        if self._outline is None or self._cursor is None:
            return None
        return self._outline.row(self._cursor)

    def step(self, rows: int) -> None:
        """Move the cursor over so many rows, headings left out."""
        if self._outline is None:
            return
        way = 1 if rows > 0 else -1
        place = self._cursor
        if place is None:
            self._settle()
            return
        for _ in range(abs(rows)):
            following, left = self._outline.moved(place, way)
            if following.group < 0:
                following, left = self._outline.moved(following, way)
            if left or following.group < 0:
                break
            place = following
        self._put(place)

    def to_end(self, step: int) -> None:
        """The cursor on the first row (step -1) or the last (step 1)."""
        if self._outline is not None:
            place = self._outline.first if step < 0 else self._outline.last
            if place is not None and place.group < 0:
                place = self._outline.next(place)
            self._put(place)

    @property
    def page(self) -> int:
        return max(1, self._room - 2)

    def _bring(self) -> None:
        """Have the cursor's row in view, with one more on either side."""
        outline, cursor = self._outline, self._cursor
        if outline is None or outline.first is None:
            self._show_from(_START)
            return
        height = self._room
        top = outline.held(self._top) or outline.first
        if cursor is not None:
            upper = outline.moved(cursor, -1)[0]
            lower = outline.moved(cursor, 2 - height)[0] if height > 2 else cursor
            top = min(max(top, lower), upper)
        last = outline.last
        assert last is not None  # there is a first one
        top = min(top, outline.moved(last, 1 - height)[0])
        if top != self._top:
            self._show_from(top)

    def _show_from(self, top: Place) -> None:
        self._top, self._listed = top, None

    @property
    def _places(self) -> list[Place]:
        """The rows in view, from the top."""
        if self._listed is None:
            self._listed = []
            place = self._top if self._outline and self._outline.first else None
            while place is not None and len(self._listed) < self._room:
                self._listed.append(place)
                place = self._outline.next(place) if self._outline else None
        return self._listed

    # Drawing --------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        outline, paint = self._outline, self._paint
        if self.line is not None and y == 0:
            known = outline is not None and not self.arranging
            return paint.typed(
                self.line, f"{outline.shown:,} of {outline.total:,}" if outline and known else "…"
            )
        y -= self._above
        if outline is not None and outline.first is None:
            return paint.empty(y, filtered=bool(self.filter))
        if outline is None or y >= len(self._places):
            return Strip.blank(self.area.width, paint.part("text"))
        place = self._places[y]
        strip = paint.row(outline.row(place), self._ticked, mixed=outline.order != "kind")
        if place != self._cursor:
            return strip
        style = self.part("tags--cursor-focus" if self.active else "tags--cursor", partial=True)
        return Strip(Segment.apply_style(strip, post_style=style), strip.cell_length)

    # The mouse ------------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        event.prevent_default()
        offset = event.get_content_offset(self)
        if offset is None or self._outline is None:
            return
        line = offset.y - self._above
        if not 0 <= line < len(self._places):
            return
        place = self._places[line]
        if place.group < 0:
            return
        self._put(place)
        if self._ticked and place.row == 0 and offset.x < _BOX:
            self._turn(place)
            self.post_message(self.Ticked())
        else:
            self.post_message(self.Picked(self._outline.row(place)))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._scroll(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._scroll(-_WHEEL)

    def _scroll(self, rows: int) -> None:
        if self._outline is None or self._outline.last is None:
            return
        top = self._outline.moved(self._top, rows)[0]
        last = self._outline.moved(self._outline.last, 1 - self._room)[0]
        self._show_from(min(top, last))
        self.redraw()

    def on_resize(self) -> None:
        self._listed = None
        self._bring()
        self._entitle()
        self.redraw()
