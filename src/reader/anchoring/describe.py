"""What a place says of itself: the words there and some of those round it.

As in the TextQuoteSelector of the W3C Web Annotation Data Model, but with one quotation for each
fragment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from reader.model.fragment import Fragments

if TYPE_CHECKING:
    from reader.text.units import Text

CONTEXT: Final = 32
"""How many code points of context are kept on either side."""


class Description(NamedTuple):
    """The words at the fragments, and up to `CONTEXT` code points before and after them all."""

    quote: tuple[str, ...]
    prefix: str
    suffix: str


def describe(text: Text, fragments: Fragments) -> Description:
    """Describe fragments that lie within the text."""
    start, end = fragments[0].start, fragments[-1].end
    return Description(
        quote=tuple(text[fragment.start : fragment.end] for fragment in fragments),
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
    )
