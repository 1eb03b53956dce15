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
from functools import lru_cache, partial
from operator import itemgetter

from reader.text.lexicon import NOUNS_TOO, PREPOSITIONS, REPORTING_VERBS
from reader.text.paragraphs import Span, paragraph_at, pieces, shed
from reader.text.quotes import quotations_of
from reader.text.sentences import sentences
from reader.text.words import keeps_period, words

_MARK = re.compile(
    r"[,;:]+(?=[\s\"“”„«»‘’'‹›()\[\]]|\Z)"  # not in 1,200 or 10:30
    r"|(?<=\s)[-–—]+(?=\s)"
    r"|—+|(?<=\w)--+(?=\w)"
    r"|[()\[\]]"
)
_BLANKS = " \u00a0\u202f\n"
_THAT = re.compile(rf"(?<=[{_BLANKS}])that(?=\s+[\w\"“‘'«„])")
_WORD_BEFORE = re.compile(rf"([^\W\d_]++)[{_BLANKS}]++\Z")
_QUOTE_MARKS = re.compile("[\"“”„‟«»‘’‚'‹›]+")
_JOINING = ",;:.–—-"
_SAYING = REPORTING_VERBS - NOUNS_TOO - {"according"}
_NEAR = 32  # code points; before a period this much is looked at to tell an abbreviation, before
# a "that" to tell a preposition


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
    back = partial(_back, text, first, known={})
    on = partial(_on, text, high=last, known={})
    starts, ends = {first}, {last, back(last)}
    for start, end in _marks(text, first, last):
        ends.add(back(start))
        starts.add(on(end))
    for start, end in _thats(text, first, last):
        ends.add(back(start))
        starts |= {start, on(end)}
    starts |= {
        on(end)
        for start, end in pieces(words, text, paragraph)
        if text[start:end].lower() in _SAYING
    }
    marks = _Runs([match.span() for match in _QUOTE_MARKS.finditer(text, first, last)])
    closed: dict[int, int] = {}
    for quotation in quotations_of(text, paragraph):
        outer, inner = quotation.outer, quotation.inner
        begin = marks.begin(outer[0])  # marks side by side are one
        starts |= {begin, marks.end(inner[0])}
        ends.add(back(begin))
        if quotation.closed:
            after, within = marks.end(outer[1]), marks.begin(inner[1])
            ends |= {back(within), after}
            closed[after] = min(inner[1], closed.get(after, after))
            starts.add(on(after))
    closing = {each for after, at in closed.items() for each in range(at, after)}
    for start, end in pieces(sentences, text, paragraph):
        starts.add(start)
        ends |= {end, back(end)}
    return (
        sorted(
            each for each in starts - closing if first <= each < last and not _splits(text, each)
        ),
        sorted(each for each in ends if first < each <= last and not _splits(text, each)),
    )


class _Runs:
    """Stretches of signs side by side, by what stands in them."""

    def __init__(self, spans: list[Span]) -> None:
        self._spans = spans

    def begin(self, at: int) -> int:
        """Where those begin that lead up to a place; the place itself when none do."""
        start, end = self._near(at - 1)
        return start if start < at <= end else at

    def end(self, at: int) -> int:
        """Where those end that go on from a place; the place itself when none do."""
        start, end = self._near(at)
        return end if start <= at < end else at

    def _near(self, at: int) -> Span:
        number = bisect_right(self._spans, at, key=itemgetter(0))
        return self._spans[number - 1] if number else (-1, -1)


def _marks(text: str, first: int, last: int) -> Iterator[Span]:
    """The punctuation that stands between two clauses."""
    return (match.span() for match in _MARK.finditer(text, first, last))


def _thats(text: str, first: int, last: int) -> Iterator[Span]:
    """Where "that" joins two clauses; it does not after a preposition ("of that kind")."""
    for match in _THAT.finditer(text, first + 1, last):
        before = _WORD_BEFORE.search(text[max(first, match.start() - _NEAR) : match.start()])
        if before is None or before[1].lower() not in PREPOSITIONS:
            yield match.span()


def _back(text: str, low: int, end: int, known: dict[int, int]) -> int:
    """Before the blanks and the joining punctuation that lead up to a place.

    What was walked over is `known`: where nothing but such marks stand, each is an edge.
    """
    walked = []
    while end > low and end not in known and (text[end - 1].isspace() or text[end - 1] in _JOINING):
        if text[end - 1] == "." and _abbreviates(text, low, end - 1):
            break
        walked.append(end)
        end -= 1
    end = known.get(end, end)
    known.update(dict.fromkeys(walked, end))
    return end


def _on(text: str, start: int, high: int, known: dict[int, int]) -> int:
    """Behind the blanks and the joining punctuation that follow on a place."""
    walked = []
    while start < high and start not in known:
        if not (text[start].isspace() or text[start] in _JOINING):
            break
        walked.append(start)
        start += 1
    start = known.get(start, start)
    known.update(dict.fromkeys(walked, start))
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


def _is_inner(char: str) -> bool:
    return char.isalnum() or char == "."


def _splits(text: str, at: int) -> bool:
    """Whether a place lies within a word."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()
