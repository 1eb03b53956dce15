"""The other places where the words of a mark stand: looked for in a thread, ticked, and marked."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from reader.errors import InputError
from reader.model.annotation import Annotation
from reader.model.fragment import Fragment
from reader.model.layer import Layers
from reader.text.search import Query
from reader.text.units import Text
from reader.workspace.edits import own_mark, shown
from reader.workspace.finding import Finding


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
    """Where the words of a mark stand, besides where it is. A thread may `run` it."""

    def __init__(
        self, text: Text, annotation: Annotation, annotator: str, switches: Switches | None = None
    ) -> None:
        """Raises InputError for a mark of several parts, of which it is not clear what to find."""
        if len(annotation.fragments) > 1:
            raise InputError(
                f"“{shown(annotation)}” has {len(annotation.fragments)} parts",
                "only the words of one stretch can be looked for",
                "Search for them with / instead.",
            )
        self.annotation = annotation
        self.switches = switches or Switches()
        self._text = text
        self._annotator = annotator
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
        return Occurrences(self._text, self.annotation, self._annotator, switches)

    def run(self) -> None:
        """Look through the text; for another thread."""
        self.finding.run()

    def stop(self) -> None:
        self.finding.stop()

    @property
    def complete(self) -> bool:
        return self.finding.complete

    @property
    def told(self) -> str:
        """How far it is, in words."""
        return self.finding.told

    def others(self, layers: Layers) -> list[Fragment]:
        """The places found so far, in the order of the text, without those that the annotator has
        marked as one of the kind already."""
        kind = self.annotation.kind
        return [
            hit
            for hit in self.finding.hits
            if hit not in self.annotation.fragments
            and own_mark(layers, self._annotator, kind, (hit,)) is None
        ]

    def context(self, place: Fragment, around: int = 40) -> Context:
        """An occurrence as a row of a list shows it."""
        start, end = place
        return Context(
            _line(self._text[max(0, start - around) : start]),
            _line(self._text[start:end]),
            _line(self._text[end : end + around]),
        )


def _line(text: str) -> str:
    """The text on one line; the blanks at its ends stay, as one each."""
    words = " ".join(text.split())
    before = " " if text[:1].isspace() and words else ""
    after = " " if text[-1:].isspace() and words else ""
    return f"{before}{words}{after}"
