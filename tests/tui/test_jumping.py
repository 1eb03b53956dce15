"""Jumps: letters on the words in view, and what is typed after them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from reader.workspace.jumping import in_view
from tests.tui.bench import ARTICLE, Bench, opened

ROWS = "\n\n".join(f"Row {row} has some words of it own, said Varga." for row in range(40)) + "\n"


def label_of(bench: Bench, word: str) -> str:
    """The letters that a jump puts on the first occurrence of a word."""
    desk = bench.desk
    at = desk.text.index(word)
    found = in_view(desk.text, bench.screen.article.stretch, desk.selection.start)
    return next(label for label, span in found.items() if span[0] == at)


async def jump(bench: Bench, word: str, key: str = "f") -> None:
    await bench.press(" ".join([key, *label_of(bench, word)]))


async def test_any_word_in_view_is_at_most_three_keys_away(tmp_path: Path) -> None:
    async with opened(tmp_path, size=(160, 50)) as bench:
        for word in ("Inspectorate", "Kestrel", "anonymity", "quay", "Depot"):
            assert len(label_of(bench, word)) <= 2
            await jump(bench, word)
            assert bench.selected == word
            assert not bench.desk.selection.hard


async def test_a_jump_stretches_the_selection_both_ways(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await jump(bench, "harbour")
        await jump(bench, "Varga", "F")
        assert bench.selected == "harbour master Ines Varga"
        await bench.press("s")
        assert bench.marks == [("source", None, ["harbour master Ines Varga"])]
        await jump(bench, "killed")
        await jump(bench, "fire", "F")
        assert bench.selected == "fire at a Kestrel depot killed"


async def test_the_letters_stand_on_the_words_and_go_again(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        before = bench.rows[1:-2]
        await bench.press("f")
        assert "Go to which word?" in bench.said
        assert bench.rows[1].split()[1][:2] == "ae"  # `Depot`, the nearest word there is
        label = label_of(bench, "Inspectorate")
        await bench.press(label[0])
        assert "Go to which word?" in bench.said
        assert "Depot" in bench.picture  # only the words that are left bear letters
        await bench.press("escape")
        assert (bench.rows[1:-2], bench.selected) == (before, "Depot")


@pytest.mark.parametrize("keys", ["f 7", "f escape", "F enter"])
async def test_what_is_no_letter_goes_nowhere(tmp_path: Path, keys: str) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("right right")
        await bench.press(keys)
        assert bench.selected == "for"
        await bench.press("right")
        assert bench.selected == "a"


async def test_a_jump_and_a_tag_in_one_burst(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.pilot.press("f", *label_of(bench, "Quillard"), "s")
        await bench.settle()
        assert [(kind, quotes) for kind, _, quotes in bench.marks] == [("source", ["Quillard"])]


@pytest.mark.parametrize("size", [(80, 24), (160, 50), (30, 8)])
async def test_every_word_that_is_seen_can_be_jumped_to(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with opened(tmp_path, ROWS, size=size) as bench:
        await bench.press("pagedown")
        desk = bench.desk
        view = bench.screen.article.stretch
        labels = in_view(desk.text, view, desk.selection.start)
        assert len(set(labels)) == len(labels) >= len(desk.text[view.start : view.end].split()) - 2
        last = max(labels.items(), key=lambda each: each[1])
        await bench.press(" ".join(["f", *last[0]]))
        assert (desk.selection.start, desk.selection.end) == last[1]


async def test_letters_on_scripts_of_all_widths(tmp_path: Path) -> None:
    text = "👩‍🚒 水木 said: “水は古い。” שלום אמר المنهل e\u0301te\u0301 done.\n"
    async with opened(tmp_path, text) as bench:
        for word in ("水", "שלום", "المنهل", "done"):
            await jump(bench, word)
            assert bench.selected == word
        await bench.press("f")
        bench.check_clean()
        assert [cell_len(row) for row in bench.rows[:4]] == [80] * 4


async def test_words_without_a_blank_between_bear_letters_that_can_be_read(tmp_path: Path) -> None:
    text = "港の火災で三人が死亡したと山田氏は語った。" * 4 + "\n" + "a b c " * 20 + "\n"
    async with opened(tmp_path, text, size=(60, 12)) as bench:
        await bench.press("f")
        assert not re.search(r"[a-zA-Z]{3}", " ".join(bench.rows[1:9]))
        labels = in_view(text, bench.screen.article.stretch, bench.desk.selection.start)
        long, word = next(each for each in labels.items() if len(each[0]) == 2)
        await bench.press(long[0])
        following = {label[1] for label in labels if label[0] == long[0]}
        shown = "".join(bench.rows[1:9])
        assert len(following) > 2
        assert all(f"{each} " in shown for each in following)
        await bench.press(long[1])
        assert (bench.desk.selection.start, bench.desk.selection.end) == word


async def test_letters_go_on_what_the_wheel_brought_into_view(tmp_path: Path) -> None:
    async with opened(tmp_path, ROWS) as bench:
        bench.screen.article.scroll_rows(30)
        first = bench.screen.article.first_shown
        await bench.press("f")
        assert bench.screen.article.first_shown == first
        await bench.press("escape")
        await jump(bench, "20")
        assert (bench.screen.article.first_shown, bench.selected) == (first, "20")


async def test_a_click_and_another_size_leave_no_letters_behind(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("f")
        await bench.pilot.click(offset=(10, 6))
        assert "Go to which" not in bench.said
        assert "warned them twice" in bench.picture
        await bench.press("f")
        await bench.resize(100, 30)
        label = label_of(bench, "Kestrel")
        await bench.press(" ".join(label))
        assert bench.selected in ARTICLE  # letters keep to the words that they were put on
        assert "Go to which" not in bench.said


async def test_clause_edges_from_the_keyboard(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await jump(bench, "answered")
        await bench.press("E")
        assert bench.selected.startswith("answered in nine days")
        await bench.press("B")
        assert bench.selected.endswith("answered in nine days")
        assert bench.desk.selection.hard


@pytest.mark.parametrize("text", ["", "--- ...\n"])
@pytest.mark.parametrize("key", ["f", "F", "E", "B", "y", "c", "m", "*", "X", "R", "A", "a"])
async def test_a_text_without_words_has_nothing_for_the_keys(
    tmp_path: Path, text: str, key: str
) -> None:
    async with opened(tmp_path, text) as bench:
        await bench.press(key)
        assert bench.said.strip()
        assert bench.app.screen is bench.screen
        assert bench.marks == []
        assert "entity" not in bench.offered
