"""`reader remove`: take a document out of the database."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from reader.cli import database, output
from reader.cli import parser as options
from reader.cli.told import counted
from reader.errors import Exit, InputError

DESCRIPTION = """Take a document out of the database, with its marks, links and history.

The file that you marked stays where it is. What was removed lies in the
trash, until that is emptied: 'reader trash' lists it and puts it back."""
EXAMPLES = ("reader remove article.txt", "reader remove 01a203db --yes")


def declare(parser: ArgumentParser) -> None:
    options.file(parser)
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(arguments: Namespace) -> int:
    from reader.workspace import discarding

    library = database.reading(arguments)
    entry, notices = library.entry(arguments.file, arguments.encoding)
    for notice in notices:
        output.remark(notice)
    if entry is None:
        raise InputError(
            f"The database does not know the text of {arguments.file}",
            remedy="'reader list' shows the documents there are.",
        )
    if not database.is_path(arguments.file):
        discarding.refuse_if_ambiguous(library, arguments.file, entry)
    there = discarding.summary(library, entry)
    changes = len(library.repository.history(entry.path))
    output.remark(
        f"{there.document.title}, with {counted(sum(there.counts.values()), 'mark')}, "
        f"{counted(there.links, 'link')} and {counted(changes, 'change')} in its history, "
        "goes to the trash. The file that was marked stays."
    )
    if not arguments.yes and not output.confirmed("Remove it?", "To remove it unasked: --yes."):
        output.remark("Nothing was removed.")
        return Exit.FINE
    discarding.remove(library, entry)
    output.remark(f"Removed. To have it back: reader trash --restore {entry.document.id}")
    return Exit.FINE
