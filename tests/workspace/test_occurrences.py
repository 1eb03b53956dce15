"""The other places of a mark's words, and tagging them all at once."""

from __future__ import annotations

import time
from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import InputError
from reader.model.fragment import Fragment
from reader.workspace import occurrences
from reader.workspace.desk import Desk
from reader.workspace.finding import Hits
from reader.workspace.occurrences import Context, Ticks
from tests.workspace.build import library, place, tagged, written

TEXT = """\
Kestrel ran the depot. The Kestrels flew. “Kestrel knew,” she said; KESTREL denied
it. Of Kestrel Inc. nobody spoke, and Kestrel’s man left Kestrel.
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(library(tmp_path).open(written(tmp_path, TEXT)))


def found(desk: Desk, **switches: bool) -> list[str]:
    """The other places of the first mark's words, with what follows them."""
    asked = desk.occurrences(desk.layers.annotations[0])
    if switches:
        asked = asked.turned(**switches)
    asked.run()
    assert asked.complete
    return [TEXT[start : end + 3] for start, end in asked.others]


def test_whole_words_in_the_same_case_unless_switched(desk: Desk) -> None:
    tagged(desk.session, "Kestrel", "entity", "organisation")
    exact = ["Kestrel kn", "Kestrel In", "Kestrel’s ", "Kestrel.\n"]
    assert found(desk) == exact
    assert found(desk, exact=False) == [exact[0], "KESTREL de", *exact[1:]]
    assert found(desk, whole=False) == ["Kestrels f", *exact]


def test_the_words_may_run_over_a_line_end(desk: Desk) -> None:
    tagged(desk.session, "denied\nit", "cue")
    asked = desk.occurrences(desk.layers.annotations[0])
    asked.run()
    assert not asked.others
    assert asked.told == "1 found"


def test_places_that_are_marked_so_are_left_out(desk: Desk) -> None:
    first = tagged(desk.session, "Kestrel", "entity", "organisation")
    at = TEXT.index("Kestrel knew")
    desk.session.tag("entity", (Fragment(at, at + 7),))
    desk.session.tag("source", (Fragment(at, at + 7),))
    tagged(desk.session, "Kestrel Inc", "entity", "organisation")
    assert found(desk) == ["Kestrel In", "Kestrel’s ", "Kestrel.\n"]
    assert desk.layers.get(first.id) == first


def test_all_that_is_ticked_is_one_change(desk: Desk) -> None:
    first = tagged(desk.session, "Kestrel", "entity", "organisation")
    asked = desk.occurrences(first)
    asked.run()
    before = len(desk.session.history())
    places = asked.others
    assert desk.tag_all(first, places[:3]) == "Tagged 3 more “Kestrel” as organisation"
    assert len(desk.layers) == 4
    assert desk.tag_all(first, places) == "Tagged 1 more “Kestrel” as organisation"
    assert desk.tag_all(first, places) == "There was nothing more to tag"
    assert len(desk.session.history()) == before + 2
    assert desk.undo() == "Undone: tagged 1 more “Kestrel” as organisation"
    desk.undo()
    assert desk.layers.annotations == [first]
    desk.redo()
    assert len(desk.layers) == 4


def test_a_mark_of_several_parts_is_refused(desk: Desk) -> None:
    both = (*place(desk.session, "Kestrel ran"), *place(desk.session, "she said"))
    split = desk.session.tag("claim", both)
    with pytest.raises(InputError, match="has 2 parts"):
        desk.occurrences(split)


def test_an_occurrence_is_shown_with_the_words_round_it(desk: Desk) -> None:
    first = tagged(desk.session, "Kestrel", "entity")
    asked = desk.occurrences(first)
    asked.run()
    shown = asked.context(asked.others[-1], around=12)
    assert shown == Context("’s man left ", "Kestrel", ". ")
    assert asked.context(Fragment(0, 7), around=4) == Context("", "Kestrel", " ran")


def test_ten_thousand_are_one_change_and_its_undo(tmp_path: Path) -> None:
    desk = Desk(library(tmp_path).open(written(tmp_path, "Kestrel ran the depot. " * 10_001)))
    first = tagged(desk.session, "Kestrel", "entity", "organisation")
    asked = desk.occurrences(first)
    asked.run()
    begun = time.process_time()
    said = desk.tag_all(first, asked.others)
    assert said == "Tagged 10,000 more “Kestrel” as organisation"
    desk.undo()
    assert len(desk.layers) == 1
    assert time.process_time() - begun < 20  # 2 seconds on the machine it was written on


def test_no_hit_is_looked_at_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(library(tmp_path).open(written(tmp_path, "Kestrel ran the depot. " * 20_000)))
    asked = desk.occurrences(tagged(desk.session, "Kestrel", "entity"))
    seen, found = [], Hits.found
    monkeypatch.setattr(Hits, "found", lambda hits, at: seen.append(at) or found(hits, at))
    asked.run()
    assert seen == list(range(20_000))
    assert len(asked.others) == 19_999
    assert asked.others[0].start == 23


def test_marks_that_come_while_it_looks_are_not_marked_twice(desk: Desk) -> None:
    first = tagged(desk.session, "Kestrel", "entity", "organisation")
    asked = desk.occurrences(first)
    at = TEXT.index("Kestrel knew")
    desk.session.tag("entity", (Fragment(at, at + 7),))
    asked.run()
    assert len(asked.others) == 4
    assert desk.tag_all(first, asked.others) == "Tagged 3 more “Kestrel” as organisation"


def hits(starts: list[int], later: int) -> Hits:
    """Places of two characters as they were found: so many of them after the seam."""
    return Hits(array("q", starts), array("q", [start + 2 for start in starts]), later, len(starts))


@given(
    st.lists(st.integers(0, 99), max_size=30, unique=True).map(sorted),
    st.lists(st.integers(0, 99).map(lambda at: at - at % 10) | st.none(), max_size=12),
    st.integers(0, 30),
)
def test_ticks_are_those_of_a_list_of_boxes(
    starts: list[int], keys: list[int | None], shown_first: int
) -> None:
    """`None` is the key for all or none; a number turns the first place from there on."""
    places = hits(starts, 0)
    ticks = Ticks(hits(starts[:shown_first], 0))
    boxes = dict.fromkeys(places, True)
    ticks.show(places)
    for key in keys:
        if key is None:
            all_ticked = all(boxes.values())
            boxes = dict.fromkeys(places, not all_ticked)
            ticks.turn_all()
        elif place := next((each for each in places if each.start >= key), None):
            boxes[place] = not boxes[place]
            ticks.turn(place)
        if not places:
            continue
        assert [each in ticks for each in places] == list(boxes.values())
        assert len(ticks) == sum(boxes.values())
        assert list(ticks.chosen) == [each for each, ticked in boxes.items() if ticked]


def test_what_is_not_ticked_stays_so_with_other_places() -> None:
    ticks = Ticks(hits([10, 20], 2))
    ticks.turn(Fragment(20, 22))
    ticks.show(hits([10, 30], 2))
    assert len(ticks) == 2
    ticks.show(hits([10, 20, 30, 0], 3))
    assert len(ticks) == 3
    assert [each.start for each in ticks.chosen] == [0, 10, 30]


def test_so_many_go_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(occurrences, "AT_ONCE", 3)
    chosen = Ticks(hits([10, 20, 30, 40, 50], 5)).chosen
    assert (len(chosen), chosen.left) == (3, 2)
    assert [each.start for each in chosen] == [10, 20, 30]
    assert chosen.reached == 3
    assert [each.start for each in chosen] == [10, 20, 30]  # again, where another was faster


def test_it_can_be_stopped_while_the_places_are_gone_through() -> None:
    chosen = Ticks(hits([10, 20], 2)).chosen
    some = iter(chosen)
    next(some)
    chosen.stop()
    with pytest.raises(InputError, match="it was stopped"):
        next(some)
