"""`reader open`: read texts on the screen and mark them."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from typing import Final

from reader.cli import database, output
from reader.cli import parser as options
from reader.config.places import settings_file
from reader.config.settings import THEMES, load
from reader.errors import Exit, InputError, UsageError
from reader.workspace.glance import Glance, glance
from reader.workspace.library import Found, Library

DESCRIPTION = """Read texts on the screen and mark them. Every mark is saved at once.

With '-' for FILE the text is what another program writes: pdftotext report.pdf - | reader open -"""
EXAMPLES = (
    "reader open article.txt",
    "reader open texts/*.txt --theme light",
    "reader open old.txt --encoding cp1252 --annotator anna",
)

_STANDARD_INPUT: Final = 0


def declare(parser: ArgumentParser) -> None:
    options.file(parser, several=True, standard_input=True)
    parser.add_argument("--theme", choices=THEMES, help="the colours of the screen")
    options.annotator(parser)


def run(arguments: Namespace) -> int:
    library = database.writing(arguments)
    # what is wrong is said before the screen opens, but for what takes long to read
    seen = _seen(library, arguments)
    found = None if seen else _first(library, arguments)
    for name in arguments.files[1:]:
        if not glance(library, name, arguments.encoding):
            library.layers(library.find(name, arguments.encoding))
    _need_terminal()
    first = library.session(found) if found else None
    from reader.tui.app import run_app  # Textual, which no other command needs

    for remark in run_app(
        library,
        arguments.files,
        first=first,
        seen=seen,
        encoding=arguments.encoding,
        theme=arguments.theme,
        settings=load(settings_file().path),
    ):
        output.remark(remark)
    return Exit.FINE


def _need_terminal() -> None:
    if not output.has_screen():
        raise UsageError(
            "'reader open' needs a terminal",
            remedy="To read in a pipe use 'reader show FILE'.",
        )


def _seen(library: Library, arguments: Namespace) -> Glance | None:
    """What is to be seen of the first text while it is read, when that takes long."""
    if database.STANDARD_INPUT in arguments.files:
        return None
    return glance(library, arguments.files[0], arguments.encoding)


def _first(library: Library, arguments: Namespace) -> Found:
    """The text that is shown first; it may come from standard input."""
    files: list[str] = arguments.files
    if database.STANDARD_INPUT not in files:
        return library.find(files[0], arguments.encoding)
    if len(files) > 1:
        raise UsageError(
            "Standard input is one text, and is opened by itself",
            remedy="Leave out the other files, or '-'.",
        )
    return library.find_bytes(_all_of_standard_input(), encoding=arguments.encoding)


def _all_of_standard_input() -> bytes:
    """The text that is piped in. From here on standard input is the terminal: that is where the
    screen takes its keys from."""
    try:
        piped = os.fdopen(os.dup(_STANDARD_INPUT), "rb")
    except OSError as error:
        raise InputError("Standard input cannot be read", "it is closed") from error
    with piped:
        _take_keys_from_terminal()
        _need_terminal()  # rather than once all has been read
        if piped.isatty():
            output.remark("Type or paste the text; Ctrl+D on a line of its own ends it.")
        try:
            return piped.read()
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise InputError("Standard input cannot be read", reason) from error


def _take_keys_from_terminal() -> None:
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError as error:
        raise UsageError(
            "'reader open -' needs a terminal to take keys from",
            remedy="Put the text in a file and use 'reader show FILE' where there is none.",
        ) from error
    os.dup2(terminal, _STANDARD_INPUT)
    os.close(terminal)
