"""A list of any length, of which only the rows in view are ever made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from reader.text.cells import cut, safe, width

_WHEEL = 3

Look = Literal["text", "quiet", "key", "strong", "mark"]


class Line(NamedTuple):
    """A row: its parts from the left, each with its look, and what stands at the right edge."""

    parts: tuple[tuple[str, Look], ...]
    end: str = ""


class Listing(Widget):
    """Rows with a cursor on one of them. The screen that it stands on moves the cursor."""

    COMPONENT_CLASSES = {
        "listing--text",
        "listing--quiet",
        "listing--key",
        "listing--strong",
        "listing--mark",
        "listing--cursor",
    }

    class Clicked(Message):
        """A row was clicked; the cursor is on it."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    def __init__(self, empty: str, *, id: str | None = None) -> None:
        """`empty` is said when there is no row."""
        super().__init__(id=id)
        self.empty = empty
        self._count = 0
        self._line: Callable[[int], Line] = lambda row: Line(())
        self._top = 0
        self.cursor = 0

    def fill(self, count: int, line: Callable[[int], Line], cursor: int = 0) -> None:
        """Show other rows; `line` makes one when it is drawn."""
        self._count, self._line = count, line
        self.cursor = max(0, min(cursor, count - 1))
        self._bring()
        self.refresh()

    def __len__(self) -> int:
        return self._count

    def step(self, rows: int) -> None:
        """Move the cursor over so many rows, held at both ends."""
        self.cursor = max(0, min(self.cursor + rows, self._count - 1))
        self._bring()
        self.refresh()

    def key(self, key: str) -> bool:
        """Do what a key of moving does; whether it was one."""
        steps = {
            "down": 1,
            "up": -1,
            "pagedown": self.page,
            "pageup": -self.page,
            "home": -self._count,
            "end": self._count,
        }
        if key in steps:
            self.step(steps[key])
        return key in steps

    @property
    def page(self) -> int:
        return max(1, self.size.height - 1)

    def _bring(self) -> None:
        height = max(1, self.size.height)
        self._top = min(max(self._top, self.cursor - height + 1), self.cursor)
        self._top = max(0, min(self._top, self._count - height))

    def render_line(self, y: int) -> Strip:
        text = self._part("text")
        row = self._top + y
        if row >= self._count:
            shown = self.empty if y == 0 and not self._count else ""
            return Strip([Segment(shown, self._part("quiet"))]).adjust_cell_length(
                self.size.width, text
            )
        line = self._line(row)
        end = cut(safe(line.end), self.size.width // 2)
        room = self.size.width - 1 - (width(end) + 1 if end else 0)
        here = row == self.cursor
        # a sign besides the colour: not every terminal shows that
        segments = [Segment("›" if here else " ", self._part("key" if here else "text"))]
        for words, look in line.parts:
            shown = cut(safe(words), room)
            room -= width(shown)
            segments.append(Segment(shown, self._part(look)))
        segments.append(Segment(" " * max(0, room), text))
        if end:
            segments.append(Segment(f" {end}", self._part("quiet")))
        strip = Strip(segments).adjust_cell_length(self.size.width, text)
        if not here:
            return strip
        style = self.get_component_rich_style("listing--cursor", partial=True)
        return Strip(Segment.apply_style(strip, post_style=style), strip.cell_length)

    def _part(self, look: Look) -> Style:
        return self.get_component_rich_style(f"listing--{look}")

    # The mouse ------------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        event.prevent_default()
        offset = event.get_content_offset(self)
        if offset is None or self._top + offset.y >= self._count:
            return
        self.cursor = self._top + offset.y
        self.refresh()
        self.post_message(self.Clicked(self.cursor))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.step(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.step(-_WHEEL)

    def on_resize(self) -> None:
        self._bring()
        self.refresh()
