"""From the schema a file was written in to the one this version works with.

1: the file alone was the truth, replaced whole with every change.
2: a journal stands beside it; `_meta` has the file's own checksum and that of its last line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from reader.errors import StoreError
from reader.storage.damage import damaged
from reader.storage.json_file import Tables

FORMAT: Final = "reader"
SCHEMA: Final = 2


class NewerError(StoreError):
    """A newer reader wrote the file: it may be looked at, and never written."""


def check_schema(tables: Tables, path: Path) -> int:
    """The schema of the tables. Raises StoreError when they are none of ours, NewerError."""
    meta = tables.get("_meta", {}).get("1")
    if not isinstance(meta, dict) or meta.get("format") != FORMAT:
        raise damaged(path, "it was not written by reader")
    schema = meta.get("schema")
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        raise damaged(path, f"its schema is {schema!r}, which is no number of a schema")
    if schema > SCHEMA:
        raise NewerError(
            f"{path} is read-only here",
            f"a newer reader wrote it (schema {schema}, this one knows {SCHEMA})",
            "Install the newer reader to mark it.",
        )
    return schema


def migrated(tables: Tables, path: Path) -> Tables:
    """The tables in this version's schema: in memory, to be written with the next save.

    Raises as `check_schema` does.
    """
    for schema in range(check_schema(tables, path), SCHEMA):
        meta = {**tables["_meta"]["1"], "schema": schema + 1}
        tables = {**_STEPS[schema](tables), "_meta": {"1": meta}}
    return tables


def _from_1(tables: Tables) -> Tables:
    """The rows are the same; what is new stands beside the file."""
    return tables


_STEPS: Final[Mapping[int, Callable[[Tables], Tables]]] = {1: _from_1}


def fresh_meta() -> dict[str, object]:
    """The `_meta` row of a new file."""
    return {"format": FORMAT, "schema": SCHEMA, "seq": 0}
