"""Records as plain dicts, in the order in which files show them.

Both what is kept and what is exported is made from these, so that a field has one name everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from reader.model.annotation import Annotation
from reader.model.change import Record
from reader.model.document import Document, Revision
from reader.model.link import Link

Plain = dict[str, object]

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


def to_plain(record: Record) -> Plain:
    """The record as a dict of JSON's own types; fields of a later version come last, untouched."""
    plain: Plain = {}
    for name in ORDER[type(record)]:
        plain[name] = _value(getattr(record, _RENAMED.get(name, name)))
    plain.update(record.extra)
    return plain


def from_plain(plain: Mapping[str, object], kind: type[object]) -> Plain:
    """A file's dict with the field names of the class; what it has no field for goes to `extra`."""
    known = dict(plain)
    extra: Plain = {}
    if not known.keys() <= _NAMES[kind]:
        extra = {name: known.pop(name) for name in plain if name not in _NAMES[kind]}
    for name in _RENAMED.keys() & known.keys():
        known[_RENAMED[name]] = known.pop(name)
    known["extra"] = extra
    return known


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
