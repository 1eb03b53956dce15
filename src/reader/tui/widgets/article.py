"""The article: a text of any length, drawn row by row with its marks.

It keeps an anchor, the row at its top, and wraps only what it shows; nothing on a key depends on
the length of the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from reader.model.fragment import Fragment
from reader.model.layer import Layers
from reader.model.scheme import DEFAULT, Scheme
from reader.text.wrap import Layout, Row
from reader.tui.widgets.paint import (
    Coat,
    Overlay,
    Stamps,
    badge_places,
    brackets,
    coats,
    measure,
    segments,
)

MEASURE = 86
"""The longest row, in cells: what the eye follows without losing its place."""

_MARGIN = 2  # cells left of the text at the least; the scroll bar has one on the right
_CONTEXT = 3  # rows kept in view above and below the selection
_WHEEL = 3

Place = tuple[int, int]


class ArticlePane(Widget):
    """Shows a text, its marks and a selection; tells where the mouse clicked."""

    COMPONENT_CLASSES = {
        "article--text",
        "article--entity",
        "article--source",
        "article--cue",
        "article--other",
        "article--wash-1",
        "article--wash-2",
        "article--wash-3",
        "article--current",
        "article--chosen",
        "article--tagged",
        "article--hit",
        "article--badge",
        "article--bar",
        "article--thumb",
    }

    @dataclass
    class Clicked(Message):
        """A code point was clicked."""

        position: int

    @dataclass
    class Scrolled(Message):
        """Other rows are in view than before."""

    def __init__(self, measure: int | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._measure = measure or MEASURE
        self._layout = Layout("", 1)
        self._layers: Layers | None = None
        self._scheme: Scheme = DEFAULT
        self._top: Place = (0, 0)
        self._overlay = Overlay()
        self._follow: int | None = None
        self._strips: LRUCache[object, Strip] = LRUCache(400)
        self._styles: dict[Coat, Style] = {}
        self._left = _MARGIN

    # What is shown --------------------------------------------------------------------------------

    def open(self, text: str, layers: Layers, scheme: Scheme, position: int) -> None:
        """Show another text, with a position in view."""
        self._layout = Layout(text, self._text_width())
        self._layers, self._scheme = layers, scheme
        self._overlay = Overlay()
        self._top = (0, 0)
        self._follow = position
        self._strips.clear()
        self._arrange()
        self.refresh()

    def show(self, overlay: Overlay, *, follow: Fragment | None = None) -> None:
        """Draw another selection and its like; `follow` is brought into view."""
        before, self._overlay = self._overlay, overlay
        if follow is not None:
            self._follow = follow.start
        if follow is not None and self._bring(follow):
            self.refresh()
            self.post_message(self.Scrolled())
            return
        for y in self._changed(before, overlay):
            self.refresh(Region(0, y, self.size.width, 1))

    def marks_changed(self) -> None:
        """Draw the marks anew."""
        self._strips.clear()
        self.refresh()

    def _changed(self, before: Overlay, after: Overlay) -> set[int]:
        """The rows of the view on which one overlay differs from another."""
        if before.badges != after.badges or before.hits is not after.hits:
            return set(range(self.size.height))
        changed = set(before.chosen) ^ set(after.chosen)
        if before.chosen == after.chosen and before.current != after.current:
            changed |= set(before.current) | set(after.current)
        elif before.current != after.current:
            changed |= {*before.current, *after.current, *before.chosen, *after.chosen}
        rows: set[int] = set()
        for y, row in self._visible():
            held = Fragment(row.start, max(row.end, row.start + 1))
            if any(held.overlaps(each) for each in changed):
                rows.add(y)
        return rows

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
        last = self._layout.moved(self._top, max(0, self.size.height - 1))
        return self._top <= self._layout.place(position) <= last

    @property
    def percent(self) -> int:
        """How much of the text lies above the bottom of the view, in percent."""
        length = len(self._layout.text)
        if not length:
            return 100
        last = self._layout.moved(self._top, max(0, self.size.height - 1))
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
        return max(1, self.size.height - 2)

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
        return self._layout.moved(self._layout.last, 1 - max(1, self.size.height))

    def _bring(self, stretch: Fragment) -> bool:
        """Have a stretch in view, its start before its end; whether the view moved."""
        height = self.size.height
        if height <= 0:
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

    # Drawing --------------------------------------------------------------------------------------

    def _text_width(self) -> int:
        return max(1, min(self._measure, self.size.width - _MARGIN - 2))

    def _arrange(self) -> None:
        """Lay the text out for the width there is now, keeping what was followed in view."""
        width = self._text_width()
        anchor = self._layout.row(self._top).start
        if width != self._layout.width:
            self._layout = self._layout.resized(width)
        self._left = max(_MARGIN, (self.size.width - 1 - width) // 2)
        self._top = min(self._layout.place(anchor), self._last_top())
        if self._follow is not None:
            self._bring(Fragment(self._follow, self._follow + 1))

    def on_resize(self, event: events.Resize) -> None:
        self._strips.clear()
        self._arrange()
        self.refresh()
        self.post_message(self.Scrolled())

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()

    def _visible(self) -> Iterator[tuple[int, Row]]:
        layout, place = self._layout, self._top
        for y in range(self.size.height):
            yield y, layout.row(place)
            following = layout.moved(place, 1)
            if following == place:
                return
            place = following

    def _place_at(self, y: int) -> Place | None:
        """The place of a row of the view; None below the text's end."""
        below = self._layout.distance(self._top, self._layout.last, y)
        return self._layout.moved(self._top, y) if y <= below else None

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        base = self._base()
        place = self._place_at(y)
        if place is None or self._layers is None:
            return Strip.join([Strip.blank(width - 1, base), self._bar(y)])
        row = self._layout.row(place)
        strip = self._row_strip(row, width - 1, base)
        return Strip.join([strip, self._bar(y)])

    def _row_strip(self, row: Row, width: int, base: Style) -> Strip:
        assert self._layers is not None
        over = self._cut(row)
        key = (
            row,
            over.chosen,
            over.current,
            over.hits,
            tuple(over.badges.items()),
            self._layers.revision,
            width,
        )
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = self._paint(row, over, width, base)
        return strip

    def _paint(self, row: Row, over: Overlay, width: int, base: Style) -> Strip:
        assert self._layers is not None
        found = sorted(
            self._layers.fragments_in(row.start, row.end),
            key=lambda each: (-each[0].length, each[0].start, each[1].id),
        )
        marked = [(fragment, annotation.kind) for fragment, annotation in found]
        pieces = coats(row, marked, over, self._scheme)
        badge = self.get_component_rich_style("article--badge")
        text = self._layout.text
        stamps = brackets(text, row, self._washed(marked)) if self._few_colours else Stamps({})
        digits = badge_places(text, row, over.badges)
        body = segments(text, pieces, stamps.signs, digits, self._style, badge)
        margin = digits.pop(row.start - 1, "")
        parts = [Segment((margin or stamps.before).rjust(self._left), base), *body]
        if margin:
            parts[0:1] = [Segment(" " * (self._left - 1), base), Segment(margin, badge)]
        parts.append(Segment(stamps.after, base))
        return Strip(parts, self._left + measure(body) + len(stamps.after)).adjust_cell_length(
            width, base
        )

    @property
    def _few_colours(self) -> bool:
        """Whether a wash behind the words cannot be told from none: brackets then do its work."""
        if self.app.is_headless:
            return self.app.no_color
        return self.app.no_color or self.app.console.color_system in (None, "standard")

    def _washed(self, marked: list[tuple[Fragment, str]]) -> list[Fragment]:
        washes = {kind.name for kind in self._scheme.kinds if kind.look == "wash"}
        return [fragment for fragment, kind in marked if kind in washes]

    def _cut(self, row: Row) -> Overlay:
        """The overlay as far as it touches a row: what the row's picture hangs on."""
        over = self._overlay
        held = Fragment(row.start, max(row.end, row.start + 1))
        first = bisect_left(over.hits, row.start, key=lambda hit: hit.end)
        last = bisect_right(over.hits, row.end, key=lambda hit: hit.start)
        return Overlay(
            chosen=tuple(each for each in over.chosen if each.overlaps(held)),
            current=tuple(each for each in over.current if each.overlaps(held)),
            hits=over.hits[first:last],
            badges={at: digit for at, digit in over.badges.items() if held.start <= at < held.end},
        )

    def _bar(self, y: int) -> Strip:
        """One cell of the scroll bar, by the share of the text that is in view."""
        height, length = self.size.height, max(1, len(self._layout.text))
        first = self._layout.row(self._top).start
        last_place = self._layout.moved(self._top, height - 1)
        last = length if last_place == self._layout.last else self._layout.row(last_place).end
        if first == 0 and last >= length:
            return Strip([Segment(" ", self._base())], 1)
        upper = first * height // length
        lower = max(upper + 1, -(-last * height // length))
        part = "article--thumb" if upper <= y < lower else "article--bar"
        return Strip([Segment("▐", self.get_component_rich_style(part))], 1)

    def _base(self) -> Style:
        return self.get_component_rich_style("article--text")

    def _style(self, coat: Coat) -> Style:
        style = self._styles.get(coat)
        if style is None:
            style = self._styles[coat] = self._resolve(coat)
        return style

    def _resolve(self, coat: Coat) -> Style:
        def part(name: str) -> Style:
            return self.get_component_rich_style(f"article--{name}", partial=True)

        style = self._base()
        if coat.washes:
            style += part(f"wash-{coat.washes}")
        if coat.colour:
            known = coat.colour in ("entity", "source", "cue")
            style += part(coat.colour if known else "other")
        if coat.hit:
            style += part("hit")
        if coat.current:
            style += part("current")
        if coat.chosen:
            style += part("tagged" if coat.current else "chosen")
        return style + Style(
            underline=coat.underlines == 1 or None,
            underline2=coat.underlines > 1 or None,
            bold=coat.bolds > 0 or None,
            italic=coat.italics > 0 or None,
        )

    # The mouse ------------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        event.prevent_default()  # Textual's own double click selects the whole widget
        offset = event.get_content_offset(self)
        place = None if offset is None else self._place_at(offset.y)
        if offset is None or place is None:
            return
        self.post_message(self.Clicked(self._layout.position(place, offset.x - self._left)))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_rows(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_rows(-_WHEEL)
