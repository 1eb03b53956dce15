"""Paragraphs counted piece by piece, and places in percent."""

from __future__ import annotations

import pytest

from reader.text.numbering import Numbering, place_of_percent


@pytest.mark.parametrize(
    ("percent", "place"), [(0, 0), (50, 100), (99.5, 199), (100, 200), (-3, 0), (250, 200)]
)
def test_a_place_in_percent_lies_in_the_text(percent: float, place: int) -> None:
    assert place_of_percent("x" * 200, percent) == place
    assert place_of_percent("", percent) == 0


def test_it_knows_how_far_it_has_looked() -> None:
    text = "One.\n\nTwo.\n" + "word " * 100_000 + "\nLast."
    numbering = Numbering(text)
    assert not numbering.reaches(0)
    numbering.grow()
    assert numbering.reaches(8)
    assert numbering.holding(8) == 2
    assert not numbering.reaches(len(text) - 1)
    while not numbering.complete:
        numbering.grow()
    assert numbering.reaches(len(text))
    assert numbering.holding(len(text)) == 4
