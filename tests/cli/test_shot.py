"""`reader shot`: the screen as a picture."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.cli.call import ARTICLE, Call


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, "utf-8")
    return path


def test_draws_the_screen_after_keys(reader: Call, text: Path) -> None:
    ran = reader("shot", text, "--size", "80x24", "--keys", ") c")
    assert ran.code == 0
    assert ran.out.startswith("<svg")
    assert "Varga" in ran.out
    assert "Tagged" in ran.out


def test_needs_nothing_from_the_network(reader: Call, text: Path) -> None:
    drawn = reader("shot", text).out
    assert "@font-face" not in drawn
    assert "url(http" not in drawn


def test_the_same_screen_is_the_same_picture(reader: Call, text: Path) -> None:
    assert reader("shot", text).out == reader("shot", text).out


def test_wide_letters_stand_in_their_cells(reader: Call, tmp_path: Path) -> None:
    wide = tmp_path / "wide.txt"
    wide.write_text("水 said 東京 <水来>&\n“水木”と山田氏は述べた。\ne\u0301te\u0301 水\n", "utf-8")
    drawn = reader("shot", wide, "--size", "80x24").out
    found = re.findall(r'<text class.*? x="(.*?)" y="(.*?)" textLength="(.*?)".*?>(.*?)<', drawn)
    words = [(unescape(text), float(x), y, float(length)) for x, y, length, text in found]
    for text, x, _, length in words:
        assert length == pytest.approx(12.2 * cell_len(text), abs=0.01)
        assert x / 12.2 == pytest.approx(round(x / 12.2), abs=0.01)
        assert len({cell_len(letter) for letter in text} - {0}) == 1
    for (_, x, y, length), (_, following, below, _) in pairwise(words):
        assert y != below or following >= x + length - 0.01
    shown = "".join(text for text, *_ in words).replace("\u00a0", "")
    assert "水said東京<水来>&" in shown
    assert "“水木”と山田氏は述べた。" in shown


def test_two_marks_on_the_same_words_are_underlined_twice(reader: Call, text: Path) -> None:
    once = reader("shot", text, "--keys", ") tab e o")
    assert "underline;" in once.out
    assert "double" not in once.out
    twice = reader("shot", text, "--keys", "tab e o L e p")
    assert "text-decoration: underline double;" in twice.out
    assert "line-through" not in twice.out


@pytest.mark.parametrize("size", ["80", "80x", "x24", "5x5", "9999x24", "80×24"])
def test_a_size_that_is_none(reader: Call, text: Path, size: str) -> None:
    ran = reader("shot", text, "--size", size)
    assert ran.code == 2
    assert ran.out == ""


@pytest.mark.parametrize("keys", ["wait:abc", "hyperspace", "ctrl+"])
def test_keys_that_are_none(reader: Call, text: Path, keys: str) -> None:
    ran = reader("shot", text, "--keys", keys)
    assert ran.code == 2
    assert "is no key" in ran.err


def test_an_existing_picture_stays(reader: Call, text: Path, tmp_path: Path) -> None:
    output = tmp_path / "screen.svg"
    output.write_text("mine")
    ran = reader("shot", text, "--output", output)
    assert ran.code == 1
    assert output.read_text() == "mine"
