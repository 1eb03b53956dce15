"""On which line of a JSON file something stands: it is read without, and few are asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from json import JSONDecoder
from typing import Final

Path = Sequence[str | int]
"""Keys and indices, from the outermost value inwards."""

_BLANKS: Final = re.compile(r"[ \t\n\r]*")
_BYTE: Final = re.compile(r"\(byte (\d+)\)$")
_PATH: Final = re.compile(r"`\$((?:\.\w+|\[\d+\])*)")
_STEP: Final = re.compile(r"\.(\w+)|\[(\d+)\]")
_decode: Final = JSONDecoder().raw_decode


def line_of_error(data: bytes, message: str) -> int:
    """The line that msgspec complains of; the last one when the file breaks off."""
    byte = _BYTE.search(message)
    return data.count(b"\n", 0, int(byte[1]) if byte else len(data.rstrip())) + 1


def path_in(message: str) -> Path:
    """The path to the value that msgspec complains of."""
    found = _PATH.search(message)
    steps = _STEP.finditer(found[1]) if found else ()
    return [each[1] or int(each[2]) for each in steps]


def line_at(text: str, path: Path) -> int:
    """The line on which the value at a path begins; where it leads nowhere, the last one on it."""
    at = _past_blanks(text, 0)
    for step in path:
        try:
            inner = _inside(text, at, step)
        except (ValueError, IndexError, RecursionError):
            break  # no JSON, or a number that Python refuses
        if inner is None:
            break
        at = inner
    return text.count("\n", 0, at) + 1


def _inside(text: str, at: int, step: str | int) -> int | None:
    """Where the value begins that an object or a list, which begins here, has at that step."""
    is_object = text[at] == "{"
    if not is_object and text[at] != "[":
        return None
    found = None
    at = _past_blanks(text, at + 1)
    number = 0
    while text[at] not in "}]":
        key: str | int = number
        if is_object:
            key, at = _decode(text, at)
            at = _past_blanks(text, _past_blanks(text, at) + 1)
        if key == step:
            found = at  # of equal keys the last one counts
        at = _past_blanks(text, _decode(text, at)[1])
        if text[at] == ",":
            at = _past_blanks(text, at + 1)
        number += 1
    return found


def _past_blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at
