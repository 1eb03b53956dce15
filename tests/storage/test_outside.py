"""What others did to a document, fitted to what was done here: nothing of either is lost."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.model.annotation import Annotation
from reader.model.change import Change, Edit, Record
from reader.model.document import Document
from reader.model.link import Link
from reader.model.plain import to_plain
from reader.storage.journal import Line, Op
from reader.storage.json_file import Tables, seal
from reader.storage.outside import both_sides, difference, fitted, foreign, joined
from reader.storage.state import State, fresh_tables, read_layers
from tests.model.build import TEXT, adding, change, document, mark, removing, tie
from tests.storage.build import CLAIM, CUE, LINK, SOURCE

PATH = Path("a.json")
BEGIN = adding(CLAIM, SOURCE, CUE, LINK)


def state(*changes: Change) -> State:
    made = State(fresh_tables(document()), PATH)
    for each in changes:
        apply(made, each)
    return made


def apply(made: State, done: Change) -> None:
    ops, _ = made.operations(done)
    made.apply(Line(s=made.seq + 1, t=0, o=ops))


def records(made: State | Tables) -> dict[str, Record]:
    tables = made.tables if isinstance(made, State) else made
    layers = read_layers(tables, PATH)
    return {each.id: replace(each, rev=1) for each in (*layers.annotations, *layers.links)}


def taken_in(here: State, base: State, there: State) -> int:
    """Do here what was done there; how much of it was not."""
    edits = difference(base.tables, there.tables, PATH)
    fit, lost = fitted(Change(tuple(edits), "", "", ""), here)
    apply(here, fit)
    return lost


# Differences --------------------------------------------------------------------------------------


def test_a_difference_turns_one_state_into_the_other() -> None:
    one = state(BEGIN)
    other = state(
        BEGIN,
        removing(LINK),
        change(Edit(CLAIM, replace(CLAIM, note="x")), Edit(CUE, None), Edit(None, mark(9))),
        change(Edit(document(), document(note="n", extra={"genre": "news"}))),
    )
    edits = difference(one.tables, other.tables, PATH)
    assert [(e.before and e.before.id, e.after and e.after.id) for e in edits] == [
        (CLAIM.id, CLAIM.id),
        (CUE.id, None),
        (None, mark(9).id),
        (LINK.id, None),
        (document().id, document().id),
    ]
    apply(one, Change(tuple(edits), "", "", ""))
    assert records(one) == records(other)
    assert (one.document["note"], one.document["genre"]) == ("n", "news")
    assert difference(one.tables, other.tables, PATH) == []


def test_counters_and_where_one_reads_are_no_difference() -> None:
    one = state(BEGIN)
    other = state(
        BEGIN,
        change(Edit(CLAIM, replace(CLAIM, note="x"))),
        change(Edit(replace(CLAIM, note="x"), CLAIM)),
        change(Edit(document(), document(position=9, opened="x", paths=("a",), bytes=3))),
    )
    assert difference(one.tables, other.tables, PATH) == []


def test_what_is_left_out_and_what_is_the_default_are_the_same() -> None:
    one, other = state(BEGIN).copy(), state(BEGIN).copy()
    for table in ("document", "annotations", "links"):
        row = other[table]["1"]
        other[table]["1"] = {name: each for name, each in row.items() if name != "note"}
    del other["removed"]
    assert difference(one, other, PATH) == []


def test_tables_of_others_differ_row_by_row() -> None:
    one: Tables = {"trails": {"1": {"x": 1}, "2": {}}, "annotations": {"1": {}}, "_meta": {}}
    other: Tables = {"trails": {"1": {"x": 2}, "10": {}}, "more": {"3": {}}}
    assert foreign(one, other) == [
        Op("more", "3", {}, None),
        Op("trails", "1", {"x": 2}, {"x": 1}),
        Op("trails", "2", None, {}),
        Op("trails", "10", {}, None),
    ]
    assert foreign(one, one) == []


# Both sides ---------------------------------------------------------------------------------------

FREE = mark(1, note="")
TIED = tie(4, SOURCE, CUE)


def done(record: Annotation | Link, what: str) -> list[Change]:
    if what == "unchanged":
        return []
    after = None if what == "removed" else replace(record, note=what)
    return [change(Edit(record, after))]


EXPECTED = {
    ("unchanged", "unchanged"): [""],
    ("unchanged", "there"): ["there"],
    ("unchanged", "removed"): [],
    ("here", "unchanged"): ["here"],
    ("here", "there"): ["here", "there"],
    ("here", "here"): ["here"],
    ("here", "removed"): ["here"],
    ("removed", "unchanged"): [],
    ("removed", "there"): ["there"],
    ("removed", "removed"): [],
}


@pytest.mark.parametrize(("here", "there"), EXPECTED)
@pytest.mark.parametrize("record", [FREE, TIED])
def test_whatever_two_sides_did_to_a_record_no_work_is_lost(
    record: Annotation | Link, here: str, there: str
) -> None:
    begin = adding(SOURCE, CUE, record)
    base = state(begin)
    mine, theirs = state(begin, *done(record, here)), state(begin, *done(record, there))
    for again in range(3):  # twice is as good as once
        lost = taken_in(mine, base, theirs)
        held = [each for each in records(mine).values() if each.id not in (SOURCE.id, CUE.id)]
        assert sorted(str(getattr(each, "note", None)) for each in held) == EXPECTED[here, there]
        assert lost == ((here, there) == ("here", "removed")), again
        if EXPECTED[here, there] and here != "removed":
            assert record.id in records(mine)


def test_a_link_made_here_keeps_the_mark_that_was_removed_there() -> None:
    begin = adding(CLAIM, SOURCE, CUE)
    mine = state(begin, adding(LINK))
    assert taken_in(mine, state(begin), state(begin, removing(CLAIM, SOURCE, CUE))) == 3
    assert set(records(mine)) == {each.id for each in (CLAIM, SOURCE, CUE, LINK)}


def test_a_link_made_there_on_a_mark_that_was_removed_here_is_told() -> None:
    begin = adding(CLAIM, SOURCE, CUE)
    mine = state(begin, removing(SOURCE))
    assert taken_in(mine, state(begin), state(begin, adding(LINK))) == 1
    assert set(records(mine)) == {CLAIM.id, CUE.id}


def test_links_come_with_their_marks() -> None:
    mine = state()
    assert taken_in(mine, state(), state(BEGIN)) == 0
    assert records(mine) == records(state(BEGIN))


def test_fields_of_the_document_are_taken_over_one_by_one() -> None:
    mine = state(change(Edit(document(), document(note="here"))))
    taken_in(mine, state(), state(change(Edit(document(), document(state="done")))))
    assert (mine.document["note"], mine.document["state"]) == ("here", "done")


MARKS = [mark(each, (each, each + 4)) for each in range(6)]
TIES = [tie(20 + each, MARKS[each], MARKS[(each + 1) % 6]) for each in range(6)]


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[str, int, str]]:
    acts = st.sampled_from(["mark", "tie", "note", "untie", "unmark"])
    words = st.sampled_from("abc")
    return draw(st.lists(st.tuples(acts, st.integers(0, 5), words), max_size=12))


def lived(made: State, acts: list[tuple[str, int, str]]) -> State:
    """A state after these acts, those left out that cannot be done."""
    for act, number, word in acts:
        now = read_layers(made.tables, PATH)
        found = now.find(MARKS[number].id)
        link = now.link_if_there(TIES[number].id)
        ends = all(now.find(end) for end in TIES[number].ends)
        edits: list[Edit] = []
        if act == "mark" and found is None:
            edits = [Edit(None, replace(MARKS[number], note=word))]
        elif act == "tie" and link is None and ends:
            edits = [Edit(None, TIES[number])]
        elif act == "note" and found is not None:
            edits = [Edit(found, replace(found, note=word))]
        elif act == "untie" and link is not None:
            edits = [Edit(link, None)]
        elif act == "unmark" and found is not None:
            edits = [Edit(each, None) for each in (*now.links_of(found.id), found)]
        if edits:
            apply(made, change(*edits))
    return made


@given(histories(), histories(), histories())
def test_two_sides_of_any_history_come_together(
    begin: list[Any], here: list[Any], there: list[Any]
) -> None:
    base = lived(state(), begin)
    mine, theirs = (lived(lived(state(), begin), each) for each in (here, there))
    before = records(mine)
    was, other = records(base), records(theirs)
    taken_in(mine, base, theirs)
    after = records(mine)
    held = [replace(each, id="") for each in after.values() if isinstance(each, Annotation)]
    for each in before.values():
        # what was changed here and is gone was removed there, unchanged
        assert each.id in after or (was.get(each.id) == each and each.id not in other)
        if was.get(each.id) != each:
            assert after[each.id] == each
    for each in other.values():
        if was.get(each.id) != each and isinstance(each, Annotation):
            assert replace(each, id="") in held
    once = mine.copy()
    taken_in(mine, base, theirs)
    assert records(mine) == records(once)


@given(histories(), histories(), histories())
def test_two_lines_of_changes_are_joined_without_what_they_began_with(
    begin: list[Any], here: list[Any], there: list[Any]
) -> None:
    mine, theirs = (lived(lived(state(), begin), each) for each in (here, there))
    before, other = records(mine), records(theirs)
    stones = {str(row["id"]) for each in (mine, theirs) for row in each.tables["removed"].values()}
    apply(mine, Change(tuple(joined(mine, [theirs.tables])), "", "", ""))
    after = records(mine)
    assert (before.keys() | other.keys()) - after.keys() <= stones
    assert joined(mine, [theirs.tables]) == []


# A merge that git could not do --------------------------------------------------------------------


def file(made: State) -> bytes:
    return seal(made.tables, "")


def merge(folder: Path, base: State, ours: State, theirs: State, style: str) -> bytes:
    """What git makes of two sides."""
    names = []
    for name, each in (("ours", ours), ("base", base), ("theirs", theirs)):
        (folder / name).write_bytes(file(each))
        names.append(str(folder / name))
    call = ["git", "merge-file", "-p", *([f"--{style}"] if style else []), *names]
    done = subprocess.run(call, capture_output=True, check=False)
    assert done.returncode > 0
    assert b"<<<<<<<" in done.stdout
    return done.stdout


STYLES = ["", "diff3", "zdiff3"]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("stands_on", ["ours", "theirs", "base"])
def test_both_sides_of_a_conflict_are_taken_in(tmp_path: Path, style: str, stands_on: str) -> None:
    """Wherever the state is, that backup and journal lead to."""
    ours = [
        adding(mark(11), note_of(12, "a", CLAIM)),
        change(Edit(SOURCE, replace(SOURCE, note="x"))),
        change(Edit(document(), document(note="from here"))),
    ]
    theirs = [
        adding(mark(21), mark(22)),
        adding(tie(23, mark(21), mark(22))),
        removing(LINK),
        change(Edit(CUE, replace(CUE, note="y"))),
        change(Edit(document(), document(note="from there", url="https://example.org"))),
    ]
    sides = {"base": [], "ours": ours, "theirs": theirs}
    data = merge(tmp_path, state(BEGIN), state(BEGIN, *ours), state(BEGIN, *theirs), style)
    here = state(BEGIN, *sides[stands_on])
    apply(here, Change(tuple(both_sides(data, here)), "", "", ""))
    held = records(here)
    marks = {each.id for each in (CLAIM, SOURCE, CUE, mark(11), mark(12), mark(21), mark(22))}
    assert set(held) == {*marks, mark(23).id}
    assert {str(getattr(held[each.id], "note", "")) for each in (SOURCE, CUE)} == {"x", "y"}
    assert {"from here", "from there"} == set(str(here.document["note"]).split("\n"))
    assert here.document["url"] == "https://example.org"
    assert both_sides(data, here) == []


def test_a_link_of_one_side_may_hang_on_a_mark_of_the_other() -> None:
    """As git merges the tables of a file one by one."""
    marks = state(adding(mark(21), mark(22))).tables
    links = {**state().tables, "links": {"1": to_plain(tie(23, mark(21), mark(22)))}}
    for sides in ([links, marks], [marks, links]):
        here = state(BEGIN)
        apply(here, Change(tuple(joined(here, sides)), "", "", ""))
        assert {mark(21).id, mark(22).id, mark(23).id} <= set(records(here))


def note_of(number: int, note: str, like: Annotation) -> Annotation:
    return replace(like, id=mark(number).id, note=note)


@pytest.mark.parametrize("style", STYLES)
def test_a_mark_changed_on_both_sides_of_a_conflict_is_kept_twice(
    tmp_path: Path, style: str
) -> None:
    ours, theirs = (
        state(BEGIN, change(Edit(CLAIM, replace(CLAIM, note=each)))) for each in ("one", "two")
    )
    data = merge(tmp_path, state(BEGIN), ours, theirs, style)
    for here in (ours, theirs, state(BEGIN)):
        apply(here, Change(tuple(both_sides(data, here)), "", "", ""))
        notes = {str(getattr(each, "note", "")) for each in records(here).values()}
        assert {"one", "two"} <= notes
        assert len(records(here)) == 5


def test_rows_of_a_side_that_make_no_sense_are_left_out(tmp_path: Path) -> None:
    far = mark(31, (0, len(TEXT)))
    ours, theirs = state(BEGIN, adding(mark(11))), state(BEGIN, adding(far, mark(32)))
    row = theirs.tables["annotations"]["4"]
    theirs.tables["annotations"]["4"] = {**row, "fragments": [[0, 10**6]]}
    data = merge(tmp_path, state(BEGIN), ours, theirs, "")
    apply(ours, Change(tuple(both_sides(data, ours)), "", "", ""))
    assert mark(32).id in records(ours)
    assert far.id not in records(ours)


def test_the_marks_of_another_text_are_never_taken_in(tmp_path: Path) -> None:
    other = State(fresh_tables(document("Another text.", number=0xD0C)), PATH)
    apply(other, adding(mark(5, text="Another text.")))
    data = merge(tmp_path, state(BEGIN), state(BEGIN, adding(mark(11))), other, "")
    assert both_sides(data, state(BEGIN, adding(mark(11)))) == []


@pytest.mark.parametrize(
    "data", [b"", b"<<<<<<< HEAD\n", b"{}", b"<<<<<<< a\n=======\n>>>>>>> b\n"]
)
def test_what_holds_no_sides_gives_nothing(data: bytes) -> None:
    assert both_sides(data, state(BEGIN)) == []


def test_the_later_document_counts_where_both_say_something() -> None:
    def of(**fields: Any) -> Tables:
        return fresh_tables(document(**fields))

    here = State(of(updated="2026-01-02T00:00:00.000Z", title="here", url="a"), PATH)
    there = of(updated="2026-01-01T00:00:00.000Z", title="there", author="b", note="n")
    (edit,) = joined(here, [there])
    assert isinstance(edit.after, Document)
    assert (edit.after.title, edit.after.url) == ("here", "a")
    assert (edit.after.author, edit.after.note) == ("b", "n")
