"""Seeing only some of the rows, and in another order."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.model.annotation import Annotation
from reader.model.fragment import Fragment
from reader.model.scheme import DEFAULT
from reader.tui.widgets import tags
from reader.workspace.outline import Outline
from tests.model.build import mark, record_id
from tests.tui.bench import Bench, opened
from tests.workspace.build import tagged

WIDE = (160, 50)
BASIN = "The basin was alight and nobody slept.\n"
THREE = "tab e l tab e o ) 2 tab e p "  # PORT AMRIN, Kestrel, Ines Varga


def words_of(bench: Bench) -> list[str]:
    """The marks that have a row, in the order of the rows."""
    outline = bench.screen.tags._outline
    assert outline is not None
    return [row.text for row in outline.rows() if row.role == "mark"]


def title(bench: Bench) -> str:
    return bench.screen.tags._written


def row(bench: Bench) -> str:
    found = bench.screen.tags.row
    return found.text if found is not None else ""


async def test_each_letter_narrows_the_rows(tmp_path: Path) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press(THREE + "t /")
        assert words_of(bench) == ["PORT AMRIN", "Kestrel", "Ines Varga"]
        await bench.press("r i")
        assert words_of(bench) == ["PORT AMRIN"]
        assert "/ ri" in bench.picture
        assert "1 of 3" in bench.picture
        await bench.press("backspace")
        assert len(words_of(bench)) == 3
        await bench.press("backspace v")
        assert words_of(bench) == [row(bench)] == ["Ines Varga"]
        bench.check_clean()


async def test_enter_keeps_the_filter_and_escape_shows_all_again(tmp_path: Path) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press(THREE + "t / v a r enter")
        assert title(bench) == " Tags 1 of 3: var "
        assert bench.screen.tags.line is None
        assert "Esc all marks" in bench.offered
        await bench.press("enter")
        assert bench.selected == "Ines Varga"
        await bench.press("t escape")
        assert bench.screen.pane == "tags"
        assert len(words_of(bench)) == 3
        assert title(bench) == " Tags 3 "
        assert row(bench) == "Ines Varga"  # it stays where it was
        await bench.press("escape")
        assert bench.screen.pane == "article"


async def test_escape_in_the_line_clears_it(tmp_path: Path) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press(THREE + "t / v a r escape")
        assert len(words_of(bench)) == 3
        assert bench.screen.tags.line is None
        assert bench.screen.pane == "tags"
        await bench.press("/ escape t")
        assert bench.screen.pane == "article"


async def test_the_line_begins_with_what_is_kept(tmp_path: Path) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press(THREE + "t / v a r enter / g")
        assert words_of(bench) == ["Ines Varga"]
        await bench.press("ctrl+u p o r t enter")
        assert title(bench) == " Tags 1 of 3: port "


@pytest.mark.parametrize(
    ("keys", "left"),
    [
        ("k i n d : s", ["officials"]),
        ("n o space s o u r c e", ["The pump was old"]),
        ("l a b e l : p", ["PORT AMRIN"]),
        ("h a s space n o t e", []),
        ("b y : a n n", ["PORT AMRIN", "The pump was old", "officials"]),
    ],
)
async def test_it_answers_questions(tmp_path: Path, keys: str, left: list[str]) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        session = bench.desk.session
        tagged(session, "PORT AMRIN", "entity", "place")
        tagged(session, "The pump was old")
        tagged(session, "officials", "source")
        bench.screen.show()
        await bench.press(f"t / {keys} enter")
        assert words_of(bench) == left


async def test_the_foot_gives_examples(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("tab e l t /")
        for example in ("no source", "has note", "kind:claim", "Enter keep", "Esc all marks"):
            assert example in bench.offered
        await bench.press("z z")
        assert "No mark is such" in bench.picture
        assert "claims that lack one" in bench.picture
        assert row(bench) == ""
        await bench.press("enter d space e l i enter")
        assert len(bench.marks) == 1


async def test_what_is_typed_and_pasted_is_only_words(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("tab e l t / q")
        await bench.paste("uay \x1b[31m\n[/b] 東京")
        assert bench.screen.tags.line is not None
        assert bench.screen.tags.line.words.startswith("quay")
        await bench.press("left left home delete ctrl+w end ctrl+w")
        bench.check_clean()
        await bench.press("escape q")


async def test_the_rows_can_be_gone_through_while_one_types(tmp_path: Path) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press(THREE + "t home / a down down")
        assert row(bench) == "Ines Varga"
        await bench.press("up enter enter")
        assert bench.selected == "Kestrel"


async def test_a_click_in_the_text_leaves_the_line_with_its_filter(tmp_path: Path) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press(THREE + "t / v a r")
        await bench.pilot.click(offset=bench.place_of("burns"))
        await bench.settle()
        assert (bench.selected, bench.screen.tags.line) == ("burns", None)
        assert title(bench) == " Tags 1 of 3: var "


async def test_keys_sent_in_one_burst_are_typed(tmp_path: Path) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press(THREE)
        await bench.pilot.press(*"t/var", "enter", "enter")
        await bench.settle()
        assert bench.selected == "Ines Varga"


async def test_marks_that_come_and_go_while_there_is_a_filter(tmp_path: Path) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press(THREE + "t / l a b e l : p l enter t")
        assert words_of(bench) == ["PORT AMRIN"]
        await bench.press("tab e l")
        assert title(bench) == " Tags 2 of 4: label:pl "
        await bench.press("tab e p")
        assert title(bench) == " Tags 2 of 5: label:pl "
        await bench.press("u u")
        assert title(bench) == " Tags 1 of 3: label:pl "


# Orders -------------------------------------------------------------------------------------------


async def test_the_order_changes_from_kind_to_place_to_time(tmp_path: Path) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press("' s home tab e l")  # the source comes after the entity in every order
        assert words_of(bench) == ["PORT AMRIN", "We had warned them twice"]
        await bench.press("home right c t m")
        kinds = [line for line in bench.rows if "As they stand in the text" in line]
        assert kinds
        assert words_of(bench)[0] != "PORT AMRIN"
        assert "claim “" in bench.picture  # each says what it is: no heading does
        await bench.press("m")
        assert "The last changed first" in bench.picture
        assert row(bench) == words_of(bench)[0]
        assert words_of(bench)[-1] == "We had warned them twice"
        await bench.press("m")
        assert "Entities" in bench.picture


async def test_the_order_stays_when_rows_are_filtered(tmp_path: Path) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press(THREE + "t m m")
        assert words_of(bench) == ["Ines Varga", "Kestrel", "PORT AMRIN"]
        await bench.press("/ r enter")
        assert words_of(bench) == ["Ines Varga", "Kestrel", "PORT AMRIN"]
        await bench.press("/ ctrl+u v enter m")
        assert title(bench) == " Tags 1 of 3: v "


# In pieces ----------------------------------------------------------------------------------------


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From when it is called on, rows come one a piece, and none with the key itself."""

    def set_in() -> None:
        monkeypatch.setattr("reader.workspace.outline._BATCH", 1)
        monkeypatch.setattr(tags, "_AT_ONCE", -1.0)
        monkeypatch.setattr(tags, "_PIECE", -1.0)

    return set_in


async def typed(bench: Bench, words: str) -> None:
    """Type without waiting for what comes of it."""
    for letter in words:
        await bench.pilot.press("space" if letter == " " else letter)


async def test_rows_stay_until_the_others_are_there(
    tmp_path: Path, slowly: Callable[[], None]
) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press(THREE + "t /")
        slowly()
        for letter in "var":
            bench.screen._typed(letter, letter)
        assert bench.screen.tags.arranging
        assert len(words_of(bench)) == 3
        assert "…" in bench.screen.tags.render_line(0).text
        await bench.settle()
        assert words_of(bench) == ["Ines Varga"]
        assert "1 of 3" in bench.picture


async def test_what_was_typed_last_is_what_comes(
    tmp_path: Path, slowly: Callable[[], None]
) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press(THREE + "t")
        slowly()
        await typed(bench, "/var")
        await bench.pilot.press("backspace", "backspace", "backspace", "k", "e", "s", "enter")
        await bench.settle()
        assert words_of(bench) == ["Kestrel"]
        assert title(bench) == " Tags 1 of 3: kes "
        await bench.pilot.press("m", "m", "escape")
        await bench.settle()
        assert words_of(bench) == ["Ines Varga", "Kestrel", "PORT AMRIN"]


async def test_what_changes_meanwhile_is_not_missed(
    tmp_path: Path, slowly: Callable[[], None]
) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press(THREE + "t home")
        slowly()
        await typed(bench, "/e")
        await bench.pilot.press("enter", "d")
        await bench.settle()
        assert len(bench.marks) == 2
        assert "PORT AMRIN" not in words_of(bench)


def many(number: int) -> list[Annotation]:
    """Marks of all kinds, side by side."""
    kinds = ("entity", "claim", "source", "cue")
    one = mark(1, (0, 9), text=BASIN)
    return [
        replace(
            one,
            id=record_id(at),
            kind=kinds[at % 4],
            fragments=(Fragment(at, at + 9),),
            updated=f"2026-11-22T00:00:{at % 60:02}.000Z",
        )
        for at in range(number)
    ]


@pytest.mark.parametrize("keys", ["/basin", "m", "mm", "v", " ", "G"])
async def test_with_very_many_marks_no_key_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keys: str
) -> None:
    """Rows are made in pieces only, each of which is to take a few milliseconds."""
    count = 40_000
    asked: list[float] = []
    grow = Outline.grow

    def noted(outline: Outline, seconds: float = inf) -> bool:
        asked.append(seconds)
        return grow(outline, seconds)

    async with opened(tmp_path, BASIN * (count // len(BASIN) + 1)) as bench:
        screen = bench.screen
        bench.desk.layers.__init__(bench.desk.session.document, many(count))  # type: ignore[misc]
        screen.tags.rearrange(Outline(bench.desk.layers, DEFAULT), "")
        await bench.press("t")
        monkeypatch.setattr(Outline, "grow", noted)
        for key in keys:
            screen.press("space" if key == " " else key)
            if screen.tags.line is not None and key != "/":
                screen._typed(key, key)
        await bench.settle()
        assert screen.tags.shown == count
        assert all(seconds <= 0.01 for seconds in asked)
