"""The program on the screen: a queue of documents, one of them shown."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Sequence

from textual import events, on
from textual.app import App
from textual.widgets import Input

from reader.config.settings import Settings
from reader.errors import ReaderError
from reader.model.scheme import DEFAULT
from reader.text.cells import safe, safe_lines
from reader.tui.commands.catalogue import chosen
from reader.tui.palette import CommandProvider
from reader.tui.screens.card import CardScreen
from reader.tui.screens.keeping import counted
from reader.tui.screens.reading import ReadingScreen
from reader.tui.themes import DARK, THEMES, VARIABLES
from reader.workspace.exporting import rescue, rescue_place
from reader.workspace.library import Library
from reader.workspace.session import Session


class ReaderApp(App[None]):
    """Shows the documents named, or found already, one at a time; each opens where it was left."""

    CSS_PATH = "reader.tcss"
    COMMANDS = {CommandProvider}
    COMMAND_PALETTE_BINDING = "ctrl+p"
    TITLE = "reader"

    def __init__(
        self,
        library: Library,
        names: Sequence[str],
        *,
        first: Session | None = None,
        encoding: str | None = None,
        theme: str | None = None,
        settings: Settings | None = None,
    ) -> None:
        """`first` is the first of the documents, where it is open already."""
        super().__init__()
        self._settings = settings or Settings()
        self._library = library
        self._names = list(names)
        self._first = first
        self._encoding = encoding
        self._at = 0
        self.failure: ReaderError | None = None
        self.remarks: list[str] = []
        """What must still be said when the screen is gone."""
        for each in THEMES.values():
            self.register_theme(each)
        self.theme = THEMES.get(theme or self._settings.theme or "dark", DARK).name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return dict(VARIABLES)

    def on_mount(self) -> None:
        if not self.is_headless:
            for sign in (signal.SIGTERM, signal.SIGHUP):
                asyncio.get_running_loop().add_signal_handler(sign, self._end)
        self._open(0)
        _, clashes = chosen(DEFAULT, self._settings)
        problems = "\n".join((*self._settings.problems, *clashes))
        if problems:
            self.notify(safe_lines(problems), severity="warning", markup=False, timeout=20)

    def _open(self, at: int) -> None:
        """Show the document at a place in the queue, in the place of the one shown."""
        try:
            # once it has been shown it is looked for anew: the database may know it by then
            session = self._first or self._library.open(self._names[at], self._encoding)
            self._first = None
        except ReaderError as error:
            self._fail(error)
            return
        place = f"{at + 1} of {len(self._names)}" if len(self._names) > 1 else ""
        screen = ReadingScreen(session, place, self._settings)
        self._at = at
        if not self.is_headless:
            self.call_after_refresh(_set_aside)
        if isinstance(self.screen, ReadingScreen):
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def _fail(self, error: ReaderError) -> None:
        """Say why a document does not open; go on with the one shown, if there is any."""
        if isinstance(self.screen, ReadingScreen):
            self.notify(safe_lines(str(error)), severity="error", markup=False, timeout=10)
        else:
            self.failure = error
            self.exit()

    def _leave(self) -> None:
        """Close what lies over the document, which saves it, and keep the place in the text.

        Marks are saved long since; a place that cannot be kept is only said.
        """
        reading = [each for each in self.screen_stack if isinstance(each, ReadingScreen)]
        for screen in reversed(self.screen_stack):
            if isinstance(screen, CardScreen):
                trouble = reading[-1].take_from_card(screen)
                self.remarks += [trouble] if trouble else []
        while reading and self.screen is not reading[-1]:
            self.pop_screen()
        for screen in reading:
            self._rescue(screen.desk.session)
            try:
                screen.desk.session.leave(screen.position)
            except ReaderError as error:
                self.remarks.append(str(error))

    def _rescue(self, session: Session) -> None:
        """Write what cannot be saved to where it can be: nobody is there to be asked any more."""
        session.retry()
        if not session.at_risk:
            if session.waiting and session.rescued_to is not None:
                self.remarks.append(
                    f"{counted(session.waiting)} could not be saved in the database: "
                    f"'reader import {session.rescued_to}' takes in what was written there."
                )
            return
        place = rescue_place(session.document)
        try:
            rescue(session, place)
        except ReaderError as error:
            lost = counted(session.waiting)
            self.remarks.append(f"Lost: {lost}. {session.trouble} {error}")
            return
        self.remarks.append(
            f"{counted(session.waiting)} could not be saved in the database: {session.trouble} "
            f"'reader import {place}' takes in what was written there."
        )

    @on(ReadingScreen.DocumentWanted)
    def _go(self, message: ReadingScreen.DocumentWanted) -> None:
        at = self._at + message.step
        if not 0 <= at < len(self._names):
            end = "last" if message.step > 0 else "first"
            message.screen.say(f"This is the {end} document of {len(self._names)}")
            message.screen.show_hints()
            return
        self._leave()
        self._open(at)

    @on(ReadingScreen.ThemeWanted)
    def _other_theme(self) -> None:
        names = [theme.name for theme in THEMES.values()]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]

    @on(ReadingScreen.Finished)
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

    async def action_quit(self) -> None:
        """Textual's own way out (Ctrl+Q) keeps the place, too. On a card it closes that first; on
        one that cannot be saved it is the way to leave it, and the note is printed at the end."""
        screen = self.screen
        if not isinstance(screen, CardScreen):
            self._quit()
        elif screen.trouble:
            self.remarks.append(f"Not saved: the note “{screen.left.note}”")
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
    encoding: str | None = None,
    theme: str | None = None,
    settings: Settings | None = None,
) -> list[str]:
    """Show the screen until the person quits; what must still be said comes back.

    `first` is the first of the documents, where it is open already. Raises ReaderError when
    that one does not open.
    """
    app = ReaderApp(library, names, first=first, encoding=encoding, theme=theme, settings=settings)
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
