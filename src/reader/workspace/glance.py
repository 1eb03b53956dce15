"""A look at a document that takes long to open: enough to draw the text where the reader was.

What is seen is a picture: nothing can be marked on it, and the document is opened all the same.
"""

from __future__ import annotations

import os
from codecs import getincrementaldecoder
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from reader.errors import InputError
from reader.model.document import Document
from reader.storage.places import Places
from reader.storage.repository import Entry
from reader.text.blocks import LARGE
from reader.text.decode import is_announced
from reader.text.units import Text
from reader.text.window import AROUND, GRID, Window, seen_from
from reader.workspace.source import Source

if TYPE_CHECKING:
    from reader.workspace.library import Library

_MANY: Final = 1 << 20
"""From so many bytes of marks on they take long to read."""

_HEAD: Final = 64
_STEP: Final = 1 << 20


class Glance(NamedTuple):
    """The text as far as it is seen, and what is known of it already."""

    text: Text
    document: Document


def glance(library: Library, name: str, encoding: str | None = None) -> Glance | None:
    """What can be seen at once of a file; None when it is opened as fast, or is no file or no plain
    text by its first bytes. Then whoever opens it is told why."""
    path = Path(name)
    try:
        if not path.is_file():
            return None
        size = path.stat().st_size
        large = size >= LARGE and encoding in (None, "utf-8")
        if not large and not library.repository.has_large(_MANY):
            return None  # as nearly always, and all documents need not be looked through for it
        entry = _entry(library, path, size)
        if large:
            known = None if entry is None else entry.document
            return _of_large(path, size, known, library.repository.places)
        if entry is not None and size < LARGE and entry.path.stat().st_size >= _MANY:
            text = Source.at(path).decoded(name, encoding or entry.document.encoding).text
            return Glance(text, entry.document) if len(text) == entry.document.length else None
    except (OSError, ValueError, InputError):
        pass  # opening it says what is wrong
    return None


def _entry(library: Library, path: Path, size: int) -> Entry | None:
    """The document that a file of that size was, as far as can be told without reading it: the one
    last read from there, else the last one that was marked."""
    place = library.relative(path)
    known = [
        each
        for each in library.repository.entries()
        if isinstance(each, Entry)
        and each.document.bytes == size
        and each.document.position <= each.document.length
    ]
    found = [(place in each.document.paths, each.document.updated, each) for each in known]
    return max(found, key=itemgetter(0, 1))[2] if found else None


def _of_large(path: Path, size: int, known: Document | None, places: Places) -> Glance | None:
    if known is not None and known.encoding != "utf-8":
        return None
    with path.open("rb") as file:
        if is_announced(os.pread(file.fileno(), _HEAD, 0)):
            return None
        if known is None:
            document = Document(
                id="", title=path.name, sha256="", length=size, created="", updated=""
            )
            return Glance(_window(file, 0, 0, size), document)
        at = seen_from(known.position)
        byte = places.byte_of(known.id, at)
        if byte is None:
            byte, at = _place(file, at)
        return Glance(_window(file, byte, at, known.length), known)


def _place(file: BinaryIO, wanted: int) -> tuple[int, int]:
    """The byte where a code point stands, and the code point; the end when there are not so
    many."""
    decoder = getincrementaldecoder("utf-8")("replace")
    byte = at = 0
    while at < wanted:
        data = os.pread(file.fileno(), min(_STEP, wanted - at), byte)
        if not data:
            break
        at += len(decoder.decode(data))
        byte += len(data)
    return byte - len(decoder.getstate()[0]), at


def _window(file: BinaryIO, byte: int, at: int, length: int) -> Window:
    data = os.pread(file.fileno(), 2 * AROUND + GRID, byte)
    words = getincrementaldecoder("utf-8")().decode(data)  # a last character may be cut through
    return Window(words, at, length)
