"""What a mark says of itself."""

from __future__ import annotations

import pytest

from tests.model.build import mark, of

SPLIT = mark(1, (3, 8), (20, 30))


def test_it_goes_from_the_first_start_to_the_last_end() -> None:
    assert (SPLIT.start, SPLIT.end) == (3, 30)


def test_its_words_are_on_one_line() -> None:
    text = "We  had\n warned\tthem,” she said, “twice"
    split = mark(1, (0, 20), (text.index("twice"), len(text)), text=text)
    assert split.words == "We had warned them … twice"
    assert of("Ines Varga", 2).words == "Ines Varga"


@pytest.mark.parametrize(
    ("value", "expected"), [(True, True), (False, False), (1, False), ("yes", False), (None, False)]
)
def test_no_source_is_the_value_true(value: object, expected: bool) -> None:
    assert mark(1, attributes={"unattributed": value}).unattributed is expected
    assert not mark(1).unattributed
