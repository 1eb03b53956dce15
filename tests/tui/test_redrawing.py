"""What is sent key by key adds up to what the screen would show if it were drawn afresh."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.tui.widgets.canvas import Canvas, changed
from tests.speed.stream import tokens
from tests.tui.bench import ARTICLE, Bench, opened

_CONSOLE = Console(force_terminal=True, color_system="truecolor", legacy_windows=False)
_ODD = "東京の埠頭で火災、と e\u0301lan 👩\u200d👧 हिन्दी said. क्षत्रिय “中文” and 'more'.\n\n" * 3
_KEYS = """
    right right right left down down up pagedown pageup ) ( } { ' " tab tab ] [ home G shift+right
    > < o + - e,p e,o c c s s r a,1 a,0 a,escape d u u U ; x t,escape t,down,down,enter t,pagedown,d
    t,/,a,enter,t t,/,escape,t t,space,m,t t,v,escape,t
    t,escape /,f,i,r,e,enter n escape ?,escape 5,down w,escape wheel back
"""


class Glass:
    """A terminal's cells: each with its character and how it is drawn."""

    def __init__(self, width: int, height: int) -> None:
        self.cells = [[(" ", "")] * width for _ in range(height)]

    def take(self, update: Any) -> None:
        """Show what is sent for an update."""
        row = column = 0
        style = ""
        for kind, body in tokens(update.render_segments(_CONSOLE).encode()):
            if kind == "csi" and body.endswith("H"):
                row, column = (int(each) - 1 for each in body[2:-1].split(";"))
            elif kind == "csi":
                style = "" if body == "\x1b[0m" else body
            elif kind == "text":
                for character in body:
                    column += self._put(row, column, character, style)

    def _put(self, row: int, column: int, character: str, style: str) -> int:
        wide = cell_len(character)
        for at in range(column, column + wide):
            self.cells[row][at] = (character if at == column else "", style)
        if not wide:  # it stands on the one before
            before, style = self.cells[row][column - 1]
            self.cells[row][column - 1] = (before + character, style)
        return wide


def afresh(bench: Bench) -> Glass:
    """The screen as it would be if nothing had been kept."""
    screen = bench.app.screen
    for each in screen.walk_children(Canvas):
        each.notify_style_update()
        each._styles_cache.clear()
    bench.screen.article._painted.clear()
    glass = Glass(*bench.app.size)
    stack = bench.app._background_screens
    glass.take(screen._compositor.render_update(full=True, screen_stack=stack))
    return glass


async def quiet(bench: Bench) -> None:
    """Wait until all has been sent."""
    await bench.settle()
    screen = bench.app.screen
    for _ in range(20):
        if not (screen._dirty_widgets or screen._compositor._dirty_regions):
            return
        await asyncio.sleep(0.01)


@pytest.mark.parametrize(("seed", "size"), [(1, (80, 24)), (2, (120, 30)), (3, (46, 12))])
async def test_a_walk_leaves_nothing_stale(
    tmp_path: Path, seed: int, size: tuple[int, int]
) -> None:
    chance = random.Random(seed)
    async with opened(tmp_path, ARTICLE[:700] + "\n" + _ODD + ARTICLE[700:], size=size) as bench:
        await quiet(bench)
        glass = afresh(bench)

        def display(screen: object, update: Any) -> None:
            if update is not None:
                glass.take(update)

        bench.app._display = display  # type: ignore[method-assign]
        for _ in range(90):
            keys = chance.choice(_KEYS.split())
            if keys in ("wheel", "back"):
                bench.screen.article.scroll_rows(3 if keys == "wheel" else -3)
            else:
                await bench.press(keys.replace(",", " "))
            await quiet(bench)
            assert glass.cells == afresh(bench).cells, keys
        assert bench.desk.session.undoable


# Which cells differ -------------------------------------------------------------------------------

_PLAIN, _BOLD = Style(), Style(bold=True)


def strip(*parts: tuple[str, Style]) -> Strip:
    return Strip([Segment(*part) for part in parts])


@pytest.mark.parametrize(
    ("before", "after", "cells"),
    [
        (strip(("a quay", _PLAIN)), strip(("a quay", _PLAIN)), range(0)),
        (strip(("a quay", _PLAIN)), strip(("a ", _PLAIN), ("quay", _PLAIN)), range(0)),
        (strip(("a q", _PLAIN)), strip(("a ", _PLAIN), ("q", _BOLD)), range(2, 3)),
        (strip(("│quay on│", _PLAIN)), strip(("│quoy in│", _PLAIN)), range(3, 7)),
        (strip(("中文 a", _PLAIN)), strip(("中文 b", _PLAIN)), range(6)),
        (strip(("e\u0301 a", _PLAIN)), strip(("e\u0301 b", _PLAIN)), range(3)),
        (strip(("की a", _PLAIN)), strip(("की b", _PLAIN)), range(4)),
    ],
)  # fmt: skip
def test_the_cells_that_differ(before: Strip, after: Strip, cells: range) -> None:
    assert changed(before, after) == cells
