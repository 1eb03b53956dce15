"""Two processes that write to one document at the same time lose nothing of each other."""

from __future__ import annotations

import json
from pathlib import Path

from tests.storage.faults.run import command, result

MARKS = 500
REMOVED = 100
"""Of each process: how many it makes, and how many of those it removes again."""


def test_two_processes_lose_nothing_of_each_other(tmp_path: Path) -> None:
    """They begin the document at the same time, too, and end as one with every mark."""
    made, gone = 2 * MARKS, 2 * REMOVED
    assert result(command("writing", tmp_path, MARKS, 0)) == {
        "saved": made,
        "gone": gone,
        "there": made - gone,
        "removed": gone,
        "seq": made + gone,
    }
    database = json.loads((tmp_path / "db" / "database.json").read_bytes())
    assert sorted(row["name"] for row in database["annotators"].values()) == ["anna", "boris"]


def test_one_of_them_may_be_killed_again_and_again(tmp_path: Path) -> None:
    kills = 5
    done = result(command("writing", tmp_path, MARKS, kills))
    assert done["saved"] >= 2 * MARKS
    # what was under way may have been made, or removed, all the same
    assert abs(done["there"] - (done["saved"] - done["gone"])) <= kills
