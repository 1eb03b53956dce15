"""One document, open: what it says, what is marked on it, and every way to change that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reader.errors import ConflictError
from reader.model.annotation import Annotation
from reader.model.change import Change
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

    def apply(self, change: Change) -> Change:
        """Save a change, then show it: the one way anything is changed."""
        done = self._save(change)
        self._done.append(done)
        self._undone.clear()
        return done

    def _save(self, change: Change) -> Change:
        self._repository.prepare(self.author.name)
        self._repository.texts.keep(self.text, self.document.sha256)
        try:
            return self._file.append(change)
        finally:
            self.refresh()

    def refresh(self) -> bool:
        """Take in what was written, here and by other sessions; whether there was anything."""
        news = self._file.news()
        for change in news:
            self.layers.apply(change)
        return bool(news)

    def tag(
        self, kind: str, fragments: Fragments, *, label: str | None = None, note: str = ""
    ) -> Annotation:
        """Mark the fragments; returns the mark. Raises InputError for what the scheme lacks."""
        self.scheme.check_label(kind, label)
        change = self.apply(
            edits.tag(self.layers, self.text, self.author, kind, fragments, label=label, note=note)
        )
        made = change.edits[0].after
        assert isinstance(made, Annotation)
        return made

    def untag(self, *annotations: Annotation) -> Change:
        """Remove marks with their links, as one change."""
        return self.apply(edits.untag(self.layers, self.author, *annotations))

    def describe(self, annotation: Annotation, *, label: str | None, note: str) -> Change | None:
        """Set label and note; None when nothing was different."""
        if label != annotation.label:
            self.scheme.check_label(annotation.kind, label)
        change = edits.describe_anew(self.author, annotation, label=label, note=note)
        return self.apply(change) if change else None

    def link(
        self,
        origin: Annotation,
        target: Annotation,
        *,
        link_type: str = ATTRIBUTION,
        via: Annotation | None = None,
    ) -> Link:
        """Tie two marks, and return the tie: the one there is when they are tied so already."""
        change = edits.link(
            self.layers, self.scheme, self.author, origin, target, link_type=link_type, via=via
        )
        if change is not None:
            made = self.apply(change).edits[0].after
            assert isinstance(made, Link)
            return made
        ties = self.layers.links_from(origin.id, link_type)
        return next(each for each in ties if each.to_id == target.id)

    def no_source(self, claim: Annotation) -> Change | None:
        """Say that a claim has no source; None when that was said already."""
        change = edits.no_source(self.layers, self.author, claim)
        return self.apply(change) if change else None

    def unlink(self, gone: Link) -> Change:
        return self.apply(edits.unlink(self.layers, self.author, gone))

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

    def _reverse(self, taken: list[Change], given: list[Change], way: str) -> Change | None:
        if not taken:
            return None
        back = taken[-1].inverse(
            annotator=self.author.name,
            at=self.author.now(),
            way="undo" if way == "undo" else "redo",
        )
        try:
            done = self._save(back)
        except ConflictError:
            taken.pop()
            raise
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
