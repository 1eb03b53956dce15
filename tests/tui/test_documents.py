"""The document as a whole: the list, its state, its card, its export, and places in it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from textual.widgets import Input

from reader.errors import StoreError
from reader.formats.registry import codecs
from reader.tui.screens.card import CardScreen
from reader.tui.screens.picking import PickScreen
from reader.tui.screens.place import PlaceScreen
from tests.tui.bench import ARTICLE, Bench, opened

THREE = ("First text of all.\n", "Second text of Kestrel.\n", "Third and last.\n")


# The queue --------------------------------------------------------------------------------------


async def test_the_list_says_how_far_each_is_and_goes_there(tmp_path: Path) -> None:
    async with opened(tmp_path, *THREE) as bench:
        await bench.press("e p right s g d g n g l")
        first, second, third = [row for row in bench.rows if "text-" in row]
        assert "1 entity · 1 source" in first
        assert first.rstrip("│ ").endswith("done")
        assert third.rstrip("│ ").endswith("new")
        assert "›" in second
        await bench.write("t-3")
        await bench.press("enter")
        assert bench.desk.text == THREE[2]
        assert "3 of 3" in bench.picture
        await bench.press("g l escape g p")
        assert bench.desk.text == THREE[1]


async def test_what_the_database_has_besides_can_be_opened(tmp_path: Path) -> None:
    async with opened(tmp_path, *THREE) as bench:
        await bench.press("e p")
    async with opened(tmp_path, "Other text.\n", names=("other.txt",)) as bench:
        await bench.press("g l")
        assert "1 in the queue, 1 more in the database" in bench.picture
        await bench.press("down enter")
        assert bench.desk.text == THREE[0]
        assert "2 of 2" in bench.picture
        await bench.press("g p")
        assert bench.desk.text == "Other text.\n"


async def test_a_text_that_is_twice_in_the_queue_is_one(tmp_path: Path) -> None:
    async with opened(tmp_path, THREE[0], THREE[0], names=("a.txt", "a.txt")) as bench:
        await bench.press("e p g l")
        assert bench.picture.count("1 entity") == 2
        assert bench.picture.count("in progress") == 2
        await bench.press("down enter")
        assert len(bench.desk.layers) == 1
        await bench.press("e o g p")
        assert [each.label for each in bench.desk.layers.annotations] == ["organisation"]


async def test_three_hundred_files_one_of_them_gone(tmp_path: Path) -> None:
    texts = [f"Text {number}.\n" for number in range(300)]
    async with opened(tmp_path, *texts) as bench:
        (tmp_path / "text-150.txt").unlink()
        await bench.press("g l")
        await bench.write("does not open")
        (row,) = [row for row in bench.rows if "text-150" in row]
        assert "does not open" in row
        await bench.press("enter")
        assert bench.desk.text == texts[0]
        await bench.press("g l")
        await bench.write("t-299.")
        await bench.press("enter")
        assert bench.desk.text == texts[298]


async def test_keys_after_another_text_was_asked_for_are_not_for_this_one(tmp_path: Path) -> None:
    """`g n` and a tag key, typed faster than a text opens, must not mark the one that is left."""
    async with opened(tmp_path, *THREE) as bench:
        for key in ("g", "n", "right", "e", "o"):
            bench.app.simulate_key(key)
        for _ in range(10):
            await bench.settle()
        assert bench.desk.text == THREE[1]
        assert [each.words for each in bench.desk.layers.annotations] == ["text"]
        await bench.press("g p")
        assert len(bench.desk.layers) == 0


async def test_keys_after_a_text_that_does_not_open_do_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path, *THREE) as bench:
        (tmp_path / "text-2.txt").unlink()
        for key in ("g", "n", "e", "o"):
            bench.app.simulate_key(key)
        for _ in range(5):
            await bench.settle()
        assert (bench.desk.text, bench.marks) == (THREE[0], [])
        await bench.press("e o")
        assert len(bench.marks) == 1


async def test_keys_after_quitting_change_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path, *THREE) as bench:
        await bench.press("e o")
        for key in ("q", "d"):
            bench.app.simulate_key(key)
        for _ in range(5):
            await bench.settle()
        assert len(bench.marks) == 1


async def test_a_list_typed_into_before_it_stands(tmp_path: Path) -> None:
    async with opened(tmp_path, *THREE) as bench:
        for key in ("g", "l", "3", "enter"):
            bench.app.simulate_key(key)
        for _ in range(20):
            await bench.settle()
        assert bench.desk.text == THREE[2]


async def test_a_database_that_cannot_be_listed_leaves_one_where_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: object) -> None:
        raise StoreError("The database cannot be read", "an error of the disk")

    async with opened(tmp_path, *THREE) as bench:
        monkeypatch.setattr("reader.workspace.queueing.queued", broken)
        await bench.press("g l")
        assert bench.app.screen is bench.screen
        assert "The database cannot be read" in bench.picture
        await bench.press("e o")
        assert len(bench.marks) == 1


# Its state --------------------------------------------------------------------------------------


async def test_done_and_not_done(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("g d")
        assert "done, with nothing found" in bench.said
        assert "text-1.txt · done with nothing found" in bench.picture
        await bench.press("g d")
        assert "new again" in bench.said
        await bench.press("tab e l g d")
        assert "text-1.txt · done  ─" in bench.picture
        await bench.press("g d u")
        assert bench.desk.session.document.state == "done"
        await bench.press("u u")
        assert bench.marks == []


async def test_the_documents_card_is_filled_in_and_undone_at_once(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("g i")
        assert isinstance(bench.app.screen, CardScreen)
        assert "saved" not in bench.said
        await bench.press("end")
        await bench.write(" Ä")
        await bench.press("tab")
        await bench.paste("https://example.org/1")
        await bench.press("tab tab tab r tab")
        await bench.write("two")
        await bench.press("enter")
        await bench.write("lines")
        await bench.press("escape")
        document = bench.desk.session.document
        assert (document.title, document.url) == ("text-1.txt Ä", "https://example.org/1")
        assert (document.state, document.note) == ("needs review", "two\nlines")
        assert (document.author, document.published) == (None, None)
        assert "text-1.txt Ä · needs review" in bench.picture
        await bench.press("u")
        assert bench.desk.session.document.state == "new"
        assert bench.desk.session.document.note == ""


async def test_a_documents_card_that_was_only_looked_at_makes_no_change(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("g i tab tab escape")
        assert bench.tables == {}
        assert not bench.desk.session.undoable


async def test_a_documents_card_that_cannot_be_saved_says_so_and_keeps_what_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    async with opened(tmp_path) as bench:
        await bench.press("tab e l g i tab")
        await bench.write("example.org")
        with monkeypatch.context() as broken:
            broken.setattr("os.fdatasync", full)
            await bench.press("escape")
            assert "NOT SAVED" in bench.said or isinstance(bench.app.screen, CardScreen)
        if isinstance(bench.app.screen, CardScreen):
            await bench.press("escape")
        bench.screen.keep()
        assert "NOT SAVED" not in bench.said
        assert bench.tables["document"]["1"]["url"] == "example.org"


# Export -----------------------------------------------------------------------------------------


async def export(bench: Bench, format_name: str, place: str) -> None:
    await bench.press("g x")
    assert isinstance(bench.app.screen, PickScreen)
    await bench.write(format_name)
    await bench.press("enter")
    assert isinstance(bench.app.screen, PlaceScreen)
    await fill(bench, place)


async def fill(bench: Bench, place: str) -> None:
    bench.app.screen.query_one(Input).value = place
    await bench.press("enter")


@pytest.mark.parametrize(
    "codec", [each for each in codecs() if each.writes], ids=lambda it: it.name
)
async def test_every_format_is_written(tmp_path: Path, codec: object) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("' c tab s a 1")
        out = tmp_path / "out"
        out.mkdir()
        await export(bench, codec.name, str(out / "text.x"))  # type: ignore[attr-defined]
        assert bench.app.screen is bench.screen, bench.picture
        assert "Wrote" in bench.said
        assert "Wrote" in bench.picture
        assert (out / "text.x").stat().st_size > 0
        bench.check_clean()


async def test_an_export_has_what_was_done_a_moment_ago(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("tab e l")
        await export(bench, "csv", str(tmp_path / "out.csv"))
        rows = list(csv.reader((tmp_path / "out.csv").read_text("utf-8-sig").splitlines()))
        assert any("PORT AMRIN" in row for row in rows)


async def test_a_place_that_will_not_do_is_asked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "there.json").write_text("mine")
    monkeypatch.chdir(tmp_path)
    async with opened(tmp_path) as bench:
        await export(bench, "json", "there.json")
        assert isinstance(bench.app.screen, PlaceScreen)
        assert "exists already" in bench.picture
        assert "--" not in bench.picture.replace("─", "")
        assert bench.app.screen.query_one(Input).value == "there.json"
        for place, why in (
            ("no/folder/x.json", "There is no folder"),
            (str(tmp_path), "is a folder"),
            ("~nobody-has-this-name/x.json", "home"),
        ):
            await fill(bench, place)
            assert why in " ".join(bench.picture.replace("│", " ").split())
        await fill(bench, "new.json")
        assert bench.app.screen is bench.screen
        assert (tmp_path / "new.json").exists()
        assert (tmp_path / "there.json").read_text() == "mine"
        assert bench.marks == []


@pytest.mark.parametrize("keys", ["escape", "enter escape"])
async def test_an_export_that_is_left_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keys: str
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    async with opened(tmp_path) as bench:
        await bench.press("g x")
        await bench.press(keys)
        assert bench.app.screen is bench.screen
        assert list(empty.iterdir()) == []
        await bench.press("right")
        assert bench.selected == "burns"


async def test_an_export_from_a_folder_that_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    async with opened(tmp_path) as bench:
        monkeypatch.chdir(gone)
        gone.rmdir()
        await bench.press("g x enter")
        assert isinstance(bench.app.screen, PlaceScreen)
        assert bench.app.screen.query_one(Input).value.startswith(str(Path.home()))
        await bench.press("escape")
        monkeypatch.undo()


async def test_the_palette_offers_export_first(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press(":")
        await bench.write("export")
        await bench.app.workers.wait_for_complete()
        await bench.pilot.pause()
        await bench.press("enter")
        await bench.settle()
        assert "Export as which format?" in bench.picture


# Places -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "at"),
    [
        ("3", "We had warned"),
        ("¶ 4", "Mr. Quillard"),
        (" 0 %", "Depot"),
        ("0,1%", "Depot"),
        ("100%", "it.\n"),
        ("999 %", "it.\n"),
    ],
)
async def test_a_place_by_number_or_percent(tmp_path: Path, place: str, at: str) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("right right g o")
        await fill(bench, place)
        assert ARTICLE[bench.desk.selection.start :].startswith(at)


@pytest.mark.parametrize(
    "place",
    [
        "99",
        "0",
        "x",
        "-3",
        "5 6",
        "%",
        "1" * 40,
        pytest.param("9" * 5000, id="long"),
        "9" * 400 + "%",
    ],
)
async def test_a_place_that_is_none_is_said(tmp_path: Path, place: str) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("right g o")
        await fill(bench, place)
        assert bench.selected == "burns"
        assert "paragraph" in bench.said
        await bench.press("g o escape right")
        assert bench.selected == "for"
