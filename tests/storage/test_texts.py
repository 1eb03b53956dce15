"""The kept texts: exact, written once, and never mistaken."""

from __future__ import annotations

import errno
import gzip
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import ConflictError, StoreError
from reader.storage.texts import Texts
from reader.text.content import LargeContent
from reader.text.decode import text_hash
from tests.model.build import TEXT

SHA = text_hash(TEXT)
LARGE = TEXT * (1 + (1 << 18) // len(TEXT))
LARGE_SHA = text_hash(LARGE)


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    return Texts(tmp_path / "texts")


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_the_exact_text_comes_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    texts = Texts(tmp_path_factory.mktemp("texts"))
    texts.keep(text, text_hash(text))
    assert texts.read(text_hash(text)) == text


@pytest.mark.parametrize("text", ["\ufeffa\r\nb\rc\n\x00\x1b\x85\u2028", "", "\n", "e\u0301"])
def test_nothing_is_normalised(texts: Texts, text: str) -> None:
    texts.keep(text, text_hash(text))
    assert texts.read(text_hash(text)) == text


def test_the_same_text_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        Texts(tmp_path / name).keep(TEXT, SHA)
    data = [(tmp_path / name / f"{SHA}.txt.gz").read_bytes() for name in ("a", "b")]
    assert data[0] == data[1]
    assert data[0][4:8] == b"\0\0\0\0"  # no time stamp
    assert gzip.decompress(data[0]).decode() == TEXT


@pytest.mark.parametrize("size", [0, 1, 1 << 16, 300_000, 5_000_000])
def test_in_pieces_the_bytes_are_those_of_the_whole(texts: Texts, size: int) -> None:
    text = ("Ines said: “closed”. 安全 👩‍🚒 " * (size // 20 + 1))[:size]
    sha = text_hash(text)
    texts.keep(text, sha)
    level = 6 if size < 4 << 20 else 1
    assert texts.path(sha).read_bytes() == gzip.compress(text.encode(), level, mtime=0)


def test_another_text_is_never_kept_in_its_place(texts: Texts, tmp_path: Path) -> None:
    """Its file was written to while it was read, and there was no room for a copy."""
    (tmp_path / "a.txt").write_bytes(LARGE.encode())
    text = LargeContent(tmp_path / "a.txt").read("utf-8")
    with (tmp_path / "a.txt").open("r+b") as file:
        file.write(b"X")
    texts.expect(LARGE_SHA)
    texts.get_ready(text, LARGE_SHA)
    with pytest.raises(ConflictError, match="was not saved: another program has changed the text"):
        texts.keep(text, LARGE_SHA)
    assert list(texts.folder.iterdir()) == []


# Ahead -------------------------------------------------------------------------------------------


def never(*_: object) -> None:
    raise AssertionError("it was got ready")


@pytest.mark.parametrize("there", [True, False])
def test_what_is_got_ready_is_seen_when_it_is_kept(
    texts: Texts, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    if there:
        texts.folder.mkdir()
    texts.expect(LARGE_SHA)
    texts.get_ready(LARGE, LARGE_SHA)
    assert texts.folder.exists() == there
    assert not there or list(texts.folder.iterdir()) == []
    monkeypatch.setattr(Texts, "_packed", never)
    texts.keep(LARGE, LARGE_SHA)
    assert [each.name for each in texts.folder.iterdir()] == [f"{LARGE_SHA}.txt.gz"]
    assert texts.read(LARGE_SHA) == LARGE


def test_what_is_dropped_leaves_nothing_behind(texts: Texts) -> None:
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208
    for _ in range(2):
        texts.expect(LARGE_SHA)
        texts.get_ready(LARGE, LARGE_SHA)
        texts.drop(LARGE_SHA)
        texts.get_ready(LARGE, LARGE_SHA)  # its thread comes late: nobody expects it any more
    assert not texts.folder.exists()
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208
    texts.keep(LARGE, LARGE_SHA)
    assert texts.read(LARGE_SHA) == LARGE


class Slow(str):
    """A text that is packed as far as its first piece, and then when it is let."""

    begun: Event
    on: Event

    def __getitem__(self, at: object) -> str:
        if not self.begun.is_set():
            self.begun.set()
            assert self.on.wait(20)
        return super().__getitem__(at)  # type: ignore[index]


@pytest.fixture
def slow(texts: Texts) -> Iterator[tuple[Slow, Thread]]:
    text = Slow(LARGE)
    text.begun, text.on = Event(), Event()
    texts.expect(LARGE_SHA)
    thread = Thread(target=texts.get_ready, args=(text, LARGE_SHA))
    thread.start()
    assert text.begun.wait(20)
    yield text, thread
    text.on.set()
    thread.join(20)


def test_who_needs_it_meanwhile_has_it(
    texts: Texts, slow: tuple[Slow, Thread], monkeypatch: pytest.MonkeyPatch
) -> None:
    text, _ = slow
    keeping = Thread(target=texts.keep, args=(text, LARGE_SHA))
    keeping.start()
    keeping.join(0.05)
    assert keeping.is_alive()
    monkeypatch.setattr(Texts, "_packed", never)
    text.on.set()
    keeping.join(20)
    assert texts.read(LARGE_SHA) == LARGE


def test_who_leaves_does_not_wait_until_it_is_ready(
    texts: Texts, slow: tuple[Slow, Thread]
) -> None:
    text, thread = slow
    leaving = Thread(target=texts.drop, args=(LARGE_SHA,))
    leaving.start()
    leaving.join(0.05)
    text.on.set()
    thread.join(20)
    leaving.join(20)
    assert texts._ahead == {}
    assert not texts.folder.exists()


def test_a_text_is_written_once(texts: Texts) -> None:
    assert not texts.has(SHA)
    texts.keep(TEXT, SHA)
    path = texts.folder / f"{SHA}.txt.gz"
    before = path.stat()
    texts.keep(TEXT, SHA)
    assert texts.has(SHA)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_missing_text_is_said(texts: Texts) -> None:
    with pytest.raises(StoreError, match="The text is not in the database"):
        texts.read(SHA)


GOOD = gzip.compress(TEXT.encode(), mtime=0)


@pytest.mark.parametrize(
    "data",
    [
        *(GOOD[:cut] for cut in (0, 1, 5, 10, 40, len(GOOD) - 8, len(GOOD) - 1)),
        GOOD + b"more",
        b"\0" * 200,
        TEXT.encode(),
        gzip.compress(b"another text", mtime=0),
        gzip.compress(TEXT.encode("utf-16"), mtime=0),
        GOOD[:30] + bytes([GOOD[30] ^ 255]) + GOOD[31:],
    ],
)
def test_a_damaged_text_is_refused_and_left_untouched(texts: Texts, data: bytes) -> None:
    texts.folder.mkdir()
    path = texts.folder / f"{SHA}.txt.gz"
    path.write_bytes(data)
    with pytest.raises(StoreError, match="no longer the text it was") as caught:
        texts.read(SHA)
    assert str(path) in caught.value.title
    texts.keep(TEXT, SHA)
    assert path.read_bytes() == data


def test_a_text_that_cannot_be_read_is_said(texts: Texts) -> None:
    (texts.folder / f"{SHA}.txt.gz").mkdir(parents=True)
    with pytest.raises(StoreError, match="cannot be read: is a directory"):
        texts.read(SHA)


def test_a_name_that_may_not_last_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts, sync = Texts(tmp_path / "texts"), os.fsync
    texts.expect(LARGE_SHA)
    texts.get_ready(LARGE, LARGE_SHA)

    def broken(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode) and texts.has(LARGE_SHA):
            raise OSError(errno.EIO, "Input/output error")
        sync(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", broken)
        with pytest.raises(StoreError):
            texts.keep(LARGE, LARGE_SHA)
    assert not texts.has(LARGE_SHA)
    texts.keep(LARGE, LARGE_SHA)
    assert texts.read(LARGE_SHA) == LARGE
