"""Marks can be told apart where colours cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.tui.themes import GREYS
from reader.tui.widgets.brush import Brush
from reader.tui.widgets.paint import Coat
from tests.tui.bench import opened


async def test_without_colours_claims_stand_in_brackets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    text = "He said the pump was old and gone. Nobody spoke.\n"
    async with opened(tmp_path, text) as bench:
        await bench.press("/")
        await bench.write("the pump was old")
        await bench.press("enter c G")
        assert "He said[the pump was old]and gone." in bench.picture
        await bench.press("home tab ) c G")
        assert "{Nobody spoke" in bench.picture  # it is the current one
        assert bench.marks[0][2] == ["the pump was old"]


async def test_the_current_mark_stands_in_braces_with_all_its_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    text = "One “it was old,” he said, “and it is gone.” The port knew of it.\n"
    async with opened(tmp_path, text) as bench:
        await bench.press("' c ) c")
        assert len(bench.marks[0][2]) == 2
        assert "One “it was old,” he said, “and it is gone.”{The port" in bench.picture
        await bench.press("[")
        assert "One {it was old}” he said, {and it is gone}”[The port" in bench.picture


async def test_without_colours_what_is_found_is_drawn_reversed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(tmp_path, "A fire, a fire and a fire again.\n") as bench:
        await bench.press("/")
        await bench.write("fire")
        await bench.press("enter")
        row = bench.screen.article.render_line(0)
        reversed_ = [bool(part.style and part.style.reverse) for part in row if "fire" in part.text]
        assert sorted(reversed_) == [False, True, True]  # the one that is selected looks so


async def test_in_256_colours_each_depth_has_its_grey(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Brush, "colours", "256")
    async with opened(tmp_path, "The pump was old and gone.\n") as bench:
        brush = bench.screen.article._brush
        grounds = [brush.style(Coat(washes=depth)).bgcolor for depth in (1, 2, 3)]
        assert [each.name for each in grounds if each] == list(GREYS["reader-dark"])
        assert "[" not in bench.picture


async def test_with_colours_no_brackets_are_drawn(tmp_path: Path) -> None:
    async with opened(tmp_path, "The pump was old.\n") as bench:
        await bench.press("c")
        assert "[" not in bench.picture


async def test_every_kind_has_a_look_besides_its_colour(tmp_path: Path) -> None:
    text = "Varga and Quillard and Aalt and others said so.\n\nEnd.\n"
    async with opened(tmp_path, text) as bench:
        await bench.press("e p 2 right s 2 right r 2 right c G")
        article = bench.screen.article
        looks = {part.text: part.style for part in article.render_line(0) if part.style}
        assert looks["Varga"].underline
        assert looks["Quillard"].bold
        assert looks["Aalt"].italic
        wash = article.get_component_rich_style("article--wash-1").bgcolor
        assert {looks[each].bgcolor for each in ("Varga", " and ", "Aalt")} == {wash}
        assert looks["  "].bgcolor != wash
