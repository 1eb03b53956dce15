"""Which schemas a file may be in."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import StoreError
from reader.storage.migrations import SCHEMA, check_schema, fresh_meta

PATH = Path("a.json")


def test_a_fresh_file_is_in_the_schema_of_today() -> None:
    check_schema({"_meta": {"1": fresh_meta()}}, PATH)
    assert fresh_meta()["schema"] == SCHEMA


def test_a_newer_schema_is_refused_with_what_to_do() -> None:
    with pytest.raises(StoreError, match="Install the newer reader") as caught:
        check_schema({"_meta": {"1": {**fresh_meta(), "schema": SCHEMA + 1}}}, PATH)
    assert "a.json" in caught.value.title


@pytest.mark.parametrize(
    "tables",
    [
        {},
        {"_meta": {}},
        {"_meta": {"2": fresh_meta()}},
        {"_meta": {"1": {"schema": 1}}},
        {"_default": {"1": {"name": "plain TinyDB"}}},
    ],
)
def test_foreign_tables_are_refused(tables: dict) -> None:  # type: ignore[type-arg]
    with pytest.raises(StoreError, match="not written by reader"):
        check_schema(tables, PATH)
