"""Every other occurrence: a list to tick, its switches, and one change."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from rich.cells import cell_len

from reader.anchoring.describe import describe
from reader.errors import ConflictError
from reader.tui.screens.ticking import TickScreen
from reader.workspace import edits, occurrences
from reader.workspace.aside import Aside
from reader.workspace.occurrences import Occurrences
from tests.tui.bench import Bench, opened
from tests.workspace.build import library

TEXT = (
    "Kestrel spoke. KESTREL did not. The Kestrels came, and kestrel flew.\n\n"
    + "Then Kestrel said no. " * 3
    + "\n"
)
MANY = "Kestrel said so.\n" * 501


def quotes(bench: Bench) -> list[str]:
    return [words for *_, (words,) in bench.marks]


def state(bench: Bench) -> str:
    return next(row for row in bench.rows if "ticked" in row)


async def begin(bench: Bench) -> None:
    await bench.press("e o *")
    assert isinstance(bench.app.screen, TickScreen)


async def until(bench: Bench, holds: Callable[[], object]) -> None:
    for _ in range(100):
        if holds():
            return
        await bench.pilot.pause(0.02)
    raise AssertionError(bench.picture)


async def test_all_are_ticked_and_one_undo_takes_them_back(tmp_path: Path) -> None:
    async with opened(tmp_path, TEXT) as bench:
        await begin(bench)
        assert "Every “Kestrel” as organisation" in bench.picture
        assert "3 of 3 ticked" in state(bench)
        await bench.press("enter")
        assert bench.marks == [("entity", "organisation", ["Kestrel"])] * 4
        assert "3" in bench.said
        assert bench.selected == "Kestrel"
        await bench.press("u")
        assert len(bench.marks) == 1
        await bench.press("U")
        assert len(bench.marks) == 4


async def test_what_is_not_ticked_is_not_tagged(tmp_path: Path) -> None:
    async with opened(tmp_path, TEXT) as bench:
        await begin(bench)
        await bench.press("down space")
        assert "2 of 3 ticked" in state(bench)
        assert [row.count("[ ]") for row in bench.rows].count(1) == 1
        await bench.press("enter")
        assert len(bench.marks) == 3
        await bench.press("*")
        assert "1 of 1 ticked" in state(bench)


async def test_none_all_and_leaving_change_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path, TEXT) as bench:
        await begin(bench)
        await bench.press("a")
        assert "0 of 3 ticked" in state(bench)
        await bench.press("enter")
        assert len(bench.marks) == 1
        await bench.press("* a a")
        assert "3 of 3 ticked" in state(bench)
        await bench.press("escape")
        assert len(bench.marks) == 1
        await bench.press("u")
        assert bench.marks == []


async def test_switches_for_words_and_case(tmp_path: Path) -> None:
    async with opened(tmp_path, TEXT) as bench:
        await begin(bench)
        assert "whole words ON · i: any case off" in state(bench)
        await bench.press("i")
        await until(bench, lambda: "5 of 5 ticked" in state(bench))
        await bench.press("w")
        await until(bench, lambda: "6 of 6 ticked" in state(bench))
        await bench.press("i")
        await until(bench, lambda: "4 of 4 ticked" in state(bench))
        await bench.press("w i enter")
        assert sorted(quotes(bench)) == ["KESTREL", *["Kestrel"] * 4, "kestrel"]


async def test_the_words_stand_below_one_another(tmp_path: Path) -> None:
    async with opened(
        tmp_path, "水木は Kestrel " * 8 + "\nKestrel\n" + "a " * 50 + "Kestrel!"
    ) as bench:
        await bench.tab_to("Kestrel")
        await begin(bench)
        rows = [row for row in bench.rows if "[x]" in row]
        words = [re.search(r"Kestrel(?=[ !]|$)", row[32:]) for row in rows]
        columns = [
            cell_len(row[: 32 + found.start()])
            for row, found in zip(rows, words, strict=True)
            if found
        ]
        assert len(rows) == 9
        assert max(columns) - min(columns) <= 1
        bench.check_clean()


async def test_finds_come_while_one_looks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[Occurrences] = []
    run = Occurrences.run
    monkeypatch.setattr(Occurrences, "run", lambda asked: held.append(asked))
    async with opened(tmp_path, TEXT) as bench:
        await begin(bench)
        assert "still looking" in state(bench)
        assert "Looking …" in bench.picture
        run(held[0])
        await until(bench, lambda: "3 of 3 ticked" in state(bench))
        assert "still looking" not in state(bench)
        await bench.press("enter")
        assert len(bench.marks) == 4


async def test_five_hundred_are_one_change(tmp_path: Path) -> None:
    async with opened(tmp_path, MANY) as bench:
        await begin(bench)
        await until(bench, lambda: "500 of 500" in state(bench))
        await bench.press("end")
        assert any("›[x]" in row for row in bench.rows)
        await bench.press("enter")
        assert len(bench.marks) == 501
        await bench.press("u")
        assert len(bench.marks) == 1


async def test_keys_are_kept_while_many_are_tagged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(tmp_path, MANY) as bench:
        await begin(bench)
        await until(bench, lambda: "500 of 500" in state(bench))
        with monkeypatch.context() as slow:
            slow.setattr(Aside, "over", False)
            await bench.pilot.press("enter")
            await until(bench, lambda: "keys are kept" in bench.said)
            await bench.pilot.press("tab", "s", "l")
            await bench.pilot.click(offset=bench.place_of("undo"))
            bench.screen.keep()
            await bench.pilot.pause(0.1)
            assert len(bench.desk.layers) == 1
        await bench.settle()
        assert [kind for kind, *_ in bench.marks].count("source") == 1
        assert len(bench.marks) == 502
        assert len(bench.desk.session.history()) == 3
        assert bench.screen.tags.shown == 502
        await bench.press("u u")
        assert len(bench.marks) == 1
        await bench.press("2 U")
        assert len(bench.marks) == 502
        await bench.press("2 u")
        assert len(bench.marks) == 1
        assert bench.screen.tags.shown == 1


async def test_escape_stops_what_is_not_written_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(tmp_path, MANY) as bench:
        await begin(bench)
        await until(bench, lambda: "500 of 500" in state(bench))
        go_on = Event()
        monkeypatch.setattr(
            "reader.workspace.edits.describe",
            lambda *arguments: go_on.wait(20) and describe(*arguments),
        )
        await bench.pilot.press("enter")
        await until(bench, lambda: "Tagging 500 “Kestrel”" in bench.said)
        await bench.pilot.press("escape")
        go_on.set()
        await bench.settle()
        assert "Nothing was tagged: it was stopped" in bench.said
        assert len(bench.marks) == 1
        await bench.press("u")
        assert bench.marks == []


async def test_so_many_are_tagged_by_one_enter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(occurrences, "AT_ONCE", 300)
    monkeypatch.setattr("reader.tui.screens.ticking.AT_ONCE", 300)
    async with opened(tmp_path, MANY) as bench:
        await begin(bench)
        await until(bench, lambda: "500 of 500" in state(bench))
        assert "Enter tags the first 300" in state(bench)
        await bench.press("enter")
        assert len(bench.marks) == 301
        assert "Tagged 300 more" in bench.said
        assert "; * tags 200 more" in bench.said
        await bench.press("*")
        await until(bench, lambda: "200 of 200" in state(bench))
        assert "Enter tags the first" not in state(bench)
        await bench.press("enter")
        assert len(bench.marks) == 501


async def test_what_cannot_be_saved_waits_and_is_saved_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    async with opened(tmp_path, MANY) as bench:
        await begin(bench)
        await until(bench, lambda: "500 of 500" in state(bench))
        with monkeypatch.context() as broken:
            broken.setattr("os.fdatasync", full)
            await bench.press("enter")
            assert "NOT SAVED" in bench.said
            assert len(bench.desk.layers) == 501
        bench.screen.keep()
        assert "NOT SAVED" not in bench.said
        assert len(bench.marks) == 501
        await bench.press("u")
        assert len(bench.marks) == 1


async def test_a_mark_that_another_session_deletes_meanwhile(tmp_path: Path) -> None:
    async with opened(tmp_path, TEXT) as bench:
        await begin(bench)
        other = bench.app._library.open(bench.app._names[0])
        other.untag(*other.layers.annotations)
        bench.screen.keep()
        await bench.press("enter")
        assert bench.app.screen is bench.screen
        assert len(bench.marks) == 3
        assert "NOT SAVED" not in bench.said


async def test_a_count_goes_on_only_after_what_went_well(tmp_path: Path) -> None:
    async with opened(tmp_path, MANY) as bench:
        await begin(bench)
        await until(bench, lambda: "500 of 500" in state(bench))
        await bench.press("enter")
        assert len(bench.marks) == 501
        with library(tmp_path, "boris").open(str(tmp_path / "text-1.txt")) as other:
            other.untag(other.layers.annotations[7])
        bench.screen.keep()
        await bench.press("2 u")
        assert "Not taken back" in bench.said
        assert len(bench.marks) == 500


async def test_what_fails_while_one_leaves_is_said_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Event()

    def refused(*arguments: object) -> None:
        assert gate.wait(20)
        raise ConflictError("Not taken back", "somebody else was faster", "")

    async with opened(tmp_path, MANY) as bench:
        await begin(bench)
        await until(bench, lambda: "500 of 500" in state(bench))
        await bench.press("enter")
        await until(bench, lambda: len(bench.marks) == 501)
        monkeypatch.setattr(edits, "as_far_as_possible", refused)
        await bench.pilot.press("u")
        gate.set()
        bench.app._end()
        (said,) = bench.app.remarks
    assert "somebody else was faster" in said


async def test_the_mouse_ticks(tmp_path: Path) -> None:
    async with opened(tmp_path, TEXT) as bench:
        await begin(bench)
        x, y = bench.place_of("[x]")
        await bench.pilot.click(offset=(x + 1, y))
        assert "2 of 3 ticked" in state(bench)


async def test_a_mark_of_two_parts_has_no_others(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("' c *")
        assert bench.app.screen is bench.screen
        assert "has 2 parts" in bench.said
