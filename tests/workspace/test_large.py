"""A text too large for memory: opened from the disk, marked, kept, and the same as any other."""

from __future__ import annotations

import json
import os
import tracemalloc
from functools import partial
from pathlib import Path

import pytest

from reader.errors import ConflictError
from reader.model.fragment import Fragment
from reader.storage.texts import Texts
from reader.text.blocks import BlockText
from reader.text.content import LargeContent
from reader.text.decode import decode
from reader.workspace import reading as reading_module
from reader.workspace import selection as motion
from reader.workspace import source
from reader.workspace.desk import Desk
from reader.workspace.exporting import export
from reader.workspace.selection import Motion, next_word
from reader.workspace.session import Session
from tests.workspace.build import library, written

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


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.replace("\r\n", "\n").encode(),
        TEXT.replace("\r\n", "\n", 1).encode(),
        TEXT.replace("\r\n", "\r").encode(),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-32"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("cp1252", "ignore"),
        TEXT.encode()[:70_000] + b"\xff" + TEXT.encode()[70_000:],
        b"\xef\xbb\xbf" + TEXT.encode(),
    ],
)
def test_the_same_bytes_are_the_same_document_either_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    known = []
    for large, folder in ((1 << 16, "large"), (1 << 30, "small")):
        monkeypatch.setattr(source, "LARGE", large)
        opened = library(tmp_path / folder).open(str(tmp_path / "a.txt"))
        assert isinstance(opened.text, BlockText) == (folder == "large")
        held = opened.document
        of_file = (held.bytes_sha256, held.bytes, held.encoding, held.newline)
        opened.tag("entity", (Fragment(50_000, 50_010),))
        mark = opened.layers.annotations[0]
        of_text = (str(opened.text), held.sha256, held.length, mark.quote, opened.notices)
        opened.close()
        (kept,) = (tmp_path / folder / "db" / "texts").iterdir()
        known.append((of_file, of_text, kept.name))
    assert known[0] == known[1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_no_memory_is_taken_in_proportion(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode(encoding, "ignore") * 25)
    before = tracemalloc.is_tracing()
    tracemalloc.start()
    try:
        decoded = decode(LargeContent(tmp_path / "a.txt"), "a.txt", encoding)
        assert isinstance(decoded.text, BlockText)
        decoded.text.make_own()
        Texts(tmp_path / "texts").keep(decoded.text, decoded.sha256)
        assert tracemalloc.get_traced_memory()[1] < 2 << 20  # of more than 9 MB
    finally:
        if not before:
            tracemalloc.stop()


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
    session.get_ready()()
    assert not texts.exists()  # who only looks leaves nothing behind
    session.tag("entity", (Fragment(0, 4),))
    assert [each.suffix for each in texts.iterdir()] == [".gz"]
    session.close()
    (tmp_path / "other.txt").write_bytes(TEXT.replace("Ines", "Anna").encode())
    for _ in range(2):  # nothing of it is seen before
        other = library(tmp_path).open(str(tmp_path / "other.txt"))
        other.get_ready()()
        other.close()
        assert len(list(texts.iterdir())) == 1
    other = library(tmp_path).open(str(tmp_path / "other.txt"))
    other.get_ready()()
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


# Gaps that are larger than what is at hand ------------------------------------------------------

BEFORE, AFTER = "Ines Varga spoke.", "Then “the sea” was wide."
GAPS = {
    "newlines": "\n" * 500_000,
    "dashes": " " + "-" * 500_000 + "\n",
    "rules": "\n" + "***\n" * 120_000,
    "small letters": "\n" + "the quay burnt down " * 25_000 + "\n",
}
extended = partial(motion.extended_by_word, step=1)
taken_back = partial(motion.extended_by_word, step=-1)


def gaping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gap: str) -> Desk:
    """Two sentences with a gap between them."""
    monkeypatch.setattr(source, "LARGE", 1 << 16)
    monkeypatch.setattr(reading_module, "_PATIENCE", 60.0)
    return Desk(library(tmp_path).open(written(tmp_path, BEFORE + GAPS[gap] + AFTER)))


def selected(desk: Desk) -> str:
    return desk.text[desk.selection.start : desk.selection.end]


@pytest.mark.parametrize(
    ("gap", "step", "there", "back", "here"),
    [
        ("newlines", motion.next_word, "Then", motion.previous_word, "spoke"),
        ("newlines", motion.next_sentence, AFTER, motion.previous_sentence, BEFORE),
        ("newlines", motion.next_paragraph, AFTER, motion.previous_paragraph, BEFORE),
        ("newlines", motion.next_quotation, "the sea", motion.previous_word, "Then"),
        ("dashes", motion.next_word, "Then", motion.previous_word, "spoke"),
        ("dashes", motion.next_quotation, "the sea", motion.previous_word, "Then"),
        ("rules", motion.next_word, "Then", motion.previous_word, "spoke"),
        ("small letters", motion.next_quotation, "the sea", motion.previous_quotation, "the sea"),
    ],
)
def test_no_gap_holds_a_motion_up(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    gap: str,
    step: Motion,
    there: str,
    back: Motion,
    here: str,
) -> None:
    desk = gaping(tmp_path, monkeypatch, gap)
    desk.move_to(BEFORE.index("spoke"))
    desk.move(step)
    assert selected(desk) == there
    desk.move(back)
    assert selected(desk) == here
    assert desk.look is None


@pytest.mark.parametrize("gap", GAPS)
def test_names_and_quotations_are_found_over_any_gap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gap: str
) -> None:
    desk = gaping(tmp_path, monkeypatch, gap)
    desk.move_to(0)
    desk.move(motion.next_word)
    assert desk.to_candidate(1)
    assert selected(desk) == "the sea"
    assert not desk.to_candidate(1, 9)
    assert desk.to_candidate(-1)
    assert selected(desk) == "Ines Varga"
    assert not desk.to_candidate(-1)


def test_what_is_extended_keeps_its_other_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = gaping(tmp_path, monkeypatch, "newlines")
    desk.move_to(BEFORE.index("spoke"))
    desk.move(extended)
    start, end = BEFORE.index("spoke"), len(desk.text) - len(AFTER) + 4
    assert desk.selection.fragment == (start, end)
    desk.move(taken_back)
    assert selected(desk) == "spoke"
    desk.move_to(len(desk.text) - len(AFTER))
    desk.select(motion.turned(desk.selection))
    desk.move(taken_back)
    assert desk.selection.fragment == (start, end)


def test_a_motion_leaves_off_and_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = gaping(tmp_path, monkeypatch, "small letters")
    desk.move_to(BEFORE.index("spoke"))
    before = desk.selection
    monkeypatch.setattr(reading_module, "_PATIENCE", -1.0)
    places = []
    while desk.selection == before:
        assert not desk.to_candidate(1)
        assert desk.look is not None
        places.append(desk.look.place)
        if len(places) == 3:
            assert "characters looked through" in desk.look.told
            monkeypatch.setattr(reading_module, "_PATIENCE", 60.0)
            assert desk.look_on()
    assert places == sorted(set(places))
    assert selected(desk) == "the sea"
    assert not desk.look_on()


def test_a_large_count_is_gone_through_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = gaping(tmp_path, monkeypatch, "small letters")
    desk.move_to(0)
    desk.move(motion.next_word, 500)
    wanted = desk.selection
    desk.move_to(0)
    monkeypatch.setattr(reading_module, "_PATIENCE", -1.0)
    desk.move(motion.next_word, 500)
    assert desk.look is not None
    assert desk.look.told == "500 more to go"
    monkeypatch.setattr(reading_module, "_PATIENCE", 60.0)
    assert desk.look_on()
    assert desk.selection == wanted


def test_a_search_that_fails_is_made_once_whatever_the_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = gaping(tmp_path, monkeypatch, "small letters")
    desk.move_to(len(desk.text))
    looks = []
    look = motion.candidate_after

    def counted(*given: object) -> motion.Looked:
        looks.append(given)
        return look(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(motion, "candidate_after", counted)
    assert not desk.to_candidate(1, 999)
    assert len(looks) == 1
