"""Asking for one line: the name of a file to write, or a place in the text."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from reader.text.cells import safe


class PlaceScreen(ModalScreen[str]):
    """A line of input over the document; the empty string is given back when it is left."""

    CSS_PATH = "../cards.tcss"

    AUTO_FOCUS = "Input"

    def __init__(
        self,
        title: str,
        why: str,
        place: str,
        keys: str = "Enter: write it · Esc: back",
        *,
        trouble: str = "",
    ) -> None:
        """`place` is what stands in the line at first; `keys` says what the keys do; `trouble` why
        what was given before would not do."""
        super().__init__()
        self._keys = keys
        self._title = title
        self._why = why
        self._place = place
        self._trouble = trouble
        self._shut = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="card") as box:
            box.border_title = Content(f" {safe(self._title)} ")
            box.border_subtitle = Content(f" {self._keys} ")
            if self._trouble:
                yield Static(safe(self._trouble), classes="card--trouble", markup=False)
            yield Static(safe(self._why), markup=False)
            yield Input(self._place, select_on_focus=False)

    @on(Input.Submitted)
    def _given(self, event: Input.Submitted) -> None:
        self._close(event.value.strip())

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            event.stop()
            self._close("")

    def _close(self, given: str) -> None:
        if not self._shut:  # a second key may be on its way
            self._shut = True
            self.dismiss(given)
