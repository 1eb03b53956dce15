"""Ticking rows of the tagging pane, and changing all that is ticked at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.tui.bench import Bench, opened
from tests.workspace.build import library, place

WIDE = (160, 50)
THREE = "tab e l tab e o ) 2 tab e p "  # PORT AMRIN, Kestrel, Ines Varga
CLAIMS = ("We had warned them twice", "The pump was old", "The basin was alight")


def kinds(bench: Bench) -> list[tuple[str, str | None]]:
    return [(kind, label) for kind, label, _ in bench.marks]


def row(bench: Bench) -> str:
    found = bench.screen.tags.row
    return found.text if found is not None else ""


async def into_claims(bench: Bench) -> None:
    """Three claims, and the cursor of the pane on the first."""
    session = bench.desk.session
    for words in CLAIMS:
        session.tag("claim", place(session, words))
    bench.screen.show()
    await bench.press("t home")


def boxes(bench: Bench) -> list[str]:
    """The rows of marks as they are drawn, from their boxes on."""
    start = bench.screen.tags.region.x + 1
    lines = [line[start : start + 24].rstrip() for line in bench.rows]
    return [line for line in lines if line.startswith("[")]


async def test_ticked_rows_are_marked_without_colour(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press(THREE + "t home")
        assert boxes(bench) == []
        await bench.press("space")
        assert boxes(bench) == ["[x] place PORT AMRIN", "[ ] org Kestrel", "[ ] person Ines Varga"]
        assert row(bench) == "Kestrel"
        assert "1 ticked:" in bench.offered
        assert "Esc untick" in bench.offered
        await bench.press("space k space")
        assert boxes(bench) == ["[x] place PORT AMRIN", "[ ] org Kestrel", "[ ] person Ines Varga"]
        await bench.press("escape")
        assert boxes(bench) == []
        assert bench.screen.pane == "tags"
        bench.check_clean()


async def test_the_ticked_marks_are_deleted_as_one_change(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press(THREE + "t home space j space d")
        assert kinds(bench) == [("entity", "organisation")]
        assert bench.screen.tags.ticked == set()
        await bench.press("u")
        assert len(bench.marks) == 3


async def test_ticking_claims_passes_over_what_stands_below(tmp_path: Path) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await into_claims(bench)
        await bench.press("2 space")
        assert [each[:3] for each in boxes(bench)] == ["[x]", "[x]", "[ ]"]
        assert row(bench) == CLAIMS[2]
        await bench.press("escape")
        await bench.press("home j space")  # on what stands below the first claim
        assert len(bench.screen.tags.ticked) == 1


@pytest.mark.parametrize(
    ("keys", "kind", "label"),
    [
        ("c", "claim", None),
        ("s", "source", None),
        ("r", "cue", None),
        ("e p", "entity", "person"),
    ],
)
async def test_a_kinds_key_changes_all_that_is_ticked(
    tmp_path: Path, keys: str, kind: str, label: str | None
) -> None:
    async with opened(tmp_path) as bench:
        await bench.press(f"{THREE} t home space space {keys}")
        assert kinds(bench) == [(kind, label)] * 2 + [("entity", "person")]
        assert len(bench.screen.tags.ticked) == 2  # to go on with
        await bench.press("u")
        assert kinds(bench)[:2] == [("entity", "place"), ("entity", "organisation")]


async def test_without_ticks_the_rows_own_marks_are_changed(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("2 tab e o")
        await bench.tab_to("Kestrel")
        await bench.press("e o tab e p t home s")
        assert kinds(bench) == [("source", None)] * 2 + [("entity", "person")]
        await bench.press("u end e l")
        assert ("entity", "place") in kinds(bench)


async def test_another_kind_asks_for_its_label_first(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await into_claims(bench)
        await bench.press("v e")
        assert "Which entity?" in bench.said
        assert "3 marks" in bench.said
        await bench.press("escape")
        assert kinds(bench) == [("claim", None)] * 3
        await bench.press("e enter")
        assert kinds(bench) == [("entity", None)] * 3


async def test_l_labels_claims_and_sources(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await into_claims(bench)
        await bench.press("l")
        assert "Which claim?" in bench.said
        label = bench.desk.session.scheme.kind("claim").labels[1]
        assert f"{label.key} {label.short}" in bench.offered
        await bench.press(label.key)
        assert kinds(bench)[0] == ("claim", label.name)
        await bench.press(f"v l {label.key}")
        assert kinds(bench) == [("claim", label.name)] * 3
        await bench.press("u")
        assert kinds(bench)[1:] == [("claim", None)] * 2
        await bench.press("l -")
        assert kinds(bench) == [("claim", None)] * 3
        await bench.press("l enter")
        assert "Nothing was changed" in bench.said
        # the key of the kind that they are leads to the label, too
        await bench.press(f"c {label.key}")
        assert kinds(bench) == [("claim", label.name)] * 3


async def test_marks_of_several_kinds_have_no_label_together(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("tab e l tab s tab r t v l")
        assert "tick marks of one kind" in bench.said
        await bench.press("escape end l")
        assert "A cue has no labels" in bench.said


async def test_a_key_ticks_all_or_none(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press(THREE + "t v")
        assert len(bench.screen.tags.ticked) == 3
        await bench.press("v")
        assert bench.screen.tags.ticked == set()
        await bench.press("space v d")
        assert bench.marks == []
        await bench.press("v space e l d i m")
        assert bench.screen.tags.ticked == set()


async def test_marks_that_a_filter_hides_are_not_ticked_any_more(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press(THREE + "t v / v a r g enter")
        assert len(bench.screen.tags.ticked) == 1
        await bench.press("d")
        assert kinds(bench) == [("entity", "place"), ("entity", "organisation")]
        await bench.press("escape")
        assert bench.screen.tags.ticked == set()


async def test_ticks_stay_while_the_rows_scroll_and_change_their_order(tmp_path: Path) -> None:
    async with opened(tmp_path, size=(100, 12)) as bench:
        for _ in range(14):
            await bench.press("right r")
        await bench.press("t home space end space")
        ticked = set(bench.screen.tags.ticked)
        assert len(ticked) == 2
        await bench.press("home pagedown m m m t t")
        assert bench.screen.tags.ticked == ticked


async def test_what_another_session_does_leaves_the_ticks_on_their_marks(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press(THREE + "t home j space k")
        assert row(bench) == "Kestrel"
        other = library(tmp_path, "boris").open(str(tmp_path / "text-1.txt"))
        other.tag("entity", place(other, "Depot"), label="event")
        bench.screen.keep()
        await bench.settle()
        assert row(bench) == "Kestrel"  # though there is a row more above it
        assert [each for each in boxes(bench) if "x" in each[:3]] == ["[x] org Kestrel"]
        kestrel = next(each for each in other.layers.annotations if each.words == "Kestrel")
        other.untag(kestrel)
        bench.screen.keep()
        await bench.settle()
        assert bench.screen.tags.ticked == set()
        assert boxes(bench) == []


async def test_a_row_of_which_only_some_are_ticked_says_so(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("2 tab e o t home space t")
        await bench.tab_to("Kestrel")
        await bench.press("e o t home")
        assert boxes(bench) == ["[-] org Kestrel"]
        await bench.press("space")
        assert len(bench.screen.tags.ticked) == 2


async def test_a_click_on_a_box_ticks(tmp_path: Path) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press(THREE + "t home space")
        x, y = bench.place_of("[ ] person Ines Varga")
        await bench.pilot.click(offset=(x + 1, y))
        await bench.settle()
        assert len(bench.screen.tags.ticked) == 2
        assert (bench.screen.pane, row(bench)) == ("tags", "Ines Varga")
        await bench.pilot.click(offset=(x + 6, y))
        await bench.settle()
        assert (bench.screen.pane, bench.selected) == ("article", "Ines Varga")


async def test_a_source_tells_how_many_claims_it_has(tmp_path: Path) -> None:
    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press("' c ) 2 tab s a 1 t")
        assert "1 claim " in bench.picture


async def test_a_card_opens_from_its_row(tmp_path: Path) -> None:
    from reader.tui.screens.card import CardScreen

    async with opened(tmp_path, size=WIDE) as bench:
        await bench.press(THREE + "t end i")
        assert isinstance(bench.app.screen, CardScreen)
        assert "Ines Varga" in bench.picture
        await bench.press("escape")
        assert bench.screen.pane == "tags"


async def test_a_change_that_goes_wrong_is_told(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await into_claims(bench)
        await bench.press("v")
        claims = [each for each in bench.desk.layers.annotations if each.kind == "claim"]
        other = library(tmp_path, "boris").open(str(tmp_path / "text-1.txt"))
        now = other.layers.get(claims[0].id)
        other.describe(now, label=None, note="seen")
        await bench.press("d")
        assert len(bench.marks) == 3
        assert "another session" in bench.said
        assert replace(now, note="seen").note in bench.notes
