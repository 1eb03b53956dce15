"""The program on a headless screen, with what is on the disk beside what is drawn."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot

from reader.config.settings import Settings
from reader.storage.layout import Layout
from reader.storage.recovery import read
from reader.tui.app import ReaderApp
from reader.tui.screens.reading import ReadingScreen
from reader.tui.screens.searching import SearchFrame
from reader.tui.widgets.hints import HintBar
from reader.workspace.desk import Desk
from tests.workspace.build import library, written

ARTICLE = """\
Depot burns for a second day

PORT AMRIN - A fire at a Kestrel depot killed two workers on Tuesday, officials said.

"We had warned them twice," said harbour master Ines Varga, "and nothing was done."

Mr. Quillard of Kestrel denied it. He said the letter was answered in nine days.

“The pump was old,” said Joris van der Aalt of the Fuel Storage Inspectorate.

The basin was alight, according to two officials who spoke on condition of anonymity.
""" + "".join(
    f"\nParagraph {number} tells of the quay, of the tide that came in and of the crews on it.\n"
    for number in range(1, 16)
)

_FORBIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)
"""What must never reach a terminal: controls of both kinds, and those that turn the line round."""

Mark = tuple[str, str | None, list[str]]


@dataclass(frozen=True)
class Bench:
    """A running program. `press` takes keys with blanks between them."""

    app: ReaderApp
    pilot: Pilot[None]
    folder: Path

    async def press(self, keys: str) -> None:
        for key in keys.split():
            await self.pilot.press(key)
            await self.settle()

    async def tab_to(self, words: str) -> None:
        """Go from candidate to candidate until these words are selected."""
        for _ in range(30):
            await self.press("tab")
            if self.selected == words:
                return
        raise AssertionError(f"{words!r} is no candidate from here on")

    async def write(self, words: str) -> None:
        """Type words into an editor, letter by letter."""
        await self.pilot.press(*words)
        await self.settle()

    async def paste(self, words: str) -> None:
        """Paste as a terminal does: into whatever has the focus."""
        driver = self.app._driver
        assert driver is not None
        driver.send_message(events.Paste(words))
        await self.pilot.pause()
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        """Give the terminal another size; Textual lays the screen out anew a little later."""
        await self.pilot.resize_terminal(width, height)
        for _ in range(100):
            await self.pilot.pause()
            if self.app.screen.size == (width, height):
                break
        await self.settle()

    async def settle(self) -> None:
        """Wait until what a message led to, and what that led to, is done and laid out."""
        for _ in range(3):
            await self.pilot.pause(0)
        while any(
            isinstance(each, SearchFrame) and each.searching for each in self.app.screen_stack
        ):
            await self.pilot.pause(0.01)

    # What the person sees -------------------------------------------------------------------------

    @property
    def screen(self) -> ReadingScreen:
        """The document's screen, whatever lies over it."""
        return next(each for each in self.app.screen_stack if isinstance(each, ReadingScreen))

    @property
    def desk(self) -> Desk:
        return self.screen.desk

    @property
    def selected(self) -> str:
        now = self.desk.selection
        return self.desk.text[now.start : now.end]

    @property
    def rows(self) -> list[str]:
        """The rows of the topmost screen, as text."""
        return drawn_by(self.app.screen)

    @property
    def picture(self) -> str:
        return "\n".join(self.rows)

    @property
    def said(self) -> str:
        """The upper of the two lines at the foot, also where a notice lies over it."""
        return self.screen.query_one(HintBar).render_line(0).text

    @property
    def offered(self) -> str:
        """The lower one."""
        return self.screen.query_one(HintBar).render_line(1).text

    def check_clean(self) -> None:
        """Nothing that a terminal would obey is drawn on any of the screens."""
        for screen in self.app.screen_stack:
            for row in drawn_by(screen):
                assert not _FORBIDDEN.search(row), repr(row)

    def place_of(self, words: str) -> tuple[int, int]:
        """The cell of the topmost screen where the words begin."""
        for y, row in enumerate(self.rows):
            if words in row:
                return row.index(words), y
        raise AssertionError(f"{words!r} is not on the screen")

    # What is on the disk --------------------------------------------------------------------------

    @property
    def tables(self) -> dict[str, dict[str, Any]]:
        """What the one document's files hold; nothing before the first mark."""
        files = list((self.folder / "db" / "documents").glob("*.json"))
        layout = Layout(self.folder / "db")
        tables = read(layout.shelf(files[0].stem)).state.tables if files else {}
        return {name: dict(rows) for name, rows in tables.items()}

    @property
    def marks(self) -> list[Mark]:
        """Kind, label and quotes of the marks on the disk, by place, each checked in the text."""
        found = sorted(
            self.tables.get("annotations", {}).values(), key=lambda row: row["fragments"]
        )
        for row in found:
            quotes = [self.desk.text[start:end] for start, end in row["fragments"]]
            assert quotes == row["quote"]
        return [(row["kind"], row["label"], row["quote"]) for row in found]

    @property
    def ties(self) -> list[tuple[list[str], list[str]]]:
        """The quotes of both ends of every link on the disk."""
        quotes = {row["id"]: row["quote"] for row in self.tables.get("annotations", {}).values()}
        return [
            (quotes[row["from"]], quotes[row["to"]])
            for row in self.tables.get("links", {}).values()
        ]

    @property
    def notes(self) -> list[str]:
        return [row["note"] for row in self.tables["annotations"].values()]


def drawn_by(screen: Any) -> list[str]:
    """The rows of a screen as text."""
    return [strip.text for strip in screen._compositor.render_strips()]


@asynccontextmanager
async def opened(
    folder: Path,
    *texts: str,
    size: tuple[int, int] = (80, 24),
    names: tuple[str, ...] = (),
    annotator: str = "anna",
    theme: str | None = None,
    settings: Settings | None = None,
) -> AsyncIterator[Bench]:
    """The program with these texts as its queue, in a database in the folder."""
    texts = texts or (ARTICLE,)
    names = names or tuple(f"text-{number}.txt" for number in range(1, len(texts) + 1))
    paths = [written(folder, text, name) for text, name in zip(texts, names, strict=True)]
    app = ReaderApp(library(folder, annotator), paths, theme=theme, settings=settings)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        bench = Bench(app, pilot, folder)
        await bench.settle()  # the foot comes after the text
        yield bench
