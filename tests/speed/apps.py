"""What the reader is measured against, each a program of its own: `apps.py NAME FILE MARKS`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path[0] = str(Path(__file__).parents[2])

from textual.app import App, ComposeResult  # noqa: E402
from textual.widget import Widget  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.model.annotation import Annotation

ROWS = 400
"""Rows that the floor has ready."""


class Bare(App[None]):
    """Textual with one word on the screen."""

    def compose(self) -> ComposeResult:
        from textual.widgets import Static

        yield Static("quay")


def floor(text: str) -> App[None]:
    """The least that a pane can do: rows that are ready, of which a key redraws some."""
    from rich.segment import Segment
    from rich.style import Style
    from textual import events
    from textual.geometry import Region
    from textual.strip import Strip

    plain, marked = Style.parse("#d0d0d0 on #101010"), Style.parse("bold #101010 on #d0d0d0")

    class Rows(Widget):
        def __init__(self) -> None:
            super().__init__()
            self.top = self.at = 0
            self.ready: dict[tuple[int, bool], Strip] = {}

        def prepare(self) -> None:
            wide = self.size.width
            for number in range(ROWS):
                row = text[number * 80 : number * 80 + 80].replace("\n", " ").ljust(wide)
                parts = [Segment(row[at : at + 20], plain) for at in range(0, wide, 20)]
                self.ready[number, False] = Strip(parts, wide)
                chosen = [*parts[:2], Segment(parts[2].text, marked), *parts[3:]]
                self.ready[number, True] = Strip(chosen, wide)

        def render_line(self, y: int) -> Strip:
            if not self.ready:
                self.prepare()
            return self.ready[(self.top + y) % ROWS, y == self.at]

    class Floor(App[None]):
        def compose(self) -> ComposeResult:
            self.rows = Rows()
            yield self.rows

        def on_key(self, event: events.Key) -> None:
            rows = self.rows
            if event.key == "right":
                for y in (rows.at, (rows.at + 1) % rows.size.height):
                    rows.refresh(Region(0, y, rows.size.width, 1))
                rows.at = (rows.at + 1) % rows.size.height
            elif event.key == "pagedown":
                rows.top += rows.size.height - 2
                rows.refresh()

    return Floor()


def pane(text: Any, number: int) -> App[None]:
    """The article's pane alone, with a cursor that goes from word to word."""
    import re

    from textual import events

    from reader.model.document import Document
    from reader.model.fragment import Fragment
    from reader.model.layer import Layers
    from reader.model.scheme import DEFAULT
    from reader.tui.themes import DARK, VARIABLES
    from reader.tui.widgets.article import ArticlePane
    from reader.tui.widgets.paint import Overlay

    word = re.compile(r"\w+")
    about = Document(id="", title="", sha256="", length=len(text), created="", updated="")

    def drawn() -> Iterable[Annotation]:
        if not number:
            return ()
        from tests.speed.texts import marks

        return marks(text, number, 0, len(text))

    class Pane(App[None]):
        CSS_PATH = str(Path(sys.modules["reader.tui"].__path__[0]) / "reader.tcss")

        def __init__(self) -> None:
            super().__init__()
            self.register_theme(DARK)
            self.theme = DARK.name
            self.at = len(text) // 2

        def get_theme_variable_defaults(self) -> dict[str, str]:
            return dict(VARIABLES)

        def compose(self) -> ComposeResult:
            self.article = ArticlePane(id="article")
            yield self.article

        def on_mount(self) -> None:
            held = Layers(about, drawn())
            self.article.open(text, held, DEFAULT, self.at)

        def on_key(self, event: events.Key) -> None:
            if event.key == "pagedown":
                self.at = self.article.position_of_row(self.at, self.article.page, 0)
            found = word.search(text, self.at)
            if found is not None:
                here = Fragment(found.start(), found.end())
                self.article.show(Overlay(chosen=(here,)), follow=here)
                self.at = here.end

    return Pane()


def textarea(text: str, number: int) -> App[None]:
    """Textual's own editor, with as many highlights."""
    from textual.widgets import TextArea

    from tests.speed.texts import marks

    class Marked(TextArea):
        def _build_highlight_map(self) -> None:
            self._line_cache.clear()
            self._highlights.clear()
            begins = [0]
            for words in text.split("\n"):
                begins.append(begins[-1] + len(words) + 1)
            line = 0
            for each in marks(text, number, 0, len(text)):
                while begins[line + 1] <= each.start:
                    line += 1
                row, start = text[begins[line] : begins[line + 1]], each.start - begins[line]
                first, last = row[:start], row[: start + each.end - each.start]
                self._highlights[line].append((len(first.encode()), len(last.encode()), "string"))

    class Editor(App[None]):
        def compose(self) -> ComposeResult:
            yield Marked(text, theme="monokai", read_only=True)

        def on_mount(self) -> None:
            area = self.query_one(TextArea)
            area.move_cursor((text[: len(text) // 2].count("\n"), 0))

    return Editor()


def on_disk(path: Path) -> App[None]:
    """The pane with a large text as the reader has it: left on the disk. It takes no keys."""
    from reader.workspace.source import Source

    return pane(Source.at(path).decoded(path.name, "utf-8").text, 0)


def main(name: str, path: str = "", number: str = "0") -> None:
    if name == "on-disk":
        on_disk(Path(path)).run()
        return
    text = Path(path).read_bytes().decode() if path else ""
    match name:
        case "bare":
            Bare().run()
        case "floor":
            floor(text).run()
        case "pane":
            pane(text, int(number)).run()
        case "textarea":
            textarea(text, int(number)).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
