"""The characters that names, quotations, words and paragraphs cannot do without.

Where none of them stands nothing needs to be read closer: a stretch without them is passed at the
speed of a string search. Offsets are code points.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Final

Has = Callable[[str], bool]
"""Whether a stretch has a sign of one sort."""

QUOTATION_MARK: Final = re.compile("[\"“”„‟«»‘’‚'‹›]")

BLANK: Final = "\ufeff"
"""Drawn as nothing, and blank to every reader, though not white space."""

INK: Final = re.compile(rf"[^\s{BLANK}]")

_STEP: Final = 4096


def has_capital(text: str) -> bool:
    """Whether any character is a capital; without one there is no name."""
    return not f"a{text}".islower()  # stops at the first one, and knows all scripts


def has_quotation_mark(text: str) -> bool:
    return QUOTATION_MARK.search(text) is not None


def may_have_candidate(text: str) -> bool:
    """Whether there can be a name or a quotation."""
    return has_capital(text) or has_quotation_mark(text)


def has_ink(text: str) -> bool:
    return not text.isspace() and INK.search(text) is not None


def may_have_word(text: str) -> bool:
    return wordlike().search(text) is not None


@cache
def wordlike() -> re.Pattern[str]:
    """What every word has one of: no punctuation of ASCII, no dash, arrow, rule or frame.

    One class, since a pattern that is nothing else is searched for without a try at each place.
    """
    return re.compile(
        "[^\0-/:-@\\[-`{-\xa8\u2010-\u206f\u2190-\u2319\u231c-\u23e8\u23f4-\u245f\u2500-\u25ff"
        "\u27c0-\u2b1a\u3000-\u3004\u3008-\u3020\u3030]"
    )


def after(text: str, position: int, has: Has) -> int:
    """The first place from a position on where such a sign stands; the text's end if none does."""
    for low in range(position, len(text), _STEP):
        if has(text[low : low + _STEP]):
            high = min(len(text), low + _STEP)
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (low, middle) if has(text[low:middle]) else (middle, high)
            return low
    return len(text)


def before(text: str, position: int, has: Has) -> int:
    """Behind the last such sign before a position; 0 if there is none."""
    for high in range(position, 0, -_STEP):
        low = max(0, high - _STEP)
        if has(text[low:high]):
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if has(text[middle:high]) else (low, middle)
            return high
    return 0
