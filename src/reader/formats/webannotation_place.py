"""Where a target of an annotation is (Web Annotation Data Model, 4.2).

Of its selectors, which all say the same in other ways, those of position and quotation are
followed; where they differ, the words count. Ranges, XPaths and the like need the page as a browser
has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from reader.errors import InputError
from reader.formats.units import Ruler
from reader.formats.webannotation_bodies import listed, words
from reader.formats.webannotation_quotes import Quote, find

_POSITION: Final = "TextPositionSelector"
_QUOTE: Final = "TextQuoteSelector"


class Place(NamedTuple):
    """A range in the text at an address."""

    address: str
    start: int
    end: int


def source_of(target: Any) -> str:
    """The IRI of the text that a target is a part of; empty when it does not say so."""
    if isinstance(target, str):
        return target
    source = target.get("source") if isinstance(target, dict) else None
    if isinstance(source, dict):
        source = source.get("id")
    return words(source) or ""


def selectors_of(target: Any) -> list[dict[str, Any]]:
    """The selectors of a target that can be followed."""
    if not isinstance(target, dict):
        return []
    given = [each for each in listed(target.get("selector")) if isinstance(each, dict)]
    return [each for each in given if _is(each, _POSITION) or _is(each, _QUOTE)]


def place_of(
    selectors: Sequence[dict[str, Any]], text: str, ruler: Ruler, address: str
) -> tuple[Place, str]:
    """The place in the text, and what is to be said of how it was found. Raises InputError."""
    quote = next((_quote(each) for each in selectors if _is(each, _QUOTE)), None)
    position = next((each for each in selectors if _is(each, _POSITION)), None)
    near = 0
    if position is not None:
        try:
            near, end = _range(position, ruler)
        except InputError:
            if quote is None:
                raise
        else:
            there = text[near:end]
            if quote is None or there == quote.exact or there.split() == quote.exact.split():
                return Place(address, near, end), ""
    assert quote is not None
    found, whole = find(text, quote)
    shown = f"“{quote.exact[:60]}”"
    if not found:
        raise InputError(f"The text has no {shown}")
    at = min(found, key=lambda each: abs(each - near))
    place = Place(address, at, at + len(quote.exact))
    if position is not None:
        return place, f"{shown} does not stand where its position says: its own place is taken"
    if len(found) > 1:
        return place, f"{shown} stands in more than one place: the first is taken"
    return place, "" if whole else f"{shown} stands between other words now"


def _range(selector: dict[str, Any], ruler: Ruler) -> tuple[int, int]:
    start, end = selector.get("start"), selector.get("end")
    if type(start) is not int or type(end) is not int:
        raise InputError("A position is no number")
    return ruler.back(start), ruler.back(end)


def _quote(selector: dict[str, Any]) -> Quote:
    exact, prefix, suffix = (selector.get(name) for name in ("exact", "prefix", "suffix"))
    if not isinstance(exact, str) or not exact:
        raise InputError("A quotation has no words")
    return Quote(exact, words(prefix) or "", words(suffix) or "")


def _is(selector: dict[str, Any], kind: str) -> bool:
    types = listed(selector.get("type", selector.get("@type")))
    return kind in types or f"oa:{kind}" in types
