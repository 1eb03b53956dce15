"""A text too large for memory: opened from the disk, marked, kept, and the same as any other."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from reader.errors import ConflictError
from reader.model.fragment import Fragment
from reader.text.blocks import BlockText
from reader.workspace import source
from reader.workspace.desk import Desk
from reader.workspace.exporting import export
from reader.workspace.selection import next_word
from reader.workspace.session import Session
from tests.workspace.build import library

TEXT = "Ines Varga said the harbour — “closed” — was 安全 👩‍🚒 on Monday.\r\n\r\n" * 6000


@pytest.fixture
def name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(source, "LARGE", 1 << 16)
    (tmp_path / "large.txt").write_bytes(TEXT.encode())
    return str(tmp_path / "large.txt")


@pytest.fixture
def session(tmp_path: Path, name: str) -> Session:
    opened = library(tmp_path).open(name)
    assert isinstance(opened.text, BlockText)
    return opened


def test_it_is_the_same_document_as_if_it_were_small(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    at = TEXT.rindex("Varga")
    session.tag("entity", (Fragment(at, at + 5),), label="person")
    session.close()
    monkeypatch.setattr(source, "LARGE", 1 << 30)
    small = library(tmp_path).open(name)
    assert small.text == TEXT
    assert small.document.newline == "crlf"
    assert [each.quote for each in small.layers.annotations] == [("Varga",)]
    assert small.document.sha256 == session.document.sha256
    by_title = library(tmp_path).open("large.txt")
    assert str(by_title.text) == TEXT


def test_every_motion_is_as_in_a_small_one(session: Session) -> None:
    desk = Desk(session)
    desk.move_to(TEXT.rindex("said"))
    desk.move(next_word, 3)
    assert TEXT[desk.selection.start : desk.selection.end] == "closed"
    assert desk.tag(session.scheme.kind("claim")).startswith("Tagged")
    (mark,) = session.layers.annotations
    assert mark.quote == tuple(TEXT[start:end] for start, end in mark.fragments)


def test_what_takes_long_is_done_ahead_and_dropped_when_nothing_was_marked(
    tmp_path: Path, session: Session, name: str
) -> None:
    texts = tmp_path / "db" / "texts"
    session.get_ready()
    assert not texts.exists()  # who only looks leaves nothing behind
    session.tag("entity", (Fragment(0, 4),))
    assert [each.suffix for each in texts.iterdir()] == [".gz"]
    session.close()
    (tmp_path / "other.txt").write_bytes(TEXT.replace("Ines", "Anna").encode())
    other = library(tmp_path).open(str(tmp_path / "other.txt"))
    other.get_ready()
    assert len(list(texts.iterdir())) == 2
    other.close()
    assert len(list(texts.iterdir())) == 1
    other = library(tmp_path).open(str(tmp_path / "other.txt"))
    other.get_ready()
    other.tag("entity", (Fragment(0, 4),))
    assert sorted(each.suffix for each in texts.iterdir()) == [".gz", ".gz"]


def test_it_is_exported_whole(tmp_path: Path, session: Session, name: str) -> None:
    session.tag("entity", (Fragment(0, 4),))
    session.close()
    there = library(tmp_path)
    data = export(there, [there.find(name)], "json").only
    assert data is not None
    assert json.loads(data)["documents"][0]["text"] == TEXT


def test_nothing_is_marked_on_a_file_that_changed_under_it(session: Session, name: str) -> None:
    os.truncate(name, 100)
    assert len(session.text[-500:]) == 500
    with pytest.raises(ConflictError, match="another program has changed the file"):
        session.tag("entity", (Fragment(0, 4),))
    assert len(session.layers) == 0
