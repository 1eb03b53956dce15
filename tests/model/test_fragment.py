"""The algebra of ranges."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import InputError
from reader.model.fragment import (
    Fragment,
    Fragments,
    covers,
    extent,
    normalized,
    size,
    touches,
    within,
)

ranges = st.tuples(st.integers(0, 60), st.integers(1, 12)).map(
    lambda pair: (pair[0], pair[0] + pair[1])
)
lists = st.lists(ranges, min_size=1, max_size=8)


def points(fragments: Fragments | list[tuple[int, int]]) -> set[int]:
    return {at for start, end in fragments for at in range(start, end)}


@given(lists)
def test_normalized_marks_the_same_in_order_without_overlap(given_ranges: list) -> None:
    made = normalized(given_ranges)
    assert points(made) == points(given_ranges)
    assert all(one.end <= other.start for one, other in pairwise(made))
    assert all(isinstance(each, Fragment) for each in made)
    assert normalized(made) == made
    assert normalized(reversed(given_ranges)) == made


@given(lists)
def test_no_two_ranges_are_joined_that_share_nothing(given_ranges: list) -> None:
    """An edge between fragments is there because no range given goes over it."""
    edges = {each.start for each in normalized(given_ranges)}
    for at in points(given_ranges):
        crossed = any(start < at < end for start, end in given_ranges)
        begins = any(start == at for start, _ in given_ranges)
        assert (at in edges) == (begins and not crossed)


def test_fragments_that_touch_stay_apart() -> None:
    assert normalized([(5, 9), (0, 5)]) == ((0, 5), (5, 9))
    assert normalized([(0, 5), (4, 9), (9, 12)]) == ((0, 9), (9, 12))


@pytest.mark.parametrize("wrong", [(3, 3), (5, 2), (-1, 4), (-5, -2)])
def test_a_range_that_marks_nothing_is_refused(wrong: tuple[int, int]) -> None:
    with pytest.raises(InputError, match="marks nothing") as caught:
        normalized([(0, 9), wrong])
    assert f"{wrong[0]}:{wrong[1]}" in caught.value.cause


def test_no_range_is_refused() -> None:
    with pytest.raises(InputError, match="at least one range"):
        normalized([])


@given(lists, st.integers(0, 80))
def test_within_refuses_what_ends_outside(given_ranges: list, length: int) -> None:
    fragments = normalized(given_ranges)
    if max(points(fragments)) < length:
        within(fragments, length)
    else:
        with pytest.raises(InputError, match="outside the text"):
            within(fragments, length)


@given(lists, ranges)
def test_questions_about_ranges_agree_with_sets(given_ranges: list, stretch: tuple) -> None:
    fragments, other = normalized(given_ranges), Fragment(*stretch)
    marked, asked = points(fragments), points([stretch])
    assert touches(fragments, other) == bool(marked & asked)
    assert covers(fragments, other) == any(asked <= points([each]) for each in fragments)
    assert size(fragments) == len(marked)
    assert extent(fragments) == (min(marked), max(marked) + 1)
    for each in fragments:
        assert each.length == len(points([each]))
        assert each.overlaps(other) == bool(points([each]) & asked) == other.overlaps(each)
        assert each.holds(other) == (asked <= points([each]))
