"""Where each thing lies in a database, and with which rights it is made."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

PROJECT: Final = ".reader"
"""The name of a project's own database: its files follow the umask, all others are private."""


class Rights(NamedTuple):
    """The modes that new folders and new files are made with, before the umask."""

    folder: int
    file: int


PRIVATE: Final = Rights(0o700, 0o600)
COMMON: Final = Rights(0o777, 0o666)


class Shelf(NamedTuple):
    """The files of one document. They share a name, and need not exist."""

    json: Path
    journal: Path
    backup: Path
    lock: Path
    quarantine: Path
    """A folder, for all documents."""
    rights: Rights = PRIVATE

    @property
    def name(self) -> str:
        return self.json.stem


class Layout:
    """The folders and files of one database."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.documents = root / "documents"
        self.journals = root / "journal"
        self.backups = root / "backup"
        self.texts = root / "texts"
        self.locks = root / "locks"
        self.quarantine = root / "quarantine"
        self.trash = root / "trash"
        self.catalog = root / "catalog.json"
        self.places = root / "places.json"
        self.database = root / "database.json"
        self.rights = COMMON if root.name == PROJECT else PRIVATE

    def shelf(self, name: str) -> Shelf:
        """Where the files of the document with that name are."""
        return Shelf(
            self.documents / f"{name}.json",
            self.journals / f"{name}.jsonl",
            self.backups / f"{name}.json",
            self.locks / f"{name}.lock",
            self.quarantine,
            self.rights,
        )

    def begun(self) -> set[str]:
        """The names of the documents' files, those left out that are still being written."""
        try:
            return {path.name for path in self.documents.iterdir() if path.suffix == ".json"}
        except OSError:
            return set()


class Stamp(NamedTuple):
    """What tells one state of a file from the next. A replaced file has another inode."""

    inode: int
    modified: int
    size: int


def stamp(path: Path) -> Stamp | None:
    """The stamp of a file; None when it is not there, or cannot be looked at."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return Stamp(stat.st_ino, stat.st_mtime_ns, stat.st_size)
