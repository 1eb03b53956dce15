"""The article: a text of any length, drawn row by row with its marks.

It keeps an anchor, the row at its top, and wraps only what it shows; nothing on a key depends on
the length of the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from reader.config.settings import Settings
from reader.model.annotation import Annotation
from reader.model.fragment import Fragment, Fragments
from reader.model.layer import Layers
from reader.model.scheme import DEFAULT, Scheme
from reader.text.units import Text
from reader.text.wrap import Row
from reader.tui.widgets.brush import Brush
from reader.tui.widgets.paint import (
    Overlay,
    Stamps,
    badge_places,
    brackets,
    coats,
    measure,
    segments,
)
from reader.tui.widgets.view import TextView

_MANY = 200  # changed fragments from which on drawing all rows is less work

StripKey = tuple[Row, Fragments, Fragments, Fragments, tuple[tuple[int, str], ...], int]


class ArticlePane(TextView):
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
        "article--number",
        "article--bar",
        "article--thumb",
    }

    @dataclass
    class Clicked(Message):
        """A code point was clicked."""

        position: int

    def __init__(self, settings: Settings | None = None, *, id: str | None = None) -> None:
        super().__init__(settings, id=id)
        self._layers: Layers | None = None
        self._scheme: Scheme = DEFAULT
        self._overlay = Overlay()
        self._strips: LRUCache[StripKey, Strip] = LRUCache(400)
        self._revision = -1
        self._brush = Brush(self)

    # What is shown --------------------------------------------------------------------------------

    def open(self, text: Text, layers: Layers, scheme: Scheme, position: int) -> None:
        """Show another text, with a position in view."""
        self._layers, self._scheme = layers, scheme
        self._revision = layers.revision
        self._overlay = Overlay()
        self.open_text(text, position)

    def rows_changed(self) -> None:
        self._strips.clear()

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
        """Draw the marks anew where they are others now."""
        assert self._layers is not None
        changes = self._layers.changes_since(self._revision)
        self._revision = self._layers.revision
        records = [
            record
            for change in changes or ()
            for edit in change.edits
            for record in (edit.before, edit.after)
        ]
        touched = [
            each
            for record in records
            if isinstance(record, Annotation)
            for each in record.fragments
        ]
        if changes is None or len(touched) > _MANY:
            self._strips.clear()
            self.refresh()
            return
        for key in list(self._strips.keys()):
            if any(_held(key[0]).overlaps(each) for each in touched):
                self._strips.discard(key)
        for y, row in self._visible():
            if any(_held(row).overlaps(each) for each in touched):
                self.refresh(Region(0, y, self.size.width, 1))

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
            held = _held(row)
            if any(held.overlaps(each) for each in changed):
                rows.add(y)
        return rows

    # Drawing --------------------------------------------------------------------------------------

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._brush.clear()
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        base = self._brush.base
        place = self._place_at(y)
        if place is None or self._layers is None or y % self._spacing:
            return Strip.join([Strip.blank(width - 1, base), self._bar(y, base)])
        row = self._layout.row(place)
        strip = self._row_strip(row, width - 1, base)
        return Strip.join([strip, self._bar(y, base)])

    def _row_strip(self, row: Row, width: int, base: Style) -> Strip:
        assert self._layers is not None
        over = self._cut(row)
        key = (
            row,
            over.chosen,
            over.current,
            tuple(over.hits),
            tuple(over.badges.items()),
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
        stamps = (
            brackets(text, row, self._washed(marked)) if self._brush.few_colours else Stamps({})
        )
        digits = badge_places(text, row, over.badges)
        body = segments(text, pieces, stamps.signs, digits, self._brush.style, badge)
        margin = digits.pop(row.start - 1, "")
        before = margin or stamps.before
        parts = [Segment(before.rjust(self._left), base), *body]
        number = self._numbering.number(row.start) if self._numbered else None
        if number is not None:
            faint = self.get_component_rich_style("article--number")
            shown = f"{number} ".rjust(self._left - 1)
            parts[0:1] = [Segment(shown, faint), Segment(before.rjust(1), base)]
        if margin:
            first = parts.pop(0).text[: self._left - 1]
            parts[0:1] = [Segment(first.ljust(self._left - 1), base), Segment(margin, badge)]
        parts.append(Segment(stamps.after, base))
        return Strip(parts, self._left + measure(body) + len(stamps.after)).adjust_cell_length(
            width, base
        )

    def _washed(self, marked: list[tuple[Fragment, str]]) -> list[Fragment]:
        washes = {kind.name for kind in self._scheme.kinds if kind.look == "wash"}
        return [fragment for fragment, kind in marked if kind in washes]

    def _cut(self, row: Row) -> Overlay:
        """The overlay as far as it touches a row: what the row's picture hangs on."""
        over = self._overlay
        held = _held(row)
        first = bisect_left(over.hits, row.start, key=lambda hit: hit.end)
        last = bisect_right(over.hits, row.end, key=lambda hit: hit.start)
        return Overlay(
            chosen=tuple(each for each in over.chosen if each.overlaps(held)),
            current=tuple(each for each in over.current if each.overlaps(held)),
            hits=over.hits[first:last],
            badges={at: digit for at, digit in over.badges.items() if held.start <= at < held.end},
        )

    # The mouse ------------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        event.prevent_default()  # Textual's own double click selects the whole widget
        offset = event.get_content_offset(self)
        place = None if offset is None else self._place_at(offset.y)
        if offset is None or place is None:
            return
        self.post_message(self.Clicked(self._layout.position(place, offset.x - self._left)))


def _held(row: Row) -> Fragment:
    """What a row draws; an empty one stands for its line end."""
    return Fragment(row.start, max(row.end, row.start + 1))
