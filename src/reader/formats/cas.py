"""What a document is in a UIMA CAS, in whichever of its two formats it is written.

A CAS is a text (its sofa) and structures of declared types, most of which stand at a place in it:
see "UIMA References", 4 (CAS) and 5 (type systems). The types here are such as INCEpTION makes for
its own layers: one span layer, one relation layer with `Governor` and `Dependent` (its user guide,
"Layers"), and one for the document as a whole. Each part of a split span is an annotation of its
own; the parts have the same feature `id`. What has no feature of its own is JSON in `more`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from msgspec import Struct, field

from reader.formats.codec import Content
from reader.formats.report import Report
from reader.formats.units import Ruler, Unit
from reader.model.annotation import Annotation
from reader.model.link import Link

SOFA: Final = "uima.cas.Sofa"
TEXT_ANNOTATION: Final = "uima.tcas.DocumentAnnotation"
SPAN: Final = "webanno.custom.ReaderSpan"
LINK: Final = "webanno.custom.ReaderLink"
DOCUMENT: Final = "webanno.custom.ReaderDocument"

GOVERNOR: Final = "Governor"
DEPENDENT: Final = "Dependent"
"""What a relation goes from, and what it goes to, as INCEpTION calls them."""

REFERENCES: Final = frozenset({"sofa", GOVERNOR, DEPENDENT})
"""Those features of our types that name another structure."""

SPLIT: Final = "ties between the parts of split spans"
REPLACED: Final = "characters that XML cannot hold"


class Feature(NamedTuple):
    name: str
    range: str
    description: str


class Type(NamedTuple):
    name: str
    supertype: str
    description: str
    features: tuple[Feature, ...]


def _strings(**described: str) -> tuple[Feature, ...]:
    return tuple(Feature(name, "uima.cas.String", what) for name, what in described.items())


_ID: Final = "Identifies the record; the parts of a split span have the same."
_RECORD: Final = _strings(
    note="A person's remark.",
    id=_ID,
    annotator="Who made it.",
    created="RFC 3339, UTC.",
    updated="RFC 3339, UTC.",
    attributes="More properties, as a JSON object.",
    more="What is seldom said, as a JSON object.",
)

TYPES: Final = (
    Type(
        DOCUMENT,
        "uima.cas.AnnotationBase",
        "What reader knows of the document.",
        _strings(
            title="Its title.",
            id="Identifies the document.",
            sha256="The SHA-256 of the text written as UTF-8.",
            more="What else is known, as a JSON object.",
        ),
    ),
    Type(
        LINK,
        "uima.tcas.Annotation",
        "A tie between two spans; it stands where the one stands that it goes to.",
        (
            Feature(GOVERNOR, SPAN, "What it goes from: of a claim's attribution, the claim."),
            Feature(DEPENDENT, SPAN, "What it goes to: of a claim's attribution, the source."),
            *_strings(kind="Such as attribution.", via="The id of the cue that it goes by."),
            *_RECORD,
        ),
    ),
    Type(
        SPAN,
        "uima.tcas.Annotation",
        "A marked span, or one part of a split one.",
        (
            *_strings(kind="Such as entity, claim, source, cue.", label="Its kind, more closely."),
            *_RECORD,
        ),
    ),
)


class Structure(Struct, frozen=True):
    """A feature structure. References are the numbers of others, or those as strings."""

    id: int
    type: str
    features: Mapping[str, Any]
    line: int | None = None


class Cas(Struct, frozen=True):
    """A file's structures, the sofas among them."""

    structures: Sequence[Structure]
    line: Callable[[Structure], int | None] = field(default=lambda structure: structure.line)
    """Finds the line of one of them when something is to be said of it."""


def cas_of(
    content: Content, unit: Unit, report: Report, impossible: re.Pattern[str] | None = None
) -> Cas:
    """A document as a CAS. `impossible` matches the characters that the file cannot hold: U+FFFD
    stands for each, and `more` says what was there. Tells the report what is lost."""
    return _Writer(content, unit, report, impossible).cas()


class _Writer:
    """Makes the structures of one document, numbered from 1."""

    def __init__(
        self, content: Content, unit: Unit, report: Report, impossible: re.Pattern[str] | None
    ) -> None:
        self._content = content
        self._ruler = Ruler(content.words, unit)
        self._report = report
        self._impossible = impossible
        self._made: list[Structure] = []

    def cas(self) -> Cas:
        content = self._content
        report = self._report
        text = content.words
        runs: list[tuple[int, str]] = []
        if self._impossible is not None:
            runs = [(each.start(), each[0]) for each in self._impossible.finditer(text)]
            report.lose(REPLACED, sum(len(run) for _, run in runs))
            text = self._impossible.sub(_replaced, text)
        sofa = self._add(
            SOFA, {"sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text", "sofaString": text}
        )
        whole = {"sofa": sofa, "begin": 0, "end": self._ruler.length}
        self._add(TEXT_ANNOTATION, {**whole, "language": "x-unspecified"})
        self._add(DOCUMENT, {"sofa": sofa, **self._document(runs)})
        first: dict[str, Structure] = {}
        for mark in content.annotations:
            first[mark.id] = self._span(mark, sofa)
        for link in content.links:
            self._link(link, first[link.from_id], first[link.to_id], sofa)
        return Cas(self._made)

    def _add(self, kind: str, features: Mapping[str, Any]) -> int:
        self._made.append(Structure(len(self._made) + 1, kind, features))
        return len(self._made)

    def _document(self, runs: Sequence[tuple[int, str]]) -> dict[str, Any]:
        document = self._content.document
        names = ("encoding", "url", "author", "published", "state", "note", "attributes", "extra")
        usual = {"encoding": "utf-8", "state": "new"}
        more = {
            name: value
            for name in names
            if (value := getattr(document, name)) and value != usual.get(name)
        }
        if runs:
            more["replaced"] = runs
        strings = {"title": document.title, "id": document.id, "sha256": document.sha256}
        return self._strings(strings, more)

    def _span(self, mark: Annotation, sofa: int) -> Structure:
        if len(mark.fragments) > 1:
            self._report.lose(SPLIT)
        out = self._ruler.out
        places = [
            {"sofa": sofa, "begin": out(each.start), "end": out(each.end)}
            for each in mark.fragments
        ]
        shown = {"kind": mark.kind, "label": mark.label}
        said = self._record(mark, shown, {} if mark.anchor == "same" else {"anchor": mark.anchor})
        made = self._add(SPAN, {**places[0], **said})
        for place in places[1:]:
            same = {name: value for name, value in said.items() if name in ("kind", "label", "id")}
            self._add(SPAN, {**place, **same})
        return self._made[made - 1]

    def _link(self, link: Link, origin: Structure, target: Structure, sofa: int) -> None:
        place = {"sofa": sofa, "begin": target.features["begin"], "end": target.features["end"]}
        ends = {GOVERNOR: origin.id, DEPENDENT: target.id}
        said = self._record(link, {"kind": link.type, "via": link.via_id}, {})
        self._add(LINK, {**place, **ends, **said})

    def _record(
        self, record: Annotation | Link, shown: Mapping[str, str | None], more: dict[str, Any]
    ) -> dict[str, Any]:
        if record.origin != {"by": "hand"}:
            more["origin"] = record.origin
        if record.foreign:
            more["foreign"] = record.foreign
        if record.extra:
            more["extra"] = record.extra
        strings = {
            **shown,
            "note": record.note,
            "id": record.id,
            "annotator": record.annotator,
            "created": record.created,
            "updated": record.updated,
            "attributes": self._json(record.attributes),
        }
        return self._strings(strings, more)

    def _strings(self, strings: Mapping[str, str | None], more: dict[str, Any]) -> dict[str, Any]:
        """The features that say something; what the file cannot hold is said once more, in JSON,
        which can hold anything."""
        features = {name: value for name, value in strings.items() if value}
        if self._impossible is not None:
            exact = {}
            for name, value in features.items():
                held, count = self._impossible.subn(_replaced, value)
                if count:
                    exact[name] = value
                    features[name] = held
                    self._report.lose(REPLACED, held.count("\ufffd") - value.count("\ufffd"))
            if exact:
                more["exact"] = exact
        if more:
            features["more"] = self._json(more)
        return features

    def _json(self, value: Mapping[str, object]) -> str:
        if not value:
            return ""
        written = json.dumps(value, ensure_ascii=False)
        if self._impossible is None:
            return written
        return self._impossible.sub(lambda run: json.dumps(run[0])[1:-1], written)


def _replaced(run: re.Match[str]) -> str:
    return "\ufffd" * len(run[0])


def members(structures: Iterable[Structure]) -> list[int]:
    """The numbers of those that are indexed in the view: all but the sofa."""
    return [each.id for each in structures if each.type != SOFA]
