"""What is seen of a document before it is open: the text, where the whole has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.model.fragment import Fragment
from reader.workspace import glance as module
from reader.workspace import source
from reader.workspace.glance import glance
from tests.workspace.build import library, written

LINE = "Ines Varga said the harbour — “closed” — was 安全 👩‍🚒 on Monday.\n"
TEXT = LINE * 4000


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    for each in (module, source):
        monkeypatch.setattr(each, "LARGE", 1 << 16)
    monkeypatch.setattr(module, "_MANY", 1 << 13)


def left_at(folder: Path, name: str, position: int) -> None:
    opened = library(folder).open(name)
    opened.tag("entity", (Fragment(5, 10),))
    opened.leave(position)


def test_a_small_document_is_opened_as_fast(tmp_path: Path) -> None:
    name = written(tmp_path, LINE)
    assert glance(library(tmp_path), name) is None
    left_at(tmp_path, name, 0)
    assert glance(library(tmp_path), name) is None


def test_a_new_text_is_seen_from_its_beginning(tmp_path: Path) -> None:
    seen = glance(library(tmp_path), written(tmp_path, TEXT))
    assert seen is not None
    assert seen.text[:2000] == TEXT[:2000]
    assert (seen.document.title, seen.document.position) == ("harbour-fire.txt", 0)
    assert len(seen.text) >= len(TEXT)


@pytest.mark.parametrize("kept", [True, False])
@pytest.mark.parametrize("position", [0, 7, 100_000, len(TEXT) - 3, len(TEXT)])
def test_a_known_text_is_seen_where_the_reader_was(
    tmp_path: Path, position: int, kept: bool
) -> None:
    name = written(tmp_path, TEXT)
    left_at(tmp_path, name, position)
    if not kept:
        (tmp_path / "db" / "places.json").unlink()
    seen = glance(library(tmp_path), name)
    assert seen is not None
    assert (len(seen.text), seen.document.position) == (len(TEXT), position)
    around = slice(max(0, position - 1000), position + 1000)
    assert seen.text[around] == TEXT[around]


def test_a_text_of_one_byte_a_character_needs_no_counting(tmp_path: Path) -> None:
    plain = "The ferry left the quay at night.\n" * 9000
    name = written(tmp_path, plain)
    left_at(tmp_path, name, 200_000)
    seen = glance(library(tmp_path), name)
    assert seen is not None
    assert seen.text[199_000:201_000] == plain[199_000:201_000]


def test_a_file_of_another_size_is_seen_as_a_new_one(tmp_path: Path) -> None:
    name = written(tmp_path, TEXT)
    left_at(tmp_path, name, 100_000)
    written(tmp_path, f"New. {TEXT}")
    seen = glance(library(tmp_path), name)
    assert seen is not None
    assert (seen.document.position, seen.text[:9]) == (0, "New. Ines")


def test_a_small_text_with_many_marks_is_seen_whole(tmp_path: Path) -> None:
    name = written(tmp_path, LINE * 40)
    opened = library(tmp_path).open(name)
    for at in range(40):
        opened.tag("entity", (Fragment(at * len(LINE), at * len(LINE) + 4),))
    opened.leave(300)
    seen = glance(library(tmp_path), name)
    assert seen is not None
    assert (seen.text[:], seen.document.position) == (LINE * 40, 300)


def test_what_is_no_plain_text_is_left_to_whoever_opens_it(tmp_path: Path) -> None:
    store = library(tmp_path)
    assert glance(store, str(tmp_path)) is None
    assert glance(store, str(tmp_path / "nowhere.txt")) is None
    assert glance(store, "a title") is None
    for name, data in (
        ("wide.txt", TEXT.encode("utf-16")),
        ("old.txt", ("é" * 90_000).encode("latin-1")),
        ("paper.pdf", b"%PDF-1.4" + b"x" * 90_000),
    ):
        (tmp_path / name).write_bytes(data)
        assert glance(store, str(tmp_path / name)) is None
    assert glance(store, written(tmp_path, TEXT), "latin-1") is None
