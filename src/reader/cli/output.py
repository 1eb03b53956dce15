"""What the commands print, and where: data to stdout, remarks to stderr. The only module that does.

Data is UTF-8 wherever it is piped, whatever the locale says. What a person reads is made safe here,
so that nothing from a file, a name or an argument reaches the terminal as a control sequence.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

from reader.errors import StoreError, UsageError

T = TypeVar("T")

_LONG: Final = 1.0
"""Seconds after which a person wants to know how far it is."""

Styled = tuple[str, str]
"""A stretch of safe text without line ends, and its style as Rich writes it ("bold on #eeeeee")."""


def data(content: str | bytes) -> None:
    """Write to stdout exactly this: bytes as they are, text as UTF-8."""
    if sys.stdout is None:
        raise StoreError("The output cannot be written", "it is closed")
    if isinstance(content, str):
        # only a terminal can be unable to read UTF-8
        encoding = sys.stdout.encoding if sys.stdout.isatty() else "utf-8"
        content = content.encode(encoding, "backslashreplace")
    left = memoryview(content)
    try:
        while left:
            left = left[sys.stdout.buffer.write(left) :]
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        abandon()
        reason = (error.strerror or str(error)).lower()
        raise StoreError("The output could not be written whole", reason) from error


def lines(text: str) -> None:
    """Write a text and a line end to stdout, made safe for a terminal."""
    from reader.text.cells import safe_lines

    data(f"{safe_lines(text)}\n")


def remark(text: str) -> None:
    """Tell the person something, on stderr: what is no data."""
    from reader.text.cells import safe_lines

    if sys.stderr is not None:
        print(safe_lines(text), file=sys.stderr, flush=True)


def progress(items: Iterable[T], what: str, total: int) -> Iterator[T]:
    """Go through items; at a terminal, once that takes long, show how far it is."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield from items
        return
    begun = time.monotonic()
    bar = None
    try:
        for number, each in enumerate(items):
            if bar is None and time.monotonic() - begun > _LONG:
                from rich.console import Console
                from rich.progress import Progress

                bar = Progress(console=Console(stderr=True), transient=True)
                task = bar.add_task(what, total=total)
                bar.start()
            if bar is not None:
                bar.update(task, completed=number)
            yield each
    finally:
        if bar is not None:
            bar.stop()


def abandon() -> None:
    """Send what is still to be flushed nowhere: Python complains at its end otherwise."""
    with contextlib.suppress(OSError, ValueError):  # no real file: nothing is held back either
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def confirmed(question: str, otherwise: str) -> bool:
    """Whether the person at the terminal says yes. Raises UsageError, which says what can be done
    `otherwise`, when there is nobody to ask."""
    if any(end is None or not end.isatty() for end in (sys.stdin, sys.stderr)):
        raise UsageError("There is no terminal to ask on", remedy=otherwise)
    from reader.text.cells import safe

    print(f"{safe(question)} [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


# The terminal ---------------------------------------------------------------------------------


def width() -> int | None:
    """The cells in a row of the terminal; None when stdout is none."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    return shutil.get_terminal_size().columns


def has_screen() -> bool:
    """Whether a person sits at a terminal on which a screen can be drawn."""
    ends = (sys.stdin, sys.stdout)
    seated = all(end is not None and end.isatty() for end in ends)
    return seated and os.environ.get("TERM") not in ("dumb", "unknown")


def has_colours() -> bool:
    """Whether stdout shows colours, and the person wants them."""
    if width() is None or os.environ.get("NO_COLOR"):
        return False
    from rich.console import Console  # 30 ms, and only a terminal needs it

    return Console().color_system is not None


def styled(rows: Iterable[Sequence[Styled]]) -> None:
    """Print rows of styled stretches to a terminal, never wrapped: they fit already."""
    from rich.console import Console
    from rich.text import Text

    console = Console(markup=False, highlight=False, emoji=False)
    with console.capture() as captured:
        for row in rows:
            console.print(Text.assemble(*row), soft_wrap=True)
    data(captured.get())
