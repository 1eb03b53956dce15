"""Search: found while one types, gone through, and put away."""

from __future__ import annotations

from pathlib import Path

from textual.events import Key

from reader.model.scheme import DEFAULT
from reader.text.search import Query
from reader.tui.commands.catalogue import commands
from tests.tui.bench import ARTICLE, opened

COMMANDS = {command.id: command for command in commands(DEFAULT)}


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


# Ways to look -------------------------------------------------------------------------------------

LONG = "".join(f"Line {number} tells of the quay.\n" for number in range(20_000))
ENDLESS = r"(\w+\s?)*$"


async def test_a_regular_expression_is_looked_for_and_its_mistakes_are_said(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("/")
        switches = "Ctrl+R regex off  Ctrl+T whole word off  Ctrl+E exact off  Enter go  Esc back"
        assert switches in bench.offered
        await bench.press("ctrl+r")
        assert "Ctrl+R regex ON" in bench.offered
        await bench.write("k..trel")
        assert bench.selected == "Kestrel"
        await bench.write("(")
        assert "This is no regular expression: missing )" in bench.said
        assert bench.selected == "Depot"
        await bench.press("enter")
        assert bench.screen.search.display
        await bench.press("backspace enter n")
        assert "Hit 2 of 2 for “k..trel”" in bench.said
        await bench.press("/")
        bench.screen.search.value = "(((k{9}){99}){99}){99}"
        await bench.settle()
        assert "This regular expression repeats too often" in bench.said
        assert bench.screen.search.display


async def test_the_line_that_stands_ready_changes_nothing_that_is_seen(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        before = bench.picture
        bench.screen._stand_ready()
        await bench.settle()
        assert bench.picture == before
        await bench.press("right / q u a y")
        assert bench.selected == "quay"


async def test_whole_words_and_exact_ones_are_switched_on_and_off(tmp_path: Path) -> None:
    async with opened(tmp_path, "Ports. The PORT, the port, the pórt.\n") as bench:
        await bench.press("/ p o r t")
        assert (bench.selected, "4 found" in bench.said) == ("Port", True)
        await bench.press("ctrl+t")
        assert (bench.selected, "3 found" in bench.said) == ("PORT", True)
        await bench.press("ctrl+e")
        assert (bench.selected, "1 found" in bench.said) == ("port", True)
        assert "Ctrl+T whole word ON  Ctrl+E exact ON" in bench.offered
        await bench.press("ctrl+t ctrl+e")
        assert (bench.selected, "4 found" in bench.said) == ("Port", True)


async def test_a_switch_typed_in_one_burst_with_the_words_holds(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        for key, character in (("slash", "/"), ("ctrl+r", "\x12"), ("q", "q"), ("full_stop", ".")):
            bench.screen.post_message(Key(key, character))
        bench.screen.post_message(Key("a", "a"))
        bench.screen.post_message(Key("enter", "\r"))
        await bench.settle()
        await bench.settle()
        assert (bench.selected, bench.screen.search.display) == ("qua", False)
        assert bench.marks == []


async def test_a_switch_chosen_from_the_palette_opens_the_line(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        bench.screen.run_from_palette(COMMANDS["search.regex"])
        await bench.settle()
        assert bench.screen.search.display
        assert "regex ON" in bench.offered


async def test_hints_that_are_clicked_are_done_in_the_line(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("/ q . a y")
        for words, expected in (("regex off", "quay"), ("back", "Depot")):
            await bench.pilot.click("#hints", offset=(bench.offered.index(words) + 1, 1))
            await bench.settle()
            assert bench.selected == expected
        assert not bench.screen.search.display


async def test_accents_and_line_ends_do_not_matter(tmp_path: Path) -> None:
    async with opened(tmp_path, "Paris.\n\nLe Cafe\u0301\nde Flore.\n") as bench:
        await bench.press("/")
        await bench.write("CAFE de")
        assert bench.selected == "Cafe\u0301\nde"
        await bench.press("enter e p")
        assert bench.marks == [("entity", "person", ["Cafe\u0301\nde"])]


# Long texts ---------------------------------------------------------------------------------------


async def test_all_hits_of_a_long_text_are_counted_and_gone_through(tmp_path: Path) -> None:
    async with opened(tmp_path, LONG) as bench:
        await bench.press("end /")
        await bench.write("line 1")
        assert "11,111 found" in bench.said
        assert bench.desk.selection.start == LONG.index("Line 1 ")
        await bench.press("enter N")
        assert "Hit 11,111 of 11,111 for “line 1”, round the end" in bench.said


async def test_a_search_goes_on_after_enter_until_it_is_left(tmp_path: Path) -> None:
    async with opened(tmp_path, LONG) as bench:
        await bench.press("/")
        finding = bench.desk.search(Query("zeppelin"), 0)
        bench.screen._asked = finding.query
        bench.screen._awaited = bench.desk.selection
        bench.screen.search.value = "zeppelin"
        finding.step()
        bench.screen._search_done()
        assert "Searching 1" in bench.screen.message
        assert not finding.complete
        await bench.press("escape")
        assert not finding.running
        await bench.press("n")
        assert finding.complete


async def test_a_pattern_without_end_stops_no_key(tmp_path: Path) -> None:
    text = "Depot. " + "word " * 10_000 + "!!\n"
    async with opened(tmp_path, text) as bench:
        await bench.press("/ ctrl+r")
        bench.screen.search.value = ENDLESS
        await bench.pilot.pause(0)
        finding = bench.desk.finding
        assert finding is not None
        assert finding.running
        bench.screen.search.value = "w.rd"
        await bench.settle()
        assert not finding.running
        assert bench.selected == "word"
        bench.screen.search.value = ENDLESS
        await bench.settle()
        assert "This regular expression takes too long" in bench.said
        await bench.press("escape right")
        assert bench.selected == "word"


async def test_leaving_the_document_ends_its_search(tmp_path: Path) -> None:
    async with opened(tmp_path, LONG, "Another text.\n") as bench:
        finding = bench.desk.search(Query("line"), 0)
        await bench.press("g n")
        assert not finding.running
