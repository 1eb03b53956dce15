"""The other places where the words of a mark stand: looked for in a thread, ticked, and marked."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from reader.errors import InputError
from reader.model.annotation import Annotation
from reader.model.fragment import Fragment
from reader.text.search import Query
from reader.text.units import Text
from reader.workspace.edits import shown
from reader.workspace.finding import Finding, Hits

AT_ONCE: Final = 100_000
"""So many places are marked by one change, at the most: it takes seconds, and one line of the
journal."""


class Switches(Struct, frozen=True):
    """What counts as the same words: whole words only, and no other case or accents."""

    whole: bool = True
    exact: bool = True


class Context(NamedTuple):
    """An occurrence with some of the words round it, each on one line."""

    before: str
    words: str
    after: str


class Occurrences:
    """Where the words of a mark stand, besides where it is and where the annotator has marked them
    as one of the kind already. A thread may `run` it."""

    def __init__(
        self,
        text: Text,
        annotation: Annotation,
        annotator: str,
        marks: Sequence[Annotation] = (),
        switches: Switches | None = None,
    ) -> None:
        """`marks` are those of the kind. Raises InputError for a mark of several parts, of which it
        is not clear what to find."""
        if len(annotation.fragments) > 1:
            raise InputError(
                f"“{shown(annotation)}” has {len(annotation.fragments)} parts",
                "only the words of one stretch can be looked for",
                "Search for them with / instead.",
            )
        self.annotation = annotation
        self.switches = switches or Switches()
        self.complete = False
        self._text = text
        self._annotator = annotator
        self._marks = list(marks)  # they may be changed while this is run
        self._marked: set[Fragment] = set()
        self._looked_at = 0
        self._after_seam = 0
        self._starts: array[int] = array("q")
        self._ends: array[int] = array("q")
        self.others = Hits(self._starts, self._ends, 0, 0)
        """The places found so far, in the order of the text."""
        query = Query(annotation.quote[0], whole=self.switches.whole, exact=self.switches.exact)
        self.finding = Finding(text, query, annotation.start)

    def turned(self, *, whole: bool | None = None, exact: bool | None = None) -> Occurrences:
        """The same question with other switches, to be run anew; this one is stopped."""
        self.stop()
        now = self.switches
        switches = replace(
            now,
            whole=now.whole if whole is None else whole,
            exact=now.exact if exact is None else exact,
        )
        return Occurrences(self._text, self.annotation, self._annotator, self._marks, switches)

    def run(self) -> None:
        """Look through the text; for another thread."""
        own = (each for each in self._marks if each.annotator == self._annotator)
        self._marked = {each.fragments[0] for each in own if len(each.fragments) == 1}
        self._marked.update(self.annotation.fragments)
        self.finding.run(self._look)
        self.complete = self.finding.complete

    def _look(self) -> None:
        """Go on from the last hit that was looked at: there may be a million."""
        hits = self.finding.hits
        for at in range(self._looked_at, len(hits)):
            hit = hits.found(at)
            if hit not in self._marked:
                self._starts.append(hit.start)
                self._ends.append(hit.end)
                self._after_seam += at < hits.after_seam
        self._looked_at = len(hits)
        self.others = Hits(self._starts, self._ends, self._after_seam, len(self._starts))

    def stop(self) -> None:
        self.finding.stop()

    @property
    def told(self) -> str:
        """How far it is, in words."""
        return self.finding.told

    def context(self, place: Fragment, around: int = 40) -> Context:
        """An occurrence as a row of a list shows it."""
        start, end = place
        return Context(
            _line(self._text[max(0, start - around) : start]),
            _line(self._text[start:end]),
            _line(self._text[end : end + around]),
        )


class Ticked:
    """The places that are ticked, to be gone through; the first of them where they are too many for
    one change. One thread may go through them while another asks how far it is, or stops it."""

    def __init__(self, places: Hits, turned: frozenset[Fragment], *, all: bool, count: int) -> None:
        self._places = places
        self._turned = turned
        self._all = all
        self.stopped = False
        self._count = count
        self.reached = 0
        """How many of them have been gone through."""

    def __len__(self) -> int:
        return min(self._count, AT_ONCE)

    @property
    def left(self) -> int:
        """How many more are ticked, which go with the next change."""
        return self._count - len(self)

    def __iter__(self) -> Iterator[Fragment]:
        """Raises InputError where it is stopped."""
        ticked = (each for each in self._places if (each in self._turned) is not self._all)
        for self.reached, place in enumerate(islice(ticked, AT_ONCE), start=1):
            if self.stopped:
                raise InputError("Nothing was tagged: it was stopped")
            yield place

    def stop(self) -> None:
        """Have nothing marked, if there is still time for that."""
        self.stopped = True


class Ticks:
    """Which of some places are ticked: all of them but for some, or none but for some."""

    def __init__(self, places: Hits) -> None:
        self.places = places
        self._all = True
        self._turned: set[Fragment] = set()
        self._here = 0  # of the turned ones, those that are among the places

    def show(self, places: Hits) -> None:
        """Take other places; those that there were before stay as they are."""
        if places is not self.places:
            self._here = sum(each in places for each in self._turned)
        self.places = places

    def __contains__(self, place: Fragment) -> bool:
        return (place in self._turned) is not self._all

    def __len__(self) -> int:
        return len(self.places) - self._here if self._all else self._here

    def turn(self, place: Fragment) -> None:
        """Tick one of the places, or no longer."""
        self._here += 1 if place not in self._turned else -1
        self._turned ^= {place}

    def turn_all(self) -> None:
        """Tick all; where all are ticked, none."""
        if self.places:
            self._all = len(self) < len(self.places)
            self._turned.clear()
            self._here = 0

    @property
    def chosen(self) -> Ticked:
        """Those that are ticked now."""
        return Ticked(self.places, frozenset(self._turned), all=self._all, count=len(self))


def _line(text: str) -> str:
    """The text on one line; the blanks at its ends stay, as one each."""
    words = " ".join(text.split())
    before = " " if text[:1].isspace() and words else ""
    after = " " if text[-1:].isspace() and words else ""
    return f"{before}{words}{after}"
