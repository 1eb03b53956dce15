"""From a file that comes in to documents: all of one, or nothing of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reader.errors import InputError
from reader.formats.codec import Content, check_places
from reader.formats.registry import codec
from reader.formats.report import Report
from reader.model.annotation import Annotation
from reader.model.change import Change, Edit, Record, same
from reader.model.document import Document, Revision
from reader.model.link import Link
from reader.storage.catalog import Damaged
from reader.storage.repository import Entry
from reader.text.decode import decode, text_hash
from reader.workspace.library import Library, refuse_if_hidden


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one document of the file."""

    document: Document
    annotations: int
    links: int
    known: int
    """Marks and links that were there already, the same in every word."""
    revived: int = 0
    """Those that had been deleted here, and are back."""
    kept: tuple[str, ...] = ()
    """Fields of the document that say something else here, and stay so."""


def import_file(
    library: Library, path: Path, format_name: str = "json", text_path: Path | None = None
) -> list[Imported]:
    """Take in a file's documents. `text_path` is the text of an export made without texts.

    Everything is checked before anything is written. Raises InputError, StoreError.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"{path} cannot be read", reason, "Name an export of reader.") from error
    contents = codec(format_name).decode(data, str(path), Report())
    given = _text_of(text_path)
    ready = [
        (content, *_prepare(library, content, given, f"{path}, document {at + 1}"))
        for at, content in enumerate(contents)
    ]
    if len({content.document.sha256 for content in contents}) != len(contents):
        raise InputError(f"{path} holds the same text twice", remedy="Nothing was imported.")
    if len({content.document.id for content in contents}) != len(contents):
        raise InputError(
            f"{path} holds two documents with the same id", remedy="Nothing was imported."
        )
    return [_store(library, *each) for each in ready]


def _text_of(path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        return str(decode(path.read_bytes(), str(path)).text)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"{path} cannot be read", reason, "Name the text's file.") from error


def _prepare(
    library: Library, content: Content, given: str | None, where: str
) -> tuple[str, Entry | None, Sequence[Edit]]:
    """The text, the document it belongs to, and what is new in it."""
    sha256 = content.document.sha256
    entry = None
    damaged = []
    for each in library.repository.entries():
        if isinstance(each, Damaged):
            damaged.append(each)
            continue
        if each.document.sha256 == sha256:
            entry = each
        elif each.document.id == content.document.id:
            raise InputError(
                f"{where} cannot be imported",
                f"the database has another text as document {each.document.id}",
                "Nothing was imported.",
            )
    if entry is None:
        refuse_if_hidden(damaged, sha256)
    text = _find_text(library, content, given, where)
    check_places(content, text, where)
    records: list[Record] = [*content.annotations, *content.links]
    if entry is None:
        return text, None, [Edit(None, each) for each in records]
    layers = library.repository.layers(entry.path)
    edits = []
    for record in records:
        there = layers.record(record)
        if there is None:
            edits.append(Edit(None, record))
        elif not same(there, record) and _is_later(record, there):
            edits.append(Edit(there, record))
        elif not same(there, record):
            raise InputError(
                f"{where} cannot be imported",
                f"{record.id} is in the database already, and says something else",
                "Nothing was imported.",
            )
    return text, entry, edits


def _is_later(record: Record, there: Record) -> bool:
    """Whether a record that comes in is a later version of the one that is there."""
    assert not isinstance(record, Document)
    assert not isinstance(there, Document)
    return record.rev > there.rev


def _find_text(library: Library, content: Content, given: str | None, where: str) -> str:
    sha256 = content.document.sha256
    if content.text is not None:
        return content.text
    if given is not None:
        if text_hash(given) == sha256:
            return given
        raise InputError(
            f"{where} cannot be imported",
            "the text given is not the one that was annotated",
            "Give that text with --document.",
        )
    if library.repository.texts.has(sha256):
        return library.repository.texts.read(sha256)
    raise InputError(
        f"{where} cannot be imported",
        "it was exported without its text",
        "Give the text's file with --document.",
    )


def _store(
    library: Library, content: Content, text: str, entry: Entry | None, edits: Sequence[Edit]
) -> Imported:
    now = library.author.now()
    total = len(content.annotations) + len(content.links)
    if entry is None:
        revision = Revision(sha256=content.document.sha256, seen=now)
        document = replace(content.document, revisions=(revision,), created=now, updated=now)
        file = library.repository.begin(document, who=library.author.name)
    else:
        document = entry.document
        file = library.repository.open(entry.path, who=library.author.name, text=text)
    revived = len(file.removed() & {edit.after.id for edit in edits if edit.after is not None})
    filled, kept = _filled(document, content.document)
    if filled != document:
        edits = [*edits, Edit(document, filled)]
    if edits or entry is None:
        library.repository.prepare(library.author.name)
        library.repository.texts.keep(text, document.sha256)
        did = f"imported {document.title}"
        file.append(Change(tuple(edits), did, library.author.name, now))
        file.snapshot()
    file.close()
    annotations = sum(1 for edit in edits if isinstance(edit.record, Annotation))
    links = sum(1 for edit in edits if isinstance(edit.record, Link))
    return Imported(document, annotations, links, total - annotations - links, revived, kept)


def _filled(here: Document, there: Document) -> tuple[Document, tuple[str, ...]]:
    """The document with what the import says where it says nothing itself, and the fields on which
    the two differ."""
    fresh = {"state": "new"}
    filled, differing = here, []
    for field in ("title", "url", "author", "published", "state", "note", "attributes", "extra"):
        mine, theirs = getattr(here, field), getattr(there, field)
        if mine == theirs or theirs in (None, "", {}, fresh.get(field)):
            continue
        if mine in (None, "", {}, fresh.get(field)):
            filled = replace(filled, **{field: theirs})
        elif field != "title":
            differing.append(field)
    return filled, tuple(differing)
