"""From marks to what is drawn: every code point once, nested marks visible."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.style import Style

from reader.model.fragment import Fragment
from reader.model.scheme import DEFAULT
from reader.text.wrap import Row
from reader.tui.widgets import paint
from reader.tui.widgets.paint import Coat, Overlay

TEXT = "A fire at the depot killed two workers on Tuesday."
ROW = Row(0, len(TEXT))


def at(words: str) -> Fragment:
    start = TEXT.index(words)
    return Fragment(start, start + len(words))


def coats(*marked: tuple[Fragment, str], row: Row = ROW, **overlay: object) -> dict[str, Coat]:
    pieces = paint.coats(row, marked, Overlay(**overlay), DEFAULT)  # type: ignore[arg-type]
    assert [start for start, _, _ in pieces[1:]] == [end for _, end, _ in pieces[:-1]]
    return {TEXT[start:end]: coat for start, end, coat in pieces}


def test_nothing_marked_is_one_piece() -> None:
    assert coats() == {TEXT: Coat()}


def test_an_empty_row_has_no_pieces() -> None:
    assert paint.coats(Row(7, 7), [], Overlay(), DEFAULT) == []


def test_a_nested_mark_adds_to_the_outer_one() -> None:
    found = coats((at("the depot killed two workers"), "claim"), (at("the depot"), "entity"))
    assert found["the depot"] == Coat(washes=1, underlines=1, colour="entity")
    assert found[" killed two workers"] == Coat(washes=1)
    assert found["A fire at "] == Coat()


def test_overlapping_marks_are_both_there_where_they_overlap() -> None:
    found = coats((at("fire at the depot"), "claim"), (at("the depot killed"), "claim"))
    assert [coat.washes for coat in found.values()] == [0, 1, 2, 1, 0]


def test_marks_on_the_same_words_show_both_looks() -> None:
    found = coats((at("two workers"), "source"), (at("two workers"), "entity"))
    assert found["two workers"] == Coat(underlines=1, bolds=1, colour="entity")


def test_split_marks_leave_their_gap_bare() -> None:
    found = coats((at("A fire"), "claim"), (at("killed"), "claim"))
    assert (found["A fire"].washes, found[" at the depot "].washes, found["killed"].washes) == (
        1,
        0,
        1,
    )


def test_depth_is_counted_no_further_than_the_eye_tells() -> None:
    found = coats(*[(at("depot"), "claim")] * 7)
    assert found["depot"].washes == paint.DEEPEST


def test_an_unknown_kind_is_drawn_all_the_same() -> None:
    assert coats((at("depot"), "rumour"))["depot"] == Coat(underlines=1, colour="rumour")


def test_selection_current_mark_and_hits_lie_over_the_marks() -> None:
    found = coats(
        (at("the depot"), "entity"),
        chosen=(at("depot"),),
        current=(at("the depot"),),
        hits=(at("killed"),),
    )
    assert found["depot"] == Coat(underlines=1, colour="entity", current=True, chosen=True)
    assert found["the "] == Coat(underlines=1, colour="entity", current=True)
    assert found["killed"].hit


def test_what_goes_on_beyond_the_row_is_cut_at_its_edges() -> None:
    row = Row(10, 20)
    found = paint.coats(row, [(Fragment(0, 50), "claim")], Overlay(chosen=(ROW_ALL,)), DEFAULT)
    assert [(start, end) for start, end, _ in found] == [(10, 20)]


ROW_ALL = Fragment(0, len(TEXT))
RANGES = st.tuples(st.integers(0, 40), st.integers(1, 15)).map(
    lambda pair: Fragment(pair[0], pair[0] + pair[1])
)


@given(
    text=st.text(st.sampled_from("ab .\té👩\u200d🚒水\x00\u200b[]"), min_size=1, max_size=45),
    marked=st.lists(st.tuples(RANGES, st.sampled_from(["entity", "claim", "cue", "odd"]))),
    chosen=st.lists(RANGES, max_size=2),
    cuts=st.tuples(st.integers(0, 45), st.integers(0, 45)),
)
@settings(max_examples=100, deadline=None)
def test_every_code_point_of_a_row_is_drawn_exactly_once(
    text: str,
    marked: list[tuple[Fragment, str]],
    chosen: list[Fragment],
    cuts: tuple[int, int],
) -> None:
    start, end = sorted(min(each, len(text)) for each in cuts)
    row = Row(start, end)
    pieces = paint.coats(row, marked, Overlay(chosen=tuple(chosen)), DEFAULT)
    covered = [position for first, last, _ in pieces for position in range(first, last)]
    assert covered == list(range(start, end))
    for first, last, coat in pieces:
        for position in range(first, last):
            here = Fragment(position, position + 1)
            over = [kind for fragment, kind in marked if fragment.holds(here)]
            assert coat.washes == min(over.count("claim"), paint.DEEPEST)
            assert coat.chosen == any(each.holds(here) for each in chosen)


# Segments -----------------------------------------------------------------------------------------


def drawn(text: str, signs: dict[int, str], badges: dict[int, str]) -> str:
    pieces = [(0, len(text), Coat())]
    parts = paint.segments(text, pieces, signs, badges, lambda _: Style(), Style(bold=True))
    return "".join(part.text for part in parts)


def test_controls_are_drawn_as_pictures() -> None:
    assert drawn("a\x1b[31mb\u202ec", {}, {}) == "a␛[31mb·c"


def test_badges_stand_in_the_blank_before_their_mark() -> None:
    places = paint.badge_places(TEXT, ROW, {at("depot").start: "1", 0: "2", 999: "3"})
    assert places == {at("depot").start - 1: "1", -1: "2"}  # that one in the margin
    assert drawn(TEXT, {}, places).startswith("A fire at the1depot killed")
    assert paint.badge_places(TEXT, ROW, {at("epot").start: "1"}) == {at("epot").start: "1"}


def test_a_badge_takes_the_width_of_what_it_covers() -> None:
    assert drawn("水 ok", {}, {0: "1"}) == "1  ok"


# Brackets, for screens without colours ------------------------------------------------------------


def test_brackets_stand_in_the_blanks_round_a_mark() -> None:
    stamps = paint.brackets(TEXT, ROW, [at("the depot")])
    assert drawn(TEXT, dict(stamps.signs), {}) == TEXT.replace(" the depot ", "[the depot]")


def test_brackets_stand_beside_the_row_at_its_edges() -> None:
    stamps = paint.brackets(TEXT, ROW, [Fragment(0, len(TEXT))])
    assert stamps == ({}, "[", "]")


def test_without_a_blank_the_edge_is_marked_and_no_letter_lost() -> None:
    stamps = paint.brackets(TEXT, ROW, [at("epot killed two workers on Tuesday")])
    assert drawn(TEXT, dict(stamps.signs), {}) == TEXT
    assert stamps.signs == {TEXT.index("epot"): "", len(TEXT) - 2: ""}


def test_a_mark_that_goes_on_has_no_bracket_on_the_row() -> None:
    assert paint.brackets(TEXT, Row(10, 20), [Fragment(0, 50)]) == ({}, "", "")
