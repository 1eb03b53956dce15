"""The database's own file: who has marked in it. What is broken in it is no reason to stop."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from reader.storage.damage import DamagedError
from reader.storage.json_file import Rows, Tables, read_tables
from reader.storage.migrations import FORMAT, SCHEMA, check_schema, fresh_meta

_SCHEME: Final = "attribution"
_PIECES: Final = re.compile(rb'"\d+"\s*:\s*(\{[^{}\n]*\})|"([A-Za-z_]+)"\s*:\s*\{')
"""A row, or the name that a table begins with."""


def fresh_tables() -> Tables:
    return {"_meta": {"1": fresh_meta()}, "scheme": {"1": {"name": _SCHEME}}, "annotators": {}}


def read_database(path: Path) -> tuple[Tables | None, str]:
    """The tables and what is wrong with the file: if anything is, they are what can be made out.

    None when there is no file. Raises NewerError, and StoreError when it is none of ours.
    """
    wrong = ""
    try:
        tables = read_tables(path)
    except DamagedError as error:
        data = path.read_bytes()
        if _is_foreign(data):
            raise
        wrong = "it holds both sides of a merge" if b"<<<<<<< " in data else error.cause
        tables = _made_out(data)
    if tables is not None:
        check_schema(tables, path)
    return tables, wrong


def add_annotator(tables: Tables, name: str) -> bool:
    """Enter an annotator; False when the name is there already."""
    rows: Rows = tables.setdefault("annotators", {})
    if any(row.get("name") == name for row in rows.values()):
        return False
    rows[str(max(map(int, rows), default=0) + 1)] = {"name": name}
    return True


def _is_foreign(data: bytes) -> bool:
    """Whether it is sound JSON that no reader wrote: then it is somebody else's."""
    try:
        there = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    try:
        return bool(there["_meta"]["1"]["format"] != FORMAT)
    except (KeyError, TypeError, IndexError):
        return True


def _made_out(data: bytes) -> Tables:
    """New tables with every annotator that can be made out, on either side of a merge."""
    tables = fresh_tables()
    for table, row in _rows(data):
        schema, name = row.get("schema"), row.get("name")
        if table == "_meta" and isinstance(schema, int) and schema > SCHEMA:
            tables["_meta"]["1"] = row
        elif table == "annotators" and isinstance(name, str):
            add_annotator(tables, name)
    return tables


def _rows(data: bytes) -> Iterator[tuple[str, dict[str, object]]]:
    table = ""
    for piece in _PIECES.finditer(data):
        if piece[2] is not None:
            table = piece[2].decode()
            continue
        with contextlib.suppress(msgspec.DecodeError, UnicodeDecodeError):
            yield table, msgspec.json.decode(piece[1], type=dict[str, object])
