"""Writing the document as a file for others: a format is picked, then a place."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from reader.errors import ReaderError
from reader.text.cells import safe_lines
from reader.tui.screens.jumping import JumpingFrame
from reader.workspace.session import Session

_WHERE = "Write it to which file?"

_READ = 20
"""Seconds that it is shown what could not come along."""


class ExportingFrame(JumpingFrame):
    """A document's screen from which it is exported."""

    def do_export(self, count: int) -> None:
        """Have a format picked, then a place, and write the document there."""
        from reader.formats.registry import codecs
        from reader.tui.screens.picking import Choice, PickScreen
        from reader.workspace.exporting import here
        from reader.workspace.placing import file_names

        formats = [each for each in codecs() if each.writes]
        choices = [Choice(each.name, each.summary, each.extensions[0]) for each in formats]

        def picked(at: int | None) -> None:
            if at is None:
                self.show()
                return
            stem = next(file_names([self.desk.session.document.title]))
            place = here() / f"{stem}{formats[at].extensions[0]}"
            self._ask_where(formats[at].name, str(place))

        screen = PickScreen("Export as which format?", choices, 0, "Enter: take it")
        self.cover(partial(self.app.push_screen, screen, picked))

    def _ask_where(self, format_name: str, place: str, trouble: str = "") -> None:
        """Ask for the file, and write it; where that fails say why, and ask again."""
        from reader.tui.screens.place import PlaceScreen

        def given(place: str | None) -> None:
            if place:
                try:
                    said = _write(self.desk.session, format_name, Path(place).expanduser())
                except (ReaderError, RuntimeError) as error:  # no home for a "~name"
                    self._ask_where(format_name, place, _said_of(error))
                    return
                self.say(said.partition("\n")[0])
                self.notify(safe_lines(said), markup=False, timeout=_READ)
            self.show()

        asked = PlaceScreen(f"Export: {format_name}", _WHERE, place, trouble=trouble)
        self.cover(partial(self.app.push_screen, asked, given))


def _said_of(error: Exception) -> str:
    """What went wrong; without a remedy that is one for the command line."""
    if isinstance(error, ReaderError) and "--" in error.remedy:
        return str(type(error)(error.title, error.cause))
    return str(error)


def _write(session: Session, format_name: str, output: Path) -> str:
    """Write a document as a file for others; what came of it, and what could not come along."""
    from reader.workspace.exporting import export_open
    from reader.workspace.placing import left_alone, place, write

    exported = export_open(session, format_name)
    placed = place(exported, str(output))
    kept = left_alone(placed)
    written = write(placed, force=False)
    said = [f"Wrote {', '.join(str(each) for each in written)}"]
    if kept:
        said.append(f"Left as it was: {', '.join(str(each) for each in kept)}")
    if exported.report:
        said.append(f"Lost in {format_name}: {exported.report}")
    return "\n".join(said)
