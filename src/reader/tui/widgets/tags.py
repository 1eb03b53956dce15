"""The tagging pane: what is marked, by kind, claims with their sources below them."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from reader.text.cells import cut, safe, width
from reader.workspace.outline import Row

_WHEEL = 3

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


class TagsPane(Widget):
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
        self._rows: list[Row] = []
        self._top = 0
        self._cursor = -1
        self.active = False
        """Whether the keys are the pane's: its cursor then goes its own way."""

    def show(self, rows: list[Row], current: str | None) -> None:
        """Show these rows; the cursor follows the current mark unless the pane has the keys."""
        self._rows = rows
        self.follow(current)
        self.refresh()

    def follow(self, current: str | None) -> None:
        """Put the cursor on the annotation's row, and that row into view."""
        if self.active:
            self._settle()
            return
        before = self._cursor
        self._cursor = next(
            (
                at
                for at, row in enumerate(self._rows)
                if current is not None and row.role == "mark" and current in row.ids
            ),
            -1,
        )
        if self._cursor != before:
            self._bring()
            self.refresh()

    def _settle(self) -> None:
        """Have the cursor on a row that can be chosen: where it was, or the nearest there is."""
        marks = [at for at, row in enumerate(self._rows) if row.ids]
        self._cursor = min(marks, key=lambda at: abs(at - self._cursor), default=-1)
        self._bring()

    @property
    def row(self) -> Row | None:
        """The row that the cursor is on; None when there is none to choose."""
        return self._rows[self._cursor] if 0 <= self._cursor < len(self._rows) else None

    def step(self, rows: int) -> None:
        """Move the cursor over so many rows, headings left out."""
        step = 1 if rows > 0 else -1
        marks = [at for at, row in enumerate(self._rows) if row.ids]
        if not marks:
            return
        ahead = [at for at in marks if (at - self._cursor) * step > 0]
        ahead = ahead if step > 0 else ahead[::-1]
        if ahead:
            self._cursor = ahead[min(abs(rows), len(ahead)) - 1]
        elif self._cursor not in marks:
            self._cursor = marks[0]
        self._bring()
        self.refresh()

    def to_end(self, step: int) -> None:
        """The cursor on the first row (step -1) or the last (step 1)."""
        self.step(step * max(1, len(self._rows)))

    @property
    def page(self) -> int:
        return max(1, self.size.height - 2)

    def _bring(self) -> None:
        """Have the cursor's row in view, with one more on either side."""
        height = max(1, self.size.height)
        top = self._top
        if self._cursor >= 0:
            top = min(max(top, self._cursor - height + 2), self._cursor - 1)
        self._top = max(0, min(top, len(self._rows) - height))

    # Drawing --------------------------------------------------------------------------------------

    def _part(self, name: str) -> Style:
        return self.get_component_rich_style(f"tags--{name}")

    def render_line(self, y: int) -> Strip:
        if not self._rows:
            return self._empty_line(y)
        at = self._top + y
        if at >= len(self._rows):
            return Strip.blank(self.size.width, self._part("text"))
        row = self._rows[at]
        return {
            "heading": self._heading,
            "mark": self._mark,
            "source": self._source,
            "hint": self._hint,
            "settled": self._hint,
        }[row.role](row, at == self._cursor)

    def _line(self, parts: list[tuple[str, Style]], cursor: bool, end: str = "") -> Strip:
        """Parts from the left, the last of them cut to what is left, and an end at the right."""
        room = self.size.width - width(end) - 1
        segments = []
        for text, style in parts:
            shown = cut(text, room)
            room -= width(shown)
            segments.append(Segment(shown, style))
        quiet = self._part("quiet")
        segments.append(Segment(" " * max(0, room), self._part("text")))
        segments.append(Segment(f"{end} ", quiet))
        strip = Strip(segments).adjust_cell_length(self.size.width, self._part("text"))
        if cursor:
            name = "tags--cursor-focus" if self.active else "tags--cursor"
            style = self.get_component_rich_style(name, partial=True)
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
        if offset is not None and self._top + offset.y < len(self._rows):
            row = self._rows[self._top + offset.y]
            if row.ids:
                self._cursor = self._top + offset.y
                self.refresh()
                self.post_message(self.Picked(row))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._scroll(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._scroll(-_WHEEL)

    def _scroll(self, rows: int) -> None:
        self._top = max(0, min(self._top + rows, len(self._rows) - self.size.height))
        self.refresh()

    def on_resize(self) -> None:
        self._bring()
        self.refresh()
