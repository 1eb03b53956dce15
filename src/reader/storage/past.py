"""The history of a document, read from its journal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from reader.model.change import Change, Way
from reader.storage.damage import damaged
from reader.storage.journal import Line, decode, decode_head, read_rows
from reader.storage.state import PLACE, change_of, moment, way_of


class Entry(NamedTuple):
    """A change in the history: what was done, when, by whom, and how it came about."""

    id: str
    seq: int
    did: str
    annotator: str
    at: str
    way: Way
    of: str
    place: int
    """Where its line begins in the journal."""
    length: int
    """How many bytes that line has."""


def entries(journal: Path) -> Iterator[Entry]:
    """Every change there is a sound line of, oldest first; reading places left out.

    Raises StoreError when the journal cannot be read.
    """
    for place, row in read_rows(journal):
        head = decode_head(row)
        if head is not None and head.u != PLACE:
            way = way_of(head.u)
            at = moment(head.t)
            yield Entry(head.i, head.s, head.d, head.a, at, way, head.of, place, len(row))


def change_at(journal: Path, entry: Entry) -> Change:
    """The whole of a change. Raises StoreError when it is no longer there."""
    # a journal that was mended has its lines in other places
    moved = (_at(journal, each.place) for each in entries(journal) if each.id == entry.id)
    for line in chain([_at(journal, entry.place)], moved):
        if line is not None and (line.i, line.s) == (entry.id, entry.seq):
            return change_of(line, journal)
    raise damaged(journal, f"“{entry.did}” is no longer in it")


def _at(journal: Path, place: int) -> Line | None:
    return decode(next((row for _, row in read_rows(journal, place)), b""))
