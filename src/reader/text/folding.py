"""Letters without their case and accents, and which characters a folded letter stands for."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

ACCENTS: Final = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
"""Marks that one reads over: accents, and the points of Hebrew and Arabic. Not the vowels of
Indic and Thai letters, which are marks as well."""

UNSEEN: Final = "\u00ad\u200b-\u200f\u2060\ufeff"
"""What has no shape inside a word: the soft hyphen, joiners, marks of direction."""

_MARK: Final = re.compile(f"[{ACCENTS}{UNSEEN}]")
_PARTS: Final = re.compile("[\0-\x7f]+|[^\0-\x7f]+")

# Where the characters are that are more than another case of a letter.
_RANGES: Final = (
    *((0xA0, 0x300), (0x370, 0x530), (0x587, 0x588), (0x1C80, 0x1C89), (0x1E00, 0x2000)),
    *((0x2010, 0x20A0), (0x2100, 0x2190), (0x2212, 0x2213), (0xFB00, 0xFB18), (0xFF01, 0xFF5F)),
)

_ALIKE: Final = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ´‹›", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
    | {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "⁄": "/"}
)
"""What Unicode holds apart though one types it alike."""


def fold(text: str) -> str:
    """The text as it is compared: small letters without accents, plain quotes and hyphens."""
    if text.isascii():
        return text.lower()
    return "".join(
        part.lower() if part.isascii() else _fold_other(part) for part in _PARTS.findall(text)
    )


def _fold_other(text: str) -> str:
    table = _table()
    return "".join(
        table[char] if char in table else "" if _MARK.match(char) else char.casefold()
        for char in text
    )


def variants(letter: str) -> str:
    """All characters that fold to this one letter."""
    cases = {letter, letter.lower(), letter.upper(), letter.title()}
    simple = sorted(each for each in cases if len(each) == 1 and fold(each) == letter)
    others = _inverse().get(letter, "")
    return "".join(simple) + "".join(each for each in others if each not in simple)


@cache
def ligatures() -> dict[str, str]:
    """Letters that single characters fold to several of ("ss", "ffi"), with those characters."""
    return {folded: chars for folded, chars in _inverse().items() if len(folded) > 1}


@cache
def _table() -> dict[str, str]:
    """Characters by what they fold to, where that is not simply their small letter: 3 ms."""
    table = {}
    for low, high in _RANGES:
        for char in map(chr, range(low, high)):
            plain = unicodedata.normalize("NFKD", char.translate(_ALIKE))
            folded = _MARK.sub("", plain).casefold().translate(_ALIKE)
            if folded and folded != char and not any(map(str.isspace, folded)):
                table[char] = folded
    return table


@cache
def _inverse() -> dict[str, str]:
    found: dict[str, str] = {}
    for char, folded in _table().items():
        found[folded] = found.get(folded, "") + char
    return found
