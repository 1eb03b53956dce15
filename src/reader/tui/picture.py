"""The screen as an SVG picture, drawn without a terminal: for documentation and bug reports."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from typing import Final

from reader.tui.app import ReaderApp
from reader.workspace.library import Library

_WEB_FONT: Final = re.compile(r"\s*@font-face \{.*?\}\n", re.DOTALL)
_FONTS: Final = "font-family: DejaVu Sans Mono, Menlo, Consolas, monospace;"


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
    app = ReaderApp(library, [name], encoding=encoding, theme=theme)
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
    """The same picture without fonts from the network, and without a name made up each time."""
    svg = _WEB_FONT.sub("", svg)
    svg = re.sub(r"font-family: Fira Code[^;]*;", _FONTS, svg)
    return re.sub(r"terminal-\d+", "reader", svg)
