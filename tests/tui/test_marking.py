"""Tagging with labels, going through marks, deleting and undoing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.bench import ARTICLE, Bench, opened

FIRE = ARTICLE.splitlines()[2].rstrip(".")


def drawn_as_chosen(bench: Bench) -> set[str]:
    """The words that are drawn on the selection's ground."""
    pane = bench.screen.article
    grounds = {
        pane.get_component_rich_style(f"article--{part}").bgcolor for part in ("chosen", "tagged")
    }
    strips = [pane.render_line(y) for y in range(pane.size.height)]
    return {part.text for strip in strips for part in strip if part.style.bgcolor in grounds}


async def test_a_label_is_asked_for_with_what_would_be_marked(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("3 tab e")
        assert "Which entity? Enter: none. Esc cancels. “Tuesday”" in bench.said
        assert "p person" in bench.offered
        assert "d date" in bench.offered
        assert bench.marks == []
        await bench.press("d")
        assert bench.marks == [("entity", "date", ["Tuesday"])]
        assert bench.said.startswith(" Tagged “Tuesday” as date")


async def test_a_preview_shows_the_whole_object_before_it_is_tagged(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("down")
        assert drawn_as_chosen(bench) == {"AMRIN"}
        await bench.press("e")
        assert drawn_as_chosen(bench) == {"PORT AMRIN"}
        await bench.press("escape")
        assert drawn_as_chosen(bench) == {"AMRIN"}
        assert (bench.selected, bench.marks) == ("AMRIN", [])


@pytest.mark.parametrize(("key", "label"), [("enter", None), ("space", None), ("e", None)])
async def test_no_label_is_a_choice(tmp_path: Path, key: str, label: str | None) -> None:
    async with opened(tmp_path) as bench:
        await bench.press(f"tab e {key}")
        assert bench.marks == [("entity", label, ["PORT AMRIN"])]


async def test_a_key_that_is_no_label_does_nothing_and_says_so(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("tab e Z")
        assert "none of the choices: nothing was done" in bench.said
        assert bench.marks == []
        await bench.press("right")
        assert bench.selected == "A"


async def test_the_same_key_again_labels_and_makes_no_twin(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("tab e p e l")
        assert bench.marks == [("entity", "place", ["PORT AMRIN"])]
        await bench.press("e e")
        assert bench.marks == [("entity", "place", ["PORT AMRIN"])]
        await bench.press("e -")
        assert bench.marks == [("entity", None, ["PORT AMRIN"])]
        await bench.press("down c c s")
        assert bench.marks[1] == ("claim", "statement", [FIRE])
        assert len(bench.marks) == 2


async def test_a_split_quotation_is_one_mark_and_both_parts_are_selected(tmp_path: Path) -> None:
    async with opened(tmp_path, size=(160, 50)) as bench:
        await bench.press("' c")
        parts = ["We had warned them twice", "and nothing was done"]
        assert bench.marks == [("claim", None, parts)]
        assert drawn_as_chosen(bench) >= set(parts)


async def test_hard_selections_are_taken_exactly(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("right L L c")
        assert bench.marks == [("claim", None, ["burns for a"])]


async def test_what_each_key_would_take_is_said(tmp_path: Path) -> None:
    async with opened(tmp_path, size=(160, 50)) as bench:
        await bench.press("down")
        assert "e s PORT AMRIN" in bench.said
        assert "c PORT AMRIN - A fire" in bench.said


# Marks --------------------------------------------------------------------------------------------


async def test_going_through_marks_that_lie_over_one_another(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("tab e l down up down c")
        await bench.press("home ]")
        order = []
        for _ in range(2):
            here = bench.desk.current
            assert here is not None
            order.append(here.kind)
            await bench.press("]")
        assert sorted(order) == ["claim", "entity"]
        assert "There is no further mark" in bench.said
        await bench.press("2 [")
        assert bench.selected == (FIRE if order[0] == "claim" else "PORT AMRIN")
        await bench.press("[")
        assert "There is no mark before this" in bench.said
        before = bench.desk.current
        await bench.press("home down ;")
        after = bench.desk.current
        await bench.press(";")
        assert before is not None
        assert after is not None
        assert bench.desk.current is not None
        assert bench.desk.current.id != after.id


async def test_deleting_takes_links_and_undo_and_redo_both(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press(") c 2 tab s a 1")
        marks, ties = bench.marks, bench.ties
        assert len(ties) == 1
        await bench.press("d")
        assert bench.marks == [("claim", None, [FIRE])]
        assert bench.ties == []
        assert "Deleted the source" in bench.said
        await bench.press("u")
        assert (bench.marks, bench.ties) == (marks, ties)
        await bench.press("U")
        assert (len(bench.marks), bench.ties) == (1, [])
        await bench.press("2 u")
        assert (bench.marks, bench.ties) == (marks, [])
        await bench.press("9 u")
        assert bench.marks == []
        await bench.press("9 U")
        assert (len(bench.marks), bench.ties) == (1, [])


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("d", "There is no mark here"),
        ("enter", "There is no mark here"),
        (";", "There is no mark here"),
        ("a", "There is no claim to attribute here"),
        ("u", "There is nothing to undo"),
        ("U", "There is nothing to redo"),
        ("n", "Nothing has been searched for yet"),
        ("g n", "This is the only document open"),
        ("]", "There is no further mark"),
        ("Z", "Z does nothing here; ? shows all keys"),
        ("5 Z", "Z does nothing here"),
    ],
)
async def test_a_key_that_has_nothing_to_act_on_says_why(
    tmp_path: Path, keys: str, said: str
) -> None:
    async with opened(tmp_path) as bench:
        await bench.press(keys)
        assert said in bench.said
        assert bench.selected == "Depot"
        await bench.press("right")
        assert said not in bench.said


async def test_counts_and_sequences_show_until_escape(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("4 2")
        assert bench.offered.startswith(" 42 ×")
        await bench.press("escape right")
        assert bench.selected == "burns"
        await bench.press("g")
        assert bench.offered.startswith(" g …")
        assert "l list" in bench.offered
        await bench.press("escape g g")
        assert bench.selected == "Depot"
        await bench.press("3 )")
        assert bench.selected == "Mr. Quillard of Kestrel denied it."


async def test_a_label_for_a_mark_that_another_has_deleted_is_refused(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("tab e l e")
        other = bench.app._library.open(bench.app._names[0])
        other.untag(*other.layers.annotations)
        bench.screen.keep()
        await bench.press("p")
        assert bench.marks == []
        assert "no longer marked" in bench.said


async def test_every_label_has_its_key_at_80_columns(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("tab e")
        for label in bench.desk.session.scheme.kind("entity").labels:
            assert f" {label.key} " in f" {bench.offered} "


async def test_what_has_nothing_beside_it_is_not_marked_twice_unasked(tmp_path: Path) -> None:
    async with opened(tmp_path, "Kestrel depots.\n") as bench:
        await bench.press("c r")
        assert [kind for kind, _, _ in bench.marks] == ["claim"]
        assert "No cue is found beside “Kestrel depots”" in bench.said
        await bench.press("escape r r")
        assert sorted(kind for kind, _, _ in bench.marks) == ["claim", "cue"]
