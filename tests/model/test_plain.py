"""Records as dicts: one name for a field everywhere, and nothing lost."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields, replace

from reader.model.annotation import Annotation
from reader.model.change import Record
from reader.model.document import Document
from reader.model.link import Link
from reader.model.plain import ORDER, from_plain, record_of, to_plain
from tests.model.build import document, mark, tie

A, B = mark(1, (0, 4), (6, 9), attributes={"x": [1, {"y": None}]}), mark(2)
RECORDS = (document(paths=("a", "b"), opened="x"), A, tie(3, A, B, A, foreign={"brat": "R1"}))


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_every_field_has_its_name_in_the_file(record: Record) -> None:
    names = {"from_id": "from", "to_id": "to", "via_id": "via"}
    have = {names.get(each.name, each.name) for each in fields(record)} - {"extra"}
    assert have == set(ORDER[type(record)])
    assert tuple(to_plain(record)) == ORDER[type(record)]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_it_is_made_of_what_json_has(record: Record) -> None:
    plain = to_plain(record)
    assert msgspec.json.decode(msgspec.json.encode(plain)) == plain


@given(
    st.sampled_from(RECORDS),
    st.dictionaries(
        st.sampled_from(["genre", "extra", "from_id", "via_id", "rev2", ""]),
        st.none() | st.integers() | st.text() | st.lists(st.integers()),
    ),
)
def test_unknown_fields_come_through_and_stay_last(record: Record, extra: dict) -> None:
    plain = {**to_plain(record), **extra}
    read = record_of(plain, type(record))
    assert read == replace(record, extra=extra)
    assert to_plain(read) == plain
    assert list(to_plain(read)) == list(plain)


def test_what_is_missing_gets_its_default() -> None:
    plain = {name: value for name, value in to_plain(B).items() if name not in ("note", "rev")}
    assert record_of(plain, Annotation) == B


def test_kinds_do_not_mix_their_fields() -> None:
    assert from_plain({"via": "x", "kind": "k"}, Link) == {"via_id": "x", "extra": {"kind": "k"}}
    assert from_plain({"via": "x"}, Document) == {"extra": {"via": "x"}}
