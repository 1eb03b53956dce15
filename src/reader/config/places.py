"""Which folders are used, and why. Computes them; never makes any."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from reader.errors import StoreError

DATABASE_VARIABLE: Final = "READER_DB"
PROJECT: Final = ".reader"
"""The folder that keeps the marks of the texts in the folder it stands in, and below."""
_APP: Final = "reader"


class Place(NamedTuple):
    """A folder or file and the reason that it is this one."""

    path: Path
    why: str


def database(
    option: str | None, environment: Mapping[str, str], start: Path | None = None
) -> Place:
    """Where the marks are: `--db`, else READER_DB, else the `.reader` folder in `start` or the
    nearest folder above it, else the platform's data folder.

    Raises RuntimeError for the home (`~name`) of somebody who is not, StoreError for a `.reader`
    folder of somebody else.
    """
    if option is not None:
        return Place(Path(option).expanduser().absolute(), "named with --db")
    if environment.get(DATABASE_VARIABLE):
        return Place(
            Path(environment[DATABASE_VARIABLE]).expanduser().absolute(),
            f"named by {DATABASE_VARIABLE}",
        )
    project = _project(start.resolve()) if start is not None else None
    if project is not None:
        return Place(project, f"a {PROJECT} folder in or above {start}")
    from platformdirs import user_data_path  # 19 ms, for who names no place

    return Place(user_data_path(_APP), "the platform's data folder")


def _project(start: Path) -> Path | None:
    for folder in (start, *start.parents):
        path = folder / PROJECT
        try:
            found = path.stat()
        except OSError:  # none there, or none that can be seen
            continue
        if not stat.S_ISDIR(found.st_mode):
            continue
        # in a folder that all may write to, such as /tmp, anybody can put one
        if hasattr(os, "geteuid") and found.st_uid != os.geteuid():
            raise StoreError(
                f"The database {path} is not used without asking",
                f"it belongs to {_owner(path, found.st_uid)}",
                "Name it with --db to use it all the same, or name another place.",
            )
        return path
    return None


def _owner(path: Path, number: int) -> str:
    try:
        return path.owner()
    except (KeyError, OSError):
        return f"user {number}, who has no name here"


def settings_file() -> Place:
    """Where the person's settings are read from, if there are any."""
    from platformdirs import user_config_path

    return Place(user_config_path(_APP) / "settings.toml", "the platform's settings folder")
