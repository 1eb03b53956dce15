"""Going away from a document, with nothing left behind that is not saved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from reader.text.cells import safe_lines
from reader.tui.screens.frame import Asking
from reader.tui.screens.keeping import counted
from reader.tui.screens.searching import SearchFrame
from reader.tui.widgets.hints import Hint


class LeavingFrame(SearchFrame):
    """A screen that is left with what waits saved, written elsewhere, or given up."""

    def do_save_elsewhere(self, count: int) -> None:
        self._ask_place(lambda: None)

    def _ask_place(self, then: Callable[[], object]) -> None:
        """Write all that is marked to a file that the person names; after that do the rest."""
        from reader.tui.screens.place import PlaceScreen
        from reader.workspace.exporting import rescue_place

        session = self.desk.session
        why = f"{counted(session.waiting)} cannot be saved: {session.trouble}"
        asked = PlaceScreen("Write to another place", why, str(rescue_place(session.document)))

        def write(place: str | None) -> None:
            if place and self.attempt(partial(self._rescued, Path(place).expanduser())):
                then()
            self.show()

        self.app.clear_notifications()
        self.cover(partial(self.app.push_screen, asked, write))

    def _rescued(self, place: Path) -> str:
        from reader.workspace.exporting import rescue

        rescue(self.desk.session, place)
        text = (
            f"Written to {place}. 'reader import {place}' takes it in; what was deleted since the "
        )
        text += "last save is deleted there as well, and not in the database."
        self.notify(safe_lines(text), markup=False, timeout=20)
        return f"Written to {place}"

    def leave(self, go: Callable[[], object]) -> None:
        """Go away from the document; where something would be lost with that, ask first."""
        session = self.desk.session
        session.retry()
        refused = session.refusals()
        if refused:
            for error in refused:
                self.notify(safe_lines(str(error)), severity="error", markup=False, timeout=20)
            self.say(f"{refused[0].title}. The same key again leaves", alarm=True)
            return
        if not session.at_risk:
            go()
            return
        waiting = counted(session.waiting)

        def lose() -> str:
            session.rescued = session.waiting
            go()
            return ""

        def write() -> str:
            self._ask_place(go)
            return ""

        self.ask(
            Asking(
                f"{waiting} cannot be saved: {session.trouble}",
                (
                    Hint("w", "write to another place", "w"),
                    Hint("x", f"lose {waiting}", "x"),
                    Hint("Esc", "stay", "escape", kept=True),
                ),
                {"w": write, "x": lose},
            )
        )
