"""Picking one of many by typing some of its words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Final, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input

from reader.text.cells import safe, width
from reader.text.folding import fold
from reader.tui.widgets.listing import Line, Listing

_COLUMN: Final = 24
"""So many cells at the most are kept for the names, and what is said of them stands behind."""


class Choice(NamedTuple):
    """What can be picked: its words, what is said beside them, and what stands at the right."""

    words: str
    beside: str = ""
    end: str = ""


class PickScreen(ModalScreen[int | None]):
    """A line of input over a list; gives back the number of the choice, or None when it is left.

    The list holds those in which every typed word occurs, whatever its case and accents.
    """

    CSS_PATH = "../cards.tcss"

    AUTO_FOCUS = "Input"

    def __init__(self, title: str, choices: Sequence[Choice], at: int = 0, keys: str = "") -> None:
        """`at` is the choice that the cursor begins on; `keys` says what Enter does."""
        super().__init__()
        self._title = title
        self._choices = choices
        self._found: Sequence[int] = range(len(choices))
        self._at = at
        self._keys = keys or "Enter: take it"
        self._shut = False
        # what is said beside short names stands below one another
        self._column = min(_COLUMN, max((width(safe(each.words)) for each in choices), default=0))

    def compose(self) -> ComposeResult:
        with Vertical(classes="card tall") as box:
            box.border_title = Content(f" {safe(self._title)} ")
            box.border_subtitle = Content(f" {self._keys} · ↑ ↓ · Esc: back ")
            yield Input(placeholder="type to narrow the list", select_on_focus=False)
            yield Listing("Nothing has these words")

    def on_mount(self) -> None:
        self._show(self._at)

    def _show(self, cursor: int = 0) -> None:
        self.query_one(Listing).fill(len(self._found), self._line, cursor)

    def _line(self, row: int) -> Line:
        choice = self._choices[self._found[row]]
        words = safe(choice.words)
        gap = " " * (2 + max(0, self._column - width(words)))
        beside = f"{gap}{choice.beside}" if choice.beside else ""
        return Line(((words, "text"), (beside, "quiet")), choice.end)

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        wanted = fold(event.value).split()
        self._found = [
            at for at, each in enumerate(self._folded) if all(word in each for word in wanted)
        ]
        self._show()

    @cached_property
    def _folded(self) -> list[str]:
        """What is looked through, each time a letter is typed."""
        return [fold(f"{each.words} {each.beside} {each.end}") for each in self._choices]

    @on(Input.Submitted)
    def _picked(self) -> None:
        listing = self.query_one(Listing)
        if len(listing):
            self._close(self._found[listing.cursor])

    @on(Listing.Clicked)
    def _clicked(self, message: Listing.Clicked) -> None:
        self._close(self._found[message.row])

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            event.stop()
            self._close(None)
        elif event.key not in ("home", "end") and self.query_one(Listing).key(event.key):
            event.stop()
            event.prevent_default()

    def _close(self, picked: int | None) -> None:
        if not self._shut:  # a second key may be on its way
            self._shut = True
            self.dismiss(picked)
