"""Rows, cells and offsets of text in all scripts, with every control, flood and joiner."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style

from reader.model.scheme import DEFAULT
from reader.text import units as module
from reader.text.cells import cells, clusters
from reader.text.units import unit_at, units
from reader.text.wrap import Layout, Place, Row
from reader.tui.widgets.paint import Overlay, coats, measure, segments

SCRIPTS = (
    "Latin, ελληνικά, русский, հայերեն, עברית, العربية, ܣܘܪܝܝܐ, ދިވެހި, हिन्दी, क्षत्रिय, বাংলা, ਗੁਰਮੁਖੀ, "
    "ગુજરાતી, ଓଡ଼ିଆ, தமிழ், తెలుగు, ಕನ್ನಡ, മലയാളം, සිංහල, ไทย, ລາວ, བོད་ཡིག, မြန်မာ, ქართული, 한국어, 각, "
    "አማርኛ, ᏣᎳᎩ, ខ្មែរ, ᠮᠣᠩᠭᠣᠯ, 日本語、ひらがな。カタカナ, 中文！, ﾊﾝｶｸ, ｆｕｌｌ, 𐌰𐌱, 𒀀, 𞤀𞤣, 𝔸"
)
CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), 0xAD, 0x61C, 0xFEFF)]
FORMATS = [chr(code) for code in (*range(0x200B, 0x2010), *range(0x2028, 0x202F), 0x2066, 0x2069)]
CLUSTERS = [
    "👩\u200d👧",
    "👩🏽\u200d🚀",
    "🏳️\u200d🌈",
    "🇫🇷",
    "🇫",
    "❤️",
    "1️⃣",
    "e" + "\u0301" * 30,
    "\r\n",
]

pieces = (
    st.sampled_from(SCRIPTS)
    | st.sampled_from(SCRIPTS.split(", "))
    | st.sampled_from(CONTROLS + FORMATS)
    | st.sampled_from(CLUSTERS)
    | st.characters(codec="utf-8")
    | st.just(" ")
)
texts = st.lists(pieces, max_size=60).map("".join)
widths = st.integers(1, 30)


def places(layout: Layout) -> list[Place]:
    """Every row from the first to the last, by steps of one."""
    found = [(0, 0)]
    while (following := layout.moved(found[-1], 1)) != found[-1]:
        found.append(following)
    return found


@given(texts, widths)
def test_rows_and_line_ends_cover_every_code_point_once(text: str, width: int) -> None:
    layout = Layout(text, width)
    rows = [layout.row(place) for place in places(layout)]
    ends = {unit.end: unit.next for unit in units(text)}
    assert rows[0].start == 0
    assert ends.get(rows[-1].end, rows[-1].end) == len(text)
    for one, other in pairwise(rows):
        assert other.start in (one.end, ends.get(one.end))
        assert one.start < one.end or other.start > one.end  # none is empty but a line of its own


@given(texts, widths)
def test_steps_up_lead_back_the_same_way(text: str, width: int) -> None:
    layout = Layout(text, width)
    down = places(layout)
    up = [layout.last]
    while (above := layout.moved(up[-1], -1)) != up[-1]:
        up.append(above)
    assert up[::-1] == down


@given(texts, widths)
def test_cells_and_offsets_are_each_others_inverse(text: str, width: int) -> None:
    layout = Layout(text, width)
    for place in places(layout):
        row = layout.row(place)
        left = 0
        for cell in cells(text[row.start : row.end], 0, row.end - row.start, row.start):
            start, end = row.start + cell.start, row.start + cell.end
            for position in range(start, end):
                assert layout.place(position) == place
                assert layout.column(position) == left
            for column in range(left, left + cell.width):
                assert layout.position(place, column) == start
            left += cell.width


def painted(text: str, row: Row) -> list[Segment]:
    plain = Style()
    return segments(text, coats(row, (), Overlay(), DEFAULT), {}, {}, lambda coat: plain, plain)


def drawn(text: str, row: Row) -> int:
    """The cells that a row takes when it is drawn, as Textual crops it: its blanks may hang."""
    parts = painted(text, row)
    while parts and not parts[-1].text.rstrip(" "):
        parts.pop()
    if parts:
        parts[-1] = parts[-1]._replace(text=parts[-1].text.rstrip(" "))
    return measure(parts)


@given(texts, widths)
def test_no_row_is_drawn_wider_than_the_pane(text: str, width: int) -> None:
    layout = Layout(text, width)
    for place in places(layout):
        row = layout.row(place)
        # what is wider than the pane all by itself cannot be helped, and is cropped
        words = text[row.start : row.end].rstrip()
        assert drawn(text, row) <= width or len(clusters(words, 0, len(words))) == 1


@given(texts, widths)
def test_the_cells_of_a_row_are_those_that_are_drawn(text: str, width: int) -> None:
    """Where a click lands is told by cells; what is there is drawn by segments."""
    layout = Layout(text, width)
    for place in places(layout):
        row = layout.row(place)
        made = cells(text[row.start : row.end], 0, row.end - row.start, row.start)
        parts = painted(text, row)
        assert "".join(part.text for part in parts) == "".join(cell.drawn for cell in made)
        assert measure(parts) == sum(cell.width for cell in made)


# Units --------------------------------------------------------------------------------------------


class Watched:
    """A text that keeps how much of it was read at once, and where."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.read: list[tuple[int, int]] = []

    def __len__(self) -> int:
        return len(self._text)

    def __getitem__(self, at: int | slice) -> str:
        start, stop, _ = (at if isinstance(at, slice) else slice(at, at + 1)).indices(len(self))
        self.read.append((start, stop))
        return self._text[at]


@given(texts, st.integers(1, 8), st.integers(1, 16))
def test_units_found_from_any_position_are_those_met_from_the_start(
    text: str, near: int, more: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_NEAR", near)
        patch.setattr(module, "_PIECE", near + more)
        patch.setattr(module, "_LONGEST", 2 * (near + more))
        holder = [unit for unit in units(text) for _ in range(unit.start, unit.next)]
        assert len(holder) == len(text)
        assert [unit_at(text, position) for position in range(len(text))] == holder


@pytest.mark.parametrize("line", ["word " * 5, "", "中文", "x" * 50_000, "e\u0301" * 30_000, "\r"])
def test_a_unit_is_found_by_what_stands_near_it(line: str) -> None:
    text = f"{line}\n" * (400_000 // (len(line) + 1))
    for position in (0, 1, len(text) // 3, len(text) // 2, len(text) - 1, len(text)):
        watched = Watched(text)
        unit = unit_at(watched, position)
        assert unit.start <= position <= unit.next
        reach = 2 * (module._LONGEST + 2 * module._PIECE + 2 * module._NEAR)
        assert sum(stop - start for start, stop in watched.read) <= 2 * reach
        assert all(abs(at - position) <= reach for stretch in watched.read for at in stretch)
