"""What a program sends to a terminal, taken apart as a terminal does it (ECMA-48)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from rich.cells import cell_len

_TOKEN: Final = re.compile(
    r"(?P<csi>\x1b\[[0-?]*[ -/]*[@-~])"
    r"|(?P<string>\x1b[\]P_^X].*?(?:\x07|\x1b\\))"
    r"|(?P<escape>\x1b[ -/]*[0-~])"
    r"|(?P<c0>[\x00-\x1f\x7f])"
    r"|(?P<c1>[\x80-\x9f])"
    r"|(?P<text>[^\x00-\x1f\x7f-\x9f]+)",
    re.DOTALL,
)
_CSI: Final = re.compile(r"\x1b\[([<-?]?)([0-9:;]*)([ -/]*[@-~])")
_HIDDEN: Final = re.compile("[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""What turns or hides what stands beside it: never part of what is drawn."""


class Token(NamedTuple):
    """A control sequence, a single control, or a run of text."""

    kind: str
    body: str


class Run(NamedTuple):
    """Text that is written in one go: its row, the column where it begins, and its cells."""

    row: int
    column: int
    width: int
    text: str


def tokens(sent: bytes) -> Iterator[Token]:
    """All that was sent, which must be UTF-8."""
    for match in _TOKEN.finditer(sent.decode()):
        yield Token(match.lastgroup or "", match[0])


def controls(sent: bytes) -> set[str]:
    """Which control sequences there are: modes and strings as they stand, others by what they do,
    colours also by their first parameter."""
    return {_name(token) for token in tokens(sent) if token.kind != "text"}


def _name(token: Token) -> str:
    match = _CSI.fullmatch(token.body)
    if match is None:
        return f"{token.kind} {token.body!r}"
    mark, _, final = match.groups()
    if mark or final not in ("m", "H"):
        return f"csi {token.body[2:]!r}"
    return f"csi {final}"


def strange(sent: bytes, harmless: set[str], size: tuple[int, int]) -> list[str]:
    """What a terminal would obey and no harmless text makes the program send."""
    found = sorted(controls(sent) - harmless)
    for kind, body in tokens(sent):
        if kind == "text" and _HIDDEN.search(body):
            found.append(f"text {body!r}")
        elif kind == "csi" and body.endswith("m"):
            found += [f"csi {body[2:]!r}"] if "5" in _plain_styles(body) else []
        elif kind == "csi" and body.endswith("H"):
            row, column = _place(body)
            found += [f"csi {body[2:]!r}"] if row > size[1] or column > size[0] else []
    return found


def _plain_styles(body: str) -> list[str]:
    """The parameters of a style that are no part of a colour: 5, blinking, is none of ours."""
    return re.sub(r"[34]8;(5;\d+|2;\d+;\d+;\d+)", "", body[2:-1]).split(";")


def _place(body: str) -> tuple[int, int]:
    row, _, column = body[2:-1].partition(";")
    return int(row or 1), int(column or 1)


def runs(sent: bytes) -> Iterator[Run]:
    """The runs of text, with what Rich takes for their cells."""
    row = column = 1
    written = ""
    for kind, body in tokens(sent):
        if kind == "text":
            written += body
        elif kind != "csi" or not body.endswith("m"):
            if written:
                yield Run(row, column, cell_len(written), written)
            written = ""
            if kind == "csi" and body.endswith("H"):
                row, column = _place(body)
    if written:
        yield Run(row, column, cell_len(written), written)


def screen(sent: bytes, size: tuple[int, int]) -> list[str]:
    """What the screen shows in the end; a wide character is followed by nothing."""
    cells = [[" "] * size[0] for _ in range(size[1])]
    row = column = 1
    for kind, body in tokens(sent):
        if kind == "csi" and body.endswith("H"):
            row, column = _place(body)
        elif kind == "csi" and body.endswith("J"):
            cells = [[" "] * size[0] for _ in range(size[1])]
        elif kind == "text":
            for char in body:
                wide = cell_len(char)
                for at in range(column - 1, min(size[0], column - 1 + wide)):
                    cells[row - 1][at] = char if at == column - 1 else ""
                column += wide
    return ["".join(each) for each in cells]
