"""Which folders are used, and why. Computes them; never makes any."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

DATABASE_VARIABLE: Final = "READER_DB"
_APP: Final = "reader"


class Place(NamedTuple):
    """A folder or file and the reason that it is this one."""

    path: Path
    why: str


def database(option: str | None, environment: Mapping[str, str]) -> Place:
    """Where the marks are: `--db`, else READER_DB, else the platform's data folder.

    Raises RuntimeError for the home (`~name`) of somebody who is not.
    """
    if option is not None:
        return Place(Path(option).expanduser().absolute(), "named with --db")
    if environment.get(DATABASE_VARIABLE):
        return Place(
            Path(environment[DATABASE_VARIABLE]).expanduser().absolute(),
            f"named by {DATABASE_VARIABLE}",
        )
    from platformdirs import user_data_path  # 19 ms, for who names no place

    return Place(user_data_path(_APP), "the platform's data folder")


def settings_file() -> Place:
    """Where the person's settings are read from, if there are any."""
    from platformdirs import user_config_path

    return Place(user_config_path(_APP) / "settings.toml", "the platform's settings folder")
