"""Documents taken out of the database, and put back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from reader.errors import InputError
from reader.storage.catalog import Damaged, Summary
from reader.storage.repository import Entry
from reader.storage.trash import Discarded
from reader.workspace.library import Library, refuse_if_hidden


def summary(library: Library, entry: Entry) -> Summary:
    """How much would go with a document. Raises StoreError when it cannot be read by now."""
    for each in library.repository.summaries():
        if each.path == entry.path:
            if isinstance(each, Damaged):
                raise each.error
            return each
    raise InputError(f"'{entry.document.title}' is gone already")


def refuse_if_ambiguous(library: Library, name: str, entry: Entry) -> None:
    """Raise InputError when the beginning of an id may mean a document that cannot be read."""
    if name in (entry.document.id, entry.document.title):
        return
    for each in library.repository.entries():
        if isinstance(each, Damaged):
            raise InputError(
                f"'{name}' may be another document",
                f"{each.path} cannot be read",
                f"Give the whole id or title: {entry.document.id}",
            )


def remove(library: Library, entry: Entry) -> None:
    """Take a document to the trash. Raises StoreError; HeldError while somebody writes in it."""
    library.repository.need_writable()
    library.repository.remove(entry.path, library.author.now()[:10])


def trashed(library: Library) -> Iterator[Discarded | Damaged]:
    """What is in the trash, what was removed first first. Raises StoreError."""
    return library.repository.trash.items()


def restore(library: Library, name: str) -> Discarded:
    """Put back the document of that id, or how it begins, or title: of several states of it, the
    one that was removed last. Raises InputError, StoreError."""
    library.repository.need_writable()
    items = [each for each in trashed(library) if isinstance(each, Discarded)]
    by_title = [each for each in items if each.document.title == name]
    hits = by_title or [each for each in items if name and each.document.id.startswith(name)]
    ids = list(dict.fromkeys(each.document.id for each in hits))
    if len(ids) > 1:
        raise InputError(
            f"'{name}' may be {len(ids)} documents",
            ", ".join(ids[:4]),
            "Give the whole id of one.",
        )
    if not hits:
        raise InputError(
            f"There is no document with that id or title in the trash: '{name}'",
            remedy="'reader trash' shows what is there.",
        )
    item = hits[-1]
    damaged = [each for each in library.repository.entries() if isinstance(each, Damaged)]
    refuse_if_hidden(damaged, item.document.sha256)
    library.repository.put_back(item)
    return item


def empty(library: Library, items: Iterable[Discarded | Damaged]) -> None:
    """Delete these for good. Raises StoreError."""
    library.repository.need_writable()
    library.repository.trash.delete([_folder(each) for each in items])


def _folder(item: Discarded | Damaged) -> Path:
    return item.path if isinstance(item, Damaged) else item.folder
