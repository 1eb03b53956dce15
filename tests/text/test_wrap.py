"""Paragraphs and rows: every code point once, no row too wide, no cluster split."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from reader.text import wrap as module
from reader.text.cells import cells
from reader.text.decode import decode
from reader.text.units import _TERMINATOR, units
from reader.text.wrap import Layout, Row, wrap
from tests.model.build import TEXT
from tests.text.test_units import check_units, texts

SIMPLE = "one two–three  four—five “six” seven,eight   nine ten eleven"
MIXED = (
    "a é\u0301 中文字。、 😀👩\u200d👧 🇫🇷🇩🇪 \u00a0\u202fक्षि שלום\u200f مرحبا \t\x1b[2J \u200b ශ්‍රී"
)
PIECES = [*regex.findall(r"\X", MIXED), "\u0301", "\u200d", "\ufeff", "\x00", "word", "  ", "中"]

simple = st.text("abc  —–,é“”", max_size=80)
mixed = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
anything = simple | mixed | st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
paragraphs = anything.map(lambda text: _TERMINATOR.sub("", text))
widths = st.integers(1, 24)


def clusters_of(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in regex.finditer(r"\X", text)]


def within(text: str, row: Row) -> list[int]:
    """The widths of a row's clusters, the blanks that hang over its edge left out."""
    made = cells(text, row.start, row.end)
    while made and made[-1].drawn.isspace():
        made.pop()
    return [cell.width for cell in made]


@given(paragraphs, widths)
@example("\ufeff" + "x" * 30, 10)
def test_rows_cover_everything_once_and_fit(text: str, width: int) -> None:
    rows = wrap(text, 0, len(text), width)
    assert rows[0].start == 0
    assert rows[-1].end == len(text)
    assert all(one.end == other.start for one, other in pairwise(rows))
    assert all(row.start < row.end for row in rows) or text == ""
    edges = {start for start, _ in clusters_of(text)} | {len(text)}
    for row in rows:
        assert row.start in edges
        assert sum(within(text, row)) <= width or len(within(text, row)) == 1


@given(paragraphs, widths)
def test_no_row_ends_early(text: str, width: int) -> None:
    """What begins a row would not have fitted on the row before, as far as it may not be broken."""
    rows = wrap(text, 0, len(text), width)
    for one, other in pairwise(rows):
        first = cells(text, other.start, other.end)
        stretch = [first[0]]
        for cell in first[1:]:
            if breaks_between(text, stretch[-1], cell):
                break
            stretch.append(cell)
        whole = sum(cell.width for cell in cells(text, one.start, one.end))
        assert whole + sum(cell.width for cell in stretch) > width


def breaks_between(text: str, one, other) -> bool:  # type: ignore[no-untyped-def]
    """Whether a row may end between two clusters."""
    return module._blank(text, other) or module._may_end(text, one, other)


@given(simple, widths)
def test_words_that_fit_are_never_broken(text: str, width: int) -> None:
    words = [match.span() for match in re.finditer(r"[^ —–]+[—–]?", text)]
    starts = {row.start for row in wrap(text, 0, len(text), width)}
    for start, end in words:
        if end - start <= width:
            assert not starts & set(range(start + 1, end)), text[start:end]


@given(simple, widths)
def test_simple_text_is_wrapped_as_any_other(text: str, width: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "is_simple", lambda text: False)
        slow = wrap(text, 0, len(text), width)
    assert wrap(text, 0, len(text), width) == slow


def rows_of(text: str, width: int) -> list[str]:
    return [text[row.start : row.end] for row in wrap(text, 0, len(text), width)]


@pytest.mark.parametrize(
    ("text", "width", "rows"),
    [
        ("", 10, [""]),
        ("one two three", 7, ["one two ", "three"]),
        ("one two three", 8, ["one two ", "three"]),
        ("one   two", 3, ["one   ", "two"]),
        ("one     ", 3, ["one     "]),
        ("  one", 3, ["  ", "one"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("a abcdefgh", 3, ["a ", "abc", "def", "gh"]),
        ("war—peace", 5, ["war—", "peace"]),
        ("中文字", 4, ["中文", "字"]),
        ("中文字。", 6, ["中文", "字。"]),
        ("中", 1, ["中"]),
        ("e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"]),
        ("10\u00a0000 men", 6, ["10\u00a0000 ", "men"]),
        ("no 10\u00a0000", 6, ["no ", "10\u00a0000"]),
        ("no 10\u202f000", 6, ["no ", "10\u202f000"]),
        ("\ufeffabcdef", 3, ["\ufeffabc", "def"]),
        ("\ufeffabc de", 4, ["\ufeffabc ", "de"]),
        ("a\tb", 5, ["a\t", "b"]),
        ("报道：“我们", 8, ["报道：", "“我们"]),
        ("报道（我们）", 6, ["报道", "（我", "们）"]),
        ("报道(我们)", 5, ["报道", "(我", "们)"]),
        ("我们两次”。", 8, ["我们两", "次”。"]),
        ("看《新闻》吧", 4, ["看", "《新", "闻》", "吧"]),
        ("🇩🇪🇫🇷🇩🇪", 4, ["🇩🇪🇫🇷", "🇩🇪"]),
        ("ที่ได้เตือนไว้แล้ว", 8, ["ที่ได้เตือน", "ไว้แล้ว"]),
        ("รัฐบาลประกาศ", 8, ["รัฐบาลประ", "กาศ"]),
        ("ไทย น้ำท่วม", 6, ["ไทย น้ำ", "ท่วม"]),
        ("ปี ๒๕๖๗", 5, ["ปี ", "๒๕๖๗"]),
        ("ລັດຖະບານ", 5, ["ລັດຖະ", "ບານ"]),
        ("រដ្ឋាភិបាល", 6, ["រដ្ឋាភិ", "បាល"]),
        ("မြန်မာနိုင်ငံ", 6, ["မြန်မာ", "နိုင်ငံ"]),
        ("हिन्दी समाचार", 8, ["हिन्दी ", "समाचार"]),
        ("the \ufe0fword", 5, ["the \ufe0f", "word"]),
        ("\x1b[2J\x1b[2J", 4, ["\x1b[2J", "\x1b[2J"]),
    ],
)
def test_rows_by_hand(text: str, width: int, rows: list[str]) -> None:
    assert rows_of(text, width) == rows


def test_a_stretch_in_the_middle_of_a_text() -> None:
    words = "We had warned them twice"
    at = TEXT.index(words)
    rows = wrap(TEXT, at, at + len(words), 9)
    assert [TEXT[row.start : row.end] for row in rows] == ["We had ", "warned ", "them ", "twice"]


ARTICLES = sorted((Path(__file__).parents[3] / "shared" / "data").rglob("*.txt"))


@pytest.mark.skipif(not ARTICLES, reason="the articles are not part of the repository")
def test_real_articles_are_covered_and_fit() -> None:
    for path in ARTICLES:
        data = path.read_bytes()
        text = decode(data, path.name).text
        assert text.encode() == data
        check_units(text, list(units(text)))
        for unit in units(text):
            rows = wrap(text, unit.start, unit.end, 58)
            assert (rows[0].start, rows[-1].end) == (unit.start, unit.end)
            assert all(one.end == other.start for one, other in pairwise(rows))
            assert all(sum(within(text, row)) <= 58 for row in rows)


# Layout -------------------------------------------------------------------------------------------


class Plain:
    """The same questions, answered by laying out everything."""

    def __init__(self, text: str, width: int) -> None:
        self.text = text
        self.places = [
            ((unit.start, at), row)
            for unit in units(text)
            for at, row in enumerate(wrap(text, unit.start, unit.end, width))
        ]
        self.numbers = {place: number for number, (place, _) in enumerate(self.places)}

    def moved(self, place: tuple[int, int], rows: int) -> tuple[int, int]:
        number = min(max(0, self.numbers[place] + rows), len(self.places) - 1)
        return self.places[number][0]

    def place(self, position: int) -> tuple[int, int]:
        return [place for place, row in self.places if row.start <= position][-1]

    def cells(self, place: tuple[int, int]) -> list[tuple[int, int, int, int]]:
        """The clusters of a row: start, end, and the cells they take."""
        row = self.places[self.numbers[place]][1]
        found, column = [], 0
        for cell in cells(self.text, row.start, row.end):
            found.append((cell.start, cell.end, column, column + cell.width))
            column += cell.width
        return found


@given(texts, widths, st.data())
def test_a_layout_agrees_with_laying_out_everything(
    text: str, width: int, data: st.DataObject
) -> None:
    layout, plain = Layout(text, width), Plain(text, width)
    assert layout.last == plain.places[-1][0]
    any_place = st.sampled_from([place for place, _ in plain.places])
    for _ in range(3):
        one, other = data.draw(any_place), data.draw(any_place)
        rows = data.draw(st.integers(-12, 12))
        assert layout.row(one) == plain.places[plain.numbers[one]][1]
        assert layout.moved(one, rows) == plain.moved(one, rows)
        apart = plain.numbers[other] - plain.numbers[one]
        for most in (5, 10_000):
            assert layout.distance(one, other, most) == max(-most, min(most, apart))
        position = data.draw(st.integers(0, len(text)))
        place = plain.place(position)
        assert layout.place(position) == place
        row = plain.cells(place)
        at = next((start for start, end, *_ in row if start <= position < end), None)
        left = next((left for start, _, left, _ in row if start == at), None)
        end_of_row = row[-1][3] if row else 0
        assert layout.column(position) == (end_of_row if left is None else left)
        if at is not None and left is not None:
            width_here = next(right - left for start, _, left, right in row if start == at)
            if width_here:
                assert layout.position(place, left) == at
        beyond = layout.position(one, 10_000)
        assert beyond == (plain.cells(one)[-1][0] if plain.cells(one) else layout.row(one).start)


@given(texts, widths, widths)
def test_resized_is_laid_out_anew(text: str, one: int, other: int) -> None:
    layout = Layout(text, one)
    layout.row((0, 0))
    resized = layout.resized(other)
    assert resized.width == other
    assert resized.last == Layout(text, other).last


def test_no_width_is_one_cell() -> None:
    layout = Layout("ab", 0)
    assert [layout.row((0, 0)), layout.row((0, 1))] == [(0, 1), (1, 2)]
    assert Layout("", -5).last == (0, 0)


def test_only_the_rows_looked_at_last_are_kept() -> None:
    layout = Layout("line\n" * 2000, 10)
    for number in range(2000):
        layout.row((5 * number, 0))
    assert len(layout._units) == module._KEPT
    assert layout.row((0, 0)) == (0, 4)
