"""What is at hand of a text stands where the whole text has it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.window import AROUND, GRID, Window, seen_from


@given(st.text(max_size=30), st.integers(0, 20), st.integers(0, 20), st.data())
def test_it_is_as_long_as_the_text_and_says_the_same_there(
    words: str, before: int, after: int, data: st.DataObject
) -> None:
    whole = "\n" * before + words + "\n" * after
    window = Window(words, before, len(whole))
    start, stop = (data.draw(st.integers(-5, len(whole) + 5)) for _ in range(2))
    assert len(window) == len(whole)
    assert window[start:stop] == whole[start:stop]
    assert "".join(window[at] for at in range(len(whole))) == whole


def test_beyond_its_ends_there_is_nothing() -> None:
    window = Window("ab", 3, 9)
    assert window[-1] == "\n"
    for beyond in (9, -10):
        with pytest.raises(IndexError):
            window[beyond]


@given(st.integers(0, 10**9))
def test_what_is_seen_begins_well_before_the_place(position: int) -> None:
    start = seen_from(position)
    assert start % GRID == 0
    assert start == 0 or AROUND <= position - start < AROUND + GRID
