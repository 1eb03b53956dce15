"""Which rows of a text are in view: laid out, scrolled, set by measure, margin and spacing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from reader.config.settings import MEASURES, SPACINGS, Settings
from reader.model.fragment import Fragment
from reader.text.numbering import Numbering
from reader.text.units import Text
from reader.text.wrap import Layout, Place, Row

MEASURE = 86
"""The longest row, in cells: what the eye follows without losing its place."""

_MARGIN = 2  # cells left of the text at the least; the scroll bar has one on the right
_CONTEXT = 3  # rows kept in view above and below the selection
_WHEEL = 3
_BREATH = 0.005  # seconds between two pieces of work that nobody waits for


class TextView(Widget):
    """A text in rows, of which some are in view. What is in them is drawn by the subclass."""

    @dataclass
    class Scrolled(Message):
        """Other rows are in view than before."""

    def __init__(self, settings: Settings | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        settings = settings or Settings()
        self._measure = settings.measure or MEASURE
        self._margin = settings.margin or _MARGIN
        self._spacing = settings.spacing or 1
        self._numbered = settings.numbers
        self._numbering = Numbering("")
        self._layout = Layout("", 1)
        self._top: Place = (0, 0)
        self._follow: int | None = None
        self._left = self._margin

    def open_text(self, text: Text, position: int) -> None:
        """Show another text, with a position in view."""
        self._layout = Layout(text, self._text_width())
        self._top = (0, 0)
        self._follow = position
        self._numbering = Numbering(text)
        self._reset()
        self._count_on()

    def rows_changed(self) -> None:
        """All rows are others now. The subclass drops what it kept of them."""

    # Where things are -----------------------------------------------------------------------------

    @property
    def rows(self) -> Layout:
        """The text as it is laid out now."""
        return self._layout

    @property
    def first_shown(self) -> int:
        """The position at the top of the view."""
        return self._layout.row(self._top).start

    def shows(self, position: int) -> bool:
        """Whether a position is in view."""
        last = self._layout.moved(self._top, self._height - 1)
        return self._top <= self._layout.place(position) <= last

    @property
    def percent(self) -> int:
        """How much of the text lies above the bottom of the view, in percent."""
        length = len(self._layout.text)
        if not length:
            return 100
        last = self._layout.moved(self._top, self._height - 1)
        if last == self._layout.last:
            return 100
        return min(99, 100 * self._layout.row(last).end // length)

    def position_of_row(self, position: int, rows: int, column: int) -> int:
        """The position so many rows below (above, when negative), at a column; blank rows skipped.

        Where there is none left, the position itself.
        """
        layout = self._layout
        here = layout.place(position)
        step = 1 if rows > 0 else -1
        place = layout.moved(here, rows)
        while place != here:
            row = layout.row(place)
            if layout.text[row.start : row.end].strip():
                return layout.position(place, column)
            further = layout.moved(place, step)
            if further == place:
                break
            place = further
        return position

    @property
    def page(self) -> int:
        """Rows of a page: two stay in view from one to the next."""
        return max(1, self._height - 2)

    # How it is set --------------------------------------------------------------------------------

    @property
    def numbering(self) -> Numbering:
        """The paragraphs by their numbers, as far as they are counted."""
        return self._numbering

    def number_paragraphs(self, numbered: bool | None = None) -> bool:
        """Show the numbers of the paragraphs, or no longer; whether they are shown now."""
        self._numbered = not self._numbered if numbered is None else numbered
        self._reset()
        return self._numbered

    def space_rows(self) -> int:
        """Set the rows one further apart, then close again; how many each takes on the screen."""
        self._spacing = self._spacing % SPACINGS[-1] + 1
        self._reset()
        return self._spacing

    def measure_by(self, cells: int) -> int:
        """Make the rows longer, or shorter; how long they may be."""
        wanted = min(self._measure, self.size.width - self._least_margin - 2) + cells
        self._measure = max(MEASURES[0], min(MEASURES[-1], wanted))
        self._reset()
        return self._measure

    def _reset(self) -> None:
        self.rows_changed()
        self._arrange()
        self.refresh()
        self.post_message(self.Scrolled())

    def _count_on(self) -> None:
        """Count the paragraphs a piece at a time, when nothing else is to be done."""
        margin = self._least_margin
        self._numbering.grow()
        if self._numbered and margin != self._least_margin:
            self._reset()
        if not self._numbering.complete:
            self.set_timer(_BREATH, self._count_on)
        elif self._numbered:
            self._reset()

    @property
    def _height(self) -> int:
        """Rows of text that fit."""
        return max(1, -(-self.size.height // self._spacing))

    @property
    def _least_margin(self) -> int:
        digits = len(str(self._numbering.known)) if self._numbered else 0
        return max(self._margin, digits + 3 if digits else 0)

    # Scrolling ------------------------------------------------------------------------------------

    def scroll_rows(self, rows: int) -> None:
        """Move the view; the selection stays where it is in the text."""
        top = self._layout.moved(self._top, rows)
        top = min(top, self._last_top())
        if top != self._top:
            self._top = top
            self._follow = None
            self.refresh()
            self.post_message(self.Scrolled())

    def _last_top(self) -> Place:
        return self._layout.moved(self._layout.last, 1 - self._height)

    def _bring(self, stretch: Fragment) -> bool:
        """Have a stretch in view, its start before its end; whether the view moved."""
        height = self._height
        if self.size.height <= 0:
            return False
        layout, top = self._layout, self._top
        context = min(_CONTEXT, max(0, (height - 1) // 3))
        first = layout.place(stretch.start)
        last = layout.place(max(stretch.start, stretch.end - 1))
        far = 4 * height
        if layout.distance(top, last, far) > height - 1 - context:
            distance = layout.distance(top, last, far)
            back = height // 2 if distance >= 2 * height else height - 1 - context
            top = layout.moved(last, -back)
        if layout.distance(top, first, far) < context:
            distance = layout.distance(top, first, far)
            back = height // 2 if distance <= -height else context
            top = layout.moved(first, -back)
        top = min(top, self._last_top())
        moved = top != self._top
        self._top = top
        return moved

    def _text_width(self) -> int:
        if not self.size.width:
            return self._measure  # near what it will be
        return max(1, min(self._measure, self.size.width - self._least_margin - 2))

    def _arrange(self) -> None:
        """Lay the text out for the width there is now, keeping what was followed in view."""
        if not self.size.width:
            return  # it is asked again when the size is known
        width = self._text_width()
        anchor = self._layout.row(self._top).start
        if width != self._layout.width:
            self._layout = self._layout.resized(width)
        self._left = max(self._least_margin, (self.size.width - 1 - width) // 2)
        self._top = min(self._layout.place(anchor), self._last_top())
        if self._follow is not None:
            self._bring(Fragment(self._follow, self._follow + 1))

    def on_resize(self, event: events.Resize) -> None:
        self._reset()

    def _visible(self) -> Iterator[tuple[int, Row]]:
        layout, place = self._layout, self._top
        for y in range(self._height):
            yield y * self._spacing, layout.row(place)
            following = layout.moved(place, 1)
            if following == place:
                return
            place = following

    def _place_at(self, y: int) -> Place | None:
        """The place of a row of the view; None below the text's end."""
        y //= self._spacing
        below = self._layout.distance(self._top, self._layout.last, y)
        return self._layout.moved(self._top, y) if y <= below else None

    def _bar(self, y: int, base: Style) -> Strip:
        """One cell of the scroll bar, by the share of the text that is in view."""
        height, length = self.size.height, max(1, len(self._layout.text))
        first = self._layout.row(self._top).start
        last_place = self._layout.moved(self._top, self._height - 1)
        last = length if last_place == self._layout.last else self._layout.row(last_place).end
        if first == 0 and last >= length:
            return Strip([Segment(" ", base)], 1)
        upper = first * height // length
        lower = max(upper + 1, -(-last * height // length))
        part = "article--thumb" if upper <= y < lower else "article--bar"
        return Strip([Segment("▐", self.get_component_rich_style(part))], 1)

    # The mouse ------------------------------------------------------------------------------------

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_rows(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_rows(-_WHEEL)
