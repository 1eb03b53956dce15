"""Records for tests: deterministic ids and times, fictional people."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from reader.anchoring.describe import describe
from reader.model.annotation import Annotation
from reader.model.change import Change, Edit
from reader.model.document import Document, Revision
from reader.model.fragment import Fragment
from reader.model.link import ATTRIBUTION, Link
from reader.text.decode import newline_of, text_hash

TEXT = (
    "PORT AMRIN - A fire destroyed two warehouses on Monday, officials said.\n"
    "“We had warned them twice,” said Ines Varga, “and nothing was done.”\n"
    "The harbour will reopen, according to a clerk of the port.\n"
)
TIME = "2026-11-22T15:24:12.074Z"
LATER = "2026-11-22T16:00:00.000Z"


def record_id(number: int) -> str:
    """A version 7 UUID; they are in the order of their numbers."""
    return f"01a203db-95a7-7000-8000-{number:012x}"


def document(text: str = TEXT, *, number: int = 0xD0C, **fields: Any) -> Document:
    sha256 = text_hash(text)
    made = Document(
        id=record_id(number),
        title="harbour-fire.txt",
        sha256=sha256,
        length=len(text),
        newline=newline_of(text),
        revisions=(Revision(sha256=sha256, seen=TIME),),
        created=TIME,
        updated=TIME,
    )
    return replace(made, **fields)


def mark(number: int, *ranges: tuple[int, int], text: str = TEXT, **fields: Any) -> Annotation:
    """An annotation of these ranges of the text, quoting what stands there."""
    fragments = tuple(Fragment(*each) for each in ranges or ((0, 10),))
    quote, prefix, suffix = describe(text, fragments)
    made = Annotation(
        id=record_id(number),
        kind="claim",
        label=None,
        fragments=fragments,
        quote=quote,
        prefix=prefix,
        suffix=suffix,
        annotator="anna",
        created=TIME,
        updated=TIME,
    )
    return replace(made, **fields)


def of(words: str, number: int, *, text: str = TEXT, **fields: Any) -> Annotation:
    """An annotation of the first place where the words stand."""
    at = text.index(words)
    return mark(number, (at, at + len(words)), text=text, **fields)


def tie(
    number: int,
    origin: Annotation,
    target: Annotation,
    via: Annotation | None = None,
    **fields: Any,
) -> Link:
    made = Link(
        id=record_id(number),
        type=ATTRIBUTION,
        from_id=origin.id,
        to_id=target.id,
        via_id=via.id if via else None,
        annotator="anna",
        created=TIME,
        updated=TIME,
    )
    return replace(made, **fields)


def change(*edits: Edit, did: str = "tagged", annotator: str = "anna", at: str = LATER) -> Change:
    return Change(edits, did, annotator, at)


def adding(*records: Annotation | Link, **fields: Any) -> Change:
    return change(*(Edit(None, record) for record in records), **fields)


def removing(*records: Annotation | Link, **fields: Any) -> Change:
    return change(*(Edit(record, None) for record in records), **fields)
