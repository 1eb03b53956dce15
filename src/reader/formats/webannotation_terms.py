"""The words and addresses of our Web Annotations.

Whatever is named there must be an absolute IRI (RFC 3987). A record is known by its UUID, a text by
its SHA-256: a position holds in that very text alone, so its address, where it may be read in some
later version, would name the wrong thing.
"""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import quote, unquote

from reader.formats.identity import is_own

ANNO: Final = "http://www.w3.org/ns/anno.jsonld"
"""The context of the W3C, which stands first (Web Annotation Data Model, 3.1)."""

TERMS: Final[dict[str, Any]] = {
    "@version": 1.1,
    "reader": "urn:reader:terms#",
    "documents": {"@id": "reader:documents", "@type": "@id"},
    "facet": "reader:facet",
    "part": "reader:part",
    "cue": {"@id": "reader:cue", "@type": "@id"},
    "attributes": {"@id": "reader:attributes", "@type": "@json"},
    "more": {"@id": "reader:more", "@type": "@json"},
}
"""Our own context. `documents` are the texts that were annotated. `facet` says what a tag is: the
kind, the label, or a link's type. `part` numbers the targets that together are one selection.
`cue` is what a link goes by. `attributes` and `more` are JSON that is kept as it is."""

KIND: Final = "kind"
LABEL: Final = "label"
TYPE: Final = "type"

_UUID: Final = "urn:uuid:"
_NAMED: Final = "urn:reader:id:"
_TEXT: Final = "urn:sha256:"
_HASH: Final = re.compile("[0-9a-f]{64}")
_IRI: Final = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.IGNORECASE)


def record_iri(record_id: str) -> str:
    """What names a record."""
    return f"{_UUID}{record_id}" if is_own(record_id) else f"{_NAMED}{quote(record_id, safe='')}"


def record_name(iri: str) -> str:
    """The id of the record with that IRI; of a foreign one the IRI itself."""
    if iri.startswith(_NAMED):
        return unquote(iri.removeprefix(_NAMED))
    bare = iri.removeprefix(_UUID).lower()
    return bare if iri.startswith(_UUID) and is_own(bare) else iri


def text_iri(sha256: str) -> str:
    """What names a text."""
    return f"{_TEXT}{sha256}"


def text_sha256(iri: str) -> str | None:
    """The hash of the text with that IRI, if that is what names it."""
    bare = iri.removeprefix(_TEXT)
    return bare if iri.startswith(_TEXT) and _HASH.fullmatch(bare) else None


def is_iri(words: str) -> bool:
    """Whether a string is an absolute IRI, and no words."""
    return _IRI.fullmatch(words) is not None


def is_own_iri(iri: str) -> bool:
    """Whether an IRI is one that we gave."""
    return iri.startswith(_NAMED) or record_name(iri) != iri
