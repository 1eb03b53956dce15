"""From files in whatever state to what they held: every damage with every other file that is left.

Where backup and journal are there, or the whole journal, nothing is missing. Where something is, it
is said. Broken bytes are kept, looking writes nothing, and a second opening has nothing to tell.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import StoreError
from reader.storage.document_file import DocumentFile
from reader.storage.json_file import Tables
from reader.storage.migrations import SCHEMA
from reader.storage.recovery import read
from reader.storage.repository import Repository
from tests.model.build import TEXT, adding, document, mark, record_id
from tests.storage.build import (
    CLAIM,
    NOW,
    every_byte,
    field,
    ids,
    lived,
    missing,
    numbers,
    opened,
    rewrite,
    shelf,
    state_of,
)

KEPT = " Its bytes are kept in the folder quarantine."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A document with a JSON at change 4, a backup at 2, and a journal up to 6."""
    lived(tmp_path)
    return tmp_path


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def conflict(data: bytes) -> bytes:
    """A merge that git left to be done: the other side has a mark more."""
    head, rest = data.split(b"\n},\n", 1)
    meta = head.split(b"\n", 1)[1]
    return (
        b'{"_meta":{\n<<<<<<< HEAD\n%b\n=======\n%b\n>>>>>>> theirs\n},\n' % (meta, meta)
    ) + rest


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut off": cut,
    "one byte short": lambda data: data[:-3],
    "empty": lambda data: b"",
    "zeros": lambda data: b"\0" * len(data),
    "zeros at the end": lambda data: data[:-90] + b"\0" * 90,
    "conflict": conflict,
    "a comma too many": lambda data: data.replace(b"\n},", b",\n},", 1),
    "a row broken by hand": lambda data: data.replace(b'"kind":"claim"', b'"kind":7', 1),
    "the same id twice": lambda data: data.replace(record_id(2).encode(), record_id(1).encode()),
    "the same row twice": lambda data: data.replace(b'\n"2":', b'\n"1":', 1),
    "no document": lambda data: data.replace(b'"document"', b'"documents"', 1),
    "something else": lambda data: b'{"name": "something else"}',
    "another encoding": lambda data: data.decode().encode("utf-16"),
    "a bit": lambda data: data[:300] + bytes([data[300] ^ 128]) + data[301:],
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("left", ["backup and journal", "journal"])
def test_with_the_journal_nothing_is_missing(root: Path, damage: str, left: str) -> None:
    truth, at = state_of(shelf(root).json), shelf(root)
    if left == "journal":
        at.backup.unlink()
    broken = DAMAGES[damage](at.json.read_bytes())
    at.json.write_bytes(broken)
    before = every_byte(root)

    layers, remarks = Repository(root).looked_at(at.json)
    assert (sorted(ids(layers)), len(remarks)) == (NOW, 1)
    assert Repository(root).path_of(document().sha256) == at.json
    assert every_byte(root) == before  # looking writes nothing at all

    file = opened(root, text=TEXT)
    assert sorted(ids(file.layers())) == NOW
    assert [each.removesuffix(KEPT) for each in file.remarks] == remarks
    assert f"{at.json.name} was damaged: " in remarks[0]
    assert "nothing that reader saved is missing" in remarks[0]
    assert state_of(at.json) == truth
    (kept,) = at.quarantine.iterdir()
    assert kept.read_bytes() == broken
    file.close()

    mended = every_byte(root)
    again = opened(root)
    assert (again.remarks, again.lag) == ([], 0)
    again.snapshot()
    again.close()
    assert every_byte(root) == mended
    assert Repository(root).looked_at(at.json)[1] == []


@pytest.mark.parametrize("damage", DAMAGES)
def test_with_the_backup_alone_what_may_be_missing_is_said(root: Path, damage: str) -> None:
    at = shelf(root)
    at.journal.unlink()
    broken = DAMAGES[damage](at.json.read_bytes())
    at.json.write_bytes(broken)
    file = opened(root)
    expected = numbers(1, 2, 5) if damage == "conflict" else numbers(1, 2, 3)
    assert sorted(ids(file.layers())) == expected
    (remark,) = file.remarks
    assert "what was done after 2026-11-22T16:00:00.000Z may be missing" in remark
    (kept,) = at.quarantine.iterdir()
    assert kept.read_bytes() == broken
    file.append(adding(mark(9)))
    assert sorted(ids(opened(root).layers())) == [*expected, record_id(9)]
    assert opened(root).remarks == []


@pytest.mark.parametrize("damage", DAMAGES)
def test_with_nothing_left_it_is_said_and_nothing_touched(root: Path, damage: str) -> None:
    at = shelf(root)
    at.journal.unlink()
    at.backup.unlink()
    at.json.write_bytes(DAMAGES[damage](at.json.read_bytes()))
    before = every_byte(root)
    for look in (
        lambda: opened(root),
        lambda: Repository(root).layers(at.json),
        lambda: DocumentFile(Repository(root)._layout, at.name, document()),
    ):
        with pytest.raises(StoreError, match="left untouched"):
            look()
    assert every_byte(root) == before


def test_quotes_that_do_not_stand_in_the_text_are_hand_made_damage(root: Path) -> None:
    truth, at = state_of(shelf(root).json), shelf(root)
    rewrite(at.json, field("annotations", "quote", ["other words"]))
    file = opened(root, text=TEXT)
    assert "it quotes other words" in file.remarks[0]
    assert state_of(at.json) == truth


# The JSON is gone ---------------------------------------------------------------------------------


@pytest.mark.parametrize("backup", [True, False])
def test_a_json_that_is_gone_is_written_again(root: Path, *, backup: bool) -> None:
    truth, at = state_of(shelf(root).json), shelf(root)
    at.json.unlink()
    if not backup:
        at.backup.unlink()
    before = every_byte(root)
    assert sorted(ids(Repository(root).layers(at.json))) == NOW
    assert every_byte(root) == before
    file = opened(root)
    assert state_of(at.json) == truth
    assert at.json.exists()
    # without a backup it was never there: a session was killed that began it
    assert bool(file.remarks) == backup
    for each in file.remarks:
        assert "was gone" in each
        assert "nothing that reader saved is missing" in each
    assert opened(root).remarks == []
    assert not at.quarantine.exists()


def test_a_json_and_a_journal_that_are_gone_leave_the_backup(root: Path) -> None:
    at = shelf(root)
    at.json.unlink()
    at.journal.unlink()
    with pytest.raises(StoreError, match="it is gone"):
        Repository(root).layers(at.json.with_name("other.json"))
    layers, (remark,) = Repository(root).looked_at(at.json)
    assert sorted(ids(layers)) == numbers(1, 2, 3)
    assert "may be missing" in remark


# The backup ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("damage", [*DAMAGES, "gone"])
def test_a_broken_backup_is_not_needed_while_the_rest_is_sound(root: Path, damage: str) -> None:
    truth, at = state_of(shelf(root).json), shelf(root)
    if damage == "gone":
        at.backup.unlink()
    else:
        at.backup.write_bytes(DAMAGES[damage](at.backup.read_bytes()))
    assert (opened(root).remarks, state_of(at.json)) == ([], truth)
    at.json.unlink()
    assert state_of(at.json) == truth  # by the journal, which goes back to the first change


# Newer schemas ------------------------------------------------------------------------------------


def test_a_newer_schema_is_read_as_far_as_it_can_be_and_never_written(root: Path) -> None:
    at = shelf(root)
    at.json.write_bytes(
        at.json.read_bytes().replace(b'"schema":%d' % SCHEMA, b'"schema":%d' % (SCHEMA + 1))
    )
    before = every_byte(root)
    file = opened(root)
    assert sorted(ids(file.layers())) == NOW
    assert file.read_only is not None
    assert [f"schema {SCHEMA + 1}" in each for each in file.remarks] == [True]
    for write in (lambda: file.append(adding(mark(9))), lambda: file.remember(document())):
        with pytest.raises(StoreError, match="was not saved: a newer reader wrote it"):
            write()
    assert file.news() == []
    file.snapshot()
    file.close()
    assert every_byte(root) == before


def test_a_newer_schema_that_cannot_be_read_is_left(root: Path) -> None:
    rewrite(shelf(root).json, field("_meta", "schema", SCHEMA + 1))
    rewrite(shelf(root).json, missing("annotations", "kind"))
    before = every_byte(root)
    with pytest.raises(StoreError, match="Install the newer reader"):
        opened(root)
    assert every_byte(root) == before


def test_a_broken_json_with_a_backup_of_a_newer_schema_is_left_to_the_newer_reader(
    root: Path,
) -> None:
    at = shelf(root)
    rewrite(at.backup, field("_meta", "schema", SCHEMA + 1))
    at.json.write_bytes(b"")
    before = every_byte(root)
    with pytest.raises(StoreError, match="Install the newer reader"):
        opened(root)
    assert every_byte(root) == before


# Cut short ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("allowed", range(12))
def test_mending_that_is_cut_short_can_be_done_again(
    root: Path, monkeypatch: pytest.MonkeyPatch, allowed: int
) -> None:
    """After each file that is put in its place: a conflict, and a broken line."""
    at = shelf(root)
    rewrite(at.json, lambda tables: tables["annotations"]["1"].update(note="by hand"))
    rows = at.journal.read_bytes().splitlines(keepends=True)
    at.journal.write_bytes(b"".join([*rows[:5], b"?\n", *rows[5:]]))
    expected = list(NOW)
    calls = [0]
    real = Path.replace

    def until(path: Path, target: Path) -> Path:
        calls[0] += 1
        if calls[0] > allowed:
            raise OSError(28, "No space left on device")
        return real(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", until)
        file = opened(root)
        assert sorted(ids(file.layers())) == NOW
        with contextlib.suppress(StoreError):
            file.append(adding(mark(8)))
            expected.append(record_id(8))
        file.close()
    again = opened(root)
    again.append(adding(mark(9)))
    again.snapshot()
    assert sorted(ids(again.layers())) == sorted([*expected, record_id(9)])
    assert again.layers().get(CLAIM.id).note == "by hand"
    assert opened(root).remarks == []


@given(st.data())
def test_one_file_damaged_anywhere_is_always_found_out_or_harmless(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Of backup and journal one is broken with the JSON sound, or the JSON with both sound."""
    root = tmp_path_factory.mktemp("store")
    lived(root)
    at = shelf(root)
    truth = state_of(at.json)
    path = data.draw(st.sampled_from([at.json, at.backup]))
    content = path.read_bytes()
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 40)))
    path.write_bytes(content[:start] + data.draw(st.binary(max_size=9)) + content[end:])
    here = state_of(at.json)
    remarks = read(at, TEXT).remarks
    assert without_words(here) == without_words(truth) or any("outside" in r for r in remarks)
    file = opened(root, text=TEXT)
    assert [each.removesuffix(KEPT) for each in file.remarks] == remarks
    file.append(adding(mark(9)))
    assert opened(root).remarks == []


def without_words(tables: Tables) -> dict[str, set[str]]:
    """The ids alone: words that were changed within a row are somebody's change."""
    wanted = ("annotations", "links", "removed")
    return {name: {str(row["id"]) for row in tables[name].values()} for name in wanted}
