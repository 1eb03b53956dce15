"""`reader where`: say which folders are used, and why."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from reader.cli import database, output
from reader.cli import parser as options
from reader.config.places import settings_file
from reader.errors import Exit

DESCRIPTION = """Say where the marks, the texts and the settings are kept, and why there.

With FILE it says so for that text: it may be in a project of its own ('reader init --help')."""
EXAMPLES = ("reader where", "reader where texts/article.txt", "reader where --db ~/newsroom")


def declare(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", nargs="?", help=options.FILE)


def run(arguments: Namespace) -> int:
    place = database.place(arguments)
    settings = settings_file()
    for name, path, why in (
        ("database", place.path, place.why),
        ("texts", place.path / "texts", "in the database"),
        ("settings", settings.path, settings.why),
    ):
        output.lines(f"{name:<8}  {path}  ({why}; {_state(path)})")
    return Exit.FINE


def _state(path: Path) -> str:
    return "it exists" if path.exists() else "not there yet"
