"""Out and in again, as a codec's tests need it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import Any, NamedTuple

from reader.formats.codec import Codec, Content, Files, Options
from reader.formats.report import Report
from reader.formats.source import Source
from reader.model.link import Link
from reader.text.decode import decode


class Made(NamedTuple):
    """What a codec made of contents."""

    files: list[Files]
    shared: Mapping[str, bytes]
    report: Report


def encoded(codec: Codec, contents: Sequence[Content], **options: Any) -> Made:
    """Contents as an export writes them."""
    chosen, report = Options(**options), Report()
    if codec.per_document:
        files = [codec.encode([each], chosen, report) for each in contents]
    else:
        files = [codec.encode(contents, chosen, report)]
    return Made(files, codec.shared(contents, chosen), report)


def source(
    codec: Codec,
    files: Files,
    *,
    shared: Mapping[str, bytes] | None = None,
    text: str | None = None,
    known: Sequence[Content] = (),
) -> Source:
    """A file as a codec gets it, with what stands beside it. `text` is one given with --document,
    `known` are contents that the database has the texts of."""
    there = {**files.beside, **(shared or {})}
    texts = {each.document.sha256: each.text for each in known}
    given = decode(text.encode(), "article.txt", "utf-8") if text is not None else None
    return Source(f"article{codec.extensions[0]}", files.main, given, there.get, texts.get)


def decoded(
    codec: Codec, made: Made, contents: Sequence[Content], **options: Any
) -> tuple[list[Content], Report]:
    """What a codec made, read again into a database that knows the texts. A format that holds no
    text, nor one beside it, nor a hash, is given the text of each."""
    report, read = Report(), []
    for at, files in enumerate(made.files):
        known = [contents[at]] if codec.per_document else contents
        holds = any(end == ".txt" for end in files.beside)
        text = known[0].text if len(known) == 1 and not holds else None
        one = source(codec, files, shared=made.shared, text=text, known=known)
        read += codec.decode(one, Options(**options), report)
    return read, report


def said(content: Content) -> tuple[Counter[Hashable], Counter[Hashable]]:
    """What the marks and links say, without ids: equal when nothing was lost on the way."""
    marks = {each.id: _hashed(each) for each in content.annotations}

    def hashed(link: Link) -> Hashable:
        via = marks[link.via_id] if link.via_id is not None else None
        ends = (marks[link.from_id], marks[link.to_id], via)
        return (link.type, *ends, link.note, _frozen(link.attributes))

    return Counter(marks.values()), Counter(hashed(each) for each in content.links)


def _hashed(mark: Any) -> Hashable:
    return (mark.kind, mark.label, mark.fragments, mark.note, _frozen(mark.attributes))


def _frozen(value: object) -> str:
    import json

    return json.dumps(value, sort_keys=True)
