"""Clause edges: where the part of a sentence that somebody said may begin or end.

Offsets are code points. An edge lies at a comma, semicolon, colon or dash, at a bracket, at a
quotation mark, at the conjunction "that", after a verb of saying and at the ends of a sentence, but
never within a word, a number or a time of day. It sheds blanks and the punctuation that only joins;
a quotation has one within its marks and one without, a sentence one before its period and one
behind, and a clause may begin with its "that" or after it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache

from reader.text.lexicon import NOUNS_TOO, PREPOSITIONS, REPORTING_VERBS
from reader.text.paragraphs import Span, paragraph_at, shed
from reader.text.quotes import quotations
from reader.text.sentences import sentences
from reader.text.words import keeps_period, words

_MARK = re.compile(
    r"[,;:]+(?=[\s\"“”„«»‘’'‹›()\[\]]|\Z)"  # not in 1,200 or 10:30
    r"|(?<=\s)[-–—]+(?=\s)"
    r"|—+|(?<=\w)--+(?=\w)"
    r"|[()\[\]]"
)
_THAT = re.compile(r"(?P<before>[^\W\d_]+)?[ \u00a0\u202f\n]+(?P<that>that)(?=\s+[\w\"“‘'«„])")
_QUOTES = "\"“”„‟«»‘’‚'‹›"
_JOINING = ",;:.–—-"
_SAYING = REPORTING_VERBS - NOUNS_TOO - {"according"}
_NEAR = 32  # code points; before a period this much is looked at to tell an abbreviation


def clause_end_after(text: str, position: int) -> int | None:
    """The next place after a position, in its paragraph, where a clause may end; None if none."""
    _, ends = _edges(text, paragraph_at(text, max(0, position - 1)))
    at = bisect_right(ends, position)
    return ends[at] if at < len(ends) else None


def clause_start_before(text: str, position: int) -> int | None:
    """The last place before a position, in its paragraph, where a clause may begin."""
    starts, _ = _edges(text, paragraph_at(text, position))
    at = bisect_left(starts, position)
    return starts[at - 1] if at else None


@lru_cache(maxsize=64)
def _edges(text: str, paragraph: Span) -> tuple[list[int], list[int]]:
    """The places in a paragraph where clauses may begin, and where they may end, in order."""
    first, last = shed(text, *paragraph)
    if first == last:
        return [], []
    starts, ends = {first}, {last, _back(text, first, last)}
    for start, end in _marks(text, first, last):
        ends.add(_back(text, first, start))
        starts.add(_on(text, end, last))
    for start, end in _thats(text, first, last):
        ends.add(_back(text, first, start))
        starts |= {start, _on(text, end, last)}
    starts |= {
        _on(text, end, last)
        for start, end in words(text, first, last)
        if text[start:end].lower() in _SAYING
    }
    closing: set[int] = set()
    for quotation in quotations(text, first, last):
        outer, inner = quotation.outer, quotation.inner
        begin = _while(text, outer[0], first, -1, _is_quote)  # marks side by side are one
        starts |= {begin, _while(text, inner[0], last, 1, _is_quote)}
        ends.add(_back(text, first, begin))
        if quotation.closed:
            after = _while(text, outer[1], last, 1, _is_quote)
            within = _while(text, inner[1], first, -1, _is_quote)
            ends |= {_back(text, first, within), after}
            closing.update(range(inner[1], after))
            starts.add(_on(text, after, last))
    for start, end in sentences(text, first, last):
        starts.add(start)
        ends |= {end, _back(text, first, end)}
    return (
        sorted(
            each for each in starts - closing if first <= each < last and not _splits(text, each)
        ),
        sorted(each for each in ends if first < each <= last and not _splits(text, each)),
    )


def _marks(text: str, first: int, last: int) -> Iterator[Span]:
    """The punctuation that stands between two clauses."""
    return (match.span() for match in _MARK.finditer(text, first, last))


def _thats(text: str, first: int, last: int) -> Iterator[Span]:
    """Where "that" joins two clauses; it does not after a preposition ("of that kind")."""
    for match in _THAT.finditer(text, first, last):
        if (match["before"] or "").lower() not in PREPOSITIONS:
            yield match.span("that")


def _back(text: str, low: int, end: int) -> int:
    """Before the blanks and the joining punctuation that lead up to a place."""
    while end > low and (text[end - 1].isspace() or text[end - 1] in _JOINING):
        if text[end - 1] == "." and _abbreviates(text, low, end - 1):
            break
        end -= 1
    return end


def _on(text: str, start: int, high: int) -> int:
    """Behind the blanks and the joining punctuation that follow on a place."""
    while start < high and (text[start].isspace() or text[start] in _JOINING):
        start += 1
    return start


def _abbreviates(text: str, low: int, period: int) -> bool:
    """Whether a period belongs to the word before it: "U.S.", "Gen."."""
    start = _while(text, period, max(low, period - _NEAR), -1, _is_inner)
    return "." in text[start:period] or keeps_period(text, start, period, len(text))


def _while(text: str, at: int, bound: int, step: int, wanted: Callable[[str], bool]) -> int:
    """Over all characters of one sort from a place on, as far as a bound."""
    while at != bound and wanted(text[at if step > 0 else at - 1]):
        at += step
    return at


def _is_quote(char: str) -> bool:
    return char in _QUOTES


def _is_inner(char: str) -> bool:
    return char.isalnum() or char == "."


def _splits(text: str, at: int) -> bool:
    """Whether a place lies within a word."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()
