"""A stranger's text, names and notes, full of what terminals and markup obey."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.tui.bench import Bench, opened

WIDE = (160, 50)
BAD = (
    "[/foo] [bold]x[/] [@click=app.quit]q[/] \x1b[31m\x1b]0;t\x07\x9b2J \u202eab\u2066 \x00\x08\x7f"
)
TEXT = f"Varga said {BAD} end.\n\n“{BAD} it is,” said [/Kestrel].\n\u202eTurned round\n"
NAME = "foo] [bold]\x1b[31m\u202e[x].txt"
FOLDER = "[bold]\x1b[31m\u202e["  # with the name after it: [/foo]
WHO = "[/anna] \x1b[5m\u202e"


async def each_step(bench: Bench, *steps: str) -> None:
    for keys in steps:
        await bench.press(keys)
        bench.check_clean()


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_no_key_lets_anything_through(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(tmp_path, TEXT, "x\n", size=size, names=(NAME, "2"), annotator=WHO) as bench:
        assert "foo] [bold]␛[31m" in bench.picture
        await each_step(bench, "tab", "e", "p", "s", ")", "c", "a", "1", ")", "c", "a", "escape")
        await each_step(bench, "}", "c", "a", "0", "+", "+", "+", "e", "enter", "r")
        await each_step(bench, "enter", "escape", "t", "j", "j", "enter", "t", "d", "t", "u", "U")
        await each_step(bench, "?", "escape", "g", "escape", "d", "u", "g n", "g p", "G", "]", "[")
        assert len(bench.marks) > 2


async def test_labels_notes_and_kinds_of_strangers(tmp_path: Path) -> None:
    async with opened(tmp_path, TEXT, names=(NAME,), annotator=WHO) as bench:
        await bench.press("> e enter c enter s r q")
        tables = bench.tables
    for row in tables["annotations"].values():
        row.update(label=BAD, note=BAD, kind=BAD if row["kind"] == "cue" else row["kind"])
    (path,) = (tmp_path / "db" / "documents").glob("*.json")
    path.write_text(json.dumps(tables), "utf-8")
    async with opened(tmp_path, TEXT, size=WIDE, names=(NAME,), annotator=WHO) as bench:
        assert {label for _, label, _ in bench.marks} == {BAD}
        await each_step(bench, "home", "]", ";", ";", ";", "c", "escape")
        for _ in range(4):
            await each_step(bench, "enter", "x", "tab", "escape", "]")
        await each_step(
            bench, "t", "home", "j", "j", "j", "j", "enter", "a", "escape", "u", "d", "d"
        )
        assert "[/foo]" in bench.picture


async def test_notices_of_a_database_with_such_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / FOLDER
    folder.mkdir()

    def refuse(handle: int) -> None:
        raise OSError(28, BAD)

    async with opened(folder, TEXT, "x", names=(NAME, f"{NAME}2")) as bench:
        monkeypatch.setattr("reader.storage.files.os.fsync", refuse)
        await each_step(bench, "c")
        assert "NOT SAVED" in bench.said
        assert "Not saved" in bench.picture
        (folder / f"{NAME}2").unlink()
        await each_step(bench, "g n", "g p")
        assert bench.desk.text == TEXT


async def test_what_is_pasted_into_the_search(tmp_path: Path) -> None:
    async with opened(tmp_path, TEXT) as bench:
        await bench.press("/")
        await bench.paste("it is,” said \x1b[31m[/Kestrel]\u202e")
        bench.check_clean()
        assert "found" in bench.said.lower()
        await each_step(bench, "enter", "n", "escape")


async def test_what_is_pasted_into_the_palette(tmp_path: Path) -> None:
    async with opened(tmp_path, TEXT) as bench:
        await bench.press(":")
        await bench.paste(BAD)
        await bench.app.workers.wait_for_complete()
        await bench.settle()
        bench.check_clean()
        await bench.press("escape escape")
        assert len(bench.app.screen_stack) == 1
