"""`reader untag`: remove a mark, and the links that hang on it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from reader.cli import database, output
from reader.cli import parser as options
from reader.cli.told import done, removed_links
from reader.errors import Exit

DESCRIPTION = """Remove a mark, and the links from it and to it."""
EXAMPLES = ("reader untag article.txt 01a203db-95ab",)


def declare(parser: ArgumentParser) -> None:
    options.file(parser)
    options.record(parser, "id", "ID", "the mark's id, or how it begins")
    options.annotator(parser)


def run(arguments: Namespace) -> int:
    with database.session(arguments) as session:
        before = session.layers.annotations
        change = session.untag(session.layers.find_annotation(arguments.id))
    output.remark(done(change))
    for sentence in removed_links(change, before):
        output.remark(sentence)
    return Exit.FINE
