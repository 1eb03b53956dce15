"""A quotation as it leaves by the clipboard: the words, and where they stand."""

from __future__ import annotations

from typing import Final

from reader.model.document import Document
from reader.model.fragment import Fragments
from reader.text.numbering import Numbering
from reader.text.units import Text

_COUNTED: Final = 1 << 22
"""So far into a text its paragraphs are counted for this alone: 50 ms."""


def quotation(
    text: Text, document: Document, fragments: Fragments, paragraph: int | None = None
) -> str:
    """The words of the fragments, and below them the title, the URL, the paragraph and the code
    points, half-open: `72–97`.

    `paragraph` is the number of the one they begin in; it is counted here unless that would take
    long.
    """
    parts = (" ".join(text[start:end].split()) for start, end in fragments)
    words = f"“{' … '.join(parts)}”"
    number = paragraph or paragraph_number(text, fragments[0].start)
    place = [document.title]
    if document.url:
        place.append(document.url)
    if number:
        place.append(f"paragraph {number:,}")
    place += [f"{start}–{end}" for start, end in fragments]
    return f"{words}\n{', '.join(place)}"


def paragraph_number(text: Text, position: int) -> int | None:
    """The number of the paragraph that holds a position, counted from 1; None where counting would
    take long, or before the first one."""
    if position > _COUNTED:
        return None
    numbering = Numbering(text)
    while not numbering.reaches(position):
        numbering.grow()
    return numbering.holding(position) or None
