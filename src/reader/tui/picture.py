"""The screen as an SVG picture, drawn without a terminal: for documentation and bug reports."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from html import escape, unescape
from itertools import groupby
from typing import Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from reader.text.cells import clusters
from reader.tui.app import ReaderApp
from reader.workspace.library import Library

_WEB_FONT: Final = re.compile(r"\s*@font-face \{.*?\}\n", re.DOTALL)
_WORDS: Final = re.compile(
    r'<text (class="[^"]*") x="([^"]*)" (y="[^"]*") textLength="([^"]*)"([^>]*)>([^<]*)</text>'
)
_TWICE: Final = Style(underline2=False, underline=True, strike=True)
_LINES: Final = "text-decoration: underline;;text-decoration: line-through;"
_FONTS: Final = "font-family: DejaVu Sans Mono, Menlo, Consolas, monospace;"


class _Doubled(LineFilter):
    """Rich draws no double underline into a picture: give it a sign there that nothing else has."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            Segment(text, style + _TWICE, control) if style and style.underline2 else each
            for each in segments
            for text, style, control in (each,)
        ]


class _Sitter(ReaderApp):
    """The program, to be drawn in a picture."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), _Doubled()]


def picture(
    library: Library,
    name: str,
    size: tuple[int, int],
    keys: Sequence[str],
    *,
    encoding: str | None = None,
    theme: str | None = None,
) -> str:
    """What the screen shows of a document after these keys, as SVG."""
    app = _Sitter(library, [name], encoding=encoding, theme=theme)
    return asyncio.run(_picture(app, size, keys))


async def _picture(app: ReaderApp, size: tuple[int, int], keys: Sequence[str]) -> str:
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        if app.failure is not None:
            raise app.failure
        await pilot.press(*keys)
        await pilot.pause()
        drawn = app.export_screenshot(title="reader", simplify=True)
    return tidy(drawn)


def tidy(svg: str) -> str:
    """The same picture without fonts from the network, and without a name made up each time.

    Words are as wide as in a terminal, and a double underline is one.
    """
    svg = _WEB_FONT.sub("", svg)
    svg = svg.replace(_LINES, "text-decoration: underline double;")
    svg = _WORDS.sub(_in_cells, svg)
    svg = re.sub(r"font-family: Fira Code[^;]*;", _FONTS, svg)
    return re.sub(r"terminal-\d+", "reader", svg)


def _in_cells(found: re.Match[str]) -> str:
    """What stands in one place, cut where letters of another width begin: Rich gives all of them
    one cell, and a viewer spreads what it is given evenly."""
    css, left, top, length, clip, content = found.groups()
    words = unescape(content)
    if cell_len(words) == len(words):
        return found[0]
    cell = float(length) / len(words)
    parts, at = [], float(left)
    each_cluster = (words[start:end] for start, end in clusters(words, 0, len(words)))
    for cells, group in groupby(each_cluster, cell_len):
        drawn = list(group)
        wide = cells * len(drawn) * cell
        shown = escape("".join(drawn)).replace("\u00a0", "&#160;")
        if not "".join(drawn).isspace():
            parts.append(f'<text {css} x="{at:g}" {top} textLength="{wide:g}"{clip}>{shown}</text>')
        at += wide
    return "".join(parts)
