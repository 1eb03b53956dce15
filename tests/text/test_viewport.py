"""Which rows are in view: beside a simple reckoning over the list of all rows."""

from __future__ import annotations

from bisect import bisect_right

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.fragment import Fragment
from reader.text.viewport import MARGIN, MEASURE, Viewport, margin_within, text_width
from reader.text.wrap import Row
from tests.text.test_rows import places, texts

TEXT = "\n".join(f"row {number:02}" for number in range(100)) + "\n"


def at(row: int) -> Fragment:
    """The word at the beginning of a row of TEXT."""
    return Fragment(7 * row, 7 * row + 3)


def top(view: Viewport) -> int:
    return view.first // 7


def all_rows(view: Viewport) -> list[Row]:
    return [view.layout.row(place) for place in places(view.layout)]


@given(texts, st.integers(1, 30), st.integers(1, 12), st.integers(1, 3), st.data())
def test_whatever_is_done_the_rows_in_view_are_told(
    text: str, width: int, height: int, spacing: int, data: st.DataObject
) -> None:
    view = Viewport(text, width, height, spacing)
    rows = all_rows(view)
    starts = [row.start for row in rows]
    for _ in range(5):
        if data.draw(st.booleans()):
            view.scroll(data.draw(st.integers(-8, 8)))
        else:
            start, end = sorted(data.draw(st.integers(0, len(text))) for _ in range(2))
            view.bring(Fragment(start, end))
            assert view.shows(start)
        first = rows.index(view.rows[0])
        last = first + len(view.rows)
        assert view.rows == rows[first:last]
        assert len(view.rows) == min(len(rows), view.capacity)
        for position in range(len(text) + 1):
            assert view.shows(position) == (first < bisect_right(starts, position) <= last)
        assert (view.percent == 100) == (last == len(rows))
        drawn = [Fragment(row.start, max(row.end, row.start + 1)) for row in view.rows]
        wanted = Fragment(*sorted(data.draw(st.integers(0, len(text) + 1)) for _ in range(2)))
        if wanted.length:
            touched = [
                n * spacing for n, row in enumerate(drawn) if wanted.overlaps(Fragment(*row))
            ]
            assert view.lines_of([wanted]) == touched
        for line in range(height):
            row, between = divmod(line, spacing)
            drawn_there = None if between or row >= len(view.rows) else view.rows[row]
            assert view.row_at(line) == drawn_there
            place = view.place_at(line)
            assert (place is None) == (row >= len(view.rows))
            assert place is None or view.layout.row(place) == view.rows[row]


def test_what_is_amid_the_view_moves_nothing() -> None:
    view = Viewport(TEXT, 20, 20)
    assert not any(view.bring(at(row)) for row in range(17))
    assert top(view) == 0


def test_a_step_out_of_the_view_goes_on_by_a_third() -> None:
    view = Viewport(TEXT, 20, 20)
    tops = [(view.bring(at(row)), top(view))[1] for row in range(60)]
    assert tops[16:18] == [0, 7]  # three rows are kept below, and six more are shown at once
    assert sorted(set(tops)) == [0, 7, 14, 21, 28, 35, 42, 49]
    assert all(now <= row - 3 or now == 0 for row, now in enumerate(tops))
    back = [(view.bring(at(row)), top(view))[1] for row in reversed(range(60))]
    assert len(set(back)) <= 9
    assert back[-1] == 0


def test_what_is_far_away_comes_into_the_middle() -> None:
    view = Viewport(TEXT, 20, 20)
    assert view.bring(at(70))
    assert top(view) == 60
    assert view.bring(at(20))
    assert top(view) == 10
    assert view.bring(at(99))
    assert top(view) == 80


@pytest.mark.parametrize("first", [0, 5, 15, 30, 80])
def test_of_what_fits_all_comes_into_view_and_of_more_the_start(first: int) -> None:
    for length in (5, 14, 20, 60):
        view = Viewport(TEXT, 20, 20)
        view.scroll(30)
        stretch = Fragment(at(first).start, at(first + length - 1).end)
        view.bring(stretch)
        assert view.shows(stretch.start)
        assert view.shows(min(stretch.end, len(TEXT)) - 1) or length > 14


def test_scrolling_ends_at_both_ends_and_follows_nothing_any_more() -> None:
    view = Viewport(TEXT, 20, 20)
    assert not view.scroll(-3)
    assert view.scroll(1000)
    assert top(view) == 80
    assert view.percent == 100
    view.fit(10, 10, 1)
    assert top(view) == 80


sizes = st.tuples(st.integers(5, 40), st.integers(1, 8), st.integers(1, 3))
long_texts = st.lists(
    st.sampled_from(["a", "quay", "burning", "水木", "\n", "x" * 30]), min_size=20, max_size=150
).map(" ".join)


@given(long_texts, sizes, st.lists(sizes, max_size=4), st.data())
def test_whatever_sizes_come_between_one_size_has_one_view(
    text: str, size: tuple[int, int, int], between: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    view = Viewport(text, size[0])
    view.follow(data.draw(st.integers(0, len(text))))
    for each in (*between, size):
        view.fit(*each)
    for _ in range(data.draw(st.integers(0, 3))):
        if data.draw(st.booleans()):
            view.scroll(data.draw(st.integers(-8, 8)))
        else:
            start = data.draw(st.integers(0, len(text)))
            view.bring(Fragment(start, start + 1))
    before = list(view.rows)
    for each in (*between, size):
        view.fit(*each)
    assert view.rows == before


def test_a_window_drawn_narrower_and_wider_moves_no_row_of_a_long_paragraph() -> None:
    view = Viewport("the quay was lost to the water " * 2500, 86, 26)
    view.scroll(75)
    first = view.first
    for width in [*range(86, 39, -1), *range(40, 87)]:
        view.fit(width, 26, 1)
        assert view.rows[0].start <= first < view.rows[0].end
    assert view.first == first


@pytest.mark.parametrize("end", [False, True])
@pytest.mark.parametrize("blanks", [0, 10, 60])
def test_the_edge_of_a_text_and_what_is_near_it(blanks: int, end: bool) -> None:
    text = "\n" * blanks + "one\n" * 40 + "\n" * blanks
    view = Viewport(text, 20, 20)
    view.scroll(60)
    word = text.rindex("one") if end else text.index("one")
    view.bring_edge(Fragment(word, word + 3), end=end)
    assert view.percent == 100 if end else view.first == 0
    assert view.shows(word) == (blanks < 20)
    for width, height in ((20, 7), (2, 30), (20, 20)):
        view.fit(width, height, 1)
        assert view.shows(word) or blanks == 60


def test_another_size_keeps_what_was_followed() -> None:
    view = Viewport(TEXT, 20)
    view.follow(at(50).start)
    assert not view.bring(at(50))  # nothing is in view before the size is known
    for width, height, spacing in ((20, 20, 1), (3, 7, 1), (4, 30, 3), (60, 1, 1)):
        view.fit(width, height, spacing)
        assert view.shows(at(50).start)
        assert view.capacity == len(view.rows) == -(-height // spacing)


def test_the_thumb_reaches_both_ends() -> None:
    view = Viewport(TEXT, 20, 20)
    assert view.thumb == range(4)
    view.scroll(1000)
    assert view.thumb == range(16, 20)
    assert Viewport("all of it", 20, 20).thumb is None
    assert Viewport("", 20, 20).thumb is None


def test_a_page_keeps_two_rows() -> None:
    view = Viewport(TEXT, 20, 20)
    assert view.page == 18
    assert view.position_of_row(at(1).start, view.page, 2) == at(19).start + 2
    assert view.position_of_row(at(99).start, 5, 2) == at(99).start
    assert Viewport("a\n\n\nb", 20, 20).position_of_row(0, 1, 0) == 4


@given(st.text("ab \n", max_size=60), st.integers(1, 9), st.integers(-9, 9), st.data())
def test_so_many_rows_away_or_the_next_one_with_words_or_the_last(
    text: str, width: int, rows: int, data: st.DataObject
) -> None:
    view = Viewport(text, width, 5)
    all_ = all_rows(view)
    position = data.draw(st.integers(0, len(text)))
    here = bisect_right([row.start for row in all_], position) - 1
    written = [at for at, row in enumerate(all_) if text[row.start : row.end].strip()]
    wanted = max(0, min(here + rows, len(all_) - 1))
    if rows > 0:
        onward = [at for at in written if at >= wanted] + [at for at in written[::-1] if at > here]
    else:
        onward = [at for at in written[::-1] if at <= wanted] + [at for at in written if at < here]
    found = view.position_of_row(position, rows, 0)
    assert found == (all_[onward[0]].start if onward and wanted != here else position)


def test_rows_with_words_far_below_are_reached_and_none_are_looked_for_without_end() -> None:
    view = Viewport("a" + "\n" * 100_000 + "b" + "\n" * 9_000_000, 20, 20)
    assert view.position_of_row(0, 1, 0) == 100_001
    assert view.position_of_row(100_001, 5, 0) == 100_001
    assert view.position_of_row(100_001, -5, 0) == 0


def test_the_width_of_rows() -> None:
    assert text_width(200) == 86
    assert text_width(50, 86, 4) == 44
    assert text_width(0, 70) == 70
    assert text_width(2) == 1


@pytest.mark.parametrize("measure", [20, MEASURE])
@pytest.mark.parametrize("margin", [2, 20, 40])
def test_the_margin_gives_way_before_the_rows_are_short(measure: int, margin: int) -> None:
    for cells in range(1, 200):
        held = margin_within(cells, measure, margin)
        assert MARGIN <= held <= margin
        assert held in (MARGIN, margin) or text_width(cells, measure, held) == min(measure, 40)
    assert margin_within(24, MEASURE, 20) == MARGIN
    assert margin_within(80, MEASURE, 20) == 20
