"""How arguments are read: which commands there are, and the options that several of them share."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Final, NamedTuple, NoReturn, Protocol

from reader.cli import output
from reader.errors import UsageError

FILE: Final = "a text: its path, else a document's id (or how it begins) or title"

_UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)
"""Control characters, and those that turn the direction of what is written."""


class Command(NamedTuple):
    """The module of a command, imported when it is chosen, and what `reader --help` says of it."""

    module: str
    summary: str


COMMANDS: Final[Mapping[str, Command]] = {
    "open": Command("open", "read texts on the screen and mark them"),
    "show": Command("show", "print a text with its marks"),
    "tag": Command("tag", "mark words of a text"),
    "untag": Command("untag", "remove a mark"),
    "link": Command("link", "say who a claim comes from"),
    "unlink": Command("unlink", "remove a link"),
    "document": Command("document", "show or set what a document carries"),
    "list": Command("list", "list the documents, with what is marked on them"),
    "search": Command("search", "find words in all that was marked and noted"),
    "history": Command("history", "list what was done to a document, when and by whom"),
    "undo": Command("undo", "take back the last change of a document"),
    "redo": Command("redo", "do again what was taken back"),
    "remove": Command("remove", "take a document out of the database"),
    "trash": Command("trash", "list, put back or delete what was removed"),
    "export": Command("export", "write texts and marks as a file for others"),
    "import": Command("import_", "take in what 'reader export' or another tool wrote"),
    "formats": Command("formats", "list the formats, with what each carries and loses"),
    "schema": Command("schema", "print the JSON Schema of the exports"),
    "shot": Command("shot", "draw the screen as a picture"),
    "init": Command("init", "keep a project's marks in its own folder"),
    "where": Command("where", "say which folders are used, and why"),
}


class CommandModule(Protocol):
    """What the module of each command holds."""

    DESCRIPTION: str
    EXAMPLES: Sequence[str]

    def declare(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's arguments to its parser."""
        ...

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it; returns the exit code."""
        ...


class Parser(argparse.ArgumentParser):
    """An argument parser that answers in sentences, and prints through `output` alone."""

    def __init__(self, prog: str, description: str, epilog: str) -> None:
        super().__init__(prog, description=description, epilog=epilog, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        raise UsageError(
            f"{message[:1].upper()}{message[1:]}", remedy=f"'{self.prog} --help' shows how."
        )

    def format_help(self) -> str:
        # only who asks for help pays for it
        from rich_argparse import RawDescriptionRichHelpFormatter as Formatter

        Formatter.text_markup = Formatter.help_markup = False  # "[/x]" would be an error
        self.formatter_class = Formatter
        return super().format_help()

    def print_help(self, file: object = None) -> None:
        output.data(self.format_help())


def command_module(name: str) -> CommandModule:
    """The module of a command. Raises UsageError when there is no such command."""
    if name not in COMMANDS:
        raise _unknown(name)
    module: CommandModule = import_module(f"reader.cli.{COMMANDS[name].module}")
    return module


def _unknown(name: str) -> UsageError:
    from difflib import get_close_matches
    from pathlib import Path

    if Path(name).is_file():
        remedy = f"To read that file: reader open {name}"
    elif close := get_close_matches(name, COMMANDS, n=1):
        remedy = f"Did you mean 'reader {close[0]}'?"
    else:
        remedy = "'reader --help' lists the commands."
    return UsageError(f"There is no command '{name}'", remedy=remedy)


def main_parser() -> Parser:
    """The parser of what stands before the command."""
    widest = max(map(len, COMMANDS))
    listed = "\n".join(f"  {name:<{widest}}  {each.summary}" for name, each in COMMANDS.items())
    parser = Parser(
        "reader",
        description="Read a text in the terminal and mark who says what.",
        epilog=f"commands:\n{listed}\n\n'reader COMMAND --help' explains a command.\n\n"
        + examples("reader open article.txt", "reader list", "reader show article.txt"),
    )
    parser.usage = "reader [--db DIR] COMMAND ..."
    parser.add_argument("--version", action="store_true", help="print the version")
    database(parser, default=None)
    return parser


def command_parser(name: str, module: CommandModule) -> Parser:
    """The parser of what stands behind the command."""
    parser = Parser(f"reader {name}", module.DESCRIPTION, examples(*module.EXAMPLES))
    module.declare(parser)
    database(parser, default=argparse.SUPPRESS)  # or it would undo a --db before the command
    return parser


def examples(*commands: str) -> str:
    return "examples:\n" + "\n".join(f"  {each}" for each in commands)


# Options that several commands have -----------------------------------------------------------


def database(parser: argparse.ArgumentParser, default: str | None) -> None:
    parser.add_argument(
        "--db",
        metavar="DIR",
        default=default,
        help="the folder of the database, instead of READER_DB or the usual one",
    )


def file(
    parser: argparse.ArgumentParser,
    *,
    several: bool = False,
    optional: bool = False,
    standard_input: bool = False,
) -> None:
    """The argument FILE, and how it is read."""
    name = file_or_input if standard_input else file_name
    if several:
        many = "*" if optional else "+"
        parser.add_argument("files", metavar="FILE", nargs=many, type=name, help=FILE)
    else:
        parser.add_argument("file", metavar="FILE", type=name, help=FILE)
    parser.add_argument(
        "--encoding",
        metavar="NAME",
        help="how its bytes are to be read, when that is guessed wrong",
    )


def file_or_input(value: str) -> str:
    """The type of FILE."""
    if not value:
        raise UsageError("FILE is empty", remedy=f"Name {FILE}.")
    return value


def file_name(value: str) -> str:
    """The type of FILE where it cannot be standard input."""
    if value == "-":
        raise UsageError(
            "Only 'reader open' reads standard input",
            remedy="Save it to a file, and name that file.",
        )
    return file_or_input(value)


def record(
    parser: argparse.ArgumentParser, name: str, metavar: str, what: str, *, optional: bool = False
) -> None:
    """The id of a mark or a link."""

    def there(value: str) -> str:
        if not value:
            raise UsageError(f"{metavar} is empty", remedy="Give an id, or how it begins.")
        return value

    parser.add_argument(
        name, metavar=metavar, nargs="?" if optional else None, type=there, help=what
    )


def annotator(parser: argparse.ArgumentParser) -> None:
    """Who makes the marks."""
    parser.add_argument(
        "--annotator", metavar="NAME", type=_name, help="who does this (the login name otherwise)"
    )


def _name(value: str) -> str:
    if _UNSEEN.search(value):
        raise argparse.ArgumentTypeError("a name cannot hold control characters")
    return words(value)


def words(value: str) -> str:
    """The type of what is kept as text. Bytes that are no characters cannot be."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise argparse.ArgumentTypeError("it holds bytes that are no text") from error
    return value
