"""Packed rows are as any others, and cost less."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.model.annotation import Annotation
from reader.model.link import Link
from reader.model.plain import to_plain
from reader.storage.damage import DamagedError
from reader.storage.json_file import parse, seal, serialize
from reader.storage.packed import PackedRows
from reader.storage.records import ids, read_records
from reader.storage.state import ANNOTATIONS, LINKS, fresh_tables
from tests.model.build import document, mark, tie

PATH = Path("article~000d0c.json")
ONE, OTHER = mark(1, (0, 4), (6, 9), attributes={"x": [1, None]}), mark(2, note="1e5 — “é”")
TIE = tie(3, ONE, OTHER)
ROWS = {"1": to_plain(ONE), "7": {**to_plain(OTHER), "genre": {"of": ["a later version"]}}}


def test_they_are_a_mapping_like_the_plain_ones() -> None:
    rows = PackedRows.of(ROWS, PATH)
    assert (rows == ROWS, list(rows), len(rows), "7" in rows, "2" in rows) == (
        *(True, ["1", "7"], 2, True, False),
    )
    copy = rows.copy()
    del rows["1"]
    rows["8"] = {"id": "new"}
    assert dict(rows) == {"7": ROWS["7"], "8": {"id": "new"}}
    assert copy == ROWS


def test_what_is_taken_out_changes_nothing() -> None:
    rows = PackedRows.of(ROWS, PATH)
    rows["1"]["note"] = "changed"
    assert rows == ROWS


def test_they_are_written_as_the_plain_ones_are() -> None:
    assert serialize({"annotations": PackedRows.of(ROWS, PATH)}) == serialize({"annotations": ROWS})


def test_what_nobody_else_wrote_in_stays_packed() -> None:
    tables = {**fresh_tables(document()), ANNOTATIONS: ROWS, LINKS: {"1": to_plain(TIE)}}
    data = seal(tables, "")
    found = parse(data, PATH)
    assert isinstance(found[ANNOTATIONS], PackedRows)
    assert {name: dict(rows) for name, rows in found.items() if name != "_meta"} == {
        name: rows for name, rows in tables.items() if name != "_meta"
    }
    by_hand = parse(data.replace(b'"genre":', b'"genre":\n  '), PATH)
    assert by_hand[ANNOTATIONS] == ROWS
    assert not isinstance(by_hand[ANNOTATIONS], PackedRows)


@pytest.mark.parametrize("packed", [True, False])
def test_they_are_read_as_the_same_records(packed: bool) -> None:
    rows = PackedRows.of(ROWS, PATH) if packed else ROWS
    one, other = read_records(rows, Annotation, PATH)
    assert (one, other.extra) == (ONE, {"genre": {"of": ["a later version"]}})
    assert [to_plain(each) for each in (one, other)] == list(ROWS.values())
    assert ids(rows) == {ONE.id: "1", OTHER.id: "7"}
    ties = {"1": {**to_plain(TIE), "via_id": "no field of a file"}}
    (link,) = read_records(PackedRows.of(ties, PATH) if packed else ties, Link, PATH)
    assert (link.via_id, link.extra) == (None, {"via_id": "no field of a file"})


def test_what_nearly_all_have_in_common_is_there_once() -> None:
    same = [mark(number) for number in (1, 2)]
    rows = {str(number): to_plain(each) for number, each in enumerate(same)}
    one, other = read_records(PackedRows.of(rows, PATH), Annotation, PATH)
    assert [one, other] == same
    assert one.origin is other.origin
    assert one.attributes is other.foreign
    assert one.kind is other.kind


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (b'{"id":1}', "annotations, id 1"),
        (b"[]", "row 3"),
        (b'{"id":1e999}', "row 3"),
        (b'{"id":"\xff"}', "row 3"),
        (b"[" * 9000, "row 3"),
    ],
)
def test_what_cannot_be_is_said(row: bytes, said: str) -> None:
    rows = PackedRows({"3": row}, PATH)
    with pytest.raises(DamagedError) as caught:
        read_records(rows, Annotation, PATH)
    assert said in caught.value.cause
