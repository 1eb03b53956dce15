"""One document, open: its text, its marks, how they are saved, taken back and left."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from msgspec.structs import replace

from reader.errors import ConflictError, ReaderError, StoreError
from reader.model.change import Change
from reader.model.document import Document
from reader.model.layer import Layers
from reader.model.scheme import DEFAULT, Scheme
from reader.storage.damage import DamagedError
from reader.text.blocks import BlockText
from reader.text.units import Text
from reader.text.window import seen_from
from reader.workspace import edits
from reader.workspace.aside import Aside, Deed, T, done
from reader.workspace.author import Author
from reader.workspace.history import History, Step
from reader.workspace.saving import Saver

if TYPE_CHECKING:
    from reader.storage.document_file import DocumentFile
    from reader.storage.past import Entry
    from reader.storage.repository import Repository

_ON_SCREEN = 0.2
"""How many seconds a key waits for another session's lock; then the change waits instead."""


class OpenDocument:
    """A text with its marks. A call that changes something returns once it is on the disk.

    Every such call raises StoreError when it cannot be saved; nothing has changed then. A session
    that was told to `hold_on` keeps the change instead, among those that are `waiting`.
    """

    def __init__(
        self,
        text: Text,
        repository: Repository,
        file: DocumentFile,
        author: Author,
        *,
        notices: tuple[str, ...] = (),
        changed: bool = False,
        scheme: Scheme = DEFAULT,
    ) -> None:
        self.text = text
        self.scheme = scheme
        self.author = author
        self._file = file
        self.notices = (*notices, *self.remarks())
        """What the person should know about how this text was opened, in sentences."""
        self.changed = changed
        """Whether the file is another text by now, and this the one that was kept."""
        self.rescued = 0
        """How many of those that wait have been written to another place."""
        self.rescued_to: Path | None = None
        self._repository = repository
        self._saver = Saver(text, repository, file, author)
        self._history = History(file, author.name)
        self._aside: Aside[Any] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @property
    def layers(self) -> Layers:
        return self._saver.layers

    @property
    def document(self) -> Document:
        return self.layers.document

    # Saving -------------------------------------------------------------------------------------

    def hold_on(self) -> None:
        """Keep what cannot be saved in memory, and go on: there is a person who is told so."""
        self._saver.patient = True
        self._file.patience = _ON_SCREEN

    @property
    def read_only(self) -> StoreError | None:
        """Why nothing can be saved here at all."""
        return self._file.read_only

    @property
    def waiting(self) -> int:
        """How many changes are in memory only."""
        return len(self._saver.waiting)

    @property
    def unsaved(self) -> list[Change]:
        """The changes that are in memory only, oldest first."""
        return list(self._saver.waiting)

    @property
    def at_risk(self) -> bool:
        """Whether anything would be lost if the program ended now."""
        return self.waiting > self.rescued

    @property
    def trouble(self) -> StoreError | None:
        """Why they are."""
        return self._saver.trouble if self._saver.waiting else None

    def retry(self) -> bool:
        """Try to save what waits; whether all is on the disk now."""
        self.finish()
        return self._saver.retry(self._heard)

    def refusals(self) -> list[ReaderError]:
        """What waited and can never be saved, because others have changed the same; told once."""
        refused, self._saver.refused = self._saver.refused, []
        return refused

    def refresh(self) -> bool:
        """Take in what other sessions wrote; whether there was anything. Raises StoreError."""
        self.finish()
        return self._saver.refresh(self._heard)

    def remarks(self) -> list[str]:
        """What was found in the files since this was last asked, in sentences."""
        remarks, self._file.remarks = self._file.remarks, []
        return remarks

    def get_ready(self) -> Callable[[], None]:
        """What can be done ahead that takes long with a large text; for another thread, once it is
        shown."""
        texts, sha256 = self._repository.texts, self.document.sha256
        texts.expect(sha256)  # from now until it is closed

        def work() -> None:
            if isinstance(self.text, BlockText):
                # without room for a copy the file itself is read on
                with contextlib.suppress(OSError):
                    self.text.make_own()
            texts.get_ready(self.text, sha256)

        return work

    @property
    def lag(self) -> int:
        """How many changes the document's JSON is behind the journal."""
        return self._file.lag

    def snapshot_work(self) -> Callable[[], None] | None:
        """What brings the document's JSON up to date with the journal; None when it is. May be done
        by another thread; raises StoreError."""
        self.finish()
        return self._file.snapshot_work()

    def apply(self, build: Callable[[], Change | None]) -> Change | None:
        """Save the change that `build` makes, then show it: the one way anything is changed.

        It is built on all that other sessions have written, again when one of them was faster; None
        from it means that there is nothing to change.
        """
        return self.do(self.applying(build))

    def applying(self, build: Callable[[], Change | None]) -> Deed[Change | None]:
        """The same, to be done on the spot or in another thread."""
        self._check_text()

        def checked() -> Change | None:
            change = build()
            self._check_text()  # what was read since may be of another text
            return change

        change = yield checked
        if change is not None:
            self._history.take(change, own=True)
        return change

    def _check_text(self) -> None:
        if isinstance(self.text, BlockText) and self.text.changed:
            raise ConflictError(
                f"Nothing can be marked on {self.document.title} now",
                "another program has changed the file while it was being opened",
                "Leave it, and open it again.",
            )

    @property
    def exact_text(self) -> str | None:
        """The text that the marks are on; None when another program has changed it, and no copy
        was kept. Raises StoreError when the copy is damaged."""
        words = str(self.text)
        if not isinstance(self.text, BlockText) or not self.text.changed:
            return words
        texts, sha256 = self._repository.texts, self.document.sha256
        return texts.read(sha256) if texts.has(sha256) else None

    def do(self, deed: Deed[T]) -> T:
        """Do something by one change, on the spot."""
        self.finish()
        return done(deed, lambda build: self._saver.save(build, self._heard))

    def begin(self, deed: Deed[T]) -> Aside[T]:
        """Begin what takes longer than a key may: another thread makes the change and saves it.

        Until it is settled the marks are as they were, and whatever would change them waits for it.
        """
        self.finish()
        aside = Aside(deed, self._saver, self._heard)
        self._aside = aside
        return aside

    def finish(self) -> None:
        """Wait for what is done in another thread, if anything is."""
        if self._aside is not None:
            aside, self._aside = self._aside, None
            aside.finish()

    def _heard(self, change: Change) -> None:
        self._history.take(change, own=False)

    # Undoing ------------------------------------------------------------------------------------

    @property
    def undoable(self) -> bool:
        return bool(self._history.done)

    @property
    def redoable(self) -> bool:
        return bool(self._history.undone)

    def undo(self) -> Change | None:
        """Take back the last change; None when there is none left.

        Raises ConflictError when somebody else has changed the same record since: that change
        stays, and the next undo goes on to the one before.
        """
        return self.do(self.undoing())

    def undoing(self) -> Deed[Change | None]:
        """The same, to be done on the spot or in another thread."""
        return self._reverse(self._history.done, "undo")

    def redo(self) -> Change | None:
        """Do again what was last undone; None when there is nothing."""
        return self.do(self.redoing())

    def redoing(self) -> Deed[Change | None]:
        """The same, to be done on the spot or in another thread."""
        return self._reverse(self._history.undone, "redo")

    @property
    def undo_is_large(self) -> bool:
        """Whether to take the last change back takes longer than a key may."""
        return any(step.large for step in self._history.done[-1:])

    @property
    def redo_is_large(self) -> bool:
        """Whether to do it again does."""
        return any(step.large for step in self._history.undone[-1:])

    def _reverse(self, steps: list[Step], way: Literal["undo", "redo"]) -> Deed[Change | None]:
        if not steps:
            return None
        step = steps[-1]
        loaded: list[Change] = []

        def build() -> Change:
            change = loaded[0] if loaded else step.load()
            loaded[:] = [change]
            name, now = self.author.name, self.author.now()
            turned = change.inverse(annotator=name, at=now, way=way)
            if way == "redo":
                turned = replace(change, annotator=name, at=now, way=way, id="")
            return replace(edits.as_far_as_possible(turned, self.layers), of=step.id)

        try:
            change = yield build
        except DamagedError:
            if not loaded:
                self._history.drop(step)  # it is in no journal any more; the next key goes on
            raise
        except ConflictError as error:
            self._history.drop(step)
            did = loaded[0].did if loaded else "the change"
            raise ConflictError(
                f"Not {'taken back' if way == 'undo' else 'done again'}: {did}",
                error.cause,
                "It stays as it is; the next time the change before it is meant.",
            ) from error
        assert change is not None  # `build` always gives a change
        self._history.take(change, own=True)
        return change

    def history(self) -> list[Entry]:
        """Every change that was made to the document, oldest first. Raises StoreError."""
        return self._file.history()

    # Leaving ------------------------------------------------------------------------------------

    def leave(self, position: int) -> None:
        """Keep the place in the text, so that the next time opens there, and close."""
        self.finish()
        try:
            if self.read_only is None and not self.waiting:
                self._remember(position)
        finally:
            self.close()

    def _remember(self, position: int) -> None:
        self._repository.prepare(self.author.name)
        if not self.document.paths:  # it came from no file: this is all there is of it
            self._repository.texts.keep(self.text, self.document.sha256)
        document = replace(self.document, position=position, opened=self.author.now())
        self._file.remember(document)
        self.layers.document = document
        if isinstance(self.text, BlockText) and not self.text.changed:
            seen = seen_from(position)
            self._repository.places.keep(document.id, seen, self.text.byte_of(seen))

    def close(self) -> None:
        """Let go of the document. Its JSON is brought up to date; where that cannot be, the journal
        has what is missing in it. Raises StoreError then, and all is safe."""
        self.finish()
        self._repository.texts.drop(self.document.sha256)
        try:
            self._file.snapshot()
        finally:
            self._file.close()
