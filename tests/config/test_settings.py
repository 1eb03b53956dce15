"""Settings: what is right is taken, each mistake is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.config.settings import Settings, load


def loaded(tmp_path: Path, text: str) -> Settings:
    path = tmp_path / "settings.toml"
    path.write_text(text, "utf-8")
    return load(path)


def test_no_file_means_no_settings(tmp_path: Path) -> None:
    assert load(tmp_path / "settings.toml") == Settings()


def test_every_setting(tmp_path: Path) -> None:
    settings = loaded(
        tmp_path,
        'theme = "light"\nmeasure = 70\n[keys]\nundo = "z"\n"mark.delete" = ["D", "g d"]\n',
    )
    assert settings.theme == "light"
    assert settings.measure == 70
    assert settings.keys == {"undo": ("z",), "mark.delete": ("D", "g d")}
    assert settings.lines == {"undo": 4, "mark.delete": 5}
    assert settings.problems == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('\ntheme = "pink"', "line 2: theme is one of: light, dark"),
        ("measure = 5", "line 1: measure is a number from 30 to 200"),
        ('measure = "80"', "line 1: measure"),
        ("colour = 1", "line 1: colour is no setting"),
        ("[keys]\nundo = 7", "line 2: undo takes a key"),
        ("theme = [", "is left aside"),
    ],
)
def test_mistakes_are_said(tmp_path: Path, text: str, said: str) -> None:
    settings = loaded(tmp_path, text)
    assert len(settings.problems) == 1
    assert said in settings.problems[0]


def test_a_mistake_costs_only_itself(tmp_path: Path) -> None:
    settings = loaded(tmp_path, 'theme = "pink"\nmeasure = 70')
    assert settings.measure == 70
    assert settings.theme is None


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b"\xff\xfe\x00")
    assert "cannot be read" in load(path).problems[0]
