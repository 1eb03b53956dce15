"""Names: runs of capitalised words, with their particles and without titles and offices.

Offsets are code points, spans half-open. Only capitals tell, so scripts without case have no
names here. Dates count as names ("Monday", "January 1, 2020"): they are entities too. The
possessive 's is no part of a name.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from reader.text.lexicon import (
    ADJECTIVES_OF_OFFICE,
    FUNCTION_WORDS,
    HEADLINE_VERBS,
    HEADS,
    INSTITUTIONS,
    LEADING_PARTICLES,
    LOWER_OFFICES,
    MONTH_ABBREVIATIONS,
    MONTHS,
    NAMELIKE_MONTHS,
    NOT_PEOPLE,
    NOUNS_TOO,
    OFFICES,
    PARTICLES,
    PLAIN_VERBS,
    PORTFOLIOS,
    REPORTING_VERBS,
    SUFFIXES,
    TITLE_MODIFIERS,
    WEEKDAYS,
)
from reader.text.paragraphs import Span, next_paragraph, paragraph_at, pieces
from reader.text.sentences import sentences
from reader.text.signs import has_capital
from reader.text.words import words

_SPACES = " \u00a0\u202f"
_OPENING_MARKS = frozenset("\"“„«‘'‹»")
_CLOSING_MARKS = frozenset("\"”“»’'›«")
_CAPITAL = re.compile(r"(?:(?:al|el|ul|ad|an|as|ash|at|d|l|o)['’-])?(?P<first>[^\W\d_])")
_PARTICIPLE = re.compile(r"[-‑‐](?:led|born|wide|era|run|style|[a-z]+ed)\Z")
_PARTICIPLE_ENDS = ("ed", "born", "wide", "era", "run", "style")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)\Z")
_DAY = re.compile(r"(?:[12]?\d|3[01])(?:st|nd|rd|th)?\Z")
_YEAR = re.compile(r"[12]\d{3}\Z")
_DATELINE = re.compile(r"[\s\ufeff]*(?P<place>[^\W\d_]{2,}+)[^\n;:!?]{0,60}?(?: --? |\s*[–—])\s*")
_NAMELIKE = frozenset({"will", "may", "first", "second"})
_SHOUTING_FROM = 5  # words all in capitals from which they say nothing about names
_MANY = 1000  # words, from which on it pays to leave out those that cannot matter
_COMPANY = 4  # so many words before one with case can matter to its name, and one behind it


class _Token(Struct):
    start: int
    end: int
    """Of the word without a possessive 's or a tail such as "-backed"."""
    word: str
    lower: str
    joined: bool
    """Only spaces stand between it and the token before, in the same sentence."""
    initial: bool
    """A capital here tells nothing: first in its sentence or quotation, or after a dateline."""
    last: bool
    """Nothing can join it on its right: it was a possessive or lost its tail."""
    capital: bool = False


def names(text: str, start: int, end: int) -> list[Span]:
    """The names that touch [start, end), in order."""
    found: list[Span] = []
    paragraph: Span | None = paragraph_at(text, start)
    while paragraph is not None and paragraph[0] < max(end, start + 1):
        found += [name for name, _ in _named(text, paragraph)]
        paragraph = next_paragraph(text, paragraph[1]) if paragraph[1] < end else None
    return [name for name in found if name[0] < max(end, start + 1) and name[1] > start]


def name_at(text: str, position: int) -> Span | None:
    """The name that holds `position`."""
    found = _named(text, paragraph_at(text, position))
    at = bisect_left(found, position + 1, key=lambda named: named[0][0]) - 1
    return found[at][0] if at >= 0 and position < found[at][0][1] else None


def titled_name_at(text: str, position: int) -> Span | None:
    """The name that holds `position`, or whose titles do, with the titles and offices before it.

    In "U.S. Defense Secretary Ines Varga" that is all of it, at "U.S." too; so it is in "harbour
    master Ines Varga". A name without titles is given as it is.
    """
    found = _named(text, paragraph_at(text, position))
    holding = [span for _, span in found if span[0] <= position < span[1]]
    return max(holding, key=lambda span: span[1] - span[0], default=None)


@lru_cache(maxsize=128)
def _named(text: str, paragraph: Span) -> tuple[tuple[Span, Span], ...]:
    """The names of a paragraph, each without and with its titles and offices, kept for a while: one
    key asks for them over and over."""
    if not has_capital(text[slice(*paragraph)]):
        return ()
    tokens = _tokens(text, *paragraph)
    places = [token.start for token in tokens]
    return tuple(
        (name, _with_lower_offices(tokens, bisect_left(places, titled[0]), titled))
        for name, titled in _in_paragraph(text, tokens)
    )


def _tokens(text: str, start: int, end: int) -> list[_Token]:
    """The words of a paragraph as the rules for names want them."""
    starts = [first for first, _ in pieces(sentences, text, (start, end))]
    dateline = _DATELINE.match(text, start, end)
    if dateline and dateline["place"].isupper():
        insort(starts, dateline.end())
    starts.append(end + 1)
    tokens = []
    before = start
    sentence = 0
    for first, last in _telling(text, pieces(words, text, (start, end))):
        gap = text[before:first]
        fresh = starts[sentence] <= first
        while starts[sentence] <= first:
            sentence += 1
        quoted = gap[-1:] in _OPENING_MARKS and text[last : last + 1] not in _CLOSING_MARKS
        word = _bare(text[first:last])
        lower = word.lower()
        joined = not fresh and (
            gap == " " or gap.isspace() or (gap.strip() == "," and lower in SUFFIXES)
        )
        end_of_run = len(word) < last - first
        token = _Token(first, first + len(word), word, lower, joined, fresh or quoted, end_of_run)
        token.capital = _is_capital(token)
        tokens.append(token)
        before = last
    return tokens


def _telling(text: str, found: Sequence[Span]) -> Sequence[Span]:
    """The words that names can depend on. Where each sign is a word, in scripts without case, they
    are only those beside a word with case or figures."""
    if len(found) < _MANY:
        return found
    kept: list[Span] = []
    until = 0  # before this word all are kept that are wanted
    for at, (start, end) in enumerate(found):
        word = text[start:end]
        if not word.isalpha() or word.lower() != word.upper():
            kept += found[max(until, at - _COMPANY) : at + 2]
            until = at + 2
    return kept


def _bare(word: str) -> str:
    """A word without its possessive 's or a tail such as "-backed"."""
    if word.endswith(("'s", "’s", "'S", "’S")):
        return word[:-2]
    tail = _PARTICIPLE.search(word) if word.endswith(_PARTICIPLE_ENDS) else None
    return word[: tail.start()] if tail else word


def _is_capital(token: _Token) -> bool:
    if token.word.islower() or token.lower in HEADLINE_VERBS:
        return False
    match = _CAPITAL.match(token.word)
    if match is None:
        return False
    if not match["first"].isupper():
        # iPhone, eBay
        return token.word[1:2].isupper() and token.word.isalpha()
    if token.lower.replace("’", "'") not in FUNCTION_WORDS:
        return True
    shouted = len(token.word) > 1 and token.word.isupper()
    return shouted or (token.lower in _NAMELIKE and not token.initial)


def _in_paragraph(text: str, tokens: list[_Token]) -> list[tuple[Span, Span]]:
    """The names of a paragraph, each without and with the capitalised titles before it."""
    letters = [token for token in tokens if token.lower != token.word.upper()]
    if len(letters) >= _SHOUTING_FROM and all(token.word.isupper() for token in letters):
        return []
    inside = {token.word for token in tokens if token.capital and not token.initial}
    found = []
    for run in _runs(text, tokens):
        for name, titled in _parts(run):
            if len(name) > 1 or _stands_alone(name[0], inside):
                found.append(((name[0].start, name[-1].end), (titled[0].start, titled[-1].end)))
    return found


def _stands_alone(token: _Token, inside: set[str]) -> bool:
    """Whether one word is a name without a neighbour's help."""
    if not token.initial or token.word in inside or _is_day_or_month(token):
        return True
    # An acronym (NATO, U.S.) or an inner capital (YouTube, O’Brien).
    return any(character.isupper() for character in token.word[1:])


# --- runs ------------------------------------------------------------------------------------


def _runs(text: str, tokens: list[_Token]) -> Iterator[list[_Token]]:
    at = 0
    while at < len(tokens):
        word = tokens[at].word
        if word[0].islower() and word.islower() and word not in LEADING_PARTICLES:
            at += 1  # most words: neither name nor date
            continue
        end = _date_end(text, tokens, at) or _run_end(text, tokens, at)
        if end > at:
            yield tokens[at:end]
        at = max(end, at + 1)


def _run_end(text: str, tokens: list[_Token], at: int) -> int:
    """The end of the run that begins with the token `at`; `at` itself if none does."""
    start = at
    while tokens[at].lower in LEADING_PARTICLES and not tokens[at].capital:
        at += 1
        if at - start > 3 or at == len(tokens) or not tokens[at].joined:
            return start
    if not tokens[at].capital:
        following = at + 1 < len(tokens) and tokens[at + 1]
        if at > start or not _ORDINAL.match(tokens[at].word):
            return start
        if not following or not (following.capital and following.joined):
            return start
        if _date_end(text, tokens, at + 1):
            return start
    elif tokens[at].initial and tokens[at].lower.endswith("ly") and at + 1 < len(tokens):
        return start  # "Officially, Kestrel …": an adverb, or one that by itself is no name
    at += 1
    while at < len(tokens) and not tokens[at - 1].last:
        step = _step(tokens, start, at)
        if not step or _date_end(text, tokens, at + step - 1):
            break
        at += step
    return at


def _step(tokens: list[_Token], start: int, at: int) -> int:
    """How many tokens from `at` on continue the run tokens[start:at]; 0 if it is over."""
    if not tokens[at].joined:
        return 0
    if tokens[at].capital:
        return 1
    before = tokens[at - 1].word.rstrip(".")
    ahead = at
    if tokens[at].lower == "of" and (before in HEADS or _is_office(tokens[at - 1])):
        ahead += 2 if at + 1 < len(tokens) and tokens[at + 1].lower == "the" else 1
    elif (
        (tokens[at].lower in ("for", "on") and before.removesuffix("s") in INSTITUTIONS)
        or (tokens[at].lower == "in" and before == "Commander")
        or (tokens[at].lower == "and" and _is_within_institution(tokens, start, at))
    ):
        ahead += 1
    else:
        while ahead < len(tokens) and ahead - at < 3 and tokens[ahead].lower in PARTICLES:
            ahead += 1
    if at < ahead < len(tokens) and tokens[ahead].capital and _all_joined(tokens, at, ahead):
        return ahead - at + 1
    return 0


def _all_joined(tokens: list[_Token], start: int, last: int) -> bool:
    return all(token.joined for token in tokens[start : last + 1])


def _is_within_institution(tokens: list[_Token], start: int, at: int) -> bool:
    """Whether the "and" at `at` is inside a name: "Ministry of Trade and Industry".

    Only after an institution and its "of", and before a single capitalised word: two would be
    the next name.
    """
    run = tokens[start:at]
    institution = any(token.word in INSTITUTIONS for token in run)
    if not institution or not any(token.lower in ("of", "for", "on") for token in run):
        return False
    if at + 1 >= len(tokens) or _is_office(tokens[at + 1]) or tokens[at + 1].last:
        return False
    beyond = at + 2 < len(tokens) and tokens[at + 2]
    return not (beyond and beyond.capital and beyond.joined)


def _is_day_or_month(token: _Token) -> bool:
    return (
        token.lower in WEEKDAYS
        or token.lower in MONTHS - NAMELIKE_MONTHS
        or (token.word.endswith(".") and token.word[:-1] in MONTH_ABBREVIATIONS)
    ) and token.word[0].isupper()


def _date_end(text: str, tokens: list[_Token], at: int) -> int:
    """The end of the date that begins with the token `at`; 0 if none does."""
    token = tokens[at]
    count = len(tokens)
    if _DAY.match(token.word):
        if at + 1 < count and tokens[at + 1].joined and _is_month(tokens[at + 1]):
            at += 1
        else:
            return 0
    elif not _is_month(token):
        if token.lower not in WEEKDAYS or not token.word[0].isupper():
            return 0
        following = at + 1 < count and tokens[at + 1]
        newspaper = following and following.joined and following.word in NOT_PEOPLE
        return 0 if newspaper else at + 1
    elif at + 1 < count and tokens[at + 1].joined and _DAY.match(tokens[at + 1].word):
        at += 1
    elif not _is_day_or_month(token):
        follows = at + 1 < count and tokens[at + 1].joined and _YEAR.match(tokens[at + 1].word)
        if not follows:
            return 0
    if at + 1 < count and _YEAR.match(tokens[at + 1].word):
        gap = text[tokens[at].end : tokens[at + 1].start]
        if gap.strip(_SPACES) in ("", ","):
            at += 1
    return at + 1


def _is_month(token: _Token) -> bool:
    """Whether the token can be a month beside a number."""
    named = token.lower in MONTHS and token.word[0].isupper()
    return named or (_is_day_or_month(token) and token.lower not in WEEKDAYS)


# --- titles ----------------------------------------------------------------------------------


def _parts(run: list[_Token]) -> Iterator[tuple[list[_Token], list[_Token]]]:
    """The names in a run, each with its titled form: "U.S.", "Mark Esper" and what led to it."""
    for office in range(len(run) - 2, -1, -1):
        if not _is_office(run[office]):
            continue
        begin = _name_start(run, office)
        if begin is None:
            continue
        title = _title_start(run, office)
        while title and run[title - 1].lower in ("of", "for", "the"):
            title -= 1  # "Commander of General Varga": the other office has no object left
        if title:
            yield from _parts(run[:title])
        yield run[begin:], run
        return
    yield run, run


def _is_office(token: _Token) -> bool:
    word = token.word.rstrip(".")
    if word in OFFICES:
        return True
    pieces = word.split("-")
    return len(pieces) > 1 and pieces[0] != "" and any(piece in OFFICES for piece in pieces)


def _name_start(run: list[_Token], office: int) -> int | None:
    """Where the name of the one who holds the office begins; None if none is named."""
    at = office + 1
    if run[at].lower in ("of", "for") and not run[at].capital:
        at += 2 if run[at + 1].lower == "the" else 1
        first = at
        while at < len(run) and (run[at].word in PORTFOLIOS or run[at].lower == "and"):
            at += 1
        if at == first:  # "Mayor of Brescia Ines Varga", but "President of South Brescia"
            at = first + 1 if len(run) - first >= 3 else len(run)
    name = run[at:]
    if not name or name[-1].word in NOT_PEOPLE or name[0].lower in PARTICLES | {"in", "of", "for"}:
        return None
    return None if all(token.lower in SUFFIXES for token in name) else at


def _title_start(run: list[_Token], office: int) -> int:
    start = office
    while start > 0:
        before = run[start - 1]
        if _is_office(before) or before.word in TITLE_MODIFIERS:
            start -= 1
        elif before.lower == "in" and start > 1 and _is_office(run[start - 2]):
            start -= 2
        else:
            break
    if start and not run[start - 1].capital:
        # "Department of Defense | Secretary": the modifier belongs to what is before it.
        while start < office and not _is_office(run[start]):
            start += 1
    return start


def _with_lower_offices(tokens: list[_Token], at: int, titled: Span) -> Span:
    """A name from the token `at` on with lower offices before it: "harbour master Ines Varga"."""
    start = at
    while start and _adjoins(tokens, start) and tokens[start - 1].lower in LOWER_OFFICES:
        start -= 1
    if start < at:
        for _ in range(3):
            if not (start and _adjoins(tokens, start) and _can_modify(tokens[start - 1])):
                break
            start -= 1
    while start and _adjoins(tokens, start) and tokens[start - 1].lower in ADJECTIVES_OF_OFFICE:
        start -= 1
    return (tokens[start].start, titled[1]) if start < at else titled


def _adjoins(tokens: list[_Token], at: int) -> bool:
    return tokens[at].joined and not tokens[at - 1].last


def _can_modify(token: _Token) -> bool:
    """Whether a word can belong to the office after it: "harbour" master, "fire" chief."""
    lower = token.lower
    if lower in ADJECTIVES_OF_OFFICE or token.capital:
        return True
    if lower in FUNCTION_WORDS or lower in PLAIN_VERBS or lower.endswith(("ed", "ing", "ly")):
        return False
    return lower[0].isalpha() and (lower not in REPORTING_VERBS or lower in NOUNS_TOO)
