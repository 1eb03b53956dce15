"""Whatever the size, the selection stays in view."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.bench import Bench, opened

SIZES = [(160, 50), (20, 5), (89, 24), (90, 24), (41, 9), (300, 80), (80, 24)]


def in_view(bench: Bench, word: str) -> bool:
    return any(word in row for row in bench.rows[:-2])


@pytest.mark.parametrize("keys", ["/ P a r a g r a p h space 9 enter", "G", "home", "9 ) c"])
async def test_the_selection_is_in_view_at_every_size(tmp_path: Path, keys: str) -> None:
    async with opened(tmp_path) as bench:
        await bench.press(keys)
        selected = bench.desk.selection
        word = bench.selected.split()[-1 if selected.hard else 0]  # the end that is active
        for width, height in SIZES:
            await bench.resize(width, height)
            assert in_view(bench, word), (width, height)
            assert bench.desk.selection == selected
            assert len(bench.rows) == height


async def test_a_long_paragraph_stays_where_it_is_whatever_sizes_come_between(
    tmp_path: Path,
) -> None:
    text = "The quay was lost to the water of the tide. " * 400
    async with opened(tmp_path, text, size=(120, 30)) as bench:
        article = bench.screen.article
        article.scroll_rows(75)
        first = article.first_shown
        for width in (110, 91, 80, 61, 75, 100, 120):
            await bench.resize(width, 30)
            row = article.rows.row(article.rows.place(article.first_shown))
            assert row.start <= first < row.end
        assert article.first_shown == first > 0


async def test_every_motion_keeps_the_selection_in_view(tmp_path: Path) -> None:
    async with opened(tmp_path, size=(40, 10)) as bench:
        motions = "pagedown } pagedown ( pageup G pageup 7 down 9 ) 9 up home 5 } ' G"
        for keys in motions.split():
            await bench.press(keys)
            if not keys.isdecimal():
                assert in_view(bench, bench.selected.split()[0]), keys


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (5, 3), (10, 4)])
async def test_the_smallest_screens_do_not_fail(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(tmp_path, size=size) as bench:
        await bench.press("right down pagedown tab e p ) c t j escape ? escape / q enter G")
        assert len(bench.marks) == 2


async def test_a_card_and_the_help_follow_the_size(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("tab e l enter")
        for width, height in SIZES[1:4]:
            await bench.resize(width, height)
        assert "o organisation" in bench.picture
        await bench.press("escape ?")
        for width, height in SIZES[:3]:
            await bench.resize(width, height)
        assert "Keys" in bench.picture
