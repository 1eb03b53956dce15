"""Processes killed at any moment: what they acknowledged is there, and what they removed is not.

READER_TRIALS=1000 pytest tests/storage/faults/test_kills.py --timeout 0
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.storage.faults.run import command, result
from tests.storage.faults.work import begin, mark, opened

GROUPS = 8
TRIALS = int(os.environ.get("READER_TRIALS", "240")) // GROUPS


@pytest.mark.parametrize("seed", range(GROUPS))
def test_a_killed_session_loses_nothing_it_acknowledged(tmp_path: Path, seed: int) -> None:
    done = result(command("marking", tmp_path, seed, TRIALS))
    assert done["killed"] == TRIALS
    assert done["held"] > TRIALS  # they were not all killed before they did anything


def test_what_a_killed_session_left_lying_is_cleared_away(tmp_path: Path) -> None:
    begin(tmp_path)
    session = opened(tmp_path)
    mark(10)(session)
    path = session._file.path
    old, new = (path.with_name(f".{path.name}.{each}.tmp") for each in ("0ld", "new"))
    for each in (old, new):
        each.write_bytes(b'{"_meta"')
    os.utime(old, (time.time() - 7200,) * 2)
    mark(60)(session)
    session.close()
    assert not old.exists()
    assert new.exists()  # another session may be about to put it in its place
