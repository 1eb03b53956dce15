"""From marks and links to brat's records. Those that brat brought, and the model has no word for,
go back out with what they are about; see `brat_in.py` for how they are kept."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Final

from reader.formats import brat_polnear as polnear
from reader.formats.brat_lines import Record, cut, joined, name_in, name_out, on_one_line
from reader.formats.brat_polnear import KeptRecord, from_kept, kept_with
from reader.formats.codec import Content
from reader.formats.report import Report
from reader.formats.units import Ruler, Unit
from reader.model.annotation import UNATTRIBUTED, Annotation
from reader.model.fragment import Fragments, normalized
from reader.model.link import ATTRIBUTION, Link

UNPLACED: Final = "marks of nothing but line ends"
ENDS: Final = "places with white space at line ends"
NAMES: Final = "names that brat cannot have"
VALUES: Final = "attributes whose values are not plain words"
NOTES: Final = "notes with line ends"
GONE: Final = "records on marks that are gone"
OTHERS: Final = "what other formats say"
UNSURE: Final = "doubts about places"
UNREAD: Final = "texts that nobody is done with"
DESCRIBED: Final = "what is known of the documents"
LOSES: Final = (*(UNPLACED, ENDS, NAMES, VALUES, NOTES, GONE, OTHERS, UNSURE, UNREAD, DESCRIBED),)

_ORDER: Final = "TERAMN#*"
_BRAT: Final = "brat"
_DESCRIBING: Final = ("url", "author", "published", "note", "attributes")


def came_as_polnear(content: Content) -> bool:
    """Whether the document has marks that came from PolNeAR's files."""
    return any("type" in kept_with(each) for each in content.annotations)


def write(content: Content, style: str | None, unit: Unit, report: Report) -> list[Record]:
    """The records of a document, in the order in which they stand in its file."""
    as_polnear = style == "polnear" or (style is None and came_as_polnear(content))
    return _Writing(content, as_polnear, Ruler(content.words, unit), report).records()


class _Writing:
    """One document on its way out."""

    def __init__(self, content: Content, as_polnear: bool, ruler: Ruler, report: Report) -> None:
        self._content, self._polnear, self._report = content, as_polnear, report
        self._text, self._ruler = content.words, ruler
        self._all: list[Annotation | Link] = [*content.annotations, *content.links]
        self._made: list[Record] = []
        self._numbers: Counter[str] = Counter()
        self._named: dict[str, str] = {}
        """From ids of marks and links to those in the file."""
        self._old: dict[tuple[object, object], str] = {}
        """From a file that brat brought, and an id in it, to the id in this one."""
        self._spans: dict[str, Record] = {}
        self._marks_of: dict[tuple[object, object], Annotation] = {}

    def records(self) -> list[Record]:
        self._describe()
        for mark in self._content.annotations:
            self._span(mark)
        grouped: dict[tuple[object, object], list[Link]] = defaultdict(list)
        own: list[Link] = []
        for link in self._content.links:
            kept = kept_with(link)
            if self._polnear and "event" in kept:
                grouped[kept.get("file"), kept["event"]].append(link)
            else:
                own.append(link)
        brought = [
            (mark, kept_with(mark).get("file"), from_kept(plain), plain)
            for mark in self._content.annotations
            if mark.id in self._named
            for plain in kept_with(mark).get("records", ())
        ]
        self._events(brought, grouped)
        for links in grouped.values():
            own += links  # whose event is not there any more
        for link in own:
            self._tie(link)
        for sort in "RAMN#*":
            for _, file, record, _ in brought:
                if record.sort == sort:
                    self._bring(file, record)
        for each in self._all:
            self._say(each)
        self._check_kinds()
        self._made.sort(key=lambda each: _ORDER.index(each.sort))
        return self._made

    def _describe(self) -> None:
        document = self._content.document
        if any(getattr(document, name) for name in _DESCRIBING):
            self._report.lose(DESCRIBED)
        if not self._content.annotations and document.state != "done with nothing found":
            self._report.lose(UNREAD)
        for each in self._all:
            self._report.lose(OTHERS, bool(each.foreign.keys() - {_BRAT}))

    # Marks --------------------------------------------------------------------------------------

    def _span(self, mark: Annotation) -> None:
        kept = kept_with(mark)
        pieces = cut(self._text, mark.fragments)
        before = tuple(kept.get("written", ()))
        if (
            before
            and self._fits(before)
            and cut(self._text, before) == before
            and joined_as(self._text, before) == mark.fragments
        ):
            pieces = before
        elif not pieces:
            self._report.lose(UNPLACED)
            return
        elif joined_as(self._text, pieces) != mark.fragments:
            self._report.lose(ENDS)
        self._report.lose(UNSURE, mark.anchor != "same")
        made = self._place(polnear.type_of(mark.kind, self._polnear), pieces)
        self._named[mark.id] = made.id
        self._spans[made.id] = made
        if "id" in kept:
            self._old[kept.get("file"), kept["id"]] = made.id
            self._marks_of[kept.get("file"), kept["id"]] = mark

    def _place(self, type: str, pieces: Sequence[tuple[int, int]]) -> Record:
        ranges = tuple((self._ruler.out(start), self._ruler.out(end)) for start, end in pieces)
        text = " ".join(on_one_line(self._text[start:end]) for start, end in pieces)
        made = Record("T", self._next("T"), type, ranges=ranges, text=text)
        self._made.append(made)
        return made

    def _fits(self, places: Iterable[tuple[int, int]]) -> bool:
        return all(0 <= start < end <= len(self._text) for start, end in places)

    def _repeat(self, type: str, span: str) -> str:
        """A span at the place of another, as the trigger of an event."""
        like = self._spans[span]
        made = Record("T", self._next("T"), type, ranges=like.ranges, text=like.text)
        self._made.append(made)
        return made.id

    def _next(self, sort: str) -> str:
        self._numbers[sort] += 1
        return "*" if sort == "*" else f"{sort}{self._numbers[sort]}"

    def _check_kinds(self) -> None:
        types = {each.type for each in self._made if each.sort == "T"}
        as_polnear = polnear.is_polnear(types)
        for mark in self._content.annotations:
            if mark.id in self._named:
                type = self._spans[self._named[mark.id]].type
                self._report.lose(NAMES, polnear.kind_of(type, as_polnear) != mark.kind)

    # Events and relations -----------------------------------------------------------------------

    def _events(
        self,
        brought: Sequence[tuple[Annotation, object, Record, KeptRecord]],
        grouped: dict[tuple[object, object], list[Link]],
    ) -> None:
        """The events that brat brought: those with links as these are now. First all get their
        ids, for they may be parts of one another."""
        waiting: list[tuple[object, Record, KeptRecord, list[Link]]] = []
        for _, file, record, plain in brought:
            if record.sort != "E":
                continue
            links: list[Link] = []
            if "links" in plain:
                if not self._polnear or not self._stands(file, record, plain, grouped):
                    continue
                links = grouped.pop((file, record.id), [])
            if record.target and "trigger" not in plain and not self._has(file, record.target):
                self._report.lose(GONE)
                continue
            name = self._old[file, record.id] = self._next("E")
            for link in links:
                self._named[link.id] = name
            waiting.append((file, record, plain, links))
        for file, record, plain, links in waiting:
            roles = self._roles(file, record, links)
            if "trigger" in plain:
                self._trigger(file, record, plain["trigger"], roles)
            trigger = self._old.get((file, record.target), "")
            name = self._old[file, record.id]
            self._made.append(Record("E", name, record.type, (("", trigger), *roles)))
        if self._polnear:
            self._leave_unsourced()

    def _leave_unsourced(self) -> None:
        """An event for each claim that has no source and is in none of those that brat brought."""
        told = {
            ref
            for each in self._made
            if each.sort == "E" and each.type == polnear.UNSOURCED
            for role, ref in each.args
            if role.startswith("Content")
        }
        for mark in self._content.annotations:
            span = self._named.get(mark.id)
            if span is not None and span not in told and self._is_unsourced(mark):
                trigger = self._repeat(polnear.UNSOURCED, span)
                args = (("", trigger), ("Content", span))
                self._made.append(Record("E", self._next("E"), polnear.UNSOURCED, args))

    def _is_unsourced(self, mark: Annotation) -> bool:
        return mark.kind == "claim" and mark.unattributed

    def _stands(
        self,
        file: object,
        record: Record,
        plain: KeptRecord,
        grouped: Mapping[tuple[object, object], list[Link]],
    ) -> bool:
        """Whether there is still what an attribution says."""
        if not any(self._has(file, ref) for _, ref in record.args[1:]):
            return False
        if plain["links"]:
            links = grouped.get((file, record.id), ())
            ends = [end for each in links for end in (each.from_id, each.to_id)]
            return bool(ends) and all(end in self._named for end in ends)
        contents = [
            self._marks_of.get((file, ref))
            for role, ref in record.args
            if role.startswith("Content")
        ]
        return all(mark is not None and self._is_unsourced(mark) for mark in contents)

    def _has(self, file: object, name: str) -> bool:
        return (file, name) in self._old

    def _roles(self, file: object, record: Record, links: Sequence[Link]) -> list[tuple[str, str]]:
        """What takes part in an event and is still there; in an attribution with links, also what
        these say: without a source that they have lost, and with another cue."""
        refs = [(role, self._old.get((file, ref))) for role, ref in record.args[1:]]
        there = [(role, new) for role, new in refs if new is not None]
        self._report.lose(GONE, len(refs) - len(there))
        if not links:
            return there
        ends = {self._named[end] for link in links for end in (link.from_id, link.to_id)}
        vias = [self._named.get(link.via_id or "") for link in links]
        cues = [each for each in dict.fromkeys(vias) if each is not None]
        first = next((new for role, new in there if role.startswith("Cue")), None)
        there = [
            (role, new)
            for role, new in there
            if new in ends or new in cues or (role.startswith("Cue") and new != first)
        ]
        names = {role for role, _ in there}
        free = (each for at in count(1) if (each := f"Cue{at}" if at > 1 else "Cue") not in names)
        known = {new for _, new in there}
        return [*there, *((next(free), each) for each in cues if each not in known)]

    def _trigger(
        self,
        file: object,
        record: Record,
        place: Sequence[tuple[int, int]] | None,
        roles: Sequence[tuple[str, str]],
    ) -> None:
        """The span that triggers an attribution, where no other event had it already."""
        if (file, record.target) in self._old:
            return
        if place is not None and self._fits(place):
            made = self._place(record.type, place).id
        else:
            like = next((new for role, new in roles if role.startswith("Cue")), roles[0][1])
            made = self._repeat(record.type, like)
        self._old[file, record.target] = made

    def _tie(self, link: Link) -> None:
        origin, target = self._named.get(link.from_id), self._named.get(link.to_id)
        if origin is None or target is None:
            self._report.lose(UNPLACED)
            return
        via = self._named.get(link.via_id) if link.via_id is not None else None
        type = name_out(link.type, ":")
        kept = kept_with(link)
        if self._polnear and link.type == ATTRIBUTION:
            trigger = self._repeat(polnear.ATTRIBUTED, via or target)
            cue = (("Cue", via),) if via else ()
            args = (("", trigger), ("Content", origin), *cue, ("Source", target))
            made = Record("E", self._next("E"), polnear.ATTRIBUTED, args)
        elif via is not None:
            refs = (self._repeat(type, via), origin, target, via)
            args = tuple(zip(polnear.TIED, refs, strict=True))
            made = Record("E", self._next("E"), type, args)
            self._report.lose(NAMES, type in polnear.EVENTS or name_in(type) != link.type)
        else:
            roles = kept.get("roles", polnear.ENDS)
            made = Record("R", self._next("R"), type, tuple(zip(roles, (origin, target))))  # noqa: B905
            self._report.lose(NAMES, name_in(type) != link.type)
        self._made.append(made)
        self._named[link.id] = made.id
        if "id" in kept:
            self._old[kept.get("file"), kept["id"]] = made.id

    def _bring(self, file: object, record: Record) -> None:
        """Let a record that brat brought go back out, if what it is about is still there."""
        refs = [(role, self._old.get((file, ref))) for role, ref in record.args]
        there = tuple((role, new) for role, new in refs if new is not None)
        if len(there) < len(refs):
            self._report.lose(GONE)
            if record.sort != "*" or len(there) < 2:
                return
        name = self._next(record.sort)
        self._old[file, record.id] = name
        text = on_one_line(record.text)
        self._made.append(
            Record(record.sort, name, record.type, there, value=record.value, text=text)
        )

    # What is said of them -----------------------------------------------------------------------

    def _say(self, record: Annotation | Link) -> None:
        """Label, attributes, note and annotator."""
        name = self._named.get(record.id)
        if name is None:
            return
        kept = kept_with(record)
        attributes = dict(record.attributes)
        if isinstance(record, Annotation):
            if record.label is not None:
                self._attribute(name, polnear.LABEL, record.label)
            if isinstance(attributes.get(polnear.LABEL), str):
                self._report.lose(NAMES)
            if self._polnear and self._is_unsourced(record):
                del attributes[UNATTRIBUTED]
        for key in sorted(attributes):
            self._attribute(name, key, attributes[key])
        if record.note:
            line = on_one_line(record.note)
            self._report.lose(NOTES, line != record.note)
            self._note(polnear.NOTE, name, line)
        from_brat = record.origin.get("format") == _BRAT and not kept.get("signed")
        if record.annotator and not from_brat:
            who = on_one_line(record.annotator)
            self._report.lose(NAMES, who != record.annotator)
            self._note(polnear.ANNOTATOR, name, who)

    def _attribute(self, name: str, key: str, value: object) -> None:
        type = name_out(key)
        self._report.lose(NAMES, name_in(type) != key)
        made = Record("A", self._next("A"), type, (("", name),))
        if value is not True:
            words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            made.value = on_one_line(words.replace("\t", " ")).strip() or "_"
            self._report.lose(VALUES, made.value != value)
        self._made.append(made)

    def _note(self, type: str, name: str, text: str) -> None:
        self._made.append(Record("#", self._next("#"), type, (("", name),), text=text))


def joined_as(text: str, places: Iterable[tuple[int, int]]) -> Fragments:
    """The fragments as which these places come back in."""
    return joined(text, normalized(places))
