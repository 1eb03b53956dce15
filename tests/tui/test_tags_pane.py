"""The tagging pane: beside the text, or a drawer that one key draws out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.bench import Bench, opened

WIDE = (160, 50)
MARKS = "tab e l tab e o ) 2 tab e p "  # PORT AMRIN, Kestrel, Ines Varga


def row(bench: Bench) -> str:
    found = bench.screen.tags.row
    return found.text if found is not None else ""


async def test_an_empty_pane_says_what_to_press(tmp_path: Path) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        assert "Nothing is marked yet." in bench.picture
        assert "tag a name as a person" in bench.picture
        await bench.press("t j k enter d home end pageup pagedown escape right")
        assert bench.selected == "burns"


async def test_marks_are_listed_with_labels_numbers_and_sources(tmp_path: Path) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press("2 tab e o 5 tab e o home ' c")
        picture = bench.picture
        assert "Tags 3 · 1 unsourced" in picture
        assert "Entities" in picture
        assert "org Kestrel" in picture
        assert "“We had warned them twice" in picture
        assert "← source?" in picture


async def test_repeats_are_one_row_and_enter_goes_to_one_after_the_other(tmp_path: Path) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press("2 tab e o")
        first = bench.desk.selection.start
        await bench.tab_to("Kestrel")
        await bench.press("e o")
        second = bench.desk.selection.start
        assert "×2" in bench.picture
        await bench.press("t enter")
        assert bench.desk.selection.start == first
        await bench.press("t enter")
        assert bench.desk.selection.start == second
        await bench.press("t d")
        assert bench.marks == []
        await bench.press("u")
        assert len(bench.marks) == 2


async def test_the_cursor_follows_the_text_and_goes_its_own_way_inside(tmp_path: Path) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press(MARKS)
        names = [quotes[0] for _, _, quotes in bench.marks]
        await bench.press("home ]")
        assert row(bench) == names[0]
        await bench.press("]")
        assert row(bench) == names[1]
        await bench.press("t j")
        assert (row(bench), bench.selected) == (names[2], names[1])
        await bench.press("enter")
        assert (bench.screen.pane, bench.selected) == ("article", names[2])


async def test_rows_are_deleted_undone_and_redone_in_the_pane(tmp_path: Path) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press(MARKS + "t home d")
        assert len(bench.marks) == 2
        assert bench.screen.pane == "tags"
        await bench.press("u")
        assert len(bench.marks) == 3
        await bench.press("U d d")
        assert bench.marks == []
        await bench.press("d j t right")
        assert bench.screen.pane == "article"


async def test_a_claims_source_row_goes_to_the_source(tmp_path: Path) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press(") c 2 tab s a 1 t home j")
        assert bench.screen.tags.row is not None
        assert bench.screen.tags.row.role == "source"
        await bench.press("enter")
        assert bench.selected == "Tuesday"


async def test_many_rows_scroll_with_the_cursor(tmp_path: Path) -> None:
    async with opened(tmp_path, size=(100, 12)) as bench:
        for _ in range(14):
            await bench.press("right r")
        await bench.press("t home")
        assert "burns" in bench.picture
        await bench.press("end")
        last = row(bench)
        assert any(last in line[60:] for line in bench.rows)
        await bench.press("pageup pageup pageup")
        assert row(bench) == bench.marks[0][2][0]


@pytest.mark.parametrize("width", [40, 60, 89])
async def test_below_90_columns_the_pane_is_a_drawer(tmp_path: Path, width: int) -> None:
    async with opened(tmp_path, size=(width, 24)) as bench:
        await bench.press("tab e l")
        assert not bench.screen.tags.display
        assert "Entities" not in bench.picture
        await bench.press("t")
        assert "Entities" in bench.picture
        assert "PORT" in bench.picture
        await bench.press("escape")
        assert "Entities" not in bench.picture
        await bench.press("t enter")
        assert (bench.selected, bench.screen.pane) == ("PORT AMRIN", "article")


async def test_at_90_columns_both_stand_side_by_side(tmp_path: Path) -> None:
    async with opened(tmp_path, size=(90, 24)) as bench:
        assert bench.screen.tags.display
        await bench.resize(80, 24)
        assert not bench.screen.tags.display
