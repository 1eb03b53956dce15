"""Words that Markdown leaves as they are, and tables of them (CommonMark 0.31, 2.4; GFM, 4.10).

Whatever means something in Markdown or HTML gets a backslash in front.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from reader.formats.html_safe import shown

_MEANING: Final = re.compile(
    r"[\\`*_{}\[\]<>|~&$^#!]"  # anywhere
    r"|(?<=http)s?:(?=//)|(?<=www)\."  # addresses would become links
)
_STARTING: Final = re.compile(r"^([+\-=:]|\d{1,9}(?=[.)]))")
LINE_END: Final = re.compile(r"\r\n|\n")


def escaped(text: str) -> str:
    """Words of one line as Markdown shows them, and nothing else; shown as visible signs."""

    return begun(guarded(shown(text)))


def guarded(text: str) -> str:
    """Shown words with a backslash before all that means something anywhere in a line."""
    return _MEANING.sub(lambda match: f"{match[0][:-1]}\\{match[0][-1]}", text)


def begun(line: str) -> str:
    """A line that begins nothing but a paragraph."""
    return _STARTING.sub(lambda match: _start(match[1]), line)


def _start(found: str) -> str:
    """What would begin a list, an underlining or a table's rule, made a word."""
    return f"&#{ord(found[0])};{found[1:]}" if found[0].isdigit() else f"\\{found}"


def table_of(columns: Iterable[str], table: Iterable[Iterable[str]]) -> str:
    """A table as GitHub has it; line ends in cells become breaks."""
    names = list(columns)
    lines = [f"| {' | '.join(names)} |", f"|{' --- |' * len(names)}"]
    for row in table:
        lines.append(f"| {' | '.join(_cell(each) for each in row)} |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    lines = LINE_END.split(text)
    return "<br>".join(escaped(" ".join(each.split())) for each in lines)
