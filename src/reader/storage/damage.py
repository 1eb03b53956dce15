"""Files that do not hold what they should."""

from __future__ import annotations

from pathlib import Path

from reader.errors import StoreError


class DamagedError(StoreError):
    """A file that does not hold what it should. It was left untouched."""


def damaged(path: Path, what: str) -> DamagedError:
    return DamagedError(
        f"{path} cannot be used",
        what,
        "It was left untouched. Move it away, or put back an earlier copy.",
    )
