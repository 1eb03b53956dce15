"""Words: what the cursor stands on. Offsets are code points, spans half-open."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING

from reader.text.cells import clusters
from reader.text.lexicon import ABBREVIATIONS, FUNCTION_WORDS, NUMBERED
from reader.text.paragraphs import Span, piece_after, piece_at, piece_before

if TYPE_CHECKING:
    import regex

# Ideographs stand alone, kana runs are one word; neither joins Latin beside it.
_IDEOGRAPHS = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_ACCENTS = "\u00ad\u0300-\u036f"
# What else `\w` leaves out but must stay with its base: the combining marks of the scripts in
# use (letters among them do no harm), joiners, variation selectors, skin tones, tags.
_EXTENDING = (
    "\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711-\u07f3\u07fd"
    "\u0816-\u082d\u0859-\u085b\u0897-\u08e1\u08e3-\u0963\u0981-\u09e3\u09fe-\u0a75\u0a81-\u0ae3"
    "\u0afa-\u0b63\u0b82-\u0bd7\u0c00-\u0c63\u0c81-\u0c83\u0cbc-\u0d4d\u0d57-\u0d63\u0d81-\u0df3"
    "\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ece\u0f18\u0f19\u0f35\u0f37\u0f39\u0f3e-\u0f84"
    "\u0f86-\u0fbc\u0fc6\u102b-\u103e\u1056-\u109d\u135d-\u135f\u1712-\u1734\u1752-\u17d3\u17dd"
    "\u180b-\u180d\u180f-\u193b\u1a17-\u1a1b\u1a55-\u1a7f\u1ab0-\u1b44\u1b6b-\u1b73\u1b80-\u1bf3"
    "\u1c24-\u1c37\u1cd0-\u1cd2\u1cd4-\u1dff\u200c\u200d\u2060\u20d0-\u20f0\u302a-\u302f"
    "\u2cef-\u2cf1\u2d7f\u2de0-\u2dff\u3099\u309a\ua66f-\ua672\ua674-\ua67d\ua69e\ua69f\ua6f0\ua6f1"
    "\ua802-\ua82c\ua880-\ua8f1\ua8ff\ua926-\ua953\ua980-\ua9c0\ua9e5\uaa29-\uaa36\uaa43-\uaa4d"
    "\uaa7b-\uaa7d\uaab0-\uaac1\uaaeb-\uaaef\uaaf5\uaaf6\uabe3-\uabed\ufb1e\ufe00-\ufe0f"
    "\ufe20-\ufe2f"
    "\U000102e0\U00010376-\U0001037a\U00010a01-\U00010a3f\U00010ae5\U00010ae6\U00010d24-\U00010d27"
    "\U00010d69-\U00010d6d\U00010eab\U00010eac\U00010f46-\U00010f50\U00010f82-\U00010f85"
    "\U00011000-\U00011046\U00011070-\U000110ba\U000110c2\U00011100-\U00011134"
    "\U00011145-\U00011173\U00011180-\U000111c0\U000111c9-\U000111cc\U000111ce\U000111cf"
    "\U0001122c-\U00011237\U0001123e-\U00011241\U000112df-\U000112ea\U00011300-\U000113d2"
    "\U000113e1\U000113e2\U00011435-\U00011446\U0001145e-\U000114c3\U000115af-\U000115c0"
    "\U000115dc-\U00011640\U000116ab-\U000116b7\U0001171d-\U0001172b\U0001182c-\U0001183a"
    "\U00011930-\U00011943\U000119d1-\U000119e0\U000119e4-\U00011a3e\U00011a47-\U00011a99"
    "\U00011c2f-\U00011c3f\U00011c92-\U00011cb6\U00011d31-\U00011d47\U00011d8a-\U00011d97"
    "\U00011ef3-\U00011ef6\U00011f00-\U00011f42\U0001611e-\U0001612f\U00016af0-\U00016af4"
    "\U00016b30-\U00016b36\U00016f4f-\U00016f92\U00016fe4-\U00016ff1\U0001e000-\U0001e136"
    "\U0001e2ae-\U0001e2ef\U0001e4ec-\U0001e4ef\U0001e5ee\U0001e5ef\U0001e8d0-\U0001e94a"
    "\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\U000e0100-\U000e01ef"
)
_FLAG = "\U0001f1e6-\U0001f1ff"
_PICTURES = "\u231a\u231b\u23e9-\u23f3\u2600-\u27bf\u2b1b\u2b1c\u2b50\u2b55\U0001f000-\U0001faff"
_TEXT_PICTURES = "\u00a9\u00ae\u203c-\u2b55\u3030\u303d\u3297\u3299"  # only when U+FE0F follows
_MONEY = "$¢£¤¥\u20a0-\u20c0"
_URL_END = r"\s<>\"“”‘’«».,;:!?)\]}…。，、"


def _word_pattern(extending: str, not_joining: str, others: str) -> re.Pattern[str]:
    """What a word is: `others`, or letters and digits (none `not_joining`) and what joins them."""
    extend = f"[{extending}]"
    core = rf"[^\W_{not_joining}]"
    letter = rf"[^\W\d_{not_joining}]{extend}*+"
    unit = f"{core}++(?:{extend}++{core}*+)*+"
    return re.compile(
        # Addresses; the bounds keep a run of dots from being read again at each of its dots.
        rf"(?:https?://|ftp://|www\.)[^\s<>\"“”«»]{{0,2000}}[^{_URL_END}]{extend}*+"
        rf"|(?<![\w.])[\w.+-]{{1,64}}+@[\w-]{{1,64}}+(?:\.[\w-]{{1,64}}+)++{extend}*+"
        # U.S., a.m., U.S.-backed, U.S.’s
        rf"|Ph\.D\.?"
        rf"|(?:{letter}\.){{2,}}+(?:{letter}(?!{core}|{extend}))?(?:['’‑‐-]{unit})*+"
        rf"{others}"
        rf"|(?:(?<!\w)[@#])?[{_MONEY}]?{unit}"
        rf"(?:(?:['’&_‐‑·-]|(?<=\d)[.,:/](?=\d)|[{_MONEY}](?=\d)"
        rf"|\.(?=(?:com|org|net|gov|edu|co|io|uk|info|news|tv)\b)){unit})*+"
        rf"(?:(?<=\d)[%‰°{_MONEY}])?"
    )


_PLAIN_WORD = _word_pattern(_ACCENTS, "", "")
# A coarse sieve: whatever is neither Latin, Greek, Cyrillic, Hangul nor common punctuation.
# Negated, since a class that names what is beyond the first plane is dear to compile.
# Few ranges are cheap, and nearly all that is plain is in them, but accents written apart.
_HARDLY_PLAIN = re.compile("[^\0-\u02ff\u0370-\u0482\u200e-\u205f]")
_ACCENT = re.compile("[\u0300-\u036f]")


@cache
def _not_plain() -> re.Pattern[str]:
    return re.compile(
        "[^\0-\u0482\u048a-\u058f\u1d00-\u1dbf\u1e00-\u200b\u200e-\u205f\u2061-\u20cf\u20f1-\u2319"
        "\ua960-\ua97f\uac00-\uf8ff\ufb00-\ufb1d\ufb1f-\ufdff\ufe30-\uff65\uffa0-\uffff]"
    )


@cache
def _any_word() -> re.Pattern[str]:
    """For text in any script and with emoji: dear to compile, and most news does without."""
    extend = rf"(?:(?!\w)[{_ACCENTS}{_EXTENDING}])"  # no letter: it would be glued to an emoji
    return _word_pattern(
        _ACCENTS + _EXTENDING,
        _IDEOGRAPHS + _KANA,
        rf"|[{_FLAG}]{{1,2}}{extend}*+"
        rf"|[0-9#*]\ufe0f?\u20e3{extend}*+"
        rf"|(?:[{_PICTURES}]|[{_TEXT_PICTURES}](?=\ufe0f))"
        rf"(?:{extend}*+(?<=\u200d)[{_PICTURES}{_TEXT_PICTURES}])*{extend}*+"
        rf"|[{_IDEOGRAPHS}]{extend}*+"
        rf"|[{_KANA}\u3099\u309a]++{extend}*+",
    )


@cache
def _odd() -> regex.Pattern[str]:
    """What joins characters otherwise than the pattern of words knows: any but a mark that it has
    in its list, on a letter that joins others or on another such mark."""
    import regex

    known = _ACCENTS.replace("\u00ad", "") + _EXTENDING
    joining = r"\p{M}\p{GCB=Extend}\p{GCB=SpacingMark}\p{GCB=ZWJ}\p{GCB=Prepend}"
    letters = rf"\p{{L}}{known}"
    alone = _IDEOGRAPHS + _KANA
    return regex.compile(rf"[{joining}](?:(?<![{letters}][{known}])|(?<=[{alone}][{joining}]))")


_FOLLOWING = re.compile(r"[ \u00a0\u202f]+([^\W\d_][\w'’]*)")
_NUMBER = re.compile(r"[ \u00a0\u202f]*\d")
_INITIAL = re.compile(r"[ \u00a0\u202f]*([^\W\d_])")


def words(text: str, start: int, end: int) -> list[Span]:
    """The words in [start, end), in order. Punctuation by itself is no word.

    They begin and end where clusters do: nobody sees, or could mark, a part of one.
    """
    beyond = _HARDLY_PLAIN.search(text, start, end)
    plain = beyond is None or _not_plain().search(text, beyond.start(), end) is None
    pattern = _PLAIN_WORD if plain else _any_word()
    found = []
    at = start
    while match := pattern.search(text, at, end):
        first, at = match.span()
        if at < end and text[at] == "." and keeps_period(text, first, at, end):
            at += 1
        found.append((first, at))
    if beyond is None or not (_ACCENT if plain else _odd()).search(text, start, end):
        return found
    return _widened(found, clusters(text, start, end))


def _widened(found: list[Span], parts: list[Span]) -> list[Span]:
    """Words with all of the clusters in which they begin and end; of two in one, the first."""
    starts = {first for first, _ in parts}
    ends = {last for _, last in parts}
    result: list[Span] = []
    for first, last in found:
        if first not in starts:
            first = parts[bisect_right(parts, first, key=itemgetter(0)) - 1][0]
        if last not in ends:
            last = parts[bisect_left(parts, last, key=itemgetter(1))][1]
        first = max(first, result[-1][1] if result else first)
        if first < last:
            result.append((first, last))
    return result


def keeps_period(text: str, start: int, period: int, end: int) -> bool:
    """Whether the period after the word [start, period) is part of it, as in "Gen." or "J."."""
    word = text[start:period]
    if word in ABBREVIATIONS:
        return word not in NUMBERED or _NUMBER.match(text, period + 1, end) is not None
    if period - start == 1 and word.isupper():
        following = _FOLLOWING.match(text, period + 1, end) or _INITIAL.match(text, period + 1, end)
        return (
            following is not None
            and following[1][0].isupper()
            and following[1].lower() not in FUNCTION_WORDS
        )
    return False


def word_at(text: str, position: int) -> Span | None:
    """The word holding `position`, else the next in its paragraph, else the previous one."""
    return piece_at(words, text, position)


def next_word(text: str, position: int) -> Span | None:
    """The first word that starts at `position` or later."""
    return piece_after(words, text, position)


def previous_word(text: str, position: int) -> Span | None:
    """The last word that ends at `position` or earlier."""
    return piece_before(words, text, position)
