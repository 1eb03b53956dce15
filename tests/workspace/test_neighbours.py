"""What a tag key takes beside the mark that is selected, and the cue that a tie waits for."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.model.fragment import Fragment
from reader.workspace.desk import Desk
from reader.workspace.edits import shown
from reader.workspace.session import Session
from tests.workspace.build import library, place, tagged, written

DEPOT = """\
Kestrel officials said that the depot was safe.

"We had warned them twice," said Ines Varga, a harbour master, "and nothing was done."

The pump was old, according to two inspectors.

"Nobody asked," said pilot Tove Lind, "and nobody came."

Mr. Quillard denied it, adding that the letter was answered.
"""


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return library(tmp_path).open(written(tmp_path, DEPOT), None)


def taken(session: Session, words: str, kind: str, wanted: str) -> list[str]:
    """What the key of a kind takes beside words that were just tagged as another."""
    desk = Desk(session)
    desk.visit(tagged(session, words, kind))
    found = desk.target(session.scheme.kind(wanted))
    return [DEPOT[slice(*each)] for each in found]


@pytest.mark.parametrize(
    ("words", "kind", "wanted", "found"),
    [
        ("said", "cue", "source", ["Kestrel officials"]),
        ("said", "cue", "claim", ["that the depot was safe"]),
        ("Kestrel officials", "source", "cue", ["said"]),
        ("Kestrel officials", "source", "claim", ["that the depot was safe"]),
        ("that the depot was safe", "claim", "cue", ["said"]),
        ("that the depot was safe", "claim", "source", ["Kestrel officials"]),
        ('"We had warned them twice,"', "claim", "cue", ["said"]),
        ('"We had warned them twice,"', "claim", "source", ["Ines Varga, a harbour master"]),
        (
            "Ines Varga, a harbour master",
            "source",
            "claim",
            ['"We had warned them twice,"', '"and nothing was done."'],
        ),
        ("according to", "cue", "source", ["two inspectors"]),
        ("according to", "cue", "claim", ["The pump was old"]),
        ("The pump was old", "claim", "cue", ["according to"]),
        ("Tove Lind", "source", "cue", ["said"]),
        ("Tove Lind", "source", "claim", ['"Nobody asked,"']),
        ("adding", "cue", "source", ["Mr. Quillard"]),
        ("adding", "cue", "claim", ["that the letter was answered"]),
    ],
)
def test_the_neighbour_of_what_was_just_tagged(
    session: Session, words: str, kind: str, wanted: str, found: list[str]
) -> None:
    assert taken(session, words, kind, wanted) == found


def test_a_noun_that_follows_is_no_report(tmp_path: Path) -> None:
    text = "PORT AMRIN - A fire burned.\n"
    session = library(tmp_path).open(written(tmp_path, text), None)
    desk = Desk(session)
    desk.visit(tagged(session, "PORT AMRIN", "source"))
    assert desk.doubles(session.scheme.kind("cue"))


def test_an_entity_is_marked_on_the_very_words(session: Session) -> None:
    assert taken(session, "Ines Varga", "source", "entity") == ["Ines Varga"]
    assert taken(session, "Kestrel", "entity", "source") == ["Kestrel"]


def test_a_selection_that_was_extended_is_taken_exactly(session: Session) -> None:
    desk = Desk(session)
    desk.visit(tagged(session, "said", "cue"))
    desk.extend_to(DEPOT.index("that"))
    assert [DEPOT[slice(*each)] for each in desk.target(session.scheme.kind("claim"))] == [
        "said that"
    ]


def test_three_keys_mark_three_spans(session: Session) -> None:
    desk = Desk(session)
    desk.move_to(DEPOT.index("said"))
    for kind in ("cue", "claim", "source"):
        desk.tag(session.scheme.kind(kind))
    marks = [(each.kind, each.words) for each in session.layers.annotations]
    assert marks == [
        ("source", "Kestrel officials"),
        ("cue", "said"),
        ("claim", "that the depot was safe"),
    ]


def test_a_cue_that_is_tagged_last_goes_with_the_tie_that_waits(session: Session) -> None:
    desk = Desk(session)
    claim = tagged(session, "that the depot was safe")
    source = tagged(session, "Kestrel officials", "source")
    tie = session.link(claim, source)
    said = desk.tag(session.scheme.kind("cue"), fragments=place(session, "said"))
    cue = session.layers.of_kind("cue")[0]
    assert session.layers.link(tie.id).via_id == cue.id
    assert f"of “{shown(claim)}” ← {shown(source)}" in said
    desk.undo()
    assert session.layers.link(tie.id).via_id is None
    assert not session.layers.of_kind("cue")
    desk.redo()
    assert session.layers.link(tie.id).via_id == cue.id


def test_a_cue_far_from_any_tie_is_a_cue_and_no_more(session: Session) -> None:
    claim = tagged(session, "that the depot was safe")
    tie = session.link(claim, tagged(session, "Kestrel officials", "source"))
    session.tag("cue", place(session, "according to"))
    assert session.layers.link(tie.id).via_id is None


def test_a_tie_keeps_the_cue_that_it_has(session: Session) -> None:
    claim = tagged(session, "that the depot was safe")
    first = tagged(session, "said", "cue")
    tie = session.link(claim, tagged(session, "Kestrel officials", "source"), via=first)
    session.tag("cue", (Fragment(first.start, first.start + 2),))
    assert session.layers.link(tie.id).via_id == first.id
