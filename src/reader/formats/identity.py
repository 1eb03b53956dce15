"""Which record of a foreign file is which: the same file gives the same ids each time.

An id that is a UUID is the record's own, wherever it goes. Any other is a name inside of one file:
in its place comes a UUID of version 8 (RFC 9562, 5.8), made of the SHA-256 of what the record is:
text, format, annotator, kind, label and place; and its number among those that are equal in all of
that, so that the order of the file does not matter.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import Final, TypeVar
from uuid import UUID

from msgspec.structs import replace

from reader.formats.codec import Content
from reader.model.annotation import Annotation, reading_order
from reader.model.link import Link

R = TypeVar("R", Annotation, Link)

_UUID: Final = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def derived_id(*parts: object) -> str:
    """The UUID, version 8, of some JSON values."""
    written = json.dumps(parts, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    bits = int.from_bytes(hashlib.sha256(written.encode("ascii")).digest()[:16], "big")
    bits = bits & ~(0xF << 76) | 8 << 76
    return str(UUID(int=bits & ~(0b11 << 62) | 0b10 << 62))


def document_id(sha256: str) -> str:
    """The id of a document that nobody gave one."""
    return derived_id("document", sha256)


def is_own(record_id: str) -> bool:
    """Whether an id is the record's own, and not a name inside of a file."""
    return _UUID.fullmatch(record_id) is not None


def is_derived(record_id: str) -> bool:
    """Whether an id was made here, of what the record is."""
    return is_own(record_id) and record_id[14] == "8"


def identified(content: Content, format_name: str, annotator: str, now: str) -> Content:
    """The content with ids of its own, and with what its file left unsaid: made now by `annotator`,
    who imports it from that format."""
    sha256 = content.document.sha256
    origin = {"by": "import", "format": format_name}
    annotations = [_filled(each, annotator, now, origin) for each in content.annotations]
    links = [_filled(each, annotator, now, origin) for each in content.links]
    marks = [
        (sha256, format_name, each.annotator, each.kind, each.label, each.fragments)
        for each in annotations
    ]
    ids = _ids(annotations, marks)
    annotations = [replace(each, id=ids[each.id]) for each in annotations]
    links = [
        replace(
            each,
            from_id=ids[each.from_id],
            to_id=ids[each.to_id],
            via_id=ids[each.via_id] if each.via_id is not None else None,
        )
        for each in links
    ]
    ties = [(sha256, format_name, each.annotator, each.type, *each.ends) for each in links]
    link_ids = _ids(links, ties)
    links = [replace(each, id=link_ids[each.id]) for each in links]
    annotations.sort(key=reading_order)
    return replace(content, annotations=tuple(annotations), links=tuple(links))


def _filled(record: R, annotator: str, now: str, origin: dict[str, str]) -> R:
    created = record.created or now
    return replace(
        record,
        annotator=record.annotator or annotator,
        origin=record.origin or origin,
        created=created,
        updated=record.updated or created,
    )


def _ids(records: Sequence[R], keys: Sequence[tuple[object, ...]]) -> dict[str, str]:
    """From the names in the file to ids; those with equal keys are numbered by what they say."""
    order = sorted(range(len(records)), key=lambda at: _says(records[at]))
    seen: Counter[tuple[object, ...]] = Counter()
    ids: dict[str, str] = {}
    for at in order:
        record, key = records[at], keys[at]
        if is_own(record.id):
            ids[record.id] = record.id
            continue
        ids[record.id] = derived_id(type(record).__name__.lower(), *key, seen[key])
        seen[key] += 1
    return ids


def _says(record: Annotation | Link) -> str:
    return json.dumps([record.note, record.attributes], sort_keys=True, default=str)
