"""Whether a mark is where it says it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.annotation import Annotation

if TYPE_CHECKING:
    from reader.text.units import Text


def misplaced(annotation: Annotation, text: Text) -> str | None:
    """What is wrong with the place of a mark in a text, in words; None when nothing is."""
    last = 0
    for start, end in annotation.fragments:
        if not last <= start < end <= len(text):
            return f"the range {start}:{end} is wrong"
        last = end
    said = tuple(text[start:end] for start, end in annotation.fragments)
    if not said or said != annotation.quote:
        return "it quotes other words than the text has there"
    return None
