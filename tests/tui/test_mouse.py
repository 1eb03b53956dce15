"""Everything by mouse: words, marks, rows, hints, the wheel."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from tests.tui.bench import ARTICLE, Bench, opened

WIDE = (160, 50)


async def click(bench: Bench, words: str, further: int = 0) -> None:
    x, y = bench.place_of(words)
    await bench.pilot.click(offset=(x + further, y))


async def wheel(
    bench: Bench, up: bool = False, turns: int = 1, at: tuple[int, int] = (10, 5)
) -> None:
    event = events.MouseScrollUp if up else events.MouseScrollDown
    for _ in range(turns):
        await bench.pilot._post_mouse_events([event], None, at, button=0)
    await bench.pilot.pause()


async def test_a_click_selects_the_word(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        for word in ("Varga", "Kestrel", "alight", "Depot"):
            await click(bench, word, 2)
            assert bench.selected == word
            assert not bench.desk.selection.hard


async def test_a_click_on_a_mark_selects_it_and_again_the_word(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("tab e l home")
        await click(bench, "AMRIN")
        assert bench.selected == "PORT AMRIN"
        assert "entity, place “PORT AMRIN”" in bench.said
        await click(bench, "AMRIN")
        assert bench.selected == "AMRIN"
        await bench.press("d")
        assert bench.marks == []


async def test_clicks_beside_the_text_do_no_harm(tmp_path: Path) -> None:
    async with opened(tmp_path, "Only one line.\n", size=WIDE) as bench:
        for place in ((0, 0), (1, 1), (105, 1), (60, 30), (109, 48), (159, 0), (159, 49)):
            await bench.pilot.click(offset=place)
            assert bench.selected in ("Only", "line")


async def test_a_click_counts_cells_where_letters_are_wide(tmp_path: Path) -> None:
    async with opened(tmp_path, "水木 👩‍🚒👩‍🚒 then Varga said.\n") as bench:
        await click(bench, "Varga", 0)
        x, y = bench.place_of("Varga")
        row = bench.rows[y][:x]
        from rich.cells import cell_len

        await bench.pilot.click(offset=(cell_len(row) + 1, y))
        assert bench.selected == "Varga"


async def test_a_click_in_the_tagging_pane_goes_to_the_mark(tmp_path: Path) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press("tab e l tab e o home")
        await click(bench, "org Kestrel", 5)
        assert (bench.selected, bench.screen.pane) == ("Kestrel", "article")
        await click(bench, "Entities")
        assert bench.selected == "Kestrel"
        await bench.press("t")
        await click(bench, "Varga")
        assert (bench.selected, bench.screen.pane) == ("Varga", "article")


async def test_the_wheel_scrolls_and_the_selection_stays(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        top = bench.rows[1]
        await wheel(bench, turns=2)
        assert bench.rows[1] != top
        assert bench.selected == "Depot"
        await wheel(bench, turns=50)
        assert "Paragraph 15" in bench.picture
        assert "100 %" in bench.said
        await wheel(bench, up=True, turns=60)
        assert bench.rows[1] == top
        await wheel(bench, turns=50)
        await bench.press("right")
        assert (bench.selected, bench.rows[1]) == ("burns", top)


@pytest.mark.parametrize(
    "keys",
    ["? escape", "g # g #", "g s g s g s", "5 escape", "g escape", "f escape", "t escape", "@",
     ": escape", "/ escape", "/ z q enter", "g l escape", "g i escape", "g d"],
)  # fmt: skip
async def test_what_goes_nowhere_leaves_the_view_where_the_wheel_left_it(
    tmp_path: Path, keys: str
) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("right right")
        await wheel(bench, turns=4)
        top = bench.screen.article.first_shown
        assert top > bench.desk.selection.start
        await bench.press(keys)
        assert (bench.screen.article.first_shown, bench.selected) == (top, "for")


@pytest.mark.parametrize("keys", ["home", "left left left left", "c", "[", "]", "e escape", "o"])
async def test_what_goes_to_the_selection_brings_it_back(tmp_path: Path, keys: str) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("r")
        await wheel(bench, turns=4)
        assert bench.screen.article.first_shown > 0
        await bench.press(keys)
        assert bench.screen.article.first_shown == 0
        await wheel(bench, turns=4)
        await bench.press(keys)  # where nothing moves any more, too
        assert bench.screen.article.first_shown == 0


async def test_a_click_on_the_mark_one_is_on_goes_to_it_again(tmp_path: Path) -> None:
    async with opened(tmp_path, size=(160, 20)) as bench:
        await bench.press("tab e l")
        await wheel(bench, turns=8)
        assert bench.screen.article.first_shown > 0
        await click(bench, "PORT AMRIN")
        assert bench.screen.article.first_shown == 0


async def test_another_sessions_change_moves_no_row(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await wheel(bench, turns=4)
        top = bench.screen.article.first_shown
        bench.screen.show()
        assert bench.screen.article.first_shown == top


async def test_what_was_scrolled_to_is_kept_for_the_next_time(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await wheel(bench, turns=4)
        shown = bench.screen.article.stretch
        await bench.press("q")
    async with opened(tmp_path) as bench:
        assert bench.screen.article.shows(shown.start)
        assert shown.start <= bench.desk.selection.start < shown.end


async def test_the_wheel_scrolls_the_tagging_pane(tmp_path: Path) -> None:
    async with opened(tmp_path, size=(100, 10)) as bench:
        for _ in range(12):
            await bench.press("right r")
        await bench.press("home")
        before = bench.rows[1:8]
        await wheel(bench, up=True, turns=20, at=(90, 4))
        assert "Cues" in bench.rows[1]
        await wheel(bench, turns=20, at=(90, 4))
        assert [row[65:] for row in bench.rows[1:8]] != [row[65:] for row in before] or before
        assert "Cues" not in bench.rows[1]


async def test_a_click_on_a_hint_is_its_key(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.pilot.click(offset=(bench.rows[-1].index("Tab"), 23))
        assert bench.selected == "PORT AMRIN"
        await bench.pilot.click(offset=(bench.rows[-1].index("e entity"), 23))
        await click(bench, "l place")
        assert bench.marks == [("entity", "place", ["PORT AMRIN"])]
        await bench.pilot.click(offset=(79, 23))
        await bench.pilot.click(offset=(3, 22))
        assert ARTICLE[bench.desk.selection.start :].startswith("PORT AMRIN")


async def test_a_hint_of_two_keys_is_typed_by_a_click(tmp_path: Path) -> None:
    async with opened(tmp_path, "One.\n", "Two.\n", size=(200, 24)) as bench:
        await click(bench, "next text")
        assert bench.desk.text == "Two.\n"


async def test_the_help_closes_by_a_click_beside_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await click(bench, "? help")
        assert len(bench.app.screen_stack) == 2
        await bench.pilot.click(offset=(0, 0))
        assert len(bench.app.screen_stack) == 1
