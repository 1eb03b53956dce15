"""Every call to the disk fails once, with each error; and from each call on, all of them.

Nothing is said to be saved that is not, and nothing that was saved is lost. Where somebody sits at
a screen, what could not be saved is kept, and saved as soon as that is possible.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from reader.errors import Exit, StoreError
from reader.workspace.session import Session
from tests.storage.faults.inject import BY_HANDLE, BY_PATH, ERRORS, Faults, failing
from tests.storage.faults.work import (
    State,
    Step,
    before_last,
    begin,
    found,
    mark,
    numbered,
    opened,
    sound,
    state_of,
)


def snapshot(session: Session) -> None:
    work = session.snapshot_work()
    if work is not None:
        work()


def link(session: Session) -> None:
    marks = session.layers.annotations
    if len(marks) > 1:
        session.link(*marks[:2])


def note(session: Session) -> None:
    for each in session.layers.annotations[:1]:
        session.describe(each, label="causal", note="twice")


def untag(session: Session) -> None:
    session.untag(*session.layers.annotations[-1:])


def undo(session: Session) -> None:
    session.undo()


def redo(session: Session) -> None:
    session.redo()


FIRST: Final[tuple[Step, ...]] = (
    mark(10),
    mark(70, "source"),
    link,
    snapshot,
    note,
    untag,
    undo,
    snapshot,
    mark(130, "cue"),
)
SECOND: Final[tuple[Step, ...]] = (
    undo,
    redo,
    mark(200),
    snapshot,
)
"""What two sessions, one after the other, do while the disk fails: all that can be asked of it."""


def says_why(error: StoreError | None, faults: Faults) -> bool:
    return error is not None and os.strerror(faults.error).lower() in str(error).lower()


def reopened(folder: Path) -> Session | None:
    """A session, unless it can be opened neither now nor a moment later."""
    for _ in range(2):
        with contextlib.suppress(StoreError):
            return opened(folder)
    return None


def headless(session: Session, steps: tuple[Step, ...], faults: Faults) -> State:
    """Do every step, once again when it failed; returns what was acknowledged."""
    state = state_of(session.layers)
    for step in steps:
        for _ in range(2):
            try:
                step(session)
            except StoreError as error:
                assert error.exit_code == Exit.STORE
                assert says_why(error, faults)
                assert state_of(session.layers) == state
            else:
                state = state_of(session.layers)
                break
    with contextlib.suppress(StoreError):  # the place, and the JSON: the journal has the marks
        session.leave(40)
    return state


def patient(session: Session, steps: tuple[Step, ...], faults: Faults) -> State:
    """Do every step at a screen; returns what was acknowledged."""
    session.hold_on()
    states = [state_of(session.layers)]
    for step in steps:
        try:
            step(session)
        except StoreError as error:
            assert says_why(error, faults)
            assert step in (snapshot, undo, redo)  # what was done before cannot be read just now
            assert state_of(session.layers) == states[-1]
        now = state_of(session.layers)
        if now != states[-1]:
            states.append(now)
        if session.waiting:
            assert says_why(session.trouble, faults)
        else:
            assert session.trouble is None
            states = [now]
        assert len(states) == 1 + session.waiting  # every change is shown, saved or not
    assert not session.refusals()
    return states[0]


def checked(folder: Path, state: State) -> None:
    """The files hold this and nothing else."""
    sound(folder)
    assert found(folder) == state
    numbered(folder)


def faults_of(place: Path) -> list[tuple[int, bool]]:
    """Every call, by its number, and whether half of what it writes stays: from a well disk."""
    folder = place / "well"
    begin(folder)
    with failing(folder / "db") as faults:
        headless(opened(folder), FIRST, faults)
        state = headless(opened(folder), SECOND, faults)
    checked(folder, state)
    assert len(state) == 5
    asked = [name for name, _ in faults.calls]
    assert set(asked) == {*BY_PATH, *BY_HANDLE} - {"rename", "ftruncate"}
    whole = [(at, False) for at in range(1, len(asked) + 1)]
    return whole + [(at, True) for at, _ in whole if asked[at - 1] == "write"]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: a disk is not needed to pretend that it fails."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


@pytest.fixture(params=range(3))
def part(request: pytest.FixtureRequest) -> slice:
    """Every third of the faults, so that no test takes long."""
    return slice(request.param, None, 3)


@pytest.fixture(params=ERRORS, ids=errno.errorcode.get)
def error(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def test_one_call_fails(place: Path, error: int, part: slice) -> None:
    for at, torn in faults_of(place)[part]:
        folder = place / f"{at}{torn}"
        begin(folder)
        with failing(folder / "db", at=at, error=error, torn=torn) as faults:
            for steps in (FIRST, SECOND):
                session = reopened(folder)
                assert session is not None
                state = headless(session, steps, faults)
        checked(folder, state)
        assert len(state) == 5
        assert len(faults.failed) == 1


def test_all_calls_fail_from_one_on(place: Path, error: int, part: slice) -> None:
    for at, torn in faults_of(place)[part]:
        folder = place / f"{at}{torn}"
        begin(folder)
        state: State = {}
        with failing(folder / "db", at=at, error=error, torn=torn, onward=True) as faults:
            for steps in (FIRST, SECOND):
                session = reopened(folder)
                if session is not None:
                    state = headless(session, steps, faults)
        sound(folder)
        assert faults.failed
        # where even taking a line back failed, it may have stayed
        assert state in (found(folder), before_last(folder))
        checked(folder, found(folder))


@pytest.mark.parametrize("onward", [False, True], ids=["one", "onward"])
def test_what_could_not_be_saved_waits(place: Path, error: int, part: slice, onward: bool) -> None:
    for at, torn in faults_of(place)[part]:
        folder = place / f"{at}{torn}"
        begin(folder)
        with failing(folder / "db", at=at, error=error, torn=torn, onward=onward) as faults:
            for steps in (FIRST, SECOND):
                session = reopened(folder)
                if session is None:
                    break
                state = patient(session, steps, faults)
                if not onward:
                    assert session.retry()
                if not session.waiting:
                    with contextlib.suppress(StoreError):
                        session.leave(40)
                    continue
                faults.lift()
                copy = place / f"{at}{torn} as it is"  # so that no other session works in it
                shutil.copytree(folder, copy)
                assert state in (found(copy), before_last(copy))
                shown = state_of(session.layers)
                assert session.retry(), session.trouble
                assert session.trouble is None
                assert not session.refusals()
                assert state_of(session.layers) == shown
                session.leave(40)
                checked(folder, shown)
            faults.lift()
        checked(folder, found(folder))
