"""The article: a text of any length, drawn row by row with its marks.

It keeps an anchor, the row at its top, and wraps only what it shows; nothing on a key depends on
the length of the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import partial

from rich.segment import Segment
from textual import events
from textual.cache import LRUCache
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer

from reader.config.settings import Settings
from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.model.fragment import Fragment, Fragments
from reader.model.layer import Layers
from reader.model.scheme import DEFAULT, Scheme
from reader.text.units import Text
from reader.text.wrap import Row
from reader.tui.widgets.brush import Brush
from reader.tui.widgets.paint import (
    Coat,
    Edges,
    Overlay,
    Pieces,
    Stamps,
    badge_places,
    brackets,
    edges_of,
    label_places,
    laid_over,
    measure,
    segments,
    swept,
    whole,
)
from reader.tui.widgets.view import TextView

_NOTHING, _PLAIN = Overlay(), Coat()
_LEFT = 1  # the mouse's button
_DRAGGED = 0.05  # seconds between two rows, while it is held beyond an edge
_MANY = 200  # changed fragments from which on drawing all rows is less work

Signs = tuple[tuple[int, str], ...]
RowKey = tuple[Row, Fragments, Fragments, Fragments, Signs, Signs, int]


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
        "article--label",
        "article--number",
        "article--bar",
        "article--thumb",
    }

    class Clicked(Message):
        """A code point was clicked, so many times in a row."""

        def __init__(self, position: int, times: int = 1) -> None:
            super().__init__()
            self.position = position
            self.times = times

    class Dragged(Message):
        """The mouse was moved with its button down, from one code point to another."""

        def __init__(self, origin: int, position: int, ended: bool) -> None:
            super().__init__()
            self.origin = origin
            self.position = position
            self.ended = ended

    def __init__(self, settings: Settings | None = None, *, id: str | None = None) -> None:
        super().__init__(settings, id=id)
        self._layers: Layers | None = None
        self._scheme: Scheme = DEFAULT
        self._overlay = Overlay()
        self._painted: LRUCache[RowKey, list[Segment]] = LRUCache(400)
        self._swept: LRUCache[Row, tuple[Pieces, list[Fragment]]] = LRUCache(400)
        self._revision = -1
        self._brush = Brush(self)
        self._pressed: int | None = None
        self._dragged: int | None = None
        self._timer: Timer | None = None

    # What is shown --------------------------------------------------------------------------------

    def open(self, text: Text, layers: Layers, scheme: Scheme, position: int) -> None:
        """Show another text, with a position in view."""
        self._layers, self._scheme = layers, scheme
        self._revision = layers.revision
        self._overlay = Overlay()
        self.open_text(text, position)

    def glance(self, text: Text, document: Document, position: int) -> None:
        """Show what can be seen of a text that is still being read."""
        self._layers = Layers(document)
        self.open_text(text, position, counted=False)

    def rows_changed(self) -> None:
        self._painted.clear()
        self._swept.clear()

    def show(self, overlay: Overlay, *, follow: Fragment | None = None) -> None:
        """Draw another selection and its like; `follow` is brought into view."""
        before, self._overlay = self._overlay, overlay
        if follow is None or not self._bring(follow):
            self._draw_changed(before, overlay)

    def marks_changed(self) -> None:
        """Draw the marks anew where they are others now."""
        assert self._layers is not None
        changes = self._layers.changes_since(self._revision)
        self._revision = self._layers.revision
        if changes is None or sum(len(change.edits) for change in changes) > _MANY:
            self._draw_anew()
            return
        records = [
            record
            for change in changes
            for edit in change.edits
            for record in (edit.before, edit.after)
        ]
        touched = [
            each
            for record in records
            if isinstance(record, Annotation)
            for each in record.fragments
        ]
        if len(touched) > _MANY:
            self._draw_anew()
            return
        for key in list(self._painted.keys()):
            if any(_held(key[0]).overlaps(each) for each in touched):
                self._painted.discard(key)
        for row in list(self._swept.keys()):
            if any(_held(row).overlaps(each) for each in touched):
                self._swept.discard(row)
        self.redraw(self._viewport.lines_of(touched))

    def _draw_anew(self) -> None:
        self._painted.clear()
        self._swept.clear()
        self.repaint()

    def _draw_changed(self, before: Overlay, after: Overlay) -> None:
        """Draw the rows in view on which one overlay differs from another."""
        if (before.badges, before.labels) != (after.badges, after.labels) or (
            before.hits is not after.hits
        ):
            self.redraw()
            return
        stretches = set(before.chosen) ^ set(after.chosen)
        stretches |= set(before.current) ^ set(after.current)
        self.redraw(self._viewport.lines_of(stretches))

    # Drawing --------------------------------------------------------------------------------------

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._brush.clear()
        self._painted.clear()

    def render_line(self, y: int) -> Strip:
        return Strip(self.drawn(y), self.area.width)

    def drawn(self, y: int) -> list[Segment]:
        self.make_sure()
        width = self.area.width - 1
        row = self._viewport.row_at(y)
        if row is None or self._layers is None:
            return [Segment(" " * width, self._brush.base), self._bar(y)]
        over = self._cut(row)
        key = (
            row,
            over.chosen,
            over.current,
            tuple(over.hits),
            tuple(over.badges.items()),
            tuple(over.labels.items()),
            width,
        )
        painted = self._painted.get(key)
        if painted is None:
            painted = self._painted[key] = self._paint(row, over, width)
        return [*painted, self._bar(y)]

    def _paint(self, row: Row, over: Overlay, width: int) -> list[Segment]:
        assert self._layers is not None
        base = self._brush.base
        text = self._viewport.layout.text
        piece = text[row.start : row.end]
        edges = edges_of(piece, row.start)
        marks, washed = self._marks(row, edges)
        if over is _NOTHING and marks[0][2] is _PLAIN and not self._numbered:
            room = width - self._left - len(piece)
            if room >= 0 and isinstance(edges, range):  # most rows of most pages
                return [Segment(f"{' ' * self._left}{piece}{' ' * room}", base)]
        if not isinstance(edges, range):
            chosen, current, hits = (
                whole(each, edges) for each in (over.chosen, over.current, over.hits)
            )
            over = over._replace(chosen=chosen, current=current, hits=hits)
        pieces = laid_over(marks, over)
        badge = self.part("article--label" if over.labels else "article--badge")
        few = self._brush.few_colours
        stamps = brackets(text, row, washed, over.current) if few else Stamps({})
        digits = badge_places(text, row, over.badges)
        digits |= label_places(text, row, over.labels)
        body = segments(text, pieces, stamps.signs, digits, self._brush.style, badge)
        edge = self._edge(row, digits.get(row.start - 1, ""), stamps.before)
        room = width - self._left - measure(body) - len(stamps.after)
        end = Segment(stamps.after + " " * room, base)
        parts = list(Segment.simplify([*edge, *body, end]))
        # blanks at the end of a row hang over its edge
        return parts if room >= 0 else list(Strip(parts).adjust_cell_length(width, base))

    def _edge(self, row: Row, badge: str, bracket: str) -> list[Segment]:
        """What stands left of a row: the paragraph's number, then a badge or a bracket."""
        base = self._brush.base
        sign = Segment(badge, self.part("article--badge")) if badge else Segment(bracket, base)
        number = self._numbering.number(row.start) if self._numbered else None
        shown = "" if number is None else f"{number} ".rjust(self._left - 1)
        blank = " " * (self._left - len(shown) - len(sign.text))
        parts = (Segment(shown, self.part("article--number")), Segment(blank, base), sign)
        return [part for part in parts if part.text]

    def _marks(self, row: Row, edges: Edges) -> tuple[Pieces, list[Fragment]]:
        """A row cut where marks begin and end, and the fragments on it that colour alone shows.
        They stay while the selection moves."""
        assert self._layers is not None
        known = self._swept.get(row)
        if known is None:
            found = sorted(
                self._layers.fragments_in(row.start, row.end),
                key=lambda each: (-each[0].length, each[0].start, each[1].id),
            )
            stretches = whole((fragment for fragment, _ in found), edges)
            kinds = (annotation.kind for _, annotation in found)
            marked = list(zip(stretches, kinds, strict=True))
            washes = {kind.name for kind in self._scheme.kinds if kind.look == "wash"}
            washed = [fragment for fragment, kind in marked if kind in washes]
            pieces = swept(row, marked, self._scheme) if marked else [(*row, _PLAIN)]
            known = self._swept[row] = pieces, washed
        return known

    def _cut(self, row: Row) -> Overlay:
        """The overlay as far as it touches a row: what the row's picture hangs on."""
        over = self._overlay
        held = _held(row)
        chosen = tuple(each for each in over.chosen if each.overlaps(held))
        current = tuple(each for each in over.current if each.overlaps(held))
        hits: Sequence[Fragment] = ()
        if over.hits:
            first = bisect_left(over.hits, row.start, key=lambda hit: hit.end)
            hits = over.hits[first : bisect_right(over.hits, row.end, key=lambda hit: hit.start)]
        if not (over.badges or over.labels):
            return Overlay(chosen, current, hits) if chosen or current or hits else _NOTHING
        badges = {at: sign for at, sign in over.badges.items() if held.start <= at < held.end}
        labels = {at: sign for at, sign in over.labels.items() if row.start <= at < row.end}
        if not (chosen or current or hits or badges or labels):
            return _NOTHING
        return Overlay(chosen, current, hits, badges, labels)

    # The mouse ------------------------------------------------------------------------------------

    def _under(self, event: events.MouseEvent) -> int | None:
        """The position under the mouse; None below the text's end, and outside of the pane."""
        offset = event.get_content_offset(self)
        place = None if offset is None else self._viewport.place_at(offset.y)
        if offset is None or place is None:
            return None
        return self._viewport.layout.position(place, offset.x - self._left)

    def _nearest(self, at: Offset) -> int:
        """The position nearest to a cell, wherever that is."""
        place = self._viewport.place_at(max(0, min(at.y, self.area.height - 1)))
        layout = self._viewport.layout
        return len(layout.text) if place is None else layout.position(place, at.x - self._left)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._pressed = self._under(event) if event.button == _LEFT else None
        self._dragged = None
        if self._pressed is not None:
            self.capture_mouse()  # it may be let go anywhere

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._pressed is None:
            return
        if not event.button:  # it was let go where the terminal does not see it
            self.on_mouse_up()
            return
        self._drag(event.get_content_offset_capture(self))

    def _drag(self, at: Offset) -> None:
        """Drag to a cell. Beyond an edge of the pane the text goes on below the mouse, and on and
        on while that is held there, up to its own end."""
        assert self._pressed is not None  # whoever calls this has looked
        beyond = not 0 <= at.y < self.area.height
        goes_on = beyond and self.scroll_rows(-1 if at.y < 0 else 1)
        self._stop_timer()
        if goes_on:
            self._timer = self.set_timer(_DRAGGED, partial(self._drag_on, at))
        position = self._nearest(at)
        before = self._pressed if self._dragged is None else self._dragged
        if position != before:
            self._dragged = position
            self.post_message(self.Dragged(self._pressed, position, ended=False))

    def _drag_on(self, at: Offset) -> None:
        if self.app.screen is self.screen and self.app.app_focus:
            self._drag(at)
        else:
            self.on_mouse_up()  # it is let go somewhere else

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def on_mouse_up(self) -> None:
        self._stop_timer()
        self.release_mouse()
        if self._pressed is not None and self._dragged is not None:
            self.post_message(self.Dragged(self._pressed, self._dragged, ended=True))
        self._pressed = None

    def on_click(self, event: events.Click) -> None:
        event.prevent_default()  # Textual's own double click selects the whole widget
        position = self._under(event)
        if position is not None and self._dragged is None:
            self.post_message(self.Clicked(position, event.chain))


def _held(row: Row) -> Fragment:
    """What a row draws; an empty one stands for its line end."""
    return Fragment(row.start, max(row.end, row.start + 1))
