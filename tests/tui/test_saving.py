"""What is said to be saved is saved; what could not be waits, is said to, and is tried again."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.tui.widgets.article import ArticlePane
from reader.workspace.importing import import_file
from tests.tui.bench import opened
from tests.workspace.build import library

WIDE = (160, 50)


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[bool], None]:
    """Fill the database's disk, or make room on it again."""
    real = {name: getattr(os, name) for name in ("fsync", "fdatasync")}
    state = {"full": False}
    database = os.path.realpath(tmp_path / "db")

    def failing(name: str) -> Callable[[int], None]:
        def sync(handle: int) -> None:
            if state["full"] and os.path.realpath(f"/proc/self/fd/{handle}").startswith(database):
                raise OSError(errno.ENOSPC, "No space left on device")
            real[name](handle)

        return sync

    for name in real:
        monkeypatch.setattr(os, name, failing(name))
    monkeypatch.setenv("HOME", str(tmp_path))
    return lambda now: state.update(full=now)


async def test_every_mark_is_on_the_disk_before_the_screen_shows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[object, object]] = []
    async with opened(tmp_path, size=WIDE) as bench:
        draw = ArticlePane.marks_changed

        def drawing(pane: ArticlePane) -> None:
            rows = bench.tables.get("annotations", {}).values()
            kept = sorted((row["id"], row["label"], row["rev"]) for row in rows)
            shown = sorted((one.id, one.label, one.rev) for one in bench.desk.layers.annotations)
            compared.append((kept, shown))
            draw(pane)

        monkeypatch.setattr(ArticlePane, "marks_changed", drawing)
        for keys in ("tab e l", "e p", "tab s", ") c", "a 1", "d", "u", "U", "u"):
            await bench.press(keys)
    assert len(compared) >= 9
    for kept, shown in compared:
        assert kept == shown


async def test_a_full_disk_is_said_and_the_mark_waits(
    tmp_path: Path, full: Callable[[bool], None]
) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press("tab e l tab")
        full(True)
        await bench.press("e o")
        assert "NOT SAVED: no space left on device; 1 change waiting" in bench.said
        assert "saved ·" not in bench.said
        assert "Not saved" in bench.picture
        assert "Tags 2" in bench.picture
        assert bench.marks == [("entity", "place", ["PORT AMRIN"])]
        await bench.press("tab e p u")
        assert "3 changes waiting" in bench.said
        full(False)
        bench.screen.keep()
        await bench.settle()
        assert "NOT SAVED" not in bench.said
        assert "saved ·" in bench.said
        assert [label for _, label, _ in bench.marks] == ["place", "organisation"]
        assert bench.desk.session.waiting == 0


async def test_what_others_did_meanwhile_is_kept_with_what_waits(
    tmp_path: Path, full: Callable[[bool], None]
) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press("tab e l")
        full(True)
        await bench.press("tab e o enter")
        await bench.write("waits")
        await bench.press("escape")
        full(False)
        async with opened(tmp_path, size=WIDE, annotator="boris") as other:
            await other.press("4 tab e p")
        bench.screen.keep()
        await bench.settle()
        assert bench.desk.session.waiting == 0
        assert [each.note for each in bench.desk.layers.annotations if each.note] == ["waits"]
        assert len(bench.marks) == 3


async def test_a_waiting_change_to_what_another_deleted_is_refused_aloud(
    tmp_path: Path, full: Callable[[bool], None]
) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press("tab e l")
        async with opened(tmp_path, size=WIDE, annotator="boris") as other:
            full(True)
            await bench.press("enter")
            await bench.write("too late")
            await bench.press("escape")
            full(False)
            await other.press("] d")
        bench.screen.keep()
        await bench.settle()
        assert bench.desk.session.waiting == 0
        assert bench.marks == []
        assert "was not saved" in bench.picture


async def test_a_change_that_is_refused_on_the_way_out_is_said_first(
    tmp_path: Path, full: Callable[[bool], None]
) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("3 right e o")
        (mark,) = bench.desk.layers.annotations
        full(True)
        bench.desk.session.describe(mark, label=mark.label, note="seen at the quay")
        full(False)
        with library(tmp_path, "boris").open(str(tmp_path / "text-1.txt")) as other:
            other.untag(*other.layers.annotations)
        bench.screen.keep = lambda: None  # no second goes by
        await bench.press("q")
        assert not bench.app._exit
        assert "was not saved" in bench.said
        await bench.press("q")
        assert bench.app._exit


async def test_what_waits_is_written_to_another_place(
    tmp_path: Path, full: Callable[[bool], None]
) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press("tab e l")
        full(True)
        await bench.press("tab e o q")
        assert not bench.app._exit
        assert "1 change cannot be saved" in bench.said
        assert "write to another place" in bench.offered
        await bench.press("w")
        place = bench.app.screen.query_one("Input").value
        assert place == str(tmp_path / "text-1-txt.unsaved.json")
        await bench.press("enter")
        assert bench.app._exit
    full(False)
    moved = library(tmp_path / "elsewhere")
    (imported,) = import_file(moved, Path(place))
    assert imported.annotations == 2


async def test_leaving_what_waits_is_a_choice(tmp_path: Path, full: Callable[[bool], None]) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press("tab e l")
        full(True)
        await bench.press("tab e o q escape")
        assert not bench.app._exit
        await bench.press("q x")
        assert bench.app._exit
        assert not list(tmp_path.glob("*.unsaved.json"))


async def test_a_closed_terminal_takes_nothing_along(
    tmp_path: Path, full: Callable[[bool], None]
) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press("tab e l")
        full(True)
        await bench.press("tab e o")
        bench.app._end()
        (said,) = bench.app.remarks
        assert "1 change could not be saved" in said
        assert len(list(tmp_path.glob("*.unsaved.json"))) == 1


@pytest.mark.parametrize("size", [(80, 24), WIDE])
async def test_the_state_is_seen_while_a_notice_is_shown(
    tmp_path: Path, full: Callable[[bool], None], size: tuple[int, int]
) -> None:
    async with opened(tmp_path, size=size) as bench:
        full(True)
        await bench.press("c")
        assert "NOT SAVED" in bench.rows[-2]


@pytest.mark.parametrize("keys", ["c", "d", "u", "a 0", "c s"])
async def test_no_change_of_any_kind_is_called_saved_when_it_is_not(
    tmp_path: Path, full: Callable[[bool], None], keys: str
) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press("tab e l ) c" if keys != "c" else "tab e l )")
        before = bench.tables
        full(True)
        await bench.press(keys)
        assert bench.tables == before
        assert "waiting" in bench.said
        assert "NOT SAVED" in bench.said
        shown = [each.id for each in bench.desk.layers.annotations]
        full(False)
        bench.screen.keep()
        assert sorted(each["id"] for each in bench.tables["annotations"].values()) == sorted(shown)


async def test_the_very_first_mark_may_fail_too(
    tmp_path: Path, full: Callable[[bool], None]
) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        full(True)
        await bench.press("c")
        assert "NOT SAVED" in bench.said
        assert bench.tables == {}
        full(False)
        await bench.press("] n")
        bench.screen.keep()
        assert len(bench.marks) == 1


async def test_a_narrow_screen_says_it_too(tmp_path: Path, full: Callable[[bool], None]) -> None:
    async with opened(tmp_path, size=(40, 12)) as bench:
        full(True)
        await bench.press("c")
        assert "NOT SAVED" in bench.said


async def test_quitting_with_a_full_disk_still_quits_and_says_so(
    tmp_path: Path, full: Callable[[bool], None]
) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("c")
        full(True)
        await bench.press("q")
        assert bench.app._exit
        assert len(bench.app.remarks) == 1
        assert "no space left" in bench.app.remarks[0]


async def test_a_note_that_could_not_be_saved_is_not_lost(
    tmp_path: Path, full: Callable[[bool], None]
) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("tab e l enter")
        await bench.write("half an hour of work")
        full(True)
        await bench.press("escape")
        assert "NOT SAVED" in bench.said
        assert bench.notes == [""]
        full(False)
        bench.screen.keep()
        await bench.settle()
        assert bench.notes == ["half an hour of work"]
        assert "NOT SAVED" not in bench.said


@pytest.mark.parametrize("leave", ["ctrl+q", "closed"])
async def test_a_note_that_is_being_typed_is_kept_on_the_way_out(
    tmp_path: Path, leave: str
) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("tab e l enter")
        await bench.write("almost done")
        if leave == "closed":
            bench.app._end()
        else:
            await bench.press(leave)
        await bench.pilot.pause()
        assert bench.notes == ["almost done"]


async def test_marks_of_another_session_are_shown_soon(tmp_path: Path) -> None:
    async with opened(tmp_path, size=WIDE) as bench, opened(tmp_path, annotator="boris") as other:
        await other.press("2 tab e o enter")
        await other.write("see the register")
        await other.press("escape")
        bench.screen.keep()
        await bench.settle()
        assert "Tags 1" in bench.picture
        assert "org Kestrel" in bench.picture
        await bench.press("]")
        assert "see the register" in bench.said
        await other.press("d")
        bench.screen.keep()
        await bench.settle()
        assert "Nothing is marked yet." in bench.picture
        assert bench.desk.current is None


async def test_marks_of_another_session_come_with_ones_own_next(tmp_path: Path) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press("tab e l")
        async with opened(tmp_path, size=WIDE, annotator="boris") as other:
            await other.press("2 tab e o")
            assert len(other.marks) == 2
        await bench.press("3 tab e p")
        assert len(bench.marks) == 3
        assert "Tags 3" in bench.picture
        await bench.press("u u")
        assert [quotes for _, _, quotes in bench.marks] == [["Tuesday"]]
