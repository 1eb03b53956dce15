"""Several documents, each opened where it was left."""

from __future__ import annotations

from pathlib import Path

from reader.errors import InputError
from reader.tui.app import ReaderApp
from tests.tui.bench import ARTICLE, opened
from tests.workspace.build import library

THREE = ("First text of all.\n", "Second text of Kestrel.\n", "Third and last.\n")


async def test_the_queue_is_gone_through_both_ways(tmp_path: Path) -> None:
    async with opened(tmp_path, *THREE) as bench:
        assert "text-1.txt  1 of 3" in bench.picture
        await bench.press("g n")
        assert (bench.desk.text, "2 of 3" in bench.picture) == (THREE[1], True)
        await bench.press("g n g n")
        assert bench.desk.text == THREE[2]
        assert "This is the last document of 3" in bench.said
        await bench.press("2 g p")
        assert bench.desk.text == THREE[0]
        await bench.press("g p")
        assert "This is the first document of 3" in bench.said
        assert [type(each).__name__ for each in bench.app.screen_stack].count("ReadingScreen") == 1


async def test_marks_and_places_of_each_are_kept(tmp_path: Path) -> None:
    async with opened(tmp_path, *THREE) as bench:
        await bench.press("2 right g n 3 right e o g n c g p")
        assert bench.selected == "Kestrel"
        assert [each.words for each in bench.desk.layers.annotations] == ["Kestrel"]
        await bench.press("g p")
        assert bench.selected == "of"
        assert len(bench.desk.layers) == 0
        await bench.press("2 g n")
        assert [each.kind for each in bench.desk.layers.annotations] == ["claim"]


async def test_a_file_that_does_not_open_is_said_and_stepped_over(tmp_path: Path) -> None:
    async with opened(tmp_path, *THREE) as bench:
        (tmp_path / "text-2.txt").write_bytes(b"%PDF-1.4 nothing to read")
        await bench.press("g n")
        assert bench.desk.text == THREE[0]
        assert "text-2.txt" in bench.picture
        await bench.press("2 g n")
        assert bench.desk.text == THREE[2]


async def test_a_first_file_that_does_not_open_ends_the_program(tmp_path: Path) -> None:
    app = ReaderApp(library(tmp_path), [str(tmp_path / "none.txt")])
    async with app.run_test() as pilot:
        await pilot.pause()
    assert isinstance(app.failure, InputError)


async def test_quitting_keeps_the_place_and_reopening_is_there(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("/")
        await bench.write("paragraph 12")
        await bench.press("enter e q q")
        place = bench.desk.selection.start
        assert bench.tables["document"]["1"]["position"] == place
        assert bench.app._exit
    async with opened(tmp_path) as bench:
        assert bench.desk.selection.start == place
        assert "Paragraph 12" in bench.picture
        assert bench.marks == [("entity", "quantity", ["Paragraph 12"])]
        await bench.press("u")
        assert "Undone: tagged “Paragraph 12”" in bench.said
        assert bench.marks == []


async def test_ctrl_q_keeps_the_place_too(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("tab e l 3 ) ctrl+q")
        assert bench.tables["document"]["1"]["position"] == ARTICLE.index("He said the")
