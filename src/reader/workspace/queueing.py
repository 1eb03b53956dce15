"""The documents one can go to: those of the queue, and all others that the database knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from reader.errors import ReaderError
from reader.storage.catalog import Damaged
from reader.workspace.library import Library


@dataclass(frozen=True, slots=True)
class Queued:
    """A document by the name that opens it, with how far the work on it is and what is marked."""

    name: str
    title: str
    state: str
    counts: Counter[str] = field(default_factory=Counter)
    links: int = 0


def queued(library: Library, names: Sequence[str]) -> list[Queued]:
    """The documents of a queue in its order, then those of the database that are not in it, the
    one that was changed last first."""
    known = {each.document.id: each for each in library.listed() if not isinstance(each, Damaged)}
    rows = []
    for name in names:
        try:
            entry, _ = library.entry(name)
        except ReaderError as error:
            rows.append(Queued(name, name, f"does not open: {error.cause or error.title}"))
            continue
        listed = known.pop(entry.document.id, None) if entry is not None else None
        if listed is None:
            rows.append(Queued(name, name, "new"))
        else:
            document = listed.document
            rows.append(Queued(name, document.title, document.state, listed.counts, listed.links))
    others = sorted(known.values(), key=lambda each: each.document.updated, reverse=True)
    for each in others:
        document = each.document
        rows.append(Queued(document.id, document.title, document.state, each.counts, each.links))
    return rows
