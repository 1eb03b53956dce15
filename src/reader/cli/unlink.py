"""`reader unlink`: remove a link; the marks stay."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from reader.cli import database, output
from reader.cli import parser as options
from reader.cli.told import done
from reader.errors import Exit

DESCRIPTION = """Remove a link. The marks that it tied stay."""
EXAMPLES = ("reader unlink article.txt 01a203db-95ac",)


def declare(parser: ArgumentParser) -> None:
    options.file(parser)
    options.record(parser, "id", "ID", "the link's id, or how it begins")
    options.annotator(parser)


def run(arguments: Namespace) -> int:
    with database.session(arguments) as session:
        change = session.unlink(session.layers.find_link(arguments.id))
    output.remark(done(change))
    return Exit.FINE
