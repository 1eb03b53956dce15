"""A text in view: set by measure, margin and spacing, and scrolled."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.geometry import NULL_SIZE
from textual.message import Message

from reader.config.settings import MEASURES, SPACINGS, Settings
from reader.model.fragment import Fragment
from reader.text.numbering import Numbering
from reader.text.units import Text
from reader.text.viewport import MARGIN, MEASURE, Viewport, margin_within, text_width
from reader.text.wrap import Layout
from reader.tui.widgets.canvas import Canvas

_WHEEL = 3
_BREATH = 0.005  # seconds between two pieces of work that nobody waits for


class TextView(Canvas):
    """A text in rows, of which some are in view. What is in them is drawn by the subclass."""

    class Scrolled(Message):
        """Other rows are in view than before, without having been asked to be by `show`."""

    def __init__(self, settings: Settings | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        settings = settings or Settings()
        self._measure = settings.measure or MEASURE
        self._margin = settings.margin or MARGIN
        self._spacing = settings.spacing or 1
        self._numbered = settings.numbers
        self._numbering = Numbering("")
        self._viewport = Viewport("")
        self._left = self._margin
        self._arranged = NULL_SIZE

    def open_text(self, text: Text, position: int, *, counted: bool = True) -> None:
        """Show another text, with a position in view; its paragraphs are counted from now on,
        unless it is not to stay."""
        self._viewport = Viewport(text, self._text_width())
        self._viewport.follow(position)
        self._numbering = Numbering(text)
        self._reset()
        if counted:
            self._count_on()

    def make_sure(self) -> None:
        """Have the text laid out for the size there is: Textual tells it only once it has drawn."""
        if self._arranged != self.area:
            self.rows_changed()
            self._arrange()

    def rows_changed(self) -> None:
        """All rows are others now. The subclass drops what it kept of them."""

    # Where things are -----------------------------------------------------------------------------

    @property
    def rows(self) -> Layout:
        """The text as it is laid out now."""
        return self._viewport.layout

    @property
    def first_shown(self) -> int:
        """The position at the top of the view."""
        return self._viewport.first

    @property
    def stretch(self) -> Fragment:
        """From the first to the last position in view."""
        return self._viewport.stretch

    def shows(self, position: int) -> bool:
        """Whether a position is in view."""
        return self._viewport.shows(position)

    @property
    def percent(self) -> int:
        """How much of the text lies above the bottom of the view, in percent."""
        return self._viewport.percent

    def position_of_row(self, position: int, rows: int, column: int) -> int:
        """The position so many rows below (above, when negative), at a column."""
        return self._viewport.position_of_row(position, rows, column)

    @property
    def page(self) -> int:
        """Rows of a page."""
        return self._viewport.page

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written on any row in view."""
        return self._viewport.is_blank

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
        self.repaint()
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
    def _least_margin(self) -> int:
        digits = len(str(self._numbering.known)) if self._numbered else 0
        margin = margin_within(self.size.width, self._measure, self._margin)
        return max(margin, digits + 3 if digits else 0)

    # Scrolling ------------------------------------------------------------------------------------

    def scroll_rows(self, rows: int) -> bool:
        """Move the view; the selection stays where it is in the text. Whether the view moved."""
        moved = self._viewport.scroll(rows)
        if moved:
            self.repaint()
            self.post_message(self.Scrolled())
        return moved

    def bring_edge(self, stretch: Fragment, *, end: bool) -> None:
        """Have the text's beginning or end in view, and a stretch near it if there is room."""
        if self._viewport.bring_edge(stretch, end=end):
            self.repaint()

    def keep(self, position: int) -> None:
        """Have a position in view after each change of the size, if it is in view now."""
        self._viewport.keep(position)

    def _bring(self, stretch: Fragment) -> bool:
        """Have a stretch in view; whether the view moved, and is drawn anew."""
        moved = self._viewport.bring(stretch)
        if moved:
            self.repaint()
        return moved

    def _text_width(self) -> int:
        return text_width(self.size.width, self._measure, self._least_margin)

    def _arrange(self) -> None:
        """Lay the text out for the size there is now, keeping what was followed in view."""
        self._arranged = self.area
        width, height = self._arranged
        if not width:
            return  # it is asked again when the size is known
        rows = self._text_width()
        self._left = max(self._least_margin, (width - 1 - rows) // 2)
        self._viewport.fit(rows, height, self._spacing)

    def on_resize(self, event: events.Resize) -> None:
        if self.is_drawn and self._arranged == self.area:
            self.post_message(self.Scrolled())
        else:
            self._reset()

    def _bar(self, y: int) -> Segment:
        """One cell of the scroll bar, by the share of the text that is in view."""
        thumb = self._viewport.thumb
        if thumb is None:
            return Segment(" ", self.part("article--text"))
        return Segment("▐", self.part("article--thumb" if y in thumb else "article--bar"))

    # The mouse ------------------------------------------------------------------------------------

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_rows(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_rows(-_WHEEL)
