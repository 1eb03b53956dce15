"""All keys on one screen, all commands by their words, and both themes."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.containers import VerticalScroll
from textual.events import Key

from reader.config.settings import Settings
from reader.model.scheme import DEFAULT
from reader.tui.commands.catalogue import commands
from reader.tui.commands.command import NEEDS
from reader.tui.palette import CommandProvider
from reader.tui.screens.help import HelpScreen
from tests.tui.bench import opened


async def test_the_help_lists_every_command(tmp_path: Path) -> None:
    async with opened(tmp_path, size=(160, 160)) as bench:
        await bench.press("?")
        picture = " ".join(bench.picture.replace("│", " ").split())
        for command in commands(DEFAULT):
            assert " ".join(command.help.split()[:4]) in picture, command.id
        assert "Shift+Tab" in picture


async def test_the_help_scrolls_and_any_other_key_closes_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("?")
        box = bench.app.screen.query_one("#help", VerticalScroll)
        await bench.press("down space end")
        assert box.scroll_y > 0
        await bench.press("home d")
        assert not isinstance(bench.app.screen, HelpScreen)
        assert "does nothing" not in bench.said
        await bench.press("right")
        assert bench.selected == "burns"


async def test_a_command_is_found_and_run_by_its_words(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press(":")
        assert isinstance(bench.app.screen, CommandPalette)
        await bench.write("next sent")
        await bench.app.workers.wait_for_complete()
        await bench.pilot.pause()
        assert "Next sentence" in bench.picture
        await bench.press("enter")
        await bench.pilot.pause()
        assert bench.selected.startswith("PORT AMRIN")


async def test_the_palette_opens_by_textuals_own_key_too(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("ctrl+p")
        assert isinstance(bench.app.screen, CommandPalette)


async def test_the_palette_offers_what_can_be_done_now(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        provider = CommandProvider(bench.screen)
        ids = {command.id for command, _, _ in provider._entries()}
        assert not {"mark.delete", "undo", "redo", "document.next", "search.next"} & ids
        await bench.press("tab e l")
        ids = {command.id for command, _, _ in provider._entries()}
        assert {"mark.delete", "undo", "tag.claim", "quit"} <= ids
        found = [hit async for hit in provider.search("delete")]
        assert found
        assert len([hit async for hit in provider.discover()]) == len(ids)


async def test_the_palette_and_tag_keys_ask_the_same(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("tab")
        provider = CommandProvider(bench.screen)
        (call,) = [call for each, _, call in provider._entries() if each.id == "tag.entity"]
        call()
        await bench.pilot.pause()
        assert "Which entity? Enter: none. Esc cancels. “PORT AMRIN”" in bench.said
        await bench.press("l")
        assert bench.marks == [("entity", "place", ["PORT AMRIN"])]


async def test_the_theme_changes_and_the_work_goes_on(tmp_path: Path) -> None:
    async with opened(tmp_path, size=(160, 50)) as bench:
        await bench.press("tab e l")
        before = bench.rows[:-2]
        ink = bench.screen.article.get_component_rich_style("article--entity").color
        await bench.press("g t l")
        assert bench.app.theme == "reader-light"
        assert bench.rows[:-2] == before
        assert bench.screen.article.get_component_rich_style("article--entity").color != ink
        await bench.press("g t d tab e o")
        assert bench.app.theme == "reader-dark"
        assert len(bench.marks) == 2


@pytest.mark.parametrize(
    ("named", "chosen", "shown"),
    [
        (None, None, "dark"),
        ("light", None, "light"),
        (None, "light", "light"),
        ("dark", "light", "dark"),
    ],
)
async def test_the_theme_named_goes_before_the_one_in_the_settings(
    tmp_path: Path, named: str | None, chosen: str | None, shown: str
) -> None:
    async with opened(tmp_path, "One.\n", theme=named, settings=Settings(theme=chosen)) as bench:
        assert bench.app.theme == f"reader-{shown}"


async def test_a_persons_keys_and_measure_are_taken_and_mistakes_said(tmp_path: Path) -> None:
    mine = Settings(
        measure=40,
        keys={"mark.delete": ("D",), "nothing.such": ("x",)},
        problems=("settings.toml line 3: theme is one of: light, dark.",),
    )
    async with opened(tmp_path, settings=mine, size=(160, 50)) as bench:
        assert bench.screen.article.rows.width == 40
        assert "no command 'nothing.such'" in " ".join(bench.picture.split())
        assert "line 3" in bench.picture
        await bench.press("tab e l d")
        assert len(bench.marks) == 1
        await bench.press("D")
        assert bench.marks == []


async def test_two_keys_at_once_close_the_help_once(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("?")
        over = bench.app.screen
        for key in ("g", "n"):
            over.post_message(Key(key, key))
        for _ in range(5):
            await bench.settle()
        assert bench.app.screen is bench.screen


async def test_the_help_begins_with_the_live_keys(tmp_path: Path) -> None:
    mine = Settings(keys={"jump": ("ctrl+j",), "export": ("g z",), "occurrences": ("M",)})
    async with opened(tmp_path, settings=mine, size=(120, 40)) as bench:
        await bench.press("?")
        picture = " ".join(bench.picture.replace("│", " ").split())
        assert "Jump: Ctrl+J writes letters on the words" in picture
        assert "M lists the other places" in picture
        assert "g z writes it for others" in picture
        await bench.press("escape g z")
        assert "Export as which format?" in bench.picture
        await bench.press("escape tab tab e o M")
        assert "Every “Kestrel”" in bench.picture


async def test_every_command_is_found_first_by_its_own_words(tmp_path: Path) -> None:
    async with opened(tmp_path, "One text.\n", "Another.\n") as bench:
        await bench.press("e p")
        provider = CommandProvider(bench.screen)
        for typed, wanted in (
            ("export", "Export:"),
            ("jump", "Jump:"),
            ("theme", "Theme:"),
            ("undo", "Undo"),
            ("split", "Split:"),
            ("done", "Mark the document done"),
            ("list", "The list of documents"),
            ("card", "Open the mark's card"),
            ("claim", "Tag as claim"),
        ):
            hits = [hit async for hit in provider.search(typed)]
            best = max(hits, key=lambda hit: hit.score)
            assert str(best.text).startswith(wanted), (typed, best.text)


def test_what_is_missing_is_said_in_one_line() -> None:
    for need, said in NEEDS.items():
        assert len(said) <= 62, need
