"""From marks to what is drawn: every code point once, nested marks visible."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.style import Style

from reader.model.fragment import Fragment
from reader.model.scheme import DEFAULT
from reader.text.cells import cells, clusters
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


def test_a_mark_takes_the_whole_of_each_cluster_that_it_touches() -> None:
    text = "ab👩\u200d🚒cd"  # a cluster from 2 to 5
    edges = paint.edges_of(text, 10)
    assert list(edges) == [10, 11, 12, 15, 16, 17]
    given = [Fragment(*each) for each in ((13, 14), (11, 13), (14, 16), (12, 15), (3, 99))]
    wanted = [(12, 15), (11, 15), (12, 16), (12, 15), (3, 99)]
    assert paint.whole(given, edges) == tuple(wanted)
    assert paint.whole(given, paint.edges_of("abcdefg", 10)) == tuple(given)


@given(
    text=st.text(st.sampled_from("ab .e\u0301👩\u200d🚒🇩🇪水\u0301\t\u200b🏽"), min_size=1),
    marked=st.lists(st.tuples(RANGES, st.sampled_from(["entity", "claim", "odd"])), max_size=4),
    chosen=st.lists(RANGES, max_size=2),
)
@settings(max_examples=100, deadline=None)
def test_no_mark_changes_what_a_row_draws(
    text: str, marked: list[tuple[Fragment, str]], chosen: list[Fragment]
) -> None:
    row = Row(0, len(text))
    edges = paint.edges_of(text, 0)
    fitted = list(zip(paint.whole((each for each, _ in marked), edges), "abcd", strict=False))
    pieces = paint.coats(row, fitted, Overlay(chosen=paint.whole(chosen, edges)), DEFAULT)
    parts = paint.segments(text, pieces, {}, {}, lambda _: Style(), Style())
    assert "".join(part.text for part in parts) == "".join(
        cell.drawn for cell in cells(text, 0, len(text))
    )


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


THE = TEXT.index("the")


@pytest.mark.parametrize(
    ("text", "badges", "shown"),
    [
        (TEXT, {THE: "12"}, "A fire at12he depot"),
        (TEXT, {0: "12"}, "2 fire at the depot"),  # the other one in the margin
        (TEXT, {THE: "2", THE - 1: "1"}, "A fire at12he depot"),
        ("“The quay", {1: "1", 0: "2"}, "1The quay"),
        ("“The quay", {1: "12"}, "12he quay"),
        ("So it is a", {9: "123"}, "So it i312"),  # the row has no cell after it
        ("I", {0: "1234"}, "2"),  # nor before it
        ("né\u0301 ok", {2: "1"}, "n1 ok"),  # on the cluster that the mark cuts
    ],
)
def test_no_badge_hides_another(text: str, badges: dict[int, str], shown: str) -> None:
    places = paint.badge_places(text, Row(0, len(text)), badges)
    assert drawn(text, {}, places).startswith(shown)
    written = sorted(digit for digits in badges.values() for digit in digits)
    assert sorted(places.values()) == written[: len(text) + 1]


def test_the_label_of_a_word_that_begins_within_a_cluster_is_drawn() -> None:
    text = "ab👩\u200d🚒cd"
    places = paint.label_places(text, Row(0, len(text)), {3: "x"})
    assert drawn(text, {}, places) == "abx cd"


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


def edged(text: str, *marks: tuple[int, int], current: tuple[tuple[int, int], ...] = ()) -> str:
    """The text with its signs; an edge drawn reversed stands between bars."""
    fragments = [Fragment(*each) for each in marks]
    held = tuple(Fragment(*each) for each in current)
    row = Row(0, len(text))
    stamps = paint.brackets(text, row, fragments, held)
    shown = "".join(
        stamps.signs.get(start, text[start:end]) or f"|{text[start:end]}|"
        for start, end in clusters(text, 0, len(text))
    )
    return stamps.before + shown + stamps.after


@pytest.mark.parametrize(
    ("marks", "current", "shown"),
    [
        ([(0, 3), (4, 7)], (), "[on|e|[two]six."),  # one blank between two: both edges show
        ([(4, 11), (4, 7)], (), "one[|t|wo]si|x|."),  # two that begin together
        ([(0, 7), (4, 7)], (), "[one[tw|o|]six."),  # two that end together
        ([(0, 12), (0, 3)], (), "[|o|ne]two six.]"),
        ([(0, 12), (8, 12)], (), "[one two[six|.|]"),
        ([(4, 7)], ((4, 7),), "one{two}six."),  # the current one has braces alone
        ([(0, 3), (8, 12)], ((4, 7),), "[on|e|{two}|s|ix.]"),
        ([(0, 3), (4, 7), (8, 11)], ((0, 3), (8, 11)), "{one}|t|w|o|{six}"),
        ([], ((0, 3), (4, 7)), "{on|e|{two}six."),
    ],
)
def test_no_sign_hides_another(
    marks: list[tuple[int, int]], current: tuple[tuple[int, int], ...], shown: str
) -> None:
    text = "one two six."
    assert edged(text, *marks, current=current) == shown


def test_braces_stand_on_quotation_marks_and_brackets_do_not() -> None:
    text = "So “it is,” he said."
    assert edged(text, (4, 9)) == "So “|i|t i|s|,” he said."
    assert edged(text, (4, 9), current=((4, 9),)) == "So {it is}” he said."


def test_the_edge_within_a_word_is_that_of_a_cluster() -> None:
    text = "xe\u0301e\u0301y"
    assert edged(text, (1, 5)) == "x|e\u0301||e\u0301|y"


def test_a_mark_that_goes_on_has_no_bracket_on_the_row() -> None:
    assert paint.brackets(TEXT, Row(10, 20), [Fragment(0, 50)]) == ({}, "", "")
