"""`reader undo`: take back the last change of a document."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from reader.cli import database
from reader.cli import parser as options
from reader.cli.turning import turned

DESCRIPTION = """Take back the last change that you made to a document.

Once more takes back the one before, and 'reader redo' does it again. What
others did is theirs to take back; 'reader history' lists it all."""
EXAMPLES = ("reader undo article.txt", "reader undo article.txt --annotator anna")


def declare(parser: ArgumentParser) -> None:
    options.file(parser)
    options.annotator(parser)


def run(arguments: Namespace) -> int:
    with database.session(arguments) as session:
        return turned(session.undo, f"{session.author.name} has nothing to undo here.")
