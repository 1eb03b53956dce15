"""`reader formats`: list the formats, with what each carries and loses."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace

from reader.cli import output
from reader.errors import Exit
from reader.formats.codec import Codec, option_names
from reader.formats.registry import codecs
from reader.formats.units import NAMES as UNITS

DESCRIPTION = """List the formats of 'reader export' and 'reader import': what each carries, what it
loses, and its options."""
EXAMPLES = ("reader formats", "reader formats --json")


def declare(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="a list of objects, for scripts")


def run(arguments: Namespace) -> int:
    if arguments.json:
        output.data(json.dumps([_plain(each) for each in codecs()], indent=2) + "\n")
    else:
        output.lines("\n\n".join(_described(each) for each in codecs()))
    return Exit.FINE


def _plain(codec: Codec) -> dict[str, object]:
    return {
        "name": codec.name,
        "summary": codec.summary,
        "extensions": list(codec.extensions),
        "imports": codec.reads,
        "exports": codec.writes,
        "file_per_document": codec.per_document,
        "units": codec.unit,
        "carries": list(codec.carries),
        "loses": list(codec.loses),
        "options": list(option_names(codec)),
    }


def _described(codec: Codec) -> str:
    rows = [
        ("files", ", ".join(codec.extensions) + _files(codec)),
        ("carries", ", ".join(codec.carries)),
        ("loses", ", ".join(codec.loses) or "nothing"),
        ("positions", UNITS[codec.unit] if codec.unit is not None else ""),
        ("options", ", ".join(option_names(codec))),
    ]
    lines = [f"{codec.name}: {codec.summary} ({directions(codec)})"]
    lines += [f"  {name:<9}  {value}" for name, value in rows if value]
    return "\n".join(lines)


def _files(codec: Codec) -> str:
    return ", one for each document" if codec.per_document else ""


def directions(codec: Codec) -> str:
    """Which ways it goes, in words."""
    ways = [("export", codec.writes), ("import", codec.reads)]
    return " and ".join(way for way, goes in ways if goes)
