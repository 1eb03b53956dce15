"""What people do to a document, what it must hold then, and what must be true of its files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from random import Random

from tinydb import TinyDB

from reader.errors import ConflictError
from reader.model.change import Change
from reader.model.fragment import Fragment
from reader.model.layer import Layers
from reader.workspace.author import author
from reader.workspace.library import Library
from reader.workspace.session import Session

TEXT = "".join(f"Claim number {number} was made at the harbour.\n" for number in range(400))
NAME = "fire.txt"

State = dict[str, list[object]]
"""What every mark and every link says, by id."""
Step = Callable[[Session], object]


def begin(folder: Path) -> None:
    """A folder with a text that nobody has marked yet."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NAME).write_text(TEXT, "utf-8")


def opened(folder: Path, who: str = "anna") -> Session:
    return Library(folder / "db", author(who)).open(str(folder / NAME))


def state_of(layers: Layers) -> State:
    marks: State = {
        each.id: [each.kind, each.label, each.note, [list(pair) for pair in each.fragments]]
        for each in layers.annotations
    }
    return marks | {each.id: [each.from_id, each.to_id, each.via_id] for each in layers.links}


def found(folder: Path) -> State:
    """What a session that is opened now sees."""
    session = opened(folder, "reader")
    session._file.close()  # a look, after which the files are as they were
    return state_of(session.layers)


def before_last(folder: Path) -> State:
    """The same without the last change."""
    session = opened(folder, "reader")
    changes = [each for each in session.history() if each.way != "outside"]
    for last in changes[-1:]:
        change = session._file.change(last)
        session.layers.apply(change.inverse(annotator="", at="", way="undo"))
    session._file.close()
    return state_of(session.layers)


def sound(folder: Path) -> None:
    """Every document parses, by readers that know nothing of ours, and no row is there twice."""
    for path in (folder / "db" / "documents").glob("*.json"):
        tables = json.loads(path.read_bytes(), object_pairs_hook=once)
        with TinyDB(path, access_mode="r") as database:
            for table in ("annotations", "links", "removed"):
                rows = [dict(row) for row in database.table(table).all()]
                assert rows == list(tables.get(table, {}).values())
                assert len({row["id"] for row in rows}) == len(rows)
    for path in (folder / "db").glob("*.json"):
        json.loads(path.read_bytes())


def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def numbered(folder: Path) -> None:
    """The journal's lines count up one by one, and each change stands in it once."""
    for path in (folder / "db" / "journal").glob("*.jsonl"):
        lines = [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]
        assert [line["s"] for line in lines] == list(range(1, len(lines) + 1))
        ids = [line["i"] for line in lines if "i" in line]
        assert len(set(ids)) == len(ids)


def mark(at: int, kind: str = "claim") -> Step:
    return lambda session: session.tag(kind, (Fragment(at, at + 9),))


def step(random: Random, session: Session) -> Step:
    """Something that can be done now: marks mostly, and all else that changes a document."""
    marks = session.layers.annotations
    claims = [each for each in marks if each.kind == "claim"]
    sources = [each for each in marks if each.kind == "source"]
    what = random.choices(
        ("mark", "untag", "link", "note", "undo", "redo"), (50, 12, 14, 12, 8, 4)
    )[0]
    match what:
        case "untag" if marks:
            gone = random.sample(marks, min(len(marks), random.randint(1, 3)))
            return lambda session: session.untag(*gone)
        case "link" if claims and sources:
            ends = random.choice(claims), random.choice(sources)
            return lambda session: session.link(*ends)
        case "note" if marks:
            one, note = random.choice(marks), "".join(random.choices("abc", k=30))
            return lambda session: session.describe(one, label=one.label, note=note)
        case "undo" if session.undoable:
            return lambda session: session.undo()
        case "redo" if session.redoable:
            return lambda session: session.redo()
    return mark(random.randrange(len(TEXT) - 9), random.choice(("claim", "source", "cue")))


def do(session: Session, what: Step) -> Change | None:
    """Do it, unless somebody else has changed what it is about."""
    try:
        done = what(session)
    except ConflictError:
        return None
    return done if isinstance(done, Change) else None
