"""Rows of a table as the JSON they are written as: a tenth of the objects, a fourth of the memory.

Hardly any row is looked at by itself between reading all of them and writing all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from pathlib import Path
from typing import Final, Self

import msgspec

from reader.storage.damage import damaged

Row = dict[str, object]

PACKED: Final = frozenset({"annotations", "links"})
"""The tables that may be large."""

_encode: Final = msgspec.json.Encoder().encode
_decode: Final = msgspec.json.Decoder(Row).decode


class PackedRows(MutableMapping[str, Row]):
    """Rows by their numbers. What is taken out is a copy: to change a row, put it in again."""

    def __init__(self, packed: dict[str, bytes], path: Path) -> None:
        """`path` is the file that is named in errors."""
        self._packed = packed
        self._path = path

    @classmethod
    def of(cls, rows: Mapping[str, Row], path: Path) -> Self:
        """The same rows, packed. Raises UnicodeEncodeError for what is no text."""
        return cls({number: _encode(row) for number, row in rows.items()}, path)

    def __getitem__(self, number: str) -> Row:
        """Raises StoreError when the JSON says what cannot be."""
        packed = self._packed[number]
        try:
            return _decode(packed)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise damaged(self._path, f"row {number}: {error}") from error

    def __setitem__(self, number: str, row: Row) -> None:
        self._packed[number] = _encode(row)

    def __delitem__(self, number: str) -> None:
        del self._packed[number]

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)

    def __contains__(self, number: object) -> bool:
        return number in self._packed

    def __repr__(self) -> str:
        return repr(dict(self))

    def copy(self) -> Self:
        return type(self)(dict(self._packed), self._path)

    def lines(self) -> Iterator[tuple[str, bytes]]:
        """Each row with its number, as JSON."""
        yield from self._packed.items()
