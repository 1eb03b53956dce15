"""What is filled in on a card, with a scheme that has a field of every type."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal

import pytest
from textual.widgets import Input

from reader.model.scheme import DEFAULT, Attribute, Kind, Scheme
from reader.tui.screens.card import CardScreen
from reader.tui.widgets.form import ChoicePicker, FieldLine, Form
from tests.tui.bench import Bench, opened

FIELDS = (
    Attribute("count", "c", "number"),
    Attribute("is late", "i", "flag"),
    Attribute("is_late", "j", "text", brief="Größe [b]"),
    Attribute("rank", "r", "choice", ("red", "round", "rrr", "水", "1")),
)


@asynccontextmanager
async def on_card(
    folder: Path,
    attributes: tuple[Attribute, ...] = FIELDS,
    now: dict[str, object] | None = None,
    size: tuple[int, int] = (80, 24),
) -> AsyncIterator[Bench]:
    """The card of a cue that can have these attributes, and has some."""
    cue = DEFAULT.kind("cue")._replace(attributes=attributes)
    kinds: tuple[Kind, ...] = (*(each for each in DEFAULT.kinds if each.name != "cue"), cue)
    async with opened(folder, size=size) as bench:
        session = bench.desk.session
        session.scheme = Scheme("mine", kinds, DEFAULT.links)
        await bench.press("right r")
        if now:
            wide = tuple(Attribute(name, "", type_of(value)) for name, value in now.items())
            narrow, session.scheme = (
                session.scheme,
                Scheme("wider", (cue._replace(attributes=wide),), DEFAULT.links),
            )
            bench.desk.describe(here(bench), label=None, note="", attributes=now)
            session.scheme = narrow
        await bench.press("enter")
        assert isinstance(bench.app.screen, CardScreen)
        yield bench


def type_of(value: object) -> Literal["number", "text"]:
    return "number" if isinstance(value, int | float) else "text"


def here(bench: Bench):  # type: ignore[no-untyped-def]
    mark = bench.desk.current
    assert mark is not None
    return mark


def kept(bench: Bench) -> dict[str, object]:
    (row,) = bench.tables["annotations"].values()
    return dict(row["attributes"])


async def test_a_field_of_every_type_is_filled_in_by_keys(tmp_path: Path) -> None:
    async with on_card(tmp_path) as bench:
        await bench.press("tab 1 2 . 5 tab y tab")
        await bench.write("words [x]")
        await bench.press("tab o escape")
        assert kept(bench) == {
            "count": 12.5,
            "is late": True,
            "is_late": "words [x]",
            "rank": "round",
        }
        await bench.press("enter")
        for shown in ("12.5", "[y yes]", "words [x]", "[o round]"):
            assert shown in bench.picture
        await bench.press("tab backspace backspace backspace backspace tab n tab tab - escape")
        assert kept(bench) == {"is_late": "words [x]"}
        await bench.press("u u")
        assert kept(bench) == {}
        bench.check_clean()


@pytest.mark.parametrize(
    ("typed", "value"), [("0", 0), ("-3", -3), ("1e3", 1000.0), ("007", 7), (".5", 0.5)]
)
async def test_numbers(tmp_path: Path, typed: str, value: float) -> None:
    async with on_card(tmp_path) as bench:
        await bench.press("tab")
        await bench.write(typed)
        await bench.press("enter")
        assert kept(bench) == {"count": value}


@pytest.mark.parametrize("typed", ["1e999", "1e", "-"])
async def test_what_is_no_number_is_said_and_can_be_mended(tmp_path: Path, typed: str) -> None:
    async with on_card(tmp_path) as bench:
        await bench.press("tab")
        await bench.write(typed)
        await bench.press("tab y escape")
        await bench.settle()
        assert isinstance(bench.app.screen, CardScreen)
        assert "cannot be" in bench.picture
        assert "[y yes]" in bench.picture
        assert kept(bench) == {}
        line = bench.app.screen.query(FieldLine).first().query_one(Input)
        line.value = "4"
        await bench.press("escape")
        assert kept(bench) == {"count": 4, "is late": True}


async def test_values_outside_of_the_scheme_are_shown_and_kept(tmp_path: Path) -> None:
    odd = {
        "count": "about\x1b[31m five\nor six",
        "rank": "puce\u202e",
        "is_late": 7,
        "other": "kept",
    }
    async with on_card(tmp_path, now=odd) as bench:
        bench.check_clean()
        assert "puce" in bench.picture
        assert "about" in bench.picture
        assert "other: kept" in bench.picture
        await bench.press("escape")
        assert kept(bench) == odd
        await bench.press("enter")
        await bench.press("tab tab y escape")
        assert kept(bench) == {**odd, "is late": True}


async def test_choices_by_click_by_arrow_and_without_a_key(tmp_path: Path) -> None:
    async with on_card(tmp_path) as bench:
        (_, rank) = bench.app.screen.query(ChoicePicker)
        x, y = bench.place_of("red")
        await bench.pilot.click(offset=(x + 1, y))
        assert rank.value == "red"
        await bench.press("right right")
        assert rank.value == "rrr"
        await bench.press("right")
        assert rank.value == "水"
        await bench.press("right right right")
        assert rank.value == "red"
        await bench.press("left left enter")
        assert kept(bench) == {"rank": "1"}


async def test_a_long_card_scrolls_and_its_keys_stay(tmp_path: Path) -> None:
    many = tuple(Attribute(f"field {number}", "", "text") for number in range(40))
    async with on_card(tmp_path, many) as bench:
        assert "Esc: save and close" in bench.picture
        for _ in range(40):
            await bench.pilot.press("tab")
        await bench.settle()
        await bench.write("last")
        assert "Field 39" in bench.picture
        assert "Esc: save and close" in bench.picture
        assert "a note is open" in bench.rows[22]
        await bench.press("escape")
        assert kept(bench) == {"field 39": "last"}


@pytest.mark.parametrize("size", [(80, 24), (160, 50), (40, 12), (20, 6)])
async def test_a_claims_card_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(tmp_path, size=size) as bench:
        await bench.press("' c enter tab q tab h tab s tab")
        await bench.write("seen")
        await bench.press("escape")
        (row,) = bench.tables["annotations"].values()
        assert row["label"] == "quotation"
        assert row["attributes"] == {
            "priority": "high",
            "status": "supported",
            "check_note": "seen",
        }


async def test_all_of_a_claims_card_is_seen_on_the_usual_terminal(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("' c a n [ enter")
        for words in ("is said by source", "Note", "Label", "Priority", "Status", "Check note"):
            assert words in bench.picture
        assert "a note is open" in bench.rows[22]


async def test_what_another_session_says_of_the_mark_meanwhile_stays(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("' c enter tab tab h")
        other = bench.app._library.open(bench.app._names[0])
        (mark,) = other.layers.annotations
        other.describe(mark, label="statistic", note="theirs", attributes={"status": "refuted"})
        await bench.press("escape")
        (row,) = bench.tables["annotations"].values()
        assert (row["label"], row["note"]) == ("statistic", "theirs")
        assert row["attributes"] == {"priority": "high", "status": "refuted"}


async def test_what_another_session_says_of_the_document_meanwhile_stays(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("tab e l g i tab tab")
        await bench.write("Varga")
        other = bench.app._library.open(bench.app._names[0])
        other.set_document({"title": "theirs", "note": "seen"})
        await bench.press("escape")
        document = bench.tables["document"]["1"]
        assert (document["title"], document["author"]) == ("theirs", "Varga")
        assert document["note"] == "seen"


async def test_a_card_of_a_mark_that_another_session_deletes(tmp_path: Path) -> None:
    async with opened(tmp_path, size=(160, 50)) as bench:
        await bench.press("' c enter")
        await bench.write("keep me")
        other = bench.app._library.open(bench.app._names[0])
        other.untag(*other.layers.annotations)
        bench.screen.keep()
        await bench.press("escape")
        assert "deleted by another session" in " ".join(bench.picture.split())
        assert bench.app.clipboard == "keep me"
        assert bench.marks == []
        assert bench.app.screen is bench.screen


async def test_a_form_gives_what_it_was_given(tmp_path: Path) -> None:
    async with on_card(tmp_path) as bench:
        values = bench.app.screen.query_one(Form).values
        assert values == {
            "note": "",
            "count": None,
            "is late": None,
            "is_late": None,
            "rank": None,
        }
