"""A document without its marks, read from the beginning of its file."""

from __future__ import annotations

import re
from typing import Final

from reader.errors import StoreError
from reader.model.document import Document
from reader.storage.journal import read_tail
from reader.storage.json_file import parse
from reader.storage.layout import Shelf
from reader.storage.migrations import migrated
from reader.storage.records import read_record
from reader.storage.recovery import belongs
from reader.storage.state import DOCUMENT, read_document, sequence

_HEAD: Final = re.compile(rb'\A\{"_meta":\{\n.*\n\},\n"document":\{\n"\d+":.*\n\}')
_HEAD_BYTES: Final = 1 << 16


def read_head(shelf: Shelf) -> Document | None:
    """A document without its marks, from the beginning of its JSON and the end of its journal; None
    when they are not as they are usually written, and have to be read whole."""
    try:
        with shelf.json.open("rb") as file:
            head = _HEAD.match(file.read(_HEAD_BYTES))
    except OSError:
        return None
    if head is None:
        return None
    try:
        tables = migrated(parse(head[0] + b"}", shelf.json), shelf.json)
        document = read_document(tables, shelf.json)
        tail = read_tail(shelf.journal, sequence(tables))
        for line, _ in tail.lines:
            for op in line.o:
                if op.table == DOCUMENT and op.new is not None:
                    document = read_record(op.new, Document, shelf.json)
    except StoreError:
        return None
    return None if tail.broken or not belongs(tables, tail) else document
