"""Words: what the cursor stands on. Offsets are code points, spans half-open."""

import re
from functools import cache

from reader.text.lexicon import ABBREVIATIONS, FUNCTION_WORDS, NUMBERED
from reader.text.paragraphs import Span, piece_after, piece_at, piece_before

# Ideographs stand alone, kana runs are one word; neither joins Latin beside it.
_IDEOGRAPHS = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_ACCENTS = "\u00ad\u0300-\u036f"
# What else `\w` leaves out but must stay with its base: the combining marks of the scripts in
# use (letters among them do no harm), joiners, variation selectors, skin tones, tags.
_EXTENDING = (
    "\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711-\u07f3\u07fd"
    "\u0816-\u082d\u0859-\u085b\u0898-\u08e1\u08e3-\u0963\u0981-\u09e3\u09fe-\u0a75\u0a81-\u0ae3"
    "\u0afa-\u0b63\u0b82-\u0bd7\u0c00-\u0c63\u0c81-\u0c83\u0cbc-\u0d4d\u0d57-\u0d63\u0d81-\u0df3"
    "\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ecd\u0f18\u0f19\u0f35\u0f37\u0f39\u0f3e-\u0f84"
    "\u0f86-\u0fbc\u0fc6\u102b-\u103e\u1056-\u109d\u135d-\u135f\u1712-\u1734\u1752-\u17d3\u17dd"
    "\u180b-\u180d\u180f-\u193b\u1a17-\u1a1b\u1a55-\u1a7f\u1ab0-\u1b44\u1b6b-\u1b73\u1b80-\u1bf3"
    "\u1c24-\u1c37\u1cd0-\u1cd2\u1cd4-\u1dff\u200c\u200d\u2060\u20d0-\u20f0\u302a-\u302f"
    "\u3099\u309a\ua66f-\ua672\ua674-\ua67d\ua802-\ua82c\ua880-\ua8f1\ua926-\ua953\ua980-\ua9c0"
    "\uaa29-\uaa36\uaab0-\uaac1\uabe3-\uabed\ufb1e\ufe00-\ufe0f\ufe20-\ufe2f"
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
        rf"(?:https?://|ftp://|www\.)[^\s<>\"“”«»]{{0,2000}}[^{_URL_END}]"
        rf"|(?<![\w.])[\w.+-]{{1,64}}+@[\w-]{{1,64}}+(?:\.[\w-]{{1,64}}+)++"
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
# Two ranges are cheap, and nearly all that is plain is in them.
_HARDLY_PLAIN = re.compile("[^\0-\u0482\u200e-\u205f]")


@cache
def _not_plain() -> re.Pattern[str]:
    return re.compile(
        "[^\0-\u0482\u048a-\u058f\u1d00-\u1dbf\u1e00-\u200b\u200e-\u205f\u2061-\u20cf\u20f1-\u2319"
        "\ua960-\ua97f\uac00-\uf8ff\ufb00-\ufb1d\ufb1f-\ufdff\ufe30-\uff65\uffa0-\uffff]"
    )


def _is_plain(text: str, start: int, end: int) -> bool:
    beyond = _HARDLY_PLAIN.search(text, start, end)
    return beyond is None or _not_plain().search(text, beyond.start(), end) is None


@cache
def _any_word() -> re.Pattern[str]:
    """For text in any script and with emoji: dear to compile, and most news does without."""
    extend = f"[{_ACCENTS}{_EXTENDING}]"
    return _word_pattern(
        _ACCENTS + _EXTENDING,
        _IDEOGRAPHS + _KANA,
        rf"|[{_FLAG}]{{1,2}}{extend}*+"
        rf"|[0-9#*]\ufe0f?\u20e3"
        rf"|(?:[{_PICTURES}]|[{_TEXT_PICTURES}](?=\ufe0f))"
        rf"(?:{extend}*+(?<=\u200d)[{_PICTURES}{_TEXT_PICTURES}])*{extend}*+"
        rf"|[{_IDEOGRAPHS}]{extend}*+"
        rf"|[{_KANA}\u3099\u309a]++{extend}*+",
    )


_FOLLOWING = re.compile(r"[ \u00a0\u202f]+([^\W\d_][\w'’]*)")
_NUMBER = re.compile(r"[ \u00a0\u202f]*\d")
_INITIAL = re.compile(r"[ \u00a0\u202f]*([^\W\d_])")


def words(text: str, start: int, end: int) -> list[Span]:
    """The words in [start, end), in order. Punctuation by itself is no word."""
    pattern = _PLAIN_WORD if _is_plain(text, start, end) else _any_word()
    found = []
    at = start
    while match := pattern.search(text, at, end):
        first, at = match.span()
        if at < end and text[at] == "." and keeps_period(text, first, at, end):
            at += 1
        found.append((first, at))
    return found


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
