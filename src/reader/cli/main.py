"""From the arguments to a command, and from its errors to sentences and exit codes."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import Final

from reader.cli import output
from reader.cli.parser import command_module, command_parser, main_parser
from reader.errors import Exit, ReaderError, UsageError

BROKEN_PIPE: Final = 141
INTERRUPTED: Final = 130
"""What a shell reports of a program that such a signal ended: 128 and the signal's number."""


def run(arguments: list[str]) -> int:
    """Do what the arguments say; returns the exit code."""
    try:
        return _run(arguments)
    except ReaderError as error:
        output.remark(f"reader: {error}")
        return error.exit_code
    except SystemExit as asked:  # argparse ends so once it has shown help
        return asked.code if isinstance(asked.code, int) else Exit.FINE
    except BrokenPipeError:  # whoever read has read enough
        output.abandon()
        return BROKEN_PIPE
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(arguments: Sequence[str]) -> int:
    if any("\0" in each for each in arguments):
        raise UsageError("An argument holds a NUL, which no name can", remedy="Leave it out.")
    before, rest = _split(arguments)
    chosen = main_parser().parse_args(before)
    if chosen.version:
        from reader import __version__

        output.data(f"reader {__version__}\n")
        return Exit.FINE
    if not rest:
        from reader.cli import welcome

        return welcome.run(chosen)
    return _command(rest[0], rest[1:], chosen)


def _command(name: str, arguments: Sequence[str], chosen: Namespace) -> int:
    module = command_module(name)
    parser = command_parser(name, module)
    if "--" in arguments:  # argparse loses it among intermixed ones
        return module.run(parser.parse_args(arguments, chosen))
    # options may stand between FILE and what follows it
    return module.run(parser.parse_intermixed_args(arguments, chosen))


def _split(arguments: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """What stands before the command, and the command with what stands behind it."""
    at = 0
    while at < len(arguments) and arguments[at].startswith("-"):
        at += 2 if arguments[at] == "--db" else 1
    return arguments[:at], arguments[at:]
