"""Which schemas a file may be in, and how an older one is read and left behind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reader.errors import StoreError
from reader.model.change import Edit
from reader.model.plain import to_plain
from reader.storage.json_file import sealed
from reader.storage.migrations import SCHEMA, NewerError, check_schema, fresh_meta, migrated
from tests.model.build import LATER, adding, change, mark
from tests.storage.build import (
    CUE,
    every_byte,
    field,
    ids,
    opened,
    put,
    rewrite,
    rows,
    shelf,
    state_of,
)

PATH = Path("a.json")
SCHEMAS = Path(__file__).parent / "schemas"
OLDER = sorted(SCHEMAS.glob("schema-*.json"))


def test_a_fresh_file_is_in_the_schema_of_today() -> None:
    assert check_schema({"_meta": {"1": fresh_meta()}}, PATH) == SCHEMA
    assert fresh_meta()["schema"] == SCHEMA


def test_a_newer_schema_is_refused_with_what_to_do() -> None:
    with pytest.raises(NewerError, match="Install the newer reader") as caught:
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
def test_foreign_tables_are_refused(tables: dict[str, Any]) -> None:
    with pytest.raises(StoreError, match="not written by reader"):
        check_schema(tables, PATH)


def test_there_is_a_file_of_every_older_schema() -> None:
    assert [path.name for path in OLDER] == [f"schema-{each}.json" for each in range(1, SCHEMA)]


def test_migrating_changes_nothing_in_place() -> None:
    tables = {"_meta": {"1": {**fresh_meta(), "schema": 1, "x": 1}}, "later": {"1": {"y": 2}}}
    now = migrated(tables, PATH)
    assert tables["_meta"]["1"]["schema"] == 1
    assert now == {"_meta": {"1": {**fresh_meta(), "x": 1}}, "later": {"1": {"y": 2}}}
    assert migrated(now, PATH) == now


@pytest.fixture(params=OLDER, ids=[path.stem for path in OLDER])
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A document that an earlier reader wrote, and nothing else, as it did."""
    path = shelf(tmp_path).json
    path.parent.mkdir()
    path.write_bytes(request.param.read_bytes())
    return path


def test_an_older_file_is_read_and_not_written(older: Path, tmp_path: Path) -> None:
    before = every_byte(tmp_path)
    file = opened(tmp_path)
    layers = file.layers()
    assert ids(layers) == [mark(1).id, mark(2).id]
    assert [link.id for link in layers.links] == [mark(4).id]
    assert layers.get(mark(1).id).note == "“checked”"
    assert layers.get(mark(1).id).extra == {"certainty": 0.5}
    assert file.removed() == {mark(3).id}
    assert (file.remarks, file.read_only, file.history()) == ([], None, [])
    assert state_of(older)["trails"] == {"7": {"seen": [1, None]}}
    file.snapshot()
    file.close()
    assert every_byte(tmp_path) == before


def test_the_first_save_is_in_the_new_schema_with_the_old_file_kept(
    older: Path, tmp_path: Path
) -> None:
    before, was = older.read_bytes(), rows(older)
    file = opened(tmp_path)
    file.append(adding(CUE))
    file.snapshot()
    file.close()
    now = rows(older)
    assert now["_meta"]["1"]["schema"] == SCHEMA
    assert now["_meta"]["1"]["seq"] == was["_meta"]["1"]["seq"] + 1
    assert sealed(older.read_bytes())
    assert shelf(tmp_path).backup.read_bytes() == before
    for table in ("links", "trails"):
        assert now[table] == was[table]
    assert {number: now["annotations"][number] for number in "12"} == was["annotations"]
    assert now["annotations"]["3"]["id"] == CUE.id
    assert now["removed"] == {}  # it came back, with a revision after that of its removal
    assert now["annotations"]["3"]["rev"] == was["removed"]["1"]["rev"] + 1


def test_a_migrated_file_that_breaks_is_rebuilt_from_the_old_one(
    older: Path, tmp_path: Path
) -> None:
    file = opened(tmp_path)
    made = file.append(adding(mark(9))).edits[0].after
    older.write_bytes(b"")
    assert made in opened(tmp_path).layers().annotations
    assert len(opened(tmp_path).layers()) == 3


@pytest.mark.parametrize("more", range(4))
@pytest.mark.parametrize("snapshot", [True, False])
def test_what_an_older_reader_writes_once_more_is_taken_in(
    older: Path, tmp_path: Path, more: int, *, snapshot: bool
) -> None:
    """It knows nothing of the journal, and numbers its changes as if there were none."""
    old = older.read_bytes()
    file = opened(tmp_path)
    for each in (CUE, mark(5)):
        file.append(adding(each))
    if snapshot:
        file.snapshot()
    file.close()
    older.write_bytes(old)
    if more:
        rewrite(older, put("annotations", "3", to_plain(mark(9))))
        rewrite(older, field("_meta", "seq", 3 + more))
    for _ in range(2):
        file = opened(tmp_path)
        kept = {CUE.id, mark(5).id, *([mark(9).id] if more else [])}
        assert kept <= set(ids(file.layers()))
        file.snapshot()


def test_a_change_on_an_older_file_can_be_undone(older: Path, tmp_path: Path) -> None:
    file = opened(tmp_path)
    first = file.layers().get(mark(1).id)
    done = file.append(change(Edit(first, None), Edit(file.layers().links[0], None)))
    file.append(done.inverse(annotator="anna", at=LATER, way="undo"))
    layers = opened(tmp_path).layers()
    assert (len(layers), len(layers.links)) == (2, 1)
    assert layers.get(first.id).extra == {"certainty": 0.5}
