"""Search: found while one types, gone through, and put away."""

from __future__ import annotations

from pathlib import Path

from textual.events import Key

from tests.tui.bench import ARTICLE, opened


async def test_the_first_hit_is_selected_while_the_words_are_typed(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("/")
        await bench.write("KES")
        assert bench.selected == "Kes"
        assert "2 found" in bench.said
        await bench.write("zz")
        assert "Not found" in bench.said
        assert bench.selected == "Depot"
        await bench.press("backspace backspace enter")
        assert bench.selected == "Kes"
        assert "n next, N previous, Esc clears" in bench.said


async def test_hits_are_gone_through_round_the_end(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("/")
        await bench.write("kestrel")
        await bench.press("enter n")
        assert bench.desk.selection.start == ARTICLE.rindex("Kestrel")
        assert "Hit 2 of 2 for “kestrel”" in bench.said
        await bench.press("n")
        assert "Hit 1 of 2 for “kestrel”, round the end" in bench.said
        await bench.press("N")
        assert "Hit 2 of 2" in bench.said
        await bench.press("3 n")
        assert "Hit 1 of 2" in bench.said


async def test_a_hit_is_taken_exactly_by_a_tag_key(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("/")
        await bench.write("two work")
        await bench.press("enter e q")
        assert bench.marks == [("entity", "quantity", ["two work"])]


async def test_escape_while_typing_goes_back_to_where_one_was(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("right / q u a y")
        assert bench.selected == "quay"
        await bench.press("escape")
        assert bench.selected == "burns"
        assert bench.desk.hits == ()
        assert not bench.screen.search.display
        await bench.press("right")
        assert bench.selected == "for"


async def test_escape_after_it_hides_the_hits_and_stays(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("/ q u a y enter n")
        before = bench.desk.selection
        await bench.press("escape")
        assert (bench.desk.hits, bench.desk.selection) == ((), before)
        await bench.press("n")
        assert "Hit 3 of" in bench.said


async def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("/")
        await bench.write("zeppelin")
        await bench.press("enter")
        assert "“zeppelin” does not occur in the text" in bench.said
        assert bench.selected == "Depot"
        await bench.press("/ enter right")
        assert bench.selected == "burns"


async def test_the_hit_is_brought_into_view(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        assert "Paragraph 14" not in bench.picture
        await bench.press("/")
        await bench.write("paragraph 14")
        assert "Paragraph 14" in bench.picture


async def test_words_typed_before_the_line_stands_are_searched_for(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        for key in ("slash", "q", "u", "d"):
            bench.screen.post_message(Key(key, "/" if key == "slash" else key))
        for _ in range(5):
            await bench.settle()
        assert bench.screen.search.value == "qud"
        assert bench.marks == []
        await bench.press("escape ]")
        assert bench.app.is_running
