"""From words to their place."""

from __future__ import annotations

import pytest

from reader.anchoring.locate import locate
from reader.errors import InputError

TEXT = "no, no, nothing\r\nNo\n"


def test_words_that_stand_once() -> None:
    assert locate(TEXT, "nothing") == (8, 15)
    assert locate(TEXT, "g\r\nN") == (14, 18)


@pytest.mark.parametrize(("nth", "start"), [(1, 0), (2, 4), (3, 8)])
def test_which_one_is_meant(nth: int, start: int) -> None:
    assert locate(TEXT, "no", nth) == (start, start + 2)


def test_overlapping_places_count() -> None:
    assert locate("aaa", "aa", 2) == (1, 3)


@pytest.mark.parametrize("words", ["", "never", "NOTHING", "nothing \n"])
def test_words_that_do_not_occur(words: str) -> None:
    with pytest.raises(InputError, match="does not occur"):
        locate(TEXT, words)


def test_words_that_occur_several_times_need_a_number() -> None:
    with pytest.raises(InputError, match="occurs 3 times") as caught:
        locate(TEXT, "no")
    assert "--nth 1 to --nth 3" in caught.value.remedy


@pytest.mark.parametrize(
    ("words", "nth", "said"),
    [("no", 4, "3 times"), ("no", 0, "3 times"), ("no", -1, "3 times"), ("nothing", 2, "once")],
)
def test_a_number_that_there_is_not(words: str, nth: int, said: str) -> None:
    with pytest.raises(InputError, match=f"no occurrence number {nth}") as caught:
        locate(TEXT, words, nth)
    assert said in caught.value.cause
