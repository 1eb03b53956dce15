"""Changes that another thread makes and saves: the same as on the spot, whatever comes between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from reader.errors import ConflictError, InputError
from reader.model.fragment import Fragment
from reader.workspace.desk import Desk
from tests.workspace.build import library, tagged, written

TEXT = "Kestrel ran the depot. " * 300


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    opened = Desk(library(tmp_path).open(written(tmp_path, TEXT)))
    tagged(opened.session, "Kestrel", "entity", "organisation")
    return opened


def other(desk: Desk, folder: Path) -> Desk:
    return Desk(library(folder, "boris").open(str(folder / "harbour-fire.txt")))


def places(number: int = 300) -> list[Fragment]:
    return [Fragment(at * 23, at * 23 + 7) for at in range(1, number)]


class Slow:
    """Places that are given only once somebody lets go on."""

    def __init__(self) -> None:
        self.asked, self.go_on = Event(), Event()

    def __iter__(self) -> Iterator[Fragment]:
        self.asked.set()
        self.go_on.wait(20)
        return iter(places())


def test_nothing_is_changed_before_it_is_taken_in(desk: Desk) -> None:
    (first,) = desk.layers.annotations
    slow = Slow()
    aside = desk.session.begin(desk.tagging_all(first, slow))
    assert slow.asked.wait(20)
    assert not aside.over
    assert desk.layers.annotations == [first]
    slow.go_on.set()
    assert aside.settle() == "Tagged 299 more “Kestrel” as organisation"
    assert len(desk.layers) == 300
    assert len(desk.session.history()) == 2


def test_undo_and_redo_are_the_same_as_on_the_spot(desk: Desk) -> None:
    session, (first,) = desk.session, desk.layers.annotations
    assert not session.undo_is_large
    desk.tag_all(first, places())
    marked = desk.layers.annotations
    assert session.undo_is_large
    assert session.begin(desk.undoing()).settle().startswith("Undone: tagged 299 more")
    assert desk.layers.annotations == [first]
    assert not session.undo_is_large
    assert session.redo_is_large
    assert session.begin(desk.redoing()).settle().startswith("Redone: tagged 299 more")
    assert [each.id for each in desk.layers.annotations] == [each.id for each in marked]
    assert desk.undo().startswith("Undone: tagged 299 more")


def test_a_large_change_of_an_earlier_session_is_known_as_such(desk: Desk, tmp_path: Path) -> None:
    desk.tag_all(desk.layers.annotations[0], places())
    desk.session.close()
    again = Desk(library(tmp_path).open(str(tmp_path / "harbour-fire.txt")))
    assert again.session.undo_is_large
    again.session.begin(again.undoing()).settle()
    assert len(again.layers) == 1
    assert not again.session.undo_is_large


def test_whatever_else_is_done_waits_for_it(desk: Desk) -> None:
    (first,) = desk.layers.annotations
    slow = Slow()
    aside = desk.session.begin(desk.tagging_all(first, slow))
    slow.go_on.set()
    tagged(desk.session, "depot", "source")
    assert len(desk.layers) == 301
    assert aside.settle() == "Tagged 299 more “Kestrel” as organisation"
    assert desk.undo() == "Undone: tagged “depot” as source"


def test_to_leave_waits_for_it(desk: Desk, tmp_path: Path) -> None:
    slow = Slow()
    desk.session.begin(desk.tagging_all(desk.layers.annotations[0], slow))
    slow.go_on.set()
    desk.session.leave(0)
    again = Desk(library(tmp_path).open(str(tmp_path / "harbour-fire.txt")))
    assert len(again.layers) == 300


def test_another_session_is_faster(desk: Desk, tmp_path: Path) -> None:
    (first,) = desk.layers.annotations
    slow = Slow()
    aside = desk.session.begin(desk.tagging_all(first, slow))
    assert slow.asked.wait(20)
    theirs = other(desk, tmp_path)
    tagged(theirs.session, "depot", "source")
    slow.go_on.set()
    assert aside.settle() == "Tagged 299 more “Kestrel” as organisation"
    assert len(desk.layers) == 301
    theirs.session.refresh()
    assert theirs.layers.annotations == desk.layers.annotations


def test_what_another_session_has_changed_is_not_taken_back(desk: Desk, tmp_path: Path) -> None:
    desk.tag_all(desk.layers.annotations[0], places())
    theirs = other(desk, tmp_path)
    theirs.delete(theirs.layers.annotations[5])
    aside = desk.session.begin(desk.undoing())
    with pytest.raises(ConflictError, match="Not taken back: tagged 299 more"):
        aside.settle()
    assert len(desk.layers) == 299
    assert desk.undo() == "Undone: tagged “Kestrel” as organisation"


def test_what_cannot_be_saved_is_kept_in_memory(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    session = desk.session
    session.hold_on()
    assert session.undoable
    with monkeypatch.context() as broken:
        broken.setattr("os.fdatasync", full)
        aside = session.begin(desk.tagging_all(desk.layers.annotations[0], places()))
        assert aside.settle() == "Tagged 299 more “Kestrel” as organisation"
        assert session.waiting == 1
        assert session.trouble is not None
        assert len(desk.layers) == 300
        session.begin(desk.undoing()).settle()  # what waits goes first: on the spot
        assert session.waiting == 2
    assert session.retry()
    assert len(desk.layers) == 1


def test_what_is_stopped_or_refused_changes_nothing(desk: Desk) -> None:
    class Stopped:
        def __iter__(self) -> Iterator[Fragment]:
            yield places()[0]
            raise InputError("Nothing was tagged: it was stopped")

    (first,) = desk.layers.annotations
    aside = desk.session.begin(desk.tagging_all(first, Stopped()))
    for _ in range(2):
        with pytest.raises(InputError, match="it was stopped"):
            aside.settle()
    assert desk.layers.annotations == [first]
    assert (
        desk.session.begin(desk.tagging_all(first, [])).settle() == "There was nothing more to tag"
    )
    assert len(desk.session.history()) == 1


def test_a_fault_of_the_program_is_not_hidden(desk: Desk) -> None:
    class Faulty:
        def __iter__(self) -> Iterator[Fragment]:
            raise ZeroDivisionError

    aside = desk.session.begin(desk.tagging_all(desk.layers.annotations[0], Faulty()))
    with pytest.raises(ZeroDivisionError):
        aside.settle()


def test_nothing_to_undo_is_over_at_once(tmp_path: Path) -> None:
    desk = Desk(library(tmp_path).open(written(tmp_path, TEXT)))
    aside = desk.session.begin(desk.undoing())
    assert aside.over
    assert aside.settle() == "There is nothing to be undone"
