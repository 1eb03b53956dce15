"""reader's own JSON: all that was made, and back again without a difference.

Offsets are code points of the exact text, half-open. The same data gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeVar

import msgspec

from reader.errors import InputError
from reader.formats.codec import Codec, Content, Files, Options, check_places, unusable
from reader.formats.hidden import escaped
from reader.formats.json_lines import line_at, line_of_error, path_in
from reader.formats.native_schema import SCHEMA, Export
from reader.formats.report import Report, place
from reader.formats.source import Source, is_deep
from reader.formats.units import Unit
from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.model.link import Link
from reader.model.plain import record_of, to_plain
from reader.text.decode import text_hash

R = TypeVar("R", Document, Annotation, Link)

_AT_HOME: Final = frozenset(
    {"paths", "bytes_sha256", "bytes", "position", "opened", "revisions", "created", "updated"}
)
"""Fields of a document that say where it is kept and read, not what it is."""


class NativeJson(Codec):
    """The native format: see docs/json.md."""

    name = "json"
    summary = "reader's own: every annotation, link, attribute and note"
    extensions = (".json",)
    unit: Unit | None = "codepoints"
    carries = ("everything that was marked", "the texts", "what is known of the documents")
    loses = ()
    options = {"text": ()}
    reads = True
    exact = True

    def encode(self, contents: Sequence[Content], options: Options, report: Report) -> Files:
        """One record per line, so that two exports can be compared line by line."""
        with_text = options.text is not False
        documents = ",\n".join(_document(content, with_text) for content in contents)
        text = f'{{"format": "reader", "schema": {SCHEMA}, "documents": [{documents}]}}\n'
        return Files(escaped(text).encode("utf-8"))

    def decode(self, source: Source, options: Options, report: Report) -> list[Content]:
        """Read an export, checking every word of it against the text."""
        raw = _parse(source.data, source.name)
        return [_content(each, source, at) for at, each in enumerate(raw)]

    def looks_like(self, name: str, head: bytes) -> bool:
        return _OURS.search(head) is not None


JSON: Final = NativeJson()
_OURS: Final = re.compile(rb'"format"\s*:\s*"reader"')


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _document(content: Content, with_text: bool) -> str:
    fields = {
        name: value
        for name, value in to_plain(content.document).items()
        if name not in _AT_HOME and name not in ("text", "annotations", "links")
    }
    if content.text is not None and with_text:
        fields["text"] = content.text
    lines = [f"{_json(name)}: {_json(value)}" for name, value in fields.items()]
    for name, records in (("annotations", content.annotations), ("links", content.links)):
        rows = ",\n".join(_json(_without_revision(to_plain(record))) for record in records)
        lines.append(f'"{name}": [\n{rows}]' if rows else f'"{name}": []')
    return "\n{" + ",\n".join(lines) + "}"


def _without_revision(plain: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in plain.items() if name != "rev"}


def _parse(data: bytes, name: str) -> list[dict[str, Any]]:
    try:
        raw = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        where = place(name, line_of_error(data, str(error)))
        raise InputError(
            f"{where} is no JSON", str(error), "Give a file that 'reader export' made."
        ) from error
    if is_deep(raw):
        raise InputError(f"{name} cannot be imported", "it is nested too deeply")
    if not isinstance(raw, dict) or raw.get("format") != "reader":
        raise InputError(
            f"{name} is no export of reader",
            'it lacks "format": "reader"',
            "Give a file that 'reader export' made.",
        )
    schema = raw.get("schema")
    if isinstance(schema, int) and schema > SCHEMA:
        raise InputError(
            f"{name} was written by a newer reader",
            f"schema {schema}, this one knows {SCHEMA}",
            "Install the newer reader.",
        )
    try:
        msgspec.convert(raw, Export)
    except msgspec.ValidationError as error:
        where = place(name, line_at(data.decode("utf-8"), path_in(str(error))))
        raise InputError(
            f"{where} cannot be imported", str(error), "Nothing was imported."
        ) from error
    documents: list[dict[str, Any]] = raw["documents"]
    return documents


def _content(raw: Mapping[str, Any], source: Source, number: int) -> Content:
    where = f"{source.name}, document {number + 1}"

    def place_of(records: str, at: int) -> str:
        line = line_at(source.text(), ("documents", number, records, at))
        return f"{place(source.name, line)}, document {number + 1}"

    fields = {
        name: value
        for name, value in raw.items()
        if name not in _AT_HOME and name not in ("text", "annotations", "links")
    }
    content = Content(
        document=_record({**fields, "created": "", "updated": ""}, Document),
        text=raw.get("text"),
        annotations=tuple(_record(each, Annotation) for each in raw["annotations"]),
        links=tuple(_record(each, Link) for each in raw["links"]),
    )
    if content.text is not None and text_hash(content.text) != content.document.sha256:
        raise unusable(where, "its text is not the one that its sha256 names")
    _check_ids(content, where, place_of)
    if content.text is not None:
        check_places(content, content.text, where, partial(place_of, "annotations"))
    return content


def _record(raw: Mapping[str, Any], kind: type[R]) -> R:
    """A record as it is made from what `Export` has checked; its revisions are counted anew."""
    return record_of(_without_revision(raw), kind)


def _check_ids(content: Content, where: str, place_of: Callable[[str, int], str]) -> None:
    ids = {annotation.id for annotation in content.annotations}
    if len(ids) != len(content.annotations):
        raise unusable(where, "two annotations have the same id")
    if len({link.id for link in content.links}) != len(content.links):
        raise unusable(where, "two links have the same id")
    for at, link in enumerate(content.links):
        missing = next((end for end in link.ends if end not in ids), None)
        if missing is not None:
            raise unusable(
                place_of("links", at), f"link {link.id} hangs on {missing}, which is not there"
            )
