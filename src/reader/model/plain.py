"""Records as plain dicts, in the order in which files show them.

Both what is kept and what is exported is made from these, so that a field has one name everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeVar

import msgspec

from reader.model.annotation import Annotation
from reader.model.change import Record
from reader.model.document import Document, Revision
from reader.model.link import Link
from reader.model.names import EXTRA

Plain = dict[str, object]
R = TypeVar("R", bound=Record)

ORDER: Final[Mapping[type[object], tuple[str, ...]]] = {
    Document: (
        *("id", "title", "paths", "sha256", "bytes_sha256", "bytes", "length", "encoding"),
        *("newline", "url", "author", "published", "state", "note", "attributes", "position"),
        *("opened", "revisions", "created", "updated"),
    ),
    Annotation: (
        *("id", "rev", "kind", "label", "fragments", "quote", "prefix", "suffix", "anchor"),
        *("attributes", "note", "foreign", "annotator", "origin", "created", "updated"),
    ),
    Link: (
        *("id", "rev", "type", "from", "to", "via", "attributes", "note", "foreign"),
        *("annotator", "origin", "created", "updated"),
    ),
}
"""The fields of each record by the names they have in files."""

_LEAVES: Final = frozenset({str, int, bool, type(None)})
_NAMES: Final = {kind: frozenset(names) for kind, names in ORDER.items()}
_RENAMED: Final = {"from": "from_id", "to": "to_id", "via": "via_id"}
"""The fields that cannot be called in Python as they are in files."""


def to_plain(record: Record) -> Plain:
    """The record as a dict of JSON's own types; fields of a later version come last, untouched."""
    plain: Plain = {}
    for name in ORDER[type(record)]:
        plain[name] = _value(getattr(record, _RENAMED.get(name, name)))
    plain.update(record.extra)
    return plain


def record_of(plain: Mapping[str, object], kind: type[R]) -> R:
    """The record that a file's dict stands for; what the class has no field for goes to `extra`.
    Raises msgspec.ValidationError."""
    known, extra = _apart(plain, kind)
    return msgspec.convert({**known, EXTRA: extra}, kind)


def from_plain(plain: Mapping[str, object], kind: type[object]) -> Plain:
    """The same, unchecked, as the arguments that make the record."""
    known, extra = _apart(plain, kind)
    for name in _RENAMED.keys() & known.keys():
        known[_RENAMED[name]] = known.pop(name)
    return {**known, "extra": extra}


def _apart(plain: Mapping[str, object], kind: type[object]) -> tuple[Plain, Plain]:
    """What the class has fields for, and what it has none for."""
    names = _NAMES[kind]
    if plain.keys() <= names:
        return dict(plain), {}
    known = {name: value for name, value in plain.items() if name in names}
    return known, {name: value for name, value in plain.items() if name not in names}


def _value(value: object) -> object:
    if type(value) in _LEAVES:  # nearly all: looking no further makes a save a tenth faster
        return value
    match value:
        case Revision(sha256=sha256, seen=seen):
            return {"sha256": sha256, "seen": seen}
        case tuple() | list():
            return [_value(each) for each in value]
        case Mapping():
            return dict(value)
    return value
