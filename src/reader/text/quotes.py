"""Quotations. Offsets are code points, spans half-open.

Each paragraph is read by itself: where a quotation runs over several, each opens it anew and
only the last closes it, so every part is found in its own paragraph, and a mark that somebody
forgot to close swallows no more than that.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from reader.text.paragraphs import Span, next_paragraph, paragraph_at, shed
from reader.text.signs import QUOTATION_MARK


class Quotation(Struct, frozen=True):
    """One quotation, or the part of one that is in one paragraph."""

    outer: Span
    """With its marks."""
    inner: Span
    """Without its marks and the space inside them."""
    closed: bool
    """Whether it has a closing mark; else it lasts to the end of what holds it."""


class _Open(NamedTuple):
    mark: str
    at: int


_CLOSED_BY = {
    '"': '"',
    "“": '”"',
    "”": "”",  # Swedish and Finnish open with what others close with
    "„": '“”‟"',
    "‟": "”",
    "«": "»",
    "»": "«»",  # German and Danish »so«, Swedish »so»
    "‹": "›",
    "›": "‹›",
    "‘": "’'",
    "’": "’",
    "‚": "‘’",
    "'": "'",
}
_SINGLE = "‘’‚'"
_ELISION = re.compile(r"[‘’'](?:\d0s|(?:n|em|til|tis|twas|cause|bout|round|cuz)\b)", re.IGNORECASE)
_BEFORE_OPENING = "([{<-–—―/:;,=…“„«‹‘\"'‚\ufeff"
_PLURAL = re.compile(r"s['’] [a-z]")


def quotations(text: str, start: int, end: int) -> list[Quotation]:
    """The quotations that touch [start, end), an outer one before those within it."""
    found: list[Quotation] = []
    paragraph: Span | None = paragraph_at(text, start)
    while paragraph is not None and paragraph[0] < max(end, start + 1):
        found += quotations_of(text, paragraph)
        paragraph = next_paragraph(text, paragraph[1]) if paragraph[1] < end else None
    return [one for one in found if one.outer[0] < max(end, start + 1) and one.outer[1] > start]


def quotation_at(text: str, position: int) -> Quotation | None:
    """The innermost quotation that holds `position`, its marks included."""
    holding = [
        one
        for one in quotations_of(text, paragraph_at(text, position))
        if one.outer[0] <= position < one.outer[1]
    ]
    return holding[-1] if holding else None


@lru_cache(maxsize=128)
def quotations_of(text: str, paragraph: Span) -> tuple[Quotation, ...]:
    """Those of one paragraph, kept for a while: one key asks for them over and over."""
    return tuple(_in_paragraph(text, *paragraph))


def _in_paragraph(text: str, start: int, end: int) -> list[Quotation]:
    if QUOTATION_MARK.search(text, start, end) is None:
        return []
    last_closing = _last_closing(text, start, end)
    stack: list[_Open] = []
    found: list[Quotation] = []
    for match in QUOTATION_MARK.finditer(text, start, end):
        at, mark = match.start(), match[0]
        depth = _depth_closed_by(mark, stack)
        if depth is not None and _can_close(text, at, mark, end, last_closing):
            for lost in reversed(stack[depth + 1 :]):
                _end_unclosed(text, lost, start, at, found)
            opened = stack[depth]
            del stack[depth:]
            _add(text, (opened.at, at + 1), (opened.at + 1, at), True, found)
        elif _can_open(text, at, mark, start, end, last_closing):
            stack.append(_Open(mark, at))
    last = shed(text, start, end)[1]
    for lost in reversed(stack):
        _end_unclosed(text, lost, start, last, found)
    return sorted(found, key=lambda one: (one.outer[0], -one.outer[1]))


def _depth_closed_by(mark: str, stack: list[_Open]) -> int | None:
    for depth in range(len(stack) - 1, max(-1, len(stack) - 9), -1):  # nobody nests deeper
        if mark in _CLOSED_BY[stack[depth].mark]:
            return depth
    return None


def _end_unclosed(text: str, opened: _Open, start: int, end: int, found: list[Quotation]) -> None:
    # A single mark nobody closed was an apostrophe, unless the paragraph begins with it.
    if opened.mark not in _SINGLE or (
        opened.mark != "'" and shed(text, start, end)[0] == opened.at
    ):
        _add(text, (opened.at, end), (opened.at + 1, end), False, found)


def _add(text: str, outer: Span, inner: Span, closed: bool, found: list[Quotation]) -> None:
    inner = shed(text, *inner)
    if inner[0] < inner[1]:
        found.append(Quotation(outer, inner, closed))


def _can_close(text: str, at: int, mark: str, end: int, last_closing: dict[str, int]) -> bool:
    before = text[at - 1]
    after = text[at + 1] if at + 1 < end else " "
    if mark in "”»«“‟›‹":
        return True
    if mark == '"':
        # `"We left. "They came."`: a mark that can only open, after one nobody closed.
        return not (before.isspace() and after.isalnum())
    if before.isspace() or after.isalnum() or _ELISION.match(text, at):
        return False
    # "the workers’ union" within single quotes: a later mark can still close them.
    plural = _PLURAL.match(text, at - 1)
    return not (plural and last_closing.get(mark, at) > at)


def _last_closing(text: str, start: int, end: int) -> dict[str, int]:
    """Where the last ' and the last ’ are that could close a quotation."""
    return {
        text[at]: at
        for at in (match.start() for match in QUOTATION_MARK.finditer(text, start + 1, end))
        if text[at] in "'’"
        and not text[at - 1].isspace()
        and not (at + 1 < end and text[at + 1].isalnum())
    }


def _can_open(
    text: str, at: int, mark: str, start: int, end: int, last_closing: dict[str, int]
) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    free = before.isspace() or before in _BEFORE_OPENING
    if mark in "“„«‟‹":
        return mark not in "“" or not after.isspace() or before.isspace()
    if mark in "”»›":
        return free and not after.isspace()
    if mark == '"':
        return not after.isspace() and (free or (not before.isalnum() and after.isalnum()))
    if not free or after.isspace() or _ELISION.match(text, at):
        return False
    if mark == "'":
        return last_closing.get(mark, at) > at
    return mark != "’"
