"""Whether a mark is where it says it is."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reader.anchoring.verify import misplaced
from reader.model.fragment import Fragment
from tests.model.build import TEXT, mark


@pytest.mark.parametrize("ranges", [((0, 4),), ((0, 4), (4, 8)), ((0, 4), (9, len(TEXT)))])
def test_right_places(ranges: tuple[tuple[int, int], ...]) -> None:
    assert misplaced(mark(1, *ranges), TEXT) is None


@pytest.mark.parametrize(
    "ranges",
    [
        ((4, 4),),
        ((9, 4),),
        ((-4, 4),),
        ((0, len(TEXT) + 1),),
        ((0, 4), (3, 9)),
        ((5, 9), (0, 4)),
    ],
)
def test_wrong_ranges(ranges: tuple[tuple[int, int], ...]) -> None:
    wrong = replace(mark(1), fragments=tuple(Fragment(*each) for each in ranges))
    assert "is wrong" in (misplaced(wrong, TEXT) or "")


@pytest.mark.parametrize("quote", [(), ("PORT AMRIn",), ("PORT AMRIN", ""), ("PORT", "AMRIN")])
def test_other_words(quote: tuple[str, ...]) -> None:
    assert "other words" in (misplaced(replace(mark(1, (0, 10)), quote=quote), TEXT) or "")


def test_no_place_at_all() -> None:
    assert misplaced(replace(mark(1), fragments=(), quote=()), TEXT)
