"""The other places where a mark's words stand, to tick those that are to be marked as well."""

from __future__ import annotations

from threading import Thread
from typing import Final

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.text.cells import safe, width
from reader.tui.widgets.listing import Line, Listing
from reader.workspace.occurrences import AT_ONCE, Occurrences, Ticked, Ticks

_NEWS: Final = 0.1
"""How often, in seconds, a search under way is asked what it has found."""

_AT_ONCE: Final = 0.01
"""Seconds that the list waits for what is near."""

_AROUND: Final = 60
"""Characters shown on either side of an occurrence, at the most."""

_TICK: Final = 6
"""Cells left of a row's words, and at its end."""


class TickScreen(ModalScreen[Ticked | None]):
    """A row for each occurrence, all ticked at first; gives back the ticked ones, None when left.

    The words are looked for in a thread: rows are added while one looks at the first ones.
    """

    CSS_PATH = "../cards.tcss"

    AUTO_FOCUS = ""  # the keys are the screen's own

    def __init__(self, occurrences: Occurrences, what: str) -> None:
        """`what` is what the ticked places will be tagged as."""
        super().__init__()
        self._occurrences = occurrences
        self._what = what
        self._ticks = Ticks(occurrences.others)
        self._shut = False
        self._told = False

    def compose(self) -> ComposeResult:
        words = " ".join(self._occurrences.annotation.words.split())
        with Vertical(classes="card tall") as box:
            box.border_title = Content(f" Every “{safe(words)}” as {safe(self._what)} ")
            box.border_subtitle = Content(" Space: tick · a: all or none · Enter: tag them · Esc ")
            yield Static("", id="ticks--state", markup=False)
            yield Listing("Looking …")

    def on_mount(self) -> None:
        self._look()
        self.set_interval(_NEWS, self._news)

    def _look(self) -> None:
        self._told = False
        worker = Thread(target=self._occurrences.run, name="occurrences", daemon=True)
        worker.start()
        worker.join(_AT_ONCE)
        self._news()

    def _news(self) -> None:
        """Show what has been found since."""
        if self._told or self._shut:
            return
        self._told = self._occurrences.complete
        self._ticks.show(self._occurrences.others)
        self._show()

    def _show(self, cursor: int | None = None) -> None:
        listing = self.query_one(Listing)
        listing.empty = "These words stand nowhere else" if self._told else "Looking …"
        at = listing.cursor if cursor is None else cursor
        listing.fill(len(self._ticks.places), self._line, at)
        switches = self._occurrences.switches
        state = f"{len(self._ticks):,} of {len(self._ticks.places):,} ticked"
        state += "" if self._told else ", still looking"
        state += ", and there are more" if self._occurrences.finding.full else ""
        state += f"; Enter tags the first {AT_ONCE:,}" if self._ticks.chosen.left else ""
        state += f" · w: whole words {'ON' if switches.whole else 'off'}"
        state += f" · i: any case {'off' if switches.exact else 'ON'}"
        self.query_one("#ticks--state", Static).update(state)

    def _line(self, row: int) -> Line:
        place = self._ticks.places[row]
        before, words, after = map(safe, self._occurrences.context(place, _AROUND))
        room = max(0, (self.query_one(Listing).size.width - width(words) - _TICK) // 2)
        tick = "[x] " if place in self._ticks else "[ ] "
        return Line(
            (
                (tick, "key"),
                (_last(before, room), "quiet"),
                (words, "strong"),
                (after, "quiet"),
            )
        )

    def on_key(self, event: events.Key) -> None:
        listing = self.query_one(Listing)
        event.stop()
        event.prevent_default()
        match event.key:
            case "escape" | "q":
                self._close(None)
            case "enter":
                self._close(self._ticks.chosen)
            case "space" if len(listing):
                self._turn(listing.cursor)
                listing.step(1)
            case "a":
                self._ticks.turn_all()
                self._show()
            case "w":
                self._occurrences = self._occurrences.turned(
                    whole=not self._occurrences.switches.whole
                )
                self._look()
            case "i":
                self._occurrences = self._occurrences.turned(
                    exact=not self._occurrences.switches.exact
                )
                self._look()
            case "j" | "k":
                listing.step(1 if event.key == "j" else -1)
            case key:
                listing.key(key)

    def _turn(self, row: int) -> None:
        self._ticks.turn(self._ticks.places[row])
        self._show()

    @on(Listing.Clicked)
    def _clicked(self, message: Listing.Clicked) -> None:
        self._turn(message.row)

    def _close(self, ticked: Ticked | None) -> None:
        if not self._shut:  # a second key may be on its way
            self._shut = True
            self._occurrences.stop()
            self.dismiss(ticked)


def _last(words: str, room: int) -> str:
    """The end of some words in so many cells, so that what follows stands below one another."""
    shown = words
    while width(shown) > room:
        shown = "…" + shown[2:] if len(shown) > 2 else ""
    return " " * (room - width(shown)) + shown
