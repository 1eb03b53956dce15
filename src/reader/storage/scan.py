"""Words found in a document's records, most of them unread.

A file at rest has one record a line: the lines that hold the words' longest run of ASCII letters
are found in its bytes, and only those are parsed. Any other file is read whole.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from reader.errors import StoreError
from reader.model.annotation import Annotation, reading_order
from reader.model.document import Document
from reader.model.link import Link
from reader.storage.damage import damaged
from reader.storage.journal import checksum, decode_head
from reader.storage.json_file import meta, sealed
from reader.storage.layout import Shelf
from reader.storage.migrations import SCHEMA
from reader.storage.reading import layers_of
from reader.storage.records import TABLES, read_record
from reader.storage.recovery import read

SPELLED_OUT: Final = "ßİŉǰẖẗẘẙẚẞſ\u212a\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06"
"""The letters that are no ASCII and become some when case is folded: "ß" is "ss", "ﬁ" is "fi"."""

_ASCII: Final = re.compile("[!-~]+")
_ALL_ASCII: Final = bytes(range(128))
_ENOUGH: Final = 3
"""A shorter run stands in too many lines, when there is more to look for than ASCII."""
_LAST: Final = 1 << 13
"""How many bytes of a journal are looked at for its last line."""


class Hit(NamedTuple):
    """A record with the words in it, and in which of its fields they are."""

    record: Document | Annotation | Link
    fields: tuple[str, ...]
    mark: Annotation | None
    """The annotation itself; of a link, the one that it begins at."""


class Scanned(NamedTuple):
    """What was found in a document, in the order in which it is shown."""

    document: Document
    hits: list[Hit]
    remarks: tuple[str, ...] = ()
    """What is wrong with its files, in sentences."""


class Needle:
    """Words to look for, whatever their case and however their blanks are written."""

    def __init__(self, words: str) -> None:
        self.folded = folded(words)
        """Empty when there are no words."""
        run = max(_ASCII.findall(self.folded), key=len, default="")
        self._strange = {char for char in self.folded if not char.isascii()}
        self._fold: Callable[[bytes], bytes] = self._casefolded
        if len(run) >= _ENOUGH or (run and self.folded.isascii()):
            self._spelled = [
                (each.encode(), each.casefold().encode())
                for each in SPELLED_OUT
                if set(each.casefold()) & set(run)
            ]
            self._fold = self._lowered
        else:
            run = max(self.folded.split(), key=len, default="")
        # as it is written in a file, where a quotation mark has a backslash before it
        self._run = msgspec.json.encode(run)[1:-1].lower()

    def _lowered(self, data: bytes) -> bytes:
        """The bytes with all their ASCII letters as folding leaves them, line by line."""
        data = data.lower()
        for letter, plain in self._spelled:
            # a single byte is looked for much faster, and most of these are in no text
            if all(byte in data for byte in letter) and letter in data:
                data = data.replace(letter, plain)
        return data

    def _casefolded(self, data: bytes) -> bytes:
        """The bytes with all their letters folded; none, when a letter of the words is not there,
        which takes a fifth of the time to find out."""
        others = "".join(set(data.translate(None, _ALL_ASCII).decode("utf-8"))).casefold()
        if not self._strange.issubset(others):
            return b""
        return data.decode("utf-8").casefold().encode("utf-8")

    def lines(self, data: bytes) -> set[int]:
        """The lines that may hold the words, counted from 0; others do not."""
        found = set()
        text = self._fold(data)
        number = last = 0
        at = text.find(self._run)
        while at >= 0:
            number += text.count(b"\n", last, at)
            found.add(number)
            last = text.find(b"\n", at)
            at = text.find(self._run, last + 1) if last >= 0 else -1
        return found

    def among(self, fields: Iterable[tuple[str, str]]) -> tuple[str, ...]:
        """The names of the fields that hold the words."""
        fold = folded if " " in self.folded else str.casefold  # blanks cost more than the rest
        return tuple(dict.fromkeys(name for name, value in fields if self.folded in fold(value)))


def folded(text: str) -> str:
    """A text with its case folded, and any white space as one blank."""
    return " ".join(text.casefold().split())


def scan(shelf: Shelf, needle: Needle) -> Scanned | None:
    """What a document holds of the words; None when that is nothing, and nothing is wrong with its
    files. Raises StoreError when they are beyond repair."""
    try:
        data = shelf.json.read_bytes()
        if _at_rest(data, shelf.journal):
            return _parsed(data, needle, shelf.json)
    except (OSError, StoreError, _LinkedError):
        pass  # whatever it is, reading it whole will tell
    return _whole(shelf, needle)


def _at_rest(data: bytes, journal: Path) -> bool:
    """Whether a JSON file is as it was written by us, and the journal has nothing after it."""
    about = meta(data)
    seq = about.get("seq")
    if about.get("schema") != SCHEMA or not isinstance(seq, int) or not sealed(data):
        return False
    try:
        with journal.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - _LAST))
            tail = file.read()
    except FileNotFoundError:
        return True
    _, whole, row = tail[:-1].rpartition(b"\n")
    if not tail.endswith(b"\n") or (not whole and len(tail) == _LAST):
        return False
    head = decode_head(row)
    return head is not None and head.s == seq and about.get("line") in (None, checksum(row))


# Line by line -----------------------------------------------------------------------------------


class _Mark(msgspec.Struct):
    """The fields of an annotation that are looked at: the others are skipped, which is faster."""

    quote: list[str]
    label: str | None = None
    note: str = ""
    attributes: dict[str, object] = {}


class _Note(msgspec.Struct):
    note: str = ""


_mark: Final = msgspec.json.Decoder(_Mark)
_note: Final = msgspec.json.Decoder(_Note)


class _LinkedError(Exception):
    """A link is among the hits: what it ties is on other lines."""


def _parsed(data: bytes, needle: Needle, path: Path) -> Scanned | None:
    """The hits of a file at rest. Raises _LinkedError; StoreError when it makes no sense."""
    numbers = needle.lines(data)
    if not numbers:
        return None
    documents: list[Document] = []
    hits: list[Hit] = []
    try:
        for number, table, row in _rows(data):
            if table == TABLES[Document]:
                documents.append(read_record(msgspec.json.decode(row), Document, path))
            elif number not in numbers:
                continue
            elif table == TABLES[Annotation]:
                fields = needle.among(_of_mark(_mark.decode(row)))
                if fields:
                    mark = read_record(msgspec.json.decode(row), Annotation, path)
                    hits.append(Hit(mark, fields, mark))
            elif table == TABLES[Link] and needle.among(_of_link(_note.decode(row))):
                raise _LinkedError
    except msgspec.MsgspecError as error:
        raise damaged(path, str(error)) from error
    (document,) = documents
    return _scanned(needle, document, sorted(hits, key=_place))


def _rows(data: bytes) -> Iterator[tuple[int, str, bytes]]:
    """The number of each line that is a record, its table, and what it says."""
    table = ""
    for number, line in enumerate(data.split(b"\n")):
        if line.endswith(b":{"):
            table = msgspec.json.decode(line.lstrip(b"{")[:-2], type=str)
        elif line.startswith(b"}"):
            table = ""
        elif table:
            yield number, table, line[line.index(b"{") :].rstrip(b",")


# Read whole -------------------------------------------------------------------------------------


def _whole(shelf: Shelf, needle: Needle) -> Scanned | None:
    reading = read(shelf)
    layers = layers_of(reading)
    marks = (Hit(each, needle.among(_of_mark(each)), each) for each in layers.annotations)
    links = (
        Hit(each, needle.among(_of_link(each)), layers.get(each.from_id)) for each in layers.links
    )
    hits = [hit for hit in (*marks, *links) if hit.fields]
    return _scanned(needle, layers.document, hits, tuple(reading.remarks))


def _scanned(
    needle: Needle, document: Document, hits: list[Hit], remarks: tuple[str, ...] = ()
) -> Scanned | None:
    """The hits among marks and links, after those in what the document itself carries."""
    fields = needle.among((("title", document.title), ("note", document.note)))
    if fields:
        hits.insert(0, Hit(document, fields, None))
    return Scanned(document, hits, remarks) if hits or remarks else None


def _place(hit: Hit) -> tuple[int, int, str, str]:
    assert hit.mark is not None
    return reading_order(hit.mark)


def _of_mark(mark: Annotation | _Mark) -> Iterator[tuple[str, str]]:
    for part in mark.quote:
        yield "quote", part
    yield "label", mark.label or ""
    yield "note", mark.note
    for value in _words(mark.attributes):
        yield "attributes", value


def _of_link(link: Link | _Note) -> Iterator[tuple[str, str]]:
    yield "note", link.note


def _words(value: object) -> Iterator[str]:
    """Every word among an attribute's values, however deep."""
    match value:
        case str():
            yield value
        case Mapping():
            for each in value.values():
                yield from _words(each)
        case list() | tuple():
            for each in value:
                yield from _words(each)
