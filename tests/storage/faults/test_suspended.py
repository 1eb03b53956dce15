"""A session that is suspended while it holds the lock: it is named, and its lock ends with it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.storage.locks import PATIENCE, HeldError
from reader.workspace.session import Session
from tests.storage.faults.run import ROOT, command
from tests.storage.faults.work import begin, found, mark, numbered, opened, sound, state_of

SHORT = 0.2


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[int]:
    """A process that has been stopped with the lock in its hands."""
    begin(tmp_path)
    with subprocess.Popen(command("holding", tmp_path), cwd=ROOT) as process:
        os.waitid(os.P_PID, process.pid, os.WSTOPPED)
        yield process.pid
        process.kill()


@pytest.fixture
def session(tmp_path: Path, holder: int) -> Session:
    session = opened(tmp_path)
    session._file.patience = SHORT
    return session


def ended(process: int) -> None:
    os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)


def refused(session: Session, holder: int) -> str:
    start = time.monotonic()
    before = state_of(session.layers)
    with pytest.raises(HeldError) as error:
        mark(130)(session)
    assert SHORT <= time.monotonic() - start < PATIENCE
    assert state_of(session.layers) == before
    return str(error.value)


def test_the_holder_is_named(session: Session, holder: int) -> None:
    said = refused(session, holder)
    named = re.search(r"another session of boris \(process (\d+), since [\d:]{8} UTC\)", said)
    assert named is not None
    assert int(named[1]) == holder
    assert "was not saved" in said


def test_a_key_waits_two_seconds_and_no_longer(tmp_path: Path) -> None:
    begin(tmp_path)
    assert opened(tmp_path)._file.patience == PATIENCE == 2


def test_it_works_as_soon_as_the_first_goes_on(
    tmp_path: Path, session: Session, holder: int
) -> None:
    refused(session, holder)
    os.kill(holder, signal.SIGCONT)
    ended(holder)
    mark(130)(session)
    session.close()
    assert len(found(tmp_path)) == 3
    sound(tmp_path)
    numbered(tmp_path)


def test_it_works_as_soon_as_the_first_is_killed(
    tmp_path: Path, session: Session, holder: int
) -> None:
    refused(session, holder)
    os.kill(holder, signal.SIGKILL)
    ended(holder)
    mark(130)(session)
    session.close()
    assert len(found(tmp_path)) in (2, 3)  # the one under way was written, and never acknowledged
    sound(tmp_path)
    numbered(tmp_path)


def test_at_a_screen_the_mark_waits(tmp_path: Path, session: Session, holder: int) -> None:
    session.hold_on()
    session._file.patience = SHORT
    mark(130)(session)
    mark(200)(session)
    assert session.waiting == 2
    assert "boris" in str(session.trouble)
    os.kill(holder, signal.SIGCONT)
    ended(holder)
    assert session.retry()
    assert not session.refusals()
    session.close()
    assert found(tmp_path) == state_of(session.layers)
    assert len(found(tmp_path)) == 4


def test_reading_never_waits(tmp_path: Path, session: Session, holder: int) -> None:
    start = time.monotonic()
    session._file.patience = PATIENCE
    session.refresh()
    assert len(found(tmp_path)) >= 1
    assert time.monotonic() - start < PATIENCE
