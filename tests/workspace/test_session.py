"""One open document: saving, undoing, and what other sessions do meanwhile."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.errors import ConflictError, InputError, StoreError
from reader.model.annotation import Annotation
from reader.model.link import Link
from reader.workspace.session import Session
from tests.model.build import TEXT
from tests.workspace.build import every_byte, library, place, tagged, written


@pytest.fixture
def name(tmp_path: Path) -> str:
    return written(tmp_path, TEXT)


@pytest.fixture
def session(tmp_path: Path, name: str) -> Session:
    return library(tmp_path).open(name)


@pytest.fixture
def boris(tmp_path: Path, name: str) -> Session:
    return library(tmp_path, "boris").open(name)


def state(session: Session) -> tuple[str, list[Annotation], list[Link]]:
    """What a person sees: without counters and times of change."""
    return (
        session.document.state,
        [replace(each, rev=0, updated="") for each in session.layers.annotations],
        [replace(each, rev=0, updated="") for each in session.layers.links],
    )


def on_disk(tmp_path: Path, name: str) -> tuple[str, list[Annotation], list[Link]]:
    return state(library(tmp_path, "reader").open(name))


def rows(tmp_path: Path) -> dict:  # type: ignore[type-arg]
    (path,) = (tmp_path / "db" / "documents").glob("*.json")
    return json.loads(path.read_bytes())


def test_opening_writes_nothing(tmp_path: Path, session: Session) -> None:
    assert session.text == TEXT
    assert session.document.state == "new"
    assert not (tmp_path / "db").exists()


def test_a_mark_is_on_the_disk_with_its_text(tmp_path: Path, session: Session, name: str) -> None:
    made = tagged(session, "Ines Varga", "entity", "person")
    assert (made.quote, made.rev) == (("Ines Varga",), 1)
    assert session.layers.annotations == [made]
    assert on_disk(tmp_path, name) == state(session)
    assert sorted(path.split("/")[0] for path in every_byte(tmp_path / "db")) == [
        "database.json",
        "documents",
        "journal",
        "texts",
    ]


@pytest.mark.parametrize(
    ("kind", "label", "said"),
    [("rumour", None, "no kind 'rumour'"), ("claim", "person", "no label 'person'")],
)
def test_what_the_scheme_lacks_is_refused(
    tmp_path: Path, session: Session, kind: str, label: str | None, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        tagged(session, "Ines Varga", kind, label)
    assert not (tmp_path / "db").exists()


def test_the_first_mark_starts_the_work_and_its_undo_takes_that_back(
    tmp_path: Path, session: Session, name: str
) -> None:
    tagged(session, "Ines Varga", "source")
    assert (session.document.state, on_disk(tmp_path, name)[0]) == ("in progress", "in progress")
    session.undo()
    assert (session.document.state, on_disk(tmp_path, name)[0]) == ("new", "new")
    session.redo()
    assert (session.document.state, on_disk(tmp_path, name)[0]) == ("in progress", "in progress")


def steps(session: Session) -> list[Callable[[], object]]:
    """Every command once, with a claim's removal that takes links along."""
    kept: dict[str, Annotation] = {}

    def tag(key: str, words: str, kind: str) -> Callable[[], object]:
        return lambda: kept.__setitem__(key, tagged(session, words, kind))

    def now(key: str) -> Annotation:
        return session.layers.get(kept[key].id)

    return [
        tag("claim", "We had warned them twice", "claim"),
        tag("other", "nothing was done", "claim"),
        tag("source", "Ines Varga", "source"),
        tag("cue", "said", "cue"),
        lambda: session.no_source(now("claim")),
        lambda: session.link(now("claim"), now("source"), via=now("cue")),
        lambda: session.link(now("other"), now("source")),
        lambda: session.describe(now("source"), label="named", note="harbour master"),
        lambda: session.untag(now("cue")),
        lambda: session.unlink(session.layers.links_from(now("other").id, "attribution")[0]),
        lambda: session.link(now("other"), now("source")),
        lambda: session.untag(now("claim")),
        lambda: session.no_source(now("other")),
        lambda: session.untag(now("source")),
    ]


def test_undo_and_redo_go_through_every_state(tmp_path: Path, session: Session, name: str) -> None:
    states = [state(session)]
    for step in steps(session):
        step()
        states.append(state(session))
        assert states[-1] != states[-2]
    for expected in reversed(states[:-1]):
        assert session.undo() is not None
        assert state(session) == expected
        assert on_disk(tmp_path, name) == expected
    assert session.undo() is None
    assert not session.undoable
    for expected in states[1:]:
        assert session.redo() is not None
        assert state(session) == expected
    assert on_disk(tmp_path, name) == states[-1]
    assert session.redo() is None
    assert not session.redoable


def test_undo_of_an_undone_delete_and_back_again(session: Session) -> None:
    for step in steps(session)[:7]:
        step()
    before = state(session)
    (cue,) = [each for each in session.layers.annotations if each.kind == "cue"]
    (claim,) = {link.from_id for link in session.layers.links_of(cue.id)}
    session.untag(session.layers.get(claim))
    after = state(session)
    assert len(after[2]) == len(before[2]) - 1
    for _ in range(4):
        session.undo()
        assert state(session) == before
        session.redo()
        assert state(session) == after


def test_a_new_change_ends_redoing(session: Session) -> None:
    tagged(session, "Ines Varga", "source")
    session.undo()
    assert session.redoable
    tagged(session, "said", "cue")
    assert not session.redoable
    assert session.redo() is None


def test_what_changes_nothing_is_not_undone(session: Session) -> None:
    claim = tagged(session, "We had warned them twice")
    source = tagged(session, "Ines Varga", "source")
    link = session.link(claim, source)
    before = len(session.history())
    assert session.link(claim, source) == link
    assert session.describe(source, label=None, note="") is None
    assert len(session.history()) == before


# Failure ------------------------------------------------------------------------------------------


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Call it, and the disk is full."""

    def refuse(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def fill() -> None:
        for name in ("fsync", "fdatasync"):
            monkeypatch.setattr(os, name, refuse)

    return fill


def test_a_failing_save_changes_nothing(
    tmp_path: Path,
    session: Session,
    full: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for step in steps(session)[:8]:
        step()
    session.undo()
    before = (state(session), session.undoable, session.redoable)
    files = every_byte(tmp_path / "db")
    full()
    claim = next(each for each in session.layers.annotations if each.kind == "claim")
    for attempt in (
        lambda: tagged(session, "harbour"),
        lambda: session.untag(claim),
        lambda: session.no_source(claim),
        lambda: session.describe(claim, label="statement", note="x"),
        lambda: session.unlink(session.layers.links[0]),
        session.undo,
        session.redo,
        lambda: session.leave(5),
    ):
        with pytest.raises(StoreError, match="no space left"):
            attempt()
        assert (state(session), session.undoable, session.redoable) == before
    assert every_byte(tmp_path / "db") == files
    monkeypatch.undo()
    session.redo()
    tagged(session, "harbour")
    assert on_disk(tmp_path, str(tmp_path / "harbour-fire.txt")) == state(session)


def test_a_failing_first_save_leaves_the_document_new(
    tmp_path: Path, session: Session, full: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    full()
    with pytest.raises(StoreError):
        tagged(session, "harbour")
    assert state(session) == ("new", [], [])
    assert not session.undoable
    monkeypatch.undo()
    tagged(session, "harbour")
    assert session.document.state == "in progress"


def test_a_database_that_vanished_is_made_again(tmp_path: Path, session: Session) -> None:
    import shutil

    tagged(session, "harbour")
    shutil.rmtree(tmp_path / "db")
    tagged(session, "Ines Varga", "source")
    again = library(tmp_path).open(session.document.title and str(tmp_path / "harbour-fire.txt"))
    assert len(again.layers) == 2
    assert again.text == TEXT


def test_a_note_that_is_no_text_is_refused(session: Session) -> None:
    with pytest.raises(StoreError, match="no text"):
        session.tag("claim", place(session, "harbour"), note="caf\udce9")
    assert len(session.layers) == 0


# Two sessions -------------------------------------------------------------------------------------


def test_two_sessions_see_each_others_marks(
    tmp_path: Path, session: Session, boris: Session, name: str
) -> None:
    mine = tagged(session, "Ines Varga", "source")
    theirs = tagged(boris, "We had warned them twice")
    assert boris.layers.annotations == [theirs, mine]
    assert not boris.refresh()
    assert session.refresh()
    assert session.layers.annotations == [theirs, mine]
    assert session.document.id == boris.document.id
    assert len(list((tmp_path / "db" / "documents").iterdir())) == 1
    assert on_disk(tmp_path, name) == state(session) == state(boris)


def test_undo_takes_back_only_ones_own(session: Session, boris: Session) -> None:
    tagged(session, "Ines Varga", "source")
    theirs = tagged(boris, "We had warned them twice")
    session.undo()
    assert session.layers.annotations == [theirs]
    assert session.undo() is None
    boris.undo()
    session.refresh()
    assert session.layers.annotations == []


def test_what_another_changed_is_a_conflict_and_undo_goes_on(
    session: Session, boris: Session
) -> None:
    first = tagged(session, "Ines Varga", "source")
    second = tagged(session, "We had warned them twice")
    boris.refresh()
    boris.describe(second, label="quotation", note="")
    with pytest.raises(ConflictError):
        session.undo()
    assert session.layers.get(second.id).label == "quotation"  # as it is now
    assert session.undo() is not None
    assert first.id not in session.layers


def test_a_link_to_a_mark_that_another_deleted_is_refused(
    tmp_path: Path, session: Session, boris: Session, name: str
) -> None:
    claim = tagged(session, "We had warned them twice")
    source = tagged(session, "Ines Varga", "source")
    boris.refresh()
    boris.untag(source)
    with pytest.raises(ConflictError):
        session.link(claim, source)
    assert source.id not in session.layers
    assert on_disk(tmp_path, name) == state(session)


def test_a_mark_that_another_linked_is_not_torn_away(
    tmp_path: Path, session: Session, boris: Session, name: str
) -> None:
    claim = tagged(session, "We had warned them twice")
    source = tagged(session, "Ines Varga", "source")
    boris.refresh()
    boris.link(claim, source)
    with pytest.raises(ConflictError):
        session.untag(source)
    assert on_disk(tmp_path, name) == state(session)
    session.untag(source)  # now its link is known, and goes with it
    assert session.layers.links == []


def test_what_another_does_in_the_same_moment_comes_after(
    session: Session, boris: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the save and the look at the news another session may have gone on from there."""
    tagged(session, "harbour")
    append = session._file.append

    def appended(change, **options):  # type: ignore[no-untyped-def]
        done = append(change, **options)
        boris.refresh()
        boris.untag(boris.layers.get(done.edits[0].record.id))
        return done

    monkeypatch.setattr(session._file, "append", appended)
    gone = tagged(session, "Ines Varga", "source")
    session.refresh()
    assert gone.id not in session.layers
    assert state(session) == state(boris)


def test_the_state_that_another_set_stays(session: Session, boris: Session) -> None:
    tagged(session, "Ines Varga", "source")
    boris.refresh()
    tagged(boris, "We had warned them twice")
    session.undo()
    boris.refresh()
    assert len(boris.layers) == 1
    assert session.document.state == boris.document.state


# Leaving ------------------------------------------------------------------------------------------


def test_the_place_is_kept_and_is_no_change(tmp_path: Path, session: Session, name: str) -> None:
    tagged(session, "Ines Varga", "source")
    before = rows(tmp_path)["document"]["1"]
    session.leave(42)
    again = library(tmp_path).open(name)
    assert again.document.position == 42
    assert again.document.opened is not None
    assert again.document.updated == before["updated"]
    assert [each.did for each in again.history()] == ["tagged “Ines Varga” as source"]


def test_leaving_an_unmarked_text_keeps_where_it_is(tmp_path: Path, name: str) -> None:
    library(tmp_path).open(name).leave(7)
    assert library(tmp_path).open(name).document.position == 7
    assert library(tmp_path).open("harbour-fire.txt").text == TEXT
    assert not (tmp_path / "db" / "texts").exists()


def test_no_source_and_a_source_are_never_both_saved(session: Session, boris: Session) -> None:
    claim = tagged(session, "We had warned them twice")
    source = tagged(session, "Ines Varga", "source")
    boris.refresh()
    theirs = boris.layers.get(claim.id), boris.layers.get(source.id)
    session.no_source(claim)
    boris.link(*theirs)  # boris has not looked since
    session.refresh()
    assert len(session.layers.links) == 1
    assert not session.layers.get(claim.id).unattributed


def test_a_deletion_is_undone_without_the_link_whose_other_end_is_gone(
    session: Session, boris: Session
) -> None:
    claim = tagged(session, "We had warned them twice")
    source = tagged(session, "Ines Varga", "source")
    session.link(claim, source)
    session.untag(session.layers.get(claim.id))
    boris.refresh()
    boris.untag(boris.layers.get(source.id))
    done = session.undo()
    assert done is not None
    assert "without 1 of its links" in done.did
    assert claim.id in session.layers
    assert session.layers.links == []


def test_a_note_stays_beside_the_label_that_another_gives(session: Session, boris: Session) -> None:
    claim = tagged(session, "We had warned them twice")
    boris.refresh()
    boris.describe(boris.layers.get(claim.id), label="quotation", note="")
    session.describe(claim, label=None, note="Ask again.")
    now = session.layers.get(claim.id)
    assert (now.label, now.note) == ("quotation", "Ask again.")
