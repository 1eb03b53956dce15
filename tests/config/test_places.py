"""Which folders are used, and why. None is ever made."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reader.config.places import database, settings_file
from reader.errors import StoreError


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


# A project's own ----------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a database of its own, and a folder below it."""
    folder = tmp_path / "harbour"
    (folder / ".reader").mkdir(parents=True)
    (folder / "texts" / "may").mkdir(parents=True)
    return folder


@pytest.mark.parametrize("below", [".", "texts", "texts/may"])
def test_a_project_goes_before_the_platform(project: Path, below: str) -> None:
    start = project / below
    assert database(None, {}, start) == (
        project / ".reader",
        f"a .reader folder in or above {start}",
    )


def test_what_is_named_goes_before_a_project(project: Path, tmp_path: Path) -> None:
    assert database("marks", {}, project).path == tmp_path / "marks"
    assert database(None, {"READER_DB": "marks"}, project).path == tmp_path / "marks"


def test_the_nearest_project_counts(project: Path) -> None:
    (project / "texts" / ".reader").mkdir()
    assert database(None, {}, project / "texts" / "may").path == project / "texts" / ".reader"
    assert database(None, {}, project).path == project / ".reader"


def test_a_file_of_that_name_is_no_project(project: Path) -> None:
    (project / "texts" / ".reader").write_text("")
    (project / "texts" / "may" / ".reader").symlink_to("nowhere")
    assert database(None, {}, project / "texts" / "may").path == project / ".reader"


def test_without_a_start_nothing_is_searched(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    assert database(None, {}).why == "the platform's data folder"


def test_a_project_is_found_from_where_a_link_leads(project: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(project / "texts")
    assert database(None, {}, tmp_path / "link").path == project / ".reader"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="folders have no owner here")
def test_the_project_of_somebody_else_is_not_used_without_asking(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = project.owner()
    monkeypatch.setattr(os, "geteuid", lambda: project.stat().st_uid + 1)
    with pytest.raises(StoreError) as caught:
        database(None, {}, project / "texts")
    assert caught.value.cause == f"it belongs to {owner}"
    assert "--db" in caught.value.remedy
    assert str(project / ".reader") in caught.value.title
    assert database(str(project / ".reader"), {}, project).path == project / ".reader"

    monkeypatch.setattr(Path, "owner", lambda path: {}[path])
    with pytest.raises(StoreError, match=r"user [0-9]+, who has no name here"):
        database(None, {}, project)
