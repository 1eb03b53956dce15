"""Who makes a change, when, and under which identity: what the outside world gives to an edit."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from reader.errors import UsageError


def timestamp() -> str:
    """Now, as RFC 3339 in UTC with milliseconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def uuid7(milliseconds: int, random: int) -> str:
    """A version 7 UUID (RFC 9562) of a time since the epoch and 74 random bits."""
    high = (milliseconds & (1 << 48) - 1) << 16 | 0x7000 | (random >> 62) & 0xFFF
    return str(UUID(int=high << 64 | 0x2 << 62 | random & (1 << 62) - 1))


def _random() -> int:
    """62 bits that nobody can guess: those of `secrets`, which takes 5 ms to import."""
    return int.from_bytes(os.urandom(8)) >> 2


class Identities:
    """New ids, each later in order than all before it, even within one millisecond."""

    def __init__(self) -> None:
        self._last = 0

    def __call__(self) -> str:
        # 12 bits below the millisecond count up (RFC 9562, 6.2, method 3), 62 are random
        self._last = max(time.time_ns() * 4096 // 1_000_000, self._last + 1)
        milliseconds, fraction = divmod(self._last, 4096)
        return uuid7(milliseconds, fraction << 62 | _random())


class Author(NamedTuple):
    """An annotator, with a clock and a maker of ids; tests bring their own."""

    name: str
    new_id: Callable[[], str]
    now: Callable[[], str] = timestamp


def author(name: str | None) -> Author:
    """The annotator named, else the login name. Raises UsageError when there is neither."""
    if name is None:
        import getpass

        try:
            name = getpass.getuser()
        except (KeyError, OSError) as error:
            raise UsageError(
                "Nobody is logged in by a name", remedy="Say who annotates: --annotator NAME."
            ) from error
    if not name.strip():
        raise UsageError("An annotator needs a name", remedy="Give one: --annotator NAME.")
    return Author(name, Identities())
