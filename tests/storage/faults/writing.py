"""Two processes that mark one text at the same time, having begun it at the same time, too.

python -m tests.storage.faults.writing FOLDER MARKS KILLS
"""

from __future__ import annotations

import json
import sys
import time
from functools import partial
from pathlib import Path
from random import Random

from reader.model.fragment import Fragment
from tests.storage.faults.child import Child, Say
from tests.storage.faults.work import begin, found, numbered, opened, sound


def work(folder: Path, who: str, marks: int, say: Say) -> None:
    with opened(folder, who) as session:
        say("ready")
        while not (folder / "go").exists():
            time.sleep(0.0005)
        for number in range(marks):
            made = session.tag("claim", (Fragment(number, number + 9),))
            say({"saved": made.id})
            if number % 5 == 4:
                say({"leaving": made.id})
                session.untag(made)
                say({"gone": made.id})


class Said:
    """The marks that all of them said were saved, removed, and about to be removed."""

    def __init__(self) -> None:
        self.saved: set[str] = set()
        self.leaving: set[str] = set()
        self.gone: set[str] = set()

    def take(self, said: list[object]) -> None:
        for each in said:
            if isinstance(each, dict):
                for what, mark in each.items():
                    getattr(self, what).add(mark)


def main(folder: Path, marks: int, kills: int) -> None:
    begin(folder)
    random = Random(kills)
    anna = Child(partial(work, folder, "anna", marks))
    boris = Child(partial(work, folder, "boris", marks))
    for child in (anna, boris):
        child.listen_for(1)
    (folder / "go").touch()
    said = Said()
    for _ in range(kills):
        boris.listen_for(random.randrange(200))
        said.take(boris.kill())
        boris = Child(partial(work, folder, "boris", marks))
    for child in (anna, boris):
        said.take(child.end())
    sound(folder)
    there = found(folder)
    numbered(folder)
    assert said.saved - said.leaving <= there.keys()
    assert not said.gone & there.keys()
    (path,) = (folder / "db" / "documents").glob("*.json")
    tables = json.loads(path.read_bytes())
    report = {
        "saved": len(said.saved),
        "gone": len(said.gone),
        "there": len(there),
        "removed": len(tables["removed"]),
        "seq": tables["_meta"]["1"]["seq"],
    }
    print(json.dumps(report))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
