"""`reader open`: read texts on the screen and mark them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from reader.cli import database, output
from reader.cli import parser as options
from reader.config.places import settings_file
from reader.config.settings import load
from reader.errors import Exit, UsageError

DESCRIPTION = """Read texts on the screen and mark them. Every mark is saved at once."""
EXAMPLES = (
    "reader open article.txt",
    "reader open texts/*.txt --theme light",
    "reader open old.txt --encoding cp1252 --annotator anna",
)


def declare(parser: ArgumentParser) -> None:
    options.file(parser, several=True)
    parser.add_argument("--theme", choices=("light", "dark"), help="the colours of the screen")
    options.annotator(parser)


def run(arguments: Namespace) -> int:
    library = database.writing(arguments)
    for name in arguments.files:  # what is wrong is said before the screen opens
        library.layers(library.find(name, arguments.encoding))
    if not output.has_screen():
        raise UsageError(
            "'reader open' needs a terminal",
            remedy="To read in a pipe use 'reader show FILE'.",
        )
    from reader.tui.app import run_app  # Textual, which no other command needs

    for remark in run_app(
        library,
        arguments.files,
        encoding=arguments.encoding,
        theme=arguments.theme,
        settings=load(settings_file().path),
    ):
        output.remark(remark)
    return Exit.FINE
