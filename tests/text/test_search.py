"""Where words occur."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.search import matches, occurrences

few = st.text("ab \n", max_size=30)


@given(few, st.text("ab \n", max_size=3))
def test_every_exact_place_and_no_other(text: str, words: str) -> None:
    expected = [
        (at, at + len(words)) for at in range(len(text)) if words and text.startswith(words, at)
    ]
    assert occurrences(text, words) == expected


@given(few, few)
def test_what_matches_says_the_words_without_overlap(text: str, pattern: str) -> None:
    found = matches(text, pattern)
    for start, end in found:
        assert text[start:end].split() == pattern.split()
    assert all(one.end <= other.start for one, other in pairwise(found))
    if pattern.split() and pattern in text:
        assert found


@pytest.mark.parametrize(
    ("text", "pattern", "expected"),
    [
        ("The Port of AMRIN", "port of amrin", [(4, 17)]),
        ("two\r\n\twarehouses", "two warehouses", [(0, 16)]),
        ("two\u00a0warehouses", "  two   warehouses ", [(0, 14)]),
        ("a.b a+b (x)", "a.b", [(0, 3)]),
        ("a.b a+b (x)", "(X)", [(8, 11)]),
        ("Straße ÉTÉ", "été", [(7, 10)]),
        ("anything", "", []),
        ("anything", " \n", []),
        ("twowarehouses", "two warehouses", []),
    ],
)
def test_case_and_blanks_do_not_matter(
    text: str, pattern: str, expected: list[tuple[int, int]]
) -> None:
    assert matches(text, pattern) == expected
