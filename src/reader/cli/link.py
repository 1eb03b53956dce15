"""`reader link`: tie a claim to its source, or say that it has none; prints the link's id."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from reader.cli import database, output
from reader.cli import parser as options
from reader.cli.told import done, removed_links
from reader.errors import Exit, UsageError
from reader.model.link import ATTRIBUTION

DESCRIPTION = """Say who a claim comes from, and print the id of the link.

CLAIM, SOURCE and CUE are the ids of marks, or how they begin: 'reader tag' prints them, and
'reader export' lists them. With --no-source nothing is printed to stdout."""
EXAMPLES = (
    "reader link article.txt 01a203db-95ab 01a203db-95ac",
    "reader link article.txt 01a203db-95ab 01a203db-95ac --via 01a203db-95ad",
    "reader link article.txt 01a203db-95ab --no-source",
)


def declare(parser: ArgumentParser) -> None:
    options.file(parser)
    options.record(parser, "claim", "CLAIM", "the mark that the link goes from")
    options.record(parser, "source", "SOURCE", "the mark that it goes to", optional=True)
    parser.add_argument(
        "--no-source", action="store_true", help="the text names nobody as its source"
    )
    parser.add_argument("--type", metavar="TYPE", help=f"the type of link ({ATTRIBUTION})")
    parser.add_argument("--via", metavar="CUE", help="the words that report it, such as 'said'")
    options.annotator(parser)


def run(arguments: Namespace) -> int:
    if arguments.no_source:
        if arguments.source or arguments.type or arguments.via:
            raise UsageError(
                "A claim has a source or none",
                remedy="With --no-source leave out SOURCE, --type and --via.",
            )
        return _no_source(arguments)
    if arguments.source is None:
        raise UsageError(
            "SOURCE is missing",
            remedy="Give the id of a source, or --no-source when the text names none.",
        )
    return _link(arguments)


def _link(arguments: Namespace) -> int:
    with database.session(arguments) as session:
        layers = session.layers
        before = layers.revision
        link = session.link(
            layers.find_annotation(arguments.claim),
            layers.find_annotation(arguments.source),
            link_type=arguments.type or ATTRIBUTION,
            via=layers.find_annotation(arguments.via) if arguments.via is not None else None,
        )
    if layers.revision == before:
        output.remark("This link was there already.")
    output.lines(link.id)
    return Exit.FINE


def _no_source(arguments: Namespace) -> int:
    with database.session(arguments) as session:
        claim = session.layers.find_annotation(arguments.claim)
        change = session.no_source(claim)
    if change is None:
        output.remark("This claim was without a source already.")
        return Exit.FINE
    output.remark(done(change))
    for sentence in removed_links(change, session.layers.annotations):
        output.remark(sentence)
    return Exit.FINE
