"""Where every motion leads in one article: looked up once, asked for often."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Final

from plan.hands import Pane
from reader.model.fragment import Fragment, Fragments
from reader.model.scheme import Kind
from reader.text import segment
from reader.text.segment import Span
from reader.text.viewport import Viewport
from reader.text.wrap import Place
from reader.tui.screens.reading import MOTIONS
from reader.workspace import selection as motion
from reader.workspace import targets
from reader.workspace.selection import Selection

_ROWS: Final = ("move.row.next", "move.row.previous", "extend.row.next", "extend.row.previous")
_PAGES: Final = ("move.page.next", "move.page.previous")

Key = tuple[int, int, bool, bool, str]


def key_of(now: Selection) -> Key:
    """A selection without what it was grown from, which no motion in a plan asks for."""
    return now.start, now.end, now.hard, now.at_start, now.unit


class Terrain:
    """A text as the motions see it."""

    def __init__(self, text: str, pane: Pane) -> None:
        self.text = text
        self.viewport = Viewport(text, pane.width)
        self.viewport.fit(pane.width, pane.height, 1)
        self.words = segment.words(text, 0, 0)
        self.words = [each for one in _paragraphs(text) for each in segment.words(text, *one)]
        self._starts = [each[0] for each in self.words]
        self.candidates = sorted(
            {each for one in _paragraphs(text) for each in motion._candidates(text, one)}
        )
        self._moved: dict[tuple[str, Key], Selection] = {}
        self._tops: dict[tuple[Place, Fragment], Place] = {}
        self._views: dict[Place, Fragment] = {}
        self._natural: dict[tuple[str, Key], Fragments] = {}

    def moved(self, command: str, now: Selection) -> Selection:
        """Where a motion leads from a selection."""
        key = command, key_of(now)
        found = self._moved.get(key)
        if found is None:
            found = self._moved[key] = MOTIONS[command](self.text, now)
        return found

    def by_rows(self, command: str, now: Selection, count: int) -> Selection:
        """Where so many rows lead."""
        count = count if command.endswith("next") else -count
        count *= self.viewport.page if ".page." in command else 1
        column = self.viewport.layout.column(now.active)
        place = self.viewport.position_of_row(now.active, count, column)
        word = motion.at(self.text, place)
        if command.startswith("move"):
            return word
        return motion.extended_to(now, (word.start, word.end))

    def top(self, before: Place, now: Selection) -> Place:
        """The row at the top of the view, once a selection is followed."""
        stretch = Fragment(now.active, now.active + 1) if now.hard else now.fragment
        key = before, stretch
        found = self._tops.get(key)
        if found is None:
            self._put(before)
            self.viewport.bring(stretch)
            found = self._tops[key] = self.viewport._top
        return found

    def in_view(self, top: Place) -> Fragment:
        """What is in view with a row at the top."""
        found = self._views.get(top)
        if found is None:
            self._put(top)
            found = self._views[top] = self.viewport.stretch
        return found

    def _put(self, top: Place) -> None:
        self.viewport._top = top
        self.viewport._shown = None

    def natural(self, now: Selection, kind: Kind) -> Fragments:
        """What a tag key takes of a selection that is no mark."""
        if now.hard:
            return (now.fragment,)
        key = kind.natural, key_of(now)
        found = self._natural.get(key)
        if found is None:
            found = self._natural[key] = targets.natural(self.text, now, kind)
        return found

    def words_near(self, stretch: Fragment) -> list[Span]:
        """The words in a stretch, with one before and one behind."""
        first = bisect_left(self._starts, stretch.start)
        last = bisect_right(self._starts, stretch.end)
        return self.words[max(0, first - 1) : last + 1]


def _paragraphs(text: str) -> Iterator[Span]:
    at: Span | None = segment.paragraph_at(text, 0)
    while at is not None:
        yield at
        at = segment.next_paragraph(text, max(at[0], at[1] - 1))
