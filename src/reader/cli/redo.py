"""`reader redo`: do again what was taken back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from reader.cli import database
from reader.cli import parser as options
from reader.cli.turning import turned

DESCRIPTION = """Do again what you took back last.

A change that you made since ends that."""
EXAMPLES = ("reader redo article.txt", "reader redo article.txt --annotator anna")


def declare(parser: ArgumentParser) -> None:
    options.file(parser)
    options.annotator(parser)


def run(arguments: Namespace) -> int:
    with database.session(arguments) as session:
        return turned(session.redo, f"{session.author.name} has nothing to do again here.")
