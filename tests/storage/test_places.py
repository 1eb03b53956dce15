"""Where large texts are shown from: kept for the next time, and never needed."""

from __future__ import annotations

from pathlib import Path

from reader.storage.layout import Layout
from reader.storage.places import Places


def test_a_place_is_there_the_next_time(tmp_path: Path) -> None:
    Places(Layout(tmp_path)).keep("one", 8192, 9000)
    again = Places(Layout(tmp_path))
    assert again.byte_of("one", 8192) == 9000
    assert again.byte_of("one", 16384) is None  # the reader has been elsewhere since
    assert again.byte_of("other", 8192) is None


def test_those_left_last_are_kept(tmp_path: Path) -> None:
    places = Places(Layout(tmp_path))
    for number in range(103):
        places.keep(f"text {number}", 0, number)
        places.keep("always", 0, 7)
    assert places.byte_of("always", 0) == 7
    assert places.byte_of("text 3", 0) is None
    assert places.byte_of("text 102", 0) == 102


def test_whatever_is_in_the_file_harms_nothing(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    for wrong in (b"", b"[]", b'{"one": [1]}', b'{"one": ["a", 2]}', b"\xff"):
        layout.places.write_bytes(wrong)
        assert Places(layout).byte_of("one", 1) is None
    Places(layout).keep("one", 1, 2)
    assert Places(layout).byte_of("one", 1) == 2


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    places = Places(Layout(tmp_path / "nowhere"))
    places.keep("one", 1, 2)
    assert places.byte_of("one", 1) is None
