"""What is copied: the words and their place."""

from __future__ import annotations

import pytest

from reader.model.fragment import Fragment
from reader.workspace.quoting import paragraph_number, quotation
from tests.model.build import document

TEXT = "First.\n\nSecond one\nruns on. Third."


def test_blanks_are_single_and_parts_are_joined() -> None:
    fragments = (Fragment(0, 5), Fragment(8, 23))
    assert quotation(TEXT, document(TEXT), fragments) == (
        "“First … Second one runs”\nharbour-fire.txt, paragraph 1, 0–5, 8–23"
    )


def test_the_url_and_a_number_that_is_known_are_named() -> None:
    filed = document(TEXT, title="A fire", url="https://example.org/fire")
    assert quotation(TEXT, filed, (Fragment(0, 5),), paragraph=1234) == (
        "“First”\nA fire, https://example.org/fire, paragraph 1,234, 0–5"
    )


@pytest.mark.parametrize(("position", "number"), [(0, 1), (7, 1), (8, 2), (19, 3), (33, 3)])
def test_paragraphs_are_counted(position: int, number: int) -> None:
    assert paragraph_number(TEXT, position) == number


def test_where_counting_would_take_long_there_is_no_number() -> None:
    text = "\n" + "word " * 1_000_000
    assert paragraph_number(text, 4_900_000) is None
    assert paragraph_number("\n\nword", 0) is None
    place = quotation(text, document(title="long"), (Fragment(4_900_001, 4_900_005),))
    assert place.endswith("\nlong, 4900001–4900005")
