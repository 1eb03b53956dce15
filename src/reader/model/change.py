"""Every edit as a value with its inverse: what undo, the journal and the history are made of."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.model.link import Link

Record = Document | Annotation | Link
Way = Literal["do", "undo", "redo", "outside"]
"""How a change came about. "outside": another session or tool wrote it."""


class Edit(Struct, frozen=True):
    """One record before and after: None before means added, None after means removed."""

    before: Record | None
    after: Record | None

    def __post_init__(self) -> None:
        if self.before is None and self.after is None:
            raise ValueError("an edit needs a record before or after it")

    @property
    def record(self) -> Record:
        """The record as it is after the edit, or was before its removal."""
        record = self.after if self.after is not None else self.before
        assert record is not None  # __post_init__ saw to it
        return record

    @property
    def inverse(self) -> Edit:
        return Edit(self.after, self.before)


class Change(Struct, frozen=True):
    """What one key or command did: applied whole or not at all.

    `did` says it in a person's words ("tagged Ines Varga as person"); `at` is when, RFC 3339, UTC.
    `id` tells it from all others, once it is to be saved; `of` is the id of the change that this
    one takes back, or does again.
    """

    edits: tuple[Edit, ...]
    did: str
    annotator: str
    at: str
    way: Way = "do"
    id: str = ""
    of: str = ""

    def inverse(self, *, annotator: str, at: str, way: Way) -> Change:
        """The change that takes this one back, edits in reverse order."""
        return Change(
            tuple(edit.inverse for edit in reversed(self.edits)),
            self.did,
            annotator,
            at,
            way,
            of=self.of or self.id,
        )


def same(one: Record | None, other: Record | None) -> bool:
    """Whether two states of a record say the same. Its revision, a mere counter, may differ."""
    if one is other:
        return True  # as nearly always, and a change may be of a hundred thousand
    match one, other:
        case (Annotation() | Link(), Annotation() | Link()):
            return replace(one, rev=0) == replace(other, rev=0)
    return one == other
