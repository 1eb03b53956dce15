"""W3C Web Annotations: JSON-LD, an AnnotationCollection with all its items in the first page.

See the Web Annotation Data Model (https://www.w3.org/TR/annotation-model/, a W3C Recommendation of
2017). Positions are code points, as it demands (4.2.5). A target has two selectors, which say the
same in two ways; the parts of a split span are targets that number themselves with `part`, since
several targets would be several selections otherwise. Links are annotations of annotations. Our
own words have a context of their own: see `webannotation_terms.py`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from reader.formats import webannotation_read
from reader.formats.codec import Codec, Content, Files, Options
from reader.formats.draft import FOREIGN, kept_of
from reader.formats.hidden import escaped
from reader.formats.identity import derived_id
from reader.formats.report import Report
from reader.formats.source import Source
from reader.formats.units import UNITS, Ruler, Unit
from reader.formats.webannotation_quotes import Quoter
from reader.formats.webannotation_terms import (
    ANNO,
    KIND,
    LABEL,
    TERMS,
    TYPE,
    record_iri,
    text_iri,
)
from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.model.link import Link

NAME: Final = "webannotation"
_HEAD: Final = re.compile(
    rb'w3\.org/ns/(anno|oa)\b|"@?type"\s*:\s*\[?\s*"(oa:)?Annotation(Collection|Page)?"'
)
_SAID_OF_DOCUMENTS: Final = {
    **dict.fromkeys(("url", "author", "published", "note", "attributes"), None),
    "encoding": "utf-8",
    "state": "new",
}
"""Fields in a document's `more`, each with what is not written."""
_RETURNED: Final = ("audience", "canonical", "generated", "generator", "rights", "stylesheet")
"""What others say of an annotation, and the standard has words for: it is said again."""


class WebAnnotation(Codec):
    """One file for all documents; their texts are not in it."""

    name = NAME
    summary = "W3C Web Annotation, JSON-LD"
    extensions = (".jsonld", ".json")
    unit: Unit | None = "codepoints"
    carries = (
        *("split spans", "labels", "attributes", "notes", "links", "annotators and times"),
        "what is known of the documents",
    )
    loses = ()
    options = {"units": UNITS}
    reads = True

    def encode(self, contents: Sequence[Content], options: Options, report: Report) -> Files:
        """One annotation per line, so that two exports can be compared line by line."""
        hashes = [each.document.sha256 for each in contents]
        collection = record_iri(derived_id(NAME, *hashes))
        documents = [_json(_document(each.document)) for each in contents]
        items = [
            _json(item) for each in contents for item in _items(each, options.units or "codepoints")
        ]
        page = record_iri(derived_id(NAME, "page", *hashes))
        text = (
            f'{{"@context": {_json([ANNO, TERMS])},\n'
            f'"id": "{collection}", "type": "AnnotationCollection",\n'
            '"generator": {"type": "Software", "name": "reader"},\n'
            f'"documents": {_lines(documents)},\n"total": {len(items)},\n'
            f'"first": {{"id": "{page}", "type": "AnnotationPage", "partOf": "{collection}", '
            f'"startIndex": 0, "items": {_lines(items)}}}}}\n'
        )
        return Files(escaped(text).encode("utf-8"))

    def decode(self, source: Source, options: Options, report: Report) -> list[Content]:
        return webannotation_read.contents(source, options.units or "codepoints", report, NAME)

    def looks_like(self, name: str, head: bytes) -> bool:
        return _HEAD.search(head) is not None


WEBANNOTATION: Final = WebAnnotation()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _lines(written: Sequence[str]) -> str:
    joined = ",\n".join(written)
    return f"[\n{joined}]" if written else "[]"


def _document(document: Document) -> dict[str, Any]:
    more: dict[str, Any] = {"id": document.id, "length": document.length}
    for name, usual in _SAID_OF_DOCUMENTS.items():
        value = getattr(document, name)
        if value and value != usual:
            more[name] = value
    extra = dict(document.extra)
    foreign = extra.get(FOREIGN)
    if isinstance(foreign, Mapping) and isinstance(foreign.get(NAME), list):
        # those are annotations of others, and stand among the items
        extra[FOREIGN] = {name: each for name, each in foreign.items() if name != NAME}
        if not extra[FOREIGN]:
            del extra[FOREIGN]
    if extra:
        more["extra"] = extra
    return {
        "id": text_iri(document.sha256),
        "type": "Text",
        "label": document.title,
        "more": more,
    }


def _items(content: Content, unit: Unit) -> Iterator[dict[str, Any]]:
    ruler, quoter = Ruler(content.words, unit), Quoter(content.words)
    source = text_iri(content.document.sha256)
    for mark in content.annotations:
        yield _mark(mark, source, ruler, quoter)
    for link in content.links:
        yield _link(link)
    kept = kept_of(content.document, NAME)
    if isinstance(kept, list):
        yield from (each for each in kept if isinstance(each, dict))


def _mark(mark: Annotation, source: str, ruler: Ruler, quoter: Quoter) -> dict[str, Any]:
    targets: list[dict[str, Any]] = []
    for number, (start, end) in enumerate(mark.fragments, start=1):
        exact, prefix, suffix = quoter.quote(start, end)
        position = {
            "type": "TextPositionSelector",
            "start": ruler.out(start),
            "end": ruler.out(end),
        }
        quote = {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}
        one = {"type": "SpecificResource", "source": source, "selector": [position, quote]}
        targets.append({**one, "part": number} if len(mark.fragments) > 1 else one)
    bodies: list[Any] = [_tag(mark.kind, KIND)]
    if mark.label is not None:
        bodies.append(_tag(mark.label, LABEL))
    more = {} if mark.anchor == "same" else {"anchor": mark.anchor}
    target: Any = targets if len(targets) > 1 else targets[0]
    return _annotation(mark, "tagging", bodies, target, {}, more)


def _link(link: Link) -> dict[str, Any]:
    bodies = [record_iri(link.to_id), _tag(link.type, TYPE)]
    cue = {"cue": record_iri(link.via_id)} if link.via_id is not None else {}
    return _annotation(link, "linking", bodies, record_iri(link.from_id), cue, {})


def _tag(value: str, facet: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": "tagging", "value": value, "facet": facet}


def _annotation(
    record: Annotation | Link,
    motivation: str,
    bodies: list[Any],
    target: Any,
    special: Mapping[str, Any],
    more: dict[str, Any],
) -> dict[str, Any]:
    if record.note:
        bodies.append(
            {"type": "TextualBody", "purpose": "commenting", "value": record.note}
            | {"format": "text/plain"}
        )
    returned: dict[str, Any] = {}
    foreign = dict(record.foreign)
    kept = foreign.get(NAME)
    if isinstance(kept, Mapping):
        rest = dict(kept)
        returned = {name: rest.pop(name) for name in _RETURNED if name in rest}
        other_bodies = rest.pop("body", ())
        bodies += other_bodies if isinstance(other_bodies, list) else [other_bodies]
        foreign[NAME] = rest
        if not rest:
            del foreign[NAME]
    if record.origin != {"by": "hand"}:
        more["origin"] = record.origin
    if foreign:
        more["foreign"] = foreign
    if record.extra:
        more["extra"] = record.extra
    made: dict[str, Any] = {
        "id": record_iri(record.id),
        "type": "Annotation",
        "motivation": motivation,
        "creator": {"type": "Person", "name": record.annotator},
        "created": record.created,
        "modified": record.updated,
        "body": bodies,
        "target": target,
        **special,
        **returned,
    }
    if record.attributes:
        made["attributes"] = record.attributes
    if more:
        made["more"] = more
    return made
