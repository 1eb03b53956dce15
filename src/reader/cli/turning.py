"""What `reader undo` and `reader redo` share: going on to the change before, and saying so."""

from __future__ import annotations

from collections.abc import Callable

from reader.cli import output
from reader.cli.told import done
from reader.errors import ConflictError, Exit
from reader.model.change import Change


def turned(turn: Callable[[], Change | None], nothing: str) -> int:
    """Take back, or do again, the last change that can be; those that cannot are named."""
    refused = 0
    while True:
        try:
            change = turn()
        except ConflictError as error:
            refused += 1
            output.remark(f"reader: {error}")
            continue
        if change is not None:
            output.remark(done(change))
            return Exit.FINE
        if not refused:
            output.remark(nothing)
        return Exit.STORE if refused else Exit.FINE
