"""The program on the screen: a queue of documents, one of them shown."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from textual import events, on
from textual.app import App
from textual.command import Provider
from textual.reactive import Initialize, Reactive
from textual.screen import Screen
from textual.theme import Theme
from textual.widgets import Input

from reader.config.settings import Settings
from reader.errors import ReaderError
from reader.model.scheme import DEFAULT
from reader.text.cells import safe, safe_lines
from reader.tui.commands.catalogue import chosen
from reader.tui.screens.covering import CoveredScreen
from reader.tui.screens.keeping import rescued
from reader.tui.screens.wanted import DocumentWanted, Finished, ListWanted, ThemeWanted
from reader.tui.themes import DARK, THEMES, VARIABLES
from reader.workspace.library import Library

if TYPE_CHECKING:
    from reader.tui.screens.reading import ReadingScreen
    from reader.workspace.glance import Glance
    from reader.workspace.session import Session

_SETTLED: Final = 0.2
"""Seconds after the text is shown until what a key may want is imported."""

_GONE: Final = 0.1
"""Seconds after which a screen that was left is nowhere any more, and what it held is garbage."""

_LATER: Final = (
    "reader.text.sentences",
    "reader.text.clauses",
    "reader.text.runs",
    "reader.workspace.finding",
    "reader.tui.screens.card",
    "reader.tui.screens.help",
    "reader.tui.palette",
    "reader.storage.tinydb_storage",
    "reader.workspace.exporting",
)
"""What no text needs to be shown, but a key may. Where it is used it is imported by whatever does;
here it is imported ahead, so that no key waits for it."""


def _commands() -> type[Provider]:
    from reader.tui.palette import CommandProvider

    return CommandProvider


class ReaderApp(App[None]):
    """Shows the documents named, or found already, one at a time; each opens where it was left."""

    CSS_PATH = "reader.tcss"
    COMMANDS = {_commands}
    COMMAND_PALETTE_BINDING = "ctrl+p"
    ALLOW_SELECT = False  # what is selected is ours, also with the mouse
    TITLE = "reader"

    theme: Reactive[str] = Reactive(Initialize(attrgetter("_first_theme")))

    def __init__(
        self,
        library: Library,
        names: Sequence[str],
        *,
        first: Session | None = None,
        seen: Glance | None = None,
        encoding: str | None = None,
        theme: str | None = None,
        settings: Settings | None = None,
    ) -> None:
        """`first` is the first of the documents, where it is open already; `seen` what is to be
        seen of it while it is opened, where that takes long."""
        self._settings = settings or Settings()
        self._first_theme = THEMES.get(theme or self._settings.theme or "dark", DARK).name
        super().__init__()
        self._library = library
        self._names = list(names)
        self._first = first
        self._seen = seen
        self._encoding = encoding
        self._at = 0
        self.failure: ReaderError | None = None
        self.remarks: list[str] = []
        """What must still be said when the screen is gone."""

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Ours alone, from the beginning: to change the theme is to read every style again."""
        return {each.name: each for each in THEMES.values()}

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return dict(VARIABLES)

    def get_default_screen(self) -> Screen[None]:
        """The first document, with nothing below it that would have to be drawn before it."""
        seen, self._seen = self._seen, None
        screen: CoveredScreen | None
        if seen is None:
            screen = self._opened(0)
        else:
            from reader.tui.screens.opening import OpeningScreen

            screen = OpeningScreen(seen, self._place(0), self._settings, self._open_first)
        if screen is None:
            return super().get_default_screen()
        # `switch_screen` takes a callback from the screen that goes, which Textual gives to those
        # that are pushed alone: https://github.com/Textualize/textual/issues/2650
        screen._push_result_callback(screen, None)  # noqa: SLF001
        return screen

    def on_mount(self) -> None:
        if not self.is_headless:
            for sign in (signal.SIGTERM, signal.SIGHUP):
                asyncio.get_running_loop().add_signal_handler(sign, self._end)
            self.set_timer(_SETTLED, self._import_the_rest)
            self.call_after_refresh(_set_aside)
        if self.failure is not None:
            self.exit()
        _, clashes = chosen(DEFAULT, self._settings)
        problems = "\n".join((*self._settings.problems, *clashes))
        if problems:
            self.notify(safe_lines(problems), severity="warning", markup=False, timeout=20)

    def _import_the_rest(self) -> None:
        def go_on() -> None:
            for name in _LATER:
                import_module(name)

        self.run_worker(go_on, thread=True, exit_on_error=False)

    def _opened(self, at: int) -> ReadingScreen | None:
        """The screen of the document at a place in the queue; None, and why, when it does not
        open."""
        try:
            # once it has been shown it is looked for anew: the database may know it by then
            session = self._first or self._library.open(self._names[at], self._encoding)
            self._first = None
        except ReaderError as error:
            self._fail(error)
            return None
        return self._screen_of(session, at)

    def _screen_of(self, session: Session, at: int) -> ReadingScreen:
        from reader.tui.screens.reading import ReadingScreen  # which a glance does without

        self._at = at
        return ReadingScreen(session, self._place(at), self._settings)

    def _place(self, at: int) -> str:
        """Where a document is in the queue; nothing when it is alone."""
        return f"{at + 1} of {len(self._names)}" if len(self._names) > 1 else ""

    # Opening what takes long ----------------------------------------------------------------------

    def _open_first(self) -> None:
        """Read the document of which something is seen already, and show it whole."""

        def failed(error: ReaderError) -> None:
            self.failure = error
            self.exit()

        self._open_aside(0, self._switch, failed)

    def _open_aside(
        self,
        at: int,
        arrived: Callable[[ReadingScreen], object],
        failed: Callable[[ReaderError], object],
    ) -> None:
        """Open a document of the queue beside the screen, which goes on being drawn."""

        def arrive(session: Session) -> None:
            if self._exit:  # the person has quit meanwhile
                with contextlib.suppress(ReaderError):  # nothing was done with it
                    session.close()
            else:
                arrived(self._screen_of(session, at))

        def work() -> None:
            try:
                session = self._library.open(self._names[at], self._encoding)
            except ReaderError as error:
                self.call_from_thread(failed, error)
            else:
                self.call_from_thread(arrive, session)

        self.run_worker(work, thread=True)

    def _switch(self, screen: ReadingScreen) -> None:
        """Show a document instead of the screen there is; what was typed before is for it."""
        before = self.screen
        if isinstance(before, CoveredScreen) and not before.stands:
            screen.ahead = before.ahead
        self.switch_screen(screen)
        if not self.is_headless:
            self.set_timer(_GONE, _set_aside)

    def _fail(self, error: ReaderError) -> None:
        """Say why a document does not open; go on with the one shown, if there is any."""
        if self.screen_stack:
            self.notify(safe_lines(str(error)), severity="error", markup=False, timeout=10)
        else:
            self.failure = error

    def _leave(self) -> None:
        """Close what lies over the document, which saves it, and keep the place in the text.

        Marks are saved long since; a place that cannot be kept is only said.
        """
        from reader.tui.screens.card import CardScreen

        reading = self._reading
        if reading is None:
            return
        for screen in reversed(self.screen_stack):
            if isinstance(screen, CardScreen):
                trouble = reading.take_from_card(screen)
                self.remarks += [trouble] if trouble else []
        while self.screen is not reading:
            self.pop_screen()
        self.remarks += [*reading.settle_large(), *rescued(reading.desk.session)]
        try:
            reading.desk.session.leave(reading.position)
        except ReaderError as error:
            self.remarks.append(str(error))

    @property
    def _reading(self) -> ReadingScreen | None:
        """The document that is shown, whatever lies over it."""
        from reader.tui.screens.reading import ReadingScreen

        shown = (each for each in self.screen_stack if isinstance(each, ReadingScreen))
        return next(shown, None)

    @on(DocumentWanted)
    def _go(self, message: DocumentWanted) -> None:
        reading = self._reading
        assert reading is not None  # who else would ask
        at = self._at + message.step
        if not 0 <= at < len(self._names):
            end = "last" if message.step > 0 else "first"
            reading.stay()
            reading.say(f"This is the {end} document of {len(self._names)}")
            reading.show_hints()
            return
        self._show(at, reading)

    def _show(self, at: int, reading: ReadingScreen) -> None:
        """Go to another document of the queue; where it does not open, stay."""

        def arrived(screen: ReadingScreen) -> None:
            screen.ahead = reading.held  # and whatever is still to reach the one that goes
            self._leave()
            self._switch(screen)

        def failed(error: ReaderError) -> None:
            reading.stay()
            reading.show_hints()
            self._fail(error)

        from reader.workspace.glance import glance

        if glance(self._library, self._names[at], self._encoding):
            reading.hold()
            reading.say("The document is being read; keys are kept until it is there")
            reading.show_hints()
            self._open_aside(at, arrived, failed)
            return
        screen = self._opened(at)
        if screen is None:
            reading.stay()
        else:
            arrived(screen)

    @on(ThemeWanted)
    def _other_theme(self, message: ThemeWanted) -> None:
        self.theme = THEMES[message.name].name

    @on(ListWanted)
    def _list(self, message: ListWanted) -> None:
        """Have a document picked from the queue and the database."""
        from reader.tui.screens.picking import Choice, PickScreen
        from reader.workspace.queueing import as_now, queued

        reading = self._reading
        assert reading is not None
        session = reading.desk.session
        try:
            rows = as_now(queued(self._library, self._names), session)
        except ReaderError as error:
            reading.stay()
            self._fail(error)
            return
        choices = [Choice(each.title, each.marks(session.scheme), each.state) for each in rows]

        def picked(at: int | None) -> None:
            if at is not None and at != self._at:
                if at >= len(self._names):
                    self._names.append(rows[at].name)
                    at = len(self._names) - 1
                reading.leave(partial(self._show, at, reading))
            reading.show()

        title = f"Documents: {len(self._names)} in the queue"
        if len(rows) > len(self._names):
            title += f", {len(rows) - len(self._names)} more in the database"
        screen = PickScreen(title, choices, self._at, "Enter: open it")
        reading.cover(partial(self.push_screen, screen, picked))

    @on(Finished)
    def _quit(self) -> None:
        self._leave()
        self.exit()

    def _end(self) -> None:
        """The terminal was closed: keep what is being typed, and the place in the text."""
        self._quit()

    async def on_event(self, event: events.Event) -> None:
        """What is pasted into a line of input must not hold controls: it is drawn as it stands."""
        if isinstance(event, events.Paste) and isinstance(self.focused, Input):
            event = events.Paste(safe(event.text))
        await super().on_event(event)

    def action_command_palette(self) -> None:
        """Textual's own way to the commands; there are none yet on what is only being opened."""
        if self._reading is not None:
            super().action_command_palette()

    async def action_quit(self) -> None:
        """Textual's own way out (Ctrl+Q) keeps the place, too. On a card it closes that first; on
        one that cannot be saved it is the way to leave it, and the note is printed at the end."""
        from reader.tui.screens.card import CardScreen

        screen = self.screen
        if not isinstance(screen, CardScreen):
            self._quit()
        elif screen.trouble:
            self.remarks.append(f"Not saved: the note “{screen.left['note']}”")
            screen.dismiss(None)
        else:
            screen.action_close()


def _set_aside() -> None:
    """Leave what was loaded out of all garbage collections: it stays, and going through 50,000
    records takes longer than a key may."""
    gc.collect()
    gc.freeze()


def run_app(
    library: Library,
    names: Sequence[str],
    *,
    first: Session | None = None,
    seen: Glance | None = None,
    encoding: str | None = None,
    theme: str | None = None,
    settings: Settings | None = None,
) -> list[str]:
    """Show the screen until the person quits; what must still be said comes back.

    `first` is the first of the documents, where it is open already, `seen` a glance at it where
    that takes long. Raises ReaderError when that one does not open.
    """
    app = ReaderApp(
        library,
        names,
        first=first,
        seen=seen,
        encoding=encoding,
        theme=theme,
        settings=settings,
    )
    gc.disable()  # it is done when nothing else is to be done: see Keeper
    try:
        app.run()
    finally:
        gc.enable()
    if app.failure is not None:
        raise app.failure
    if app.return_code:
        raise ReaderError(
            "The screen ended by a fault of the program",
            "what is above says where",
            "Every mark that was shown as saved is saved. Please report it.",
        )
    return app.remarks
