"""`reader where`: say which folders are used, and why."""

from __future__ import annotations

import contextlib
from argparse import ArgumentParser, Namespace
from pathlib import Path

from reader.cli import database, output
from reader.cli import parser as options
from reader.config.places import settings_file
from reader.errors import Exit, InputError, StoreError

DESCRIPTION = """Say where the marks, the texts and the settings are kept, and why there.

With FILE it says so for that text: it may be in a project of its own ('reader init --help')."""
EXAMPLES = ("reader where", "reader where texts/article.txt", "reader where --db ~/newsroom")


def declare(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="FILE", nargs="?", type=options.file_name, help=options.FILE
    )


def run(arguments: Namespace) -> int:
    place = database.place(arguments)
    settings = settings_file()
    for name, path, why in (
        ("database", place.path, place.why),
        ("texts", place.path / "texts", "in the database"),
        ("settings", settings.path, settings.why),
    ):
        output.lines(f"{name:<8}  {path}  ({why}; {_state(path)})")
    if arguments.file is not None and not database.is_path(arguments.file):
        # a database that cannot be used cannot tell
        with contextlib.suppress(StoreError):
            _look_for(arguments)
    return Exit.FINE


def _look_for(arguments: Namespace) -> None:
    try:
        database.reading(arguments).entry(arguments.file)
    except InputError as error:
        output.remark(str(error))


def _state(path: Path) -> str:
    return "it exists" if path.exists() else "not there yet"
