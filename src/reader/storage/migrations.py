"""From the schema a file was written in to the one this version works with."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from reader.errors import StoreError
from reader.storage.json_file import Tables, damaged

FORMAT: Final = "reader"
SCHEMA: Final = 1


def check_schema(tables: Tables, path: Path) -> None:
    """Raise StoreError unless the tables are ours and in a schema this version knows."""
    meta = tables.get("_meta", {}).get("1")
    if not isinstance(meta, dict) or meta.get("format") != FORMAT:
        raise damaged(path, "it was not written by reader")
    schema = meta.get("schema")
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        raise damaged(path, f"its schema is {schema!r}, which is no number of a schema")
    if schema > SCHEMA:
        raise StoreError(
            f"{path} cannot be used",
            f"a newer reader wrote it (schema {schema}, this one knows {SCHEMA})",
            "It was left untouched. Install the newer reader.",
        )


def fresh_meta() -> dict[str, object]:
    """The `_meta` row of a new file."""
    return {"format": FORMAT, "schema": SCHEMA, "seq": 0}
