"""All marks on one document: their order, their ties, and changes with their inverses."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.errors import ConflictError, InputError
from reader.model import layer
from reader.model.annotation import Annotation, reading_order
from reader.model.change import Change, Edit
from reader.model.fragment import Fragment
from reader.model.layer import Layers
from reader.model.link import Link
from tests.model.build import adding, change, document, mark, record_id, removing, tie

A = mark(1, (10, 20))
B = mark(2, (0, 5), (30, 40), kind="source")
C = mark(3, (0, 5), kind="cue")
D = mark(4, (10, 20), kind="entity")
TIE = tie(9, A, B, C)


def layers(*records: Annotation | Link) -> Layers:
    marks = [each for each in records if isinstance(each, Annotation)]
    return Layers(document(), marks, [each for each in records if isinstance(each, Link)])


def everything(state: Layers) -> tuple[Any, ...]:
    """All that can be asked of layers, to tell two states apart."""
    ids = [each.id for each in state.annotations]
    return (
        state.document,
        state.annotations,
        state.links,
        len(state),
        [state.links_of(each) for each in ids],
        sorted((fragment, each.id) for fragment, each in state.fragments_in(0, 10_000)),
    )


def test_reading_order_is_by_first_start_last_end_kind_and_id() -> None:
    same = mark(5, (10, 20))
    assert layers(D, same, B, A, C).annotations == [C, B, A, same, D]
    assert reading_order(B) == (0, 40, "source", B.id)


def test_links_are_in_the_order_of_their_claims() -> None:
    late, early = tie(8, mark(5, (50, 60)), B), tie(9, A, B)
    also = tie(7, A, C)
    assert layers(A, B, C, mark(5, (50, 60)), late, early, also).links == [also, early, late]


def test_links_follow_their_ends() -> None:
    state = layers(A, B, C, D, TIE)
    assert [state.links_of(each.id) for each in (A, B, C, D)] == [[TIE], [TIE], [TIE], []]
    assert state.links_from(A.id, "attribution") == [TIE]
    assert state.links_to(B.id, "attribution") == [TIE]
    assert state.links_from(A.id, "denial") == state.links_from(B.id, "attribution") == []
    assert state.links_to(C.id, "attribution") == []
    moved = replace(TIE, to_id=D.id, via_id=None)
    state.apply(change(Edit(TIE, moved)))
    assert [state.links_of(each.id) for each in (A, B, C, D)] == [[moved], [], [], [moved]]
    state.apply(removing(moved))
    assert state.links == state.links_of(A.id) == []


def test_marks_in_a_stretch() -> None:
    state = layers(A, B, C, D)
    assert state.touching(Fragment(4, 11)) == [C, B, A, D]
    assert state.touching(Fragment(5, 10)) == []
    assert state.touching(Fragment(29, 31)) == [B]
    assert list(state.fragments_in(35, 36)) == [(Fragment(30, 40), B)]


def test_neighbours_go_through_all_marks_both_ways() -> None:
    state = layers(A, B, C, D)
    place, seen = (-1, -1, "", ""), []
    while (following := state.neighbour(place, 1)) is not None:
        seen.append(following)
        place = reading_order(following)
    assert seen == state.annotations
    place, seen = (10**9, 0, "", ""), []
    while (previous := state.neighbour(place, -1)) is not None:
        seen.append(previous)
        place = reading_order(previous)
    assert seen[::-1] == state.annotations
    assert state.neighbour((6, 6, "", ""), 1) == A
    assert state.neighbour((6, 6, "", ""), -1) == B
    assert layers().neighbour((0, 0, "", ""), 1) is None


def test_a_mark_is_found_by_the_beginning_of_its_id() -> None:
    state = layers(A, B, mark(0x1F, (60, 70)), TIE)
    assert state.find_annotation(A.id) == A
    assert layers(A).find_annotation("01a2") == A
    assert state.find_link(TIE.id[:-2]) == TIE
    with pytest.raises(InputError, match="3 marks have an id that begins with '01a'"):
        state.find_annotation("01a")
    for nothing in ("ffff", ""):
        with pytest.raises(InputError, match=f"No mark has an id that begins with '{nothing}'"):
            state.find_annotation(nothing)
    with pytest.raises(InputError, match="No link"):
        state.find_link(A.id)


def test_a_whole_id_is_found_though_another_begins_so() -> None:
    short, long = replace(A, id="abc"), replace(B, id="abcd")
    assert layers(short, long).find_annotation("abc") == short


@pytest.mark.parametrize(
    "wrong",
    [
        adding(A),
        removing(D),
        change(Edit(replace(A, note="other"), replace(A, note="new"))),
        change(Edit(D, replace(D, note="new"))),
        removing(replace(TIE, via_id=None)),
        change(Edit(None, D), Edit(None, A)),
        change(Edit(document(number=7), document(number=7, state="done"))),
    ],
)
def test_a_change_that_does_not_fit_changes_nothing(wrong: Change) -> None:
    state = layers(A, B, C, TIE)
    before = everything(state)
    with pytest.raises(ConflictError):
        state.apply(wrong)
    assert everything(state) == before
    assert state.revision == 0


def test_revisions_alone_are_no_conflict() -> None:
    state = layers(A)
    state.apply(change(Edit(replace(A, rev=9), replace(A, note="new", rev=10))))
    assert state.get(A.id).note == "new"
    assert state.revision == 1


def test_fields_of_the_document_may_have_changed_since() -> None:
    state = layers()
    state.document = replace(document(), position=90, note="theirs")
    state.apply(change(Edit(document(), replace(document(), state="done"))))
    assert state.document.state == "done"


def test_a_moved_mark_is_found_at_its_new_place_alone() -> None:
    state = layers(A, B)
    moved = mark(1, (100, 110))
    state.apply(change(Edit(A, moved)))
    assert state.touching(Fragment(10, 20)) == []
    assert state.touching(Fragment(105, 106)) == [moved]
    assert state.annotations == [B, moved]


ranges = st.tuples(st.integers(0, 150), st.integers(1, 40)).map(
    lambda pair: (pair[0], min(171, pair[0] + pair[1]))
)


@st.composite
def next_change(draw: st.DrawFn, state: Layers, number: int) -> Change:
    """Something that a person could do next."""
    marks, links = state.annotations, state.links
    kinds = ["add", "document"]
    kinds += ["edit", "remove", "link"] if marks else []
    kinds += ["unlink", "relink"] if links else []
    what = draw(st.sampled_from(kinds))
    if what == "add":
        return adding(mark(number, draw(ranges), kind=draw(st.sampled_from(["claim", "source"]))))
    if what == "document":
        note = draw(st.text(max_size=3))
        return change(Edit(state.document, replace(state.document, note=note)))
    if what in ("unlink", "relink"):
        link = draw(st.sampled_from(links))
        via = draw(st.sampled_from(marks)).id
        return change(Edit(link, None if what == "unlink" else replace(link, via_id=via)))
    one = draw(st.sampled_from(marks))
    if what == "edit":
        after = mark(0, draw(ranges), id=one.id, note=draw(st.text(max_size=3)))
        return change(Edit(one, after))
    if what == "link":
        return adding(tie(number, one, draw(st.sampled_from(marks))))
    return change(*(Edit(link, None) for link in state.links_of(one.id)), Edit(one, None))


@given(st.data())
def test_inverses_lead_back_through_every_state(data: st.DataObject) -> None:
    state = layers()
    states, done = [everything(state)], []
    for number in range(data.draw(st.integers(1, 10))):
        each = data.draw(next_change(state, number))
        state.apply(each)
        fresh = Layers(state.document, state.annotations, state.links)
        assert everything(state) == everything(fresh)  # no index has gone astray
        states.append(everything(state))
        done.append(each)
    for each, expected in zip(reversed(done), reversed(states[:-1]), strict=True):
        state.apply(each.inverse(annotator="boris", at="later", way="undo"))
        assert everything(state) == expected
    for each, expected in zip(done, states[1:], strict=True):
        state.apply(each)
        assert everything(state) == expected


def test_contains_and_get() -> None:
    state = layers(A)
    assert A.id in state
    assert record_id(99) not in state
    assert state.record(B) is None
    assert state.record(document(number=5)) == document()
    with pytest.raises(KeyError):
        state.get(B.id)


@st.composite
def large_change(draw: st.DrawFn, state: Layers, first: int) -> Change:
    """A change of many records at once: each is changed once."""
    marks, links = state.annotations, state.links
    kinds = st.sampled_from(["claim", "source", "cue"])
    edits = []
    lost = draw(st.sets(st.sampled_from([each.id for each in marks]))) if marks else set()
    for each in marks:
        if each.id in lost:
            edits.append(Edit(each, None))
        elif draw(st.booleans()):
            after = mark(0, draw(ranges), id=each.id, kind=draw(kinds))
            edits.append(Edit(each, after))
    for number in range(draw(st.integers(0, 6))):
        edits.append(Edit(None, mark(first + number, draw(ranges), kind=draw(kinds))))
    for link in links:
        if lost & set(link.ends) or draw(st.booleans()):
            edits.append(Edit(link, None))
    kept = [each for each in marks if each.id not in lost]
    if len(kept) > 1 and draw(st.booleans()):
        edits.append(Edit(None, tie(first + 50, kept[0], kept[-1])))
    if draw(st.booleans()):
        edits.append(Edit(state.document, replace(state.document, note="new")))
    return change(*draw(st.permutations(edits)))


@given(st.data())
def test_many_at_once_are_the_same_as_one_after_the_other(data: st.DataObject) -> None:
    marks = [
        mark(number, each, kind=kind)
        for number, (each, kind) in enumerate(
            data.draw(st.lists(st.tuples(ranges, st.sampled_from(["claim", "source"]))))
        )
    ]
    ties = [tie(50, marks[0], marks[1]), tie(51, marks[1], marks[0])] if len(marks) > 1 else []
    with pytest.MonkeyPatch.context() as patched:
        one, many = layers(*marks, *ties), layers(*marks, *ties)
        for first in (100, 200, 300):
            each = data.draw(large_change(one, first))
            patched.setattr(layer, "MANY", len(each.edits) + 1)
            one.apply(each)
            patched.setattr(layer, "MANY", 0)
            before = everything(many)
            ahead = many.after(each)
            assert everything(many) == before
            many.apply(each, ahead if data.draw(st.booleans()) else None)
            assert everything(many) == everything(one)
            assert {kind: many.of_kind(kind) for kind in one.kinds} == {
                kind: one.of_kind(kind) for kind in one.kinds
            }
            assert set(many.kinds) == set(one.kinds)
            assert many.open_claims == one.open_claims
            assert many.revision == one.revision
            assert many.changes_since(many.revision - 1) == [each]


def test_work_done_ahead_counts_for_the_layers_it_was_done_on_alone() -> None:
    state = layers(A)
    mine, theirs = adding(B), adding(C)
    ahead = state.after(mine)
    state.apply(theirs)
    state.apply(mine, ahead)
    assert state.annotations == [C, B, A]
    again = state.after(adding(D))
    state.apply(adding(TIE), again)
    assert D.id not in state
    assert state.links == [TIE]
