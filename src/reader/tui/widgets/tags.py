"""The tagging pane: what is marked, by kind, claims with their sources below them."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from reader.model.annotation import Annotation
from reader.text.cells import cut, safe, width
from reader.tui.widgets.canvas import Canvas
from reader.workspace.outline import Outline, Place, Row

_WHEEL = 3
_START = Place(0, -1)

_EMPTY = (
    ("Nothing is marked yet.", ""),
    ("", ""),
    ("The word you are on is selected;", ""),
    ("the arrow keys move.", ""),
    ("", ""),
    ("e p", "tag a name as a person"),
    ("c", "tag the sentence as a claim"),
    ("s", "tag who says it as a source"),
    ("a 1", "tie the claim to that source"),
    ("u", "undo"),
    ("?", "all keys"),
)


class TagsPane(Canvas):
    """Shows the outline of the marks, with a row that the cursor is on."""

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

    @dataclass
    class Picked(Message):
        """A row was clicked."""

        row: Row

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._outline: Outline | None = None
        self._top = _START
        self._listed: list[Place] | None = None  # the rows in view
        self._cursor: Place | None = None
        self._current: str | None = None
        self.active = False
        """Whether the keys are the pane's: its cursor then goes its own way."""

    def open(self, outline: Outline) -> None:
        """Show another outline, from its beginning."""
        self._outline, self._cursor = outline, None
        self._show_from(_START)
        self.repaint()

    def marks_changed(self, current: Annotation | None) -> None:
        """Draw the rows anew; the cursor follows the current mark unless the pane has the keys."""
        if self._outline is None:
            return
        self._outline.follow()
        self._show_from(self._outline.held(self._top) or _START)
        if self._cursor is not None:
            self._cursor = self._outline.held(self._cursor)
        self._current = None
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
            places = enumerate(self._places)
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
        return max(1, self.area.height - 2)

    def _bring(self) -> None:
        """Have the cursor's row in view, with one more on either side."""
        outline, cursor = self._outline, self._cursor
        if outline is None or outline.first is None:
            self._show_from(_START)
            return
        height = max(1, self.area.height)
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
            while place is not None and len(self._listed) < self.area.height:
                self._listed.append(place)
                place = self._outline.next(place) if self._outline else None
        return self._listed

    # Drawing --------------------------------------------------------------------------------------

    def _part(self, name: str) -> Style:
        return self.part(f"tags--{name}")

    def render_line(self, y: int) -> Strip:
        outline = self._outline
        if outline is None or outline.first is None:
            return self._empty_line(y)
        if y >= len(self._places):
            return Strip.blank(self.area.width, self._part("text"))
        place = self._places[y]
        row = outline.row(place)
        return {
            "heading": self._heading,
            "mark": self._mark,
            "source": self._source,
            "hint": self._hint,
            "settled": self._hint,
        }[row.role](row, place == self._cursor)

    def _line(self, parts: list[tuple[str, Style]], cursor: bool, end: str = "") -> Strip:
        """Parts from the left, the last of them cut to what is left, and an end at the right."""
        room = self.area.width - width(end) - 1
        segments = []
        for text, style in parts:
            shown = cut(text, room)
            room -= width(shown)
            segments.append(Segment(shown, style))
        quiet = self._part("quiet")
        segments.append(Segment(" " * max(0, room), self._part("text")))
        segments.append(Segment(f"{end} ", quiet))
        strip = Strip(segments).adjust_cell_length(self.area.width, self._part("text"))
        if cursor:
            name = "tags--cursor-focus" if self.active else "tags--cursor"
            style = self.part(name, partial=True)
            return Strip(Segment.apply_style(strip, post_style=style), strip.cell_length)
        return strip

    def _kind(self, kind: str) -> Style:
        known = kind in ("entity", "claim", "source", "cue")
        return self._part(kind if known else "other")

    def _heading(self, row: Row, cursor: bool) -> Strip:
        return self._line([(safe(row.text), self._part("heading"))], cursor, str(row.count))

    def _mark(self, row: Row, cursor: bool) -> Strip:
        end = f"×{row.count}" if row.count > 1 else ""
        end = f"✎ {end}".rstrip() if row.noted else end
        end = f"? {end}".rstrip() if row.uncertain else end
        label = safe(row.label or "")
        quoted = row.kind == "claim"
        parts = [(" ", self._part("text"))]
        if label:
            parts.append((f"{label} ", self._part("quiet")))
        parts.append((f"“{safe(row.text)}”" if quoted else safe(row.text), self._kind(row.kind)))
        return self._line(parts, cursor, end)

    def _source(self, row: Row, cursor: bool) -> Strip:
        return self._line(
            [("   ← ", self._part("quiet")), (safe(row.text), self._kind("source"))], cursor
        )

    def _hint(self, row: Row, cursor: bool) -> Strip:
        style = self._part("hint" if row.role == "hint" else "quiet")
        return self._line([("   ← ", self._part("quiet")), (row.text, style)], cursor)

    def _empty_line(self, y: int) -> Strip:
        text, words = _EMPTY[y] if y < len(_EMPTY) else ("", "")
        if not words:
            return self._line([(f" {text}", self._part("quiet"))], False)
        return self._line([(f" {text:<4}", self._part("key")), (words, self._part("text"))], False)

    # The mouse ------------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        event.prevent_default()
        offset = event.get_content_offset(self)
        if offset is None or self._outline is None or offset.y >= len(self._places):
            return
        place = self._places[offset.y]
        if place.group >= 0:
            self._put(place)
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
        last = self._outline.moved(self._outline.last, 1 - self.area.height)[0]
        self._show_from(min(top, last))
        self.redraw()

    def on_resize(self) -> None:
        self._listed = None
        self._bring()
        self.repaint()
