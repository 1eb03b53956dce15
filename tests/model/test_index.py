"""The index by place, against a list that is searched from end to end."""

from __future__ import annotations

import random

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from reader.model.fragment import Fragment
from reader.model.index import FragmentIndex

BIN = 512
LARGEST = 8**8 * BIN  # more than any text
EDGES = [at + step for at in (BIN, 8 * BIN, 64 * BIN, 8**3 * BIN) for step in (-1, 0, 1)]
places = st.integers(0, 3 * BIN) | st.sampled_from([*EDGES, LARGEST]) | st.integers(0, LARGEST)
stretches = st.tuples(places, places).map(sorted).map(tuple)


def brute(kept: set[tuple[Fragment, str]], start: int, end: int) -> set[tuple[Fragment, str]]:
    """What shares a code point with the stretch."""
    return {each for each in kept if max(each[0].start, start) < min(each[0].end, end)}


class IndexMachine(RuleBasedStateMachine):
    """Adds, removes and finds, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.index = FragmentIndex()
        self.kept: set[tuple[Fragment, str]] = set()

    @rule(stretch=stretches.filter(lambda pair: pair[0] < pair[1]), owner=st.sampled_from("abc"))
    def add(self, stretch: tuple[int, int], owner: str) -> None:
        self.index.add(Fragment(*stretch), owner)
        self.kept.add((Fragment(*stretch), owner))

    @precondition(lambda self: self.kept)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        fragment, owner = data.draw(st.sampled_from(sorted(self.kept)))
        self.index.remove(fragment, owner)
        self.kept.remove((fragment, owner))

    @rule(stretch=stretches)
    def find(self, stretch: tuple[int, int]) -> None:
        found = list(self.index.find(*stretch))
        assert len(found) == len(set(found))
        assert set(found) == brute(self.kept, *stretch)

    @invariant()
    def everything_is_found(self) -> None:
        assert set(self.index.find(0, LARGEST)) == self.kept


IndexMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestIndex = IndexMachine.TestCase


def test_a_thousand_marks_and_one_over_the_whole_text() -> None:
    chance = random.Random(7)
    index, kept = FragmentIndex(), set()
    for number in range(1000):
        start = chance.randrange(1_000_000)
        length = chance.choice([1, 5, 30, BIN, 3 * BIN, 80_000])
        kept.add((Fragment(start, start + length), str(number)))
    kept.add((Fragment(0, 1_100_000), "whole"))
    for fragment, owner in kept:
        index.add(fragment, owner)
    for _ in range(300):
        start = chance.choice([chance.randrange(1_000_000), BIN * chance.randrange(2000)])
        end = start + chance.choice([0, 1, 40, BIN, BIN + 1, 9 * BIN])
        assert set(index.find(start, end)) == brute(kept, start, end)
    for fragment, owner in kept:
        index.remove(fragment, owner)
    assert list(index.find(0, LARGEST)) == []
    assert not any(index._levels)  # nothing is left behind


@pytest.mark.parametrize("at", [0, 5, BIN - 1, BIN, 8 * BIN])
def test_an_empty_stretch_shares_nothing(at: int) -> None:
    index = FragmentIndex()
    index.add(Fragment(0, 9 * BIN), "a")
    assert list(index.find(at, at)) == []


def test_one_range_of_two_owners() -> None:
    index = FragmentIndex()
    for owner in ("a", "b"):
        index.add(Fragment(3, 9), owner)
    index.remove(Fragment(3, 9), "a")
    assert list(index.find(0, 4)) == [(Fragment(3, 9), "b")]
