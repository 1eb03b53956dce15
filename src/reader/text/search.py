"""Where words occur in a text: block by block, so that whoever waits can be shown what is found so
far, and can stop."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterator
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from msgspec import Struct

from reader.errors import InputError
from reader.model.fragment import Fragment
from reader.text.folding import ACCENTS, UNSEEN, fold, ligatures, variants

if TYPE_CHECKING:
    import regex

    from reader.text.units import Text  # measures with Rich, which others do without

_BLOCK: Final = 1 << 16
"""So many code points are looked through before others get their turn: 1 ms at the most."""

_MANY: Final = 1000  # hits in a block

_NEAR: Final = 64  # code points; no cluster that a person writes is longer
_BLANKS: Final = 256
"""White space up to this length lies between two words that belong together."""

_MARKS: Final = 32  # accents on one letter
_TANGLED: Final = 6
"""Letters up to so many are looked for in every way that ligatures can spell them."""

_REGEX_REACH: Final = 8192
"""How far beyond its block a hit of a regular expression may end, and how far before it the text
is seen."""

_WEIGHT: Final = 10_000
"""What a regular expression may weigh. To compile that takes 16 ms at the most."""

_PATIENCE: Final = 1.0
"""Seconds of computing for a regular expression on one block, which takes a hundredth as a rule."""


class Query(Struct, frozen=True):
    """What is looked for: words whatever their case, accents and blanks, or else as the switches
    say. `exact` holds case and accents to what was typed, `whole` takes whole words only."""

    words: str
    regex: bool = False
    whole: bool = False
    exact: bool = False


class Block(NamedTuple):
    """The hits of one block, in order and without overlap, and how far the search has come."""

    hits: list[Fragment]
    reached: int


def occurrences(text: str, words: str) -> list[Fragment]:
    """Every place of the exact words, overlapping ones included, in order."""
    found: list[Fragment] = []
    at = text.find(words) if words else -1
    while at >= 0:
        found.append(Fragment(at, at + len(words)))
        at = text.find(words, at + 1)
    return found


def matches(text: Text, query: Query) -> list[Fragment]:
    """Every hit."""
    return [hit for block in blocks(text, query) for hit in block.hits]


def blocks(
    text: Text, query: Query, start: int = 0, end: int | None = None, size: int = _BLOCK
) -> Iterator[Block]:
    """The hits that begin in a stretch of the text, block by block.

    Raises InputError at once when the pattern is none, and later when it takes too long.
    """
    end = len(text) if end is None else min(end, len(text))
    return _blocks(text, _pattern(query), start, end, size)


def _blocks(text: Text, pattern: _Pattern, start: int, end: int, size: int) -> Iterator[Block]:
    at, last, ended = start, start if pattern.begins_late else 0, 0
    step = max(1, size // 8)  # smaller blocks where hits are many: they cost more than the looking
    while at < end:
        stop = min(end, at + step)
        low = max(0, at - pattern.behind)
        window = text[low : stop + pattern.reach + _NEAR]
        plain = window.isascii()
        hits = []
        for span in pattern.spans(window, (max(low, ended) if pattern.begins_late else at) - low):
            if low + span[0] >= stop:
                break
            first, after = span if plain else _whole(window, *span)
            if low + first >= last:
                last, ended = low + after, low + span[1]
                hits.append(Fragment(low + first, last))
        at = max(stop, last)
        yield Block(hits, min(at, end))
        step = max(1, step // 2) if len(hits) > _MANY else min(size, 2 * step)


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch with the clusters at its edges taken whole: no letter without its accent."""
    edges = text[max(0, start - 1) : start + 1] + text[end - 1 : end + 1]
    if edges.isascii():
        return start, end
    from reader.text.cells import is_simple  # measures with Rich, which others do without

    if is_simple(edges):
        return start, end
    _, apart = _clusters()
    if apart.fullmatch(edges):
        return start, end
    return _around(text, start)[0], _around(text, end)[1]


def _around(text: str, place: int) -> tuple[int, int]:
    """The cluster that a place is in the midst of; nothing where it lies between two."""
    if not 0 < place < len(text):
        return place, place
    cluster, apart = _clusters()
    low, least = place, max(0, place - _NEAR)
    while low > least and not apart.fullmatch(text, low - 1, low + 1):
        low -= 1  # back to where one begins for certain
    around = (match.span() for match in cluster.finditer(text, low))
    start, end = next(each for each in around if each[1] > place)
    return (start, end) if start < place else (place, place)


@cache
def _clusters() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """A cluster, and characters that are one each whatever stands beside them that is of their
    kind: letters and ideographs, not marks, joiners and flags."""
    import regex

    return (
        regex.compile(r"\X"),
        regex.compile(r"[\p{GCB=Other}\p{GCB=Control}\p{GCB=LV}\p{GCB=LVT}\n]*"),
    )


class _Pattern(Protocol):
    """How to look for a query."""

    @property
    def behind(self) -> int:
        """How far back the text has a say in whether there is a hit, and how long it is."""

    @property
    def begins_late(self) -> bool:
        """Whether it may match more before a hit than is the hit."""

    @property
    def reach(self) -> int:
        """How long a hit can be."""

    def spans(self, window: str, start: int) -> Iterator[tuple[int, int]]:
        """The hits from a place of the window on."""


def _pattern(query: Query) -> _Pattern:
    if query.regex:
        return _Regex(query)
    parts = query.words.split()
    if query.exact or not all(map(fold, parts)):  # nothing but accents: those then
        return _Exact(parts, query.whole)
    return _Folded([fold(part) for part in parts], query.whole)


class _Exact:
    """Words as they were typed, however their accents are put together."""

    behind, begins_late = _NEAR, False

    def __init__(self, parts: list[str], whole: bool) -> None:
        spelled = [
            {unicodedata.normalize(form, part) for form in ("NFC", "NFD")} | {part}
            for part in parts
        ]
        self.reach = _longest(sum(max(map(len, each)) for each in spelled), len(parts))
        words = ["|".join(map(re.escape, sorted(each))) for each in spelled]
        source = _spaced([f"(?:{word})" for word in words])
        self._found = re.compile(f"{_bounded(source, parts, whole)}(?![{ACCENTS}])")
        self._empty = not parts

    def spans(self, window: str, start: int) -> Iterator[tuple[int, int]]:
        if not self._empty:
            yield from (match.span() for match in self._found.finditer(window, start))


class _Folded:
    """Words whatever their case and accents. Offsets are always those of the text itself: it is
    the pattern that names all that a letter can be, no copy of the text is folded."""

    behind, begins_late = _NEAR, False

    def __init__(self, parts: list[str], whole: bool) -> None:
        self._parts, self._is_whole = parts, whole
        self.reach = _longest(sum(map(len, parts)) * (1 + _MARKS), len(parts))

    def spans(self, window: str, start: int) -> Iterator[tuple[int, int]]:
        if not self._parts:
            return
        if not window.isascii():
            found = self._anywhere.finditer(window, start)
        elif self._among_ascii is not None:
            found = self._among_ascii.finditer(window.lower(), start)
        else:
            return
        yield from (match.span() for match in found)

    @cached_property
    def _among_ascii(self) -> re.Pattern[str] | None:
        """The words in a text of small ASCII letters, ten times as fast; None if never there."""
        if not all(map(str.isascii, self._parts)):
            return None
        source = _spaced([re.escape(part) for part in self._parts])
        return re.compile(_bounded(source, self._parts, self._is_whole))

    @cached_property
    def _anywhere(self) -> re.Pattern[str]:
        last = len(self._parts) - 1
        sources = [
            _spelled(part, open_start=not self._is_whole and at == 0,
                     open_end=not self._is_whole and at == last)
            for at, part in enumerate(self._parts)
        ]  # fmt: skip
        return re.compile(_bounded(_spaced(sources), self._parts, self._is_whole))


class _Regex:
    """A regular expression: white space and accents are what they are."""

    behind = reach = _REGEX_REACH

    def __init__(self, query: Query) -> None:
        import regex  # 20 ms, and only who uses it pays

        from reader.text import regular

        words, flags = query.words, regex.MULTILINE
        if not query.exact:
            flags |= regex.IGNORECASE
        if regular.weight(words) > _WEIGHT:
            raise InputError(
                "This regular expression repeats too often",
                remedy="Counts within counts multiply, and + counts as well.",
            )
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # on what a later version might read otherwise
                self._found = regex.compile(words, flags)
                taken = regex.RegexFlag(self._found.flags)
                if query.whole:
                    last = "\n" if taken & regex.VERBOSE else ""  # which ends a remark
                    self._found = regex.compile(rf"(?<!\w)(?:{words}{last})(?!\w)", flags)
        except (regex.error, ValueError, OverflowError, RecursionError, MemoryError) as error:
            raise InputError("This is no regular expression", str(error)) from error
        escapes = regular.escapes(words)
        self.begins_late = r"\K" in escapes
        for unfit, is_there in (
            ("(?r)", taken & regex.REVERSE),
            ("(?b)", taken & regex.BESTMATCH),
            (r"\G", r"\G" in escapes),
        ):
            if is_there:
                raise InputError(
                    f"A search takes no {unfit}",
                    "it looks through the text piece by piece, from where you are on",
                )

    def spans(self, window: str, start: int) -> Iterator[tuple[int, int]]:
        found = self._found.finditer(window, start, timeout=_PATIENCE, concurrent=True)
        try:
            yield from (match.span() for match in found if match.end() > match.start())
        except (TimeoutError, MemoryError) as error:
            raise InputError(
                "This regular expression takes too long",
                remedy="Repetitions within repetitions do, such as (a+)+.",
            ) from error


def _longest(letters: int, parts: int) -> int:
    return letters + _BLANKS * max(0, parts - 1)


def _spaced(sources: list[str]) -> str:
    return rf"\s{{1,{_BLANKS}}}".join(sources)


def _bounded(source: str, parts: list[str], whole: bool) -> str:
    """The pattern, for whole words with no letter and no mark on either side."""
    if not whole or not parts:
        return source
    beside = rf"[\w{ACCENTS}{UNSEEN}]"
    before = f"(?<!{beside})" if re.match(r"\w", parts[0][0]) else ""
    after = f"(?!{beside})" if re.match(r"\w", parts[-1][-1]) else ""
    return f"{before}{source}{after}"


def _spelled(word: str, *, open_start: bool, open_end: bool) -> str:
    """A pattern for a folded word in all its spellings.

    An open end may stand inside a character that is several letters: "stras" is found in "Straße".
    """
    steps = _steps(word, open_start, open_end)
    over = {at for first, after in steps for at in range(first + 1, after)}
    cuts = [at for at in range(len(word) + 1) if at not in over]
    sources = []
    for first, after in pairwise(cuts):
        if after - first > _TANGLED:
            sources += [_letter(steps[at, at + 1]) for at in range(first, after)]
        else:
            sources.append(_ways(steps, first, after))
    return "".join(sources)


def _steps(word: str, open_start: bool, open_end: bool) -> dict[tuple[int, int], str]:
    """The characters that can stand for each stretch of a folded word."""
    steps = {(at, at + 1): variants(letter) for at, letter in enumerate(word)}

    def add(first: int, after: int, chars: str) -> None:
        steps[first, after] = steps.get((first, after), "") + chars

    size = len(word)
    for letters, chars in ligatures().items():
        at = word.find(letters)
        while at >= 0:
            add(at, at + len(letters), chars)
            at = word.find(letters, at + 1)
        for many in range(1, min(size, len(letters) - 1) + 1):
            if open_start and letters.endswith(word[:many]):
                add(0, many, chars)
            if open_end and letters.startswith(word[size - many :]):
                add(size - many, size, chars)
        if open_start and open_end and word in letters[1:-1]:
            add(0, size, chars)
    return steps


def _ways(steps: dict[tuple[int, int], str], first: int, after: int) -> str:
    """A pattern for all ways from one place of a word to another, those of longer steps before the
    others. What two begin with stands there once: a character says which of them it can be."""
    if first == after:
        return ""
    ways = [
        _letter(steps[first, middle]) + _ways(steps, middle, after)
        for middle in range(after, first, -1)
        if (first, middle) in steps
    ]
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


def _letter(chars: str) -> str:
    one = "".join(map(re.escape, dict.fromkeys(chars)))
    return f"[{one}][{ACCENTS}{UNSEEN}]{{0,{_MARKS}}}"
