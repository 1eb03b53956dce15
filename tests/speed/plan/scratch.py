"""A session that keeps everything in memory: what a plan is tried on before it is made."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from reader.model.change import Change
from reader.model.document import Document
from reader.model.layer import Layers
from reader.model.scheme import DEFAULT
from reader.workspace.author import Author
from reader.workspace.session import Session


class Scratch(Session):
    """Every change is applied to the layers alone, and can be taken back in turn."""

    def __init__(self, text: str, document: Document) -> None:
        numbers = count()
        # as in a database: each id is later in order than those before
        self.text = text
        self.scheme = DEFAULT
        self.author = Author("plan", lambda: f"{next(numbers):08}", lambda: "2026-11-22T00:00:00Z")
        self._layers = Layers(document)
        self._done: list[Change] = []

    @property
    def layers(self) -> Layers:
        return self._layers

    def apply(self, build: Callable[[], Change | None]) -> Change | None:
        change = build()
        if change is not None:
            self._layers.apply(change)
            self._done.append(change)
        return change

    @property
    def mark(self) -> int:
        """The place to which `back_to` goes back."""
        return len(self._done)

    def back_to(self, mark: int) -> None:
        """Take back all changes since."""
        while len(self._done) > mark:
            change = self._done.pop()
            self._layers.apply(change.inverse(annotator="plan", at=change.at, way="undo"))
