"""What a change does to the tables, and what it is refused for."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.errors import ConflictError, StoreError
from reader.model.change import Change, Edit
from reader.model.document import Document
from reader.model.plain import to_plain
from reader.storage.journal import Line, Op
from reader.storage.state import (
    State,
    change_of,
    fresh_tables,
    milliseconds,
    moment,
    read_layers,
)
from tests.model.build import LATER, adding, change, document, mark, record_id, removing, tie
from tests.storage.build import CLAIM, CUE, LINK, SOURCE

PATH = Path("a.json")


def state(*changes: Change) -> State:
    made = State(fresh_tables(document()), PATH)
    for each in changes:
        apply(made, each)
    return made


def apply(made: State, done: Change) -> Change:
    ops, written = made.operations(done)
    made.apply(Line(s=made.seq + 1, t=milliseconds(done.at), a=done.annotator, o=ops))
    return written


ALL = adding(CLAIM, SOURCE, CUE, LINK)


def test_operations_say_what_was_and_what_shall_be() -> None:
    made = state(ALL)
    now = replace(CLAIM, note="x")
    ops, written = made.operations(change(Edit(CLAIM, now), Edit(LINK, None), Edit(None, mark(9))))
    assert ops == [
        Op("annotations", "1", to_plain(replace(now, rev=2)), to_plain(CLAIM)),
        Op("links", "1", None, to_plain(LINK)),
        Op(
            "removed",
            "1",
            {"id": LINK.id, "rev": 2, "table": "links", "annotator": "anna", "at": LATER},
            None,
        ),
        Op("annotations", "4", to_plain(mark(9)), None),
    ]
    assert written.edits[0].after == replace(now, rev=2)


def test_making_operations_changes_nothing() -> None:
    made = state(ALL)
    before = made.copy()
    made.operations(removing(LINK, CUE))
    with pytest.raises(ConflictError):
        made.operations(removing(CUE))
    assert made.tables == before


def test_a_copy_stays_what_it_was() -> None:
    made = state(ALL)
    before, text = made.copy(), str(made.tables)
    apply(made, change(Edit(CLAIM, replace(CLAIM, note="x")), Edit(LINK, None)))
    apply(made, removing(CUE))
    assert str(before) == text


def test_a_line_gives_its_change_again() -> None:
    made = state(ALL)
    done = change(
        Edit(LINK, replace(LINK, via_id=None)),
        Edit(CUE, None),
        Edit(document(updated=LATER), document(updated=LATER, note="n")),
    )
    ops, written = made.operations(done)
    line = Line(s=2, t=milliseconds(LATER), a="anna", i="x", d="tagged", o=ops)
    assert change_of(line, PATH) == replace(written, id="x")


@pytest.mark.parametrize(
    "wrong",
    [
        adding(CLAIM),
        adding(replace(CLAIM, note="another with its id")),
        removing(mark(9)),
        change(Edit(replace(CLAIM, note="?"), replace(CLAIM, note="x"))),
        removing(replace(LINK, note="?")),
        # one that hangs in the air
        adding(tie(9, CLAIM, mark(98))),
        adding(tie(9, CLAIM, SOURCE, mark(98))),
        change(Edit(LINK, replace(LINK, to_id=record_id(98)))),
        removing(CLAIM),
        removing(SOURCE),
        removing(CUE),
        change(Edit(LINK, replace(LINK, via_id=None)), Edit(SOURCE, None)),
    ],
)
def test_a_change_that_does_not_start_from_what_is_there_is_refused(wrong: Change) -> None:
    made = state(ALL)
    with pytest.raises(ConflictError):
        made.operations(wrong)


@pytest.mark.parametrize(
    "right",
    [
        removing(LINK, CLAIM),
        removing(CLAIM, LINK),  # in either order
        change(Edit(LINK, replace(LINK, via_id=None)), Edit(CUE, None)),
        change(Edit(CUE, None), Edit(LINK, replace(LINK, via_id=None))),
        adding(tie(9, CLAIM, mark(8)), mark(8)),
        change(Edit(LINK, replace(LINK, to_id=record_id(8))), Edit(None, mark(8))),
        change(Edit(replace(CLAIM, rev=99), replace(CLAIM, note="x"))),  # a mere counter
    ],
)
def test_a_change_that_leaves_nothing_in_the_air_is_made(right: Change) -> None:
    made = state(ALL)
    apply(made, right)
    read_layers(made.tables, PATH)


def test_a_link_that_moves_on_no_longer_holds_its_old_end() -> None:
    made = state(ALL, change(Edit(LINK, replace(LINK, via_id=None))))
    apply(made, removing(CUE))
    apply(made, removing(made_link(made)))
    apply(made, removing(SOURCE))
    assert list(made.ids("annotations")) == [CLAIM.id]


def made_link(made: State) -> Any:
    (link,) = read_layers(made.tables, PATH).links
    return link


def test_removed_and_come_back_and_removed_again_counts_on() -> None:
    made = state(adding(CLAIM))
    for rev in (1, 3, 5):
        (row,) = made.tables["annotations"].values()
        assert row["rev"] == rev
        apply(made, removing(CLAIM))
        (stone,) = made.tables["removed"].values()
        assert (stone["id"], stone["rev"]) == (CLAIM.id, rev + 1)
        apply(made, adding(CLAIM))
        assert made.tables["removed"] == {}


def test_numbers_are_never_given_twice_while_it_is_open() -> None:
    made = state(adding(CLAIM, SOURCE), removing(SOURCE), adding(CUE))
    assert sorted(made.tables["annotations"]) == ["1", "3"]
    assert made.free("annotations") == "4"
    assert made.free("annotations", [Op("annotations", "7", {}, None)]) == "8"
    assert made.free("links", [Op("annotations", "7", {}, None)]) == "1"


def test_many_in_one_change_get_numbers_one_after_the_other() -> None:
    made = state(adding(*(mark(each) for each in range(1, 30))))
    assert [int(each) for each in made.tables["annotations"]] == list(range(1, 30))
    apply(made, removing(*(mark(each) for each in range(1, 30))))
    assert [int(each) for each in made.tables["removed"]] == list(range(1, 30))


def test_only_what_a_change_changed_in_the_document_is_changed() -> None:
    made = state()
    start = document()
    apply(made, change(Edit(start, replace(start, note="n", extra={"genre": "news"}))))
    apply(made, change(Edit(start, replace(start, state="done"))))
    row = made.document
    assert (row["note"], row["state"], row["genre"], row["updated"]) == ("n", "done", "news", LATER)


def test_a_reading_place_is_no_change_of_the_document() -> None:
    made = state()
    made.apply(Line(s=1, t=milliseconds(LATER), u="place", o=[]))
    assert (made.seq, made.document["updated"]) == (1, document().updated)


def test_a_line_fits_only_on_what_it_started_from() -> None:
    made = state(ALL)
    ops, _ = made.operations(removing(LINK))
    assert made.fits(Line(s=2, t=0, o=ops))
    assert not made.fits(Line(s=3, t=0, o=ops))
    apply(made, change(Edit(LINK, replace(LINK, note="x"))))
    assert not made.fits(Line(s=3, t=0, o=ops))
    assert not made.fits(Line(s=3, t=0, o=[Op("annotations", "1", {"id": "z"}, None)]))
    assert made.fits(Line(s=3, t=0, o=[Op("trails", "1", {"id": "z"}, None)]))


@pytest.mark.parametrize("seq", [None, "7", True, 1.5])
def test_a_sequence_that_is_no_number_is_none(seq: object) -> None:
    tables = fresh_tables(document())
    tables["_meta"]["1"]["seq"] = seq
    assert State(tables, PATH).seq == 0


@given(st.integers(0, 253_402_300_799_999))
def test_a_moment_is_read_as_the_milliseconds_it_was_made_of(at: int) -> None:
    assert milliseconds(moment(at)) == at
    assert len(moment(at)) == len(LATER)


@given(
    st.datetimes(datetime(1970, 1, 1), datetime(9999, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
)
def test_a_moment_is_in_rfc_3339(at: datetime) -> None:
    at = at.replace(microsecond=at.microsecond // 1000 * 1000)
    assert datetime.fromisoformat(moment(milliseconds(at.isoformat()))) == at


def test_ids_that_are_there_twice_are_refused() -> None:
    made = state(ALL)
    for table in ("annotations", "links"):
        tables = made.copy()
        tables[table]["9"] = tables[table]["1"]
        with pytest.raises(StoreError, match="the same id"):
            read_layers(tables, PATH)


def test_a_document_that_others_changed_is_given_as_it_is_now() -> None:
    made = state(change(Edit(document(), document(note="theirs"))))
    written = apply(made, change(Edit(document(), document(state="done"))))
    before, after = written.edits[0].before, written.edits[0].after
    assert isinstance(before, Document)
    assert isinstance(after, Document)
    assert (before.note, after.note, after.state) == ("theirs", "theirs", "done")
