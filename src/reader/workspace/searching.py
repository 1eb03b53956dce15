"""Words looked for in all that was marked and noted, over the whole database."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from reader.errors import UsageError
from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.model.link import Link
from reader.model.scheme import DEFAULT
from reader.storage.catalog import Damaged, Summary
from reader.storage.scan import Needle
from reader.workspace.library import Library


class Hit(Struct, frozen=True):
    """Where words were found: in a mark, in a link's note, or in what a document carries."""

    document: Document
    record: Document | Annotation | Link
    fields: tuple[str, ...]
    mark: Annotation | None
    """The mark itself; of a link, the one that it begins at; None of a document."""


def search(library: Library, words: str, kind: str | None = None) -> Iterator[Hit | Damaged]:
    """Every place that holds the words, whatever their case and however their blanks are written,
    and every document that cannot be looked through; with `kind` the marks of that kind alone.

    Raises UsageError when there are no words, or no such kind; StoreError when the database cannot
    be read.
    """
    needle = Needle(words)
    if not needle.folded:
        raise UsageError(
            "There is nothing to look for", remedy="Give the words: reader search TEXT"
        )
    if kind is not None:
        _check_kind(library, kind)
    return _found(library, needle, kind)


def _check_kind(library: Library, kind: str) -> None:
    kinds = [each.name for each in DEFAULT.kinds]
    if kind in kinds:
        return
    listed = (each for each in library.repository.summaries() if isinstance(each, Summary))
    kinds += sorted({name for each in listed for name in each.counts} - set(kinds))
    if kind not in kinds:
        raise UsageError(f"There is no kind '{kind}'", remedy=f"The kinds are: {', '.join(kinds)}.")


def _found(library: Library, needle: Needle, kind: str | None) -> Iterator[Hit | Damaged]:
    for each in library.repository.scan(needle):
        if isinstance(each, Damaged):
            yield each
            continue
        library.remarks += each.remarks
        for record, fields, mark in each.hits:
            if kind is None or (isinstance(record, Annotation) and record.kind == kind):
                yield Hit(each.document, record, fields, mark)
