"""TinyDB's storage, made safe: a JSON file that is only ever replaced whole.

TinyDB's own JSONStorage writes in place and truncates afterwards, so that a kill or a full disk in
between destroys the file, and it takes an empty file for a new database. This one does neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tinydb.storages import Storage

from reader.storage.files import write_atomically
from reader.storage.json_file import read_tables, serialize
from reader.storage.layout import PRIVATE, Rights
from reader.storage.packed import Row


class JsonFile(Storage):
    """A TinyDB file with one record per line."""

    def __init__(self, path: Path, rights: Rights = PRIVATE) -> None:
        self.path = path
        self.rights = rights

    def read(self) -> dict[str, dict[str, Row]] | None:
        """The tables, or None when there is no file. Raises StoreError on what does not parse."""
        tables = read_tables(self.path)
        return None if tables is None else {name: dict(rows) for name, rows in tables.items()}

    def write(self, data: Mapping[str, Mapping[str, object]]) -> None:
        """Put the tables in the file's place. On the disk when this returns. Raises StoreError."""
        write_atomically(self.path, serialize(data), self.rights)
