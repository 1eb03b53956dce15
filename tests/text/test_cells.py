"""What is drawn: never a control, always of the width that Rich measures."""

from __future__ import annotations

import ctypes
import locale
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.text.cells import cells, clusters, cut, is_simple, picture, safe, safe_lines, width

# What a terminal obeys, and what turns or hides text; lone surrogates cannot be written at all
FORBIDDEN = regex.compile(r"[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]")

anything = st.text(
    st.characters()
    | st.sampled_from("\x00\x1b\x7f\x85\x9b\u200b\u200d\u202e\u2028\ufeff\ud800\ufe0f\u0301")
    | st.sampled_from("é中😀👩🇫🇷क्षශ්‍රිਕਰ\t \u00a0\U0001f3fd\U0001e900\U0001e944\ufffe"),
    max_size=40,
)


PLANES = range(0, 0x110000, 0x10000)


@pytest.mark.parametrize("plane", PLANES, ids=hex)
def test_every_code_point_is_drawn_without_controls_and_is_seen(plane: int) -> None:
    drawn = [picture(chr(code)) for code in range(plane, plane + 0x10000)]
    found = FORBIDDEN.search("".join(drawn))
    assert found is None, f"{found and ord(found[0]):04x}"
    unseen = [at for at, each in enumerate(drawn, plane) if not cell_len(each)]
    assert [f"{at:04x}" for at in unseen] == []


@pytest.mark.parametrize("plane", [0, 0x10000, 0xE0000], ids=hex)
def test_every_code_point_is_safe_among_others(plane: int) -> None:
    assert not FORBIDDEN.search(safe("".join(map(chr, range(plane, plane + 0x10000)))))


def test_what_has_no_shape_is_drawn_as_a_dot() -> None:
    everything = "".join(map(chr, range(0x110000)))
    shapeless = regex.findall(r"\p{Default_Ignorable_Code_Point}", everything)
    assert len(shapeless) > 4000
    assert {picture(char) for char in shapeless} == {"·"}


@given(anything)
@example("a\ufeff\x1b]0;title\x07")
@example("\u202eabc\u2066")
def test_cells_tile_the_text_and_hold_whole_clusters(text: str) -> None:
    made = cells(text, 0, len(text))
    assert "".join(text[cell.start : cell.end] for cell in made) == text
    assert [cell[:2] for cell in made] == [m.span() for m in regex.finditer(r"\X", text)]
    for cell in made:
        assert cell.width == cell_len(cell.drawn)
        assert not FORBIDDEN.search(cell.drawn)
        assert cell.drawn or cell.start == 0


@given(anything, st.data())
def test_a_stretch_is_drawn_as_in_the_whole(text: str, data: st.DataObject) -> None:
    made = cells(text, 0, len(text))
    edges = [0, *(cell.end for cell in made)]
    start, end = sorted(data.draw(st.tuples(st.sampled_from(edges), st.sampled_from(edges))))
    assert cells(text, start, end) == [each for each in made if start <= each.start < end]


@given(anything)
def test_the_drawn_width_is_the_sum_of_the_cells(text: str) -> None:
    """Or Textual would crop a row in the middle: no cluster melts with the one beside it."""
    made = cells(text, 0, len(text))
    assert cell_len("".join(cell.drawn for cell in made)) == sum(cell.width for cell in made)


@pytest.fixture
def terminals() -> Iterator[Callable[[str], int]]:
    """The width that the C library gives a character, and tmux and most terminals with it."""
    if sys.platform != "linux":
        pytest.skip("other systems have tables of their own")
    before = locale.setlocale(locale.LC_CTYPE)
    locale.setlocale(locale.LC_CTYPE, "C.utf8")
    measure = ctypes.CDLL(None).wcwidth
    measure.argtypes = [ctypes.c_wchar]
    yield measure
    locale.setlocale(locale.LC_CTYPE, before)


def test_letters_and_marks_are_as_wide_as_terminals_take_them(
    terminals: Callable[[str], int],
) -> None:
    wrong = []
    for char in map(chr, range(0xA0, 0x20000)):
        if unicodedata.category(char)[0] in "LM" and terminals(char) >= 0:
            drawn = picture(char).removeprefix("\u25cc")
            if cell_len(drawn) != sum(map(terminals, drawn)):
                wrong.append(f"{ord(char):04x}")
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("हिन्दी", 5),
        ("की", 2),
        ("বাংলা", 5),
        ("தமிழ்", 4),
        ("తెలుగు", 5),
        ("ಕನ್ನಡ", 4),
        ("മലയാളം", 6),
        ("සිංහල", 4),
        ("မြန်မာ", 5),
        ("ខ្មែរ", 4),
        ("ไทย", 3),
        ("\u302e", 2),
    ],
)
def test_spacing_marks_take_a_cell(text: str, wide: int, terminals: Callable[[str], int]) -> None:
    made = cells(text, 0, len(text))
    assert sum(cell.width for cell in made) == wide
    assert sum(terminals(char) for cell in made for char in cell.drawn) == wide


@given(anything)
def test_safe_text_is_one_line_without_controls(text: str) -> None:
    assert not FORBIDDEN.search(safe(text))
    if not regex.search(r"[\u1160-\u11ff\ud7b0-\ud7ff]", text):  # half syllables stand alone
        assert safe(safe(text)) == safe(text)
    assert width(safe(text)) == cell_len(safe(text))


@given(anything)
def test_safe_lines_keep_their_ends(text: str) -> None:
    lines = safe_lines(text).split("\n")
    assert lines == [safe(each) for each in re.split(r"\r\n|[\n\r]", text)]


@given(anything, st.integers(-1, 30))
def test_what_is_cut_fits(text: str, room: int) -> None:
    shown = safe(text)
    made = cut(shown, room)
    assert cell_len(made) <= max(0, room)
    if cell_len(shown) <= room:
        assert made == shown
    elif room > 0:
        assert made.endswith("…")
        assert shown.startswith(made[:-1])


@given(st.text(st.characters(max_codepoint=0x2100), max_size=12))
def test_simple_text_needs_no_ruler(text: str) -> None:
    if is_simple(text):
        assert [m.span() for m in regex.finditer(r"\X", text)] == clusters(text, 0, len(text))
        assert all(cell.drawn == text[cell.start] for cell in cells(text, 0, len(text)))
        assert cell_len(text) == len(text)


def test_every_simple_code_point_is_one_cell_in_any_company() -> None:
    simple = "".join(char for char in map(chr, range(0x3000)) if is_simple(char))
    assert len(simple) > 1000
    for char in simple:
        assert picture(char) == char
        assert cell_len(char) == 1
    assert len(regex.findall(r"\X", simple)) == len(simple)
    assert len(regex.findall(r"\X", simple[::-1])) == len(simple)


@pytest.mark.parametrize(
    ("text", "drawn", "cells_wide"),
    [
        ("a", "a", 1),
        ("\t", "    ", 4),
        ("\u00a0", " ", 1),
        ("\x00", "␀", 1),
        ("\x1b", "␛", 1),
        ("\x7f", "␡", 1),
        ("\x9b", "\ufffd", 1),
        ("\x85", "␤", 1),
        ("\u2028", "␤", 1),
        ("\r\n", "␍␊", 2),
        ("\u200b", "·", 1),
        ("\u202e", "·", 1),
        ("\u00ad", "·", 1),
        ("\ud800", "\ufffd", 1),
        ("\ufffe", "\ufffd", 1),
        ("\u0301", "\u25cc\u0301", 1),
        ("e\u0301", "e\u0301", 1),
        ("中", "中", 2),
        ("😀", "😀", 2),
        ("👩\u200d👩\u200d👧", "👩", 2),
        ("👍🏽", "👍", 2),
        ("🇫🇷", "FR", 2),
        ("🇫", "F", 1),
        ("❤\ufe0f", "❤", 1),
        ("⛹\ufe0f\u200d♀\ufe0f", "⛹", 1),
        ("क्षि", "क्षि", 3),
        ("\u093f", "\u093f", 1),
        ("✌🏽", "✌", 1),
        ("☝🏿\ufe0f", "☝", 1),
        ("✊🏽", "✊", 2),
        ("🏽", "·", 1),
        (" 🏽", " ·", 2),
        ("a🏽", "a·", 2),
        ("🇫🇷🏽", "FR·", 3),
        (" \ufe0f", " ·", 2),
        ("a\ufe0f", "a·", 2),
        ("a\u200d", "a·", 2),
        ("e\u0301\u200d", "e\u0301·", 2),
        ("a" + "\U000e0067" * 90, "a·", 2),
        ("😀\U000e0067", "😀·", 3),
        ("🏴\U000e0067\U000e007f", "🏴", 2),
        ("1\ufe0f\u20e3", "1\u20e3", 1),
        ("©\ufe0f", "©", 1),
        ("葛\U000e0100", "葛", 2),
        ("क\u094d\u200d", "क\u094d", 1),
        ("\ufffe\u200d", "\ufffd", 1),
    ],
)
def test_pictures(text: str, drawn: str, cells_wide: int) -> None:
    assert picture(text) == drawn
    assert cell_len(picture(text)) == cells_wide


@pytest.mark.parametrize(
    "text",
    [
        "ශ්‍රී ලංකා",  # Sinhala: joined by a zero-width joiner
        "র‍্যাব",  # Bengali
        "ക്‍ല",  # Malayalam
        "क्‍ष",  # Devanagari
        "می‌خواهم",  # Persian: kept apart by a zero-width non-joiner
        "𞤀𞤣𞤤𞤢𞤥 𞤆\U0001e944",  # Adlam, above U+FFFF, with a mark
        "𑄌𑄋𑄴𑄟𑄳𑄦",  # Chakma, above U+FFFF, with vowel signs
        "Việt Nam",
        "กำลัง",
    ],
)
def test_no_letter_of_any_script_is_left_out(text: str) -> None:
    drawn = "".join(cell.drawn for cell in cells(text, 0, len(text)))
    assert drawn == re.sub("[\u200c\u200d]", "", text)


def test_the_mark_that_opens_a_file_is_drawn_as_nothing_there_alone() -> None:
    first, second, third = cells("\ufeffa\ufeff", 0, 3)
    assert (first.drawn, first.width) == ("", 0)
    assert (second.drawn, third.drawn) == ("a", "·")


def test_white_space_of_any_kind_is_a_blank_in_a_title() -> None:
    assert safe("a\r\n\tb\u2029c\u00a0d") == "a b c d"
