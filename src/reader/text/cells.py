"""Graphemes and widths: the screen's ruler, and the one place that makes text safe to draw.

Widths are Rich's, since Textual crops with them; they must never be measured any other way. Where
terminals measure otherwise, Rich is told so here, once for all that it measures.
Every place that shows document text, file names, notes or quotations goes through here, so that
nothing from a file reaches the terminal as a control sequence.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import rich.cells
from rich._unicode_data import load
from rich.cells import CellTable, cell_len

if TYPE_CHECKING:
    import regex

TAB_CELLS: Final = 4

# Printable as they stand, one cell each and a cluster each: no look-up needed.
_SIMPLE: Final = re.compile(
    r"[ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0373\u0384-\u0482\u048a-\u052f"
    r"\u2010-\u2015\u2018-\u201f\u2020-\u2022\u2026\u2030\u20ac]*"
)

_EDITED: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)

_DOT: Final = "·"  # stands for what has no shape of its own: zero-width and bidi controls
_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\ufe00-\ufe0f\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_TONE: Final = re.compile("[\U0001f3fb-\U0001f3ff]")
_TAG: Final = re.compile("[\U000e0020-\U000e007f]")
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_FLAG: Final = {0x1F1E6 + at: chr(ord("A") + at) for at in range(26)}
_LAST_MARK: Final = 0x1FFFF
_LINE_PICTURES: Final = {"\x7f": "␡", "\x85": "␤", "\u2028": "␤", "\u2029": "␤"}


@cache
def _widths(unicode_version: str = "auto") -> CellTable:
    """Rich's table of widths, but with a cell for each spacing mark, such as many vowel signs of
    India are: Rich gives them none, and nearly all terminals one."""
    from unicodedata import category, east_asian_width

    known = load(unicode_version)
    widths: list[tuple[int, int, int]] = []
    for first, last, wide in known.widths:
        sought = () if wide or last > _LAST_MARK else range(first, last + 1)
        at = first
        for code, kind in zip(sought, map(category, map(chr, sought)), strict=True):
            if kind == "Mc":
                if at < code:
                    widths.append((at, code - 1, 0))
                widths.append((code, code, 2 if east_asian_width(chr(code)) == "W" else 1))
                at = code + 1
        if at <= last:
            widths.append((at, last, wide))
    return known._replace(widths=widths)


# Textual crops with Rich's widths whatever is shown, so that it is Rich that must know.
rich.cells.load_cell_table = _widths  # type: ignore[attr-defined]


class Cell(NamedTuple):
    """One grapheme cluster as it is drawn: `[start, end)` code points, its picture and width."""

    start: int
    end: int
    drawn: str
    width: int


def is_simple(text: str) -> bool:
    """Whether every code point is a cluster of its own, one cell wide and drawn as it is."""
    match = _SIMPLE.match(text)
    return match is not None and match.end() == len(text)


def clusters(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The extended grapheme clusters (UAX #29) of a stretch, as code point ranges."""
    if end - start < 2 or is_simple(text[start:end]):
        return [(at, at + 1) for at in range(start, end)]
    return [match.span() for match in _cluster().finditer(text, pos=start, endpos=end)]


@cache
def _cluster() -> regex.Pattern[str]:
    import regex  # 20 ms, and only a text that needs it pays

    return regex.compile(r"\X")


def cells(text: str, start: int, end: int, origin: int = 0) -> list[Cell]:
    """The clusters of a stretch as they are drawn, in order. Their ranges tile the stretch.

    `origin` is where `text` begins in the document: the mark that opens a file is drawn as nothing.
    """
    result = [
        Cell(first, last, *_looks(text[first:last])) for first, last in clusters(text, start, end)
    ]
    if result and start == origin == 0 and text[0] == "\ufeff":
        last = result[0].end
        drawn = picture(text[1:last]) if last > 1 else ""  # the mark that opens a file
        result[0] = Cell(0, last, drawn, cell_len(drawn))
    return result


@lru_cache(maxsize=4096)
def _looks(cluster: str) -> tuple[str, int]:
    """How a cluster is drawn, and how wide that is."""
    drawn = picture(cluster)
    return drawn, cell_len(drawn)


def picture(cluster: str) -> str:
    """How one grapheme cluster is drawn: no controls, a steady width, never a lone zero width.

    A tab becomes blanks; controls their Unicode pictures; zero-width and bidi controls a dot, also
    behind what they do nothing to. Emoji sequences are drawn by their base, whose width all
    terminals agree on, and flags by the letters they are made of.
    """
    if len(cluster) == 1:
        if " " <= cluster <= "~":
            return cluster
        if cluster == "\t":
            return " " * TAB_CELLS
        if cluster == "\u00a0":
            return " "
    if _CONTROL.search(cluster):
        cluster = "".join(_control_picture(char) for char in cluster)
    shown = _TONE.sub("", _INVISIBLE.sub("", cluster))
    if not shown:
        return _DOT
    hidden = len(shown) < len(cluster)
    dot = _DOT if hidden and _is_idle(shown[0], cluster) else ""
    if ord(shown[0]) in _FLAG:
        return shown.translate(_FLAG) + dot
    if cell_len(shown[0]) == 0:
        return "\u25cc" + shown + dot  # a mark with no letter to stand on
    if len(shown) > 1 and (hidden or shown[0] > "\uffff") and _is_pictograph(shown[0]):
        return shown[0] + dot  # letters are joined so, too, and every one of them is drawn
    return shown + dot


def _is_pictograph(char: str) -> bool:
    import regex

    return regex.match(r"\p{Extended_Pictographic}", char) is not None


def _is_idle(base: str, cluster: str) -> bool:
    """Whether something that has no shape stands where it does nothing: what is hidden there must
    be seen. Skin tones and selectors of emoji work on emoji, tags on the black flag; joiners and
    the like on letters of other scripts than those that need none."""
    import regex

    if _TAG.search(cluster):
        return base != "\U0001f3f4"
    if _TONE.search(cluster):
        return not _is_pictograph(base)
    if "\ufe0e" in cluster or "\ufe0f" in cluster:
        return not regex.match(r"\p{Emoji}", base)
    return is_simple(base) and not _is_pictograph(base)


def _control_picture(char: str) -> str:
    if char in _LINE_PICTURES:
        return _LINE_PICTURES[char]
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\ufffd" if _CONTROL.match(char) else char


def safe(text: str) -> str:
    """A text on one line, safe to send to a terminal: for titles, notices, names and quotations.

    White space of any kind becomes a blank. Not for offsets: its length may differ.
    """
    if is_simple(text):
        return text
    text = re.sub(r"[\t\n\r\v\f\x85\u2028\u2029]+", " ", text)
    return "".join(picture(text[first:last]) for first, last in clusters(text, 0, len(text)))


def visible(text: str) -> str:
    """The text with its controls as pictures, code point for code point: for editors, whose
    cursor counts code points."""
    return _EDITED.sub(lambda match: picture(match[0])[0], text)


def safe_lines(text: str) -> str:
    """Like `safe`, but line ends stay line ends: for messages of several lines."""
    return "\n".join(safe(line) for line in re.split(r"\r\n|[\n\r]", text))


def width(text: str) -> int:
    """The cells that a text made safe takes."""
    return cell_len(text)


def cut(text: str, cells_wanted: int) -> str:
    """A safe text cut to a width, ending in an ellipsis when something was left out."""
    if cell_len(text) <= cells_wanted:
        return text
    if cells_wanted <= 0:
        return ""
    kept, used = [], 0
    for first, last in clusters(text, 0, len(text)):
        wide = cell_len(text[first:last])
        if used + wide > cells_wanted - 1:
            break
        kept.append(text[first:last])
        used += wide
    return "".join(kept).rstrip() + "…"
