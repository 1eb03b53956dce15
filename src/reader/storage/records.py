"""Rows of a file to records of the model, checked field by field, and back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from sys import intern
from typing import Any, Final, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import force_setattr

from reader.errors import StoreError
from reader.model.annotation import Annotation
from reader.model.change import Record
from reader.model.document import Document
from reader.model.link import Link
from reader.model.plain import record_of
from reader.storage.damage import damaged
from reader.storage.packed import PackedRows, Row

R = TypeVar("R", bound=Record)

M = TypeVar("M", Annotation, Link)


class _Name(Struct):
    id: str


_name: Final = msgspec.json.Decoder(_Name)
_decoders: Final[Mapping[type[object], msgspec.json.Decoder[Any]]] = {
    kind: msgspec.json.Decoder(kind) for kind in (Annotation, Link)
}
# no record's mapping is ever changed in place
_NONE: Final[Mapping[str, object]] = {}
_BY_HAND: Final[Mapping[str, object]] = {"by": "hand"}

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
        record = record_of(row, kind)
    except msgspec.ValidationError as error:
        raise damaged(path, f"{table}, id {row.get('id')!r}: {error}") from error
    if isinstance(record, Annotation):
        check_fragments(record, path)
    return record


def read_records(rows: Mapping[str, Row], kind: type[M], path: Path) -> list[M]:
    """The rows of a table as records. Raises as `read_record` does."""
    if not isinstance(rows, PackedRows):
        return [read_record(row, kind, path) for row in rows.values()]
    decode = _decoders[kind].decode
    found = []
    for number, row in rows.lines():
        try:
            record = decode(row)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            # a field that this version has no word for, or what cannot be
            found.append(read_record(rows[number], kind, path))
            continue
        if isinstance(record, Annotation):
            check_fragments(record, path)
        found.append(_slim(record))
    return found


def _slim(record: M) -> M:
    """The same record without what it has in common with nearly all others, to be kept once."""
    for name in ("attributes", "foreign", "extra"):
        if not getattr(record, name):
            force_setattr(record, name, _NONE)
    if record.origin == _BY_HAND:
        force_setattr(record, "origin", _BY_HAND)
    if record.updated == record.created:
        force_setattr(record, "updated", record.created)
    force_setattr(record, "annotator", intern(record.annotator))
    if isinstance(record, Annotation):
        force_setattr(record, "kind", intern(record.kind))
    return record


def ids(rows: Mapping[str, Row]) -> dict[str, str]:
    """The numbers of the rows by the ids of their records."""
    if isinstance(rows, PackedRows):
        return {_name.decode(row).id: number for number, row in rows.lines()}
    return {str(row["id"]): number for number, row in rows.items()}


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
