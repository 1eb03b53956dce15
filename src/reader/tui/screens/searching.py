"""The search: a line of input below the panes, and the hits it finds."""

from __future__ import annotations

from typing import Final

from textual import events, on
from textual.timer import Timer
from textual.widgets import Input

from reader.text.cells import safe
from reader.tui.screens.frame import DocumentFrame
from reader.workspace.selection import Selection

_QUIET: Final = 0.05
"""Seconds without a key after which no more are on their way."""


class SearchFrame(DocumentFrame):
    """A document's screen that can be searched."""

    _before_search: Selection | None = None
    """What was selected when the search began: where it starts, and what leaving it gives back."""
    _focusing: Timer | None = None

    def do_search(self, count: int) -> None:
        self._before_search = self.desk.selection
        self.search.value = ""
        self.search.display = True
        self._focus_soon()

    def _focus_soon(self) -> None:
        """Give the line the focus when no key is on its way: those sent in one burst with the
        search's own key come here still, and must not be overtaken."""
        if self._focusing is not None:
            self._focusing.stop()
        self._focusing = self.set_timer(_QUIET, lambda: self.set_focus(self.search))

    def do_search_next(self, count: int) -> None:
        for _ in range(count):
            self.say(self.desk.to_hit(1))

    def do_search_previous(self, count: int) -> None:
        for _ in range(count):
            self.say(self.desk.to_hit(-1))

    @on(Input.Changed, "#search")
    def _search_typed(self, event: Input.Changed) -> None:
        self._look_for(event.value)

    def _look_for(self, words: str) -> None:
        """Go to the first hit while the words are still being typed."""
        before = self._before_search
        if before is None:
            return  # the search is closed again
        self.desk.select(before)
        if not words.strip():
            self.desk.hide_hits()
            self.say("")
        elif self.desk.search(words, before.start):
            self.say(f"{len(self.desk.hits)} found")
        else:
            self.say("Not found")
        self.show()

    @on(Input.Submitted, "#search")
    def _search_done(self) -> None:
        self._look_for(self.search.value)
        if self.desk.hits:
            self.say(f"{len(self.desk.hits)} found; n next, N previous, Esc clears")
        elif self.search.value.strip():
            self.say(self.desk.to_hit(1), alarm=True)
        self._close_search()

    def taken_by_input(self, event: events.Key) -> bool:
        """While a search is open its line of input takes all keys, those typed ahead, too."""
        if self._before_search is None:
            return False
        if event.key == "escape":
            event.stop()
            self.desk.hide_hits()
            self.desk.select(self._before_search)
            self.say("")
            self._close_search()
        elif not self.search.has_focus:
            event.stop()
            self._typed_ahead(event)
        return True

    def _typed_ahead(self, event: events.Key) -> None:
        """Take a key that was sent before the line had the focus."""
        self._focus_soon()
        if event.key == "enter":
            self._search_done()
        elif event.key == "backspace":
            self.search.action_delete_left()
        elif event.character is not None and event.is_printable:
            self.search.insert_text_at_cursor(event.character)

    def on_paste(self, event: events.Paste) -> None:
        """The same for what is pasted, without its controls."""
        if self._before_search is not None and not self.search.has_focus:
            self._focus_soon()
            self.search.insert_text_at_cursor(safe(event.text))

    def _close_search(self) -> None:
        self._before_search = None
        if self._focusing is not None:
            self._focusing.stop()
        self.set_focus(None)
        self.search.display = False
        self.show()
