"""What the formats with one JSON object for each line have in common: doccano, Prodigy, spaCy.

A line is a text with its marks (jsonlines.org). Lines end at LF alone: `str.splitlines` would also
cut at U+2028 and U+0085, which may stand raw inside of a JSON string (RFC 8259, section 7).

They know one word for a mark where reader has two, a kind and a label: both are written as
`kind:label`, and a word without a colon is a kind. A colon in a kind gets a backslash in front, and
so do backslashes before a colon, so that each pair is written in a way of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Generic, TypeVar

from reader.errors import InputError
from reader.formats.codec import Content
from reader.formats.draft import FOREIGN, Draft
from reader.formats.hidden import HIDDEN, escaped
from reader.formats.report import Report
from reader.formats.source import Source
from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.model.link import Link

SPLIT: Final = "ties between the parts of split spans"
NOTES: Final = "notes"
ATTRIBUTES: Final = "attributes"
CUES: Final = "cues of links"
LINKS: Final = "links"
BROUGHT: Final = "what other formats brought"
DESCRIBED: Final = "notes and attributes of documents"
ANNOTATORS: Final = "names of several annotators"

_TOLD: Final = ("title", "url", "author", "published")
"""What of a document is written under its own name."""

_SHARE: Final = re.compile(r"(\\*):")
_PART: Final = re.compile(r'"(?:[^"\\]|\\.)*+("|$)|[{}\[\]:,]|[^\s"{}\[\]:,]+')

T = TypeVar("T")


# Out ----------------------------------------------------------------------------------------------


def line_of(value: Mapping[str, object], tokens: str | None = None, text: str = "") -> str:
    """An object on one line, with its LF, and nothing raw in it that a terminal would obey.

    `tokens` are written already, and stand before the text: a dict for each would take longer
    than all the rest.
    """
    line = json.dumps(value, ensure_ascii=False)
    if tokens is None:
        return f"{escaped(line)}\n"
    written = json.dumps(text, ensure_ascii=False)
    if HIDDEN.search(written):
        tokens, written = escaped(tokens), escaped(written)
    return f'{escaped(line[:-1])}, "tokens": [{tokens}], "text": {written}}}\n'


def label_of(mark: Annotation) -> str:
    """The one word for a mark's kind and label."""
    kind = _SHARE.sub(lambda match: f"{2 * match[1]}\\:", mark.kind)
    if mark.label is None:
        return kind
    trailing = len(kind) - len(kind.rstrip("\\"))
    return f"{kind}{trailing * chr(92)}:{mark.label}"


def described(document: Document) -> dict[str, object]:
    """What is known of a document and has a name everywhere."""
    return {name: getattr(document, name) for name in _TOLD if getattr(document, name)}


def brought(record: Annotation | Link | Document, name: str) -> dict[str, Any]:
    """The keys that this format brought for a record, and that go back out to it."""
    where = record.extra.get(FOREIGN) if isinstance(record, Document) else record.foreign
    kept = where.get(name) if isinstance(where, Mapping) else None
    return dict(kept) if isinstance(kept, dict) else {}


def told_losses(content: Content, name: str, report: Report, *, carried: str = "") -> None:
    """Say what no line of this kind has a place for; `carried` is an attribute that has one."""
    document = content.document
    marks, links = content.annotations, content.links
    records: list[Annotation | Link] = [*marks, *links]
    for each in records:
        if each.note:
            report.lose(NOTES)
        if each.attributes.keys() - {carried}:
            report.lose(ATTRIBUTES)
        if len(each.foreign) > bool(brought(each, name)):
            report.lose(BROUGHT)
    report.lose(SPLIT, sum(1 for mark in marks if len(mark.fragments) > 1))
    named = len({each.annotator for each in records})
    report.lose(ANNOTATORS, named if named > 1 else 0)
    foreign = document.extra.get(FOREIGN)
    if isinstance(foreign, Mapping) and len(foreign) > bool(brought(document, name)):
        report.lose(BROUGHT)
    if document.note or document.attributes or document.extra.keys() - {FOREIGN}:
        report.lose(DESCRIBED)


# In -----------------------------------------------------------------------------------------------


def objects(source: Source) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects with the numbers of their lines; blank lines are passed over."""
    for number, line in source.lines():
        if not line.strip():
            continue
        value = source.json(line, number)
        if not isinstance(value, dict):
            raise source.wrong("it is no object", number)
        if not isinstance(value.get("text"), str):
            raise source.wrong("it has no text", number)
        yield number, value


def kind_of(written: str) -> tuple[str, str | None]:
    """The kind and the label of one word; what other tools write is mostly a kind alone."""
    for match in _SHARE.finditer(written):
        if len(match[1]) % 2:
            continue
        kind, label = (
            written[: match.start()] + match[1][: len(match[1]) // 2],
            written[match.end() :],
        )
        if kind and label:
            return _plain(kind), label
        return written, None  # ":x" or "x:" is a word of another tool's
    return _plain(written), None


def _plain(kind: str) -> str:
    return _SHARE.sub(lambda match: f"{match[1][: len(match[1]) // 2]}:", kind)


def word_of(plain: Mapping[str, Any], key: str, usual: str) -> str:
    """A label as it is written; a number is the id of a label, as old files of doccano have it."""
    value = plain.get(key)
    if value is None or value == "":
        return usual
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise InputError(f"Its {key} is no word")


def whole(plain: Mapping[str, Any], key: str) -> int:
    """A position or a number of something. Raises InputError."""
    value = plain.get(key)
    if isinstance(value, bool) or not isinstance(value, int):
        raise InputError(f"Its {key} is no whole number")
    return value


def list_in(plain: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """The objects under a key: none when it is missing or null. Raises InputError."""
    value = plain.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise InputError(f"Its {key} are no list of objects")
    return value


def rest(plain: Mapping[str, Any], known: frozenset[str]) -> dict[str, Any] | None:
    """What an object has that we have no word for; None when it is nothing."""
    return {key: value for key, value in plain.items() if key not in known} or None


class Texts(Generic[T]):
    """The drafts of a file by their texts: a text that comes several times, as from several
    annotators, is one document. Beside each stands what a codec keeps of the text."""

    def __init__(self, source: Source, name: str, beside: Callable[[str], T]) -> None:
        self._source = source
        self._name = name
        self._beside = beside
        self._drafts: dict[str, tuple[Draft, T]] = {}

    def of(
        self,
        number: int,
        text: str,
        told: Mapping[str, Any],
        kept: Mapping[str, Any],
        report: Report,
    ) -> tuple[Draft, T]:
        """The draft of a line's text. `told` has what is said of the document under its usual
        names, `kept` what nobody else understands."""
        if text in self._drafts:
            draft, beside = self._drafts[text]
            have = draft.kept if isinstance(draft.kept, dict) else {}
            if any(have.get(key, value) != value for key, value in kept.items()):
                what = "what it says of its text differs from a line above, and is left out"
                report.remark(what, self._source.name, number)
            draft.kept = {**kept, **have} or None
            return draft, beside
        fields = {key: told[key] for key in _TOLD[1:] if _is_word(told.get(key))}
        title = told["title"] if _is_word(told.get("title")) else f"{self._source.stem}-{number}"
        draft = Draft(text, title, self._name, kept=dict(kept) or None, **fields)
        self._drafts[text] = draft, self._beside(text)
        return self._drafts[text]

    def contents(self) -> list[Content]:
        return [draft.content() for draft, _ in self._drafts.values()]


def untold(plain: Mapping[str, Any]) -> dict[str, Any]:
    """What is left when a document was described: all that is not one of the usual names, or
    is not a word under one."""
    return {key: each for key, each in plain.items() if key not in _TOLD or not _is_word(each)}


def _is_word(value: object) -> bool:
    return isinstance(value, str) and value != ""


def keys_in(head: bytes) -> dict[str, str]:
    """The keys of the first object in a file's beginning, each with the first character of its
    value. The object may be cut off."""
    keys: dict[str, str] = {}
    depth, word, key = 0, "", ""
    text = head.decode("utf-8", "ignore").removeprefix("\ufeff").lstrip()
    for match in _PART.finditer(text.partition("\n")[0]):
        part = match[0]
        if depth == 1 and key and part != ":":
            keys[key] = part[0]
            key = ""
        if part in "{[":
            depth += 1
        elif part in "}]":
            depth -= 1
        elif part == ":" and depth == 1:
            key = word
        word = part[1:-1] if match[1] and depth == 1 else ""
    return keys if text.startswith("{") else {}
