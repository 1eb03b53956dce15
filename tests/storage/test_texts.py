"""The kept texts: exact, written once, and never mistaken."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import StoreError
from reader.storage.texts import Texts
from reader.text.decode import text_hash
from tests.model.build import TEXT

SHA = text_hash(TEXT)


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
