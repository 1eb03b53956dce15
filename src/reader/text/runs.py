"""Runs of words that are no names: the nouns of an unnamed source, the verbs of a cue.

Offsets are code points, spans half-open; both look at one sentence only.
"""

from bisect import bisect_left

from reader.text.lexicon import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    CUE_PHRASES,
    DETERMINERS,
    NOUNS_TOO,
    PLAIN_VERBS,
    POSTNOMINALS,
    PREPOSITIONS,
    PRONOUNS,
    REPORTING_VERBS,
    WEEKDAYS,
)
from reader.text.paragraphs import Span, paragraph_at, pieces
from reader.text.sentences import sentence_at
from reader.text.words import word_at, words

_SPACES = " \u00a0\u202f"
_FARTHEST = 64  # words either way in which a run ends, also where the sentence does not
_COUNTING = frozenset({"first", "second", "last", "next"})  # "the first officials": no adverbs here
_NOT_NOUNS = (
    (PREPOSITIONS | CONJUNCTIONS | PRONOUNS | AUXILIARIES | ADVERBS)
    | PLAIN_VERBS
    | (REPORTING_VERBS - NOUNS_TOO)
) - (DETERMINERS | _COUNTING)


def noun_run_at(text: str, position: int) -> Span | None:
    """The noun and its company round `position`: "two officials", "U.S. defense officials".

    It takes a leading article or number in, and ends at punctuation, prepositions, pronouns,
    conjunctions and verbs; None on one of these. In a name, `name_at` is the better question.
    """
    found = _sentence_words(text, position)
    if found is None:
        return None
    spans, at = found
    lowers = [text[start:end].lower().replace("’", "'") for start, end in spans]
    ends_noun = [
        lower in _NOT_NOUNS and not _is_acronym(text[start:end])
        for lower, (start, end) in zip(lowers, spans, strict=True)
    ]
    if ends_noun[at]:
        return None
    first = _noun_start(text, spans, lowers, ends_noun, at)
    last = at
    has_noun = _is_noun(lowers[at])
    while last + 1 < len(spans) and _adjoin(text, spans, last) and not ends_noun[last + 1]:
        following = lowers[last + 1]
        if _is_determiner(following) and not _is_determiner(lowers[last]):
            break
        if has_noun and _is_after_noun(following):
            break
        has_noun = has_noun or _is_noun(following)
        last += 1
    while last > at and lowers[last].endswith("ly"):
        last -= 1
    return spans[first][0], spans[last][1]


def verb_run_at(text: str, position: int) -> Span | None:
    """The words that report round `position`: "has said", "according to", "did not say".

    Where no known verb of saying is, just the word at `position`.
    """
    found = _sentence_words(text, position)
    if found is None:
        return None
    spans, at = found
    lowers = [text[start:end].lower().replace("’", "'") for start, end in spans]
    core = _cue(text, spans, lowers, at)
    ahead = at
    while core is None and (lowers[ahead] in AUXILIARIES or lowers[ahead] in ADVERBS):
        ahead += 1
        if ahead == len(spans) or not _adjoin(text, spans, ahead - 1):
            break
        core = _cue(text, spans, lowers, ahead)
    if core is None:
        return spans[at]
    first = before = core[0]
    while before and _adjoin(text, spans, before - 1):
        before -= 1
        if lowers[before] in AUXILIARIES:
            first = before
        elif lowers[before] not in ADVERBS:
            break
    first = min(first, at)  # an adverb without an auxiliary, where the cursor is on it
    return spans[first][0], spans[core[1] - 1][1]


def _sentence_words(text: str, position: int) -> tuple[list[Span], int] | None:
    """The words of the sentence round `position` and the index of the one it is on or next to."""
    word = word_at(text, position)
    sentence = word and sentence_at(text, word[0])
    if word is None or sentence is None:
        return None
    start, end = sentence
    around = pieces(words, text, paragraph_at(text, word[0]))
    here = bisect_left(around, word)
    if here > _FARTHEST:
        start = max(start, around[here - _FARTHEST][0])
    if here + _FARTHEST < len(around):
        end = min(end, around[here + _FARTHEST][0])
    # An abbreviation's period can stand outside its sentence's last word; take words by start.
    spans = words(text, start, end)
    at = next((index for index, span in enumerate(spans) if word[0] < span[1]), None)
    return None if at is None else (spans, at)


def _adjoin(text: str, spans: list[Span], at: int) -> bool:
    """Whether only spaces stand between the word `at` and the next."""
    gap = text[spans[at][1] : spans[at + 1][0]]
    return bool(gap) and not gap.strip(_SPACES)


def _noun_start(
    text: str, spans: list[Span], lowers: list[str], ends_noun: list[bool], at: int
) -> int:
    first = at
    while first and _adjoin(text, spans, first - 1) and not ends_noun[first - 1]:
        before = lowers[first - 1]
        if _is_determiner(lowers[first]) and not _is_determiner(before):
            break
        if before.endswith("ed") and first > 1:
            # "The blast injured workers": a verb, after a noun; "elected officials": none.
            noun_before = _adjoin(text, spans, first - 2) and not ends_noun[first - 2]
            if noun_before and _is_noun(lowers[first - 2]):
                break
        first -= 1
    return first


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()  # US, WHO


def _is_determiner(lower: str) -> bool:
    return lower in DETERMINERS or lower[0].isdigit()


def _is_noun(lower: str) -> bool:
    return not (_is_determiner(lower) or lower in _COUNTING or lower.endswith("ly"))


def _is_after_noun(lower: str) -> bool:
    """Whether a word cannot continue a run that has its noun: "people familiar", "men armed"."""
    return lower in POSTNOMINALS or lower in WEEKDAYS or lower.endswith(("ed", "ing"))


def _cue(text: str, spans: list[Span], lowers: list[str], at: int) -> tuple[int, int] | None:
    """The cue phrase or verb the word `at` is part of, as a range of words."""
    for phrase in CUE_PHRASES:
        for offset in range(len(phrase)):
            begin = at - offset
            if begin >= 0 and tuple(lowers[begin : begin + len(phrase)]) == phrase:
                end = begin + len(phrase)
                if all(_adjoin(text, spans, index) for index in range(begin, end - 1)):
                    return begin, end
    return (at, at + 1) if lowers[at] in REPORTING_VERBS else None
