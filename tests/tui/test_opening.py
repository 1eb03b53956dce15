"""A document that takes long to open: seen at once, and then as any other."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot

from reader.model.fragment import Fragment
from reader.storage.damage import DamagedError
from reader.tui.app import ReaderApp
from reader.tui.screens.opening import OpeningScreen
from reader.tui.screens.reading import ReadingScreen
from reader.workspace import glance as module
from reader.workspace import source
from reader.workspace.glance import glance
from reader.workspace.library import Library
from tests.tui.bench import Bench, drawn_by
from tests.workspace.build import library, written

TEXT = "Ines Varga said the harbour was closed.\n\nNobody came to the quay.\n\n" * 2000
PLACE = TEXT.index("Nobody", 60_000)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Event:
    """A large text, and what its opening waits for."""
    for each in (module, source):
        monkeypatch.setattr(each, "LARGE", 1 << 16)
    opened, gate = Library.open, Event()

    def later(self: Library, name: str, encoding: str | None = None) -> object:
        gate.wait(20)
        return opened(self, name, encoding)

    monkeypatch.setattr(Library, "open", later)
    return gate


@pytest.fixture
def name(tmp_path: Path, gate: Event) -> str:
    """A text that was left at a place, with a mark."""
    name = written(tmp_path, TEXT)
    gate.set()
    session = library(tmp_path).open(name)
    session.tag("entity", (Fragment(PLACE, PLACE + 6),))
    session.leave(PLACE)
    gate.clear()
    return name


@asynccontextmanager
async def seen(folder: Path, *names: str) -> AsyncIterator[tuple[ReaderApp, Pilot[None]]]:
    store = library(folder)
    app = ReaderApp(store, names, seen=glance(store, names[0]))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.pause()
        yield app, pilot


async def there(app: ReaderApp, pilot: Pilot[None], folder: Path) -> Bench:
    while not isinstance(app.screen, ReadingScreen):
        await pilot.pause(0.01)
    bench = Bench(app, pilot, folder)
    await bench.settle()
    return bench


async def test_the_text_is_seen_where_it_stays(tmp_path: Path, name: str, gate: Event) -> None:
    async with seen(tmp_path, name) as (app, pilot):
        assert isinstance(app.screen, OpeningScreen)
        before = drawn_by(app.screen)
        assert "harbour-fire.txt · opening" in before[0]
        assert any("Nobody came to the quay." in row for row in before)
        gate.set()
        bench = await there(app, pilot, tmp_path)
        assert [row[:70] for row in bench.rows[1:-3]] == [row[:70] for row in before[1:-3]]
        assert bench.selected == "Nobody"
        assert "Tags 1" in bench.rows[0]


async def test_what_is_typed_meanwhile_is_done_then(tmp_path: Path, name: str, gate: Event) -> None:
    async with seen(tmp_path, name) as (app, pilot):
        await pilot.press("right", "right", "c", "ctrl+p")
        assert isinstance(app.screen, OpeningScreen)
        gate.set()
        bench = await there(app, pilot, tmp_path)
        assert [each.kind for each in bench.desk.layers.annotations] == ["entity", "claim"]


async def test_one_may_leave_at_once(tmp_path: Path, name: str, gate: Event) -> None:
    async with seen(tmp_path, name) as (app, pilot):
        await pilot.press("q")
        gate.set()
    assert (app.failure, app.remarks) == (None, [])
    assert library(tmp_path).open(name).document.position == PLACE


async def test_what_is_wrong_ends_the_program(tmp_path: Path, name: str, gate: Event) -> None:
    (file,) = (tmp_path / "db" / "documents").iterdir()
    for path in (tmp_path / "db").rglob("*.json*"):
        if path.stem == file.stem:
            path.write_bytes(path.read_bytes().replace(b'"Nobody"', b'"nobody"'))
    gate.set()
    async with seen(tmp_path, name) as (app, pilot):
        while app.is_running and app.failure is None:
            await pilot.pause(0.01)
    assert app.failure is not None
    assert "it quotes other words than the text has there" in str(app.failure)


async def test_the_next_document_is_read_while_this_one_stays(
    tmp_path: Path, name: str, gate: Event
) -> None:
    small = written(tmp_path, "One short text.\n", "small.txt")
    app = ReaderApp(library(tmp_path), [small, name])
    gate.set()
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        bench = await there(app, pilot, tmp_path)
        gate.clear()
        await bench.press("g n right c")
        assert "is being read" in bench.said
        assert bench.desk.text == "One short text.\n"
        assert len(bench.desk.layers) == 0  # the mark is for the text that comes
        gate.set()
        while bench.desk.text == "One short text.\n":
            await pilot.pause(0.01)
        await bench.settle()
        assert [each.kind for each in bench.desk.layers.annotations] == ["entity", "claim"]


async def test_a_next_document_that_does_not_open_is_said(
    tmp_path: Path, name: str, gate: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = written(tmp_path, "One short text.\n", "small.txt")
    app = ReaderApp(library(tmp_path), [small, name])
    gate.set()
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        bench = await there(app, pilot, tmp_path)

        def broken(self: Library, name: str, encoding: str | None = None) -> object:
            raise DamagedError("It cannot be used", "it is broken", "")

        monkeypatch.setattr(Library, "open", broken)
        await bench.press("g n right")
        while "being read" in bench.said:
            await pilot.pause(0.01)
        await bench.press("c")
        assert bench.desk.text == "One short text.\n"
        assert len(bench.desk.layers) == 1
