"""Really full disks, really read-only ones, and folders that are gone while a text is open."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from reader.workspace.session import Session
from tests.storage.faults.run import command, result
from tests.storage.faults.work import begin, found, mark, numbered, opened, sound, state_of

ALONE = ["unshare", "--user", "--map-root-user", "--mount"]
"""With mounts of its own, which end with the process."""
DISK = 'mount -t tmpfs -o size=300k none "$0" && exec "$@"'

PLAIN = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
"""With no more rights than the modes of files give."""


@functools.cache
def may_mount() -> bool:
    try:
        done = subprocess.run(
            [*ALONE, "sh", "-c", "mount -t tmpfs none /mnt"], capture_output=True, check=False
        )
    except FileNotFoundError:
        return False
    return done.returncode == 0


def on_a_small_disk(folder: Path, what: str) -> None:
    if not may_mount():
        pytest.skip("nothing can be mounted here")
    result([*ALONE, "sh", "-c", DISK, str(folder), *command("room", what, folder)])


def test_a_full_disk(tmp_path: Path) -> None:
    on_a_small_disk(tmp_path, "full")


def test_a_read_only_disk(tmp_path: Path) -> None:
    on_a_small_disk(tmp_path, "read_only")


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    result(command("room", "limited", tmp_path))


def test_a_folder_without_the_right_to_write(tmp_path: Path) -> None:
    mighty = os.geteuid() == 0
    if mighty and shutil.which(PLAIN[0]) is None:
        pytest.skip("whoever runs this may write everywhere")
    result([*(PLAIN if mighty else ()), *command("room", "unwritable", tmp_path)])


GONE = ("", "journal", "documents", "texts", "locks", "backup", "database.json")


def worked_in(folder: Path) -> Session:
    begin(folder)
    session = opened(folder)
    for at in range(5):
        mark(at * 50)(session)
    session.untag(session.layers.annotations[0])
    work = session.snapshot_work()
    assert work is not None
    work()
    mark(300)(session)
    return session


@pytest.mark.parametrize("gone", GONE)
def test_what_vanishes_while_a_text_is_open_is_written_again(tmp_path: Path, gone: str) -> None:
    session = worked_in(tmp_path)
    path = tmp_path / "db" / gone
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    mark(400)(session)
    everything = state_of(session.layers)
    assert len(everything) == 6
    sound(tmp_path)
    assert found(tmp_path) == everything
    session.close()
    assert found(tmp_path) == everything
    assert path.exists()
    repository = session._repository
    assert repository.texts.read(session.document.sha256) == session.text


def test_a_database_that_was_moved_away_keeps_what_it_has(tmp_path: Path) -> None:
    session = worked_in(tmp_path)
    before = state_of(session.layers)
    (tmp_path / "db").rename(tmp_path / "elsewhere")
    mark(400)(session)
    session.close()
    assert found(tmp_path) == state_of(session.layers)
    shutil.rmtree(tmp_path / "db")
    (tmp_path / "elsewhere").rename(tmp_path / "db")
    assert found(tmp_path) == before
    numbered(tmp_path)
