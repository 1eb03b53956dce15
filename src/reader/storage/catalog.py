"""What a list needs of every document, so that only those are read that have changed since.

It is made from the documents' files and is never the truth: it may be deleted at any time, or be
another version's, or be written by two sessions at once.
"""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, Literal, NamedTuple

import msgspec

from reader.errors import StoreError
from reader.model.document import Document
from reader.storage.files import store_error, write_atomically
from reader.storage.head import read_head
from reader.storage.layout import Layout, Stamp
from reader.storage.reading import Reading, layers_of
from reader.storage.recovery import read

_FEW: Final = 8
"""So many documents are sooner read anew than the catalog is written."""


_MANY: Final = 100
"""So many new documents are entered in the catalog at once."""

_LARGE: Final = 1 << 15
"""A document of so many bytes counts as another one."""


class Summary(NamedTuple):
    """A document with the file that holds it, and how much is marked on it."""

    path: Path
    document: Document
    counts: Mapping[str, int]
    """How many annotations there are of each kind."""
    links: int
    remarks: tuple[str, ...] = ()
    """What is wrong with its files, in sentences."""


class Damaged(NamedTuple):
    """A file that should hold a document and cannot be used, with the reason."""

    path: Path
    error: StoreError


class _Known(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A document as it was while its files had these stamps."""

    json: Stamp
    journal: Stamp | None
    document: Document
    counts: dict[str, int]
    links: int


class _Contents(msgspec.Struct):
    catalog: Literal[1]
    documents: dict[str, _Known]


_decoder: Final = msgspec.json.Decoder(_Contents)


class Catalog:
    """The summaries of a database's documents."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._known: dict[str, _Known] | None = None
        self._unwritten = 0

    def documents(self) -> list[tuple[Path, Document] | Damaged]:
        """Every document, by name, without its counts: of one that has changed since only the
        beginning is read. The damaged ones with what is wrong. Raises StoreError."""
        jsons = _stamps(self._layout.documents, ".json")
        journals = _stamps(self._layout.journals, ".jsonl")
        before = self._before() if jsons else {}
        if len(jsons) > len(before) + _MANY:
            # so many are read once, and then looked up
            return [
                each if isinstance(each, Damaged) else (each.path, each.document)
                for each in self.summaries()
            ]
        found: list[tuple[Path, Document] | Damaged] = []
        for name in sorted(jsons.keys() | journals.keys()):
            path = self._layout.documents / f"{name}.json"
            known = before.get(name)
            if known is not None and (known.json, known.journal) == (
                jsons.get(name),
                journals.get(name),
            ):
                found.append((path, known.document))
                continue
            shelf = self._layout.shelf(name)
            try:
                document = read_head(shelf) or layers_of(read(shelf)).document
                found.append((path, document))
            except StoreError as error:
                found.append(Damaged(path, error))
        return found

    def has_large(self, least: int) -> bool:
        """Whether any JSON has so many bytes. Raises StoreError."""
        stamps = map(_stamp, _entries(self._layout.documents, ".json"))
        return any(each is not None and each.size >= least for each in stamps)

    def summaries(self) -> list[Summary | Damaged]:
        """Every document, by name; the damaged ones with what is wrong. Raises StoreError."""
        jsons = _stamps(self._layout.documents, ".json")
        journals = _stamps(self._layout.journals, ".jsonl")
        before = self._before() if jsons else {}
        now: dict[str, _Known] = {}
        found: list[Summary | Damaged] = []
        for name in sorted(jsons.keys() | journals.keys()):
            path = self._layout.documents / f"{name}.json"
            json, journal = jsons.get(name), journals.get(name)
            known = before.get(name)
            if known is not None and (known.json, known.journal) == (json, journal):
                now[name] = known
                found.append(Summary(path, known.document, known.counts, known.links))
                continue
            try:
                reading = read(self._layout.shelf(name))
                summary = _summary(path, reading)
            except StoreError as error:
                found.append(Damaged(path, error))
                continue
            found.append(summary)
            if json is not None and _is_settled(reading):
                counts = dict(summary.counts)
                now[name] = _Known(json, journal, summary.document, counts, summary.links)
                self._unwritten += 1 + json.size // _LARGE
        self._known = now
        if self._unwritten > _FEW:
            self._write(now)
        return found

    def _before(self) -> Mapping[str, _Known]:
        if self._known is None:
            self._known = {}
            # whatever is wrong with it: the documents say it all again
            with contextlib.suppress(OSError, ValueError, RecursionError):
                self._known = _decoder.decode(self._layout.catalog.read_bytes()).documents
        return self._known

    def _write(self, known: dict[str, _Known]) -> None:
        self._unwritten = 0
        # where nothing can be written, or this cannot, the documents are read again the next time
        with contextlib.suppress(StoreError, ValueError, RecursionError):
            data = msgspec.json.encode(_Contents(1, known))
            write_atomically(self._layout.catalog, data, self._layout.rights)


def _summary(path: Path, reading: Reading) -> Summary:
    layers = layers_of(reading)
    counts = Counter(annotation.kind for annotation in layers.annotations)
    return Summary(path, layers.document, counts, len(layers.links), tuple(reading.remarks))


def _is_settled(reading: Reading) -> bool:
    """Whether what was read hangs on JSON and journal alone, and there is nothing to say of it."""
    sound = reading.written >= 0 and not reading.needs_mending and not reading.new_base
    return sound and not reading.remarks and reading.read_only is None


def _stamps(folder: Path, suffix: str) -> dict[str, Stamp | None]:
    """The files of a folder by what stands before the suffix; None for one that is gone again."""
    return {each.name.removesuffix(suffix): _stamp(each) for each in _entries(folder, suffix)}


def _stamp(entry: os.DirEntry[str]) -> Stamp | None:
    try:
        stat = entry.stat()
    except OSError:
        return None
    return Stamp(stat.st_ino, stat.st_mtime_ns, stat.st_size)


def names(layout: Layout) -> list[str]:
    """The names of all documents: a journal without its JSON is one, too. Raises StoreError."""
    folders = ((layout.documents, ".json"), (layout.journals, ".jsonl"))
    return sorted(
        {
            each.name.removesuffix(suffix)
            for folder, suffix in folders
            for each in _entries(folder, suffix)
        }
    )


def _entries(folder: Path, suffix: str) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            for each in entries:
                if each.name.endswith(suffix) and each.name != suffix:
                    yield each
    except FileNotFoundError:
        return
    except OSError as error:
        raise store_error(f"{folder} cannot be read", error) from error
