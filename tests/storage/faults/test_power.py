"""The power fails at any moment: what was acknowledged is there when it comes back.

READER_TRIALS=5000 pytest tests/storage/faults/test_power.py
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from random import Random

import pytest

from reader.errors import StoreError
from reader.storage.repository import Entry, Repository
from tests.storage.faults.disk import Files, Tape, recording
from tests.storage.faults.work import (
    NAME,
    TEXT,
    State,
    begin,
    do,
    found,
    numbered,
    opened,
    sound,
    state_of,
    step,
)

SEEDS = 8
CUTS = int(os.environ.get("READER_TRIALS", "320")) // SEEDS
STEPS = 25


def lived(folder: Path, random: Random, *, steps: int = STEPS, deaf: bool = False) -> Tape:
    """A while of work in a folder by two annotators, with what was acknowledged."""
    with recording(folder / "db", deaf=deaf) as tape:
        sessions = [opened(folder, "anna"), opened(folder, "boris")]
        tape.say(state_of(sessions[0].layers))
        for number in range(steps):
            at = random.choice((0, 0, 1))
            sessions[at].refresh()
            do(sessions[at], step(random, sessions[at]))
            tape.say(state_of(sessions[at].layers))
            work = sessions[at].snapshot_work() if random.random() < 0.2 else None
            if work is not None:
                work()
            if number % 10 == 9:
                sessions[at].leave(number)
                sessions[at] = opened(folder, "anna")
        for session in sessions:
            session.close()
    assert tape.is_true()
    return tape


def written(folder: Path, files: Files) -> None:
    folder.mkdir()
    (folder / NAME).write_text(TEXT, "utf-8")
    for name, data in files.items():
        if data is None:
            (folder / name).mkdir()
        else:
            (folder / name).write_bytes(data)


def cuts(tmp_path: Path, tape: Tape, random: Random) -> Iterator[tuple[Path, list[State]]]:
    """Folders as they may be after a power cut, with what they may hold."""
    for number in count():
        files, allowed = tape.cut(random.randint(1, len(tape.events)), random)
        folder = tmp_path / f"{tape.root.parent.name}-{number}"
        written(folder, files)
        yield folder, allowed


def checked(folder: Path, allowed: list[State]) -> None:
    sound(folder)
    there = found(folder)
    assert there in allowed
    if there:
        repository = Repository(folder / "db")
        (entry,) = repository.entries()
        assert isinstance(entry, Entry)
        assert repository.texts.read(entry.document.sha256) == TEXT
    numbered(folder)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_what_was_acknowledged_is_there_again(tmp_path: Path, seed: int) -> None:
    """And again after another cut, that comes while things are put right, or soon after."""
    random = Random(seed)
    begin(tmp_path / "it")
    tape = lived(tmp_path / "it", random)
    for number, (folder, allowed) in enumerate(islice(cuts(tmp_path, tape, random), CUTS)):
        if number % 8 == 7:
            second = lived(folder, random, steps=3)
            assert second.said()[0] in allowed
            for once_more, allowed_then in islice(cuts(folder, second, random), 4):
                checked(once_more, allowed_then)
        else:
            checked(folder, allowed)


def test_without_syncing_the_model_loses_marks(tmp_path: Path) -> None:
    """The same with all that syncs left out: else the test above would prove nothing."""
    random = Random(0)
    begin(tmp_path / "it")
    tape = lived(tmp_path / "it", random, deaf=True)
    lost = 0
    for folder, allowed in islice(cuts(tmp_path, tape, random), 40):
        try:
            checked(folder, allowed)
        except (AssertionError, StoreError, ValueError):
            lost += 1
    assert lost >= 20
