"""Tables as JSON, one record per line, so that `git diff` stays small."""

from __future__ import annotations

import contextlib
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from pathlib import Path
from typing import Final

import msgspec

from reader.errors import StoreError
from reader.storage.damage import damaged
from reader.storage.files import store_error
from reader.storage.packed import PACKED, PackedRows, Row

Rows = MutableMapping[str, Row]
Tables = dict[str, Rows]
_Plain = dict[str, dict[str, Row]]
_Packed = dict[str, dict[str, msgspec.Raw]]

_ROW: Final = re.compile(rb'\n\s*"\d+"\s*:')


def read_tables(path: Path) -> Tables | None:
    """The tables in a file, or None when there is none. Raises StoreError on what does not
    parse."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise store_error(f"{path} cannot be read", error) from error
    return parse(data, path)


def serialize(tables: Mapping[str, Mapping[str, object]]) -> bytes:
    """The tables as JSON in UTF-8, one record per line, tables and rows in the order given.

    Raises StoreError for what is no text.
    """
    encode = msgspec.json.Encoder().encode
    chunks = []
    try:
        for name, rows in tables.items():
            packed = rows.lines() if isinstance(rows, PackedRows) else _encoded(rows, encode)
            lines = b",\n".join([b'"%b":%b' % (number.encode(), row) for number, row in packed])
            chunks.append(encode(name) + (b":{\n" + lines + b"\n}" if lines else b":{}"))
    except UnicodeEncodeError as error:
        raise StoreError(
            "The marks were not saved",
            "a name or a note holds bytes that are no text",
            "Write it in UTF-8.",
        ) from error
    return b"{" + b",\n".join(chunks) + b"}\n"


def _encoded(
    rows: Mapping[str, object], encode: Callable[[object], bytes]
) -> Iterator[tuple[str, bytes]]:
    for number, row in rows.items():
        yield str(number), encode(row)


def seal(tables: Tables, line: str) -> bytes:
    """The tables as a file that tells whether anybody else has written in it since.

    `line` is the checksum of the last change in the journal that they include.
    """
    body = serialize({name: rows for name, rows in tables.items() if name != "_meta"})[1:]
    about = {**tables["_meta"]["1"], "line": line, "sum": f"{zlib.crc32(body):08x}"}
    return serialize({"_meta": {"1": about}})[:-2] + b",\n" + body


def meta(data: bytes) -> dict[str, object]:
    """The row about a file itself, read from its beginning; empty when it is not as we write it."""
    try:
        head = msgspec.json.decode(data[: data.find(b"\n},\n") + 2] + b"}", type=_Plain)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return {}
    return head.get("_meta", {}).get("1", {})


def sealed(data: bytes) -> bool:
    """Whether a file is as `seal` made it, to the last byte."""
    body = data[data.find(b"\n},\n") + 4 :]
    return meta(data).get("sum") == f"{zlib.crc32(body):08x}"


def parse(data: bytes, path: Path) -> Tables:
    """What `serialize` made, or a hand edited. Raises StoreError that names path and line."""
    if not data.strip(b"\x00 \t\r\n"):
        raise damaged(path, "it is empty" if not data else "it holds nothing but zeros and blanks")
    try:
        tables = _tables(data, path)
    except msgspec.ValidationError as error:
        raise damaged(path, f"it is no file of tables ({error})") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise damaged(path, _where(data) or str(error)) from error
    for name, rows in tables.items():
        wrong = next((row for row in rows if not row.isdecimal()), None)
        if wrong is not None:
            raise damaged(path, f"{name}: '{wrong}' is no row number")
    if len(_ROW.findall(data)) > sum(map(len, tables.values())):
        _refuse_doubles(data, path)
    return tables


def _tables(data: bytes, path: Path) -> Tables:
    """The tables in a file. In one that nobody else has written in, rows of marks stay packed."""
    if sealed(data):
        with contextlib.suppress(msgspec.MsgspecError, RecursionError):
            tables: Tables = {}
            for name, rows in msgspec.json.decode(data, type=_Packed).items():
                packed = PackedRows({number: bytes(row) for number, row in rows.items()}, path)
                tables[name] = packed if name in PACKED else dict(packed)
            return tables
    return dict(msgspec.json.decode(data, type=_Plain))


def _refuse_doubles(data: bytes, path: Path) -> None:
    """Raise StoreError when a key is there twice, as after a merge that kept the lines of both
    sides: parsers take the last one, and the first would be gone with the next save."""

    def check(pairs: list[tuple[str, object]]) -> None:
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise damaged(path, f"'{key}' is there twice, and only one could be kept")
            seen.add(key)

    import json

    json.loads(data, object_pairs_hook=check)


def _where(data: bytes) -> str | None:
    """The line that breaks the file, which the fast parser does not tell."""
    import json

    try:
        json.loads(data)
    except json.JSONDecodeError as error:
        return f"line {error.lineno}: {error.msg}"
    except (UnicodeDecodeError, RecursionError):
        return None
    return None
