"""Jump labels: short, near and never the beginning of one another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.segment import Span, words
from reader.workspace.jumping import MOST, labels

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
