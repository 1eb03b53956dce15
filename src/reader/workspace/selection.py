"""What you move to is selected: selections, and the motions from one to the next.

Pure functions on a text; offsets are code points, half-open. Rows and pages need a layout, and are
the article pane's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from typing import Final, Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from reader.model.fragment import Fragment
from reader.text import segment, signs
from reader.text.cells import clusters
from reader.text.segment import Span
from reader.text.units import cluster_start

Unit = Literal["word", "sentence", "paragraph", "other"]

LONGEST: Final = 1024
"""So many characters behind a place are looked at for the end of its cluster."""


class Selection(Struct, frozen=True):
    """The stretch that a tag key acts on; empty only in a text without a word.

    A soft one was made by moving, and a tag key may widen it to the kind's natural object; a hard
    one is taken exactly. `at_start` says which end extending moves. `unit` is what a motion landed
    on. `inner` is what growing came from, and shrinking goes back to.
    """

    start: int
    end: int
    hard: bool = False
    at_start: bool = False
    unit: Unit = "other"
    inner: Selection | None = None

    @property
    def fragment(self) -> Fragment:
        return Fragment(self.start, self.end)

    @property
    def active(self) -> int:
        """The code point at the active end, the last one inside when that is the end."""
        return self.start if self.at_start else max(self.start, self.end - 1)


def soft(span: Span, unit: Unit = "other") -> Selection:
    return Selection(span[0], span[1], unit=unit)


def hard(span: Span) -> Selection:
    return Selection(span[0], span[1], hard=True)


def at(text: str, position: int) -> Selection:
    """The word at a position, or the nearest one; an empty selection in a text without words."""
    position = max(0, min(position, len(text)))
    span = (
        segment.word_at(text, position)
        or segment.next_word(text, position)
        or segment.previous_word(text, position)
    )
    return soft(span, "word") if span else Selection(position, position)


def shifted(now: Selection, by: int) -> Selection:
    """The same selection counted from another place."""
    inner = shifted(now.inner, by) if now.inner is not None and by else now.inner
    return replace(now, start=now.start + by, end=now.end + by, inner=inner)


def within(now: Selection, length: int) -> Selection:
    """The part of a selection that lies in [0, length)."""
    return replace(now, start=max(0, now.start), end=min(length, now.end))


# Moving -----------------------------------------------------------------------------------------


def next_word(text: str, now: Selection) -> Selection:
    """The following word; the first one in it, when a whole sentence or paragraph was landed on."""
    if now.unit in ("sentence", "paragraph"):
        return _moved(now, segment.next_word(text, now.start), "word")
    return _moved(now, segment.next_word(text, now.end), "word")


def previous_word(text: str, now: Selection) -> Selection:
    """The word before; the last one in it, when a whole sentence or paragraph was landed on."""
    if now.unit in ("sentence", "paragraph"):
        return _moved(now, segment.previous_word(text, now.end), "word")
    return _moved(now, segment.previous_word(text, now.start), "word")


def next_sentence(text: str, now: Selection) -> Selection:
    return _moved(now, segment.next_sentence(text, now.end), "sentence")


def previous_sentence(text: str, now: Selection) -> Selection:
    """The sentence one stands in; the one before it, when that is what is selected."""
    span = segment.sentence_at(text, now.start)
    if span is None or span[0] >= now.start:
        span = segment.previous_sentence(text, now.start)
    return _moved(now, span, "sentence")


def next_paragraph(text: str, now: Selection) -> Selection:
    return _moved(now, segment.next_paragraph(text, max(now.start, now.end - 1)), "paragraph")


def previous_paragraph(text: str, now: Selection) -> Selection:
    span = segment.paragraph_at(text, now.start)
    if span[0] >= now.start:
        before = segment.previous_paragraph(text, now.start)
        span = before if before is not None else span
    return _moved(now, span if span[1] > span[0] else None, "paragraph")


def next_quotation(text: str, now: Selection) -> Selection:
    """What the next quotation says, without its marks."""
    for quotation in _quotations_after(text, now.start):
        if quotation.outer[0] > now.start and quotation.inner[0] > now.start:
            return soft(said(text, quotation))
    return now


def previous_quotation(text: str, now: Selection) -> Selection:
    """What the quotation before says, without its marks."""
    span = segment.paragraph_at(text, now.start)
    while True:
        before = [
            each
            for each in segment.quotations(text, *span)
            if each.outer[0] >= span[0] and each.inner[0] < now.start
        ]
        if before:
            return soft(said(text, before[-1]))
        mark = signs.before(text, span[0], signs.has_quotation_mark)
        if not mark:
            return now
        span = segment.paragraph_at(text, mark - 1)


def _quotations_after(text: str, position: int) -> Iterator[segment.Quotation]:
    while position < len(text):
        span = segment.paragraph_at(text, position)
        yield from (each for each in segment.quotations(text, *span) if each.outer[0] >= span[0])
        position = signs.after(text, max(position, span[1]), signs.has_quotation_mark)


# Candidates -------------------------------------------------------------------------------------


class Looked(NamedTuple):
    """What a look through one paragraph came to: the candidate, if it has one, and else from where
    on, or before which place, there may be one."""

    found: Span | None
    place: int


def candidate_after(text: str, now: Selection, place: int, taken: Callable[[Span], bool]) -> Looked:
    """The next name or quotation that is not `taken`, what one may want to tag, in the paragraph
    at a place; the text's end is the last place."""
    paragraph = segment.paragraph_at(text, place)
    candidates = _candidates(text, paragraph)
    for at in range(bisect_right(candidates, (now.start, len(text))), len(candidates)):
        if not taken(candidates[at]):
            return Looked(candidates[at], place)
    return Looked(None, signs.after(text, max(place, paragraph[1]), signs.may_have_candidate))


def candidate_before(
    text: str, now: Selection, place: int, taken: Callable[[Span], bool]
) -> Looked:
    """The same before a selection; -1 is the last place."""
    paragraph = segment.paragraph_at(text, place)
    candidates = _candidates(text, paragraph)
    for at in range(bisect_left(candidates, (now.start, 0)) - 1, -1, -1):
        if not taken(candidates[at]):
            return Looked(candidates[at], place)
    mark = signs.before(text, min(place, paragraph[0]), signs.may_have_candidate)
    return Looked(None, mark - 1)


@lru_cache(maxsize=64)
def _candidates(text: str, span: Span) -> tuple[Span, ...]:
    """Those of a paragraph, in order; kept for a while, since Tab is held down."""
    quotations = [
        said(text, each)
        for each in segment.quotations(text, *span)
        if span[0] <= each.outer[0] < span[1]
    ]
    return tuple(sorted({*segment.names(text, *span), *quotations}))


def said(text: str, quotation: segment.Quotation) -> Span:
    """What a quotation says: without its marks, and without the comma or period that ends it."""
    return trimmed(text, quotation.inner)


def trimmed(text: str, span: Span) -> Span:
    """A span without the blanks round it and the punctuation that only joins it to what follows.

    What ends a question or an exclamation belongs to it, and stays; so does the period that an
    abbreviation ends with.
    """
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _JOINING):
        if text[end - 1] == "." and _ends_abbreviation(text, end):
            break
        end -= 1
    return (start, end) if start < end else span


_JOINING = ",;:.–—-"


def _ends_abbreviation(text: str, end: int) -> bool:
    word = segment.word_at(text, end - 1)
    return word is not None and word[1] >= end and word[0] < end - 1


def _moved(now: Selection, span: Span | None, unit: Unit) -> Selection:
    """Where a motion leads; where one is, at the ends of the text."""
    return soft(span, unit) if span is not None else now


# Extending --------------------------------------------------------------------------------------


def extended_to(now: Selection, word: Span) -> Selection:
    """The selection with its active end moved so that a word becomes its edge.

    Moved past the other end, it turns over: the word that was held stays inside.
    """
    if now.at_start:
        if word[0] >= now.end:
            return replace(_hard(now), end=word[1], at_start=False)
        return replace(_hard(now), start=word[0])
    if word[1] <= now.start:
        return replace(_hard(now), start=word[0], at_start=True)
    return replace(_hard(now), end=word[1])


def extended_by_word(text: str, now: Selection, step: int) -> Selection:
    """The active end a word further (step 1) or back (step -1), never empty."""
    if step > 0:
        if not now.at_start:
            span = segment.next_word(text, now.end)
            return extended_to(now, span) if span else _hard(now)
        span = segment.next_word(text, now.start + 1)
        # the first word leaves the selection, unless it is the only one
        return replace(_hard(now), start=span[0]) if span and span[1] <= now.end else _hard(now)
    if now.at_start:
        span = segment.previous_word(text, now.start)
        return extended_to(now, span) if span else _hard(now)
    span = segment.previous_word(text, now.end - 1)
    return replace(_hard(now), end=span[1]) if span and span[0] >= now.start else _hard(now)


def extended_by_character(text: str, now: Selection, step: int) -> Selection:
    """The active end a grapheme cluster further or back, never empty."""
    edge = now.start if now.at_start else now.end
    around = clusters(text, cluster_start(text, max(0, edge - 1)), min(len(text), edge + LONGEST))
    if step > 0:
        moved = next((last for first, last in around if last > edge), edge)
    else:
        moved = next((first for first, last in reversed(around) if first < edge), edge)
    start, end = (moved, now.end) if now.at_start else (now.start, moved)
    result = replace(_hard(now), start=start, end=end)
    return result if result.start < result.end else _hard(now)


def extended_to_clause(text: str, now: Selection, step: int) -> Selection:
    """The end at the next clause edge (step 1), or the start at the one before (step -1).

    The other end stays; the edges are those of the paragraph.
    """
    if now.start == now.end:
        return now
    if step > 0:
        end = segment.clause_end_after(text, now.end)
        return replace(_hard(now), end=end or now.end, at_start=False)
    start = segment.clause_start_before(text, now.start)
    return replace(_hard(now), start=now.start if start is None else start, at_start=True)


def turned(now: Selection) -> Selection:
    """The other end active."""
    return replace(now, at_start=not now.at_start)


def _hard(now: Selection) -> Selection:
    return replace(now, hard=True, unit="other", inner=None)


# Growing ----------------------------------------------------------------------------------------


def grown(text: str, now: Selection) -> Selection:
    """The next larger object round it: word, name, with titles, quotation, sentence, paragraph."""
    larger = [
        span
        for span in _objects(text, now.start)
        if span[0] <= now.start and now.end <= span[1] and span != (now.start, now.end)
    ]
    if not larger:
        return replace(now, hard=True)
    start, end = min(larger, key=lambda span: span[1] - span[0])
    return Selection(start, end, hard=True, inner=now)


def shrunk(text: str, now: Selection) -> Selection:
    """What growing came from; else the next smaller object at its start."""
    if now.inner is not None:
        return replace(now.inner, hard=True)
    smaller = [
        span
        for span in _objects(text, now.start)
        if now.start <= span[0] and span[1] <= now.end and span != (now.start, now.end)
    ]
    if not smaller:
        return _hard(now)
    return hard(max(smaller, key=lambda span: span[1] - span[0]))


def _objects(text: str, position: int) -> Iterator[Span]:
    yield from _present(
        (
            segment.word_at(text, position),
            segment.name_at(text, position),
            segment.titled_name_at(text, position),
        )
    )
    quotation = segment.quotation_at(text, position)
    if quotation is not None:
        yield said(text, quotation)
        yield quotation.outer
    sentence = segment.sentence_at(text, position)
    if sentence is not None:
        yield trimmed(text, sentence)
        yield sentence
    paragraph = segment.paragraph_at(text, position)
    if paragraph[0] < paragraph[1]:
        yield paragraph


def _present(spans: Iterable[Span | None]) -> Iterator[Span]:
    return (span for span in spans if span is not None)


# Beyond what is at hand -------------------------------------------------------------------------

Motion = Callable[[str, Selection], Selection]


class Lead(NamedTuple):
    """Where a motion goes: on (1) or back (-1), to what has such a sign, moving an end or all."""

    step: int
    has: signs.Has
    extends: bool = False

    def brought(self, now: Selection, place: int) -> Selection:
        """A selection from where the motion leads to the first thing beyond a place, when nothing
        lies before that."""
        if not self.extends:
            return Selection(place, place)
        if now.at_start:
            return replace(now, start=min(place, now.end - 1))
        return replace(now, end=max(place, now.start + 1))


_LEADS: Final[dict[Motion, Lead]] = {
    next_word: Lead(1, signs.may_have_word),
    previous_word: Lead(-1, signs.may_have_word),
    next_sentence: Lead(1, signs.has_ink),
    previous_sentence: Lead(-1, signs.has_ink),
    next_paragraph: Lead(1, signs.has_ink),
    previous_paragraph: Lead(-1, signs.has_ink),
    next_quotation: Lead(1, signs.has_quotation_mark),
    previous_quotation: Lead(-1, signs.has_quotation_mark),
}


def lead(motion: Motion) -> Lead | None:
    """Where a motion goes that may have to look beyond what is at hand; None for the others."""
    if isinstance(motion, partial) and motion.func is extended_by_word:
        return Lead(motion.keywords["step"], signs.may_have_word, extends=True)
    return _LEADS.get(motion)
