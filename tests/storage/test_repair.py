"""Putting files right: what is broken is kept, and what was done outside becomes a line."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.errors import StoreError
from reader.storage.recovery import read
from reader.storage.repair import mend, quarantine
from tests.model.build import LATER, adding, mark
from tests.storage.build import (
    CLAIM,
    SOURCE,
    begun,
    every_byte,
    lines,
    names_in,
    opened,
    rewrite,
    rows,
    shelf,
    state_of,
)


def test_what_is_kept_is_kept_byte_for_byte_however_often(tmp_path: Path) -> None:
    at = shelf(tmp_path)
    at.json.parent.mkdir()
    kept = [bytes([number]) * 300 for number in range(5)]
    for each in kept:
        at.json.write_bytes(each)
        quarantine(at, at.json)
        assert at.json.read_bytes() == each
    assert sorted(path.read_bytes() for path in at.quarantine.iterdir()) == kept
    assert all(name.startswith(f"{at.name}.2") for name in names_in(at.quarantine))
    assert {path.suffix for path in at.quarantine.iterdir()} == {".json"}
    assert {path.stat().st_mode & 0o777 for path in at.quarantine.iterdir()} == {0o600}


def test_nothing_is_nothing_to_keep(tmp_path: Path) -> None:
    quarantine(shelf(tmp_path), shelf(tmp_path).json)
    assert names_in(tmp_path) == []


def test_what_cannot_be_kept_is_not_replaced(tmp_path: Path) -> None:
    file = begun(tmp_path, CLAIM)
    file.path.write_bytes(b"broken")
    shelf(tmp_path).quarantine.write_bytes(b"a file in its place")
    hands = opened(tmp_path)
    assert [each.id for each in hands.layers().annotations] == [CLAIM.id]
    assert len(hands.remarks) == 2
    with pytest.raises(StoreError, match="quarantine could not be made"):
        hands.append(adding(SOURCE))
    hands.snapshot()
    assert file.path.read_bytes() == b"broken"
    shelf(tmp_path).quarantine.unlink()
    hands.append(adding(SOURCE))
    assert len(opened(tmp_path).layers()) == 2


def test_mending_what_is_sound_writes_nothing(tmp_path: Path) -> None:
    begun(tmp_path, CLAIM).close()
    before = every_byte(tmp_path)
    mend(shelf(tmp_path), read(shelf(tmp_path)))
    assert every_byte(tmp_path) == before


def test_what_was_done_outside_is_a_line_of_nobodys(tmp_path: Path) -> None:
    file = begun(tmp_path, CLAIM)
    file.append(adding(SOURCE))
    file.heard()
    rewrite(file.path, lambda tables: tables["annotations"]["1"].update(note="by hand"))
    mend(shelf(tmp_path), read(shelf(tmp_path)))
    *_, last = lines(shelf(tmp_path).journal)
    assert (last.s, last.a, last.u, last.d) == (
        *(3, "", "outside", "took in 1 change made outside of reader"),
    )
    assert last.i
    (op,) = last.o
    assert (op.table, op.new and op.new["note"], op.old and op.old["note"]) == (
        *("annotations", "by hand", ""),
    )
    assert rows(file.path)["_meta"]["1"]["seq"] == 3
    assert not read(shelf(tmp_path)).needs_mending
    (outside,) = file.news()
    file.append(outside.inverse(annotator="anna", at=LATER, way="undo"))
    assert state_of(file.path)["annotations"]["1"]["note"] == ""


def test_a_mended_journal_has_all_that_was_sound_as_it_was(tmp_path: Path) -> None:
    file = begun(tmp_path, CLAIM)
    for number in range(5, 9):
        file.append(adding(mark(number)))
    journal = shelf(tmp_path).journal
    sound = journal.read_bytes().splitlines(keepends=True)
    broken = [*sound[:3], b"\0" * 80 + b"\n", *sound[3:], b'{"s":6']
    journal.write_bytes(b"".join(broken))
    mend(shelf(tmp_path), read(shelf(tmp_path)))
    assert journal.read_bytes() == b"".join(sound)
    (kept,) = shelf(tmp_path).quarantine.iterdir()
    assert kept.read_bytes() == b"".join(broken)
    assert kept.suffix == ".jsonl"


def test_mending_waits_for_another_session(tmp_path: Path) -> None:
    from reader.storage.locks import Lock

    file = begun(tmp_path, CLAIM)
    file.path.write_bytes(b"")
    before = every_byte(tmp_path)
    with Lock(shelf(tmp_path).lock).held("it"), pytest.MonkeyPatch.context() as patch:
        patch.setattr("reader.storage.document_file.PATIENCE", 0.01)
        hands = opened(tmp_path)
        assert every_byte(tmp_path) == before
        assert [each.id for each in hands.layers().annotations] == [CLAIM.id]
        hands.snapshot()
        assert every_byte(tmp_path) == before
    hands.append(adding(replace(SOURCE, note="x")))
    assert len(opened(tmp_path).layers()) == 2
