"""What every format is: a name, what it carries, and functions from and to bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from reader.anchoring.verify import misplaced
from reader.errors import InputError
from reader.formats.report import Report
from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.model.link import Link


@dataclass(frozen=True, slots=True)
class Content:
    """A document as it leaves or enters: its marks in reading order. `text` None: left out."""

    document: Document
    text: str | None
    annotations: tuple[Annotation, ...]
    links: tuple[Link, ...]


class Codec(Protocol):
    """One format. Deterministic: the same contents give the same bytes."""

    name: str
    summary: str

    def encode(self, contents: Sequence[Content], report: Report) -> bytes:
        """The file's bytes. What the format cannot carry is told to the report."""
        ...

    def decode(self, data: bytes, name: str, report: Report) -> list[Content]:
        """The contents of a file called `name`. Raises InputError that says what is wrong where."""
        ...


def check_places(content: Content, text: str, where: str) -> None:
    """Raise InputError unless every quotation stands in the text where its fragments say."""
    if len(text) != content.document.length:
        raise unusable(where, f"its text has {len(text)} characters, not {content.document.length}")
    for annotation in content.annotations:
        wrong = misplaced(annotation, text)
        if wrong:
            raise unusable(where, f"annotation {annotation.id}: {wrong}")


def unusable(where: str, what: str) -> InputError:
    """The error for a document that cannot be taken in; `where` names file and document."""
    return InputError(f"{where} cannot be imported", what, "Nothing of it was imported.")
