"""From files that come in to documents: all of one, or nothing of it."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from reader.errors import InputError, UsageError
from reader.formats.codec import Codec, Content, Options, check_options, check_places
from reader.formats.identity import identified
from reader.formats.registry import HEAD, codec, find
from reader.formats.report import Report
from reader.formats.source import Source
from reader.model.annotation import Annotation
from reader.model.change import Change, Edit, Record, same
from reader.model.document import Document, Revision
from reader.model.link import Link
from reader.storage.catalog import Damaged
from reader.storage.repository import Entry
from reader.text.decode import Decoded, decode, text_hash
from reader.workspace.library import Library, refuse_if_hidden
from reader.workspace.merging import filled, new_records

_HASH: Final = re.compile("[0-9a-f]{64}")


class Imported(Struct, frozen=True):
    """What became of one document of the file."""

    document: Document
    annotations: int
    links: int
    known: int
    """Marks and links that were there already."""
    revived: int = 0
    """Those that had been deleted here, and are back."""
    kept: tuple[str, ...] = ()
    """Fields of the document that say something else here, and stay so."""
    differing: int = 0
    """Those of the known that say something else here, and stay so."""


def import_file(
    library: Library, path: Path, format_name: str | None = None, text_path: Path | None = None
) -> list[Imported]:
    """Take in one file's documents, as `Importer` does."""
    return Importer(library, format_name=format_name, text_path=text_path).take(path, Report())


def files_in(folder: Path, format_name: str | None = None) -> Iterator[Path]:
    """The files below a folder in a steady order, hidden ones left out, and pipes, which one would
    wait for; with a format, those that may be in it. Raises InputError."""

    def refuse(error: OSError) -> None:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"{error.filename} cannot be read", reason, "Check its owner and rights.")

    endings = codec(format_name).extensions if format_name is not None else ("",)
    for root, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for name in sorted(names):
            if name.startswith(".") or not name.lower().endswith(endings):
                continue
            path = Path(root, name)
            if path.is_file() or not path.exists():
                yield path


class Importer:
    """Takes in files, one after the other.

    Without a format's name it is found by the file's name and beginning. `text_path` is the text
    that the files are about, where it is neither in them nor beside them. Raises InputError,
    UsageError.
    """

    def __init__(
        self,
        library: Library,
        *,
        format_name: str | None = None,
        text_path: Path | None = None,
        options: Options | None = None,
    ) -> None:
        self._library = library
        self._codec = codec(format_name) if format_name is not None else None
        self._options = options or Options()
        self._text_path = text_path
        self._given = _decoded(text_path) if text_path is not None else None
        self.texts: set[Path] = set()
        """Files that were read because they lie beside one that was taken in."""
        self._known: dict[str, Entry] = {}
        self._damaged: list[Damaged] = []
        for each in library.repository.entries():
            if isinstance(each, Damaged):
                self._damaged.append(each)
            else:
                self._known[each.document.sha256] = each

    def codec_of(self, path: Path) -> Codec | None:
        """The format of a file; None when it is in none that can be imported."""
        if self._codec is not None:
            return self._codec
        try:
            with path.open("rb") as file:
                return find(path.name, file.read(HEAD))
        except (OSError, ValueError) as error:
            raise _unreadable(path, error, "Name a file that another tool wrote.") from error

    def take(self, path: Path, report: Report) -> list[Imported]:
        """Take in a file's documents; what was not understood is told to the report.

        Everything is checked before anything is written. Raises InputError, UsageError, StoreError.
        """
        found = self.codec_of(path)
        if found is None:
            raise InputError(
                f"The format of {path} cannot be told",
                "neither its name nor its beginning is that of one that can be imported",
                "Name it with --format: 'reader formats' lists them.",
            )
        if not found.reads:
            raise UsageError(f"{found.name} can be exported, not imported")
        check_options(found, self._options)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise _unreadable(path, error, "Check its owner and rights.") from error
        texts: dict[Path, str] = {}
        contents = found.decode(self._source(path, data, texts), self._options, report)
        if len({content.document.sha256 for content in contents}) != len(contents):
            raise InputError(f"{path} holds the same text twice", remedy="Nothing was imported.")
        if len({content.document.id for content in contents}) != len(contents):
            raise InputError(
                f"{path} holds two documents with the same id", remedy="Nothing was imported."
            )
        self._check_given(path, contents)
        self.texts |= texts.keys()
        now = self._library.author.now()
        if not found.exact:
            contents = [self._settled(each, found.name, texts, now) for each in contents]
        ready = [
            self._prepare(content, f"{path}, document {at + 1}", found.exact)
            for at, content in enumerate(contents)
        ]
        return [self._store(*each, now) for each in ready]

    def _check_given(self, path: Path, contents: Sequence[Content]) -> None:
        """Raise InputError when a text was given, and the file is about others."""
        given = self._given
        if given is None or not contents:
            return
        if all(each.document.sha256 != given.sha256 for each in contents):
            raise InputError(
                f"{path} cannot be imported",
                "the text given is not the one that was annotated",
                "Give that text with --document, or leave --document out.",
            )

    def _source(self, path: Path, data: bytes, texts: dict[Path, str]) -> Source:
        def beside(name: str) -> bytes | None:
            other = path.with_name(path.stem + name if name.startswith(".") else name)
            if other == path:
                return None
            try:
                if not other.is_file():
                    return None
                found = other.read_bytes()
            except OSError as error:
                raise _unreadable(other, error, "Check its owner and rights.") from error
            texts[other] = hashlib.sha256(found).hexdigest()
            return found

        def known(sha256: str) -> str | None:
            kept = self._library.repository.texts
            # a hash from a stranger's file becomes part of a path
            there = _HASH.fullmatch(sha256) is not None and kept.has(sha256)
            return kept.read(sha256) if there else None

        if self._text_path is not None and self._given is not None:
            texts[self._text_path] = self._given.sha256
        return Source(str(path), data, self._given, beside, known)

    def _settled(
        self, content: Content, format_name: str, texts: dict[Path, str], now: str
    ) -> Content:
        """A foreign file's content with ids, names and times; and where its text lies."""
        content = identified(content, format_name, self._library.author.name, now)
        document = content.document
        path = next((path for path, sha in texts.items() if sha == document.sha256), None)
        if path is not None:
            data = path.read_bytes()
            document = replace(
                document,
                title=path.name,
                paths=(self._library.relative(path),),
                bytes_sha256=hashlib.sha256(data).hexdigest(),
                bytes=len(data),
            )
        entry = self._known.get(document.sha256)
        if entry is not None and entry.document.state != "new":
            document = replace(document, state=entry.document.state)
        elif content.annotations and document.state == "new":
            document = replace(document, state="in progress")
        return replace(content, document=document)

    def _prepare(
        self, content: Content, where: str, exact: bool
    ) -> tuple[Content, str, Entry | None, Sequence[Edit], int]:
        """The text, the document it belongs to, what is new in it, and how much of it is there
        already and says something else."""
        sha256 = content.document.sha256
        entry = self._known.get(sha256)
        other = next(
            (each for each in self._known.values() if each.document.id == content.document.id), None
        )
        if other is not None and other.document.sha256 != sha256:
            raise InputError(
                f"{where} cannot be imported",
                f"the database has another text as document {other.document.id}",
                "Nothing was imported.",
            )
        if entry is None:
            refuse_if_hidden(self._damaged, sha256)
        text = self._text_of(content, where)
        check_places(content, text, where)
        records: list[Record] = [*content.annotations, *content.links]
        if entry is None:
            return content, text, None, [Edit(None, each) for each in records], 0
        layers = self._library.repository.layers(entry.path)
        if not exact:
            fresh, differing = new_records(content, layers)
            return content, text, entry, [Edit(None, each) for each in fresh], differing
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
        return content, text, entry, edits, 0

    def _text_of(self, content: Content, where: str) -> str:
        sha256 = content.document.sha256
        if content.text is not None:
            return content.text
        if self._given is not None:
            given = str(self._given.text)
            if text_hash(given) == sha256:
                return given
            raise InputError(
                f"{where} cannot be imported",
                "the text given is not the one that was annotated",
                "Give that text with --document.",
            )
        if self._library.repository.texts.has(sha256):
            return self._library.repository.texts.read(sha256)
        raise InputError(
            f"{where} cannot be imported",
            "it was exported without its text",
            "Give the text's file with --document.",
        )

    def _store(
        self,
        content: Content,
        text: str,
        entry: Entry | None,
        edits: Sequence[Edit],
        differing: int,
        now: str,
    ) -> Imported:
        library, who = self._library, self._library.author.name
        if entry is None:
            revision = Revision(sha256=content.document.sha256, seen=now)
            document = replace(content.document, revisions=(revision,), created=now, updated=now)
            file = library.repository.begin(document, who=who)
        else:
            document = entry.document
            file = library.repository.open(entry.path, who=who, text=text)
        revived = len(file.removed() & {edit.after.id for edit in edits if edit.after is not None})
        complete, kept = filled(document, content.document)
        if complete != document:
            edits = [*edits, Edit(document, complete)]
        if edits or entry is None:
            library.repository.prepare(who)
            library.repository.texts.keep(text, document.sha256)
            file.append(Change(tuple(edits), f"imported {document.title}", who, now))
            file.snapshot()
        file.close()
        self._known[document.sha256] = Entry(file.path, complete)
        annotations = sum(1 for edit in edits if isinstance(edit.record, Annotation))
        links = sum(1 for edit in edits if isinstance(edit.record, Link))
        known = len(content.annotations) + len(content.links) - annotations - links
        return Imported(document, annotations, links, known, revived, kept, differing)


def _is_later(record: Record, there: Record) -> bool:
    """Whether a record that comes in is a later version of the one that is there."""
    assert not isinstance(record, Document)
    assert not isinstance(there, Document)
    return record.rev > there.rev


def _decoded(path: Path) -> Decoded:
    try:
        return decode(path.read_bytes(), str(path))
    except OSError as error:
        raise _unreadable(path, error, "Name the text's file.") from error


def _unreadable(path: Path, error: Exception, remedy: str) -> InputError:
    reason = getattr(error, "strerror", None) or str(error)
    return InputError(f"{path} cannot be read", reason.lower(), remedy)
