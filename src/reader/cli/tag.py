"""`reader tag`: mark words of a text; prints the id of the mark."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace

from reader.cli import database, output
from reader.cli import parser as options
from reader.errors import Exit, InputError, UsageError
from reader.model.fragment import Fragments, normalized
from reader.model.scheme import DEFAULT

DESCRIPTION = """Mark words of a text, and print the id of the mark.

Give the words themselves with --quote, or their place with --range START:END:
characters are counted from 0, and END is the first that is not marked.
A mark may have several parts, with a comma between their ranges."""
EXAMPLES = (
    "reader tag article.txt --kind entity --label person --quote 'Ines Varga'",
    "reader tag article.txt --kind claim --quote 'nothing was done' --nth 2",
    "reader tag article.txt --kind claim --range 310:334,365:385 --note 'check with the port'",
)

_RANGES = re.compile(r"[0-9]{1,18}:[0-9]{1,18}(,[0-9]{1,18}:[0-9]{1,18})*")


def declare(parser: ArgumentParser) -> None:
    options.file(parser)
    kinds = ", ".join(kind.name for kind in DEFAULT.kinds)
    parser.add_argument(
        "--kind", metavar="KIND", required=True, type=options.words, help=f"one of: {kinds}"
    )
    parser.add_argument(
        "--label", metavar="LABEL", type=options.words, help="what sort of it, such as person"
    )
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument("--quote", metavar="TEXT", help="the words, exactly as they stand there")
    place.add_argument("--range", metavar="S:E[,S:E...]", help="their place, in characters")
    parser.add_argument(
        "--nth", metavar="N", type=int, help="which occurrence of the quotation, counted from 1"
    )
    parser.add_argument(
        "--note", metavar="TEXT", type=options.words, default="", help="a remark kept with the mark"
    )
    options.annotator(parser)


def run(arguments: Namespace) -> int:
    DEFAULT.kind(arguments.kind)
    if arguments.quote == "":
        raise UsageError("--quote holds no words", remedy="Give the words, as they stand there.")
    if arguments.nth is not None and arguments.range is not None:
        raise UsageError(
            "--nth says which of several quotations is meant, and a range needs none",
            remedy="Leave out --nth.",
        )
    ranges = _ranges(arguments.range) if arguments.range is not None else None
    library = database.writing(arguments)
    found = library.find(arguments.file, arguments.encoding)
    if ranges is not None and found.changed:
        raise InputError(
            f"{arguments.file} has changed since it was annotated",
            "a range would count in another text than the one that was kept",
            f"To mark the kept text, name it by its id: {found.document.id}",
        )
    for notice in found.notices:
        output.remark(notice)
    fragments = ranges if ranges is not None else _located(str(found.text), arguments)
    session = library.session(found)
    for notice in session.notices[len(found.notices) :]:
        output.remark(notice)
    with database.changing(session, "The mark was not made"):
        mark = (arguments.kind, arguments.label, fragments, session.author.name)
        if any(
            (each.kind, each.label, each.fragments, each.annotator) == mark
            for each in session.layers.annotations
        ):
            output.remark("You have marked the same words so before: now there are two such marks.")
        made = session.tag(arguments.kind, fragments, label=arguments.label, note=arguments.note)
    output.lines(made.id)
    return Exit.FINE


def _located(text: str, arguments: Namespace) -> Fragments:
    from reader.anchoring.locate import locate

    return (locate(text, arguments.quote, arguments.nth),)


def _ranges(value: str) -> Fragments:
    if not _RANGES.fullmatch(value):
        raise UsageError(
            f"'{value}' is no range", remedy="Write it as START:END, several with commas: 3:9,14:20"
        )
    pairs = [part.split(":") for part in value.split(",")]
    fragments = normalized((int(start), int(end)) for start, end in pairs)
    if len(fragments) < len(pairs):
        raise UsageError(
            f"The parts of '{value}' overlap",
            remedy="Write what is marked once, with a comma between parts that lie apart.",
        )
    return fragments
