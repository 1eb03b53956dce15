"""Real processes that are killed, that write at the same time, and that run out of room."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest
from tinydb import TinyDB

from reader.errors import Exit
from tests.workspace.build import library, tagged, written

ROOT = Path(__file__).parents[2]
TEXT = "".join(f"Claim number {number} was made at the harbour.\n" for number in range(400))

MARKING = """
import sys
from pathlib import Path
from reader.model.fragment import Fragment
from tests.workspace.build import library

folder, name, most = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
session = library(folder, name).open(str(folder / "fire.txt"))
print("ready", flush=True)
sys.stdin.readline()
for number in range(most):
    made = session.tag("claim", (Fragment(number % 9000, number % 9000 + 9),))
    print("+", made.id, flush=True)
    if number % 4 == 3:
        session.untag(made)
        print("-", made.id, flush=True)
"""


def start(folder: Path, name: str = "anna", most: int = 100_000) -> subprocess.Popen[str]:
    """A process that marks the text in a folder, and says what it was told is saved."""
    process = subprocess.Popen(
        [sys.executable, "-c", MARKING, str(folder), name, str(most)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


class Said(NamedTuple):
    """What a process said: the marks saved for good, those removed, and the one it was removing."""

    saved: set[str]
    gone: set[str]
    leaving: set[str]


def said_in(output: str) -> Said:
    # a line that was cut off by the kill was not said
    lines = [line.split() for line in output.split("\n")[:-1]]
    added = [each for sign, each in lines if sign == "+"]
    gone = {each for sign, each in lines if sign == "-"}
    leaving = set(added[-1:]) - gone if len(added) % 4 == 0 else set()
    return Said(set(added) - gone - leaving, gone, leaving)


def the_file(folder: Path) -> Path:
    (path,) = (folder / "db" / "documents").glob("*.json")
    return path


def held(path: Path) -> set[str]:
    """The ids in a file, by two readers that know nothing of ours."""
    rows = json.loads(path.read_bytes())["annotations"].values()
    with TinyDB(path) as database:
        assert [row["id"] for row in database.table("annotations").all()] == [
            row["id"] for row in rows
        ]
    return {row["id"] for row in rows}


@pytest.mark.parametrize("seed", range(25))
def test_a_killed_session_loses_nothing_it_acknowledged(tmp_path: Path, seed: int) -> None:
    written(tmp_path, TEXT, "fire.txt")
    with start(tmp_path) as process:
        assert process.stdout is not None
        go(process)
        first = process.stdout.readline()
        time.sleep(random.Random(seed).uniform(0, 0.15))
        process.kill()
        said = said_in(first + process.stdout.read())
    there = held(the_file(tmp_path))
    assert said.saved <= there
    assert not said.gone & there
    assert len(there - said.saved - said.leaving) <= 1  # it reached the disk and was not said

    session = library(tmp_path, "boris").open(str(tmp_path / "fire.txt"))
    after = tagged(session, "number 399").id
    assert held(the_file(tmp_path)) == there | {after}
    assert not list((tmp_path / "db" / "documents").glob(".*"))


def test_two_processes_lose_nothing_of_each_other(tmp_path: Path) -> None:
    """They begin the same text at the same time, too."""
    written(tmp_path, TEXT, "fire.txt")
    with start(tmp_path, "anna", 60) as one, start(tmp_path, "boris", 60) as two:
        go(one)
        go(two)
        outputs = [process.communicate(timeout=60) for process in (one, two)]
    assert [error for _, error in outputs] == ["", ""]
    saved = [said_in(output).saved for output, _ in outputs]
    assert [len(each) for each in saved] == [45, 45]
    assert held(the_file(tmp_path)) == saved[0] | saved[1]
    tables = json.loads(the_file(tmp_path).read_bytes())
    assert tables["_meta"]["1"]["seq"] == 150
    assert {row["annotator"] for row in tables["annotations"].values()} == {"anna", "boris"}
    assert len(tables["removed"]) == 30
    database = json.loads((tmp_path / "db" / "database.json").read_bytes())
    assert sorted(row["name"] for row in database["annotators"].values()) == ["anna", "boris"]


FULL = """
import json, resource, signal, sys
from pathlib import Path
from reader.errors import StoreError
from reader.model.fragment import Fragment
from tests.workspace.build import library

folder = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
session = library(folder).open(str(folder / "fire.txt"))
saved = [session.tag("claim", (Fragment(number, number + 9),)).id for number in range(5)]
(path,) = (folder / "db" / "documents").glob("*.json")
before = path.read_bytes()
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 100, hard))
try:
    session.tag("claim", (Fragment(50, 59),))
except StoreError as error:
    said, code = str(error), int(error.exit_code)
same = path.read_bytes() == before and len(session.layers) == 5
files = [each.name for each in path.parent.iterdir()] == [path.name]
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
saved.append(session.tag("claim", (Fragment(50, 59),)).id)
print(json.dumps([said, code, same, files, saved]))
"""


def test_without_room_the_error_is_said_and_the_file_stays(tmp_path: Path) -> None:
    written(tmp_path, TEXT, "fire.txt")
    process = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert process.stderr == ""
    said, code, same, files, saved = json.loads(process.stdout)
    assert "was not saved: file too large" in said
    assert code == Exit.STORE
    assert same
    assert files
    assert held(the_file(tmp_path)) == set(saved)
    assert len(saved) == 6
