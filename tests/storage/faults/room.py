"""Disks without room, and disks that cannot be written: what must hold there, in one process.

python -m tests.storage.faults.room full|read_only|unwritable|limited FOLDER
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

from reader.errors import Exit, StoreError
from reader.workspace.session import Session
from tests.storage.faults.work import begin, found, mark, numbered, opened, sound, state_of


def refusal(session: Session, at: int) -> str:
    """What is said when a mark cannot be saved, and nothing has changed."""
    before = state_of(session.layers)
    try:
        mark(at)(session)
    except StoreError as error:
        assert error.exit_code == Exit.STORE
        assert state_of(session.layers) == before
        return str(error)
    return ""


def held_on(folder: Path, session: Session, why: str) -> None:
    """At a screen, what cannot be saved is kept, and counted."""
    saved = state_of(session.layers)
    session.hold_on()
    for at in range(5):
        mark(1000 + at)(session)
    assert session.waiting == 5
    assert why in str(session.trouble)
    assert not session.retry()
    assert found(folder) == saved
    sound(folder)


def all_saved(folder: Path, session: Session) -> None:
    assert session.retry()
    assert session.trouble is None
    session.leave(40)
    assert found(folder) == state_of(session.layers)
    sound(folder)
    numbered(folder)


def full(folder: Path) -> None:
    """A disk that is full, really."""
    begin(folder)
    ballast = folder / "ballast"
    session = opened(folder)
    mark(10)(session)
    ballast.write_bytes(bytes(120_000))
    for at in range(5000):
        said = refusal(session, at)
        if said:
            break
        work = session.snapshot_work() if at % 20 == 19 else None
        if work is not None:
            try:
                work()
            except StoreError as error:
                assert "no space left" in str(error)
    assert "was not saved: no space left" in said
    assert len(session.layers) > 20
    assert found(folder) == state_of(session.layers)
    sound(folder)
    held_on(folder, session, "no space left")
    ballast.unlink()
    all_saved(folder, session)


def read_only(folder: Path) -> None:
    """A disk that can be read, and cannot be written."""

    def mount(*options: str) -> None:
        subprocess.run(["mount", *options, folder / "db"], check=True)

    begin(folder)
    with opened(folder) as session:
        mark(10)(session)
    mount("--bind", str(folder / "db"))
    mount("-o", "remount,bind,ro")
    session = opened(folder)
    assert found(folder) == state_of(session.layers)
    assert len(session.layers) == 1
    assert "read-only" in refusal(session, 60)
    held_on(folder, session, "read-only")
    mount("-o", "remount,bind,rw")
    all_saved(folder, session)


def unwritable(folder: Path) -> None:
    """Folders and files that may be read, and not written."""
    begin(folder)
    with opened(folder) as session:
        mark(10)(session)
    paths = sorted((folder / "db").rglob("*"))
    for path in paths:
        path.chmod(0o500 if path.is_dir() else 0o400)
    if os.access(folder / "db" / "journal", os.W_OK):
        raise PermissionError("whoever runs this may write everywhere")
    session = opened(folder)
    assert len(session.layers) == 1
    assert "permission denied" in refusal(session, 60)
    held_on(folder, session, "permission denied")
    for path in paths:
        path.chmod(0o700 if path.is_dir() else 0o600)
    all_saved(folder, session)


def limited(folder: Path) -> None:
    """A file that may not grow: the line is written in part before it is refused."""
    begin(folder)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    session = opened(folder)
    for at in range(5):
        mark(at)(session)
    (journal,) = (folder / "db" / "journal").iterdir()
    before = journal.read_bytes()
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 100, hard))
    assert "was not saved: file too large" in refusal(session, 50)
    assert journal.read_bytes() == before
    held_on(folder, session, "file too large")
    assert journal.read_bytes() == before
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    all_saved(folder, session)


if __name__ == "__main__":
    kinds = {each.__name__: each for each in (full, read_only, unwritable, limited)}
    kinds[sys.argv[1]](Path(sys.argv[2]))
    print("true")  # noqa: T201
