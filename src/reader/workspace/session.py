"""One document, open: what it says, what is marked on it, and every way to change that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from reader.errors import ConflictError, OvertakenError
from reader.model.annotation import Annotation
from reader.model.change import Change, same
from reader.model.document import Document
from reader.model.fragment import Fragments
from reader.model.layer import Layers
from reader.model.link import ATTRIBUTION, Link
from reader.model.scheme import DEFAULT, Scheme
from reader.workspace import edits
from reader.workspace.author import Author

if TYPE_CHECKING:
    from reader.storage.document_file import DocumentFile
    from reader.storage.repository import Repository

_TRIES: Final = 5
"""How often a change is made anew because another session was faster."""


class Session:
    """A text with its marks. A call that changes something returns once it is on the disk.

    Every such call raises StoreError when it cannot be saved; nothing has changed then.
    """

    def __init__(
        self,
        text: str,
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
        self.notices = notices
        """What the person should know about how this text was opened, in sentences."""
        self.changed = changed
        """Whether the file is another text by now, and this the one that was kept."""
        self.layers: Layers = file.layers()
        self._repository = repository
        self._file = file
        self._done: list[Change] = []
        self._undone: list[Change] = []

    @property
    def document(self) -> Document:
        return self.layers.document

    # Changing -----------------------------------------------------------------------------------

    def apply(self, build: Callable[[], Change | None]) -> Change | None:
        """Save the change that `build` makes, then show it: the one way anything is changed.

        It is built on all that other sessions have written, again when one of them was faster; None
        from it means that there is nothing to change.
        """
        done = self._save(build)
        if done is not None:
            self._done.append(done)
            self._undone.clear()
        return done

    def _save(self, build: Callable[[], Change | None]) -> Change | None:
        for tries_left in reversed(range(_TRIES)):
            self.refresh()
            change = build()
            if change is None:
                return None
            self._repository.prepare(self.author.name)
            self._repository.texts.keep(self.text, self.document.sha256)
            try:
                return self._file.append(change, on_latest=True)
            except OvertakenError:
                if not tries_left:
                    raise
            finally:
                self._take(self._file.heard())
        return None

    def refresh(self) -> bool:
        """Take in what other sessions wrote; whether there was anything."""
        return self._take(self._file.news())

    def _take(self, news: list[Change]) -> bool:
        for change in news:
            self.layers.apply(change)
        return bool(news)

    def _now(self, annotation: Annotation) -> Annotation:
        """A mark as it is now. Raises ConflictError when another session has removed it."""
        now = self.layers.find(annotation.id)
        if now is None:
            raise ConflictError(
                f"“{edits.shown(annotation)}” is no longer marked",
                "another session has deleted the mark",
                "Mark it again if it is still wanted.",
            )
        return now

    def tag(
        self, kind: str, fragments: Fragments, *, label: str | None = None, note: str = ""
    ) -> Annotation:
        """Mark the fragments; returns the mark. Raises InputError for what the scheme lacks."""
        self.scheme.check_label(kind, label)

        def build() -> Change:
            return edits.tag(
                self.layers, self.text, self.author, kind, fragments, label=label, note=note
            )

        change = self.apply(build)
        assert change is not None  # a tag always changes something
        made = change.edits[0].after
        assert isinstance(made, Annotation)
        return made

    def untag(self, *annotations: Annotation) -> Change | None:
        """Remove marks with their links, as one change; None when they are gone already.

        Raises ConflictError when another session has linked one of them, or changed it, unseen.
        """
        seen = {link.id for each in annotations for link in self.layers.links_of(each.id)}

        def build() -> Change | None:
            there = [now for now, _ in self._pairs(annotations)]
            links = {link.id for each in there for link in self.layers.links_of(each.id)}
            if links - seen or any(not same(now, each) for now, each in self._pairs(annotations)):
                raise ConflictError(
                    f"“{edits.shown(annotations[0])}” was not deleted",
                    "another session has changed or linked it just now",
                    "Look at it as it is now, and delete it if that is still right.",
                )
            return edits.untag(self.layers, self.author, *there) if there else None

        return self.apply(build)

    def _pairs(self, marks: Iterable[Annotation]) -> Iterator[tuple[Annotation, Annotation]]:
        """Marks as they are now, each with what one knew of it; those that are gone left out."""
        return ((now, each) for each in marks if (now := self.layers.find(each.id)))

    def describe(self, annotation: Annotation, *, label: str | None, note: str) -> Change | None:
        """Set label and note, those of the two that differ from `annotation`'s; None when neither
        does. What another session has done to the other one stays; of two notes, both do."""
        if label != annotation.label:
            self.scheme.check_label(annotation.kind, label)

        def build() -> Change | None:
            now = self._now(annotation)
            return edits.describe_anew(
                self.author,
                now,
                label=now.label if label == annotation.label else label,
                note=_both(annotation.note, now.note, note),
            )

        return self.apply(build)

    def link(
        self,
        origin: Annotation,
        target: Annotation,
        *,
        link_type: str = ATTRIBUTION,
        via: Annotation | None = None,
    ) -> Link:
        """Tie two marks, and return the tie: the one there is when they are tied so already."""

        def build() -> Change | None:
            return edits.link(
                self.layers,
                self.scheme,
                self.author,
                self._now(origin),
                self._now(target),
                link_type=link_type,
                via=self._now(via) if via is not None else None,
            )

        change = self.apply(build)
        if change is not None:
            made = change.edits[0].after
            assert isinstance(made, Link)
            return made
        tie = edits.own_tie(self.layers, self.author, origin, target, link_type)
        assert tie is not None  # that is why nothing was changed
        return tie

    def no_source(self, claim: Annotation) -> Change | None:
        """Say that a claim has no source; None when that was said already.

        Raises ConflictError when another session has attributed it, unseen.
        """
        seen = {link.id for link in self.layers.links_from(claim.id, ATTRIBUTION)}

        def build() -> Change | None:
            links = {link.id for link in self.layers.links_from(claim.id, ATTRIBUTION)}
            if links - seen:
                raise ConflictError(
                    f"“{edits.shown(claim)}” keeps its source",
                    "another session has attributed it just now",
                    "Look at it as it is now, and say so again if it is still right.",
                )
            return edits.no_source(self.layers, self.author, self._now(claim))

        return self.apply(build)

    def unlink(self, gone: Link) -> Change | None:
        """Remove a link; None when it is gone already."""

        def build() -> Change | None:
            now = self.layers.link_if_there(gone.id)
            return edits.unlink(self.layers, self.author, now) if now is not None else None

        return self.apply(build)

    # Undoing ------------------------------------------------------------------------------------

    @property
    def undoable(self) -> Change | None:
        return self._done[-1] if self._done else None

    @property
    def redoable(self) -> Change | None:
        return self._undone[-1] if self._undone else None

    def undo(self) -> Change | None:
        """Take back the last change; None when there is none left.

        Raises ConflictError when somebody else has changed the same record since: that change
        stays, and the next undo goes on to the one before.
        """
        return self._reverse(self._done, self._undone, "undo")

    def redo(self) -> Change | None:
        """Do again what was last undone; None when there is nothing."""
        return self._reverse(self._undone, self._done, "redo")

    def _reverse(
        self, taken: list[Change], given: list[Change], way: Literal["undo", "redo"]
    ) -> Change | None:
        if not taken:
            return None

        def build() -> Change:
            back = taken[-1].inverse(annotator=self.author.name, at=self.author.now(), way=way)
            return edits.as_far_as_possible(back, self.layers)

        try:
            done = self._save(build)
        except ConflictError:
            taken.pop()
            raise
        assert done is not None  # `build` always gives a change
        taken.pop()
        given.append(done)
        return done

    # Leaving ------------------------------------------------------------------------------------

    def leave(self, position: int) -> None:
        """Keep the place in the text, so that the next time opens there."""
        self._repository.prepare(self.author.name)
        document = replace(self.document, position=position, opened=self.author.now())
        self._file.remember(document)
        self.layers.document = document
        self._file.snapshot()


def _both(before: str, theirs: str, mine: str) -> str:
    """The note when two sessions may have changed it: the changed one, or both, in turn."""
    if mine == before:
        return theirs
    if theirs in (before, mine):
        return mine
    return f"{theirs}\n{mine}"
