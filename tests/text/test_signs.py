"""What nothing can be without: passing over it must never pass over anything."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text import signs
from reader.text.names import names
from reader.text.quotes import quotations
from reader.text.words import words

SIGNS = (signs.has_capital, signs.has_quotation_mark, signs.has_ink, signs.may_have_word)
TEXTS = st.text(
    st.sampled_from("aB. \n“'—水12👩\u200d\ufe0f\u20e3#") | st.characters(), max_size=40
)


def test_no_word_is_without_its_sign() -> None:
    passed = [char for char in map(chr, range(sys.maxunicode + 1)) if not signs.may_have_word(char)]
    assert len(passed) > 1000
    for char in passed:
        assert words(char, 0, 1) == []
        assert words(f"{char}.", 0, 2) == []


@given(TEXTS)
def test_nothing_is_found_where_its_sign_is_not(text: str) -> None:
    if words(text, 0, len(text)):
        assert signs.may_have_word(text)
    if names(text, 0, len(text)):
        assert signs.has_capital(text)
    if quotations(text, 0, len(text)):
        assert signs.has_quotation_mark(text)


@given(st.lists(st.sampled_from(["a" * 4100, " " * 4096, "\n" * 900, "B", "“", "-" * 5000])))
def test_the_next_sign_and_the_one_before_are_found_over_any_distance(parts: list[str]) -> None:
    text = "".join(parts)
    for has in SIGNS:
        places = [at for at, char in enumerate(text) if has(char)]
        for place in {0, 1, len(text) // 2, max(0, len(text) - 1), len(text)}:
            ahead = [at for at in places[-5000:] + places[:5000] if at >= place]
            if len(places) < 10_000:
                assert signs.after(text, place, has) == min(ahead, default=len(text))
                behind = [at + 1 for at in places if at < place]
                assert signs.before(text, place, has) == max(behind, default=0)


@pytest.mark.parametrize(
    ("text", "capital"),
    [("", False), ("abc 12 水 ß", False), ("水A", True), ("Ωmega", True), ("ǅ", True), ("𝐀", True)],
)
def test_a_capital_of_any_script_is_one(text: str, capital: bool) -> None:
    assert signs.has_capital(text) == capital
