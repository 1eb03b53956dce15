"""UIMA CAS as JSON, version 0.4 of the draft by Apache (`uima-uimaj-io-jsoncas`,
SPECIFICATION.adoc), with the types in the same file.

Keywords begin with `%`, features that name another structure with `@`, positions may begin with
`^` and floats with `#`. The draft leaves open what positions count; Java and dkpro-cassis, and so
INCEpTION, count UTF-16 units, and write `begin` and `end` without the `^`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from reader.formats import cas_read
from reader.formats.cas import REFERENCES, SPLIT, TYPES, Cas, Structure, cas_of, members
from reader.formats.codec import Codec, Content, Files, Options
from reader.formats.hidden import escaped
from reader.formats.report import Report
from reader.formats.source import Source
from reader.formats.units import UNITS, Unit

_KEYS: Final = re.compile(rb'"%(TYPES|FEATURE_STRUCTURES|VIEWS)"\s*:')
_NUMBERED: Final = re.compile(rb'"%ID"\s*:\s*(\d+)|"(\d+)"\s*:\s*\{')
_MARKERS: Final = "@^#"


class CasJson(Codec):
    """One JSON file for each document."""

    name = "cas-json"
    summary = "UIMA CAS as JSON (0.4), for INCEpTION and dkpro-cassis"
    extensions = (".json",)
    unit: Unit | None = "utf16"
    carries = ("the text", "labels", "attributes", "notes", "links", "annotators and times")
    loses = (SPLIT,)
    options = {"units": UNITS}
    reads = True
    per_document = True

    def encode(self, contents: Sequence[Content], options: Options, report: Report) -> Files:
        """One structure per line, so that two exports can be compared line by line."""
        (content,) = contents
        cas = cas_of(content, options.units or "utf16", report)
        types = ",\n".join(f"{_json(each.name)}: {_json(_type(each))}" for each in TYPES)
        structures = ",\n".join(_json(_plain(each)) for each in cas.structures)
        view = {"_InitialView": {"%SOFA": 1, "%MEMBERS": members(cas.structures)}}
        text = (
            f'{{"%TYPES": {{\n{types}}},\n"%FEATURE_STRUCTURES": [\n{structures}],\n'
            f'"%VIEWS": {_json(view)}}}\n'
        )
        return Files(escaped(text).encode("utf-8"))

    def decode(self, source: Source, options: Options, report: Report) -> list[Content]:
        raw = source.json()
        if not isinstance(raw, dict) or "%FEATURE_STRUCTURES" not in raw:
            raise source.wrong("it is no JSON CAS")
        lines = _Lines(source)
        given = _numbered(raw["%FEATURE_STRUCTURES"])
        cas = Cas([_structure(each, source, lines) for each in given], lines.of)
        return cas_read.contents(cas, source, options.units or "utf16", report, self.name)

    def looks_like(self, name: str, head: bytes) -> bool:
        return _KEYS.search(head) is not None


JSON_CAS: Final = CasJson()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _type(kind: Any) -> dict[str, Any]:
    described: dict[str, Any] = {
        "%NAME": kind.name,
        "%SUPER_TYPE": kind.supertype,
        "%DESCRIPTION": kind.description,
    }
    for each in kind.features:
        described[each.name] = {
            "%NAME": each.name,
            "%DESCRIPTION": each.description,
            "%RANGE": each.range,
        }
    return described


def _plain(structure: Structure) -> dict[str, Any]:
    named = {
        f"@{name}" if name in REFERENCES else name: value
        for name, value in structure.features.items()
    }
    return {"%ID": structure.id, "%TYPE": structure.type, **named}


def _numbered(raw: Any) -> Iterator[Any]:
    """The structures: a list of them, or, as before 0.4, an object with their numbers as keys."""
    if isinstance(raw, dict):
        for number, each in raw.items():
            known = isinstance(each, dict) and number.isascii() and number.isdecimal()
            yield {"%ID": int(number[:15]), **each} if known else each
    elif isinstance(raw, list):
        yield from raw
    else:
        yield raw


def _structure(raw: Any, source: Source, lines: _Lines) -> Structure:
    if not isinstance(raw, dict):
        raise source.wrong("one of its feature structures is no object")
    number, kind = raw.get("%ID"), raw.get("%TYPE")
    if type(number) is not int:
        raise source.wrong("one of its feature structures has no number as its %ID")
    if not isinstance(kind, str) or not kind:
        raise source.wrong(f"structure {number} has no type", lines.of(Structure(number, "", {})))
    features = {
        name[1:] if name[:1] in _MARKERS and name != "%" else name: value
        for name, value in raw.items()
        if name not in ("%ID", "%TYPE", "%FLAGS")
    }
    return Structure(number, kind, features)


class _Lines:
    """The lines on which structures stand: JSON is read without, and few are asked for."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._lines: dict[bytes, int] = {}

    def of(self, structure: Structure) -> int | None:
        if not self._lines:
            line, read = 1, 0
            for found in _NUMBERED.finditer(self._source.data):
                line += self._source.data.count(b"\n", read, found.start())
                read = found.start()
                self._lines.setdefault(found[1] or found[2], line)
        return self._lines.get(b"%d" % structure.id)
