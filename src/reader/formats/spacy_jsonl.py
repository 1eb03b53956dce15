"""spaCy's documents as JSONL: `Doc.to_json` for each line, for `Doc.from_json` to load.

    docs = [Doc(nlp.vocab).from_json(json.loads(line)) for line in open("marks.jsonl")]

As spaCy 3 has it (spacy.io/api/doc#to_json, and spacy/tokens/doc.pyx): positions are code points,
half-open. Every mark is in `spans`, in the group of its kind, where spans may overlap. Marks of the
kind entity that do not overlap are in `ents`, too, which refuses others: of those that do, the
longest is, as with `spacy.util.filter_spans`. `kb_id` is an entity's attribute `reference`.
`from_json` wants a token to begin and end where each span does, and none inside of white space.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from reader.formats.codec import Codec, Content, Files, Options
from reader.formats.draft import Draft
from reader.formats.jsonl import (
    ANNOTATORS,
    ATTRIBUTES,
    BROUGHT,
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
from reader.formats.jsonl_tokens import natural_edges, tokens
from reader.formats.report import Report
from reader.formats.source import Source
from reader.formats.units import Unit
from reader.model.annotation import Annotation
from reader.model.fragment import Fragment

_TRIMMED: Final = "white space at the edges of marks"
_BLANK: Final = "marks of white space alone"
_CUT: Final = "marks that begin or end inside of a word, which is cut in two"
_REFERENCE: Final = "reference"
_ENTITY: Final = "entity"
_GROUP: Final = "sc"
"""The group where spaCy's own components keep spans: it says nothing of what they are."""

_OURS: Final = frozenset({"text", "ents", "spans", "tokens", "meta"})
_SPAN: Final = frozenset({"start", "end", "label", "kb_id"})


class SpacyJsonl(Codec):
    """Each of its documents is a line."""

    name = "spacy"
    summary = "spaCy's documents as JSONL, with span groups and entities"
    extensions = (".jsonl",)
    unit: Unit | None = "codepoints"
    carries = ("kinds and labels", "overlapping spans", "tokens", "what entities are", "the texts")
    loses = (
        *(LINKS, SPLIT, NOTES, ATTRIBUTES, ANNOTATORS, DESCRIBED, BROUGHT),
        *(_TRIMMED, _BLANK, _CUT),
    )
    reads = True

    # Out ----------------------------------------------------------------------------------------

    def encode(self, contents: Sequence[Content], options: Options, report: Report) -> Files:
        lines = []
        for content in contents:
            told_losses(content, self.name, report, carried=_REFERENCE)
            report.lose(LINKS, len(content.links))
            lines.append(_line(content, report))
        return Files("".join(lines).encode("utf-8"))

    # In -----------------------------------------------------------------------------------------

    def looks_like(self, name: str, head: bytes) -> bool:
        keys = keys_in(head)
        return keys.get("ents") == "[" or keys.get("spans") == "{"

    def decode(self, source: Source, options: Options, report: Report) -> list[Content]:
        texts: Texts[None] = Texts(source, self.name, lambda text: None)
        for number, plain in objects(source):
            with source.at(number):
                meta = plain.get("meta")
                meta = meta if isinstance(meta, dict) else {}
                kept = rest(plain, _OURS) or {}
                more = untold(meta)
                kept |= {"meta": more} if more else {}
                draft, _ = texts.of(number, plain["text"], meta, kept, report)
                groups = plain.get("spans") or {}
                if not isinstance(groups, dict):
                    raise source.wrong("its spans are no groups", number)
                _read(draft, groups, list_in(plain, "ents"), f"{number}.")
        return texts.contents()


def _line(content: Content, report: Report) -> str:
    text = content.words
    edges = natural_edges(text)
    groups: dict[str, list[dict[str, Any]]] = {}
    entities: list[Fragment] = []
    named: dict[Fragment, str] = {}
    places: list[Fragment] = []
    for mark in content.annotations:
        kept = brought(mark, SpacyJsonl.name)
        group = groups.setdefault(mark.kind, [])
        label = label_of(mark) if mark.kind == _GROUP else mark.label or ""
        for part in _trimmed(mark, text, report):
            span = {"start": part.start, "end": part.end, "label": label}
            group.append({**kept, **span, "kb_id": _identity(mark, report)})
            places.append(part)
            if mark.kind == _ENTITY:
                entities.append(part)
                named.setdefault(part, label or _ENTITY)  # spaCy drops one without a label
    known = edges.starts | edges.ends
    report.lose(_CUT, sum(1 for each in places if not known.issuperset(_inside(text, each))))
    starts, ends = {each.start for each in places}, {each.end for each in places}
    cut = tokens(text, edges, starts, ends)
    kept = brought(content.document, SpacyJsonl.name)
    old = kept.pop("meta", None)
    meta = {**(old if isinstance(old, dict) else {}), **described(content.document)}
    plain: dict[str, object] = {
        **kept,
        "meta": meta,
        "ents": [
            {"start": each.start, "end": each.end, "label": named[each]}
            for each in _apart(entities)
        ],
        "spans": groups,
    }
    written = ", ".join(
        f'{{"id": {number}, "start": {start}, "end": {end}}}'
        for number, (start, end, _) in enumerate(cut)
    )
    return line_of(plain, written, text)


def _identity(mark: Annotation, report: Report) -> str:
    """What spaCy calls the id in a knowledge base."""
    reference = mark.attributes.get(_REFERENCE, "")
    if isinstance(reference, str) and (reference or _REFERENCE not in mark.attributes):
        return reference
    report.lose(ATTRIBUTES)
    return ""


def _trimmed(mark: Annotation, text: str, report: Report) -> Iterable[Fragment]:
    """A mark's parts without the white space at their edges, which no token ends in."""
    for start, end in mark.fragments:
        words = text[start:end]
        left, right = len(words) - len(words.lstrip()), len(words) - len(words.rstrip())
        if left == len(words):
            report.lose(_BLANK)
            continue
        report.lose(_TRIMMED, int(left + right > 0))
        yield Fragment(start + left, end - right)


def _inside(text: str, place: Fragment) -> Iterable[int]:
    """Those of its two edges that have letters or digits on both sides."""
    for at in place:
        if 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum():
            yield at


def _apart(places: list[Fragment]) -> list[Fragment]:
    """Those that do not overlap, the longest and then the first of those that do."""
    taken: list[Fragment] = []
    covered: set[int] = set()
    for each in sorted(set(places), key=lambda each: (-each.length, each.start)):
        # enough, since none that was taken before is shorter
        if each.start not in covered and each.end - 1 not in covered:
            taken.append(each)
            covered.update(range(each.start, each.end))
    return sorted(taken)


def _read(
    draft: Draft, groups: Mapping[str, Any], entities: list[dict[str, Any]], prefix: str
) -> None:
    there = set()
    for group in groups:
        for at, span in enumerate(list_in(groups, group)):
            written = word_of(span, "label", "")
            kind, label = group or "span", written or None
            if kind == _GROUP:
                kind, label = kind_of(written or "span")
            place = _mark(draft, f"{prefix}{group} {at}", kind, label, span)
            there.add((place, written or _ENTITY))
    for at, span in enumerate(entities):
        written = word_of(span, "label", _ENTITY)
        if (Fragment(whole(span, "start"), whole(span, "end")), written) not in there:
            label = written if written != _ENTITY else None
            _mark(draft, f"{prefix}ent {at}", _ENTITY, label, span)


def _mark(
    draft: Draft, name: str, kind: str, label: str | None, span: Mapping[str, Any]
) -> Fragment:
    start, end = whole(span, "start"), whole(span, "end")
    reference = word_of(span, "kb_id", "")
    attributes = {_REFERENCE: reference} if reference else {}
    kept = rest(span, _SPAN)
    draft.mark(name, kind, [(start, end)], label=label, attributes=attributes, kept=kept)
    return Fragment(start, end)


SPACY: Final = SpacyJsonl()
