"""Whatever was done in a session can be taken back in a later one, and done again."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

from reader.errors import InputError
from reader.model.document import Document
from reader.model.fragment import Fragment
from reader.model.link import Link
from reader.workspace.session import Session
from tests.model.build import TEXT
from tests.workspace.build import library, written

EDITS = 200


def told(session: Session) -> tuple[Any, ...]:
    """All that a session holds, without counters and the time of the last change."""
    records = [
        replace(each, rev=0) for each in (*session.layers.annotations, *session.layers.links)
    ]
    document: Document = replace(session.document, updated="", position=0, opened=None, paths=())
    return document, sorted(records, key=lambda each: each.id)


def edit(session: Session, random: Random) -> None:
    """One thing that a person may do; nothing when it cannot be done just now."""
    marks, links = session.layers.annotations, session.layers.links
    act = random.choice(["tag"] * 6 + ["note", "label", "link", "link", "via", "free"] * 2 + LATE)
    if act == "tag":
        start = random.randrange(len(TEXT) - 9)
        session.tag(
            random.choice(["claim", "claim", "source", "cue", "entity"]),
            (Fragment(start, start + random.randrange(1, 9)),),
            note=random.choice(["", "“é”"]),
        )
    elif act == "document":
        session.set_document({"note": str(random.randrange(9)), "url": None})
    elif not marks:
        return
    elif act in ("note", "label"):
        mark = random.choice(marks)
        label = "statement" if act == "label" and mark.kind == "claim" else mark.label
        session.describe(mark, label=label, note=str(random.randrange(9)))
    elif act in ("link", "via"):
        claims, sources, cues = (
            [each for each in marks if each.kind == kind] for kind in ("claim", "source", "cue")
        )
        if claims and sources and (cues or act == "link"):
            via = random.choice(cues) if act == "via" else None
            session.link(random.choice(claims), random.choice(sources), via=via)
    elif act == "free":
        claims = [each for each in marks if each.kind == "claim"]
        if claims:
            session.no_source(random.choice(claims))
    elif act == "unlink" and links:
        session.unlink(random.choice(links))
    elif act == "untag":
        session.untag(random.choice(marks))
    elif act == "clear":
        session.untag(*random.sample(marks, min(len(marks), random.randrange(1, 9))))


LATE = ["unlink", "untag", "clear", "document"]


@pytest.mark.parametrize("seed", range(3))
def test_two_hundred_edits_are_undone_across_a_restart_and_redone(
    tmp_path: Path, seed: int
) -> None:
    random = Random(seed)
    name = written(tmp_path, TEXT)
    session = library(tmp_path).open(name)
    states = [told(session)]

    def restarted() -> Session:
        session.close()
        again = library(tmp_path).open(name)
        assert told(again) == states[-1]
        assert again.notices == ()
        return again

    while len(states) <= EDITS:
        edit(session, random)
        if told(session) != states[-1]:
            states.append(told(session))
        if random.random() < 0.02:
            session = restarted()
    assert sum(isinstance(each, Link) for _, held in states for each in held) > 99
    last = [*states]
    for _ in range(2):
        half = random.randrange(EDITS)
        while len(states) > 1:
            assert session.undo() is not None
            states.pop()
            assert told(session) == states[-1]
            if len(states) in (half, 1):
                session = restarted()
        assert session.undo() is None
        while len(states) < len(last):
            assert session.redo() is not None
            states.append(last[len(states)])
            assert told(session) == states[-1]
            if len(states) == half:
                session = restarted()
        assert session.redo() is None


def test_what_was_taken_in_from_outside_is_undone_by_whoever_is_there(tmp_path: Path) -> None:
    from tests.storage.build import rewrite

    name = written(tmp_path, TEXT)
    session = library(tmp_path).open(name)
    session.tag("claim", (Fragment(0, 9),))
    session.close()
    (path,) = (tmp_path / "db" / "documents").glob("*.json")
    rewrite(path, lambda tables: tables["annotations"]["1"].update(note="by hand"))
    rewrite(path, lambda tables: tables["document"]["1"].update(author="Somebody"))
    again = library(tmp_path, "boris").open(name)
    assert again.notices == ("2 changes were made outside of reader; undo takes that back.",)
    assert [each.note for each in again.layers.annotations] == ["by hand"]
    assert again.undo() is not None
    assert [each.note for each in again.layers.annotations] == [""]
    assert again.document.author is None
    with pytest.raises(InputError):
        again.tag("claim", ())
    again.close()
    assert library(tmp_path).open(name).notices == ()
