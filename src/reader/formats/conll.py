"""CoNLL's columns: a token and its tag on each line, a blank line after each sentence.

As in the shared task of 2003 (clips.uantwerpen.be/conll2003/ner), but for its two columns in the
middle. Such a file has one flat layer: of marks that overlap the one that begins first stays, of
those that begin together the longest (the outermost, where they are nested). Tokens are our words
and each other character by itself, cut where a mark begins or ends; no token holds white space of
any kind. A sentence does not end inside of a mark.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

from reader.formats.brat_lines import name_in, name_out
from reader.formats.codec import Codec, Content, Files, Options
from reader.formats.conll_tokens import BLANKS, Span, Tags, tagged, tokens
from reader.formats.draft import MOST, Draft
from reader.formats.report import Report
from reader.formats.source import Source

OVERLAPPING: Final = "overlapping marks"
SPLIT: Final = "ties between the parts of split marks"
WORDLESS: Final = "marks without a word"
EDGES: Final = "marks with white space at their edges"
NAMES: Final = "names that cannot be told apart in a tag"
LINKS: Final = "links"
NOTES: Final = "notes"
ATTRIBUTES: Final = "attributes"
OTHERS: Final = "what other formats say"
DESCRIBED: Final = "what is known of the documents"
COLUMNS: Final = "columns between token and tag"

_DOCUMENT: Final = "-DOCSTART-"
_TAG: Final = re.compile(r"O|[BIESLUM]-\S+")
_DESCRIBING: Final = ("url", "author", "published", "note", "attributes")
_WRITTEN: Final = {
    "``": '"',
    "''": '"',
    "-LRB-": "(",
    "-RRB-": ")",
    "-LSB-": "[",
    "-RSB-": "]",
    "-LCB-": "{",
    "-RCB-": "}",
}
"""What the Penn Treebank, and many tools after it, write for these characters."""

_Row = tuple[int, str, str]
"""The number of a line, its token and its tag: none where a sentence ends or a document begins."""


class Conll(Codec):
    """Tokens and tags in two columns with a blank between; it reads files with more."""

    name = "conll"
    summary = "CoNLL's columns: a token and its tag on each line"
    extensions = (".conll", ".bio", ".iob")
    carries = ("one flat layer of marks", "labels")
    loses = (
        *(OVERLAPPING, SPLIT, WORDLESS, EDGES, NAMES, LINKS, NOTES, ATTRIBUTES, OTHERS, DESCRIBED),
    )
    options = {"tags": ("iob2", "iob1", "bioes"), "kind": ()}
    reads = True
    per_document = True

    # Out ----------------------------------------------------------------------------------------

    def encode(self, contents: Sequence[Content], options: Options, report: Report) -> Files:
        (content,) = contents
        text = content.words
        spans = _flat(content, options.kind, report)
        edges = sorted({each for span in spans for each in span[:2]})
        lines: list[str] = []
        for sentence in tagged(tokens(text, edges), spans, options.tags or "iob2"):
            lines += [f"{text[start:end]} {tag}\n" for (start, end), tag in sentence]
            lines.append("\n")
        return Files("".join(lines).encode("utf-8"))

    # In -----------------------------------------------------------------------------------------

    def looks_like(self, name: str, head: bytes) -> bool:
        """An empty file is one, too: of a text without words."""
        if not head.strip():
            return True
        for line in head.decode("utf-8", "replace").removeprefix("\ufeff").split("\n"):
            cells = _cells(line)
            if cells and (cells[0] == _DOCUMENT or (cells[1:] and _TAG.fullmatch(cells[-1]))):
                return True
            if cells and not cells[0].startswith("#"):
                return False
        return False

    def decode(self, source: Source, options: Options, report: Report) -> list[Content]:
        """With a text, the tokens are looked for in it in their order; without, one is made of
        them: a blank between two, a line for each sentence."""
        rows = _rows(source, report)
        if source.given is not None or source.beside(".txt") is not None:
            text = source.document(".txt")
            draft = Draft(str(text.text), f"{source.stem}.txt", self.name, encoding=text.encoding)
            _mark(draft, _found(draft.text, rows, source), source, options.kind)
            return [draft.content()]
        made = list(_made(rows))
        report.remark("its text is not at hand: one was made of its tokens", source.name)
        found = []
        for number, (text_made, spans) in enumerate(made, start=1):
            title = source.stem if len(made) == 1 else f"{source.stem}-{number}"
            draft = Draft(text_made, f"{title}.txt", self.name)
            _mark(draft, spans, source, options.kind)
            found.append(draft.content())
        return found


def _flat(content: Content, kind: str | None, report: Report) -> list[Span]:
    """The stretches of the one layer, in order and apart. What does not fit is told."""
    text = content.words
    document = content.document
    report.lose(DESCRIBED, any(getattr(document, name) for name in _DESCRIBING))
    marks = [each for each in content.annotations if kind in (None, each.kind)]
    ids = {each.id for each in marks}
    report.lose(LINKS, sum(not ids.isdisjoint(link.ends) for link in content.links))
    marks.sort(key=lambda each: (each.start, -each.end))
    spans: list[Span] = []
    for mark in marks:
        type, exact = _type(mark.kind, mark.label, kind)
        inked = [_inked(text, start, end, type) for start, end in mark.fragments]
        parts = [each for each in inked if each.start < each.end]
        if not parts:
            report.lose(WORDLESS)
        elif any(_overlaps(spans, each) for each in parts):
            report.lose(OVERLAPPING)
        else:
            report.lose(SPLIT, len(mark.fragments) > 1)
            places = [(each.start, each.end) for each in inked]
            report.lose(EDGES, places != list(mark.fragments))
            report.lose(NAMES, not exact)
            report.lose(NOTES, bool(mark.note))
            report.lose(ATTRIBUTES, len(mark.attributes))
            report.lose(OTHERS, bool(mark.foreign))
            for part in parts:
                insort(spans, part)
    return spans


def _overlaps(spans: Sequence[Span], part: Span) -> bool:
    at = bisect_left(spans, part)
    return (at > 0 and spans[at - 1].end > part.start) or (
        at < len(spans) and spans[at].start < part.end
    )


def _inked(text: str, start: int, end: int, type: str) -> Span:
    """The stretch without the white space at its edges."""
    ink = BLANKS.match(text, start, end)
    first = ink.end() if ink else start
    while end > first and BLANKS.fullmatch(text, end - 1, end):
        end -= 1
    return Span(first, end, type)


@lru_cache(maxsize=1024)
def _type(own: str, label: str | None, kind: str | None) -> tuple[str, bool]:
    """What the tags of a mark say after their dash, and whether it can be told from that: kind and
    label, or of the one kind that is written the label."""
    if kind is not None:
        type = name_out(label if label is not None else kind)
    elif label is None:
        type = name_out(own, ":")
    else:
        type = f"{name_out(own, ':')}:{name_out(label)}"
    return type, _meaning(type, kind) == (own, label)


def _meaning(type: str, kind: str | None) -> tuple[str, str | None]:
    """The kind and label that a tag speaks of."""
    if kind is not None:
        return kind, None if name_in(type) == kind else name_in(type)
    own, colon, label = type.partition(":")
    if not own or (colon and not label):
        return name_in(type), None
    return name_in(own), name_in(label) if colon else None


# In -----------------------------------------------------------------------------------------------


def _cells(line: str) -> list[str]:
    """The columns, between tabs or blanks: other white space is part of a word."""
    return [each for each in re.split("\t+| +", line.strip(" \t\r")) if each]


def _rows(source: Source, report: Report) -> Iterator[_Row]:
    """The tokens with their tags. Raises InputError with the line."""
    columns = marks = 0
    for number, line in source.lines():
        cells = _cells(line)
        if not cells:
            yield number, "", ""
        elif cells[0] == _DOCUMENT:
            yield number, _DOCUMENT, ""
        elif len(cells) > 1 and _TAG.fullmatch(cells[-1]):
            columns = max(columns, len(cells) - 2)
            marks += cells[-1][0] in "BSU"
            if marks > MOST:
                raise source.wrong(f"there are more than {MOST:,} marks in it", number)
            yield number, cells[0], cells[-1]
        elif cells[0].startswith("#"):
            report.remark("a comment was passed over", source.name, number)
        else:
            raise source.wrong("it is no token with a tag such as B-person or O", number)
    report.lose(COLUMNS, columns)


def _made(rows: Iterable[_Row]) -> Iterator[tuple[str, list[Span]]]:
    """The text of each document, made of its tokens, and the spans in it."""
    parts: list[str] = []
    tags, at, number = Tags(), 0, 0
    for _, token, tag in chain(rows, ((0, _DOCUMENT, ""),)):
        if token and tag:
            if parts and parts[-1] != "\n":
                parts.append(" ")
                at += 1
            parts.append(token)
            tags.add(at, at + len(token), tag)
            at += len(token)
            continue
        tags.end()
        if parts and parts[-1] != "\n":
            parts.append("\n")
            at += 1
        if token and parts:
            yield "".join(parts), tags.spans
            parts, tags, at, number = [], Tags(), 0, number + 1
    if not number:
        yield "", []


def _found(text: str, rows: Iterable[_Row], source: Source) -> list[Span]:
    """The spans of a text in which the tokens stand. Raises InputError."""
    tags, at = Tags(), 0
    for number, token, tag in rows:
        if not tag:
            tags.end()
            continue
        blanks = BLANKS.match(text, at)
        start = blanks.end() if blanks else at
        word = token if text.startswith(token, start) else _WRITTEN.get(token, token)
        if not text.startswith(word, start):
            there = text[start : start + len(token)]
            raise source.wrong(f"the text has “{there}” where it has “{token}”", number)
        at = start + len(word)
        tags.add(start, at, tag)
    tags.end()
    return tags.spans


def _mark(draft: Draft, spans: Iterable[Span], source: Source, kind: str | None) -> None:
    with source.at(None):
        for number, (start, end, type) in enumerate(spans):
            own, label = _meaning(type, kind)
            draft.mark(f"{own} {number}", own, [(start, end)], label=label)


CONLL: Final = Conll()
