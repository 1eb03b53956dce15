"""The documents one can go to: those of the queue, and all others that the database knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from reader.errors import ReaderError
from reader.model.document import Document
from reader.model.scheme import Scheme
from reader.storage.catalog import Damaged
from reader.workspace.library import Library
from reader.workspace.session import Session


class Queued(Struct, frozen=True):
    """A document by the name that opens it, with how far the work on it is and what is marked."""

    name: str
    title: str
    state: str
    counts: Counter[str] = field(default_factory=Counter)
    links: int = 0
    id: str = ""
    """The document's, where the database knows it."""

    def marks(self, scheme: Scheme) -> str:
        """What is marked, in words: of each kind of which there is any."""
        kinds = [(each.name, each.plural.lower()) for each in scheme.kinds]
        return " · ".join(
            f"{self.counts[name]:,} {name if self.counts[name] == 1 else plural}"
            for name, plural in kinds
            if self.counts[name]
        )


def queued(library: Library, names: Sequence[str]) -> list[Queued]:
    """The documents of a queue in its order, then those of the database that are not in it, the
    one that was changed last first. Raises StoreError."""
    known = {each.document.id: each for each in library.listed() if not isinstance(each, Damaged)}
    rows = []
    for name in names:
        try:
            entry, _ = library.entry(name)
        except ReaderError as error:
            why = f"does not open: {error.cause or error.title}"
            rows.append(Queued(name, Path(name).name, why))
            continue
        listed = known.get(entry.document.id) if entry is not None else None
        if listed is None:
            rows.append(Queued(name, Path(name).name, "new"))
        else:
            rows.append(_row(name, listed.document, listed.counts, listed.links))
    rows = _told_apart(rows)
    there = {each.id for each in rows}
    others = [each for each in known.values() if each.document.id not in there]
    others.sort(key=lambda each: each.document.updated, reverse=True)
    rows += [_row(each.document.id, each.document, each.counts, each.links) for each in others]
    return rows


def as_now(rows: Sequence[Queued], session: Session) -> list[Queued]:
    """The rows with what was done in an open document a moment ago, too."""
    counts = Counter(each.kind for each in session.layers.annotations)
    document, links = session.document, len(session.layers.links)
    return [
        replace(row, state=document.state, counts=counts, links=links)
        if row.id == document.id
        else row
        for row in rows
    ]


def _told_apart(rows: Sequence[Queued]) -> list[Queued]:
    """The rows, those of several files of one name with the folder as well."""
    names = Counter(title for title, _ in {(each.title, each.name) for each in rows})
    return [
        replace(each, title=f"{each.title}, in {Path(each.name).parent}")
        if names[each.title] > 1
        else each
        for each in rows
    ]


def _row(name: str, document: Document, counts: Counter[str], links: int) -> Queued:
    return Queued(name, document.title, document.state, counts, links, document.id)
