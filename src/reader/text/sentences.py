"""Sentences. Offsets are code points, spans half-open.

Every full stop is a candidate; what stands before it (an abbreviation, an initial) and after it
(lower case, who said it) decides. The rules know English news; text in other scripts ends its
sentences at their own marks.
"""

import re

from reader.text.lexicon import (
    ABBREVIATIONS,
    FUNCTION_WORDS,
    LOWER_OFFICES,
    MONTH_ABBREVIATIONS,
    MONTHS,
    NUMBERED,
    PREPOSITIONS,
    REPORTING_VERBS,
    TIME_ZONES,
    TITLE_ABBREVIATIONS,
    WEEKDAYS,
)
from reader.text.paragraphs import Span, piece_after, piece_at, piece_before, shed

_QUOTES = "\"”’»'“‹›"
_CANDIDATE = re.compile(
    rf"(?P<newline>[\n\r\v\f\x85\u2028\u2029]+)"
    rf"|(?P<wide>[。！？｡][。！？｡]*)(?P<wide_close>[」』”’）》\"]*)"
    rf"|(?P<stop>[.!?…‽؟۔।॥]+)(?P<close>[.!?…)\]}}」』{_QUOTES}]*"
    rf"(?:[ \u00a0\u202f]»(?=[\s.,;:]|\Z))?)(?=\s|\Z)"
)
_TOKEN = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\Z|[^\W_]+\Z")
_TOKEN_REACH = 24
# What the next sentence would begin with: openers, then a word.
_AHEAD = re.compile(r"\s*(?P<dash>[-–—]?)[\s(\[{\"“”‘’'„«»‹–—-]*(?P<word>[^\W_][\w'’.]*)?")
_CLAUSE_REACH = 80  # code points in which a reporting clause must show itself
_SAID_AFTER = re.compile(r"\s*(?:と|って|[^，。、！？\s]{0,8}?(?:说|說|称|稱|表示|道))")


def sentences(text: str, start: int, end: int) -> list[Span]:
    """The sentences of a paragraph [start, end), in order, without white space at their edges.

    Together they hold every character that is neither white space nor U+FEFF.
    """
    found = []
    begin = start
    for candidate in _CANDIDATE.finditer(text, start, end):
        if _ends(text, begin, candidate, end):
            found.append(shed(text, begin, candidate.end()))
            begin = candidate.end()
    found.append(shed(text, begin, end))
    return [(first, last) for first, last in found if first < last]


def sentence_at(text: str, position: int) -> Span | None:
    """The sentence holding `position`, else the next in its paragraph, else the previous."""
    return piece_at(sentences, text, position)


def next_sentence(text: str, position: int) -> Span | None:
    """The first sentence that starts at `position` or later."""
    return piece_after(sentences, text, position)


def previous_sentence(text: str, position: int) -> Span | None:
    """The last sentence that ends at `position` or earlier."""
    return piece_before(sentences, text, position)


def _ends(text: str, begin: int, candidate: re.Match[str], end: int) -> bool:
    """Whether a sentence that began at `begin` ends with the candidate."""
    if candidate["newline"]:
        return True
    if candidate["wide"]:
        after = _SAID_AFTER.match(text, candidate.end(), end)
        return not (candidate["wide_close"] and after)
    ahead = _AHEAD.match(text, candidate.end(), end)
    word = ahead and ahead["word"]
    if ahead is None or not word:
        return True
    if word[0].islower():
        return False
    stop, close = candidate["stop"], candidate["close"]
    quoted = any(mark in _QUOTES for mark in close)
    if quoted and _is_reporting_clause(text, ahead.start("word"), end, asked=stop[-1] != "."):
        return False
    if stop != "." or "." in close:
        return True
    return _ends_after_word(text, begin, candidate.start(), ahead["dash"], word)


def _ends_after_word(text: str, begin: int, period: int, dash: str, word: str) -> bool:
    """Whether a single period ends a sentence, going by the words before and after it."""
    reach = max(begin, period - _TOKEN_REACH)
    token = _TOKEN.search(text[reach:period])
    if token is None:
        return True
    before = token[0]
    acronym = "." in before
    if acronym and before.lower() in ("a.m", "p.m"):
        return not (dash or _tells_time(word))
    if before in NUMBERED:
        return not word[0].isdigit()
    if before in TITLE_ABBREVIATIONS or before in ("v", "vs"):
        return False
    if acronym or before in ABBREVIATIONS or (len(before) == 1 and before.isupper()):
        if before in MONTH_ABBREVIATIONS:
            return not (dash or word[0].isdigit())
        return not dash and _begins_sentence(word)
    # "1. The first point" and "2. The second" are items, not sentences of one figure.
    return not (before.isdigit() and not text[begin : reach + token.start()].strip())


def _begins_sentence(word: str) -> bool:
    shouted = len(word) > 1 and word.isupper()
    return word[0].isupper() and not shouted and word.lower() in FUNCTION_WORDS


def _tells_time(word: str) -> bool:
    bare = word.rstrip(".")
    return (
        bare.lower() in WEEKDAYS | MONTHS | TIME_ZONES
        or bare in MONTH_ABBREVIATIONS
        or (bare.isupper() and 2 <= len(bare) <= 4)
    )


def _is_reporting_clause(text: str, start: int, end: int, asked: bool) -> bool:
    """Whether what follows a closing quotation mark says who spoke: "Ines Varga asked."

    After a question or a cry (`asked`) the clause may go on ("asked in court"); after a period
    it must end with its verb, for "Varga said nothing more" is a sentence of its own.
    """
    tokens = text[start : min(end, start + _CLAUSE_REACH)].split()[:7]
    for index, token in enumerate(tokens):
        word = token.rstrip(".,;:!?").lower()
        if index and word in REPORTING_VERBS:
            over = len(word) < len(token) or index + 1 == len(tokens)
            return over or (asked and tokens[index + 1] in PREPOSITIONS | {"reporters"})
        if not (token[0].isupper() or word in LOWER_OFFICES or word == "the"):
            return False
    return False
