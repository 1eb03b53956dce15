"""The search: a line of input below the panes, and the hits it finds."""

from __future__ import annotations

from textual import events, on
from textual.widgets import Input

from reader.tui.screens.frame import DocumentFrame
from reader.workspace.selection import Selection


class SearchFrame(DocumentFrame):
    """A document's screen that can be searched."""

    _before_search: Selection | None = None
    """What was selected when the search began: where it starts, and what leaving it gives back."""

    def do_search(self, count: int) -> None:
        self._before_search = self.desk.selection
        self.search.value = ""
        self.search.display = True
        self.set_focus(self.search)

    def do_search_next(self, count: int) -> None:
        for _ in range(count):
            self.say(self.desk.to_hit(1))

    def do_search_previous(self, count: int) -> None:
        for _ in range(count):
            self.say(self.desk.to_hit(-1))

    @on(Input.Changed, "#search")
    def _search_typed(self, event: Input.Changed) -> None:
        """Go to the first hit while the words are still being typed."""
        before = self._before_search
        if before is None:
            return  # it is closed again
        self.desk.select(before)
        if not event.value.strip():
            self.desk.hide_hits()
            self.say("")
        elif self.desk.search(event.value, before.start):
            self.say(f"{len(self.desk.hits)} found")
        else:
            self.say("Not found")
        self.show()

    @on(Input.Submitted, "#search")
    def _search_done(self) -> None:
        if self.desk.hits:
            self.say(f"{len(self.desk.hits)} found; n next, N previous, Esc clears")
        elif self.desk.pattern:
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
        elif event.character is not None and event.is_printable:
            event.stop()  # sent before the line had the focus; it takes all later ones itself
            self.search.insert_text_at_cursor(event.character)
        return True

    def _close_search(self) -> None:
        self._before_search = None
        self.set_focus(None)
        self.search.display = False
        self.show()
