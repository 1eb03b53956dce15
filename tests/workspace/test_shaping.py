"""Edges, parts, kinds and repetition: what the keys for them do at a desk, and its undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.errors import ConflictError, InputError
from reader.model.annotation import Annotation
from reader.model.fragment import Fragment
from reader.model.link import Link
from reader.model.scheme import Kind
from reader.workspace import selection as motion
from reader.workspace.desk import Desk
from tests.model.build import TEXT
from tests.workspace.build import library, place, tagged, written


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(library(tmp_path).open(written(tmp_path, TEXT)))


def kind(desk: Desk, name: str) -> Kind:
    return desk.session.scheme.kind(name)


def select(desk: Desk, words: str) -> None:
    at = TEXT.index(words)
    desk.select(motion.hard((at, at + len(words))))


def tag(desk: Desk, words: str, name: str, label: str | None = None) -> Annotation:
    select(desk, words)
    desk.tag(kind(desk, name), label)
    assert desk.current is not None
    return desk.current


def now(desk: Desk, annotation: Annotation) -> Annotation:
    return desk.layers.get(annotation.id)


# Repeating ----------------------------------------------------------------------------------------


def test_repeating_takes_what_the_key_would(desk: Desk) -> None:
    assert desk.repeat() == "Nothing has been tagged yet that could be repeated"
    tag(desk, "PORT AMRIN", "entity", "place")
    desk.move_to(TEXT.index("Varga"))
    assert desk.repeats == ("entity", "place")
    assert desk.repeat() == "Tagged “Ines Varga” as place"
    assert desk.repeat() == "“Ines Varga” is place already"
    select(desk, "Varga,")
    assert desk.repeat() == "Tagged “Varga,” as place"


def test_a_label_given_later_is_repeated_too(desk: Desk) -> None:
    claim = tag(desk, "A fire destroyed two warehouses", "claim")
    desk.relabel(claim, "statistic")
    select(desk, "nothing was done")
    assert desk.repeat() == "Tagged “nothing was done” as statistic"
    tag(desk, "officials", "source")
    select(desk, "officials")
    assert desk.repeat() == "“officials” is tagged as source already"


# Edges --------------------------------------------------------------------------------------------


def test_the_selection_becomes_the_part_that_it_touches(desk: Desk) -> None:
    made = tag(desk, "fire destroyed two", "claim", "statement")
    desk.describe(made, label="statement", note="kept")
    select(desk, "A fire destroyed two warehouses")
    said = "Changed “fire destroyed two” to “A fire destroyed two warehouses”"
    assert desk.fit() == said
    changed = now(desk, made)
    assert (changed.quote, changed.note) == (("A fire destroyed two warehouses",), "kept")
    assert desk.current == changed
    assert desk.fit() == "“A fire destroyed two warehouses” has these edges already"
    select(desk, "warehouses on Monday")
    desk.fit()
    assert now(desk, made).words == "warehouses on Monday"
    desk.undo()
    desk.undo()
    assert replace(now(desk, made), updated="", rev=0) == replace(
        made, note="kept", updated="", rev=0
    )


def test_parts_that_are_overlapped_merge_and_others_stay(desk: Desk) -> None:
    parts = [place(desk.session, each)[0] for each in ("A fire", "two warehouses", "officials")]
    made = desk.session.tag("claim", tuple(parts))
    desk.visit(made)
    select(desk, "fire destroyed two")
    desk.fit()
    assert now(desk, made).quote == ("fire destroyed two", "officials")


def test_without_a_mark_there_is_nothing_to_fit_or_split(desk: Desk) -> None:
    for act in (desk.fit, desk.split):
        with pytest.raises(InputError, match="No mark is here"):
            act()


def test_edges_that_another_session_has_moved_stay(tmp_path: Path, desk: Desk) -> None:
    made = tag(desk, "A fire destroyed", "claim")
    boris = library(tmp_path, "boris").open(str(tmp_path / "harbour-fire.txt"))
    theirs = boris.layers.get(made.id)
    boris.describe(theirs, label="causal", note="")
    select(desk, "A fire destroyed two")
    desk.fit()
    assert (now(desk, made).label, now(desk, made).words) == ("causal", "A fire destroyed two")
    with pytest.raises(ConflictError, match="stays where it is"):
        boris.reshape(theirs, (Fragment(0, 4),))
    boris.untag(boris.layers.get(made.id))
    with pytest.raises(ConflictError, match="no longer marked"):
        desk.session.reshape(made, (Fragment(0, 4),))


# Splitting and joining ----------------------------------------------------------------------------

QUOTED = "“We had warned them twice,” said Ines Varga, “and nothing was done.”"


def test_splitting_cuts_the_source_and_the_cue_out(desk: Desk) -> None:
    claim = tag(desk, QUOTED, "claim")
    assert "tag its source or cue" in desk.split()
    at = TEXT.index("said Ines")
    desk.session.tag("cue", (Fragment(at, at + 4),))
    source = tag(desk, "Ines Varga", "source")
    assert desk.split() == f"Cut “said” and “Ines Varga” out of “{QUOTED[:39]}…”"
    assert desk.current == now(desk, claim)
    assert now(desk, claim).quote == ("“We had warned them twice,”", "“and nothing was done.”")
    assert now(desk, source) == source
    select(desk, "nothing")
    assert desk.split() == "Cut “nothing” out of ““We had warned them twice,” … “and noth…”"
    assert now(desk, claim).quote[1:] == ("“and", "was done.”")
    assert desk.close_gaps(now(desk, claim)).startswith("Closed the gaps of")
    assert now(desk, claim).words == QUOTED
    assert desk.close_gaps(now(desk, claim)).endswith("is of one piece already")


def test_a_mark_that_nothing_would_be_left_of_stays(desk: Desk) -> None:
    claim = tag(desk, "Ines Varga, “", "claim")
    tag(desk, "Ines Varga", "source")
    assert desk.split() == "Nothing would be left of “Ines Varga, “”"
    assert now(desk, claim) == claim


def test_plain_words_are_joined_to_the_nearest_marks(desk: Desk) -> None:
    far = tag(desk, "A fire", "claim")
    near = tag(desk, "We had warned them twice", "claim", "quotation")
    select(desk, "nothing was done")
    offered = desk.joinable()
    assert (offered.here, offered.partners, offered.gaps) == (None, (near, far), False)
    assert desk.join_selection(near, offered.stretch) == (
        "Joined “nothing was done” to “We had warned them twice”"
    )
    assert now(desk, near).quote == ("We had warned them twice", "nothing was done")
    assert (desk.current, desk.selection.fragment) == (now(desk, near), offered.stretch)
    offered = desk.joinable()
    assert (offered.here, offered.partners, offered.gaps) == (now(desk, near), (far,), True)
    assert desk.join_selection(now(desk, near)).endswith("holds that already")


def test_two_marks_of_a_kind_become_one(desk: Desk) -> None:
    first = tag(desk, "We had warned them twice", "claim")
    source = tag(desk, "Ines Varga", "source")
    second = tag(desk, "nothing was done", "claim", "quotation")
    desk.attribute(second, source)
    desk.visit(first)
    offered = desk.joinable()
    assert (offered.here, offered.partners) == (first, (now(desk, second),))
    assert desk.join(first, offered.partners[0]) == (
        "Joined “nothing was done” to “We had warned them twice”"
    )
    assert desk.current == now(desk, first)
    assert (len(desk.layers), now(desk, first).label) == (2, "quotation")
    assert [other for _, other in desk.attributions(now(desk, first))] == [source]
    assert "Undone: joined" in desk.undo()
    assert len(desk.layers) == 3


def test_only_marks_of_one_annotator_are_joined(tmp_path: Path, desk: Desk) -> None:
    boris = library(tmp_path, "boris").open(str(tmp_path / "harbour-fire.txt"))
    tagged(boris, "nothing was done")
    mine = tag(desk, "We had warned them twice", "claim")
    desk.session.refresh()
    assert len(desk.layers) == 2
    assert desk.joinable().partners == ()
    select(desk, "officials")
    assert desk.joinable().partners == (mine,)


# Kinds, labels, attributes ------------------------------------------------------------------------


def test_the_kind_is_changed_in_place(desk: Desk) -> None:
    source = tag(desk, "Ines Varga", "source", "named")
    claim = tag(desk, "We had warned them twice", "claim")
    desk.attribute(claim, source)
    said = desk.retag([now(desk, source)], kind(desk, "entity"), "person")
    assert said == "Marked “Ines Varga” as person instead of source; 1 link went with that"
    assert desk.layers.links == []
    assert desk.layers.open_claims == 1
    desk.undo()
    assert (now(desk, source).kind, len(desk.layers.links)) == ("source", 1)
    assert desk.layers.open_claims == 0
    assert desk.retag([now(desk, source)], kind(desk, "source")) == (
        "“Ines Varga” is tagged as source already"
    )
    with pytest.raises(InputError, match="no label 'person'"):
        desk.retag([claim], kind(desk, "claim"), "person")


def test_a_link_that_came_unseen_keeps_the_kind(tmp_path: Path, desk: Desk) -> None:
    source = tag(desk, "Ines Varga", "source")
    claim = tag(desk, "We had warned them twice", "claim")
    boris = library(tmp_path, "boris").open(str(tmp_path / "harbour-fire.txt"))
    boris.link(boris.layers.get(claim.id), boris.layers.get(source.id))
    with pytest.raises(ConflictError, match="keeps its kind"):
        desk.retag([source], kind(desk, "entity"), "person")
    desk.retag([now(desk, source)], kind(desk, "entity"), "person")
    assert desk.layers.links == []


def test_several_are_labelled_and_deleted_at_once(desk: Desk) -> None:
    marks = [tag(desk, each, "claim") for each in ("A fire", "nothing was done", "a clerk")]
    assert desk.relabel_all(marks, "causal") == "Labelled “A fire” and 2 more causal"
    assert desk.relabel_all(desk.layers.annotations, "causal") == (
        "All of them are labelled so already"
    )
    with pytest.raises(InputError, match="no label 'named'"):
        desk.relabel_all(marks, "named")
    assert desk.delete(*desk.layers.annotations).startswith("Deleted the claim “A fire” and 2 more")
    desk.undo()
    desk.undo()
    assert [each.label for each in desk.layers.annotations] == [None] * 3


def test_attributes_are_set_beside_label_and_note(desk: Desk) -> None:
    made = tag(desk, "A fire", "claim")
    said = desk.describe(
        made, label="causal", note="see", attributes={"status": "disputed", "check_note": "log"}
    )
    assert said == "Set status, check note of “A fire”, with its label and a note"
    seen = now(desk, made)
    assert seen.attributes == {"status": "disputed", "check_note": "log"}
    assert desk.describe(seen, label="causal", note="see", attributes={"status": "disputed"}) == ""
    assert desk.describe(seen, label="causal", note="see", attributes={"check_note": ""})
    assert now(desk, made).attributes == {"status": "disputed"}
    with pytest.raises(InputError, match="status cannot be 'maybe'"):
        desk.describe(seen, label="causal", note="see", attributes={"status": "maybe"})
    desk.no_source(now(desk, made))
    desk.describe(now(desk, made), label="causal", note="see", attributes={"priority": "low"})
    assert now(desk, made).unattributed


def test_two_sessions_set_different_attributes(tmp_path: Path, desk: Desk) -> None:
    made = tag(desk, "A fire", "claim")
    boris = library(tmp_path, "boris").open(str(tmp_path / "harbour-fire.txt"))
    boris.describe(
        boris.layers.get(made.id),
        label=None,
        note="",
        attributes={"status": "refuted", "priority": "high", "check_note": "theirs"},
    )
    desk.describe(
        made, label=None, note="", attributes={"status": "disputed", "check_note": "mine"}
    )
    assert now(desk, made).attributes == {
        "status": "disputed",
        "priority": "high",
        "check_note": "theirs\nmine",
    }


# All of it, and back ------------------------------------------------------------------------------


def state(desk: Desk) -> tuple[object, ...]:
    """What there is, without counters and times of change."""
    marks = [replace(each, rev=0, updated="") for each in desk.layers.annotations]
    links = [replace(each, rev=0, updated="") for each in desk.layers.links]
    return desk.session.document.state, marks, links, desk.layers.open_claims


KINDS = ("entity", "claim", "source", "cue")


def _mark(desk: Desk, number: int) -> Annotation | None:
    there = desk.layers.annotations
    return there[number % len(there)] if there else None


def act(desk: Desk, what: str, number: int, other: int, start: int, length: int) -> None:
    """One of the edits, on whatever is there."""
    scheme = desk.session.scheme
    one, two = _mark(desk, number), _mark(desk, other)
    kind_ = scheme.kinds[other % len(scheme.kinds)]
    stretch = (start, start + length)
    if what == "tag":
        desk.select(motion.hard(stretch))
        desk.tag(kind_)
        return
    if one is None or two is None:
        return
    desk.visit(one)
    claims = [each for each in desk.layers.annotations if each.kind == "claim"]
    edits: dict[str, Callable[[], Any]] = {
        "fit": lambda: (desk.select(motion.hard((one.start, one.end + length))), desk.fit()),
        "split": desk.split,
        "join": lambda: one.id != two.id and one.kind == two.kind and desk.join(one, two),
        "join_selection": lambda: desk.join_selection(one, Fragment(*stretch)),
        "close_gaps": lambda: desk.close_gaps(one),
        "retag": lambda: desk.retag([one, two][: 1 + (one.id != two.id)], kind_),
        "relabel": lambda: one.kind == two.kind == "claim"
        and desk.relabel_all([one, two][: 1 + (one.id != two.id)], "causal"),
        "attribute": lambda: [
            desk.attribute_all(claims[:2], each) for each in desk.all_partners() if claims
        ][:1]
        if one.kind == "claim"
        else None,
        "attribute_new": lambda: claims and desk.attribute_new(claims[:2], (Fragment(*stretch),)),
        "tie": lambda: [desk.tie(one, partner, link)
                        for link in desk.link_types()[1:]
                        for partner in desk.link_partners(link)[:1]],
        "no_source": lambda: one.kind == "claim" and desk.no_source(one),
        "describe": lambda: one.kind == "claim"
        and desk.describe(one, label=None, note="n", attributes={"status": "refuted"}),
        "tag_all": lambda: desk.tag_all(one, [Fragment(*stretch), Fragment(0, 4)]),
        "delete": lambda: desk.delete(one),
        "done": desk.mark_done,
    }  # fmt: skip
    edits[what]()


WHAT = (
    *("tag", "tag", "tag", "fit", "split", "join", "join_selection", "close_gaps", "retag"),
    *("relabel", "attribute", "attribute_new", "tie", "no_source", "describe", "tag_all"),
    *("delete", "done"),
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(WHAT),
        st.integers(0, 5),
        st.integers(0, 5),
        st.integers(0, 150),
        st.integers(1, 40),
    ),
    max_size=14,
)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_every_sequence_is_taken_back_and_done_again(
    steps: list[tuple[str, int, int, int, int]],
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder)
        desk = Desk(library(path).open(written(path, TEXT)))
        states = [state(desk)]
        for step in steps:
            act(desk, *step)
            after = state(desk)
            for link in desk.layers.links:
                assert all(end in desk.layers for end in link.ends)
            for each in desk.layers.annotations:
                assert each.quote == tuple(TEXT[start:end] for start, end in each.fragments)
            assert isinstance(after[2], list)
            assert all(isinstance(each, Link) for each in after[2])
            if after != states[-1]:
                states.append(after)
        done = []
        while desk.session.undoable:
            done.append(state(desk))
            desk.undo()
        assert state(desk) == states[0]
        while desk.session.redoable:
            desk.redo()
            assert state(desk) == done.pop()
        assert not done
        again = Desk(library(path, "reader").open(str(path / "harbour-fire.txt")))
        assert state(again) == state(desk)
        desk.session.close()
        again.session.close()
