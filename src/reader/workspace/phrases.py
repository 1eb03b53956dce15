"""Subjects, verbs and clauses in the sentence round a mark, by what stands at their edges.

No grammar: a few words that begin clauses, and the punctuation. Offsets are code points.
"""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from reader.text import segment
from reader.text.lexicon import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    PREPOSITIONS,
    REPORTING_VERBS,
    WEEKDAYS,
)
from reader.text.segment import Span

QUOTES: Final = "\"“”„‟«»‘’‚'‹›"
_CLOSING: Final = "\"”“»›’'"
_BLANKS: Final = " \u00a0\u202f"
_ENDING: Final = _BLANKS + "\t\n\r,;:.–—-"
_STOP: Final = re.compile(
    r";\s|\s--?\s"
    r"|,\s(?=(?:but|however|though|although|while|according|whereas|adding|saying|telling)\b)"
)
_SUBORDINATE: Final = frozenset(
    [
        "but",
        "so",
        "yet",
        "as",
        "that",
        "because",
        "when",
        "while",
        "though",
        "although",
        "if",
        "where",
        "since",
        "after",
        "before",
        "whereas",
        "what",
        "which",
        "for",
        "until",
        "unless",
        "than",
        "whether",
        "how",
        "why",
    ]
)
_RELATIVE: Final = frozenset(["who", "whose", "which", "that", "whom", "where"])
_LEADING: Final = frozenset(
    [
        "then",
        "now",
        "yet",
        "still",
        "also",
        "meanwhile",
        "however",
        "instead",
        "but",
        "and",
        "or",
        "so",
        "though",
        "as",
        "when",
        "while",
        "because",
        "that",
        "if",
        "since",
        "even",
    ]
)
_TRAILING: Final = frozenset(
    ["also", "then", "now", "still", "even", "once", "again", "never", "always"]
)
_SUBJECTS: Final = frozenset(["i", "you", "he", "she", "it", "we", "they"])
_PARTICLES: Final = (
    (PREPOSITIONS - {"to", "in", "during", "until", "after", "before", "since", "than", "as"})
    | {"out", "up", "forth"}
) - {"that"}
_SAID_OF: Final = frozenset({"of", "out"})


class Words(Struct, frozen=True):
    """The words of the sentence round a place."""

    text: str
    sentence: Span
    spans: list[Span]
    lowers: list[str]

    @classmethod
    def round(cls, text: str, span: Span) -> Words:
        sentence = segment.sentence_at(text, span[0]) or span
        spans = segment.words(text, *sentence)
        return cls(text, sentence, spans, [text[slice(*each)].lower() for each in spans])

    def inside(self, span: Span) -> list[int]:
        """The numbers of the words that begin in a stretch."""
        return [at for at, word in enumerate(self.spans) if span[0] <= word[0] < span[1]]

    def lowers_in(self, span: Span) -> list[str]:
        return [self.lowers[at] for at in self.inside(span)]

    def gap(self, at: int) -> str:
        """What stands between a word and the next."""
        after = self.spans[at + 1][0] if at + 1 < len(self.spans) else self.sentence[1]
        return self.text[self.spans[at][1] : after]

    def gap_has(self, at: int, marks: str) -> bool:
        return any(mark in marks for mark in self.gap(at))

    def joined(self, at: int) -> bool:
        """Whether only blanks stand between a word and the next."""
        return at + 1 < len(self.spans) and not self.gap(at).strip(_BLANKS)

    def span(self, first: int, last: int) -> Span:
        return self.spans[first][0], self.spans[last][1]


# Quotations and clauses -------------------------------------------------------------------------


def quotation_before(text: str, position: int) -> Span | None:
    """What is quoted right before a place, with its marks, where it goes on into that: `"…," she`.

    Words before the quotation in its sentence belong to what is said: `It "was late," she said`.
    """
    end = position
    while end and text[end - 1] in _BLANKS:
        end -= 1
    if not end or text[end - 1] not in _CLOSING:
        return None
    inner = text[:end].rstrip(QUOTES + _BLANKS)
    if inner[-1:] not in tuple(",?!—-–"):
        return None
    found = [each for each in _quotations(text, end - 1) if each[1] == end]
    if not found:
        return None
    start = min(found)[0]
    sentence = segment.sentence_at(text, start)
    if sentence is not None and sentence[0] < start and len(found) == 1:
        lead = text[sentence[0] : start].strip()
        if lead[-1:] not in tuple(".!?,:") and "\n" not in lead:
            start = sentence[0]
    return start, end


def quotation_after(text: str, position: int, over: str) -> Span | None:
    """What is quoted right behind a place, with its marks. `over` is what may stand between. One
    that breaks off at a comma is somebody else's."""
    start = position
    while start < len(text) and (text[start] in _BLANKS or text[start] in over):
        start += 1
    if start >= len(text) or text[start] not in QUOTES:
        return None
    found = [each for each in _quotations(text, start) if each[0] == start]
    if not found:
        return None
    span = max(found)
    broken = text[: span[1]].rstrip(QUOTES)[-1:] == ","
    return None if broken and over else span


def closes_quotation(text: str, position: int) -> bool:
    """Whether a quotation ends right before a place."""
    before = text[max(0, position - 4) : position].rstrip(_BLANKS)
    return before[-1:] in tuple(_CLOSING) and before[-1:] != ""


def ends_sentence(text: str, position: int, limit: int) -> bool:
    return not text[position:limit].strip(_ENDING)


def _quotations(text: str, position: int) -> list[Span]:
    """The quotations of the paragraph, with all the marks side by side at their edges."""
    low, high = segment.paragraph_at(text, position)
    found = set()
    for each in segment.quotations(text, low, high):
        start, end = each.outer
        while start > low and text[start - 1] in QUOTES:
            start -= 1
        while end < high and text[end] in QUOTES:
            end += 1
        found.add((start, end))
    return sorted(found)


def clause_end(text: str, start: int, limit: int) -> int:
    """Where the clause ends that begins at a place: at a stop outside of its quotations."""
    inside = [each for each in _quotations(text, start) if each[1] > start]
    for stop in _STOP.finditer(text, start, limit):
        if not any(each[0] < stop.start() < each[1] for each in inside):
            return stop.start()
    return limit


def trimmed(text: str, start: int, end: int) -> Span:
    """A stretch without the blanks and the joining punctuation at its edges."""
    while start < end and (text[start].isspace() or text[start] in ",;:"):
        start += 1
    while end > start and text[end - 1] in _ENDING:
        word = segment.word_at(text, end - 1) if text[end - 1] == "." else None
        if word is not None and word[1] >= end and word[0] < end - 1:
            break
        end -= 1
    return start, end


# Subjects ---------------------------------------------------------------------------------------


def subject_before(words: Words, at: int) -> Span | None:
    """The subject of the verb at a word: what ends right before it, or, of a participle or a second
    verb ("…, saying", "… and said"), the first one of the sentence."""
    if at == 0:
        return None
    before = words.lowers[at - 1]
    if before in _SUBJECTS and words.joined(at - 1):
        return words.spans[at - 1]
    follows_on = before in ("and", "but", "or", "while", "by") or (
        words.lowers[at].endswith("ing") and not words.joined(at - 1)
    )
    if follows_on:
        return _first_subject(words, at)
    last = at - 1
    while last and words.lowers[last] in _TRAILING | {"to"}:
        last -= 1
    aside = words.gap_has(at - 1, ",—–)")
    begin = _subject_start(words, last, aside)
    if begin is None:
        return None
    end = words.spans[last][1]
    if aside and begin < last and last == at - 1:
        end += len(words.gap(last).rstrip())
    return words.spans[begin][0], end


def _subject_start(words: Words, last: int, aside: bool) -> int | None:
    """Where the subject begins that ends with a word. One that ends with an `aside` in commas goes
    on to the name before that."""
    begin = last
    commas = 0
    while begin:
        joins = words.gap(begin - 1)
        if any(mark in joins for mark in QUOTES + ";:") and "’s" not in joins:
            break
        if any(mark in joins for mark in ",—–(") or " - " in joins:
            if not aside or commas == 1:
                break
            commas = 1
        before = words.lowers[begin - 1]
        if before in _SUBORDINATE and not (aside and not commas):
            break
        if before in ("and", "or") and not (aside and not commas):
            named = begin > 1 and words.text[words.spans[begin - 2][0]].isupper()
            if not (named and words.joined(begin - 1) and words.joined(begin - 2)):
                break
        begin -= 1
    while begin <= last and words.lowers[begin] in _LEADING:
        begin += 1
    return begin if begin <= last else None


def _first_subject(words: Words, before: int) -> Span | None:
    """The name, pronoun or noun run with which the sentence begins."""
    at = 0
    while at < before and words.lowers[at] in _LEADING:
        at += 1
    if at >= before:
        return None
    start = words.spans[at][0]
    if words.lowers[at] in _SUBJECTS:
        return words.spans[at]
    return segment.titled_name_at(words.text, start) or segment.noun_run_at(words.text, start)


def named_behind(words: Words, at: int, *, whole: bool) -> Span | None:
    """Who is named from a word on: as far as the sentence goes or a quotation begins, if `whole`;
    else to the first comma."""
    if at >= len(words.spans) or at == 0 or not words.joined(at - 1):
        return None
    last = at
    stops = QUOTES.replace("’", "").replace("'", "") + ";:" + ("" if whole else ",")
    while last + 1 < len(words.spans):
        joins = words.gap(last)
        if any(mark in joins for mark in stops) or "--" in joins:
            break
        last += 1
    return words.span(at, last)


# Verbs ------------------------------------------------------------------------------------------


def verbs_behind(words: Words, at: int) -> Span | None:
    """The verbs that begin at a word, or behind the relative clause that begins there."""
    if 0 < at < len(words.spans) and words.lowers[at] in _RELATIVE and words.gap_has(at - 1, ","):
        while at + 1 < len(words.spans) and not words.gap_has(at, ","):
            at += 1
        at += 1
    if at >= len(words.spans) or words.lowers[at] in DETERMINERS:
        return None
    last = at
    while words.joined(last) and _is_beside_verb(words.lowers[last], last > at):
        last += 1
    return words.span(at, _with_particle(words, last))


def verbs_before(words: Words, at: int) -> Span | None:
    """The verbs that end with a word."""
    first = at
    if words.lowers[at] in _PARTICLES | {"to"} and at and words.joined(at - 1):
        first -= 1
    return words.span(_with_auxiliaries(words, first), at)


def report_at(words: Words, at: int) -> Span:
    """The verbs round a verb of saying."""
    if words.lowers[at] == "according" and words.lowers[at + 1 : at + 2] == ["to"]:
        return words.span(at, at + 1)
    return words.span(_with_auxiliaries(words, at), _with_particle(words, at))


def _with_auxiliaries(words: Words, first: int) -> int:
    while first and words.joined(first - 1) and _is_beside_verb(words.lowers[first - 1], True):
        first -= 1
    return first


def _with_particle(words: Words, last: int) -> int:
    """The last word of a verb with the particle that goes with it: "points out", "boasted of"."""
    if not words.joined(last):
        return last
    wanted = _SAID_OF if words.lowers[last] in REPORTING_VERBS else _PARTICLES
    return last + 1 if words.lowers[last + 1] in wanted else last


def _is_beside_verb(lower: str, within: bool) -> bool:
    """Whether a word stands before the verb it goes with."""
    bare = lower.replace("’", "'")
    if lower in WEEKDAYS:
        return False
    return (
        bare in AUXILIARIES
        or bare in ADVERBS
        or lower.endswith("ly")
        or (within and lower in ("since",))
    )
