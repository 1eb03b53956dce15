"""Jump labels: short, near and never the beginning of one another."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.fragment import Fragment
from reader.text.cells import cells
from reader.text.segment import Span, words
from reader.workspace.jumping import MOST, in_view, labels, signs

TEXT = "A fire destroyed two warehouses on Monday, officials said. " * 4


def spans(count: int) -> list[Span]:
    return [(each * 6, each * 6 + 5) for each in range(count)]


def test_the_nearest_words_have_the_easiest_labels() -> None:
    found = words(TEXT, 0, 58)
    given_ = labels(found, TEXT.index("two"))
    assert {TEXT[start:end]: label for label, (start, end) in given_.items()} == {
        "two": "a",
        "destroyed": "s",
        "warehouses": "d",
        "fire": "f",
        "on": "g",
        "A": "h",
        "Monday": "j",
        "officials": "k",
        "said": "l",
    }


@pytest.mark.parametrize(
    ("count", "single"),
    [(0, 0), (1, 1), (26, 26), (27, 25), (51, 25), (52, 24), (300, 15), (676, 0), (1500, 23)],
)
def test_as_many_of_one_letter_as_leave_room_for_the_rest(count: int, single: int) -> None:
    found = labels(spans(count), 900)
    assert len(found) == count
    assert sum(len(label) == 1 for label in found) == single


def test_more_words_than_labels_leave_out_the_farthest() -> None:
    found = labels(spans(MOST + 5), 0)
    assert len(found) == MOST
    assert max(found.values()) == spans(MOST)[-1]


def labelled(text: str) -> dict[str, Span]:
    return in_view(text, Fragment(0, len(text)), 0)


@given(st.text("ab 水木カｶé\u0301\u0323☃,。\n", max_size=120))
def test_a_cell_is_left_between_two_labels(text: str) -> None:
    shown = signs(text, labelled(text))
    for line in text.split("\n"):
        for start, following in pairwise(sorted(shown)):
            if "\n" not in text[start:following]:
                room = sum(cell.width for cell in cells(text, start, following))
                assert len(shown[start]) < room, line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("I am in a cat", ["a", "s", "d", "f", "g"]),
        ("水火", ["a", "s"]),
        ("x", ["a"]),
        ("ｶ水 b", ["a", "s"]),  # the one cell that is touched bears nothing
        ("a b c d " * 7, [*"asdfghjklqwertyuiopzxcvbn", "m", "m", "md"]),
        ("no I a man " * 7, [*"asdfghjklqwertyuiopzxcvbn", "m", "m", "md"]),
        ("水" * 28, [*"asdfghjklqwertyuiopzxcvbn", "m", "m", "md"]),
        ("no man " * 14, [*"asdfghjklqwertyuiopzxcvbn", "ma", "ms", "md"]),
    ],
)
def test_two_letters_stand_where_they_can_be_told_apart(text: str, shown: list[str]) -> None:
    assert [sign for _, sign in sorted(signs(text, labelled(text)).items())] == shown


def test_a_letter_that_stood_alone_is_followed_by_its_second() -> None:
    text = "a b c d " * 7
    left = {label[1:]: word for label, word in labelled(text).items() if label[0] == "m"}
    assert sorted(signs(text, left).values()) == ["a", "d", "s"]


@given(st.integers(0, 1600), st.integers(-10, 10_000))
def test_no_label_begins_another(count: int, around: int) -> None:
    found = labels(spans(count), around)
    assert sorted(found.values()) == spans(count)
    assert all(1 <= len(label) <= 2 and label.isalpha() and label.isascii() for label in found)
    firsts = {label for label in found if len(label) == 1}
    assert not any(label[0] in firsts for label in found if len(label) == 2)
    near = [abs((start + end) // 2 - around) for label, (start, end) in found.items()
            if len(label) == 1]  # fmt: skip
    far = [abs((start + end) // 2 - around) for label, (start, end) in found.items()
           if len(label) == 2]  # fmt: skip
    if near and far:
        assert max(near) <= min(far) + 6
    assert found == labels(spans(count), around)
