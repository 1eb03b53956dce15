"""From a change to the disk: saved, or else waiting in memory until it can be."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from reader.errors import ConflictError, OvertakenError, ReaderError, StoreError
from reader.model.change import Change
from reader.model.layer import Layers
from reader.text.units import Text
from reader.workspace.author import Author

if TYPE_CHECKING:
    from reader.storage.document_file import DocumentFile
    from reader.storage.repository import Repository

_TRIES: Final = 100
"""How often a change is made anew because another session was faster."""

Build = Callable[[], Change | None]


class Saver:
    """A document's records in memory, kept in step with its files.

    `patient` says what becomes of a change that cannot be saved: with it, the change is kept in
    memory and shown, and saved as soon as that is possible; without it, it is not made at all.
    """

    def __init__(
        self, text: Text, repository: Repository, file: DocumentFile, author: Author
    ) -> None:
        self.layers: Layers = file.layers()
        self.patient = False
        self.waiting: list[Change] = []
        """What is in the layers and not yet on the disk, oldest first."""
        self.trouble: StoreError | None = None
        """Why it is not."""
        self.refused: list[ReaderError] = []
        """Why changes that waited can never be made: somebody else was there before."""
        self.file = file
        self._text = text
        self._repository = repository
        self._author = author

    def save(self, build: Build, taken: Callable[[Change], None]) -> Change | None:
        """Save the change that `build` makes on all that is known, and take it into the layers.

        `taken` hears of the changes of others that are taken in with it. Raises StoreError unless
        patient, and ConflictError in any case; nothing has changed then.
        """
        if self.waiting:
            self.retry(taken)
        try:
            return self._saved(build, taken)
        except ConflictError:
            raise
        except StoreError as error:
            if not self.patient or self.file.read_only:
                raise
            self.trouble = error
        change = build()
        if change is None:
            return None
        change = self.named(change)
        self.keep(change)
        return change

    def keep(self, change: Change, ahead: Layers | None = None) -> None:
        """Have a change in memory until it can be saved."""
        self.layers.apply(change, ahead)
        self.waiting.append(change)

    def _saved(self, build: Build, taken: Callable[[Change], None]) -> Change | None:
        if self.waiting and self.trouble is not None:
            raise self.trouble  # what came first is saved first
        for tries_left in reversed(range(_TRIES)):
            self.refresh(taken)
            change = build()
            if change is None:
                return None
            change = self.named(change)
            try:
                self.prepare()
                done = self.file.append(change, on_latest=True)
            except OvertakenError:
                if not tries_left:
                    raise
            else:
                self.trouble = None
                return done
            finally:
                self.hear(taken, own=change.id)
        return None

    def prepare(self) -> None:
        """Have the place that the files lie in. Raises StoreError."""
        self._repository.prepare(self._author.name)
        self._repository.texts.keep(self._text, self.layers.document.sha256)

    def named(self, change: Change) -> Change:
        """A change with an id."""
        return replace(change, id=change.id or self._author.new_id())

    def refresh(self, taken: Callable[[Change], None]) -> bool:
        """Take in what other sessions wrote; whether there was anything. Raises StoreError."""
        return self._take(self.file.news(), taken)

    def follow(self, taken: Callable[[Change], None]) -> bool:
        """Be where a change can be written by another thread: nothing waits, and all that others
        wrote is taken in; whether that could be done."""
        try:
            if self.retry(taken):
                self.refresh(taken)
        except StoreError:
            return False  # who saves now is told so
        return not self.waiting

    def hear(
        self,
        taken: Callable[[Change], None],
        own: str | None = None,
        ahead: Layers | None = None,
    ) -> None:
        """Take in what is known to be written. `ahead` is what comes of one's own change."""
        self._take(self.file.heard(), taken, own, ahead)

    def _take(
        self,
        news: list[Change],
        taken: Callable[[Change], None],
        own: str | None = None,
        ahead: Layers | None = None,
    ) -> bool:
        if not news:
            return False
        self._lift()
        for change in news:
            self.layers.apply(change, ahead)
            if change.id != own:
                taken(change)
        self._lay()
        return True

    def retry(self, taken: Callable[[Change], None]) -> bool:
        """Save what waits, in its order; whether all of it is on the disk now."""
        if not self.waiting:
            return True
        waiting = list(self.waiting)
        self._lift()
        self.waiting = []
        try:
            while waiting:
                self.prepare()
                try:
                    self.file.append(waiting[0])
                except ConflictError as error:
                    self.refused.append(error)
                finally:
                    for change in self.file.heard():
                        self.layers.apply(change)
                        if change.id != waiting[0].id:
                            taken(change)
                waiting.pop(0)
            self.trouble = None
        except StoreError as error:
            self.trouble = error
        finally:
            self.waiting = waiting
            self._lay()
        return not self.waiting

    def _lift(self) -> None:
        """Take what waits out of the layers, to do something below it."""
        for change in reversed(self.waiting):
            self.layers.apply(change.inverse(annotator="", at="", way="undo"))

    def _lay(self) -> None:
        """Put what waits back. What fits no more is refused, with the reason."""
        for change in list(self.waiting):
            try:
                self.layers.apply(change)
            except ConflictError as error:
                self.waiting.remove(change)
                self.refused.append(error)


class Saving:
    """A change that another thread makes and writes. It changes nothing that is in memory: that is
    left to `settle`, on the thread that all else is done on."""

    def __init__(self, saver: Saver, build: Build, taken: Callable[[Change], None]) -> None:
        self._saver = saver
        self._build = build
        self._taken = taken
        self._change: Change | None = None
        self._ahead: Layers | None = None
        self._error: Exception | None = None

    def run(self) -> None:
        """Make the change and write it. What goes wrong is raised by `settle`."""
        saver = self._saver
        try:
            change = self._build()
            if change is None:
                return
            self._change = saver.named(change)
            saver.prepare()
            self._change = saver.file.append(self._change, on_latest=True)
        except Exception as error:  # noqa: BLE001 - raised by `settle`
            self._error = error
        if self._change is not None:
            with contextlib.suppress(ConflictError):  # `settle` meets with it again
                self._ahead = saver.layers.after(self._change)

    def settle(self) -> Change | None:
        """Take in what was written. Raises as `Saver.save` does."""
        saver, change, error = self._saver, self._change, self._error
        if change is not None:
            saver.hear(self._taken, change.id, self._ahead)
        if error is None:
            saver.trouble = None
            return change
        if isinstance(error, OvertakenError):
            return saver.save(self._build, self._taken)  # on what the others wrote
        kept = saver.patient and saver.file.read_only is None and change is not None
        if not kept or isinstance(error, ConflictError) or not isinstance(error, StoreError):
            raise error
        assert change is not None
        saver.trouble = error
        saver.keep(change, self._ahead)
        return change
