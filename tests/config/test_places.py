"""Which folders are used, and why. None is ever made."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.config.places import database, settings_file


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


def test_the_option_goes_before_everything(tmp_path: Path) -> None:
    place = database("marks", {"READER_DB": "/elsewhere"})
    assert place == (tmp_path / "marks", "named with --db")


def test_the_variable_goes_before_the_platform(tmp_path: Path) -> None:
    assert database(None, {"READER_DB": "x/marks"}) == (
        tmp_path / "x" / "marks",
        "named by READER_DB",
    )


@pytest.mark.parametrize("environment", [{}, {"READER_DB": ""}])
def test_else_the_platform_says(environment: dict[str, str]) -> None:
    path, why = database(None, environment)
    assert (path.name, why) == ("reader", "the platform's data folder")
    assert path.is_absolute()


def test_the_settings_are_one_file() -> None:
    path, why = settings_file()
    assert path.parts[-2:] == ("reader", "settings.toml")
    assert "settings" in why


def test_a_tilde_is_the_home(home: Path) -> None:
    assert database("~/marks", {}).path == home / "marks"
    assert database(None, {"READER_DB": "~/marks"}).path == home / "marks"


def test_the_home_of_nobody_is_no_folder_of_that_name() -> None:
    """A misspelt home must not become a folder in the current one."""
    for option, environment in (("~nobody-of-that-name", {}), (None, {"READER_DB": "~nobody-x"})):
        with pytest.raises(RuntimeError):
            database(option, environment)


def test_nothing_is_made(tmp_path: Path) -> None:
    for option in (None, "marks"):
        database(option, {"READER_DB": "there"} if option is None else {})
    database(None, {})
    settings_file()
    assert list(tmp_path.iterdir()) == []
