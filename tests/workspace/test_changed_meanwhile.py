"""The file of a large text is written to by another program before there is a copy of it: nothing
false is saved, and nothing that was made is lost."""

from __future__ import annotations

import errno
from pathlib import Path
from threading import Event

import pytest

from reader.errors import ConflictError, StoreError
from reader.formats.codec import Options
from reader.formats.registry import codec
from reader.formats.report import Report
from reader.formats.source import Source as ImportSource
from reader.model.fragment import Fragment
from reader.text.blocks import BlockText
from reader.tui.screens.keeping import rescued
from reader.workspace import source
from reader.workspace.desk import Desk
from reader.workspace.exporting import rescue
from reader.workspace.session import Session
from tests.workspace.build import library, tagged, written

ROW = "Kestrel ran the depot. "
TEXT = ROW * 40_000
FIRST = (Fragment(0, 7),)


class Slow:
    """Places that are given when somebody says so."""

    def __init__(self, places: list[Fragment]) -> None:
        self.asked, self.go_on = Event(), Event()
        self._places = places

    def __iter__(self):
        self.asked.set()
        assert self.go_on.wait(20)
        return iter(self._places)


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setattr(source, "LARGE", 1 << 16)
    monkeypatch.setenv("HOME", str(tmp_path))
    opened = library(tmp_path).open(written(tmp_path, TEXT, "large.txt"))
    assert isinstance(opened.text, BlockText)
    return opened


def overwrite(folder: Path) -> None:
    with (folder / "large.txt").open("r+b") as file:
        file.seek(len(ROW) * 30_000)
        file.write(b"Goshawk ran the depot. " * 100)


def full(*arguments: object, **named: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_what_is_made_beside_the_screen_is_of_the_text_it_was_begun_on(
    tmp_path: Path, session: Session
) -> None:
    desk = Desk(session)
    first = session.tag("entity", FIRST, label="organisation")
    slow = Slow([Fragment(at * 23, at * 23 + 7) for at in range(30_000, 30_400)])
    aside = session.begin(desk.tagging_all(first, slow))
    assert slow.asked.wait(20)
    overwrite(tmp_path)
    slow.go_on.set()
    with pytest.raises(ConflictError, match="another program has changed the file"):
        aside.settle()
    session.close()
    written(tmp_path, TEXT, "large.txt")
    again = library(tmp_path).open(str(tmp_path / "large.txt"))
    assert [each.quote for each in again.layers.annotations] == [("Kestrel",)]


@pytest.fixture
def waiting(tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch) -> Session:
    """Three marks that a full disk did not take, on a text that has changed since."""
    session.hold_on()
    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        patch.setattr("os.fdatasync", full)
        patch.setattr("tempfile.TemporaryFile", full)
        session.get_ready()()
        for at in range(3):
            session.tag("entity", (Fragment(at * 23, at * 23 + 7),), label="organisation")
    assert session.waiting == 3
    overwrite(tmp_path)
    return session


def test_what_waits_goes_on_waiting(waiting: Session) -> None:
    assert not waiting.retry()
    assert (waiting.waiting, waiting.at_risk, len(waiting.layers)) == (3, True, 3)
    assert waiting.refusals() == []


def test_what_waits_is_written_elsewhere_without_the_text(tmp_path: Path, waiting: Session) -> None:
    place = tmp_path / "rescued.json"
    rescue(waiting, place)
    read = ImportSource(place.name, place.read_bytes())
    (content,) = codec("json").decode(read, Options(), Report())
    assert content.text is None
    assert [each.quote for each in content.annotations] == [("Kestrel",)] * 3


def test_on_the_way_out_it_is_said(tmp_path: Path, waiting: Session) -> None:
    (said,) = rescued(waiting)
    assert "3 changes could not be saved" in said
    assert list(tmp_path.glob("*.unsaved.json"))


def test_on_the_way_out_it_is_said_what_can_never_be_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = library(tmp_path).open(written(tmp_path, ROW * 10))
    tagged(session, "Kestrel", "entity", "organisation")
    session.hold_on()
    (mark,) = session.layers.annotations
    with monkeypatch.context() as patch:
        patch.setattr("os.fdatasync", full)
        session.describe(mark, label=mark.label, note="seen at the depot")
        assert session.at_risk
    with library(tmp_path, "boris").open(str(tmp_path / "harbour-fire.txt")) as other:
        other.untag(*other.layers.annotations)
    (said,) = rescued(session)
    assert "was not saved" in said


def test_leaving_lets_go_whatever_happens(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[bool] = []
    close = session.close
    monkeypatch.setattr(session, "close", lambda: (close(), closed.append(True)))
    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        patch.setattr("os.fdatasync", full)
        with pytest.raises(StoreError):
            session.leave(5)
    assert closed == [True]
