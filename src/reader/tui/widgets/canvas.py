"""A widget drawn row by row, of which only the cells that are others than before are sent.

Textual puts border and filters round every row of a widget whenever one of them changes, and
sends rows whole. Here each is finished once and kept until it is drawn anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.content import Content
from textual.geometry import NULL_OFFSET, NULL_SIZE, Region, Size
from textual.strip import Strip
from textual.widget import Widget

from reader.text.cells import is_simple

_OURS: Final = dict.fromkeys(map(ord, "│▐←→↑↓✎"), " ")
"""What the program itself draws, one cell wide in any terminal."""


class _Frame(NamedTuple):
    """What lies round a row: the border at its left and its right, and the ground behind it."""

    before: Strip
    after: Strip
    ground: Color


class Canvas(Widget):
    """What `render_line` draws is kept; whoever changes it calls `redraw`."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._finished: dict[int, Strip] = {}  # by the line of the widget, border included
        self._frame: _Frame | None = None
        self._known: dict[tuple[str, bool], Style] = {}
        self._outer = self._area = NULL_SIZE
        self._corner = NULL_OFFSET
        self._written = ""
        self._entitling = False

    @property
    def area(self) -> Size:
        """The size of what is inside the border: Textual's own `size` is reckoned each time."""
        self._survey()
        return self._area

    def part(self, name: str, *, partial: bool = False) -> Style:
        """The style of a component. Textual forgets its own with every change of a row."""
        style = self._known.get((name, partial))
        if style is None:
            style = self.get_component_rich_style(name, partial=partial)
            self._known[name, partial] = style
        return style

    @property
    def is_drawn(self) -> bool:
        """Whether it was drawn in the size it has: Textual tells that after drawing in it."""
        return bool(self._finished) and self.outer_size == self._outer

    def redraw(self, lines: Iterable[int] | None = None) -> None:
        """Draw some lines anew, or all, and have those of their cells sent that have changed."""
        width, height = self.area
        if not self._finished:
            self.refresh()
            return
        left, top = self._corner
        regions = []
        for line in range(height) if lines is None else lines:
            before = self._finished.get(line + top)
            if before is None:  # it is to be sent already, but for what nobody has seen yet
                regions.append(Region(0, line, width, 1))
                continue
            after = self._finished[line + top] = self._finish(line + top)
            cells = changed(before, after)
            if cells:
                regions.append(Region(cells.start - left, line, len(cells), 1))
        if regions:
            super().refresh(*regions)

    def repaint(self) -> None:
        """Have all rows drawn anew when they are next sent: whole, since cutting takes longer."""
        rows = Region(-self._corner.x, 0, self._outer.width, self.area.height)
        self.refresh(*([rows] if self._finished else []))

    def entitle(self, title: str) -> None:
        """Put a title into the border; Textual by itself would draw the whole widget anew."""
        if title != self._written:
            self._written, self._entitling = title, True
            self.border_title = Content(title)
            self._entitling = False

    def drawn(self, y: int) -> list[Segment]:
        """What `render_line` draws, in the width there is."""
        return list(self.render_line(y).adjust_cell_length(self.area.width))

    # What Textual asks ----------------------------------------------------------------------------

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Canvas:
        if self._entitling and self._finished:
            regions = (Region(-self._corner.x, -self._corner.y, self._outer.width, 1),)
        elif repaint and not regions:
            self._forget()
        for region in regions:
            for line in region.line_range:
                self._finished.pop(line + self._corner[1], None)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._known.clear()
        self._forget()

    def render_lines(self, crop: Region) -> list[Strip]:
        self._survey()
        finished = self._finished
        for line in crop.line_range:
            if line not in finished:
                finished[line] = self._finish(line)
        strips = [finished[line] for line in crop.line_range]
        if crop.column_span != (0, self._outer.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    # Finishing a row ------------------------------------------------------------------------------

    def _survey(self) -> None:
        if self.outer_size != self._outer:
            self._forget()  # nothing that was drawn fits
            self._outer, self._corner = self.outer_size, self.content_offset
            # not `size`: that is the one of the layout before, until the screen has the new one
            self._area = self._outer.region.shrink(self.gutter).size

    def _forget(self) -> None:
        self._finished.clear()
        self._frame = None
        self._outer = NULL_SIZE  # to be measured anew

    def _finish(self, y: int) -> Strip:
        """A line of the widget as it is sent: with its border, and through the filters."""
        width, height = self.area
        left, top = self._corner
        if not top <= y < top + height:
            return self._by_textual(y)
        if self._frame is None:
            whole = self._by_textual(y)
            ground = self.background_colors[1]
            self._frame = _Frame(whole.crop(0, left), whole.crop(left + width), ground)
        before, after, ground = self._frame
        row = self.drawn(y - top)
        for each in self.get_line_filters():
            row = each.apply(row, ground)
        return Strip([*before, *row, *after], self._outer.width)

    def _by_textual(self, y: int) -> Strip:
        return super().render_lines(Region(0, y, self._outer.width, 1))[0]


def changed(before: Strip, after: Strip) -> range:
    """The cells in which two rows of one width differ.

    All of them where a row holds characters that not every terminal gives the same width: what
    follows those would be put in the wrong place.
    """
    if list(before) == list(after):
        return range(0)
    if not (is_steady(before.text) and is_steady(after.text)):
        return range(after.cell_length)
    one, other = _cells(before), _cells(after)
    different = [at for at, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    return range(different[0], different[-1] + 1) if different else range(0)


def is_steady(text: str) -> bool:
    """Whether every terminal gives each of the characters one cell."""
    return is_simple(text.translate(_OURS))


def _cells(strip: Strip) -> list[tuple[str, Style | None]]:
    return [(character, style) for text, style, _ in strip for character in text]
