"""One writer at a time: between processes, with patience, and never for ever."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reader.errors import StoreError
from reader.storage import locks
from reader.storage.locks import PATIENCE, HeldError, Lock
from tests.storage.build import names_in

HOLDER = """
import sys
from pathlib import Path
from reader.storage.locks import Lock
with Lock(Path(sys.argv[1]), "anna").held("it"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "locks" / "a.lock"


def holder(path: Path) -> subprocess.Popen[str]:
    """Another process that holds the lock until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_lock_held_by_another_process_is_waited_for_and_its_holder_named(path: Path) -> None:
    lock = Lock(path)
    with holder(path) as process:
        start = time.monotonic()
        said = rf"The mark was not saved: another session of anna \(process {process.pid}, since .*"
        with pytest.raises(HeldError, match=said), lock.held("The mark", 0.2):
            pytest.fail("both hold it")
        assert 0.15 < time.monotonic() - start < 2
        process.kill()
        process.wait()
        with lock.held("The mark", 0):  # a lock dies with its process
            pass


def test_a_lock_let_go_in_time_is_taken(path: Path) -> None:
    with holder(path) as process:
        assert process.stdin is not None
        process.stdin.close()
        with Lock(path).held("The mark"):
            pass


def test_the_patience_is_two_seconds() -> None:
    assert PATIENCE == 2.0


def test_a_lock_is_let_go_after_an_error(path: Path) -> None:
    lock = Lock(path)
    with pytest.raises(ZeroDivisionError), lock.held("it"):
        raise ZeroDivisionError
    with Lock(path).held("it", 0), pytest.raises(HeldError), lock.held("it", 0):
        pass
    with lock.held("it", 0):
        pass


def test_two_hands_in_one_process_do_not_share_it(path: Path) -> None:
    other = Lock(path, "boris").held("it", 0.05)
    with Lock(path, "anna").held("it"), pytest.raises(HeldError, match="session of anna"), other:
        pass


@pytest.mark.parametrize("said", [b"", b"\x00" * 160, b"anna\tx\thost\t1\n", b"\xff\t1\n", b"a\tb"])
def test_a_holder_that_says_nothing_sensible_is_another_session(path: Path, said: bytes) -> None:
    with Lock(path).held("it"):
        path.write_bytes(said)
        with pytest.raises(HeldError, match="another session"), Lock(path).held("it", 0):
            pass


@pytest.mark.parametrize("whole", [True, False])
def test_a_lock_file_that_was_deleted_is_not_the_lock(path: Path, *, whole: bool) -> None:
    """Else two would write at once: the one that holds the file that is gone, and the next one."""
    old = Lock(path)
    with old.held("it"):
        pass
    if whole:
        shutil.rmtree(path.parent)
    else:
        path.unlink()
    with Lock(path).held("it"), pytest.raises(HeldError), old.held("it", 0):
        pass
    with old.held("it", 0):
        pass


def test_it_goes_without_saying_who_when_the_disk_is_full(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "pwrite", refuse)
    with Lock(path).held("it"):
        pass


def test_no_handle_stays_open(path: Path) -> None:
    before = len(names_in(Path("/dev/fd")))
    for _ in range(3):
        with Lock(path).held("it"):
            pass
    lock = Lock(path)
    with lock.held("it"):
        pass
    lock.close()
    lock.close()
    assert len(names_in(Path("/dev/fd"))) == before
    assert names_in(path.parent) == ["a.lock"]


def test_a_place_that_cannot_hold_a_lock_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.lock").mkdir()
    lock = Lock(tmp_path / "a.lock")
    with pytest.raises(StoreError, match="The mark was not saved"), lock.held("The mark"):
        pass


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS])
def test_a_file_system_without_locks_is_said(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(handle: int, what: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(fcntl, "flock", refuse)
    assert locks.fcntl is fcntl
    with pytest.raises(StoreError, match="cannot lock files"), Lock(path).held("The mark"):
        pass
