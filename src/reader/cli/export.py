"""`reader export`: write texts and marks as a file for others; say what could not come along."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from reader.cli import database, output
from reader.cli import parser as options
from reader.cli.told import nothing_by
from reader.errors import Exit, LossError, UsageError
from reader.formats.registry import NAMES
from reader.workspace.exporting import export, save
from reader.workspace.library import Found, Library

DESCRIPTION = """Write texts and marks as a file for others: to stdout, or with --output to a file.

What the format cannot carry is said on stderr. The same data gives the same bytes."""
EXAMPLES = (
    "reader export article.txt > article.json",
    "reader export article.txt other.txt --output articles.json",
    "reader export article.txt --annotator anna --no-text --strict",
)


def declare(parser: ArgumentParser) -> None:
    options.file(parser, several=True)
    parser.add_argument(
        "--format", metavar="NAME", default="json", help=f"one of: {', '.join(NAMES)}"
    )
    parser.add_argument("--output", metavar="PATH", help="write this file")
    parser.add_argument("--force", action="store_true", help="replace the file if there is one")
    parser.add_argument("--no-text", action="store_true", help="leave the texts themselves out")
    parser.add_argument("--annotator", metavar="NAME", help="only the marks of this person")
    parser.add_argument(
        "--strict", action="store_true", help="write nothing if anything would be lost"
    )


def run(arguments: Namespace) -> int:
    if arguments.output == "":
        raise UsageError("--output names no file", remedy="Name one: --output PATH.")
    library = database.reading(arguments)
    found = _found(library, arguments)
    content, report = export(
        library,
        found,
        arguments.format,
        annotator=arguments.annotator,
        with_text=not arguments.no_text,
    )
    for remark in library.remarks:
        output.remark(remark)
    if report and arguments.strict:
        raise LossError(
            "Nothing was written",
            f"{arguments.format} cannot carry {report}",
            "Leave out --strict to do without.",
        )
    if arguments.output is None:
        output.data(content)
    else:
        save(content, Path(arguments.output), force=arguments.force)
        output.remark(f"Wrote {arguments.output}.")
    if arguments.annotator is not None:
        made = [mark for each in found for mark in library.layers(each).annotations]
        if all(each.annotator != arguments.annotator for each in made):
            output.remark(nothing_by(arguments.annotator, made))
    if report:
        output.remark(f"{arguments.format}: {report} left out.")
    return Exit.FINE


def _found(library: Library, arguments: Namespace) -> list[Found]:
    """The documents meant, each once: a text that comes twice could not be imported."""
    documents: dict[str, Found] = {}
    for name in arguments.files:
        found = library.find(name, arguments.encoding)
        for notice in found.notices:
            output.remark(notice)
        if found.document.sha256 in documents:
            output.remark(f"{name} is a text named before: it is exported once.")
        documents.setdefault(found.document.sha256, found)
    return list(documents.values())
