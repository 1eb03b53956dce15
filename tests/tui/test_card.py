"""The card of a mark: label, note, and every way to close it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Key
from textual.widgets import TextArea

from reader.tui.screens.card import CardScreen
from tests.tui.bench import Bench, opened


async def on_card(bench: Bench) -> TextArea:
    await bench.press("tab e l enter")
    assert isinstance(bench.app.screen, CardScreen)
    return bench.app.screen.query_one(TextArea)


async def test_a_card_tells_what_the_mark_is(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await on_card(bench)
        for words in ("entity", "“PORT AMRIN”", "o organisation", "Note", "anna, 2026-11-22"):
            assert words in bench.picture


@pytest.mark.parametrize("closing", ["escape", "f2", "enter"])
async def test_every_way_to_close_keeps_the_label(tmp_path: Path, closing: str) -> None:
    async with opened(tmp_path) as bench:
        await on_card(bench)
        await bench.press(f"tab o {closing}")
        assert not isinstance(bench.app.screen, CardScreen)
        assert bench.marks == [("entity", "organisation", ["PORT AMRIN"])]
        await bench.press("u")
        assert bench.marks == [("entity", "place", ["PORT AMRIN"])]


@pytest.mark.parametrize(
    ("key", "label"), [("-", None), ("right", "event"), ("left", "organisation")]
)
async def test_labels_are_chosen_by_arrows_or_taken_off(
    tmp_path: Path, key: str, label: str | None
) -> None:
    async with opened(tmp_path) as bench:
        await on_card(bench)
        await bench.press(f"tab {key} enter")
        assert bench.marks == [("entity", label, ["PORT AMRIN"])]


@pytest.mark.parametrize("closing", ["escape", "f2"])
async def test_a_note_is_typed_with_any_letters_and_line_ends(tmp_path: Path, closing: str) -> None:
    async with opened(tmp_path) as bench:
        area = await on_card(bench)
        await bench.write("p.7 [a]")
        await bench.press("enter")
        area.insert("Ærø [/b] 水\n\n“x”")
        await bench.press(closing)
        assert bench.notes == ["p.7 [a]\nÆrø [/b] 水\n\n“x”"]
        assert "Noted on" in bench.said
        await bench.press("escape")
        assert "✎" in bench.said
        bench.check_clean()


async def test_a_note_is_there_again_and_can_be_taken_away(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        area = await on_card(bench)
        area.insert("first\n[second]")
        await bench.press("f2 enter")
        again = bench.app.screen.query_one(TextArea)
        assert again.text == "first\n[second]"
        again.clear()
        await bench.press("escape")
        assert bench.notes == [""]
        await bench.press("u")
        assert bench.notes == ["first\n[second]"]


async def test_a_card_that_was_only_looked_at_changes_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await on_card(bench)
        before = bench.tables
        await bench.press("escape")
        assert bench.tables == before
        await bench.press("u")
        assert bench.marks == []


async def test_a_foreign_note_that_was_left_alone_stays_as_it_is(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("tab e l")
        here = bench.desk.current
        assert here is not None
        odd = "one\r\ntwo\rthree\n\x1b[31m\u202e"
        bench.desk.describe(here, label=None, note=odd)
        await bench.press("enter")
        bench.check_clean()
        await bench.press("tab p escape")
        assert bench.notes == [odd]
        assert bench.marks[0][1] == "person"


async def test_keys_typed_into_a_note_are_no_commands(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await on_card(bench)
        await bench.write("dquit?:/ecs")
        await bench.press("escape")
        assert bench.notes == ["dquit?:/ecs"]


async def test_a_kind_without_labels_has_a_card_with_a_note_only(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("right r enter")
        assert isinstance(bench.app.screen, CardScreen)
        assert "Label" not in bench.picture
        await bench.write("a cue")
        await bench.press("escape")
        assert bench.notes == ["a cue"]


async def test_a_claims_card_names_its_source(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press(") c 2 tab s a 1 [ enter")
        assert "claim" in bench.picture
        assert "is said by source “Tuesday”" in bench.picture


async def test_a_second_closing_key_closes_nothing_more(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await on_card(bench)
        bench.app.screen.action_close()
        bench.app.simulate_key("f2")
        await bench.settle()
        assert bench.app.screen is bench.screen
        await bench.press("] d")
        assert bench.marks == []


async def test_letters_typed_before_the_card_stands_are_the_notes(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("tab e l")
        for key in ("enter", "d", "o", "c", "k", "space", "é"):
            character = " " if key == "space" else key
            bench.screen.post_message(Key(key, character if len(character) == 1 else None))
        for _ in range(20):
            await bench.settle()
        assert isinstance(bench.app.screen, CardScreen)
        assert bench.app.screen.query_one(TextArea).text == "dock é"
        assert len(bench.marks) == 1


async def test_two_sessions_notes_are_both_kept(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        area = await on_card(bench)
        other = bench.app._library.open(bench.app._names[0])
        (mark,) = other.layers.annotations
        other.describe(mark, label="place", note="theirs")
        area.insert("mine")
        await bench.press("escape")
        assert bench.notes == ["theirs\nmine"]


async def test_leaving_with_a_note_that_cannot_be_saved_writes_it_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(tmp_path) as bench:
        area = await on_card(bench)
        area.insert("keep me")

        def full(*arguments: object, **options: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("os.fdatasync", full)
        monkeypatch.setenv("HOME", str(tmp_path))
        bench.app._quit()
        await bench.settle()
        assert any("No space left".lower() in remark.lower() for remark in bench.app.remarks)
        (kept,) = tmp_path.glob("*.unsaved.json")
        assert "keep me" in kept.read_text("utf-8")
