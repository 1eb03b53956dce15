"""doccano's JSONL: a text for each line, with entities and the relations between them.

As doccano's own source has it (backend/data_import/pipeline/label.py, and
examples/relation_extraction/example.jsonl): `entities` have an id (a whole number), `start_offset`,
`end_offset` (half-open) and `label`; `relations` have `from_id`, `to_id` and `type`. A project
without relations takes and gives `label`, a list of `[start, end, label]`. Other keys of a line are
its metadata, which an export gives back. Positions are those of the browser: UTF-16 units.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from reader.errors import InputError
from reader.formats.codec import Codec, Content, Files, Options
from reader.formats.draft import Draft
from reader.formats.jsonl import (
    ANNOTATORS,
    ATTRIBUTES,
    BROUGHT,
    CUES,
    DESCRIBED,
    LINKS,
    NOTES,
    SPLIT,
    Texts,
    brought,
    described,
    keys_in,
    kind_of,
    label_of,
    line_of,
    list_in,
    objects,
    rest,
    told_losses,
    untold,
    whole,
    word_of,
)
from reader.formats.report import Report
from reader.formats.source import Source
from reader.formats.units import Ruler, Unit

_ENTITY: Final = frozenset({"id", "label", "start_offset", "end_offset"})
_RELATION: Final = frozenset({"id", "from_id", "to_id", "type"})
_LISTS: Final = ("entities", "label", "labels", "annotations")
"""Where marks stand: today, in projects without relations, and in old versions."""


class Doccano(Codec):
    """Each of its objects is a line."""

    name = "doccano"
    summary = "doccano's JSONL, with entities and relations or with labels"
    extensions = (".jsonl",)
    unit: Unit | None = "utf16"
    carries = ("kinds and labels", "overlapping spans", "links", "the texts")
    loses = (SPLIT, NOTES, ATTRIBUTES, CUES, LINKS, ANNOTATORS, DESCRIBED, BROUGHT)
    options = {"units": ("utf16", "codepoints"), "style": ("relations", "labels")}
    reads = True

    # Out ----------------------------------------------------------------------------------------

    def encode(self, contents: Sequence[Content], options: Options, report: Report) -> Files:
        lines, numbered = [], 0
        for content in contents:
            told_losses(content, self.name, report)
            ruler = Ruler(content.words, options.units or "utf16")
            # numbered through the whole file: some versions look relations up in all of it
            entities, first = _entities(content, ruler, numbered + 1)
            numbered += len(entities)
            plain: dict[str, object] = {
                **brought(content.document, self.name),
                **described(content.document),
            }
            if options.style == "labels":
                report.lose(LINKS, len(content.links))
                keys = ("start_offset", "end_offset", "label")
                plain["label"] = [[each[key] for key in keys] for each in entities]
            else:
                report.lose(CUES, sum(1 for each in content.links if each.via_id is not None))
                plain["entities"] = entities
                plain["relations"] = _relations(content, first)
            plain["text"] = content.words  # last, so that the keys stand near the beginning
            lines.append(line_of(plain))
        return Files("".join(lines).encode("utf-8"))

    # In -----------------------------------------------------------------------------------------

    def looks_like(self, name: str, head: bytes) -> bool:
        keys = keys_in(head)
        lists = any(keys.get(each) == "[" for each in _LISTS)
        return lists and not keys.keys() & {"ents", "spans", "tokens"}

    def decode(self, source: Source, options: Options, report: Report) -> list[Content]:
        unit = options.units or "utf16"
        texts = Texts(source, self.name, lambda text: Ruler(text, unit))
        for number, plain in objects(source):
            with source.at(number):
                lists = {each for each in _LISTS if _has_marks(plain, each)}
                kept = rest(untold(plain), frozenset({"text", "relations", *lists})) or {}
                draft, ruler = texts.of(number, plain["text"], plain, kept, report)
                for key in sorted(lists):
                    _read_marks(draft, ruler, plain[key], f"{number}.")
                _read_relations(draft, list_in(plain, "relations"), f"{number}.")
        return texts.contents()


def _entities(
    content: Content, ruler: Ruler, number: int
) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """The parts of all marks, and the number of each mark's first part."""
    entities: list[dict[str, Any]] = []
    first: dict[str, int] = {}
    for mark in content.annotations:
        first[mark.id] = number + len(entities)
        kept = {**brought(mark, Doccano.name)}
        label = label_of(mark)
        for start, end in mark.fragments:
            place = {"start_offset": ruler.out(start), "end_offset": ruler.out(end)}
            own = {"id": number + len(entities), "label": label, **place}
            entities.append({**kept, **own})
    return entities, first


def _relations(content: Content, first: Mapping[str, int]) -> list[dict[str, Any]]:
    relations = []
    for number, link in enumerate(content.links, start=1):
        ends = {"from_id": first[link.from_id], "to_id": first[link.to_id]}
        kept = brought(link, Doccano.name)
        relations.append({**kept, "id": number, **ends, "type": link.type})
    return relations


def _has_marks(plain: Mapping[str, Any], key: str) -> bool:
    """Whether marks stand there, and not the categories of a whole text."""
    value = plain.get(key)
    return isinstance(value, list) and not (value and all(isinstance(e, str) for e in value))


def _read_marks(draft: Draft, ruler: Ruler, entries: list[Any], prefix: str) -> None:
    for at, entry in enumerate(entries):
        plain = entry
        if isinstance(entry, list):
            if len(entry) != 3:
                raise InputError("A label is no start, end and word")
            plain = dict(zip(("start_offset", "end_offset", "label"), entry, strict=True))
        if not isinstance(plain, dict):
            raise InputError("An entity is no object")
        start = ruler.back(whole(plain, "start_offset"))
        end = ruler.back(whole(plain, "end_offset"))
        kind, label = kind_of(word_of(plain, "label", "span"))
        name = prefix + (str(whole(plain, "id")) if "id" in plain else f"label {at}")
        draft.mark(name, kind, [(start, end)], label=label, kept=rest(plain, _ENTITY))


def _read_relations(draft: Draft, relations: list[dict[str, Any]], prefix: str) -> None:
    for at, plain in enumerate(relations):
        ends = [f"{prefix}{whole(plain, key)}" for key in ("from_id", "to_id")]
        name = f"{prefix}relation {whole(plain, 'id') if 'id' in plain else at}"
        draft.tie(name, *ends, type=word_of(plain, "type", "relation"), kept=rest(plain, _RELATION))


DOCCANO: Final = Doccano()
