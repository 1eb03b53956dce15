"""The database: a folder with one file per document and the texts that were annotated."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from tinydb import TinyDB

from reader.errors import StoreError
from reader.model.document import Document
from reader.model.layer import Layers
from reader.storage.document_file import DocumentFile, read_document, read_layers
from reader.storage.files import make_folder, store_error
from reader.storage.json_file import JsonFile, Tables, damaged, parse
from reader.storage.locks import locked
from reader.storage.migrations import check_schema, fresh_meta
from reader.storage.texts import Texts

_HEAD: Final = re.compile(rb'"document":\{\n"\d+":\{.*\}\n\}')
_HEAD_BYTES: Final = 65536
_TAIL: Final = re.compile("[0-9a-f]{6}")
_SCHEME: Final = "attribution"


class Entry(NamedTuple):
    """A document in the database and the file that holds it."""

    path: Path
    document: Document


class Damaged(NamedTuple):
    """A file that should hold a document and cannot be used, with the reason."""

    path: Path
    error: StoreError


class Repository:
    """The documents below one folder. Looking never makes or changes anything."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.texts = Texts(folder / "texts")
        self._documents = folder / "documents"
        self._locks = folder / "locks"
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
        path = self.folder / "database.json"
        tables = JsonFile(path).read()
        if tables is not None:
            check_schema(tables, path)

    # Looking ------------------------------------------------------------------------------------

    def entries(self) -> Iterator[Entry | Damaged]:
        """Every document file, by name; the damaged ones with what is wrong, never left out."""
        try:
            paths = sorted(each for each in self._documents.iterdir() if each.suffix == ".json")
        except FileNotFoundError:
            return
        except OSError as error:
            raise store_error(f"{self._documents} cannot be read", error) from error
        for path in paths:
            try:
                yield Entry(path, _head(path))
            except StoreError as error:
                yield Damaged(path, error)

    def path_of(self, sha256: str) -> Path | None:
        """The file of the document with that text, if there is one that can be used."""
        for entry in self.entries():
            if isinstance(entry, Entry) and entry.document.sha256 == sha256:
                return entry.path
        return None

    def layers(self, path: Path) -> Layers:
        """All that one of the files holds. Raises StoreError when it is damaged."""
        return read_layers(_read(path), path)

    def open(self, path: Path) -> DocumentFile:
        """A document's file, to read and to change."""
        return DocumentFile(path, self._locks)

    # Making -------------------------------------------------------------------------------------

    def begin(self, document: Document) -> DocumentFile:
        """A place for a new document. Nothing is written until something is appended."""
        return DocumentFile(
            self._free(document),
            self._locks,
            document,
            elsewhere=lambda: self.path_of(document.sha256),
        )

    def _free(self, document: Document) -> Path:
        """A path for a new document. Ids may be of others' making: end in what is no name, or all
        alike."""
        slug, tail = _slug(document.title), document.id[-6:]
        path = self._documents / f"{slug}~{tail}.json"
        if not _TAIL.fullmatch(tail) or path.exists():
            path = self._documents / f"{slug}~{document.sha256[:32]}.json"
        return path

    def prepare(self, annotator: str) -> None:
        """Make the folder ours, and know the annotator. Called before the first change."""
        if annotator in self._known_annotators:
            return
        make_folder(self.folder)
        path = self.folder / "database.json"
        with locked(self._locks / "database.lock", "the database"):
            storage = TinyDB(path, storage=JsonFile).storage
            tables: Tables | None = storage.read()
            if tables is None:
                tables = {"_meta": {"1": fresh_meta()}, "scheme": {"1": {"name": _SCHEME}}}
            check_schema(tables, path)
            names = tables.setdefault("annotators", {})
            if not any(row.get("name") == annotator for row in names.values()):
                names[str(max(map(int, names), default=0) + 1)] = {"name": annotator}
                storage.write(tables)
        self._known_annotators.add(annotator)


def _slug(title: str) -> str:
    """A title as the beginning of a file's name: readable, and the same on every system."""
    plain = unicodedata.normalize("NFKD", title.rsplit(".", 1)[0])
    letters = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower())
    return letters.strip("-")[:40].strip("-") or "text"


def _read(path: Path) -> Tables:
    tables = JsonFile(path).read()
    if tables is None:
        raise damaged(path, "it is gone")
    return tables


def _head(path: Path) -> Document:
    """A file's document, read from its first lines alone where they are as we write them."""
    try:
        with path.open("rb") as file:
            start = file.read(_HEAD_BYTES)
    except OSError as error:
        raise store_error(f"{path} cannot be read", error) from error
    match = _HEAD.search(start)
    if match is not None:
        with contextlib.suppress(StoreError):  # the whole file's tells what is wrong, and the line
            return read_document(parse(start[: match.end()] + b"}", path), path)
    return read_document(parse(start, path) if len(start) < _HEAD_BYTES else _read(path), path)
