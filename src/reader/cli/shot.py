"""`reader shot`: draw the screen as an SVG picture, as it looks after some keys."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

from reader.cli import database, output
from reader.cli import parser as options
from reader.config.keymap import is_key
from reader.config.settings import THEMES
from reader.errors import Exit, UsageError
from reader.workspace.exporting import save

DESCRIPTION = """Draw the screen as an SVG picture, as it looks after some keys.

The keys do what they always do: name a database of its own with --db to try things."""
EXAMPLES = (
    "reader shot article.txt > article.svg",
    "reader shot article.txt --db trial --size 120x36 --keys 'tab e p' --output tagged.svg",
)


def declare(parser: ArgumentParser) -> None:
    options.file(parser)
    parser.add_argument(
        "--size", metavar="WxH", type=_size, default=(100, 30), help="cells of the screen"
    )
    parser.add_argument(
        "--keys", metavar="KEYS", default="", help="keys to press first, with blanks between"
    )
    parser.add_argument("--theme", choices=THEMES, help="the colours of the screen")
    parser.add_argument("--output", metavar="PATH", help="write this file")
    parser.add_argument("--force", action="store_true", help="replace the file if there is one")
    options.annotator(parser)


def run(arguments: Namespace) -> int:
    keys = arguments.keys.split()
    unknown = [key for key in keys if not is_key(key)]
    if unknown:
        raise UsageError(f"'{unknown[0]}' is no key", remedy="docs/keys.md lists the keys.")
    library = database.writing(arguments)
    library.layers(library.find(arguments.file, arguments.encoding))
    from reader.tui.picture import picture  # Textual, which only the screen needs

    drawn = picture(
        library,
        arguments.file,
        arguments.size,
        keys,
        encoding=arguments.encoding,
        theme=arguments.theme,
    )
    if arguments.output is None:
        output.data(drawn)
    else:
        save(drawn.encode("utf-8"), Path(arguments.output), force=arguments.force)
        output.remark(f"Wrote {arguments.output}.")
    return Exit.FINE


def _size(value: str) -> tuple[int, int]:
    width, cross, height = value.partition("x")
    if not (cross and width.isdecimal() and height.isdecimal()):
        raise ArgumentTypeError(f"'{value}' is no size: write 100x30")
    if not (20 <= int(width) <= 500 and 6 <= int(height) <= 200):
        raise ArgumentTypeError("a size is between 20x6 and 500x200")
    return int(width), int(height)
