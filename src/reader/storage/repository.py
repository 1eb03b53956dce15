"""The database: a folder with one file per document and the texts that were annotated."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from reader.errors import InputError, StoreError
from reader.model.document import Document
from reader.model.layer import Layers
from reader.storage import past
from reader.storage.catalog import Catalog, Damaged, Summary, names
from reader.storage.database_file import add_annotator, fresh_tables, read_database
from reader.storage.document_file import DocumentFile
from reader.storage.files import make_folder, store_error, write_atomically
from reader.storage.layout import PROJECT, Layout
from reader.storage.locks import Lock
from reader.storage.migrations import NewerError
from reader.storage.places import Places
from reader.storage.reading import layers_of
from reader.storage.recovery import read
from reader.storage.texts import Texts
from reader.text.units import Text

if TYPE_CHECKING:
    from reader.storage.scan import Needle, Scanned
    from reader.storage.trash import Discarded, Trash

_TAIL: Final = re.compile("[0-9a-f]{6}")
_NOT_FOR_GIT: Final = b"""# reader: what belongs to one machine, or can be made again
/journal/
/backup/
/quarantine/
/trash/
/locks/
/catalog.json
/places.json
"""


class Entry(NamedTuple):
    """A document in the database and the file that holds it."""

    path: Path
    document: Document


class Repository:
    """The documents below one folder. Looking changes nothing; what it found out is kept, where it
    can be, for the next time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._layout = Layout(folder)
        self.texts = Texts(self._layout.texts, self._layout.rights)
        self.places = Places(self._layout)
        self._catalog = Catalog(self._layout)
        self.remarks: list[str] = []
        """What is wrong with the database's own file, in sentences."""
        self.read_only: StoreError | None = None
        """Why nothing can be changed here at all."""
        self._known_annotators: set[str] = set()
        self._check()

    def _check(self) -> None:
        """Raise StoreError when the folder is none of ours to use."""
        try:
            is_file = self.folder.exists() and not self.folder.is_dir()
        except OSError as error:
            raise store_error(f"The database {self.folder} cannot be used", error) from error
        if is_file:
            raise StoreError(
                f"The database {self.folder} cannot be used",
                "it is a file, and a database is a folder",
                "Name a folder with --db.",
            )
        path = self._layout.database
        try:
            _, wrong = read_database(path)
        except NewerError as error:
            self.read_only = error
            self.remarks.append(str(error))
        else:
            if wrong:
                self.remarks.append(
                    f"{path} is damaged: {wrong}. The next change puts it right, "
                    "and keeps it as it is now in quarantine/."
                )

    @cached_property
    def trash(self) -> Trash:
        """What was removed. Who opens a text does without."""
        from reader.storage.trash import Trash

        return Trash(self._layout)

    def need_writable(self) -> None:
        """Raise StoreError when nothing can be changed here."""
        if self.read_only is not None:
            raise self.read_only

    # Looking ------------------------------------------------------------------------------------

    def summaries(self) -> list[Summary | Damaged]:
        """Every document, by the name of its file, with how much is marked on it; the damaged ones
        with what is wrong, never left out. Raises StoreError."""
        return self._catalog.summaries()

    def entries(self) -> Iterator[Entry | Damaged]:
        """Every document, and the damaged ones, in the same order."""
        for each in self._catalog.documents():
            yield each if isinstance(each, Damaged) else Entry(*each)

    def has_large(self, least: int) -> bool:
        """Whether the JSON of any document has so many bytes."""
        return self._catalog.has_large(least)

    def path_of(self, sha256: str) -> Path | None:
        """The file of the document with that text, if there is one that can be used."""
        entry = self._entry_of(sha256)
        return entry.path if entry is not None else None

    def _entry_of(self, sha256: str) -> Entry | None:
        for entry in self.entries():
            if isinstance(entry, Entry) and entry.document.sha256 == sha256:
                return entry
        return None

    def layers(self, path: Path) -> Layers:
        """All that one of the documents holds. Raises StoreError when it is beyond repair."""
        return self.looked_at(path)[0]

    def looked_at(self, path: Path, text: Text | None = None) -> tuple[Layers, list[str]]:
        """All that one of the documents holds, and what is wrong with its files, in sentences.
        Raises StoreError when it is beyond repair."""
        reading = read(self._layout.shelf(path.stem), text)
        return layers_of(reading), reading.remarks

    def scan(self, needle: Needle) -> Iterator[Scanned | Damaged]:
        """Every document that holds the words or has something wrong with it, by name. Raises
        StoreError."""
        from reader.storage.scan import scan

        for name in names(self._layout):
            shelf = self._layout.shelf(name)
            try:
                scanned = scan(shelf, needle)
            except StoreError as error:
                yield Damaged(shelf.json, error)
            else:
                if scanned is not None:
                    yield scanned

    def open(self, path: Path, *, who: str = "", text: Text | None = None) -> DocumentFile:
        """A document's file, to read and to change."""
        return DocumentFile(self._layout, path.stem, who=who, text=text)

    def history(self, path: Path) -> list[past.Entry]:
        """Every change of a document that is written down, oldest first. Raises StoreError."""
        return list(past.entries(self._layout.shelf(path.stem).journal))

    # Removing -----------------------------------------------------------------------------------

    def remove(self, path: Path, day: str) -> None:
        """Take a document to the trash, on that day. Raises StoreError."""

        def is_shared(sha256: str) -> bool:
            # a damaged one may hold any text
            others = (each for each in self.entries() if each.path != path)
            return any(
                isinstance(each, Damaged) or each.document.sha256 == sha256 for each in others
            )

        self.trash.take(path.stem, day, is_shared)

    def put_back(self, item: Discarded) -> None:
        """Take a document from the trash. Raises InputError when there is another one of that text
        by now; StoreError."""

        def name() -> str:
            there = self._entry_of(item.document.sha256)
            if there is None:
                return item.name if self._is_free(item.name) else self._free(item.document)
            if self.trash.is_back(item, there.path):
                return there.path.stem
            raise InputError(
                f"'{item.document.title}' was not put back",
                "its text is in the database again, and would be there twice",
                f"To have this one instead, remove the other first: {there.document.id}",
            )

        self.trash.put_back(item, name)

    # Making -------------------------------------------------------------------------------------

    def begin(self, document: Document, *, who: str = "") -> DocumentFile:
        """A place for a new document. Nothing is written until something is appended."""

        def elsewhere() -> str | None:
            path = self.path_of(document.sha256)
            return path.stem if path is not None else None

        return DocumentFile(self._layout, self._free(document), document, elsewhere, who=who)

    def _free(self, document: Document) -> str:
        """A name for a new document. Ids may be of others' making: end in what is no name, or all
        alike."""
        slug, tail = _slug(document.title), document.id[-6:]
        name = f"{slug}~{tail}"
        if _TAIL.fullmatch(tail) and self._is_free(name):
            return name
        return f"{slug}~{document.sha256[:32]}"

    def _is_free(self, name: str) -> bool:
        shelf = self._layout.shelf(name)
        return not shelf.json.exists() and not shelf.journal.exists()

    def prepare(self, annotator: str) -> None:
        """Make the folder ours, and know the annotator. Called before the first change."""
        if annotator in self._known_annotators and self._layout.database.exists():
            return
        self._write_database(annotator)
        self._known_annotators.add(annotator)

    def establish(self) -> bool:
        """Make the folder a database, before anything is in it; False when it is one already."""
        if self._layout.database.exists():
            return False
        self._write_database(None)
        return True

    def _write_database(self, annotator: str | None) -> None:
        rights = self._layout.rights
        make_folder(self.folder, rights)
        path = self._layout.database
        lock = Lock(self._layout.locks / "database.lock", annotator or "", rights)
        with lock.held("the database"):
            there, wrong = read_database(path)
            if wrong:
                from reader.storage.repair import quarantine

                quarantine(self._layout.shelf(path.stem), path)
            elif there is None and self.folder.name == PROJECT:
                write_atomically(self.folder / ".gitignore", _NOT_FOR_GIT, rights)
            tables = there or fresh_tables()
            added = add_annotator(tables, annotator) if annotator else False
            if added or wrong or there is None:
                from reader.storage.tinydb_storage import JsonFile

                JsonFile(path, rights).write(tables)
        lock.close()


def _slug(title: str) -> str:
    """A title as the beginning of a file's name: readable, and the same on every system."""
    plain = unicodedata.normalize("NFKD", title.rsplit(".", 1)[0])
    letters = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower())
    return letters.strip("-")[:40].strip("-") or "text"
