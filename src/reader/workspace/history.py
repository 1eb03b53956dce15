"""What can be undone, and what can be done again: in this session and from all those before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

from reader.model.change import Change

if TYPE_CHECKING:
    from reader.storage.document_file import DocumentFile
    from reader.storage.past import Entry

LARGE: Final = 100
"""So many edits are as many as are made, saved and shown while a key waits."""

_LINE: Final = 400
"""Bytes of a journal that an edit takes, at the least."""


class Step(NamedTuple):
    """A change that can be taken back. `load` gives all of it; `own`: this session made it; `large`
    says that to load it and to take it back takes long."""

    id: str
    load: Callable[[], Change]
    own: bool
    large: bool


class History:
    """One annotator's changes, in the order in which they are taken back.

    A session takes back what it did itself, the last first; then what the same annotator did in
    other sessions, and what was taken in from outside. What others did is theirs to take back.
    """

    def __init__(self, file: DocumentFile, annotator: str) -> None:
        self._file = file
        self._annotator = annotator
        self._known: tuple[list[Step], list[Step]] | None = None
        self._passed: set[str] = set()

    @property
    def done(self) -> list[Step]:
        """What can be taken back, the last of it at the end."""
        return [step for step in self._steps()[0] if step.id not in self._passed]

    @property
    def undone(self) -> list[Step]:
        """What can be done again, the last of it at the end."""
        return [step for step in self._steps()[1] if step.id not in self._passed]

    def _steps(self) -> tuple[list[Step], list[Step]]:
        if self._known is None:
            entries = self._file.history()  # where it cannot be read now, it is asked again
            self._known = [], []
            for entry in entries:
                if entry.annotator in (self._annotator, ""):
                    load, large = self._loader(entry), entry.length > LARGE * _LINE
                    self._enter(entry.id, entry.of, entry.way, load, own=False, large=large)
        return self._known

    def _loader(self, entry: Entry) -> Callable[[], Change]:
        return lambda: self._file.change(entry)

    def take(self, change: Change, *, own: bool) -> None:
        """Hear of a change that was made just now."""
        self._passed.clear()  # what stood in the way may be gone
        if not change.id:
            self._known = None  # the files were read anew: so is their history
        if self._known is None:
            return  # the files will tell when they are asked
        if own or change.annotator in (self._annotator, ""):
            large = len(change.edits) > LARGE
            self._enter(change.id, change.of, change.way, lambda: change, own=own, large=large)

    def _enter(
        self,
        change_id: str,
        of: str,
        way: str,
        load: Callable[[], Change],
        *,
        own: bool,
        large: bool,
    ) -> None:
        done, undone = self._steps()  # the lists themselves
        if way in ("undo", "redo"):
            taken, given = (done, undone) if way == "undo" else (undone, done)
            step = next((each for each in reversed(taken) if each.id == of), None)
            if step is not None:
                taken.remove(step)
                given.append(step)
            return
        if any(each.id == change_id for each in done):
            return
        step = Step(change_id, load, own, large)
        if own:
            done.append(step)
            undone.clear()
            return
        # another session's: below what this one did itself
        at = len(done)
        while at and done[at - 1].own:
            at -= 1
        done.insert(at, step)
        if way == "do":
            undone[:] = [each for each in undone if each.own]

    def drop(self, step: Step) -> None:
        """Pass over a change that cannot be taken back now, or done again."""
        self._passed.add(step.id)
