"""`reader undo`: take back the last change of a document."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from reader.cli import database, output
from reader.cli import parser as options
from reader.cli.told import done
from reader.errors import Exit

DESCRIPTION = """Take back the last change that you made to a document.

Once more takes back the one before, and 'reader redo' does it again. What
others did is theirs to take back; 'reader history' lists it all."""
EXAMPLES = ("reader undo article.txt", "reader undo article.txt --annotator anna")


def declare(parser: ArgumentParser) -> None:
    options.file(parser)
    options.annotator(parser)


def run(arguments: Namespace) -> int:
    with database.session(arguments) as session:
        change = session.undo()
        if change is None:
            output.remark(f"{session.author.name} has nothing to undo here.")
        else:
            output.remark(done(change))
    return Exit.FINE
