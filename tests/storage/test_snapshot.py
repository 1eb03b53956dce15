"""The JSON is replaced whole, the one before it is kept, and nobody else's is written over."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from reader.errors import StoreError
from reader.storage.document_file import DocumentFile
from reader.storage.json_file import meta, sealed
from reader.storage.locks import Lock
from reader.storage.migrations import SCHEMA
from tests.model.build import adding, mark
from tests.storage.build import (
    CLAIM,
    CUE,
    SOURCE,
    begun,
    every_byte,
    names_in,
    opened,
    put,
    rewrite,
    rows,
    shelf,
    state_of,
)


@pytest.fixture
def file(tmp_path: Path) -> DocumentFile:
    """A document whose JSON lags one change behind."""
    made = begun(tmp_path, CLAIM)
    made.append(adding(SOURCE))
    return made


def seq(path: Path) -> object:
    return meta(path.read_bytes()).get("seq")


def test_the_backup_is_the_json_before(file: DocumentFile, tmp_path: Path) -> None:
    at = shelf(tmp_path)
    assert not at.backup.exists()
    first = at.json.read_bytes()
    file.snapshot()
    second = at.json.read_bytes()
    assert (at.backup.read_bytes(), seq(at.json)) == (first, 2)
    file.append(adding(CUE))
    file.snapshot()
    assert (at.backup.read_bytes(), seq(at.json)) == (second, 3)
    assert sealed(at.json.read_bytes())
    assert at.backup.stat().st_ino != at.json.stat().st_ino
    for folder in (at.json.parent, at.backup.parent):
        assert len(names_in(folder)) == 1
    assert at.backup.stat().st_mode & 0o777 == 0o600


def test_the_json_names_the_line_it_goes_up_to(file: DocumentFile, tmp_path: Path) -> None:
    file.snapshot()
    last = shelf(tmp_path).journal.read_bytes().splitlines()[-1]
    assert f'"c":"{meta(file.path.read_bytes())["line"]}"'.encode() in last


def test_a_backup_that_is_another_name_of_the_json_is_no_trap(
    file: DocumentFile, tmp_path: Path
) -> None:
    """A snapshot was cut short between the two: renaming one name of a file over another of it does
    nothing, and leaves the first."""
    at = shelf(tmp_path)
    at.backup.parent.mkdir()
    os.link(at.json, at.backup)
    before = at.json.read_bytes()
    file.snapshot()
    assert names_in(at.backup.parent) == [at.backup.name]
    assert (at.backup.read_bytes(), seq(at.json)) == (before, 2)


@pytest.mark.parametrize("code", [errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.EXDEV])
def test_without_hard_links_the_backup_is_a_copy(
    file: DocumentFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "link", refuse)
    before = file.path.read_bytes()
    file.snapshot()
    at = shelf(tmp_path)
    assert (at.backup.read_bytes(), seq(at.json)) == (before, 2)
    assert names_in(at.backup.parent) == [at.backup.name]


def test_a_backup_that_cannot_be_made_leaves_the_json(
    file: DocumentFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = file.path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, "link", refuse)
        with pytest.raises(StoreError, match="no space left"):
            file.snapshot()
    assert file.path.read_bytes() == before
    assert names_in(file.path.parent) == [file.path.name]
    file.snapshot()
    assert (seq(file.path), file.lag) == (2, 0)


def test_an_older_snapshot_never_replaces_a_newer(file: DocumentFile, tmp_path: Path) -> None:
    late = file.snapshot_work()
    other = opened(tmp_path)
    other.append(adding(CUE))
    other.snapshot()
    newer = file.path.read_bytes()
    assert late is not None
    late()
    assert file.path.read_bytes() == newer
    file.news()
    assert (file.lag, file.path.read_bytes()) == (0, newer)


def test_a_snapshot_that_was_overtaken_by_an_older_one_goes_on(
    file: DocumentFile, tmp_path: Path
) -> None:
    early = opened(tmp_path).snapshot_work()
    file.append(adding(CUE))
    late = file.snapshot_work()
    assert early is not None
    assert late is not None
    early()
    late()
    assert seq(file.path) == 3
    assert seq(shelf(tmp_path).backup) == 2


def test_work_done_later_holds_what_was_there_when_it_was_asked_for(
    file: DocumentFile, tmp_path: Path
) -> None:
    work = file.snapshot_work()
    file.append(adding(CUE))
    assert work is not None
    work()
    assert (seq(file.path), file.lag) == (2, 1)
    assert len(rows(file.path)["annotations"]) == 2
    assert len(state_of(file.path)["annotations"]) == 3


def test_what_was_edited_outside_is_never_written_over(file: DocumentFile) -> None:
    rewrite(file.path, put("annotations", "1", rows(file.path)["annotations"]["1"]))
    theirs = file.path.read_bytes()
    file.snapshot()
    assert file.path.read_bytes() == theirs
    assert file.lag == 1


@pytest.mark.parametrize("what", ["schema", "lineage"])
def test_neither_a_newer_readers_nor_another_machines_json_is_written_over(
    file: DocumentFile, tmp_path: Path, what: str
) -> None:
    """Whole and sound, and of an earlier change."""
    data = file.path.read_bytes()
    if what == "schema":
        data = data.replace(b'"schema":%d' % SCHEMA, b'"schema":%d' % (SCHEMA + 1))
    else:
        there = begun(tmp_path / "elsewhere", mark(8))
        data = there.path.read_bytes()
    file.path.unlink()
    file.path.write_bytes(data)
    file.snapshot()
    assert file.path.read_bytes() == data


def test_it_waits_for_the_lock_and_gives_up(file: DocumentFile, tmp_path: Path) -> None:
    file.patience = 0.01
    before = every_byte(tmp_path)
    with Lock(shelf(tmp_path).lock, "boris").held("it"):
        with pytest.raises(StoreError, match="another session of boris"):
            file.snapshot()
        assert every_byte(tmp_path) == before
    file.snapshot()
    assert seq(file.path) == 2


def test_a_json_that_is_a_link_goes_on_being_one(file: DocumentFile, tmp_path: Path) -> None:
    far = tmp_path / "far.json"
    file.path.rename(far)
    file.path.symlink_to(far)
    before = far.read_bytes()
    file.news()
    file.snapshot()
    assert file.path.is_symlink()
    at = shelf(tmp_path)
    assert (seq(far), at.backup.read_bytes()) == (2, before)
    far.write_bytes(b"")
    assert len(state_of(at.json)["annotations"]) == 2


def test_no_lock_lies_among_the_documents(file: DocumentFile, tmp_path: Path) -> None:
    file.snapshot()
    assert names_in(tmp_path / "documents") == [file.path.name]
    assert names_in(tmp_path / "journal") == [shelf(tmp_path).journal.name]
