"""Web Annotations as documents: ours, and those of others.

An annotation of a place in a text becomes a mark, one of two annotations a link. What has no such
place (a note on a page as a whole, a place that only a browser finds) is kept with the document and
goes back out. Of a foreign mark, a tag that is called as one of our kinds is the kind, the first
other one the label, and the comments are the note.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final, cast
from urllib.parse import unquote

from msgspec.structs import replace

from reader.errors import InputError
from reader.formats.codec import Content
from reader.formats.draft import Draft, checked_fields
from reader.formats.report import Report
from reader.formats.source import Source
from reader.formats.units import Ruler, Unit
from reader.formats.webannotation_bodies import Bodies, words
from reader.formats.webannotation_items import (
    Item,
    documents_of,
    ends_of,
    iri_of,
    left_over,
    named,
    plainly,
    says_more,
)
from reader.formats.webannotation_place import Place, place_of, selectors_of, source_of
from reader.formats.webannotation_terms import (
    TYPE,
    is_own_iri,
    record_name,
    text_sha256,
)
from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.model.link import Link
from reader.text.decode import Decoded

_MORE: Final = ("anchor", "origin", "foreign", "extra")
_READ: Final = frozenset(
    {"@context", "id", "@id", "type", "@type", "body", "bodyValue", "target", "cue"}
    | {"attributes", "more", "motivation", "creator", "created", "modified"}
)
_OF_DOCUMENT: Final = (
    *("id", "encoding", "url", "author", "published"),
    *("state", "note", "attributes", "extra"),
)
_HOLDING: Final = ("items", "@graph", "first", "next")
"""What collections and pages hold their annotations in."""
_ID: Final = re.compile(rb'"@?id"\s*:\s*("(?:[^"\\]|\\.)*")')
_USUAL: Final = frozenset({"tagging", "commenting", "highlighting", "linking"})


def contents(source: Source, unit: Unit, report: Report, format_name: str) -> list[Content]:
    """A content for each text that is annotated."""
    return _Reader(source, unit, report, format_name).contents()


class _Reader:
    def __init__(self, source: Source, unit: Unit, report: Report, format_name: str) -> None:
        self._source = source
        self._unit = unit
        self._report = report
        self._format_name = format_name
        self._drafts: dict[str, Draft] = {}
        self._rulers: dict[str, Ruler] = {}
        self._where: dict[str, str] = {}
        self._lines: dict[bytes, int] = {}
        self._ours = False

    def contents(self) -> list[Content]:
        raw = self._source.json()
        documents = documents_of(raw)
        items = [Item(each, at) for at, each in enumerate(self._annotations(raw), start=1)]
        marks = {each.iri: each for each in items if self._is_mark(each)}
        links = [each for each in items if each.iri not in marks and ends_of(each, marks)]
        tied = {id(each) for each in links}
        rest = [each for each in items if each.iri not in marks and id(each) not in tied]
        addresses = dict.fromkeys(documents)
        for each in items:
            if each.iri in marks:
                addresses |= dict.fromkeys(
                    source_of(target) for target in each.targets if selectors_of(target)
                )
        self._ours = bool(documents)
        self._open(list(addresses), documents, rest)
        if not self._drafts:
            raise self._source.wrong("it holds no annotation of a place in a text")
        for each in items:
            if each.iri in marks:
                with self._at(each):
                    self._mark(each)
        for each in links:
            with self._at(each):
                self._tie(each, ends_of(each, marks))
        distinct = {id(each): each for each in self._drafts.values()}
        return [each.content() for each in distinct.values()]

    @contextmanager
    def _at(self, item: Item) -> Iterator[None]:
        """Around what is done for an annotation: errors name its line."""
        try:
            yield
        except InputError:
            with self._source.at(self._line(item)):
                raise

    def _line(self, item: Item) -> int | None:
        """The line on which it says its id: JSON is read without, and few are asked for."""
        if not self._lines:
            line, read = 1, 0
            for found in _ID.finditer(self._source.data):
                line += self._source.data.count(b"\n", read, found.start())
                read = found.start()
                self._lines.setdefault(found[1], line)
        written = json.dumps(item.iri, ensure_ascii=False)
        return self._lines.get(written.encode("utf-8", "replace"))

    def _remark(self, what: str, item: Item) -> None:
        self._report.remark(what, self._source.name, self._line(item))

    # What there is ------------------------------------------------------------------------------

    def _annotations(self, raw: Any) -> Iterator[Mapping[str, Any]]:
        """All of them: of a collection, of its pages, of a list, or the one."""
        if isinstance(raw, list):
            for each in raw:
                yield from self._annotations(each)
            return
        held = [raw[name] for name in _HOLDING if name in raw] if isinstance(raw, dict) else []
        for each in held:
            if isinstance(each, str):
                self._report.remark("more of its pages are in other files", self._source.name)
            else:
                yield from self._annotations(each)
        if isinstance(raw, dict) and "target" in raw:
            yield raw
        elif not held:
            raise self._source.wrong("it holds something that is no annotation")

    def _is_mark(self, item: Item) -> bool:
        return any(selectors_of(each) for each in item.targets)

    def _open(
        self,
        addresses: Sequence[str],
        documents: Mapping[str, Mapping[str, Any]],
        rest: Sequence[Item],
    ) -> None:
        """Make a draft for each text that is annotated. What marks no place in one goes with the
        text that it is about, or with the first."""
        texts = {each: self._text(each, addresses, documents) for each in addresses}
        there = {each: decoded for each, decoded in texts.items() if decoded is not None}
        kept: dict[str, list[Any]] = {}
        for item in rest:
            about = [each for each in map(source_of, item.targets) if each in there]
            for address in (about or list(there))[:1]:
                kept.setdefault(there[address].sha256, []).append(item.raw)
                self._remark(f"'{item.name}' marks no place in the text: it is kept", item)
        made: dict[str, Draft] = {}
        for address, decoded in there.items():
            sha256 = decoded.sha256
            if sha256 not in made:
                document = documents.get(address, {})
                made[sha256] = self._draft(address, document, decoded, kept.get(sha256))
            self._drafts[address] = made[sha256]
            self._rulers[address] = Ruler(made[sha256].text, self._unit)

    def _text(
        self,
        address: str,
        addresses: Sequence[str],
        documents: Mapping[str, Mapping[str, Any]],
    ) -> Decoded | None:
        """The text at an address: named by its hash, or lying beside the file. Where there are
        several that others named, each has to lie there under its own name."""
        names = [words(documents.get(address, {}).get("label")), _file_name(address)]
        endings = [each for each in names if each and not each.startswith(".")]
        sha256 = text_sha256(address)
        if sha256 is not None or len([each for each in addresses if not text_sha256(each)]) == 1:
            return self._source.document(".txt", *endings, sha256=sha256)
        try:
            return replace(self._source, given=None).document(*endings)
        except InputError:
            what = f"what is about “{address}” is passed over: its text is not at hand"
            self._report.remark(what, self._source.name)
            return None

    def _draft(
        self,
        address: str,
        document: Mapping[str, Any],
        decoded: Decoded,
        kept: list[Any] | None,
    ) -> Draft:
        more = document.get("more")
        given = more if isinstance(more, dict) else {}
        with self._source.at(None):
            wanted = {name: given[name] for name in _OF_DOCUMENT if name in given}
            fields = checked_fields(cast(Any, Document), wanted)
        title = words(document.get("label")) or _file_name(address) or f"{self._source.stem}.txt"
        fields.setdefault("encoding", decoded.encoding)
        return Draft(str(decoded.text), title, self._format_name, kept=kept, **fields)

    # Marks --------------------------------------------------------------------------------------

    def _mark(self, item: Item) -> None:
        bodies = Bodies(item.raw, item.motivations)
        kind, label, others = named(bodies)
        rest = self._rest(item, bodies)
        if others:
            rest["tags"] = others
        for number, places in enumerate(self._places(item, rest), start=1):
            address = places[0].address
            draft = self._drafts[address]
            name = item.name if number == 1 else f"{item.name} {number}"
            fields = self._fields(Annotation, item, bodies, rest)
            ranges = [(each.start, each.end) for each in places]
            draft.mark(name, kind, ranges, label=label, **fields)
            self._where.setdefault(name, address)

    def _places(self, item: Item, rest: dict[str, Any]) -> list[list[Place]]:
        """The places of each of its selections: parts of one another are one."""
        parts: list[tuple[int, Place]] = []
        single: list[list[Place]] = []
        for target in item.targets:
            selectors = selectors_of(target)
            if not selectors:
                rest.setdefault("targets", []).append(target)
                self._remark(f"'{item.name}' is also about something else: it is kept", item)
                continue
            address = source_of(target)
            if address not in self._drafts:
                continue
            draft = self._drafts[address]
            place, remark = place_of(selectors, draft.text, self._rulers[address], address)
            if remark:
                self._remark(f"'{item.name}': {remark}", item)
            over = left_over(target)
            if over:
                rest.setdefault("targets", []).append(over)
            part = target.get("part")
            if type(part) is int:
                parts.append((part, place))
            else:
                single.append([place])
        if parts and len({place.address for _, place in parts}) > 1:
            raise InputError(f"The parts of '{item.name}' are in more than one text")
        found = [[place for _, place in parts], *single] if parts else single
        if len(found) > 1:
            self._remark(f"'{item.name}' has {len(found)} targets: each is a mark", item)
        return found

    # Links --------------------------------------------------------------------------------------

    def _tie(self, item: Item, ends: tuple[Item, Item] | None) -> None:
        assert ends is not None
        origin, target = ends
        if not {origin.name, target.name} <= self._where.keys():
            return
        if self._drafts[self._where[origin.name]] is not self._drafts[self._where[target.name]]:
            raise InputError(f"'{item.name}' ties marks of two texts")
        bodies = Bodies(item.raw, item.motivations)
        cue = item.raw.get("cue")
        if not isinstance(cue, str | None):
            raise InputError(f"'{item.name}' goes by something that is no IRI")
        bodies.unread = [each for each in bodies.unread if iri_of(each) != target.iri]
        rest = self._rest(item, bodies)
        self._drafts[self._where[origin.name]].tie(
            item.name,
            origin.name,
            target.name,
            via=record_name(cue) if cue is not None else None,
            type=bodies.tag(TYPE) or next(iter(bodies.tags), "link"),
            **self._fields(Link, item, bodies, rest),
        )

    # What both have -----------------------------------------------------------------------------

    def _rest(self, item: Item, bodies: Bodies) -> dict[str, Any]:
        """What is said of it that the model has no word for."""
        raw = item.raw
        rest = {name: each for name, each in raw.items() if name not in _READ}
        rest |= {
            name: raw[name]
            for name in ("created", "modified", "creator")
            if name in raw and says_more(name, raw[name])
        }
        if not _USUAL.issuperset(item.motivations):
            rest["motivation"] = raw["motivation"]
        if bodies.unread:
            rest["body"] = bodies.unread
        if bodies.qualified:
            rest["said"] = bodies.qualified
        return rest

    def _fields(
        self, kind: type[Annotation | Link], item: Item, bodies: Bodies, rest: dict[str, Any]
    ) -> dict[str, Any]:
        raw = item.raw
        fields: dict[str, Any] = {"note": bodies.note}
        for field, name in (
            ("annotator", "creator"),
            ("created", "created"),
            ("updated", "modified"),
        ):
            given = plainly(name, raw.get(name)) if name in raw else None
            fields[field] = given or ""
        if self._ours and is_own_iri(item.iri):
            fields["origin"] = {"by": "hand"}
        more = raw.get("more", {})
        if not isinstance(more, dict):
            raise InputError(f"'{item.name}' says more in something that is no object")
        fields |= {name: more[name] for name in _MORE if name in more}
        if kind is Link:
            fields.pop("anchor", None)
        if "attributes" in raw:
            fields["attributes"] = raw["attributes"]
        foreign = fields.get("foreign", {})
        if rest and isinstance(foreign, dict):
            before = foreign.get(self._format_name)
            both = {**before, **rest} if isinstance(before, dict) else rest
            fields["foreign"] = {**foreign, self._format_name: both}
        return checked_fields(kind, fields)


def _file_name(address: str) -> str:
    """What the file of an address is called, if that says so."""
    return "" if text_sha256(address) else unquote(address.rpartition("/")[2])
