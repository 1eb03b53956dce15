"""At which byte of a large text a code point stands, so that a look at it need not count up to it.

Nothing hangs on it: it may be deleted at any time, and is then counted.
"""

from __future__ import annotations

import contextlib
from typing import Final

import msgspec

from reader.errors import StoreError
from reader.storage.files import write_atomically
from reader.storage.layout import Layout

_MOST: Final = 100
"""So many documents are remembered, those that were left last."""

_decoder: Final = msgspec.json.Decoder(dict[str, tuple[int, int]])


class Places:
    """A code point and its byte for each document, by the document's id."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def byte_of(self, document_id: str, position: int) -> int | None:
        """The byte at which that code point stands; None when it was not kept."""
        kept, byte = self._read().get(document_id, (-1, 0))
        return byte if kept == position else None

    def keep(self, document_id: str, position: int, byte: int) -> None:
        places = self._read()
        places.pop(document_id, None)
        places[document_id] = position, byte
        last = dict(list(places.items())[-_MOST:])
        with contextlib.suppress(StoreError):  # then it is counted the next time
            write_atomically(self._layout.places, msgspec.json.encode(last), self._layout.rights)

    def _read(self) -> dict[str, tuple[int, int]]:
        try:
            return _decoder.decode(self._layout.places.read_bytes())
        except (OSError, ValueError):
            return {}
