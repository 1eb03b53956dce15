"""Paragraphs: every code point in one, found from any place in it."""

from __future__ import annotations

from itertools import pairwise

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from reader.text import units as module
from reader.text.units import Unit, cluster_start, unit_at, units

MIXED = "a é\u0301 中文字。、 😀👩\u200d👧 🇫🇷🇩🇪 \u00a0\u202fक्षि שלום\u200f \t\x1b[2J \u200b ශ්‍රී"
PIECES = [*regex.findall(r"\X", MIXED), "\u0301", "\u200d", "\ufeff", "\x00", "word", "  ", "中"]

anything = (
    st.text("abc  —–,é“”", max_size=80)
    | st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
    | st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
)
texts = st.lists(
    st.tuples(anything, st.sampled_from(["\n", "\r\n", "\r", "\x85", "\u2028", "\v", "\n\n", ""]))
).map(lambda pairs: "".join(body + end for body, end in pairs))


def check_units(text: str, found: list[Unit]) -> None:
    assert found[0].start == 0
    assert found[-1].next == len(text)
    assert all(one.next == other.start for one, other in pairwise(found))
    for unit in found:
        assert unit.start <= unit.end <= unit.next
        assert not module._TERMINATOR.search(text, unit.start, unit.end)
        end = text[unit.end : unit.next]
        assert end == "" or module._TERMINATOR.fullmatch(end)


@given(texts)
def test_units_cover_the_text(text: str) -> None:
    check_units(text, list(units(text)))


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("a\n", ["a"]),
        ("\n\na", ["", "", "a"]),
        ("a\r\nb\rc\x85d\u2028e\u2029f\vg\fh", list("abcdefgh")),
        ("a\n\rb", ["a", "", "b"]),
        ("a\x1cb\x1db\x1e", ["a\x1cb\x1db\x1e"]),
    ],
)
def test_line_ends_of_any_kind(text: str, bodies: list[str]) -> None:
    assert [text[unit.start : unit.end] for unit in units(text)] == bodies


@given(texts)
@example("ab" + "🇫🇷" * 30)
@example("a" + "\u0301" * 30 + "b" * 30)
@example("word \u0301" * 9)
@example("👩\u200d👧" * 12)
@example("x" * 100)
@example("one two three " * 20 + "\r\n" + "y" * 70)
def test_units_are_found_from_any_place(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_LONGEST", 24)
        patch.setattr(module, "_PIECE", 12)
        patch.setattr(module, "_NEAR", 6)
        found = list(units(text))
        check_units(text, found)
        for unit in found:
            assert unit.end - unit.start <= 24 + 12
            for place in range(unit.start, unit.next):
                assert unit_at(text, place) == unit
        assert unit_at(text, len(text)) == found[-1]


CLUSTERS = ["word ", "中", "🇫🇷", "👩\u200d👧", "e\u0301", "x", "\x00", "가"]


@given(st.lists(st.sampled_from(CLUSTERS), min_size=1, max_size=9), st.integers(0, 9))
def test_very_long_lines_are_cut_between_clusters(pieces: list[str], shift: int) -> None:
    text = "a" * shift + "".join(pieces * 4000)[:30_000]
    edges = {match.start() for match in regex.finditer(r"\X", text)} | {len(text)}
    for unit in units(text):
        assert unit.start in edges
        assert unit.end - unit.start <= 8192 + 4096


@pytest.mark.parametrize(
    "line",
    [
        "x" + "🇩🇪" * 9000,
        "x 🇩🇪" + "🇫🇷" * 9_000,
        "x" * 8100 + "🇩🇪\u0301" * 9000,
        ("e" + "\u0301" * 100) * 300,
        ("क" + "\u0301" * 1000) * 30,
        "x" + "क्ष" * 9000,
        "ab" + "👩\u200d👩\u200d👧\u200d👦" * 3000,
    ],
    ids=lambda line: ascii(line[:4]),
)
def test_long_clusters_and_flags_are_never_cut(line: str) -> None:
    edges = {match.start() for match in regex.finditer(r"\X", line)} | {len(line)}
    found = list(units(line))
    assert len(found) > 1
    for unit in found:
        assert unit.start in edges
        assert unit_at(line, unit.start) == unit_at(line, unit.end - 1) == unit
    for place in range(0, len(line), 997):
        start = cluster_start(line, place)
        assert start in edges
        assert not edges & set(range(start + 1, place + 1))


def test_of_flags_without_end_few_are_torn() -> None:
    line = "x" + "🇩🇪" * 100_000
    found = list(units(line))
    # the x, half a flag where counting ends, and its other half at the end of the line
    assert sum((unit.end - unit.start) % 2 for unit in found) == 3
    assert all(unit_at(line, unit.end - 1) == unit for unit in found)


def test_what_goes_on_without_end_is_cut_anywhere() -> None:
    check_units("\u0301" * 30_000, found := list(units("\u0301" * 30_000)))
    assert len(found) > 1
    assert cluster_start("", 0) == 0
    assert cluster_start("ab", 2) == 1


def test_very_long_lines_are_cut_at_blanks() -> None:
    text = "word " * 4000
    found = list(units(text))
    assert len(found) == 3
    assert all(text[unit.start :].startswith("word") for unit in found)


def test_a_line_of_usual_length_is_never_cut() -> None:
    for before in range(0, 8000, 500):
        text = "x" * before + "\n" + "word " * 1600
        assert [unit.end - unit.start for unit in units(text)][1] == 8000
