"""The documents one has, and from a name on the command line to one of them."""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from reader.anchoring.verify import misplaced
from reader.errors import InputError, StoreError
from reader.model.document import Document, Revision
from reader.model.layer import Layers
from reader.storage.catalog import Damaged
from reader.storage.document_file import DocumentFile
from reader.storage.repository import Entry, Repository
from reader.text.decode import Decoded
from reader.text.units import Text
from reader.workspace.author import Author
from reader.workspace.source import Source, said

if TYPE_CHECKING:
    from reader.workspace.session import Session


class Listed(NamedTuple):
    """A document as `reader list` shows it: how many marks of each kind, and how many links."""

    document: Document
    counts: Counter[str]
    links: int


class Found(NamedTuple):
    """What a name on the command line stands for. `entry` None: the database does not know it."""

    text: Text
    document: Document
    entry: Entry | None
    notices: tuple[str, ...] = ()
    changed: bool = False
    """The file at that path is no longer the text that was annotated; this is the kept one."""


class Library:
    """The database as a person sees it."""

    def __init__(self, folder: Path, author: Author) -> None:
        self.folder = folder
        self.author = author
        self.repository = Repository(folder)
        self.remarks: list[str] = []
        """What was found wrong with files that were looked at, in sentences."""

    # Looking ------------------------------------------------------------------------------------

    def listed(self) -> Iterator[Listed | Damaged]:
        """Every document with its counts; the files that cannot be used with the reason."""
        for each in self.repository.summaries():
            if isinstance(each, Damaged):
                yield each
            else:
                self.remarks += each.remarks
                yield Listed(each.document, Counter(each.counts), each.links)

    def last_opened(self, most: int = 5) -> list[Document]:
        """The documents that were open last, the latest first."""
        documents = [each.document for each in self.repository.entries() if isinstance(each, Entry)]
        opened = [document for document in documents if document.opened]
        return sorted(opened, key=lambda document: document.opened or "", reverse=True)[:most]

    def find(self, name: str, encoding: str | None = None) -> Found:
        """The text that FILE means: the one at that path, else a document by id or title.

        Raises InputError when there is neither, or the file is no text; StoreError when the file
        that holds its marks is damaged.
        """
        return self._at_path(Path(name), encoding) if _is_path(name) else self._by_name(name)

    def entry(self, name: str, encoding: str | None = None) -> tuple[Entry | None, tuple[str, ...]]:
        """The document that FILE means, even if its text is not at hand, and what is to be said of
        it; None when the database does not know it. Raises as `find` does."""
        if not _is_path(name):
            return self._named(name), ()
        found = self._at_path(Path(name), encoding)
        return found.entry, found.notices

    def find_bytes(
        self, data: bytes, title: str = "standard input", encoding: str | None = None
    ) -> Found:
        """A text that comes from no file, as the database knows it. Raises as `find` does."""
        return self._read(Source(data), title, encoding)

    def layers(self, found: Found) -> Layers:
        """What is marked on it: nothing, when the database does not know it."""
        if found.entry is None:
            return Layers(found.document)
        layers, remarks = self.repository.looked_at(found.entry.path, found.text)
        self.remarks += remarks
        self._verify(found.text, layers, found.entry.path)
        return layers

    def paths_of(self, document: Document) -> list[Path]:
        """Where the text was read, the last place first. Nothing need be there any more."""
        return [self.folder.resolve().parent / where for where in reversed(document.paths)]

    # Opening ------------------------------------------------------------------------------------

    def open(self, name: str, encoding: str | None = None) -> Session:
        """Open what FILE means, to read and to mark. Raises as `find` does."""
        return self.session(self.find(name, encoding))

    def session(self, found: Found) -> Session:
        """Open what was found. A document that is new is written with its first mark."""
        from reader.workspace.session import Session  # which those who only look do without

        file = self.file(found)
        session = Session(
            found.text,
            self.repository,
            file,
            self.author,
            notices=found.notices,
            changed=found.changed,
        )
        self._verify(found.text, session.layers, file.path)
        session.layers.document = replace(session.document, paths=found.document.paths)
        return session

    def file(self, found: Found) -> DocumentFile:
        if found.entry is None:
            return self.repository.begin(found.document, who=self.author.name)
        file = self.repository.open(found.entry.path, who=self.author.name, text=found.text)
        file.found_at = found.document.paths
        return file

    @staticmethod
    def _verify(text: Text, layers: Layers, path: Path) -> None:
        """Raise StoreError unless every mark's words stand where it says."""
        for annotation in layers.annotations:
            wrong = misplaced(annotation, text)
            if wrong:
                raise StoreError(
                    f"{path} cannot be used",
                    f"annotation '{annotation.id}': {wrong}",
                    "It was left untouched. Put back an earlier copy.",
                )

    # How ----------------------------------------------------------------------------------------

    def _at_path(self, path: Path, encoding: str | None) -> Found:
        return self._read(Source.at(path), path.name, encoding, path)

    def _read(
        self, source: Source, name: str, encoding: str | None, path: Path | None = None
    ) -> Found:
        known, damaged = self._known()
        same_bytes = [each for each in known if each.document.bytes_sha256 == source.sha256]
        if encoding is None and same_bytes:
            # a file that was read with --encoding once is read so again
            encoding = max(same_bytes, key=self._weight).document.encoding
        decoded = source.decoded(str(path or name), encoding)
        notices = said(name, decoded)
        now = self.author.now()
        where = () if path is None else (self.relative(path),)
        fresh = _fresh(name, where, source, decoded, self.author.new_id(), now)
        entry = next((each for each in known if each.document.sha256 == fresh.sha256), None)
        others = [each for each in same_bytes if each.document.sha256 != fresh.sha256]
        notices += tuple(self._other_reading(each) for each in others if self._weight(each)[0])
        if entry is not None:
            paths = dict.fromkeys((*entry.document.paths, *where))
            return Found(decoded.text, replace(entry.document, paths=tuple(paths)), entry, notices)
        earlier = self._earlier(known, where)
        if earlier is not None and earlier not in same_bytes:
            return self._changed(earlier, name, notices)
        refuse_if_hidden(damaged, fresh.sha256)
        return Found(decoded.text, fresh, None, notices)

    @staticmethod
    def _other_reading(entry: Entry) -> str:
        """That the same file was marked when it was read in another way."""
        return (
            f"{entry.document.title} was also marked as read in {entry.document.encoding}: "
            f"those marks are with the document {entry.document.id}."
        )

    def _weight(self, entry: Entry) -> tuple[bool, str]:
        """Which of several documents is meant rather: one with marks, then the latest."""
        return self.repository.texts.has(entry.document.sha256), entry.document.updated

    def _changed(self, entry: Entry, name: str, notices: tuple[str, ...]) -> Found:
        """The file is not the text that was annotated any more: open the text that was kept."""
        text = self.repository.texts.read(entry.document.sha256)
        said = (
            f"{name} has changed since it was annotated. "
            "This is the text as it was then, with all its marks; the new one is not shown. "
            "To mark the new one, copy it to another name."
        )
        return Found(text, entry.document, entry, (*notices, said), changed=True)

    def _earlier(self, known: list[Entry], where: tuple[str, ...]) -> Entry | None:
        """The document last marked at a path. One without marks has nothing to protect."""
        here = [each for each in known if set(where) & set(each.document.paths)]
        for entry in sorted(here, key=self._weight, reverse=True):
            if self.repository.texts.has(entry.document.sha256) and len(
                self.repository.layers(entry.path)
            ):
                return entry
        return None

    def _by_name(self, name: str) -> Found:
        entry = self._named(name)
        if self.repository.texts.has(entry.document.sha256):
            text = self.repository.texts.read(entry.document.sha256)
            return Found(text, entry.document, entry)
        return self._never_kept(entry)

    def _named(self, name: str) -> Entry:
        known, damaged = self._known()
        by_title = [each for each in known if each.document.title == name]
        hits = by_title or [each for each in known if name and each.document.id.startswith(name)]
        if len(hits) > 1:
            ids = ", ".join(each.document.id for each in hits[:4])
            raise InputError(
                f"'{name}' may be {len(hits)} documents", ids, "Give the whole id of one."
            )
        if not hits:
            broken = f" ({damaged[0].error})" if damaged else ""
            raise InputError(
                f"There is no file '{name}', and no document with that id or title{broken}",
                remedy="'reader list' shows the documents there are.",
            )
        return hits[0]

    def _never_kept(self, entry: Entry) -> Found:
        """A document without marks: its text is only where it was read."""
        for path in self.paths_of(entry.document):
            with contextlib.suppress(InputError, OSError):  # something else is there by now
                decoded = Source.at(path).decoded(str(path), entry.document.encoding)
                if decoded.sha256 == entry.document.sha256:
                    return Found(decoded.text, entry.document, entry)
        raise InputError(
            f"The text of '{entry.document.title}' is not at hand",
            "it has no marks yet, so it was not kept, and its file is gone or has changed",
            "Open the file itself.",
        )

    def _known(self) -> tuple[list[Entry], list[Damaged]]:
        entries = list(self.repository.entries())
        return (
            [each for each in entries if isinstance(each, Entry)],
            [each for each in entries if isinstance(each, Damaged)],
        )

    def relative(self, path: Path) -> str:
        """A path as it is kept: relative where the database lies beside the text, so that both
        can be moved together."""
        full = path.resolve()
        root = self.folder.resolve().parent
        kept = full.relative_to(root).as_posix() if full.is_relative_to(root) else str(full)
        return _writable(kept)


def _is_path(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False  # a name too long for a path may still be a title


def _fresh(
    name: str,
    paths: tuple[str, ...],
    source: Source,
    decoded: Decoded,
    new_id: str,
    now: str,
) -> Document:
    sha256 = decoded.sha256
    return Document(
        id=new_id,
        title=_writable(name),
        paths=paths,
        sha256=sha256,
        bytes_sha256=source.sha256,
        bytes=source.size,
        length=len(decoded.text),
        encoding=decoded.encoding,
        newline=decoded.newline,
        revisions=(Revision(sha256=sha256, seen=now),),
        created=now,
        updated=now,
    )


def _writable(name: str) -> str:
    """A file name as Unicode: bytes that are none are written out, since JSON cannot hold them."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def refuse_if_hidden(damaged: Iterable[Damaged], sha256: str) -> None:
    """Raise the error of a damaged file that may hold a text's marks: they must not be buried
    under a new record."""
    for file, error in damaged:
        try:
            data = file.read_bytes()
        except OSError:
            raise error from None
        if sha256.encode() in data or b'"sha256"' not in data:
            raise error
