"""Rows of a file to records of the model, checked field by field, and back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from reader.errors import StoreError
from reader.model.annotation import Annotation
from reader.model.change import Record
from reader.model.document import Document
from reader.model.link import Link
from reader.model.plain import from_plain
from reader.storage.json_file import damaged

R = TypeVar("R", bound=Record)

TABLES: Mapping[type[object], str] = {
    Document: "document",
    Annotation: "annotations",
    Link: "links",
}


def read_record(row: object, kind: type[R], path: Path) -> R:
    """One row as a record. Raises StoreError that names the file, the table and the field."""
    table = TABLES[kind]
    if not isinstance(row, dict):
        raise damaged(path, f"a row of '{table}' is no object")
    try:
        record = msgspec.convert(from_plain(row, kind), kind)
    except msgspec.ValidationError as error:
        raise damaged(path, f"{table}, id {row.get('id')!r}: {error}") from error
    if isinstance(record, Annotation):
        check_fragments(record, path)
    return record


def check_fragments(annotation: Annotation, path: Path) -> None:
    """Raise StoreError unless the fragments are ascending ranges with one quotation each."""
    last = 0
    for start, end in annotation.fragments:
        if not last <= start < end:
            raise _misplaced(annotation, path)
        last = end
    if not annotation.fragments or len(annotation.fragments) != len(annotation.quote):
        raise _misplaced(annotation, path)


def _misplaced(annotation: Annotation, path: Path) -> StoreError:
    ranges = ",".join(f"{start}:{end}" for start, end in annotation.fragments)
    return damaged(path, f"annotations, id '{annotation.id}': its ranges '{ranges}' make no sense")
