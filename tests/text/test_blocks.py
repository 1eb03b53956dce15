"""A text on the disk is the same as a string: in length, in every part, whatever the characters."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.text import blocks as module
from reader.text.blocks import BlockText, open_blocks

texts = st.lists(
    st.sampled_from(["a", "word ", "\r\n", "é", "中", "👩", "\ufeff", "\x00"]), max_size=60
)


def opened(path: Path, text: str) -> BlockText:
    path.write_bytes(text.encode())
    made = open_blocks(path)
    assert made is not None
    return made


@given(texts.map("".join), st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_is_as_a_string_is(tmp_path: Path, text: str, data: st.DataObject) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_BLOCK", 5)
        patch.setattr(module, "_CHUNK", 13)
        made = opened(tmp_path / "a.txt", text)
        made.make_own()
        assert len(made) == len(text)
        assert str(made) == text
        assert made.read_bytes() == text.encode()
        assert made.sha256 == hashlib.sha256(text.encode()).hexdigest()
        assert made.returns == ("\r" in text)
        ends = st.none() | st.integers(-70, 70)
        for _ in range(6):
            start, stop = data.draw(ends), data.draw(ends)
            assert made[start:stop] == text[start:stop]
        for at, char in enumerate(text):
            assert made[at] == char
        made.close()


@pytest.mark.parametrize(
    "data", [b"a\xff", b"ab\xc3", b"\xe2\x82", b"\xed\xa0\x80", b"x" * 12 + b"\xf0\x9f"]
)
def test_what_is_not_utf8_is_left_to_others(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert open_blocks(tmp_path / "a.txt") is None


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


def test_a_copy_is_nobody_elses(tmp_path: Path) -> None:
    text = "harbour " * 100_000
    made = opened(tmp_path / "a.txt", text)
    made.make_own()
    os.truncate(tmp_path / "a.txt", 0)
    assert made[400_000:400_100] == text[400_000:400_100]
    assert str(made) == text
    assert not made.changed
