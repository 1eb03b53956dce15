"""What a regular expression asks for, as it is written: known before it is compiled, which can take
all time and all memory."""

from __future__ import annotations

import re
from typing import Final

_SINGLE: Final = r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]"  # an escape, a set
_PARTS: Final = re.compile(
    r"\(\?\#[^)]*\)"  # a remark
    r"|\{(?P<least>\d*)(?P<most>,\d*)?\}[?+]?|(?P<once>\+)[?+]?|[*?][?+]?"
    rf"|(?P<open>\()|(?P<close>\))|(?P<atom>{_SINGLE}|.)",
    re.DOTALL,
)
_LOOSE: Final = re.compile(rf"({_SINGLE})|\s+|\#[^\n]*", re.DOTALL)
"""What a verbose one is read without, and parts of it that are kept."""


def weight(source: str) -> int:
    """How many parts there are to compile.

    What has to be there several times is compiled as often, and once more, and so is what is in it.
    """
    if "(?" in source and "x" in source:  # it may be a verbose one, or in part
        return max(_weight(source), _weight(_LOOSE.sub(lambda part: part[1] or "", source)))
    return _weight(source)


def escapes(source: str) -> set[str]:
    r"""The escapes in it, such as "\w"."""
    found = (part["atom"] or "" for part in _PARTS.finditer(source))
    return {each for each in found if each.startswith("\\")}


def _weight(source: str) -> int:
    groups: list[int] = []  # what was before the group that is open, and before those round it
    before = last = 0  # of the group that is open; the last part is what a count stands for
    for part in _PARTS.finditer(source):
        if part["open"]:
            groups.append(before + last)
            before = last = 0
        elif part["close"]:
            before, last = groups.pop() if groups else 0, before + last + 1
        elif part["atom"]:
            before, last = before + last, 1
        elif part["once"]:
            last *= 2
        elif part["least"]:
            least = int(part["least"])
            last *= least + 1 if least > 1 or part["most"] else 1
    return sum(groups) + before + last
