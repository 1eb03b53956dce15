"""Positions in three units: one table of cases for both directions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import InputError
from reader.formats.units import UNITS, Ruler, Unit
from tests.formats.strategies import scripts, texts

LONG = "a" * 63 + "😀" + "é" * 63 + "中" + "b" * 200

CASES = [
    # text, code point, UTF-16, UTF-8
    ("", 0, 0, 0),
    ("abc", 2, 2, 2),
    ("é", 1, 1, 2),
    ("aéb", 2, 2, 3),
    ("中a", 1, 1, 3),
    ("😀a", 1, 2, 4),
    ("a😀b", 1, 1, 1),
    ("a😀b", 2, 3, 5),
    ("a😀b", 3, 4, 6),
    ("\ufeffa", 1, 1, 3),
    ("e\u0301", 1, 1, 1),
    ("\r\n😀\0", 3, 4, 6),
    (LONG, 63, 63, 63),
    (LONG, 64, 65, 67),
    (LONG, 127, 128, 193),
    (LONG, 128, 129, 196),
    (LONG, 328, 329, 396),
]


@pytest.mark.parametrize(("text", "codepoints", "utf16", "utf8"), CASES)
def test_positions_in_each_unit_and_back(text: str, codepoints: int, utf16: int, utf8: int) -> None:
    for unit, position in (("codepoints", codepoints), ("utf16", utf16), ("bytes", utf8)):
        ruler = Ruler(text, unit)  # type: ignore[arg-type]
        assert ruler.out(codepoints) == position
        assert ruler.back(position) == codepoints


@pytest.mark.parametrize(
    ("unit", "text", "position"),
    [("utf16", "a😀", 2), ("bytes", "aé", 2), ("bytes", "😀", 3), ("utf16", LONG, 64)],
)
def test_a_position_inside_a_character_is_an_error(unit: Unit, text: str, position: int) -> None:
    with pytest.raises(InputError, match=f"position {position} lies inside a character"):
        Ruler(text, unit).back(position)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("text", ["abc", "a😀c", ""])
def test_a_position_outside_the_text_is_an_error(unit: Unit, text: str) -> None:
    ruler = Ruler(text, unit)
    for position in (-1, ruler.length + 1, 10**30):
        with pytest.raises(InputError, match="lies outside the text"):
            ruler.back(position)
    with pytest.raises(InputError, match="lies outside the text"):
        ruler.out(len(text) + 1)


@given(texts | scripts, st.sampled_from(UNITS))
def test_every_place_between_characters_comes_back(text: str, unit: Unit) -> None:
    ruler = Ruler(text, unit)
    coding, size = {"utf16": ("utf-16-le", 2), "bytes": ("utf-8", 1)}.get(unit, ("utf-32-le", 4))
    outs = [ruler.out(each) for each in range(len(text) + 1)]
    assert outs == [len(text[:each].encode(coding)) // size for each in range(len(text) + 1)]
    assert [ruler.back(each) for each in outs] == list(range(len(text) + 1))
    for inside in set(range(ruler.length + 1)) - set(outs):
        with pytest.raises(InputError):
            ruler.back(inside)


@pytest.mark.parametrize("unit", UNITS)
def test_many_positions_in_a_large_text_come_back(unit: Unit) -> None:
    text = "Straße — 😀 中文. " * 65_000
    ruler = Ruler(text, unit)
    for position in range(0, len(text), len(text) // 20_000):
        assert ruler.back(ruler.out(position)) == position
