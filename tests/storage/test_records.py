"""Rows to records: checked, with the place of what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import StoreError
from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.model.link import Link
from reader.model.plain import to_plain
from reader.storage.records import read_record
from tests.model.build import document, mark, tie

PATH = Path("a.json")
ONE, TWO = mark(1, (0, 4), (6, 10)), mark(2)


@pytest.mark.parametrize("record", [ONE, TWO, tie(3, ONE, TWO), document(paths=("a", "b"))])
def test_a_record_comes_back(record: Annotation | Link | Document) -> None:
    assert read_record(to_plain(record), type(record), PATH) == record


@pytest.mark.parametrize("row", [None, [], "text", 7])
def test_a_row_must_be_an_object(row: object) -> None:
    with pytest.raises(StoreError, match="a row of 'links' is no object"):
        read_record(row, Link, PATH)


def test_the_error_names_file_table_record_and_field() -> None:
    with pytest.raises(StoreError) as caught:
        read_record({**to_plain(ONE), "note": None}, Annotation, PATH)
    assert "a.json" in caught.value.title
    assert f"annotations, id '{ONE.id}'" in caught.value.cause
    assert "$.note" in caught.value.cause


def test_touching_fragments_make_sense() -> None:
    row = {**to_plain(ONE), "fragments": [[0, 4], [4, 8]]}
    assert read_record(row, Annotation, PATH).end == 8
