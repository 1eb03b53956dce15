"""A day's work on a real article, which lies beside the repository and is never copied."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.tui.app import ReaderApp
from reader.workspace.exporting import export
from tests.tui.bench import Bench
from tests.workspace.build import library

ARTICLE = Path(__file__).parents[3] / "shared/data/articles/embassy.txt"
STATEMENT = "we expect Iraq to use its forces"

pytestmark = pytest.mark.skipif(not ARTICLE.is_file(), reason="the article is not at hand")


async def search(bench: Bench, words: str) -> None:
    await bench.press("/")
    await bench.write(words)
    await bench.press("enter")


async def test_an_article_is_marked_left_and_exported(tmp_path: Path) -> None:
    before = ARTICLE.read_bytes()
    text = before.decode("utf-8")
    app = ReaderApp(library(tmp_path), [str(ARTICLE)])
    async with app.run_test(size=(120, 30)) as pilot:
        bench = Bench(app, pilot, tmp_path)
        await search(bench, "mark esper")
        await bench.press("e p enter")
        await bench.write("Secretary of Defense")
        await bench.press("escape")
        await search(bench, "donald trump")
        await bench.press("s")
        await search(bench, STATEMENT)
        await bench.press("c a 1")
        await search(bench, "baghdad")
        await bench.press("e l u U u U")
        await bench.press("2 }")
        place = bench.desk.selection.start
        made = bench.marks
        assert [(kind, label) for kind, label, _ in made] == [
            ("entity", "place"),
            ("entity", "person"),
            ("claim", None),
            ("source", None),
        ]
        assert bench.ties == [([STATEMENT], ["Donald Trump"])]
        assert "Secretary of Defense" in bench.notes
        await bench.press("q")
    again = ReaderApp(library(tmp_path), [str(ARTICLE)])
    async with again.run_test(size=(120, 30)) as pilot:
        bench = Bench(again, pilot, tmp_path)
        await pilot.pause()
        assert bench.desk.selection.start == place
        assert bench.marks == made
        await search(bench, "mark esper")
        await bench.press("enter")
        assert "Secretary of Defense" in bench.picture
        await bench.press("escape q")
    kept = library(tmp_path)
    data = export(kept, [kept.find(str(ARTICLE))], "json").only
    assert data is not None
    (document,) = json.loads(data)["documents"]
    assert document["text"] == text
    assert len(document["annotations"]) == 4
    assert len(document["links"]) == 1
    for mark in document["annotations"]:
        assert [text[start:end] for start, end in mark["fragments"]] == mark["quote"]
    assert ARTICLE.read_bytes() == before
