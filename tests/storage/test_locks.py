"""One writer at a time: between processes, with patience, and never for ever."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from reader.errors import StoreError
from reader.storage import locks
from reader.storage.locks import locked

HOLDER = """
import sys
from pathlib import Path
from reader.storage.locks import locked
with locked(Path(sys.argv[1]), "it"):
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


def test_a_lock_held_by_another_process_is_waited_for_and_said(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "PATIENCE", 0.2)
    with holder(path) as process:
        start = time.monotonic()
        said = "The mark was not saved: another session"
        with pytest.raises(StoreError, match=said), locked(path, "The mark"):
            pytest.fail("both hold it")
        assert 0.15 < time.monotonic() - start < 2
        process.kill()
        process.wait()
        with locked(path, "The mark"):  # a lock dies with its process
            pass


def test_a_lock_let_go_in_time_is_taken(path: Path) -> None:
    with holder(path) as process:
        assert process.stdin is not None
        process.stdin.close()
        with locked(path, "The mark"):
            pass


def test_the_patience_is_two_seconds() -> None:
    assert locks.PATIENCE == 2.0


def test_a_lock_is_let_go_after_an_error(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "PATIENCE", 0.05)
    with pytest.raises(ZeroDivisionError), locked(path, "it"):
        raise ZeroDivisionError
    with locked(path, "it"):
        pass


def test_two_hands_in_one_process_do_not_share_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "PATIENCE", 0.05)
    with locked(path, "it"), pytest.raises(StoreError), locked(path, "it"):
        pass


def test_a_place_that_cannot_hold_a_lock_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.lock").mkdir()
    with (
        pytest.raises(StoreError, match="The mark was not saved"),
        locked(tmp_path / "a.lock", "The mark"),
    ):
        pass


def test_a_file_system_without_locks_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import filelock

    def refuse(self: object) -> None:
        raise NotImplementedError("FileSystem does not appear to support flock")

    monkeypatch.setattr(filelock.FileLock, "acquire", refuse)
    with pytest.raises(StoreError, match="cannot lock files"), locked(path, "The mark"):
        pass
