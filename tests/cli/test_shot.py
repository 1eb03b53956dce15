"""`reader shot`: the screen as a picture."""

from __future__ import annotations

from pathlib import Path

import pytest

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
