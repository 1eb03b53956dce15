"""`reader import`: take in what `reader export` wrote."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from reader.cli import database, output
from reader.cli import parser as options
from reader.errors import Exit
from reader.workspace.importing import Imported, import_file

DESCRIPTION = """Take in files that 'reader export' wrote: all of a document, or nothing of it.

What is there already is left as it is."""
EXAMPLES = (
    "reader import articles.json",
    "reader import article.json --document article.txt",
)


def declare(parser: ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE.json", nargs="+", help="what an export wrote")
    parser.add_argument(
        "--document", metavar="TEXT", help="the text's file, for an export without texts"
    )
    options.annotator(parser)


def run(arguments: Namespace) -> int:
    library = database.writing(arguments)
    text = Path(arguments.document) if arguments.document is not None else None
    for name in arguments.files:
        taken = import_file(library, Path(name), text_path=text)
        for each in taken:
            output.remark(_sentence(each))
        if not taken:
            output.remark(f"{name} holds no documents.")
    return Exit.FINE


def _sentence(taken: Imported) -> str:
    marks = "1 mark" if taken.annotations == 1 else f"{taken.annotations} marks"
    links = "1 link" if taken.links == 1 else f"{taken.links} links"
    known = f", {taken.known} known already" if taken.known else ""
    said = f"{taken.document.title}: took in {marks} and {links}{known}."
    if taken.revived:
        said += f" {taken.revived} of them had been deleted here, and are back."
    if taken.kept:
        said += f" Its {', '.join(taken.kept)} is another here, and was left as it is."
    return said
