"""`reader redo`: do again what was taken back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from reader.cli import database, output
from reader.cli import parser as options
from reader.cli.told import done
from reader.errors import Exit

DESCRIPTION = """Do again what you took back last.

A change that you made since ends that."""
EXAMPLES = ("reader redo article.txt", "reader redo article.txt --annotator anna")


def declare(parser: ArgumentParser) -> None:
    options.file(parser)
    options.annotator(parser)


def run(arguments: Namespace) -> int:
    with database.session(arguments) as session:
        change = session.redo()
        if change is None:
            output.remark(f"{session.author.name} has nothing to do again here.")
        else:
            output.remark(done(change))
    return Exit.FINE
