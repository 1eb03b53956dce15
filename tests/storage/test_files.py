"""Writing that is whole or not at all, whatever the operating system refuses."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import StoreError
from reader.storage.files import (
    TemporaryFile,
    UnnamedFile,
    make_folder,
    store_error,
    write_atomically,
)
from reader.storage.layout import COMMON
from tests.storage.build import names_in

OLD, NEW = b"the old bytes", b"the new bytes, and more of them" * 100


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "file.json"
    path.write_bytes(OLD)
    return path


def test_a_file_is_replaced_whole(file: Path) -> None:
    before = file.stat().st_ino
    write_atomically(file, NEW)
    assert file.read_bytes() == NEW
    assert file.stat().st_ino != before
    assert names_in(file.parent) == ["file.json"]


def test_a_new_file_is_private(tmp_path: Path) -> None:
    write_atomically(tmp_path / "new", NEW)
    assert mode_of(tmp_path / "new") == 0o600


def test_a_new_file_of_a_project_follows_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomically(tmp_path / "new", NEW, COMMON)
        make_folder(tmp_path / "a" / "b", COMMON)
    finally:
        os.umask(before)
    assert mode_of(tmp_path / "new") == 0o640
    assert [mode_of(tmp_path / each) for each in ("a", "a/b")] == [0o750] * 2


@pytest.mark.parametrize("mode", [0o640, 0o600, 0o444])
def test_an_existing_file_keeps_its_mode(file: Path, mode: int) -> None:
    file.chmod(mode)
    write_atomically(file, NEW, COMMON)
    assert (mode_of(file), file.read_bytes()) == (mode, NEW)


def test_a_link_goes_on_pointing_at_its_file(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    target = tmp_path / "far" / "target"
    target.write_bytes(OLD)
    link = tmp_path / "link"
    link.symlink_to("far/target")
    write_atomically(link, NEW)
    assert link.is_symlink()
    assert target.read_bytes() == NEW
    assert names_in(tmp_path / "far") == ["target"]


def test_a_link_to_nothing_makes_its_target(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("target")
    write_atomically(link, NEW)
    assert link.is_symlink()
    assert (tmp_path / "target").read_bytes() == NEW


def test_links_in_a_circle_are_an_error_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(StoreError, match="was not saved"):
        write_atomically(tmp_path / "a", NEW)
    assert names_in(tmp_path) == ["a", "b"]


def failing(
    monkeypatch: pytest.MonkeyPatch, owner: object, name: str, code: int, *, at: int = 1
) -> None:
    """Let the call number `at` of a function fail, and every later one."""
    real = getattr(owner, name)
    calls = [0]

    def call(*arguments: Any, **options: Any) -> Any:
        calls[0] += 1
        if calls[0] >= at:
            raise OSError(code, os.strerror(code))
        return real(*arguments, **options)

    monkeypatch.setattr(owner, name, call)


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        ("os", "open"),
        ("os", "fchmod"),
        ("os", "write"),
        ("os", "fsync"),
        ("pathlib.Path", "replace"),
    ],
)
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EACCES])
def test_whatever_is_refused_the_old_bytes_are_there(
    file: Path, monkeypatch: pytest.MonkeyPatch, owner: str, name: str, code: int
) -> None:
    failing(monkeypatch, {"os": os, "pathlib.Path": Path}[owner], name, code)
    with pytest.raises(StoreError) as caught:
        write_atomically(file, NEW)
    monkeypatch.undo()
    assert str(file) in caught.value.title
    assert os.strerror(code).lower() in caught.value.cause
    assert caught.value.remedy
    assert file.read_bytes() == OLD
    assert names_in(file.parent) == ["file.json"]


def open_files() -> list[str]:
    return [*Path("/proc/self/fd").iterdir()] if Path("/proc/self/fd").exists() else []


@pytest.mark.parametrize("name", ["write", "fsync", "fchmod"])
def test_no_handle_stays_open_after_a_failure(
    file: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    before = len(open_files())
    failing(monkeypatch, os, name, errno.EIO)
    for _ in range(3):
        with pytest.raises(StoreError):
            write_atomically(file, NEW)
    monkeypatch.undo()
    assert len(open_files()) == before


def test_what_is_dropped_leaves_the_old_file_and_nothing_else(file: Path) -> None:
    with TemporaryFile(file, NEW) as made:
        assert made.path.read_bytes() == NEW
    assert names_in(file.parent) == ["file.json"]
    assert file.read_bytes() == OLD


def test_a_disk_that_reports_its_error_at_close_is_believed(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Network disks say so late. The handle is gone then: closing it again could close another."""
    real, closed = os.close, []

    def close(handle: int) -> None:
        real(handle)
        closed.append(handle)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "close", close)
    with pytest.raises(StoreError, match="was not saved"):
        write_atomically(file, NEW)
    monkeypatch.undo()
    assert len(closed) == 1
    assert file.read_bytes() == OLD
    assert names_in(file.parent) == ["file.json"]


def test_an_error_of_the_folder_is_not_passed_over(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the folder on the disk a power cut may bring the old file back: that is not saved."""
    failing(monkeypatch, os, "fsync", errno.EIO, at=2)
    with pytest.raises(StoreError, match="was not saved"):
        write_atomically(file, NEW)
    assert file.read_bytes() in (OLD, NEW)
    assert names_in(file.parent) == ["file.json"]


def test_everything_is_synced_before_it_is_renamed(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    sync, replace = os.fsync, Path.replace

    def fsync(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        sync(handle)

    def renamed(self: Path, target: Path) -> Path:
        done.append("rename")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", renamed)
    write_atomically(file, NEW)
    assert done == ["file", "rename", "folder"]


@given(st.binary(max_size=300), st.integers(1, 40))
def test_short_writes_go_on(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, most: int
) -> None:
    path = tmp_path_factory.mktemp("short") / "file"
    real = os.write
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "write", lambda handle, left: real(handle, bytes(left[:most])))
        patch.setattr(os, "fsync", lambda handle: None)
        write_atomically(path, data)
    assert path.read_bytes() == data


def broken() -> Iterator[bytes]:
    yield NEW
    raise ValueError("there is no more of it")


def test_what_comes_in_pieces_is_one_file(file: Path) -> None:
    write_atomically(file, iter([NEW[:7], b"", NEW[7:]]))
    assert file.read_bytes() == NEW


@pytest.mark.parametrize("make", [write_atomically, TemporaryFile, UnnamedFile])
def test_pieces_that_break_off_leave_nothing(file: Path, make: Callable[..., object]) -> None:
    before = len(open_files())
    with pytest.raises(ValueError, match="no more of it"):
        make(file, broken())
    assert file.read_bytes() == OLD
    assert names_in(file.parent) == ["file.json"]
    assert len(open_files()) == before


# Without a name -----------------------------------------------------------------------------------

PIECES = [NEW[:1000], NEW[1000:]]


def is_beside(monkeypatch: pytest.MonkeyPatch, how: str, folder: Path) -> None:
    """What the system can do: link it, only make it, or nothing of that."""
    if how == "never linked":
        failing(monkeypatch, os, "link", errno.EXDEV)
    elif how == "elsewhere":
        monkeypatch.delattr(os, "O_TMPFILE")
        monkeypatch.setattr(tempfile, "_O_TMPFILE_WORKS", False)
    elif how == "refused":
        real = os.open

        def opened(path: Any, flags: int, *more: Any, **others: Any) -> int:
            if path == folder and flags & os.O_TMPFILE == os.O_TMPFILE:
                raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))
            return real(path, flags, *more, **others)

        monkeypatch.setattr(os, "open", opened)


HOW = ["linked", "never linked", "elsewhere", "refused"]


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("place", ["new", "a/b/new"])
def test_a_file_without_a_name_is_seen_when_it_is_put(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, how: str
) -> None:
    is_beside(monkeypatch, how, tmp_path)
    target = tmp_path / place
    made = UnnamedFile(target, PIECES)
    assert names_in(tmp_path) == []
    make_folder(target.parent)
    made.put()
    made.drop()
    assert target.read_bytes() == NEW
    assert mode_of(target) == 0o600
    assert names_in(target.parent) == ["new"]


@pytest.mark.parametrize("how", HOW)
def test_a_file_without_a_name_is_gone_when_it_is_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    is_beside(monkeypatch, how, tmp_path)
    before = len(open_files())
    made = UnnamedFile(tmp_path / "new", PIECES)
    made.drop()
    made.drop()
    assert names_in(tmp_path) == []
    assert len(open_files()) == before


@pytest.mark.parametrize("how", HOW)
def test_a_file_without_a_name_takes_the_place_of_none(
    file: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """Somebody else was faster: what they put there stays."""
    is_beside(monkeypatch, how, file.parent)
    made = UnnamedFile(file, PIECES)
    made.put()
    made.drop()
    assert file.read_bytes() == OLD


def test_a_file_without_a_name_follows_the_umask_in_a_project(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        made = UnnamedFile(tmp_path / "new", PIECES, COMMON)
        made.put()
        made.drop()
    finally:
        os.umask(before)
    assert mode_of(tmp_path / "new") == 0o640


def test_a_file_without_a_name_is_synced_before_it_has_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    sync, link = os.fsync, os.link

    def fsync(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        sync(handle)

    def linked(*names: Any, **more: Any) -> None:
        done.append("link")
        link(*names, **more)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "link", linked)
    made = UnnamedFile(tmp_path / "new", PIECES)
    assert done == ["file"]
    made.put()
    made.drop()
    assert done == ["file", "link", "file", "folder"]


@pytest.mark.parametrize("at", [2, 3])
def test_a_name_that_may_not_last_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    made = UnnamedFile(tmp_path / "new", PIECES)
    failing(monkeypatch, os, "fsync", errno.EIO, at=at - 1)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        made.put()
    made.drop()


@pytest.mark.parametrize("name", ["write", "fsync"])
def test_no_handle_stays_open_where_it_could_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    before = len(open_files())
    failing(monkeypatch, os, name, errno.ENOSPC)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        UnnamedFile(tmp_path / "new", PIECES)
    monkeypatch.undo()
    assert len(open_files()) == before


# Folders ------------------------------------------------------------------------------------------


def test_a_folder_that_vanished_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such file or directory") as caught:
        write_atomically(tmp_path / "gone" / "file", NEW)
    assert "moved or deleted" in caught.value.remedy
    assert not (tmp_path / "gone").exists()


def test_folders_are_made_private_with_those_above(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b" / "c")
    assert [mode_of(tmp_path / each) for each in ("a", "a/b", "a/b/c")] == [0o700] * 3
    make_folder(tmp_path / "a" / "b")  # again: nothing to do


def test_a_folder_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o755)
    make_folder(folder)
    assert mode_of(folder) == 0o755


@pytest.mark.parametrize("name", ["file", "file/below"])
def test_a_file_where_a_folder_is_needed_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(OLD)
    with pytest.raises(StoreError, match="could not be made") as caught:
        make_folder(tmp_path / name)
    assert "A file stands" in caught.value.remedy
    assert (tmp_path / "file").read_bytes() == OLD


def test_an_error_without_a_remedy_is_said_all_the_same() -> None:
    error = store_error("It was not saved", OSError(errno.EBUSY, "Device or resource busy"))
    assert str(error) == "It was not saved: device or resource busy."
    assert str(store_error("It was not saved", OSError("odd"))) == "It was not saved: odd."
