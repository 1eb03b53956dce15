"""The mouse in the text: dragging, two and three clicks, and the edges of a mark."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual import events

from tests.tui.bench import ARTICLE, Bench, opened

Place = tuple[int, int]


def cell(bench: Bench, words: str, further: int = 0) -> Place:
    x, y = bench.place_of(words)
    return cell_len(bench.rows[y][:x]) + further, y


async def post(bench: Bench, kind: type[events.MouseEvent], at: Place, button: int = 1) -> None:
    await bench.pilot._post_mouse_events([kind], None, at, button=button)
    await bench.settle()


async def until(bench: Bench, done: Callable[[], bool]) -> None:
    """Wait for what comes by itself, however busy the machine is."""
    for _ in range(500):
        if done():
            return
        await bench.pilot.pause(0.01)
    raise AssertionError("It never came")


async def drag(bench: Bench, start: Place, *way: Place) -> None:
    await post(bench, events.MouseDown, start)
    for at in way:
        await post(bench, events.MouseMove, at)
    await post(bench, events.MouseUp, way[-1])


async def test_dragging_selects_exactly_that_either_way(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        start, end = cell(bench, "harbour"), cell(bench, "Varga", 4)
        await drag(bench, start, cell(bench, "master"), end)
        assert bench.selected == "harbour master Ines Varga"
        assert bench.desk.selection.hard
        await drag(bench, end, cell(bench, "Ines"), start)
        assert bench.selected == "harbour master Ines Varga"
        await bench.press("s")
        assert bench.marks == [("source", None, ["harbour master Ines Varga"])]


async def test_extending_goes_on_where_the_mouse_was_let_go(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await drag(bench, cell(bench, "Varga", 4), cell(bench, "Ines"))
        await bench.press("H")
        assert bench.selected == "master Ines Varga"
        await drag(bench, cell(bench, "Ines"), cell(bench, "Varga", 4))
        await bench.press("L")
        assert bench.selected.startswith("Ines Varga, ")


async def test_dragging_over_rows_and_wide_letters(tmp_path: Path) -> None:
    text = "水木 👩‍🚒 said it\nand left.\n"
    async with opened(tmp_path, text) as bench:
        await drag(bench, cell(bench, "水", 2), cell(bench, "said", 3))
        assert bench.selected == "木 👩‍🚒 said"
        await drag(bench, cell(bench, "said"), cell(bench, "left", 3))
        assert bench.selected == "said it\nand left"
        await drag(bench, cell(bench, "木"), cell(bench, "木", 4))
        assert bench.selected == "木 👩‍🚒"


@pytest.mark.parametrize("where", [(3, 23), (79, 23), (0, 0), (70, 20), (79, 5)])
async def test_letting_go_beside_the_text_ends_it(tmp_path: Path, where: Place) -> None:
    text = "One two three.\n\nFour five six.\n"
    async with opened(tmp_path, text) as bench:
        await drag(bench, cell(bench, "five"), cell(bench, "six"), where)
        first = bench.selected
        assert first
        assert 0 <= bench.desk.selection.start < bench.desk.selection.end <= len(text)
        await post(bench, events.MouseMove, cell(bench, "two"), button=0)
        assert bench.selected == first
        await drag(bench, cell(bench, "One"), cell(bench, "two", 2))
        assert bench.selected == "One two"
        await bench.press("e p")
        assert bench.marks == [("entity", "person", ["One two"])]


async def test_a_button_let_go_where_nobody_sees_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await post(bench, events.MouseDown, cell(bench, "harbour"))
        await post(bench, events.MouseMove, cell(bench, "master", 5))
        await post(bench, events.MouseMove, cell(bench, "Depot"), button=0)
        assert bench.selected == "harbour master"
        await post(bench, events.MouseMove, cell(bench, "Kestrel"), button=0)
        assert bench.selected == "harbour master"


async def test_dragging_beyond_the_edge_goes_on_below_and_above(tmp_path: Path) -> None:
    async with opened(tmp_path, size=(80, 12)) as bench:
        await post(bench, events.MouseDown, cell(bench, "harbour"))
        for x in range(20, 32):
            await post(bench, events.MouseMove, (x, 11))
        assert "harbour master" in bench.selected
        assert "Quillard" in bench.selected
        assert "Depot" not in bench.picture
        for x in range(20, 50):
            await post(bench, events.MouseMove, (x, 0))
        await post(bench, events.MouseUp, (49, 0))
        assert "Depot" in bench.picture
        assert bench.selected.endswith("h")


async def test_the_mouse_held_beyond_an_edge_goes_on_until_it_is_let_go(tmp_path: Path) -> None:
    async with opened(tmp_path, size=(80, 12)) as bench:
        article, end = bench.screen.article, len(bench.desk.text)

        def beyond(top: int, last: int) -> bool:
            return article.first_shown > top and bench.desk.selection.end > last

        await post(bench, events.MouseDown, cell(bench, "harbour"))
        await post(bench, events.MouseMove, (30, 11))
        for _ in range(5):
            top, last = article.first_shown, bench.desk.selection.end
            await until(bench, partial(beyond, top, last))
        assert bench.selected.startswith("harbour")
        await post(bench, events.MouseUp, (30, 11))
        let_go = article.first_shown, bench.desk.selection
        await bench.pilot.pause(0.15)
        assert (article.first_shown, bench.desk.selection) == let_go
        assert bench.desk.selection.end < end


async def test_it_goes_on_to_the_end_of_the_text_and_no_further(tmp_path: Path) -> None:
    async with opened(tmp_path, "Varga said so.\n" * 16 + "Last.", size=(80, 12)) as bench:
        article = bench.screen.article
        await post(bench, events.MouseDown, (10, 3))
        await post(bench, events.MouseMove, (60, 11))
        await until(bench, lambda: article._timer is None)
        await bench.settle()
        assert bench.desk.selection.end == len(bench.desk.text)
        assert article.percent == 100
        await post(bench, events.MouseMove, (0, 0))
        await until(bench, lambda: article._timer is None)
        await bench.settle()
        assert (article.first_shown, bench.desk.selection.start) == (0, 0)
        await post(bench, events.MouseUp, (0, 0))


@pytest.mark.parametrize("leaving", ["help", "focus", "quit"])
async def test_it_ends_where_the_screen_is_left(tmp_path: Path, leaving: str) -> None:
    async with opened(tmp_path, size=(80, 12)) as bench:
        article = bench.screen.article
        await post(bench, events.MouseDown, cell(bench, "harbour"))
        await post(bench, events.MouseMove, (30, 11))
        assert article._timer is not None
        if leaving == "focus":
            bench.app.app_focus = False
        else:
            await bench.press("?" if leaving == "help" else "q")
        if leaving == "quit":
            await bench.pilot.pause(0.15)
        else:
            await until(bench, lambda: article._timer is None)
            first = article.first_shown
            await bench.pilot.pause(0.15)
            assert article.first_shown == first
            assert bench.app.mouse_captured is None


async def test_dragging_over_the_last_rows_in_view_moves_no_row(tmp_path: Path) -> None:
    async with opened(tmp_path, size=(80, 12)) as bench:
        first = bench.screen.article.first_shown
        await drag(bench, cell(bench, "harbour"), (20, 7), (20, 8), (30, 8))
        assert bench.screen.article.first_shown == first
        assert bench.selected.startswith("harbour")


async def test_two_clicks_the_word_three_the_sentence(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("tab e l home")
        at = cell(bench, "AMRIN", 1)
        await bench.pilot.click(offset=at, times=2)
        await bench.settle()
        assert bench.selected == "AMRIN"
        assert not bench.desk.selection.hard
        await bench.pilot.click(offset=at, times=3)
        await bench.settle()
        assert bench.selected.startswith("PORT AMRIN - A fire")
        assert bench.selected.endswith("officials said.")
        await bench.press("c")
        assert bench.marks[-1][0] == "claim"
        assert bench.app.screen.get_selected_text() in (None, "")


async def test_an_edge_of_the_current_mark_is_dragged(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await drag(bench, cell(bench, "harbour"), cell(bench, "Varga", 4))
        await bench.press("s")
        await drag(bench, cell(bench, "harbour"), cell(bench, "Ines"))
        assert bench.marks == [("source", None, ["Ines Varga"])]
        await drag(bench, cell(bench, "Varga", 4), cell(bench, "nothing", 6))
        assert bench.marks == [("source", None, ['Ines Varga, "and nothing'])]
        assert bench.desk.current is not None
        assert bench.desk.current.kind == "source"
        await bench.press("u")
        assert bench.marks == [("source", None, ["Ines Varga"])]
        await bench.press("u")
        assert bench.marks == [("source", None, ["harbour master Ines Varga"])]


async def test_an_edge_dragged_over_the_other_and_one_dragged_back(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await drag(bench, cell(bench, "master"), cell(bench, "master", 5))
        await bench.press("s")
        await drag(bench, cell(bench, "master", 5), cell(bench, "harbour"))
        assert bench.marks == [("source", None, ["harbour m"])]
        await bench.press("u")
        end = cell(bench, "master", 5)
        await drag(bench, end, cell(bench, "Varga", 4), end)
        assert bench.marks == [("source", None, ["master"])]


async def test_what_lies_inside_of_a_mark_is_selected_not_moved(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press(") ) c")
        before = bench.marks
        await drag(bench, cell(bench, "warned", 0), cell(bench, "them", 3))
        assert bench.selected == "warned them"
        assert bench.marks == before


async def test_a_drag_ends_a_question(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("tab e")
        await drag(bench, cell(bench, "harbour"), cell(bench, "master", 5))
        assert "Which entity?" not in bench.said
        await bench.press("right")
        assert bench.marks == []
        await bench.press("f")
        await drag(bench, (10, 6), (16, 6))
        assert "Go to which" not in bench.said


async def test_what_cannot_be_saved_while_an_edge_is_dragged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    async with opened(tmp_path) as bench:
        await bench.press("tab e l")
        with monkeypatch.context() as broken:
            broken.setattr("os.fdatasync", full)
            await drag(bench, cell(bench, "AMRIN", 4), cell(bench, "PORT", 3))
            assert "NOT SAVED" in bench.said
        bench.screen.keep()
        assert bench.marks == [("entity", "place", ["PORT"])]


@pytest.mark.parametrize("text", ["", "\n", "... ---\n"])
async def test_pointing_where_there_are_no_words(tmp_path: Path, text: str) -> None:
    async with opened(tmp_path, text) as bench:
        await drag(bench, (3, 1), (9, 1), (20, 4), (3, 23))
        for times in (1, 2, 3):
            await bench.pilot.click(offset=(4, 1), times=times)
            await bench.settle()
        now = bench.desk.selection
        assert 0 <= now.start <= now.end <= len(text)
        assert bench.app._exception is None


async def test_the_other_buttons_drag_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.pilot._post_mouse_events(
            [events.MouseDown], None, cell(bench, "harbour"), button=3
        )
        await post(bench, events.MouseMove, cell(bench, "master"), button=3)
        assert bench.selected == ARTICLE[:5]
