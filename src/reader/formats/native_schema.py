"""The shape of the native JSON, from which imports are checked and its JSON Schema is made."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from reader.model.annotation import Anchor
from reader.model.document import State

SCHEMA: Final = 1

Offset = Annotated[int, Meta(ge=0, description="code points from the start of the exact text")]
Range = Annotated[tuple[Offset, Offset], Meta(description="[start, end), half-open")]
Id = Annotated[str, Meta(min_length=1, description="a UUID: version 7 if made here, 8 if derived")]
Time = Annotated[str, Meta(description="RFC 3339, UTC")]
Name = Annotated[str, Meta(min_length=1)]
Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class AnnotationItem(msgspec.Struct, kw_only=True):
    """One mark; `quote` has one string per fragment and equals the text there."""

    id: Id
    kind: Name
    label: Name | None
    fragments: Annotated[list[Range], Meta(min_length=1)]
    quote: Annotated[list[str], Meta(min_length=1)]
    prefix: str
    suffix: str
    anchor: Anchor
    attributes: dict[str, Any]
    note: str
    foreign: dict[str, Any]
    annotator: Name
    origin: dict[str, Any]
    created: Time
    updated: Time


class LinkItem(msgspec.Struct, kw_only=True, rename={"from_id": "from", "to_id": "to"}):
    """A tie from one annotation to another, by way of a third or null."""

    id: Id
    type: Name
    from_id: Id
    to_id: Id
    via: Id | None
    attributes: dict[str, Any]
    note: str
    foreign: dict[str, Any]
    annotator: Name
    origin: dict[str, Any]
    created: Time
    updated: Time


class DocumentItem(msgspec.Struct, kw_only=True):
    """A text and its marks. Without `text`, an import needs the text beside it."""

    id: Id
    title: str
    sha256: Annotated[Sha256, Meta(description="of the exact text written as UTF-8")]
    length: Offset
    encoding: str
    newline: str
    url: str | None
    author: str | None
    published: str | None
    state: State
    note: str
    attributes: dict[str, Any]
    annotations: list[AnnotationItem]
    links: list[LinkItem]
    text: str | msgspec.UnsetType = msgspec.UNSET


class Export(msgspec.Struct, kw_only=True):
    """A file made by `reader export`."""

    format: Literal["reader"]
    schema: Annotated[int, Meta(ge=1)]
    documents: list[DocumentItem]


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the native JSON."""
    schema = msgspec.json.schema(Export)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
