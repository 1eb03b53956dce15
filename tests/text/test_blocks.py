"""A text on the disk is the same as a string: in length, in every part, whatever the characters."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.text import blocks, content
from reader.text.blocks import BlockText, Stamp
from reader.text.content import LargeContent
from reader.text.newlines import newline_of

texts = st.lists(
    st.sampled_from(["a", "word ", "\r\n", "\r", "\n", "é", "中", "👩", "\ufeff", "\x00"]),
    max_size=60,
)


def opened(path: Path, text: str) -> BlockText:
    path.write_bytes(text.encode())
    made = LargeContent(path).read("utf-8")
    assert isinstance(made, BlockText)
    return made


def in_small_pieces(patch: pytest.MonkeyPatch, size: int) -> None:
    for module in (blocks, content):
        patch.setattr(module, "BLOCK", size)
        patch.setattr(module, "PIECE", size + 2)


@given(texts.map("".join), st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_is_as_a_string_is(tmp_path: Path, text: str, data: st.DataObject) -> None:
    with pytest.MonkeyPatch.context() as patch:
        in_small_pieces(patch, 5)
        made = opened(tmp_path / "a.txt", text)
        made.make_own()
        assert len(made) == len(text)
        assert str(made) == text
        assert b"".join(made.pieces()) == text.encode()
        assert made.sha256 == hashlib.sha256(text.encode()).hexdigest()
        assert made.newline == newline_of(text)
        ends = st.none() | st.integers(-70, 70)
        for _ in range(6):
            start, stop = data.draw(ends), data.draw(ends)
            assert made[start:stop] == text[start:stop]
        for at, char in enumerate(text):
            assert made[at] == char
        made.close()


@pytest.mark.parametrize(
    "data",
    [b"a\xff", b"ab\xc3", b"\xe2\x82", b"\xed\xa0\x80", b"x" * 12 + b"\xf0\x9f", b"\xffabcdefgh"],
)
@pytest.mark.parametrize("size", [4, 5, 1 << 16])
def test_what_is_not_utf8_is_said_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, size: int
) -> None:
    in_small_pieces(monkeypatch, size)
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(UnicodeDecodeError) as small:
        data.decode()
    with pytest.raises(UnicodeDecodeError) as large:
        LargeContent(tmp_path / "a.txt").read("utf-8")
    assert large.value.start == small.value.start


@pytest.mark.parametrize("what", ["cut", "written"])
def test_a_file_that_is_changed_before_it_is_copied_is_known_to_be(
    tmp_path: Path, what: str
) -> None:
    text = "harbour " * 100_000
    made = opened(tmp_path / "a.txt", text)
    if what == "cut":
        os.truncate(tmp_path / "a.txt", 10)
    else:
        (tmp_path / "a.txt").write_bytes(b"X" * len(text))
    part = made[400_000:400_100]
    assert len(part) == 100
    assert made.changed
    made.make_own()
    assert made.changed


@pytest.mark.parametrize("data", [b"\xff", b"X", "é".encode()])
def test_a_file_that_is_changed_and_looks_as_old_is_known_to_be_another(
    tmp_path: Path, data: bytes
) -> None:
    """Its size and its time are the same; nothing that is no text ends the program."""
    path, text = tmp_path / "a.txt", "harbour " * 100_000
    made = opened(path, text)
    before = path.stat()
    with path.open("r+b") as file:
        file.write((data * len(text))[: len(text)])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert len(made[400_000:400_100]) == 100
    assert made.changed


def test_what_is_no_text_any_more_is_drawn_in_its_length(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where nothing tells that it was written to."""
    monkeypatch.setattr(Stamp, "of", lambda handle: Stamp(0, 0, 0))
    made = opened(tmp_path / "a.txt", "é" * 100_000)
    (tmp_path / "a.txt").write_bytes(b"\xffa\xc3" * 66_667)
    assert [len(made[at : at + 50]) for at in (0, 60_000, 99_950)] == [50] * 3
    assert made.changed


def test_a_file_that_was_only_moved_is_the_same(tmp_path: Path) -> None:
    text = "harbour " * 100_000
    made = opened(tmp_path / "a.txt", text)
    (tmp_path / "a.txt").chmod(0o400)
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    os.utime(tmp_path / "b.txt")
    assert not made.changed
    assert made[400_000:400_100] == text[400_000:400_100]


def test_nothing_is_left_open(tmp_path: Path) -> None:
    """Who goes through many documents leaves no file behind without a name, and so on the disk."""

    def handles() -> int:
        return len(os.listdir("/proc/self/fd"))  # noqa: PTH208

    before = handles()
    for encoding in ("utf-8", "utf-16"):
        (tmp_path / "a.txt").write_bytes(("harbour " * 100_000).encode(encoding))
        source = LargeContent(tmp_path / "a.txt")
        made = source.read(encoding)
        assert isinstance(made, BlockText)
        made.make_own()
        assert handles() > before
        del source, made
    with pytest.raises(OSError):
        LargeContent(tmp_path / "none.txt")
    assert handles() == before


def test_a_copy_is_nobody_elses(tmp_path: Path) -> None:
    text = "harbour " * 100_000
    made = opened(tmp_path / "a.txt", text)
    made.make_own()
    os.truncate(tmp_path / "a.txt", 0)
    assert made[400_000:400_100] == text[400_000:400_100]
    assert str(made) == text
    assert not made.changed
