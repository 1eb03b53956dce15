"""What a document's screen asks of the program."""

from __future__ import annotations

from textual.message import Message


class DocumentWanted(Message):
    """The document so many places further in the queue was asked for."""

    def __init__(self, step: int) -> None:
        super().__init__()
        self.step = step


class ListWanted(Message):
    """The list of documents was asked for."""


class ThemeWanted(Message):
    """A theme was asked for, by the name that people give it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class Finished(Message):
    """The person has finished."""
