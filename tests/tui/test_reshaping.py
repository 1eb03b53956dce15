"""A mark's edges, parts and kind, changed where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.bench import Bench, opened

SAID = ["We had warned them twice", "and nothing was done"]


def at(bench: Bench, word: str) -> None:
    """To a word, as any motion would."""
    bench.desk.move_to(bench.desk.text.index(word))


async def test_edges_move_to_the_selection(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("tab e l L L")
        assert "m move edges" in bench.offered
        await bench.press("m")
        assert bench.marks == [("entity", "place", ["PORT AMRIN - A fire"])]
        await bench.press("< < m")
        assert bench.marks == [("entity", "place", ["PORT AMRIN - A fi"])]
        await bench.press("u u")
        assert bench.marks == [("entity", "place", ["PORT AMRIN"])]
        assert bench.selected == "PORT AMRIN"


async def test_edges_need_a_selection_that_was_moved(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("tab e l m")
        assert "Extend or shrink" in bench.said
        await bench.press("5 right m")
        assert "Extend or shrink" in bench.said
        assert bench.marks == [("entity", "place", ["PORT AMRIN"])]


async def test_another_kind_keeps_its_place_and_ties(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("tab e l R")
        assert "“PORT AMRIN” is a what?" in bench.said
        assert "c claim" in bench.offered
        await bench.press("s")
        assert bench.marks == [("source", None, ["PORT AMRIN"])]
        await bench.press("R e o")
        assert bench.marks == [("entity", "organisation", ["PORT AMRIN"])]
        await bench.press("R escape R 7 R e escape")
        assert bench.marks == [("entity", "organisation", ["PORT AMRIN"])]
        await bench.press("u u u")
        assert bench.marks == []


async def test_a_kind_that_its_ties_do_not_allow_is_said(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("' c a n")
        assert len(bench.ties) == 1
        await bench.press("R r")
        kinds = [kind for kind, *_ in bench.marks]
        assert bench.said.strip()
        assert (len(bench.ties) == 1) == ("source" in kinds)


async def test_a_source_and_a_cue_are_cut_out_of_a_claim(tmp_path: Path) -> None:
    text = "We had warned them twice, said Varga, and nothing was done.\n"
    async with opened(tmp_path, text) as bench:
        await bench.press(") ( c")
        at(bench, "Varga")
        await bench.press("s")
        at(bench, "said")
        await bench.press("r")
        at(bench, "warned")
        await bench.press("x")
        (claim,) = [quotes for kind, _, quotes in bench.marks if kind == "claim"]
        assert claim == SAID
        assert "Cut “" in bench.said
        await bench.press("u")
        (claim,) = [quotes for kind, _, quotes in bench.marks if kind == "claim"]
        assert len(claim) == 1


async def test_a_selection_is_cut_out_and_the_gap_closed_again(tmp_path: Path) -> None:
    text = "One two three four five.\n"
    async with opened(tmp_path, text) as bench:
        await bench.press("5 L c")
        assert bench.desk.current is not None
        whole = bench.marks
        at(bench, "three")
        await bench.press("> < x")
        assert bench.marks[0][2] == ["One two", "four five"]
        await bench.press("X")
        assert "0 close its gaps" in bench.offered
        await bench.press("0")
        assert bench.marks[0][2][0].startswith("One two three four five")
        await bench.press("u u")
        assert bench.marks == whole


async def test_nothing_is_left_and_nothing_to_cut_are_said(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("tab e l x")
        assert "PORT AMRIN" in bench.said
        assert bench.marks == [("entity", "place", ["PORT AMRIN"])]
        await bench.press(") c x")
        assert "Nothing is tagged within" in bench.said or "Cut" in bench.said


async def test_two_marks_are_joined_and_their_ties_stay(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        at(bench, "We had")
        await bench.press("4 L H c")
        first = bench.marks[0][2]
        await bench.press("a 0")
        at(bench, "nothing was")
        await bench.press("L L c X")
        assert "Join " in bench.said
        assert "1 " in bench.offered
        await bench.press("1")
        (mark,) = bench.marks
        assert first[0] in mark[2]
        assert len(mark[2]) == 2
        await bench.press("u")
        assert len(bench.marks) == 2


async def test_a_selection_outside_becomes_a_part(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("tab e l")
        at(bench, "burns")
        await bench.press("X 1")
        assert sorted(bench.marks[0][2]) == ["PORT AMRIN", "burns"]
        assert bench.selected == "burns"


async def test_joining_where_there_is_nothing_to_join_with(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("X")
        assert "no mark near" in bench.said
        await bench.press("tab e l X")
        assert "no mark near" in bench.said


async def test_the_last_tag_is_repeated(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("tab e l")
        at(bench, "Varga")
        await bench.press(".")
        assert bench.marks[-1] == ("entity", "place", ["Ines Varga"])
        await bench.press(".")
        assert len(bench.marks) == 2
        at(bench, "Quillard")
        await bench.press("L .")
        assert bench.marks[-1][2] == ["Quillard of"]
        await bench.press("u u u")
        assert bench.marks == []


@pytest.mark.parametrize("keys", ["R s", "x", "X 1", "m", ".", "d", "A a 1"])
async def test_a_mark_that_another_session_deletes_meanwhile(tmp_path: Path, keys: str) -> None:
    """Whatever is asked of a mark that is gone is said, and nothing comes back by it."""
    async with opened(tmp_path) as bench:
        await bench.press("tab e l ) c L")
        begun, _, rest = keys.partition(" ")
        await bench.press(begun)
        other = bench.app._library.open(bench.app._names[0])
        other.untag(*other.layers.annotations)
        bench.screen.keep()
        await bench.press(rest)
        await bench.press("right u U escape")
        assert bench.app._exception is None
        assert "NOT SAVED" not in bench.said
