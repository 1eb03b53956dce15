"""The other places of a mark's words, and tagging them all at once."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from reader.errors import InputError
from reader.model.fragment import Fragment
from reader.workspace.desk import Desk
from reader.workspace.occurrences import Context
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
    return [TEXT[start : end + 3] for start, end in asked.others(desk.layers)]


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
    assert asked.others(desk.layers) == []
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
    places = asked.others(desk.layers)
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
    shown = asked.context(asked.others(desk.layers)[-1], around=12)
    assert shown == Context("’s man left ", "Kestrel", ". ")
    assert asked.context(Fragment(0, 7), around=4) == Context("", "Kestrel", " ran")


def test_ten_thousand_are_one_change_and_its_undo(tmp_path: Path) -> None:
    desk = Desk(library(tmp_path).open(written(tmp_path, "Kestrel ran the depot. " * 10_001)))
    first = tagged(desk.session, "Kestrel", "entity", "organisation")
    asked = desk.occurrences(first)
    asked.run()
    begun = time.process_time()
    said = desk.tag_all(first, asked.others(desk.layers))
    assert said == "Tagged 10,000 more “Kestrel” as organisation"
    desk.undo()
    assert len(desk.layers) == 1
    assert time.process_time() - begun < 20  # 2 seconds on the machine it was written on
