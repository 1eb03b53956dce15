"""Prodigy's JSONL: a task for each line, with its tokens, spans and relations.

As Prodigy's documentation has it (prodi.gy/docs/api-interfaces: ner_manual, spans_manual,
relations): positions are code points, half-open; `token_start` and `token_end` are numbers of
tokens, and `token_end` is **inclusive**. In a relation `head` and `child` are the last tokens of
the spans `head_span` and `child_span`; here the head is where a link goes from. `meta` is shown
below a task. Tokens are cut where marks begin and end, as Prodigy wants every span to fit them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring
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

_SPAN: Final = frozenset({"start", "end", "token_start", "token_end", "label", "text"})
_RELATION: Final = frozenset({"head", "child", "head_span", "child_span", "label"})
_TASK: Final = frozenset({"text", "tokens", "spans", "relations", "meta"})
_OWN: Final = {"_input_hash", "_task_hash", "_view_id", "_session_id", "_annotator_id", "answer"}
"""Keys that no other program writes."""


class Prodigy(Codec):
    """Each of its tasks is a line."""

    name = "prodigy"
    summary = "Prodigy's JSONL, with tokens, spans and relations"
    extensions = (".jsonl",)
    unit: Unit | None = "codepoints"
    carries = ("kinds and labels", "overlapping spans", "tokens", "links", "the texts")
    loses = (SPLIT, NOTES, ATTRIBUTES, CUES, ANNOTATORS, DESCRIBED, BROUGHT)
    reads = True

    # Out ----------------------------------------------------------------------------------------

    def encode(self, contents: Sequence[Content], options: Options, report: Report) -> Files:
        lines = []
        for content in contents:
            told_losses(content, self.name, report)
            report.lose(CUES, sum(1 for each in content.links if each.via_id is not None))
            lines.append(_task(content))
        return Files("".join(lines).encode("utf-8"))

    # In -----------------------------------------------------------------------------------------

    def looks_like(self, name: str, head: bytes) -> bool:
        keys = keys_in(head)
        return bool(keys.keys() & _OWN) or (keys.get("spans") == "[" and "ents" not in keys)

    def decode(self, source: Source, options: Options, report: Report) -> list[Content]:
        texts = Texts(source, self.name, _Places)
        for number, plain in objects(source):
            answer = plain.get("answer", "accept")
            if answer != "accept":
                what = f"a task was answered with {json.dumps(answer)}, and is left out"
                report.remark(what, source.name, number)
                continue
            with source.at(number):
                meta = plain.get("meta")
                meta = meta if isinstance(meta, dict) else {}
                kept = rest(plain, _TASK) or {}
                more = untold(meta)
                kept |= {"meta": more} if more else {}
                draft, places = texts.of(number, plain["text"], meta, kept, report)
                _Task(draft, places, number, plain, source, report).read()
        return texts.contents()


class _Places:
    """Which marks of a text are where: relations name spans by their places."""

    def __init__(self, text: str) -> None:
        self.by_place: defaultdict[tuple[int, int], list[tuple[str | None, str]]]
        self.by_place = defaultdict(list)
        """Label and name of each."""


def _task(content: Content) -> str:
    text, marks = content.words, content.annotations
    parts = [each for mark in marks for each in mark.fragments]
    starts, ends = {each.start for each in parts}, {each.end for each in parts}
    cut = tokens(text, natural_edges(text), starts, ends)
    starting = {start: number for number, (start, _, _) in enumerate(cut)}
    ending = {end: number for number, (_, end, _) in enumerate(cut)}
    spans: list[dict[str, Any]] = []
    first: dict[str, dict[str, Any]] = {}
    for mark in marks:
        label, kept = label_of(mark), brought(mark, Prodigy.name)
        for start, end in mark.fragments:
            place = {"start": start, "end": end}
            place |= {"token_start": starting[start], "token_end": ending[end]}
            first.setdefault(mark.id, {**place, "label": label})
            spans.append({**kept, **place, "label": label})
    relations = []
    for link in content.links:
        head, child = first[link.from_id], first[link.to_id]
        ends_of = {"head": head["token_end"], "child": child["token_end"], "label": link.type}
        two = {"head_span": head, "child_span": child}
        relations.append({**brought(link, Prodigy.name), **ends_of, **two})
    kept = brought(content.document, Prodigy.name)
    old = kept.pop("meta", None)
    meta = {**(old if isinstance(old, dict) else {}), **described(content.document)}
    # the long lists last, so that all keys but these stand near the beginning
    task = {**kept, "meta": meta, "spans": spans, "relations": relations}
    written = ", ".join(
        f'{{"text": {encode_basestring(text[start:end])}, "start": {start}, "end": {end}, '
        f'"id": {number}, "ws": {"true" if blank else "false"}}}'
        for number, (start, end, blank) in enumerate(cut)
    )
    return line_of(task, written, text)


class _Task:
    """One line while it is read."""

    def __init__(
        self,
        draft: Draft,
        places: _Places,
        number: int,
        plain: Mapping[str, Any],
        source: Source,
        report: Report,
    ) -> None:
        self._draft = draft
        self._places = places.by_place
        self._number = number
        self._plain = plain
        self._source = source
        self._report = report
        self._tokens = list_in(plain, "tokens")
        self._annotator = next(
            (
                each
                for key in ("_annotator_id", "_session_id")
                if isinstance(each := plain.get(key), str)
            ),
            "",
        )

    def read(self) -> None:
        for at, span in enumerate(list_in(self._plain, "spans")):
            start, end = self._place(span)
            written = word_of(span, "label", "span")
            kind, label = kind_of(written)
            name = f"{self._number}.span {at}"
            kept = rest(span, _SPAN)
            who = {"annotator": self._annotator} if self._annotator else {}
            self._draft.mark(name, kind, [(start, end)], label=label, kept=kept, **who)
            said = span.get("text")
            if isinstance(said, str) and said != self._draft.text[start:end]:
                raise InputError("The text has other words there", f"it says “{said[:60]}”")
            self._places[start, end].append((written, name))
        for at, relation in enumerate(list_in(self._plain, "relations")):
            self._relate(f"{self._number}.relation {at}", relation)

    def _place(self, span: Mapping[str, Any]) -> tuple[int, int]:
        """Where a span is: by its positions, else by its tokens, the last of which is in it."""
        numbered = "token_start" in span and "token_end" in span and bool(self._tokens)
        if "start" in span or not numbered:
            start, end = whole(span, "start"), whole(span, "end")
            if numbered and end != self._token(span, "token_end").get("end"):
                what = f"its tokens end elsewhere than at {end}, which is taken"
                self._report.remark(what, self._source.name, self._number)
            return start, end
        first, last = self._token(span, "token_start"), self._token(span, "token_end")
        return whole(first, "start"), whole(last, "end")

    def _token(self, span: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        number = whole(span, key)
        if not 0 <= number < len(self._tokens):
            raise InputError(f"There is no token {number} in it")
        return self._tokens[number]

    def _relate(self, name: str, relation: Mapping[str, Any]) -> None:
        origin = self._end(relation, "head")
        target = self._end(relation, "child", but=origin)
        if origin is None or target is None:
            what = "a relation of words that are not marked, or of a mark to itself, is left out"
            self._report.remark(what, self._source.name, self._number)
            return
        made = word_of(relation, "label", "relation")
        kept = rest(relation, _RELATION)
        who = {"annotator": self._annotator} if self._annotator else {}
        self._draft.tie(name, origin, target, type=made, kept=kept, **who)

    def _end(self, relation: Mapping[str, Any], key: str, but: str | None = None) -> str | None:
        """The name of the mark at an end of a relation; of several that are alike, another one
        than `but`."""
        span = relation.get(f"{key}_span")
        if isinstance(span, dict):
            place, label = self._place(span), word_of(span, "label", "span")
        else:
            last = self._token(relation, key)
            place, label = (whole(last, "start"), whole(last, "end")), None
        there = self._places.get(place, [])
        found = [each for written, each in there if label in (None, written) and each != but]
        return found[0] if found else None


PRODIGY: Final = Prodigy()
