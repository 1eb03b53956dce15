"""The search: a line of input below the panes, and the hits it finds.

The search itself runs in a thread, which a key waits for only as long as nobody notices: what is
near is there at once, the rest as it comes up.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from threading import Thread
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace
from textual import events, on
from textual.timer import Timer
from textual.widgets import Input

from reader.errors import InputError
from reader.model.fragment import Fragment
from reader.text.cells import safe
from reader.tui.commands.command import Command, shown_key
from reader.tui.screens.frame import DocumentFrame
from reader.tui.widgets.hints import Hint
from reader.workspace.selection import Selection

if TYPE_CHECKING:
    from reader.text.search import Query

_QUIET: Final = 0.05
"""Seconds without a key after which no more are on their way."""

_AT_ONCE: Final = 0.004
"""Seconds that a key waits for its hit."""

_NEWS: Final = 0.05
"""How often, in seconds, a search under way is asked how far it is."""

_AHEAD: Final = 0.5
"""Seconds after the text is shown until the line of input stands ready, unseen."""

_LONGEST: Final = 1000  # what is searched for

_SWITCHES: Final = ("regex", "whole", "exact")


class SearchFrame(DocumentFrame):
    """A document's screen that can be searched."""

    _before_search: Selection | None = None
    """What was selected when the search began: where it starts, and what leaving it gives back."""
    _awaited: Selection | None = None
    """What is selected until the first hit comes up; None once it has, or one went elsewhere."""
    _asked: Query | None = None
    """What the line was looked for as, since it was opened."""
    _refused = False
    """Whether that was no pattern."""
    _told = ""
    """What was said last of how far the search is."""
    _drawn: Sequence[Fragment] = ()
    _focusing: Timer | None = None
    _watching: Timer | None = None

    @cached_property
    def _switches(self) -> Query:
        from reader.text.search import Query

        return Query("")

    @cached_property
    def search(self) -> Input:
        """The line of input, mounted when it is first asked for, or when nobody waits: it takes as
        long as a key may."""
        line = Input(id="search", placeholder="words to find", select_on_focus=False)
        line.display = False
        self.mount(line, before="#hints")
        return line

    def on_mount(self) -> None:
        if not self.app.is_headless:
            self.set_timer(_AHEAD, self._stand_ready)

    def _stand_ready(self) -> None:
        """Mount the line of input ahead of the first search."""
        _ = self.search

    def do_search(self, count: int) -> None:
        self._before_search = self.desk.selection
        self._asked = None
        self.search.value = ""
        self.search.max_length = _LONGEST
        self.search.display = True
        self._focus_soon()

    def _focus_soon(self) -> None:
        """Give the line the focus when no key is on its way: those sent in one burst with the
        search's own key come here still, and must not be overtaken."""
        if self._focusing is not None:
            self._focusing.stop()
        self._focusing = self.set_timer(_QUIET, lambda: self.set_focus(self.search))

    def do_search_next(self, count: int) -> None:
        self._go(1, count)

    def do_search_previous(self, count: int) -> None:
        self._go(-1, count)

    def _go(self, step: int, count: int) -> None:
        for _ in range(count):
            self.say(self.desk.to_hit(step))
        self._awaited = None
        self._run()

    # The switches -------------------------------------------------------------------------------

    def do_search_regex(self, count: int) -> None:
        self._switch(replace(self._switches, regex=not self._switches.regex))

    def do_search_whole(self, count: int) -> None:
        self._switch(replace(self._switches, whole=not self._switches.whole))

    def do_search_exact(self, count: int) -> None:
        self._switch(replace(self._switches, exact=not self._switches.exact))

    def _switch(self, switches: Query) -> None:
        self._switches = switches
        if self._before_search is None:  # it was chosen from the palette
            self.do_search(1)
        else:
            self._look_for(self.search.value)

    def _command_of(self, key: str) -> Command | None:
        """The command of a key while words are typed."""
        typing = (each for each in self._catalogue if "search" in each.panes)
        return next((each for each in typing if key in each.keys), None)

    def usual_hints(self) -> list[Hint]:
        if self._before_search is None:
            return super().usual_hints()
        on = {f"search.{each}" for each in _SWITCHES if getattr(self._switches, each)}
        switches = [
            Hint(
                shown_key(each.keys[0]),
                f"{each.word} {'ON' if each.id in on else 'off'}",
                each.keys[0],
            )
            for each in self._catalogue
            if "search" in each.panes
        ]
        return [
            *switches,
            Hint("Enter", "go", "enter", kept=True),
            Hint("Esc", "back", "escape", kept=True),
        ]

    # Looking ------------------------------------------------------------------------------------

    @on(Input.Changed, "#search")
    def _search_typed(self, event: Input.Changed) -> None:
        self._look_for(event.value)

    def _look_for(self, words: str) -> None:
        """Go to the first hit while the words are still being typed."""
        before = self._before_search
        if before is None:
            return  # the search is closed again
        self._asked = replace(self._switches, words=words)
        self._awaited, self._told, self._refused = None, "", False
        self.desk.hide_hits()
        self.say("")
        if not words.strip():
            self.desk.select(before)
        else:
            try:
                self.desk.search(self._asked, before.start)
            except InputError as error:
                self._refused = True
                self.desk.select(before)
                self.say(str(error), alarm=True)
            else:
                self._awaited = self.desk.selection
                self._run()
                self._arrive()
                self._tell()
        self.show()

    @property
    def searching(self) -> bool:
        """Whether more may come up."""
        return self._watching is not None

    def _run(self) -> None:
        """Have the search go on, and wait for it a moment."""
        finding = self.desk.finding
        if finding is None or not finding.running:
            return
        worker = Thread(target=finding.run, name="search", daemon=True)
        worker.start()
        worker.join(_AT_ONCE)
        if finding.running and self._watching is None:
            self._watching = self.set_interval(_NEWS, self._watch)

    def _watch(self) -> None:
        """Show what has come up since."""
        finding = self.desk.finding
        running = finding is not None and finding.running
        if not running and self._watching is not None:
            self._watching.stop()
            self._watching = None
        moved = self._arrive()
        if self._told and self.message == self._told:
            self._tell()
        if moved or not running or self._in_view() != self._drawn:
            self.show()
        else:
            self.show_hints()

    def _arrive(self) -> bool:
        """Go to the first hit, if it has come up now; back, if there is none."""
        finding, awaited = self.desk.finding, self._awaited
        if finding is None or awaited is None:
            return False
        complete = finding.complete
        elsewhere = self.desk.selection != awaited
        if not (elsewhere or self.desk.to_first_hit() or complete):
            return False
        self._awaited = None
        if not elsewhere and not finding.hits:
            self.desk.select(self._before_search or awaited)
        return True

    def _tell(self) -> None:
        """Say how far the search is."""
        finding = self.desk.finding
        assert finding is not None  # something is looked for
        said, alarm = finding.told, bool(finding.trouble)
        if self._before_search is None and finding.hits:
            said += "; n next, N previous, Esc clears"
        elif self._before_search is None and finding.complete and not alarm:
            said, alarm = f"“{finding.query.words}” does not occur in the text", True
        self.say(said, alarm=alarm)
        self._told = said

    def show(self) -> None:
        self._drawn = self._in_view()
        super().show()

    def _in_view(self) -> Sequence[Fragment]:
        """The hits on the screen, and some below."""
        finding = self.desk.finding
        if finding is None or not self.desk.hits:
            return ()
        first, size = self.article.first_shown, self.article.size
        return finding.hits.within(first, first + 2 * size.width * size.height)

    # The line -----------------------------------------------------------------------------------

    @on(Input.Submitted, "#search")
    def _search_done(self) -> None:
        before = self._before_search
        if before is None:
            return
        if self._asked is None or self._asked != replace(self._switches, words=self.search.value):
            self._look_for(self.search.value)
        if self._refused:
            return  # the pattern can be mended
        if self._awaited is not None:
            self._awaited = before
            self.desk.select(before)
        self._close_search()
        if self.search.value.strip():
            self._tell()
            self.show()

    def taken_by_input(self, event: events.Key) -> bool:
        """While a search is open its line of input takes all keys, those typed ahead, too."""
        if self._before_search is None:
            return False
        if event.key == "escape" or self._command_of(event.key) is not None:
            event.stop()
            self.press(event.key)
        elif not self.search.has_focus:
            event.stop()
            self._typed_ahead(event)
        return True

    def press(self, key: str) -> None:
        """The same for keys that stand for a hint that was clicked."""
        before, command = self._before_search, self._command_of(key)
        if before is None:
            super().press(key)
        elif command is not None:
            self.run_command(command)
        elif key == "enter":
            self._search_done()
        elif key == "escape":
            self._awaited = None
            self.desk.hide_hits()
            self.desk.select(before)
            self.say("")
            self._close_search()

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

    def on_unmount(self) -> None:
        self.desk.hide_hits()
